package views

import (
	"context"
	"slices"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/views/say"
)

// The forms of an approval: what is asked, and what is answered.
const (
	AskForm    = "ask"
	AnswerForm = "answer"
)

// approvalIcons are the pictures of an approval's states; a word stands beside each.
var approvalIcons = map[models.ApprovalState]string{
	models.ApprovalPending: "clock", models.Approved: "done", models.Rejected: "ban", models.Fallen: "warning",
}

// askable are the members whom a task can ask, and whoever it asks already.
func (p TaskPage) askable() []models.Person {
	return slices.DeleteFunc(slices.Clone(p.Members), func(m models.Person) bool {
		return !access.Can(m.Role, access.EditTask)
	})
}

func (p TaskPage) asks(person string) bool {
	return p.Approval != nil && slices.ContainsFunc(p.Approval.Seats, func(s models.Seat) bool { return s.Role == "" && s.Person.ID == person })
}

// askedRole and askedMode are what the form begins with.
func (p TaskPage) askedRole() string {
	if p.Approval != nil {
		for _, s := range p.Approval.Seats {
			if s.Role != "" {
				return string(s.Role)
			}
		}
	}
	return ""
}

func (p TaskPage) askedMode() string {
	if p.Approval != nil {
		return string(p.Approval.Mode)
	}
	return string(models.AnyApprover)
}

func (p TaskPage) askedNote() string {
	if p.Approval != nil {
		return p.Approval.Note
	}
	return ""
}

// mayAskAgain reports whether an approval that does not hold can be asked for anew.
func (p TaskPage) mayAskAgain() bool {
	return p.edits() && p.Task.State.Open() && p.Task.ArchivedAt == nil && (p.Approval.State == models.Rejected || p.Approval.State == models.Fallen)
}

// fallText says what made an approval fall.
func fallText(ctx context.Context, f models.Fall) string {
	w := say.In(ctx)
	var what []string
	for _, field := range f.Fields {
		word := w.Task.Fields[custom.KeyOf(field)]
		if word == "" {
			word = w.FieldName(field)
		}
		what = append(what, word)
	}
	if f.Who == "" || len(what) == 0 {
		return w.Approval.Fell
	}
	return w.Approval.FellBecause(f.Who, what, momentText(ctx, f.At))
}

// commentLabel says what a comment is for: with a rejection it has to be.
func commentLabel(w say.Approval, a models.ApprovalView) string {
	if a.MayAnswer {
		return w.Comment
	}
	return w.Why
}

// seatText says whether somebody has answered, and how.
func seatText(ctx context.Context, s models.Seat) string {
	w := say.In(ctx).Approval
	switch {
	case s.Answered && s.Approved:
		return w.Yes(momentText(ctx, s.At))
	case s.Answered:
		return w.No(momentText(ctx, s.At))
	case s.Left:
		return w.Left
	}
	return w.Waiting
}
