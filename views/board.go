// Package views renders what people see: a file per page, and parts that pages
// share. It shows what the models' verbs return and words of views/say.
package views

import (
	"encoding/json"
	neturl "net/url"
	"slices"
	"strconv"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/views/say"
)

// boardWords hands the board's script what it says by itself.
func boardWords(w *say.Words) string {
	b, err := json.Marshal(map[string]any{
		"quick":   map[string]string{"offers": w.Quick.Offers, "help": w.Quick.Help},
		"addMany": w.Board.AddMany, "movedTo": w.Board.MovedTo, "notMoved": w.Board.NotMoved,
		"hidden": w.Lens.Hidden, "notByHand": w.Table.NotByHand, "override": w.Board.Override, "close": w.General.Close, "cancel": w.General.Cancel,
		"atEnd": w.Comfort.AtEnd, "title": w.Comfort.TitleOf("{task}"), "pick": w.Bulk.Box("{task}"), "pickAll": w.Bulk.Column("{column}"),
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

// shownBy is what an open board adds to the addresses of what it fetches.
func shownBy(l models.Look, by SavedView) string {
	shown := l.Query()
	if by.ID == "" {
		return shown
	}
	if shown != "" {
		shown += "&"
	}
	return shown + "view=" + neturl.QueryEscape(by.ID)
}

// flag is an attribute's value that scripts read: "1" or none.
func flag(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// cards counts all that a board shows.
func cards(lanes []models.Lane) int {
	n := 0
	for _, l := range lanes {
		n += l.Count
	}
	return n
}

// noTasks reports whether a board has no tasks at all, shown or not.
func noTasks(v models.BoardView) bool { return cards(v.Lanes)+v.Cancelled+v.Archived == 0 }

// firstReady is the lane where the first task is best added.
func firstReady(lanes []models.Lane) int {
	return max(0, slices.IndexFunc(lanes, func(l models.Lane) bool { return l.State == flow.Ready }))
}

// fullness is a lane's count in words, for who cannot see the tint.
func fullness(s sight, l models.Lane) string {
	var all string
	switch {
	case l.WIPLimit == 0:
		all = s.w.Board.Tasks(l.Count)
	case l.Count > l.WIPLimit:
		all = s.w.Board.OverLimit(l.Count, l.WIPLimit)
	default:
		all = s.w.Board.Limit(l.Count, l.WIPLimit)
	}
	if s.filter.Asks() {
		return s.w.Lens.Among(l.Matches, all)
	}
	return all
}

// fill is the same in figures.
func fill(s sight, l models.Lane) string {
	all := strconv.Itoa(l.Count)
	if l.WIPLimit > 0 {
		all += " / " + strconv.Itoa(l.WIPLimit)
	}
	if s.filter.Asks() {
		return s.w.Lens.Of(strconv.Itoa(l.Matches), all)
	}
	return all
}

func tint(l models.Lane) string {
	switch {
	case l.WIPLimit == 0 || l.Count < l.WIPLimit:
		return ""
	case l.Count > l.WIPLimit:
		return "over"
	}
	return "full"
}

// below is the address of the window under a lane's last card that is shown.
func below(s sight, l models.Lane) string {
	url := "/columns/" + l.ID + "/cards"
	if n := len(l.Cards); n > 0 {
		url += "?below=" + neturl.QueryEscape(l.Cards[n-1].Below())
		if shown := s.look().Query(); shown != "" {
			url += "&" + shown
		}
		if s.lane != "" {
			url += "&lane=" + neturl.QueryEscape(s.lane)
		}
	}
	return url
}

// leftOf names the column that the i-th goes before when it moves one to the
// left, rightOf likewise; empty: last.
func leftOf(lanes []models.Lane, i int) string { return lanes[i-1].ID }
func rightOf(lanes []models.Lane, i int) string {
	if i+2 < len(lanes) {
		return lanes[i+2].ID
	}
	return ""
}

// moved reports whether a task is among those that have just moved by themselves.
func moved(all []models.Moved, task string) bool {
	return slices.ContainsFunc(all, func(m models.Moved) bool { return m.Task.ID == task })
}

// mostSaid is how many automatic moves are told one by one.
const mostSaid = 3

func saidMoves(s sight, moved []models.Moved) string {
	text := ""
	for i, m := range moved {
		if i == mostSaid {
			return text + s.w.Board.SaidMore(len(moved)-mostSaid)
		}
		text += s.said(m) + " "
	}
	return text
}

// total and finished count a board in a list of boards.
func total(b models.BoardSummary) int {
	n := 0
	for state, c := range b.Counts {
		if state != flow.Cancelled {
			n += c
		}
	}
	return n
}

// shownStates are the states that a summary of a board tells of.
var shownStates = []flow.State{flow.Waiting, flow.Ready, flow.InProgress, flow.InReview, flow.Done}

func stateOptions(w *say.Words) []Option {
	options := make([]Option, 0, len(flow.States))
	for _, s := range flow.States {
		options = append(options, Option{string(s), w.Names.State[s]})
	}
	return options
}

// laneOptions are a board's other columns, to send a column's cards to.
func laneOptions(lanes []models.Lane, but string) []Option {
	var options []Option
	for _, l := range lanes {
		if l.ID != but {
			options = append(options, Option{l.ID, l.Name})
		}
	}
	return options
}

// MayEditBoard reports whether a role changes boards and their columns.
func MayEditBoard(r access.Role) bool { return access.Can(r, access.EditBoard) }

// openBoards and archivedBoards part a team's boards.
func openBoards(h models.Home) []models.BoardSummary     { return part(h.Boards, false) }
func archivedBoards(h models.Home) []models.BoardSummary { return part(h.Boards, true) }

func part(all []models.BoardSummary, archived bool) []models.BoardSummary {
	var some []models.BoardSummary
	for _, b := range all {
		if (b.ArchivedAt != nil) == archived {
			some = append(some, b)
		}
	}
	return some
}
