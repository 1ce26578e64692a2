package quick

import (
	"slices"
	"strings"
	"unicode"

	"relevo/models/find"
)

// name is something nameable as it is compared.
type name struct {
	Named
	whole    string   // folded, one space between words
	squeezed string   // its letters and digits alone
	words    []string // folded
}

func names(all []Named) []name {
	ready := make([]name, len(all))
	for i, n := range all {
		whole := strings.Join(strings.Fields(find.Fold(n.Name)), " ")
		ready[i] = name{n, whole, squeeze(whole), find.Words(n.Name)}
	}
	return ready
}

func squeeze(folded string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
}

// meant is who or what a text names: by the whole name; else, where it is one word
// or in quotes, by a word of it, by its beginning, or by the beginning of a word.
// The first of these ways that finds anything decides.
func meant(all []name, s said) (Part, Why, []string) {
	typed := strings.Join(strings.Fields(find.Fold(s.text)), " ")
	tight := squeeze(typed)
	ways := []func(n name) bool{
		func(n name) bool { return n.whole == typed },
		func(n name) bool { return tight != "" && n.squeezed == tight },
		func(n name) bool { return slices.Contains(n.words, typed) },
		func(n name) bool { return tight != "" && strings.HasPrefix(n.squeezed, tight) },
		func(n name) bool {
			return slices.ContainsFunc(n.words, func(w string) bool { return typed != "" && strings.HasPrefix(w, typed) })
		},
	}
	if s.words > 1 {
		ways = ways[:1]
	}
	for _, way := range ways {
		var found []name
		for _, n := range all {
			if way(n) {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return Part{ID: found[0].ID, Name: found[0].Name}, "", nil
		}
		if len(found) > 1 {
			return Part{}, Several, called(found)
		}
	}
	if s.words > 1 {
		return Part{}, plain, nil // fewer words may be a name
	}
	return Part{}, Unknown, nil
}

// mostNames is how many names a Miss lists.
const mostNames = 4

func called(found []name) []string {
	var list []string
	for _, n := range found[:min(len(found), mostNames)] {
		list = append(list, n.Name)
	}
	return list
}

// Write writes the mark that names a person or a label, as short as it is
// unmistakable; empty if no line can name it, because another one is called the same.
func (r *Reader) Write(kind Kind, n Named) string {
	mark := map[Kind]string{Owner: "@", Label: "#"}[kind]
	tries := []string{}
	if first, _, more := strings.Cut(n.Name, " "); first != "" {
		tries = append(tries, strings.ToLower(first))
		if !more {
			tries = append(tries, n.Name)
		}
	}
	for opening, closing := range quotes {
		tries = append(tries, string(opening)+n.Name+closing)
	}
	slices.SortStableFunc(tries, func(a, b string) int { return rankOf(a) - rankOf(b) })
	for _, try := range tries {
		l := r.Read(mark + try)
		if len(l.Parts) == 1 && len(l.Misses) == 0 && l.Parts[0].From == 0 && l.Parts[0].To == len(mark+try) && l.Parts[0].ID == n.ID {
			return mark + try
		}
	}
	return ""
}

// rankOf prefers what needs no quotes, then those that every keyboard has.
func rankOf(try string) int {
	return max(0, strings.IndexRune("\"«“„", []rune(try)[0])+1)
}
