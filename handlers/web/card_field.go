package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowCardActions lists what one can do with a card.
func (w *Web) ShowCardActions(c echo.Context) error {
	page, err := w.cardField(c, views.Back{})
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.CardActions(page.TaskPage))
	}
	return w.beside(c, http.StatusOK, page.TaskView, say.In(c.Request().Context()).Comfort.Actions(page.Key), views.CardActionsPanel(page.TaskPage))
}

// ShowCardField asks for one field of a task.
func (w *Web) ShowCardField(c echo.Context) error {
	return w.showCardField(c, http.StatusOK, views.Back{})
}

func (w *Web) showCardField(c echo.Context, status int, back views.Back) error {
	page, err := w.cardField(c, back)
	if err != nil {
		return err
	}
	if !page.Known() {
		return fault.New(fault.Missing, fault.NotFound)
	}
	if fragment(c) {
		return show(c, status, views.CardField(page))
	}
	return w.beside(c, status, page.TaskView, page.Name(say.In(c.Request().Context())), views.CardFieldPanel(page))
}

func (w *Web) cardField(c echo.Context, back views.Back) (views.CardFieldPage, error) {
	v, err := w.Store.Task(c.Request().Context(), actor(c), c.Param("task"))
	if err == nil {
		err = allow(v.Role, access.EditTask)
	}
	return views.CardFieldPage{TaskPage: views.TaskPage{TaskView: v, Back: back}, Field: c.Param("part")}, err
}

// EditCardField changes one field of a task. A refusal comes back with what was
// typed, beside the card.
func (w *Web) EditCardField(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	task, field := c.Param("task"), c.Param("part")
	if !(views.CardFieldPage{Field: field}).Known() || !form.Has(field) {
		return fault.New(fault.Missing, fault.NotFound)
	}
	in, err := readTask(url.Values{field: form[field]}, now(c).Location())
	if err == nil {
		err = w.Store.EditTask(c.Request().Context(), actor(c), task, seen(c), in)
	}
	f := fault.From(err)
	switch {
	case err == nil && fragment(c):
		w.offerUndo(c, task)
		return c.NoContent(http.StatusNoContent)
	case err == nil:
		return c.Redirect(http.StatusSeeOther, string(views.TaskURL(task)))
	case f == nil || f.Kind == fault.Missing || f.Kind == fault.Forbidden:
		return err
	}
	return w.showCardField(c, Status(f.Kind), views.Back{Form: views.CardFieldForm, Typed: typed(c), Problem: f})
}
