package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/find"
	"relevo/views"
)

// ShowSearch finds among everything that the person may see. "from" is the place
// of the first result to show.
func (w *Web) ShowSearch(c echo.Context) error {
	from, _ := strconv.Atoi(c.QueryParam("from"))
	v, err := w.Store.Search(c.Request().Context(), actor(c), find.Parse(clean(field(c, "q"))), from)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SearchPage(v))
}

// ShowPalette lists what can be done and where one can go, for what was typed: with
// the task and on the board at hand, if there are such. Without scripts the search
// takes its place.
func (w *Web) ShowPalette(c echo.Context) error {
	typed := clean(field(c, "q"))
	if !fragment(c) {
		return goTo(c, "/search?"+url.Values{"q": {typed}}.Encode())
	}
	p := views.Palette{Typed: typed}
	if err := w.atHand(c, &p); err != nil {
		return err
	}
	ctx, who := c.Request().Context(), actor(c)
	if err := w.readQuick(c, &p); err != nil {
		return err
	}
	var err error
	if p.Teams, err = w.Store.Teams(ctx, who); err != nil {
		return err
	}
	if p.Found, err = w.Store.Search(ctx, who, find.Parse(typed), 0); err != nil {
		return err
	}
	return show(c, http.StatusOK, views.PaletteOptions(p))
}

// atHand reads the task and the board that the palette is opened on.
func (w *Web) atHand(c echo.Context, p *views.Palette) error {
	ctx, who := c.Request().Context(), actor(c)
	board := c.QueryParam("board")
	if task := c.QueryParam("task"); task != "" {
		v, err := w.Store.Task(ctx, who, task)
		if err != nil && !gone(err) {
			return err
		}
		if err == nil && access.Can(v.Role, access.EditTask) {
			p.Task = &v
		}
	}
	if board == "" {
		return nil
	}
	watched, columns, err := w.Store.ColumnsOf(ctx, who, board)
	if gone(err) {
		return nil
	}
	if access.Can(watched.Role, access.EditTask) && watched.Board.ArchivedAt == nil {
		v, err := w.Store.Patterns(ctx, who, board)
		if err != nil {
			return err
		}
		p.Board, p.Columns, p.Made = watched.Board, columns, v.Patterns
	}
	return err
}

// readQuick understands what was typed as a task of the board at hand.
func (w *Web) readQuick(c echo.Context, p *views.Palette) (err error) {
	column, ok := p.Ready()
	if !ok || p.Typed == "" {
		return nil
	}
	p.Quick, err = w.Store.ReadLines(c.Request().Context(), actor(c), column.ID, []string{p.Typed})
	if gone(err) {
		return nil
	}
	return err
}

// gone reports whether a thing is not there for whoever asks.
func gone(err error) bool {
	f := fault.From(err)
	return f != nil && f.Kind == fault.Missing
}
