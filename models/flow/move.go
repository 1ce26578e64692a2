package flow

import (
	"time"

	"relevo/models/fault"
)

// Move applies rules 4, 7 and 10 to a person who moves t to a column of state
// to, where v is the verdict on t at now. It returns the task as it is after the
// move; where the rules want another state than the column's, that state.
//
//   - forward from waiting, or from cancelled past ready, with something open:
//     StillWaits, unless overridden;
//   - done while blocked by hand: IsBlocked;
//   - into waiting with nothing to wait for: NothingToWait;
//   - back to ready with something open: the task goes to waiting instead.
func (t Task) Move(to State, v Verdict, now time.Time) (Task, *fault.Fault) {
	switch {
	case !v.Satisfied && (t.State == Waiting && to == Ready || t.resting() && to.Started()):
		return t, fault.New(fault.Conflict, fault.StillWaits, v.ReleaseAt)
	case to == Done && t.Blocked:
		return t, fault.New(fault.Conflict, fault.IsBlocked)
	case to == Waiting && v.Satisfied && t.State != Waiting:
		return t, fault.New(fault.Conflict, fault.NothingToWait)
	}
	t = t.enter(to, now)
	t, _ = t.Settle(v)
	return t, nil
}

// resting reports whether nobody may start on the task as it stands.
func (t Task) resting() bool { return t.State == Waiting || t.State == Cancelled }

// Reopen returns a done or cancelled task to work: to ready, or to waiting if
// verdict v says that something is open.
func (t Task) Reopen(v Verdict, now time.Time) (Task, *fault.Fault) {
	if t.State.Open() {
		return t, fault.New(fault.Conflict, fault.NotClosed)
	}
	t, _ = t.enter(Ready, now).Settle(v)
	return t, nil
}

// Override lets a waiting task go ahead of its prerequisites; it becomes ready.
func (t Task) Override(now time.Time) (Task, *fault.Fault) {
	if t.State != Waiting {
		return t, fault.New(fault.Conflict, fault.NotWaiting)
	}
	t.Overridden = true
	return t.enter(Ready, now), nil
}

// enter puts the task into a state and keeps the times from which lags count: a
// task that goes from review to done has been satisfied "at review" all along.
// Whom a person moves is wanted, whatever its condition says.
func (t Task) enter(to State, now time.Time) Task {
	if to == t.State {
		return t
	}
	t.State, t.Unwanted, t.Skipped = to, false, false
	switch to {
	case InReview:
		t.DoneAt = time.Time{}
		if t.ReviewAt.IsZero() {
			t.ReviewAt = now
		}
	case Done:
		t.DoneAt = now
		if t.ReviewAt.IsZero() {
			t.ReviewAt = now
		}
	default:
		t.ReviewAt, t.DoneAt = time.Time{}, time.Time{}
	}
	if to == Cancelled {
		t.Overridden = false // what comes back has to be overridden again
	}
	return t
}
