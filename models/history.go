package models

import (
	"context"

	"gorm.io/gorm"

	"relevo/models/access"
)

// HistoryView is what happened to one task, newest first.
type HistoryView struct {
	Team    Team
	Role    access.Role
	Task    TaskRef
	Deleted bool
	Lines   []LogLine
	Older   int64 // the page below begins under this number; 0: there is none
}

// History returns a page of what happened to a task, below an entry's number (0:
// from the newest). It outlives the task. Where a request came from is for those
// who see the log; the others get it without.
func (s *Store) History(ctx context.Context, who Actor, task string, below int64) (HistoryView, error) {
	var v HistoryView
	err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		mine, err := sees(db, who, ofDeletedTask(task), access.SeeBoard)
		if err != nil {
			return err
		}
		v.Team, v.Role = mine.Team, mine.Role
		var key string
		var number int64
		err = db.Raw(`SELECT t.id, t.number, t.title, t.state, t.deleted_at IS NOT NULL, b.id, b.name, b."key"
			FROM tasks t JOIN boards b ON b.id = t.board_id WHERE t.id = ?`, task).
			Row().Scan(&v.Task.ID, &number, &v.Task.Title, &v.Task.State, &v.Deleted, &v.Task.BoardID, &v.Task.Board, &key)
		if err != nil {
			return orMissing(err)
		}
		v.Task.Key = Key(key, number)
		v.Lines, v.Older, err = logPage(db, logFilter{log: v.Team.ID, task: task, below: below})
		return err
	})
	if !access.Can(v.Role, access.SeeLog) {
		for i := range v.Lines {
			l := &v.Lines[i]
			l.Address, l.Request, l.Stored, l.Leaf = "", "", "", nil
		}
	}
	return v, err
}
