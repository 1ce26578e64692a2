package layout

import "slices"

// takeLanes gives each place its lane. A line from one lane to another changes over
// where the other has no more places in that layer than its own.
func (l *layers) takeLanes(g Graph) {
	l.lane = make([]int, len(l.node))
	type spot struct{ layer, lane int }
	there := map[spot]int{}
	for v, n := range l.node {
		if n >= 0 {
			l.lane[v] = g.Lanes[n]
			there[spot{l.layer[v], l.lane[v]}]++
		}
	}
	for _, chain := range l.chains {
		if chain == nil {
			continue
		}
		at, to := l.lane[chain[0]], l.lane[chain[len(chain)-1]]
		for _, v := range chain[1 : len(chain)-1] {
			if there[spot{l.layer[v], to}] <= there[spot{l.layer[v], at}] {
				at = to
			}
			l.lane[v] = at
			there[spot{l.layer[v], at}]++
		}
	}
}

// byLane puts the places of a row in the order of their lanes.
func (l *layers) byLane(row []int) {
	if l.lane != nil {
		slices.SortStableFunc(row, func(a, b int) int { return l.lane[a] - l.lane[b] })
	}
}

func (l *layers) sameLane(a, b int) bool { return l.lane == nil || l.lane[a] == l.lane[b] }

// lanes places all of a graph, lane by lane from the top.
func (p *Placed) lanes(g Graph, gap Gap) {
	whole := part{}
	for n := range g.Nodes {
		whole.nodes = append(whole.nodes, n)
	}
	for _, part := range parts(g) {
		whole.edges = append(whole.edges, part.edges...)
	}
	slices.Sort(whole.edges)
	l := newLayers(g, whole)
	l.order()
	middle := make([]int, len(l.node))
	top := 0
	for lane := range slices.Max(g.Lanes) + 1 {
		band := Band{Y: top}
		own, of := l.only(lane)
		top += gap.Lane
		bottom := top
		if len(of) > 0 {
			for v, y := range own.places(g, gap) {
				middle[of[v]] = top + y
				bottom = max(bottom, top+y+(own.height(v, g)+1)/2)
			}
		}
		top = bottom + gap.Node
		band.Height = top - band.Y
		p.Lanes = append(p.Lanes, band)
	}
	p.take(l, middle, g, gap)
	p.Height = max(p.Height, top)
}

// only is what one lane has of the layers, with what each of its places is in all.
func (l *layers) only(lane int) (own *layers, of []int) {
	own = &layers{rows: make([][]int, len(l.rows))}
	now := make(map[int]int, len(l.node))
	for v := range l.node {
		if l.lane[v] == lane {
			now[v] = len(of)
			of = append(of, v)
			own.node, own.layer = append(own.node, l.node[v]), append(own.layer, l.layer[v])
		}
	}
	within := func(all []int) (some []int) {
		for _, v := range all {
			if is, there := now[v]; there {
				some = append(some, is)
			}
		}
		return some
	}
	for _, v := range of {
		own.up, own.down = append(own.up, within(l.up[v])), append(own.down, within(l.down[v]))
	}
	for i, row := range l.rows {
		own.rows[i] = within(row)
	}
	own.at = make([]int, len(of))
	own.count()
	return own, of
}
