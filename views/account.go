package views

import (
	"slices"
	"strings"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// SignUpForm is the form for an account, with what was typed.
type SignUpForm struct {
	Name, Email, Zone string
	Invitation        string // token of the invitation that leads here
	Next              string // where to go afterwards
	Problem           *fault.Fault
}

// SignInForm is the form to log in, with what was typed.
type SignInForm struct {
	Email      string
	Next       string // where to go afterwards
	Invitation string
	SignedUp   bool // an account may just have been made
	Erased     bool // theirs was just erased
	SignUpOpen bool // offer to make one
	Problem    *fault.Fault
}

// AccountView is a person's own page.
type AccountView struct {
	User     models.User
	Sessions []models.Session
	Current  string // ID of the session that asks
	Done     string // what was just done: profile, password, session, sessions

	Profile         models.ProfileInput
	ProfileProblem  *fault.Fault
	PasswordProblem *fault.Fault
}

// done words what was just done.
func (v AccountView) done(w *say.Words) string {
	switch v.Done {
	case "profile":
		return w.Account.ProfileSaved
	case "password":
		return w.Account.PasswordChanged
	case "session":
		return w.Account.EndedOne
	case "sessions":
		return w.Account.EndedAll
	}
	return ""
}

// SettingsView is the administrator's page.
type SettingsView struct {
	SignUp  models.SignUpMode
	Done    bool
	Erased  bool // somebody was, just now
	Problem *fault.Fault
}

// titled marks the title of a page whose form was refused, which is what a screen
// reader says first.
func titled(w *say.Words, title string, problems ...*fault.Fault) string {
	for _, f := range problems {
		if f != nil {
			return w.Account.Mistake + ": " + title
		}
	}
	return title
}

func zoneOptions(chosen string) []Option {
	zones := models.Zones()
	if chosen != "" && !slices.Contains(zones, chosen) {
		zones = append([]string{chosen}, zones...)
	}
	options := make([]Option, len(zones))
	for i, zone := range zones {
		options[i] = Option{zone, strings.ReplaceAll(zone, "_", " ")}
	}
	return options
}

func langOptions() []Option {
	options := make([]Option, len(say.Langs))
	for i, words := range say.Langs {
		options[i] = Option{words.Lang, words.Name}
	}
	return options
}

// agentName says which browser a session began in, as far as it tells.
func agentName(w *say.Words, agent string) string {
	browser := firstIn(agent, "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chromium", "Chromium", "Chrome/", "Chrome", "Safari/", "Safari")
	system := firstIn(agent, "Windows", "Windows", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux")
	switch {
	case browser == "":
		return w.Account.UnknownBrowser
	case system == "":
		return browser
	}
	return w.Account.Browser(browser, system)
}

// firstIn returns the name after the first mark that s has: mark, name, mark, name …
func firstIn(s string, marks ...string) string {
	for i := 0; i+1 < len(marks); i += 2 {
		if strings.Contains(s, marks[i]) {
			return marks[i+1]
		}
	}
	return ""
}
