package report

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Pick names the tasks that a number of a report counts.
type Pick struct {
	What string // one of Picks
	At   string // of which week (its Monday), stage, or state on which day; empty: of all
}

// What can be picked.
const (
	PickFinished  = "finished" // At: a week
	PickByLead    = "lead"     // finished, the longest first
	PickByCycle   = "cycle"    // begun and finished, the longest first
	PickUnbegun   = "unbegun"
	PickAdded     = "added"
	PickCancelled = "cancelled"
	PickOpen      = "open"
	PickDoing     = "doing"
	PickDue       = "due"     // finished, with a due date; At: a week
	PickInTime    = "in-time" // At: a week
	PickLate      = "late"    // At: a week
	PickFirst     = "first"   // done on the first due date or before
	PickMoved     = "moved"
	PickOverdue   = "overdue"
	PickStage     = "stage"     // finished, that were in it; At: the stage
	PickReady     = "ready"     // open, neither begun nor waiting
	PickWaiting   = "waiting"   // open, and waits
	PickAhead     = "ahead"     // open; At: when it is due
	PickRough     = "rough"     // open, without an estimate
	PickHeld      = "held"      // waiting, wherever, because of a task; At: that task
	PickNext      = "next"      // that wait for a task itself; At: that task
	PickStep      = "step"      // finished; At: the step
	PickTurn      = "turn"      // open, and it is their turn; At: the step
	PickDeviation = "deviation" // At: the deviation
	PickState     = "state"     // At: a day and a state, as 2026-03-31.2
)

// Picks lists them.
var Picks = []string{PickFinished, PickByLead, PickByCycle, PickUnbegun, PickAdded, PickCancelled, PickOpen, PickDoing, PickDue, PickInTime, PickLate,
	PickFirst, PickMoved, PickOverdue, PickStage, PickReady, PickWaiting, PickAhead, PickRough, PickHeld, PickNext, PickStep, PickTurn, PickDeviation, PickState}

// AtWeek is a pick's place for a week.
func AtWeek(w Week) string { return w.From.Format(time.DateOnly) }

// AtStep is a pick's place for a state at a step.
func AtStep(s Step, state int) string {
	return s.Day().Format(time.DateOnly) + "." + strconv.Itoa(state)
}

// Line is a picked task: finished, open, or neither any more.
type Line struct {
	Task
	Finished *Finished
	Open     *Open
}

// Lines are the tasks that a number of a flow counts. What is not known picks none.
func Lines(f Flow, of Scope, pick Pick, hs ...*History) (lines []Line) {
	switch pick.What {
	case PickOpen, PickDoing, PickReady, PickWaiting, PickAhead, PickRough, PickOverdue, PickTurn:
		for i, o := range f.Open {
			if f.picksOpen(o, pick) {
				lines = append(lines, Line{Task: o.Task, Open: &f.Open[i]})
			}
		}
		return lines
	case PickHeld, PickNext:
		return f.heldUp(pick, hs)
	case PickAdded, PickCancelled, PickDeviation, PickState:
		return f.seen(of, pick, hs)
	}
	for i, x := range f.Finished {
		if f.picks(x, pick) {
			lines = append(lines, Line{Task: x.Task, Finished: &f.Finished[i]})
		}
	}
	long := map[string]func(Finished) time.Duration{PickByLead: Finished.Lead, PickByCycle: Finished.Cycle}[pick.What]
	if stage, ok := stageNamed(pick.At); ok && pick.What == PickStage {
		long = func(x Finished) time.Duration { return x.Times[stage] }
	}
	if long != nil {
		slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(long(*b.Finished), long(*a.Finished)) })
	}
	return lines
}

