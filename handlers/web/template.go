package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/bpmn"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/models/rehearse"
	"relevo/views"
	"relevo/views/say"
)

func templatePath(id string) string { return string(views.TemplateURL(id)) }

// ShowTemplates lists a team's templates and those that it can take over.
func (w *Web) ShowTemplates(c echo.Context) error {
	v, err := w.Store.Templates(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	lang := say.In(c.Request().Context()).Lang
	return show(c, http.StatusOK, views.TemplatesPage(v, views.Offers(lang, append(v.Templates, v.Archived...))))
}

// ShowNewTemplate is the editor with something to begin with.
func (w *Web) ShowNewTemplate(c echo.Context) error {
	return w.showNewTemplate(c, http.StatusOK, views.DraftForm{Source: say.In(c.Request().Context()).Runs.Starter})
}

func (w *Web) showNewTemplate(c echo.Context, status int, f views.DraftForm) error {
	team, err := w.Store.TeamFor(c.Request().Context(), actor(c), c.Param("team"), access.EditTemplate)
	if err != nil {
		return err
	}
	return show(c, status, views.NewTemplatePage(team, f))
}

// CreateTemplate takes over a template that comes with the program, named by the
// field shipped, or keeps a text as the draft of a new one.
func (w *Web) CreateTemplate(c echo.Context) error {
	ctx, words := c.Request().Context(), say.In(c.Request().Context())
	if key := field(c, "shipped"); key != "" {
		for _, s := range playbook.ShippedIn(words.Lang) {
			if s.Key == key {
				t, err := w.Store.AdoptTemplate(ctx, actor(c), c.Param("team"), s)
				if err != nil {
					return err
				}
				return goTo(c, templatePath(t.ID))
			}
		}
		return fault.New(fault.Missing, fault.NotFound)
	}
	if text := c.FormValue(views.MermaidField); text != "" {
		return w.importTemplate(c, views.MermaidField, clean(text), words.Draw.ImportTitle, playbook.FromMermaid)
	}
	if file, text, err := chosenFile(c, views.ProcessField, bpmn.MaxBytes); file != "" || err != nil {
		if err != nil {
			return err
		}
		return w.importTemplate(c, views.ProcessField, string(text), words.Draw.BPMNTitle, playbook.FromBPMN)
	}
	text, page := c.FormValue("source"), "/draft?saved=1"
	if name := clean(field(c, "name")); name != "" && text == "" {
		text, page = string(playbook.Print(playbook.Definition{Name: name, Lang: words.Lang})), "/drawing"
	}
	t, err := w.Store.CreateTemplate(ctx, actor(c), c.Param("team"), words.Runs.WriteTitle, text)
	if f := refused(err); f != nil {
		return w.showNewTemplate(c, Status(f.Kind), views.DraftForm{Source: clean(text), Problem: f})
	}
	if err != nil {
		return err
	}
	return goTo(c, templatePath(t.ID)+page)
}

// ShowTemplate is the outline of a template; version names one that was published.
func (w *Web) ShowTemplate(c echo.Context) error {
	number, _ := strconv.ParseInt(c.QueryParam("version"), 10, 64) // none: the newest
	v, err := w.Store.TemplateAt(c.Request().Context(), actor(c), c.Param("template"), number)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.TemplatePage(v, views.Ways{Link: w.startLink(c, v.Template)}))
}

// ShowDraft is the editor of a template's draft.
func (w *Web) ShowDraft(c echo.Context) error {
	return w.showDraft(c, http.StatusOK, views.DraftForm{Saved: c.QueryParam("saved") != "", Recalled: c.QueryParam("recalled") != "", Lost: lostIn(c.QueryParam("lost"))})
}

