package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

func runPath(id string) string { return string(views.RunURL(id)) }

// ShowRuns lists the runs of a template.
func (w *Web) ShowRuns(c echo.Context) error {
	v, err := w.Store.Runs(c.Request().Context(), actor(c), c.Param("template"), clean(c.QueryParam("below")), c.QueryParam("all") == "")
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.RunsPage(v, digits(c.QueryParam("started")), w.did(c, v.Team.ID)))
}

// digits is a number as it was given; nothing, if it is none.
func digits(text string) string {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// ShowRunTable shows the runs of a template with each step of each.
func (w *Web) ShowRunTable(c echo.Context) error {
	v, err := w.runTable(c, clean(c.QueryParam("below")))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.RunTablePage(v))
}

func (w *Web) runTable(c echo.Context, below string) (models.RunTable, error) {
	return w.Store.RunTable(c.Request().Context(), actor(c), c.Param("template"), below, clean(c.QueryParam("person")), c.QueryParam("all") == "")
}

// ShowRunsCSV sends the table for spreadsheets, all pages of it.
func (w *Web) ShowRunsCSV(c echo.Context) error {
	v, err := w.runTable(c, "")
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(v.Template.Name) + ".csv"}))
	c.Response().WriteHeader(http.StatusOK)
	out := exchange.NewRows(c.Response())
	words := say.In(c.Request().Context())
	for first := true; ; first = false {
		if first {
			err = out.Row(views.RunTableHead(words, v))
		}
		for _, row := range views.RunTableRows(words, v) {
			err = errors.Join(err, out.Row(row))
		}
		if v.More == "" || err != nil {
			return errors.Join(err, out.Close())
		}
		columns := v.Columns
		if v, err = w.runTable(c, v.More); err != nil {
			return err
		}
		v.Columns = columns // as the head has them
	}
}

// ShowRun is a run's page; a fragment of it is what an open page fetches after news.
func (w *Web) ShowRun(c echo.Context) error {
	return w.showRun(c, http.StatusOK, views.StepTrouble{})
}

func (w *Web) showRun(c echo.Context, status int, trouble views.StepTrouble) error {
	ctx := c.Request().Context()
	v, err := w.Store.RunOf(ctx, actor(c), c.Param("run"))
	if err != nil {
		return err
	}
	if v.Ahead, err = w.Store.Forecast(ctx, actor(c), c.Param("run")); err != nil {
		return err
	}
	if !fragment(c) {
		return show(c, status, views.RunPage(v, trouble, w.did(c, v.Team.ID)))
	}
	if trouble.Task == "" {
		return show(c, status, views.RunBody(v, trouble))
	}
	for _, s := range v.Steps {
		if s.Task.ID == trouble.Task {
			return show(c, status, views.RunStep(v, s, trouble))
		}
	}
	return fault.New(fault.Missing, fault.NotFound)
}

// afterRun answers a change of a run; the page fetches what it brought about.
func (w *Web) afterRun(c echo.Context, err error) error {
	if err != nil {
		return err
	}
	if fragment(c) {
		return c.NoContent(http.StatusNoContent)
	}
	return goTo(c, runPath(c.Param("run")))
}

// CreatePause keeps a run from moving on by itself; DeletePause lets it go on.
func (w *Web) CreatePause(c echo.Context) error {
	return w.afterRun(c, w.Store.PauseRun(c.Request().Context(), actor(c), c.Param("run"), clean(field(c, "reason"))))
}

// DeletePause is the other way.
func (w *Web) DeletePause(c echo.Context) error {
	return w.afterRun(c, w.Store.ResumeRun(c.Request().Context(), actor(c), c.Param("run")))
}

// CreateRunCancellation ends a run.
func (w *Web) CreateRunCancellation(c echo.Context) error {
	return w.afterRun(c, w.Store.CancelRun(c.Request().Context(), actor(c), c.Param("run"), clean(field(c, "reason")), models.OpenTasks(field(c, "open"))))
}

// EditRole gives a role of a run to somebody else.
func (w *Web) EditRole(c echo.Context) error {
	return w.afterRun(c, w.Store.RecastRun(c.Request().Context(), actor(c), c.Param("run"), c.Param("role"), clean(field(c, "person"))))
}

