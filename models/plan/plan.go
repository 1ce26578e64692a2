// Package plan computes when tasks that depend on one another can be done: their
// early and late times, their slack and the critical path. It does no I/O and
// keeps no clock.
//
// The method is the critical path method of J. E. Kelley and M. R. Walker
// ("Critical-Path Planning and Scheduling", 1959) on tasks as nodes, with
// finish-to-start links and lags: a forward pass gives each task its earliest
// times, a backward pass the slack. Durations, lateness and slack are minutes of
// work; a lag is what flow.Lag says, time of the clock or working days.
package plan

import (
	"errors"
	"slices"
	"sort"
	"time"

	"relevo/models/flow"
)

// Task is a piece of work to be planned.
type Task struct {
	ID       string
	Duration int       // minutes of work; 0: a milestone
	Earliest time.Time // it does not start before; zero: whenever it can
	Deadline time.Time // it is late after; zero: never
	Started  time.Time // when it was really started; zero: it is not, or nobody knows
	Done     time.Time // when it was really done; zero: it is not
	AnyOf    bool      // one of the tasks before it is enough
}

// Link makes After start when Before is finished and the lag has elapsed.
type Link struct {
	Before, After string
	Lag           flow.Lag
}

// Bar is when a task is done.
type Bar struct {
	Start, Finish time.Time // the earliest, or what really was
	Latest        time.Time // the latest finish that does not delay the end of all
	Slack         int       // minutes of work that its finish may slip without delaying that end
	Critical      bool      // it has none, and is not done
	Late          int       // minutes of work between the deadline and the finish
}

// Schedule is when all tasks are done.
type Schedule struct {
	Order  []string // every task after those that it waits for; otherwise as they were given
	Bars   map[string]Bar
	Finish time.Time // of the last one
}

// ErrCycle is returned for tasks that wait for one another in a circle.
var ErrCycle = errors.New("plan: the links close a cycle")

// Make plans tasks from now on: nothing that is not done yet is finished earlier,
// nothing that is not begun begins earlier. Links to tasks that are not given are
// left out. Where any one of several tasks is enough, slack counts as if the others
// kept their times.
func Make(tasks []Task, links []Link, work Work, now time.Time) (*Schedule, error) {
	n, err := network(tasks, links)
	if err != nil {
		return nil, err
	}
	rule := work.ruler(now)
	s := &Schedule{Bars: make(map[string]Bar, len(tasks))}
	for _, i := range n.order {
		t := n.tasks[i]
		s.Order = append(s.Order, t.ID)
		bar := n.forward(i, s.Bars, rule, now)
		if !t.Deadline.IsZero() {
			bar.Late = rule.Between(t.Deadline, bar.Finish)
		}
		s.Bars[t.ID] = bar
		if bar.Finish.After(s.Finish) {
			s.Finish = bar.Finish
		}
	}
	for _, i := range slices.Backward(n.order) {
		t := n.tasks[i]
		bar := s.Bars[t.ID]
		bar.Slack = n.slack(i, s, rule)
		bar.Latest = rule.Add(bar.Finish, bar.Slack)
		bar.Critical = bar.Slack == 0 && t.Done.IsZero()
		s.Bars[t.ID] = bar
	}
	return s, nil
}

// edge is a link seen from one of its ends; task is the other.
type edge struct {
	task int
	lag  flow.Lag
}

type net struct {
	tasks         []Task
	before, after [][]edge
	order         []int
}

// network sorts the tasks topologically (A. B. Kahn, 1962), of those that are free
// the one given first.
func network(tasks []Task, links []Link) (*net, error) {
	n := &net{tasks: tasks, before: make([][]edge, len(tasks)), after: make([][]edge, len(tasks))}
	at := make(map[string]int, len(tasks))
	for i, t := range tasks {
		at[t.ID] = i
	}
	for _, l := range links {
		b, ok := at[l.Before]
		a, too := at[l.After]
		if ok && too {
			n.after[b] = append(n.after[b], edge{a, l.Lag})
			n.before[a] = append(n.before[a], edge{b, l.Lag})
		}
	}
	open := make([]int, len(tasks))
	var free []int // sorted
	for i := range tasks {
		if open[i] = len(n.before[i]); open[i] == 0 {
			free = append(free, i)
		}
	}
	for len(free) > 0 {
		i := free[0]
		free = free[1:]
		n.order = append(n.order, i)
		for _, e := range n.after[i] {
			if open[e.task]--; open[e.task] == 0 {
				where, _ := slices.BinarySearch(free, e.task)
				free = slices.Insert(free, where, e.task)
			}
		}
	}
	if len(n.order) < len(tasks) {
		return nil, ErrCycle
	}
	return n, nil
}

