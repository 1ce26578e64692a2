package models

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// code is what Markdown shows as it is: nobody is meant by an @ in it.
var code = regexp.MustCompile("(?s)```.*?(?:```|$)|`[^`\n]*`")

// Mentions finds whom a text names after an @: by the whole name, or by the first
// word of it where that is one person's alone. Case does not matter.
func Mentions(text string, people []Person) []Person {
	text = code.ReplaceAllString(text, " ")
	var found []Person
	for at, r := range text {
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); r != '@' || wordly(before) {
			continue
		}
		for _, p := range mentioned(text[at+1:], people) {
			if !slices.ContainsFunc(found, func(f Person) bool { return f.ID == p.ID }) {
				found = append(found, p)
			}
		}
	}
	return found
}

// mentioned are the people whose name the text begins with; the longest wins.
func mentioned(text string, people []Person) []Person {
	var whole, first []Person
	longest := 0
	for _, p := range people {
		if n := NamedBy(text, p.Name); n > longest {
			longest, whole = n, []Person{p}
		} else if n > 0 && n == longest {
			whole = append(whole, p)
		}
		if NamedBy(text, FirstName(p.Name)) > 0 {
			first = append(first, p)
		}
	}
	if len(whole) == 0 && len(first) == 1 {
		return first
	}
	return whole
}

// FirstName is the first word of a name.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// NamedBy is how many bytes of a text's beginning are the name, whatever its
// case; 0 if it begins otherwise, or goes on with more of a word.
func NamedBy(text, name string) int {
	n := 0
	for _, want := range name {
		r, size := utf8.DecodeRuneInString(text[n:])
		if size == 0 || unicode.ToLower(r) != unicode.ToLower(want) {
			return 0
		}
		n += size
	}
	if next, _ := utf8.DecodeRuneInString(text[n:]); wordly(next) {
		return 0
	}
	return n
}

// wordly reports whether a rune is part of a word; the end of a text is not.
func wordly(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
