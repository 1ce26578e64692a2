package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowRehearsal goes through a template many times before it runs. What cannot be
// understood comes back as it was typed, beside no result.
func (w *Web) ShowRehearsal(c echo.Context) error {
	v, err := w.Store.Rehearse(c.Request().Context(), actor(c), c.Param("template"), rehearsalInput(c))
	if f := refused(err); f != nil && v.Template.ID != "" && len(v.Definition.Steps) > 0 {
		return again(c, err, func(f *fault.Fault) templ.Component { return views.RehearsalPage(v, f) })
	}
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.RehearsalPage(v, nil))
}

// rehearsalInput is what an address asks of a rehearsal.
func rehearsalInput(c echo.Context) models.RehearsalInput {
	asked := c.QueryParams()
	in := models.RehearsalInput{Seed: clean(asked.Get("seed")), Rounds: clean(asked.Get("rounds")), From: clean(asked.Get("from")), Until: clean(asked.Get("until")),
		Answers: map[string]string{}, Cast: map[string]string{}, Chances: map[string]string{}, Plenty: asked.Get("hands") == "plenty", Soon: asked.Get("dates") == "soon"}
	for name, values := range asked {
		for prefix, into := range map[string]map[string]string{models.AnswerField(""): in.Answers, models.RoleField(""): in.Cast, models.ChanceField(""): in.Chances} {
			if id, is := strings.CutPrefix(name, prefix); is {
				into[id] = clean(values[0])
			}
		}
	}
	return in
}
