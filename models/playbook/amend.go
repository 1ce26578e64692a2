package playbook

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"relevo/models/fault"
)

// Amend makes one change of a definition in its text, and leaves all else of it as it
// is written: its comments, its order, its blank lines. Where the text is written in
// a way in which that cannot be done, it is written anew. The text may have errors,
// but it has to be YAML of this kind: otherwise they are returned.
func Amend(text []byte, change func(*Definition) error) ([]byte, error) {
	was, _, findings := parse(text)
	if err := Refuse(findings); err != nil {
		return nil, err
	}
	is := was
	is.Sections, is.Roles, is.Steps = slices.Clone(was.Sections), slices.Clone(was.Roles), slices.Clone(was.Steps)
	for i, s := range is.Steps {
		is.Steps[i].Needs = slices.Clone(s.Needs)
	}
	if err := change(&is); err != nil {
		return nil, err
	}
	want := Print(is)
	if bytes.Equal(want, Print(was)) {
		return text, nil
	}
	spliced := splice(string(text), was, is)
	if got, _, wrong := parse(spliced); len(wrong) == 0 && bytes.Equal(Print(got), want) {
		return spliced, nil
	}
	return want, nil
}

// splice writes what differs between two definitions into the text of the first.
func splice(text string, was, is Definition) []byte {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	lines = spliceList(lines, "roles", was.Roles, is.Roles, func(r Role) string { return r.ID }, (*printer).role, nil)
	lines = spliceList(lines, "sections", was.Sections, is.Sections, func(s Section) string { return s.ID }, func(p *printer, s Section) {
		p.text("id", s.ID)
		p.text("name", s.Name)
	}, nil)
	lines = spliceList(lines, "steps", was.Steps, is.Steps, func(s Step) string { return s.ID }, (*printer).step, spliceStep)
	return []byte(strings.Join(lines, "\n") + "\n")
}

// span is where an entry of a list stands: its lines from begin on until end, without
// what is blank or commented behind it.
type span struct{ begin, end int }

var (
	dashed  = regexp.MustCompile(`^( *)- +\S`)
	keyed   = regexp.MustCompile(`^( *)([a-z_]+):(?: |$)`)
	trivial = regexp.MustCompile(`^ *(?:#.*)?$`)
)

// listAt finds the entries of a top-level list that is written as a block, and the
// line after it; false if it is not there, or written otherwise.
func listAt(lines []string, key string) (entries []span, indent, end int, ok bool) {
	head := slices.IndexFunc(lines, func(l string) bool { return regexp.MustCompile(`^` + key + `:\s*(?:#.*)?$`).MatchString(l) })
	if head < 0 {
		return nil, 0, 0, false
	}
	end = head + 1
	indent = -1
	for i := head + 1; i < len(lines); i++ {
		if trivial.MatchString(lines[i]) && (len(entries) == 0 || !strings.HasPrefix(lines[i], strings.Repeat(" ", indent+3))) {
			continue // what is further in may be of a text that goes over lines
		}
		m := dashed.FindStringSubmatch(lines[i])
		if indent < 0 && m == nil || len(lines[i])-len(strings.TrimLeft(lines[i], " ")) < indent || m == nil && !strings.HasPrefix(lines[i], " ") {
			break
		}
		if indent < 0 {
			indent = len(m[1])
		}
		if m != nil && len(m[1]) == indent {
			entries = append(entries, span{i, i + 1})
		}
		if len(entries) > 0 {
			entries[len(entries)-1].end = i + 1
		}
		end = i + 1
	}
	return entries, max(indent, 0), end, indent >= 0
}

// spliceList writes the entries of a list that differ: each is replaced, left out, or
// added after the one that it follows.
func spliceList[T any](lines []string, key string, was, is []T, id func(T) string, write func(*printer, T), within func(entry []string, indent int, was, is T) []string) []string {
	same := func(a, b T) bool { return string(printed(0, a, write)) == string(printed(0, b, write)) }
	if slices.EqualFunc(was, is, same) {
		return lines
	}
	entries, indent, end, ok := listAt(lines, key)
	if !ok || len(entries) != len(was) {
		if len(was) > 0 {
			return lines // written in another way: all of it is written anew
		}
		return addList(lines, key, is, write)
	}
	apart := key == "steps" && (len(entries) < 2 || strings.TrimSpace(lines[entries[1].begin-1]) == "")
	var out []string
	last := entries[0].begin
	out = append(out, lines[:last]...)
	now := map[string]int{}
	for i, e := range is {
		now[id(e)] = i
	}
	next := 0 // of is
	fresh := func(e T) {
		if apart && len(out) > 0 && strings.TrimSpace(out[len(out)-1]) != "" && !strings.HasSuffix(out[len(out)-1], ":") {
			out = append(out, "")
		}
		out = append(out, strings.Split(strings.TrimRight(string(printed(indent, e, write)), "\n"), "\n")...)
	}
	for i, e := range was {
		k, stays := now[id(e)]
		between := lines[last:entries[i].begin]
		if !stays {
			if last = entries[i].end; len(out) > 0 && strings.TrimSpace(out[len(out)-1]) == "" && len(between) > 0 {
				between = between[1:]
			}
			out = append(out, slices.DeleteFunc(slices.Clone(between), func(l string) bool { return strings.TrimSpace(l) == "" })...)
			continue
		}
		added := next < k
		for ; next < k; next++ {
			fresh(is[next])
		}
		if added && apart && len(between) == 0 {
			between = []string{""}
		}
		out = append(out, between...)
		own := lines[entries[i].begin:entries[i].end]
		switch {
		case same(e, is[k]):
			out = append(out, own...)
		case within != nil:
			out = append(out, within(own, indent, e, is[k])...)
		default:
			fresh(is[k])
		}
		last, next = entries[i].end, k+1
	}
	for ; next < len(is); next++ {
		fresh(is[next])
	}
	return append(append(out, lines[last:end]...), lines[end:]...)
}

