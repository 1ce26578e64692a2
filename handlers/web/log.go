package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowLog shows a page of a team's log. Filters that cannot be understood come
// back as they were typed, with what is wrong beside them.
func (w *Web) ShowLog(c echo.Context) error {
	q := logQuery(c)
	q.Before = below(c)
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

// ShowLogPrint shows the log, or what the filters let through, as it goes on paper.
func (w *Web) ShowLogPrint(c echo.Context) error {
	q := logQuery(c)
	v, err := w.Store.PrintLog(c.Request().Context(), actor(c), c.Param("team"), q)
	if refused(err) != nil {
		return c.Redirect(http.StatusSeeOther, string(views.LogPage{LogView: v.LogView, Query: q}.URL())) // where the filters are
	} else if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.LogPrint(v, q))
}

// logQuery is what is asked of the log, by an address or a form.
func logQuery(c echo.Context) models.LogQuery {
	at := url.Values{}
	for _, asked := range (models.LogQuery{}).Each() {
		at.Set(asked.Name, clean(field(c, asked.Name)))
	}
	return models.ReadLogQuery(at)
}

// below is the number of the entry below which a page begins; 0: the newest page.
func below(c echo.Context) int64 {
	n, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
