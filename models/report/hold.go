package report

import (
	"cmp"
	"math/bits"
	"slices"
)

// Holder is an open task that others wait for.
type Holder struct {
	Open
	Next int // waiting tasks that wait for it itself
	All  int // waiting tasks that wait for it, or for one that does, and so on
}

// HoldersOf are the open tasks of a scope that hold others up at the end of a period,
// those that hold up the most first. Whatever waits counts, in the scope or not; where
// any one of several prerequisites is enough, each of them counts.
func HoldersOf(of Scope, p Period, hs ...*History) (all []Holder) {
	end := p.End.UnixMicro()
	for _, h := range hs {
		w := h.web(end)
		for i, n := range w.reach() {
			if n == 0 {
				continue
			}
			if s, ok := h.look(w.nodes[i].life, of, end); ok {
				all = append(all, Holder{Open: s.open(), Next: len(w.after[i]), All: n})
			}
		}
	}
	slices.SortFunc(all, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(b.All, a.All), cmp.Compare(b.Next, a.Next), a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// web is who holds up whom at a moment.
type web struct {
	nodes  []sight
	after  [][]int // the waiting tasks that wait for a task
	before []int   // how many a task waits for
	at     map[string]int
}

func (h *History) web(end int64) *web {
	w := &web{at: map[string]int{}}
	for ends, t := range h.edges {
		if !t.there(end) {
			continue
		}
		p, d := h.byID[ends.before], h.byID[ends.after]
		if p == nil || d == nil {
			continue
		}
		before, isThere := h.look(p, Scope{}, end)
		after, waits := h.look(d, Scope{}, end)
		if !isThere || !waits || after.last().counted() != waiting || !t.holds(before.last().counted(), end) {
			continue
		}
		i, j := w.node(before), w.node(after)
		w.after[i] = append(w.after[i], j)
		w.before[j]++
	}
	return w
}

// there reports whether the tie was there just before a moment.
func (t *tie) there(end int64) bool {
	for i := len(t.at) - 1; i >= 0; i-- {
		if t.at[i].from < end {
			return t.at[i].to == 0 || t.at[i].to >= end
		}
	}
	return false
}

// holds reports whether a prerequisite in a state still holds its dependent up.
func (t *tie) holds(s state, end int64) bool {
	enough := done
	if states[as(t.enough, end)] == inReview {
		enough = inReview
	}
	return s < enough
}

func (w *web) node(s sight) int {
	if i, ok := w.at[s.id]; ok {
		return i
	}
	i := len(w.nodes)
	w.at[s.id] = i
	w.nodes, w.after, w.before = append(w.nodes, s), append(w.after, nil), append(w.before, 0)
	return i
}

// blockWords is how many words of bits each task has while it is counted whom it
// holds up: 1,024 tasks at a time, whose bits are handed up along the ties, so that
// 100,000 tasks take little memory.
const blockWords = 16

// reach counts the tasks that each holds up, directly or not.
func (w *web) reach() []int {
	count := make([]int, len(w.nodes))
	order := w.order()
	held := make([][blockWords]uint64, len(w.nodes))
	for from := 0; from < len(w.nodes); from += 64 * blockWords {
		clear(held)
		for k := len(order) - 1; k >= 0; k-- {
			i := order[k]
			for _, j := range w.after[i] {
				for word := range held[i] {
					held[i][word] |= held[j][word]
				}
				if place := j - from; place >= 0 && place < 64*blockWords {
					held[i][place/64] |= 1 << (place % 64)
				}
			}
			for _, word := range held[i] {
				count[i] += bits.OnesCount64(word)
			}
		}
	}
	return count
}

// order puts each task before those that wait for it; there are no circles.
func (w *web) order() []int {
	left := slices.Clone(w.before)
	order := make([]int, 0, len(left))
	for i, n := range left {
		if n == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, j := range w.after[order[k]] {
			if left[j]--; left[j] == 0 {
				order = append(order, j)
			}
		}
	}
	return order
}

// held are the waiting tasks that a task holds up, itself or by way of others.
func (w *web) held(id string, all bool) map[string]bool {
	found := map[string]bool{}
	i, there := w.at[id]
	if !there {
		return found
	}
	for todo := []int{i}; len(todo) > 0; {
		at := todo[0]
		todo = todo[1:]
		for _, j := range w.after[at] {
			if next := w.nodes[j].id; !found[next] {
				found[next] = true
				if all {
					todo = append(todo, j)
				}
			}
		}
	}
	return found
}
