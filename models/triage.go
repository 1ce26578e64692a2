package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// What people do with their notices is their own state, and not in the log.

// MarkNoticeRead marks one notice of the actor's as read; one that is not theirs
// is Missing.
func (s *Store) MarkNoticeRead(ctx context.Context, who Actor, notice string) error {
	return s.triage(ctx, who, oneNotice(notice), "read_at = ?", "read_at IS NULL", s.now())
}

// MarkNoticeUnread puts one notice back among what is not read.
func (s *Store) MarkNoticeUnread(ctx context.Context, who Actor, notice string) error {
	return s.triage(ctx, who, oneNotice(notice), "read_at = NULL, cleared_at = NULL", "read_at IS NOT NULL")
}

// MarkTaskRead marks what the actor was told of a task as read: they have opened
// it. What is snoozed stays so. A task that they may not see is Missing.
func (s *Store) MarkTaskRead(ctx context.Context, who Actor, task string) error {
	return s.triage(ctx, who, noticesOf(task), "read_at = ?", "read_at IS NULL AND snoozed_until IS NULL", s.now())
}

// MarkTaskUnread puts the last that the actor was told of a task back among what is
// not read.
func (s *Store) MarkTaskUnread(ctx context.Context, who Actor, task string) error {
	const newest = `read_at IS NOT NULL AND id = (SELECT MAX(l.id) FROM notices l WHERE l.user_id = notices.user_id AND l.task_id = notices.task_id)`
	return s.triage(ctx, who, noticesOf(task), "read_at = NULL, cleared_at = NULL", newest)
}

// MarkAllNoticesRead marks all that the actor was told as read, but for what is
// snoozed.
func (s *Store) MarkAllNoticesRead(ctx context.Context, who Actor) error {
	return s.triage(ctx, who, allNotices, "read_at = ?", "read_at IS NULL AND snoozed_until IS NULL", s.now())
}

// ClearTask takes a task out of the actor's inbox, until something more happens.
func (s *Store) ClearTask(ctx context.Context, who Actor, task string) error {
	return s.own(ctx, who, ofTask(task), func(s *Store, db *gorm.DB, who Actor, _ string) error {
		if err := db.Exec("DELETE FROM snoozed_tasks WHERE user_id = ? AND task_id = ?", who.ID, task).Error; err != nil {
			return err
		}
		now := s.now()
		return db.Exec(`UPDATE notices SET cleared_at = ?, read_at = COALESCE(read_at, ?), snoozed_until = NULL
			WHERE user_id = ? AND task_id = ? AND cleared_at IS NULL`, now, now, who.ID, task).Error
	})
}

// ReturnTask brings a task back into the inbox that was taken out of it, and what was
// read by that alone as unread.
func (s *Store) ReturnTask(ctx context.Context, who Actor, task string) error {
	return s.triage(ctx, who, noticesOf(task), "read_at = CASE WHEN read_at = cleared_at THEN NULL ELSE read_at END, cleared_at = NULL", "cleared_at IS NOT NULL")
}

// ClearRead takes all out of the inbox of which nothing is unread.
func (s *Store) ClearRead(ctx context.Context, who Actor) error {
	const read = `cleared_at IS NULL AND snoozed_until IS NULL AND NOT EXISTS
		(SELECT 1 FROM notices u WHERE u.user_id = notices.user_id AND u.task_id = notices.task_id AND u.read_at IS NULL AND u.snoozed_until IS NULL)`
	return s.triage(ctx, who, allNotices, "cleared_at = ?", read, s.now())
}

// chosenNotices is which of somebody's notices are meant: by a column, after it was
// made sure that they may see them.
type chosenNotices struct {
	column, value string
	sees          func(db *gorm.DB, who Actor) error
}

var allNotices = chosenNotices{sees: func(*gorm.DB, Actor) error { return nil }}

func oneNotice(notice string) chosenNotices {
	return chosenNotices{"id", notice, func(db *gorm.DB, who Actor) error {
		var n int
		if err := db.Raw("SELECT COUNT(*) "+mine+" AND n.id = ?", who.ID, notice).Row().Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return nil
	}}
}

func noticesOf(task string) chosenNotices {
	return chosenNotices{"task_id", task, func(db *gorm.DB, who Actor) error {
		_, err := sees(db, who, ofTask(task), access.SeeBoard)
		return err
	}}
}

// where is the chosen notices of somebody, and those conditions.
func (c chosenNotices) where(who Actor, and string) (string, []any) {
	where, args := "user_id = ?", []any{who.ID}
	if c.column != "" {
		where, args = where+" AND "+c.column+" = ?", append(args, c.value)
	}
	return where + " AND " + and, args
}

// triage changes the chosen notices for which only holds. It writes only where there
// is something to write.
func (s *Store) triage(ctx context.Context, who Actor, chosen chosenNotices, set, only string, values ...any) error {
	read := s.parts.Read.WithContext(ctx)
	if err := chosen.sees(read, who); err != nil {
		return err
	}
	where, args := chosen.where(who, only)
	var some int
	if err := read.Raw("SELECT COUNT(*) FROM (SELECT 1 FROM notices WHERE "+where+" LIMIT 1) s", args...).Row().Scan(&some); err != nil || some == 0 {
		return err
	}
	return s.ownState(ctx, who, func(db *gorm.DB) error {
		return db.Exec("UPDATE notices SET "+set+" WHERE "+where, append(values, args...)...).Error
	})
}

// How long notices are kept at most: those that are cleared, and any that are read.
const (
	ClearedTime = 90 * 24 * time.Hour
	ReadTime    = 365 * 24 * time.Hour
)

// ForgetOldNotices deletes what people are through with for long.
func (s *Store) ForgetOldNotices(ctx context.Context) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		return db.Exec("DELETE FROM notices WHERE created_at < ? AND cleared_at < ? OR created_at < ? AND read_at IS NOT NULL AND snoozed_until IS NULL",
			s.now().Add(-ClearedTime), s.now().Add(-ClearedTime), s.now().Add(-ReadTime)).Error
	})
}
