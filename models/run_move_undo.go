package models

import (
	"slices"
	"strconv"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Undone, a move of runs to another version puts each run and its tasks back; what it
// made goes into the bin.

// movesRuns reports whether a change that begins with first moved runs to another
// version, or moved them back.
func movesRuns(first ledger.Entry) bool {
	return slices.Contains([]Action{RunsMoved, RunsMovedBack}, Action(first.Action))
}

// beginMove begins the undoing of a move with an entry of its own.
func (u *undoing) beginMove() {
	first := u.entries[0]
	if !movesRuns(first) {
		return
	}
	action := RunsMovedBack
	if Action(first.Action) == RunsMovedBack {
		action = RunsMoved
	}
	n := note{action: action, subject: first.Subject, cause: first.Seq}
	for _, c := range first.Changes {
		if c.Field == "number" {
			n.changes = append(n.changes, c)
		}
	}
	u.now[first.Seq] = u.tx.record(n)
}

// movedBack puts the version of a run back, and what was said along with it.
func (u *undoing) movedBack(was Run, e ledger.Entry) (Run, error) {
	is := was
	for _, c := range e.Changes {
		for _, one := range []struct {
			field string
			at    string
			put   func(string)
		}{
			{"template_version", number(int(was.TemplateVersion)), func(v string) { is.TemplateVersion, _ = strconv.ParseInt(v, 10, 64) }},
			{"answers", was.Answers, func(v string) { is.Answers = v }},
			{"roles", was.Roles, func(v string) { is.Roles = v }},
			{"ends", string(was.Ends), func(v string) { is.Ends = Date(v) }},
		} {
			if c.Field != one.field {
				continue
			}
			if one.at != c.To {
				return is, fault.New(fault.Stale, fault.MovedOn)
			}
			one.put(c.From)
		}
	}
	return is, nil
}

// item puts back what a move did to a checklist; that of a task which it made goes
// and comes with the task.
func (u *undoing) item(e ledger.Entry) error {
	if !movesRuns(u.entries[0]) || e.Actor.Kind != ledger.Person || u.going[e.Task.ID] || !strings.HasPrefix(e.Action, "item.") {
		return nil
	}
	tx := u.tx
	t, err := tx.task(e.Task.ID)
	if err != nil {
		return u.orMovedOn(err, e)
	}
	was := Item{ID: e.Subject.ID, TaskID: t.ID, TeamID: tx.Team.ID, CreatedAt: tx.now}
	is := was
	for _, c := range e.Changes {
		was, is = was.setField(c.Field, c.From), is.setField(c.Field, c.To)
	}
	if Action(e.Action) == ItemRemoved {
		return tx.putItem(t, was)
	}
	var there []Item
	if err := tx.db.Find(&there, "id = ? AND task_id = ?", is.ID, t.ID).Error; err != nil {
		return err
	}
	if len(there) == 0 {
		return u.movedOn(t.ID, []string{"text"})
	}
	now := there[0]
	for _, c := range e.Changes {
		if len(itemChanges(now, now.setField(c.Field, c.To))) > 0 {
			return u.movedOn(t.ID, []string{c.Field})
		}
	}
	if Action(e.Action) == ItemAdded {
		if now.TickedAt != nil || now.BecameID != "" {
			return u.movedOn(t.ID, []string{"ticked_at", "became"})
		}
		return tx.dropItem(t, now)
	}
	back := now
	for _, c := range e.Changes {
		back = back.setField(c.Field, c.From)
	}
	return tx.saveItem(t, now, back, ItemEdited)
}

// setField is the item with one field as the log writes it.
func (i Item) setField(field, value string) Item {
	switch field {
	case "text":
		i.Text = value
	case "required":
		i.Required = value != ""
	case "position":
		i.Position = value
	case "owner":
		i.OwnerID = value
	case "due":
		i.Due = Date(value)
	}
	return i
}

// consent puts back whom a task asked for approval, if the change asked others and
// nobody has answered.
func (u *undoing) consent(t onBoard, p *part) ([]ledger.Change, *consent, error) {
	if !movesRuns(u.entries[0]) || !slices.ContainsFunc(p.fields, ofConsent) {
		return nil, nil, nil
	}
	was, err := consentOf(u.tx.db, t.Task)
	if err != nil {
		return nil, nil, err
	}
	if len(was.answers) > 0 {
		return nil, nil, u.movedOn(t.ID, []string{"approved_by", "rejected_by"})
	}
	is := was
	is.TaskID, is.TeamID, is.AskedBy, is.AskedAt = t.ID, t.TeamID, u.tx.actor.ID, u.tx.now
	for _, f := range p.fields {
		c := p.changes[f]
		switch f {
		case "approvers":
			if is.approvers, err = u.tx.stillMembers(strings.Fields(c.From)); err != nil {
				return nil, nil, err
			}
		case "approval_role":
			is.Role = access.Role(c.From)
		case "approval_mode":
			is.Mode = ApprovalMode(c.From)
		}
	}
	if p.changes["approval"].To != "" && p.changes["approval"].From == "" {
		is = consent{}
	}
	return consentChanges(was, is), &is, nil
}

// ofConsent reports whether a field of a task is kept with whom it asks for approval.
func ofConsent(field string) bool {
	return slices.Contains([]string{"approvers", "approval_role", "approval_mode"}, field)
}

// adapted are the fields that follow what is known by now, and may have been brought
// up to date by the rules in the very change that a person made.
var adapted = []string{"title", "description", "due"}

// left is how the change left a field of a task.
func (u *undoing) left(task, field, otherwise string) string {
	if !slices.Contains(adapted, field) {
		return otherwise
	}
	for _, e := range slices.Backward(u.entries) {
		if e.Task.ID != task || !strings.HasPrefix(e.Action, "task.") {
			continue
		}
		for _, c := range e.Changes {
			if c.Field == field {
				return c.To
			}
		}
	}
	return otherwise
}
