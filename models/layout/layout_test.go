package layout_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/layout"
)

var gap = layout.Gap{Layer: 60, Node: 20, Line: 10, Lane: 30}

func boxes(n int) []layout.Size {
	all := make([]layout.Size, n)
	for i := range all {
		all[i] = layout.Size{Width: 200, Height: 56}
	}
	return all
}

func graph(n int, edges ...layout.Edge) layout.Graph {
	return layout.Graph{Nodes: boxes(n), Edges: edges}
}

func chance(seed uint64, n, edges int) layout.Graph {
	r := rand.New(rand.NewPCG(seed, 7))
	g := graph(n)
	for range edges {
		a, b := r.IntN(n), r.IntN(n)
		if a != b {
			g.Edges = append(g.Edges, layout.Edge{From: min(a, b), To: max(a, b)})
		}
	}
	return g
}

// overlaps counts pairs of nodes that come closer than the gap, and nodes outside
// of the picture.
func overlaps(g layout.Graph, p layout.Placed) (n int) {
	for a := range g.Nodes {
		at, s := p.Nodes[a], g.Nodes[a]
		if at.X < 0 || at.Y < 0 || at.X+s.Width > p.Width || at.Y+s.Height > p.Height {
			n++
		}
		for b := range a {
			o, t := p.Nodes[b], g.Nodes[b]
			if at.X < o.X+t.Width+gap.Node && o.X < at.X+s.Width+gap.Node && at.Y < o.Y+t.Height+gap.Node && o.Y < at.Y+s.Height+gap.Node {
				n++
			}
		}
	}
	return n
}

func TestWhatComesFirstStandsFurtherLeftAndNothingOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "nodes")
		g := layout.Graph{}
		for range n {
			g.Nodes = append(g.Nodes, layout.Size{Width: rapid.IntRange(20, 300).Draw(t, "w"), Height: rapid.IntRange(1, 99).Draw(t, "h")})
		}
		cyclic := rapid.Bool().Draw(t, "cyclic")
		for range rapid.IntRange(0, 80).Draw(t, "edges") {
			a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
			if !cyclic {
				a, b = min(a, b), max(a, b)
			}
			g.Edges = append(g.Edges, layout.Edge{From: a, To: b})
		}
		if rapid.Bool().Draw(t, "lanes") {
			for range n {
				g.Lanes = append(g.Lanes, rapid.IntRange(0, 4).Draw(t, "lane"))
			}
		}
		p := layout.Place(g, gap)
		if got := overlaps(g, p); got > 0 {
			t.Fatalf("%d overlaps: %v", got, p.Nodes)
		}
		for i, lane := range g.Lanes {
			at, band := p.Nodes[i], p.Lanes[lane]
			if at.Y < band.Y+gap.Lane || at.Y+g.Nodes[i].Height > band.Y+band.Height {
				t.Fatalf("%v is not in its lane, %v", at, band)
			}
		}
		drawn := map[layout.Edge]bool{}
		for i, e := range g.Edges {
			line := p.Lines[i]
			if line == nil {
				if e.From != e.To && !drawn[e] && !drawn[layout.Edge{From: e.To, To: e.From}] {
					t.Fatalf("the line %v is not drawn", e)
				}
				continue
			}
			drawn[e] = true
			from, to, start, end := p.Nodes[e.From], p.Nodes[e.To], line[0], line[len(line)-1]
			if len(line)%2 != 0 {
				t.Fatalf("%v: %v is not in pairs", e, line)
			}
			if cyclic && p.Layers[e.From] > p.Layers[e.To] { // drawn backwards
				from, to, start, end = to, from, end, start
				e = layout.Edge{From: e.To, To: e.From}
			}
			if p.Layers[e.From] >= p.Layers[e.To] {
				t.Fatalf("%v is not to the right", e)
			}
			if start.X != from.X+g.Nodes[e.From].Width || end.X != to.X {
				t.Fatalf("%v goes from %v to %v", e, start, end)
			}
			if start.Y < from.Y || start.Y > from.Y+g.Nodes[e.From].Height || end.Y < to.Y || end.Y > to.Y+g.Nodes[e.To].Height {
				t.Fatalf("%v misses its nodes", e)
			}
		}
		if again := layout.Place(g, gap); fmt.Sprint(again) != fmt.Sprint(p) {
			t.Fatal("another picture of the same graph")
		}
	})
}

// A line that passes a layer goes between the nodes of it, not through them, and so
// it does with lanes.
func TestNoLineGoesThroughANode(t *testing.T) {
	for seed := range uint64(40) {
		g := chance(seed, 60, 90)
		if seed >= 20 {
			for n := range g.Nodes {
				g.Lanes = append(g.Lanes, n*4/len(g.Nodes))
			}
		}
		p := layout.Place(g, gap)
		for i := range g.Edges {
			line := p.Lines[i]
			for k := 1; k+1 < len(line); k += 2 {
				for n, at := range p.Nodes {
					if line[k].X < at.X+g.Nodes[n].Width && at.X < line[k+1].X && at.Y <= line[k].Y && line[k].Y <= at.Y+g.Nodes[n].Height {
						t.Fatalf("seed %d: line %v goes through node %d", seed, g.Edges[i], n)
					}
				}
			}
		}
	}
}

