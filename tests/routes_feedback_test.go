package tests

import (
	"maps"
	"net/http"

	"relevo/models"
)

// How the addresses of feedback are asked for.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /feedback/new":                {},
		"POST /feedback":                   {form: plain("body", "Well done", "kind", "praise", "page", "/my-work"), want: http.StatusOK},
		"GET /feedback/mine":               {},
		"GET /feedback":                    {query: "?show=open"},
		"POST /feedback/:remark/reading":   {form: func(w *world) []string { w.remark(w.asks.Actor()); return []string{"version", "1"} }},
		"PUT /feedback/:remark/answer":     {form: func(w *world) []string { w.remark(w.owner()); return []string{"version", "0", "answer", "Thanks"} }},
		"PUT /feedback/:remark/closing":    {form: func(w *world) []string { w.remark(w.owner()); return nil }},
		"DELETE /feedback/:remark/closing": {form: func(w *world) []string { w.remark(w.owner()); return nil }},
	})
}

// remark makes the path name a remark of somebody; of the owner's, if they cannot make one.
func (w *world) remark(who models.Actor) {
	w.t.Helper()
	if who.ID == "" {
		who = w.owner()
	}
	w.must(w.app.Store.SendRemark(w.ctx(), who, models.RemarkInput{Body: "Hello"}))
	v, err := w.app.Store.MyRemarks(w.ctx(), who, "")
	w.must(err)
	w.at["remark"] = v.Lines[0].ID
}
