package say

import "strings"

// Part is a piece of a text that was changed: in both, only before, or only after.
type Part struct {
	Text            string
	Removed, Insert bool
}

// mostWords bounds a comparison: its cost grows with the square.
const mostWords = 1500

// Diff compares two texts word by word, by their longest common sequence; nil if
// they are too long for it, or have nothing in common.
func Diff(from, to string) []Part {
	a, b := words(from), words(to)
	if len(a) > mostWords || len(b) > mostWords {
		return nil
	}
	common := make([][]int16, len(a)+1)
	for i := range common {
		common[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	if common[0][0] == 0 {
		return nil
	}
	var parts []Part
	add := func(text string, removed, insert bool) {
		if n := len(parts); n > 0 && parts[n-1].Removed == removed && parts[n-1].Insert == insert {
			parts[n-1].Text += text
			return
		}
		parts = append(parts, Part{text, removed, insert})
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(a[i], false, false)
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add(a[i], true, false)
			i++
		default:
			add(b[j], false, true)
			j++
		}
	}
	return parts
}

// words are a text's words, each with the white space after it.
func words(text string) []string {
	var all []string
	for text != "" {
		end := strings.IndexAny(text, " \n\t")
		if end < 0 {
			return append(all, text)
		}
		for end < len(text) && strings.ContainsRune(" \n\t", rune(text[end])) {
			end++
		}
		all, text = append(all, text[:end]), text[end:]
	}
	return all
}
