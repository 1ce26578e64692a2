package flow

import (
	"cmp"
	"slices"

	"relevo/models/fault"
)

// Graph is the prerequisite graph as far as a rule asks for it, so that a change
// costs what it touches and not what the board holds.
type Graph interface {
	// Tasks returns those of the tasks that exist.
	Tasks(ids []string) ([]Task, error)
	// Prerequisites returns the dependencies in which ids are the dependents.
	Prerequisites(ids []string) ([]Dependency, error)
	// Dependents returns the dependencies in which ids are the prerequisites.
	Dependents(ids []string) ([]Dependency, error)
}

// CheckRequire refuses, by rule 6, a dependency that would close a cycle. The
// fault's Refs hold the path by task ID: prerequisite first, from one task to
// the next that depends on it, the first again at the end.
func CheckRequire(g Graph, prerequisite, dependent string) error {
	if prerequisite == dependent {
		return fault.On("prerequisite", fault.NeedsItself)
	}
	// Walk back from the prerequisite: whoever it needs must not be the dependent.
	after := map[string]string{prerequisite: ""} // the next task on the way to prerequisite
	for level := []string{prerequisite}; len(level) > 0; {
		deps, err := g.Prerequisites(level)
		if err != nil {
			return err
		}
		slices.SortFunc(deps, func(a, b Dependency) int {
			return cmp.Or(cmp.Compare(a.Dependent, b.Dependent), cmp.Compare(a.Prerequisite, b.Prerequisite))
		})
		level = nil
		for _, d := range deps {
			if _, seen := after[d.Prerequisite]; seen {
				continue
			}
			after[d.Prerequisite] = d.Dependent
			if d.Prerequisite == dependent {
				f := fault.On("prerequisite", fault.Cycle)
				f.Kind = fault.Conflict
				return f.Naming(path(after, dependent)...)
			}
			level = append(level, d.Prerequisite)
		}
	}
	return nil
}

// path follows after from the task that would close the cycle back to itself.
func path(after map[string]string, from string) []fault.Ref {
	var refs []fault.Ref
	for id := from; id != ""; id = after[id] {
		refs = append(refs, fault.Ref{ID: id})
	}
	return append(refs, fault.Ref{ID: from})
}
