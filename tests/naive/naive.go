// Package naive is the rules of movement told a second time, in the dullest way
// that can be right: a small world in memory in which, after every act, every
// task is looked at again. It knows nothing of the program, so that the two can
// be held against each other; it is far too slow for anything but tests.
package naive

import (
	"slices"
	"time"
)

// The states, joins and units have the names that people and tables use.
const (
	Waiting, Ready, InProgress, InReview, Done, Cancelled = "waiting", "ready", "in_progress", "in_review", "done", "cancelled"
)

// Task is a task of the world.
type Task struct {
	ID         string
	State      string
	Any        bool // one prerequisite is enough
	NotBefore  time.Time
	Overridden bool
	Blocked    bool
	Archived   bool
	AtRisk     bool
	Unwanted   bool // its condition does not hold
	Skipped    bool
	review     time.Time // since when it is in review or done; zero: it is neither
	done       time.Time
}

// Need says that To waits for From.
type Need struct {
	From, To string
	Lag      int
	Unit     string
	Hold     bool // From cancelled: To waits for ever
	AtReview bool // in review is enough
}

// World is tasks, what they need, a clock and a place.
type World struct {
	Tasks map[string]*Task
	Needs []Need
	Now   time.Time
	Zone  *time.Location
}

// New returns an empty world.
func New(now time.Time, zone *time.Location) *World {
	return &World{Tasks: map[string]*Task{}, Now: now, Zone: zone}
}

// Add makes a task; it has nothing to wait for yet.
func (w *World) Add(id string) { w.Tasks[id] = &Task{ID: id, State: Ready} }

// The acts. Each returns why it is refused, or "" if it is done.

// Move is a person putting a task's card into a column.
func (w *World) Move(id, to string) string {
	t := w.Tasks[id]
	open := !w.satisfied(t, w.Now)
	begins := to == InProgress || to == InReview || to == Done
	switch {
	case open && t.State == Waiting && (begins || to == Ready):
		return "still-waits"
	case open && t.State == Cancelled && begins:
		return "still-waits"
	case to == Done && t.Blocked:
		return "is-blocked"
	case to == Waiting && !open && t.State != Waiting:
		return "nothing-to-wait"
	}
	w.put(t, to)
	w.settle()
	return ""
}

func (w *World) put(t *Task, to string) {
	if t.State == to {
		return
	}
	t.State, t.Unwanted, t.Skipped = to, false, false
	seen, done := t.review, time.Time{}
	switch to {
	case InReview:
	case Done:
		done = w.Now
	case Cancelled:
		t.Overridden = false
		seen = time.Time{}
	default:
		seen = time.Time{}
	}
	if (to == InReview || to == Done) && seen.IsZero() {
		seen = w.Now
	}
	t.review, t.done = seen, done
}

// Reopen takes a closed task back into work.
func (w *World) Reopen(id string) string {
	t := w.Tasks[id]
	if t.State != Done && t.State != Cancelled {
		return "not-closed"
	}
	w.put(t, Ready)
	w.settle()
	return ""
}

// Override lets a task go ahead of what it waits for.
func (w *World) Override(id string) string {
	t := w.Tasks[id]
	if t.State != Waiting {
		return "not-waiting"
	}
	t.Overridden = true
	w.put(t, Ready)
	w.settle()
	return ""
}

// Withdraw takes the override back.
func (w *World) Withdraw(id string) {
	w.Tasks[id].Overridden = false
	w.settle()
}

// Archive takes a task off the board, Restore brings it back as it was.
func (w *World) Archive(id string) { w.Tasks[id].Archived = true; w.settle() }
func (w *World) Restore(id string) { w.Tasks[id].Archived = false; w.settle() }

// Block is a flag that only people set and clear.
func (w *World) Block(id string, on bool) { w.Tasks[id].Blocked = on }

// Delete removes a task and all that is said of it.
func (w *World) Delete(id string) {
	delete(w.Tasks, id)
	w.Needs = slices.DeleteFunc(w.Needs, func(n Need) bool { return n.From == id || n.To == id })
	w.settle()
}

// Require adds a dependency.
func (w *World) Require(n Need) string {
	switch {
	case n.From == n.To:
		return "needs-itself"
	case w.reaches(n.To, n.From):
		return "cycle"
	case slices.ContainsFunc(w.Needs, func(o Need) bool { return o.From == n.From && o.To == n.To }):
		return "already-needs"
	}
	w.Needs = append(w.Needs, n)
	w.settle()
	return ""
}

// Unrequire removes one.
func (w *World) Unrequire(from, to string) {
	w.Needs = slices.DeleteFunc(w.Needs, func(n Need) bool { return n.From == from && n.To == to })
	w.settle()
}

// Set changes what a task says of its own start.
func (w *World) Set(id string, anyOne bool, notBefore time.Time) {
	w.Tasks[id].Any, w.Tasks[id].NotBefore = anyOne, notBefore
	w.settle()
}

// Pass lets time pass.
func (w *World) Pass(to time.Time) { w.Now = to; w.settle() }

