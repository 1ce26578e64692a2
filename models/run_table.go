package models

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/playbook"
)

// RunTable is the runs of a template as a table: one row a run, one column a step of
// its newest version, and of older ones what that has no more.
type RunTable struct {
	RunsView
	Person  string // only runs in which it is this person's turn; empty: anybody's
	People  []Person
	Columns []playbook.Step
	Cells   map[string]map[string]RunCell // by run and step
}

// RunCell is how far a step of a run is, and who holds it.
type RunCell struct {
	Task    string
	State   flow.State
	Skipped bool
	Due     Date
	Owners  []Person
}

// Open reports whether somebody still has to finish it.
func (c RunCell) Open() bool { return c.Task != "" && c.State.Open() }

// RunTable reads a page of the table, like Runs; with person only the runs in which
// it is that person's turn.
func (s *Store) RunTable(ctx context.Context, who Actor, template, below, person string, going bool) (v RunTable, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeBoard); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		if v.People, err = members(db, v.Team.ID); err != nil {
			return err
		}
		v.Going, v.Person = going, person
		which, args := "r.template_id = ?", []any{template}
		if person != "" {
			which += ` AND EXISTS (SELECT 1 FROM tasks p JOIN task_owners o ON o.task_id = p.id AND o.user_id = ?
				WHERE p.run_id = r.id AND p.deleted_at IS NULL AND p.archived_at IS NULL AND p.state IN ('ready', 'in_progress', 'in_review'))`
			args = append(args, person)
		}
		if v.Runs, v.More, err = listRuns(db, v.Team.Team, which, args, below, going, s.now()); err != nil {
			return err
		}
		if err := v.columns(db, s); err != nil {
			return err
		}
		return v.cells(db)
	})
	return v, err
}

// columns are the steps of the newest version, then those that only runs on older
// ones have.
func (v *RunTable) columns(db *gorm.DB, s *Store) error {
	var versions []bookKey
	add := func(number int64) {
		if key := (bookKey{v.Template.ID, number}); number > 0 && !slices.Contains(versions, key) {
			versions = append(versions, key)
		}
	}
	add(v.Template.Published)
	for _, r := range v.Runs {
		add(r.TemplateVersion)
	}
	books, err := s.books.all(db, versions)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, key := range versions {
		for _, step := range books[key].Steps {
			if !seen[step.ID] {
				seen[step.ID] = true
				v.Columns = append(v.Columns, step)
			}
		}
	}
	return nil
}

func (v *RunTable) cells(db *gorm.DB) error {
	v.Cells = map[string]map[string]RunCell{}
	ids := make([]string, len(v.Runs))
	for i, r := range v.Runs {
		ids[i], v.Cells[r.ID] = r.ID, map[string]RunCell{}
	}
	if len(ids) == 0 {
		return nil
	}
	var tasks []Task
	if err := db.Select("id, run_id, step, state, skipped, due").Find(&tasks, "run_id IN ? AND deleted_at IS NULL AND archived_at IS NULL", ids).Error; err != nil {
		return err
	}
	var held []struct {
		TaskID string
		Person
	}
	err := db.Raw(`SELECT o.task_id, u.id, u.name FROM tasks t JOIN task_owners o ON o.task_id = t.id JOIN users u ON u.id = o.user_id
		WHERE t.run_id IN ? AND t.deleted_at IS NULL AND t.state IN ('ready', 'in_progress', 'in_review') ORDER BY o.task_id, u.id`, ids).Scan(&held).Error
	if err != nil {
		return err
	}
	owners := map[string][]Person{}
	for _, h := range held {
		owners[h.TaskID] = append(owners[h.TaskID], h.Person)
	}
	for _, t := range tasks {
		v.Cells[t.RunID][t.Step] = RunCell{Task: t.ID, State: t.State, Skipped: t.Skipped, Due: t.Due, Owners: owners[t.ID]}
	}
	return nil
}
