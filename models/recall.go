package models

import (
	"maps"
	"slices"
	"strings"

	"relevo/models/flow"
)

// truths are what notices say that a change can make untrue.
var truths = []struct {
	kinds []NoticeKind
	ended func(net) bool
	// undone: what happened is no news to whoever has not read of what it undoes.
	undone bool
}{
	{[]NoticeKind{YourTurn}, func(n net) bool { return n.state() != "" && n["state"].From == string(flow.Ready) }, false},
	{[]NoticeKind{YourTurn, DueSoon, PastDue, ApprovalWanted}, func(n net) bool { return n.became("archived_at") }, false},
	{[]NoticeKind{WasMoved, DueSoon, PastDue, AtRisk, Blocked, Unblocked, ApprovalWanted}, net.closed, false},
	{[]NoticeKind{DueSoon, PastDue}, func(n net) bool { return n["due"].From != n["due"].To }, false},
	{[]NoticeKind{AtRisk}, func(n net) bool { return n.ceased("at_risk") }, false},
	{[]NoticeKind{Unblocked}, func(n net) bool { return n.became("blocked") }, false},
	{[]NoticeKind{Blocked}, func(n net) bool { return n.ceased("blocked") }, true},
	{[]NoticeKind{WasClosed}, net.reopened, true},
}

// ofOwners are notices that only an owner gets, or one to whom a day matters.
var ofOwners = []NoticeKind{Assigned, YourTurn, DueSoon, PastDue}

// recall takes back what people have not read yet and a change has made untrue.
func (tx *Tx) recall(nets map[string]*net) error {
	var tasks []string
	for _, task := range slices.Sorted(maps.Keys(nets)) {
		if h, known := tx.heeds[task]; !known || h.unread { // else nobody has anything unread of it
			tasks = append(tasks, task)
		}
	}
	for _, truth := range truths {
		ended := slices.DeleteFunc(slices.Clone(tasks), func(task string) bool { return !truth.ended(*nets[task]) })
		for part := range slices.Chunk(ended, chunk) {
			gone, err := tx.takeBack("task_id IN ? AND kind IN ?", part, truth.kinds)
			if err != nil {
				return err
			}
			if truth.undone {
				tx.silence(gone)
			}
		}
	}
	for _, task := range tasks {
		if left := leftOwners(*nets[task]); len(left) > 0 {
			if _, err := tx.takeBack("task_id = ? AND kind IN ? AND user_id IN ?", task, ofOwners, left); err != nil {
				return err
			}
		}
	}
	return nil
}

func leftOwners(n net) []string {
	is := strings.Fields(n["owners"].To)
	return slices.DeleteFunc(strings.Fields(n["owners"].From), func(id string) bool { return slices.Contains(is, id) })
}

// silence keeps what a change made of tasks from those whose notices it took back:
// for them all is as they know it.
func (tx *Tx) silence(gone []toldOf) {
	if tx.silent == nil {
		tx.silent = map[toldOf]bool{}
	}
	for _, g := range gone {
		tx.silent[g] = true
	}
}

// takeBack deletes unread notices of the team. The actor's own are read instead: they
// know what they did. It returns whose they were.
func (tx *Tx) takeBack(where string, args ...any) ([]toldOf, error) {
	where = "team_id = ? AND read_at IS NULL AND " + where
	args = append([]any{tx.Team.ID}, args...)
	var found []struct{ UserID, TaskID string }
	if err := tx.db.Raw("SELECT DISTINCT user_id, task_id FROM notices WHERE "+where, args...).Scan(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	gone := make([]toldOf, len(found))
	for i, f := range found {
		gone[i] = toldOf{f.UserID, f.TaskID}
		tx.told[f.UserID] = true
	}
	own := slices.Concat([]any{tx.now}, args, []any{tx.actor.ID})
	if err := tx.rows().Exec("UPDATE notices SET read_at = ?, snoozed_until = NULL WHERE "+where+" AND user_id = ?", own...).Error; err != nil {
		return nil, err
	}
	return gone, tx.rows().Exec("DELETE FROM notices WHERE "+where, args...).Error
}
