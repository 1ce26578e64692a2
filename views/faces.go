package views

import (
	"maps"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"relevo/models"
)

// Face is a way to look at a board's tasks, and which part of them it shows.
type Face struct {
	Name string     // one of faces; it is the end of its address, too
	At   url.Values // what its address says besides the filter
	View SavedView  // that it was opened by
}

// theBoard is the face that a board has at its own address.
var theBoard = Face{Name: "board"}

// faces are the names of all ways to look at a board, with their icons.
var faces = []struct{ name, icon string }{{"board", "board"}, {"table", "table"}, {"calendar", "calendar"}, {"timeline", "timeline"}, {"diagram", "diagram"}}

// URL is the face's address, with a part of the board's tasks.
func (f Face) URL(board string, filter models.BoardFilter) templ.SafeURL {
	url := BoardURL(board)
	if f.Name != theBoard.Name {
		url += templ.SafeURL("/" + f.Name)
	}
	query := f.At.Encode()
	if filter.Asks() {
		if query != "" {
			query += "&"
		}
		query += filter.Query()
	}
	if query == "" && f.Name == theBoard.Name {
		query = "view=" + WholeBoard // and not what the board opens with
	}
	if query != "" {
		url += templ.SafeURL("?" + query)
	}
	return url
}

// names are what the face's address says besides the filter, in order.
func (f Face) names() []string { return slices.Sorted(maps.Keys(f.At)) }

// OpenedBy is the face as a saved view opened it; its links keep that.
func (f Face) OpenedBy(by SavedView) Face {
	f.At, f.View = by.in(f.At), by
	return f
}

// boardFace is the board in some order, opened by a view.
func boardFace(l models.Look, by SavedView) Face {
	return Face{Name: theBoard.Name, At: l.Arrangement()}.OpenedBy(by)
}

// LookURL is a board's page as somebody looks at it.
func LookURL(board string, l models.Look) templ.SafeURL {
	return boardFace(l, SavedView{}).URL(board, l.Filter)
}
