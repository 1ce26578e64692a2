package tests

import "maps"

// How the addresses of the past are asked for.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /boards/:board/past":         {query: "?entry=3"},
		"GET /boards/:board/past/diagram": {query: "?at=2030-01-01"},
		"GET /boards/:board/past/:task":   {},
		"GET /boards/:board/since":        {query: "?from=monday"},
		"GET /runs/:run/past":             {form: func(w *world) []string { w.inRun(); return nil }},
		"GET /runs/:run/past/diagram":     {form: func(w *world) []string { w.inRun(); return nil }},
		"GET /runs/:run/since":            {form: func(w *world) []string { w.inRun(); return nil }, query: "?from=monday"},
	})
}
