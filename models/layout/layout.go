// Package layout places a graph of tasks in layers from left to right: whatever
// must come first stands further left. It crosses and bends lines as little as it
// can, lets nothing overlap, and gives the same picture for the same graph.
//
// It goes the way of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual
// understanding of hierarchical system structures", 1981: layers, then the order in
// them, then the places, the last after U. Brandes and B. Köpf, "Fast and simple
// horizontal coordinate assignment", 2001.
package layout

import "slices"

// Graph is what is placed: nodes by their size, in pixels, and lines between them
// by the index of the nodes. Lines that close a cycle are drawn backwards; those
// from a node to itself and those named twice are drawn once or not at all.
type Graph struct {
	Nodes []Size
	Edges []Edge
	Lanes []int // of each node, from 0; nil: there are none
}

// Size is a node's, in pixels. Lines that lead to one that is joined end in one
// place, the middle of its left side.
type Size struct {
	Width, Height int
	Joined        bool
}

// Edge says that From comes before To.
type Edge struct{ From, To int }

// Gap is the room that is left, in pixels: between layers, between nodes of a
// layer, between a line that passes a layer and its neighbours, and above what a
// lane holds.
type Gap struct{ Layer, Node, Line, Lane int }

// Point is a place in the picture, in pixels from its top left corner.
type Point struct{ X, Y int }

// Placed is a graph with its places.
type Placed struct {
	Nodes         []Point   // the top left corner of each
	Layers        []int     // of each node; the leftmost is 0
	Lines         [][]Point // of each edge, in pairs: from one layer to the next, then through that layer; nil: not drawn
	Lanes         []Band    // where each lane is; nil: there are none
	Width, Height int
	Crossings     int // of lines, between layers
}

// Band is the height at which a lane begins, and how high it is, in pixels.
type Band struct{ Y, Height int }

// Place places a graph. Its parts that hang together come one below the other, in
// the order of their first nodes; nodes without lines come last, in rows. With lanes,
// each of them is one band over all layers, and holds its nodes and no others.
func Place(g Graph, gap Gap) Placed {
	out := Placed{Nodes: make([]Point, len(g.Nodes)), Layers: make([]int, len(g.Nodes)), Lines: make([][]Point, len(g.Edges))}
	if g.Lanes != nil && len(g.Nodes) > 0 {
		out.lanes(g, gap)
		return out
	}
	alone := []int{}
	for _, part := range parts(g) {
		if len(part.nodes) == 1 {
			alone = append(alone, part.nodes[0])
			continue
		}
		l := newLayers(g, part)
		l.order()
		top := out.Height
		if top > 0 {
			top += gap.Node * 2
		}
		middle := l.places(g, gap)
		for v := range middle {
			middle[v] += top
		}
		out.take(l, middle, g, gap)
	}
	out.rows(g, gap, alone)
	return out
}

// part is what hangs together of a graph.
type part struct {
	nodes []int
	edges []int
}

func parts(g Graph) (all []part) {
	next := make([][]int, len(g.Nodes))
	for _, e := range g.Edges {
		next[e.From] = append(next[e.From], e.To)
		next[e.To] = append(next[e.To], e.From)
	}
	of := make([]int, len(g.Nodes))
	for first := range g.Nodes {
		if of[first] != 0 {
			continue
		}
		all = append(all, part{})
		for todo := []int{first}; len(todo) > 0; {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if of[n] == 0 {
				of[n] = len(all)
				todo = append(todo, next[n]...)
			}
		}
	}
	for n, p := range of {
		all[p-1].nodes = append(all[p-1].nodes, n)
	}
	seen := map[Edge]bool{}
	for i, e := range g.Edges {
		if e.From != e.To && !seen[e] {
			seen[e] = true
			all[of[e.From]-1].edges = append(all[of[e.From]-1].edges, i)
		}
	}
	return all
}

// take adds a part, the middles of whose places are known.
func (p *Placed) take(l *layers, middle []int, g Graph, gap Gap) {
	left, widest := make([]int, len(l.rows)), make([]int, len(l.rows))
	x := 0
	for i, row := range l.rows {
		left[i] = x
		for _, v := range row {
			if n := l.node[v]; n >= 0 {
				widest[i] = max(widest[i], g.Nodes[n].Width)
			}
		}
		x += widest[i] + gap.Layer
	}
	p.Width = max(p.Width, x-gap.Layer)
	for v, n := range l.node {
		if n < 0 {
			continue
		}
		s := g.Nodes[n]
		p.Nodes[n] = Point{left[l.layer[v]], middle[v] - s.Height/2}
		p.Layers[n] = l.layer[v]
		p.Height = max(p.Height, p.Nodes[n].Y+s.Height)
	}
	for i, chain := range l.chains {
		if chain == nil {
			continue
		}
		var line []Point
		for k, v := range chain {
			at := left[l.layer[v]]
			y := middle[v]
			switch {
			case k == 0:
				y = l.port(chain[0], chain[1], l.down[chain[0]], middle, g)
				line = append(line, Point{at + g.Nodes[l.node[v]].Width, y})
			case k == len(chain)-1:
				y = l.port(v, chain[k-1], l.up[v], middle, g)
				line = append(line, Point{at, y})
			default:
				line = append(line, Point{at, y}, Point{at + widest[l.layer[v]], y})
				p.Height = max(p.Height, y)
			}
		}
		if l.turned[i] {
			slices.Reverse(line)
		}
		p.Lines[i] = line
	}
	p.Crossings += l.crossings()
}

// port is the height at which a line leaves or enters a node: lines at the same
// side of it spread over that side, in the order of where they go.
func (l *layers) port(v, to int, at []int, middle []int, g Graph) int {
	h := g.Nodes[l.node[v]].Height
	if g.Nodes[l.node[v]].Joined && slices.Contains(l.up[v], to) {
		return middle[v]
	}
	ends := slices.Clone(at)
	slices.SortStableFunc(ends, func(a, b int) int { return middle[a] - middle[b] })
	return middle[v] - h/2 + h*(slices.Index(ends, to)+1)/(len(ends)+1)
}

// rows puts nodes that have no lines into rows as wide as the picture, or as about
// as many nodes as make it a square.
func (p *Placed) rows(g Graph, gap Gap, nodes []int) {
	if len(nodes) == 0 {
		return
	}
	most, x, y, tallest := p.Width, 0, p.Height, 0
	if y > 0 {
		y += gap.Node * 2
	}
	if most == 0 {
		for i, n := range nodes {
			if i*i < len(nodes) {
				most += g.Nodes[n].Width + gap.Node
			}
		}
	}
	for _, n := range nodes {
		s := g.Nodes[n]
		if x > 0 && x+s.Width > most {
			x, y, tallest = 0, y+tallest+gap.Node, 0
		}
		p.Nodes[n] = Point{x, y}
		x += s.Width
		p.Width, p.Height = max(p.Width, x), max(p.Height, y+s.Height)
		x, tallest = x+gap.Node, max(tallest, s.Height)
	}
}