func addList[T any](lines []string, key string, is []T, write func(*printer, T)) []string {
	p := &printer{}
	block(p, key, is, write)
	list := strings.Split(strings.Trim(p.out.String(), "\n"), "\n")
	at := len(lines)
	lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return regexp.MustCompile(`^` + key + `:\s*(?:\[\s*\])?\s*$`).MatchString(l) })
	if key != "steps" {
		at = slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "steps:") })
	}
	if at < 0 || at > len(lines) {
		at = len(lines)
	}
	before, after := lines[:at], lines[at:]
	out := slices.Clone(before)
	if len(out) > 0 && strings.TrimSpace(out[len(out)-1]) != "" {
		out = append(out, "")
	}
	out = append(out, list...)
	if len(after) > 0 {
		out = append(out, "")
	}
	return append(out, after...)
}

// printed writes one entry of a list.
func printed[T any](indent int, e T, write func(*printer, T)) []byte {
	p := &printer{indent: indent, dash: true}
	write(p, e)
	return []byte(p.out.String())
}

// stepKeys are the keys of a step in the order in which they are written.
var stepKeys = []struct {
	key   string
	write func(*printer, Step)
}{
	{"id", func(p *printer, s Step) { p.text("id", s.ID) }},
	{"title", func(p *printer, s Step) { p.text("title", s.Title) }},
	{"description", func(p *printer, s Step) { p.text("description", s.Description) }},
	{"section", func(p *printer, s Step) { p.text("section", s.Section) }},
	{"role", func(p *printer, s Step) { p.text("role", s.Role) }},
	{"needs", func(p *printer, s Step) { p.needs(s) }},
	{"when", func(p *printer, s Step) { p.text("when", s.When) }},
	{"due", func(p *printer, s Step) { p.text("due", s.Due.String()) }},
	{"estimate", func(p *printer, s Step) { p.step(Step{Estimate: s.Estimate}) }},
}

// spliceStep writes the keys of a step that differ. One that is written in braces is
// written anew.
func spliceStep(entry []string, indent int, was, is Step) []string {
	anew := strings.Split(strings.TrimRight(string(printed(indent, is, (*printer).step)), "\n"), "\n")
	inner := indent + 2
	if at := strings.Index(entry[0], "-"); len(entry[0]) <= at+2 || entry[0][at+1] != ' ' || entry[0][at+2] == ' ' || entry[0][at+2] == '{' {
		return anew
	}
	lines := slices.Clone(entry)
	lines[0] = strings.Repeat(" ", inner) + lines[0][inner:] // without its dash, for now
	for k, key := range stepKeys {
		before, after := keyOf(inner, was, key.write), keyOf(inner, is, key.write)
		if before == after {
			continue
		}
		at, there := keyAt(lines, inner, key.key)
		var text []string
		if after != "" {
			text = strings.Split(strings.TrimRight(after, "\n"), "\n")
		}
		if !there {
			at = span{len(lines), len(lines)}
			for _, earlier := range slices.Backward(stepKeys[:k]) {
				if e, is := keyAt(lines, inner, earlier.key); is {
					at = span{e.end, e.end}
					break
				}
			}
		}
		lines = slices.Replace(lines, at.begin, at.end, text...)
	}
	if len(lines) == 0 || !keyed.MatchString(lines[0]) {
		return anew
	}
	lines[0] = strings.Repeat(" ", indent) + "- " + lines[0][inner:]
	return lines
}

func keyOf(indent int, s Step, write func(*printer, Step)) string {
	p := &printer{indent: indent}
	write(p, s)
	return p.out.String()
}

// keyAt finds the lines of a key, without what is blank or commented behind it.
func keyAt(lines []string, indent int, key string) (at span, ok bool) {
	for i, l := range lines {
		m := keyed.FindStringSubmatch(l)
		if m == nil || len(m[1]) != indent {
			if ok && !trivial.MatchString(l) || ok && strings.HasPrefix(l, strings.Repeat(" ", indent+1)) {
				at.end = i + 1
			}
			continue
		}
		if ok {
			return at, true
		}
		if m[2] == key {
			at, ok = span{i, i + 1}, true
		}
	}
	return at, ok
}

// Place says where a new step stands to another.
type Place string

