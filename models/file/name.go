// Package file says what a file may be called, what it is, and makes the small
// picture that stands for it. All of it comes from outside and may be hostile.
package file

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// MaxName is the most characters of a name, and maxNameBytes the most bytes:
	// file systems take 255.
	MaxName      = 200
	maxNameBytes = 240
	// maxEnding is the longest ending that counts as one, with its dot.
	maxEnding = 20
	nameless  = "file"
)

// Name is what a file may be called that somebody calls raw: the last part of a
// path, on one line, without what cannot be seen or turns a text around, composed
// (NFC) and not too long. What is cut off is the end of the stem, so that the
// ending stays.
func Name(raw string) string {
	raw = strings.ToValidUTF8(raw, "")
	raw = path.Base(strings.ReplaceAll(raw, `\`, "/"))
	name := strings.Join(strings.Fields(strings.Map(visible, raw)), " ")
	name = strings.TrimRight(norm.NFC.String(name), ". ")
	if strings.Trim(name, "./ ") == "" {
		return nameless
	}
	return fit(name, "")
}

// visible drops what cannot be seen: controls, and the format characters of
// Unicode, with which "gpj.exe" can be made to read "exe.jpg". The joiners that
// emoji and some scripts are written with stay.
func visible(r rune) rune {
	const zwnj, zwj = '\u200c', '\u200d'
	switch {
	case r == zwnj || r == zwj:
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}

// Numbered is the name with a number before its ending, for the second and later
// files of one name: "plan (2).pdf".
func Numbered(name string, n int) string { return fit(name, fmt.Sprintf(" (%d)", n)) }

// fit puts more between a name's stem and ending and cuts the stem to what is left.
func fit(name, more string) string {
	ending := path.Ext(name)
	if len(ending) > maxEnding || len(ending) < 2 || strings.Contains(ending, " ") || ending == name {
		ending = ""
	}
	stem := strings.TrimSuffix(name, ending)
	chars := MaxName - utf8.RuneCountInString(ending) - len(more)
	bytes := maxNameBytes - len(ending) - len(more)
	for i, r := range stem {
		if chars--; chars < 0 || i+utf8.RuneLen(r) > bytes {
			stem = strings.TrimRight(stem[:i], "\u200c\u200d .")
			break
		}
	}
	return stem + more + ending
}

// Ending is what a name ends in, in lower case without its dot; empty, if in nothing.
func Ending(name string) string {
	ending := path.Ext(name)
	if len(ending) > maxEnding || len(ending) < 2 || len(ending) == len(name) {
		return ""
	}
	return strings.ToLower(ending[1:])
}
