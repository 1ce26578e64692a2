package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"relevo/models/flow"
)

// needed adds the columns that a board cannot do without, each before the first
// that comes later in the course of work, and puts into a column what is in none.
func (p *Plan) needed(names map[flow.State]string) {
	for _, state := range []flow.State{flow.Waiting, flow.Ready, flow.Done} {
		if slices.ContainsFunc(p.Columns, func(c Column) bool { return c.State == state }) {
			continue
		}
		at := slices.IndexFunc(p.Columns, func(c Column) bool { return slices.Index(flow.States, c.State) > slices.Index(flow.States, state) })
		if at < 0 {
			at = len(p.Columns)
		}
		name := names[state]
		if name == "" {
			name = string(state)
		}
		p.Columns = slices.Insert(p.Columns, at, Column{Name: name, State: state, Added: true})
		for i := range p.Tasks {
			if p.Tasks[i].Column >= at {
				p.Tasks[i].Column++
			}
		}
	}
	for i, t := range p.Tasks {
		if t.Column < 0 { // the file has no column for it
			p.Tasks[i].Column = p.columnOf(t.State)
		}
	}
}

// Cycle names the tasks of a cycle among the links, in their order and the first
// again at the end; nil if there is none.
func (p *Plan) Cycle() []int {
	next := make([][]int, len(p.Tasks))
	for _, l := range p.Links {
		next[l.Prerequisite] = append(next[l.Prerequisite], l.Dependent)
	}
	const fresh, open, shut = 0, 1, 2
	mark := make([]int, len(p.Tasks))
	for start := range p.Tasks {
		if mark[start] != fresh {
			continue
		}
		// Walked with a stack of its own: a file may be a chain of 10,000.
		path, at := []int{start}, []int{0}
		mark[start] = open
		for len(path) > 0 {
			i := len(path) - 1
			t := path[i]
			if at[i] == len(next[t]) {
				mark[t] = shut
				path, at = path[:i], at[:i]
				continue
			}
			n := next[t][at[i]]
			at[i]++
			switch mark[n] {
			case open:
				return append(slices.Clone(path[slices.Index(path, n):]), n)
			case fresh:
				mark[n] = open
				path, at = append(path, n), append(at, 0)
			}
		}
	}
	return nil
}

// Timer asks for a task of the plan to be judged again at a time.
type Timer struct {
	Task int
	At   time.Time
}

// Settle lets the rules of movement put every task where its prerequisites want
// it, once, and returns what time will release. The plan must have no cycle.
func (p *Plan) Settle(now time.Time, cal flow.Calendar) ([]Timer, error) {
	for i := range p.Tasks {
		p.Tasks[i].date(now)
	}
	g := planGraph{p, make([][]int, len(p.Tasks)), make([][]int, len(p.Tasks))}
	for i, l := range p.Links {
		g.needs[l.Dependent] = append(g.needs[l.Dependent], i)
		g.holds[l.Prerequisite] = append(g.holds[l.Prerequisite], i)
	}
	all := make([]string, len(p.Tasks))
	for i := range p.Tasks {
		all[i] = taskID(i)
	}
	out, err := flow.Cascade(g, nil, all, now, cal)
	if err != nil {
		return nil, err
	}
	moved := map[int]bool{}
	var late []int
	for _, e := range out.Effects {
		i := taskAt(e.Is.ID)
		t := &p.Tasks[i]
		t.AtRisk = e.Is.AtRisk
		if t.State != e.Is.State {
			t.State, t.Column = e.Is.State, p.columnOf(e.Is.State)
			if !moved[i] {
				late = append(late, i)
			}
			moved[i] = true
		}
	}
	p.order = p.order[:0]
	for i := range p.Tasks {
		if !moved[i] {
			p.order = append(p.order, i)
		}
	}
	p.order = append(p.order, late...)
	timers := make([]Timer, len(out.Timers))
	for i, t := range out.Timers {
		timers[i] = Timer{taskAt(t.Task), t.At}
	}
	return timers, nil
}

