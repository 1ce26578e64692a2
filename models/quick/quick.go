// Package quick reads what people type to add a task in one line: "Call Ana @ana
// !high #legal ^friday >ONB-7 ~2h", in English and in Spanish. What it understands
// leaves the title; what it does not stays there, and is named with the reason. It
// does no I/O and keeps no clock.
//
// A mark is one of Marks at the beginning of a word, with what it says right after
// it: a word, several in quotes, or several without where they are a name, a date or
// an estimate as a whole. A backslash before it makes it part of the title.
package quick

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind is what a mark says of a task.
type Kind string

const (
	Owner        Kind = "owner"
	Priority     Kind = "priority"
	Label        Kind = "label"
	Due          Kind = "due"
	Prerequisite Kind = "prerequisite" // the task waits for another one
	Dependent    Kind = "dependent"    // another task waits for it
	Estimate     Kind = "estimate"
)

// Marks begin what a line says besides its title.
const Marks = "@!#^><~"

var kinds = map[byte]Kind{'@': Owner, '!': Priority, '#': Label, '^': Due, '>': Prerequisite, '<': Dependent, '~': Estimate}

// Named is somebody or something that a line can name.
type Named struct{ ID, Name string }

// Vocabulary is what the names in a line can mean.
type Vocabulary struct {
	Now    time.Time // on the clock of who writes
	Me     string    // their ID among People
	People []Named
	Labels []Named
	Tasks  map[string]string // IDs by key, in capitals
}

// Part is something that was understood.
type Part struct {
	Kind     Kind
	From, To int    // where it stands in the line, in bytes
	ID       string // of the person, label or task
	Name     string // of the person or label; the key of the task
	Number   int    // the priority, from 1 (low) to 4; the estimate in minutes
	Day      string // YYYY-MM-DD
}

// Why is the reason for which a mark was not understood.
type Why string

const (
	Unknown  Why = "unknown"  // nothing is called so
	Several  Why = "several"  // more than one is: Names
	Unclosed Why = "unclosed" // its quotes do not end
	Twice    Why = "twice"    // said before in the line
	NoUnit   Why = "no_unit"  // an estimate that does not say of what
	NoDay    Why = "no_day"   // no day of the calendar, or one too far away
)

// Miss is a mark that was not understood; it stays in the title.
type Miss struct {
	Kind     Kind
	From, To int
	Text     string // as it stands in the line
	Why      Why
	Names    []string
}

// Line is what was understood of a line.
type Line struct {
	Title  string
	Parts  []Part // in the order of the line; no person, label or task twice
	Misses []Miss
}

// Read reads a line.
func (r *Reader) Read(text string) Line {
	l := reading{Reader: r, text: text}
	for at := 0; at < len(text); {
		if !unicode.IsSpace(runeBefore(text, at)) && at > 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		at = l.word(at)
	}
	l.line.Title = l.title()
	return l.line
}

// reading is a line on its way to be understood.
type reading struct {
	*Reader
	text string
	line Line
	cuts []cut
}

// cut is a stretch of the line that is no part of the title.
type cut struct {
	from, to int
	whole    bool // a mark with what it says, not only a backslash
}

// word reads what begins at the beginning of a word, and returns where to go on.
func (l *reading) word(at int) int {
	mark := at + len(l.text[at:]) - len(strings.TrimLeft(l.text[at:], `\`))
	if mark == len(l.text) || kinds[l.text[mark]] == "" {
		_, size := utf8.DecodeRuneInString(l.text[at:])
		return at + size
	}
	if mark > at {
		l.cuts = append(l.cuts, cut{from: at, to: at + 1})
		return mark + 1
	}
	kind := kinds[l.text[at]]
	for _, s := range l.said(at+1, kind) {
		part, why, names := l.understand(kind, s)
		if why == plain {
			continue
		}
		part.Kind, part.From, part.To = kind, at, s.end
		again := l.says(kind, part.ID)
		if why == "" && again && part.ID == "" {
			why = Twice
		}
		if why != "" {
			l.line.Misses = append(l.line.Misses, Miss{Kind: kind, From: at, To: s.end, Text: l.text[at:s.end], Why: why, Names: names})
			return s.end
		}
		if !again {
			l.line.Parts = append(l.line.Parts, part)
		}
		l.cuts = append(l.cuts, cut{at, s.end, true})
		return s.end
	}
	return at + 1
}

// says reports whether the line names the same before; without an ID, whether it
// says anything of that kind.
func (l *reading) says(kind Kind, id string) bool {
	return slices.ContainsFunc(l.line.Parts, func(p Part) bool { return p.Kind == kind && p.ID == id })
}

// title is the line without its cuts, and without the space that they leave.
func (l *reading) title() string {
	var b strings.Builder
	at := 0
	for _, c := range l.cuts {
		b.WriteString(l.text[at:c.from])
		at = c.to
		if !c.whole {
			continue
		}
		before := strings.TrimRightFunc(b.String(), unicode.IsSpace)
		b.Reset()
		b.WriteString(before)
		after, _ := utf8.DecodeRuneInString(l.text[at:])
		switch {
		case before == "": // nothing to hang a comma on
			at = len(l.text) - len(strings.TrimLeft(l.text[at:], ",;:"))
		case at < len(l.text) && !unicode.IsSpace(after) && !strings.ContainsRune(ending, after):
			b.WriteByte(' ')
		}
	}
	b.WriteString(l.text[at:])
	return strings.TrimSpace(b.String())
}

// Escape writes a title as a line that Read takes for nothing but that title.
func Escape(title string) string {
	var b strings.Builder
	for at, r := range title {
		if at == 0 || unicode.IsSpace(runeBefore(title, at)) {
			if rest := strings.TrimLeft(title[at:], `\`); rest != "" && kinds[rest[0]] != "" {
				b.WriteByte('\\')
			}
		}
		if r == utf8.RuneError {
			_, size := utf8.DecodeRuneInString(title[at:])
			b.WriteString(title[at : at+size])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func runeBefore(text string, at int) rune {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r
}
