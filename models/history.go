package models

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
)

// HistoryView is what happened to one task, newest first.
type HistoryView struct {
	Team    Team
	Role    access.Role
	Task    TaskRef
	Deleted bool
	Lines   []LogLine
	Mine    *LogLine // one's own last change of it, if that can be undone
	Older   int64    // the page below begins under this number; 0: there is none
}

// History returns a page of what happened to a task, below an entry's number (0:
// from the newest). It outlives the task. Where a request came from is for those
// who see the log; the others get it without.
func (s *Store) History(ctx context.Context, who Actor, task string, below int64) (HistoryView, error) {
	var v HistoryView
	err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		// Even of what is deleted; once it is purged, the log of one's teams tells.
		team, err := teamOf(db, who, task)
		if err != nil {
			return err
		}
		mine, err := seeTeam(db, who, team, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Team, v.Role = mine.Team, mine.Role
		var key string
		var number int64
		err = db.Raw(`SELECT t.id, t.number, t.title, t.state, t.deleted_at IS NOT NULL, b.id, b.name, b."key"
			FROM tasks t JOIN boards b ON b.id = t.board_id WHERE t.id = ?`, task).
			Row().Scan(&v.Task.ID, &number, &v.Task.Title, &v.Task.State, &v.Deleted, &v.Task.BoardID, &v.Task.Board, &key)
		purged := errors.Is(err, sql.ErrNoRows)
		if err != nil && !purged {
			return err
		}
		v.Task.Key = Key(key, number)
		if v.Lines, v.Older, err = logPage(db, logFilter{log: v.Team.ID, task: task, below: below}); err == nil && purged {
			v.Deleted = true
			v.Task, err = named(db, v.Team.ID, task)
		}
		if err != nil || purged {
			return err
		}
		v.Mine, err = mineToUndo(db, who, v.Team.ID, task, s.now())
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

func teamOf(db *gorm.DB, who Actor, task string) (team string, err error) {
	err = db.Raw(`SELECT team_id FROM tasks WHERE id = ? UNION ALL
		SELECT m.team_id FROM memberships m WHERE m.user_id = ? AND EXISTS (SELECT 1 FROM entries e WHERE e.log_id = m.team_id AND e.task_id = ?)
		LIMIT 1`, task, who.ID, task).Row().Scan(&team)
	return team, orMissing(err)
}

// mineToUndo is the actor's own last change of a task, if that can be undone.
func mineToUndo(db *gorm.DB, who Actor, log, task string, now time.Time) (*LogLine, error) {
	var seqs []int64
	err := db.Raw("SELECT seq FROM entries WHERE log_id = ? AND task_id = ? AND actor_id = ? ORDER BY seq DESC LIMIT 1", log, task, who.ID).Scan(&seqs).Error
	if err != nil || len(seqs) == 0 {
		return nil, err
	}
	lines, err := logLines(db, log, seqs)
	if err != nil || len(lines) == 0 || !Undoable(lines[0].Entry, now) {
		return nil, err
	}
	if whole, err := addedWhole(db, lines[0], now); err != nil || !whole {
		return nil, err
	}
	return &lines[0], nil
}

// named is a task as the log named it last.
func named(db *gorm.DB, log, task string) (ref TaskRef, err error) {
	var data string
	if err = db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? ORDER BY seq DESC LIMIT 1", log, task).Row().Scan(&data); err != nil {
		return ref, orMissing(err)
	}
	e, err := ledger.Parse([]byte(data))
	ref = TaskRef{ID: task, BoardID: e.Board.ID, Board: e.Board.Name}
	ref.Key, ref.Title, _ = strings.Cut(e.Task.Name, " ")
	return ref, err
}
