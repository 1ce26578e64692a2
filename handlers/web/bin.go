package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// ShowBin lists a board's deleted tasks.
func (w *Web) ShowBin(c echo.Context) error {
	v, err := w.Store.Bin(c.Request().Context(), actor(c), c.Param("board"), c.QueryParam("below"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.BinPage(v))
}

// DeleteDeletion brings a deleted task back, and shows it.
func (w *Web) DeleteDeletion(c echo.Context) error {
	if err := w.Store.RecallTask(c.Request().Context(), actor(c), c.Param("task")); err != nil {
		return err
	}
	return goTo(c, string(views.TaskURL(c.Param("task"))))
}
