package views

import (
	"maps"
	"net/url"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/views/say"
)

// SavedView is the saved view that a page was opened by; zero: none.
type SavedView struct {
	ID, Name string
	Changed  bool // one does not look at it as it was saved
}

// WholeBoard stands in an address for no view at all, not even the one that the board
// opens with.
const WholeBoard = "all"

// in says in an address that it was opened by the view.
func (v SavedView) in(at url.Values) url.Values {
	if v.ID == "" {
		return at
	}
	kept := url.Values{}
	maps.Copy(kept, at)
	kept.Set("view", v.ID)
	return kept
}

// ViewsURL is the address of a board's saved views, or of one of them.
func ViewsURL(board string, more ...string) templ.SafeURL {
	url := BoardURL(board) + "/views"
	for _, m := range more {
		url += templ.SafeURL("/" + m)
	}
	return url
}

// ViewURL is the page that a view shows.
func ViewURL(v models.SavedView) templ.SafeURL {
	at, _ := url.ParseQuery(v.Query) // it is our own writing
	at.Set("view", v.ID)
	return Face{Name: v.Face, At: at}.URL(v.BoardID, models.BoardFilter{})
}

// ViewsPart is a board's saved views, beside what somebody looks at.
type ViewsPart struct {
	models.SavedViews
	Face    string // what they look at
	Query   string
	Current string // the view that it was opened by; empty: none
	Form    ViewForm
}

// ViewForm is what somebody says of a view, as it was typed; without an ID it is for
// a new one.
type ViewForm struct {
	ID, Name        string
	Shared, Default bool
	Problem         error
}

// now is the view that is looked at, if it is one of these.
func (p ViewsPart) now() (models.SavedView, bool) {
	for _, all := range [][]models.SavedView{p.Own, p.Shared} {
		for _, v := range all {
			if v.ID == p.Current {
				return v, true
			}
		}
	}
	return models.SavedView{}, false
}

// changed reports whether one looks at the view in another way than it was saved.
func (p ViewsPart) changed(v models.SavedView) bool { return v.Face != p.Face || v.Query != p.Query }

// mayEdit reports whether a view is theirs to change.
func (p ViewsPart) mayEdit(v models.SavedView) bool {
	return !v.Shared() || access.Can(p.Role, access.EditBoard)
}

// saving is the address of the form that saves what is looked at.
func (p ViewsPart) saving() templ.SafeURL {
	return ViewsURL(p.Board.ID, "new") + templ.SafeURL("?"+url.Values{"face": {p.Face}, "query": {p.Query}}.Encode())
}

// asking is where the menu of views is fetched, for what one looks at.
func (f Face) asking(board string, filter models.BoardFilter) templ.SafeURL {
	at := maps.Clone(f.At)
	if at == nil {
		at = url.Values{}
	}
	query, _ := url.ParseQuery(filter.Query())
	maps.Copy(at, query)
	at.Set("face", f.Name)
	if f.View.ID != "" {
		at.Set("view", f.View.ID)
	}
	return ViewsURL(board) + templ.SafeURL("?"+at.Encode())
}

// faceName is what a way to look is called.
func faceName(w *say.Words, face string) string { return w.Faces.Names[face] }

// faceIcon is the picture of a way to look.
func faceIcon(face string) string {
	for _, f := range faces {
		if f.name == face {
			return f.icon
		}
	}
	return "bookmark"
}

// of is the form of one view: as it came back, if it is that one, else as saved.
func (f ViewForm) of(v models.SavedView) ViewForm {
	if f.ID == v.ID {
		return f
	}
	return ViewForm{ID: v.ID, Name: v.Name}
}
