package models

import (
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// readApproval reads what a task asks, as the actor sees it; nil, if it asks nothing.
func readApproval(db *gorm.DB, who Actor, v TaskView) (*ApprovalView, error) {
	c, err := consentOf(db, v.Task)
	if err != nil || c.TaskID == "" {
		return nil, err
	}
	work, err := workOn(db, v.Task)
	if err != nil {
		return nil, err
	}
	a := &ApprovalView{State: v.Task.Approval, Mode: c.Mode, Note: c.Note, AskedAt: c.AskedAt}
	if err := db.Raw("SELECT id, name FROM users WHERE id = ?", c.AskedBy).Scan(&a.AskedBy).Error; err != nil {
		return nil, err
	}
	a.Seats = c.seats(v.Members, work)
	if c.FellSeq > 0 {
		if a.Fell, err = readFall(db, v.Team.ID, c.FellSeq); err != nil {
			return nil, err
		}
	}
	edits := access.Can(v.Role, access.EditTask) && v.Task.State.Open() && v.Task.ArchivedAt == nil
	asked := edits && (c.names(who.ID) || c.Role != "" && has(v.Role, c.Role))
	if asked {
		a.Did = work[who.ID]
	}
	approved := slices.Contains(personIDs(c.said(true)), who.ID)
	a.MayAnswer = asked && a.State == ApprovalPending && a.Did == "" && !approved
	a.MayReject = asked && (a.State == ApprovalPending || a.State == Approved)
	a.MayChange = edits && (c.AskedBy == who.ID || access.Can(v.Role, access.OverrideRules))
	return a, nil
}

// seats are the answers that are asked for: of people by name, then of a role, which
// several may answer for.
func (c consent) seats(team []Person, work map[string]Did) (seats []Seat) {
	said := func(s Seat, id string) Seat {
		s.Did = work[id]
		for _, a := range c.answers {
			if a.UserID == id {
				s.Answered, s.Approved, s.Comment, s.At = true, a.Approved, a.Comment, a.AnsweredAt
			}
		}
		return s
	}
	for _, p := range c.approvers {
		left := !slices.ContainsFunc(team, func(m Person) bool { return m.ID == p.ID && access.Can(m.Role, access.EditTask) })
		seats = append(seats, said(Seat{Person: p, Left: left}, p.ID))
	}
	if c.Role == "" {
		return seats
	}
	named := len(seats)
	for _, a := range c.answers {
		if !c.names(a.UserID) {
			seats = append(seats, said(Seat{Role: c.Role, Person: Person{ID: a.UserID, Name: a.Name}}, a.UserID))
		}
	}
	if len(seats) == named {
		seats = append(seats, Seat{Role: c.Role})
	}
	return seats
}

func readFall(db *gorm.DB, log string, seq int64) (*Fall, error) {
	var data string
	err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND seq = ?", log, seq).Row().Scan(&data)
	if err = orMissing(err); fault.From(err) != nil {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	e, err := ledger.Parse([]byte(data))
	if err != nil {
		return nil, err
	}
	f := &Fall{Who: e.Actor.Name, At: e.At}
	if e.Subject.Kind == "item" {
		f.Fields = []string{"items"}
	}
	if e.Subject.Kind == "file" {
		f.Fields = []string{"files"}
	}
	for _, c := range e.Changes {
		if e.Subject.Kind == "task" && isContent(c.Field) {
			f.Fields = append(f.Fields, c.Field)
		}
	}
	return f, nil
}
