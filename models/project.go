package models

import (
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
	"relevo/models/plan"
)

// AssumedEstimate is how long a task without an estimate is planned to take: a day
// of work, in minutes.
const AssumedEstimate = 480

// project is tasks that are to be planned, with what they wait for: a board's
// timeline, its diagram, and a run's timeline plan alike.
type project struct {
	work  plan.Work
	now   time.Time
	tasks map[string]Task
	order []string // of two that may come first, the one that does
	links []plan.Link
	keys  map[string]string    // of the boards that are not that of the page
	moved map[int64]time.Time  // when tasks in progress came to be so, by the entry
	since map[string]time.Time // when work on tasks began, where that was read
}

// plannedColumns are what of a task a plan is made of, and what shows it.
const plannedColumns = cardColumns + `, tasks."join", tasks.review_at, tasks.moved_seq, tasks.run_id, tasks.step`

func newProject(team Team, now time.Time) *project {
	return &project{work: plan.OfficeHours(team.calendar()), now: now, tasks: map[string]Task{}, keys: map[string]string{}}
}

func (p *project) add(t Task) {
	p.tasks[t.ID] = t
	p.order = append(p.order, t.ID)
}

// join lets one task come after another, if both are there. What was cancelled lets
// others begin at once.
func (p *project) join(d Dependency) {
	before, there := p.tasks[d.PrerequisiteID]
	if _, too := p.tasks[d.DependentID]; !there || !too {
		return
	}
	l := plan.Link{Before: d.PrerequisiteID, After: d.DependentID, Lag: d.flow().Lag}
	if before.State == flow.Cancelled {
		l.Lag = flow.Lag{}
	}
	p.links = append(p.links, l)
}

// readBoard reads a board's tasks, and those of other boards that they wait for.
func (p *project) readBoard(db *gorm.DB, team Team, board string) error {
	return p.read(db, team, `tasks.board_id = ? AND tasks.column_id <> ''
			OR tasks.board_id <> ? AND tasks.id IN (SELECT d.prerequisite_id FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE t.board_id = ? AND t.deleted_at IS NULL)`,
		"t.board_id = ?", board)
}

// read reads tasks, those with the nearest dates first, and what they wait for: which
// asks of them, dependents of those that wait, both about id.
func (p *project) read(db *gorm.DB, team Team, which, dependents, id string) error {
	var tasks []struct {
		Task
		BoardKey string
	}
	err := db.Raw(`SELECT `+plannedColumns+`, b.key AS board_key FROM tasks JOIN boards b ON b.id = tasks.board_id
		WHERE tasks.deleted_at IS NULL AND tasks.archived_at IS NULL AND (`+which+`)
		ORDER BY CASE WHEN tasks.due = '' THEN '9' ELSE tasks.due END, tasks.number, tasks.id`, id, id, id).Scan(&tasks).Error
	if err != nil {
		return err
	}
	for _, t := range tasks {
		p.add(t.Task)
		p.keys[t.BoardID] = t.BoardKey
	}
	var deps []Dependency
	err = db.Raw(`SELECT d.* FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE `+dependents+` AND t.deleted_at IS NULL
		ORDER BY d.prerequisite_id, d.dependent_id`, id).Scan(&deps).Error
	if err != nil {
		return err
	}
	for _, d := range deps {
		p.join(d)
	}
	return p.readStarts(db, team)
}

// readStarts reads since when tasks are in progress: the entry of their last change
// of state says it.
func (p *project) readStarts(db *gorm.DB, team Team) (err error) {
	var seqs []int64
	for _, id := range p.order {
		if t := p.tasks[id]; t.State == flow.InProgress && t.MovedSeq > 0 {
			seqs = append(seqs, t.MovedSeq)
		}
	}
	p.moved, err = momentsOf(db, team, seqs)
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
		tasks = append(tasks, p.planned(t))
	}
	return plan.Make(tasks, p.links, p.work, p.now)
}

// begun reports whether work on a task has begun, so that only its end can move.
func begun(t Task) bool { return t.State == flow.InProgress || t.State == flow.InReview }

// planned is a task as the plan takes it. One with a date begins so that it is done
// on it.
func (p *project) planned(t Task) plan.Task {
	out := plan.Task{ID: t.ID, Duration: t.Estimate, Earliest: orZero(t.NotBefore), AnyOf: t.Join == flow.Any}
	if out.Duration == 0 {
		out.Duration = AssumedEstimate
	}
	switch t.State {
	case flow.Done, flow.Cancelled:
		if out.Done = orZero(t.DoneAt); out.Done.IsZero() {
			out.Done = p.now
		}
		out.Started = p.since[t.ID]
	case flow.InProgress:
		out.Started = p.moved[t.MovedSeq]
	case flow.InReview:
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
