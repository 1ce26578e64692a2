package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// ColumnInput is what a person says of a column.
type ColumnInput struct {
	Name     string
	State    flow.State
	WIPLimit int // 0 to MaxWIP; 0: none
	WIPHard  bool
}

// Limits of columns.
const (
	MaxColumns = 30
	MaxWIP     = 999
)

func (c Column) subject() ledger.Subject {
	return ledger.Subject{Kind: "column", ID: c.ID, Name: c.Name}
}

// AddColumn adds a column at the right end of a board, but before its Done
// columns if it is not one itself.
func (s *Store) AddColumn(ctx context.Context, who Actor, board string, in ColumnInput) (Column, error) {
	var c Column
	err := s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, err := tx.board(board)
		if err != nil {
			return err
		}
		columns, err := tx.columns(board)
		if err != nil {
			return err
		}
		if len(columns) >= MaxColumns {
			return fault.On("name", fault.TooManyColumns, MaxColumns)
		}
		if c, err = describeColumn(Column{ID: NewID(), BoardID: board}, in); err != nil {
			return err
		}
		above, below := columns[len(columns)-1].Position, ""
		if i := slices.IndexFunc(columns, func(c Column) bool { return c.State == flow.Done }); i > 0 && c.State.Open() {
			above, below = columns[i-1].Position, columns[i].Position
		}
		c.Position = flow.Between(above, below)
		return tx.insertColumn(b, &c)
	})
	return c, err
}

func (tx *Tx) insertColumn(b Board, c *Column) error {
	c.Version = tx.seq + 1
	err := tx.create(c, note{action: ColumnAdded, subject: c.subject(), board: b.subject(), changes: columnChanges(Column{}, *c)})
	if err != nil {
		return fmt.Errorf("add column: %w", err)
	}
	return tx.boardChanged(b.ID)
}

// boardChanged makes open pages fetch the whole board anew.
func (tx *Tx) boardChanged(board string) error {
	if tx.reshaped == nil {
		tx.reshaped = map[string]bool{}
	}
	tx.reshaped[board] = true
	return one(tx.rows().Exec("UPDATE boards SET version = ? WHERE id = ?", tx.seq, board))
}

func describeColumn(c Column, in ColumnInput) (Column, error) {
	c.Name, c.State, c.WIPLimit, c.WIPHard = strings.TrimSpace(in.Name), in.State, in.WIPLimit, in.WIPHard && in.WIPLimit > 0
	var state, limit *fault.Fault
	if !slices.Contains(flow.States, c.State) {
		state = fault.On("state", fault.NotAChoice)
	}
	if c.WIPLimit < 0 || c.WIPLimit > MaxWIP {
		limit = fault.On("wip_limit", fault.OutOfRange, 0, MaxWIP)
	}
	return c, fault.All(checkName(c.Name), state, limit)
}

func columnChanges(was, is Column) []ledger.Change {
	return changed("name", was.Name, is.Name, "state", string(was.State), string(is.State),
		"wip_limit", number(was.WIPLimit), number(is.WIPLimit),
		"wip_hard", yes(was.WIPHard), yes(is.WIPHard),
		"position", was.Position, is.Position)
}

// EditColumn changes a column's name and limit, and its state while it is empty.
func (s *Store) EditColumn(ctx context.Context, who Actor, column string, seen int64, in ColumnInput) error {
	return s.change(ctx, who, ofColumn(column), access.EditBoard, func(tx *Tx) error {
		b, was, others, err := tx.columnOf(column)
		if err != nil {
			return err
		}
		if in.State == "" {
			in.State = was.State
		}
		is, err := describeColumn(was, in)
		if err != nil {
			return err
		}
		changes := columnChanges(was, is)
		if len(changes) == 0 {
			return nil
		}
		if was.Version > seen {
			return stale(changes)
		}
		if is.State != was.State {
			cards, err := tx.count(column)
			if err != nil {
				return err
			}
			if cards > 0 {
				return fault.On("state", fault.ColumnNotEmpty)
			}
			if err := checkRemains(others, was.State, "state"); err != nil {
				return err
			}
		}
		err = tx.update(&Column{ID: column}, map[string]any{"name": is.Name, "state": is.State, "wip_limit": is.WIPLimit,
			"wip_hard": is.WIPHard, "version": tx.seq + 1},
			note{action: ColumnEdited, subject: is.subject(), board: b.subject(), changes: changes})
		if err != nil {
			return err
		}
		return tx.boardChanged(b.ID)
	})
}

