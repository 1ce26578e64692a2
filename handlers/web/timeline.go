package web

import (
	"context"
	"net/http"
	"slices"
	"time"

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

// ShowRunTimeline shows a run's steps as they were planned, went, and can go on. What
// the address leaves open is chosen so that all of the run is in sight.
func (w *Web) ShowRunTimeline(c echo.Context) error {
	reach, ignored := models.ParseReach(c.QueryParams(), now(c))
	if c.QueryParam("zoom") == "" || slices.Contains(ignored, "zoom") {
		reach.Zoom = ""
	}
	if c.QueryParam("from") == "" || slices.Contains(ignored, "from") {
		reach.First = time.Time{}
	}
	v, line, err := w.Store.RunTimeline(c.Request().Context(), actor(c), c.Param("run"), reach)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.RunTimelineBody(v, line))
	}
	return show(c, http.StatusOK, views.RunTimelinePage(v, line))
}

// ShowDates says what other dates of a task would push. Without a date it is what
// the task has; what cannot be one comes back beside its field.
func (w *Web) ShowDates(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	typed := c.QueryParam("due")
	how := views.DatesAsked{Stretch: c.QueryParam("stretch") != "", Tried: c.QueryParams().Has("due"), Typed: clean(typed)}
	due, wrong := readDue(typed)
	how.Problem = wrong
	var v models.DatesView
	var err error
	if how.Tried && wrong == nil {
		v, err = w.Store.PreviewDates(ctx, who, task, *due, how.Stretch)
	} else {
		v, err = w.Store.DatesOf(ctx, who, task)
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = statusOf(wrong)
	}
	if fragment(c) {
		return show(c, status, views.DatesForm(v, how))
	}
	return show(c, status, views.DatesPage(v, how))
}
