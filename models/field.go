package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Field is something that the tasks of a board hold besides what every task does.
type Field struct {
	ID       string `gorm:"primaryKey"`
	BoardID  string
	Name     string // unique on its board, whatever the case
	Kind     custom.Kind
	Help     string
	Required bool // empty, it keeps a task from being done
	OnCard   bool
	Position string

	Options []FieldOption `gorm:"-"` // of a choice, in their order
}

// FieldOption is one thing that one can choose.
type FieldOption struct {
	ID       string `gorm:"primaryKey"`
	FieldID  string
	Name     string // unique in its field, whatever the case
	Position string
}

func (f Field) subject() ledger.Subject {
	return ledger.Subject{Kind: "field", ID: f.ID, Name: f.Name}
}

// option is the one with an ID.
func (f Field) option(id string) (FieldOption, bool) {
	if i := slices.IndexFunc(f.Options, func(o FieldOption) bool { return o.ID == id }); i >= 0 {
		return f.Options[i], true
	}
	return FieldOption{}, false
}

// FieldInput is what a person says of a field.
type FieldInput struct {
	Name     string
	Kind     custom.Kind // of a new one; later it stays
	Help     string
	Required bool
	OnCard   bool
	Options  []OptionInput // of a choice, in their order; those that are left out go
	Lose     bool          // tasks that hold an option that goes may lose it
}

// OptionInput is an option of a choice: one that is there, or a new one without an
// ID. One without a name is left out.
type OptionInput struct{ ID, Name string }

// FieldsView is the custom fields of a board with how many tasks hold something in
// each.
type FieldsView struct {
	Team   Team
	Board  Board
	Role   access.Role
	Fields []FieldUse
}

// FieldUse is a field and how much it is used.
type FieldUse struct {
	Field
	Tasks   int            // that hold something in it, those in the bin too
	Holding map[string]int // of a choice: the same by option
}

// Fields reads a board's custom fields for whoever may change them.
func (s *Store) Fields(ctx context.Context, who Actor, board string) (v FieldsView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.EditBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role = b, team.Team, team.Role
		fields, err := fieldsOn(db, board)
		if err != nil {
			return err
		}
		var held []struct {
			FieldID, Option string
			N               int
		}
		err = db.Raw(`SELECT v.field_id, CASE WHEN f.kind = 'choice' THEN v.value ELSE '' END AS "option", COUNT(*) AS n
			FROM fields f JOIN task_fields v ON v.field_id = f.id WHERE f.board_id = ? GROUP BY 1, 2`, board).Scan(&held).Error
		for _, f := range fields {
			use := FieldUse{Field: f, Holding: map[string]int{}}
			for _, h := range held {
				if h.FieldID == f.ID {
					use.Tasks += h.N
					use.Holding[h.Option] += h.N
				}
			}
			v.Fields = append(v.Fields, use)
		}
		return err
	})
	return v, err
}

// AddField adds a custom field at the end of a board's. It returns Invalid faults
// by field.
func (s *Store) AddField(ctx context.Context, who Actor, board string, in FieldInput) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, all, err := partsOf(tx, board, fieldsOn)
		if err != nil {
			return err
		}
		f := Field{ID: NewID(), BoardID: board, Kind: in.Kind, Position: flow.Below(lastField(all))}
		if !slices.Contains(custom.Kinds, f.Kind) {
			return fault.On("kind", fault.NotAChoice)
		}
		if f, err = in.describe(f, all); err != nil {
			return err
		}
		if len(all) >= custom.MaxFields {
			return fault.On("name", fault.TooManyFields, custom.MaxFields)
		}
		if err := tx.insertField(b, f, 0); err != nil {
			return err
		}
		return tx.boardChanged(board)
	})
}

func lastField(all []Field) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Position
}

func (tx *Tx) insertField(b Board, f Field, cause int64) error {
	n := fieldNote(FieldAdded, b, f, fieldChanges(Field{}, f))
	n.cause = cause
	if err := tx.create(&f, n); err != nil {
		return fmt.Errorf("add field: %w", err)
	}
	return insertMany(tx, f.Options)
}

