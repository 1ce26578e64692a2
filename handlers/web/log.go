package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowLog shows a page of a team's log. Filters that cannot be understood come
// back as they were typed, with what is wrong beside them.
func (w *Web) ShowLog(c echo.Context) error {
	asked := func(name string) string { return clean(strings.TrimSpace(c.QueryParam(name))) }
	q := models.LogQuery{Person: asked("person"), Action: asked("action"), Board: asked("board"), Task: asked("task"),
		From: asked("from"), To: asked("to"), By: asked("by"), Before: below(c)}
	v, err := w.Store.Log(c.Request().Context(), actor(c), c.Param("team"), q)
	f, status := refused(err), http.StatusOK
	switch {
	case f != nil:
		status = http.StatusUnprocessableEntity
	case err != nil:
		return err
	}
	return show(c, status, views.Log(views.LogPage{LogView: v, Query: q, Problem: f}))
}

// below is the number of the entry below which a page begins; 0: the newest page.
func below(c echo.Context) int64 {
	n, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
