package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// UndoTime is how long after a change it can be undone.
const UndoTime = 24 * time.Hour

// Undone is what an undoing did: Entry is its first, which can be undone in turn.
type Undone struct {
	Entry ledger.Entry
	Gone  bool // the task that Entry speaks of is deleted now
}

// Undo reverts the change that entry seq of a team belongs to: what the person did
// is put back, then the rules of movement settle, and what moved by itself because
// of it goes back to its place, where that is untouched since and the rules agree.
// All of it is new entries, whose causes are those that they undo. Undoing an
// undoing does the change again. It returns NotUndoable, NotYours (only managers
// undo others' changes), TooLate, MovedOn with what was changed since, or whatever
// refuses a person to bring the former state about.
func (s *Store) Undo(ctx context.Context, who Actor, team string, seq int64) (Undone, error) {
	var done Undone
	err := s.change(ctx, who, inTeam(team), access.EditTask, func(tx *Tx) error {
		entries, err := changeAt(tx.db, tx.log, seq)
		if err != nil {
			return err
		}
		if err := tx.mayUndo(entries); err != nil {
			return err
		}
		u := undoing{tx: tx, entries: entries, now: map[int64]int64{}, wasReturned: map[string]bool{}}
		if err := u.all(); err != nil {
			return err
		}
		if len(tx.entries) == 0 {
			return fault.New(fault.Conflict, fault.NotUndoable)
		}
		done.Entry = tx.entries[0]
		done.Gone = u.gone[done.Entry.Task.ID]
		return nil
	})
	return done, err
}

// undoable are the actions that can be undone; what people did, and what the
// rules made of it.
var undoable = []Action{
	TaskCreated, TaskEdited, TaskMoved, TaskTransferred, TaskCompleted, TaskReopened, TaskCancelled, TaskArchived, TaskRestored, TaskDeleted, TaskRecalled,
	TaskBlocked, TaskUnblocked, TaskOverridden, TaskOverrideWithdrawn, TaskUndone, TasksChanged,
	DependencyAdded, DependencyChanged, DependencyRemoved, DependencyReturned, DependencyWithdrawn, DependencyReverted,
	TaskReleased, TaskHeld, TaskFlagged, TaskCleared, TaskRepeated,
	TaskAnswered, TaskDropped, TaskKept, TaskSkipped, TaskRuledOut, TaskRuledIn, TaskAdapted,
	RunsStarted, RunStarted, RunPaused, RunResumed, RunCancelled, RunRecast, RunWithdrawn, RunReturned, RunReverted,
	RunsMoved, RunsMovedBack, RunMoved, RunDeviated, TaskRevised,
	FileAdded, FileRenamed, FileRemoved, FileRecalled, FileReturned, FileWithdrawn, FileReverted,
	ApprovalFell, // which stays so: what was undone has been a change, too
}

// Undoable reports whether a change that begins with e is of a kind that can be
// undone, and recent enough.
func Undoable(e ledger.Entry, now time.Time) bool {
	return e.Actor.Kind == ledger.Person && slices.Contains(undoable, Action(e.Action)) && now.Sub(e.At) <= UndoTime
}

func (tx *Tx) mayUndo(entries []ledger.Entry) error {
	first := entries[0]
	if first.Actor.Kind != ledger.Person || !reversible(entries) {
		return fault.New(fault.Conflict, fault.NotUndoable)
	}
	for _, e := range entries {
		for _, c := range e.Changes {
			if c.Field == "overridden" && !access.Can(tx.Role, access.OverrideRules) {
				return fault.New(fault.Forbidden, fault.NotAllowed)
			}
		}
	}
	if first.Actor.ID != tx.actor.ID && !access.Can(tx.Role, access.OverrideRules) {
		return fault.New(fault.Forbidden, fault.NotYours)
	}
	if tx.now.Sub(first.At) > UndoTime {
		return fault.New(fault.Conflict, fault.TooLate, int(UndoTime.Hours()))
	}
	return nil
}

