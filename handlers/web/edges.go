package web

import (
	"context"
	"encoding/json"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views/say"
)

// ShowEdges tells the script that draws lines on a board who holds whom, and how it
// says so. It is the same for all who see the board in one language, and is made once
// for each sequence of the log.
func (w *Web) ShowEdges(c echo.Context) error {
	board := c.Param("board")
	watched, err := w.Store.Watch(c.Request().Context(), actor(c), board)
	if err != nil {
		return err
	}
	words := say.In(c.Request().Context())
	body, err := w.bodies.once(c, bodyKey{board: board, seq: watched.Seq, face: "edges", lang: words.Lang}, func(ctx context.Context) (templ.Component, error) {
		edges, err := w.Store.Edges(ctx, actor(c), board)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(edgesJSON(edges, words))
		return templ.Raw(string(text)), err
	})
	if err != nil {
		return err
	}
	return sendPieces(c, echo.MIMEApplicationJSON, body)
}

// edgesJSON is as short as it can be: a board has hundreds. A task is its ID, its
// key, its column and the name of another board; an edge is two places among the
// tasks, and 1 if it is open.
func edgesJSON(e models.Edges, words *say.Words) map[string]any {
	tasks := make([][4]string, len(e.Tasks))
	for i, t := range e.Tasks {
		tasks[i] = [4]string{t.ID, t.Key, t.Column, t.Board}
	}
	edges := make([][3]int, len(e.Edges))
	for i, d := range e.Edges {
		edges[i] = [3]int{d.Prerequisite, d.Dependent, 0}
		if d.Open {
			edges[i][2] = 1
		}
	}
	return map[string]any{"tasks": tasks, "edges": edges, "left": e.Left, "words": words.Lines.Script}
}
