package flow

import "strings"

// A rank places a card in its column: ranks compare as byte strings, and there
// is always room between two of them, so that no insert moves another card.
// A rank is rankHead digits that count, then digits that divide; the last digit
// is never the lowest one, else nothing would fit below it.

const (
	digits   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	rankHead = 6
	middle   = "V"
)

// FirstRank is the rank of the first card of an empty column, with room for
// some 28 thousand million cards on either side.
const FirstRank = "V00000" + middle

// Below returns a rank below (after) last; FirstRank if last is empty.
func Below(last string) string {
	if last == "" {
		return FirstRank
	}
	head := []byte(last[:rankHead])
	for i := rankHead - 1; i >= 0; i-- {
		d := strings.IndexByte(digits, head[i])
		if d+1 < len(digits) {
			head[i] = digits[d+1]
			return string(head) + middle
		}
		head[i] = digits[0]
	}
	return last + middle
}

// Above returns a rank above (before) first; FirstRank if first is empty.
func Above(first string) string {
	if first == "" {
		return FirstRank
	}
	head := []byte(first[:rankHead])
	for i := rankHead - 1; i >= 0; i-- {
		d := strings.IndexByte(digits, head[i])
		if d > 0 {
			head[i] = digits[d-1]
			return string(head) + middle
		}
		head[i] = digits[len(digits)-1]
	}
	return divide("", first)
}

// Between returns a rank that sorts strictly between a and b, where a < b. An
// empty a stands for the top of the column, an empty b for its bottom.
func Between(a, b string) string {
	switch {
	case b == "":
		return Below(a)
	case a == "":
		return Above(b)
	}
	return divide(a, b)
}

// divide finds the middle of the first digits that leave room for one.
func divide(a, b string) string {
	var out strings.Builder
	for i := 0; ; i++ {
		low, high := digitAt(a, i, 0), digitAt(b, i, len(digits))
		if low == high {
			out.WriteByte(digits[low])
			continue
		}
		if high-low > 1 {
			out.WriteByte(digits[(low+high)/2])
			break
		}
		// Neighbours: keep a's digit; from here on only a bounds.
		out.WriteByte(digits[low])
		b = ""
	}
	rank := out.String()
	if len(rank) <= rankHead {
		rank += strings.Repeat(digits[:1], rankHead-len(rank)) + middle
	}
	return rank
}

func digitAt(rank string, i, otherwise int) int {
	if i < len(rank) {
		return strings.IndexByte(digits, rank[i])
	}
	return otherwise
}
