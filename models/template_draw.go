package models

import (
	"context"

	"relevo/models/fault"
	"relevo/models/playbook"
)

// Stroke is one change of a template's draft that is made on its diagram.
type Stroke struct {
	Do    StrokeKind
	Step  string // what it is about, or the end of a line
	From  string // where the line begins
	Place playbook.Place
	Form  playbook.Form // for AddStep and RenameStep only its title
}

// StrokeKind is what a stroke does.
type StrokeKind string

const (
	AddStep     StrokeKind = "add"
	RenameStep  StrokeKind = "rename"
	FillStep    StrokeKind = "fill"
	RemoveStep  StrokeKind = "remove"
	ConnectStep StrokeKind = "connect"
	CutStep     StrokeKind = "cut"
)

// DrawTemplate makes one change of a template's draft in its text, whose comments and
// order stay, and returns the step that it is about afterwards. Two people may draw at
// once: what is typed over is Stale if somebody has changed the draft since it was
// seen, and everything else is made of the draft as it stands. It returns StepCycle for
// a line that would close a circle, NotFound for a step that is not there any more, and
// what keeps the text from being read.
func (s *Store) DrawTemplate(ctx context.Context, who Actor, template string, seen int64, stroke Stroke) (step string, err error) {
	err = s.changeTemplate(ctx, who, template, func(tx *Tx, was Template) error {
		typed := stroke.Do == RenameStep || stroke.Do == FillStep
		if typed && was.Version > seen {
			return tx.meanwhileTemplate(was, seen)
		}
		text, err := playbook.Amend([]byte(was.Draft), func(d *playbook.Definition) (err error) {
			step, err = stroke.on(d)
			return err
		})
		if err != nil {
			return err
		}
		draft, err := checkSource(string(text))
		if err != nil {
			return err
		}
		is := was
		is.Draft, is.Name = draft, nameIn(draft, was.Name)
		return tx.saveTemplate(was, is, TemplateEdited)
	})
	return step, err
}

func (s Stroke) on(d *playbook.Definition) (step string, err error) {
	switch s.Do {
	case AddStep:
		return d.AddStep(s.Form.Title, s.Place, s.Step)
	case RenameStep:
		return s.Step, d.Rename(s.Step, s.Form.Title)
	case FillStep:
		return s.Step, d.Fill(s.Step, s.Form)
	case RemoveStep:
		return "", d.RemoveStep(s.Step)
	case ConnectStep:
		return s.Step, d.Connect(s.From, s.Step)
	case CutStep:
		return s.Step, d.Disconnect(s.From, s.Step)
	}
	return "", fault.On("do", fault.NotAChoice)
}
