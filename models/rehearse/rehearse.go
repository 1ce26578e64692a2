// Package rehearse looks at a workflow before it runs: what is probably not meant in
// it, when it will be done, and what decides that. It does no I/O, keeps no clock and
// draws no luck of its own: the same seed gives the same answer.
package rehearse

import (
	"time"

	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

// AssumedEstimate is how long a step without an estimate is taken to last: a day of
// work, in minutes.
const AssumedEstimate = 480

// day is the work of a day, in minutes: what a day of an estimate has.
const day = 480

// Crew is the team that a workflow meets.
type Crew struct {
	Members []playbook.Member // empty: not known
	Cast    map[string]string // member IDs by role, where that is known already
	Days    flow.Calendar
}

// estimated is a step's estimate, or what is assumed where it has none.
func estimated(s playbook.Step) int {
	if s.Estimate > 0 {
		return s.Estimate
	}
	return AssumedEstimate
}

// schedule plans all steps of a definition from a moment on, as if every condition
// held and everybody had time; nil if they wait for one another in a circle.
func schedule(d playbook.Definition, lasts func(playbook.Step) int, days flow.Calendar, from time.Time) *plan.Schedule {
	tasks := make([]plan.Task, len(d.Steps))
	var links []plan.Link
	for i, s := range d.Steps {
		tasks[i] = plan.Task{ID: s.ID, Duration: lasts(s), AnyOf: s.Join == flow.Any}
		for _, n := range s.Needs {
			links = append(links, plan.Link{Before: n.Step, After: s.ID, Lag: n.Lag})
		}
	}
	made, err := plan.Make(tasks, links, plan.OfficeHours(days), from)
	if err != nil {
		return nil
	}
	return made
}
