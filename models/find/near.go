package find

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Slack is how many slips of the keyboard a word may hold and still be taken for
// another one: none in a short word, two in a long one.
func Slack(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// Near returns those of terms that a mistyped word may have meant or begun with,
// the likeliest first, at most n.
func Near(word string, terms []string, n int) []string {
	type near struct {
		term string
		far  int
	}
	slack := Slack(word)
	if slack == 0 {
		return nil
	}
	typed := []rune(word)
	var found []near
	for _, t := range terms {
		if far := distance(typed, []rune(t), slack); far <= slack {
			found = append(found, near{t, far})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(a.far-b.far, len(a.term)-len(b.term), cmp.Compare(a.term, b.term))
	})
	var names []string
	for _, f := range found[:min(n, len(found))] {
		names = append(names, f.term)
	}
	return names
}

// distance counts the letters missing, added, changed, or swapped with the next
// one, between what was typed and the nearest beginning of a term; more than most,
// if it is more (optimal string alignment).
func distance(typed, term []rune, most int) int {
	if len(term) < len(typed)-most {
		return most + 1
	}
	term = term[:min(len(term), len(typed)+most)]
	before, last, now := make([]int, len(term)+1), make([]int, len(term)+1), make([]int, len(term)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(typed); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(term); j++ {
			change := 1
			if typed[i-1] == term[j-1] {
				change = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && typed[i-1] == term[j-2] && typed[i-2] == term[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return slices.Min(last)
}
