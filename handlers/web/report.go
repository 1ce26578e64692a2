package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowBoardReport shows how work flowed on a board. A period that cannot be
// understood comes back as it was typed, with the usual one shown.
func (w *Web) ShowBoardReport(c echo.Context) error { return showReport(c, w.boardReport) }

// ShowBoardReportTasks lists the tasks that a number of the report counts.
func (w *Web) ShowBoardReportTasks(c echo.Context) error { return showReportTasks(c, w.boardReport) }

// ShowBoardReportCSV sends a part of the report for spreadsheets.
func (w *Web) ShowBoardReportCSV(c echo.Context) error { return showReportCSV(c, w.boardReport) }

func (w *Web) boardReport(c echo.Context) (views.Report, error) {
	v, err := w.Store.BoardReport(c.Request().Context(), actor(c), c.Param("board"), c.QueryParams())
	return views.BoardReport(v), err
}

// ShowTemplateReport shows how the runs of a template flowed.
func (w *Web) ShowTemplateReport(c echo.Context) error { return showReport(c, w.templateReport) }

// ShowTemplateReportTasks lists the tasks that a number of that report counts.
func (w *Web) ShowTemplateReportTasks(c echo.Context) error {
	return showReportTasks(c, w.templateReport)
}

// ShowTemplateReportCSV sends a part of that report for spreadsheets.
func (w *Web) ShowTemplateReportCSV(c echo.Context) error { return showReportCSV(c, w.templateReport) }

func (w *Web) templateReport(c echo.Context) (views.Report, error) {
	v, err := w.Store.TemplateReport(c.Request().Context(), actor(c), c.Param("template"), c.QueryParams())
	return views.TemplateReport(v), err
}

// ShowTeamReport shows how a team's work flowed, or that of one person in it.
func (w *Web) ShowTeamReport(c echo.Context) error { return showReport(c, w.teamReport) }

// ShowTeamReportTasks lists the tasks that a number of that report counts.
func (w *Web) ShowTeamReportTasks(c echo.Context) error { return showReportTasks(c, w.teamReport) }

// ShowTeamReportCSV sends a part of that report for spreadsheets.
func (w *Web) ShowTeamReportCSV(c echo.Context) error { return showReportCSV(c, w.teamReport) }

func (w *Web) teamReport(c echo.Context) (views.Report, error) {
	v, err := w.Store.TeamReport(c.Request().Context(), actor(c), c.Param("team"), c.QueryParams())
	return views.TeamReport(say.In(c.Request().Context()), v), err
}

// ShowMyReport shows how somebody's own work flowed.
func (w *Web) ShowMyReport(c echo.Context) error { return showReport(c, w.myReport) }

// ShowMyReportTasks lists the tasks that a number of that report counts.
func (w *Web) ShowMyReportTasks(c echo.Context) error { return showReportTasks(c, w.myReport) }

// ShowMyReportCSV sends a part of that report for spreadsheets.
func (w *Web) ShowMyReportCSV(c echo.Context) error { return showReportCSV(c, w.myReport) }

func (w *Web) myReport(c echo.Context) (views.Report, error) {
	v, err := w.Store.MyReport(c.Request().Context(), actor(c), c.QueryParams())
	return views.MyReport(say.In(c.Request().Context()), v), err
}

// aReport makes a report of what a request asks for. With an Invalid fault it is the
// one for the usual period.
type aReport func(echo.Context) (views.Report, error)

func showReport(c echo.Context, of aReport) error {
	r, err := of(c)
	f, status := refused(err), http.StatusOK
	switch {
	case reading(err) != nil:
		return awaitReport(c, r, reading(err))
	case f != nil:
		r.Problem, r.From, r.To = f, clean(c.QueryParam("from")), clean(c.QueryParam("to"))
		status = http.StatusUnprocessableEntity
	case err != nil:
		return err
	}
	return show(c, status, views.ReportOf(r))
}

// reading returns err if a log is still being read for a report.
func reading(err error) *models.StillReading {
	var still *models.StillReading
	if errors.As(err, &still) {
		return still
	}
	return nil
}

// awaitReport says how far the log is read; the page asks again by itself, which
// needs no script.
func awaitReport(c echo.Context, r views.Report, still *models.StillReading) error {
	c.Response().Header().Set("Refresh", "0")
	return show(c, http.StatusOK, views.ReportAwaited(r, *still))
}

func showReportTasks(c echo.Context, of aReport) error {
	r, err := of(c)
	if f := refused(err); f != nil || reading(err) != nil {
		return showReport(c, func(echo.Context) (views.Report, error) { return r, err })
	} else if err != nil {
		return err
	}
	if r.Page, err = strconv.Atoi(c.QueryParam("page")); err != nil || r.Page < 1 {
		r.Page = 1
	}
	return show(c, http.StatusOK, views.ReportTasks(r))
}

func showReportCSV(c echo.Context, of aReport) error {
	part := c.QueryParam("part")
	if !slices.Contains(views.ReportParts, part) {
		return fault.New(fault.Missing, fault.NotFound)
	}
	r, err := of(c)
	for reading(err) != nil { // a file comes whole, however long it takes
		r, err = of(c)
	}
	if f := refused(err); f != nil {
		return showReport(c, func(echo.Context) (views.Report, error) { return r, err })
	} else if err != nil {
		return err
	}
	words := say.In(c.Request().Context())
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", attachment(fileName(views.ReportFile(words, r, part))+".csv"))
	c.Response().WriteHeader(http.StatusOK)
	out := exchange.NewRows(c.Response())
	for _, row := range views.ReportCSV(words, r, part) {
		if err := out.Row(row); err != nil {
			return err
		}
	}
	return out.Close()
}
