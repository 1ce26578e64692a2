package tests

import (
	"maps"
	"net/http"
)

// How the addresses by which people are erased are asked for. Nobody is: what is typed
// to confirm is wrong.
func init() {
	maps.Copy(visits, map[string]visit{
		"GET /account/erasure":   {},
		"POST /account/erasure":  {form: plain("current", "wrong", "typed", "x"), want: http.StatusUnprocessableEntity},
		"GET /settings/erasure":  {want: http.StatusUnprocessableEntity},
		"POST /settings/erasure": {form: plain("email", "nobody@example.org", "typed", "x"), want: http.StatusUnprocessableEntity},
	})
}
