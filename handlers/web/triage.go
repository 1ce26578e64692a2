package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ReadNotice marks one notice as read.
func (w *Web) ReadNotice(c echo.Context) error {
	return w.afterTriage(c, w.Store.MarkNoticeRead(c.Request().Context(), actor(c), c.Param("notice")))
}

// UnreadNotice marks one notice as unread.
func (w *Web) UnreadNotice(c echo.Context) error {
	return w.afterTriage(c, w.Store.MarkNoticeUnread(c.Request().Context(), actor(c), c.Param("notice")))
}

// ReadTask marks what was told of a task as read: the person has opened it.
func (w *Web) ReadTask(c echo.Context) error {
	err := w.Store.MarkTaskRead(c.Request().Context(), actor(c), c.Param("task"))
	if err == nil && fragment(c) && field(c, "quiet") != "" {
		return c.NoContent(http.StatusNoContent)
	}
	return w.afterTriage(c, err)
}

// UnreadTask marks the last that was told of a task as unread.
func (w *Web) UnreadTask(c echo.Context) error {
	return w.afterTriage(c, w.Store.MarkTaskUnread(c.Request().Context(), actor(c), c.Param("task")))
}

// ReadAll marks everything as read.
func (w *Web) ReadAll(c echo.Context) error {
	return w.afterTriage(c, w.Store.MarkAllNoticesRead(c.Request().Context(), actor(c)))
}

// ClearTask takes a task out of the inbox.
func (w *Web) ClearTask(c echo.Context) error {
	err := w.Store.ClearTask(c.Request().Context(), actor(c), c.Param("task"))
	return w.afterTriage(c, err, w.didTo(c, "clearing", func(w *say.Words, task string) string { return w.Hear.DidClear(task) }))
}

// ReturnTask brings it back.
func (w *Web) ReturnTask(c echo.Context) error {
	return w.afterTriage(c, w.Store.ReturnTask(c.Request().Context(), actor(c), c.Param("task")))
}

// ClearRead takes all that is read out of the inbox.
func (w *Web) ClearRead(c echo.Context) error {
	return w.afterTriage(c, w.Store.ClearRead(c.Request().Context(), actor(c)))
}

// SnoozeTask puts a task out of sight until a time.
func (w *Web) SnoozeTask(c echo.Context) error {
	day := models.Date(clean(field(c, "day")))
	at, err := w.Store.SnoozeTask(c.Request().Context(), actor(c), c.Param("task"), models.Until(field(c, "until")), day)
	if f := refused(err); f != nil {
		return w.snoozeAgain(c, string(day), f)
	}
	return w.afterTriage(c, err, w.didTo(c, "snooze", func(w *say.Words, task string) string {
		return w.Hear.DidSnooze(task, w.Moment(at.In(now(c).Location()), now(c)))
	}))
}

// snoozeAgain asks again until when: with scripts by a notice, as the page stays.
func (w *Web) snoozeAgain(c echo.Context, day string, f *fault.Fault) error {
	if fragment(c) {
		return f
	}
	v, err := w.Store.Task(c.Request().Context(), actor(c), c.Param("task"))
	if err != nil {
		return err
	}
	return show(c, http.StatusUnprocessableEntity, views.InboxSnooze(v, inboxAt(c), day, f, now(c)))
}

// WakeTask brings a task back that was put out of sight.
func (w *Web) WakeTask(c echo.Context) error {
	return w.afterTriage(c, w.Store.WakeTask(c.Request().Context(), actor(c), c.Param("task")))
}

// SnoozeNotice puts one notice out of sight until a time.
func (w *Web) SnoozeNotice(c echo.Context) error {
	_, err := w.Store.SnoozeNotice(c.Request().Context(), actor(c), c.Param("notice"), models.Until(field(c, "until")), models.Date(clean(field(c, "day"))))
	return w.afterTriage(c, err)
}

// didTo says what was done to a task, with a way to take it back.
func (w *Web) didTo(c echo.Context, undo string, words func(*say.Words, string) string) func() (templ.Component, error) {
	return func() (templ.Component, error) {
		ref, err := w.Store.TaskName(c.Request().Context(), actor(c), c.Param("task"))
		text := words(say.In(c.Request().Context()), ref.Key)
		return views.InboxDid(text, string(views.TaskURL(ref.ID))+"/"+undo, inboxAt(c)), err
	}
}

// afterTriage shows the page of the inbox again that one was on, and besides what was
// done.
func (w *Web) afterTriage(c echo.Context, err error, did ...func() (templ.Component, error)) error {
	p := inboxAt(c)
	switch {
	case err != nil:
		return err
	case !fragment(c):
		return goTo(c, string(p.URL()))
	}
	v, err := w.Store.Inbox(c.Request().Context(), actor(c), p.InboxFilter, p.Before)
	if err != nil {
		return err
	}
	parts := []templ.Component{views.InboxList(v, p)}
	for _, say := range did {
		part, err := say()
		if err != nil {
			return err
		}
		parts = append(parts, part)
	}
	return show(c, http.StatusOK, templ.Join(parts...))
}
