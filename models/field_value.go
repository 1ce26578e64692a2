package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/find"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// TaskField is what a task holds in a field of its board. Where it holds nothing,
// there is none.
type TaskField struct {
	ID      string `gorm:"primaryKey"`
	TaskID  string
	FieldID string
	Value   string   // as custom.Read makes it
	Number  *float64 // of a number, so that it can be compared
	Folded  string   // of a text, so that it can be looked into
}

// FieldValue is a field with what a task holds in it.
type FieldValue struct {
	Field
	Value string // empty: nothing
	Text  string // what the option or the person is called
}

func taskField(task string, f Field, value string) TaskField {
	row := TaskField{ID: NewID(), TaskID: task, FieldID: f.ID, Value: value}
	switch f.Kind {
	case custom.Number:
		n := custom.Float(value)
		row.Number = &n
	case custom.Text, custom.URL:
		row.Folded = find.Fold(value)
	}
	return row
}

// values reads what tasks hold in fields, the fields of each in their order and
// without their options; those that cards show, or all.
func values(db *gorm.DB, ids []string, onCards bool) (map[string][]FieldValue, error) {
	which := ""
	if onCards {
		which = "AND f.on_card"
	}
	held := map[string][]FieldValue{}
	for part := range slices.Chunk(ids, chunk) {
		var rows []struct {
			TaskID string
			FieldValue
		}
		err := db.Raw(`SELECT v.task_id, v.value, COALESCE(o.name, u.name, '') AS text, f.* FROM task_fields v JOIN fields f ON f.id = v.field_id `+which+`
			LEFT JOIN field_options o ON f.kind = 'choice' AND o.id = v.value LEFT JOIN users u ON f.kind = 'person' AND u.id = v.value
			WHERE v.task_id IN ? ORDER BY f.position, f.id`, part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			held[r.TaskID] = append(held[r.TaskID], r.FieldValue)
		}
	}
	return held, nil
}

// heldIn are all fields of a board with what a task holds in them.
func heldIn(db *gorm.DB, fields []Field, task string) ([]FieldValue, error) {
	all := make([]FieldValue, len(fields))
	for i, f := range fields {
		all[i].Field = f
	}
	if len(fields) == 0 {
		return nil, nil
	}
	held, err := values(db, []string{task}, false)
	for _, h := range held[task] {
		if i := slices.IndexFunc(fields, func(f Field) bool { return f.ID == h.ID }); i >= 0 {
			all[i].Value, all[i].Text = h.Value, h.Text
		}
	}
	return all, err
}

// setValues puts into fields of a task what was typed, by the fields' IDs; others
// stay. It returns the changes for the log, and faults by field. A done task keeps
// what its board requires.
func (tx *Tx) setValues(t onBoard, typed map[string]string) ([]ledger.Change, error) {
	fields, err := tx.fieldsOf(t.BoardID)
	if err != nil {
		return nil, err
	}
	all, err := heldIn(tx.db, fields, t.ID)
	if err != nil {
		return nil, err
	}
	var faults []*fault.Fault
	for _, id := range slices.Sorted(maps.Keys(typed)) {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.ID == id }) {
			faults = append(faults, fault.On(custom.Key(id), fault.FieldGone))
		}
	}
	var changes []ledger.Change
	for _, was := range all {
		text, given := typed[was.ID]
		if !given {
			continue
		}
		is, err := tx.readValue(was, text)
		if f := fault.From(err); f != nil {
			f.Field = custom.Key(was.ID)
			faults = append(faults, f)
			continue
		} else if err != nil {
			return nil, err
		}
		if is.Value == was.Value {
			continue
		}
		if is.Value == "" && was.Required && t.State == flow.Done {
			faults = append(faults, fault.On(custom.Key(was.ID), fault.StaysFilled))
			continue
		}
		changes = append(changes, valueChange(was, is))
		if err := tx.putValue(t.ID, is); err != nil {
			return nil, err
		}
	}
	return changes, fault.All(faults...)
}

// readValue is the field with what was typed for it, if that can be held in it. What
// it holds already may stay, even if that is somebody who has left the team.
func (tx *Tx) readValue(was FieldValue, typed string) (FieldValue, error) {
	is := was
	value, wrong := custom.Read(was.Kind, typed)
	if wrong != nil {
		return is, wrong
	}
	if value == was.Value {
		return was, nil
	}
	is.Value, is.Text = value, ""
	switch {
	case value == "":
	case was.Kind == custom.Choice:
		o, there := was.option(value)
		if !there {
			return is, fault.On("", fault.NotAChoice)
		}
		is.Text = o.Name
	case was.Kind == custom.Person:
		people, err := tx.stillMembers([]string{value})
		if err != nil {
			return is, err
		}
		if len(people) == 0 {
			return is, fault.On("", fault.NotInTeam)
		}
		is.Text = people[0].Name
	}
	return is, nil
}

