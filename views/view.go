package views

import (
	"maps"
	"net/url"
)

// SavedView is the saved view that a page was opened by; zero: none.
type SavedView struct {
	ID, Name string
}

// in says in an address that it was opened by the view.
func (v SavedView) in(at url.Values) url.Values {
	if v.ID == "" {
		return at
	}
	at = maps.Clone(at)
	at.Set("view", v.ID)
	return at
}
