package layout

import (
	"math"
	"slices"
)

// places gives each place the height of its middle, in pixels from the top. Four
// pictures are drawn, each with as many places in line as can be: reading from the
// left or from the right, from the top or from below; each place then stands in the
// middle of the four.
func (l *layers) places(g Graph, gap Gap) []int {
	hinders := l.hinders()
	var four [4][]float64
	for i := range four {
		p := picture{l: l, hinders: hinders, back: i&1 != 0, below: i&2 != 0, room: func(u, v int) float64 { return l.room(u, v, g, gap) }}
		four[i] = p.draw()
	}
	l.gather(&four)
	y := make([]int, len(l.node))
	top := math.Inf(1)
	middle := make([]float64, len(l.node))
	for v := range middle {
		of := []float64{four[0][v], four[1][v], four[2][v], four[3][v]}
		slices.Sort(of)
		middle[v] = (of[1] + of[2]) / 2
		top = min(top, middle[v]-float64(l.height(v, g))/2)
	}
	for v := range y {
		y[v] = int(math.Round(middle[v] - top))
	}
	return y
}

func (l *layers) height(v int, g Graph) int {
	if l.node[v] < 0 {
		return 0
	}
	return g.Nodes[l.node[v]].Height
}

// room is how far the middles of two neighbours of a row are apart at the least; a
// pixel more than asked, as places are rounded.
func (l *layers) room(u, v int, g Graph, gap Gap) float64 {
	between := gap.Node
	if l.node[u] < 0 || l.node[v] < 0 {
		between = gap.Line
	}
	return float64(l.height(u, g)+l.height(v, g))/2 + float64(between) + 1
}

// gather brings the four pictures over each other: to the edge, upper or lower,
// of the one that is least high.
func (l *layers) gather(four *[4][]float64) {
	least := 0
	high := func(y []float64) float64 { return slices.Max(y) - slices.Min(y) }
	for i := range four {
		if high(four[i]) < high(four[least]) {
			least = i
		}
	}
	first, last := slices.Min(four[least]), slices.Max(four[least])
	for i := range four {
		by := first - slices.Min(four[i])
		if i&2 != 0 {
			by = last - slices.Max(four[i])
		}
		for v := range four[i] {
			four[i][v] += by
		}
	}
}

// hinders are the lines that must not be straight because they cross one that
// passes a layer, which is to be.
func (l *layers) hinders() map[Edge]bool {
	found := map[Edge]bool{}
	for i := 1; i+1 < len(l.rows); i++ {
		above, row := l.rows[i], l.rows[i+1]
		first, scanned := 0, 0
		for k, v := range row {
			inner := -1
			if l.node[v] < 0 && len(l.up[v]) == 1 && l.node[l.up[v][0]] < 0 {
				inner = l.at[l.up[v][0]]
			}
			if inner < 0 && k != len(row)-1 {
				continue
			}
			last := len(above) - 1
			if inner >= 0 {
				last = inner
			}
			for ; scanned <= k; scanned++ {
				for _, u := range l.up[row[scanned]] {
					own := l.node[u] < 0 && l.node[row[scanned]] < 0
					if !own && (l.at[u] < first || l.at[u] > last) {
						found[Edge{u, row[scanned]}] = true
					}
				}
			}
			first = last
		}
	}
	return found
}

// picture is one of the four.
type picture struct {
	l           *layers
	hinders     map[Edge]bool
	back, below bool // reading from the right; from below
	room        func(u, v int) float64
}

func (p picture) draw() []float64 {
	root := p.blocks()
	of := p.stack(root)
	y := make([]float64, len(root))
	for v := range y {
		y[v] = of[root[v]]
		if p.below {
			y[v] = -y[v]
		}
	}
	return y
}

// rows are the rows in the order of this picture's reading.
func (p picture) rows() [][]int {
	rows := p.l.kept()
	if p.back {
		slices.Reverse(rows)
	}
	if p.below {
		for _, row := range rows {
			slices.Reverse(row)
		}
	}
	return rows
}

// at is where a place stands in its row, read this way.
func (p picture) at(v int) int {
	if p.below {
		return len(p.l.rows[p.l.layer[v]]) - 1 - p.l.at[v]
	}
	return p.l.at[v]
}

// blocks are the places that stand in line with each other: each with the middle
// one of what it is joined to before, unless lines would cross. It returns the first
// of each place's block.
func (p picture) blocks() []int {
	joined := p.l.up
	if p.back {
		joined = p.l.down
	}
	root, taken := make([]int, len(p.l.node)), make([]bool, len(p.l.node))
	for v := range root {
		root[v] = v
	}
	for _, row := range p.rows()[1:] {
		last := -1
		for _, v := range row {
			to := slices.Clone(joined[v])
			slices.SortFunc(to, func(a, b int) int { return p.at(a) - p.at(b) })
			for _, m := range middles(len(to)) {
				u := to[m]
				line := Edge{u, v}
				if p.back {
					line = Edge{v, u}
				}
				if root[v] == v && !taken[u] && !p.hinders[line] && p.at(u) > last {
					root[v], taken[u] = root[u], true
					last = p.at(u)
				}
			}
		}
	}
	return root
}

func middles(n int) []int {
	switch {
	case n == 0:
		return nil
	case n%2 == 1:
		return []int{n / 2}
	}
	return []int{n/2 - 1, n / 2}
}

// stack puts the blocks below each other as closely as it can, and then each as
// near to those below it as there is room.
func (p picture) stack(root []int) []float64 {
	type below struct {
		block int
		room  float64
	}
	next, left := make(map[int][]below), make([]int, len(root))
	for _, row := range p.rows() {
		for k := 1; k < len(row); k++ {
			a, b := root[row[k-1]], root[row[k]]
			next[a] = append(next[a], below{b, p.room(row[k-1], row[k])})
			left[b]++
		}
	}
	var sorted []int
	for v := range root {
		if root[v] == v && left[v] == 0 {
			sorted = append(sorted, v)
		}
	}
	y := make([]float64, len(root))
	for i := 0; i < len(sorted); i++ {
		for _, n := range next[sorted[i]] {
			y[n.block] = max(y[n.block], y[sorted[i]]+n.room)
			if left[n.block]--; left[n.block] == 0 {
				sorted = append(sorted, n.block)
			}
		}
	}
	for _, v := range slices.Backward(sorted) {
		nearest := math.Inf(1)
		for _, n := range next[v] {
			nearest = min(nearest, y[n.block]-n.room)
		}
		if !math.IsInf(nearest, 1) {
			y[v] = max(y[v], nearest)
		}
	}
	return y
}
