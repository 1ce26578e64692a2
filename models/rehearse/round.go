package rehearse

import (
	"math"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// round is one way in which it may go. Its slices are used again for the next.
type round struct {
	*net
	seed    uint64
	faster  map[int]float64 // nodes that take only so much of their time
	more    map[int][]int   // further hands, by node
	answers []int
	skipped []bool
	release []float64 // when its turn comes
	entry   []float64 // when somebody would begin
	start   []float64
	finish  []float64
	lasts   []float64
	by      []int // whose hand; -1: nobody's
	held    []int // the node that its hand had to finish first; -1: none
	last    []int // the node that a hand did last, by hand
	free    []float64
	open    []int
	settled []bool
	dated   []bool // a date that counts from its needs let it wait
	events  []event
}

func (n *net) round() *round {
	k := len(n.nodes)
	return &round{net: n, answers: make([]int, len(n.questions)), skipped: make([]bool, k), release: make([]float64, k), entry: make([]float64, k),
		start: make([]float64, k), finish: make([]float64, k), lasts: make([]float64, k), by: make([]int, k), held: make([]int, k), open: make([]int, k), settled: make([]bool, k), dated: make([]bool, k)}
}

// begin clears what is left of the round before, and draws the answers.
func (r *round) begin(seed uint64, number int) {
	r.seed = scrambled(seed ^ scrambled(uint64(number)+1)) // #nosec G115 -- rounds are counted from 0
	for i := range r.nodes {
		r.skipped[i], r.settled[i], r.dated[i], r.by[i], r.held[i] = false, false, false, -1, -1
	}
	for i, q := range r.questions {
		l := luck(r.seed, q.name)
		a := 0
		for a < len(q.upTo)-1 && q.upTo[a] <= l {
			a++
		}
		r.answers[i] = a
	}
}

// wanted reports whether a node's condition holds, once what comes before is settled.
func (r *round) wanted(i int) bool {
	is := &r.nodes[i]
	switch is.rule.kind {
	case never:
		return false
	case byChance:
		return luck(r.seed, is.name^0xc0ffee) < is.rule.chance
	case byTable:
		row, step := 0, 1
		for _, a := range is.rule.asks {
			switch {
			case a.question < 0:
				if !r.skipped[a.node] {
					row += step
				}
			case r.questions[a.question].owner >= 0 && r.skipped[r.questions[a.question].owner]:
				row += step * r.questions[a.question].blanks
			default:
				row += step * r.answers[a.question]
			}
			step *= a.size
		}
		return is.rule.table[row]
	}
	return true
}

// settle says when a node whose turn comes is entered, and for how long it lasts; or
// that it is skipped.
func (r *round) settle(i int, at float64) {
	is := &r.nodes[i]
	r.settled[i], r.release[i] = true, at
	if is.rule.kind != always && !r.wanted(i) {
		r.skipped[i], r.start[i], r.finish[i] = true, at, at
		return
	}
	span := is.Takes(luck(r.seed, is.name))
	if by, shorter := r.faster[i]; shorter {
		span.Lasts *= by
	}
	r.lasts[i] = span.Lasts
	switch {
	case is.Begun:
		r.entry[i] = 0
	default:
		r.entry[i] = max(at+span.Lies, is.earliest)
		if is.Due.From == playbook.Needed {
			morning := r.clock.morning(r.clock.end(at, is.Due.Amount, is.Due.Unit == flow.WorkingDays) - is.usual)
			r.dated[i] = morning > r.entry[i]
			r.entry[i] = max(r.entry[i], morning)
		}
	}
}

// unlimited goes through a round as if everybody had time for everything, and returns when
// it is over.
func (r *round) unlimited() float64 {
	over := 0.0
	for i := range r.nodes {
		is := &r.nodes[i]
		if !is.Done.IsZero() {
			continue
		}
		r.settle(i, r.satisfied(i))
		if r.skipped[i] {
			continue
		}
		r.start[i], r.finish[i] = r.entry[i], r.entry[i]+r.lasts[i]
		over = max(over, r.finish[i])
	}
	return over
}

// satisfied is when a node's turn comes, all that it needs being settled.
func (r *round) satisfied(i int) float64 {
	is := &r.nodes[i]
	all, first, last := is.release, math.Inf(1), 0.0
	for _, e := range is.needs {
		at := r.over(e)
		all, last = max(all, at), max(last, at)
		if !r.skipped[e.node] {
			first = min(first, at)
		}
	}
	switch {
	case !is.Any || len(is.needs) == 0:
		return all
	case math.IsInf(first, 1):
		return last
	}
	return first
}

// over is when a need is satisfied.
func (r *round) over(e edge) float64 {
	if r.skipped[e.node] {
		return r.finish[e.node]
	}
	return r.clock.after(r.finish[e.node], e.lag)
}

// event is something that happens in a round in which everybody does one task at a
// time.
type event struct {
	at   float64
	kind eventKind
	node int
}

type eventKind uint8

const (
	finishes eventKind = iota
	comesUp            // one of those before it is over, and that is enough
	enters             // somebody would begin
)

func (e event) before(other event) bool {
	if e.at != other.at {
		return e.at < other.at
	}
	if e.kind != other.kind {
		return e.kind < other.kind
	}
	return e.node < other.node
}

func (r *round) push(e event) {
	r.events = append(r.events, e)
	i := len(r.events) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !r.events[i].before(r.events[up]) {
			break
		}
		r.events[i], r.events[up] = r.events[up], r.events[i]
		i = up
	}
}

