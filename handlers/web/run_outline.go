package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// ShowRunOutline shows a run as a plain list in the order in which it is done.
func (w *Web) ShowRunOutline(c echo.Context) error {
	v, err := w.Store.RunOf(c.Request().Context(), actor(c), c.Param("run"))
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.RunOutlineBody(v))
	}
	return show(c, http.StatusOK, views.RunOutlinePage(v))
}
