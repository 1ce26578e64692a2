package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/views/say"
)

// questionField is a field of a form for an answer; the words tell whether it may be
// left empty.
func questionField(optional, name string, f playbook.Field, value string, problem *fault.Fault) Field {
	field := Field{Name: name, Label: f.Label, Hint: f.Help, Value: value, Problem: problem, Required: f.Required, Attrs: templ.Attributes{"autocomplete": "off"}}
	if !f.Required {
		field.Label += " (" + optional + ")"
	}
	switch f.Type {
	case playbook.Number:
		field.Class = "input-middle"
		field.Attrs["inputmode"] = "decimal"
	case playbook.Date:
		field.Type, field.Class = "date", "input-middle"
		if f.Min != "" {
			field.Attrs["min"] = f.Min
		}
		if f.Max != "" {
			field.Attrs["max"] = f.Max
		}
	case playbook.URL:
		field.Type = "url"
	case playbook.Text:
		if f.MaxLen > 0 {
			field.Attrs["maxlength"] = itoa(int64(f.MaxLen))
		}
	case playbook.Choice, playbook.Person, playbook.YesNo:
		field.Class = "input-middle"
		delete(field.Attrs, "autocomplete")
	}
	return field
}

func questionOptions(w say.Runs, f playbook.Field) []Option {
	options := []Option{{"", w.ChooseOne}}
	for _, o := range f.Options {
		options = append(options, Option{o, o})
	}
	return options
}

func questionPeople(w say.Runs, people []models.Person) []Option {
	options := []Option{{"", w.ChooseOne}}
	for _, p := range people {
		options = append(options, Option{p.ID, p.Name})
	}
	return options
}

func matePeople(mates []models.Mate) []models.Person {
	all := make([]models.Person, len(mates))
	for i, m := range mates {
		all[i] = m.Person
	}
	return all
}

// mateOptions offer the people of the team with how much each has to do already.
func mateOptions(w say.Runs, mates []models.Mate) []Option {
	options := []Option{{"", say.Capital(w.Nobody)}}
	for _, m := range mates {
		label := m.Name
		if m.Open > 0 {
			label += " · " + w.Open(m.Open)
		}
		options = append(options, Option{m.ID, label})
	}
	return options
}

// loadOptions are mateOptions with what each has to do soon, and who has too much: the
// one that is chosen says it in the closed field, too.
func loadOptions(w *say.Words, mates []models.Mate) []Option {
	options := mateOptions(w.Runs, mates)
	for i, m := range mates {
		if m.Soon > 0 {
			options[i+1].Label += " · " + w.Ways.Soon(m.Soon)
		}
		if m.Overloaded {
			options[i+1].Label += " · " + w.Ways.Overloaded
		}
		if m.AwayFrom != "" {
			options[i+1].Label += " · " + away(w, m.Away)
		}
	}
	return options
}

// away says when somebody is away.
func away(w *say.Words, a models.Away) string {
	return w.Ways.Away(w.When.DayMonth(date(a.AwayFrom)), w.When.DayMonth(date(a.AwayUntil)))
}

func roleHint(w say.Runs, r playbook.Role) string {
	if r.Who == playbook.Asked {
		return ""
	}
	return w.Who(r, "")
}

func startBoards(w say.Runs, v models.StartView) []Option {
	options := []Option{{"", w.ChooseOne}}
	for _, b := range v.Boards {
		options = append(options, Option{b.ID, b.Name})
	}
	return options
}

// startHidden is what was typed, to be sent again: the name of a field and its value.
func startHidden(v models.StartView) []Option {
	in := v.Input
	all := []Option{{"version", itoa(in.Version)}, {"name", in.Name}, {"board", in.Board}, {"from", in.From}, {"until", in.Until}}
	for _, f := range v.Inputs {
		all = append(all, Option{models.AnswerField(f.ID), in.Answers[f.ID]})
	}
	for _, r := range v.Roles {
		if r.Who != playbook.FromInput {
			all = append(all, Option{models.RoleField(r.ID), in.Cast[r.ID]})
		}
	}
	return all
}

// sheetPart is a section with the tasks that would be made for it.
type sheetPart struct {
	playbook.Section
	Tasks []playbook.Planned
}

func sheetParts(v models.StartView, otherwise string) []sheetPart {
	var parts []sheetPart
	for _, p := range passages(v.Definition, otherwise) {
		one := sheetPart{Section: p.Section}
		for _, s := range p.Steps {
			i := slices.IndexFunc(v.Sheet.Tasks, func(t playbook.Planned) bool { return t.Step == s.ID })
			one.Tasks = append(one.Tasks, v.Sheet.Tasks[i])
		}
		parts = append(parts, one)
	}
	return parts
}

// plannedAsks says what a step that would be made asks for besides.
func plannedAsks(w say.Runs, v models.StartView, t playbook.Planned) []string {
	step, _ := v.Step(t.Step)
	return asksOf(w, v.Definition, step)
}

// falling counts the steps whose conditions fall already.
func falling(v models.StartView) (n int) {
	for _, t := range v.Sheet.Tasks {
		if t.Condition == playbook.Falls {
			n++
		}
	}
	return n
}

func uncastNames(v models.StartView) string {
	var names []string
	for _, id := range v.Sheet.Uncast {
		names = append(names, roleName(v.Definition, id, id))
	}
	return strings.Join(names, ", ")
}

func contains(all []string, one string) bool { return slices.Contains(all, one) }
