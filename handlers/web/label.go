package web

import (
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// CreateLabel adds a label to a board.
func (w *Web) CreateLabel(c echo.Context) error {
	in := labelInput(c)
	return w.afterLabel(c, "", in, w.Store.AddLabel(c.Request().Context(), actor(c), c.Param("board"), in))
}

// EditLabel changes a label's name, colour or icon.
func (w *Web) EditLabel(c echo.Context) error {
	in, label := labelInput(c), c.Param("label")
	return w.afterLabel(c, label, in, w.Store.EditLabel(c.Request().Context(), actor(c), c.Param("board"), label, in))
}

// DeleteLabel takes a label off a board and its tasks.
func (w *Web) DeleteLabel(c echo.Context) error {
	label := c.Param("label")
	return w.afterLabel(c, label, models.LabelInput{}, w.Store.RemoveLabel(c.Request().Context(), actor(c), c.Param("board"), label))
}

func labelInput(c echo.Context) models.LabelInput {
	return models.LabelInput{Name: clean(field(c, "name")), Colour: clean(field(c, "colour")), Icon: clean(field(c, "icon"))}
}

// afterLabel answers a change of a label: with the settings as they are now, or
// with the form, what was typed and what is wrong.
func (w *Web) afterLabel(c echo.Context, label string, in models.LabelInput, err error) error {
	id := c.Param("board")
	if err == nil {
		return goTo(c, boardPath(id)+"/settings#labels")
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	board, missing := w.Store.Board(c.Request().Context(), actor(c), id)
	if missing != nil {
		return missing
	}
	form := views.LabelForm{ID: label, Name: in.Name, Colour: in.Colour, Icon: in.Icon, Problem: err}
	return show(c, status, views.SettingsPage(board, boardForm(board.Board), views.ColumnForm{}, form))
}
