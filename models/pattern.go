package models

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Limits of task templates.
const (
	MaxPatternName = 60   // characters
	MaxPatterns    = 50   // of one board
	MaxDueIn       = 3650 // days
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
	DueIn       *int // days after the task is made; nil: it is not due
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

// PatternView is a template with what it names, as far as that is still there.
type PatternView struct {
	Pattern
	OwnedBy []Person
	Worn    []Label
	Fields  []FieldValue // what it holds, in the board's order
	Ask     ApprovalInput
	AskedOf []Person

	held map[string]string // what Held says, by the fields' IDs
}

// PatternsView is a board's task templates, by name.
type PatternsView struct {
	Team     Team
	Board    Board
	Role     access.Role
	Members  []Person
	Labels   []Label
	Patterns []PatternView
}

// Patterns lists the task templates of a board.
func (s *Store) Patterns(ctx context.Context, who Actor, board string) (v PatternsView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		v, err = patternsFor(db, who, board, access.SeeBoard)
		return err
	})
	return v, err
}

// ColumnPatterns is Patterns for who adds a task to a column.
func (s *Store) ColumnPatterns(ctx context.Context, who Actor, column string) (v PatternsView, c Column, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Take(&c, "id = ?", column).Error; err != nil {
			return orMissing(err)
		}
		v, err = patternsFor(db, who, c.BoardID, access.EditTask)
		return err
	})
	return v, c, err
}

func patternsFor(db *gorm.DB, who Actor, board string, act access.Action) (v PatternsView, err error) {
	b, team, err := seeBoard(db, who, board, act)
	if err != nil {
		return v, err
	}
	v.Board, v.Team, v.Role = b, team.Team, team.Role
	all, err := patterns(db, board)
	if err != nil {
		return v, err
	}
	if v.Members, err = members(db, team.ID); err != nil {
		return v, err
	}
	if v.Labels, err = labels(db, board); err != nil {
		return v, err
	}
	fields, err := fieldsOn(db, board)
	if err != nil {
		return v, err
	}
	for _, p := range all {
		seen, err := p.seen(v.Members, v.Labels, fields)
		if err != nil {
			return v, err
		}
		v.Patterns = append(v.Patterns, seen)
	}
	return v, nil
}

func patterns(db *gorm.DB, board string) (all []Pattern, err error) {
	err = db.Find(&all, "board_id = ?", board).Error
	slices.SortFunc(all, func(a, b Pattern) int { return strings.Compare(fold(a.Name)+a.ID, fold(b.Name)+b.ID) })
	return all, err
}

// PatternSave says how a task becomes a template.
type PatternSave struct {
	Name  string
	DueIn *int // days after a task is made of it; nil: it is not due
	Over  bool // in the place of the board's template of that name, if there is one
}

// SavePattern makes a task a template of its board: with its text, owners, labels,
// checklist, fields, and whom it asks for approval, but without its dates, files and
// dependencies. It returns Invalid faults by field, PatternTaken among them.
func (s *Store) SavePattern(ctx context.Context, who Actor, task string, in PatternSave) error {
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
		p.Name, p.DueIn = oneSpaced(in.Name), in.DueIn
		same := slices.IndexFunc(all, func(o Pattern) bool { return in.Over && fold(o.Name) == fold(p.Name) })
		if same >= 0 {
			was := all[same]
			p.ID, all = was.ID, slices.Delete(all, same, same+1)
			if err := fault.All(p.wrongName(all), p.wrongDue()); err != nil {
				return err
			}
			return errors.Join(tx.putPattern(t.board, was, p), tx.boardChanged(t.BoardID))
		}
		if err := fault.All(p.wrongName(all), p.wrongDue()); err != nil {
			return err
		}
		if len(all) >= MaxPatterns {
			return fault.On("name", fault.TooManyAtOnce, MaxPatterns)
		}
		return errors.Join(tx.addPattern(t.board, p, 0), tx.boardChanged(t.BoardID))
	})
}