func TestATreeHasNoCrossings(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 3))
		g := graph(60)
		for n := 1; n < len(g.Nodes); n++ {
			g.Edges = append(g.Edges, layout.Edge{From: r.IntN(n), To: n})
		}
		require.Zero(t, layout.Place(g, gap).Crossings, "seed %d", seed)
	}
}

func TestAChainIsStraight(t *testing.T) {
	p := layout.Place(graph(4, layout.Edge{From: 0, To: 1}, layout.Edge{From: 1, To: 2}, layout.Edge{From: 2, To: 3}, layout.Edge{From: 0, To: 3}), gap)
	require.Equal(t, p.Nodes[1].Y, p.Nodes[2].Y)
	require.Equal(t, []int{0, 1, 2, 3}, p.Layers)
	require.Equal(t, 4*200+3*gap.Layer, p.Width)
	long := p.Lines[3]
	require.Equal(t, long[1].Y, long[len(long)-2].Y, "what passes two layers passes them straight")
}

// What only leads onwards stands just before what waits for it, not far off at the left.
func TestAnEarlyTaskStandsNextToWhatWaitsForIt(t *testing.T) {
	p := layout.Place(graph(5, layout.Edge{From: 0, To: 1}, layout.Edge{From: 1, To: 2}, layout.Edge{From: 2, To: 3}, layout.Edge{From: 4, To: 3}), gap)
	require.Equal(t, 2, p.Layers[4])
}

func TestWhatHasNoLinesStandsBelowInRows(t *testing.T) {
	p := layout.Place(graph(9, layout.Edge{From: 3, To: 5}), gap)
	for n, at := range p.Nodes {
		if n != 3 && n != 5 {
			require.Greater(t, at.Y, p.Nodes[3].Y+56)
		}
	}
	require.Equal(t, 2*200+gap.Layer, p.Width, "no wider than the rest")
	alone := layout.Place(graph(9), gap)
	require.Equal(t, 3*200+2*gap.Node, alone.Width)
	require.Equal(t, 3*56+2*gap.Node, alone.Height)
	require.Zero(t, layout.Place(layout.Graph{}, gap).Width)
}

// A task put at the end moves nothing that stood before it to another layer, and
// keeps the order of the others.
func TestASmallChangeMovesLittle(t *testing.T) {
	for seed := range uint64(20) {
		g := chance(seed, 40, 50)
		before := layout.Place(g, gap)
		more := layout.Graph{Nodes: boxes(41), Edges: append(append([]layout.Edge{}, g.Edges...), layout.Edge{From: 39, To: 40})}
		after := layout.Place(more, gap)
		require.Equal(t, before.Layers[:39], after.Layers[:39], "seed %d", seed)
	}
}

// bends counts the pieces of lines that are not level: each is a bend where it begins and
// one where it ends.
func bends(p layout.Placed) (n int) {
	for _, line := range p.Lines {
		for k := 0; k+1 < len(line); k += 2 {
			if line[k].Y != line[k+1].Y {
				n++
			}
		}
	}
	return n
}

// The lines that cross, and how often they bend, are held to what they are today, over
// graphs as workflows are: few lines a task. Nothing overlaps in any of them.
func TestFewLinesCrossOrBend(t *testing.T) {
	for _, c := range []struct{ nodes, edges, crossings, bends int }{
		{10, 12, 2, 11}, {40, 50, 36, 58}, {100, 120, 220, 147}, {300, 360, 2400, 440}, {1000, 1200, 29700, 1490},
	} {
		crossed, bent := 0, 0
		for seed := range uint64(5) {
			g := chance(seed, c.nodes, c.edges)
			p := layout.Place(g, gap)
			require.Zero(t, overlaps(g, p), "%d nodes, seed %d", c.nodes, seed)
			crossed += p.Crossings
			bent += bends(p)
		}
		t.Logf("%d nodes, %d lines: %d crossings and %d bent pieces on average", c.nodes, c.edges, crossed/5, bent/5)
		require.LessOrEqual(t, crossed/5, c.crossings, "%d nodes", c.nodes)
		require.LessOrEqual(t, bent/5, c.bends, "%d nodes", c.nodes)
	}
}

func BenchmarkPlace(b *testing.B) {
	for _, n := range []int{10, 100, 300, 1000} {
		g := chance(1, n, n*6/5)
		b.Run(fmt.Sprintf("nodes=%d", n), func(b *testing.B) {
			for b.Loop() {
				layout.Place(g, gap)
			}
		})
	}
}
