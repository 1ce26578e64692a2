package models

import (
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
	"relevo/models/plan"
)

// project is what there is to plan on a board.
type project struct {
	work    plan.Work
	now     time.Time
	tasks   map[string]Task
	order   []string // those with the nearest dates first
	links   []plan.Link
	keys    map[string]string    // of boards
	started map[string]time.Time // since when tasks are in progress
}

// readProject reads a board's tasks, and those of other boards that they wait for,
// in four queries.
func readProject(db *gorm.DB, team Team, board string, now time.Time) (*project, error) {
	p := &project{work: plan.OfficeHours(team.calendar()), now: now, tasks: map[string]Task{}, keys: map[string]string{}, started: map[string]time.Time{}}
	const fields = cardColumns + `, tasks."join", tasks.review_at, tasks.moved_seq`
	var tasks []struct {
		Task
		BoardKey string
	}
	err := db.Raw(`SELECT `+fields+`, b.key AS board_key FROM tasks JOIN boards b ON b.id = tasks.board_id
		WHERE tasks.deleted_at IS NULL AND tasks.archived_at IS NULL AND (tasks.board_id = ? AND tasks.column_id <> ''
			OR tasks.board_id <> ? AND tasks.id IN (SELECT d.prerequisite_id FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE t.board_id = ? AND t.deleted_at IS NULL))
		ORDER BY CASE WHEN tasks.due = '' THEN '9' ELSE tasks.due END, tasks.number, tasks.id`, board, board, board).Scan(&tasks).Error
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		p.tasks[t.ID] = t.Task
		p.order = append(p.order, t.ID)
		p.keys[t.BoardID] = t.BoardKey
	}
	var deps []Dependency
	err = db.Raw(`SELECT d.* FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE t.board_id = ? AND t.deleted_at IS NULL
		ORDER BY d.prerequisite_id, d.dependent_id`, board).Scan(&deps).Error
	if err != nil {
		return nil, err
	}
	for _, d := range deps {
		if t, ok := p.tasks[d.PrerequisiteID]; ok && t.State != flow.Cancelled {
			p.links = append(p.links, plan.Link{Before: d.PrerequisiteID, After: d.DependentID, Lag: d.flow().Lag})
		}
	}
	return p, p.readStarts(db, team, board)
}

// readStarts reads since when tasks are in progress: the entry of their last change
// of state says it.
func (p *project) readStarts(db *gorm.DB, team Team, board string) error {
	var rows []struct {
		ID string
		At time.Time
	}
	err := db.Raw(`SELECT tasks.id, e.at FROM tasks JOIN entries e ON e.log_id = ? AND e.seq = tasks.moved_seq
		WHERE `+onIt+` AND tasks.state = ?`, team.ID, board, flow.InProgress).Scan(&rows).Error
	for _, r := range rows {
		p.started[r.ID] = r.At
	}
	return err
}

// make plans the tasks, some of them as others than they are.
func (p *project) make(instead map[string]Task) (*plan.Schedule, error) {
	tasks := make([]plan.Task, 0, len(p.order))
	for _, id := range p.order {
		t := p.tasks[id]
		if other, ok := instead[id]; ok {
			t = other
		}
		if t.State != flow.Cancelled {
			tasks = append(tasks, p.planned(t))
		}
	}
	return plan.Make(tasks, p.links, p.work, p.now)
}

// begun reports whether work on a task has begun, so that only its end can move.
func begun(t Task) bool { return t.State == flow.InProgress || t.State == flow.InReview }

// planned is a task as the plan takes it. One with a date begins so that it is done
// on it.
func (p *project) planned(t Task) plan.Task {
	out := plan.Task{ID: t.ID, Duration: t.Estimate, Started: p.started[t.ID], Earliest: orZero(t.NotBefore), AnyOf: t.Join == flow.Any}
	if out.Duration == 0 {
		out.Duration = AssumedEstimate
	}
	if t.State == flow.Done {
		if out.Done = orZero(t.DoneAt); out.Done.IsZero() {
			out.Done = p.now
		}
	}
	if t.State == flow.InReview {
		out.Started = p.work.Back(orZero(t.ReviewAt), out.Duration)
	}
	if end := p.endOf(t.Due); !end.IsZero() {
		out.Deadline = end
		if begin := p.work.Back(end, out.Duration); begin.After(out.Earliest) {
			out.Earliest = begin
		}
	}
	return out
}

// endOf is the end of work on a day, in the team's zone; zero without one.
func (p *project) endOf(due Date) time.Time {
	day, err := time.Parse(time.DateOnly, string(due))
	if err != nil {
		return time.Time{}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, p.work.Until, 0, 0, p.work.Zone())
}
