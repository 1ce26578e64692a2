package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of labels.
const (
	MaxLabelName = 40 // characters
	MaxLabels    = 50 // of one board
)

// Colours are those that a label may have. Each has a pair of tones for light and
// dark in which its name reads well; it never means anything by itself.
var Colours = []string{"grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"}

// LabelIcons are the pictures that a label may have.
var LabelIcons = []string{"tag", "star", "flag", "heart", "bug", "wrench", "shield", "scale", "banknote", "truck", "book", "leaf", "users", "clock", "lock", "zap"}

// Label marks tasks of a board.
type Label struct {
	ID      string `gorm:"primaryKey"`
	BoardID string
	Name    string // unique on its board, whatever the case
	Colour  string
	Icon    string
}

func (l Label) subject() ledger.Subject {
	return ledger.Subject{Kind: "label", ID: l.ID, Name: l.Name}
}

// LabelInput is what a person says of a label.
type LabelInput struct{ Name, Colour, Icon string }

// AddLabel adds a label to a board. It returns Invalid faults by field.
func (s *Store) AddLabel(ctx context.Context, who Actor, board string, in LabelInput) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, all, err := partsOf(tx, board, labels)
		if err != nil {
			return err
		}
		l, err := in.describe(Label{ID: NewID(), BoardID: board}, all)
		if err != nil {
			return err
		}
		if len(all) >= MaxLabels {
			return fault.On("name", fault.TooManyAtOnce, MaxLabels)
		}
		if err := tx.create(&l, labelNote(LabelAdded, b, l, labelChanges(Label{}, l))); err != nil {
			return err
		}
		return tx.boardChanged(board)
	})
}

// EditLabel changes a label; tasks that have it show it so at once.
func (s *Store) EditLabel(ctx context.Context, who Actor, board, label string, in LabelInput) error {
	return s.changeLabel(ctx, who, board, label, func(tx *Tx, b Board, was Label, others []Label) error {
		is, err := in.describe(was, others)
		if err != nil {
			return err
		}
		changes := labelChanges(was, is)
		if len(changes) == 0 {
			return nil
		}
		return tx.update(&Label{ID: label}, map[string]any{"name": is.Name, "colour": is.Colour, "icon": is.Icon}, labelNote(LabelEdited, b, is, changes))
	})
}

// RemoveLabel takes a label off its board and off all tasks that have it.
func (s *Store) RemoveLabel(ctx context.Context, who Actor, board, label string) error {
	return s.changeLabel(ctx, who, board, label, func(tx *Tx, b Board, was Label, _ []Label) error {
		if err := tx.rows().Exec("DELETE FROM task_labels WHERE label_id = ?", label).Error; err != nil {
			return fmt.Errorf("take label off tasks: %w", err)
		}
		return tx.delete(&Label{ID: label}, labelNote(LabelRemoved, b, was, labelChanges(was, Label{})))
	})
}

// changeLabel is change for a label of a board; fn gets the board's others, too.
func (s *Store) changeLabel(ctx context.Context, who Actor, board, label string, fn func(*Tx, Board, Label, []Label) error) error {
	return changePart(ctx, s, who, board, labels, func(l Label) bool { return l.ID == label }, fn)
}

// changePart is change for one of the parts of a board that all reads, the one that
// is meant; fn gets the others, too.
func changePart[T any](ctx context.Context, s *Store, who Actor, board string, all func(*gorm.DB, string) ([]T, error), is func(T) bool, fn func(*Tx, Board, T, []T) error) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, parts, err := partsOf(tx, board, all)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(parts, is)
		if i < 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		was, before := parts[i], tx.seq
		if err := fn(tx, b, was, slices.Delete(parts, i, i+1)); err != nil || tx.seq == before {
			return err
		}
		return tx.boardChanged(board)
	})
}

// partsOf reads a board with some parts of it.
func partsOf[T any](tx *Tx, board string, all func(*gorm.DB, string) ([]T, error)) (Board, []T, error) {
	b, err := tx.board(board)
	if err != nil {
		return b, nil, err
	}
	parts, err := all(tx.db, board)
	return b, parts, err
}