// CreateStepTick ticks an item of a step off; DeleteStepTick takes the tick back.
func (w *Web) CreateStepTick(c echo.Context) error {
	return w.onStep(c, func() error {
		return w.Store.TickItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item"))
	})
}

// DeleteStepTick is the other way.
func (w *Web) DeleteStepTick(c echo.Context) error {
	return w.onStep(c, func() error {
		return w.Store.UntickItem(c.Request().Context(), actor(c), c.Param("task"), c.Param("item"))
	})
}

// CreateAnswers fills in fields of a step.
func (w *Web) CreateAnswers(c echo.Context) error {
	return w.answered(c, w.Store.FillIn)
}

// CreateStepCompletion fills in what was typed and is done with the step, or neither.
func (w *Web) CreateStepCompletion(c echo.Context) error {
	return w.answered(c, w.Store.CompleteStep)
}

// DeleteStepCompletion reopens a step.
func (w *Web) DeleteStepCompletion(c echo.Context) error {
	return w.onStep(c, func() error { return w.Store.ReopenTask(c.Request().Context(), actor(c), c.Param("task"), latest) })
}

// latest stands for a version that nobody has passed, where a change does not depend
// on what was seen.
const latest = 1 << 62

// CreateOmission leaves a step out of the run; DeleteOmission takes it in again.
func (w *Web) CreateOmission(c echo.Context) error {
	return w.onStep(c, func() error {
		return w.Store.DropStep(c.Request().Context(), actor(c), c.Param("task"), clean(field(c, "reason")))
	})
}

// DeleteOmission is the other way.
func (w *Web) DeleteOmission(c echo.Context) error {
	return w.onStep(c, func() error { return w.Store.KeepStep(c.Request().Context(), actor(c), c.Param("task")) })
}

// CreateStepComment says something about a step.
func (w *Web) CreateStepComment(c echo.Context) error {
	body := clean(c.FormValue("body"))
	if err := w.Store.StepOf(c.Request().Context(), actor(c), c.Param("run"), c.Param("task")); err != nil {
		return err
	}
	err := w.Store.AddComment(c.Request().Context(), actor(c), c.Param("task"), body)
	switch {
	case err == nil && fragment(c):
		return w.showRun(c, http.StatusOK, views.StepTrouble{Task: c.Param("task")})
	case err == nil:
		return w.afterStep(c, nil)
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	return w.showRun(c, status, views.StepTrouble{Task: c.Param("task"), Problem: fault.From(err), Comment: body})
}

// onStep does something to a task that is a step of the run.
func (w *Web) onStep(c echo.Context, change func() error) error {
	if err := w.Store.StepOf(c.Request().Context(), actor(c), c.Param("run"), c.Param("task")); err != nil {
		return err
	}
	return w.afterStep(c, change())
}

// answered does something with what was typed into a step's fields, which comes back
// if it is refused.
func (w *Web) answered(c echo.Context, change func(context.Context, models.Actor, string, int64, map[string]string) error) error {
	typed, task := stepAnswers(c), c.Param("task")
	if err := w.Store.StepOf(c.Request().Context(), actor(c), c.Param("run"), task); err != nil {
		return err
	}
	err := change(c.Request().Context(), actor(c), task, seen(c), typed)
	status, showable := refusal(err)
	if err == nil || !showable {
		return w.afterStep(c, err)
	}
	return w.showRun(c, status, views.StepTrouble{Task: task, Problem: fault.From(err), Typed: typed})
}

// afterStep answers a change of a step, and offers to undo it.
func (w *Web) afterStep(c echo.Context, err error) error {
	if err == nil {
		w.offerUndo(c, c.Param("task"))
	}
	return w.afterRun(c, err)
}

// stepAnswers are what was typed into fields of a step, by their IDs.
func stepAnswers(c echo.Context) map[string]string {
	answers := map[string]string{}
	for name, values := range typed(c) {
		if id, is := custom.IsAnswer(name); is && id == strings.TrimPrefix(name, custom.AnswerKey("")) {
			answers[id] = values[0]
		}
	}
	return answers
}
