package models

import (
	"maps"
	"slices"

	"gorm.io/gorm/clause"
)

// tellOwners puts a notice into the inbox of each owner of the tasks, given with
// the entry that it tells of; but never of one's own act.
func (tx *Tx) tellOwners(tasks map[string]int64, kind NoticeKind) error {
	var notices []Notice
	for part := range slices.Chunk(slices.Sorted(maps.Keys(tasks)), chunk) {
		var owners []TaskOwner
		err := tx.db.Where("task_id IN ? AND user_id <> ?", part, tx.actor.ID).Order("task_id, user_id").Find(&owners).Error
		if err != nil {
			return err
		}
		for _, o := range owners {
			notices = append(notices, tx.notice(o.UserID, o.TaskID, kind, tasks[o.TaskID]))
		}
	}
	return tx.deliver(notices)
}

// tell puts a notice of a task into people's inboxes; but never of one's own act.
func (tx *Tx) tell(people []string, task string, kind NoticeKind, seq int64) error {
	var notices []Notice
	for _, id := range people {
		if id != tx.actor.ID {
			notices = append(notices, tx.notice(id, task, kind, seq))
		}
	}
	return tx.deliver(notices)
}

func (tx *Tx) notice(person, task string, kind NoticeKind, seq int64) Notice {
	tx.told[person] = true
	return Notice{ID: NewID(), UserID: person, TeamID: tx.Team.ID, TaskID: task, Kind: kind, Seq: seq, CreatedAt: tx.now}
}

func (tx *Tx) deliver(notices []Notice) error {
	if len(notices) == 0 {
		return nil
	}
	return tx.rows().Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(notices, 500).Error
}
