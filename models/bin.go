package models

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// BinTime is how long a deleted task can be brought back.
const BinTime = 30 * 24 * time.Hour

// BinView is a board's bin, what was deleted last first.
type BinView struct {
	Team  Team
	Board Board
	Role  access.Role
	Tasks []Binned
	Below string // the page below begins under this place; empty: there is none
}

// Binned is a deleted task that can still be brought back.
type Binned struct {
	Task  TaskRef
	By    string // who deleted it, as they were called then
	At    time.Time
	Until time.Time // when it is purged
}

// Bin lists a board's deleted tasks, Window at a time, below a place (empty: from
// the top).
func (s *Store) Bin(ctx context.Context, who Actor, board, below string) (v BinView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role = b, team.Team, team.Role
		q := db.Omit("description").Where("board_id = ? AND deleted_at IS NOT NULL", board)
		if at, id, ok := readPlace(below); ok {
			q = q.Where("(deleted_at, id) < (?, ?)", at, id)
		}
		var tasks []Task
		if err := q.Order("deleted_at DESC, id DESC").Limit(Window + 1).Find(&tasks).Error; err != nil {
			return fmt.Errorf("read bin: %w", err)
		}
		if len(tasks) > Window {
			tasks = tasks[:Window]
			last := tasks[Window-1]
			v.Below = strconv.FormatInt(last.DeletedAt.UnixMicro(), 10) + " " + last.ID
		}
		by, err := deletions(db, team.ID, tasks)
		for _, t := range tasks {
			v.Tasks = append(v.Tasks, Binned{Task: onBoard{t, b}.ref(), By: by[t.ID].Actor.Name, At: *t.DeletedAt, Until: t.DeletedAt.Add(BinTime)})
		}
		return err
	})
	return v, err
}

func readPlace(below string) (at time.Time, id string, ok bool) {
	micros, id, ok := strings.Cut(below, " ")
	n, err := strconv.ParseInt(micros, 10, 64)
	return time.UnixMicro(n).UTC(), id, ok && err == nil
}

// deletions finds the entries that deleted tasks: the last ones of those that can.
func deletions(db *gorm.DB, log string, tasks []Task) (map[string]ledger.Entry, error) {
	found := map[string]ledger.Entry{}
	if len(tasks) == 0 {
		return found, nil
	}
	ids := make([]string, len(tasks))
	for i, t := range tasks {
		ids[i] = t.ID
	}
	var data []string
	err := db.Raw(`SELECT data FROM entries WHERE log_id = ? AND seq IN
		(SELECT MAX(seq) FROM entries WHERE log_id = ? AND task_id IN ? AND action IN (?, ?) GROUP BY task_id)`,
		log, log, ids, TaskDeleted, TaskUndone).Scan(&data).Error
	if err != nil {
		return nil, fmt.Errorf("find deletions: %w", err)
	}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return nil, err
		}
		found[e.Task.ID] = e
	}
	return found, nil
}

// RecallTask brings a deleted task back to where it stood, with its dependencies
// as far as their other ends are still there and no cycle arises; it and what
// waits for it are judged anew.
func (s *Store) RecallTask(ctx context.Context, who Actor, task string) error {
	return s.change(ctx, who, ofDeletedTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.binned(task)
		if err != nil {
			return err
		}
		is := t.Task
		is.DeletedAt = nil
		if is, err = tx.seat(t, is); err != nil {
			return err
		}
		seq, err := tx.save(t, is, note{action: TaskRecalled})
		if err != nil {
			return err
		}
		gone, err := deletions(tx.db, tx.log, []Task{t.Task})
		if err != nil {
			return err
		}
		deletion, err := changeAt(tx.db, tx.log, gone[task].Seq)
		if err != nil {
			return err
		}
		for _, e := range deletion {
			if e.Cause == gone[task].Seq && (e.Action == string(DependencyRemoved) || e.Action == string(DependencyWithdrawn)) {
				if err := tx.reconnect(e, seq); err != nil {
					return err
				}
			}
		}
		return tx.settle([]string{task}, []string{task})
	})
}

// binned loads a deleted task of the team.
func (tx *Tx) binned(id string) (onBoard, error) {
	var t onBoard
	if err := tx.db.Take(&t.Task, "id = ? AND team_id = ? AND deleted_at IS NOT NULL", id, tx.Team.ID).Error; err != nil {
		return t, orMissing(err)
	}
	var err error
	t.board, err = tx.boardOf(t.BoardID)
	return t, err
}

