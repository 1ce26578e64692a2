package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowTask shows a task: in the panel beside the page one is on, or on a page of
// its own.
func (w *Web) ShowTask(c echo.Context) error {
	return w.showTask(c, http.StatusOK, views.Back{})
}

func (w *Web) showTask(c echo.Context, status int, back views.Back) error {
	v, err := w.Store.Task(c.Request().Context(), actor(c), c.Param("task"))
	if err != nil {
		return err
	}
	page := views.TaskPage{TaskView: v, Back: back}
	if quote := page.Quoted(c.QueryParam("quote")); quote != "" {
		page.Back = views.Back{Form: views.CommentForm, Typed: url.Values{"body": {quote}}}
	}
	return w.beside(c, status, v, v.Key+" "+v.Task.Title, views.TaskPanel(page))
}

// beside shows a panel: alone to whoever has its board open, else with the board.
func (w *Web) beside(c echo.Context, status int, v models.TaskView, title string, panel templ.Component) error {
	if fragment(c) {
		return show(c, status, panel)
	}
	_, body, err := w.boardBody(c, v.Board.ID, models.Look{}, views.SavedView{})
	if err != nil {
		return err
	}
	return show(c, status, views.WithPanel(views.BoardPage(v.Board, v.Team, body), title, panel))
}

// EditTask changes the fields that the form has. With "preview" it only shows
// what the description would look like.
func (w *Web) EditTask(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	which := formOf(form)
	if which == views.DescriptionForm && form.Has("preview") {
		return w.showTask(c, http.StatusOK, views.Back{Form: which, Typed: form})
	}
	in, err := readTask(form, now(c).Location())
	if err == nil {
		err = w.Store.EditTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), in)
	}
	if field(c, "from") == "table" { // a cell: the table shows both outcomes itself
		if err == nil {
			w.offerUndo(c, c.Param("task"))
		}
		return answerBoard(c, err)
	}
	return w.afterTask(c, which, err)
}

// DeleteTask puts a task into the bin and returns to its board.
func (w *Web) DeleteTask(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	v, err := w.Store.Task(ctx, who, task)
	if err != nil {
		return err
	}
	if err := w.Store.DeleteTask(ctx, who, task, seen(c)); err != nil {
		return w.afterTask(c, views.DeleteForm, err)
	}
	w.offerUndo(c, task)
	board := string(views.BoardURL(v.Board.ID))
	if fragment(c) {
		c.Response().Header().Set("HX-Redirect", board)
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, board)
}

// afterTask answers a change to a task: with the task as it is now, or with the
// form that asked for the change, what was typed in it and what is wrong.
func (w *Web) afterTask(c echo.Context, form string, err error) error {
	f := fault.From(err)
	switch {
	case err == nil && fragment(c):
		w.offerUndo(c, c.Param("task"))
		return w.showTask(c, http.StatusOK, views.Back{})
	case err == nil && back(c) != "":
		return goTo(c, back(c))
	case err == nil:
		return c.Redirect(http.StatusSeeOther, string(views.TaskURL(c.Param("task"))))
	case f == nil || f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.Stale:
		return err
	}
	return w.showTask(c, statusOf(f), views.Back{Form: form, Typed: typed(c), Problem: f})
}

// back is the page that a change was made from, if it is one to go back to.
func back(c echo.Context) string {
	switch at, query, _ := strings.Cut(field(c, "back"), "?"); at {
	case myWork:
		return myWork
	case "/inbox":
		q, err := url.ParseQuery(query)
		if err != nil {
			return at
		}
		return string(inboxPlace(q).URL())
	}
	return ""
}

// statusOf is the HTTP status of a form that is shown again.
func statusOf(f *fault.Fault) int {
	if f.Kind == fault.Invalid {
		return http.StatusUnprocessableEntity
	}
	return http.StatusConflict
}

// typed is what the form holds, fit to be shown again.
func typed(c echo.Context) url.Values {
	form, err := c.FormParams()
	if err != nil {
		return url.Values{}
	}
	fit := url.Values{}
	for name, values := range form {
		for _, v := range values {
			fit.Add(name, clean(v))
		}
	}
	return fit
}
