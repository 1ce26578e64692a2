package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/plan"
)

const (
	// AssumedEstimate is how long a task without an estimate is planned to take: a
	// day of work, in minutes.
	AssumedEstimate = 480
	// TimelineWindow is how many tasks a timeline shows.
	TimelineWindow = 500
)

// TimelineView is a board's tasks as they can be done one after the other.
type TimelineView struct {
	BoardView // its lanes have no cards
	Work      plan.Work
	Rows      []TimelineRow // each after what it waits for
	All       int           // tasks that pass; those after the first TimelineWindow are not shown
	Links     []plan.Link   // between rows
	Finish    time.Time     // of all that is not done
}

// TimelineRow is one task of a timeline.
type TimelineRow struct {
	Card
	plan.Bar
	Proposed bool // it has no date: it is planned after what it waits for
	Assumed  bool // it has no estimate
}

// Timeline reads a board's timeline: the tasks that pass a filter, planned with all
// of the board and with what those wait for elsewhere. What is done stands where it
// was done. A task with a date is planned to be done on it, one without as soon as
// what it waits for is.
func (s *Store) Timeline(ctx context.Context, who Actor, board string, f BoardFilter) (v TimelineView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		v.BoardView = BoardView{Board: b, Team: team.Team, Role: team.Role, Seq: team.Seq, Filter: f}
		by, err := s.surround(db, who, &v.BoardView)
		if err != nil {
			return err
		}
		p, err := readProject(db, v.Team, board, s.now())
		if err != nil {
			return err
		}
		done, err := p.make(nil)
		if err != nil {
			return err
		}
		passing := map[string]bool{}
		var ids []string
		if err := by.of(db.Model(&Task{}).Where(onIt, board)).Pluck("id", &ids).Error; err != nil {
			return err
		}
		for _, id := range ids {
			passing[id] = true
		}
		v.Work, v.All = p.work, len(ids)
		v.fill(p, done, passing)
		return v.nameOwners(db)
	})
	return v, err
}

func (v *TimelineView) fill(p *project, s *plan.Schedule, passing map[string]bool) {
	shown := map[string]bool{}
	for _, id := range s.Order {
		t := p.tasks[id]
		if !passing[id] || t.State == flow.Cancelled {
			continue
		}
		if len(v.Rows) < TimelineWindow {
			shown[id] = true
			v.Rows = append(v.Rows, TimelineRow{Card: Card{Task: t, Key: Key(v.Board.Key, t.Number)}, Bar: s.Bars[id],
				Proposed: t.Due == "" && t.State.Open(), Assumed: t.Estimate == 0})
		}
		if t.State.Open() && s.Bars[id].Finish.After(v.Finish) {
			v.Finish = s.Bars[id].Finish
		}
	}
	for _, l := range p.links {
		if shown[l.Before] && shown[l.After] {
			v.Links = append(v.Links, l)
		}
	}
}

func (v *TimelineView) nameOwners(db *gorm.DB) error {
	ids := make([]string, len(v.Rows))
	for i, r := range v.Rows {
		ids[i] = r.ID
	}
	owners, err := ownersOf(db, ids)
	for i := range v.Rows {
		v.Rows[i].Owners = owners[v.Rows[i].ID]
	}
	return err
}

// project is what there is to plan.
type project struct {
	work    plan.Work
	now     time.Time
	tasks   map[string]Task
	order   []string // as the board has them
	links   []plan.Link
	started map[string]time.Time
}

