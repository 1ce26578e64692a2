package playbook

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A placeholder is {{input}} or {{step.field}}; whatever else stands between two
// pairs of braces is none, and is told.
var (
	placeholder = regexp.MustCompile(`\{\{([^{}\n]*)\}\}`)
	validName   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$`)
)

// mentioned is a placeholder in a text, and at which of its characters, from 0.
type mentioned struct {
	name   string
	column int
	bad    bool // it is no name
}

func mentions(text string) []mentioned {
	if !strings.Contains(text, "{{") {
		return nil
	}
	var all []mentioned
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		name := strings.TrimSpace(text[m[2]:m[3]])
		all = append(all, mentioned{name, utf8.RuneCountInString(text[:m[0]]), !validName.MatchString(name)})
	}
	return all
}

// Mentions lists the names that the placeholders of a text ask for.
func Mentions(text string) (names []string) {
	for _, m := range mentions(text) {
		if !m.bad {
			names = append(names, m.name)
		}
	}
	return names
}

// Filler puts answers into texts. Show, if there is one, says how an answer is
// shown to people: a person by name, a date in words.
type Filler struct {
	Known Answers
	Show  func(f Field, answer string) string

	fields map[string]Field
}

// Filler returns what fills the texts of the definition with what is known.
func (d Definition) Filler(known Answers, show func(Field, string) string) Filler {
	f := Filler{Known: known, Show: show, fields: map[string]Field{}}
	for _, in := range d.Inputs {
		f.fields[in.ID] = in
	}
	for _, s := range d.Steps {
		for _, field := range s.Fields {
			f.fields[s.ID+"."+field.ID] = field
		}
	}
	return f
}

// Line fills a text of one line, of at most most characters. A placeholder whose
// answer is not known yet stays as it is; open names those.
func (f Filler) Line(text string, most int) (filled string, open []string) {
	filled, open = f.fill(text, func(_ Field, s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	})
	return cut(strings.Join(strings.Fields(filled), " "), most), open
}

// Markdown fills a text of Markdown: what somebody has answered shows as they
// wrote it, and marks nothing up.
func (f Filler) Markdown(text string, most int) (filled string, open []string) {
	filled, open = f.fill(text, func(field Field, s string) string {
		if field.Type == URL {
			return s
		}
		return marks.Replace(s)
	})
	return cut(filled, most), open
}

// marks are what means something in Markdown.
var marks = func() *strings.Replacer {
	var pairs []string
	for _, m := range "\\`*_{}[]<>()#+-.!|~&" {
		pairs = append(pairs, string(m), `\`+string(m))
	}
	return strings.NewReplacer(pairs...)
}()

// fill goes over the text once: an answer that looks like a placeholder is none.
func (f Filler) fill(text string, dress func(Field, string) string) (filled string, open []string) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	filled = placeholder.ReplaceAllStringFunc(text, func(whole string) string {
		name := strings.TrimSpace(whole[2 : len(whole)-2])
		answer, known := f.Known[name]
		field, there := f.fields[name]
		if !known || !there {
			if there && !slices.Contains(open, name) {
				open = append(open, name)
			}
			return whole
		}
		if f.Show != nil && answer != "" {
			answer = f.Show(field, answer)
		}
		return dress(field, answer)
	})
	return filled, open
}

func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}
