package models

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/models/recur"
)

// Trouble is a reason why a schedule could not start a run.
type Trouble struct {
	Code  fault.Code
	Field string // of the form that starts a run; empty: it is about all of it
	Label string // what the template calls that
	Args  []any
}

// Fault is the trouble as it was refused.
func (t Trouble) Fault() *fault.Fault {
	return &fault.Fault{Kind: fault.Invalid, Code: t.Code, Args: t.Args}
}

// Troubles are why the last run was not started.
func (sch Schedule) Troubles() (all []Trouble) {
	in := json.NewDecoder(bytes.NewReader([]byte(sch.Failure)))
	in.UseNumber()
	_ = in.Decode(&all) // written by us, or empty
	for _, t := range all {
		for i, arg := range t.Args {
			if number, is := arg.(json.Number); is {
				if n, err := number.Int64(); err == nil {
					t.Args[i] = int(n)
				}
			}
		}
	}
	return all
}

// Misstart is a run that was not started on its day.
type Misstart struct {
	Schedule Schedule
	Day      Date
	Template string // name
	Troubles []Trouble
}

// TellMisstart words a run that was not started for somebody of a language: the title and
// the description of a task about it, and the reason alone.
type TellMisstart func(lang string, m Misstart) (title, text, reason string)

// schedulesAtOnce is how many schedules StartScheduled looks for at a time.
const schedulesAtOnce = 200

// StartScheduled starts the runs whose schedules' time has come. It does no harm twice, or
// on several servers at once: of what passed while nobody looked only the last is started.
// What cannot be started is logged, and a task tells whoever keeps the schedule.
func (s *Store) StartScheduled(ctx context.Context, tell TellMisstart) error {
	for last := ""; ; {
		var due []string
		err := s.parts.Read.WithContext(ctx).Raw("SELECT id FROM schedules WHERE next_at <= ? AND id > ? ORDER BY id LIMIT ?", s.now(), last, schedulesAtOnce).Scan(&due).Error
		if err != nil {
			return fmt.Errorf("find what starts: %w", err)
		}
		var failed []error
		for _, id := range due {
			failed = append(failed, s.startScheduled(ctx, id, tell))
		}
		if err := errors.Join(failed...); err != nil || len(due) < schedulesAtOnce {
			return err
		}
		last = due[len(due)-1]
	}
}

// startScheduled starts what is due of a schedule; if that is refused, it tells so by a
// task; if that is refused, too, it stops the schedule.
func (s *Store) startScheduled(ctx context.Context, id string, tell TellMisstart) error {
	var v StartView
	due := func(fn func(*Tx, Schedule, recur.Place) error) error {
		return s.change(ctx, automation, ofSchedule(id), access.StartRun, func(tx *Tx) error {
			sch, err := tx.schedule(id)
			if err != nil || sch.NextAt == nil || sch.NextAt.After(tx.now) {
				return err
			}
			place, is := sch.plan().Latest(sch.place(), sch.come(tx.Team, tx.now), tx.Team.works)
			if !is { // the team's days are others than they were
				return tx.set("schedules", id, []set{{"next_at", sch.timed(tx.Team).NextAt}})
			}
			tx.cause = sch.Seq
			return fn(tx, sch, place)
		})
	}
	err := due(func(tx *Tx, sch Schedule, place recur.Place) (err error) {
		v, err = tx.startOfSchedule(sch, place)
		return err
	})
	if fault.From(err) == nil {
		return err
	}
	why := v.troubles(fault.From(err))
	err = due(func(tx *Tx, sch Schedule, place recur.Place) error { return tx.misstart(sch, place, why, tell) })
	if fault.From(err) == nil {
		return err
	}
	err = due(func(tx *Tx, sch Schedule, place recur.Place) error {
		return tx.stopSchedule(sch, place, append(why, v.troubles(fault.From(err))...), tell)
	})
	if f := fault.From(err); f != nil && f.Kind == fault.Missing {
		return nil // somebody has removed it
	}
	return err
}