// seat is the task is in the place that it names, as far as that is still there:
// if the column is gone or has another state by now, at the bottom of the first
// that has; if another card has its rank, just beside that.
func (tx *Tx) seat(was onBoard, is Task) (Task, error) {
	columns, err := tx.columnsOf(is.BoardID)
	if err != nil {
		return is, err
	}
	for _, c := range columns {
		if c.ID != is.ColumnID || c.State != is.State {
			continue
		}
		var there string
		err := tx.db.Raw("SELECT id FROM tasks WHERE column_id = ? AND position = ? AND id <> ? AND deleted_at IS NULL ORDER BY id LIMIT 1",
			c.ID, is.Position, is.ID).Row().Scan(&there)
		if err = orMissing(err); fault.From(err) != nil {
			return is, nil
		} else if err != nil {
			return is, err
		}
		if is.ID < there { // as cards of one rank are ordered
			is.Position, err = tx.above(c.ID, there, is.ID)
			return is, err
		}
		var next string
		err = tx.db.Raw("SELECT COALESCE(MIN(position), '') FROM tasks WHERE column_id = ? AND position > ? AND id <> ?", c.ID, is.Position, is.ID).Row().Scan(&next)
		is.Position = flow.Between(is.Position, next)
		return is, err
	}
	placed, err := tx.inColumn(onBoard{is, was.board}, is.flow(), Column{}, "")
	is.ColumnID, is.Position = placed.ColumnID, placed.Position
	return is, err
}

// reconnect brings a dependency back that an entry tells was removed, unless one
// of its ends is gone, it is there again, or it would close a cycle by now.
func (tx *Tx) reconnect(removed ledger.Entry, cause int64) error {
	err := tx.returned(removed, cause)
	if f := fault.From(err); f != nil {
		return nil
	}
	return err
}

// returned makes the dependency again that an entry tells was removed.
func (tx *Tx) returned(removed ledger.Entry, cause int64) error {
	p, err := tx.task(removed.Subject.ID)
	if err != nil {
		return err
	}
	d, err := tx.task(removed.Task.ID)
	if err != nil {
		return err
	}
	if err := tx.checkRoomFor(p.ID, d.ID); err != nil {
		return err
	}
	if err := tx.checkRequire(p.ID, d.ID); err != nil {
		return err
	}
	row := Dependency{PrerequisiteID: p.ID, DependentID: d.ID, TeamID: tx.Team.ID, LagUnit: flow.Days, CreatedAt: tx.now}
	for _, c := range removed.Changes {
		row = row.setField(c.Field, c.From)
	}
	n := dependencyNote(DependencyReturned, p, d, dependencyChanges(Dependency{}, row))
	n.cause = cause
	if err := tx.create(&row, n); err != nil {
		return err
	}
	return tx.touch(p, d)
}

// setField is the dependency with one field as the log writes it.
func (d Dependency) setField(field, value string) Dependency {
	switch field {
	case "lag":
		amount, unit, _ := strings.Cut(value, " ")
		d.LagAmount, _ = strconv.Atoi(amount)
		if d.LagUnit = flow.Unit(unit); unit == "" {
			d.LagUnit = flow.Days
		}
	case "on_cancel":
		d.OnCancel = flow.OnCancel(value)
	case "satisfied_at":
		d.SatisfiedAt = flow.State(value)
	}
	return d
}

// partsOfTask are the tables of what belongs to a task and goes with it.
var partsOfTask = []string{"checklist_items", "comments", "task_labels", "task_fields", "approval_answers", "approvers", "approvals", "notices", "attachments", "step_links"}

// purgeAtOnce is how many tasks one change purges.
const purgeAtOnce = 200

// EmptyBins purges what has been in the bin for BinTime, in all teams. The log
// keeps its story and its name.
func (s *Store) EmptyBins(ctx context.Context) error {
	before := s.now().Add(-BinTime)
	var teams []string
	err := s.parts.Read.WithContext(ctx).Raw("SELECT team_id FROM tasks WHERE deleted_at < ? UNION SELECT team_id FROM attachments WHERE removed_at < ?",
		before, before).Scan(&teams).Error
	if err != nil {
		return fmt.Errorf("look into bins: %w", err)
	}
	for _, team := range teams {
		for more := true; more; {
			err := s.change(ctx, automation, inTeam(team), access.EditTask, func(tx *Tx) (err error) {
				if more, err = tx.purge(before); err != nil || more {
					return err
				}
				more, err = tx.purgeFiles(before)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) purge(before time.Time) (more bool, err error) {
	var tasks []Task
	err = tx.db.Omit("description").Where("team_id = ? AND deleted_at < ?", tx.Team.ID, before).Order("deleted_at, id").Limit(purgeAtOnce).Find(&tasks).Error
	if err != nil || len(tasks) == 0 {
		return false, err
	}
	by, err := deletions(tx.db, tx.log, tasks)
	if err != nil {
		return false, err
	}
	blobs, err := tx.blobsOf(tasks)
	if err != nil {
		return false, err
	}
	for _, t := range tasks {
		b, err := tx.boardOf(t.BoardID)
		if err != nil {
			return false, err
		}
		subject := onBoard{t, b}.subject()
		for _, of := range partsOfTask {
			if err := tx.rows().Exec("DELETE FROM "+of+" WHERE task_id = ?", t.ID).Error; err != nil {
				return false, fmt.Errorf("purge %s: %w", subject.Name, err)
			}
		}
		n := note{action: TaskPurged, subject: subject, task: subject, board: b.subject(), auto: true, cause: by[t.ID].Seq}
		if err := tx.delete(&Task{ID: t.ID}, n); err != nil {
			return false, fmt.Errorf("purge %s: %w", subject.Name, err)
		}
	}
	return len(tasks) == purgeAtOnce, tx.letGo(blobs)
}