// Want says whether a task's condition holds.
func (w *World) Want(id string, yes bool) { w.Tasks[id].Unwanted = !yes; w.settle() }

// settle looks at every task until nothing moves any more: one that is skipped
// lets the next go on.
func (w *World) settle() {
	for moved := true; moved; {
		moved = false
		for _, t := range w.Tasks {
			was := *t
			w.look(t)
			moved = moved || *t != was
		}
	}
}

func (w *World) look(t *Task) {
	if t.Archived {
		return
	}
	ok := w.satisfied(t, w.Now)
	if t.State == Waiting || t.State == Ready || t.Skipped {
		t.Skipped = ok && t.Unwanted
		switch {
		case t.Skipped:
			t.State = Cancelled
		case ok:
			t.State = Ready
		default:
			t.State = Waiting
		}
	}
	t.AtRisk = !ok && (t.State == InProgress || t.State == InReview || t.State == Done)
}

// satisfied is rule 2.
func (w *World) satisfied(t *Task, at time.Time) bool {
	if t.Overridden {
		return true
	}
	if at.Before(t.NotBefore) {
		return false
	}
	met, all, dropped, reached := 0, 0, 0, 0
	for _, n := range w.Needs {
		if n.To == t.ID {
			all++
			if w.met(n, at) {
				met++
			}
			if w.dropped(n.From) {
				dropped++
			} else if w.met(n, at) {
				reached++
			}
		}
	}
	if t.Any && all > dropped {
		return reached > 0
	}
	if t.Any && all > 0 {
		return met > 0
	}
	return met == all
}

func (w *World) dropped(id string) bool {
	p := w.Tasks[id]
	return p.State == Cancelled || p.Archived && p.State != Done
}

func (w *World) met(n Need, at time.Time) bool {
	p := w.Tasks[n.From]
	if w.dropped(n.From) {
		return !n.Hold || p.Skipped
	}
	since := p.done
	if n.AtReview {
		since = p.review
	}
	return !since.IsZero() && !at.Before(w.Later(since, n.Lag, n.Unit))
}

// Releases is when a waiting task will become ready if nobody does anything:
// the first of the moments at which a lag or a not-before ends.
func (w *World) Releases(id string) (time.Time, bool) {
	t := w.Tasks[id]
	if w.satisfied(t, w.Now) {
		return time.Time{}, false
	}
	moments := []time.Time{t.NotBefore}
	for _, n := range w.Needs {
		if p := w.Tasks[n.From]; n.To == id && p != nil {
			for _, since := range []time.Time{p.review, p.done} {
				if !since.IsZero() {
					moments = append(moments, w.Later(since, n.Lag, n.Unit))
				}
			}
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	for _, m := range moments {
		if m.After(w.Now) && w.satisfied(t, m) {
			return m, true
		}
	}
	return time.Time{}, false
}

// Open lists what a task waits for, in any order.
func (w *World) Open(id string) []string {
	var open []string
	for _, n := range w.Needs {
		if n.To == id && !w.met(n, w.Now) {
			open = append(open, n.From)
		}
	}
	return open
}

func (w *World) reaches(from, to string) bool {
	if from == to {
		return true
	}
	for _, n := range w.Needs {
		if n.From == from && w.reaches(n.To, to) {
			return true
		}
	}
	return false
}

// Later counts a lag on the fingers: a day at a time on the calendar on the
// wall, then the moment at which the clock below it shows the same time again.
func (w *World) Later(since time.Time, n int, unit string) time.Time {
	switch {
	case n == 0:
		return since
	case unit == "minutes":
		return since.Add(time.Duration(n) * time.Minute)
	case unit == "hours":
		return since.Add(time.Duration(n) * time.Hour)
	}
	day, clock := wall(since.In(w.Zone))
	for n > 0 {
		day = day.Add(24 * time.Hour) // in UTC, where every day has 24
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		if unit == "days" || !weekend {
			n--
		}
	}
	return w.when(day.Add(clock))
}

// wall reads a date and a time of day off, as if they were UTC's.
func wall(local time.Time) (day time.Time, clock time.Duration) {
	y, m, d := local.Date()
	day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	_, offset := local.Zone()
	return day, local.UTC().Add(time.Duration(offset) * time.Second).Sub(day)
}

// when finds the moment at which the zone's clocks show what is given: the first
// if they show it twice; if they skip it, as much after the skip as it lies in it.
func (w *World) when(shown time.Time) time.Time {
	var found []time.Time
	var before int // the offset in force before the day
	for h := 48; h >= -48; h-- {
		_, offset := shown.Add(time.Duration(h) * time.Hour).In(w.Zone).Zone()
		before = offset
		at := shown.Add(-time.Duration(offset) * time.Second)
		if _, then := at.In(w.Zone).Zone(); then == offset {
			found = append(found, at)
		}
	}
	if len(found) == 0 {
		return shown.Add(-time.Duration(before) * time.Second)
	}
	return slices.MinFunc(found, time.Time.Compare)
}
