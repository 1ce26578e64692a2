package web

import (
	"github.com/labstack/echo/v4"

	"relevo/views"
)

// CreateCompletion marks a task done; DeleteCompletion reopens it.
func (w *Web) CreateCompletion(c echo.Context) error {
	return w.afterTask(c, views.StateForm, w.Store.CompleteTask(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

func (w *Web) DeleteCompletion(c echo.Context) error {
	return w.afterTask(c, views.StateForm, w.Store.ReopenTask(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateCancellation says that a task will not be done; DeleteCancellation brings
// it back.
func (w *Web) CreateCancellation(c echo.Context) error {
	return w.afterTask(c, views.CancelForm, w.Store.CancelTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), reason(c)))
}

func (w *Web) DeleteCancellation(c echo.Context) error { return w.DeleteCompletion(c) }

// CreateArchival takes a task off its board; DeleteArchival puts it back.
func (w *Web) CreateArchival(c echo.Context) error {
	return w.afterTask(c, views.ArchiveForm, w.Store.ArchiveTask(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

func (w *Web) DeleteArchival(c echo.Context) error {
	return w.afterTask(c, views.ArchiveForm, w.Store.RestoreTask(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateBlock flags a task by hand, with a reason; DeleteBlock clears that.
func (w *Web) CreateBlock(c echo.Context) error {
	return w.afterTask(c, views.BlockForm, w.Store.BlockTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), reason(c)))
}

func (w *Web) DeleteBlock(c echo.Context) error {
	return w.afterTask(c, views.BlockForm, w.Store.UnblockTask(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateOverride lets a waiting task go ahead, with a manager's reason;
// DeleteOverride makes it wait again.
func (w *Web) CreateOverride(c echo.Context) error {
	return w.afterTask(c, views.OverrideForm, w.Store.OverrideTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), reason(c)))
}

func (w *Web) DeleteOverride(c echo.Context) error {
	return w.afterTask(c, views.OverrideForm, w.Store.WithdrawOverride(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

func reason(c echo.Context) string { return clean(field(c, "reason")) }
