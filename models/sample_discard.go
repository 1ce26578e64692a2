package models

import (
	"context"
	"fmt"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
)

// partsOfBoard are the tables of what belongs to a board besides its tasks, each with
// how its rows are told from others, in an order in which they can go.
var partsOfBoard = []struct{ table, of string }{
	{"views", "board_id = ?"},
	{"field_options", "field_id IN (SELECT id FROM fields WHERE board_id = ?)"},
	{"fields", "board_id = ?"},
	{"patterns", "board_id = ?"},
	{"labels", "board_id = ?"},
	{"columns", "board_id = ?"},
}

// DiscardSample throws a sample board away, with all that is on it, at once and for
// good: the log alone keeps that it was there. What waited for one of its tasks on
// another board is judged anew. It returns NotASample, or InUse if something besides
// its own tasks still needs the board.
func (s *Store) DiscardSample(ctx context.Context, who Actor, board string) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, err := tx.board(board)
		if err != nil {
			return err
		}
		if !b.Sample {
			return fault.New(fault.Conflict, fault.NotASample)
		}
		tx.cause = tx.record(note{action: BoardDiscarded, subject: b.subject(), board: b.subject()})
		if err := tx.discardTasks(b); err != nil {
			return inUse(err)
		}
		for _, p := range partsOfBoard {
			if err := tx.rows().Exec("DELETE FROM "+p.table+" WHERE "+p.of, board).Error; err != nil {
				return inUse(fmt.Errorf("discard %s: %w", p.table, err))
			}
		}
		return inUse(one(tx.rows().Delete(&Board{ID: board})))
	})
}

// discardTasks purges all of a board's tasks, those in the bin too.
func (tx *Tx) discardTasks(b Board) error {
	var tasks []Task
	if err := tx.db.Where("board_id = ?", b.ID).Order("number").Find(&tasks).Error; err != nil {
		return err
	}
	if len(tasks) == 0 {
		return nil
	}
	blobs, err := tx.blobsOf(tasks)
	if err != nil {
		return err
	}
	here, waited := map[string]bool{}, []string(nil)
	for _, t := range tasks {
		here[t.ID] = true
		if t.DeletedAt != nil {
			continue
		}
		released, err := tx.remove(onBoard{t, b})
		if err != nil {
			return err
		}
		waited = append(waited, released...)
	}
	var elsewhere []string
	for _, id := range waited {
		if !here[id] {
			elsewhere = append(elsewhere, id)
		}
	}
	if err := tx.settle(nil, elsewhere); err != nil {
		return err
	}
	for _, part := range partsOfTask {
		if err := tx.rows().Exec("DELETE FROM "+part+" WHERE task_id IN (SELECT id FROM tasks WHERE board_id = ?)", b.ID).Error; err != nil {
			return fmt.Errorf("discard %s: %w", part, err)
		}
	}
	for _, t := range tasks {
		subject := onBoard{t, b}.subject()
		if err := tx.delete(&Task{ID: t.ID}, note{action: TaskPurged, subject: subject, task: subject, board: b.subject(), auto: true, cause: tx.cause}); err != nil {
			return fmt.Errorf("discard %s: %w", subject.Name, err)
		}
	}
	return tx.letGo(blobs)
}

// inUse tells a refusal of the database to leave something pointing nowhere from
// other errors.
func inUse(err error) error {
	if err != nil && strings.Contains(strings.ToLower(err.Error()), "foreign key") {
		return fault.New(fault.Conflict, fault.BoardInUse)
	}
	return err
}
