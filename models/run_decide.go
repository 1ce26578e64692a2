package models

import (
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// As steps end, conditions of a run are decided, and what later steps say and when
// they are due follows. It is done along with every settling, for runs in which
// something has ended or begun again; a task that is no step costs nothing.

// stir notes that the conditions of the task's run have to be looked at anew.
func (tx *Tx) stir(was, is Task) {
	if was.RunID == "" {
		return
	}
	if was.State != is.State || (was.ArchivedAt == nil) != (is.ArchivedAt == nil) || (was.DeletedAt == nil) != (is.DeletedAt == nil) {
		tx.wake(was.RunID, was.ID)
	}
}

// wake is stir because of whatever was last done to a task.
func (tx *Tx) wake(run, task string) {
	if tx.stirred == nil {
		tx.stirred = map[string]string{}
	}
	tx.stirred[run] = task
}

// course is a run as its conditions see it.
type course struct {
	run   Run
	book  *book
	tasks []stepTask
	playbook.Course
}

// stepTask is what conditions need to know of a step's task.
type stepTask struct {
	ID string
	playbook.Stand

	RunID, Title string // where they were read
}

func standsOf(tasks []stepTask) []playbook.Stand {
	all := make([]playbook.Stand, len(tasks))
	for i, t := range tasks {
		all[i] = t.Stand
	}
	return all
}

// course reads a run.
func (tx *Tx) course(id string) (c course, err error) {
	if c.run, err = tx.run(id); err != nil {
		return c, err
	}
	if c.book, err = tx.books.of(tx.db, c.run.TemplateID, c.run.TemplateVersion); err != nil {
		return c, err
	}
	return c, c.read(tx.db)
}

func (c *course) read(db *gorm.DB) error {
	err := db.Raw(`SELECT id, step, state, wanted, skipped, archived_at IS NOT NULL AS away FROM tasks
		WHERE run_id = ? AND deleted_at IS NULL ORDER BY board_id, number`, c.run.ID).Scan(&c.tasks).Error
	if err != nil {
		return err
	}
	filled, err := filledIn(db, c.run.ID)
	if err != nil {
		return err
	}
	c.Course = c.book.Course(c.run.Given(), standsOf(c.tasks), func(i int) map[string]string { return filled[c.tasks[i].ID] })
	return nil
}

// filledIn is what was filled in for the steps of a run, by task and field.
func filledIn(db *gorm.DB, run string) (map[string]map[string]string, error) {
	var rows []stepValue
	err := db.Raw("SELECT v.task_id, v.field, v.value FROM tasks t JOIN step_values v ON v.task_id = t.id WHERE t.run_id = ? AND t.deleted_at IS NULL", run).Scan(&rows).Error
	held := map[string]map[string]string{}
	for _, r := range rows {
		if held[r.TaskID] == nil {
			held[r.TaskID] = map[string]string{}
		}
		held[r.TaskID][r.Field] = r.Value
	}
	return held, err
}

// decide says of every step of the runs that were stirred whether it is wanted, as
// things stand, and adds those whose answer has changed to the tasks to be judged.
func (tx *Tx) decide(rejudge []string) ([]string, error) {
	for _, id := range slices.Sorted(maps.Keys(tx.stirred)) {
		c, err := tx.course(id)
		if err != nil {
			return nil, fmt.Errorf("decide the conditions of run %s: %w", id, err)
		}
		if tx.courses == nil {
			tx.courses = map[string]course{}
		}
		tx.courses[id] = c
		ruledOut := func(t stepTask) bool { return t.Wanted == WantedNo } // by a version that the run was moved from
		if !c.book.branches && !slices.ContainsFunc(c.tasks, ruledOut) {
			continue
		}
		for _, r := range c.book.Rulings(c.Course, standsOf(c.tasks)) {
			task := c.tasks[r.At].ID
			if err := tx.ruleOn(task, r.Is, c, tx.latest[tx.stirred[id]]); err != nil {
				return nil, err
			}
			if !slices.Contains(rejudge, task) {
				rejudge = append(rejudge, task)
			}
		}
	}
	return rejudge, nil
}

// ruleOn records and writes whether a step's task is wanted; the condition is the
// reason.
func (tx *Tx) ruleOn(task string, wanted Wanted, c course, cause int64) error {
	t, err := tx.task(task)
	if err != nil {
		return err
	}
	is := t.Task
	is.Wanted = wanted
	step, _ := c.book.Step(t.Step)
	_, err = tx.save(t, is, note{action: wantedAction(wanted.Unwanted()), auto: true, cause: cause, reason: step.When})
	return err
}

// adapt brings the texts of the stirred runs' open tasks, and the due dates of those
// whose turn has come, to what is known by now.
func (tx *Tx) adapt(effects []effect) error {
	for _, id := range slices.Sorted(maps.Keys(tx.stirred)) {
		if c := tx.courses[id]; c.book.mentions {
			if err := tx.fillTexts(c, tx.latest[tx.stirred[id]]); err != nil {
				return fmt.Errorf("fill the texts of run %s: %w", id, err)
			}
		}
	}
	clear(tx.stirred)
	for _, e := range effects {
		if e.is.RunID == "" || !e.moved || e.is.State != flow.Ready {
			continue
		}
		if err := tx.redate(e); err != nil {
			return err
		}
		if err := tx.tellApprovers(e); err != nil {
			return err
		}
	}
	return nil
}

// tellApprovers tells whom a step asks for approval, when its turn has come: before,
// there is nothing to be looked at.
func (tx *Tx) tellApprovers(e effect) error {
	if e.is.Approval != ApprovalPending {
		return nil
	}
	c, err := consentOf(tx.db, e.is)
	if err != nil {
		return err
	}
	people, err := tx.asked(c)
	if err != nil {
		return err
	}
	return tx.tell(people, e.id, ApprovalWanted, e.seq)
}

// redate gives a task whose turn has come the due date that counts from this day.
func (tx *Tx) redate(e effect) error {
	r, err := tx.run(e.is.RunID)
	if err != nil {
		return err
	}
	b, err := tx.books.of(tx.db, r.TemplateID, r.TemplateVersion)
	if err != nil {
		return err
	}
	step, _ := b.Step(e.is.Step)
	cal := tx.Team.calendar()
	due := Date(step.DueWhenReady(tx.now.In(cal.Zone), cal))
	if due == "" || due == e.is.Due {
		return nil
	}
	t, err := tx.task(e.id)
	if err != nil {
		return err
	}
	is := t.Task
	is.Due = due
	_, err = tx.save(t, is, note{action: TaskAdapted, auto: true, cause: e.seq})
	return err
}

// fillTexts fills in, in what is left of placeholders, what is known by now. What
// people have written since stays as it is.
func (tx *Tx) fillTexts(c course, cause int64) error {
	filler, err := c.filler(tx.db)
	if err != nil {
		return err
	}
	const open = "t.run_id = ? AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled')"
	var ids []string
	err = tx.db.Raw("SELECT t.id FROM tasks t WHERE "+open+" AND (t.title LIKE '%{{%' OR t.description LIKE '%{{%') ORDER BY t.number, t.id", c.run.ID).Scan(&ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		t, err := tx.task(id)
		if err != nil {
			return err
		}
		is := t.Task
		if title, _ := filler.Line(t.Title, MaxTitle); title != "" {
			is.Title = title
		}
		is.Description, _ = filler.Markdown(t.Description, MaxDescription)
		if _, err := tx.save(t, is, note{action: TaskAdapted, auto: true, cause: cause}); err != nil {
			return err
		}
	}
	var items []Item
	err = tx.db.Raw("SELECT i.* FROM checklist_items i JOIN tasks t ON t.id = i.task_id WHERE "+open+" AND i.text LIKE '%{{%' ORDER BY i.task_id, i.position, i.id", c.run.ID).Scan(&items).Error
	if err != nil {
		return err
	}
	for _, was := range items {
		is := was
		if text, _ := filler.Line(was.Text, MaxTitle); text != "" {
			is.Text = text
		}
		if is.Text == was.Text {
			continue
		}
		t, err := tx.task(was.TaskID)
		if err != nil {
			return err
		}
		n := itemNote(ItemEdited, t, is, itemChanges(was, is))
		n.auto, n.cause = true, cause
		if err := tx.update(&Item{ID: is.ID}, map[string]any{"text": is.Text}, n); err != nil {
			return err
		}
		if err := tx.touch(t); err != nil {
			return err
		}
	}
	return nil
}

// filler fills texts with what the run knows, people by their names.
func (c course) filler(db *gorm.DB) (playbook.Filler, error) {
	show, err := shownAnswers(db, c.run.TeamID)
	return c.book.Filler(c.Known, show), err
}

// shownAnswers says how answers stand in texts: people by their names.
func shownAnswers(db *gorm.DB, team string) (func(playbook.Field, string) string, error) {
	people, err := members(db, team)
	return func(f playbook.Field, answer string) string {
		if f.Type != playbook.Person {
			return answer
		}
		for _, p := range people {
			if p.ID == answer {
				return p.Name
			}
		}
		return answer
	}, err
}

// stepValue is what was filled in for one field of a step.
type stepValue struct {
	TaskID string `gorm:"primaryKey"`
	Field  string `gorm:"primaryKey"`
	Value  string
}

// TableName is where they are kept.
func (stepValue) TableName() string { return "step_values" }
