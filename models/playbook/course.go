package playbook

import (
	"maps"

	"relevo/models/flow"
)

// Wanted says whether a step is wanted in its run; empty: it is.
type Wanted string

const (
	WantedNo      Wanted = "no"      // its condition does not hold, as things stand
	WantedAnyway  Wanted = "anyway"  // somebody has moved it in spite of that
	WantedDropped Wanted = "dropped" // it was left out of this run
)

// Unwanted reports whether the step is skipped when its turn comes.
func (w Wanted) Unwanted() bool { return w == WantedNo || w == WantedDropped }

// Stand is how a step of a run stands, as far as conditions need to know.
type Stand struct {
	Step    string
	State   flow.State
	Wanted  Wanted
	Skipped bool
	Away    bool // archived
}

// Course is what the conditions of a run go by: what is known, and which steps have
// ended: true if done, false if cancelled or skipped.
type Course struct {
	Known Answers
	Ended map[string]bool
}

// Course sums up how the steps of a run stand. given are the answers to its inputs, and
// filled what was filled in for the step at an index of all.
func (d Definition) Course(given Answers, all []Stand, filled func(int) map[string]string) Course {
	c := Course{Known: maps.Clone(given), Ended: map[string]bool{}}
	if c.Known == nil {
		c.Known = Answers{}
	}
	for _, s := range d.Steps {
		c.Ended[s.ID] = false // its task may be deleted
	}
	for i, t := range all {
		switch {
		case t.State == flow.Done:
			c.Ended[t.Step] = true
			for field, value := range filled(i) {
				c.Known[t.Step+"."+field] = value
			}
		case t.State.Open() && !t.Away, t.Skipped && t.Wanted != WantedDropped:
			delete(c.Ended, t.Step) // what was skipped comes back if its condition does not fall any more
		}
	}
	return c
}

// Ruling is that a step is wanted, or is not, from now on.
type Ruling struct {
	At int // which of the stands
	Is Wanted
}

// Rulings says which steps are wanted otherwise than they were. What a person decided
// or has finished stays.
func (b Branching) Rulings(c Course, all []Stand) []Ruling {
	var rulings []Ruling
	standings := b.Standings(c.Known, c.Ended)
	for i, t := range all {
		if !t.State.Open() && !t.Skipped || t.Wanted == WantedAnyway || t.Wanted == WantedDropped {
			continue
		}
		var is Wanted
		if standings[t.Step] == Falls {
			is = WantedNo
		}
		if is != t.Wanted {
			rulings = append(rulings, Ruling{i, is})
		}
	}
	return rulings
}

// Moved is whether a step is wanted after the rules of movement made is of its task: whom
// a person has moved is wanted, whatever its condition says.
func (w Wanted) Moved(is flow.Task) Wanted {
	if w.Unwanted() && !is.Unwanted {
		return WantedAnyway
	}
	return w
}
