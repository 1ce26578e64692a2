package models

import (
	"fmt"
	"time"
)

// purgeFiles forgets some of the files whose time after their removal is over. The
// log keeps what they were called.
func (tx *Tx) purgeFiles(before time.Time) (more bool, err error) {
	var all []Attachment
	err = tx.db.Where("team_id = ? AND removed_at < ?", tx.Team.ID, before).Order("removed_at, id").Limit(purgeAtOnce).Find(&all).Error
	if err != nil {
		return false, fmt.Errorf("find files to purge: %w", err)
	}
	var blobs []string
	for _, a := range all {
		var t onBoard
		if err := tx.db.Take(&t.Task, "id = ?", a.TaskID).Error; err != nil {
			return false, err
		}
		if t.board, err = tx.boardOf(t.BoardID); err != nil {
			return false, err
		}
		n := fileNote(FilePurged, t, a, nil)
		n.auto, n.cause = true, a.RemovedSeq
		if err := tx.delete(&Attachment{ID: a.ID}, n); err != nil {
			return false, fmt.Errorf("purge %s: %w", a.Name, err)
		}
		blobs = append(blobs, a.BlobID)
	}
	return len(all) == purgeAtOnce, tx.letGo(blobs)
}

// blobsOf are what is in the files of tasks.
func (tx *Tx) blobsOf(tasks []Task) (ids []string, err error) {
	of := make([]string, len(tasks))
	for i, t := range tasks {
		of[i] = t.ID
	}
	err = tx.db.Raw("SELECT DISTINCT blob_id FROM attachments WHERE task_id IN ?", of).Scan(&ids).Error
	return ids, err
}
