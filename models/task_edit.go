package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// TaskInput is what a person edits of a task; nil leaves a field as it is.
type TaskInput struct {
	Title       *string
	Description *string
	Owners      *[]string // user IDs
	Labels      *[]string // IDs of its board's labels
	Due         *Date
	Estimate    *int // minutes, 0 to flow.MaxEstimate
	Priority    *Priority
	Join        *flow.Join
	NotBefore   **time.Time
	NeedsFile   *bool
	Fields      map[string]string // what is typed into its board's fields, by their IDs
}

// EditTask changes a task's fields. It returns Invalid faults by field, and Stale
// with what changed if somebody has changed one of the same fields since seen.
func (s *Store) EditTask(ctx context.Context, who Actor, task string, seen int64, in TaskInput) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.fresh(task, seen, in.fields()...)
		if err != nil {
			return err
		}
		return tx.edit(t, in)
	})
}

func (tx *Tx) edit(t onBoard, in TaskInput) error {
	is, err := in.apply(t.Task)
	if err != nil {
		return err
	}
	if is.NeedsFile && !t.NeedsFile && t.State == flow.Done {
		if missing, err := fileThere(tx, onBoard{is, t.board}); err != nil || len(missing) > 0 {
			return errors.Join(err, fault.All(missing...)) // what is done stays complete
		}
	}
	var owners []ledger.Change
	var added []string
	if in.Owners != nil {
		if owners, added, err = tx.setOwners(t.ID, *in.Owners); err != nil {
			return err
		}
	}
	more := owners
	if in.Labels != nil {
		labels, err := tx.setLabels(t, *in.Labels)
		if err != nil {
			return err
		}
		more = append(more, labels...)
	}
	if len(in.Fields) > 0 {
		values, err := tx.setValues(t, in.Fields)
		if err != nil {
			return err
		}
		more = append(more, values...)
	}
	seq, err := tx.saveWith(t, is, note{action: TaskEdited}, more)
	if err != nil || seq == 0 {
		return err
	}
	if err := tx.tell(added, t.ID, Assigned, seq); err != nil {
		return err
	}
	if err := tx.contentChanged(onBoard{is, t.board}, seq, in.fields()); err != nil {
		return err
	}
	if is.Join != t.Join || moment(is.NotBefore) != moment(t.NotBefore) {
		return tx.settle(nil, []string{t.ID})
	}
	return tx.touchLinked(t.ID)
}

// saveWith is save for a change that is in another table, too.
func (tx *Tx) saveWith(was onBoard, is Task, n note, more []ledger.Change) (int64, error) {
	n.changes = more
	seq, err := tx.save(was, is, n)
	if err != nil || seq != 0 || len(more) == 0 {
		return seq, err
	}
	n.subject, n.task, n.board = was.subject(), was.subject(), was.board.subject()
	seq = tx.record(n)
	return seq, tx.set("tasks", was.ID, []set{{"version", seq}, {"updated_at", tx.now}})
}

// fields are the log's names of what in changes.
func (in TaskInput) fields() []string {
	var fields []string
	for name, given := range map[string]bool{
		"title": in.Title != nil, "description": in.Description != nil, "owners": in.Owners != nil, "labels": in.Labels != nil, "due": in.Due != nil,
		"estimate": in.Estimate != nil, "priority": in.Priority != nil, "join": in.Join != nil, "not_before": in.NotBefore != nil,
		"needs_file": in.NeedsFile != nil,
	} {
		if given {
			fields = append(fields, name)
		}
	}
	for id := range in.Fields {
		fields = append(fields, custom.Key(id))
	}
	return fields
}

