package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// ShowHistory shows what happened to a task: in the panel's place, or on a page of
// its own.
func (w *Web) ShowHistory(c echo.Context) error {
	v, err := w.Store.History(c.Request().Context(), actor(c), c.Param("task"), below(c))
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.HistoryPanel(v, below(c)))
	}
	return show(c, http.StatusOK, views.History(v, below(c)))
}