// undoing is one change on its way back.
type undoing struct {
	tx      *Tx
	entries []ledger.Entry
	now     map[int64]int64 // entry of the change → the one that undoes it

	changed, rejudge []string        // tasks for the rules to settle
	going, gone      map[string]bool // tasks that it deletes (again): that will be, and that are
	wasReturned      map[string]bool // tasks that it brings back
	laidBack         map[string]bool // tasks that it archives again
}

// part is what one side, the person or the rules, did to one task in the change.
type part struct {
	task    string
	entry   ledger.Entry // the first of them
	fields  []string     // in the order of their first change
	changes map[string]ledger.Change
}

// parts gathers what was done to each task, in the order of the log.
func (u *undoing) parts(kind ledger.ActorKind) []*part {
	var all []*part
	of := map[string]*part{}
	for _, e := range u.entries {
		if e.Actor.Kind != kind || !strings.HasPrefix(e.Action, "task.") {
			continue
		}
		p := of[e.Task.ID]
		if p == nil {
			p = &part{task: e.Task.ID, entry: e, changes: map[string]ledger.Change{}}
			of[e.Task.ID] = p
			all = append(all, p)
		}
		for _, c := range e.Changes {
			c.Field = custom.KeyOf(c.Field)
			if was, twice := p.changes[c.Field]; twice {
				c.From, c.FromText = was.From, was.FromText
			} else {
				p.fields = append(p.fields, c.Field)
			}
			p.changes[c.Field] = c
		}
	}
	return all
}

// values are what the task held in custom fields that were changed, by the fields' IDs.
func (p *part) values() map[string]string {
	held := map[string]string{}
	for _, f := range p.fields {
		if id, ok := custom.IsKey(f); ok {
			held[id] = p.changes[f].From
		}
	}
	return held
}

// answers are what was filled in for fields of the step that were changed.
func (p *part) answers() map[string]string {
	held := map[string]string{}
	for _, f := range p.fields {
		if id, ok := custom.IsAnswer(f); ok {
			held[id] = p.changes[f].From
		}
	}
	return held
}

// elsewhere reports whether a field of a task is kept in another table than it.
func elsewhere(field string) bool {
	_, own := custom.IsKey(field)
	_, answer := custom.IsAnswer(field)
	return own || answer || field == "owners" || field == "labels" || ofConsent(field)
}

func (u *undoing) all() error {
	u.gone, u.going, u.laidBack = map[string]bool{}, map[string]bool{}, map[string]bool{}
	u.beginMove()
	persons := u.parts(ledger.Person)
	// A task comes back before its dependencies, and goes after them.
	goes := func(p *part) bool {
		return p.made() || p.changes["deleted_at"].From != "" && p.changes["deleted_at"].To == ""
	}
	for _, p := range persons {
		if u.going[p.task] = goes(p); !u.going[p.task] {
			if err := u.person(p); err != nil {
				return err
			}
		}
	}
	for _, e := range slices.Backward(u.entries) {
		if err := u.dependency(e); err != nil {
			return err
		}
		if err := u.file(e); err != nil {
			return err
		}
		if err := u.item(e); err != nil {
			return err
		}
		if err := u.run(e); err != nil {
			return err
		}
	}
	for _, p := range persons {
		if u.going[p.task] {
			if err := u.person(p); err != nil {
				return err
			}
		}
	}
	if err := u.takeBackRepeats(); err != nil {
		return err
	}
	for _, p := range u.parts(ledger.Automation) {
		if p.made() && p.changes["repeat_of"].To != "" || p.repeated() {
			continue
		}
		if err := u.consequence(p); err != nil {
			return err
		}
	}
	if err := u.untell(); err != nil {
		return err
	}
	return u.tx.settle(u.changed, u.rejudge)
}

