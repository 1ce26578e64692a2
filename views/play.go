package views

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views/say"
)

// PlayForm is what was refused of a play.
type PlayForm struct {
	Problem *fault.Fault
	Move    playbook.Move // in which; zero: in what a run starts with
}

// PlayField names the field of a form that is typed of a step.
func PlayField(field string) string { return "a." + field }

// played is a play with what its page says of it.
type played struct {
	models.PlayView
	w      *say.Words
	titles map[string]string
	form   PlayForm
}

func playedOf(w *say.Words, v models.PlayView, form PlayForm) played {
	p := played{PlayView: v, w: w, form: form, titles: map[string]string{}}
	if v.Play != nil {
		p.titles = v.Play.Titles()
	}
	return p
}

// title names a step in a sentence.
func (p played) title(step string) string { return p.w.Runs.Quoted(p.titles[step]) }

// playURL is where a template is stepped through, as it is shown.
func playURL(v models.TemplateView) templ.SafeURL {
	at := TemplateURL(v.Template.ID) + "/play"
	if v.Shown > 0 && v.Shown != v.Template.Published {
		at += templ.SafeURL("?version=" + strconv.FormatInt(v.Shown, 10))
	}
	return at
}

// said is what was said at the start, for the address.
func (p played) said() url.Values {
	q := url.Values{}
	if p.Shown > 0 && p.Shown != p.Template.Published {
		q.Set("version", strconv.FormatInt(p.Shown, 10))
	}
	for _, f := range p.Definition.Inputs {
		q.Set(models.AnswerField(f.ID), p.Start.Input.Answers[f.ID])
	}
	for _, r := range p.Definition.Roles {
		if r.Who != playbook.FromInput {
			q.Set(models.RoleField(r.ID), p.Start.Input.Cast[r.ID])
		}
	}
	return q
}

// after is the address of the play after its first n moves.
func (p played) after(n int) templ.SafeURL {
	q := p.said()
	for _, m := range p.Moves[:n] {
		q.Add("m", m.String())
	}
	return templ.SafeURL(string(TemplateURL(p.Template.ID)) + "/play?" + q.Encode() + "#play-news")
}

// hidden are the fields of a form by which the play goes on: names and values.
func (p played) hidden(moves bool) (all []Option) {
	q := p.said()
	for _, name := range slices.Sorted(keysOf(q)) {
		if moves || name == "version" {
			all = append(all, Option{name, q.Get(name)})
		}
	}
	if moves {
		for _, m := range p.Moves {
			all = append(all, Option{"m", m.String()})
		}
	}
	return all
}

func keysOf(q url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range q {
			if !yield(name) {
				return
			}
		}
	}
}

// now are the steps that can be done.
func (p played) now() (steps []playbook.Step) {
	for _, n := range p.Chart.Nodes {
		if s := p.Play.Task(n.Step.ID).State; s == flow.Ready || s == flow.InReview {
			steps = append(steps, n.Step)
		}
	}
	return steps
}

// reviewed reports whether it makes a difference to others that a step is in review.
func (p played) reviewed(step string) bool {
	return p.Play.Task(step).State == flow.Ready && slices.ContainsFunc(p.Definition.Steps, func(s playbook.Step) bool {
		return slices.ContainsFunc(s.Needs, func(n playbook.Need) bool { return n.Step == step && n.At == flow.InReview })
	})
}

// value is what stands in a field of a step: what was refused, else what the template
// proposes.
func (p played) value(step string, f playbook.Field) string {
	if p.form.Move.Step == step {
		return p.form.Move.Answers[f.ID]
	}
	return f.Default
}

// problem is what was refused of a step.
func (p played) problem(step string) *fault.Fault {
	if p.form.Problem == nil || p.form.Move.Step != step {
		return nil
	}
	return p.form.Problem
}

// given is what a step needs besides what is filled in.
func (p played) given(s playbook.Step) string {
	s.Fields = nil
	return strings.Join(asksOf(p.w.Runs, p.Definition, s), ", ")
}

// doer names who would do a step.
func (p played) doer(s playbook.Step) string {
	role := roleName(p.Definition, s.Role, "")
	who := p.Start.Named(p.Start.Cast[s.Role]).Name
	if p.Start.Cast == nil || who == "" {
		who = p.w.Runs.Nobody
	}
	if role == "" {
		return who
	}
	return role + ": " + who
}

func (p played) last() playbook.Turn { return p.Turns[len(p.Turns)-1] }

