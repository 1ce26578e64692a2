package views

import (
	"encoding/json"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/static"
)

// agesFrom is after how many working days a card says how long it has been in its
// state: for most work that is when somebody might ask.
const agesFrom = 3

// staleness is how far a card has faded, from 1 to 3; it only adds to the number.
func staleness(c models.Card) string {
	switch {
	case c.Age < 2*agesFrom:
		return "1"
	case c.Age < 4*agesFrom:
		return "2"
	}
	return "3"
}

func (s sight) ageIn(c models.Card) string {
	return s.w.Comfort.AgeIn(c.Age, s.w.Names.State[c.State])
}

// DeedsURL is where a deed is done to many of a board's tasks.
func DeedsURL(board string, l models.Look) templ.SafeURL {
	url := BoardURL(board) + "/deeds/new"
	if asked := l.Query(); asked != "" {
		url += templ.SafeURL("?" + asked)
	}
	return url
}

// comfortParts tells the board's script where that is which it fetches when it is
// first needed.
var comfortParts = func() string {
	b, err := json.Marshal(map[string][]string{
		"pick":  {static.URL("pick.js"), static.URL("pick.css")},
		"edit":  {static.URL("edit.js"), static.URL("edit.css")},
		"quick": {static.URL("quick.js"), static.URL("quick.css")},
		"drag":  {static.URL("drag.js")},
		"lines": {static.URL("lines.js"), static.URL("lines.css")},
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}()
