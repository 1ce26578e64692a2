package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// Wanted says whether a step's task is wanted in its run.
type Wanted = playbook.Wanted

const (
	WantedNo      = playbook.WantedNo
	WantedAnyway  = playbook.WantedAnyway
	WantedDropped = playbook.WantedDropped
)

func wantedAction(unwanted bool) Action {
	if unwanted {
		return TaskRuledOut
	}
	return TaskRuledIn
}

// RunState is what people did to a run. Whether it is finished its tasks tell.
type RunState string

const (
	Running     RunState = "running"
	RunIsPaused RunState = "paused"    // nothing moves on by itself
	RunDropped  RunState = "cancelled" // what was left open of it is an ordinary task
	RunIsUndone RunState = "withdrawn" // its start was undone
)

// MaxRunName is the most characters of a run's name.
const MaxRunName = 120

// Run is one time that a template is gone through, by real tasks.
type Run struct {
	ID              string `gorm:"primaryKey"`
	TeamID          string
	TemplateID      string
	TemplateVersion int64
	BoardID         string // on which its tasks were made
	Name            string
	State           RunState
	Answers         string // JSON: to the inputs, by input
	Roles           string // JSON: who plays which, by role
	Starts          Date
	Ends            Date   // the day on which it has to be finished; empty: none is set
	ScheduleID      string // by which it started, which may be gone; empty: somebody started it
	CreatedBy       string
	CreatedAt       time.Time
	Version         int64
}

func ofRun(id string) subject {
	return subject{"runs s", "s.team_id", "s.id = ? AND s.state <> 'withdrawn'", id}
}

func (r Run) subject() ledger.Subject { return ledger.Subject{Kind: "run", ID: r.ID, Name: r.Name} }

// Given are the answers that it was started with.
func (r Run) Given() playbook.Answers {
	var given playbook.Answers
	_ = json.Unmarshal([]byte(r.Answers), &given) // written by us
	return given
}

// Cast is who plays each role, by user.
func (r Run) Cast() map[string]string {
	var cast map[string]string
	_ = json.Unmarshal([]byte(r.Roles), &cast) // written by us
	return cast
}

func runChanges(was, is Run) []ledger.Change {
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	return changed("template", was.TemplateID, is.TemplateID, "template_version", number(was.TemplateVersion), number(is.TemplateVersion),
		"board", was.BoardID, is.BoardID, "name", was.Name, is.Name, "run_state", string(was.State), string(is.State), "answers", was.Answers, is.Answers,
		"roles", was.Roles, is.Roles, "starts", string(was.Starts), string(is.Starts), "ends", string(was.Ends), string(is.Ends), "schedule", was.ScheduleID, is.ScheduleID)
}

// run reads a run once a change.
func (tx *Tx) run(id string) (Run, error) {
	if r, ok := tx.runs[id]; ok {
		return r, nil
	}
	var r Run
	err := tx.db.Take(&r, "id = ? AND team_id = ?", id, tx.Team.ID).Error
	if err == nil {
		tx.keepRun(r)
	}
	return r, orMissing(err)
}

func (tx *Tx) keepRun(r Run) {
	if tx.runs == nil {
		tx.runs = map[string]Run{}
	}
	tx.runs[r.ID] = r
}

// paused reports whether the run of a task is paused; a task of none is not asked for.
func (tx *Tx) paused(run string) (bool, error) {
	if run == "" {
		return false, nil
	}
	r, err := tx.run(run)
	return r.State == RunIsPaused, err
}

// rest tells the rules which tasks are of a paused run.
func (tx *Tx) rest(tasks []flow.Task) (err error) {
	for i, t := range tasks {
		if tasks[i].Paused, err = tx.paused(tx.tasks[t.ID].RunID); err != nil {
			return err
		}
	}
	return nil
}

