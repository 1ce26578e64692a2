package views

import (
	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// Export is the page on which a form is chosen to take the log away in.
type Export struct {
	models.LogCount
	Query   models.LogQuery
	Kept    int64  // size of a head that the reader has kept
	Form    string // chosen
	Problem *fault.Fault
}

// asked words the filters, one by one.
func (x Export) asked(w *say.Words) []say.Changed { return askedWords(w, x.Query, x.Names()) }

// chosen reports whether a form is the one that is ticked.
func (x Export) chosen(form string) bool {
	return form == x.Form || x.Form == "" && form == models.ExportForms[0]
}
