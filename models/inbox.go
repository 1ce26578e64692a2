package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
)

const (
	// InboxPage is how many tasks a page of the inbox shows.
	InboxPage = 50
	// InboxNotices is how many notices of one task it shows, the newest.
	InboxNotices = 20
)

// InboxPart names what of the inbox is shown.
type InboxPart string

const (
	InboxAll     InboxPart = ""       // what is not cleared or snoozed
	InboxUnread  InboxPart = "unread" // of that, what is not read
	InboxSnoozed InboxPart = "snoozed"
	InboxCleared InboxPart = "cleared"
)

// InboxParts lists every part.
var InboxParts = []InboxPart{InboxAll, InboxUnread, InboxSnoozed, InboxCleared}

// InboxFilter says what of the inbox is shown.
type InboxFilter struct {
	Part  InboxPart
	Kind  NoticeKind // empty: any
	Board string     // its ID; empty: any
}

// InboxView is a page of somebody's notices, by task, the task with the newest
// notice first.
type InboxView struct {
	Filter InboxFilter
	Now    time.Time // in the person's zone
	Unread int       // of the whole inbox, as UnreadNotices counts, without Asked and Remarks
	Parts  map[InboxPart]int
	Kinds  []NoticeKind // there are such in the part
	Boards []Board      // that they are of; ID and name
	Items  []InboxItem
	Asked  []AskedOf // questions of reviews that wait for an answer

	Remarks []Remark // the person's own, about which something was done that they have not seen
	Waiting int      // remarks of others that wait for an answer; for administrators

	Older string // the page below begins under this place; empty: there is none
}

// InboxItem is a task with its notices, newest first.
type InboxItem struct {
	Work    WorkTask
	Task    TaskRef
	TeamID  string
	Mine    bool // the actor owns the task
	Asked   bool // for their approval, which they have not given
	Unread  bool // one of the notices is
	Snoozed bool // the task is, with all that it will tell
	Count   int  // notices, all told
	Notices []InboxNotice
}

// InboxNotice is a notice with the entry it tells of.
type InboxNotice struct {
	Notice
	Entry   ledger.Entry
	Because *ledger.Entry
	Said    string // the comment that it tells of, as it is now
}

// mine are the actor's notices that are theirs to see still: of teams that they
// have not left, of tasks that are not deleted, and not muted.
const mine = `FROM notices n
	JOIN memberships m ON m.team_id = n.team_id AND m.user_id = n.user_id
	JOIN tasks t ON t.id = n.task_id AND t.deleted_at IS NULL
	WHERE n.user_id = ?
	AND NOT EXISTS (SELECT 1 FROM muted_tasks q WHERE q.user_id = n.user_id AND q.task_id = n.task_id)
	AND NOT EXISTS (SELECT 1 FROM muted_boards q WHERE q.user_id = n.user_id AND q.board_id = t.board_id)`

// partIs says which notices are of a part.
var partIs = map[InboxPart]string{
	InboxAll:     " AND n.cleared_at IS NULL AND n.snoozed_until IS NULL",
	InboxUnread:  " AND n.cleared_at IS NULL AND n.snoozed_until IS NULL AND n.read_at IS NULL",
	InboxSnoozed: " AND n.snoozed_until IS NOT NULL",
	InboxCleared: " AND n.cleared_at IS NOT NULL AND n.snoozed_until IS NULL",
}

// where picks the notices of a filter, with the values that it needs.
func (f InboxFilter) where() (string, []any) {
	where, args := partIs[f.Part], []any{}
	if f.Kind != "" {
		where, args = where+" AND n.kind = ?", append(args, f.Kind)
	}
	if f.Board != "" {
		where, args = where+" AND t.board_id = ?", append(args, f.Board)
	}
	return where, args
}

// Inbox returns a page of the actor's notices, below a place (empty: from the
// newest). What a filter names that is not there matches nothing.
func (s *Store) Inbox(ctx context.Context, who Actor, f InboxFilter, below string) (InboxView, error) {
	v := InboxView{Filter: f, Now: s.now().In(Zone(who.Zone))}
	err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		if v.Unread, err = unread(db, who); err != nil {
			return err
		}
		if v.Asked, err = openQuestions(db, who); err != nil {
			return err
		}
		if v.Remarks, v.Waiting, err = newsOfRemarks(db, who); err != nil {
			return err
		}
		v.Unread -= len(v.Asked) + len(v.Remarks) // reading notices does not settle them
		if err := v.facets(db, who); err != nil {
			return err
		}
		heads, err := inboxHeads(db, who, f, below)
		if err != nil {
			return err
		}
		if len(heads) > InboxPage {
			heads = heads[:InboxPage]
			v.Older = heads[InboxPage-1].Newest
		}
		v.Items, err = inboxItems(db, who, f, heads)
		return err
	})
	return v, err
}

