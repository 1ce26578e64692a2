package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// CreateItems adds an item to the checklist for each line of the field texts.
func (w *Web) CreateItems(c echo.Context) error {
	lines := strings.Split(clean(c.FormValue("texts")), "\n")
	return w.afterTask(c, views.ItemsForm, w.Store.AddItems(c.Request().Context(), actor(c), c.Param("task"), lines, c.FormValue("required") != ""))
}

// EditItem changes what an item says.
func (w *Web) EditItem(c echo.Context) error {
	item := c.Param("item")
	due, wrong := readDue(c.FormValue("due"))
	err := fault.All(wrong)
	if err == nil {
		err = w.Store.EditItem(c.Request().Context(), actor(c), c.Param("task"), item, seen(c), models.ItemInput{
			Text: clean(c.FormValue("text")), Owner: clean(field(c, "owner")), Due: *due, Required: c.FormValue("required") != "",
		})
	}
	return w.afterTask(c, views.ItemForm(item), err)
}

// DeleteItem takes an item off the checklist.
func (w *Web) DeleteItem(c echo.Context) error {
	return w.afterTask(c, views.ItemsForm, w.Store.RemoveItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item")))
}

// CreateTick ticks an item off; DeleteTick takes the tick back.
func (w *Web) CreateTick(c echo.Context) error {
	return w.afterTask(c, views.ItemsForm, w.Store.TickItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item")))
}

func (w *Web) DeleteTick(c echo.Context) error {
	return w.afterTask(c, views.ItemsForm, w.Store.UntickItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item")))
}

// EditItemPlace puts an item above another one; none: at the end.
func (w *Web) EditItemPlace(c echo.Context) error {
	return w.afterTask(c, views.ItemsForm, w.Store.MoveItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item"), clean(field(c, "before"))))
}

// CreateItemTask turns an item into a task that this one waits for.
func (w *Web) CreateItemTask(c echo.Context) error {
	return w.afterTask(c, views.ItemsForm, w.Store.MakeItemTask(c.Request().Context(), actor(c), c.Param("task"), c.Param("item")))
}
