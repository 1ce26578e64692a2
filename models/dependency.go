package models

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// DependencyInput says how a prerequisite counts; the zero value is the usual way.
type DependencyInput struct {
	Lag         flow.Lag
	OnCancel    flow.OnCancel // empty: Skip
	SatisfiedAt flow.State    // empty: Done
}

// MaxPrerequisites is the most prerequisites that one task may have.
const MaxPrerequisites = 200

// Require makes dependent wait for prerequisite. It returns Cycle (naming the
// path), OtherTeam, AlreadyNeeds, NeedsItself, or Invalid faults for the options.
func (s *Store) Require(ctx context.Context, who Actor, prerequisite, dependent string, in DependencyInput) error {
	return s.change(ctx, who, ofTask(dependent), access.EditTask, func(tx *Tx) error {
		p, d, err := tx.ends(prerequisite, dependent)
		if err != nil {
			return err
		}
		in, err := in.check()
		if err != nil {
			return err
		}
		if err := tx.linkIfFit(p, d, in); err != nil {
			return err
		}
		return tx.relinked(p, d)
	})
}

// checkRoomFor refuses a dependency that is there, and one too many of a task.
func (tx *Tx) checkRoomFor(prerequisite, dependent string) error {
	var there []string
	if err := tx.db.Raw("SELECT prerequisite_id FROM dependencies WHERE dependent_id = ?", dependent).Scan(&there).Error; err != nil {
		return err
	}
	if slices.Contains(there, prerequisite) {
		return fault.On("prerequisite", fault.AlreadyNeeds)
	}
	if len(there) >= MaxPrerequisites {
		return fault.On("prerequisite", fault.TooManyAtOnce, MaxPrerequisites)
	}
	return nil
}

// linkIfFit makes d wait for p, unless it does already, has too many to wait for, or
// the two would wait for each other.
func (tx *Tx) linkIfFit(p, d onBoard, in DependencyInput) error {
	if err := tx.checkRoomFor(p.ID, d.ID); err != nil {
		return err
	}
	if err := tx.checkRequire(p.ID, d.ID); err != nil {
		return err
	}
	return tx.link(p, d, in)
}

func (tx *Tx) link(p, d onBoard, in DependencyInput) error {
	row := Dependency{PrerequisiteID: p.ID, DependentID: d.ID, TeamID: tx.Team.ID, CreatedAt: tx.now}.with(in)
	return tx.create(row, dependencyNote(DependencyAdded, p, d, dependencyChanges(Dependency{}, *row)))
}

// ends loads both ends of a dependency. A task of another team is refused as
// such only to those who may see it; to others it is Missing.
func (tx *Tx) ends(prerequisite, dependent string) (p, d onBoard, err error) {
	if d, err = tx.task(dependent); err != nil {
		return p, d, err
	}
	p, err = tx.task(prerequisite)
	if fault.From(err) == nil {
		return p, d, err
	}
	var known int
	query := `SELECT COUNT(*) FROM tasks t JOIN memberships m ON m.team_id = t.team_id AND m.user_id = ? WHERE t.id = ? AND t.deleted_at IS NULL`
	if e := tx.db.Raw(query, tx.actor.ID, prerequisite).Row().Scan(&known); e != nil {
		return p, d, e
	}
	if known > 0 {
		err = fault.On("prerequisite", fault.OtherTeam)
	}
	return p, d, err
}

func (in DependencyInput) check() (DependencyInput, error) {
	if in.OnCancel == "" {
		in.OnCancel = flow.Skip
	}
	if in.SatisfiedAt == "" {
		in.SatisfiedAt = flow.Done
	}
	if in.Lag.Unit == "" {
		in.Lag.Unit = flow.Days
	}
	most := map[flow.Unit]int{flow.Minutes: flow.MaxLag * 24 * 60, flow.Hours: flow.MaxLag * 24, flow.Days: flow.MaxLag, flow.WorkingDays: flow.MaxLag}[in.Lag.Unit]
	var lag, unit, onCancel, at *fault.Fault
	if most == 0 {
		unit = fault.On("lag_unit", fault.NotAChoice)
	} else if in.Lag.Amount < 0 || in.Lag.Amount > most {
		lag = fault.On("lag", fault.OutOfRange, 0, most)
	}
	if in.OnCancel != flow.Skip && in.OnCancel != flow.Hold {
		onCancel = fault.On("on_cancel", fault.NotAChoice)
	}
	if in.SatisfiedAt != flow.Done && in.SatisfiedAt != flow.InReview {
		at = fault.On("satisfied_at", fault.NotAChoice)
	}
	return in, fault.All(lag, unit, onCancel, at)
}

