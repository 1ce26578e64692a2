package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowTable shows a board's tasks as rows.
func (w *Web) ShowTable(c echo.Context) error {
	ask, ignored := tableAsk(c)
	by, unknown, err := w.openedBy(c, models.FaceTable)
	if err != nil {
		return err
	}
	watched, body, err := w.tableBody(c, ask, by, views.TableBody)
	if err != nil {
		return err
	}
	if fragment(c) {
		return showPieces(c, body)
	}
	return showAround(c, views.TablePage(watched.Board, watched.Team, views.FilterIgnored(append(ignored, unknown...), templ.Raw(bodyMark))), body)
}

// ShowTableRows shows the rows of a group after one of them: to add to a page, or
// as a page of their own.
func (w *Web) ShowTableRows(c echo.Context) error {
	if !fragment(c) {
		return w.ShowTable(c)
	}
	ask, _ := tableAsk(c)
	by, _, err := w.openedBy(c, models.FaceTable)
	if err != nil {
		return err
	}
	_, rows, err := w.tableBody(c, ask, by, views.TableRows)
	if err != nil {
		return err
	}
	return showPieces(c, rows)
}

// mostShown bounds how many groups can be asked for by name.
const mostShown = 100

// tableAsk reads which part of a table is asked for. What an open page has of a
// group already comes as "shown": the number of rows and the group's key.
func tableAsk(c echo.Context) (models.TableAsk, []string) {
	asked := c.QueryParams()
	look, ignored := models.ParseLook(asked)
	look, more := look.OfTable()
	ignored = append(ignored, more...)
	ask := models.TableAsk{Look: look, After: clean(asked.Get("after")), Group: clean(asked.Get("in")), Shown: map[string]int{}}
	for _, s := range asked["shown"][:min(len(asked["shown"]), mostShown)] {
		count, key, _ := strings.Cut(s, " ")
		if n, err := strconv.Atoi(count); err == nil && n > 0 {
			ask.Shown[clean(key)] = n
		}
	}
	return ask, ignored
}

// tableBody is a table without its frame, or rows of it; kept as boardBody is.
func (w *Web) tableBody(c echo.Context, ask models.TableAsk, by views.SavedView, show func(views.TablePart) templ.Component) (models.Watched, piece, error) {
	board := c.Param("board")
	watched, err := w.Store.Watch(c.Request().Context(), actor(c), board)
	if err != nil {
		return watched, piece{}, err
	}
	key := keyOf(c, watched, ask.Look.Filter)
	key.face, key.place, key.view = models.FaceTable, place(c), by
	body, err := w.bodies.once(c, key, func(ctx context.Context) (templ.Component, error) {
		v, err := w.Store.Table(ctx, actor(c), board, ask)
		return show(views.TablePart{TableView: v, View: by}), err
	})
	return watched, body, err
}

// place is what else a part of a table depends on: all of its address, and whether
// it is the whole.
func place(c echo.Context) string {
	asked := c.QueryParams()
	slices.Sort(asked["shown"])
	return c.Path() + "?" + asked.Encode()
}