// UnreadNotices counts what the actor has not read yet and is not out of sight. Of one
// task, things of one kind count once.
func (s *Store) UnreadNotices(ctx context.Context, who Actor) (int, error) {
	return unread(s.parts.Read.WithContext(ctx), who)
}

func unread(db *gorm.DB, who Actor) (n int, err error) {
	err = db.Raw("SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT n.task_id, n.kind "+mine+partIs[InboxUnread]+") u) + (SELECT COUNT(*) "+unanswered+") + (SELECT COUNT(*) "+remarkNews+")", who.ID, who.ID, who.ID).Row().Scan(&n)
	return n, err
}

// facets counts the tasks of each part, and finds what the one at hand can be
// narrowed to.
func (v *InboxView) facets(db *gorm.DB, who Actor) error {
	const of = `SELECT COUNT(DISTINCT CASE WHEN n.cleared_at IS NULL AND n.snoozed_until IS NULL THEN n.task_id END),
		COUNT(DISTINCT CASE WHEN n.cleared_at IS NULL AND n.snoozed_until IS NULL AND n.read_at IS NULL THEN n.task_id END),
		COUNT(DISTINCT CASE WHEN n.snoozed_until IS NOT NULL THEN n.task_id END) `
	var all, unread, snoozed int
	if err := db.Raw(of+mine, who.ID).Row().Scan(&all, &unread, &snoozed); err != nil {
		return fmt.Errorf("parts of the inbox: %w", err)
	}
	v.Parts = map[InboxPart]int{InboxAll: all, InboxUnread: unread, InboxSnoozed: snoozed}
	var found []struct {
		Kind            NoticeKind
		BoardID, BoardN string
	}
	err := db.Raw("SELECT f.kind, f.board_id, b.name AS board_n FROM (SELECT DISTINCT n.kind, t.board_id "+mine+partIs[v.Filter.Part]+
		") f JOIN boards b ON b.id = f.board_id ORDER BY lower(b.name), b.id", who.ID).Scan(&found).Error
	if err != nil {
		return fmt.Errorf("kinds and boards of the inbox: %w", err)
	}
	has := map[NoticeKind]bool{}
	for _, f := range found {
		has[f.Kind] = true
		if !slices.ContainsFunc(v.Boards, func(b Board) bool { return b.ID == f.BoardID }) {
			v.Boards = append(v.Boards, Board{ID: f.BoardID, Name: f.BoardN})
		}
	}
	for _, k := range NoticeKinds {
		if has[k] {
			v.Kinds = append(v.Kinds, k)
		}
	}
	return nil
}

// inboxHead is a task of the inbox with its newest notice.
type inboxHead struct{ TaskID, Newest string }

func inboxHeads(db *gorm.DB, who Actor, f InboxFilter, below string) ([]inboxHead, error) {
	where, values := f.where()
	args := append([]any{who.ID}, values...)
	having := ""
	if below != "" {
		having, args = "HAVING MAX(n.place) < ?", append(args, below)
	}
	var heads []inboxHead
	err := db.Raw(fmt.Sprintf("SELECT n.task_id, MAX(n.place) AS newest %s%s GROUP BY n.task_id %s ORDER BY newest DESC LIMIT %d",
		mine, where, having, InboxPage+1), args...).Scan(&heads).Error
	return heads, err
}

