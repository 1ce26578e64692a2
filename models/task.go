package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// onBoard is a task together with its board.
type onBoard struct {
	Task
	board Board
}

func (t onBoard) key() string { return Key(t.board.Key, t.Number) }

// subject names the task as the log keeps it: key, a space, title.
func (t onBoard) subject() ledger.Subject {
	return ledger.Subject{Kind: "task", ID: t.ID, Name: t.key() + " " + t.Title}
}

func (t onBoard) ref() TaskRef {
	return TaskRef{ID: t.ID, Key: t.key(), Title: t.Title, State: t.State, BoardID: t.BoardID, Board: t.board.Name}
}

// flow is the task as the rules of movement see it.
func (t Task) flow() flow.Task {
	return flow.Task{
		ID: t.ID, Position: t.Position, State: t.State, Join: t.Join, NotBefore: orZero(t.NotBefore),
		Overridden: t.Overridden, AtRisk: t.AtRisk, Blocked: t.Blocked, Archived: t.ArchivedAt != nil,
		ReviewAt: orZero(t.ReviewAt), DoneAt: orZero(t.DoneAt),
		Unwanted: t.Wanted.Unwanted(), Skipped: t.Skipped, Paused: t.resting,
	}
}

// as is the task after the rules of movement made f of it.
func (t Task) as(f flow.Task) Task {
	t.State, t.Overridden, t.AtRisk = f.State, f.Overridden, f.AtRisk
	t.ReviewAt, t.DoneAt = orNil(f.ReviewAt), orNil(f.DoneAt)
	t.Skipped = f.Skipped
	t.Wanted = t.Wanted.Moved(f)
	if !t.Overridden {
		t.OverrideReason = ""
	}
	return t
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// task loads a task of the team that is not deleted.
func (tx *Tx) task(id string) (onBoard, error) {
	var t onBoard
	var h heed
	err := tx.row("SELECT "+taskColumns+heedColumns+" FROM tasks t WHERE t.id = ? AND t.team_id = ? AND t.deleted_at IS NULL", id, tx.Team.ID).
		Scan(append(taskFields(&t.Task), &h.owned, &h.watched, &h.unread)...)
	if err != nil {
		return t, orMissing(err)
	}
	if t.resting, err = tx.paused(t.RunID); err != nil {
		return t, err
	}
	if tx.heeds == nil {
		tx.heeds = map[string]heed{}
	}
	tx.heeds[id] = h
	t.board, err = tx.boardOf(t.BoardID)
	return t, err
}

func (tx *Tx) boardOf(id string) (Board, error) {
	if b, ok := tx.loaded[id]; ok {
		return b, nil
	}
	b, err := tx.board(id)
	if err == nil {
		if tx.loaded == nil {
			tx.loaded = map[string]Board{}
		}
		tx.loaded[id] = b
	}
	return b, err
}

// fresh loads a task for a write to some of its fields by somebody who saw it at
// version seen. It is Stale, and says what changed, if a person has changed one of
// those fields since; a change to other fields is none of the writer's business.
func (tx *Tx) fresh(id string, seen int64, fields ...string) (onBoard, error) {
	t, err := tx.task(id)
	if err != nil || t.Version <= seen {
		return t, err
	}
	return t, tx.meanwhile(id, id, seen, fields)
}

// active is fresh for a write that only a task on its board takes: one that is
// archived has to be brought back first.
func (tx *Tx) active(id string, seen int64, fields ...string) (onBoard, error) {
	t, err := tx.fresh(id, seen, fields...)
	if err == nil && t.ArchivedAt != nil {
		err = fault.New(fault.Conflict, fault.IsArchived)
	}
	return t, err
}

// meanwhile is Stale, and says what changed, if a person has changed fields of a
// task, or of a part of it, since seen.
func (tx *Tx) meanwhile(task, subject string, seen int64, fields []string) error {
	var data []string
	err := tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND seq > ? ORDER BY seq", tx.log, task, seen).Scan(&data).Error
	if err != nil {
		return err
	}
	f := fault.New(fault.Stale, fault.Changed)
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return err
		}
		if e.Actor.Kind == ledger.Automation || e.Subject.ID != subject {
			continue
		}
		for _, c := range e.Changes {
			if slices.Contains(fields, custom.KeyOf(c.Field)) {
				f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: c.Field, Seq: e.Seq,
					From: firstOf(c.FromText, c.From), To: firstOf(c.ToText, c.To)})
			}
		}
	}
	if len(f.Changes) > 0 {
		return f
	}
	return nil
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// save records n and writes what differs between was and is; nothing, if nothing
// does. It returns the entry's number, 0 for none.
func (tx *Tx) save(was onBoard, is Task, n note) (int64, error) {
	changes, columns := tx.difference(was.Task, is)
	if len(changes) == 0 {
		return 0, nil
	}
	if was.DeletedAt != nil && is.DeletedAt == nil && is.RunID != "" {
		if err := tx.stepFree(is); err != nil {
			return 0, err
		}
	}
	named := was
	named.Task = is
	if is.BoardID != was.BoardID {
		tx.concerns(was.ID)
		var err error
		if named.board, err = tx.boardOf(is.BoardID); err != nil {
			return 0, err
		}
	}
	n.changes, n.subject, n.task, n.board = append(n.changes, changes...), named.subject(), named.subject(), named.board.subject()
	seq := tx.record(n)
	if is.BoardID != was.BoardID { // the pages of the one that it left do not hear of it otherwise
		tx.boards[was.BoardID] = true
		if err := tx.boardChanged(was.BoardID); err != nil {
			return seq, err
		}
	}
	tx.stir(was.Task, is)
	columns = append(columns, set{"version", seq}, set{"updated_at", tx.now})
	if was.Repeats != is.Repeats || was.RepeatsOn != is.RepeatsOn {
		columns = append(columns, set{"repeat_at", is.comesAt(tx.Team)}, set{"repeat_seq", seq})
	}
	if was.State != is.State {
		columns = append(columns, set{"moved_seq", seq}, set{"moved_auto", n.auto}, set{"moved_by", ""})
	}
	if err := tx.set("tasks", was.ID, columns); err != nil || (was.State == flow.Done) == (is.State == flow.Done) {
		return seq, err
	}
	return seq, tx.tickMade(is, seq)
}

