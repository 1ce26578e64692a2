package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowCalendar shows a board's tasks on the days that they are due.
func (w *Web) ShowCalendar(c echo.Context) error {
	span, beyond := models.ParseSpan(c.QueryParams(), now(c))
	filter, ignored := models.ParseBoardFilter(c.QueryParams())
	by, unknown, err := w.openedBy(c, models.FaceCalendar)
	if err != nil {
		return err
	}
	watched, body, err := w.faceBody(c, views.CalendarFace(span).OpenedBy(by), filter, func(ctx context.Context) (templ.Component, error) {
		v, err := w.Store.Calendar(ctx, actor(c), c.Param("board"), span, filter)
		return views.CalendarBody(v, by, views.DayForm{}), err
	})
	if err != nil {
		return err
	}
	if fragment(c) {
		return showPieces(c, body)
	}
	return showAround(c, views.CalendarPage(watched.Board, watched.Team, views.FilterIgnored(slices.Concat(ignored, beyond, unknown), templ.Raw(bodyMark))), body)
}

// faceBody is all of a board's page, seen one way, but its frame; kept like that of
// the board.
func (w *Web) faceBody(c echo.Context, at views.Face, f models.BoardFilter, make func(context.Context) (templ.Component, error)) (models.Watched, piece, error) {
	watched, err := w.Store.Watch(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return watched, piece{}, err
	}
	key := keyOf(c, watched, f)
	key.face, key.place, key.view = at.Name, at.At.Encode(), at.View
	body, err := w.bodies.once(c, key, make)
	return watched, body, err
}

// CreateTaskOn adds a task that is due on a day. A refusal comes back in its form.
func (w *Web) CreateTaskOn(c echo.Context) error {
	ctx, who, board := c.Request().Context(), actor(c), c.Param("board")
	title, due := clean(field(c, "title")), field(c, "due")
	day, wrong := readDue(due)
	if wrong == nil {
		_, err := w.Store.AddTaskOn(ctx, who, board, *day, title)
		if _, showable := refusal(err); err != nil && !showable {
			return err
		}
		wrong = fault.From(err)
	}
	at, filter := formSpan(c), formLook(c).Filter
	switch {
	case wrong == nil && fragment(c):
		return c.NoContent(http.StatusNoContent)
	case wrong == nil:
		return goTo(c, string(views.CalendarFace(at).URL(board, filter)))
	}
	form := views.DayForm{Title: title, Due: clean(due), Problem: wrong}
	if fragment(c) {
		return show(c, statusOf(wrong), views.DayAdd(board, views.CalendarFace(at), filter, form, now(c).Format("2006-01-02")))
	}
	v, err := w.Store.Calendar(ctx, who, board, at, filter)
	if err != nil {
		return err
	}
	return show(c, statusOf(wrong), views.CalendarPage(v.Board, v.Team, views.CalendarBody(v, views.SavedView{}, form)))
}

// formSpan is the part of the calendar that a form was sent from.
func formSpan(c echo.Context) models.Span {
	asked, _ := url.ParseQuery(c.FormValue("at")) // what cannot be read asks for nothing
	span, _ := models.ParseSpan(asked, now(c))
	return span
}

// EditDates changes when a task is due, how many minutes of work it takes if that is
// said, and what would be late because of it if that is asked for, by a hand that
// moves it on a calendar or a timeline.
func (w *Web) EditDates(c echo.Context) error {
	ctx, task := c.Request().Context(), c.Param("task")
	due, wrong := readDue(field(c, "due"))
	if wrong != nil {
		return wrong
	}
	dates := models.Dates{Due: *due, Along: field(c, "along") != ""}
	if minutes, err := strconv.Atoi(field(c, "minutes")); err == nil {
		dates.Minutes = &minutes
	}
	if err := w.Store.ChangeDates(ctx, actor(c), task, seen(c), dates); err != nil {
		return err
	}
	if !fragment(c) {
		return goTo(c, string(views.TaskURL(task)))
	}
	w.offerUndo(c, task)
	return c.NoContent(http.StatusNoContent)
}