// Order lists the tasks as they stand in their columns, from the top.
func (p *Plan) Order() []int { return p.order }

// columnOf is the first column of a state; -1 if there is none.
func (p *Plan) columnOf(state flow.State) int {
	return slices.IndexFunc(p.Columns, func(c Column) bool { return c.State == state })
}

// date gives a task the moments that its state needs, and no others.
func (t *Task) date(now time.Time) {
	within := func(at time.Time) time.Time {
		if at.IsZero() || at.After(now) {
			return now
		}
		return at.UTC().Truncate(time.Microsecond)
	}
	switch t.State {
	case flow.Done:
		t.DoneAt = within(t.DoneAt)
		if t.ReviewAt.IsZero() || t.ReviewAt.After(t.DoneAt) {
			t.ReviewAt = t.DoneAt
		}
		t.ReviewAt = within(t.ReviewAt)
		t.Blocked, t.BlockedReason = false, "" // what is blocked is not completed
		t.Approval = nil                       // nor what has no approval
		for i, item := range t.Items {
			t.Items[i].Required = item.Required && !item.TickedAt.IsZero() // nor what lacks an item
		}
	case flow.InReview:
		t.ReviewAt, t.DoneAt = within(t.ReviewAt), time.Time{}
	default:
		t.ReviewAt, t.DoneAt = time.Time{}, time.Time{}
	}
	if !t.ArchivedAt.IsZero() {
		t.ArchivedAt = within(t.ArchivedAt)
	}
	for i, item := range t.Items {
		if !item.TickedAt.IsZero() {
			t.Items[i].TickedAt = within(item.TickedAt)
		}
	}
	for i, c := range t.Comments {
		t.Comments[i].At = within(c.At)
		if !c.EditedAt.IsZero() {
			t.Comments[i].EditedAt = within(c.EditedAt)
		}
	}
	if oldest := now.AddDate(-10, 0, 0).Format(time.DateOnly); t.Repeats != "" && t.RepeatsOn < oldest {
		t.RepeatsOn = oldest // the days since are gone through one by one
	}
	if t.Join == "" {
		t.Join = flow.All
	}
}

// planGraph lets the rules read the links of a plan.
type planGraph struct {
	p            *Plan
	needs, holds [][]int // places in Links, by dependent and by prerequisite
}

func taskID(i int) string { return fmt.Sprintf("%06d", i) }

func taskAt(id string) int {
	i, err := strconv.Atoi(id)
	if err != nil {
		panic(err) // made by taskID
	}
	return i
}

func (g planGraph) Tasks(ids []string) ([]flow.Task, error) {
	tasks := make([]flow.Task, len(ids))
	for i, id := range ids {
		t := g.p.Tasks[taskAt(id)]
		tasks[i] = flow.Task{ID: id, Position: id, State: t.State, Join: t.Join, NotBefore: t.NotBefore, Overridden: t.Overridden,
			AtRisk: t.AtRisk, Blocked: t.Blocked, Archived: !t.ArchivedAt.IsZero(), ReviewAt: t.ReviewAt, DoneAt: t.DoneAt}
	}
	return tasks, nil
}

func (g planGraph) Prerequisites(ids []string) ([]flow.Dependency, error) {
	return g.links(g.needs, ids), nil
}

func (g planGraph) Dependents(ids []string) ([]flow.Dependency, error) {
	return g.links(g.holds, ids), nil
}

func (g planGraph) links(by [][]int, ids []string) []flow.Dependency {
	var deps []flow.Dependency
	for _, id := range ids {
		for _, i := range by[taskAt(id)] {
			l := g.p.Links[i]
			deps = append(deps, flow.Dependency{Prerequisite: taskID(l.Prerequisite), Dependent: taskID(l.Dependent),
				Lag: l.Lag, OnCancel: l.OnCancel, SatisfiedAt: l.SatisfiedAt})
		}
	}
	return deps
}
