package models

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/playbook"
)

// PlayView is a template that somebody steps through without making tasks.
type PlayView struct {
	TemplateView
	Start StartView       // what is asked of a run, and what was said
	Moves []playbook.Move // that were made
	Left  int             // moves that do not fit what is played, and were left out
	Turns []playbook.Turn // the start, and what each move brought about
	Play  *playbook.Play  // nil: the definition is broken, or what was said is wrong
	Chart FlowChart
}

// PlayTemplate steps through a version of a template, or through what its page shows if
// number is 0: all that was played is made again of its moves, by the rules that runs
// go by. With Invalid faults, by field, the view is whole up to what they are about: the
// start, or the last of the moves.
func (s *Store) PlayTemplate(ctx context.Context, who Actor, template string, number int64, in RunInput, moves []playbook.Move) (v PlayView, err error) {
	if v.TemplateView, err = s.TemplateAt(ctx, who, template, number); err != nil {
		return v, err
	}
	if more := len(moves) - playbook.MaxMoves; more > 0 {
		v.Left, moves = more, moves[:playbook.MaxMoves]
	}
	v.Chart = v.TemplateView.Chart("", s.now())
	v.Start = StartView{Team: v.Team, Template: v.Template, Definition: v.Definition, Input: in}
	if v.Start.planner, err = playbook.NewPlanner(v.Definition); err != nil {
		return v, nil
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Start.People, err = mates(db, v.Team.ID); err != nil {
			return err
		}
		if v.Start.show, err = shownAnswers(db, v.Team.ID); err != nil {
			return err
		}
		last, err := lastRun(db, template)
		v.Start.fillIn(last, s.now())
		return err
	})
	if err != nil {
		return v, err
	}
	return v, v.play(who, s, moves)
}

func (v *PlayView) play(who Actor, s *Store, moves []playbook.Move) error {
	answers, faults, err := v.Start.said()
	if err != nil {
		return err
	}
	if err := fault.All(faults...); err != nil {
		return err
	}
	launch := playbook.Launch{Answers: answers, Cast: v.Start.cast(), Calendar: v.Team.calendar(), Show: v.Start.show}
	p, turn, err := v.Start.planner.Play(launch, v.crew(), who.ID, s.now())
	if err != nil {
		return err
	}
	v.Play, v.Turns = p, []playbook.Turn{turn}
	for i, m := range moves {
		turn, err := v.Play.Do(m)
		switch f := fault.From(err); {
		case f != nil && f.Kind == fault.Invalid && i == len(moves)-1:
			v.stand()
			return err
		case f != nil:
			v.Left++
		case err != nil:
			return err
		default:
			v.Moves, v.Turns = append(v.Moves, m), append(v.Turns, turn)
		}
	}
	v.stand()
	return nil
}

// stand shows in the chart how the steps stand.
func (v *PlayView) stand() {
	for i := range v.Chart.Nodes {
		n := &v.Chart.Nodes[i]
		n.Critical = false
		n.Task.State, n.Task.Skipped, n.Task.AtRisk = v.Play.Task(n.Step.ID).State, v.Play.Task(n.Step.ID).Skipped, v.Play.Task(n.Step.ID).AtRisk
	}
	open := map[string][]string{}
	for _, n := range v.Chart.Nodes {
		open[n.Step.ID] = v.Play.Open(n.Step.ID)
	}
	for i, l := range v.Chart.Links {
		v.Chart.Links[i].Critical = false
		v.Chart.Links[i].Satisfied = !slices.Contains(open[v.Chart.Nodes[l.To].Step.ID], v.Chart.Nodes[l.From].Step.ID)
	}
}

// crew are the people of the steps: those who play their roles, and those who would be
// asked for approval.
func (v *PlayView) crew() playbook.Crew {
	c := playbook.Crew{Owners: map[string][]string{}, Approvers: map[string][]string{}}
	cast := v.Start.cast()
	for _, s := range v.Definition.Steps {
		c.Owners[s.ID] = cast[s.Role]
		if len(s.Approval.By) == 0 {
			continue
		}
		var ids []string
		for _, by := range s.Approval.By {
			ids = append(ids, cast[by]...)
		}
		ids = personIDs(v.Start.approvers(ids, s.Approval.By))
		if len(ids) == 0 {
			for _, m := range v.Start.People {
				if has(m.Role, access.Manager) {
					ids = append(ids, m.ID)
				}
			}
		}
		c.Approvers[s.ID] = ids
	}
	return c
}

// Shown is how an answer reads: a person by name.
func (v StartView) Shown(f playbook.Field, answer string) string {
	if v.show == nil {
		return answer
	}
	return v.show(f, answer)
}
