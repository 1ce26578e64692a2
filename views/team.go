package views

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views/say"
)

// TeamForm is the form of a team, with what was typed.
type TeamForm struct {
	Name, Zone string
	Problem    *fault.Fault
}

// TeamSettingsView is a team's own page of settings.
type TeamSettingsView struct {
	Team models.MyTeam
	Form TeamForm
	Done bool
}

// PeopleView is the page of a team's people.
type PeopleView struct {
	models.TeamView
	Done    string // what was just done: role, removed, withdrawn
	Link    string // of an invitation just made; shown this once
	Form    InvitationForm
	Problem *fault.Fault // of something other than the form
}

// InvitationForm is the form of an invitation, with what was typed.
type InvitationForm struct {
	Label, Role, Days, Uses string
	Board                   string // at which they arrive; empty: at the team's boards
	Problem                 *fault.Fault
}

func (v PeopleView) manages() bool { return access.Can(v.Team.Role, access.ManageMembers) }

// done words what was just done.
func (v PeopleView) done(w *say.Words) string {
	switch v.Done {
	case "role":
		return w.Team.RoleChanged
	case "removed":
		return w.Team.Removed
	case "withdrawn":
		return w.Team.Withdrawn
	}
	return ""
}

// InvitedView is the page behind an invitation's link.
type InvitedView struct {
	models.InvitationView
	Token      string
	Next       string // where somebody arrives who joins; empty: at the team's boards
	SignUpOpen bool
	Problem    *fault.Fault
}

func roleOptions(w *say.Words) []Option {
	options := make([]Option, len(access.Roles))
	for i, role := range access.Roles {
		options[i] = Option{string(role), w.Names.Role[string(role)] + ": " + w.Team.RoleHints[string(role)]}
	}
	return options
}

func useOptions(w *say.Words) []Option {
	return []Option{{"1", w.Team.UsesOne}, {"0", w.Team.UsesMany}}
}

// invitationName is what owners know an invitation by.
func invitationName(w *say.Words, inv models.InvitationView) string {
	if inv.Label == "" {
		return w.Team.NoLabel
	}
	return inv.Label
}

// InvitationURL is the address of the page behind an invitation's link.
func InvitationURL(token string) templ.SafeURL { return templ.SafeURL("/invitations/" + token) }

func withInvitation(path, token, next string) templ.SafeURL {
	asked := url.Values{}
	if token != "" {
		asked.Set("invitation", token)
	}
	if next != "" && next != "/" {
		asked.Set("next", next)
	}
	if len(asked) == 0 {
		return templ.SafeURL(path)
	}
	return templ.SafeURL(path + "?" + asked.Encode())
}

func days(n int) templ.Attributes {
	return templ.Attributes{"min": strconv.Itoa(models.LeastDays), "max": strconv.Itoa(n), "inputmode": "numeric"}
}
