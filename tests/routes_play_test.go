package tests

import "maps"

// How the addresses are asked for that play templates and show runs elsewhere.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /templates/:template/play": {},
	})
}
