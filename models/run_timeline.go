package models

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/plan"
)

// RunTimeline reads a run's timeline: its steps as they went and as they can go on,
// each beside what was planned when the run was started. A reach without a zoom is
// one that shows all of the run, if there is one; without a day it begins with the run.
func (s *Store) RunTimeline(ctx context.Context, who Actor, run string, reach Reach) (r RunView, v TimelineView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if r.Team, err = sees(db, who, ofRun(run), access.SeeBoard); err != nil {
			return err
		}
		if err := db.Take(&r.Run, "id = ?", run).Error; err != nil {
			return orMissing(err)
		}
		if err := r.read(db, s); err != nil {
			return err
		}
		v.BoardView = BoardView{Board: r.Board, Team: r.Team.Team, Role: r.Team.Role, Seq: r.Team.Seq}
		p := newProject(v.Team, s.now())
		if err := p.readRun(db, v.Team, run); err != nil {
			return err
		}
		return v.layRun(db, p, r.Run, reach)
	})
	return r, v, err
}

// layRun plans a run's tasks as they are, and as they were when it was started.
func (v *TimelineView) layRun(db *gorm.DB, p *project, r Run, reach Reach) error {
	made, err := p.readStory(db, v.Team, r)
	if err != nil {
		return err
	}
	schedule, err := p.make(nil)
	if err != nil {
		return err
	}
	base, err := p.baseline(made, r)
	if err != nil {
		return err
	}
	var steps []string
	for _, id := range p.order {
		if p.tasks[id].RunID == r.ID {
			steps = append(steps, id)
		}
	}
	v.Work = p.work
	v.Reach = p.fit(reach, steps, schedule, base)
	v.place(p, schedule, steps)
	v.link(p, schedule)
	for i := range v.Rows {
		row := &v.Rows[i]
		if was, there := base.Bars[row.ID]; there && made[row.ID].ID != "" {
			row.Base, row.Behind = was, p.work.Between(was.Finish, row.Finish)
		}
	}
	return v.nameOwners(db)
}

// readRun reads the tasks of a run, and those that they wait for elsewhere.
func (p *project) readRun(db *gorm.DB, team Team, run string) error {
	return p.read(db, team, `tasks.run_id = ?
			OR tasks.run_id <> ? AND tasks.id IN (SELECT d.prerequisite_id FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE t.run_id = ? AND t.deleted_at IS NULL)`,
		"t.run_id = ?", run)
}

// readStory reads in the log when work on tasks began, and how a run's tasks were made
// when it was started.
func (p *project) readStory(db *gorm.DB, team Team, r Run) (made map[string]Task, err error) {
	made, p.since = map[string]Task{}, map[string]time.Time{}
	for part := range slices.Chunk(p.order, chunk) {
		var data []string
		err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id IN ? AND action IN ? ORDER BY seq", team.ID, part,
			[]Action{TaskCreated, TaskMoved, TaskOverridden, TaskUndone}).Scan(&data).Error
		if err != nil {
			return nil, err
		}
		for _, d := range data {
			e, err := ledger.Parse([]byte(d))
			if err != nil {
				return nil, err
			}
			if Action(e.Action) == TaskCreated && !e.At.After(r.CreatedAt.Add(time.Second)) && p.tasks[e.Task.ID].RunID == r.ID {
				made[e.Task.ID] = asMade(e)
			}
			for _, c := range e.Changes {
				if _, known := p.since[e.Task.ID]; c.Field == "state" && c.To == string(flow.InProgress) && !known {
					p.since[e.Task.ID] = e.At
				}
			}
		}
	}
	return made, nil
}

// asMade is what a plan needs of a task as the entry of its making tells it.
func asMade(e ledger.Entry) Task {
	t := Task{ID: e.Task.ID}
	for _, c := range e.Changes {
		switch c.Field {
		case "due":
			t.Due = Date(c.To)
		case "estimate":
			t.Estimate, _ = strconv.Atoi(c.To) // written by us
		}
	}
	return t
}

// baseline is the plan of a run on the day of its start: nothing done yet, with the
// dates and estimates that its start gave the tasks, in the order that they have now.
func (p *project) baseline(made map[string]Task, r Run) (*plan.Schedule, error) {
	old := *p
	old.now, old.tasks = p.work.Next(r.CreatedAt), make(map[string]Task, len(p.tasks))
	if day, err := time.Parse(time.DateOnly, string(r.Starts)); err == nil {
		old.now = time.Date(day.Year(), day.Month(), day.Day(), 0, p.work.From, 0, 0, p.work.Zone())
	}
	for id, t := range p.tasks {
		if was, there := made[id]; there && t.State != flow.Cancelled {
			t = Task{ID: id, State: flow.Waiting, Due: was.Due, Estimate: was.Estimate, Join: t.Join}
		} else if t.State == flow.Cancelled {
			t.DoneAt = &old.now
		}
		old.tasks[id] = t
	}
	return old.make(nil)
}

// fit completes a reach: the closest zoom that shows everything, from its beginning.
func (p *project) fit(reach Reach, ids []string, plans ...*plan.Schedule) Reach {
	from, until := p.now, p.now
	for i, id := range ids {
		for k, s := range plans {
			bar := s.Bars[id]
			if p.tasks[id].State == flow.Cancelled {
				continue
			}
			if i+k == 0 || bar.Start.Before(from) {
				from = bar.Start
			}
			if bar.Finish.After(until) {
				until = bar.Finish
			}
		}
	}
	if reach.First.IsZero() {
		y, m, d := from.In(p.work.Zone()).Date()
		reach.First = weekOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	}
	for _, zoom := range Zooms {
		if reach.Zoom == "" && int(until.Sub(inZone(reach.First, p.work.Zone())).Hours()/24) < reachDays[zoom] {
			reach.Zoom = zoom
		}
	}
	if reach.Zoom == "" {
		reach.Zoom = ZoomMonth
	}
	reach.Page = max(1, reach.Page)
	return reach
}
