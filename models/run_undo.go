package models

import (
	"slices"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Undone, the start of a run puts its tasks into the bin and the run out of sight.

// ofRuns reports whether an entry is a by-product of a run that may stay when the
// change that begins with first is undone: a label that the board got for it, and
// items of a checklist that were filled in. What a move did to checklists is undone
// item by item.
func ofRuns(e, first ledger.Entry) bool {
	switch Action(e.Action) {
	case LabelAdded:
		return Action(first.Action) == RunStarted || Action(first.Action) == RunsStarted || movesRuns(first)
	case StepLinkUsed:
		return true // it stays used
	case ItemEdited:
		return e.Actor.Kind == ledger.Automation || movesRuns(first)
	case ItemAdded, ItemRemoved:
		return movesRuns(first)
	}
	return false
}

// run undoes what the entry says of a run; nothing, if it says nothing. A run that
// somebody has changed since is not undone.
func (u *undoing) run(e ledger.Entry) error {
	action := RunReverted
	switch Action(e.Action) {
	case RunStarted, RunReturned:
		action = RunWithdrawn
	case RunWithdrawn:
		action = RunReturned
	case RunPaused, RunResumed, RunCancelled, RunRecast, RunMoved, RunReverted:
	default:
		return nil
	}
	tx := u.tx
	was, err := tx.run(e.Subject.ID)
	if err != nil {
		return err
	}
	is := was
	if movesRuns(u.entries[0]) {
		if is, err = u.movedBack(was, e); err != nil {
			return err
		}
		e.Changes = nil
	}
	for _, c := range e.Changes {
		switch {
		case c.Field == "run_state" && c.To == string(was.State):
			is.State = RunState(c.From)
		case c.Field == "roles" && c.From != "" && c.To == was.Roles:
			is.Roles = c.From
		case (c.Field == "run_state" || c.Field == "roles") && c.From != "":
			return fault.New(fault.Stale, fault.MovedOn)
		}
	}
	if action == RunWithdrawn {
		is.State = RunIsUndone
	}
	if err := tx.saveRun(was, is, note{action: action, cause: e.Seq}); err != nil {
		return err
	}
	seq := tx.seq
	u.now[e.Seq] = seq
	if is.State != RunIsUndone {
		ids, err := tx.stepTasks(is, "")
		if err != nil || len(ids) == 0 {
			return err
		}
		tx.wake(is.ID, ids[0])
		for _, id := range ids {
			if tx.latest[id] == 0 {
				tx.latest[id] = seq
			}
			if !slices.Contains(u.rejudge, id) {
				u.rejudge = append(u.rejudge, id)
			}
		}
	}
	return nil
}

// unadapt puts texts and a due date back that were adapted to what is undone. It
// returns the task as it is then.
func (u *undoing) unadapt(t onBoard, is Task, p *part) (onBoard, error) {
	back := t.Task
	back.Title, back.Description, back.Due = is.Title, is.Description, is.Due
	cause, _ := u.because(p.entry)
	if _, err := u.tx.save(t, back, note{action: TaskAdapted, auto: true, cause: cause}); err != nil {
		return t, err
	}
	t.Task = back
	return t, nil
}

// setAnswersLeft is setAnswers for a change that is undone: what was filled in goes
// back as it was, people who have left the team with it.
func (tx *Tx) setAnswersLeft(t onBoard, kept map[string]string) ([]ledger.Change, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	fields, err := tx.stepFields(t)
	if err != nil {
		return nil, err
	}
	held, err := answersTo(tx.db, t.ID)
	if err != nil {
		return nil, err
	}
	var changes []ledger.Change
	for _, f := range fields {
		is, given := kept[f.ID]
		if !given || is == held[f.ID] {
			continue
		}
		changes = append(changes, answerChange(f, held[f.ID], is))
		if err := tx.putAnswer(t.ID, f.ID, is); err != nil {
			return nil, err
		}
	}
	tx.wake(t.RunID, t.ID)
	return changes, nil
}
