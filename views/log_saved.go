package views

import (
	"net/url"

	"github.com/a-h/templ"

	"relevo/models"
)

// SavedPart is the saved filters of a team's log, with what somebody types about one.
type SavedPart struct {
	models.SavedLogs
	Form SavedForm
}

// SavedForm is what somebody says of a saved filter, as it was typed; without an ID it
// is for a new one.
type SavedForm struct {
	ID, Name string
	Shared   bool
	Query    models.LogQuery // what a new one asks
	Problem  error
}

// of is the form of one filter: as it came back, if it is that one, else as saved.
func (f SavedForm) of(saved models.LogSaved) SavedForm {
	if f.ID == saved.ID {
		return f
	}
	return SavedForm{ID: saved.ID, Name: saved.Name}
}

// FiltersURL is the address of the saved filters of a team's log, or of one of them.
func FiltersURL(team string, more ...string) templ.SafeURL {
	address := logURL(team) + "/filters"
	for _, m := range more {
		address += templ.SafeURL("/" + m)
	}
	return address
}

// SavedURL is the page of the log that a saved filter shows.
func SavedURL(f models.LogSaved) templ.SafeURL {
	return logURL(f.TeamID) + templ.SafeURL("?"+f.Query)
}

// LogOf is the log of a team, asked about one run or one template.
func LogOf(team, what, id string) templ.SafeURL {
	return logURL(team) + templ.SafeURL("?"+url.Values{what: {id}}.Encode())
}

// known reports whether what is asked is saved already.
func (p LogPage) known() bool {
	for _, f := range p.Saved.All() {
		if f.Query == p.Query.Address() {
			return true
		}
	}
	return false
}