// saveRun records what differs and writes it.
func (tx *Tx) saveRun(was, is Run, n note) error {
	n.subject, n.board = is.subject(), ledger.Subject{Kind: "board", ID: is.BoardID, Name: tx.boardName(is.BoardID)}
	n.changes = runChanges(was, is)
	tx.keepRun(is)
	return tx.update(&Run{ID: is.ID}, map[string]any{"state": is.State, "roles": is.Roles, "template_version": is.TemplateVersion, "answers": is.Answers,
		"ends": is.Ends, "version": tx.seq + 1}, n)
}

// changeRun is change for a run that people have not cancelled.
func (s *Store) changeRun(ctx context.Context, who Actor, run string, fn func(*Tx, Run) error) error {
	return s.change(ctx, who, ofRun(run), access.StartRun, func(tx *Tx) error {
		r, err := tx.run(run)
		if err != nil {
			return err
		}
		if r.State == RunDropped {
			return fault.New(fault.Conflict, fault.RunOver)
		}
		return fn(tx, r)
	})
}

// PauseRun keeps the run's tasks from moving on by themselves until it is resumed;
// what people do to them they do. It returns RunPaused or RunOver.
func (s *Store) PauseRun(ctx context.Context, who Actor, run, reason string) error {
	return s.changeRun(ctx, who, run, func(tx *Tx, was Run) error {
		reason, err := checkReason(reason, false)
		if err != nil {
			return err
		}
		if was.State == RunIsPaused {
			return fault.New(fault.Conflict, fault.RunPaused)
		}
		is := was
		is.State = RunIsPaused
		return tx.saveRun(was, is, note{action: RunPaused, reason: reason})
	})
}

// ResumeRun lets the run go on: what became due to move meanwhile moves now. It
// returns RunGoes or RunOver.
func (s *Store) ResumeRun(ctx context.Context, who Actor, run string) error {
	return s.changeRun(ctx, who, run, func(tx *Tx, was Run) error {
		if was.State != RunIsPaused {
			return fault.New(fault.Conflict, fault.RunGoes)
		}
		is := was
		is.State = Running
		if err := tx.saveRun(was, is, note{action: RunResumed}); err != nil {
			return err
		}
		return tx.awake(is, tx.seq)
	})
}

// awake settles all tasks of a run after what its state holds back has changed;
// cause is the entry of that change.
func (tx *Tx) awake(r Run, cause int64) error {
	ids, err := tx.stepTasks(r, "")
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, id := range ids {
		tx.latest[id] = cause
	}
	tx.wake(r.ID, ids[0])
	return tx.settle(nil, ids)
}

// stepTasks are the tasks of a run that are not deleted, by number; where narrows it.
func (tx *Tx) stepTasks(r Run, where string) (ids []string, err error) {
	query := "SELECT id FROM tasks WHERE run_id = ? AND deleted_at IS NULL "
	err = tx.db.Raw(query+where+" ORDER BY board_id, number", r.ID).Scan(&ids).Error
	return ids, err
}

// CancelRun ends a run: its open tasks are cancelled with the reason, or, with
// LeaveTasks, stay as ordinary ones. It returns RunOver.
func (s *Store) CancelRun(ctx context.Context, who Actor, run, reason string, open OpenTasks) error {
	return s.changeRun(ctx, who, run, func(tx *Tx, was Run) error {
		reason, err := checkReason(reason, false)
		if err != nil {
			return err
		}
		if !slices.Contains([]OpenTasks{CancelTasks, LeaveTasks}, open) {
			return fault.On("open", fault.NotAChoice)
		}
		is := was
		is.State = RunDropped
		if err := tx.saveRun(was, is, note{action: RunCancelled, reason: reason}); err != nil {
			return err
		}
		if open == LeaveTasks {
			return tx.awake(is, tx.seq) // it may have been paused
		}
		tx.cause = tx.seq
		ids, err := tx.stepTasks(is, "AND archived_at IS NULL AND state NOT IN ('done', 'cancelled')")
		if err != nil {
			return err
		}
		for _, id := range ids {
			t, err := tx.task(id)
			if err != nil {
				return err
			}
			if err := tx.cancel(t, reason); err != nil {
				return fmt.Errorf("cancel step %s: %w", t.Step, err)
			}
		}
		return tx.settle(ids, nil)
	})
}

