package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/views"
	"relevo/views/say"
)

// ShowCandidates finds tasks to link with: as choices for the box that one types
// into, else as a page of results.
func (w *Web) ShowCandidates(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	v, err := w.Store.Task(ctx, who, task)
	if err != nil {
		return err
	}
	if err := allow(v.Role, access.EditTask); err != nil {
		return err
	}
	page := views.Candidates{TaskView: v, End: views.PrerequisitesForm, Query: clean(field(c, "q"))}
	linked := v.WaitsFor
	if c.QueryParam("end") == views.DependentsForm {
		page.End, linked = views.DependentsForm, v.HoldsUp
	}
	if page.Found, err = w.Store.FindTasks(ctx, who, task, page.Query); err != nil {
		return err
	}
	page.Found = slices.DeleteFunc(page.Found, func(t models.TaskRef) bool {
		return slices.ContainsFunc(linked, func(l models.Link) bool { return l.Task.ID == t.ID })
	})
	if c.QueryParam("as") == "options" {
		return show(c, http.StatusOK, views.CandidateOptions(page))
	}
	return w.beside(c, http.StatusOK, v, say.In(ctx).Task.SearchTitle(v.Key), views.CandidatesPanel(page))
}

// CreatePrerequisite makes the task wait for another one; CreateDependent makes
// another one wait for it.
func (w *Web) CreatePrerequisite(c echo.Context) error {
	return w.createDependency(c, views.PrerequisitesForm, clean(field(c, "task")), c.Param("task"))
}

func (w *Web) CreateDependent(c echo.Context) error {
	return w.createDependency(c, views.DependentsForm, c.Param("task"), clean(field(c, "task")))
}

func (w *Web) createDependency(c echo.Context, form, prerequisite, dependent string) error {
	in, err := readDependency(c.Request().PostForm)
	if err == nil {
		err = w.Store.Require(c.Request().Context(), actor(c), prerequisite, dependent, in)
	}
	if field(c, "from") == "board" { // drawn from card to card: the board shows both outcomes itself
		if err == nil {
			w.offerUndo(c, dependent)
		}
		return answerBoard(c, err)
	}
	return w.afterTask(c, form, err)
}

// EditPrerequisite changes how a prerequisite counts; EditDependent does the same
// from its other end.
func (w *Web) EditPrerequisite(c echo.Context) error {
	other := c.Param("prerequisite")
	return w.editDependency(c, views.PrerequisitesForm+"-"+other, other, c.Param("task"))
}

func (w *Web) EditDependent(c echo.Context) error {
	other := c.Param("dependent")
	return w.editDependency(c, views.DependentsForm+"-"+other, c.Param("task"), other)
}

func (w *Web) editDependency(c echo.Context, form, prerequisite, dependent string) error {
	in, err := readDependency(c.Request().PostForm)
	if err == nil {
		err = w.Store.ChangeDependency(c.Request().Context(), actor(c), prerequisite, dependent, in)
	}
	return w.afterTask(c, form, err)
}

// DeletePrerequisite makes the task wait for another one no longer;
// DeleteDependent does the same from the other end.
func (w *Web) DeletePrerequisite(c echo.Context) error {
	return w.afterTask(c, views.PrerequisitesForm, w.Store.Unrequire(c.Request().Context(), actor(c), c.Param("prerequisite"), c.Param("task")))
}

func (w *Web) DeleteDependent(c echo.Context) error {
	return w.afterTask(c, views.DependentsForm, w.Store.Unrequire(c.Request().Context(), actor(c), c.Param("task"), c.Param("dependent")))
}
