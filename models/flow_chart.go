package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

// FlowChart is the diagram of a template or of a run: its steps and what each waits
// for.
type FlowChart struct {
	Sections []playbook.Section
	Nodes    []FlowNode // each after what it waits for, unless that goes in a circle
	Links    []DiagramLink
	Focus    string   // ID of the node that it is about; empty: all of it
	Circle   bool     // steps wait for each other in a circle
	Folded   []string // sections that are shown as one node each
}

// FlowNode is one step.
type FlowNode struct {
	RunStep          // of a template only its Step
	Outside  TaskRef // the task, if it is none of the run
	plan.Bar         // zero in a circle
	Any      bool    // one of what it waits for is enough
	Assumed  bool    // it has no estimate
	Fold     *Fold   // a section that it stands for; nil: it is one step
}

// ID names the node: the task in a run, else the step.
func (n FlowNode) ID() string {
	switch {
	case n.Outside.ID != "":
		return n.Outside.ID
	case n.There():
		return n.Task.ID
	}
	return n.Step.ID
}

// Before are the links to a node, in the order of the diagram.
func (c FlowChart) Before(node int) (links []DiagramLink) {
	for _, l := range c.Links {
		if l.To == node {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(a, b DiagramLink) int { return a.From - b.From })
	return links
}

// Chart draws what the template's page shows. With a focus it is only what leads to
// that step and what follows it.
func (v TemplateView) Chart(focus string, now time.Time) FlowChart {
	c := FlowChart{Sections: v.Sections}
	at := map[string]int{}
	tasks := make([]plan.Task, len(v.Steps))
	for i, s := range v.Steps {
		if _, twice := at[s.ID]; !twice {
			at[s.ID] = i
		}
		c.Nodes = append(c.Nodes, FlowNode{RunStep: RunStep{Step: s}, Any: s.Join == flow.Any, Assumed: s.Estimate == 0})
		tasks[i] = plan.Task{ID: s.ID, Duration: estimated(s.Estimate), AnyOf: s.Join == flow.Any}
	}
	for i, s := range v.Steps {
		for _, n := range s.Needs {
			if j, there := at[n.Step]; there && i != j {
				c.Links = append(c.Links, DiagramLink{From: j, To: i, Lag: n.Lag, AtReview: n.At == flow.InReview})
			}
		}
	}
	c.plan(tasks, v.Team.calendar(), now)
	c.longest()
	c.focus(focus)
	return c
}

// workDay and weekDay are what a day of a lag counts on the longest way: minutes of
// work, and of seven days five.
const (
	workDay = 8 * 60
	weekDay = workDay * 5 / 7
)

// longest marks the longest way through a template, from first to last. There is no
// day yet on which it begins, so that no weekend can give anybody time to spare, as
// in a plan.
func (c *FlowChart) longest() {
	if c.Circle {
		return
	}
	ends, by := make([]int, len(c.Nodes)), make([]int, len(c.Nodes))
	last := -1
	for i, n := range c.Nodes {
		by[i] = -1
		for _, l := range c.Before(i) {
			at := ends[l.From]
			switch l.Lag.Unit {
			case flow.Minutes:
				at += l.Lag.Amount
			case flow.Hours:
				at += l.Lag.Amount * 60
			case flow.WorkingDays:
				at += l.Lag.Amount * workDay
			case flow.Days:
				at += l.Lag.Amount * weekDay
			}
			if by[i] < 0 || at > ends[i] != n.Any {
				ends[i], by[i] = at, l.From
			}
		}
		ends[i] += estimated(n.Estimate)
		c.Nodes[i].Critical = false
		if last < 0 || ends[i] > ends[last] {
			last = i
		}
	}
	on := map[[2]int]bool{}
	for i := last; i >= 0; i = by[i] {
		c.Nodes[i].Critical = true
		on[[2]int{by[i], i}] = true
	}
	for i, l := range c.Links {
		c.Links[i].Critical = on[[2]int{l.From, l.To}]
	}
}

func estimated(minutes int) int {
	if minutes == 0 {
		return AssumedEstimate
	}
	return minutes
}

// RunChart reads a run and draws it.
func (s *Store) RunChart(ctx context.Context, who Actor, run, focus string) (v RunView, c FlowChart, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofRun(run), access.SeeBoard); err != nil {
			return err
		}
		if err := db.Take(&v.Run, "id = ?", run).Error; err != nil {
			return orMissing(err)
		}
		if err := v.read(db, s); err != nil {
			return err
		}
		c = v.chart(s.now())
		c.focus(focus)
		return nil
	})
	return v, c, err
}