// OpenTasks says what becomes of the open tasks of a run that is cancelled.
type OpenTasks string

const (
	CancelTasks OpenTasks = "cancel"
	LeaveTasks  OpenTasks = "leave"
)

// RecastRun gives a role to somebody else from now on, or to nobody: the tasks of
// its steps that are open go over to them. It returns NotInTeam or NotAChoice.
func (s *Store) RecastRun(ctx context.Context, who Actor, run, role, person string) error {
	return s.changeRun(ctx, who, run, func(tx *Tx, was Run) error {
		b, err := tx.books.of(tx.db, was.TemplateID, was.TemplateVersion)
		if err != nil {
			return err
		}
		if _, there := b.Role(role); !there {
			return fault.New(fault.Missing, fault.NotFound)
		}
		now, err := tx.stillMembers([]string{person})
		if err != nil {
			return err
		}
		if person != "" && len(now) == 0 {
			return fault.On("person", fault.NotInTeam)
		}
		cast, before := was.Cast(), was.Cast()[role]
		if before == person {
			return nil
		}
		cast[role] = person
		is := was
		is.Roles = canonical(cast)
		if err := tx.saveRun(was, is, note{action: RunRecast}); err != nil {
			return err
		}
		tx.cause = tx.seq
		return tx.handOver(is, b, role, before, person)
	})
}

// handOver changes one owner for another on the open tasks of a role.
func (tx *Tx) handOver(r Run, b *book, role, before, now string) error {
	ids, err := tx.stepTasks(r, "AND state NOT IN ('done', 'cancelled')")
	if err != nil {
		return err
	}
	for _, id := range ids {
		t, err := tx.task(id)
		if err != nil {
			return err
		}
		if step, _ := b.Step(t.Step); step.Role != role {
			continue
		}
		var owners []string
		if err := tx.db.Raw("SELECT user_id FROM task_owners WHERE task_id = ? ORDER BY user_id", id).Scan(&owners).Error; err != nil {
			return err
		}
		owners = slices.DeleteFunc(owners, func(o string) bool { return o == before || o == now })
		if now != "" {
			owners = append(owners, now)
		}
		if err := tx.edit(t, TaskInput{Owners: &owners}); err != nil {
			return err
		}
	}
	return nil
}

// DropStep leaves a step out of this run: it is skipped when its turn comes, and
// what follows it goes on. It returns NoStep or StepOver.
func (s *Store) DropStep(ctx context.Context, who Actor, task, reason string) error {
	return s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		reason, err := checkReason(reason, false)
		if err != nil {
			return err
		}
		if t.State != flow.Waiting && t.State != flow.Ready || t.Wanted == WantedDropped {
			return fault.New(fault.Conflict, fault.StepOver)
		}
		is := t.Task
		is.Wanted = WantedDropped
		if _, err := tx.save(t, is, note{action: TaskDropped, reason: reason}); err != nil {
			return err
		}
		tx.wake(t.RunID, t.ID)
		return tx.settle(nil, []string{t.ID})
	})
}

// KeepStep takes a step into the run again that was left out.
func (s *Store) KeepStep(ctx context.Context, who Actor, task string) error {
	return s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		if t.Wanted != WantedDropped {
			return nil
		}
		is := t.Task
		is.Wanted = ""
		if _, err := tx.save(t, is, note{action: TaskKept}); err != nil {
			return err
		}
		tx.wake(t.RunID, t.ID)
		return tx.settle(nil, []string{t.ID})
	})
}

// changeStep is change for a task that is a step of a run.
func (s *Store) changeStep(ctx context.Context, who Actor, task string, fn func(*Tx, onBoard) error) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		if t.RunID == "" {
			return fault.New(fault.Conflict, fault.NoStep)
		}
		return fn(tx, t)
	})
}

// canonical writes a map in one form: JSON with its keys in order.
func canonical(values map[string]string) string {
	text, _ := json.Marshal(values) // texts always marshal, sorted by key
	return string(text)
}
