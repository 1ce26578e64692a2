package models

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of task templates.
const (
	MaxPatternName = 60 // characters
	MaxPatterns    = 50 // of one board
)

// Pattern is what tasks of one kind on a board begin with: a task template, as people
// see it. It keeps what a task was when it was saved, and knows nothing of it later.
type Pattern struct {
	ID          string `gorm:"primaryKey"`
	BoardID     string
	Name        string // unique on its board, whatever the case
	Title       string
	Description string
	Estimate    int
	Priority    Priority
	NeedsFile   bool
	Owners      string // IDs, a space between; who has left the team owns nothing
	Labels      string // the same; those that the board has no more are left out
	Items       string // as writeItems has them
	Held        string // what it holds in fields, as JSON by their IDs
	Asks        string // an ApprovalInput as JSON; empty: nobody is asked
	CreatedAt   time.Time
}

func (p Pattern) subject() ledger.Subject {
	return ledger.Subject{Kind: "pattern", ID: p.ID, Name: p.Name}
}

// PatternsView is a board's task templates, by name.
type PatternsView struct {
	Team     Team
	Board    Board
	Role     access.Role
	Patterns []Pattern
}

// Patterns lists the task templates of a board.
func (s *Store) Patterns(ctx context.Context, who Actor, board string) (v PatternsView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role = b, team.Team, team.Role
		v.Patterns, err = patterns(db, board)
		return err
	})
	return v, err
}

func patterns(db *gorm.DB, board string) (all []Pattern, err error) {
	err = db.Find(&all, "board_id = ?", board).Error
	slices.SortFunc(all, func(a, b Pattern) int { return strings.Compare(fold(a.Name)+a.ID, fold(b.Name)+b.ID) })
	return all, err
}

// SavePattern makes a task a template of its board: with its text, owners, labels,
// checklist, fields, and whom it asks for approval, but without its dates, files and
// dependencies. It returns Invalid faults for the field name.
func (s *Store) SavePattern(ctx context.Context, who Actor, task, name string) error {
	return s.change(ctx, who, ofTask(task), access.EditBoard, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		all, err := patterns(tx.db, t.BoardID)
		if err != nil {
			return err
		}
		p, err := tx.patternOf(t)
		if err != nil {
			return err
		}
		if p, err = p.called(name, all); err != nil {
			return err
		}
		if len(all) >= MaxPatterns {
			return fault.On("name", fault.TooManyAtOnce, MaxPatterns)
		}
		return tx.create(&p, patternNote(PatternAdded, t.board, p, patternChanges(Pattern{}, p)))
	})
}

// RenamePattern gives a task template another name.
func (s *Store) RenamePattern(ctx context.Context, who Actor, board, pattern, name string) error {
	return s.changePattern(ctx, who, board, pattern, func(tx *Tx, b Board, was Pattern, others []Pattern) error {
		is, err := was.called(name, others)
		if err != nil || is == was {
			return err
		}
		return tx.update(&Pattern{ID: pattern}, map[string]any{"name": is.Name}, patternNote(PatternEdited, b, is, patternChanges(was, is)))
	})
}

// RemovePattern takes a task template off its board; tasks made of it stay.
func (s *Store) RemovePattern(ctx context.Context, who Actor, board, pattern string) error {
	return s.changePattern(ctx, who, board, pattern, func(tx *Tx, b Board, was Pattern, _ []Pattern) error {
		return tx.delete(&Pattern{ID: pattern}, patternNote(PatternRemoved, b, was, patternChanges(was, Pattern{})))
	})
}

// AddFromPattern adds a ready task as a template of its board says, and returns its
// ID. What has gone since, people, labels, fields, is left out. It returns ColumnFull.
func (s *Store) AddFromPattern(ctx context.Context, who Actor, board, pattern string) (id string, err error) {
	err = s.change(ctx, who, ofBoard(board), access.EditTask, func(tx *Tx) error {
		var p Pattern
		if err := tx.db.Take(&p, "id = ? AND board_id = ?", pattern, board).Error; err != nil {
			return orMissing(err)
		}
		d, err := tx.draftAs(p)
		if err != nil {
			return err
		}
		made, err := tx.makeTask(board, d)
		if err != nil {
			return err
		}
		id = made.ID
		return tx.askAs(p, made)
	})
	return id, err
}

// changePattern is change for one template of a board; fn gets the others, too.
func (s *Store) changePattern(ctx context.Context, who Actor, board, pattern string, fn func(*Tx, Board, Pattern, []Pattern) error) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, all, err := partsOf(tx, board, patterns)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(p Pattern) bool { return p.ID == pattern })
		if i < 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		was := all[i]
		return fn(tx, b, was, slices.Delete(all, i, i+1))
	})
}

// called is the template under a name; others are its board's.
func (p Pattern) called(name string, others []Pattern) (Pattern, error) {
	p.Name = strings.Join(strings.Fields(name), " ")
	switch {
	case p.Name == "":
		return p, fault.On("name", fault.Needed)
	case utf8.RuneCountInString(p.Name) > MaxPatternName:
		return p, fault.On("name", fault.TooLong, MaxPatternName)
	case slices.ContainsFunc(others, func(o Pattern) bool { return fold(o.Name) == fold(p.Name) }):
		return p, fault.On("name", fault.PatternTaken, p.Name)
	}
	return p, nil
}

func patternNote(action Action, b Board, p Pattern, changes []ledger.Change) note {
	return note{action: action, subject: p.subject(), board: b.subject(), changes: changes}
}

func patternChanges(was, is Pattern) []ledger.Change {
	return changed("name", was.Name, is.Name, "title", was.Title, is.Title, "description", was.Description, is.Description,
		"estimate", number(was.Estimate), number(is.Estimate), "priority", number(int(was.Priority)), number(int(is.Priority)), "needs_file", yes(was.NeedsFile), yes(is.NeedsFile),
		"owners", was.Owners, is.Owners, "labels", was.Labels, is.Labels, "checklist", was.Items, is.Items, "held", was.Held, is.Held, "asks", was.Asks, is.Asks)
}