// addPattern records and inserts a template.
func (tx *Tx) addPattern(b Board, p Pattern, cause int64) error {
	changes, err := tx.patternChanges(Pattern{BoardID: b.ID}, p)
	if err != nil {
		return err
	}
	n := patternNote(PatternAdded, b, p, changes)
	n.cause = cause
	return tx.create(&p, n)
}

// PatternInput is what a person edits of a template. What it holds in fields and whom
// it asks for approval comes from the task that is saved as it.
type PatternInput struct {
	Name, Title, Description string
	Estimate                 int // minutes
	Priority                 Priority
	DueIn                    *int
	NeedsFile                bool
	Owners, Labels           []string // IDs
	Items                    []Item   // of which the text counts, and whether it is required
}

// EditPattern changes a task template; tasks made of it stay as they are. It returns
// Invalid faults by field.
func (s *Store) EditPattern(ctx context.Context, who Actor, board, pattern string, in PatternInput) error {
	return s.changePattern(ctx, who, board, pattern, func(tx *Tx, b Board, was Pattern, others []Pattern) error {
		is, err := tx.describePattern(was, in, others)
		if err != nil {
			return err
		}
		return tx.putPattern(b, was, is)
	})
}

// putPattern records and writes what a template is now.
func (tx *Tx) putPattern(b Board, was, is Pattern) error {
	changes, err := tx.patternChanges(was, is)
	if err != nil || len(changes) == 0 {
		return err
	}
	return tx.update(&Pattern{ID: was.ID}, map[string]any{"name": is.Name, "title": is.Title, "description": is.Description, "estimate": is.Estimate,
		"priority": is.Priority, "due_in": is.DueIn, "needs_file": is.NeedsFile, "owners": is.Owners, "labels": is.Labels, "items": is.Items,
		"held": is.Held, "asks": is.Asks}, patternNote(PatternEdited, b, is, changes))
}

// RemovePattern takes a task template off its board; tasks made of it stay.
func (s *Store) RemovePattern(ctx context.Context, who Actor, board, pattern string) error {
	return s.changePattern(ctx, who, board, pattern, func(tx *Tx, b Board, was Pattern, _ []Pattern) error {
		changes, err := tx.patternChanges(was, Pattern{BoardID: b.ID})
		if err != nil {
			return err
		}
		return tx.delete(&Pattern{ID: pattern}, patternNote(PatternRemoved, b, was, changes))
	})
}

// AddFromPattern adds a task as a template of its board says at the bottom of a column,
// or of the first ready one if none is named, and returns its ID. What has gone since,
// people, labels, fields, is left out. It returns NotAChoice for a column of another
// board, or one of work that is done, and ColumnFull.
func (s *Store) AddFromPattern(ctx context.Context, who Actor, board, pattern, column string) (id string, err error) {
	err = s.change(ctx, who, ofBoard(board), access.EditTask, func(tx *Tx) error {
		var p Pattern
		if err := tx.db.Take(&p, "id = ? AND board_id = ?", pattern, board).Error; err != nil {
			return orMissing(err)
		}
		b, err := tx.board(board)
		if err != nil {
			return err
		}
		c, err := tx.columnNamed(board, column)
		if err != nil {
			return err
		}
		if err := tx.checkRoom(c, 1); err != nil {
			return err
		}
		d, err := tx.draftAs(p)
		if err != nil {
			return err
		}
		tasks, err := tx.addTasks(b, c, []draft{d})
		if err != nil {
			return err
		}
		made := onBoard{tasks[0], b}
		id, tx.cause = made.ID, made.Version
		if err := tx.makeItems(made, d.items, made.Version); err != nil {
			return err
		}
		return tx.askAs(p, made)
	})
	return id, err
}

// columnNamed is a column of a board that a new task can stand in: the one named, or
// the first ready one.
func (tx *Tx) columnNamed(board, id string) (Column, error) {
	if id == "" {
		return tx.columnFor(board, Column{}, flow.Ready)
	}
	all, err := tx.columnsOf(board)
	if err != nil {
		return Column{}, err
	}
	i := slices.IndexFunc(all, func(c Column) bool { return c.ID == id && c.State != flow.Done })
	if i < 0 {
		return Column{}, fault.On("column", fault.NotAChoice)
	}
	return all[i], nil
}

