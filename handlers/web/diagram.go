package web

import (
	"context"
	"mime"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowDiagram shows who waits for whom on a board, or around one task of it.
func (w *Web) ShowDiagram(c echo.Context) error {
	filter, ignored := models.ParseBoardFilter(c.QueryParams())
	focus := clean(c.QueryParam("task"))
	watched, body, err := w.faceBody(c, views.DiagramFace(focus), filter, func(ctx context.Context) (templ.Component, error) {
		v, err := w.Store.Diagram(ctx, actor(c), c.Param("board"), focus, filter)
		return views.DiagramBody(v), err
	})
	if err != nil {
		return err
	}
	if fragment(c) {
		return showPieces(c, body)
	}
	return showAround(c, views.DiagramPage(watched.Board, watched.Team, views.FilterIgnored(ignored, templ.Raw(bodyMark))), body)
}

// ShowDiagramFile sends a board's diagram as a file.
func (w *Web) ShowDiagramFile(c echo.Context) error {
	filter, _ := models.ParseBoardFilter(c.QueryParams())
	v, err := w.Store.Diagram(c.Request().Context(), actor(c), c.Param("board"), clean(c.QueryParam("task")), filter)
	if err != nil {
		return err
	}
	return sendDiagram(c, views.CarryBoard(framed(c), v))
}

// ShowTemplateDiagramFile sends a template's diagram as a file.
func (w *Web) ShowTemplateDiagramFile(c echo.Context) error {
	v, chart, err := w.templateChart(c)
	if err != nil {
		return err
	}
	return sendDiagram(c, views.CarryTemplate(framed(c), v, chart))
}

// ShowRunDiagramFile sends a run's diagram as a file, as the run stands.
func (w *Web) ShowRunDiagramFile(c echo.Context) error {
	v, chart, err := w.runChart(c)
	if err != nil {
		return err
	}
	return sendDiagram(c, views.CarryRun(framed(c), v, chart))
}

// framed is the context of who asks, for views that are no pages.
func framed(c echo.Context) context.Context {
	return views.WithFrame(c.Request().Context(), views.Frame{Who: actor(c), Now: now(c)})
}

// sendDiagram sends a diagram in the form that the address ends with, to be kept.
func sendDiagram(c echo.Context, d views.Carried) error {
	form := c.Param("form")
	var kind string
	var body []byte
	var err error
	switch form {
	case "svg":
		kind = "image/svg+xml"
		body, err = render(c, d.SVG())
	case "mmd":
		kind, body = "text/vnd.mermaid; charset=utf-8", d.Mermaid()
	case "bpmn":
		kind, body = "application/xml; charset=utf-8", d.BPMN()
	default:
		return fault.New(fault.Missing, fault.NotFound)
	}
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(d.Name) + "." + form}))
	return c.Blob(http.StatusOK, kind, body)
}