// did says what a move was.
func (p played) did(m playbook.Move) string {
	if m.Do == "" {
		return p.w.Play.Started
	}
	text := p.w.Play.Did(m.Do, p.title(m.Step))
	step, _ := p.Definition.Step(m.Step)
	var filled []string
	for _, f := range step.Fields {
		if answer := m.Answers[f.ID]; answer != "" {
			filled = append(filled, f.Label+": "+p.Start.Shown(f, answer))
		}
	}
	if len(filled) > 0 {
		text += " (" + strings.Join(filled, "; ") + ")"
	}
	return text
}

// moved says what the last move brought about, and why.
func (p played) moved() (says []string) {
	w, turn := p.w.Play, p.last()
	told := map[string]bool{}
	for _, e := range turn.Effects {
		told[e.Is.ID] = true
		says = append(says, w.Moves(p.title(e.Is.ID), e.Is)+", "+p.why(turn, e)+".")
	}
	for _, r := range turn.Ruled {
		if !told[r.Step] {
			says = append(says, w.WillSkip(p.title(r.Step), r.Out))
		}
	}
	return says
}

func (p played) why(turn playbook.Turn, e flow.Effect) string {
	w := p.w.Play
	ruledIn := slices.Contains(turn.Ruled, playbook.Ruled{Step: e.Is.ID})
	switch step, _ := p.Definition.Step(e.Is.ID); {
	case e.Is.Skipped && step.When != "":
		return w.Condition(p.Definition.Tell(step.When, p.w.Flowmap.Condition))
	case e.Is.Skipped:
		return w.NoCondition
	case e.Because != e.Is.ID:
		return w.Because(p.title(e.Because), p.Play.Task(e.Because))
	case ruledIn:
		return w.Holds
	case turn.Do == playbook.Awaited:
		return w.TimeCame
	}
	return w.Starts
}

// tells says who would be told what of the last move.
func (p played) tells() (says []string) {
	var order []playbook.Told // without the steps
	steps := map[playbook.Told][]string{}
	for _, t := range p.last().Told {
		key := playbook.Told{Person: t.Person, Why: t.Why}
		if steps[key] == nil {
			order = append(order, key)
		}
		steps[key] = append(steps[key], p.title(t.Step))
	}
	for _, key := range order {
		says = append(says, p.w.Play.Tells(p.Start.Named(key.Person).Name, key.Why, strings.Join(steps[key], ", "))+".")
	}
	return says
}

// wait says until when time has to pass for something to be released; empty: for nothing.
func (p played) wait() string {
	next, there := p.Play.Next()
	if !there {
		return ""
	}
	return p.w.Play.Wait(p.w.When.Stamp(next.In(models.Zone(p.Team.Zone))))
}

// playMap draws a template as it stands in a play.
func playMap(p played) flowmap {
	f := flowmap{FlowChart: p.Chart, w: p.w, base: TemplateURL(p.Template.ID), query: url.Values{}, turns: true, critic: p.w.Diagram.Critical}
	f.label = p.w.Flowmap.Title(p.Template.Name)
	f.draw(p.Definition, func(n models.FlowNode) box {
		t := p.Play.Task(n.Step.ID)
		b := box{name: p.titles[n.Step.ID], state: string(t.State), icon: string(t.State), stateText: p.w.Names.State[t.State], href: templ.SafeURL("#s-" + n.Step.ID)}
		if who := p.Start.Named(p.Start.Cast[n.Step.Role]); n.Step.Role != "" && who.Name != "" {
			b.owners = []models.Person{who}
		}
		switch {
		case t.Skipped:
			b.skipped, b.icon, b.stateText = true, "ban", p.w.Flowmap.Skipped
		case p.Play.WillSkip(n.Step.ID):
			b.skipped, b.foot = true, p.w.Flowmap.WillSkip
		case t.AtRisk:
			b.foot = p.w.Board.AtRisk
		}
		return b
	})
	return f
}

// canPlay reports whether a step can be played now.
func (p played) canPlay(step string) bool {
	s := p.Play.Task(step).State
	return s == flow.Ready || s == flow.InReview
}

// startProblem is what was refused of the start.
func (p played) startProblem() *fault.Fault {
	if p.Play != nil {
		return nil
	}
	return p.form.Problem
}

// peopleOptions offer the people of the team for a role.
func peopleOptions(p played) []Option {
	options := []Option{{"", say.Capital(p.w.Runs.Nobody)}}
	for _, m := range p.Start.People {
		options = append(options, Option{m.ID, m.Name})
	}
	return options
}
