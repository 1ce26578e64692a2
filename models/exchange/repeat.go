package exchange

import (
	"time"

	"relevo/models/fault"
	"relevo/models/recur"
)

// repeats reads how a task comes again.
func (p *Plan) repeats(t *Task, from BoardTask) {
	t.repeatOf = from.RepeatOf
	rule, err := recur.Parse(from.Repeats)
	_, noDay := time.Parse(time.DateOnly, from.RepeatsOn)
	switch {
	case from.Repeats == "":
	case err != nil || noDay != nil:
		p.find(t.Row, t.Title, found(fault.FoundNotARule, cut(line(from.Repeats), 60)))
	default:
		t.Repeats, t.RepeatsOn = rule.String(), from.RepeatsOn
	}
}

// repeated finds the tasks that others were made of by their keys.
func (p *Plan) repeated() {
	at := map[string]int{}
	for i, t := range p.Tasks {
		at[t.Key] = i
	}
	p.Repeated = map[int]int{}
	for i, t := range p.Tasks {
		if of, there := at[t.repeatOf]; there && t.repeatOf != "" && of != i {
			p.Repeated[i] = of
		}
	}
}
