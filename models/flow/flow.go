// Package flow holds the rules of movement: when a task may start, what its
// completion releases, what a person may do to it. It does no I/O, keeps no
// clock and imports nothing of this module but fault, so that every rule can be
// checked against a naive model.
package flow

import (
	"slices"
	"time"
)

// State is where a task stands.
type State string

const (
	Waiting    State = "waiting"     // its prerequisites are not satisfied
	Ready      State = "ready"       // it may be started
	InProgress State = "in_progress" // somebody works on it
	InReview   State = "in_review"   // somebody looks at the result
	Done       State = "done"
	Cancelled  State = "cancelled"
)

// States lists every state in the order in which work passes through them.
var States = []State{Waiting, Ready, InProgress, InReview, Done, Cancelled}

// Started reports whether work on the task has begun, finished work included.
func (s State) Started() bool { return s == InProgress || s == InReview || s == Done }

// Open reports whether the task still has to be finished.
func (s State) Open() bool { return s != Done && s != Cancelled }

// Join says how many prerequisites a task needs.
type Join string

const (
	All Join = "all" // every one (the default)
	Any Join = "any" // at least one
)

// OnCancel says how a cancelled prerequisite counts.
type OnCancel string

const (
	Skip OnCancel = "skip" // as satisfied, at once (the default)
	Hold OnCancel = "hold" // as never satisfied
)

// Task is what the rules need to know of a task.
type Task struct {
	ID         string
	Position   string // rank in its column, see Between
	State      State
	Join       Join
	NotBefore  time.Time // zero: no such time
	Overridden bool      // a manager let it go ahead of its prerequisites
	AtRisk     bool      // it is started, but its prerequisites are open (again)
	Blocked    bool      // somebody flagged it by hand; only people clear it
	Archived   bool      // off the board; unfinished, it counts as cancelled
	Unwanted   bool      // its condition does not hold, as things stand
	Skipped    bool      // it is cancelled because nobody wanted it when its turn came
	Paused     bool      // what it belongs to is paused: only people move it
	ReviewAt   time.Time // since when it is in review or beyond; zero: it is not
	DoneAt     time.Time // since when it is done; zero: it is not
}

// dropped reports whether nobody will finish the task.
func (t Task) dropped() bool { return t.State == Cancelled || t.Archived && t.State != Done }

// Dependency is one prerequisite of one task.
type Dependency struct {
	Prerequisite, Dependent string
	Lag                     Lag
	OnCancel                OnCancel
	SatisfiedAt             State // Done, or InReview: at review or beyond
}

// Prerequisite is a dependency together with the task it waits for.
type Prerequisite struct {
	Dependency
	Task Task
}

// Verdict is what the prerequisites of a task say at one moment.
type Verdict struct {
	Satisfied bool
	// ReleaseAt is when the task becomes satisfied by the passing of time alone;
	// zero if it is satisfied, or if somebody has to act first.
	ReleaseAt time.Time
	// Open lists the prerequisites that are not satisfied yet, in the order given.
	Open []Prerequisite
}

// Judge applies rule 2: all or any of the prerequisites satisfied, each one's
// lag elapsed, and the task's own not-before time passed. An override stands for
// all of it. Where any one is enough, one that was dropped is not that one while
// another may still be finished: of two ways, closing one does not mean that the
// other has been gone.
func Judge(t Task, prerequisites []Prerequisite, now time.Time, cal Calendar) Verdict {
	var v Verdict
	var latest, earliest time.Time // of the times at which prerequisites count
	pending := 0                   // prerequisites that somebody has to act on
	dropped := 0                   // prerequisites that nobody will finish, and that do not hold the task
	for _, p := range prerequisites {
		at, known := p.satisfiedFrom(cal)
		switch {
		case !known:
			pending++
		case p.Task.dropped():
			dropped++
		default:
			latest = later(latest, at)
			if earliest.IsZero() || at.Before(earliest) {
				earliest = at
			}
		}
		if !known || at.After(now) {
			v.Open = append(v.Open, p)
		}
	}
	if t.Overridden {
		v.Satisfied = true
		return v
	}
	from := latest
	switch {
	case t.Join == Any && len(prerequisites) > 0:
		if earliest.IsZero() && (dropped == 0 || someMayFinish(prerequisites)) {
			return v
		}
		from = earliest
	case pending > 0:
		return v
	}
	from = later(from, t.NotBefore)
	if from.After(now) {
		v.ReleaseAt = from
		return v
	}
	v.Satisfied = true
	return v
}

func someMayFinish(prerequisites []Prerequisite) bool {
	return slices.ContainsFunc(prerequisites, func(p Prerequisite) bool { return !p.Task.dropped() })
}

// longAgo stands for "satisfied at once": no release time is computed from it.
var longAgo = time.Unix(0, 0).UTC()

// satisfiedFrom returns the moment from which the prerequisite counts as
// satisfied, its lag included; false if nobody can tell because it is unfinished.
func (p Prerequisite) satisfiedFrom(cal Calendar) (time.Time, bool) {
	if p.Task.dropped() {
		return longAgo, p.OnCancel != Hold || p.Task.Skipped
	}
	since := p.Task.DoneAt
	if p.SatisfiedAt == InReview {
		since = p.Task.ReviewAt
	}
	if since.IsZero() {
		return time.Time{}, false
	}
	return p.Lag.After(since, cal), true
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Settle applies rules 1, 3 and 5: the task as the rules want it after verdict
// v, and whether that differs from what it was. An archived or paused task rests as it is.
// One whose condition does not hold is skipped when its turn comes, and not
// before, so that what follows it waits for what it waited for; it comes back
// when the condition holds, or when its turn has not come after all.
func (t Task) Settle(v Verdict) (Task, bool) {
	if t.Archived || t.Paused {
		return t, false
	}
	was := t
	switch t.State {
	case Waiting:
		if v.Satisfied {
			t.State = Ready
		}
	case Ready:
		if !v.Satisfied {
			t.State = Waiting
		}
	case Cancelled:
		if t.Skipped && !v.Satisfied {
			t.State, t.Skipped = Waiting, false
		} else if t.Skipped && !t.Unwanted {
			t.State, t.Skipped = Ready, false
		}
	}
	if t.State == Ready && t.Unwanted {
		t.State, t.Skipped = Cancelled, true
	}
	t.AtRisk = t.State.Started() && !v.Satisfied
	return t, t != was
}
