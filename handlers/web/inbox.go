package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// ShowInbox shows a page of what the person was told.
func (w *Web) ShowInbox(c echo.Context) error {
	below := clean(c.QueryParam("before"))
	v, err := w.Store.Inbox(c.Request().Context(), actor(c), below)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.InboxList(v, below))
	}
	return show(c, http.StatusOK, views.Inbox(v, below))
}

// ReadNotice marks one notice as read.
func (w *Web) ReadNotice(c echo.Context) error {
	return w.afterReading(c, w.Store.MarkNoticeRead(c.Request().Context(), actor(c), c.Param("notice")))
}

// ReadTask marks what was told of a task as read: the person has opened it.
func (w *Web) ReadTask(c echo.Context) error {
	return w.afterReading(c, w.Store.MarkTaskRead(c.Request().Context(), actor(c), c.Param("task")))
}

// ReadAll marks everything as read.
func (w *Web) ReadAll(c echo.Context) error {
	return w.afterReading(c, w.Store.MarkAllNoticesRead(c.Request().Context(), actor(c)))
}

// afterReading leads back to the page of the inbox that one was on. A task that
// was opened on another page wants no answer.
func (w *Web) afterReading(c echo.Context, err error) error {
	switch {
	case err != nil:
		return err
	case fragment(c) && field(c, "quiet") != "":
		return c.NoContent(http.StatusNoContent)
	}
	return goTo(c, string(views.InboxURL(field(c, "before"))))
}
