package models

import (
	"context"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// ApproveTask gives the actor's approval to a task as they saw it. It returns
// SelfApproval if they did the work (which the log keeps as tried), NotApprover,
// NotAsked, NotOpen, IsArchived, and Stale if what is approved has changed since seen.
func (s *Store) ApproveTask(ctx context.Context, who Actor, task string, seen int64, comment string) error {
	var refused error
	err := s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, was, err := tx.answering(task, seen)
		if err != nil {
			return err
		}
		if slices.Contains(personIDs(was.said(true)), tx.actor.ID) {
			return nil
		}
		if t.Approval != ApprovalPending {
			return fault.New(fault.Conflict, fault.NotAsked)
		}
		work, err := workOn(tx.db, t.Task)
		if err != nil {
			return err
		}
		if did := work[tx.actor.ID]; did != "" {
			tx.record(note{action: SelfApprovalTried, subject: t.subject(), task: t.subject(), board: t.board.subject()})
			refused = fault.New(fault.Conflict, fault.SelfApproval, string(did))
			return nil
		}
		comment, err := checkReason(comment, false)
		if err != nil {
			return err
		}
		_, _, err = tx.answer(t, was, true, comment)
		return err
	})
	if err == nil {
		err = refused
	}
	return err
}

// RejectTask says why a task is not approved, and sends it back to work if it is in
// review. Whoever is asked may, even after others approved it. It returns the same
// faults as ApproveTask, but for SelfApproval: to find one's own work wanting is no
// matter for four eyes.
func (s *Store) RejectTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, was, err := tx.answering(task, seen)
		if err != nil {
			return err
		}
		if reason, err = checkReason(reason, true); err != nil {
			return err
		}
		t, seq, err := tx.answer(t, was, false, reason)
		if err != nil {
			return err
		}
		return tx.sendBack(t, seq, reason)
	})
}

// answering loads a task that asks for the actor's answer.
func (tx *Tx) answering(task string, seen int64) (onBoard, consent, error) {
	t, err := tx.active(task, seen)
	if err != nil {
		return t, consent{}, err
	}
	c, err := consentOf(tx.db, t.Task)
	switch {
	case err != nil:
		return t, c, err
	case !t.State.Open():
		return t, c, fault.New(fault.Conflict, fault.NotOpen)
	case t.Approval != ApprovalPending && t.Approval != Approved:
		return t, c, fault.New(fault.Conflict, fault.NotAsked)
	case !c.names(tx.actor.ID) && (c.Role == "" || !has(tx.Role, c.Role)):
		return t, c, fault.New(fault.Conflict, fault.NotApprover)
	}
	return t, c, tx.contentSince(t, seen)
}

// answer writes down what the actor says, and what it amounts to.
func (tx *Tx) answer(t onBoard, was consent, yes bool, comment string) (onBoard, int64, error) {
	is, mine := was, answer{ApprovalAnswer{TaskID: t.ID, UserID: tx.actor.ID, Approved: yes, Comment: comment, AnsweredAt: tx.now}, tx.actor.Name}
	is.answers = slices.DeleteFunc(slices.Clone(was.answers), func(a answer) bool { return a.UserID == tx.actor.ID })
	is.answers = append(is.answers, mine)
	slices.SortFunc(is.answers, func(a, b answer) int { return strings.Compare(a.UserID, b.UserID) })
	task := t.Task
	task.Approval = is.state()
	action := ApprovalGiven
	if !yes {
		action = ApprovalRejected
	}
	seq, err := tx.saveWith(t, task, note{action: action, reason: comment}, consentChanges(was, is))
	if err != nil {
		return t, 0, err
	}
	if err := tx.rows().Exec("DELETE FROM approval_answers WHERE task_id = ? AND user_id = ?", t.ID, tx.actor.ID).Error; err != nil {
		return t, 0, err
	}
	if err := tx.rows().Create(&mine.ApprovalAnswer).Error; err != nil {
		return t, 0, err
	}
	t.Task = task
	if err := tx.unaskOnAnswer(task); err != nil {
		return t, 0, err
	}
	return t, seq, tx.tellOfApproval(was, t.ID, ApprovalAnswered, seq)
}

