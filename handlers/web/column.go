package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// CreateColumn adds a column to a board.
func (w *Web) CreateColumn(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("board")
	in, form, err := columnInput(c)
	if err == nil {
		_, err = w.Store.AddColumn(ctx, actor(c), id, in)
	}
	if err == nil {
		return goTo(c, boardPath(id)+"/settings")
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	form.Problem = err
	board, missing := w.Store.Board(ctx, actor(c), id)
	if missing != nil {
		return missing
	}
	if fragment(c) {
		return show(c, status, views.NewColumn(board.Board, form))
	}
	return showSettings(c, status, board, boardForm(board.Board), form)
}

// columnInput reads a column's form; what is no number is an Invalid fault.
func columnInput(c echo.Context) (models.ColumnInput, views.ColumnForm, error) {
	form := views.ColumnForm{Name: field(c, "name"), State: field(c, "state"), Limit: field(c, "wip_limit"), Hard: field(c, "wip_hard"), Version: seen(c)}
	in := models.ColumnInput{Name: form.Name, State: stateOf(c), WIPHard: form.Hard == "on"}
	if form.Limit == "" {
		return in, form, nil
	}
	n, err := strconv.Atoi(form.Limit)
	if err != nil {
		return in, form, fault.On("wip_limit", fault.NotANumber)
	}
	in.WIPLimit = n
	return in, form, nil
}

// column finds a column on its board, for someone who may change it.
func (w *Web) column(c echo.Context) (models.BoardView, models.Lane, error) {
	ctx := c.Request().Context()
	id, err := w.Store.ColumnBoard(ctx, actor(c), c.Param("column"))
	if err != nil {
		return models.BoardView{}, models.Lane{}, err
	}
	board, err := w.Store.Board(ctx, actor(c), id)
	if err != nil {
		return board, models.Lane{}, err
	}
	if !views.MayEditBoard(board.Role) {
		return board, models.Lane{}, notAllowed()
	}
	i := slices.IndexFunc(board.Lanes, func(l models.Lane) bool { return l.ID == c.Param("column") })
	if i < 0 {
		return board, models.Lane{}, fault.New(fault.Missing, fault.NotFound)
	}
	return board, board.Lanes[i], nil
}

func notAllowed() error { return fault.New(fault.Forbidden, fault.NotAllowed) }

// EditColumn shows the form of a column.
func (w *Web) EditColumn(c echo.Context) error {
	board, lane, err := w.column(c)
	if err != nil {
		return err
	}
	return showColumn(c, http.StatusOK, board, lane.Column, views.ColumnFormOf(lane.Column))
}

func showColumn(c echo.Context, status int, v models.BoardView, column models.Column, f views.ColumnForm) error {
	if fragment(c) {
		return show(c, status, views.EditColumn(column, f))
	}
	return show(c, status, views.ColumnPage(v, column, f))
}

// UpdateColumn renames a column and sets its limit.
func (w *Web) UpdateColumn(c echo.Context) error {
	in, form, err := columnInput(c)
	if err == nil {
		err = w.Store.EditColumn(c.Request().Context(), actor(c), c.Param("column"), seen(c), in)
	}
	status, showable := refusal(err)
	if err != nil && !showable {
		return err
	}
	board, lane, missing := w.column(c)
	if missing != nil {
		return missing
	}
	if err == nil {
		return goTo(c, boardPath(board.Board.ID))
	}
	form.Problem, form.Version = err, lane.Version
	return showColumn(c, status, board, lane.Column, form)
}

// PlaceColumn moves a column before another one.
func (w *Web) PlaceColumn(c echo.Context) error {
	ctx := c.Request().Context()
	if err := w.Store.MoveColumn(ctx, actor(c), c.Param("column"), field(c, "before")); err != nil {
		return err
	}
	id, err := w.Store.ColumnBoard(ctx, actor(c), c.Param("column"))
	if err != nil {
		return err
	}
	if field(c, "from") == "settings" {
		return goTo(c, boardPath(id)+"/settings")
	}
	return goTo(c, boardPath(id))
}

// ShowColumnRemoval asks where a column's cards go.
func (w *Web) ShowColumnRemoval(c echo.Context) error {
	board, lane, err := w.column(c)
	if err != nil {
		return err
	}
	return showRemoval(c, http.StatusOK, board, lane, nil)
}

func showRemoval(c echo.Context, status int, v models.BoardView, l models.Lane, problem error) error {
	if fragment(c) {
		return show(c, status, views.RemoveColumn(v, l, problem))
	}
	return show(c, status, views.RemovalPage(v, l, problem))
}

// RemoveColumn removes a column after moving its cards.
func (w *Web) RemoveColumn(c echo.Context) error {
	board, lane, err := w.column(c)
	if err != nil {
		return err
	}
	err = w.Store.RemoveColumn(c.Request().Context(), actor(c), lane.ID, field(c, "to"))
	if err == nil {
		return goTo(c, boardPath(board.Board.ID))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	return showRemoval(c, status, board, lane, err)
}

// ShowCards is the window of a column below a card.
func (w *Web) ShowCards(c echo.Context) error {
	ctx, who := c.Request().Context(), actor(c)
	look, _ := boardLook(c.QueryParams())
	in := models.Cell{Column: c.Param("column"), Lane: clean(c.QueryParam("lane"))}
	if look.Swimlanes == "" {
		in.Lane = ""
	}
	lane, err := w.Store.MoreCards(ctx, who, in, c.QueryParam("below"), look)
	if err != nil {
		return err
	}
	watched, err := w.Store.Watch(ctx, who, lane.BoardID)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.LaneCards(watched.Role, lane, look, in.Lane))
	}
	return show(c, http.StatusOK, views.LanePage(watched, lane, look, in.Lane))
}

// formLook is how the board was looked at that a form was sent from.
func formLook(c echo.Context) models.Look {
	asked, _ := url.ParseQuery(c.FormValue("filter")) // what cannot be read asks for nothing
	look, _ := boardLook(asked)
	return look
}

// refusal reports whether a form can show err itself, and with which status:
// what is wrong with its fields, what the rules refuse, and what has changed since.
func refusal(err error) (status int, showable bool) {
	f := fault.From(err)
	if f == nil {
		return 0, false
	}
	switch f.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity, true
	case fault.Conflict, fault.Stale:
		return http.StatusConflict, true
	}
	return 0, false
}
