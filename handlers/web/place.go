package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowPlace offers where a task can be moved to.
func (w *Web) ShowPlace(c echo.Context) error {
	return w.showPlace(c, http.StatusOK, views.PlacePage{})
}

func (w *Web) showPlace(c echo.Context, status int, page views.PlacePage) error {
	ctx, who := c.Request().Context(), actor(c)
	var err error
	if page.TaskView, err = w.Store.Task(ctx, who, c.Param("task")); err != nil {
		return err
	}
	if err := allow(page.Role, access.EditTask); err != nil {
		return err
	}
	board, err := w.Store.Board(ctx, who, page.Board.ID)
	if err != nil {
		return err
	}
	page.Lanes = board.Lanes
	return w.beside(c, status, page.TaskView, say.In(ctx).Task.MoveTitle(page.Key), views.PlacePanel(page))
}

// EditPlace moves a task. A refusal comes back where the move was asked for: on
// the page of places, or beside the buttons of the task.
func (w *Web) EditPlace(c echo.Context) error {
	to := models.Place{Column: clean(field(c, "column")), Before: clean(field(c, "before")), Override: clean(field(c, "override")), Lane: laneMove(c)}
	err := w.place(c, to)
	if field(c, "from") == "board" { // dragged: the board shows both outcomes itself
		if err == nil {
			w.offerUndo(c, c.Param("task"))
		}
		return answerBoard(c, err)
	}
	f := fault.From(err)
	if field(c, "from") != "place" || f == nil || f.Kind == fault.Missing || f.Kind == fault.Forbidden {
		return w.afterTask(c, views.StateForm, err)
	}
	return w.showPlace(c, statusOf(f), views.PlacePage{Column: to.Column, Typed: to.Override, Problem: f})
}

// laneMove reads which swimlane a card leaves for which other one.
func laneMove(c echo.Context) models.LaneMove {
	return models.LaneMove{By: clean(field(c, "lanes")), From: clean(field(c, "lane_from")), To: clean(field(c, "lane_to"))}
}

func answerBoard(c echo.Context, err error) error {
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

func (w *Web) place(c echo.Context, to models.Place) error {
	if c.Request().PostForm.Has("override") && to.Override == "" {
		return fault.On("reason", fault.ReasonNeeded)
	}
	return w.Store.MoveTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), to)
}
