package models

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Limits of tasks.
const (
	MaxTitle       = 200    // characters
	MaxDescription = 50_000 // characters
	MaxAtOnce      = 500    // tasks added by one paste
)

// AddTasks adds a task for each title at the bottom of a column, in their order;
// what is done goes to the top. A new task has no prerequisites, so in a waiting column it becomes ready at
// once; a column of started work takes it as started. It returns Invalid faults
// for the field titles, and ColumnFull where a hard limit would be passed.
func (s *Store) AddTasks(ctx context.Context, who Actor, column string, titles []string) ([]Task, error) {
	var tasks []Task
	err := s.change(ctx, who, ofColumn(column), access.EditTask, func(tx *Tx) error {
		titles, err := checkTitles(titles)
		if err != nil {
			return err
		}
		b, c, _, err := tx.columnOf(column)
		if err != nil {
			return err
		}
		if err := tx.checkRoom(c, len(titles)); err != nil {
			return err
		}
		tasks, err = tx.addTasks(b, c, titles)
		return err
	})
	return tasks, err
}

func checkTitles(titles []string) ([]string, error) {
	var kept []string
	for _, t := range titles {
		if t = strings.TrimSpace(t); t != "" {
			kept = append(kept, t)
		}
	}
	switch {
	case len(kept) == 0:
		return nil, fault.On("titles", fault.Needed)
	case len(kept) > MaxAtOnce:
		return nil, fault.On("titles", fault.TooManyAtOnce, MaxAtOnce)
	}
	for _, t := range kept {
		if utf8.RuneCountInString(t) > MaxTitle {
			return nil, fault.On("titles", fault.TooLong, MaxTitle)
		}
	}
	return kept, nil
}

// checkRoom refuses to let people put n more cards over a hard limit.
func (tx *Tx) checkRoom(c Column, n int) error {
	if !c.WIPHard || c.WIPLimit == 0 {
		return nil
	}
	has, err := tx.count(c.ID)
	if err != nil {
		return err
	}
	if has+n > c.WIPLimit {
		return fault.New(fault.Conflict, fault.ColumnFull, c.Name, c.WIPLimit)
	}
	return nil
}

func (tx *Tx) addTasks(b Board, c Column, titles []string) ([]Task, error) {
	state := c.State
	if state == flow.Waiting {
		state = flow.Ready // nothing to wait for
	}
	c, err := tx.columnFor(b.ID, c, state)
	if err != nil {
		return nil, err
	}
	ranks, err := tx.ranksFor(c, len(titles))
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for i, title := range titles {
		position := ranks[i]
		t := Task{ID: NewID(), TeamID: tx.Team.ID, BoardID: b.ID, ColumnID: c.ID, Number: b.NextNumber + int64(i), Title: title,
			State: state, Position: position, Join: flow.All, CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now, Version: tx.seq + 1}
		if state == flow.InReview || state == flow.Done {
			t.ReviewAt = &tx.now
		}
		if state == flow.Done {
			t.DoneAt = &tx.now
		}
		changes, _ := tx.difference(Task{}, t)
		subject := onBoard{t, b}.subject()
		if err := tx.create(&t, note{action: TaskCreated, subject: subject, task: subject, board: b.subject(), changes: changes}); err != nil {
			return nil, fmt.Errorf("add task: %w", err)
		}
		tasks = append(tasks, t)
	}
	next := b.NextNumber + int64(len(titles))
	return tasks, one(tx.rows().Exec("UPDATE boards SET next_number = ? WHERE id = ?", next, b.ID))
}

// ranksFor gives out ranks for n new cards, in their order: at the bottom, or at
// the top of what is done.
func (tx *Tx) ranksFor(c Column, n int) ([]string, error) {
	ranks := make([]string, n)
	if c.State != flow.Done {
		for i := range ranks {
			var err error
			if ranks[i], err = tx.bottomOf(c.ID); err != nil {
				return nil, err
			}
		}
		return ranks, nil
	}
	top, err := tx.topOf(c.ID)
	for i := range ranks {
		ranks[n-1-i] = top
		top = flow.Above(top)
	}
	return ranks, err
}

// columnFor is the column itself if it has the state, else the board's first that
// has; none if the board has no such column.
func (tx *Tx) columnFor(board string, wanted Column, state flow.State) (Column, error) {
	if wanted.State == state {
		return wanted, nil
	}
	columns, err := tx.columnsOf(board)
	if err != nil {
		return Column{}, err
	}
	for _, c := range columns {
		if c.State == state {
			return c, nil
		}
	}
	return Column{}, nil
}

// bottomOf gives out the rank below all cards of a column.
func (tx *Tx) bottomOf(column string) (string, error) {
	last, known := tx.bottoms[column]
	if !known {
		err := tx.row("SELECT COALESCE(MAX(position), '') FROM tasks WHERE column_id = ?", column).Scan(&last)
		if err != nil {
			return "", err
		}
		if tx.bottoms == nil {
			tx.bottoms = map[string]string{}
		}
	}
	tx.bottoms[column] = flow.Below(last)
	return tx.bottoms[column], nil
}

// topOf is the rank above all cards of a column.
func (tx *Tx) topOf(column string) (first string, err error) {
	err = tx.row("SELECT COALESCE(MIN(position), '') FROM tasks WHERE column_id = ?", column).Scan(&first)
	return flow.Above(first), err
}

// above is the rank just above a card of a column; at its bottom if the card is
// no longer there.
func (tx *Tx) above(column, card, moving string) (string, error) {
	var at string
	err := tx.row("SELECT position FROM tasks WHERE id = ? AND column_id = ? AND deleted_at IS NULL", card, column).Scan(&at)
	if err = orMissing(err); fault.From(err) != nil {
		return tx.bottomOf(column)
	} else if err != nil {
		return "", err
	}
	var before string
	err = tx.row("SELECT COALESCE(MAX(position), '') FROM tasks WHERE column_id = ? AND position < ? AND id <> ?", column, at, moving).Scan(&before)
	return flow.Between(before, at), err
}
