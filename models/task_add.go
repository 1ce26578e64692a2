package models

import (
	"context"
	"fmt"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Limits of tasks.
const (
	MaxTitle       = 200    // characters
	MaxDescription = 50_000 // characters
	MaxAtOnce      = 500    // tasks added by one paste, and dependencies of them
)

// AddTasks adds a task for each line at the bottom of a column, in their order (what is
// done goes to the top), with what package quick understands of the line; a line
// without marks is a title. In a waiting column a task that waits for nothing becomes
// ready at once, and in a ready one that waits for something waits; a column of started
// work takes it as started.
// The entries of one deed have one cause. It returns Invalid faults for the field
// titles, Cycle where a line asks for one, and ColumnFull where a hard limit would be
// passed.
func (s *Store) AddTasks(ctx context.Context, who Actor, column string, lines []string) ([]Task, error) {
	var tasks []Task
	err := s.change(ctx, who, ofColumn(column), access.EditTask, func(tx *Tx) error {
		b, c, _, err := tx.columnOf(column)
		if err != nil {
			return err
		}
		asked, err := tx.understand(b, lines)
		if err != nil {
			return err
		}
		if err := tx.checkRoom(c, len(asked)); err != nil {
			return err
		}
		if len(asked) > 1 {
			tx.cause = tx.record(note{action: TasksChanged, subject: b.subject(), board: b.subject(), changes: []ledger.Change{
				{Field: "deed", To: string(deedAdd)}, {Field: "number", To: number(len(asked))}, {Field: "column", To: c.ID, ToText: c.Name}}})
		}
		drafts := make([]draft, len(asked))
		for i, a := range asked {
			drafts[i] = a.draft
		}
		if tasks, err = tx.addTasks(b, c, drafts); err != nil {
			return err
		}
		if tx.cause == 0 {
			tx.cause = tasks[0].Version
		}
		return tx.connect(b, tasks, asked)
	})
	return tasks, err
}

// deedAdd is what AddTasks does to several tasks at once.
const deedAdd Deed = "add"

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

// bare are drafts that say nothing but a title.
func bare(titles ...string) []draft {
	drafts := make([]draft, len(titles))
	for i, t := range titles {
		drafts[i].Title = t
	}
	return drafts
}

func (tx *Tx) addTasks(b Board, c Column, drafts []draft) ([]Task, error) {
	columns := make([]Column, len(drafts))
	for i, d := range drafts {
		state := c.State
		if state == flow.Waiting || state == flow.Ready {
			state = flow.Ready // nothing to wait for
			if d.waits {
				state = flow.Waiting
			}
		}
		var err error
		if columns[i], err = tx.columnFor(b.ID, c, state); err != nil {
			return nil, err
		}
		columns[i].State = state // where the board has no such column, it is in none
	}
	ranks, err := tx.ranksFor(columns)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for i, d := range drafts {
		in, state := columns[i], columns[i].State
		t := Task{ID: NewID(), TeamID: tx.Team.ID, BoardID: b.ID, ColumnID: in.ID, Number: b.NextNumber + int64(i), Title: d.Title, Description: d.Description, Due: d.Due, Estimate: d.Estimate, Priority: d.Priority, NeedsFile: d.NeedsFile, RunID: d.RunID, Step: d.Step,
			State: state, Position: ranks[i], Join: flow.All, CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now, Version: tx.seq + 1}
		if state == flow.InReview || state == flow.Done {
			t.ReviewAt = &tx.now
		}
		if state == flow.Done {
			t.DoneAt = &tx.now
		}
		owners, err := tx.enter(onBoard{t, b}, d)
		if err != nil {
			return nil, fmt.Errorf("add task: %w", err)
		}
		if err := tx.tell(personIDs(owners), t.ID, Assigned, t.Version); err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	next := b.NextNumber + int64(len(drafts))
	return tasks, one(tx.rows().Exec("UPDATE boards SET next_number = ? WHERE id = ?", next, b.ID))
}

// ranksFor gives out a rank in each of some columns for new cards, in their order: at
// the bottom, or at the top of what is done.
func (tx *Tx) ranksFor(columns []Column) (ranks []string, err error) {
	if columns[0].State == flow.Done {
		return tx.ranksOnTop(columns[0], len(columns))
	}
	for _, c := range columns {
		rank, err := tx.bottomOf(c.ID)
		if err != nil {
			return nil, err
		}
		ranks = append(ranks, rank)
	}
	return ranks, nil
}

func (tx *Tx) ranksOnTop(c Column, n int) ([]string, error) {
	ranks := make([]string, n)
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
