package views

import (
	"net/url"

	"relevo/models/playbook"
	"relevo/views/say"
)

// prefillExample shows how a link fills in the first inputs of a form.
func prefillExample(w *say.Words, d playbook.Definition) string {
	const shown = 2
	var text string
	for i, f := range d.Inputs[:min(shown, len(d.Inputs))] {
		sign := "?"
		if i > 0 {
			sign = "&"
		}
		text += sign + url.QueryEscape(f.ID) + "=" + url.QueryEscape(w.Ways.Filled)
	}
	return text
}
