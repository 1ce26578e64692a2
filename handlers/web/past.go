package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowPastBoard shows a board as it was at a moment.
func (w *Web) ShowPastBoard(c echo.Context) error {
	p, status, err := pastPage(w.Store.PastBoard(c.Request().Context(), actor(c), c.Param("board"), pastQuery(c)))
	if err != nil {
		return err
	}
	p.Whole = c.QueryParam("column")
	return show(c, status, views.PastBoard(p))
}

// ShowPastBoardDiagram shows who waited for whom on it.
func (w *Web) ShowPastBoardDiagram(c echo.Context) error {
	p, status, err := pastPage(w.Store.PastBoard(c.Request().Context(), actor(c), c.Param("board"), pastQuery(c)))
	if err != nil {
		return err
	}
	return showPastDiagram(c, status, p)
}

// ShowPastTask shows a task of it.
func (w *Web) ShowPastTask(c echo.Context) error {
	t, err := w.Store.PastTask(c.Request().Context(), actor(c), c.Param("board"), c.Param("task"), pastQuery(c))
	p, status, err := pastPage(t.PastView, err)
	if err != nil {
		return err
	}
	return show(c, status, views.PastTask(p, t))
}

// ShowPastRun shows a run as it was at a moment.
func (w *Web) ShowPastRun(c echo.Context) error {
	p, status, err := pastPage(w.Store.PastRun(c.Request().Context(), actor(c), c.Param("run"), pastQuery(c)))
	if err != nil {
		return err
	}
	return show(c, status, views.PastRun(p))
}

// ShowPastRunDiagram shows its diagram as it was.
func (w *Web) ShowPastRunDiagram(c echo.Context) error {
	p, status, err := pastPage(w.Store.PastRun(c.Request().Context(), actor(c), c.Param("run"), pastQuery(c)))
	if err != nil {
		return err
	}
	return showPastDiagram(c, status, p)
}

func showPastDiagram(c echo.Context, status int, p views.PastPage) error {
	p.Focus = clean(c.QueryParam("task"))
	if fragment(c) {
		return show(c, status, views.PastDiagramBody(p))
	}
	return show(c, status, views.PastDiagram(p))
}

// pastPage is the page of what was; a time that cannot be understood comes back beside
// its field, with what is now.
func pastPage(v models.PastView, err error) (views.PastPage, int, error) {
	f := refused(err)
	if f != nil {
		return views.PastPage{PastView: v, Problem: f}, http.StatusUnprocessableEntity, nil
	}
	return views.PastPage{PastView: v}, http.StatusOK, err
}

func pastQuery(c echo.Context) models.PastQuery {
	n, err := strconv.ParseInt(c.QueryParam("entry"), 10, 64)
	if err != nil || n < 0 {
		n = 0
	}
	return models.PastQuery{Entry: n, At: clean(c.QueryParam("at"))}
}

// ShowBoardSince tells what has changed on a board since a moment.
func (w *Web) ShowBoardSince(c echo.Context) error {
	v, err := w.Store.BoardSince(c.Request().Context(), actor(c), c.Param("board"), clean(field(c, "from")))
	return showSince(c, v, err)
}

// ShowRunSince tells what has changed in a run since a moment.
func (w *Web) ShowRunSince(c echo.Context) error {
	v, err := w.Store.RunSince(c.Request().Context(), actor(c), c.Param("run"), clean(field(c, "from")))
	return showSince(c, v, err)
}

func showSince(c echo.Context, v models.SinceView, err error) error {
	var f *fault.Fault
	status := http.StatusOK
	if f = refused(err); f != nil {
		status = http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	}
	return show(c, status, views.Since(views.SincePage{SinceView: v, Problem: f}))
}
