package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowTemplateDiagram shows a template as a diagram, or what one step of it hangs
// together with; version names one that was published.
func (w *Web) ShowTemplateDiagram(c echo.Context) error {
	v, chart, err := w.templateChart(c)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.TemplateDiagramBody(v, chart))
	}
	return show(c, http.StatusOK, views.TemplateDiagramPage(v, chart))
}

func (w *Web) templateChart(c echo.Context) (models.TemplateView, models.FlowChart, error) {
	number, _ := strconv.ParseInt(c.QueryParam("version"), 10, 64) // none: the newest
	v, err := w.Store.TemplateAt(c.Request().Context(), actor(c), c.Param("template"), number)
	if err != nil {
		return v, models.FlowChart{}, err
	}
	chart := v.Chart(clean(c.QueryParam("task")), now(c))
	chart.Fold(folded(c))
	return v, chart, nil
}

// folded are the sections that the address wants to see as one node each.
func folded(c echo.Context) (sections []string) {
	for _, id := range c.QueryParams()["fold"] {
		sections = append(sections, clean(id))
	}
	return sections
}

func (w *Web) runChart(c echo.Context) (models.RunView, models.FlowChart, error) {
	v, chart, err := w.Store.RunChart(c.Request().Context(), actor(c), c.Param("run"), clean(c.QueryParam("task")))
	chart.Fold(folded(c))
	return v, chart, err
}

// ShowRunDiagram shows a run as a diagram that follows it.
func (w *Web) ShowRunDiagram(c echo.Context) error {
	v, chart, err := w.runChart(c)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.RunDiagramBody(v, chart))
	}
	return show(c, http.StatusOK, views.RunDiagramPage(v, chart))
}