func (tx *Tx) putValue(task string, is FieldValue) error {
	if err := tx.rows().Exec("DELETE FROM task_fields WHERE task_id = ? AND field_id = ?", task, is.ID).Error; err != nil {
		return fmt.Errorf("put value: %w", err)
	}
	if is.Value == "" {
		return nil
	}
	row := taskField(task, is.Field, is.Value)
	return tx.rows().Create(&row).Error
}

// valueChange is the change for the log from one value of a field to another.
func valueChange(was, is FieldValue) ledger.Change {
	f := is.Field
	if f.ID == "" {
		f = was.Field
	}
	return ledger.Change{Field: custom.Logged(f.ID, f.Kind, f.Name), From: was.Value, FromText: was.Text, To: is.Value, ToText: is.Text}
}

// setValuesLeft is setValues for a change that is undone: for the fields that the
// board still has, and the values that can still be held in them.
func (tx *Tx) setValuesLeft(t onBoard, kept map[string]string) ([]ledger.Change, error) {
	fields, err := tx.fieldsOf(t.BoardID)
	if err != nil {
		return nil, err
	}
	strayed, err := tx.dropStrayed(t)
	if err != nil {
		return nil, err
	}
	left := map[string]string{}
	for _, f := range fields {
		value, given := kept[f.ID]
		if !given {
			continue
		}
		if _, err := tx.readValue(FieldValue{Field: f}, value); fault.From(err) != nil {
			continue
		} else if err != nil {
			return nil, err
		}
		left[f.ID] = value
	}
	changes, err := tx.setValues(t, left)
	return append(strayed, changes...), err
}

// dropStrayed takes off a task what it holds in fields of another board than its own:
// it was there.
func (tx *Tx) dropStrayed(t onBoard) ([]ledger.Change, error) {
	held, err := values(tx.db, []string{t.ID}, false)
	if err != nil {
		return nil, err
	}
	var changes []ledger.Change
	for _, h := range held[t.ID] {
		if h.BoardID == t.BoardID {
			continue
		}
		changes = append(changes, valueChange(h, FieldValue{}))
		if err := tx.putValue(t.ID, FieldValue{Field: h.Field}); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// dropValues takes what tasks hold in a field off them, each with an entry that the
// last one recorded is the cause of: those options, or whatever it is if none is
// named.
func (tx *Tx) dropValues(b Board, f Field, options []string) error {
	cause := tx.seq
	var rows []struct {
		TaskID, Value, Text, Title, Approval string
		Number                               int64
	}
	query := `SELECT v.task_id, v.value, COALESCE(u.name, '') AS text, t.title, t.number, t.approval FROM task_fields v JOIN tasks t ON t.id = v.task_id
		LEFT JOIN users u ON u.id = v.value WHERE v.field_id = ?`
	args := []any{f.ID}
	if options != nil {
		query, args = query+" AND v.value IN ?", append(args, options)
	}
	if err := tx.db.Raw(query+" ORDER BY t.number", args...).Scan(&rows).Error; err != nil {
		return fmt.Errorf("drop values: %w", err)
	}
	var asked []string
	for _, r := range rows {
		if r.Approval != "" {
			asked = append(asked, r.TaskID)
		}
		t := onBoard{Task{ID: r.TaskID, BoardID: b.ID, Title: r.Title, Number: r.Number}, b}
		was := FieldValue{Field: f, Value: r.Value, Text: r.Text}
		if o, there := f.option(r.Value); there {
			was.Text = o.Name
		}
		tx.record(note{action: TaskValuesDropped, subject: t.subject(), task: t.subject(), board: b.subject(), cause: cause,
			changes: []ledger.Change{valueChange(was, FieldValue{})}})
	}
	for part := range slices.Chunk(rows, chunk) {
		ids := make([]string, len(part))
		for i, r := range part {
			ids[i] = r.TaskID
		}
		if err := tx.rows().Exec("DELETE FROM task_fields WHERE field_id = ? AND task_id IN ?", f.ID, ids).Error; err != nil {
			return err
		}
		if err := tx.rows().Exec("UPDATE tasks SET version = ?, updated_at = ? WHERE id IN ?", tx.seq, tx.now, ids).Error; err != nil {
			return err
		}
	}
	return tx.valuesDropped(b, asked, cause)
}

// valuesDropped makes the approvals of tasks fall that lost what they held. Those of
// done tasks stand: what they were given for has been taken away by a manager since.
func (tx *Tx) valuesDropped(b Board, ids []string, why int64) error {
	for _, id := range ids {
		t := onBoard{board: b}
		if err := tx.db.Take(&t.Task, "id = ?", id).Error; err != nil { // those in the bin, too
			return err
		}
		if t.State == flow.Done {
			continue
		}
		if err := tx.approvalFalls(t, why); err != nil {
			return err
		}
	}
	return nil
}

// fieldsFilled is the requirement that each required field holds something.
func fieldsFilled(tx *Tx, t onBoard) ([]*fault.Fault, error) {
	fields, err := tx.fieldsOf(t.BoardID)
	if err != nil {
		return nil, err
	}
	fields = slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return !f.Required })
	if len(fields) == 0 {
		return nil, nil
	}
	var filled []string
	if err := tx.db.Raw("SELECT field_id FROM task_fields WHERE task_id = ?", t.ID).Scan(&filled).Error; err != nil {
		return nil, err
	}
	var missing []*fault.Fault
	for _, f := range fields {
		if !slices.Contains(filled, f.ID) {
			missing = append(missing, fault.New(fault.Conflict, fault.FieldEmpty, f.Name))
		}
	}
	return missing, nil
}

