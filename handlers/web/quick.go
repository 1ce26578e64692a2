package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/quick"
	"relevo/views"
)

// CreateTasks adds a task for each line at the bottom of a column.
func (w *Web) CreateTasks(c echo.Context) error {
	ctx, who, column := c.Request().Context(), actor(c), c.Param("column")
	typed, look := clean(c.FormValue("titles")), formLook(c)
	tasks, err := w.Store.AddTasks(ctx, who, column, lines(typed))
	status, showable := refusal(err)
	switch {
	case err != nil && !showable:
		return err
	case err != nil && !fragment(c):
		return show(c, status, views.QuickAddPage(column, typed, look, err))
	case err != nil:
		return show(c, status, views.QuickAdd(column, typed, look, err))
	case fragment(c):
		w.offerUndo(c, tasks[0].ID)
		return c.NoContent(http.StatusNoContent)
	}
	board := tasks[0].BoardID
	return goTo(c, string(views.LookURL(board, look))+"#a-"+column)
}

func lines(text string) []string { return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") }

// ShowQuick tells what is understood of lines that are being typed: of the first few,
// and of how many "more" there are.
func (w *Web) ShowQuick(c echo.Context) error {
	v, err := w.Store.ReadLines(c.Request().Context(), actor(c), c.Param("column"), lines(clean(c.FormValue("titles"))))
	if err != nil {
		return err
	}
	if more, _ := strconv.Atoi(c.FormValue("more")); more > 0 && more <= models.MaxAtOnce {
		v.Count += more
	}
	return show(c, http.StatusOK, views.QuickSeen(v))
}

// ShowOffers lists what a mark may go on to name.
func (w *Web) ShowOffers(c echo.Context) error {
	kind := quick.Kind(clean(c.QueryParam("kind")))
	offers, err := w.Store.Offers(c.Request().Context(), actor(c), c.Param("board"), kind, clean(c.QueryParam("q")))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.QuickOffers(offers))
}

// ShowQuickHelp tells the marks that a line can have.
func (w *Web) ShowQuickHelp(c echo.Context) error {
	if fragment(c) {
		return show(c, http.StatusOK, views.QuickHelp())
	}
	return show(c, http.StatusOK, views.QuickHelpPage())
}
