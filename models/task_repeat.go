package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/recur"
)

// A task may come again: on a schedule, by the days of its team's zone and calendar, or some time
// after it was done. The next one is a task of its own, and takes the rule over in the
// change that makes it. One task of a series has the rule, the last one: so none is
// made twice, whoever tries. What comes on a schedule comes whether the one before is
// done, cancelled, archived or still at work; it does not come while its task is in
// the bin or its board is archived, and of the days that passed meanwhile only the
// last one is made up for.

// RepeatTask makes a task come again as a rule says, in place of an earlier one,
// counted from its due date or, if it has none ahead, from today. It returns Invalid
// faults by field, NeverAgain on until or count, NotOpen for a task that is finished and would
// come again after it is done, IsArchived and Stale.
func (s *Store) RepeatTask(ctx context.Context, who Actor, task string, seen int64, rule recur.Rule) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.active(task, seen, "repeats", "repeats_on")
		if err != nil {
			return err
		}
		if err := rule.Check(); err != nil {
			return err
		}
		if rule.AfterDone && !t.State.Open() {
			return fault.New(fault.Conflict, fault.NotOpen)
		}
		is := t.Task
		is.Repeats, is.RepeatsOn = rule.String(), max(t.Due, tx.today())
		if _, more := rule.Next(string(is.RepeatsOn), tx.Team.works); !more {
			field := "until"
			if rule.Ends() {
				field = "count"
			}
			return fault.On(field, fault.NeverAgain)
		}
		return tx.saveRepeat(t, is)
	})
}

// StopRepeating makes a task come again no more.
func (s *Store) StopRepeating(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "repeats")
		if err != nil {
			return err
		}
		is := t.Task
		is.Repeats, is.RepeatsOn = "", ""
		return tx.saveRepeat(t, is)
	})
}

// SkipRepeat leaves out the next time of a task that comes on a schedule. It returns
// NothingToSkip if there is none.
func (s *Store) SkipRepeat(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "repeats", "repeats_on")
		if err != nil {
			return err
		}
		rule := t.rule()
		next, more := rule.Next(string(t.RepeatsOn), tx.Team.works)
		if !more || rule.AfterDone {
			return fault.New(fault.Conflict, fault.NothingToSkip)
		}
		is := t.Task
		is.Repeats, is.RepeatsOn = rule.Then().String(), Date(next)
		return tx.saveRepeat(t, is)
	})
}

func (tx *Tx) saveRepeat(t onBoard, is Task) error {
	_, err := tx.save(t, is, note{action: TaskEdited})
	return err
}

// today is the day that it is in the team's zone.
func (tx *Tx) today() Date { return Date(tx.now.In(Zone(tx.Team.Zone)).Format(time.DateOnly)) }

// rule is how a task comes again; none, if it does not.
func (t Task) rule() recur.Rule {
	rule, err := recur.Parse(t.Repeats)
	if err != nil {
		return recur.Rule{} // there is none such in the table
	}
	return rule
}

// comesAt is the moment at which the next of a task is made; nil: not by time.
func (t Task) comesAt(team Team) *time.Time {
	rule := t.rule()
	if rule.None() || rule.AfterDone {
		return nil
	}
	day, more := rule.Next(string(t.RepeatsOn), team.works)
	if !more {
		return nil
	}
	at, ok := recur.Start(day, Zone(team.Zone))
	if !ok {
		return nil
	}
	return &at
}

// works reports whether the team works on a day.
func (t Team) works(day time.Time) bool { return t.calendar().Works(day) }

// retimeRepeats sets the moments anew after the team's days begin at other ones, or
// it works on others.
func (tx *Tx) retimeRepeats() error {
	var tasks []Task
	if err := tx.db.Select("id", "repeats", "repeats_on").Find(&tasks, "team_id = ? AND repeat_at IS NOT NULL", tx.Team.ID).Error; err != nil {
		return err
	}
	for _, t := range tasks {
		if err := tx.set("tasks", t.ID, []set{{"repeat_at", t.comesAt(tx.Team)}}); err != nil {
			return err
		}
	}
	return nil
}

// repeatsAtOnce is how many tasks Repeat looks for at a time.
const repeatsAtOnce = 200

// Repeat makes the tasks whose time to come again has come. It does no harm twice,
// or on several servers at once: of a task whose rule has gone on nothing is made.
func (s *Store) Repeat(ctx context.Context) error {
	for last := ""; ; {
		var due []string
		err := s.parts.Read.WithContext(ctx).Raw(`SELECT t.id FROM tasks t JOIN boards b ON b.id = t.board_id
			WHERE t.repeat_at <= ? AND t.id > ? AND t.deleted_at IS NULL AND b.archived_at IS NULL ORDER BY t.id LIMIT ?`, s.now(), last, repeatsAtOnce).Scan(&due).Error
		if err != nil {
			return fmt.Errorf("find what repeats: %w", err)
		}
		var failed []error
		for _, id := range due {
			err := s.change(ctx, automation, ofTask(id), access.EditTask, func(tx *Tx) error { return tx.repeatDue(id) })
			if fault.From(err) == nil { // else it is gone meanwhile
				failed = append(failed, err)
			}
		}
		if err := errors.Join(failed...); err != nil || len(due) < repeatsAtOnce {
			return err
		}
		last = due[len(due)-1]
	}
}

