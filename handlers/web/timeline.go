package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowTimeline shows a board's tasks as they can be done one after the other.
func (w *Web) ShowTimeline(c echo.Context) error {
	today := now(c)
	reach, beyond := models.ParseReach(c.QueryParams(), today)
	filter, ignored := models.ParseBoardFilter(c.QueryParams())
	by, unknown, err := w.openedBy(c, models.FaceTimeline)
	if err != nil {
		return err
	}
	watched, body, err := w.faceBody(c, views.TimelineFace(reach, today).OpenedBy(by), filter, func(ctx context.Context) (templ.Component, error) {
		v, err := w.Store.Timeline(ctx, actor(c), c.Param("board"), reach, filter)
		return views.TimelineBody(v, by), err
	})
	if err != nil {
		return err
	}
	if fragment(c) {
		return showPieces(c, body)
	}
	return showAround(c, views.TimelinePage(watched.Board, watched.Team, views.FilterIgnored(slices.Concat(ignored, beyond, unknown), templ.Raw(bodyMark))), body)
}

// ShowDates says what other dates of a task would push. Without a date it is what
// the task has.
func (w *Web) ShowDates(c echo.Context) error {
	due, wrong := readDue(c.QueryParam("due"))
	if wrong != nil {
		return wrong
	}
	stretch := c.QueryParam("stretch") != ""
	v, err := w.Store.PreviewDates(c.Request().Context(), actor(c), c.Param("task"), *due, stretch)
	if err == nil && !c.QueryParams().Has("due") && v.Task.Due != "" {
		v, err = w.Store.PreviewDates(c.Request().Context(), actor(c), c.Param("task"), v.Task.Due, false)
	}
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.DatesForm(v, stretch))
	}
	return show(c, http.StatusOK, views.DatesPage(v, stretch))
}
