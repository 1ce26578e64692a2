package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
	"relevo/views/say"
)

// ShowNewCopy asks what a copy of a task has of it, and where it goes.
func (w *Web) ShowNewCopy(c echo.Context) error {
	return w.showCopy(c, http.StatusOK, views.BringPage{})
}

func (w *Web) showCopy(c echo.Context, status int, page views.BringPage) error {
	var err error
	if page.Bringing, err = w.Store.Bringing(c.Request().Context(), actor(c), c.Param("task")); err != nil {
		return err
	}
	return w.beside(c, status, page.TaskView, say.In(c.Request().Context()).Again.CopyTitle(page.Key), views.CopyPanel(page))
}

// CreateCopy makes a copy of a task and leads to it.
func (w *Web) CreateCopy(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	id, err := w.Store.CopyTask(c.Request().Context(), actor(c), c.Param("task"), models.CopyInput{
		Title: clean(form.Get("title")), Board: clean(form.Get("board")), Owners: form.Has("owners"), Due: form.Has("due"),
		Items: form.Has("items"), Files: form.Has("files"), Prerequisites: form.Has("prerequisites"), Dependents: form.Has("dependents")})
	if status, showable := refusal(err); showable {
		return w.showCopy(c, status, views.BringPage{Typed: views.Typed(typed(c)), Problem: err})
	}
	if err != nil {
		return err
	}
	w.offerUndo(c, id)
	return goTo(c, string(views.TaskURL(id)))
}

// ShowTransfer asks to which board a task is moved.
func (w *Web) ShowTransfer(c echo.Context) error {
	return w.showTransfer(c, http.StatusOK, views.BringPage{})
}

func (w *Web) showTransfer(c echo.Context, status int, page views.BringPage) error {
	var err error
	if page.Bringing, err = w.Store.Bringing(c.Request().Context(), actor(c), c.Param("task")); err != nil {
		return err
	}
	return w.beside(c, status, page.TaskView, say.In(c.Request().Context()).Again.TransferTitle(page.Key), views.TransferPanel(page))
}

// EditBoardOfTask moves a task to another board and leads there.
func (w *Web) EditBoardOfTask(c echo.Context) error {
	task := c.Param("task")
	err := w.Store.TransferTask(c.Request().Context(), actor(c), task, seen(c), clean(field(c, "board")))
	if status, showable := refusal(err); showable {
		return w.showTransfer(c, status, views.BringPage{Typed: views.Typed(typed(c)), Problem: err})
	}
	if err != nil {
		return err
	}
	w.offerUndo(c, task)
	return goTo(c, string(views.TaskURL(task)))
}
