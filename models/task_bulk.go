package models

import (
	"context"
	"slices"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// MaxBulk is the most tasks that one bulk deed changes.
const MaxBulk = 500

// Deed is what is done to many tasks at once.
type Deed string

const (
	DeedMove       Deed = "move"
	DeedAssign     Deed = "assign"
	DeedUnassign   Deed = "unassign"
	DeedLabel      Deed = "label"
	DeedUnlabel    Deed = "unlabel"
	DeedPrioritise Deed = "prioritise"
	DeedDue        Deed = "due"
	DeedCancel     Deed = "cancel"
	DeedArchive    Deed = "archive"
	DeedDelete     Deed = "delete"
)

// Deeds lists every deed.
var Deeds = []Deed{DeedMove, DeedAssign, DeedUnassign, DeedLabel, DeedUnlabel, DeedPrioritise, DeedDue, DeedCancel, DeedArchive, DeedDelete}

// Bulk is one deed with what it needs.
type Bulk struct {
	Deed     Deed
	Place    Place  // of DeedMove
	Person   string // of DeedAssign and DeedUnassign: a user's ID
	Label    string // of DeedLabel and DeedUnlabel: a label's ID
	Priority Priority
	Due      Date   // empty: none any more
	Reason   string // of DeedCancel; may be empty
}

// ChangeTasks does one deed to many tasks of a board that its caller saw at
// sequence seen: to all of them or to none. It returns SomeRefused with a fault for
// each that cannot be changed so, or Invalid faults of the deed itself. The entries
// have one cause, the entry that is returned: undoing that undoes all. It has no
// number if nothing had to be changed.
func (s *Store) ChangeTasks(ctx context.Context, who Actor, board string, seen int64, tasks []string, b Bulk) (ledger.Entry, error) {
	var deed ledger.Entry
	err := s.change(ctx, who, ofBoard(board), access.EditTask, func(tx *Tx) error {
		on, err := tx.board(board)
		if err != nil {
			return err
		}
		tasks, err := chosen(tasks)
		if err != nil {
			return err
		}
		named, err := tx.checkBulk(on, b)
		if err != nil {
			return err
		}
		tx.cause = tx.record(note{action: TasksChanged, subject: on.subject(), board: on.subject()})
		refused, err := tx.changeAll(on, seen, tasks, b)
		if err != nil {
			return err
		}
		if len(refused) > 0 {
			f := fault.New(fault.Conflict, fault.SomeRefused, len(refused), len(tasks))
			f.Also = refused
			return f
		}
		deed = tx.sumUp(b, named)
		return nil
	})
	return deed, err
}

// chosen are the tasks that were meant, each once.
func chosen(ids []string) ([]string, error) {
	seen := map[string]bool{"": true}
	var once []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			once = append(once, id)
		}
	}
	switch {
	case len(once) == 0:
		return nil, fault.On("tasks", fault.NothingChosen)
	case len(once) > MaxBulk:
		return nil, fault.On("tasks", fault.TooManyChosen, MaxBulk)
	}
	return once, nil
}

// checkBulk holds what would be wrong for any task, and names what the deed brings.
func (tx *Tx) checkBulk(on Board, b Bulk) (ledger.Change, error) {
	none := ledger.Change{}
	switch b.Deed {
	case DeedMove:
		columns, err := tx.columnsOf(on.ID)
		if err != nil {
			return none, err
		}
		for _, c := range columns {
			if c.ID == b.Place.Column {
				return ledger.Change{Field: "column", To: c.ID, ToText: c.Name}, nil
			}
		}
		return none, fault.On("column", fault.NotAChoice)
	case DeedAssign, DeedUnassign:
		var p Person
		err := tx.row(`SELECT u.id, u.name FROM users u WHERE u.id = ? AND (EXISTS (SELECT 1 FROM memberships m WHERE m.team_id = ? AND m.user_id = u.id)
			OR EXISTS (SELECT 1 FROM task_owners o WHERE o.team_id = ? AND o.user_id = u.id))`, b.Person, tx.Team.ID, tx.Team.ID).Scan(&p.ID, &p.Name)
		if fault.From(orMissing(err)) != nil {
			return none, fault.On("person", fault.NotInTeam)
		}
		return ledger.Change{Field: "owner", To: p.ID, ToText: p.Name}, err
	case DeedLabel, DeedUnlabel:
		all, err := labels(tx.db, on.ID)
		if err != nil {
			return none, err
		}
		for _, l := range all {
			if l.ID == b.Label {
				return ledger.Change{Field: "label", To: l.ID, ToText: l.Name}, nil
			}
		}
		return none, fault.On("label", fault.NotAChoice)
	case DeedPrioritise:
		_, err := TaskInput{Priority: &b.Priority}.apply(Task{})
		return ledger.Change{Field: "priority", To: number(int(b.Priority))}, err
	case DeedDue:
		_, err := TaskInput{Due: &b.Due}.apply(Task{})
		return ledger.Change{Field: "due", To: string(b.Due)}, err
	case DeedCancel:
		_, err := checkReason(b.Reason, false)
		return none, err
	case DeedArchive, DeedDelete:
		return none, nil
	}
	return none, fault.On("deed", fault.NotAChoice)
}

// changeAll does the deed to each task, then lets the rules settle once for all.
func (tx *Tx) changeAll(on Board, seen int64, ids []string, b Bulk) (refused []*fault.Fault, err error) {
	tasks, refused, err := tx.loadBulk(on, seen, ids, b)
	if err != nil {
		return nil, err
	}
	do, err := tx.doer(tasks, b)
	if err != nil {
		return nil, err
	}
	var released []string
	for _, t := range tasks {
		more, err := do(t)
		if f := fault.From(err); f != nil {
			refused = append(refused, about(f, t))
		} else if err != nil {
			return nil, err
		}
		released = append(released, more...)
	}
	if len(refused) > 0 {
		return refused, nil
	}
	switch b.Deed {
	case DeedMove, DeedCancel, DeedArchive:
		return nil, tx.settleMoved(tasks...)
	case DeedDelete:
		left := slices.DeleteFunc(released, func(id string) bool { return slices.Contains(ids, id) })
		return nil, tx.settle(nil, left)
	}
	return nil, nil
}

