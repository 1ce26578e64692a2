package views

import (
	"slices"
	"strconv"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// DeedPage is where one deed is done to many tasks of a board. After a refusal it
// has what was chosen, and why nothing was done.
type DeedPage struct {
	models.BoardView
	Look                  models.Look // how the board is looked at
	Tasks                 []string
	Person, Label, Reason string
	Due                   string
	Problem               error
}

func (p DeedPage) url() string { return string(BoardURL(p.Board.ID)) + "/deeds" }

func (p DeedPage) chosen(task string) bool { return slices.Contains(p.Tasks, task) }

// refused is the fault for a field of the bar; nil if there is nothing wrong with it.
func (p DeedPage) refused(field string) *fault.Fault { return fault.From(p.Problem).For(field) }

func (p DeedPage) personOptions() []Option {
	options := make([]Option, len(p.Members))
	for i, m := range p.Members {
		options[i] = Option{m.ID, m.Name}
	}
	return options
}

func (p DeedPage) labelOptions() []Option {
	options := make([]Option, len(p.Labels))
	for i, l := range p.Labels {
		options[i] = Option{l.ID, l.Name}
	}
	return options
}

// do is the value of a button that does a deed, with what the deed brings.
func do(deed models.Deed, with string) string {
	if with == "" {
		return string(deed)
	}
	return string(deed) + " " + with
}

func prioritise(p models.Priority) string { return do(models.DeedPrioritise, strconv.Itoa(int(p))) }

// noDate is what DeedDue brings when there is to be no date any more.
const noDate = "none"

// firstOnly says how many of a column are chosen where there are more.
func firstOnly(w *say.Words) string { return w.Bulk.FirstOnly(models.MaxBulk) }
