package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
)

// What a team has laid out by hand, or what a run became on its way, is saved as the
// draft of a template.

// Recalled is a template that was made of tasks, and what of them it could not keep.
type Recalled struct {
	Template Template
	Lost     []Lost
}

// Lost is something that a template does not hold, and how often.
type Lost struct {
	What Loss
	N    int
}

// Loss is what got lost.
type Loss string

const (
	LostTasks      Loss = "tasks"      // cancelled, archived: they are no steps
	LostOutside    Loss = "outside"    // prerequisites that are not among the tasks
	LostOwners     Loss = "owners"     // further owners of a task
	LostApprovals  Loss = "approvals"  // tasks that ask for approval
	LostFields     Loss = "fields"     // values of custom fields, and questions of steps
	LostConditions Loss = "conditions" // steps that came under a condition
	LostTimes      Loss = "times"      // tasks that do not begin before a moment
	LostParts      Loss = "parts"      // checklist items with an owner or a date of their own
	LostTexts      Loss = "texts"      // titles that were cut, labels and items beyond the most
)

// Losses lists every loss, in the order in which they are told.
var Losses = []Loss{LostTasks, LostOutside, LostOwners, LostApprovals, LostFields, LostConditions, LostTimes, LostParts, LostTexts}

// RecallWords are the words of a language that a template made of tasks needs.
type RecallWords struct{ Lang, Evidence string }

// SaveBoard makes the draft of a new template of a board's tasks: those that are
// neither cancelled nor archived. It returns NothingToSave, or TooManyToSave.
func (s *Store) SaveBoard(ctx context.Context, who Actor, board string, words RecallWords) (Recalled, error) {
	return s.saveTasks(ctx, who, ofBoard(board), func(tx *Tx) (memory, error) {
		b, err := tx.board(board)
		return memory{which: "t.board_id = ?", id: board, name: b.Name}, err
	}, words)
}

// SaveRun makes the draft of a new template of a run as it went: without the steps
// that were skipped or left out, with those that were added. It returns what
// SaveBoard does.
func (s *Store) SaveRun(ctx context.Context, who Actor, run string, words RecallWords) (Recalled, error) {
	return s.saveTasks(ctx, who, ofRun(run), func(tx *Tx) (memory, error) {
		r, err := tx.run(run)
		if err != nil {
			return memory{}, err
		}
		m := memory{which: "t.run_id = ?", id: run, name: r.Name, lost: map[Loss]int{}}
		m.start, _ = time.Parse(time.DateOnly, string(r.Starts)) // written by us
		b, err := tx.books.of(tx.db, r.TemplateID, r.TemplateVersion)
		if err != nil {
			return m, err
		}
		for _, step := range b.Steps {
			m.lost[LostFields] += len(step.Fields)
			if step.When != "" {
				m.lost[LostConditions]++
			}
		}
		return m, nil
	}, words)
}

func (s *Store) saveTasks(ctx context.Context, who Actor, of subject, what func(*Tx) (memory, error), words RecallWords) (Recalled, error) {
	var made Recalled
	err := s.change(ctx, who, of, access.EditTemplate, func(tx *Tx) error {
		m, err := what(tx)
		if err != nil {
			return err
		}
		if err := m.read(tx.db); err != nil {
			return fmt.Errorf("save tasks as a template: %w", err)
		}
		switch {
		case len(m.tasks) == 0:
			return fault.New(fault.Conflict, fault.NothingToSave)
		case len(m.tasks) > playbook.MaxSteps:
			return fault.New(fault.Conflict, fault.TooManyToSave, playbook.MaxSteps, len(m.tasks))
		}
		d := playbook.Recall(m.name, words.Lang, words.Evidence, m.tasks, m.start.In(Zone(tx.Team.Zone)), tx.Team.calendar())
		m.compare(d)
		made.Template, err = tx.addTemplate(d.Name, "", string(playbook.Print(d)))
		for _, loss := range Losses {
			if m.lost[loss] > 0 {
				made.Lost = append(made.Lost, Lost{loss, m.lost[loss]})
			}
		}
		return err
	})
	return made, err
}

// memory is tasks on their way to a template.
type memory struct {
	which, id string // picks the tasks t
	name      string
	start     time.Time // zero: when the first of them was made
	tasks     []playbook.Work
	at        map[string]int // task → its place
	lost      map[Loss]int
}