func inboxItems(db *gorm.DB, who Actor, f InboxFilter, heads []inboxHead) ([]InboxItem, error) {
	if len(heads) == 0 {
		return nil, nil
	}
	ids := make([]string, len(heads))
	for i, h := range heads {
		ids[i] = h.TaskID
	}
	tasks, err := inboxTasks(db, who, ids)
	if err != nil {
		return nil, err
	}
	where, values := f.where()
	var notices []struct {
		Notice
		Total int
	}
	err = db.Raw(`SELECT * FROM (SELECT n.*, ROW_NUMBER() OVER (PARTITION BY n.task_id ORDER BY n.place DESC, n.id DESC) AS nth,
		COUNT(*) OVER (PARTITION BY n.task_id) AS total `+mine+where+` AND n.task_id IN ?) p WHERE nth <= ? ORDER BY place DESC, id DESC`,
		append(append([]any{who.ID}, values...), ids, InboxNotices)...).Scan(&notices).Error
	if err != nil {
		return nil, fmt.Errorf("notices of the inbox: %w", err)
	}
	plain := make([]Notice, len(notices))
	for i, n := range notices {
		plain[i] = n.Notice
		tasks[n.TaskID].Count = n.Total
	}
	told, err := inboxEntries(db, plain)
	if err != nil {
		return nil, err
	}
	if err := quoteComments(db, told); err != nil {
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

// asks reports whether a task t asks a member m for their approval, who has not given
// it. Whether they did the work, only the log knows: approving says so.
const asks = `(t.approval = 'asked' AND t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled') AND EXISTS (SELECT 1 FROM approvals a WHERE a.task_id = t.id
				AND (a.role = 'manager' AND m.role IN ('manager', 'owner') OR a.role = 'owner' AND m.role = 'owner'
					OR EXISTS (SELECT 1 FROM approvers p WHERE p.task_id = t.id AND p.user_id = m.user_id)))
			AND NOT EXISTS (SELECT 1 FROM approval_answers r WHERE r.task_id = t.id AND r.user_id = m.user_id))`

// inboxTasks reads tasks with what one needs to know to go on with them.
func inboxTasks(db *gorm.DB, who Actor, ids []string) (map[string]*InboxItem, error) {
	var found []struct {
		Found                workFound `gorm:"embedded"`
		Mine, Snoozed, Asked bool
	}
	err := db.Raw(`SELECT t.*, b.name AS board, b."key" AS board_key, tm.name AS team, tm.zone AS team_zone, tm.days_off, tm.holidays, m.role AS role,
			EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = t.id AND o.user_id = m.user_id) AS mine,
			EXISTS (SELECT 1 FROM snoozed_tasks z WHERE z.task_id = t.id AND z.user_id = m.user_id) AS snoozed,
			`+asks+` AS asked
		FROM tasks t JOIN boards b ON b.id = t.board_id JOIN teams tm ON tm.id = t.team_id
		JOIN memberships m ON m.team_id = t.team_id AND m.user_id = ? WHERE t.id IN ?`, who.ID, ids).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("tasks of the inbox: %w", err)
	}
	rows := make([]*workRow, len(found))
	for i, f := range found {
		rows[i] = f.Found.row()
	}
	if err := nameStarts(db, rows); err != nil {
		return nil, err
	}
	tasks := map[string]*InboxItem{}
	for i, f := range found {
		w := rows[i].WorkTask
		tasks[w.ID] = &InboxItem{Work: w, TeamID: w.TeamID, Mine: f.Mine, Snoozed: f.Snoozed, Asked: f.Asked && !f.Mine && access.Can(w.Role, access.EditTask),
			Task: TaskRef{ID: w.ID, Key: w.Key, Title: w.Title, State: w.State, BoardID: w.BoardID, Board: w.Board}}
	}
	return tasks, nil
}

// inboxEntries adds to notices the entries that they tell of.
func inboxEntries(db *gorm.DB, notices []Notice) ([]InboxNotice, error) {
	var places []logPlace
	for _, n := range notices {
		if n.About == "" {
			places = append(places, logPlace{n.TeamID, n.Seq})
		}
	}
	lines, err := logLinesAt(db, places)
	if err != nil {
		return nil, err
	}
	found := map[logPlace]LogLine{}
	for _, l := range lines {
		found[logPlace{l.Log, l.Seq}] = l
	}
	told := make([]InboxNotice, len(notices))
	for i, n := range notices {
		told[i] = InboxNotice{Notice: n}
		if l, ok := found[logPlace{n.TeamID, n.Seq}]; ok && n.About == "" {
			told[i].Entry, told[i].Because = l.Entry, l.Because
		}
	}
	return told, nil
}

// quoteComments adds what the comments say that notices tell of; what is deleted is
// not to be read here either.
func quoteComments(db *gorm.DB, told []InboxNotice) error {
	ids := []string{}
	for _, n := range told {
		if n.Entry.Subject.Kind == "comment" {
			ids = append(ids, n.Entry.Subject.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var found []struct{ ID, Body string }
	if err := db.Raw("SELECT id, body FROM comments WHERE id IN ?", ids).Scan(&found).Error; err != nil {
		return fmt.Errorf("comments of the inbox: %w", err)
	}
	said := map[string]string{}
	for _, c := range found {
		said[c.ID] = c.Body
	}
	for i, n := range told {
		told[i].Said = said[n.Entry.Subject.ID]
	}
	return nil
}
