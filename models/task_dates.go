package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/plan"
)

// MostPushed is how many pushed tasks are named.
const MostPushed = 12

// DatesView says what other dates of a task would push, before they are changed.
type DatesView struct {
	Team     Team
	Board    Board
	Task     Task // as it is
	Key      string
	Due      Date // wanted
	Estimate int  // likewise; minutes, 0: none
	Was, Now plan.Bar
	Work     plan.Work
	Pushed   []PushedTask // the others of the board whose finish moves, in order
	Pushes   int          // all of them; Pushed has the first MostPushed
	Breaks   int          // those of them that would miss their due date, or miss it by more
	WasAll   time.Time    // when all that is not done is done
	NowAll   time.Time    // and when it would be
}

// PushedTask is a task that another one's dates move.
type PushedTask struct {
	TaskRef
	Was, Now plan.Bar
	Due      Date
	Breaks   bool // it would miss its due date, or miss it by more
}

// PreviewDates tells what a due date would push. It changes nothing. With stretch,
// the task keeps its beginning and takes as long as it is until then. It returns
// NotOpen for a task that is done or cancelled, and IsArchived.
func (s *Store) PreviewDates(ctx context.Context, who Actor, task string, due Date, stretch bool) (DatesView, error) {
	return s.previewDates(ctx, who, task, func(Task) Date { return due }, stretch)
}

// DatesOf is PreviewDates with the date that the task has.
func (s *Store) DatesOf(ctx context.Context, who Actor, task string) (DatesView, error) {
	return s.previewDates(ctx, who, task, func(t Task) Date { return t.Due }, false)
}

func (s *Store) previewDates(ctx context.Context, who Actor, task string, due func(Task) Date, stretch bool) (v DatesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Take(&v.Task, "id = ? AND deleted_at IS NULL", task).Error; err != nil {
			return orMissing(err)
		}
		b, team, err := seeBoard(db, who, v.Task.BoardID, access.EditTask)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Due, v.Key = b, team.Team, due(v.Task), Key(b.Key, v.Task.Number)
		if v.Task.ArchivedAt != nil {
			return fault.New(fault.Conflict, fault.IsArchived)
		}
		if !v.Task.State.Open() {
			return fault.New(fault.Conflict, fault.NotOpen)
		}
		p := newProject(v.Team, s.now())
		if err := p.readBoard(db, v.Team, b.ID); err != nil {
			return err
		}
		v.Work = p.work
		return v.compare(p, stretch)
	})
	return v, err
}

// compare plans the board with the task as it is, and as it would be.
func (v *DatesView) compare(p *project, stretch bool) error {
	before, err := p.make(nil)
	if err != nil {
		return err
	}
	v.Was, v.Estimate = before.Bars[v.Task.ID], v.Task.Estimate
	if end := p.endOf(v.Due); stretch && !end.IsZero() {
		v.Estimate = min(max(p.work.Between(v.Was.Start, end), leastStretch), flow.MaxEstimate)
	}
	other := p.tasks[v.Task.ID]
	other.Due, other.Estimate = v.Due, v.Estimate
	after, err := p.make(map[string]Task{v.Task.ID: other})
	if err != nil {
		return err
	}
	v.Now, v.WasAll, v.NowAll = after.Bars[v.Task.ID], p.finish(before, v.Board), p.finish(after, v.Board)
	pushed := p.pushed(before, after, v.Task.ID, v.Board)
	v.Pushes = len(pushed)
	for _, t := range pushed {
		if t.Breaks {
			v.Breaks++
		}
	}
	v.Pushed = pushed[:min(len(pushed), MostPushed)]
	return nil
}

// pushed are the tasks of a board but one whose finish differs between two plans.
func (p *project) pushed(before, after *plan.Schedule, but string, b Board) (all []PushedTask) {
	for _, shift := range before.Shifts(after) {
		t := p.tasks[shift.ID]
		if t.ID == but || t.BoardID != b.ID {
			continue
		}
		all = append(all, PushedTask{TaskRef: TaskRef{ID: t.ID, Key: Key(b.Key, t.Number), Title: t.Title, State: t.State}, Was: shift.Was, Now: shift.Now,
			Due: t.Due, Breaks: t.Due != "" && t.State.Open() && shift.Now.Late > shift.Was.Late})
	}
	return all
}

// Dates are what a hand makes of a task on a calendar or a timeline.
type Dates struct {
	Due     Date
	Minutes *int // that it takes; nil: as before
	Along   bool // what would miss its due date because of it is due when it can be done
}

// ChangeDates gives a task other dates, and those that they would break to others on
// its board, in one change: undoing it undoes all. It returns what EditTask does.
func (s *Store) ChangeDates(ctx context.Context, who Actor, task string, seen int64, d Dates) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		in := TaskInput{Due: &d.Due, Estimate: d.Minutes}
		t, err := tx.fresh(task, seen, in.fields()...)
		if err != nil {
			return err
		}
		if !d.Along {
			return tx.edit(t, in)
		}
		return tx.editAlong(t, in)
	})
}

func (tx *Tx) editAlong(t onBoard, in TaskInput) error {
	p := newProject(tx.Team, tx.now)
	if err := p.readBoard(tx.db, tx.Team, t.BoardID); err != nil {
		return err
	}
	before, err := p.make(nil)
	if err != nil {
		return err
	}
	first := tx.seq
	if err := tx.edit(t, in); err != nil || tx.seq == first {
		return err
	}
	tx.cause = first + 1 // of what goes along
	is, err := in.apply(t.Task)
	if err != nil {
		return err
	}
	after, err := p.make(map[string]Task{t.ID: is})
	if err != nil {
		return err
	}
	for _, other := range p.pushed(before, after, t.ID, t.board) {
		if !other.Breaks {
			continue
		}
		follower, err := tx.task(other.ID)
		if err != nil {
			return err
		}
		day := Date(other.Now.Finish.In(p.work.Zone()).Format(time.DateOnly))
		if err := tx.edit(follower, TaskInput{Due: &day}); err != nil {
			return err
		}
	}
	return nil
}

// leastStretch is the shortest that a hand makes a task: an hour.
const leastStretch = 60

// finish is when all of a board that is not done is done.
func (p *project) finish(s *plan.Schedule, b Board) (last time.Time) {
	for id, bar := range s.Bars {
		if t := p.tasks[id]; t.BoardID == b.ID && t.State.Open() && bar.Finish.After(last) {
			last = bar.Finish
		}
	}
	return last
}
