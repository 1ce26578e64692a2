package views

import (
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/views/say"
)

// FieldForm is what somebody says of a custom field, as it was typed; without an ID
// it is for a new one.
type FieldForm struct {
	ID, Name, Kind, Help   string
	Required, OnCard, Lose bool
	Options                []models.OptionInput // those that are there
	More                   string               // new ones, one a line
	Problem                error
}

// FieldURL is the address of a field of a board; without an ID, of them all.
func FieldURL(board, field string, more ...string) templ.SafeURL {
	url := BoardURL(board) + "/fields"
	if field != "" {
		url += templ.SafeURL("/" + strings.Join(append([]string{field}, more...), "/"))
	}
	return url
}

// FieldFormOf is the form of a field as it is saved.
func FieldFormOf(f models.Field) FieldForm {
	form := FieldForm{ID: f.ID, Name: f.Name, Kind: string(f.Kind), Help: f.Help, Required: f.Required, OnCard: f.OnCard}
	for _, o := range f.Options {
		form.Options = append(form.Options, models.OptionInput{ID: o.ID, Name: o.Name})
	}
	return form
}

func (f FieldForm) fault() *fault.Fault { return fault.From(f.Problem) }

func (f FieldForm) asksToLose() bool {
	problem := f.fault()
	return problem != nil && problem.Code == fault.OptionHeld
}

func kindOptions(w *say.Words) []Option {
	var options []Option
	for _, k := range custom.Kinds {
		options = append(options, Option{string(k), w.Field.Kinds[k]})
	}
	return options
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// above is the field that the i-th goes before when it moves up, below likewise.
func aboveField(all []models.FieldUse, i int) string { return all[i-1].ID }
func belowField(all []models.FieldUse, i int) string {
	if i+2 < len(all) {
		return all[i+2].ID
	}
	return ""
}

// FieldsForm is the form of what a task holds in its board's fields.
const FieldsForm = "fields"

// fieldPeople are those whom a field can name: the members, and whoever it names
// without being one any more.
func (p TaskPage) fieldPeople(v models.FieldValue) []models.Person {
	people := p.Members
	if v.Value == "" {
		return people
	}
	for _, m := range people {
		if m.ID == v.Value {
			return people
		}
	}
	return append(append([]models.Person{}, people...), models.Person{ID: v.Value, Name: v.Text})
}

// shownFields are those that hold something, for whoever only reads.
func shownFields(all []models.FieldValue) (some []models.FieldValue) {
	for _, v := range all {
		if v.Value != "" {
			some = append(some, v)
		}
	}
	return some
}

// choicesOf are what a filter can ask of a field that has few values.
func choicesOf(w *say.Words, f models.Field, people []models.Person) []Option {
	options := []Option{{"", w.Field.Anything}, {models.FieldNothing, w.Field.HasNothing}}
	switch f.Kind {
	case custom.YesNo:
		options = append(options, Option{custom.Yes, w.Field.Yes}, Option{custom.No, w.Field.No})
	case custom.Person:
		options = append(options, Option{models.FilterMe, w.Field.Me})
		for _, p := range people {
			options = append(options, Option{p.ID, p.Name})
		}
	case custom.Choice:
		for _, o := range f.Options {
			options = append(options, Option{o.ID, o.Name})
		}
	}
	return options
}

// inputType is the type of the control for one end of a range.
func inputType(kind custom.Kind) string {
	if kind == custom.Date {
		return "date"
	}
	return "number"
}
