package models

import (
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
)

// An item that was turned into a task is ticked by finishing that, and opens again
// with it: by rule, in the same change.

// tickMade ticks the items that a task was made of once it is done, and takes the
// ticks back once it is not; seq is the entry that says so. An item counts as ticked
// by whoever finished the task, for they did the work.
func (tx *Tx) tickMade(t Task, seq int64) error {
	var items []Item
	if err := tx.db.Order("id").Find(&items, "became_id = ? AND became_id <> ''", t.ID).Error; err != nil {
		return err
	}
	for _, was := range items {
		is, action := was, ItemUnticked
		is.TickedAt, is.TickedBy = nil, ""
		if t.State == flow.Done {
			action, is.TickedAt, is.TickedBy = ItemTicked, &tx.now, tx.actor.ID
		}
		if (was.TickedAt != nil) == (is.TickedAt != nil) || action == ItemTicked && is.TickedBy == "" {
			continue
		}
		if err := tx.tickByRule(was, is, action, seq); err != nil {
			return err
		}
	}
	return nil
}

// tickByRule writes what a rule made of an item. What is done already stays so,
// whatever its items are now, as with its prerequisites.
func (tx *Tx) tickByRule(was, is Item, action Action, cause int64) error {
	t, err := tx.task(was.TaskID)
	if f := fault.From(err); f != nil && f.Kind == fault.Missing {
		return nil // in the bin, with its checklist
	} else if err != nil {
		return err
	}
	n := itemNote(action, t, is, itemChanges(was, is))
	n.auto, n.cause = true, cause
	if err := tx.update(&Item{ID: is.ID}, map[string]any{"ticked_at": is.TickedAt, "ticked_by": is.TickedBy}, n); err != nil {
		return err
	}
	return tx.touch(t)
}

// byHand refuses to tick an item, or to take its tick back, where a task of its own
// says how it stands: ItemIsTask.
func (tx *Tx) byHand(i Item) error {
	if i.BecameID == "" {
		return nil
	}
	made, err := tx.task(i.BecameID)
	if f := fault.From(err); f != nil && f.Kind == fault.Missing {
		return nil
	} else if err != nil {
		return err
	}
	if itemByHand(i.TickedAt, made.State) {
		return nil
	}
	return fault.New(fault.Conflict, fault.ItemIsTask).Naming(fault.Ref{ID: made.ID, Key: made.key(), Title: made.Title})
}

// itemByHand reports whether people tick an item that became a task in that state.
// A tick that is left over, because the task was done no more in another way, they
// take back themselves.
func itemByHand(ticked *time.Time, state flow.State) bool {
	return state == flow.Cancelled || ticked != nil && state != flow.Done
}