func (f Flow) picksOpen(o Open, pick Pick) bool {
	switch pick.What {
	case PickDoing:
		return o.Doing
	case PickReady:
		return !o.Doing && !o.Waits
	case PickWaiting:
		return o.Waits
	case PickAhead:
		return string(f.AheadOf(o)) == pick.At
	case PickRough:
		return o.Work == 0
	case PickOverdue:
		return f.Overdue(o)
	case PickTurn:
		return o.Step == pick.At && o.OnTurn()
	}
	return true
}

func stageNamed(text string) (Stage, bool) {
	n, err := strconv.Atoi(text)
	return Stage(n), err == nil && n >= 0 && n < len(Stages)
}

func (f Flow) picks(x Finished, pick Pick) bool {
	zone := f.From.Location()
	if pick.What != PickStage && pick.What != PickStep && pick.At != "" {
		done := x.Done.In(zone)
		if pick.At != done.AddDate(0, 0, -(int(done.Weekday())+6)%7).Format(time.DateOnly) {
			return false
		}
	}
	switch pick.What {
	case PickFinished, PickByLead:
		return true
	case PickByCycle:
		return !x.Begun.IsZero()
	case PickUnbegun:
		return x.Begun.IsZero()
	case PickDue:
		return x.Due != ""
	case PickInTime:
		return x.Due != "" && x.Late(zone) == 0
	case PickLate:
		return x.Late(zone) > 0
	case PickFirst:
		return x.Due != "" && late(x.FirstDue, x.Done, zone) == 0
	case PickMoved:
		return x.Due != "" && x.Later > 0
	case PickStep:
		return x.Step == pick.At
	case PickStage:
		stage, ok := stageNamed(pick.At)
		return ok && x.Times[stage] > 0
	}
	return false
}

// heldUp are the tasks that one holds up, in or out of the scope.
func (f Flow) heldUp(pick Pick, hs []*History) (lines []Line) {
	end := f.End.UnixMicro()
	for _, h := range hs {
		held := h.web(end).held(pick.At, pick.What == PickHeld)
		for _, t := range h.tasks {
			if s, ok := h.look(t, Scope{}, end); ok && held[t.id] {
				o := s.open()
				lines = append(lines, Line{Task: o.Task, Open: &o})
			}
		}
	}
	return lines
}

// seen are tasks that are found by going through all of them again.
func (f Flow) seen(of Scope, pick Pick, hs []*History) (lines []Line) {
	finished, open := map[string]*Finished{}, map[string]*Open{}
	for i := range f.Finished {
		finished[f.Finished[i].ID] = &f.Finished[i]
	}
	for i := range f.Open {
		open[f.Open[i].ID] = &f.Open[i]
	}
	passes := f.passes(pick)
	for _, h := range hs {
		for _, t := range h.tasks {
			if s, ok := h.look(t, of, f.End.UnixMicro()); ok && passes(s) {
				lines = append(lines, Line{s.task(), finished[s.id], open[s.id]})
			}
		}
	}
	return lines
}

func (f Flow) passes(pick Pick) func(sight) bool {
	from := f.From.UnixMicro()
	switch pick.What {
	case PickAdded:
		return func(s sight) bool { return s.made >= from }
	case PickCancelled:
		return func(s sight) bool {
			return s.last().counted() == cancelled && s.since(len(s.turns)-1) >= from
		}
	}
	if pick.What == PickDeviation {
		return func(s sight) bool { return deviated(s, Deviation(pick.At), from) }
	}
	for _, step := range f.Steps {
		for state := range step.Counts {
			if pick.At == AtStep(step, state) {
				return func(s sight) bool { return s.at(step.At.UnixMicro(), from) == state }
			}
		}
	}
	return func(sight) bool { return false }
}

// at is the state, by its place, in which a step counts a task; -1: it does not.
func (s sight) at(step, from int64) int {
	turns := s.until(step)
	if len(turns) == 0 || turns[len(turns)-1].flags&deleted != 0 {
		return -1
	}
	state := turns[len(turns)-1].counted()
	if (state == done || state == cancelled) && s.since(len(turns)-1) < from {
		return -1
	}
	return int(state)
}
