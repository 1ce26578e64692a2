package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowMoves shows what moving the runs of a template to its newest version does to
// each; the field run names the one that is asked about.
func (w *Web) ShowMoves(c echo.Context) error {
	return w.showMoves(c, http.StatusOK, views.MovesForm{Only: clean(c.QueryParam("run")), All: c.QueryParam("all") != ""})
}

func (w *Web) showMoves(c echo.Context, status int, f views.MovesForm) error {
	v, err := w.Store.PlanMoves(c.Request().Context(), actor(c), c.Param("template"), f.Only, f.MovesInput)
	if err != nil {
		return err
	}
	return show(c, status, views.MovesPage(v, f))
}

// CreateMoves moves the chosen runs.
func (w *Web) CreateMoves(c echo.Context) error {
	in := movesInput(c)
	seq, err := w.Store.MoveRuns(c.Request().Context(), actor(c), c.Param("template"), in)
	if err == nil {
		return goTo(c, templatePath(c.Param("template"))+"/runs?did="+strconv.FormatInt(seq, 10))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	return w.showMoves(c, status, views.MovesForm{MovesInput: in, Only: clean(field(c, "only")), Problem: fault.From(err)})
}

// movesInput is what was typed into the form that moves runs: fields that begin with
// a run's ID and a dot are about that run.
func movesInput(c echo.Context) models.MovesInput {
	version, _ := strconv.ParseInt(field(c, "version"), 10, 64) // none: it is told that there is another
	in := models.MovesInput{Version: version, Reason: clean(field(c, "reason")), Runs: map[string]models.MoveSaid{}, Others: map[string]models.MoveSaid{}}
	form := typed(c)
	said := map[string]models.MoveSaid{}
	for name, values := range form {
		run, about, is := strings.Cut(name, ".")
		if !is || len(values) == 0 {
			continue
		}
		one, there := said[run]
		if !there {
			one = models.MoveSaid{Answers: map[string]string{}, Cast: map[string]string{}}
		}
		text := values[0]
		if id, is := strings.CutPrefix(about, models.AnswerField("")); is {
			one.Answers[id] = text
		} else if id, is := strings.CutPrefix(about, models.RoleField("")); is {
			one.Cast[id] = text
		} else if about == "seal" {
			one.Seal = text
		} else if about == "until" {
			one.Until = text
		}
		said[run] = one
	}
	for _, run := range form["run"] {
		in.Runs[run] = said[run]
		delete(said, run)
	}
	in.Others = said
	return in
}
