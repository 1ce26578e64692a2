package views

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views/say"
)

// TemplateURL is a template's page.
func TemplateURL(id string) templ.SafeURL { return templ.SafeURL("/templates/" + id) }

// RunURL is a run's page.
func RunURL(id string) templ.SafeURL { return templ.SafeURL("/runs/" + id) }

func templSafe(s string) templ.SafeURL { return templ.SafeURL(s) }

// Offer is a template that comes with the program and can be taken over.
type Offer struct {
	Key, Name, Description string
	Steps                  int
	Taken                  bool // the team has one that was made of it
}

// Offers are the templates that come with the program, in a language.
func Offers(lang string, has []models.TemplateSummary) []Offer {
	var all []Offer
	for _, s := range playbook.ShippedIn(lang) {
		d, _ := playbook.Parse(s.Text) // tests hold that each can be read
		taken := slices.ContainsFunc(has, func(t models.TemplateSummary) bool { return t.Shipped == s.Key })
		all = append(all, Offer{Key: s.Key, Name: d.Name, Description: strings.TrimSpace(d.Description), Steps: len(d.Steps), Taken: taken})
	}
	return all
}

// passage is a section with its steps.
type passage struct {
	playbook.Section
	Steps []playbook.Step
}

// sectionless heads the steps that are in no section.
func sectionless(w *say.Words, d playbook.Definition) string {
	if len(d.Sections) == 0 {
		return w.Flowmap.Steps
	}
	return w.Runs.NoSection
}

// passages groups the steps of a definition by section, in the order of the sections;
// those in none come first.
func passages(d playbook.Definition, otherwise string) []passage {
	parts := []passage{{Section: playbook.Section{ID: "", Name: otherwise}}}
	for _, s := range d.Sections {
		parts = append(parts, passage{Section: s})
	}
	for _, s := range d.Steps {
		i := slices.IndexFunc(parts, func(p passage) bool { return p.ID == s.Section })
		parts[max(i, 0)].Steps = append(parts[max(i, 0)].Steps, s)
	}
	return slices.DeleteFunc(parts, func(p passage) bool { return len(p.Steps) == 0 })
}

func inputLabel(d playbook.Definition, id string) string {
	f, _ := d.Input(id)
	return f.Label
}

func roleName(d playbook.Definition, id, otherwise string) string {
	if r, ok := d.Role(id); ok {
		return r.Name
	}
	return otherwise
}

func requiredMark(w say.Runs, f playbook.Field) string {
	if f.Required {
		return ", " + w.Required
	}
	return ""
}

// needNames names what a step comes after.
func needNames(w say.Runs, d playbook.Definition, s playbook.Step) string {
	var names []string
	for _, n := range s.Needs {
		step, _ := d.Step(n.Step)
		name := w.Quoted(stepName(step))
		if n.Lag != (flow.Lag{}) {
			name += " (" + w.Lag(n.Lag) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// asksOf says what a step needs besides: what to tick off, to fill in, to attach.
func asksOf(w say.Runs, d playbook.Definition, s playbook.Step) []string {
	var asks []string
	if len(s.Checklist) > 0 {
		asks = append(asks, w.Checklist(len(s.Checklist)))
	}
	if len(s.Fields) > 0 {
		var labels []string
		for _, f := range s.Fields {
			labels = append(labels, f.Label)
		}
		asks = append(asks, w.Fields+": "+strings.Join(labels, ", "))
	}
	if s.Evidence != "" {
		asks = append(asks, w.EvidenceIs(s.Evidence))
	}
	if len(s.Approval.By) > 0 {
		var names []string
		for _, by := range s.Approval.By {
			names = append(names, roleName(d, by, by))
		}
		asks = append(asks, w.ApprovalBy(strings.Join(names, ", "), s.Approval.Join == flow.All && len(names) > 1))
	}
	return asks
}

// countOf counts the findings of a severity.
func countOf(all []playbook.Finding, is playbook.Severity) (n int) {
	for _, f := range all {
		if f.Severity == is {
			n++
		}
	}
	return n
}

// severityBadge is the look of a severity; its word says the same.
func severityBadge(is playbook.Severity) string {
	switch is {
	case playbook.Error:
		return "badge-danger"
	case playbook.Warning:
		return "badge-warn"
	case playbook.Hint:
	}
	return ""
}

// findingName names what a finding is about.
func findingName(w *say.Words, d playbook.Definition, at playbook.Where) string {
	switch at.In {
	case playbook.InStep:
		s, _ := d.Step(at.ID)
		return cmp.Or(stepName(s), at.ID)
	case playbook.InRole:
		return w.Playbook.Parts[at.In] + " " + w.Runs.Quoted(roleName(d, at.ID, at.ID))
	case playbook.InSection:
		s, _ := d.Section(at.ID)
		return w.Playbook.Parts[at.In] + " " + w.Runs.Quoted(cmp.Or(s.Name, at.ID))
	case playbook.InInput:
		return w.Playbook.Parts[at.In] + " " + w.Runs.Quoted(cmp.Or(inputLabel(d, at.ID), at.ID))
	case playbook.Whole:
	}
	return w.Playbook.Parts[playbook.Whole]
}