// set is one column of a row to be written.
type set struct {
	column string
	value  any
}

func (tx *Tx) set(table, id string, columns []set) error {
	var sql strings.Builder
	sql.WriteString("UPDATE " + table + " SET ")
	args := make([]any, 0, len(columns)+1)
	for i, c := range columns {
		if i > 0 {
			sql.WriteString(", ")
		}
		sql.WriteString(c.column + " = ?")
		args = append(args, c.value)
	}
	sql.WriteString(" WHERE id = ?")
	return one(tx.rows().Exec(sql.String(), append(args, id)...))
}

// difference lists the fields in which two versions of a task differ, for the log
// and for the table. Together the entries of a task hold all there is to know of it.
func (tx *Tx) difference(was, is Task) ([]ledger.Change, []set) {
	var changes []ledger.Change
	var columns []set
	field := func(name, from, to string, value any) {
		if from != to {
			changes = append(changes, ledger.Change{Field: name, From: from, To: to})
			columns = append(columns, set{columnOfField(name), value})
		}
	}
	if was.ID != "" { // of a new one they are what its entry is about
		field("board", was.BoardID, is.BoardID, is.BoardID)
		field("number", strconv.FormatInt(was.Number, 10), strconv.FormatInt(is.Number, 10), is.Number)
	}
	field("title", was.Title, is.Title, is.Title)
	field("description", was.Description, is.Description, is.Description)
	field("state", string(was.State), string(is.State), is.State)
	field("column", was.ColumnID, is.ColumnID, is.ColumnID)
	field("position", was.Position, is.Position, is.Position)
	field("due", string(was.Due), string(is.Due), is.Due)
	field("estimate", number(was.Estimate), number(is.Estimate), is.Estimate)
	field("priority", number(int(was.Priority)), number(int(is.Priority)), is.Priority)
	field("join", string(was.Join), string(is.Join), is.Join)
	field("not_before", moment(was.NotBefore), moment(is.NotBefore), is.NotBefore)
	field("needs_file", yes(was.NeedsFile), yes(is.NeedsFile), is.NeedsFile)
	field("overridden", yes(was.Overridden), yes(is.Overridden), is.Overridden)
	field("override_reason", was.OverrideReason, is.OverrideReason, is.OverrideReason)
	field("at_risk", yes(was.AtRisk), yes(is.AtRisk), is.AtRisk)
	field("blocked", yes(was.Blocked), yes(is.Blocked), is.Blocked)
	field("blocked_reason", was.BlockedReason, is.BlockedReason, is.BlockedReason)
	field("review_at", moment(was.ReviewAt), moment(is.ReviewAt), is.ReviewAt)
	field("done_at", moment(was.DoneAt), moment(is.DoneAt), is.DoneAt)
	field("archived_at", moment(was.ArchivedAt), moment(is.ArchivedAt), is.ArchivedAt)
	field("deleted_at", moment(was.DeletedAt), moment(is.DeletedAt), is.DeletedAt)
	field("approval", string(was.Approval), string(is.Approval), is.Approval)
	field("run", was.RunID, is.RunID, is.RunID)
	field("step", was.Step, is.Step, is.Step)
	field("wanted", string(was.Wanted), string(is.Wanted), is.Wanted)
	field("skipped", yes(was.Skipped), yes(is.Skipped), is.Skipped)
	field("repeats", was.Repeats, is.Repeats, is.Repeats)
	field("repeats_on", string(was.RepeatsOn), string(is.RepeatsOn), is.RepeatsOn)
	field("repeat_of", was.RepeatOf, is.RepeatOf, is.RepeatOf)
	for i, c := range changes {
		switch c.Field {
		case "column":
			changes[i].FromText, changes[i].ToText = tx.columnName(c.From), tx.columnName(c.To)
		case "board":
			changes[i].FromText, changes[i].ToText = tx.boardName(c.From), tx.boardName(c.To)
		case "run":
			changes[i].FromText, changes[i].ToText = tx.runs[c.From].Name, tx.runs[c.To].Name
		case "repeat_of":
			changes[i].FromText, changes[i].ToText = tx.taskName(c.From), tx.taskName(c.To)
		}
	}
	return changes, columns
}