// startOfSchedule starts the run of a day, just as the form would.
func (tx *Tx) startOfSchedule(sch Schedule, place recur.Place) (StartView, error) {
	v, last, err := readStart(tx.db, tx.books, MyTeam{Team: tx.Team, Seq: tx.seq}, sch.TemplateID)
	if err != nil {
		return v, err
	}
	v.schedule = sch
	v.startOn(place.On, last, tx.now)
	if err := v.plan(); err != nil {
		return v, err
	}
	if _, err := tx.startRun(NewID(), v); err != nil {
		return v, err
	}
	is := sch.at(place).timed(tx.Team)
	return v, tx.set("schedules", sch.ID, append(is.progress(), set{"failure", ""}, set{"failed_at", nil}))
}

// progress are the columns that say how far a schedule is.
func (sch Schedule) progress() []set {
	return []set{{"passed", sch.Passed}, {"came_on", sch.CameOn}, {"times", sch.Times}, {"next_at", sch.NextAt}}
}

// troubles are all that a start was refused for. Of who plays a role by the answer to an
// input the input tells.
func (v StartView) troubles(f *fault.Fault) []Trouble {
	var all []Trouble
	for _, f := range append([]*fault.Fault{f}, f.Also...) {
		if r, is := v.Role(strings.TrimPrefix(f.Field, RoleField(""))); is && f.Field == RoleField(r.ID) && r.Who == playbook.FromInput {
			continue
		}
		all = append(all, Trouble{Code: f.Code, Field: f.Field, Label: v.label(f.Field), Args: f.Args})
	}
	return all
}

// label is what the template calls a field of the form.
func (v StartView) label(field string) string {
	for _, t := range targets(v.Definition) {
		if t.ID == field {
			return t.Label
		}
	}
	return ""
}

// misstart lets a day pass without a run, and tells whoever keeps the schedule by a task,
// unless there is one about it already.
func (tx *Tx) misstart(sch Schedule, place recur.Place, why []Trouble, tell TellMisstart) error {
	board, err := tx.board(sch.BoardID)
	if err != nil {
		return err
	}
	if board.ArchivedAt != nil {
		return fault.New(fault.Conflict, fault.BoardClosed, board.Name)
	}
	told, err := openTasks(tx.db, []string{sch.TaskID})
	if err != nil {
		return err
	}
	is, title, text, err := tx.missed(sch, place, why, tell, ScheduleFailed)
	if err != nil {
		return err
	}
	if len(told) == 0 {
		made, err := tx.makeTask(board.ID, draft{Task: Task{Title: shorten(title, MaxTitle), Description: text, Priority: High}, owners: []string{sch.KeptBy}, cause: tx.seq})
		if err != nil {
			return err
		}
		is.TaskID = made.ID
	}
	return tx.set("schedules", sch.ID, append(is.progress(), set{"failure", is.Failure}, set{"failed_at", is.FailedAt}, set{"task_id", is.TaskID}))
}

// stopSchedule lets a schedule start nothing any more.
func (tx *Tx) stopSchedule(sch Schedule, place recur.Place, why []Trouble, tell TellMisstart) error {
	sch.StoppedAt = &tx.now
	is, _, _, err := tx.missed(sch, place, why, tell, ScheduleStopped)
	if err != nil {
		return err
	}
	return tx.set("schedules", sch.ID, append(is.progress(), set{"failure", is.Failure}, set{"failed_at", is.FailedAt}, set{"stopped_at", is.StoppedAt}))
}

// missed records that the run of a day was not started, with the reason in the language
// of whoever keeps the schedule.
func (tx *Tx) missed(sch Schedule, place recur.Place, why []Trouble, tell TellMisstart, action Action) (is Schedule, title, text string, err error) {
	var lang, template string
	if err := errors.Join(tx.db.Raw("SELECT lang FROM users WHERE id = ?", sch.KeptBy).Scan(&lang).Error,
		tx.db.Raw("SELECT name FROM templates WHERE id = ?", sch.TemplateID).Scan(&template).Error); err != nil {
		return sch, "", "", err
	}
	title, text, reason := tell(lang, Misstart{Schedule: sch, Day: Date(place.On), Template: template, Troubles: why})
	was := sch
	was.StoppedAt = nil
	n := tx.scheduleNote(action, was, sch)
	n.reason = shorten(reason, MaxReason)
	tx.record(n)
	is = sch.at(place).timed(tx.Team)
	kept, err := json.Marshal(why)
	is.Failure, is.FailedAt = string(kept), &tx.now
	return is, title, text, err
}