// sendBack returns a rejected task from review to work, if its board has a column
// for that.
func (tx *Tx) sendBack(t onBoard, cause int64, reason string) error {
	to, err := tx.columnFor(t.BoardID, Column{}, flow.InProgress)
	if err != nil || t.State != flow.InReview || to.ID == "" {
		return err
	}
	v, err := tx.judge(t)
	if err != nil {
		return err
	}
	after, refused := t.flow().Move(flow.InProgress, v, tx.now)
	if refused != nil {
		return nil
	}
	is, err := tx.inColumn(t, after, to, "")
	if err != nil {
		return err
	}
	if _, err := tx.save(t, is, note{action: TaskSentBack, cause: cause, reason: reason}); err != nil {
		return err
	}
	return tx.settle([]string{t.ID}, nil)
}

// contentSince is Stale, and says what changed, if what an approval is about has
// changed since seen.
func (tx *Tx) contentSince(t onBoard, seen int64) error {
	if t.Version <= seen {
		return nil
	}
	var data, required []string
	err := tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND seq > ? ORDER BY seq", tx.log, t.ID, seen).Scan(&data).Error
	if err != nil {
		return err
	}
	if err := tx.db.Raw("SELECT id FROM checklist_items WHERE task_id = ? AND required", t.ID).Scan(&required).Error; err != nil {
		return err
	}
	f := fault.New(fault.Stale, fault.Changed)
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return err
		}
		for _, c := range e.Changes {
			switch {
			case e.Subject.ID == t.ID && isContent(c.Field):
				f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: c.Field, Seq: e.Seq, From: firstOf(c.FromText, c.From), To: firstOf(c.ToText, c.To)})
			case e.Subject.Kind == "file":
				f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: "files", Seq: e.Seq})
			case e.Subject.Kind == "item" && (c.Field == "required" || slices.Contains(required, e.Subject.ID) && slices.Contains(itemContent, c.Field)):
				f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: "items", Seq: e.Seq})
			}
		}
	}
	f.Changes = slices.CompactFunc(f.Changes, func(a, b fault.Change) bool { return a.Seq == b.Seq && a.Field == b.Field })
	if len(f.Changes) > 0 {
		return f
	}
	return nil
}

// isContent reports whether a field of a task is part of what is approved.
func isContent(field string) bool {
	_, custom := custom.IsKey(field)
	return custom || field == "title" || field == "description"
}

// contentChanged makes an approval fall if one of the fields that entry why may have
// changed is part of what was approved. t is the task as it is now.
func (tx *Tx) contentChanged(t onBoard, why int64, fields []string) error {
	if t.Approval == "" || !slices.ContainsFunc(fields, isContent) || !tx.changedContent(why) {
		return nil
	}
	return tx.approvalFalls(t, why)
}

// changedContent reports whether an entry of this change did change some of it.
func (tx *Tx) changedContent(seq int64) bool {
	e := tx.entries[seq-tx.first-1]
	return slices.ContainsFunc(e.Changes, func(c ledger.Change) bool { return isContent(c.Field) })
}

// itemContent is the same of a required item.
var itemContent = []string{"text", "required", "ticked_at", "became"}

// itemChanged makes an approval fall if what changed of an item is part of what was
// approved. The last entry recorded is the one that changed it.
func (tx *Tx) itemChanged(t onBoard, was, is Item) error {
	if !was.Required && !is.Required {
		return nil
	}
	for _, c := range itemChanges(was, is) {
		if slices.Contains(itemContent, c.Field) {
			return tx.approvalFalls(t, tx.seq)
		}
	}
	return nil
}
