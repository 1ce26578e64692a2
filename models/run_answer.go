package models

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// FillIn puts what was typed into fields of a step, by the fields' IDs; others stay.
// What is done decides anew if it changes. It returns Invalid faults by field, named
// as custom.AnswerKey does, NoStep, or Stale.
func (s *Store) FillIn(ctx context.Context, who Actor, task string, seen int64, typed map[string]string) error {
	return s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		var fields []string
		for _, id := range slices.Sorted(maps.Keys(typed)) {
			fields = append(fields, custom.AnswerKey(id))
		}
		if t.Version > seen {
			if err := tx.meanwhile(task, task, seen, fields); err != nil {
				return err
			}
		}
		return tx.fillIn(t, typed)
	})
}

func (tx *Tx) fillIn(t onBoard, typed map[string]string) error {
	changes, err := tx.setAnswers(t, typed)
	if err != nil || len(changes) == 0 {
		return err
	}
	seq := tx.record(note{action: TaskAnswered, subject: t.subject(), task: t.subject(), board: t.board.subject(), changes: changes})
	if err := tx.set("tasks", t.ID, []set{{"version", seq}, {"updated_at", tx.now}}); err != nil {
		return err
	}
	if t.State != flow.Done {
		return nil
	}
	tx.wake(t.RunID, t.ID)
	return tx.settle(nil, nil)
}

// CompleteStep fills in what was typed and marks the step's task done, or neither.
// It returns what FillIn and CompleteTask do.
func (s *Store) CompleteStep(ctx context.Context, who Actor, task string, seen int64, typed map[string]string) error {
	return s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		if t.ArchivedAt != nil {
			return fault.New(fault.Conflict, fault.IsArchived)
		}
		if t.Version > seen {
			if err := tx.meanwhile(task, task, seen, []string{"state"}); err != nil {
				return err
			}
		}
		if err := tx.fillIn(t, typed); err != nil {
			return err
		}
		return tx.complete(t)
	})
}

// setAnswers writes what was typed and returns the changes for the log, and faults
// by field. What is done keeps what it needed.
func (tx *Tx) setAnswers(t onBoard, typed map[string]string) ([]ledger.Change, error) {
	fields, err := tx.stepFields(t)
	if err != nil {
		return nil, err
	}
	held, err := answersTo(tx.db, t.ID)
	if err != nil {
		return nil, err
	}
	var faults []*fault.Fault
	var changes []ledger.Change
	for _, f := range fields {
		text, given := typed[f.ID]
		if !given {
			continue
		}
		is, shown, wrong, err := tx.readAnswer(f, text, t.State == flow.Done)
		if err != nil {
			return nil, err
		}
		if wrong != nil {
			wrong.Field = custom.AnswerKey(f.ID)
			faults = append(faults, wrong)
			continue
		}
		was := held[f.ID]
		if is == was {
			continue
		}
		c := answerChange(f, was, is)
		c.ToText = shown
		if f.Type == playbook.Person && was != "" {
			if c.FromText, err = tx.personName(was); err != nil {
				return nil, err
			}
		}
		changes = append(changes, c)
		if err := tx.putAnswer(t.ID, f.ID, is); err != nil {
			return nil, err
		}
	}
	return changes, fault.All(faults...)
}

// answerChange is the change for the log from one answer to another.
func answerChange(f playbook.Field, was, is string) ledger.Change {
	return ledger.Change{Field: custom.LoggedAnswer(f.ID, f.Type, f.Label), From: was, To: is}
}

// readAnswer reads what was typed for a field. An empty one is refused only where it
// must not be: before the step is done it may be left for later.
func (tx *Tx) readAnswer(f playbook.Field, typed string, done bool) (is, shown string, wrong *fault.Fault, err error) {
	if !done {
		f.Required = false
	}
	is, wrong = f.Read(typed)
	if wrong != nil || is == "" || f.Type != playbook.Person {
		return is, "", wrong, nil
	}
	people, err := tx.stillMembers([]string{is})
	if err != nil {
		return is, "", nil, err
	}
	if len(people) == 0 {
		return is, "", fault.On(f.ID, fault.NotInTeam), nil
	}
	return is, people[0].Name, nil, nil
}

func (tx *Tx) personName(id string) (name string, err error) {
	return name, tx.db.Raw("SELECT name FROM users WHERE id = ?", id).Scan(&name).Error
}

func (tx *Tx) putAnswer(task, field, value string) error {
	if err := tx.rows().Exec("DELETE FROM step_values WHERE task_id = ? AND field = ?", task, field).Error; err != nil {
		return err
	}
	if value == "" {
		return nil
	}
	return tx.rows().Create(&stepValue{TaskID: task, Field: field, Value: value}).Error
}

// stepFields are the fields of a task's step; none if it is no step.
func (tx *Tx) stepFields(t onBoard) ([]playbook.Field, error) {
	if t.RunID == "" {
		return nil, nil
	}
	r, err := tx.run(t.RunID)
	if err != nil {
		return nil, err
	}
	step, err := tx.books.step(tx.db, r, t.Step)
	return step.Fields, err
}

func answersTo(db *gorm.DB, task string) (map[string]string, error) {
	var rows []stepValue
	err := db.Find(&rows, "task_id = ?", task).Error
	held := map[string]string{}
	for _, r := range rows {
		held[r.Field] = r.Value
	}
	return held, err
}

// stepFilled is the requirement that the fields that a step needs are filled in.
func stepFilled(tx *Tx, t onBoard) ([]*fault.Fault, error) {
	fields, err := tx.stepFields(t)
	if err != nil || len(fields) == 0 {
		return nil, err
	}
	held, err := answersTo(tx.db, t.ID)
	var missing []*fault.Fault
	for _, f := range fields {
		if f.Required && held[f.ID] == "" {
			wrong := fault.New(fault.Conflict, fault.StepFieldEmpty, f.Label)
			wrong.Field = custom.AnswerKey(f.ID)
			missing = append(missing, wrong)
		}
	}
	return missing, err
}
