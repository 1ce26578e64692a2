package tests

import (
	"maps"

	"relevo/models"
)

// How the addresses of templates of a single task are asked for.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /boards/:board/patterns":                 {},
		"GET /boards/:board/patterns/:pattern":        {},
		"PUT /boards/:board/patterns/:pattern":        {form: func(*world) []string { return []string{"name", models.NewID(), "title", "New", "priority", "0"} }},
		"DELETE /boards/:board/patterns/:pattern":     {form: func(w *world) []string { w.at["pattern"] = w.pattern(models.NewID()); return nil }},
		"POST /boards/:board/patterns/:pattern/tasks": {form: func(w *world) []string { return []string{"column", w.at["column"]} }},
		"GET /columns/:column/patterns":               {},
		"GET /tasks/:task/patterns/new":               {},
		"POST /tasks/:task/patterns":                  {form: func(*world) []string { return []string{"name", models.NewID()} }},
	})
}

// pattern saves the first task as a template of the board.
func (w *world) pattern(name string) string {
	w.t.Helper()
	w.must(w.app.Store.SavePattern(w.ctx(), w.owner(), w.tasks[0], models.PatternSave{Name: name}))
	v, err := w.app.Store.Patterns(w.ctx(), w.owner(), w.at["board"])
	w.must(err)
	for _, p := range v.Patterns {
		if p.Name == name {
			return p.ID
		}
	}
	w.t.Fatal("the template is not there")
	return ""
}
