package web

import (
	"context"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
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