// readProject reads a board's tasks, and those of other boards that they wait for,
// in three queries.
func readProject(db *gorm.DB, team Team, board string, now time.Time) (*project, error) {
	p := &project{work: plan.OfficeHours(team.calendar()), now: now, tasks: map[string]Task{}, started: map[string]time.Time{}}
	const fields = cardColumns + `, tasks."join", tasks.review_at, tasks.moved_seq`
	var tasks []Task
	err := db.Raw(`SELECT `+fields+` FROM tasks JOIN columns c ON c.id = tasks.column_id WHERE `+onIt+`
		ORDER BY CASE WHEN tasks.state = 'done' THEN 1 ELSE 0 END, CASE WHEN tasks.due = '' THEN '9' ELSE tasks.due END, c.position, tasks.position, tasks.id`, board).Scan(&tasks).Error
	if err != nil {
		return nil, err
	}
	var others []Task
	err = db.Raw(`SELECT DISTINCT `+fields+` FROM tasks JOIN dependencies d ON d.prerequisite_id = tasks.id JOIN tasks t ON t.id = d.dependent_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL AND tasks.board_id <> ? AND tasks.deleted_at IS NULL AND tasks.archived_at IS NULL`, board, board).Scan(&others).Error
	if err != nil {
		return nil, err
	}
	for _, t := range append(tasks, others...) {
		p.tasks[t.ID] = t
		p.order = append(p.order, t.ID)
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
	return p, p.readStarts(db, team)
}

// readStarts reads since when tasks are in progress: the entry of their last change
// of state says it. Of what went on to review or is done nothing is read.
func (p *project) readStarts(db *gorm.DB, team Team) error {
	var seqs []int64
	of := map[int64]string{}
	for id, t := range p.tasks {
		if t.State == flow.InProgress && t.MovedSeq > 0 {
			seqs = append(seqs, t.MovedSeq)
			of[t.MovedSeq] = id
		}
	}
	for part := range slices.Chunk(seqs, chunk) {
		var rows []struct {
			Seq int64
			At  time.Time
		}
		if err := db.Raw("SELECT seq, at FROM entries WHERE log_id = ? AND seq IN ?", team.ID, part).Scan(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			p.started[of[r.Seq]] = r.At
		}
	}
	return nil
}

// make plans the tasks, some of them with other dates than they have.
func (p *project) make(instead map[string]Task) (*plan.Schedule, error) {
	tasks := make([]plan.Task, 0, len(p.order))
	for _, id := range p.order {
		t := p.tasks[id]
		if other, ok := instead[id]; ok {
			t = other
		}
		if t.State == flow.Cancelled {
			continue
		}
		tasks = append(tasks, p.planned(t))
	}
	return plan.Make(tasks, p.links, p.work, p.now)
}

func (p *project) planned(t Task) plan.Task {
	out := plan.Task{ID: t.ID, Duration: t.Estimate, Started: p.started[t.ID], Earliest: orZero(t.NotBefore), AnyOf: t.Join == flow.Any}
	if out.Duration == 0 {
		out.Duration = AssumedEstimate
	}
	if t.State == flow.Done {
		out.Done = orZero(t.DoneAt)
		if out.Done.IsZero() {
			out.Done = p.now
		}
	}
	if t.State == flow.InReview && out.Started.IsZero() {
		out.Started = p.work.Back(orZero(t.ReviewAt), out.Duration)
	}
	if end := p.endOf(t.Due); !end.IsZero() {
		out.Deadline = end
		if begin := p.work.Back(end, out.Duration); t.NotBefore == nil {
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
	zone := p.work.Days.Zone
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, p.work.Until, 0, 0, zone)
}

// DatesView says what another due date of a task would push, before it is changed.
type DatesView struct {
	Team   Team
	Board  Board
	Task   Task
	Key    string
	Due    Date
	Was    plan.Bar
	Now    plan.Bar
	Pushed []PushedTask // the others whose finish moves, in order
	Pushes int          // all of them; Pushed has the first MostPushed
	Ends   bool         // the end of all moves
	Finish time.Time    // of all, then
}

// PushedTask is a task that another one's dates move.
type PushedTask struct {
	TaskRef
	Was, Now plan.Bar
}

// MostPushed is how many pushed tasks are named.
const MostPushed = 12

// PreviewDates tells what a due date would push. It changes nothing.
func (s *Store) PreviewDates(ctx context.Context, who Actor, task string, due Date) (v DatesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Take(&v.Task, "id = ? AND deleted_at IS NULL", task).Error; err != nil {
			return orMissing(err)
		}
		b, team, err := seeBoard(db, who, v.Task.BoardID, access.EditTask)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Due, v.Key = b, team.Team, due, Key(b.Key, v.Task.Number)
		p, err := readProject(db, v.Team, b.ID, s.now())
		if err != nil {
			return err
		}
		before, err := p.make(nil)
		if err != nil {
			return err
		}
		other := v.Task
		other.Due = due
		after, err := p.make(map[string]Task{task: other})
		if err != nil {
			return err
		}
		v.Was, v.Now, v.Finish = before.Bars[task], after.Bars[task], after.Finish
		v.Ends = !before.Finish.Equal(after.Finish)
		for _, shift := range before.Shifts(after) {
			t := p.tasks[shift.ID]
			if shift.ID == task || t.BoardID != b.ID {
				continue
			}
			if v.Pushes++; v.Pushes <= MostPushed {
				v.Pushed = append(v.Pushed, PushedTask{TaskRef{ID: t.ID, Key: Key(b.Key, t.Number), Title: t.Title, State: t.State}, shift.Was, shift.Now})
			}
		}
		return nil
	})
	return v, err
}
