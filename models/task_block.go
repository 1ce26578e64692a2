package models

import (
	"context"

	"relevo/models/access"
	"relevo/models/fault"
)

// BlockTask flags a task as blocked, with the reason. Only people set and clear
// the flag; until it is cleared the task cannot be completed.
func (s *Store) BlockTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		reason, err := checkReason(reason, true)
		if err != nil {
			return err
		}
		t, err := tx.fresh(task, seen, "blocked", "blocked_reason")
		if err != nil {
			return err
		}
		if !t.State.Open() {
			return fault.New(fault.Conflict, fault.NotOpen)
		}
		is := t.Task
		is.Blocked, is.BlockedReason = true, reason
		_, err = tx.save(t, is, note{action: TaskBlocked, reason: reason})
		return err
	})
}

// UnblockTask clears the flag.
func (s *Store) UnblockTask(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, "blocked", "blocked_reason")
		if err != nil {
			return err
		}
		is := t.Task
		is.Blocked, is.BlockedReason = false, ""
		_, err = tx.save(t, is, note{action: TaskUnblocked})
		return err
	})
}