func (d Dependency) with(in DependencyInput) *Dependency {
	d.LagAmount, d.LagUnit, d.OnCancel, d.SatisfiedAt = in.Lag.Amount, in.Lag.Unit, in.OnCancel, in.SatisfiedAt
	return &d
}

// checkRequire completes the refusal of a cycle with the names of its tasks.
func (tx *Tx) checkRequire(prerequisite, dependent string) error {
	err := flow.CheckRequire(graph{tx}, prerequisite, dependent)
	f := fault.From(err)
	if f == nil || len(f.Refs) == 0 {
		return err
	}
	ids := make([]string, len(f.Refs))
	for i, r := range f.Refs {
		ids[i] = r.ID
	}
	if f.Refs, err = tx.refs(ids); err != nil {
		return err
	}
	return f
}

// ChangeDependency changes how a prerequisite counts.
func (s *Store) ChangeDependency(ctx context.Context, who Actor, prerequisite, dependent string, in DependencyInput) error {
	return s.change(ctx, who, ofTask(dependent), access.EditTask, func(tx *Tx) error {
		p, d, err := tx.ends(prerequisite, dependent)
		if err != nil {
			return err
		}
		if in, err = in.check(); err != nil {
			return err
		}
		was, err := tx.dependency(prerequisite, dependent)
		if err != nil {
			return err
		}
		is := was.with(in)
		changes := dependencyChanges(was, *is)
		if len(changes) == 0 {
			return nil
		}
		tx.record(dependencyNote(DependencyChanged, p, d, changes))
		err = one(tx.rows().Exec("UPDATE dependencies SET lag_amount = ?, lag_unit = ?, on_cancel = ?, satisfied_at = ? WHERE prerequisite_id = ? AND dependent_id = ?",
			is.LagAmount, is.LagUnit, is.OnCancel, is.SatisfiedAt, prerequisite, dependent))
		if err != nil {
			return err
		}
		return tx.relinked(p, d)
	})
}

// Unrequire removes a dependency; its dependent is judged anew at once.
func (s *Store) Unrequire(ctx context.Context, who Actor, prerequisite, dependent string) error {
	return s.change(ctx, who, ofTask(dependent), access.EditTask, func(tx *Tx) error {
		p, d, err := tx.ends(prerequisite, dependent)
		if err != nil {
			return err
		}
		dep, err := tx.dependency(prerequisite, dependent)
		if err != nil {
			return err
		}
		if err := tx.removeDependency(dep, p, d, 0); err != nil {
			return err
		}
		return tx.settle(nil, []string{dependent})
	})
}

func (tx *Tx) dependency(prerequisite, dependent string) (d Dependency, err error) {
	err = tx.db.Take(&d, "prerequisite_id = ? AND dependent_id = ? AND team_id = ?", prerequisite, dependent, tx.Team.ID).Error
	return d, orMissing(err)
}

// removeDependency removes one edge; cause is the entry that took it along, 0 if
// a person removed it.
func (tx *Tx) removeDependency(dep Dependency, p, d onBoard, cause int64) error {
	n := dependencyNote(DependencyRemoved, p, d, dependencyChanges(dep, Dependency{}))
	n.cause = cause
	tx.record(n)
	err := one(tx.rows().Exec("DELETE FROM dependencies WHERE prerequisite_id = ? AND dependent_id = ?", dep.PrerequisiteID, dep.DependentID))
	if err != nil {
		return err
	}
	return tx.touch(p, d)
}

// relinked settles the dependent after one of its dependencies changed.
func (tx *Tx) relinked(p, d onBoard) error {
	if err := tx.touch(p, d); err != nil {
		return err
	}
	return tx.settle(nil, []string{d.ID})
}

// touch makes both ends' cards be shown anew.
func (tx *Tx) touch(ends ...onBoard) error {
	for _, t := range ends {
		tx.boards[t.BoardID] = true
		if err := tx.rows().Exec("UPDATE tasks SET version = ? WHERE id = ?", tx.seq, t.ID).Error; err != nil {
			return err
		}
	}
	return nil
}

// dependencyNote is about the dependent: it is what waits.
func dependencyNote(action Action, p, d onBoard, changes []ledger.Change) note {
	prerequisite := p.subject()
	return note{action: action, subject: ledger.Subject{Kind: "dependency", ID: p.ID, Name: prerequisite.Name},
		task: d.subject(), board: d.board.subject(), changes: changes}
}

func dependencyChanges(was, is Dependency) []ledger.Change {
	lag := func(d Dependency) string {
		if d.LagAmount == 0 {
			return ""
		}
		return strings.Join([]string{strconv.Itoa(d.LagAmount), string(d.LagUnit)}, " ")
	}
	return changed("lag", lag(was), lag(is), "on_cancel", string(was.OnCancel), string(is.OnCancel),
		"satisfied_at", string(was.SatisfiedAt), string(is.SatisfiedAt))
}