// person puts back what the person changed of a task.
func (u *undoing) person(p *part) error {
	tx := u.tx
	t, err := u.load(p)
	if err != nil {
		return err
	}
	if p.made() {
		return u.unmake(t, p)
	}
	if err := u.untouched(t, p); err != nil {
		return err
	}
	is := t.Task
	for _, f := range p.fields {
		if elsewhere(f) {
			continue
		}
		if is, err = is.setField(f, p.changes[f].From); err != nil {
			return err
		}
	}
	if err := u.admissible(t, is); err != nil {
		return err
	}
	if slices.Contains(p.fields, "position") || slices.Contains(p.fields, "column") || slices.Contains(p.fields, "state") {
		if is, err = tx.seat(t, is); err != nil {
			return err
		}
	}
	var links []link
	if is.DeletedAt != nil {
		if links, err = u.links(t); err != nil {
			return err
		}
	}
	var owners []ledger.Change
	var added []string
	if c, ok := p.changes["owners"]; ok {
		if owners, added, err = tx.setOwners(t.ID, strings.Fields(c.From)); err != nil {
			return err
		}
	}
	more := owners
	if c, ok := p.changes["labels"]; ok {
		labels, err := tx.setLabelsLeft(onBoard{is, t.board}, strings.Fields(c.From))
		if err != nil {
			return err
		}
		more = append(more, labels...)
	}
	values, err := tx.setValuesLeft(onBoard{is, t.board}, p.values())
	if err != nil {
		return err
	}
	more = append(more, values...)
	answers, err := tx.setAnswersLeft(onBoard{is, t.board}, p.answers())
	if err != nil {
		return err
	}
	more = append(more, answers...)
	asks, asked, err := u.consent(t, p)
	if err != nil {
		return err
	}
	more = append(more, asks...)
	seq, err := tx.saveWith(t, is, note{action: TaskUndone, cause: p.entry.Seq}, more)
	if err != nil {
		return err
	}
	if asked != nil {
		if err := tx.putConsent(t.ID, *asked); err != nil {
			return err
		}
	}
	u.now[p.entry.Seq] = seq
	for _, l := range links {
		if err := tx.removeDependency(l.Dependency, l.p, l.d, seq); err != nil {
			return err
		}
		u.rejudge = append(u.rejudge, l.DependentID)
	}
	if err := tx.tell(added, t.ID, Assigned, seq); err != nil {
		return err
	}
	if err := tx.contentChanged(onBoard{is, t.board}, seq, p.fields); err != nil {
		return err
	}
	if is.State == flow.Done && t.State != flow.Done {
		if err := tx.comeAgain(onBoard{is, t.board}, seq); err != nil {
			return err
		}
	}
	u.changed = append(u.changed, t.ID)
	u.laidBack[t.ID] = is.ArchivedAt != nil && t.ArchivedAt == nil
	if is.DeletedAt == nil {
		u.rejudge = append(u.rejudge, t.ID)
	} else {
		u.gone[t.ID] = true
	}
	return nil
}

// load finds the task, in the bin if that is where the change put it.
func (u *undoing) load(p *part) (onBoard, error) {
	if p.changes["deleted_at"].To != "" {
		u.wasReturned[p.task] = true
		t, err := u.tx.binned(p.task)
		if fault.From(err) != nil {
			return t, u.movedOn(p.task, p.fields)
		}
		return t, err
	}
	t, err := u.tx.task(p.task)
	if fault.From(err) != nil {
		return t, u.movedOn(p.task, []string{"deleted_at"})
	}
	return t, err
}

// ruled are the fields that the rules set by themselves.
var ruled = []string{"at_risk"}

// untouched refuses what somebody has changed since.
func (u *undoing) untouched(t onBoard, p *part) error {
	is, err := u.tx.fields(t)
	if err != nil {
		return err
	}
	var changed []string
	for _, f := range p.fields {
		if is[f] != u.left(t.ID, f, p.changes[f].To) && !slices.Contains(ruled, f) && !ofConsent(f) {
			changed = append(changed, f)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return u.movedOn(t.ID, changed)
}

// movedOn tells who changed those fields of a task since, each by its last change.
func (u *undoing) movedOn(task string, fields []string) error {
	last := u.entries[len(u.entries)-1].Seq
	var data []string
	err := u.tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND seq > ? ORDER BY seq DESC LIMIT 200", u.tx.log, task, last).Scan(&data).Error
	if err != nil {
		return err
	}
	f := fault.New(fault.Stale, fault.MovedOn)
	told := map[string]bool{"position": len(fields) > 1, "review_at": true, "done_at": true}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return err
		}
		for _, c := range e.Changes {
			key := custom.KeyOf(c.Field)
			if slices.Contains(fields, key) && !told[key] {
				told[key] = true
				f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: c.Field, Seq: e.Seq, From: firstOf(c.FromText, c.From), To: firstOf(c.ToText, c.To)})
			}
		}
	}
	return f
}

