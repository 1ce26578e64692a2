package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
)

// WorkPage is how many tasks a group of somebody's work shows at first.
const WorkPage = 50

// WorkGroup names a part of somebody's work.
type WorkGroup string

const (
	Overdue     WorkGroup = "overdue" // past its due date, whatever its state
	WorkReady   WorkGroup = "ready"
	WorkDoing   WorkGroup = "doing" // in progress or in review
	WorkWaiting WorkGroup = "waiting"
)

// WorkGroups lists the groups in the order in which they are shown.
var WorkGroups = []WorkGroup{Overdue, WorkReady, WorkDoing, WorkWaiting}

// MyWorkView is what a person has to do, over all boards of all their teams. A
// task is in one group.
type MyWorkView struct {
	Now    time.Time   // in the person's zone
	Groups []Work      // those that hold something
	Team   string      // one of their teams, to find work in; empty: they are in none
	Role   access.Role // in that team
}

// Work is one group with the tasks of it that are shown, most pressing first.
type Work struct {
	Group WorkGroup
	Count int // tasks in it, all told
	Tasks []WorkTask
}

// WorkTask is a task of one's own with what one needs to know to go on with it.
type WorkTask struct {
	Task
	Key       string
	Board     string // names
	Team      string
	Role      access.Role
	StartIn   string     // the column that starting it leads to; empty: the board has none
	WaitsFor  []TaskRef  // open prerequisites with their owners, the first three
	WaitsN    int        // all open prerequisites
	WaitsTill *time.Time // when time alone will release it
}

// MyWork returns what the actor owns and has not finished. The group named by
// whole is not cut off.
func (s *Store) MyWork(ctx context.Context, who Actor, whole WorkGroup) (MyWorkView, error) {
	v := MyWorkView{Now: s.now().In(Zone(who.Zone))}
	err := s.snapshot(ctx, func(db *gorm.DB) error {
		var in struct {
			Team string
			Role access.Role
		}
		err := db.Raw("SELECT team_id AS team, role FROM memberships WHERE user_id = ? ORDER BY CASE WHEN role = ? THEN 1 ELSE 0 END, team_id LIMIT 1", who.ID, access.Viewer).Scan(&in).Error
		if err != nil {
			return err
		}
		v.Team, v.Role = in.Team, in.Role
		rows, err := myTasks(db, who, v.Now.Format(time.DateOnly), whole)
		if err != nil {
			return err
		}
		if err := nameStarts(db, rows); err != nil {
			return err
		}
		if err := nameWaits(db, rows, s.now()); err != nil {
			return err
		}
		v.Groups = grouped(rows)
		return nil
	})
	return v, err
}

// workRow is a task on its way into a group.
type workRow struct {
	WorkTask
	cal   flow.Calendar // of its team
	group WorkGroup
	total int // tasks in the group
}

// workFound is a task as a query finds it, with the names around it.
type workFound struct {
	Task
	Board, BoardKey, Team, TeamZone, DaysOff, Holidays string
	Role                                               access.Role
}

func (f workFound) row() *workRow {
	task := WorkTask{Task: f.Task, Key: Key(f.BoardKey, f.Number), Board: f.Board, Team: f.Team, Role: f.Role}
	return &workRow{WorkTask: task, cal: Team{Zone: f.TeamZone, DaysOff: f.DaysOff, Holidays: f.Holidays}.calendar()}
}

func myTasks(db *gorm.DB, who Actor, today string, whole WorkGroup) ([]*workRow, error) {
	var found []struct {
		Found workFound `gorm:"embedded"`
		Grp   WorkGroup
		Total int
	}
	err := db.Raw(`SELECT * FROM (
		SELECT w.*, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY due = '', due, priority DESC, board, number, id) AS place,
			COUNT(*) OVER (PARTITION BY grp) AS total
		FROM (
			SELECT t.*, b.name AS board, b."key" AS board_key, tm.name AS team, tm.zone AS team_zone, tm.days_off, tm.holidays, m.role AS role,
				CASE WHEN t.due <> '' AND t.due < @today THEN 'overdue' WHEN t.state = 'ready' THEN 'ready'
					WHEN t.state = 'waiting' THEN 'waiting' ELSE 'doing' END AS grp
			FROM task_owners o
			JOIN memberships m ON m.team_id = o.team_id AND m.user_id = o.user_id
			JOIN tasks t ON t.id = o.task_id
			JOIN boards b ON b.id = t.board_id
			JOIN teams tm ON tm.id = t.team_id
			WHERE o.user_id = @who AND t.state IN ('waiting', 'ready', 'in_progress', 'in_review')
				AND t.deleted_at IS NULL AND t.archived_at IS NULL AND b.archived_at IS NULL
		) w
	) p WHERE place <= @page OR grp = @whole ORDER BY place`,
		map[string]any{"who": who.ID, "today": today, "page": WorkPage, "whole": whole}).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("tasks of a person: %w", err)
	}
	rows := make([]*workRow, len(found))
	for i, f := range found {
		rows[i] = f.Found.row()
		rows[i].group, rows[i].total = f.Grp, f.Total
	}
	return rows, nil
}

