package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// myWork is the page to go back to after a change that was made from there.
const myWork = "/my-work"

// ShowMyWork shows what the person has to do. "all" names a group that is shown
// whole.
func (w *Web) ShowMyWork(c echo.Context) error {
	v, err := w.Store.MyWork(c.Request().Context(), actor(c), models.WorkGroup(c.QueryParam("all")))
	if err != nil {
		return err
	}
	address := c.Request().URL.RequestURI()
	if fragment(c) {
		return show(c, http.StatusOK, views.MyWorkList(v, address))
	}
	return show(c, http.StatusOK, views.MyWork(v, address))
}
