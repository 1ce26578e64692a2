package layout

import (
	"cmp"
	"slices"
)

// layers are the nodes of a part in layers. A line that goes past layers has a
// bend in each of them, so that every line here is from one layer to the next.
type layers struct {
	node     []int   // of each place: the node of the graph; -1: a bend
	layer    []int   // of each place
	up, down [][]int // what each place is joined to in the layer before, and after
	rows     [][]int // the places of each layer, from the top
	at       []int   // where each place stands in its row
	chains   [][]int // of each edge of the graph: the places it goes through; nil: of another part
	turned   []bool  // of each edge: it is drawn backwards
	lane     []int   // of each place; nil: there are none
}

func newLayers(g Graph, p part) *layers {
	l := &layers{chains: make([][]int, len(g.Edges)), turned: make([]bool, len(g.Edges))}
	place := map[int]int{}
	for _, n := range p.nodes {
		place[n] = len(l.node)
		l.node = append(l.node, n)
	}
	ends := make([]Edge, len(p.edges))
	for k, i := range p.edges {
		ends[k] = Edge{place[g.Edges[i].From], place[g.Edges[i].To]}
	}
	back := backwards(len(l.node), ends)
	for k := range ends {
		if back[k] {
			l.turned[p.edges[k]] = true
			ends[k] = Edge{ends[k].To, ends[k].From}
		}
	}
	l.layer = layering(len(l.node), ends)
	l.up, l.down = make([][]int, len(l.node)), make([][]int, len(l.node))
	drawn := map[Edge]bool{}
	for k, i := range p.edges {
		e := ends[k]
		if drawn[e] { // both ways between two nodes: one line tells enough of a cycle
			continue
		}
		drawn[e] = true
		chain := []int{e.From}
		for at := l.layer[e.From] + 1; at < l.layer[e.To]; at++ {
			chain = append(chain, l.bend(at))
		}
		l.chains[i] = append(chain, e.To)
		for j := 1; j < len(l.chains[i]); j++ {
			a, b := l.chains[i][j-1], l.chains[i][j]
			l.down[a], l.up[b] = append(l.down[a], b), append(l.up[b], a)
		}
	}
	if g.Lanes != nil {
		l.takeLanes(g)
	}
	l.begin()
	return l
}

func (l *layers) bend(layer int) int {
	l.node, l.layer = append(l.node, -1), append(l.layer, layer)
	l.up, l.down = append(l.up, nil), append(l.down, nil)
	return len(l.node) - 1
}

// backwards finds edges without which there is no cycle: those that a walk in
// depth meets on its way back.
func backwards(n int, edges []Edge) []bool {
	out := make([][]int, n)
	for i, e := range edges {
		out[e.From] = append(out[e.From], i)
	}
	const new, open, closed = 0, 1, 2
	state, back := make([]int, n), make([]bool, len(edges))
	type step struct{ node, next int }
	for first := range n {
		if state[first] != new {
			continue
		}
		state[first] = open
		for way := []step{{first, 0}}; len(way) > 0; {
			s := &way[len(way)-1]
			if s.next == len(out[s.node]) {
				state[s.node] = closed
				way = way[:len(way)-1]
				continue
			}
			i := out[s.node][s.next]
			s.next++
			switch to := edges[i].To; state[to] {
			case open:
				back[i] = true
			case new:
				state[to] = open
				way = append(way, step{to, 0})
			}
		}
	}
	return back
}

// layering gives each node the layer after the last of what comes before it; then
// nodes with more lines onwards than back move up to what they lead to.
func layering(n int, edges []Edge) []int {
	out, in, left := make([][]int, n), make([][]int, n), make([]int, n)
	for _, e := range edges {
		out[e.From], in[e.To] = append(out[e.From], e.To), append(in[e.To], e.From)
		left[e.To]++
	}
	layer, sorted := make([]int, n), []int{}
	for v := range n {
		if left[v] == 0 {
			sorted = append(sorted, v)
		}
	}
	for i := 0; i < len(sorted); i++ {
		for _, to := range out[sorted[i]] {
			layer[to] = max(layer[to], layer[sorted[i]]+1)
			if left[to]--; left[to] == 0 {
				sorted = append(sorted, to)
			}
		}
	}
	for _, v := range slices.Backward(sorted) {
		if len(out[v]) <= len(in[v]) {
			continue
		}
		nearest := layer[out[v][0]]
		for _, to := range out[v] {
			nearest = min(nearest, layer[to])
		}
		layer[v] = nearest - 1
	}
	return layer
}