const (
	After  Place = "after"  // it waits for it
	Before Place = "before" // it is waited for by it
	Beside Place = "beside" // both wait for the same
)

// AddStep adds a step where it is wanted of another one; without one, by itself. It
// returns its ID.
func (d *Definition) AddStep(title string, place Place, of string) (string, error) {
	title, err := titled(title)
	if err != nil {
		return "", err
	}
	if len(d.Steps) >= MaxSteps {
		return "", fault.On("title", fault.TooManyOf, MaxSteps)
	}
	taken := names{}
	for _, f := range d.Inputs {
		taken[f.ID] = true
	}
	for _, s := range d.Steps {
		taken[s.ID] = true
	}
	is := Step{ID: taken.id(title, "step", len(d.Steps)), Title: title, Join: "all"}
	at := len(d.Steps)
	if i := d.at(of); i >= 0 {
		other := &d.Steps[i]
		is.Section, is.Role = other.Section, other.Role
		at = i + 1
		switch place {
		case After:
			is.Needs = []Need{Requires(other.ID)}
		case Before:
			if len(other.Needs) >= MaxNeeds {
				return "", fault.On("title", fault.TooManyOf, MaxNeeds)
			}
			other.Needs = append(other.Needs, Requires(is.ID))
			at = i
		case Beside:
			is.Needs, is.Join = slices.Clone(other.Needs), other.Join
		}
	}
	d.Steps = slices.Insert(d.Steps, at, is)
	return is.ID, nil
}

// titled tidies what is typed as a title.
func titled(title string) (string, error) {
	title = strings.Join(strings.Fields(title), " ")
	s := shaper{}
	if s.line("title", title, MaxTitle, true); len(s.findings) > 0 {
		return "", fault.On("title", s.findings[0].Code, s.findings[0].Args...)
	}
	return title, nil
}

// Rename gives a step another title.
func (d *Definition) Rename(step, title string) error {
	at := d.at(step)
	if at < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	title, err := titled(title)
	if err == nil {
		d.Steps[at].Title = title
	}
	return err
}

func (d *Definition) at(step string) int {
	return slices.IndexFunc(d.Steps, func(s Step) bool { return s.ID == step })
}

// Connect makes a step wait for another one. It returns StepCycle, naming the circle
// that it would close, or NotFound.
func (d *Definition) Connect(from, to string) error {
	a, b := d.at(from), d.at(to)
	if a < 0 || b < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	for _, n := range d.Steps[b].Needs {
		if n.Step == from {
			return nil
		}
	}
	if len(d.Steps[b].Needs) >= MaxNeeds {
		return fault.New(fault.Conflict, fault.TooManyOf, MaxNeeds)
	}
	if way := d.way(b, a); way != nil {
		named := make([]string, 0, len(way)+1)
		for _, i := range append(way, way[0]) {
			named = append(named, d.Steps[i].Title)
		}
		return fault.New(fault.Conflict, fault.StepCycle, strings.Join(named, " → "))
	}
	d.Steps[b].Needs = append(d.Steps[b].Needs, Requires(from))
	return nil
}

// way is how one step leads to another, both of them in it; nil if it does not.
func (d *Definition) way(from, to int) []int {
	needs := needed(*d)
	next := map[int]int{to: -1} // towards to
	for todo := []int{to}; len(todo) > 0; todo = todo[1:] {
		for _, i := range needs[todo[0]] {
			if _, seen := next[i]; !seen {
				next[i] = todo[0]
				todo = append(todo, i)
			}
		}
	}
	if _, leads := next[from]; !leads {
		return nil
	}
	var way []int
	for i := from; i >= 0; i = next[i] {
		way = append(way, i)
	}
	return way
}

// Disconnect makes a step not wait for another one any more.
func (d *Definition) Disconnect(from, to string) error {
	i := d.at(to)
	if i < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	d.Steps[i].drop(from)
	return nil
}

func (s *Step) drop(need string) {
	s.Needs = slices.DeleteFunc(s.Needs, func(n Need) bool { return n.Step == need })
	if len(s.Needs) == 0 {
		s.Needs, s.Join = nil, "all"
	}
}

// RemoveStep takes a step out. What waited for it waits for what it waited for.
func (d *Definition) RemoveStep(step string) error {
	at := d.at(step)
	if at < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	gone := d.Steps[at]
	d.Steps = slices.Delete(d.Steps, at, at+1)
	for i := range d.Steps {
		s := &d.Steps[i]
		if !slices.ContainsFunc(s.Needs, func(n Need) bool { return n.Step == step }) {
			continue
		}
		for _, n := range gone.Needs {
			there := slices.ContainsFunc(s.Needs, func(m Need) bool { return m.Step == n.Step })
			if !there && n.Step != s.ID && len(s.Needs) <= MaxNeeds {
				s.Needs = append(s.Needs, n)
			}
		}
		s.drop(step)
	}
	return nil
}

// Unreadable reports whether a text cannot be read so far that a change could be
// written into it.
func Unreadable(text []byte) bool {
	_, _, findings := parse(text)
	return Broken(findings)
}
