package models

import (
	"context"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
)

// CompleteTask marks a task done and releases every dependent whose prerequisites
// are then satisfied. It returns StillWaits, IsBlocked, IsArchived, NotOpen or Stale.
func (s *Store) CompleteTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.active(task, seen, "state")
		if err != nil {
			return err
		}
		return tx.complete(t)
	})
}

func (tx *Tx) complete(t onBoard) error {
	if !t.State.Open() {
		return fault.New(fault.Conflict, fault.NotOpen)
	}
	done, err := tx.columnFor(t.BoardID, Column{}, flow.Done)
	if err != nil {
		return err
	}
	if err := tx.checkRoom(done, 1); err != nil {
		return err
	}
	top, err := tx.topOf(done.ID)
	if err != nil {
		return err
	}
	if err := tx.place(t, done, top, ""); err != nil {
		return err
	}
	return tx.settle([]string{t.ID}, nil)
}

// ReopenTask returns a done or cancelled task to work; dependents that are ready
// go back to waiting, those started are flagged. It returns NotClosed, IsArchived or
// Stale.
func (s *Store) ReopenTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.active(task, seen, "state")
		if err != nil {
			return err
		}
		v, err := tx.judge(t)
		if err != nil {
			return err
		}
		after, refused := t.flow().Reopen(v, tx.now)
		if refused != nil {
			return refused
		}
		is, err := tx.inColumn(t, after, Column{}, "")
		if err != nil {
			return err
		}
		if _, err := tx.save(t, is, note{action: TaskReopened}); err != nil {
			return err
		}
		return tx.settle([]string{task}, []string{task})
	})
}

// CancelTask says that a task will not be done. Dependents count it as their
// dependency says: skip or hold. It returns NotOpen, IsArchived or Stale.
func (s *Store) CancelTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.active(task, seen, "state")
		if err != nil {
			return err
		}
		if err := tx.cancel(t, reason); err != nil {
			return err
		}
		return tx.settle([]string{task}, nil)
	})
}

func (tx *Tx) cancel(t onBoard, reason string) error {
	if !t.State.Open() {
		return fault.New(fault.Conflict, fault.NotOpen)
	}
	reason, err := checkReason(reason, false)
	if err != nil {
		return err
	}
	to, err := tx.columnFor(t.BoardID, Column{}, flow.Cancelled)
	if err != nil {
		return err
	}
	to.State = flow.Cancelled
	return tx.place(t, to, "", reason)
}

// MaxReason is the most characters of a reason.
const MaxReason = 500

func checkReason(reason string, needed bool) (string, error) {
	reason = strings.TrimSpace(reason)
	if needed && reason == "" {
		return "", fault.On("reason", fault.ReasonNeeded)
	}
	if len([]rune(reason)) > MaxReason {
		return "", fault.On("reason", fault.TooLong, MaxReason)
	}
	return reason, nil
}

// ArchiveTask takes a task off its board. Unfinished, it counts as cancelled for
// what depends on it.
func (s *Store) ArchiveTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "archived_at")
		if err != nil || t.ArchivedAt != nil {
			return err
		}
		if err := tx.archive(t); err != nil {
			return err
		}
		return tx.settle([]string{task}, nil)
	})
}

func (tx *Tx) archive(t onBoard) error {
	is := t.Task
	is.ArchivedAt = &tx.now
	_, err := tx.save(t, is, note{action: TaskArchived})
	return err
}

// RestoreTask brings an archived task back to its column.
func (s *Store) RestoreTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "archived_at")
		if err != nil || t.ArchivedAt == nil {
			return err
		}
		is := t.Task
		is.ArchivedAt = nil
		if _, err := tx.save(t, is, note{action: TaskRestored}); err != nil {
			return err
		}
		return tx.settle([]string{task}, []string{task})
	})
}

// DeleteTask removes a task and its dependencies; what waited for it is judged
// anew. The log keeps its story.
func (s *Store) DeleteTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "title", "description", "state")
		if err != nil {
			return err
		}
		released, err := tx.remove(t)
		if err != nil {
			return err
		}
		return tx.settle(nil, released)
	})
}

// remove puts a task into the bin and takes its dependencies away. It returns what
// waited for it.
func (tx *Tx) remove(t onBoard) (released []string, err error) {
	is := t.Task
	is.DeletedAt = &tx.now
	seq, err := tx.save(t, is, note{action: TaskDeleted})
	if err != nil {
		return nil, err
	}
	var deps []Dependency
	if err := tx.db.Order("prerequisite_id, dependent_id").Find(&deps, "prerequisite_id = ? OR dependent_id = ?", t.ID, t.ID).Error; err != nil {
		return nil, err
	}
	for _, d := range deps {
		other := d.PrerequisiteID
		if d.PrerequisiteID == t.ID {
			other = d.DependentID
			released = append(released, d.DependentID)
		}
		o, err := tx.task(other)
		if err != nil {
			return nil, err
		}
		ends := [2]onBoard{t, o}
		if d.DependentID == t.ID {
			ends = [2]onBoard{o, t}
		}
		if err := tx.removeDependency(d, ends[0], ends[1], seq); err != nil {
			return nil, err
		}
	}
	return released, nil
}