func (n *net) forward(i int, bars map[string]Bar, work *ruler, now time.Time) Bar {
	t := n.tasks[i]
	switch {
	case !t.Done.IsZero():
		start := t.Started
		if start.IsZero() || start.After(t.Done) {
			start = work.Back(t.Done, t.Duration)
		}
		return Bar{Start: start, Finish: t.Done}
	case !t.Started.IsZero():
		return Bar{Start: t.Started, Finish: latest(work.Add(t.Started, t.Duration), now)}
	}
	start := latest(now, t.Earliest)
	if from, bound := n.released(i, bars, work); bound {
		start = latest(start, from)
	}
	if t.Duration > 0 { // a milestone is reached when it is, be it at night
		start = work.Next(start)
	}
	return Bar{Start: start, Finish: work.Add(start, t.Duration)}
}

// released is when those before a task let it start; false: there are none.
func (n *net) released(i int, bars map[string]Bar, work *ruler) (from time.Time, bound bool) {
	for _, e := range n.before[i] {
		at := e.lag.After(bars[n.tasks[e.task].ID].Finish, work.Days)
		if !bound || n.tasks[i].AnyOf && at.Before(from) || !n.tasks[i].AnyOf && at.After(from) {
			from, bound = at, true
		}
	}
	return from, bound
}

// slack is how much a task's finish may slip: until the end of all, and as long as
// none of those after it starts later than its own slack lets it.
func (n *net) slack(i int, s *Schedule, work *ruler) int {
	t, bar := n.tasks[i], s.Bars[n.tasks[i].ID]
	if !t.Done.IsZero() {
		return 0
	}
	most := work.Between(bar.Finish, s.Finish)
	for _, e := range n.after[i] {
		if n.otherwise(e.task, i, s, work) {
			continue
		}
		if e.lag.Amount == 0 && n.tasks[e.task].Duration > 0 && n.tasks[e.task].Started.IsZero() && n.tasks[e.task].Done.IsZero() {
			most = min(most, work.Between(bar.Finish, n.lastStart(e.task, s, work)))
			continue
		}
		// The most that still lets it start in time. A search, for a lag of working
		// days has no inverse.
		most = min(most, max(0, sort.Search(most+1, func(d int) bool {
			return !n.allows(e.task, e.lag.After(work.Add(bar.Finish, d), work.Days), s, work)
		})-1))
	}
	return most
}

// allows reports whether a task may be let start at a moment without delaying the
// end of all.
func (n *net) allows(i int, at time.Time, s *Schedule, work *ruler) bool {
	t := n.tasks[i]
	switch {
	case !t.Done.IsZero() || !t.Started.IsZero(), !at.After(s.Bars[t.ID].Start):
		return true // nothing holds it any more, or it would not start sooner anyway
	case t.Duration > 0:
		return !work.Next(at).After(n.lastStart(i, s, work))
	case at.After(s.Finish):
		return false
	}
	return !slices.ContainsFunc(n.after[i], func(e edge) bool {
		return !n.otherwise(e.task, i, s, work) && !n.allows(e.task, e.lag.After(at, work.Days), s, work)
	})
}

// lastStart is when a task that is no milestone has to start.
func (n *net) lastStart(i int, s *Schedule, work *ruler) time.Time {
	bar := s.Bars[n.tasks[i].ID]
	return work.Next(work.Add(bar.Start, bar.Slack))
}

// otherwise reports whether a task that needs any one of those before it can be
// let start in time by another one than but.
func (n *net) otherwise(i, but int, s *Schedule, work *ruler) bool {
	return n.tasks[i].AnyOf && slices.ContainsFunc(n.before[i], func(e edge) bool {
		return e.task != but && n.allows(i, e.lag.After(s.Bars[n.tasks[e.task].ID].Finish, work.Days), s, work)
	})
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Shift is how a task fares when something else changes.
type Shift struct {
	ID       string
	Was, Now Bar
}

// Shifts lists the tasks whose finish a change moves, in order: those whose bars
// differ between this schedule and the one after it.
func (s *Schedule) Shifts(after *Schedule) (moved []Shift) {
	for _, id := range s.Order {
		was := s.Bars[id]
		if now, ok := after.Bars[id]; ok && !now.Finish.Equal(was.Finish) {
			moved = append(moved, Shift{id, was, now})
		}
	}
	return moved
}
