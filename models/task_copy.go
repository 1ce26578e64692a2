package models

import (
	"context"
	"slices"

	"relevo/models/access"
	"relevo/models/flow"
)

// CopyInput says what comes along with a copy of a task; its text, estimate,
// priority, labels and custom fields always do.
type CopyInput struct {
	Title         string // empty: the same
	Board         string // empty: the same
	Owners        bool
	Due           bool
	Items         bool // of its checklist, unticked
	Files         bool
	Prerequisites bool // the copy waits for the same tasks
	Dependents    bool // the same tasks wait for the copy
}

// CopyTask adds a task like another one to a board of its team and returns its ID.
// On the same board it stands just above it, where that is ready too. Labels and fields
// that the other board has none of by that name are left out. It returns NotAChoice for the
// field board, and ColumnFull.
func (s *Store) CopyTask(ctx context.Context, who Actor, task string, in CopyInput) (string, error) {
	var id string
	err := s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		if in.Board == "" {
			in.Board = t.BoardID
		}
		if in.Board != t.BoardID {
			if _, err := tx.otherBoard(in.Board); err != nil {
				return err
			}
		}
		if in.Title == "" {
			in.Title = t.Title
		}
		is, err := TaskInput{Title: &in.Title}.apply(t.Task)
		if err != nil {
			return err
		}
		d, err := tx.draftOf(onBoard{is, t.board}, in)
		if err != nil {
			return err
		}
		d.of = t.subject()
		if in.Board == t.BoardID && t.State == flow.Ready && t.ArchivedAt == nil {
			d.above = t.ID
		}
		made, err := tx.makeTask(in.Board, d)
		if err != nil {
			return err
		}
		id = made.ID
		if err := tx.askAlike(t, made); err != nil {
			return err
		}
		return tx.linkAlike(t, made, in)
	})
	return id, err
}

// draftOf is what comes along of a task.
func (tx *Tx) draftOf(t onBoard, in CopyInput) (draft, error) {
	d := draft{Task: Task{Title: t.Title, Description: t.Description, Estimate: t.Estimate, Priority: t.Priority, NeedsFile: t.NeedsFile}}
	if in.Due {
		d.Due = t.Due
	}
	if in.Prerequisites {
		d.Join = t.Join
	}
	worn, err := labelsOn(tx.db, []string{t.ID})
	if err != nil {
		return d, err
	}
	for _, l := range worn[t.ID] {
		d.labels = append(d.labels, l.Name)
	}
	held, err := values(tx.db, []string{t.ID}, false)
	if err != nil {
		return d, err
	}
	d.values = held[t.ID]
	if in.Owners {
		if err := tx.db.Raw("SELECT user_id FROM task_owners WHERE task_id = ?", t.ID).Scan(&d.owners).Error; err != nil {
			return d, err
		}
	}
	if in.Files {
		if err := tx.db.Order("created_at, id").Find(&d.files, "task_id = ? AND removed_at IS NULL", t.ID).Error; err != nil {
			return d, err
		}
	}
	if in.Items {
		if err := tx.db.Order("position, id").Find(&d.items, "task_id = ?", t.ID).Error; err != nil {
			return d, err
		}
	}
	if !in.Due {
		for i := range d.items {
			d.items[i].Due = ""
		}
	}
	return d, nil
}

// linkAlike gives a copy the dependencies of what it was made of.
func (tx *Tx) linkAlike(t, made onBoard, in CopyInput) error {
	var deps []Dependency
	if err := tx.db.Order("prerequisite_id, dependent_id").Find(&deps, "prerequisite_id = ? OR dependent_id = ?", t.ID, t.ID).Error; err != nil {
		return err
	}
	var touched []onBoard
	rejudge := []string{made.ID}
	for _, d := range deps {
		p, is := made, made
		var err error
		switch {
		case d.DependentID == t.ID && in.Prerequisites:
			p, err = tx.task(d.PrerequisiteID)
		case d.PrerequisiteID == t.ID && in.Dependents:
			is, err = tx.task(d.DependentID)
			rejudge = append(rejudge, d.DependentID)
		default:
			continue
		}
		if err != nil {
			return err
		}
		if err := tx.checkRoomFor(p.ID, is.ID); err != nil {
			return err
		}
		how := DependencyInput{Lag: flow.Lag{Amount: d.LagAmount, Unit: d.LagUnit}, OnCancel: d.OnCancel, SatisfiedAt: d.SatisfiedAt}
		if err := tx.link(p, is, how); err != nil {
			return err
		}
		touched = append(touched, p, is)
	}
	if len(touched) == 0 {
		return nil
	}
	if err := tx.touch(touched...); err != nil {
		return err
	}
	return tx.settle(nil, slices.Compact(rejudge))
}
