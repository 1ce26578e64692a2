package find

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is a part of a text; Hit, if it is what was looked for.
type Piece struct {
	Text string
	Hit  bool
}

// Mark parts a text into what begins with one of the words and what does not. The
// pieces put together are the text.
func Mark(text string, words []string) []Piece {
	var pieces []Piece
	add := func(s string, hit bool) {
		if s == "" {
			return
		}
		if n := len(pieces); n > 0 && pieces[n-1].Hit == hit && !hit {
			pieces[n-1].Text += s
			return
		}
		pieces = append(pieces, Piece{s, hit})
	}
	for _, s := range spans(text) {
		add(text[s.begin:s.word], false)
		add(text[s.word:s.end], hits(text[s.word:s.end], words))
	}
	return pieces
}

// marks are what Markdown is written with and nobody wants to read.
var marks = strings.NewReplacer("**", "", "__", "", "~~", "", "`", "", "### ", "", "## ", "", "# ", "", "\n> ", "\n", "- [ ] ", "", "- [x] ", "")

// Plain is a text in Markdown without most of its marks, for a snippet.
func Plain(markdown string) string { return marks.Replace(markdown) }

// span is a word with what stands before it.
type span struct{ begin, word, end int }

func spans(text string) []span {
	var all []span
	at := span{word: -1}
	for i, r := range text {
		inside := !apart(r) || at.word >= 0 && unicode.Is(unicode.Mn, r)
		switch {
		case inside && at.word < 0:
			at.word = i
		case !inside && at.word >= 0:
			at.end = i
			all = append(all, at)
			at = span{begin: i, word: -1}
		}
	}
	at.end = len(text)
	if at.word < 0 {
		at.word = len(text)
	}
	return append(all, at)
}

func hits(word string, words []string) bool {
	if word == "" {
		return false
	}
	folded := Fold(word)
	for _, w := range words {
		if w != "" && strings.HasPrefix(folded, w) {
			return true
		}
	}
	return false
}

// Snippet is the part of a text around the first of the words, about width
// characters of it, on one line; nothing, if none of them is in it.
func Snippet(text string, words []string, width int) []Piece {
	for _, s := range spans(text) {
		if !hits(text[s.word:s.end], words) {
			continue
		}
		begin := back(text, s.word, width/3)
		end := forth(text, s.end, width-width/3)
		cut := strings.Join(strings.Fields(text[begin:end]), " ")
		if begin > 0 {
			cut = "… " + cut
		}
		if end < len(text) {
			cut += " …"
		}
		return Mark(cut, words)
	}
	return nil
}

// back goes to the beginning of the word that stands n characters before at.
func back(text string, at, n int) int {
	for at > 0 && n > 0 {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		n--
	}
	for at > 0 && n == 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if unicode.IsSpace(r) || at < size {
			break
		}
		at -= size
		if r, _ := utf8.DecodeRuneInString(text[at:]); apart(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
	}
	return at
}

// forth goes to the end of the word that stands n characters after at.
func forth(text string, at, n int) int {
	for i, r := range text[at:] {
		if n--; n < 0 && unicode.IsSpace(r) || n < -40 {
			return at + i
		}
	}
	return len(text)
}