// begin puts the places into rows as a walk in depth meets them, so that what
// hangs together is together.
func (l *layers) begin() {
	l.rows = make([][]int, slices.Max(l.layer)+1)
	l.at = make([]int, len(l.node))
	met := make([]bool, len(l.node))
	byLayer := make([]int, len(l.node))
	for v := range byLayer {
		byLayer[v] = v
	}
	slices.SortStableFunc(byLayer, func(a, b int) int { return cmp.Compare(l.layer[a], l.layer[b]) })
	for _, first := range byLayer {
		for todo := []int{first}; len(todo) > 0; {
			v := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if met[v] {
				continue
			}
			met[v] = true
			l.at[v] = len(l.rows[l.layer[v]])
			l.rows[l.layer[v]] = append(l.rows[l.layer[v]], v)
			for _, to := range slices.Backward(l.down[v]) {
				todo = append(todo, to)
			}
		}
	}
	for _, row := range l.rows {
		l.byLane(row)
	}
	l.count()
}

const (
	sweeps   = 24 // there and back, at the most
	patience = 6  // sweeps without gain, after which no more is tried
)

// order sorts each row so that few lines cross: each place towards the middle of
// what it is joined to, there and back, and neighbours that are better off changed.
func (l *layers) order() {
	best, least, vain := l.kept(), l.crossings(), 0
	for sweep := 0; sweep < sweeps && least > 0 && vain < patience; sweep++ {
		if sweep%2 == 0 {
			for i := 1; i < len(l.rows); i++ {
				l.sortRow(i, l.up)
			}
		} else {
			for i := len(l.rows) - 2; i >= 0; i-- {
				l.sortRow(i, l.down)
			}
		}
		l.swap()
		vain++
		if n := l.crossings(); n < least {
			best, least, vain = l.kept(), n, 0
		}
	}
	l.rows = best
	l.count()
}

func (l *layers) kept() [][]int {
	rows := make([][]int, len(l.rows))
	for i, row := range l.rows {
		rows[i] = slices.Clone(row)
	}
	return rows
}

// count notes where each place stands.
func (l *layers) count() {
	for _, row := range l.rows {
		for i, v := range row {
			l.at[v] = i
		}
	}
}

// sortRow sorts a row by the middle of where each place's neighbours stand; one
// without neighbours stays.
func (l *layers) sortRow(i int, to [][]int) {
	row := l.rows[i]
	middle := make(map[int]float64, len(row))
	var joined []int
	for _, v := range row {
		if len(to[v]) == 0 {
			continue
		}
		sum := 0
		for _, u := range to[v] {
			sum += l.at[u]
		}
		middle[v] = float64(sum) / float64(len(to[v]))
		joined = append(joined, v)
	}
	slices.SortStableFunc(joined, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
	for k, v := range row {
		if len(to[v]) > 0 {
			row[k], joined = joined[0], joined[1:]
		}
	}
	l.byLane(row)
	for k, v := range row {
		l.at[v] = k
	}
}

// swap changes neighbours in a row where fewer lines cross then, until none do, or
// a few rounds have gone by.
func (l *layers) swap() {
	for range 4 {
		gained := false
		for _, row := range l.rows {
			for k := 1; k < len(row); k++ {
				a, b := row[k-1], row[k]
				if l.sameLane(a, b) && l.crossed(a, b) > l.crossed(b, a) {
					row[k-1], row[k] = b, a
					l.at[b], l.at[a] = k-1, k
					gained = true
				}
			}
		}
		if !gained {
			return
		}
	}
}

// crossed counts how often lines of two places of a row cross if a stands above b.
func (l *layers) crossed(a, b int) (n int) {
	for _, to := range [][][]int{l.up, l.down} {
		for _, u := range to[a] {
			for _, v := range to[b] {
				if l.at[u] > l.at[v] {
					n++
				}
			}
		}
	}
	return n
}

// crossings counts all, by inversions of where the lines of each row end.
func (l *layers) crossings() (n int) {
	for i, row := range l.rows[:len(l.rows)-1] {
		var ends []int
		for _, v := range row {
			own := make([]int, len(l.down[v]))
			for k, to := range l.down[v] {
				own[k] = l.at[to]
			}
			slices.Sort(own)
			ends = append(ends, own...)
		}
		n += inversions(ends, len(l.rows[i+1]))
	}
	return n
}

// inversions counts the pairs of numbers below most that stand the wrong way
// round, with a tree of sums (P. Fenwick, 1994).
func inversions(numbers []int, most int) (n int) {
	sums := make([]int, most+1)
	for seen, x := range numbers {
		notAbove := 0
		for i := x + 1; i > 0; i -= i & -i {
			notAbove += sums[i]
		}
		n += seen - notAbove
		for i := x + 1; i <= most; i += i & -i {
			sums[i]++
		}
	}
	return n
}
