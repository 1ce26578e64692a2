package views

import (
	"slices"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
)

// LabelForm is a label's form as it was typed; without an ID it is for a new one.
type LabelForm struct {
	ID, Name, Colour, Icon string
	Problem                error
}

// LabelURL is the address of a label of a board; without an ID, of them all.
func LabelURL(board, label string) templ.SafeURL {
	if label == "" {
		return BoardURL(board) + "/labels"
	}
	return BoardURL(board) + "/labels/" + templ.SafeURL(label)
}

// of is the form of one label: as it came back, if it is that one, else as saved.
func (f LabelForm) of(l models.Label) LabelForm {
	if f.ID == l.ID {
		return f
	}
	return LabelForm{ID: l.ID, Name: l.Name, Colour: l.Colour, Icon: l.Icon}
}

// fresh is the form of a new label.
func (f LabelForm) fresh() LabelForm {
	if f.ID == "" && f.Problem != nil {
		return f
	}
	return LabelForm{Colour: models.Colours[0], Icon: models.LabelIcons[0]}
}

func (f LabelForm) field(name string) string { return "label-" + name + f.ID }

func (f LabelForm) wrong(name string) *fault.Fault { return fault.From(f.Problem).For(name) }

// labelClass names the label's colour; one that is not known stays grey.
func labelClass(l models.Label) string {
	if slices.Contains(models.Colours, l.Colour) {
		return "label-mark label-" + l.Colour
	}
	return "label-mark"
}

func (p TaskPage) wears(label string) bool {
	return slices.ContainsFunc(p.Labels, func(l models.Label) bool { return l.ID == label })
}

// tickedLabels are those chosen before the form came back, or the saved ones.
func (p TaskPage) tickedLabels() []models.Label {
	return slices.DeleteFunc(slices.Clone(p.BoardLabels), func(l models.Label) bool {
		return !p.chosen(DetailsForm, "labels", l.ID, p.wears(l.ID))
	})
}