// fields are all fields of a task as the log writes them; what is empty is left out.
func (tx *Tx) fields(t onBoard) (map[string]string, error) {
	all := map[string]string{}
	changes, _ := tx.difference(Task{}, t.Task)
	for _, c := range changes {
		all[c.Field] = c.To
	}
	var owners []string
	err := tx.db.Raw("SELECT user_id FROM task_owners WHERE task_id = ? ORDER BY user_id", t.ID).Scan(&owners).Error
	all["owners"] = strings.Join(owners, " ")
	if err != nil {
		return nil, err
	}
	worn, err := labelsOn(tx.db, []string{t.ID})
	all["labels"], _ = labelNames(worn[t.ID])
	if err != nil {
		return nil, err
	}
	held, err := values(tx.db, []string{t.ID}, false)
	for _, v := range held[t.ID] {
		all[custom.Key(v.ID)] = v.Value
	}
	answers, wrong := answersTo(tx.db, t.ID)
	for field, value := range answers {
		all[custom.AnswerKey(field)] = value
	}
	err = errors.Join(err, wrong)
	all["board"], all["number"] = t.BoardID, strconv.FormatInt(t.Number, 10)
	return all, err
}

// setField is the task with one field as the log writes it.
func (t Task) setField(field, value string) (Task, error) {
	var err error
	moment := func() *time.Time {
		if value == "" {
			return nil
		}
		var at time.Time
		at, err = time.Parse(time.RFC3339Nano, value)
		return &at
	}
	number := func() (n int) {
		if value != "" {
			n, err = strconv.Atoi(value)
		}
		return n
	}
	switch field {
	case "board":
		t.BoardID = value
	case "number":
		t.Number = int64(number())
	case "title":
		t.Title = value
	case "description":
		t.Description = value
	case "state":
		t.State = flow.State(value)
	case "column":
		t.ColumnID = value
	case "position":
		t.Position = value
	case "due":
		t.Due = Date(value)
	case "estimate":
		t.Estimate = number()
	case "priority":
		t.Priority = Priority(number())
	case "join":
		t.Join = flow.Join(value)
	case "not_before":
		t.NotBefore = moment()
	case "needs_file":
		t.NeedsFile = value != ""
	case "repeats":
		t.Repeats = value
	case "repeats_on":
		t.RepeatsOn = Date(value)
	case "repeat_of":
		t.RepeatOf = value
	case "overridden":
		t.Overridden = value != ""
	case "override_reason":
		t.OverrideReason = value
	case "at_risk":
		t.AtRisk = value != ""
	case "blocked":
		t.Blocked = value != ""
	case "blocked_reason":
		t.BlockedReason = value
	case "review_at":
		t.ReviewAt = moment()
	case "done_at":
		t.DoneAt = moment()
	case "archived_at":
		t.ArchivedAt = moment()
	case "deleted_at":
		t.DeletedAt = moment()
	case "wanted":
		t.Wanted = Wanted(value)
	case "skipped":
		t.Skipped = value != ""
	case "approval":
		t.Approval = ApprovalState(value)
	default:
		return t, fault.New(fault.Conflict, fault.NotUndoable)
	}
	if err != nil {
		return t, fmt.Errorf("undo %s: %w", field, err)
	}
	return t, nil
}

// admissible asks what any person's move is asked: room under a hard limit, and
// what the task needs to be done.
func (u *undoing) admissible(t onBoard, is Task) error {
	if is.State == flow.Done && t.State != flow.Done {
		if err := u.tx.checkDone(t); err != nil {
			return err
		}
	}
	if is.ColumnID == t.ColumnID || is.ColumnID == "" {
		return nil
	}
	columns, err := u.tx.columnsOf(is.BoardID)
	if err != nil {
		return err
	}
	for _, c := range columns {
		if c.ID == is.ColumnID {
			return u.tx.checkRoom(c, 1)
		}
	}
	return nil
}

