package models

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Bringing is where a task can be brought to, by a move or a copy: the boards of its
// team that are not archived, its own first.
type Bringing struct {
	TaskView
	Boards []BringTo
}

// BringTo is a board that a task can be brought to.
type BringTo struct {
	Board
	Lost []string // labels of the task that it has none of by that name

	LostFields []string // fields that the task holds something in which has no place there
}

// Bringing reads where a task can be brought to, for whoever may.
func (s *Store) Bringing(ctx context.Context, who Actor, task string) (v Bringing, err error) {
	if v.TaskView, err = s.Task(ctx, who, task); err != nil {
		return v, err
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if _, err := seeTeam(db, who, v.Team.ID, access.EditTask); err != nil {
			return err
		}
		var boards []Board
		if err := db.Where("team_id = ? AND archived_at IS NULL", v.Team.ID).Order("LOWER(name), id").Find(&boards).Error; err != nil {
			return err
		}
		var has []Label
		if err := db.Find(&has, "board_id IN (SELECT id FROM boards WHERE team_id = ?)", v.Team.ID).Error; err != nil {
			return err
		}
		fields, err := fieldsOfMany(db, boards)
		if err != nil {
			return err
		}
		v.Boards = []BringTo{{Board: v.Board}}
		for _, b := range boards {
			if b.ID == v.Board.ID {
				continue
			}
			to := BringTo{Board: b}
			for _, l := range v.Labels {
				if !slices.ContainsFunc(has, func(o Label) bool { return o.BoardID == b.ID && strings.EqualFold(o.Name, l.Name) }) {
					to.Lost = append(to.Lost, l.Name)
				}
			}
			_, to.LostFields = fit(fields[b.ID], v.Fields)
			v.Boards = append(v.Boards, to)
		}
		return nil
	})
	return v, err
}

// TransferTask moves a task to another board of its team, with all it holds and its
// dependencies. It gets a number of that board, stands at the bottom of the first
// column of its state, and keeps the labels that the board has one of by that name.
// It returns NotAChoice for the field board, ColumnFull, and Stale if somebody has
// moved it since seen.
func (s *Store) TransferTask(ctx context.Context, who Actor, task string, seen int64, board string) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "board", "state")
		if err != nil || t.BoardID == board {
			return err
		}
		to, err := tx.otherBoard(board)
		if err != nil {
			return err
		}
		is := t.Task
		is.BoardID, is.Number = to.ID, to.NextNumber
		if is, err = tx.settleIn(onBoard{is, to}); err != nil {
			return err
		}
		if is.ColumnID != "" && is.ArchivedAt == nil {
			c, err := tx.columnFor(to.ID, Column{}, is.State)
			if err != nil {
				return err
			}
			if err := tx.checkRoom(c, 1); err != nil {
				return err
			}
		}
		worn, err := labelsOn(tx.db, []string{task})
		if err != nil {
			return err
		}
		var names, ids []string
		for _, l := range worn[task] {
			names = append(names, l.Name)
		}
		has, err := tx.labelsNamed(to.ID, names)
		if err != nil {
			return err
		}
		for _, l := range has {
			ids = append(ids, l.ID)
		}
		var more []ledger.Change
		if len(names) > 0 {
			if more, err = tx.setLabels(onBoard{is, to}, ids); err != nil {
				return err
			}
		}
		values, lost, err := tx.carryValues(t, onBoard{is, to})
		if err != nil {
			return err
		}
		seq, err := tx.saveWith(t, is, note{action: TaskTransferred}, append(more, values...))
		if err != nil {
			return err
		}
		if lost {
			if err := tx.approvalFalls(onBoard{is, to}, seq); err != nil {
				return err
			}
		}
		if err := one(tx.rows().Exec("UPDATE boards SET next_number = ? WHERE id = ?", to.NextNumber+1, to.ID)); err != nil {
			return err
		}
		return tx.settle([]string{task}, nil)
	})
}

// near are the states whose column takes a task of a state that the board has no
// column for: where work was is where it goes on.
var near = map[flow.State][]flow.State{
	flow.InReview: {flow.InReview, flow.InProgress, flow.Ready}, flow.InProgress: {flow.InProgress, flow.Ready},
}

// settleIn is a task at the bottom of the column of its board that has its state, or
// is nearest to it.
func (tx *Tx) settleIn(t onBoard) (Task, error) {
	states := near[t.State]
	if states == nil {
		states = []flow.State{t.State}
	}
	for _, state := range states {
		c, err := tx.columnFor(t.BoardID, Column{}, state)
		if err != nil {
			return t.Task, err
		}
		if c.ID == "" {
			continue
		}
		after := t.flow()
		if state != t.State {
			v, err := tx.judge(t)
			if err != nil {
				return t.Task, err
			}
			moved, refused := after.Move(state, v, tx.now)
			if refused != nil {
				return t.Task, tx.refuse(refused, v)
			}
			after = moved
		}
		return tx.inColumn(t, after, c, "")
	}
	t.ColumnID, t.Position = "", ""
	return t.Task, nil
}