// repeatDue makes what is to come again of a task by now, for the last of the days
// that have passed.
func (tx *Tx) repeatDue(task string) error {
	t, err := tx.task(task)
	if err != nil {
		return err
	}
	rule := t.rule()
	day, then, due := rule.Latest(string(t.RepeatsOn), string(tx.today()), tx.Team.works)
	if rule.AfterDone || !due || t.board.ArchivedAt != nil {
		return nil
	}
	var since int64
	if err := tx.row("SELECT repeat_seq FROM tasks WHERE id = ?", task).Scan(&since); err != nil {
		return err
	}
	_, err = tx.next(t, day, then, since)
	return err
}

// comeAgain makes the next of a task that comes again after it is done: the entry
// cause says that it is.
func (tx *Tx) comeAgain(t onBoard, cause int64) error {
	rule := t.rule()
	if !rule.AfterDone {
		return nil
	}
	day, more := rule.Next(string(tx.today()), tx.Team.works)
	if !more {
		return nil
	}
	made, err := tx.next(t, day, rule.Then(), cause)
	if err != nil {
		return err
	}
	return tx.settle(nil, []string{made.ID})
}

// next makes the task that comes after t on a day, and hands the rule on to it. One
// whose day lies ahead waits for it. What t proved is not handed on: what was ticked,
// attached, said or approved, nor what it holds in fields that done requires.
func (tx *Tx) next(t onBoard, day string, rule recur.Rule, cause int64) (made onBoard, err error) {
	d, err := tx.draftOf(t, CopyInput{Owners: true, Due: true, Items: true})
	if err != nil {
		return made, err
	}
	d.values = slices.DeleteFunc(d.values, func(v FieldValue) bool { return v.Required })
	for i := range d.items {
		d.items[i].Due = shift(d.items[i].Due, t.RepeatsOn, Date(day))
	}
	d.Due, d.Repeats, d.RepeatsOn, d.RepeatOf = Date(rule.DueOn(day)), rule.String(), Date(day), t.ID
	d.of, d.cause = t.subject(), cause
	if at, ok := recur.Start(day, Zone(tx.Team.Zone)); ok && at.After(tx.now) {
		d.NotBefore, d.waits = &at, true
	}
	err = tx.byItself(cause, func() error {
		if made, err = tx.makeTask(t.BoardID, d); err != nil {
			return fmt.Errorf("make next: %w", err)
		}
		is := t.Task
		is.Repeats, is.RepeatsOn = "", ""
		if _, err := tx.save(t, is, note{action: TaskRepeated, cause: made.Version}); err != nil {
			return err
		}
		return tx.askAlike(t, made)
	})
	return made, err
}

// byItself runs fn as what nobody does by hand, but that an entry brings about.
func (tx *Tx) byItself(cause int64, fn func() error) error {
	who, before := tx.actor, tx.cause
	tx.actor, tx.cause = Actor{Kind: ledger.Automation, Request: who.Request, Address: who.Address}, cause
	defer func() { tx.actor, tx.cause = who, before }()
	return fn()
}

// shift moves a date by as many days as lie between two others.
func shift(d, from, to Date) Date {
	at, err := time.Parse(time.DateOnly, string(d))
	a, errA := time.Parse(time.DateOnly, string(from))
	b, errB := time.Parse(time.DateOnly, string(to))
	if errors.Join(err, errA, errB) != nil {
		return ""
	}
	return Date(at.Add(b.Sub(a)).Format(time.DateOnly))
}

// RepeatView is how a task comes again, and what it has to do with others by that.
type RepeatView struct {
	Rule  recur.Rule // none: it does not
	Next  Date       // the day on which the next one comes; empty: it is not known, or there is none
	Of    *TaskRef   // the task that it was made of; nil: none, or it is gone
	Made  *TaskRef   // the one that was made of it
	Today Date       // in the team's zone
}

func (s *Store) readRepeat(db *gorm.DB, t Task, team Team) (v RepeatView, err error) {
	v.Rule, v.Today = t.rule(), Date(s.now().In(Zone(team.Zone)).Format(time.DateOnly))
	if next, more := v.Rule.Next(string(t.RepeatsOn), team.works); more && !v.Rule.AfterDone {
		v.Next = Date(next)
	}
	var rows []struct {
		Task
		BoardKey, BoardName string
	}
	err = db.Raw(`SELECT t.id, t.number, t.title, t.state, t.board_id, t.repeat_of, b."key" AS board_key, b.name AS board_name FROM tasks t JOIN boards b ON b.id = t.board_id
		WHERE (t.repeat_of = ? OR t.id = ?) AND t.deleted_at IS NULL ORDER BY t.id`, t.ID, t.RepeatOf).Scan(&rows).Error
	for _, r := range rows {
		ref := onBoard{r.Task, Board{Key: r.BoardKey, Name: r.BoardName}}.ref()
		if r.ID == t.RepeatOf {
			v.Of = &ref
		} else {
			v.Made = &ref
		}
	}
	return v, err
}
