package report

import (
	"cmp"
	"slices"
	"time"
)

// What a run's state can be in the log, besides those under way.
const (
	withdrawn = "withdrawn" // its start was undone: it never was
	dropped   = "cancelled"
)

// Outcome is what became of a run.
type Outcome string

// The outcomes.
const (
	Going      Outcome = "going"
	RunDone    Outcome = "done"      // nothing of it is open
	RunDropped Outcome = "cancelled" // by people
)

// Outcomes lists them.
var Outcomes = []Outcome{Going, RunDone, RunDropped}

// Run is a run as it stands at the end of the period.
type Run struct {
	ID, Name   string
	Made       time.Time
	Ended      time.Time // zero: it goes on
	Outcome    Outcome
	Tasks      int
	Closed     int               // of those
	Deviations map[Deviation]int // tasks that left their plan; of Recast, 1
}

// Lasted is the time from its start to its end, or to end if it goes on.
func (r Run) Lasted(end time.Time) time.Duration {
	if r.Ended.IsZero() {
		return end.Sub(r.Made)
	}
	return r.Ended.Sub(r.Made)
}

// StepFlow is how a step of a template flowed. A step's turn is all the time in which
// it waits for no other task: from when it was ready until it was done.
type StepFlow struct {
	Step  string // its ID
	Wait  Spread // for others, of those that were done in the period
	Turn  Spread // of those
	Work  Spread // the part of it in progress or in review
	Sum   time.Duration
	Now   Spread // of those whose turn it is at the end: for how long it is
	Share int    // of the turns of all steps, in per cent
}

// Slow reports whether those whose turn it is have taken longer by now than 85 of 100
// took before.
func (s StepFlow) Slow() bool { return s.Turn.N > 0 && s.Now.N > 0 && s.Now.P50 > s.Turn.P85 }

// Runs is how the runs of a template flowed in a period.
type Runs struct {
	Flow
	Runs       []Run // that were under way at any time of the period, the last started first
	Started    int   // in the period
	Outcomes   map[Outcome]int
	Duration   Spread // of those that were done in the period
	Steps      []StepFlow
	Bottleneck string            // the step with the most time of turns; empty: none
	Deviations map[Deviation]int // tasks in the period; of Recast, runs
}

// RunsOf computes the flow of a template's runs.
func RunsOf(template string, p Period, h *History) Runs {
	of := Scope{Template: template}
	v := Runs{Flow: FlowOf(of, p, h), Outcomes: map[Outcome]int{}, Deviations: map[Deviation]int{}}
	end := p.End.UnixMicro()
	var lasted []time.Duration
	for _, r := range h.runs {
		if r.made >= end || r.template != template || as(r.states, end) == withdrawn {
			continue
		}
		run := h.stand(r, end)
		h.deviations(r, p.From.UnixMicro(), end, v.Deviations)
		if !run.Ended.IsZero() && run.Ended.Before(p.From) {
			continue
		}
		v.Runs = append(v.Runs, run)
		v.Outcomes[run.Outcome]++
		if !run.Made.Before(p.From) {
			v.Started++
		}
		if run.Outcome == RunDone {
			lasted = append(lasted, run.Lasted(p.End))
		}
	}
	slices.SortFunc(v.Runs, func(a, b Run) int { return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(a.ID, b.ID)) })
	v.Duration = spread(lasted)
	v.steps()
	return v
}

// deviations counts the tasks of a run that left their plan from one moment until just
// before another, by the way; of another person for a role, the run.
func (h *History) deviations(r *run, from, end int64, by map[Deviation]int) {
	if slices.ContainsFunc(r.deeds, func(d deed) bool { return d.at >= from && d.at < end }) {
		by[Recast]++
	}
	for _, t := range r.tasks {
		l, there := h.look(t, Scope{}, end)
		if !there || t.run != r.id {
			continue
		}
		for _, kind := range Deviations {
			if deviated(l, kind, from) {
				by[kind]++
			}
		}
	}
}

// stand is how a run stands just before a moment.
func (h *History) stand(r *run, end int64) Run {
	s := Run{ID: r.id, Name: r.name, Made: when(r.made), Outcome: Going, Deviations: map[Deviation]int{}}
	last := r.made
	for _, t := range r.tasks {
		l, there := h.look(t, Scope{}, end)
		if !there || t.run != r.id {
			continue
		}
		s.Tasks++
		if c := l.last().counted(); c == done || c == cancelled {
			s.Closed++
			last = max(last, l.since(len(l.turns)-1))
		}
	}
	switch {
	case as(r.states, end) == dropped:
		s.Outcome = RunDropped
		for _, state := range r.states {
			if state.at < end && state.text == dropped {
				s.Ended = when(state.at)
			}
		}
	case s.Closed == s.Tasks:
		s.Outcome, s.Ended = RunDone, when(last)
	}
	h.deviations(r, 0, end, s.Deviations)
	return s
}

// Turn is the time in which it was the task's turn.
func (t Times) Turn() time.Duration { return t[Untouched] + t[InProgress] + t[InReview] + t[Blocked] }

// OnTurn reports whether it is the task's turn.
func (o Open) OnTurn() bool { return o.Stage != Waiting }

// steps parts the tasks by their steps.
func (v *Runs) steps() {
	type times struct{ wait, turn, work, now []time.Duration }
	by := map[string]*times{}
	of := func(step string) *times {
		if by[step] == nil {
			by[step] = &times{}
		}
		return by[step]
	}
	var all time.Duration
	for _, f := range v.Finished {
		s := of(f.Step)
		s.wait, s.turn = append(s.wait, f.Times[Waiting]), append(s.turn, f.Times.Turn())
		s.work = append(s.work, f.Times[InProgress]+f.Times[InReview])
		all += f.Times.Turn()
	}
	for _, o := range v.Open {
		if s := of(o.Step); o.OnTurn() {
			s.now = append(s.now, o.Turn)
		}
	}
	var most time.Duration
	for step, s := range by {
		one := StepFlow{Step: step, Wait: spread(s.wait), Turn: spread(s.turn), Work: spread(s.work), Now: spread(s.now)}
		for _, d := range s.turn {
			one.Sum += d
		}
		if all > 0 {
			one.Share = int(one.Sum * 100 / all)
		}
		v.Steps = append(v.Steps, one)
		if one.Sum > most || one.Sum == most && most > 0 && step < v.Bottleneck {
			most, v.Bottleneck = one.Sum, step
		}
	}
	slices.SortFunc(v.Steps, func(a, b StepFlow) int { return cmp.Compare(a.Step, b.Step) })
}

// deviated reports whether a task left its plan in a way since a moment.
func deviated(s sight, kind Deviation, from int64) bool {
	return slices.ContainsFunc(s.deeds, func(d deed) bool { return d.kind == kind && d.at >= from && d.at < s.end })
}

// Past is a step of a template's runs as it was done.
type Past struct {
	Step  string
	Turn  time.Time // when it could begin
	Begun time.Time // zero: nobody said so
	Done  time.Time
}

// PastOf lists how the steps of a template's runs were done, all there ever were.
func PastOf(template string, h *History) (all []Past) {
	end := h.last + 1
	for _, r := range h.runs {
		if r.template != template {
			continue
		}
		for _, t := range r.tasks {
			s, there := h.look(t, Scope{Template: template}, end)
			if !there || t.run != r.id || s.last().counted() != done {
				continue
			}
			at := s.since(len(s.turns) - 1)
			all = append(all, Past{Step: t.step, Turn: when(at).Add(-s.times(at).Turn()), Begun: when(s.begun()), Done: when(at)})
		}
	}
	return all
}