// about says of which task a fault is.
func about(f *fault.Fault, t onBoard) *fault.Fault {
	f.Task = &fault.Ref{ID: t.ID, Key: t.key(), Title: t.Title}
	return f
}

// loadBulk loads the tasks in the order in which the deed is done: prerequisites
// before what waits for them, so that a chain can be completed as a whole.
func (tx *Tx) loadBulk(on Board, seen int64, ids []string, b Bulk) (tasks []onBoard, refused []*fault.Fault, err error) {
	for _, id := range ids {
		t, err := tx.active(id, seen, b.fields()...)
		f := fault.From(err)
		switch {
		case err == nil && t.BoardID == on.ID:
			tasks = append(tasks, t)
		case err == nil || f != nil && f.Kind == fault.Missing:
			gone := fault.New(fault.Conflict, fault.NoMoreThere)
			gone.Task = &fault.Ref{ID: id}
			refused = append(refused, gone)
		case f != nil:
			refused = append(refused, about(f, t))
		default:
			return nil, nil, err
		}
	}
	if b.Deed != DeedMove || len(tasks) < 2 {
		return tasks, refused, nil
	}
	deps, err := graph{tx}.Prerequisites(ids)
	return inOrder(tasks, deps), refused, err
}

// inOrder keeps the order of tasks but for those that wait for a later one.
func inOrder(tasks []onBoard, deps []flow.Dependency) []onBoard {
	byID, needs := map[string]onBoard{}, map[string][]string{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	for _, d := range deps {
		needs[d.Dependent] = append(needs[d.Dependent], d.Prerequisite)
	}
	ordered := make([]onBoard, 0, len(tasks))
	var visit func(id string)
	visit = func(id string) {
		t, left := byID[id]
		if !left {
			return
		}
		delete(byID, id)
		for _, p := range needs[id] {
			visit(p)
		}
		ordered = append(ordered, t)
	}
	for _, t := range tasks {
		visit(t.ID)
	}
	return ordered
}

// fields are those that nobody may have changed since the caller saw them. To add
// and to take off is right whatever else there is.
func (b Bulk) fields() []string {
	switch b.Deed {
	case DeedMove:
		return []string{"state", "column"}
	case DeedPrioritise:
		return []string{"priority"}
	case DeedDue:
		return []string{"due"}
	case DeedCancel:
		return []string{"state"}
	case DeedDelete:
		return []string{"title", "description", "state"}
	}
	return nil
}

// doer is the deed to one task; what it returns is to be judged anew.
func (tx *Tx) doer(tasks []onBoard, b Bulk) (func(onBoard) ([]string, error), error) {
	ids := make([]string, len(tasks))
	for i, t := range tasks {
		ids[i] = t.ID
	}
	switch b.Deed {
	case DeedMove:
		if slices.Contains(ids, b.Place.Before) {
			b.Place.Before = ""
		}
		return func(t onBoard) ([]string, error) { return nil, tx.moveTo(t, b.Place) }, nil
	case DeedAssign, DeedUnassign:
		owners, err := ownersOf(tx.db, ids)
		return func(t onBoard) ([]string, error) {
			with := with(personIDs(owners[t.ID]), b.Person, b.Deed == DeedAssign)
			return nil, tx.edit(t, TaskInput{Owners: &with})
		}, err
	case DeedLabel, DeedUnlabel:
		worn, err := labelsOn(tx.db, ids)
		return func(t onBoard) ([]string, error) {
			var has []string
			for _, l := range worn[t.ID] {
				has = append(has, l.ID)
			}
			with := with(has, b.Label, b.Deed == DeedLabel)
			return nil, tx.edit(t, TaskInput{Labels: &with})
		}, err
	case DeedPrioritise:
		return func(t onBoard) ([]string, error) { return nil, tx.edit(t, TaskInput{Priority: &b.Priority}) }, nil
	case DeedDue:
		return func(t onBoard) ([]string, error) { return nil, tx.edit(t, TaskInput{Due: &b.Due}) }, nil
	case DeedCancel:
		return func(t onBoard) ([]string, error) { return nil, tx.cancel(t, b.Reason) }, nil
	case DeedArchive:
		return func(t onBoard) ([]string, error) { return nil, tx.archive(t) }, nil
	}
	return tx.remove, nil
}

// with is a set with one more in it, or without that one.
func with(all []string, one string, in bool) []string {
	rest := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return id == one })
	if in {
		rest = append(rest, one)
	}
	return rest
}

// sumUp completes the leading entry of a deed: what it was, and to how many tasks.
// A deed that changed nothing leaves no trace.
func (tx *Tx) sumUp(b Bulk, named ledger.Change) ledger.Entry {
	lead := tx.first
	if tx.seq == lead+1 {
		tx.entries, tx.seq = nil, lead
		return ledger.Entry{}
	}
	touched := map[string]bool{}
	for _, e := range tx.entries {
		if e.Cause == lead+1 && e.Actor.Kind == ledger.Person {
			touched[e.Task.ID] = true
		}
	}
	e := &tx.entries[0]
	e.Changes = []ledger.Change{{Field: "deed", To: string(b.Deed)}, {Field: "number", To: number(len(touched))}}
	if named.Field != "" {
		e.Changes = append(e.Changes, named)
	}
	return *e
}
