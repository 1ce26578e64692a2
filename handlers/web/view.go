package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// openedBy finds the saved view that an address says it was opened by. One that is
// gone, or somebody else's, is none; ignored names it.
func (w *Web) openedBy(c echo.Context, face string) (by views.SavedView, ignored []string, err error) {
	id := clean(c.QueryParam("view"))
	if id == "" || id == views.WholeBoard {
		return by, nil, nil
	}
	v, err := w.Store.View(c.Request().Context(), actor(c), c.Param("board"), id)
	if f := fault.From(err); f != nil && f.Kind == fault.Missing {
		return by, []string{"view"}, nil
	} else if err != nil {
		return by, nil, err
	}
	changed := v.Face != face || v.Query != models.ViewQuery(face, c.QueryParams())
	return views.SavedView{ID: v.ID, Name: v.Name, Changed: changed}, nil, nil
}

// opens leads to the view that a board opens with, if somebody asks for the board and
// nothing else.
func (w *Web) opens(c echo.Context) (path string, err error) {
	if fragment(c) || len(c.QueryParams()) > 0 {
		return "", nil
	}
	v, err := w.Store.DefaultView(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil || v.ID == "" {
		return "", err
	}
	return string(views.ViewURL(v)), nil
}

// ShowViews lists a board's saved views: in the menu of whoever looks at it, or on a
// page of their own.
func (w *Web) ShowViews(c echo.Context) error {
	return w.showViews(c, http.StatusOK, views.ViewForm{})
}

func (w *Web) showViews(c echo.Context, status int, form views.ViewForm) error {
	v, err := w.Store.Views(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	part := views.ViewsPart{SavedViews: v, Form: form, Current: c.QueryParam("view")}
	if face := c.QueryParam("face"); face != "" {
		part.Face, part.Query = face, models.ViewQuery(face, c.QueryParams())
	}
	if fragment(c) {
		return show(c, status, views.ViewMenu(part))
	}
	return show(c, status, views.ViewsPage(part))
}

// ShowView leads to what a view shows.
func (w *Web) ShowView(c echo.Context) error {
	v, err := w.Store.View(c.Request().Context(), actor(c), c.Param("board"), c.Param("view"))
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, string(views.ViewURL(v)))
}

// ShowNewView asks for the name of a new view.
func (w *Web) ShowNewView(c echo.Context) error {
	return w.showNewView(c, http.StatusOK, c.QueryParam("face"), c.QueryParam("query"), views.ViewForm{})
}

func (w *Web) showNewView(c echo.Context, status int, face, query string, form views.ViewForm) error {
	v, err := w.Store.Views(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	asked, _ := url.ParseQuery(query) // what cannot be read asks for nothing
	part := views.ViewsPart{SavedViews: v, Face: clean(face), Query: models.ViewQuery(face, asked), Form: form}
	if fragment(c) {
		return show(c, status, views.NewView(part))
	}
	return show(c, status, views.NewViewPage(part))
}

// CreateView saves what somebody looks at under a name.
func (w *Web) CreateView(c echo.Context) error {
	look := viewLook(c)
	form := views.ViewForm{Name: clean(field(c, "name")), Shared: field(c, "shared") == "on", Default: field(c, "default") == "on"}
	v, err := w.Store.SaveView(c.Request().Context(), actor(c), c.Param("board"),
		models.ViewInput{Name: form.Name, Face: look.Face, Query: look.Query, Shared: form.Shared, Default: form.Default})
	if status, showable := refusal(err); showable {
		form.Problem = err
		return w.showNewView(c, status, look.Face, look.Query.Encode(), form)
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.ViewURL(v)))
}

// viewLook reads what a form says that a view shows.
func viewLook(c echo.Context) models.ViewLook {
	asked, _ := url.ParseQuery(c.FormValue("query")) // what cannot be read asks for nothing
	return models.ViewLook{Face: field(c, "face"), Query: asked}
}

// EditView renames a view, or makes it show what somebody looks at.
func (w *Web) EditView(c echo.Context) error {
	var in models.ViewEdit
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	view := c.Param("view")
	if form.Has("name") {
		name := clean(form.Get("name"))
		in.Name = &name
	}
	if form.Has("face") {
		look := viewLook(c)
		in.Look = &look
	}
	err = w.Store.EditView(c.Request().Context(), actor(c), c.Param("board"), view, in)
	if status, showable := refusal(err); showable && in.Name != nil {
		return w.showViews(c, status, views.ViewForm{ID: view, Name: *in.Name, Problem: err})
	}
	if err != nil {
		return err
	}
	if in.Look != nil {
		return goTo(c, string(views.ViewsURL(c.Param("board"), view)))
	}
	return w.toViews(c)
}

func (w *Web) toViews(c echo.Context) error {
	return goTo(c, string(views.ViewsURL(c.Param("board"))))
}

// afterView answers a change of a view.
func (w *Web) afterView(c echo.Context, err error) error {
	if status, showable := refusal(err); showable {
		return w.showViews(c, status, w.refusedView(c, err))
	}
	if err != nil {
		return err
	}
	return w.toViews(c)
}

// refusedView is the form of a view that what was asked of it is told beside.
func (w *Web) refusedView(c echo.Context, err error) views.ViewForm {
	v, missing := w.Store.View(c.Request().Context(), actor(c), c.Param("board"), c.Param("view"))
	if missing != nil {
		return views.ViewForm{Problem: err}
	}
	return views.ViewForm{ID: v.ID, Name: v.Name, Problem: err}
}

// DeleteView forgets a view.
func (w *Web) DeleteView(c echo.Context) error {
	return w.afterView(c, w.Store.RemoveView(c.Request().Context(), actor(c), c.Param("board"), c.Param("view")))
}

// CreateSharing shares one's own view with all who see the board.
func (w *Web) CreateSharing(c echo.Context) error {
	return w.afterView(c, w.Store.ShareView(c.Request().Context(), actor(c), c.Param("board"), c.Param("view")))
}

// DeleteSharing makes a shared view one's own.
func (w *Web) DeleteSharing(c echo.Context) error {
	return w.afterView(c, w.Store.WithdrawView(c.Request().Context(), actor(c), c.Param("board"), c.Param("view")))
}

// CreateDefault makes a board open with a view.
func (w *Web) CreateDefault(c echo.Context) error {
	return w.afterView(c, w.Store.OpenWith(c.Request().Context(), actor(c), c.Param("board"), c.Param("view")))
}

// DeleteDefault makes a board open as usual.
func (w *Web) DeleteDefault(c echo.Context) error {
	ctx, who, board := c.Request().Context(), actor(c), c.Param("board")
	if _, err := w.Store.View(ctx, who, board, c.Param("view")); err != nil {
		return err
	}
	return w.afterView(c, w.Store.OpenWith(ctx, who, board, ""))
}
