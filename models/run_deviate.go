package models

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/fault"
	"relevo/models/flow"
)

// MaxExtra is the most steps that are added in one run alone.
const MaxExtra = 50

// StepInput is what a person says of a step that is added in one run alone.
type StepInput struct {
	Title  string
	Owner  string // a member's ID; empty: nobody
	Due    Date
	After  []string // tasks of the run that come first
	Before []string // tasks of the run that wait for it
	Reason string
}

// AddStep adds a step in one run alone, on the run's board, as a deviation from its
// template. It returns the number of the entry with which the change begins; RunOver,
// BoardClosed, TooManyAtOnce, Cycle, or Invalid faults by field.
func (s *Store) AddStep(ctx context.Context, who Actor, run string, in StepInput) (seq int64, err error) {
	err = s.changeRun(ctx, who, run, func(tx *Tx, r Run) error {
		reason, err := checkReason(in.Reason, false)
		if err != nil {
			return err
		}
		if in, err = tx.checkStep(r, in); err != nil {
			return err
		}
		board, err := tx.board(r.BoardID)
		if err != nil {
			return err
		}
		if board.ArchivedAt != nil {
			return fault.New(fault.Conflict, fault.BoardClosed, board.Name)
		}
		step, err := tx.nextExtra(r.ID)
		if err != nil {
			return err
		}
		seq = tx.record(note{action: RunDeviated, subject: r.subject(), board: board.subject(), reason: reason})
		tx.cause = seq
		return tx.addStep(r, board, step, in)
	})
	return seq, err
}

// checkStep reads what was typed; all that is wrong is told at once.
func (tx *Tx) checkStep(r Run, in StepInput) (StepInput, error) {
	in.Title = tidy(in.Title)
	var faults []*fault.Fault
	switch {
	case in.Title == "":
		faults = append(faults, fault.On("title", fault.Needed))
	case utf8.RuneCountInString(in.Title) > MaxTitle:
		faults = append(faults, fault.On("title", fault.TooLong, MaxTitle))
	}
	if _, err := time.Parse(time.DateOnly, string(in.Due)); in.Due != "" && err != nil {
		faults = append(faults, fault.On("due", fault.NotADate))
	}
	people, err := tx.stillMembers([]string{in.Owner})
	if err != nil {
		return in, err
	}
	if in.Owner != "" && len(people) == 0 {
		faults = append(faults, fault.On("owner", fault.NotInTeam))
	}
	there, err := tx.stepTasks(r, "")
	if err != nil {
		return in, err
	}
	for field, ids := range map[string][]string{"after": in.After, "before": in.Before} {
		if len(ids) > MaxPrerequisites {
			faults = append(faults, fault.On(field, fault.TooManyAtOnce, MaxPrerequisites))
		}
		if slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(there, id) }) {
			faults = append(faults, fault.On(field, fault.NotAChoice))
		}
	}
	return in, fault.All(faults...)
}

// nextExtra names the next step that is added in a run alone.
func (tx *Tx) nextExtra(run string) (string, error) {
	var steps []string
	if err := tx.db.Raw("SELECT step FROM tasks WHERE run_id = ? AND step LIKE '"+extra+"%'", run).Scan(&steps).Error; err != nil {
		return "", err
	}
	if len(steps) >= MaxExtra {
		return "", fault.New(fault.Conflict, fault.TooManyAtOnce, MaxExtra)
	}
	last := 0
	for _, s := range steps {
		if n, err := strconv.Atoi(strings.TrimPrefix(s, extra)); err == nil {
			last = max(last, n)
		}
	}
	return extra + strconv.Itoa(last+1), nil
}

func (tx *Tx) addStep(r Run, b Board, step string, in StepInput) error {
	ready, err := tx.columnFor(b.ID, Column{}, flow.Ready)
	if err != nil {
		return err
	}
	d := draft{Task: Task{Title: in.Title, Due: in.Due, RunID: r.ID, Step: step}, waits: len(in.After) > 0, owners: []string{in.Owner}}
	ready.State = flow.Ready
	added, err := tx.addTasks(b, ready, []draft{d})
	if err != nil {
		return err
	}
	made := onBoard{added[0], b}
	usual, err := DependencyInput{}.check()
	if err != nil {
		return err
	}
	for _, id := range in.After {
		if err := tx.linkNew(id, made.ID, usual); err != nil {
			return err
		}
	}
	for _, id := range in.Before {
		if err := tx.linkNew(made.ID, id, usual); err != nil {
			return err
		}
	}
	return tx.settle(nil, append([]string{made.ID}, in.Before...))
}

// linkNew makes one task of a run wait for another.
func (tx *Tx) linkNew(prerequisite, dependent string, in DependencyInput) error {
	p, d, err := tx.ends(prerequisite, dependent)
	if err != nil {
		return err
	}
	if err := tx.linkIfFit(p, d, in); err != nil {
		return err
	}
	return tx.touch(p, d)
}