// boardName names a board for the log.
func (tx *Tx) boardName(id string) string {
	b, _ := tx.boardOf(id) // a name is a courtesy
	return b.Name
}

func columnOfField(field string) string {
	switch field {
	case "board":
		return "board_id"
	case "column":
		return "column_id"
	case "join":
		return `"join"` // a word of SQL
	}
	return field
}

// taskName names a task for the log; empty if there is none.
func (tx *Tx) taskName(id string) string {
	if id == "" {
		return ""
	}
	t, _ := tx.task(id) // a name is a courtesy
	return t.subject().Name
}

// columnName names a column for the log; empty if it is in none.
func (tx *Tx) columnName(id string) (name string) {
	if id == "" {
		return ""
	}
	if name, ok := tx.columnNames[id]; ok {
		return name
	}
	if name, ok := tx.shapes.name(id, tx.loaded); ok {
		return name
	}
	if tx.columnNames == nil {
		tx.columnNames = map[string]string{}
	}
	_ = tx.db.Raw("SELECT name FROM columns WHERE id = ?", id).Row().Scan(&name) // a name is a courtesy
	tx.columnNames[id] = name
	return name
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// judge applies the rules to a task as the tables hold its prerequisites.
func (tx *Tx) judge(t onBoard) (flow.Verdict, error) {
	deps, err := graph{tx}.Prerequisites([]string{t.ID})
	if err != nil {
		return flow.Verdict{}, fmt.Errorf("load prerequisites: %w", err)
	}
	var prerequisites []flow.Prerequisite
	if len(deps) > 0 {
		ids := make([]string, len(deps))
		for i, d := range deps {
			ids[i] = d.Prerequisite
		}
		tasks, err := graph{tx}.Tasks(ids)
		if err != nil {
			return flow.Verdict{}, fmt.Errorf("load prerequisites: %w", err)
		}
		prerequisites = flow.Link(deps, tasks)[t.ID]
	}
	return flow.Judge(t.flow(), prerequisites, tx.now, tx.Team.calendar()), nil
}

// refs names tasks, in the order of ids.
func (tx *Tx) refs(ids []string) ([]fault.Ref, error) {
	refs := make([]fault.Ref, 0, len(ids))
	for _, id := range ids {
		t, err := tx.task(id)
		if err != nil {
			return nil, err
		}
		refs = append(refs, fault.Ref{ID: id, Key: t.key(), Title: t.Title})
	}
	return refs, nil
}

// refuse completes a fault of the rules with the names that its message needs.
func (tx *Tx) refuse(f *fault.Fault, v flow.Verdict) error {
	if f.Code == fault.StillWaits {
		ids := make([]string, 0, len(v.Open))
		for _, p := range v.Open {
			ids = append(ids, p.Prerequisite)
		}
		refs, err := tx.refs(ids)
		if err != nil {
			return err
		}
		f.Args = []any{v.ReleaseAt}
		return f.Naming(refs...)
	}
	return f
}
