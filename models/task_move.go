package models

import (
	"context"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Place is where a card is put.
type Place struct {
	Column   string
	Before   string // the card that it goes above; empty: at the bottom. A task that this makes done goes to the top
	Override string // a manager's reason for moving it ahead of its prerequisites; empty: none
	Lane     LaneMove
}

// MoveTask puts a card into a column of its board, and into another swimlane. It returns StillWaits (with
// what it waits for), IsBlocked, NothingToWait, IsArchived or ColumnFull where the rules
// refuse it, and Stale if somebody has moved it since seen.
func (s *Store) MoveTask(ctx context.Context, who Actor, task string, seen int64, to Place) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.active(task, seen, append(to.Lane.fields(), "state", "column")...)
		if err != nil {
			return err
		}
		if err := tx.moveTo(t, to); err != nil {
			return err
		}
		return tx.settleMoved(t)
	})
}

// moveTo puts a card where a person wants it; the rules are still to settle.
func (tx *Tx) moveTo(t onBoard, to Place) error {
	columns, err := tx.columnsOf(t.BoardID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(columns, func(c Column) bool { return c.ID == to.Column })
	if i < 0 {
		return fault.On("column", fault.NotAChoice)
	}
	if t, err = tx.toLane(t, to.Lane); err != nil {
		return err
	}
	if reason := strings.TrimSpace(to.Override); reason != "" && t.State == flow.Waiting {
		if t, err = tx.override(t, reason); err != nil {
			return err
		}
	}
	if columns[i].ID != t.ColumnID {
		if err := tx.checkRoom(columns[i], 1); err != nil {
			return err
		}
	}
	position, err := tx.positionIn(columns[i], t, to.Before)
	if err != nil {
		return err
	}
	return tx.place(t, columns[i], position, "")
}

// settleMoved settles what people moved, given as it was before. What comes back
// from the cancelled may wait for time alone, and is put on the clock.
func (tx *Tx) settleMoved(tasks ...onBoard) error {
	var moved, back []string
	for _, t := range tasks {
		moved = append(moved, t.ID)
		if t.State == flow.Cancelled {
			back = append(back, t.ID)
		}
	}
	return tx.settle(moved, back)
}

// positionIn is the rank above a card, or at the bottom. What is only now done goes
// to the top, wherever it is put: of what is done the last is what one looks for.
func (tx *Tx) positionIn(to Column, t onBoard, before string) (string, error) {
	switch {
	case to.State == flow.Done && t.State != flow.Done:
		return tx.topOf(to.ID)
	case before == t.ID:
		return t.Position, nil
	case before == "":
		return tx.bottomOf(to.ID)
	}
	return tx.above(to.ID, before, t.ID)
}

// place moves a card by the rules of movement. Where they want another state than
// the column's, it goes to the bottom of that state's first column. An empty
// position is the bottom.
func (tx *Tx) place(t onBoard, to Column, position string, reason string) error {
	v, err := tx.judge(t)
	if err != nil {
		return err
	}
	after, refused := t.flow().Move(to.State, v, tx.now)
	if refused != nil && refused.Code != fault.IsBlocked {
		return tx.refuse(refused, v)
	}
	if to.State == flow.Done && t.State != flow.Done {
		if err := tx.checkDone(t); err != nil {
			return err
		}
	}
	action := TaskMoved
	switch {
	case after.State == t.State:
	case after.State == flow.Done:
		action = TaskCompleted
	case after.State == flow.Cancelled:
		action = TaskCancelled
	case !t.State.Open():
		action = TaskReopened
	}
	is, err := tx.inColumn(t, after, to, position)
	if err != nil {
		return err
	}
	seq, err := tx.save(t, is, note{action: action, reason: reason})
	if err != nil || action != TaskCompleted {
		return err
	}
	return tx.comeAgain(onBoard{is, t.board}, seq)
}

// inColumn is the task as the rules left it, in the wanted column if that has the
// state, else in the first one that has, else in none.
func (tx *Tx) inColumn(t onBoard, after flow.Task, wanted Column, position string) (Task, error) {
	is := t.as(after)
	c, err := tx.columnFor(t.BoardID, wanted, after.State)
	if err != nil {
		return is, err
	}
	if c.ID == "" {
		is.ColumnID, is.Position = "", ""
		return is, nil
	}
	if c.ID != wanted.ID || position == "" {
		if position, err = tx.bottomOf(c.ID); err != nil {
			return is, err
		}
	}
	is.ColumnID, is.Position = c.ID, position
	return is, nil
}
