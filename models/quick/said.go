package quick

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// said is what may follow a mark: some of the line's words, or what stands in quotes.
type said struct {
	text     string
	end      int // where it ends in the line, in bytes
	words    int
	quoted   bool
	unclosed bool // it begins with a quote that nothing ends
}

// mostWords is of how many words without quotes a name, a date or an estimate may be.
const mostWords = 5

// ending is what ends a word without being part of it.
const ending = ".,;:!?…)]"

var quotes = map[rune]string{'"': `"`, '“': "”", '«': "»", '„': "“"}

// said lists what a mark may mean from a place on, the longest first.
func (l *reading) said(from int, kind Kind) []said {
	first, size := utf8.DecodeRuneInString(l.text[from:])
	if closing, ok := quotes[first]; ok {
		inside, _, closed := strings.Cut(l.text[from+size:], closing)
		if closed {
			return []said{{text: strings.Join(strings.Fields(inside), " "), end: from + size + len(inside) + len(closing), words: 1, quoted: true}}
		}
		all := words(l.text, from, 1)
		for i := range all {
			all[i].unclosed = true
		}
		return all
	}
	most := mostWords
	if kind == Priority || kind == Prerequisite || kind == Dependent {
		most = 1
	}
	return words(l.text, from, most)
}

// words are the first words of a line from a place on: of all most of them, then of
// one less, down to the first alone. None if no word begins there.
func words(text string, from, most int) []said {
	var all []said
	at := from
	for n := 1; n <= most && at < len(text); n++ {
		end := len(text)
		if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 {
			end = at + i
		}
		if end == at {
			break
		}
		word := strings.TrimRight(text[from:end], ending)
		if from+len(word) <= at {
			break
		}
		all = append([]said{{text: word, end: from + len(word), words: n}}, all...)
		next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		at = len(text) - len(next)
	}
	return all
}
