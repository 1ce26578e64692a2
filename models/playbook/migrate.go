package playbook

import (
	"slices"

	"relevo/models/flow"
)

// Migration is what becomes of a running run when it goes over to another version.
type Migration struct {
	// Steps are those of the run afterwards, as far as either version has them.
	// What is finished stays as it was done; what is open is as the newer version
	// has it. No step among them needs one that is not, and none needs itself over
	// others.
	Steps []Step
	// Added are steps that the run gets, Removed open ones that it loses, and
	// Changed open ones that change, by what changes in them.
	Added, Removed []string
	Changed        []Difference
	// Kept are finished steps that the newer version does not have or has otherwise.
	Kept []string
	// Ask are inputs that nobody has answered, or not as the newer version takes
	// it. Cast are roles that nobody has been given yet.
	Ask  []Field
	Cast []Role
}

// Nothing reports whether the run is as the newer version wants it already.
func (m Migration) Nothing() bool {
	return len(m.Added)+len(m.Removed)+len(m.Changed)+len(m.Ask)+len(m.Cast) == 0
}

// Migrate says what has to be done to a run of one version so that it is one of
// another, given where each step of the run stands, and what was answered to its
// inputs. A step of the older version that does not stand anywhere was left out of
// this run, and stays out; one that is in neither version was added to this run,
// and is not touched. A step that was skipped may come back under other
// conditions: give it as waiting. Both versions are such that Check finds no error
// in them.
func Migrate(from, to Definition, states map[string]flow.State, answers Answers) Migration {
	m := migrator{from: from, to: to, states: states, answers: answers, differ: map[string]Difference{}}
	for _, d := range Diff(from, to) {
		if d.In == InStep && d.Is == Changed {
			m.differ[d.ID] = d
		}
	}
	m.steps()
	m.untangle()
	m.ask()
	return m.Migration
}

type migrator struct {
	Migration
	from, to Definition
	states   map[string]flow.State
	answers  Answers
	differ   map[string]Difference // steps that the versions have differently
}

// steps decides for each step which version of it the run has afterwards: those of
// the newer version first, in its order, then those that it does not have.
func (m *migrator) steps() {
	for _, s := range m.to.Steps {
		was, older := m.from.Step(s.ID)
		state, here := m.states[s.ID]
		switch d, differs := m.differ[s.ID]; {
		case older && !here: // left out of this run
		case !here:
			m.Added = append(m.Added, s.ID)
			m.Steps = append(m.Steps, s)
		case older && !state.Open():
			if differs && len(d.Edits) > 0 {
				m.Kept = append(m.Kept, s.ID)
			}
			m.Steps = append(m.Steps, was)
		default:
			if differs && len(d.Edits) > 0 {
				m.Changed = append(m.Changed, d)
			}
			m.Steps = append(m.Steps, s)
		}
	}
	for _, s := range m.from.Steps {
		state, here := m.states[s.ID]
		if _, stays := m.to.Step(s.ID); stays || !here {
			continue
		}
		if state.Open() {
			m.Removed = append(m.Removed, s.ID)
			continue
		}
		m.Kept = append(m.Kept, s.ID)
		m.Steps = append(m.Steps, s)
	}
}

// untangle leaves out needs that nothing stands behind any more. Those of finished
// steps count for nothing but a reopening: where the ones of the older version
// and of the newer one together go round in a circle, they give way.
func (m *migrator) untangle() {
	there := Definition{Steps: m.Steps}.indexes()
	wanted := make([][]Need, len(m.Steps))
	for i := range m.Steps {
		for _, n := range m.Steps[i].Needs {
			if _, is := there[n.Step]; is {
				wanted[i] = append(wanted[i], n)
			}
		}
		m.Steps[i].Needs = nil
	}
	// Open steps go by the newer version and closed ones among themselves by the
	// older, so that neither goes round; only what leads from a closed to an open
	// one can close a circle.
	for _, back := range []bool{false, true} {
		for i, needs := range wanted {
			for _, n := range needs {
				to := there[n.Step]
				leads := !m.open(i) && m.open(to)
				if leads == back && (!back || !m.behind(to, i, there)) {
					m.Steps[i].Needs = append(m.Steps[i].Needs, n)
				}
			}
		}
	}
	for i := range m.Steps {
		m.Steps[i].Needs = inOrderOf(wanted[i], m.Steps[i].Needs)
		if len(m.Steps[i].Needs) == 0 {
			m.Steps[i].Join = flow.All
		}
	}
}

func (m *migrator) open(i int) bool {
	state, here := m.states[m.Steps[i].ID]
	return !here || state.Open()
}

// behind reports whether a step needs another, however far.
func (m *migrator) behind(i, other int, there map[string]int) bool {
	seen := make([]bool, len(m.Steps))
	for open := []int{i}; len(open) > 0; {
		i, open = open[0], open[1:]
		if i == other {
			return true
		}
		for _, n := range m.Steps[i].Needs {
			if j := there[n.Step]; !seen[j] {
				seen[j] = true
				open = append(open, j)
			}
		}
	}
	return false
}

// inOrderOf brings needs into the order in which they were written.
func inOrderOf(written, kept []Need) []Need {
	var all []Need
	for _, n := range written {
		if slices.Contains(kept, n) {
			all = append(all, n)
		}
	}
	return all
}

// ask lists what the newer version wants to know beyond the older one.
func (m *migrator) ask() {
	for _, f := range m.to.Inputs {
		answer, given := m.answers[f.ID]
		if _, wrong := f.Read(answer); !given || wrong != nil {
			m.Ask = append(m.Ask, f)
		}
	}
	for _, r := range m.to.Roles {
		if _, older := m.from.Role(r.ID); !older {
			m.Cast = append(m.Cast, r)
		}
	}
}
