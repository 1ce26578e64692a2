package models

import (
	"context"

	"relevo/models/access"
	"relevo/models/fault"
)

// OverrideTask lets a waiting task go ahead of its prerequisites, with a manager's
// reason; it becomes ready. It returns NotWaiting, Forbidden or Stale.
func (s *Store) OverrideTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return s.change(ctx, who, ofTask(task), access.OverrideRules, func(tx *Tx) error {
		t, err := tx.active(task, seen, "state", "overridden")
		if err != nil {
			return err
		}
		if _, err = tx.override(t, reason); err != nil {
			return err
		}
		return tx.settle([]string{task}, nil)
	})
}

func (tx *Tx) override(t onBoard, reason string) (onBoard, error) {
	if !access.Can(tx.Role, access.OverrideRules) {
		return t, fault.New(fault.Forbidden, fault.NotAllowed)
	}
	reason, err := checkReason(reason, true)
	if err != nil {
		return t, err
	}
	after, refused := t.flow().Override(tx.now)
	if refused != nil {
		return t, refused
	}
	is, err := tx.inColumn(t, after, Column{}, "")
	if err != nil {
		return t, err
	}
	is.OverrideReason = reason
	if _, err := tx.save(t, is, note{action: TaskOverridden, reason: reason}); err != nil {
		return t, err
	}
	t.Task = is
	return t, tx.tellOwners(map[string]int64{t.ID: tx.latest[t.ID]}, YourTurn)
}

// WithdrawOverride makes a task heed its prerequisites again.
func (s *Store) WithdrawOverride(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.OverrideRules, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "state", "overridden")
		if err != nil || !t.Overridden {
			return err
		}
		is := t.Task
		is.Overridden, is.OverrideReason = false, ""
		if _, err := tx.save(t, is, note{action: TaskOverrideWithdrawn}); err != nil {
			return err
		}
		return tx.settle(nil, []string{task})
	})
}
