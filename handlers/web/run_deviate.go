package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// ShowNewStep is the form that adds a step in one run alone.
func (w *Web) ShowNewStep(c echo.Context) error {
	return w.showNewStep(c, http.StatusOK, views.StepForm{})
}

func (w *Web) showNewStep(c echo.Context, status int, f views.StepForm) error {
	v, err := w.Store.RunOf(c.Request().Context(), actor(c), c.Param("run"))
	if err != nil {
		return err
	}
	if err := allow(v.Team.Role, access.StartRun); err != nil {
		return err
	}
	return show(c, status, views.NewStepPage(v, f))
}

// CreateStep adds a step in one run alone.
func (w *Web) CreateStep(c echo.Context) error {
	form := typed(c)
	in := models.StepInput{Title: clean(c.FormValue("title")), Owner: clean(field(c, "owner")), Due: models.Date(clean(field(c, "due"))), Reason: clean(c.FormValue("reason")),
		After: slices.Compact(slices.Sorted(slices.Values(form["after"]))), Before: slices.Compact(slices.Sorted(slices.Values(form["before"])))}
	seq, err := w.Store.AddStep(c.Request().Context(), actor(c), c.Param("run"), in)
	if err == nil {
		return goTo(c, runPath(c.Param("run"))+"?did="+strconv.FormatInt(seq, 10))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	return w.showNewStep(c, status, views.StepForm{StepInput: in, Problem: fault.From(err)})
}
