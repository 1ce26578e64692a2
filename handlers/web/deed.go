package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// ShowDeeds offers what can be done to many tasks at once: a bar for whoever has
// the board open, else a page.
func (w *Web) ShowDeeds(c echo.Context) error {
	look, _ := boardLook(c.QueryParams())
	return w.showDeeds(c, http.StatusOK, views.DeedPage{Look: look})
}

func (w *Web) showDeeds(c echo.Context, status int, page views.DeedPage) (err error) {
	page.BoardView, err = w.Store.BoardIn(c.Request().Context(), actor(c), c.Param("board"), page.Look.PartedBy(""))
	if err != nil {
		return err
	}
	if err := allow(page.Role, access.EditTask); err != nil {
		return err
	}
	if fragment(c) {
		return show(c, status, views.DeedBar(page))
	}
	return show(c, status, views.Deeds(page))
}

// CreateDeed does one deed to the tasks that were chosen: to all or to none.
func (w *Web) CreateDeed(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	look, board, tasks := formLook(c), c.Param("board"), chosen(form["tasks"])
	deed, err := readDeed(c)
	if err == nil {
		done, failed := w.Store.ChangeTasks(c.Request().Context(), actor(c), board, seen(c), tasks, deed)
		switch err = failed; {
		case err == nil && !fragment(c):
			return goTo(c, string(views.LookURL(board, look)))
		case err == nil && done.Seq == 0:
			return show(c, http.StatusOK, views.DeedIdle())
		case err == nil:
			offer(c, done)
			return c.NoContent(http.StatusNoContent)
		}
	}
	f := fault.From(err)
	if f == nil || f.Kind == fault.Missing || f.Kind == fault.Forbidden {
		return err
	}
	if fragment(c) {
		return show(c, Status(f.Kind), views.DeedRefusal(f))
	}
	return w.showDeeds(c, Status(f.Kind), views.DeedPage{Look: look, Tasks: tasks, Problem: f,
		Person: clean(field(c, "person")), Label: clean(field(c, "label")), Due: clean(field(c, "due")), Reason: clean(field(c, "reason"))})
}

// readDeed reads what the button that was pressed says, and the fields that it is
// about.
func readDeed(c echo.Context) (models.Bulk, error) {
	name, with, _ := strings.Cut(clean(field(c, "deed")), " ")
	b := models.Bulk{Deed: models.Deed(name), Person: clean(field(c, "person")), Label: clean(field(c, "label")), Reason: clean(field(c, "reason"))}
	switch b.Deed {
	case models.DeedMove:
		b.Place = models.Place{Column: with, Before: clean(field(c, "before")), Lane: laneMove(c)}
	case models.DeedPrioritise:
		n, err := strconv.Atoi(with)
		if err != nil {
			return b, fault.On("priority", fault.NotAChoice)
		}
		b.Priority = models.Priority(n)
	case models.DeedDue:
		if with != "" {
			return b, nil // none any more
		}
		due, wrong := readDue(field(c, "due"))
		if wrong == nil && *due == "" {
			wrong = fault.On("due", fault.NotADate)
		}
		if wrong != nil {
			return b, wrong
		}
		b.Due = *due
	}
	return b, nil
}

// ShowColumnTasks lists all tasks of a column that pass the filter, for scripts
// that select them.
func (w *Web) ShowColumnTasks(c echo.Context) error {
	filter, _ := models.ParseBoardFilter(c.QueryParams())
	ids, more, err := w.Store.ColumnTasks(c.Request().Context(), actor(c), c.Param("column"), filter)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ColumnTasks(ids, more))
}
