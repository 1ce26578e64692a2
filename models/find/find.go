// Package find reads what people type to find something, compares words as people
// do (without case and without marks: á is a), and marks where they stand in a
// text. It does no I/O and knows no database.
package find

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as it is compared: in small letters without their marks.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Words are the folded words of a text: letters and digits without anything else
// between.
func Words(s string) []string { return strings.FieldsFunc(Fold(s), apart) }

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Has reports whether each word of a query begins some word of a text.
func Has(text string, words []string) bool {
	there := Words(text)
	for _, w := range words {
		if !begins(there, w) {
			return false
		}
	}
	return true
}

func begins(there []string, word string) bool {
	for _, t := range there {
		if strings.HasPrefix(t, word) {
			return true
		}
	}
	return false
}

// Exact counts the words of a query that are whole words of a text.
func Exact(text string, words []string) int {
	n := 0
	there := Words(text)
	for _, w := range words {
		for _, t := range there {
			if t == w {
				n++
				break
			}
		}
	}
	return n
}
