package tests

import "maps"

// How the address of a rehearsal is asked for.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /templates/:template/rehearsal": {query: "?seed=7&rounds=200"},
	})
}
