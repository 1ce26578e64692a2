package views

import (
	"context"
	"slices"

	"relevo/models/fault"
	"relevo/views/say"
)

// CardFields are the fields of a task that are changed in place, on its card.
var CardFields = []string{"title", "owners", "due", "priority", "labels"}

// CardFieldForm is the form of one of them.
const CardFieldForm = "field"

// CardFieldPage changes one field of a task, beside its card.
type CardFieldPage struct {
	TaskPage
	Field string // one of CardFields
}

// Known reports whether the field is one that is changed so.
func (p CardFieldPage) Known() bool { return slices.Contains(CardFields, p.Field) }

// Name says which field of which task it is.
func (p CardFieldPage) Name(w *say.Words) string {
	c := w.Comfort
	switch p.Field {
	case "owners":
		return c.OwnersOf(p.Key)
	case "due":
		return c.DueOf(p.Key)
	case "priority":
		return c.PriorityOf(p.Key)
	case "labels":
		return c.LabelOf(p.Key)
	}
	return c.TitleOf(p.Key)
}

func (p CardFieldPage) action() string            { return p.url("card", p.Field) }
func (p CardFieldPage) fault() *fault.Fault       { return p.wrong(CardFieldForm, p.Field) }
func (p CardFieldPage) typed(saved string) string { return p.value(CardFieldForm, p.Field, saved) }
func (p CardFieldPage) ticked(value string, saved bool) bool {
	return p.chosen(CardFieldForm, p.Field, value, saved)
}

// quickDue are days that are chosen by one click: a day from today, and its word.
func quickDue(ctx context.Context) []Option {
	w, now := say.In(ctx).Comfort, frame(ctx).Now
	var options []Option
	for _, o := range []struct {
		days int
		word string
	}{{0, w.Today}, {1, w.Tomorrow}, {7, w.NextWeek}} {
		options = append(options, Option{now.AddDate(0, 0, o.days).Format("2006-01-02"), o.word})
	}
	return append(options, Option{"", w.NoDate})
}
