package models

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"time"

	"relevo/models/access"
	"relevo/models/flow"
)

// graph lets the rules read the prerequisite graph inside a change.
type graph struct{ tx *Tx }

// chunk is how many IDs one query names: well below the databases' limits.
const chunk = 1000

func (g graph) Tasks(ids []string) ([]flow.Task, error) {
	tasks := make([]flow.Task, 0, len(ids))
	// The description is left out: the rules and the entries do without it.
	query := "SELECT " + strings.Replace(taskColumns, "t.description", "''", 1) + " FROM tasks t WHERE t.deleted_at IS NULL AND t.id IN "
	for part := range slices.Chunk(ids, chunk) {
		err := g.tx.each(query+places(len(part)), anys(part), func(rows *sql.Rows) error {
			var t Task
			if err := rows.Scan(taskFields(&t)...); err != nil {
				return err
			}
			tasks = append(tasks, t.flow())
			g.tx.read(t)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return tasks, g.tx.rest(tasks)
}

func (g graph) Prerequisites(ids []string) ([]flow.Dependency, error) {
	return g.dependencies("dependent_id", ids)
}

func (g graph) Dependents(ids []string) ([]flow.Dependency, error) {
	return g.dependencies("prerequisite_id", ids)
}

func (g graph) dependencies(end string, ids []string) ([]flow.Dependency, error) {
	var deps []flow.Dependency
	for part := range slices.Chunk(ids, chunk) {
		query := "SELECT prerequisite_id, dependent_id, lag_amount, lag_unit, on_cancel, satisfied_at FROM dependencies WHERE " +
			end + " IN " + places(len(part)) + " ORDER BY prerequisite_id, dependent_id"
		err := g.tx.each(query, anys(part), func(rows *sql.Rows) error {
			var d flow.Dependency
			err := rows.Scan(&d.Prerequisite, &d.Dependent, &d.Lag.Amount, &d.Lag.Unit, &d.OnCancel, &d.SatisfiedAt)
			deps = append(deps, d)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return deps, nil
}

// places is a list of n values in a query: (?,?,?).
func places(n int) string { return "(" + strings.Repeat("?,", n-1) + "?)" }

func anys(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

func (d Dependency) flow() flow.Dependency {
	return flow.Dependency{Prerequisite: d.PrerequisiteID, Dependent: d.DependentID,
		Lag: flow.Lag{Amount: d.LagAmount, Unit: d.LagUnit}, OnCancel: d.OnCancel, SatisfiedAt: d.SatisfiedAt}
}

// read keeps a task that the rules looked at: its effect needs the whole of it,
// and its board shows it beside what changed.
func (tx *Tx) read(t Task) {
	if tx.tasks == nil {
		tx.tasks = map[string]Task{}
	}
	tx.tasks[t.ID] = t
	tx.boards[t.BoardID] = true
}

// settle applies the rules of movement after the tasks in changed were written,
// and those in rejudge had their own dependencies or dates changed. Each effect
// is recorded with the entry that caused it; the owners of what became ready are
// told, and what time will release is put on the clock.
func (tx *Tx) settle(changed, rejudge []string) error {
	rejudge, err := tx.decide(rejudge)
	if err != nil {
		return err
	}
	out, err := flow.Cascade(graph{tx}, changed, rejudge, tx.now, tx.Team.calendar())
	if err != nil {
		return err
	}
	ready := map[string]int64{}
	effects := make([]effect, 0, len(out.Effects))
	for _, e := range out.Effects {
		done, err := tx.effect(e)
		if err != nil {
			return err
		}
		effects = append(effects, done)
		if e.Is.State == flow.Ready {
			ready[e.Is.ID] = done.seq
		}
	}
	if err := tx.writeEffects(effects); err != nil {
		return err
	}
	if err := tx.adapt(effects); err != nil {
		return err
	}
	if err := tx.tellOwners(ready, YourTurn); err != nil {
		return err
	}
	if err := tx.setTimers(out.Timers); err != nil {
		return err
	}
	return tx.touchLinked(append(slices.Clone(changed), rejudge...)...)
}

// effect is one automatic change, ready to be written.
type effect struct {
	id  string
	is  Task
	seq int64
	by  string
	// moved says that the state changed, not only the at-risk flag.
	moved bool
}

func (tx *Tx) effect(e flow.Effect) (effect, error) {
	row := tx.tasks[e.Was.ID]
	b, err := tx.boardOf(row.BoardID)
	if err != nil {
		return effect{}, err
	}
	was := onBoard{row, b}
	is := row.as(e.Is)
	moved := e.Was.State != e.Is.State
	if moved {
		if is, err = tx.inColumn(was, e.Is, Column{}, ""); err != nil {
			return effect{}, err
		}
	}
	changes, _ := tx.difference(row, is)
	n := note{action: actionOf(e), subject: was.subject(), task: was.subject(), board: b.subject(), changes: changes,
		auto: true, cause: tx.latest[e.Because]}
	by := e.Because
	if by == e.Was.ID {
		by = ""
	}
	return effect{id: row.ID, is: is, seq: tx.record(n), by: by, moved: moved}, nil
}

func actionOf(e flow.Effect) Action {
	switch {
	case e.Is.Skipped && !e.Was.Skipped:
		return TaskSkipped
	case e.Was.State != e.Is.State && e.Is.State == flow.Ready:
		return TaskReleased
	case e.Was.State != e.Is.State:
		return TaskHeld
	case e.Was.Unwanted != e.Is.Unwanted:
		return wantedAction(e.Is.Unwanted)
	case e.Is.AtRisk:
		return TaskFlagged
	}
	return TaskCleared
}

// writeEffects writes many tasks in a few statements.
func (tx *Tx) writeEffects(effects []effect) error {
	for part := range slices.Chunk(effects, 500) {
		var values strings.Builder
		args := make([]any, 0, 11*len(part)+1)
		for i, e := range part {
			if i > 0 {
				values.WriteByte(',')
			}
			if tx.db.Name() == "postgres" {
				values.WriteString("(?::text,?::text,?::text,?::text,?::boolean,?::bigint,?::boolean,?::text,?::text,?::boolean)")
			} else {
				values.WriteString("(?,?,?,?,?,?,?,?,?,?)")
			}
			args = append(args, e.id, e.is.State, e.is.ColumnID, e.is.Position, e.is.AtRisk, e.seq, e.moved, e.by, e.is.Wanted, e.is.Skipped)
		}
		err := tx.rows().Exec(`WITH moves (id, state, column_id, position, at_risk, seq, moved, moved_by, wanted, skipped) AS (VALUES `+values.String()+`)
			UPDATE tasks SET state = moves.state, column_id = moves.column_id, position = moves.position, at_risk = moves.at_risk,
				wanted = moves.wanted, skipped = moves.skipped, version = moves.seq, updated_at = ?,
				moved_seq = CASE WHEN moves.moved THEN moves.seq ELSE tasks.moved_seq END,
				moved_auto = CASE WHEN moves.moved THEN TRUE ELSE tasks.moved_auto END,
				moved_by = CASE WHEN moves.moved THEN moves.moved_by ELSE tasks.moved_by END
			FROM moves WHERE tasks.id = moves.id`, append(args, tx.now)...).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// touchLinked notes the boards that show the tasks as prerequisites or dependents.
func (tx *Tx) touchLinked(ids ...string) error {
	if tx.boardsInTeam < 2 {
		return nil
	}
	for part := range slices.Chunk(ids, chunk) {
		var boards []string
		err := tx.db.Raw(`SELECT t.board_id FROM dependencies d JOIN tasks t ON t.id = d.prerequisite_id WHERE d.dependent_id IN ?
			UNION SELECT t.board_id FROM dependencies d JOIN tasks t ON t.id = d.dependent_id WHERE d.prerequisite_id IN ?`, part, part).Scan(&boards).Error
		if err != nil {
			return err
		}
		for _, b := range boards {
			tx.boards[b] = true
		}
	}
	return nil
}

// ReleaseJob judges tasks of a team again when time may have released them. It
// does no harm twice, early or late.
type ReleaseJob struct {
	Team  string   `json:"team"`
	Tasks []string `json:"tasks"`
	Cause int64    `json:"cause"` // the entry that set the clock running
}

// Kind names the job's worker.
func (ReleaseJob) Kind() string { return "release" }

// setTimers puts tasks on the clock, those of one moment and cause together.
func (tx *Tx) setTimers(timers []flow.Timer) error {
	type moment struct {
		at    time.Time
		cause int64
	}
	due := map[moment][]string{}
	for _, t := range timers {
		m := moment{t.At, tx.latest[t.Because]}
		due[m] = append(due[m], t.Task)
	}
	order := slices.SortedFunc(maps.Keys(due), func(a, b moment) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return int(a.cause - b.cause)
	})
	for _, m := range order {
		for part := range slices.Chunk(due[m], 500) {
			if err := tx.parts.Enqueue(tx.ctx, tx.db, ReleaseJob{Team: tx.Team.ID, Tasks: part, Cause: m.cause}, m.at); err != nil {
				return err
			}
		}
	}
	return nil
}

// Release does a ReleaseJob.
func (s *Store) Release(ctx context.Context, job ReleaseJob) error {
	return s.change(ctx, automation, inTeam(job.Team), access.EditTask, func(tx *Tx) error {
		for _, id := range job.Tasks {
			tx.latest[id] = job.Cause
		}
		return tx.settle(nil, job.Tasks)
	})
}
