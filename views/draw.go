package views

import (
	"encoding/json"
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views/say"
)

// The fields that bring what another program wrote.
const (
	MermaidField = "mermaid"
	ProcessField = "bpmn"
)

// DrawForm is what stands in the forms of a draft's diagram.
type DrawForm struct {
	Step    string        // the one that is chosen; empty: none
	Title   string        // typed of a step to be added
	Form    playbook.Form // of the chosen step
	Problem *fault.Fault
	In      models.StrokeKind // the form that was refused
}

// of is what was refused in a form.
func (f DrawForm) of(kind models.StrokeKind) *fault.Fault {
	if f.In != kind {
		return nil
	}
	return f.Problem
}

// ChosenOf is the form of a step as it stands in the draft; false if it is not there.
func ChosenOf(v models.TemplateView, step string) (DrawForm, bool) {
	s, there := v.Definition.Step(step)
	if !there {
		return DrawForm{}, false
	}
	return DrawForm{Step: step, Form: v.Definition.FormOf(s)}, true
}

func drawURL(v models.TemplateView, step string) templ.SafeURL {
	at := TemplateURL(v.Template.ID) + "/drawing"
	if step != "" {
		at += templ.SafeURL("?step=" + step)
	}
	return at
}

// draftMap draws a draft that is edited: each step leads to its form.
func draftMap(w *say.Words, v models.TemplateView, c models.FlowChart, chosen string) flowmap {
	c.Focus = chosen
	f := templateMap(w, v, c)
	for i := range f.lanes {
		f.lanes[i].href = ""
	}
	for i := range f.boxes {
		b := &f.boxes[i]
		b.href, b.grip, b.plain = drawURL(v, b.id), true, f.Nodes[i].Title
	}
	return f
}

// others are the steps that a step may yet be made to wait for.
func others(w *say.Words, d playbook.Definition, step string) []Option {
	is, _ := d.Step(step)
	waits := map[string]bool{step: true}
	for _, n := range is.Needs {
		waits[n.Step] = true
	}
	options := []Option{{"", w.Draw.Choose}}
	for _, s := range d.Steps {
		if !waits[s.ID] {
			options = append(options, Option{s.ID, stepName(s)})
		}
	}
	return options
}

func joinOptions(w *say.Words) []Option {
	return []Option{{string(flow.All), w.Draw.JoinAll}, {string(flow.Any), w.Draw.JoinAny}}
}

func joinOf(f playbook.Form) string {
	if f.Any {
		return string(flow.Any)
	}
	return string(flow.All)
}

func drawWords(w *say.Words) string {
	d := w.Draw
	b, err := json.Marshal(map[string]string{"renamed": d.Renamed, "added": d.Added, "removed": d.Removed, "undone": d.Undone, "redone": d.Redone, "nothing": d.Nothing, "others": d.Others, "name": d.NamePrompt})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

func limit(n int) string { return strconv.Itoa(n) }