// chart draws the steps of a run that have tasks, and what they wait for outside.
func (v RunView) chart(now time.Time) FlowChart {
	c := FlowChart{Sections: v.Sections}
	at := map[string]int{}
	add := func(n FlowNode) {
		at[n.ID()] = len(c.Nodes)
		c.Nodes = append(c.Nodes, n)
	}
	for _, s := range v.Steps {
		if s.There() {
			add(FlowNode{RunStep: s, Any: s.Task.Join == flow.Any, Assumed: s.Task.Estimate == 0})
		}
	}
	calendar := v.Team.calendar()
	for _, d := range v.deps {
		ref, there := v.refs[d.PrerequisiteID]
		if _, drawn := at[d.PrerequisiteID]; there && !drawn {
			add(FlowNode{RunStep: RunStep{Task: v.known[ref.ID], Key: ref.Key}, Outside: ref})
		}
		from, there := at[d.PrerequisiteID]
		to, too := at[d.DependentID]
		if there && too {
			c.Links = append(c.Links, DiagramLink{From: from, To: to, Lag: d.flow().Lag, AtReview: d.SatisfiedAt == flow.InReview,
				Satisfied: !c.Nodes[to].Task.State.Open() || !d.holds(c.Nodes[from].Task, now, calendar)})
		}
	}
	tasks := make([]plan.Task, len(c.Nodes))
	for i, n := range c.Nodes {
		tasks[i] = plan.Task{ID: n.ID(), Duration: estimated(n.Task.Estimate), AnyOf: n.Any}
		switch {
		case n.Task.DoneAt != nil:
			tasks[i].Done = *n.Task.DoneAt
		case !n.Task.State.Open():
			tasks[i].Done = now
		case n.Task.Wanted.Unwanted():
			tasks[i].Duration = 0 // it is skipped when its turn comes
		}
		if n.Task.NotBefore != nil {
			tasks[i].Earliest = *n.Task.NotBefore
		}
	}
	c.plan(tasks, calendar, now)
	return c
}

// plan puts the nodes in the order in which they are carried out, and finds the
// critical path. Nodes that name the same step twice, which a draft can have, are
// left as they are.
func (c *FlowChart) plan(tasks []plan.Task, calendar flow.Calendar, now time.Time) {
	links := make([]plan.Link, len(c.Links))
	for i, l := range c.Links {
		links[i] = plan.Link{Before: tasks[l.From].ID, After: tasks[l.To].ID, Lag: l.Lag}
	}
	s, err := plan.Make(tasks, links, plan.OfficeHours(calendar), now)
	if err != nil || len(s.Bars) < len(tasks) {
		c.Circle = err != nil
		return
	}
	place := map[string]int{}
	for i, id := range s.Order {
		place[id] = i
	}
	sorted := make([]FlowNode, len(c.Nodes))
	for i, n := range c.Nodes {
		n.Bar = s.Bars[tasks[i].ID]
		n.Critical = n.Critical && !n.Task.Wanted.Unwanted()
		sorted[place[tasks[i].ID]] = n
	}
	for i, l := range c.Links {
		c.Links[i].From, c.Links[i].To = place[tasks[l.From].ID], place[tasks[l.To].ID]
	}
	c.Nodes = sorted
	for i, l := range c.Links {
		c.Links[i].Critical = c.Nodes[l.From].Critical && c.Nodes[l.To].Critical
	}
}

// focus leaves out what neither leads to a node nor follows it.
func (c *FlowChart) focus(id string) {
	at := slices.IndexFunc(c.Nodes, func(n FlowNode) bool { return n.ID() == id })
	if id == "" || at < 0 {
		return
	}
	c.Focus = id
	keep := make([]bool, len(c.Nodes))
	for _, back := range []bool{true, false} {
		seen := map[int]bool{}
		for todo := []int{at}; len(todo) > 0; {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if seen[n] {
				continue
			}
			seen[n], keep[n] = true, true
			for _, l := range c.Links {
				if back && l.To == n {
					todo = append(todo, l.From)
				} else if !back && l.From == n {
					todo = append(todo, l.To)
				}
			}
		}
	}
	now := make([]int, len(c.Nodes))
	var nodes []FlowNode
	for i, n := range c.Nodes {
		if keep[i] {
			now[i] = len(nodes)
			nodes = append(nodes, n)
		}
	}
	var links []DiagramLink
	for _, l := range c.Links {
		if keep[l.From] && keep[l.To] {
			l.From, l.To = now[l.From], now[l.To]
			links = append(links, l)
		}
	}
	c.Nodes, c.Links = nodes, links
}
