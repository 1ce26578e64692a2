package models

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/find"
)

// sift is a filter as a condition on tasks; without one, all pass.
type sift struct {
	where string
	args  []any
}

func (s *sift) and(where string, args ...any) {
	if s.where != "" {
		s.where += " AND "
	}
	s.where += where
	s.args = append(s.args, args...)
}

// of leaves of a query on tasks what passes.
func (s sift) of(q *gorm.DB) *gorm.DB {
	if s.where == "" {
		return q
	}
	return q.Where("("+s.where+")", s.args...)
}

// more is the filter as the end of a query's conditions.
func (s sift) more() string {
	if s.where == "" {
		return ""
	}
	return " AND (" + s.where + ")"
}

// among tells which of some tasks pass.
func (s sift) among(db *gorm.DB, ids []string) (passes func(id string) bool, err error) {
	if s.where == "" {
		return func(string) bool { return true }, nil
	}
	var some []string
	err = s.of(db.Model(&Task{}).Where("id IN ?", ids)).Pluck("id", &some).Error
	return func(id string) bool { return slices.Contains(some, id) }, err
}

// sift makes a filter ready for a board, as the actor sees it: who they are, and
// which day it is where they are.
func (s *Store) sift(db *gorm.DB, who Actor, b Board, f BoardFilter) (by sift) {
	switch f.Owner {
	case "":
	case FilterNobody:
		by.and("NOT EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = tasks.id)")
	case FilterMe:
		by.and(ownedBy, who.ID)
	default:
		by.and(ownedBy, f.Owner)
	}
	if f.State != "" {
		by.and("tasks.state = ?", f.State)
	}
	if f.Priority != "" {
		by.and("tasks.priority = ?", slices.Index(FilterPriorities, f.Priority))
	}
	if f.Label != "" {
		by.and("EXISTS (SELECT 1 FROM task_labels l WHERE l.task_id = tasks.id AND l.label_id = ?)", f.Label)
	}
	if f.Blocked {
		by.and("tasks.blocked")
	}
	if f.Due != "" {
		from, until := dueRange(f.Due, s.now().In(Zone(who.Zone)))
		by.and("tasks.due > ? AND tasks.due <= ? AND tasks.state IN ?", from, until, openStates)
	}
	if f.Words != "" {
		has, args := titled(db, b, f.Words)
		by.and(has, args...)
	}
	for _, a := range f.fieldAsks() {
		has, args := a.condition(who)
		by.and(has, args...)
	}
	return by
}

const ownedBy = "EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = tasks.id AND o.user_id = ?)"

// dueRange are the days that a filter for dates means: after from, until until.
func dueRange(due string, now time.Time) (from, until string) {
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	switch due {
	case DueOverdue:
		return "", day(-1)
	case DueToday:
		return day(-1), day(0)
	}
	return day(-1), day(6)
}

// titled is the condition that a task's title has words, as the search finds them,
// or that they are its key.
func titled(db *gorm.DB, b Board, text string) (string, []any) {
	q := find.Parse(text)
	h := hunt{query: find.Query{Words: find.Words(text)}, scope: []string{b.ID}}
	has, match := "tasks.id IN (SELECT d.task_id FROM search_index i JOIN search_docs d ON d.id = i.rowid WHERE search_index MATCH ?)", h.sqliteMatch("title")
	if db.Name() == "postgres" {
		has, match = "tasks.id IN (SELECT d.task_id FROM search_docs d WHERE d.vector @@ ?::tsquery)", h.postgresMatch("title")
	}
	if q.Board == b.Key && q.Number > 0 {
		return "(" + has + " OR tasks.number = ?)", []any{match, q.Number}
	}
	return has, []any{match}
}