// nameStarts finds the column that a ready task goes to when it is started.
func nameStarts(db *gorm.DB, rows []*workRow) error {
	var boards []string
	for _, r := range rows {
		boards = append(boards, r.BoardID)
	}
	if len(boards) == 0 {
		return nil
	}
	var columns []Column
	if err := db.Where("board_id IN ? AND state = ?", boards, flow.InProgress).Order("position DESC, id DESC").Find(&columns).Error; err != nil {
		return fmt.Errorf("columns to start in: %w", err)
	}
	first := map[string]string{}
	for _, c := range columns {
		first[c.BoardID] = c.ID
	}
	for _, r := range rows {
		r.StartIn = first[r.BoardID]
	}
	return nil
}

// waitedFor is a prerequisite as the query for all of them gives it.
type waitedFor struct {
	DependentID string
	LagAmount   int
	LagUnit     flow.Unit
	OnCancel    flow.OnCancel
	SatisfiedAt flow.State
	Task
	Board    string
	BoardKey string
}

func (w waitedFor) rule() flow.Prerequisite {
	return flow.Prerequisite{Task: w.flow(), Dependency: flow.Dependency{
		Prerequisite: w.ID, Dependent: w.DependentID, Lag: flow.Lag{Amount: w.LagAmount, Unit: w.LagUnit},
		OnCancel: w.OnCancel, SatisfiedAt: w.SatisfiedAt}}
}

// nameWaits says for what and for whom the waiting tasks wait, and until when.
func nameWaits(db *gorm.DB, rows []*workRow, now time.Time) error {
	waiting := map[string]*workRow{}
	var ids []string
	for _, r := range rows {
		if r.State == flow.Waiting {
			waiting[r.ID] = r
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var found []waitedFor
	err := db.Raw(`SELECT t.*, d.dependent_id, d.lag_amount, d.lag_unit, d.on_cancel, d.satisfied_at, b.name AS board, b."key" AS board_key
		FROM dependencies d JOIN tasks t ON t.id = d.prerequisite_id JOIN boards b ON b.id = t.board_id
		WHERE d.dependent_id IN ? AND t.deleted_at IS NULL ORDER BY b."key", t.number`, ids).Scan(&found).Error
	if err != nil {
		return fmt.Errorf("what tasks wait for: %w", err)
	}
	byTask, byID := map[string][]flow.Prerequisite{}, map[string]waitedFor{}
	for _, w := range found {
		byTask[w.DependentID] = append(byTask[w.DependentID], w.rule())
		byID[w.ID] = w
	}
	for id, r := range waiting {
		v := flow.Judge(r.flow(), byTask[id], now, r.cal)
		r.WaitsN, r.WaitsTill = len(v.Open), orNil(v.ReleaseAt)
		for _, p := range v.Open[:min(3, len(v.Open))] {
			w := byID[p.Task.ID]
			r.WaitsFor = append(r.WaitsFor, TaskRef{ID: w.ID, Key: Key(w.BoardKey, w.Number), Title: w.Title, State: w.State, BoardID: w.BoardID, Board: w.Board})
		}
	}
	return nameOwners(db, rows)
}

// nameOwners adds the owners of the tasks that rows wait for.
func nameOwners(db *gorm.DB, rows []*workRow) error {
	var ids []string
	for _, r := range rows {
		for _, t := range r.WaitsFor {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var owners []struct{ TaskID, ID, Name string }
	err := db.Raw(`SELECT o.task_id, u.id, u.name FROM task_owners o JOIN users u ON u.id = o.user_id
		WHERE o.task_id IN ? ORDER BY lower(u.name), u.id`, ids).Scan(&owners).Error
	if err != nil {
		return fmt.Errorf("whom tasks wait for: %w", err)
	}
	byTask := map[string][]Person{}
	for _, o := range owners {
		byTask[o.TaskID] = append(byTask[o.TaskID], Person{ID: o.ID, Name: o.Name})
	}
	for _, r := range rows {
		for i := range r.WaitsFor {
			r.WaitsFor[i].Owners = byTask[r.WaitsFor[i].ID]
		}
	}
	return nil
}

func grouped(rows []*workRow) []Work {
	var groups []Work
	for _, name := range WorkGroups {
		g := Work{Group: name}
		for _, r := range rows {
			if r.group == name {
				g.Count = r.total
				g.Tasks = append(g.Tasks, r.WorkTask)
			}
		}
		if g.Count > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}
