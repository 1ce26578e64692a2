package tests

import (
	"maps"

	"relevo/models"
)

// How the addresses are asked for that play templates and show runs elsewhere.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /templates/:template/play": {},
		"GET /runs/:run/links":          {},
		"POST /runs/:run/links":         {form: func(w *world) []string { return append(w.inRun(), "place", "Intranet") }},
		"DELETE /runs/:run/links/:link": {form: func(w *world) []string { w.shown(); return nil }},
		"GET /shown/:token":             {form: func(w *world) []string { w.shown(); return nil }},
		"GET /shown/:token/diagram.svg": {form: func(w *world) []string { w.shown(); return nil }},
	})
}

// shown makes a link to the run's diagram.
func (w *world) shown() {
	w.t.Helper()
	w.inRun()
	token, link, err := w.app.Store.MakeRunLink(w.ctx(), w.owner(), w.at["run"], models.RunLinkInput{Place: "Intranet"})
	w.must(err)
	w.at["token"], w.at["link"] = token, link.ID
}