// changePattern is change for one template of a board; fn gets the others, too.
func (s *Store) changePattern(ctx context.Context, who Actor, board, pattern string, fn func(*Tx, Board, Pattern, []Pattern) error) error {
	return changePart(ctx, s, who, board, patterns, func(p Pattern) bool { return p.ID == pattern }, fn)
}

// wrongName refuses a name that is none, or another one's.
func (p Pattern) wrongName(others []Pattern) *fault.Fault {
	switch {
	case p.Name == "":
		return fault.On("name", fault.Needed)
	case utf8.RuneCountInString(p.Name) > MaxPatternName:
		return fault.On("name", fault.TooLong, MaxPatternName)
	case slices.ContainsFunc(others, func(o Pattern) bool { return fold(o.Name) == fold(p.Name) }):
		return fault.On("name", fault.PatternTaken, p.Name)
	}
	return nil
}

func (p Pattern) wrongDue() *fault.Fault {
	if p.DueIn != nil && (*p.DueIn < 0 || *p.DueIn > MaxDueIn) {
		return fault.On("due_in", fault.OutOfRange, 0, MaxDueIn)
	}
	return nil
}

func oneSpaced(text string) string { return strings.Join(strings.Fields(text), " ") }

func patternNote(action Action, b Board, p Pattern, changes []ledger.Change) note {
	return note{action: action, subject: p.subject(), board: b.subject(), changes: changes}
}

// patternChanges are the differences for the log, with the names of what they name.
func (tx *Tx) patternChanges(was, is Pattern) ([]ledger.Change, error) {
	changes := changed("name", was.Name, is.Name, "title", was.Title, is.Title, "description", was.Description, is.Description,
		"estimate", number(was.Estimate), number(is.Estimate), "priority", number(int(was.Priority)), number(int(is.Priority)),
		"due_in", days(was.DueIn), days(is.DueIn), "needs_file", yes(was.NeedsFile), yes(is.NeedsFile), "checklist", was.Items, is.Items)
	from, err := tx.seenPattern(was)
	if err != nil {
		return nil, err
	}
	to, err := tx.seenPattern(is)
	if err != nil {
		return nil, err
	}
	named := func(field, was, wasText, is, isText string) {
		if was != is {
			changes = append(changes, ledger.Change{Field: field, From: was, FromText: wasText, To: is, ToText: isText})
		}
	}
	_, fromLabels := labelNames(from.Worn)
	_, toLabels := labelNames(to.Worn)
	named("owners", was.Owners, personNames(from.OwnedBy), is.Owners, personNames(to.OwnedBy))
	named("labels", was.Labels, fromLabels, is.Labels, toLabels)
	changes = append(changes, heldChanges(from, to)...)
	named("approvers", strings.Join(from.Ask.Approvers, " "), personNames(from.AskedOf), strings.Join(to.Ask.Approvers, " "), personNames(to.AskedOf))
	return append(changes, changed("approval_role", string(from.Ask.Role), string(to.Ask.Role), "approval_mode", string(from.Ask.Mode), string(to.Ask.Mode),
		"approval_note", from.Ask.Note, to.Ask.Note)...), nil
}

// heldChanges are the changes from what fields held to what they hold. A field that
// the board has no more is nameless.
func heldChanges(was, is PatternView) (changes []ledger.Change) {
	ids := slices.Collect(maps.Keys(was.held))
	ids = append(ids, slices.Collect(maps.Keys(is.held))...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		from, to := was.holds(id), is.holds(id)
		if from.Value != to.Value {
			changes = append(changes, valueChange(from, to))
		}
	}
	return changes
}

// holds is what the template holds in a field.
func (v PatternView) holds(id string) FieldValue {
	if i := slices.IndexFunc(v.Fields, func(f FieldValue) bool { return f.ID == id }); i >= 0 {
		return v.Fields[i]
	}
	return FieldValue{Field: Field{ID: id, Kind: custom.Text, Name: "–"}, Value: v.held[id]}
}

func days(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