func (m *memory) read(db *gorm.DB) error {
	if m.lost == nil {
		m.lost = map[Loss]int{}
	}
	var rows []Task
	if err := db.Raw("SELECT t.* FROM tasks t WHERE t.deleted_at IS NULL AND "+m.which+" ORDER BY t.board_id, t.number", m.id).Scan(&rows).Error; err != nil {
		return err
	}
	m.at = map[string]int{}
	for _, t := range rows {
		if t.ArchivedAt != nil || t.State == flow.Cancelled || t.Wanted == WantedDropped {
			m.lost[LostTasks]++
			continue
		}
		if t.NotBefore != nil {
			m.lost[LostTimes]++
		}
		if t.Approval != "" {
			m.lost[LostApprovals]++
		}
		if m.start.IsZero() || t.RunID == "" && t.CreatedAt.Before(m.start) {
			m.start = t.CreatedAt
		}
		m.at[t.ID] = len(m.tasks)
		m.tasks = append(m.tasks, playbook.Work{ID: t.ID, Title: t.Title, Description: t.Description, Due: string(t.Due), Estimate: t.Estimate,
			Priority: playbook.Priorities[t.Priority], NeedsFile: t.NeedsFile, Join: t.Join})
	}
	for _, part := range []func(*gorm.DB) error{m.owners, m.labels, m.items, m.needs, m.values} {
		if err := part(db); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) of(task string) *playbook.Work {
	if i, there := m.at[task]; there {
		return &m.tasks[i]
	}
	return nil
}

func (m *memory) owners(db *gorm.DB) error {
	var rows []struct{ TaskID, Email, Name string }
	err := db.Raw(`SELECT o.task_id, u.email, u.name FROM tasks t JOIN task_owners o ON o.task_id = t.id JOIN users u ON u.id = o.user_id
		WHERE t.deleted_at IS NULL AND `+m.which+" ORDER BY o.task_id, u.id", m.id).Scan(&rows).Error
	for _, r := range rows {
		switch w := m.of(r.TaskID); {
		case w == nil:
		case w.Owner == "":
			w.Owner, w.OwnerName = r.Email, r.Name
		default:
			m.lost[LostOwners]++
		}
	}
	return err
}

func (m *memory) labels(db *gorm.DB) error {
	var rows []struct{ TaskID, Name string }
	err := db.Raw(`SELECT w.task_id, l.name FROM tasks t JOIN task_labels w ON w.task_id = t.id JOIN labels l ON l.id = w.label_id
		WHERE t.deleted_at IS NULL AND `+m.which+" ORDER BY w.task_id, LOWER(l.name), l.id", m.id).Scan(&rows).Error
	for _, r := range rows {
		if w := m.of(r.TaskID); w != nil {
			w.Labels = append(w.Labels, r.Name)
		}
	}
	return err
}

func (m *memory) items(db *gorm.DB) error {
	var rows []Item
	err := db.Raw("SELECT i.* FROM tasks t JOIN checklist_items i ON i.task_id = t.id WHERE t.deleted_at IS NULL AND "+m.which+" ORDER BY i.task_id, i.position, i.id", m.id).Scan(&rows).Error
	for _, r := range rows {
		w := m.of(r.TaskID)
		if w == nil {
			continue
		}
		if r.OwnerID != "" || r.Due != "" {
			m.lost[LostParts]++
		}
		w.Checklist = append(w.Checklist, playbook.Item{Text: r.Text, Required: r.Required})
	}
	return err
}

func (m *memory) needs(db *gorm.DB) error {
	var rows []Dependency
	err := db.Raw("SELECT d.* FROM tasks t JOIN dependencies d ON d.dependent_id = t.id WHERE t.deleted_at IS NULL AND "+m.which+" ORDER BY d.dependent_id, d.prerequisite_id", m.id).Scan(&rows).Error
	for _, r := range rows {
		w := m.of(r.DependentID)
		if w == nil {
			continue
		}
		if m.of(r.PrerequisiteID) == nil {
			m.lost[LostOutside]++
			continue
		}
		need := playbook.Need{Step: r.PrerequisiteID, At: r.SatisfiedAt, OnCancel: r.OnCancel}
		if r.LagAmount > 0 {
			need.Lag = flow.Lag{Amount: r.LagAmount, Unit: r.LagUnit}
		}
		w.Needs = append(w.Needs, need)
	}
	return err
}

func (m *memory) values(db *gorm.DB) error {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM tasks t JOIN task_fields f ON f.task_id = t.id WHERE t.deleted_at IS NULL AND "+m.which, m.id).Row().Scan(&n)
	m.lost[LostFields] += n
	return err
}

// compare counts what was cut on the way.
func (m *memory) compare(d playbook.Definition) {
	for i, s := range d.Steps {
		w := m.tasks[i]
		if len([]rune(s.Title)) < len([]rune(w.Title)) {
			m.lost[LostTexts]++
		}
		m.lost[LostTexts] += max(len(w.Labels)-len(s.Labels), 0) + max(len(w.Checklist)-len(s.Checklist), 0)
	}
}