// link is a dependency with its ends.
type link struct {
	Dependency
	p, d onBoard
}

// links are the dependencies that a task has left and that go with it.
func (u *undoing) links(t onBoard) ([]link, error) {
	var deps []Dependency
	err := u.tx.db.Order("prerequisite_id, dependent_id").Find(&deps, "prerequisite_id = ? OR dependent_id = ?", t.ID, t.ID).Error
	if err != nil {
		return nil, err
	}
	links := make([]link, len(deps))
	for i, d := range deps {
		links[i].Dependency = d
		if links[i].p, links[i].d, err = u.tx.ends(d.PrerequisiteID, d.DependentID); err != nil {
			return nil, err
		}
	}
	return links, nil
}

// dependency undoes what the entry says of a dependency; nothing, if it says nothing.
func (u *undoing) dependency(e ledger.Entry) (err error) {
	p, d := e.Subject.ID, e.Task.ID
	if u.going[p] || u.going[d] {
		return nil // it goes along with its task
	}
	cause := e.Seq
	if now, ok := u.now[e.Cause]; ok && e.Cause != 0 {
		cause = now // it went along with its task, and so it comes back
	}
	switch Action(e.Action) {
	case DependencyAdded, DependencyReturned:
		err = u.revertDependency(e, cause, DependencyWithdrawn)
	case DependencyChanged, DependencyReverted:
		err = u.revertDependency(e, cause, DependencyReverted)
	case DependencyRemoved, DependencyWithdrawn:
		if u.wasReturned[p] || u.wasReturned[d] {
			err = u.tx.reconnect(e, cause)
		} else if err = u.tx.returned(e, cause); faultCode(err) == fault.NotFound || faultCode(err) == fault.AlreadyNeeds {
			err = u.movedOn(d, []string{"deleted_at"})
		}
	default:
		return nil
	}
	u.rejudge = append(u.rejudge, d)
	return err
}

func faultCode(err error) fault.Code {
	if f := fault.From(err); f != nil {
		return f.Code
	}
	return ""
}

// revertDependency removes a dependency that the entry says was added, or changes
// it back.
func (u *undoing) revertDependency(e ledger.Entry, cause int64, action Action) error {
	tx := u.tx
	p, d, err := tx.ends(e.Subject.ID, e.Task.ID)
	if err != nil {
		return u.orMovedOn(err, e)
	}
	was, err := tx.dependency(p.ID, d.ID)
	if err != nil {
		return u.orMovedOn(err, e)
	}
	is := was
	for _, c := range e.Changes {
		if len(dependencyChanges(was, was.setField(c.Field, c.To))) > 0 {
			return u.movedOn(d.ID, []string{c.Field})
		}
		is = is.setField(c.Field, c.From)
	}
	if action == DependencyWithdrawn {
		is = Dependency{}
	}
	n := dependencyNote(action, p, d, dependencyChanges(was, is))
	n.cause = cause
	tx.record(n)
	if action == DependencyWithdrawn {
		err = one(tx.rows().Exec("DELETE FROM dependencies WHERE prerequisite_id = ? AND dependent_id = ?", p.ID, d.ID))
	} else {
		err = one(tx.rows().Exec("UPDATE dependencies SET lag_amount = ?, lag_unit = ?, on_cancel = ?, satisfied_at = ? WHERE prerequisite_id = ? AND dependent_id = ?",
			is.LagAmount, is.LagUnit, is.OnCancel, is.SatisfiedAt, p.ID, d.ID))
	}
	if err != nil {
		return err
	}
	return tx.touch(p, d)
}

func (u *undoing) orMovedOn(err error, e ledger.Entry) error {
	if faultCode(err) == fault.NotFound {
		return u.movedOn(e.Task.ID, []string{"deleted_at"})
	}
	return err
}

