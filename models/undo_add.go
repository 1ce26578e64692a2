package models

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Undone, the adding of a task puts it into the bin.

// reversible reports whether all that a change did can be undone. The checklist and
// the approval that a task was made with go and come with it.
func reversible(entries []ledger.Entry) bool {
	made := map[string]bool{}
	for _, e := range entries {
		if Action(e.Action) == TaskCreated {
			made[e.Task.ID] = true
		}
		if e.Actor.Kind == ledger.Automation && (Action(e.Action) == ItemTicked || Action(e.Action) == ItemUnticked) {
			continue // follows the task that it became
		}
		with := Action(e.Action) == ItemAdded || Action(e.Action) == ApprovalAsked
		if !slices.Contains(undoable, Action(e.Action)) && (!with || !made[e.Task.ID]) && !ofRuns(e, entries[0]) {
			return false
		}
	}
	return true
}

// wholeDeed is the first entry of the change that e belongs to, if all of it can be
// undone.
func wholeDeed(db *gorm.DB, e ledger.Entry, now time.Time) (first ledger.Entry, undoable bool, err error) {
	entries, err := changeAt(db, e.Log, e.Seq)
	if err != nil {
		return e, false, err
	}
	return entries[0], Undoable(entries[0], now) && reversible(entries), nil
}

// made reports whether the change made the task.
func (p *part) made() bool { return Action(p.entry.Action) == TaskCreated }

// unmake puts a task that the change made into the bin, with all that it has. What
// somebody has changed of it since is not put away.
func (u *undoing) unmake(t onBoard, p *part) error {
	if err := u.asMade(t); err != nil {
		return err
	}
	links, err := u.links(t)
	if err != nil {
		return err
	}
	is := t.Task
	is.DeletedAt = &u.tx.now
	seq, err := u.tx.save(t, is, note{action: TaskUndone, cause: p.entry.Seq})
	if err != nil {
		return err
	}
	u.now[p.entry.Seq] = seq
	for _, l := range links {
		if err := u.tx.removeDependency(l.Dependency, l.p, l.d, seq); err != nil {
			return err
		}
		u.rejudge = append(u.rejudge, l.DependentID)
	}
	u.changed, u.gone[t.ID] = append(u.changed, t.ID), true
	return nil
}

// asMade refuses a task that somebody has changed since the change made it. What the
// rules have made of it is no objection.
func (u *undoing) asMade(t onBoard) error {
	left := map[string]string{}
	for _, e := range u.entries {
		if e.Task.ID != t.ID || !strings.HasPrefix(e.Action, "task.") {
			continue
		}
		if Action(e.Action) == TaskCreated {
			key, _, _ := strings.Cut(e.Task.Name, " ")
			left["board"], left["number"] = e.Board.ID, key[strings.LastIndex(key, "-")+1:]
		}
		for _, c := range e.Changes {
			left[c.Field] = c.To
		}
	}
	is, err := u.tx.fields(t)
	if err != nil {
		return err
	}
	last := u.entries[len(u.entries)-1].Seq
	var data []string
	err = u.tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND seq > ? AND actor_id <> '' ORDER BY seq DESC LIMIT 200", u.tx.log, t.ID, last).Scan(&data).Error
	if err != nil {
		return fmt.Errorf("undo adding: %w", err)
	}
	var changed []string
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return err
		}
		for _, c := range e.Changes {
			if strings.HasPrefix(e.Action, "task.") && is[c.Field] != left[c.Field] && !slices.Contains(ruled, c.Field) {
				changed = append(changed, c.Field)
			}
		}
	}
	if len(changed) > 0 {
		return u.movedOn(t.ID, changed)
	}
	return nil
}

// addedWhole reports, of a task's own entry, whether its change can be undone.
func addedWhole(db *gorm.DB, l LogLine, now time.Time) (bool, error) {
	if Action(l.Action) != TaskCreated {
		return true, nil
	}
	_, ok, err := wholeDeed(db, l.Entry, now)
	if fault.From(err) != nil {
		return false, nil
	}
	return ok, err
}
