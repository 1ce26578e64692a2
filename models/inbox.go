package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/feed"
	"relevo/models/ledger"
)

// InboxPage is how many tasks a page of the inbox shows.
const InboxPage = 50

// InboxView is a page of somebody's notices, by task, the task with the newest
// notice first.
type InboxView struct {
	Now    time.Time // in the person's zone
	Unread int       // notices, on all pages
	Items  []InboxItem
	Older  string // the page below begins under this notice; empty: there is none
}

// InboxItem is a task with its notices, newest first.
type InboxItem struct {
	Task    TaskRef
	TeamID  string
	Team    string
	Unread  bool // one of the notices is
	Notices []InboxNotice
}

// InboxNotice is a notice with the entry it tells of.
type InboxNotice struct {
	Notice
	Entry   ledger.Entry
	Because *ledger.Entry
}

// mine are the actor's notices that are theirs to see still: of teams that they
// have not left, of tasks that are not deleted.
const mine = `FROM notices n
	JOIN memberships m ON m.team_id = n.team_id AND m.user_id = n.user_id
	JOIN tasks t ON t.id = n.task_id AND t.deleted_at IS NULL
	WHERE n.user_id = ?`

// Inbox returns a page of the actor's notices, below a notice (empty: from the
// newest).
func (s *Store) Inbox(ctx context.Context, who Actor, below string) (InboxView, error) {
	v := InboxView{Now: s.now().In(Zone(who.Zone))}
	err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		if v.Unread, err = unread(db, who); err != nil {
			return err
		}
		heads, err := inboxHeads(db, who, below)
		if err != nil {
			return err
		}
		if len(heads) > InboxPage {
			heads = heads[:InboxPage]
			v.Older = heads[InboxPage-1].Newest
		}
		v.Items, err = inboxItems(db, who, heads)
		return err
	})
	return v, err
}

// UnreadNotices counts what the actor has not read yet.
func (s *Store) UnreadNotices(ctx context.Context, who Actor) (int, error) {
	return unread(s.parts.Read.WithContext(ctx), who)
}

func unread(db *gorm.DB, who Actor) (n int, err error) {
	err = db.Raw("SELECT COUNT(*) "+mine+" AND n.read_at IS NULL", who.ID).Row().Scan(&n)
	return n, err
}

// inboxHead is a task of the inbox with its newest notice; notices' IDs are in
// the order of their making.
type inboxHead struct{ TaskID, Newest string }

func inboxHeads(db *gorm.DB, who Actor, below string) ([]inboxHead, error) {
	having, args := "", []any{who.ID}
	if below != "" {
		having, args = "HAVING MAX(n.id) < ?", append(args, below)
	}
	var heads []inboxHead
	err := db.Raw(fmt.Sprintf("SELECT n.task_id, MAX(n.id) AS newest %s GROUP BY n.task_id %s ORDER BY newest DESC LIMIT %d",
		mine, having, InboxPage+1), args...).Scan(&heads).Error
	return heads, err
}

func inboxItems(db *gorm.DB, who Actor, heads []inboxHead) ([]InboxItem, error) {
	if len(heads) == 0 {
		return nil, nil
	}
	ids := make([]string, len(heads))
	for i, h := range heads {
		ids[i] = h.TaskID
	}
	tasks, err := inboxTasks(db, ids)
	if err != nil {
		return nil, err
	}
	var notices []Notice
	if err := db.Where("user_id = ? AND task_id IN ?", who.ID, ids).Order("id DESC").Find(&notices).Error; err != nil {
		return nil, err
	}
	told, err := inboxEntries(db, notices)
	if err != nil {
		return nil, err
	}
	for _, n := range told {
		item := tasks[n.TaskID]
		item.Unread = item.Unread || n.ReadAt == nil
		item.Notices = append(item.Notices, n)
	}
	items := make([]InboxItem, len(ids))
	for i, id := range ids {
		items[i] = *tasks[id]
	}
	return items, nil
}

