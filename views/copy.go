package views

import (
	"net/url"
	"slices"

	"relevo/models"
)

// Typed is what a form that comes back was sent with; nil where it is new.
type Typed url.Values

// or is a field's value, or the usual one in a new form.
func (t Typed) or(name, usual string) string {
	if t == nil {
		return usual
	}
	return url.Values(t).Get(name)
}

// ticked reports whether a box is.
func (t Typed) ticked(name string, usual bool) bool {
	if t == nil {
		return usual
	}
	return url.Values(t).Has(name)
}

// dated reports whether an item has a date of its own.
func dated(items []models.ItemView) bool {
	return slices.ContainsFunc(items, func(i models.ItemView) bool { return i.Due != "" })
}
