package views

import (
	"relevo/models"
	"relevo/models/fault"
	"relevo/models/ledger"
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
func (x Export) asked(w *say.Words) []say.Changed {
	names := x.Names()
	var e ledger.Entry
	for _, a := range x.Query.Each() {
		if a.Value != "" {
			e.Changes = append(e.Changes, ledger.Change{Field: "asked_" + a.Name, To: a.Value, ToText: names[a.Value]})
		}
	}
	return w.AllChanges(e, nil)
}

// chosen reports whether a form is the one that is ticked.
func (x Export) chosen(form string) bool {
	return form == x.Form || x.Form == "" && form == models.ExportForms[0]
}