// fit finds, for what a task holds, the place on a board: the field of the same
// name and kind and, of a choice, the option of the same name. What has none is
// lost, and named.
func fit(fields []Field, held []FieldValue) (values map[string]string, lost []string) {
	values = map[string]string{}
	for _, h := range held {
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Kind == h.Kind && strings.EqualFold(f.Name, h.Name) })
		if h.Value == "" {
			continue
		}
		if i < 0 {
			lost = append(lost, h.Name)
			continue
		}
		value := h.Value
		if h.Kind == custom.Choice {
			at := slices.IndexFunc(fields[i].Options, func(o FieldOption) bool { return strings.EqualFold(o.Name, h.Text) })
			if at < 0 {
				lost = append(lost, h.Name)
				continue
			}
			value = fields[i].Options[at].ID
		}
		values[fields[i].ID] = value
	}
	return values, lost
}

// carryValues gives a task that goes to another board what of its values fits there,
// and returns the changes for the log, and whether anything is lost.
func (tx *Tx) carryValues(was, is onBoard) (changes []ledger.Change, lost bool, err error) {
	held, err := values(tx.db, []string{was.ID}, false)
	if err != nil || len(held[was.ID]) == 0 {
		return nil, false, err
	}
	fields, err := tx.fieldsOf(is.BoardID)
	if err != nil {
		return nil, false, err
	}
	if err := tx.rows().Exec("DELETE FROM task_fields WHERE task_id = ?", was.ID).Error; err != nil {
		return nil, false, err
	}
	for _, h := range held[was.ID] {
		changes = append(changes, valueChange(h, FieldValue{}))
	}
	rows, more, err := tx.fitValues(is.ID, fields, held[was.ID])
	if err != nil {
		return nil, false, err
	}
	return append(changes, more...), len(rows) < len(held[was.ID]), insertMany(tx, rows)
}

// draftValues are the rows and the changes of what a new task is to hold.
func (tx *Tx) draftValues(t Task, held []FieldValue) ([]TaskField, []ledger.Change, error) {
	if len(held) == 0 {
		return nil, nil, nil
	}
	fields, err := tx.fieldsOf(t.BoardID)
	if err != nil {
		return nil, nil, err
	}
	return tx.fitValues(t.ID, fields, held)
}

// fitValues are the same for a task that holds nothing yet.
func (tx *Tx) fitValues(task string, fields []Field, held []FieldValue) (rows []TaskField, changes []ledger.Change, err error) {
	values, _ := fit(fields, held)
	for _, f := range fields {
		value, given := values[f.ID]
		if !given {
			continue
		}
		is, err := tx.readValue(FieldValue{Field: f}, value)
		if fault.From(err) != nil {
			continue // somebody who has left the team
		} else if err != nil {
			return nil, nil, err
		}
		rows = append(rows, taskField(task, f, is.Value))
		changes = append(changes, valueChange(FieldValue{}, is))
	}
	return rows, changes, nil
}