func inboxTasks(db *gorm.DB, ids []string) (map[string]*InboxItem, error) {
	rows, err := db.Raw(`SELECT t.id, b."key", t.number, t.title, t.state, b.id, b.name, tm.id, tm.name
		FROM tasks t JOIN boards b ON b.id = t.board_id JOIN teams tm ON tm.id = t.team_id WHERE t.id IN ?`, ids).Rows()
	if err != nil {
		return nil, fmt.Errorf("tasks of the inbox: %w", err)
	}
	defer rows.Close()
	tasks := map[string]*InboxItem{}
	for rows.Next() {
		var i InboxItem
		var key string
		var number int64
		if err := rows.Scan(&i.Task.ID, &key, &number, &i.Task.Title, &i.Task.State, &i.Task.BoardID, &i.Task.Board, &i.TeamID, &i.Team); err != nil {
			return nil, err
		}
		i.Task.Key = Key(key, number)
		tasks[i.Task.ID] = &i
	}
	return tasks, rows.Err()
}

// inboxEntries adds to notices the entries that they tell of, a query or two for
// each team.
func inboxEntries(db *gorm.DB, notices []Notice) ([]InboxNotice, error) {
	seqs := map[string][]int64{}
	for _, n := range notices {
		seqs[n.TeamID] = append(seqs[n.TeamID], n.Seq)
	}
	type at struct {
		team string
		seq  int64
	}
	found := map[at]LogLine{}
	for team, its := range seqs {
		lines, err := logLines(db, team, its)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			found[at{team, l.Seq}] = l
		}
	}
	told := make([]InboxNotice, len(notices))
	for i, n := range notices {
		l := found[at{n.TeamID, n.Seq}]
		told[i] = InboxNotice{Notice: n, Entry: l.Entry, Because: l.Because}
	}
	return told, nil
}

// MarkNoticeRead marks one notice of the actor's as read; one that is not theirs
// is Missing.
func (s *Store) MarkNoticeRead(ctx context.Context, who Actor, notice string) error {
	var n int
	err := s.parts.Read.WithContext(ctx).Raw("SELECT COUNT(*) "+mine+" AND n.id = ?", who.ID, notice).Row().Scan(&n)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	return s.markRead(ctx, who, "id = ?", notice)
}

// MarkTaskRead marks what the actor was told of a task as read: they have opened
// it. A task that they may not see is Missing.
func (s *Store) MarkTaskRead(ctx context.Context, who Actor, task string) error {
	if _, err := sees(s.parts.Read.WithContext(ctx), who, ofTask(task), access.SeeBoard); err != nil {
		return err
	}
	return s.markRead(ctx, who, "task_id = ?", task)
}

// MarkAllNoticesRead marks all that the actor was told as read.
func (s *Store) MarkAllNoticesRead(ctx context.Context, who Actor) error {
	return s.markRead(ctx, who, "1 = 1")
}

// markRead writes only where there is something to write, and then tells the
// person's other pages.
func (s *Store) markRead(ctx context.Context, who Actor, which string, args ...any) error {
	unread := append([]any{who.ID}, args...)
	var n int64
	err := s.parts.Read.WithContext(ctx).Model(&Notice{}).Where("user_id = ? AND read_at IS NULL AND "+which, unread...).Limit(1).Count(&n).Error
	if err != nil || n == 0 {
		return err
	}
	news := feed.News{Topic: feed.PersonTopic(who.ID)}
	err = s.unlogged(ctx, func(db *gorm.DB) error {
		args := append([]any{s.now()}, unread...)
		if err := db.Exec("UPDATE notices SET read_at = ? WHERE user_id = ? AND read_at IS NULL AND "+which, args...).Error; err != nil {
			return err
		}
		if s.parts.Announce == nil {
			return nil
		}
		return s.parts.Announce(ctx, db, []feed.News{news})
	})
	if err == nil {
		s.parts.Feed.Publish(news)
	}
	return err
}
