package tests

import (
	"maps"

	"relevo/models"
)

// How the addresses of links by which outsiders do a step are asked for.
func init() {
	maps.Copy(visits, map[string]visit{
		"POST /runs/:run/tasks/:task/links":         {form: func(w *world) []string { return append(w.inRun(), "whom", "Mario", "days", "7") }},
		"DELETE /runs/:run/tasks/:task/links/:link": {form: func(w *world) []string { w.outsider(); return nil }},
		"GET /step/:token":                          {form: func(w *world) []string { w.outsider(); return nil }},
		"POST /step/:token/answers": {form: func(w *world) []string {
			w.outsider()
			return []string{"version", "999999", "answer.found", "It works"}
		}},
		"POST /step/:token/completion": {form: func(w *world) []string {
			w.outsider()
			return []string{"version", "999999", "answer.found", "It works"}
		}},
	})
}

// outsider makes a link to the run's step.
func (w *world) outsider() {
	w.t.Helper()
	w.inRun()
	token, link, err := w.app.Store.MakeStepLink(w.ctx(), w.owner(), w.at["task"], models.StepLinkInput{Whom: "mario@example.org", Days: 7})
	w.must(err)
	w.at["token"], w.at["link"] = token, link.ID
}