// consequence puts a task back that the rules moved because of the change, if it
// is as they left it and they agree; otherwise they settle it anew.
func (u *undoing) consequence(p *part) error {
	tx := u.tx
	t, err := tx.task(p.task)
	if fault.From(err) != nil {
		return nil // deleted since
	} else if err != nil {
		return err
	}
	if t.ArchivedAt != nil && !u.laidBack[t.ID] {
		return nil // it rests as it is
	}
	now, err := tx.fields(t)
	if err != nil {
		return err
	}
	is := t.Task
	for _, f := range p.fields {
		if now[f] != p.changes[f].To {
			return nil
		}
		if is, err = is.setField(f, p.changes[f].From); err != nil {
			return err
		}
	}
	v, err := tx.judge(t)
	if err != nil {
		return err
	}
	if _, wrong := is.flow().Settle(v); wrong {
		return nil
	}
	if t, err = u.unadapt(t, is, p); err != nil {
		return err
	}
	if is.State != t.State {
		if is, err = tx.seat(t, is); err != nil {
			return err
		}
	}
	changes, _ := tx.difference(t.Task, is)
	if len(changes) == 0 {
		return nil
	}
	cause, by := u.because(p.entry)
	seq := tx.record(note{action: actionOf(flow.Effect{Was: t.flow(), Is: is.flow()}), subject: t.subject(), task: t.subject(), board: t.board.subject(),
		changes: changes, auto: true, cause: cause})
	if is.State == flow.Ready && t.State != flow.Ready { // that it was their turn has been taken back
		if err := tx.tellOwners(map[string]int64{t.ID: seq}, YourTurn); err != nil {
			return err
		}
	}
	return tx.writeEffects([]effect{{id: t.ID, is: is, seq: seq, by: by, moved: is.State != t.State}})
}

// because finds the entry that undoes the cause of an automatic one, and the task
// that it was about.
func (u *undoing) because(e ledger.Entry) (cause int64, by string) {
	cause = u.tx.entries[0].Seq
	by = u.tx.entries[0].Task.ID
	if now, ok := u.now[e.Cause]; ok {
		cause = now
	}
	for _, o := range u.entries {
		if o.Seq == e.Cause {
			by = o.Task.ID
		}
	}
	if by == e.Task.ID {
		by = ""
	}
	return cause, by
}

// untell takes back what people were told of the change and have not read yet.
func (u *undoing) untell() error {
	tx := u.tx
	var tasks []string
	var seqs []int64
	for _, e := range u.entries {
		if Action(e.Action) == ApprovalFell {
			continue
		}
		seqs = append(seqs, e.Seq)
		if !slices.Contains(tasks, e.Task.ID) {
			tasks = append(tasks, e.Task.ID)
		}
	}
	for part := range slices.Chunk(seqs, chunk/2) {
		gone, err := tx.takeBack("about = '' AND task_id IN ? AND seq IN ?", tasks, part)
		if err != nil {
			return err
		}
		tx.silence(gone)
	}
	return nil
}

// LastDeed finds the change that a request of the actor's made in the team of a
// task: its first entry, if it can be undone.
func (s *Store) LastDeed(ctx context.Context, who Actor, task string) (e ledger.Entry, found bool, err error) {
	db := s.parts.Read.WithContext(ctx)
	var data []string
	err = db.Raw(`SELECT e.data FROM tasks t JOIN memberships m ON m.team_id = t.team_id AND m.user_id = ?
		JOIN entries e ON e.log_id = t.team_id AND e.actor_id = m.user_id WHERE t.id = ? ORDER BY e.seq DESC LIMIT 20`, who.ID, task).Scan(&data).Error
	if err != nil {
		return e, false, fmt.Errorf("last deed: %w", err)
	}
	made := false
	for _, d := range data {
		o, err := ledger.Parse([]byte(d))
		if err != nil {
			return e, false, err
		}
		if o.Request != who.Request {
			break
		}
		e, found = o, true
		made = made || Action(o.Action) == TaskCreated
	}
	if made {
		return wholeDeed(db, e, s.now())
	}
	return e, found && Undoable(e, s.now()), nil
}
