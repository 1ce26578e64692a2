package models

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"relevo/models/ledger"
)

// erasedName takes a person's name and address out of what holds them. It goes by
// their ID, by mentions, by labels that were written for them and by the words that logs
// were searched for; in whatever else people wrote a name is theirs to write.
type erasedName struct {
	id     string
	called string   // what stands there instead
	names  []string // that they have gone by, the longest first
	email  string
	others []Person // who else can be meant by a mention
}

// distinctNames are the names of a person, the longest first, without the pseudonym.
func distinctNames(names []string, called string) []string {
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	var all []string
	for _, n := range names {
		if n != "" && n != called && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// entry is an entry without the name. What stays of it: everything by which it is
// found, and all that says what was done.
func (n erasedName) entry(e ledger.Entry) ledger.Entry {
	mine := e.Actor.ID == n.id
	if mine {
		e.Actor.Name, e.Address = n.called, ""
	}
	if whom, maker, is := e.Actor.Link(); is {
		if slices.Contains(n.names, maker) {
			maker = n.called
		}
		e.Actor = ledger.ThroughLink(strings.TrimPrefix(e.Actor.ID, "link:"), n.label(whom), maker)
	}
	switch e.Subject.Kind {
	case "user":
		if e.Subject.ID == n.id {
			e.Subject.Name = n.called
			if e.Actor.Kind == ledger.System { // somebody who was not let in as them
				e.Address = ""
			}
		}
	case "session":
		if mine {
			e.Subject.Name = ""
		}
	case "invitation", "link":
		e.Subject.Name = n.label(e.Subject.Name)
	}
	e.Changes = slices.Clone(e.Changes)
	for i := range e.Changes {
		n.change(&e.Changes[i], e)
	}
	return e
}

func (n erasedName) change(c *ledger.Change, e ledger.Entry) {
	c.FromText, c.ToText = n.listed(c.From, c.FromText), n.listed(c.To, c.ToText)
	switch c.Field {
	case "name":
		if e.Subject.Kind == "user" && e.Subject.ID == n.id {
			c.From, c.To = n.whole(c.From), n.whole(c.To)
		}
	case "whom", "asked_words":
		c.From, c.To = n.label(c.From), n.label(c.To)
	case "query":
		if e.Subject.Kind == "filter" || e.Subject.Kind == "review" {
			c.From, c.To = n.query(c.From), n.query(c.To)
		}
	case "body":
		c.From, c.To = n.mentions(c.From), n.mentions(c.To)
	}
}

// listed is the text beside IDs without the name, if the person's ID is one of them.
func (n erasedName) listed(ids, text string) string {
	switch {
	case text == "" || !slices.Contains(strings.Fields(ids), n.id):
		return text
	case ids == n.id:
		return n.called
	}
	return n.unnamed(text)
}

// whole replaces a text that is one of the names.
func (n erasedName) whole(text string) string {
	if slices.Contains(n.names, text) {
		return n.called
	}
	return text
}

// label takes the names and the address out of a label that somebody wrote.
func (n erasedName) label(text string) string {
	return replaceWhole(n.unnamed(text), n.email, n.called)
}

func (n erasedName) unnamed(text string) string {
	for _, name := range n.names {
		text = replaceWhole(text, name, n.called)
	}
	return text
}

// query takes them out of the words that a log is asked for, as LogQuery.Address writes it.
func (n erasedName) query(address string) string {
	at, err := url.ParseQuery(address)
	if err != nil {
		return address
	}
	q := ReadLogQuery(at)
	without := n.label(q.Words)
	if without == q.Words {
		return address
	}
	q.Words = without
	return q.Address()
}

// replaceWhole replaces what stands as a word of its own in a text, whatever its case.
func replaceWhole(text, what, with string) string {
	if what == "" {
		return text
	}
	var out strings.Builder
	before := rune(' ')
	for text != "" {
		if length := NamedBy(text, what); length > 0 && !wordly(before) {
			out.WriteString(with)
			before, _ = utf8.DecodeLastRuneInString(text[:length])
			text = text[length:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		out.WriteString(text[:size])
		before, text = r, text[size:]
	}
	return out.String()
}

// mentions is a text in which the person is mentioned by their pseudonym.
func (n erasedName) mentions(text string) string {
	var out strings.Builder
	before := ' '
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		out.WriteString(text[:size])
		text = text[size:]
		if r == '@' && !wordly(before) {
			if length := n.meant(text); length > 0 {
				out.WriteString(n.called)
				text = text[length:]
			}
		}
		before = r
	}
	return out.String()
}

// meant is how many bytes of what follows an @ name the person; 0 if it means nobody
// or somebody else.
func (n erasedName) meant(text string) (longest int) {
	for _, name := range n.names {
		for _, p := range mentioned(text, append(slices.Clone(n.others), Person{ID: n.id, Name: name})) {
			if p.ID == n.id {
				longest = max(longest, NamedBy(text, name), NamedBy(text, FirstName(name)))
			}
		}
	}
	return longest
}
