package models

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/find"
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
		if v.BoardLabels, err = labels(db, v.Board.ID); err != nil {
			return err
		}
		worn, err := labelsOn(db, []string{task})
		if err != nil {
			return err
		}
		v.Labels = worn[task]
		fields, err := fieldsOn(db, v.Board.ID)
		if err != nil {
			return err
		}
		if v.Fields, err = heldIn(db, fields, task); err != nil {
			return err
		}
		if v.Items, err = items(db, task); err != nil {
			return err
		}
		if v.Files, v.Removed, err = files(db, task); err != nil {
			return err
		}
		if v.Room, err = s.room(db, v.Team.ID); err != nil {
			return err
		}
		if v.Comments, v.Earlier, err = comments(db, task, "", recentComments); err != nil {
			return err
		}
		if v.Approval, err = readApproval(db, who, v); err != nil {
			return err
		}
		if v.Repeat, err = s.readRepeat(db, v.Task, v.Team); err != nil {
			return err
		}
		if v.Task.RunID != "" {
			v.Run = &Run{}
			if err := db.Take(v.Run, "id = ?", v.Task.RunID).Error; err != nil {
				return err
			}
		}
		if v.Attention, err = heedOf(db, who, task, v.Board.ID); err != nil {
			return err
		}
		if v.Task.State.Open() {
			if v.Missing, err = (&Tx{db: db, Team: v.Team, books: &s.books}).missing(onBoard{v.Task, v.Board}); err != nil {
				return err
			}
		}
		v.Why, err = why(db, v.Team.ID, v.Task.MovedSeq)
		return err
	})
	return v, err
}

// TaskName names a task that the actor may see.
func (s *Store) TaskName(ctx context.Context, who Actor, task string) (ref TaskRef, err error) {
	db := s.parts.Read.WithContext(ctx)
	if _, err := sees(db, who, ofTask(task), access.SeeBoard); err != nil {
		return ref, err
	}
	var number int64
	err = db.Raw(`SELECT t.id, t.number, t.title, t.state, b."key", b.id, b.name FROM tasks t JOIN boards b ON b.id = t.board_id WHERE t.id = ?`, task).
		Row().Scan(&ref.ID, &number, &ref.Title, &ref.State, &ref.Key, &ref.BoardID, &ref.Board)
	ref.Key = Key(ref.Key, number)
	return ref, err
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
		all, err := sightIn(db, team.ID)
		if err != nil {
			return err
		}
		found, err := s.connectable(db, who, all, t, find.Parse(query))
		for _, f := range found {
			refs = append(refs, all.ref(f))
		}
		return err
	})
	return refs, err
}

// sightIn is what there is in one team.
func sightIn(db *gorm.DB, team string) (sight, error) {
	all := sight{teams: []string{team}}
	err := db.Raw("SELECT * FROM boards WHERE team_id = ?", team).Scan(&all.boards).Error
	return all, err
}

func (all sight) ref(h hit) TaskRef {
	b := all.board(h.BoardID)
	return TaskRef{ID: h.ID, Key: Key(b.Key, h.Number), Title: h.Title, State: h.State, BoardID: h.BoardID, Board: b.Name}
}

// connectable finds on the task's own board first, then on the others of its team.
func (s *Store) connectable(db *gorm.DB, who Actor, all sight, t Task, q find.Query) ([]hit, error) {
	q = find.Query{Text: q.Text, Words: q.All(), Board: q.Board, Number: q.Number}
	h, _, err := s.hunt(db, who, all, q)
	if err != nil {
		return nil, err
	}
	h.filter("t.id <> ? AND t.archived_at IS NULL", t.ID)
	found, err := h.nearest(t.BoardID)
	if err != nil || len(found) > 0 || !q.Wordy() {
		return found, err
	}
	if near, err := h.guess(); err != nil || !near {
		return nil, err
	}
	return h.nearest(t.BoardID)
}

// nearest finds at most mostFound tasks, those of a board first.
func (h hunt) nearest(board string) ([]hit, error) {
	own, others := h, h
	own.scope = []string{board}
	own.args, others.args = slices.Clone(h.args), slices.Clone(h.args)
	own.filter("t.board_id = ?", board)
	others.filter("t.board_id <> ?", board)
	found, err := own.titled(mostFound)
	if err != nil || len(found) >= mostFound {
		return found, err
	}
	more, err := others.titled(mostFound - len(found))
	return append(found, more...), err
}
