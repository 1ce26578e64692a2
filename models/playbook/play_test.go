package playbook_test

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// play is a run of a definition in memory: its steps are tasks that go by the
// rules of flow, and its conditions follow the answers.
type play struct {
	d     playbook.Definition
	when  playbook.Branching
	tasks map[string]flow.Task
	deps  []flow.Dependency
	known playbook.Answers
	ended map[string]bool
	now   time.Time
	cal   flow.Calendar
}

func start(t require.TestingT, d playbook.Definition, answers playbook.Answers) *play {
	p := &play{d: d, when: d.Branching(), tasks: map[string]flow.Task{}, known: maps.Clone(answers), ended: map[string]bool{}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	p.cal = flow.Weekdays(time.UTC)
	for i, s := range d.Steps {
		p.tasks[s.ID] = flow.Task{ID: s.ID, Position: fmt.Sprintf("%03d", i), State: flow.Waiting, Join: s.Join}
		for _, n := range s.Needs {
			p.deps = append(p.deps, flow.Dependency{Prerequisite: n.Step, Dependent: s.ID, Lag: n.Lag, OnCancel: n.OnCancel, SatisfiedAt: n.At})
		}
	}
	p.settle(t, nil)
	return p
}

func (p *play) Tasks(ids []string) (found []flow.Task, _ error) {
	for _, id := range ids {
		if t, ok := p.tasks[id]; ok {
			found = append(found, t)
		}
	}
	return found, nil
}

func (p *play) Prerequisites(ids []string) ([]flow.Dependency, error) {
	return slices.DeleteFunc(slices.Clone(p.deps), func(d flow.Dependency) bool { return !slices.Contains(ids, d.Dependent) }), nil
}

func (p *play) Dependents(ids []string) ([]flow.Dependency, error) {
	return slices.DeleteFunc(slices.Clone(p.deps), func(d flow.Dependency) bool { return !slices.Contains(ids, d.Prerequisite) }), nil
}

// settle says of every task whether it is wanted, and lets the cascade run.
func (p *play) settle(t require.TestingT, changed []string) {
	var rejudge []string
	for id, standing := range p.when.Standings(p.known, p.ended) {
		task := p.tasks[id]
		if task.Unwanted = standing == playbook.Falls; task.State.Open() || task.Skipped {
			p.tasks[id] = task
			rejudge = append(rejudge, id)
		}
	}
	slices.Sort(rejudge)
	out, err := flow.Cascade(p, changed, rejudge, p.now, p.cal)
	require.NoError(t, err)
	for _, e := range out.Effects {
		p.tasks[e.Is.ID] = e.Is
		if e.Is.Skipped {
			p.ended[e.Is.ID] = false
		}
	}
}

// finish fills in a step's fields and completes it.
func (p *play) finish(t require.TestingT, id string, answers map[string]string) {
	s, _ := p.d.Step(id)
	for _, f := range s.Fields {
		answer, wrong := f.Read(answers[f.ID])
		require.Nil(t, wrong, "%s.%s: %v", id, f.ID, answers)
		p.known[id+"."+f.ID] = answer
	}
	_, prerequisites, err := flow.Load(p, []string{id})
	require.NoError(t, err)
	task, refused := p.tasks[id].Move(flow.Done, flow.Judge(p.tasks[id], prerequisites[id], p.now, p.cal), p.now)
	require.Nil(t, refused)
	p.tasks[id] = task
	p.ended[id] = true
	p.settle(t, []string{id})
}

// ready lists the steps that may be started, waiting for what only time brings.
func (p *play) ready(t require.TestingT) []string {
	for {
		var ready []string
		open := false
		for _, s := range p.d.Steps {
			open = open || p.tasks[s.ID].State.Open()
			if p.tasks[s.ID].State == flow.Ready {
				ready = append(ready, s.ID)
			}
		}
		if len(ready) > 0 || !open {
			return ready
		}
		was := p.now
		p.wait(t)
		require.True(t, p.now.After(was), "nothing is ready and nothing becomes ready: %v", p.stuck())
	}
}

// wait lets time pass until the next lag is over.
func (p *play) wait(t require.TestingT) {
	ids := slices.Sorted(maps.Keys(p.tasks))
	tasks, prerequisites, err := flow.Load(p, ids)
	require.NoError(t, err)
	var next time.Time
	for _, task := range tasks {
		v := flow.Judge(task, prerequisites[task.ID], p.now, p.cal)
		if task.State == flow.Waiting && !v.ReleaseAt.IsZero() && (next.IsZero() || v.ReleaseAt.Before(next)) {
			next = v.ReleaseAt
		}
	}
	if !next.IsZero() {
		p.now = next
	}
	p.settle(t, nil)
}

func (p *play) stuck() (open []string) {
	for _, s := range p.d.Steps {
		if p.tasks[s.ID].State.Open() {
			open = append(open, s.ID)
		}
	}
	return open
}

func (p *play) clone() *play {
	q := *p
	q.tasks, q.known, q.ended = maps.Clone(p.tasks), maps.Clone(p.known), maps.Clone(p.ended)
	return &q
}
