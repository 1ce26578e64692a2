package models

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Task reads a task's panel.
func (s *Store) Task(ctx context.Context, who Actor, task string) (v TaskView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Take(&v.Task, "id = ? AND deleted_at IS NULL", task).Error; err != nil {
			return orMissing(err)
		}
		b, team, err := seeBoard(db, who, v.Task.BoardID, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role, v.Seq = b, team.Team, team.Role, team.Seq
		v.Key = Key(v.Board.Key, v.Task.Number)
		if err := db.Where("board_id = ?", v.Board.ID).Order("position, id").Find(&v.Columns).Error; err != nil {
			return err
		}
		if i := slices.IndexFunc(v.Columns, func(c Column) bool { return c.ID == v.Task.ColumnID }); i >= 0 {
			v.Column = v.Columns[i]
		}
		if v.Members, err = members(db, v.Team.ID); err != nil {
			return err
		}
		if err := s.links(db, &v); err != nil {
			return err
		}
		if err := db.Raw("SELECT id, name FROM users WHERE id = ?", v.Task.CreatedBy).Scan(&v.CreatedBy).Error; err != nil {
			return err
		}
		if v.Items, err = items(db, v.Board, task); err != nil {
			return err
		}
		if v.Task.State.Open() {
			if v.Missing, err = (&Tx{db: db}).missing(onBoard{v.Task, v.Board}); err != nil {
				return err
			}
		}
		v.Why, err = why(db, v.Team.ID, v.Task.MovedSeq)
		return err
	})
	return v, err
}

// links reads both ends of the task's dependencies and what it would release.
func (s *Store) links(db *gorm.DB, v *TaskView) error {
	n, err := s.neighbours(db, v.Team, []string{v.Task.ID})
	if err != nil {
		return err
	}
	owners, err := ownersOf(db, append(slices.Collect(keysOf(n.tasks)), v.Task.ID))
	if err != nil {
		return err
	}
	v.Owners = owners[v.Task.ID]
	verdict := n.judge(v.Task)
	link := func(d Dependency, other string) Link {
		ref := n.refs[other]
		ref.Owners = owners[other]
		f := d.flow()
		return Link{Task: ref, Lag: f.Lag, OnCancel: f.OnCancel, SatisfiedAt: f.SatisfiedAt}
	}
	for _, d := range n.prerequisites[v.Task.ID] {
		l := link(d, d.PrerequisiteID)
		l.Open = slices.ContainsFunc(verdict.Open, func(p flow.Prerequisite) bool { return p.Prerequisite == d.PrerequisiteID })
		if t, ok := n.tasks[d.PrerequisiteID]; ok && l.Open {
			alone := flow.Judge(flow.Task{State: flow.Waiting}, []flow.Prerequisite{{Dependency: d.flow(), Task: t.flow()}}, s.now(), v.Team.calendar())
			l.From = orNil(alone.ReleaseAt)
		}
		v.WaitsFor = append(v.WaitsFor, l)
	}
	for _, d := range n.dependents[v.Task.ID] {
		l := link(d, d.DependentID)
		l.Open = l.Task.State == flow.Waiting
		v.HoldsUp = append(v.HoldsUp, l)
	}
	if v.Task.State.Open() {
		v.Releases, _ = n.releases(v.Task.ID)
	}
	return nil
}

func keysOf(tasks map[string]Task) func(func(string) bool) {
	return func(yield func(string) bool) {
		for id := range tasks {
			if !yield(id) {
				return
			}
		}
	}
}

// longestWhy bounds the answer to "why did this move?".
const longestWhy = 20

// why follows the causes of an entry back to what a person did, newest first.
func why(db *gorm.DB, log string, seq int64) ([]Step, error) {
	var steps []Step
	for seq != 0 && len(steps) < longestWhy {
		var data string
		err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND seq = ?", log, seq).Row().Scan(&data)
		if err = orMissing(err); fault.From(err) != nil {
			return steps, nil
		} else if err != nil {
			return nil, err
		}
		e, err := ledger.Parse([]byte(data))
		if err != nil {
			return nil, err
		}
		step := Step{Seq: e.Seq, At: e.At, Who: e.Actor.Name, Auto: e.Actor.Kind == ledger.Automation, Action: e.Action, Reason: e.Reason}
		step.Task.ID = e.Task.ID
		step.Task.Key, step.Task.Title, _ = strings.Cut(e.Task.Name, " ")
		for _, c := range e.Changes {
			if c.Field == "state" {
				step.From, step.To = c.From, c.To
			}
		}
		steps = append(steps, step)
		seq = e.Cause
	}
	return steps, nil
}

// mostFound is how many tasks a search for one offers.
const mostFound = 20

// FindTasks finds tasks that a task could be connected with: those of its team,
// by key or by words of the title, its own board's first, itself left out.
func (s *Store) FindTasks(ctx context.Context, who Actor, task, query string) (refs []TaskRef, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var t Task
		if err := db.Select("id", "board_id").Take(&t, "id = ? AND deleted_at IS NULL", task).Error; err != nil {
			return orMissing(err)
		}
		_, team, err := seeBoard(db, who, t.BoardID, access.SeeBoard)
		if err != nil {
			return err
		}
		q := db.Table("tasks").Select("tasks.id, tasks.number, tasks.title, tasks.state, tasks.board_id, boards.key, boards.name").
			Joins("JOIN boards ON boards.id = tasks.board_id").
			Where("tasks.team_id = ? AND tasks.id <> ? AND tasks.deleted_at IS NULL AND tasks.archived_at IS NULL", team.ID, task)
		if m := taskKey.FindStringSubmatch(strings.TrimSpace(query)); m != nil {
			number, _ := strconv.ParseInt(m[2], 10, 64)
			q = q.Where("boards.key = ? AND tasks.number = ?", strings.ToUpper(m[1]), number)
		} else {
			for _, word := range strings.Fields(query) {
				q = q.Where(`LOWER(tasks.title) LIKE ? ESCAPE '\'`, "%"+likeEscape.Replace(strings.ToLower(word))+"%")
			}
		}
		var rows []struct {
			ID, Title, BoardID, Key, Name string
			Number                        int64
			State                         flow.State
		}
		order := "CASE WHEN tasks.board_id = ? THEN 0 ELSE 1 END, CASE WHEN tasks.state IN ('done', 'cancelled') THEN 1 ELSE 0 END, tasks.number DESC, tasks.id"
		if err := q.Order(gorm.Expr(order, t.BoardID)).Limit(mostFound).Scan(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			refs = append(refs, TaskRef{ID: r.ID, Key: Key(r.Key, r.Number), Title: r.Title, State: r.State, BoardID: r.BoardID, Board: r.Name})
		}
		return nil
	})
	return refs, err
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