// EditField changes a field; its kind stays. It returns OptionHeld where tasks hold
// an option that would go, unless they may lose it.
func (s *Store) EditField(ctx context.Context, who Actor, board, field string, in FieldInput) error {
	return s.changeField(ctx, who, board, field, func(tx *Tx, b Board, was Field, others []Field) error {
		is, err := in.describe(was, others)
		if err != nil {
			return err
		}
		gone, err := tx.optionsGone(was, is, in.Lose)
		if err != nil {
			return err
		}
		changes := fieldChanges(was, is)
		if len(changes) == 0 {
			return nil
		}
		err = tx.update(&Field{ID: field}, map[string]any{"name": is.Name, "help": is.Help, "required": is.Required, "on_card": is.OnCard},
			fieldNote(FieldEdited, b, is, changes))
		if err != nil {
			return err
		}
		if len(gone) > 0 {
			if err := tx.dropValues(b, was, gone); err != nil {
				return err
			}
		}
		return tx.setOptions(was, is)
	})
}

// optionsGone are the options that go; it refuses one that tasks hold, unless they
// may lose it.
func (tx *Tx) optionsGone(was, is Field, lose bool) ([]string, error) {
	var gone []string
	for _, o := range was.Options {
		if _, there := is.option(o.ID); there {
			continue
		}
		var held int
		if err := tx.db.Raw("SELECT COUNT(*) FROM task_fields WHERE field_id = ? AND value = ?", was.ID, o.ID).Row().Scan(&held); err != nil {
			return nil, err
		}
		if held > 0 && !lose {
			f := fault.On("options", fault.OptionHeld, o.Name, held)
			f.Kind = fault.Conflict
			return nil, f
		}
		gone = append(gone, o.ID)
	}
	return gone, nil
}

func (tx *Tx) setOptions(was, is Field) error {
	if optionsText(was) == optionsText(is) {
		return nil
	}
	if err := tx.rows().Exec("DELETE FROM field_options WHERE field_id = ?", is.ID).Error; err != nil {
		return err
	}
	return insertMany(tx, is.Options)
}

// MoveField puts a field before another one of its board; empty: last.
func (s *Store) MoveField(ctx context.Context, who Actor, board, field, before string) error {
	return s.changeField(ctx, who, board, field, func(tx *Tx, b Board, was Field, others []Field) error {
		if before == field {
			return nil
		}
		at := slices.IndexFunc(others, func(o Field) bool { return o.ID == before })
		if before != "" && at < 0 {
			return fault.On("before", fault.NotAChoice)
		}
		if at < 0 {
			at = len(others)
		}
		is := was
		is.Position = rankAt(at, was.Position, others, func(o Field) string { return o.Position })
		if is.Position == was.Position {
			return nil
		}
		return tx.update(&Field{ID: field}, map[string]any{"position": is.Position}, fieldNote(FieldMoved, b, is, fieldChanges(was, is)))
	})
}

// RemoveField takes a field off its board, and what tasks held in it with it; the
// log keeps that, task by task.
func (s *Store) RemoveField(ctx context.Context, who Actor, board, field string) error {
	return s.changeField(ctx, who, board, field, func(tx *Tx, b Board, was Field, _ []Field) error {
		tx.record(fieldNote(FieldRemoved, b, was, fieldChanges(was, Field{})))
		if err := tx.dropValues(b, was, nil); err != nil {
			return err
		}
		if err := tx.rows().Exec("DELETE FROM field_options WHERE field_id = ?", field).Error; err != nil {
			return err
		}
		return one(tx.rows().Delete(&Field{ID: field}))
	})
}

// changeField is change for a field of a board; fn gets the board's others, too.
func (s *Store) changeField(ctx context.Context, who Actor, board, field string, fn func(*Tx, Board, Field, []Field) error) error {
	return changePart(ctx, s, who, board, fieldsOn, func(f Field) bool { return f.ID == field }, fn)
}

// describe takes over what a person said of a field; others are its board's.
func (in FieldInput) describe(f Field, others []Field) (Field, error) {
	f.Name, f.Help = strings.Join(strings.Fields(in.Name), " "), strings.Join(strings.Fields(in.Help), " ")
	f.Required, f.OnCard = in.Required, in.OnCard
	var name, help, options *fault.Fault
	switch {
	case f.Name == "":
		name = fault.On("name", fault.Needed)
	case utf8.RuneCountInString(f.Name) > custom.MaxName:
		name = fault.On("name", fault.TooLong, custom.MaxName)
	case slices.ContainsFunc(others, func(o Field) bool { return strings.EqualFold(o.Name, f.Name) }):
		name = fault.On("name", fault.FieldTaken, f.Name)
	}
	if utf8.RuneCountInString(f.Help) > custom.MaxHelp {
		help = fault.On("help", fault.TooLong, custom.MaxHelp)
	}
	if f.Kind == custom.Choice {
		f.Options, options = in.options(f)
	}
	return f, fault.All(name, help, options)
}

