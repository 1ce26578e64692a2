package models

import "slices"

// Stage is steps of a run that can go on beside each other: what each waits for is in
// the stages before.
type Stage []RunStep

// Outline is the run's steps in the order in which they can be done, by what really
// waits for what; a step whose task is deleted is not in it.
func (v RunView) Outline() []Stage {
	at := map[string]int{} // task → its step
	for i, s := range v.Steps {
		if s.There() {
			at[s.Task.ID] = i
		}
	}
	after := make([][]int, len(v.Steps))
	open := make([]int, len(v.Steps))
	for _, d := range v.deps {
		from, inside := at[d.PrerequisiteID]
		if to, there := at[d.DependentID]; inside && there {
			after[from] = append(after[from], to)
			open[to]++
		}
	}
	var now []int
	for i, s := range v.Steps {
		if s.There() && open[i] == 0 {
			now = append(now, i)
		}
	}
	var stages []Stage
	for len(now) > 0 {
		var stage Stage
		var next []int
		for _, i := range now {
			stage = append(stage, v.Steps[i])
			for _, j := range after[i] {
				if open[j]--; open[j] == 0 {
					next = append(next, j)
				}
			}
		}
		slices.Sort(next) // as the template has them
		stages, now = append(stages, stage), next
	}
	return stages
}

// After are the tasks that a step comes after, those outside of the run included.
func (v RunView) After(s RunStep) (refs []TaskRef) {
	for _, d := range v.deps {
		if d.DependentID == s.Task.ID && v.refs[d.PrerequisiteID].ID != "" {
			refs = append(refs, v.refs[d.PrerequisiteID])
		}
	}
	slices.SortStableFunc(refs, func(a, b TaskRef) int { return v.place(a.ID) - v.place(b.ID) })
	return refs
}

// place is where a task stands among the steps; those outside of the run come last.
func (v RunView) place(task string) int {
	if i := slices.IndexFunc(v.Steps, func(s RunStep) bool { return s.Task.ID == task }); i >= 0 {
		return i
	}
	return len(v.Steps)
}