func (in TaskInput) apply(t Task) (Task, error) {
	var faults []*fault.Fault
	wrong := func(f *fault.Fault) { faults = append(faults, f) }
	if in.Title != nil {
		t.Title = strings.TrimSpace(*in.Title)
		switch {
		case t.Title == "":
			wrong(fault.On("title", fault.Needed))
		case utf8.RuneCountInString(t.Title) > MaxTitle:
			wrong(fault.On("title", fault.TooLong, MaxTitle))
		}
	}
	if in.Description != nil {
		t.Description = strings.ReplaceAll(*in.Description, "\r\n", "\n")
		if utf8.RuneCountInString(t.Description) > MaxDescription {
			wrong(fault.On("description", fault.TooLong, MaxDescription))
		}
	}
	if in.Due != nil {
		t.Due = *in.Due
		if _, err := time.Parse(time.DateOnly, string(t.Due)); t.Due != "" && err != nil {
			wrong(fault.On("due", fault.NotADate))
		}
	}
	if in.Estimate != nil {
		t.Estimate = *in.Estimate
		if t.Estimate < 0 || t.Estimate > flow.MaxEstimate {
			wrong(fault.On("estimate", fault.OutOfRange, 0, flow.MaxEstimate))
		}
	}
	if in.Priority != nil {
		t.Priority = *in.Priority
		if !slices.Contains(Priorities, t.Priority) {
			wrong(fault.On("priority", fault.NotAChoice))
		}
	}
	if in.Join != nil {
		t.Join = *in.Join
		if t.Join != flow.All && t.Join != flow.Any {
			wrong(fault.On("join", fault.NotAChoice))
		}
	}
	if in.NeedsFile != nil {
		t.NeedsFile = *in.NeedsFile
	}
	if in.NotBefore != nil {
		t.NotBefore = *in.NotBefore
		if t.NotBefore != nil {
			utc := t.NotBefore.UTC().Truncate(time.Microsecond)
			t.NotBefore = &utc
		}
	}
	return t, fault.All(faults...)
}

// setOwners makes exactly those people the owners of a task. It returns the
// change for the log, if it is one, and who was added.
func (tx *Tx) setOwners(task string, ids []string) ([]ledger.Change, []string, error) {
	slices.Sort(ids)
	ids = slices.Compact(slices.DeleteFunc(ids, func(id string) bool { return id == "" }))
	var was []Person
	err := tx.db.Raw("SELECT u.id, u.name FROM task_owners o JOIN users u ON u.id = o.user_id WHERE o.task_id = ? ORDER BY u.id", task).Scan(&was).Error
	if err != nil {
		return nil, nil, err
	}
	var is []Person
	if len(ids) > 0 {
		err = tx.db.Raw("SELECT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = ? AND u.id IN ? ORDER BY u.id", tx.Team.ID, ids).Scan(&is).Error
		if err != nil {
			return nil, nil, err
		}
	}
	// Somebody who has left the team may stay an owner, but not become one.
	for _, p := range was {
		if slices.Contains(ids, p.ID) && !slices.Contains(personIDs(is), p.ID) {
			is = append(is, p)
		}
	}
	slices.SortFunc(is, func(a, b Person) int { return strings.Compare(a.ID, b.ID) })
	if len(is) != len(ids) {
		return nil, nil, fault.On("owners", fault.NotInTeam)
	}
	before, after := personIDs(was), personIDs(is)
	if slices.Equal(before, after) {
		return nil, nil, nil
	}
	tx.concerns(task)
	if err := tx.rows().Exec("DELETE FROM task_owners WHERE task_id = ?", task).Error; err != nil {
		return nil, nil, err
	}
	var added []string
	for _, id := range after {
		if !slices.Contains(before, id) {
			added = append(added, id)
		}
		if err := tx.rows().Create(&TaskOwner{TaskID: task, UserID: id, TeamID: tx.Team.ID}).Error; err != nil {
			return nil, nil, err
		}
	}
	return []ledger.Change{{Field: "owners", From: strings.Join(before, " "), FromText: personNames(was),
		To: strings.Join(after, " "), ToText: personNames(is)}}, added, nil
}

func personIDs(people []Person) []string {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids
}

func personNames(people []Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}