// checkRemains refuses to take away the last column that the automation needs.
func checkRemains(others []Column, state flow.State, field string) error {
	if state != flow.Waiting && state != flow.Ready && state != flow.Done {
		return nil
	}
	if slices.ContainsFunc(others, func(c Column) bool { return c.State == state }) {
		return nil
	}
	f := fault.On(field, fault.LastOfState, state)
	f.Kind = fault.Conflict
	return f
}

// MoveColumn puts a column before another one of its board; empty: last.
func (s *Store) MoveColumn(ctx context.Context, who Actor, column, before string) error {
	return s.change(ctx, who, ofColumn(column), access.EditBoard, func(tx *Tx) error {
		b, c, others, err := tx.columnOf(column)
		if err != nil || column == before {
			return err
		}
		at := len(others)
		if before != "" {
			if at = slices.IndexFunc(others, func(c Column) bool { return c.ID == before }); at < 0 {
				return fault.On("before", fault.NotAChoice)
			}
		}
		is := c
		is.Position = rankAt(at, c.Position, others, func(o Column) string { return o.Position })
		if is.Position == c.Position {
			return nil
		}
		err = tx.update(&Column{ID: column}, map[string]any{"position": is.Position, "version": tx.seq + 1},
			note{action: ColumnMoved, subject: c.subject(), board: b.subject(), changes: columnChanges(c, is)})
		if err != nil {
			return err
		}
		return tx.boardChanged(b.ID)
	})
}

// RemoveColumn removes a column after moving its cards, by the rules of movement,
// to the bottom of another one of the board. It returns ColumnNotEmpty if there
// are cards and cardsTo is empty, LastOfState if the board needs the column, and
// whatever refuses a card; then nothing is moved.
func (s *Store) RemoveColumn(ctx context.Context, who Actor, column, cardsTo string) error {
	return s.change(ctx, who, ofColumn(column), access.EditBoard, func(tx *Tx) error {
		b, c, others, err := tx.columnOf(column)
		if err != nil {
			return err
		}
		if err := checkRemains(others, c.State, ""); err != nil {
			return err
		}
		var ids []string
		if err := tx.db.Raw("SELECT id FROM tasks WHERE column_id = ? AND deleted_at IS NULL ORDER BY position, id", column).Scan(&ids).Error; err != nil {
			return err
		}
		if len(ids) > 0 {
			to := slices.IndexFunc(others, func(c Column) bool { return c.ID == cardsTo })
			if to < 0 {
				return fault.On("to", fault.ColumnNotEmpty)
			}
			if err := tx.checkRoom(others[to], len(ids)); err != nil {
				return err
			}
			if err := tx.moveAll(ids, others[to]); err != nil {
				return err
			}
		}
		if err := tx.delete(&Column{ID: column}, note{action: ColumnRemoved, subject: c.subject(), board: b.subject()}); err != nil {
			return err
		}
		return tx.boardChanged(b.ID)
	})
}

func (tx *Tx) moveAll(ids []string, to Column) error {
	var moved []onBoard
	for _, id := range ids {
		t, err := tx.task(id)
		if err != nil {
			return err
		}
		if err := tx.place(t, to, "", ""); err != nil {
			return err
		}
		moved = append(moved, t)
	}
	return tx.settleMoved(moved...)
}

// columnOf loads a column with its board and the board's other columns in order.
func (tx *Tx) columnOf(column string) (b Board, c Column, others []Column, err error) {
	if err = tx.db.Take(&c, "id = ?", column).Error; err != nil {
		return b, c, nil, orMissing(err)
	}
	if b, err = tx.board(c.BoardID); err != nil {
		return b, c, nil, err
	}
	if others, err = tx.columns(c.BoardID); err != nil {
		return b, c, nil, err
	}
	others = slices.DeleteFunc(slices.Clone(others), func(o Column) bool { return o.ID == column })
	return b, c, others, nil
}

// columns returns a board's columns from left to right.
func (tx *Tx) columns(board string) ([]Column, error) {
	var columns []Column
	err := tx.db.Where("board_id = ?", board).Order("position, id").Find(&columns).Error
	return columns, err
}

// count is how many cards a column holds.
func (tx *Tx) count(column string) (n int, err error) {
	err = tx.db.Raw("SELECT COUNT(*) FROM tasks WHERE column_id = ? AND deleted_at IS NULL AND archived_at IS NULL", column).Row().Scan(&n)
	return n, err
}

// rankAt is the rank of something that is to stand at a place among others; the one
// that it has, if that is there.
func rankAt[T any](at int, has string, others []T, rank func(T) string) string {
	above, below := "", ""
	if at > 0 {
		above = rank(others[at-1])
	}
	if at < len(others) {
		below = rank(others[at])
	}
	if above < has && (below == "" || has < below) {
		return has
	}
	return flow.Between(above, below)
}
