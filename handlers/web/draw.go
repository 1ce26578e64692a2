package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views"
	"relevo/views/say"
)

// ShowDrawing is the editor of a template's draft on its diagram; step names the one
// that is chosen.
func (w *Web) ShowDrawing(c echo.Context) error {
	return w.showDrawing(c, http.StatusOK, views.DrawForm{Step: clean(c.QueryParam("step"))})
}

// showDrawing shows the draft, with what was typed where that was refused.
func (w *Web) showDrawing(c echo.Context, status int, form views.DrawForm) error {
	v, err := w.Store.Template(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	if err := allow(v.Team.Role, access.EditTemplate); err != nil {
		return err
	}
	v.Shown = 0
	if v.Source != v.Template.Draft {
		v.Source = v.Template.Draft
		v.Definition, _ = playbook.Parse([]byte(v.Source))
	}
	chosen, there := views.ChosenOf(v, form.Step)
	switch {
	case !there:
		form.Step = ""
	case form.In != models.FillStep:
		form.Form = chosen.Form
	}
	chart := v.Chart("", now(c))
	if fragment(c) {
		return show(c, status, views.DrawBody(v, chart, form))
	}
	return show(c, status, views.DrawPage(v, chart, form))
}

// CreateStroke makes one change of the draft.
func (w *Web) CreateStroke(c echo.Context) error {
	stroke := models.Stroke{Do: models.StrokeKind(field(c, "do")), Step: clean(field(c, "step")), From: clean(field(c, "from")), Place: playbook.Place(field(c, "place")),
		Form: playbook.Form{Title: clean(field(c, "title")), Description: clean(c.FormValue("description")), Section: clean(field(c, "section")), Role: clean(field(c, "role")),
			Due: clean(field(c, "due")), Estimate: clean(field(c, "estimate")), When: clean(field(c, "when")), Any: field(c, "join") == string(flow.Any)}}
	step, err := w.Store.DrawTemplate(c.Request().Context(), actor(c), c.Param("template"), seen(c), stroke)
	if err == nil {
		return w.drawn(c, step)
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	form := views.DrawForm{Step: stroke.Step, Problem: fault.From(err), In: stroke.Do, Form: stroke.Form}
	if stroke.Do == models.AddStep {
		form.Title = stroke.Form.Title
	}
	if fragment(c) && stroke.Do != models.AddStep && stroke.Do != models.FillStep {
		return err // told beside the picture, which stays
	}
	return w.showDrawing(c, status, form)
}

// ReplaceDrawing puts another text in the place of the draft, for what is undone and
// redone on the diagram.
func (w *Web) ReplaceDrawing(c echo.Context) error {
	err := w.Store.EditTemplate(c.Request().Context(), actor(c), c.Param("template"), seen(c), c.FormValue("source"))
	if err != nil {
		return err
	}
	return w.drawn(c, clean(field(c, "step")))
}

// drawn answers a change with the draft as it is then.
func (w *Web) drawn(c echo.Context, step string) error {
	if fragment(c) {
		return w.showDrawing(c, http.StatusOK, views.DrawForm{Step: step})
	}
	at := templatePath(c.Param("template")) + "/drawing"
	if step != "" {
		at += "?step=" + url.QueryEscape(step)
	}
	return goTo(c, at)
}

// takenOver reads what another program wrote: the definition that it makes, what was left
// out, and how many connections there are.
type takenOver func(text []byte, name, lang string) (d playbook.Definition, left []playbook.Left, lines int)

// importTemplate makes a template of what another program wrote, that a field of the form
// brought, and tells what was left out.
func (w *Web) importTemplate(c echo.Context, from, text, title string, read takenOver) error {
	ctx, words := c.Request().Context(), say.In(c.Request().Context())
	team, err := w.Store.TeamFor(ctx, actor(c), c.Param("team"), access.EditTemplate)
	if err != nil {
		return err
	}
	d, left, lines := read([]byte(text), title, words.Lang)
	form := views.DraftForm{Source: words.Runs.Starter, Left: left}
	if from == views.MermaidField {
		form.Mermaid = text
	}
	if len(d.Steps) == 0 {
		form.Problem = fault.On(from, fault.NothingTaken)
		return w.showNewTemplate(c, http.StatusUnprocessableEntity, form)
	}
	t, err := w.Store.CreateTemplate(ctx, actor(c), c.Param("team"), d.Name, string(playbook.Print(d)))
	if f := refused(err); f != nil {
		form.Problem = fault.On(from, f.Code, f.Args...)
		return w.showNewTemplate(c, Status(f.Kind), form)
	}
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ImportedPage(title, team, t, len(d.Steps), lines, left))
}