func (r *round) pop() event {
	top := r.events[0]
	n := len(r.events) - 1
	r.events[0] = r.events[n]
	r.events = r.events[:n]
	for i := 0; ; {
		least := i
		for _, down := range [2]int{2*i + 1, 2*i + 2} {
			if down < n && r.events[down].before(r.events[least]) {
				least = down
			}
		}
		if least == i {
			return top
		}
		r.events[i], r.events[least] = r.events[least], r.events[i]
		i = least
	}
}

// limited goes through a round in which each hand does one task at a time, of those
// that wait for it the one that has waited longest, and returns when it is over.
func (r *round) limited() float64 {
	more := 0
	for _, hands := range r.more {
		for _, h := range hands {
			more = max(more, h+1-len(r.hands))
		}
	}
	r.free, r.last = make([]float64, len(r.hands)+more), make([]int, len(r.hands)+more)
	for h := range r.last {
		r.last[h] = -1
	}
	r.events = r.events[:0]
	for i := range r.nodes {
		r.open[i] = len(r.nodes[i].needs)
		r.release[i] = r.nodes[i].release
	}
	for i := range r.nodes {
		if is := &r.nodes[i]; is.Begun && is.Done.IsZero() {
			r.enter(i, is.release)
		}
	}
	for i := range r.nodes {
		if is := &r.nodes[i]; len(is.needs) == 0 && is.Done.IsZero() && !is.Begun {
			r.enter(i, is.release)
		}
	}
	over := 0.0
	for len(r.events) > 0 {
		e := r.pop()
		switch e.kind {
		case enters:
			r.take(e.node)
		case comesUp:
			if !r.settled[e.node] {
				r.enter(e.node, e.at)
			}
		case finishes:
			if !r.skipped[e.node] {
				over = max(over, e.at)
			}
			r.pass(e.node)
		}
	}
	return over
}

// enter settles a node and lets it wait for its hand.
func (r *round) enter(i int, at float64) {
	r.settle(i, at)
	if r.skipped[i] {
		r.push(event{r.finish[i], finishes, i})
		return
	}
	r.push(event{r.entry[i], enters, i})
}

// take gives a node the hand that is free first.
func (r *round) take(i int) {
	is, at := &r.nodes[i], r.entry[i]
	r.start[i] = at
	hand := -1
	choose := func(h int) {
		if hand < 0 || r.free[h] < r.free[hand] {
			hand = h
		}
	}
	for _, h := range is.hands {
		choose(h)
	}
	for _, h := range r.more[i] {
		choose(h)
	}
	if hand >= 0 {
		if r.free[hand] > at {
			r.start[i], r.held[i] = r.free[hand], r.last[hand]
		}
		r.by[i] = hand
		r.free[hand], r.last[hand] = r.start[i]+r.lasts[i], i
	}
	r.finish[i] = r.start[i] + r.lasts[i]
	r.push(event{r.finish[i], finishes, i})
}

// pass tells those that wait for a node that it is over.
func (r *round) pass(i int) {
	for _, e := range r.nodes[i].after {
		k := e.node
		if r.settled[k] {
			continue
		}
		at := r.over(edge{i, e.lag})
		r.open[k]--
		switch {
		case !r.nodes[k].Any:
			if r.release[k] = max(r.release[k], at); r.open[k] == 0 {
				r.enter(k, r.release[k])
			}
		case !r.skipped[i]:
			r.push(event{at, comesUp, k})
		case r.open[k] == 0 && !r.mayCome(k):
			r.enter(k, at)
		}
	}
}

// mayCome reports whether one of those before a node was done, so that it comes up.
func (r *round) mayCome(k int) bool {
	for _, e := range r.nodes[k].needs {
		if !r.skipped[e.node] {
			return true
		}
	}
	return false
}

// trace marks the nodes that decide when the round is over: a minute later there is a
// minute later at the end. They are found backwards from the end over what each waited
// for, be it a step before it or the hands of somebody. A date that counts from what
// comes before passes that on, though by whole days; one that is fixed ends the way.
func (r *round) trace(over float64, mark func(node int)) {
	open := r.open[:0]
	for i := range r.nodes {
		r.settled[i] = false // from here on: it was looked at
		if r.nodes[i].Done.IsZero() && !r.skipped[i] && r.finish[i] == over {
			open, r.settled[i] = append(open, i), true
		}
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		if !r.skipped[i] {
			mark(i)
		}
		for _, j := range r.binding(i) {
			if !r.settled[j] {
				r.settled[j] = true
				open = append(open, j)
			}
		}
	}
}

// binding are those that a node waited for last.
func (r *round) binding(i int) (on []int) {
	is := &r.nodes[i]
	if h := r.held[i]; h >= 0 {
		return []int{h}
	}
	if is.Begun || !r.skipped[i] && !r.dated[i] && r.start[i] > r.release[i]+is.lies(r) {
		return nil // a date held it
	}
	for _, e := range is.needs {
		if at := r.over(e); at != r.release[i] || is.Any && r.skipped[e.node] {
			continue
		}
		if r.skipped[e.node] || e.lag.Amount == 0 || r.clock.after(r.finish[e.node]+1, e.lag) > r.release[i] {
			on = append(on, e.node)
		}
	}
	if is.Any && len(on) > 1 {
		return nil // another one would do
	}
	return on
}

// lies is how long a node lay in a round.
func (is *node) lies(r *round) float64 { return is.Takes(luck(r.seed, is.name)).Lies }
