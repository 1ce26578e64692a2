package views

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"relevo/models"
)

// inviteURL is the form that invites people to a team, to arrive at one of its boards
// if that is said.
func inviteURL(team, board string) templ.SafeURL {
	to := TeamURL(team) + "/members"
	if board != "" {
		to += templ.SafeURL("?" + url.Values{"board": {board}}.Encode())
	}
	return to + "#invite"
}

// greeted reports whether the team still greets whoever looks.
func greeted(f Frame, team string) bool {
	t := f.team(team)
	return t.ID == team && t.New
}

func hasSample(h models.Home) bool {
	return slices.ContainsFunc(openBoards(h), func(b models.BoardSummary) bool { return b.Sample })
}

// arrivals are the places where somebody who was invited may arrive.
func (v PeopleView) arrivals(team string) []Option {
	options := []Option{{"", team}}
	for _, b := range v.Boards {
		options = append(options, Option{b.ID, b.Name})
	}
	return options
}

// owners are those who can invite others.
func (v PeopleView) owners() (names []string) {
	for _, m := range v.Members {
		if m.Role == "owner" {
			names = append(names, m.Name)
		}
	}
	return names
}