// showDraft shows the draft, or what was typed where that was refused.
func (w *Web) showDraft(c echo.Context, status int, f views.DraftForm) error {
	v, err := w.Store.Template(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	if err := allow(v.Team.Role, access.EditTemplate); err != nil {
		return err
	}
	if f.Problem == nil {
		f.Source, f.Findings = v.Template.Draft, v.Findings
	} else if f.Source == "" {
		f.Source, f.Findings = v.Template.Draft, v.Findings
	} else {
		_, f.Findings = rehearse.Review([]byte(f.Source), rehearse.Crew{})
	}
	f.Version = v.Template.Version
	return show(c, status, views.DraftPage(v, f))
}

// EditTemplate keeps what was typed as the draft.
func (w *Web) EditTemplate(c echo.Context) error {
	text := c.FormValue("source")
	err := w.Store.EditTemplate(c.Request().Context(), actor(c), c.Param("template"), seen(c), text)
	if err == nil {
		return goTo(c, templatePath(c.Param("template"))+"/draft?saved=1")
	}
	return w.draftAgain(c, err, strings.ReplaceAll(clean(text), "\r\n", "\n"))
}

// CreateVersion publishes the draft.
func (w *Web) CreateVersion(c echo.Context) error {
	err := w.Store.PublishTemplate(c.Request().Context(), actor(c), c.Param("template"), seen(c))
	if err == nil {
		return goTo(c, templatePath(c.Param("template")))
	}
	return w.draftAgain(c, err, "")
}

// draftAgain shows the editor with what was refused.
func (w *Web) draftAgain(c echo.Context, err error, text string) error {
	status, showable := refusal(err)
	if !showable {
		return err
	}
	return w.showDraft(c, status, views.DraftForm{Source: text, Problem: fault.From(err)})
}

// CreateTemplateArchival takes a template off the list; DeleteTemplateArchival brings
// it back.
func (w *Web) CreateTemplateArchival(c echo.Context) error {
	return w.afterTemplate(c, w.Store.ArchiveTemplate(c.Request().Context(), actor(c), c.Param("template")))
}

// DeleteTemplateArchival is the other way.
func (w *Web) DeleteTemplateArchival(c echo.Context) error {
	return w.afterTemplate(c, w.Store.RestoreTemplate(c.Request().Context(), actor(c), c.Param("template")))
}

func (w *Web) afterTemplate(c echo.Context, err error) error {
	if err != nil {
		return err
	}
	return goTo(c, templatePath(c.Param("template")))
}

// ShowNewRun is the form that starts a run.
func (w *Web) ShowNewRun(c echo.Context) error {
	v, err := w.Store.PrepareRun(c.Request().Context(), actor(c), c.Param("template"), prefilled(c.QueryParams()))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.StartPage(v, nil))
}

// CreateSheet shows all that a run would make of what was typed, and changes nothing;
// with the field again, the form as it was filled in.
func (w *Web) CreateSheet(c echo.Context) error {
	in := runInput(c)
	v, err := w.Store.PlanRun(c.Request().Context(), actor(c), c.Param("template"), in)
	switch {
	case err != nil:
		return w.startAgain(c, v, err)
	case field(c, "again") != "":
		return show(c, http.StatusOK, views.StartPage(v, nil))
	}
	return show(c, http.StatusOK, views.SheetPage(v))
}

// startAgain shows the form with what was refused; v is whole but for the sheet.
func (w *Web) startAgain(c echo.Context, v models.StartView, err error) error {
	if _, showable := refusal(err); !showable || v.Template.ID == "" || len(v.Definition.Steps) == 0 {
		return err
	}
	return again(c, err, func(f *fault.Fault) templ.Component { return views.StartPage(v, f) })
}

// CreateRun starts a run.
func (w *Web) CreateRun(c echo.Context) error {
	ctx, in := c.Request().Context(), runInput(c)
	r, err := w.Store.StartRun(ctx, actor(c), c.Param("template"), in)
	if err == nil {
		return goTo(c, runPath(r.ID)+"?did="+strconv.FormatInt(r.Version, 10))
	}
	if _, showable := refusal(err); !showable {
		return err
	}
	v, broken := w.Store.PlanRun(ctx, actor(c), c.Param("template"), in)
	if _, showable := refusal(broken); broken != nil && !showable {
		return broken
	}
	return w.startAgain(c, v, err)
}

// runInput is what was typed into the form that starts a run.
func runInput(c echo.Context) models.RunInput {
	version, _ := strconv.ParseInt(field(c, "version"), 10, 64) // none: any
	in := models.RunInput{Version: version, Name: clean(field(c, "name")), Board: clean(field(c, "board")), From: clean(field(c, "from")), Until: clean(field(c, "until")),
		Answers: map[string]string{}, Cast: map[string]string{}}
	form := typed(c)
	for name, values := range form {
		if id, is := strings.CutPrefix(name, models.AnswerField("")); is {
			in.Answers[id] = values[0]
		}
		if id, is := strings.CutPrefix(name, models.RoleField("")); is {
			in.Cast[id] = values[0]
		}
	}
	in.Without = form["without"]
	return in
}
