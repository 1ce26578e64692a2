package quick

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"relevo/models/find"
	"relevo/models/flow"
)

// plain says that something is no mark at all, but part of the title: the "#1" of
// "#1 priority!", "~5 people", "<3".
const plain Why = "plain"

// Reader reads lines with one vocabulary.
type Reader struct {
	Vocabulary
	people, labels []name
}

// Reader makes the vocabulary ready for lines.
func (v Vocabulary) Reader() *Reader {
	return &Reader{Vocabulary: v, people: names(v.People), labels: names(v.Labels)}
}

// understand tells what a mark with what follows it says.
func (r *Reader) understand(kind Kind, s said) (p Part, why Why, others []string) {
	if s.unclosed {
		return p, Unclosed, nil
	}
	switch kind {
	case Owner:
		return r.owner(s)
	case Label:
		return r.label(s)
	case Priority:
		p.Number, why = priority(s)
	case Due:
		p.Day, why = r.due(s)
	case Estimate:
		p.Number, why = estimate(s)
	case Prerequisite, Dependent:
		p.ID, p.Name, why = r.task(s)
	}
	return p, why, nil
}

func (r *Reader) owner(s said) (Part, Why, []string) {
	if !s.quoted && (strings.EqualFold(s.text, "me") || strings.EqualFold(s.text, "yo")) {
		if i := slices.IndexFunc(r.People, func(n Named) bool { return n.ID == r.Me }); i >= 0 {
			return Part{ID: r.Me, Name: r.People[i].Name}, "", nil
		}
	}
	if !strings.ContainsFunc(s.text, unicode.IsLetter) {
		return Part{}, plain, nil
	}
	return meant(r.people, s)
}

func (r *Reader) label(s said) (Part, Why, []string) {
	if first, _ := utf8.DecodeRuneInString(s.text); !s.quoted && !unicode.IsLetter(first) {
		// A number may be one: only the whole name of a label that begins so is meant.
		p, why, _ := meant(r.labels, said{text: s.text, words: mostWords})
		if why != "" || !strings.ContainsFunc(s.text, unicode.IsLetter) {
			return Part{}, plain, nil
		}
		return p, "", nil
	}
	return meant(r.labels, s)
}

var priorities = map[string]int{
	"low": 1, "baja": 1, "bajo": 1, "medium": 2, "media": 2, "medio": 2, "normal": 2, "high": 3, "alta": 3, "alto": 3, "urgent": 4, "urgente": 4,
}

// priority is one by its name in either language, or by an unmistakable beginning.
func priority(s said) (int, Why) {
	typed := find.Fold(s.text)
	if first, _ := utf8.DecodeRuneInString(typed); !s.quoted && !unicode.IsLetter(first) {
		return 0, plain
	}
	found := 0
	for name, n := range priorities {
		if name == typed {
			return n, ""
		}
		if strings.HasPrefix(name, typed) && typed != "" {
			if found != 0 && found != n {
				return 0, Unknown
			}
			found = n
		}
	}
	if found == 0 {
		return 0, Unknown
	}
	return found, ""
}

// estimate is an amount of work with its unit; several words, if they are one as a
// whole.
func estimate(s said) (int, Why) {
	if s.text == "" || s.text[0] < '0' || s.text[0] > '9' {
		if s.quoted {
			return 0, Unknown
		}
		return 0, plain
	}
	minutes, ok := flow.ParseEstimate(s.text)
	switch {
	case s.words > 1 && !ok:
		return 0, plain // fewer words may be
	case !ok || minutes > flow.MaxEstimate || minutes == 0:
		return 0, Unknown
	case !strings.ContainsFunc(s.text, unicode.IsLetter):
		return 0, NoUnit
	}
	return minutes, ""
}

// task is one by its key.
func (r *Reader) task(s said) (id, key string, why Why) {
	key = strings.ToUpper(s.text)
	if !isKey(key) {
		if first, _ := utf8.DecodeRuneInString(key); s.quoted || unicode.IsLetter(first) {
			return "", "", Unknown
		}
		return "", "", plain
	}
	if id = r.Tasks[key]; id == "" {
		return "", "", Unknown
	}
	return id, key, ""
}

// isKey reports whether a text in capitals is the key of a task: ONB-12.
func isKey(text string) bool {
	board, number, ok := strings.Cut(text, "-")
	return ok && len(board) >= 2 && len(board) <= 6 && board[0] >= 'A' && len(number) > 0 && len(number) <= 9 && number[0] != '0' &&
		strings.Trim(board, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" && strings.Trim(number, "0123456789") == ""
}

// Keys lists the keys of tasks that lines name, each once, in capitals: what a
// Vocabulary's Tasks have to hold for them.
func Keys(lines []string) []string {
	var keys []string
	seen := map[string]bool{}
	for _, line := range lines {
		for at := range line {
			if line[at] != '>' && line[at] != '<' || at > 0 && !unicode.IsSpace(runeBefore(line, at)) {
				continue
			}
			l := reading{text: line}
			for _, s := range l.said(at+1, Prerequisite) {
				if key := strings.ToUpper(s.text); isKey(key) && !seen[key] {
					seen[key] = true
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}
