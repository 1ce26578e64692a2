package models

import (
	"database/sql"
	"strconv"
	"strings"
	"sync"

	"gorm.io/gorm"
)

// What every move reads is read without gorm in between, whose building of
// statements and filling of structs costs as much as SQLite takes to answer.
// Writes stay with gorm, where the guard is.

// row reads one row of a query with ? for its values.
func (tx *Tx) row(query string, args ...any) *sql.Row {
	return tx.db.Statement.ConnPool.QueryRowContext(tx.ctx, bound(tx.db, query), args...)
}

// each reads every row of a query with ? for its values.
func (tx *Tx) each(query string, args []any, read func(*sql.Rows) error) error {
	rows, err := tx.db.Statement.ConnPool.QueryContext(tx.ctx, bound(tx.db, query), args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

var numbered sync.Map // query with ? → the same with $1, $2 …

// bound is the query as the database numbers its values.
func bound(db *gorm.DB, query string) string {
	if db.Name() != "postgres" {
		return query
	}
	if q, ok := numbered.Load(query); ok {
		return q.(string)
	}
	var out strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			out.WriteString("$" + strconv.Itoa(i))
		}
		out.WriteString(part)
	}
	numbered.Store(query, out.String())
	return out.String()
}

// taskColumns are a task's columns, in the order of taskFields.
const taskColumns = `t.id, t.team_id, t.board_id, t.column_id, t.number, t.title, t.description, t.state, t.position, t.due,
	t.estimate, t.priority, t."join", t.not_before, t.overridden, t.override_reason, t.at_risk, t.blocked, t.blocked_reason,
	t.review_at, t.done_at, t.archived_at, t.deleted_at, t.approval, t.moved_seq, t.moved_auto, t.moved_by, t.created_by, t.created_at,
	t.updated_at, t.version, t.needs_file, t.run_id, t.step, t.wanted, t.skipped, t.repeats, t.repeats_on, t.repeat_of`

func taskFields(t *Task) []any {
	return []any{&t.ID, &t.TeamID, &t.BoardID, &t.ColumnID, &t.Number, &t.Title, &t.Description, &t.State, &t.Position, &t.Due,
		&t.Estimate, &t.Priority, &t.Join, &t.NotBefore, &t.Overridden, &t.OverrideReason, &t.AtRisk, &t.Blocked, &t.BlockedReason,
		&t.ReviewAt, &t.DoneAt, &t.ArchivedAt, &t.DeletedAt, &t.Approval, &t.MovedSeq, &t.MovedAuto, &t.MovedBy, &t.CreatedBy, &t.CreatedAt,
		&t.UpdatedAt, &t.Version, &t.NeedsFile, &t.RunID, &t.Step, &t.Wanted, &t.Skipped, &t.Repeats, &t.RepeatsOn, &t.RepeatOf}
}