// options are those of a choice as a person wants them: those that are there keep
// their ID, so that what tasks chose is called as it is called now.
func (in FieldInput) options(f Field) ([]FieldOption, *fault.Fault) {
	var kept []FieldOption
	last := ""
	for _, o := range in.Options {
		name := strings.Join(strings.Fields(o.Name), " ")
		if name == "" {
			continue
		}
		_, there := f.option(o.ID)
		switch {
		case utf8.RuneCountInString(name) > custom.MaxName:
			return nil, fault.On("options", fault.TooLong, custom.MaxName)
		case slices.ContainsFunc(kept, func(k FieldOption) bool { return strings.EqualFold(k.Name, name) }):
			return nil, fault.On("options", fault.OptionTwice, name)
		case !there && o.ID != "", slices.ContainsFunc(kept, func(k FieldOption) bool { return k.ID == o.ID }):
			return nil, fault.On("options", fault.NotAChoice)
		}
		if o.ID == "" {
			o.ID = NewID()
		}
		last = flow.Below(last)
		kept = append(kept, FieldOption{ID: o.ID, FieldID: f.ID, Name: name, Position: last})
	}
	switch {
	case len(kept) == 0:
		return nil, fault.On("options", fault.Needed)
	case len(kept) > custom.MaxOptions:
		return nil, fault.On("options", fault.TooManyOptions, custom.MaxOptions)
	}
	return kept, nil
}

func fieldNote(action Action, b Board, f Field, changes []ledger.Change) note {
	return note{action: action, subject: f.subject(), board: b.subject(), changes: changes}
}

func fieldChanges(was, is Field) []ledger.Change {
	changes := changed("name", was.Name, is.Name, "kind", string(was.Kind), string(is.Kind), "help", was.Help, is.Help, "required", yes(was.Required), yes(is.Required),
		"on_card", yes(was.OnCard), yes(is.OnCard), "position", was.Position, is.Position, "options", optionsText(was), optionsText(is))
	for i, c := range changes {
		if c.Field == "options" {
			changes[i].FromText, changes[i].ToText = optionNames(was), optionNames(is)
		}
	}
	return changes
}

// optionsText is the options as the log keeps them: a line each, the ID and the name.
func optionsText(f Field) string {
	lines := make([]string, len(f.Options))
	for i, o := range f.Options {
		lines[i] = o.ID + " " + o.Name
	}
	return strings.Join(lines, "\n")
}

func optionNames(f Field) string {
	names := make([]string, len(f.Options))
	for i, o := range f.Options {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// fieldsOfMany are the fields of boards, by board.
func fieldsOfMany(db *gorm.DB, boards []Board) (map[string][]Field, error) {
	ids := make([]string, len(boards))
	for i, b := range boards {
		ids[i] = b.ID
	}
	all, err := fieldsWhere(db, "board_id IN ?", ids)
	on := map[string][]Field{}
	for _, f := range all {
		on[f.BoardID] = append(on[f.BoardID], f)
	}
	return on, err
}

// fieldsOn are a board's fields in their order.
func fieldsOn(db *gorm.DB, board string) ([]Field, error) {
	return fieldsWhere(db, "board_id = ?", board)
}

func fieldsWhere(db *gorm.DB, which string, of any) (all []Field, err error) {
	if err = db.Order("position, id").Find(&all, which, of).Error; err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(all, func(f Field) bool { return f.Kind == custom.Choice }) {
		return all, nil
	}
	var options []FieldOption
	err = db.Order("position, id").Find(&options, "field_id IN (SELECT id FROM fields WHERE "+which+")", of).Error
	for _, o := range options {
		i := slices.IndexFunc(all, func(f Field) bool { return f.ID == o.FieldID })
		all[i].Options = append(all[i].Options, o)
	}
	return all, err
}
