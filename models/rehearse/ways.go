package rehearse

import (
	"slices"
	"strings"

	"relevo/models/playbook"
)

// What the ways through a workflow are tried with, at most: beyond that nothing is said.
const (
	mostTries = 4096   // for one question
	allTries  = 60_000 // for all questions of a definition, counted in conditions looked at
)

// ways tries the answers on which conditions depend.
type ways struct {
	d     playbook.Definition
	steps map[string]playbook.Step
	order map[string]int // of the steps: each is after those it needs
	when  map[string]playbook.Condition
	cases map[string][]string // by name; nil: they cannot be told apart
	left  int
}

// way is how the conditions come out for some answers.
type way struct {
	answers   playbook.Answers // as they were tried
	holds     map[string]bool  // of the steps that were asked for
	unplanned bool             // a step whose turn came was not done
}

func newWays(d playbook.Definition) *ways {
	w := &ways{d: d, steps: map[string]playbook.Step{}, order: map[string]int{}, when: map[string]playbook.Condition{}, cases: map[string][]string{}, left: allTries}
	asking := map[string][]playbook.Condition{}
	branching := d.Branching()
	for i, id := range branching.Order() {
		w.order[id] = i
	}
	for _, s := range d.Steps {
		w.steps[s.ID] = s
		c, asks := branching.When(s.ID)
		if !asks {
			continue
		}
		w.when[s.ID] = c
		for _, n := range c.Names() {
			asking[n] = append(asking[n], c)
		}
	}
	for name, all := range asking {
		if values, ok := d.Cases(name, all...); ok {
			w.cases[name] = values
		}
	}
	return w
}

// cone is what decides about some steps: further steps, in order, and the names that
// their conditions ask for.
func (w *ways) cone(steps ...string) (all, names []string) {
	open := slices.Clone(steps)
	for len(open) > 0 {
		id := open[0]
		open = open[1:]
		if slices.Contains(all, id) {
			continue
		}
		all = append(all, id)
		c, asks := w.when[id]
		if !asks {
			continue
		}
		for _, n := range c.Names() {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
			if step, _, ofStep := strings.Cut(n, "."); ofStep {
				open = append(open, step)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return w.order[a] - w.order[b] })
	slices.Sort(names)
	return all, names
}

// through goes every way on which some steps depend, with a further name if one is
// given, until see has seen enough. It is false if there are too many of them to go, or answers
// that nobody can tell apart.
func (w *ways) through(steps []string, besides string, see func(way) (enough bool)) bool {
	cone, names := w.cone(steps...)
	if besides != "" && !slices.Contains(names, besides) {
		names = append(names, besides)
	}
	tries := 1
	for _, n := range names {
		if n == besides && w.cases[n] == nil {
			w.cases[n], _ = w.d.Cases(n)
		}
		tries *= len(w.cases[n])
		if tries == 0 || tries > mostTries {
			return false
		}
	}
	for try := range tries {
		if w.left -= len(cone); w.left < 0 {
			return false
		}
		tried, rest := playbook.Answers{}, try
		for _, n := range names {
			tried[n] = w.cases[n][rest%len(w.cases[n])]
			rest /= len(w.cases[n])
		}
		if one, possible := w.follow(cone, names, tried); possible && see(one) {
			return true
		}
	}
	return true
}

// follow goes one way; it is not possible where a field that is required was left empty.
func (w *ways) follow(cone, names []string, tried playbook.Answers) (is way, possible bool) {
	is = way{answers: tried, holds: map[string]bool{}}
	known := playbook.Answers{}
	for _, n := range names {
		if !strings.Contains(n, ".") {
			known[n] = tried[n]
		}
	}
	for _, id := range cone {
		holds := w.when[id].Decide(known) != playbook.Falls
		done := holds && tried[id+"."+playbook.Done] != playbook.No
		is.holds[id] = holds
		is.unplanned = is.unplanned || holds && !done
		known[id+"."+playbook.Done] = playbook.No
		if done {
			known[id+"."+playbook.Done] = playbook.Yes
		}
		for _, f := range w.steps[id].Fields {
			n := id + "." + f.ID
			if known[n] = ""; done {
				known[n] = tried[n]
				if slices.Contains(names, n) && f.Required && tried[n] == "" {
					return is, false
				}
			}
		}
	}
	return is, true
}
