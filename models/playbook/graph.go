package playbook

import (
	"math/bits"
	"slices"

	"relevo/models/flow"
)

// set is a set of steps by index.
type set []uint64

func (s set) has(i int) bool { return i/64 < len(s) && s[i/64]&(1<<(i%64)) != 0 }

func (s *set) add(i int) {
	for len(*s) <= i/64 {
		*s = append(*s, 0)
	}
	(*s)[i/64] |= 1 << (i % 64)
}

func (s *set) join(other set) {
	for len(*s) < len(other) {
		*s = append(*s, 0)
	}
	for i, word := range other {
		(*s)[i] |= word
	}
}

// all lists what is in the set, in order.
func (s set) all() []int {
	var in []int
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			in = append(in, i*64+bits.TrailingZeros64(word))
		}
	}
	return in
}

// indexes is where each step is.
func (d Definition) indexes() map[string]int {
	at := make(map[string]int, len(d.Steps))
	for i, s := range d.Steps {
		if _, twice := at[s.ID]; !twice {
			at[s.ID] = i
		}
	}
	return at
}

// needed lists the indexes of the steps that each step needs.
func needed(d Definition) [][]int {
	at := d.indexes()
	needs := make([][]int, len(d.Steps))
	for i, s := range d.Steps {
		for _, n := range s.Needs {
			if j, ok := at[n.Step]; ok {
				needs[i] = append(needs[i], j)
			}
		}
	}
	return needs
}

// before finds for each step those that come before it, however far.
func before(d Definition) []set {
	return over(d, func(Step) bool { return true })
}

// surely finds for each step those that it always waits for: over prerequisites of
// which each is needed.
func surely(d Definition) []set {
	return over(d, func(s Step) bool { return s.Join != flow.Any || len(s.Needs) < 2 })
}

// over joins for each step what it needs and what is found for those, if it counts.
func over(d Definition, counts func(Step) bool) []set {
	needs := needed(d)
	sets := make([]set, len(d.Steps))
	for _, i := range order(d) {
		if !counts(d.Steps[i]) {
			continue
		}
		for _, j := range needs[i] {
			sets[i].add(j)
			sets[i].join(sets[j])
		}
	}
	return sets
}

// order lists the steps' indexes so that each comes after those it needs, and
// otherwise as they are; what is in or behind a cycle is left out.
func order(d Definition) []int {
	needs := needed(d)
	after := make([][]int, len(d.Steps)) // who needs it
	open := make([]int, len(d.Steps))    // how many it needs that are not listed yet
	var ready []int
	for i := range d.Steps {
		for _, j := range needs[i] {
			after[j] = append(after[j], i)
		}
		if open[i] = len(needs[i]); open[i] == 0 {
			ready = append(ready, i)
		}
	}
	listed := make([]int, 0, len(d.Steps))
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		listed = append(listed, i)
		for _, j := range after[i] {
			if open[j]--; open[j] == 0 {
				at, _ := slices.BinarySearch(ready, j)
				ready = slices.Insert(ready, at, j)
			}
		}
	}
	return listed
}

// loop finds a way from one step over those that follow it back to itself; nil if
// there is none.
func loop(d Definition) []int {
	needs := needed(d)
	const unseen, open, closed = 0, 1, 2
	mark := make([]int, len(d.Steps))
	var way []int // from a step to one that it needs, and so on
	var walk func(i int) []int
	walk = func(i int) []int {
		mark[i] = open
		way = append(way, i)
		for _, j := range needs[i] {
			switch mark[j] {
			case open:
				return slices.Clone(way[slices.Index(way, j):])
			case unseen:
				if found := walk(j); found != nil {
					return found
				}
			}
		}
		mark[i] = closed
		way = way[:len(way)-1]
		return nil
	}
	for i := range d.Steps {
		if mark[i] == unseen {
			if found := walk(i); found != nil {
				slices.Reverse(found) // from prerequisite to dependent
				return found
			}
		}
	}
	return nil
}