// describe takes over what a person said of a label; others are its board's.
func (in LabelInput) describe(l Label, others []Label) (Label, error) {
	l.Name, l.Colour, l.Icon = strings.Join(strings.Fields(in.Name), " "), in.Colour, in.Icon
	var name, colour, icon *fault.Fault
	switch {
	case l.Name == "":
		name = fault.On("name", fault.Needed)
	case utf8.RuneCountInString(l.Name) > MaxLabelName:
		name = fault.On("name", fault.TooLong, MaxLabelName)
	case slices.ContainsFunc(others, func(o Label) bool { return strings.EqualFold(o.Name, l.Name) }):
		name = fault.On("name", fault.LabelTaken, l.Name)
	}
	if !slices.Contains(Colours, l.Colour) {
		colour = fault.On("colour", fault.NotAChoice)
	}
	if !slices.Contains(LabelIcons, l.Icon) {
		icon = fault.On("icon", fault.NotAChoice)
	}
	return l, fault.All(name, colour, icon)
}

func labelNote(action Action, b Board, l Label, changes []ledger.Change) note {
	return note{action: action, subject: l.subject(), board: b.subject(), changes: changes}
}

func labelChanges(was, is Label) []ledger.Change {
	return changed("name", was.Name, is.Name, "colour", was.Colour, is.Colour, "icon", was.Icon, is.Icon)
}

// setLabels makes exactly those the labels of a task. It returns the change for
// the log, if it is one.
func (tx *Tx) setLabels(t onBoard, ids []string) ([]ledger.Change, error) {
	all, err := labels(tx.db, t.BoardID)
	if err != nil {
		return nil, err
	}
	worn, err := labelsOn(tx.db, []string{t.ID})
	if err != nil {
		return nil, err
	}
	was := worn[t.ID]
	is := slices.DeleteFunc(slices.Clone(all), func(l Label) bool { return !slices.Contains(ids, l.ID) })
	for _, id := range ids {
		if !slices.ContainsFunc(is, func(l Label) bool { return l.ID == id }) {
			return nil, fault.On("labels", fault.NotAChoice)
		}
	}
	before, fromText := labelNames(was)
	after, toText := labelNames(is)
	if before == after {
		return nil, nil
	}
	if err := tx.rows().Exec("DELETE FROM task_labels WHERE task_id = ?", t.ID).Error; err != nil {
		return nil, err
	}
	for _, l := range is {
		if err := tx.rows().Exec("INSERT INTO task_labels (task_id, label_id) VALUES (?, ?)", t.ID, l.ID).Error; err != nil {
			return nil, err
		}
	}
	return []ledger.Change{{Field: "labels", From: before, FromText: fromText, To: after, ToText: toText}}, nil
}

// setLabelsLeft is setLabels for those that the board still has.
func (tx *Tx) setLabelsLeft(t onBoard, ids []string) ([]ledger.Change, error) {
	all, err := labels(tx.db, t.BoardID)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(ids, func(id string) bool { return !slices.ContainsFunc(all, func(l Label) bool { return l.ID == id }) })
	return tx.setLabels(t, left)
}

// labelNames are the IDs of labels, in their own order, and their names.
func labelNames(all []Label) (ids, names string) {
	var id, name []string
	for _, l := range all {
		id, name = append(id, l.ID), append(name, l.Name)
	}
	slices.Sort(id)
	return strings.Join(id, " "), strings.Join(name, ", ")
}

// labels are those of a board by name.
func labels(db *gorm.DB, board string) (all []Label, err error) {
	err = db.Order("LOWER(name), id").Find(&all, "board_id = ?", board).Error
	return all, err
}

// labelsOn are those that tasks have.
func labelsOn(db *gorm.DB, ids []string) (map[string][]Label, error) {
	worn := map[string][]Label{}
	for part := range slices.Chunk(ids, chunk) {
		var rows []struct {
			TaskID string
			Label
		}
		err := db.Raw(`SELECT w.task_id, l.id, l.board_id, l.name, l.colour, l.icon FROM task_labels w JOIN labels l ON l.id = w.label_id
			WHERE w.task_id IN ? ORDER BY LOWER(l.name), l.id`, part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			worn[r.TaskID] = append(worn[r.TaskID], r.Label)
		}
	}
	return worn, nil
}
