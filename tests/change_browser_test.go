package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/views/say"
)

const teaFirst = `name: Tea
description: How we make tea for guests.
roles:
  - {id: host, name: Host, who: ask}
steps:
  - {id: boil, title: Boil water, role: host}
  - {id: pour, title: Pour, role: host, needs: [boil]}
  - {id: wash, title: Wash up, role: host, needs: [pour]}
`

const teaSecond = `name: Tea
description: How we make green tea for guests.
roles:
  - {id: host, name: Host, who: ask}
steps:
  - {id: boil, title: Boil water, role: host}
  - {id: cool, title: Let it cool, role: host, needs: [boil]}
  - {id: pour, title: Pour the tea, role: host, needs: [cool], checklist: [Warm the cups]}
`

// published is a template whose newest version is the last of the texts.
func (o office) published(t *testing.T, texts ...string) models.Template {
	t.Helper()
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Template", texts[0])
	require.NoError(t, err)
	for _, text := range texts {
		require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40, text))
		require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40))
	}
	return made
}

func TestWhatADraftChangesIsReadBeforeItIsPublished(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.published(t, teaFirst)
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaSecond))
	at := "/templates/" + template.ID
	draft := o.ana.Get(at + "/draft")
	require.Contains(t, draft.Body, `href="`+at+`/comparison"`, "publishing leads over the changes")
	require.NotContains(t, draft.Body, `action="`+at+`/versions"`)

	a := o.ana.Get(at + "/comparison")
	require.Equal(t, http.StatusOK, a.Status)
	page := text(a.Body)
	require.Contains(t, page, "1 added, 1 removed, 2 changed")
	require.Contains(t, page, "Added Let it cool")
	require.Contains(t, page, "Removed Wash up")
	require.Contains(t, a.Body, `<ins><span class="visually-hidden">after: </span>green </ins>`, "texts are compared word by word")
	require.Contains(t, page, "Checklist “Warm the cups” added, optional")
	require.Contains(t, a.Body, `action="`+at+`/versions"`)
	require.Equal(t, http.StatusForbidden, o.bo.Get(at+"/comparison?to=draft").Status, "a draft is for those who write it")
	require.NotContains(t, o.bo.Get(at+"/comparison").Body, `value="draft"`)
	require.Equal(t, http.StatusNotFound, o.ana.Get(at+"/comparison?from=9").Status)
	require.Equal(t, http.StatusNotFound, o.ana.Get(at+"/comparison?from=x").Status)

	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	require.Contains(t, text(o.bo.Get(at+"/comparison").Body), "Version 1 → Version 2", "everybody compares what was published")
	require.Contains(t, text(o.bo.Get(at+"/comparison?from=2&to=1").Body), "Added Wash up")
	require.Contains(t, text(o.bo.Get(at+"/comparison?from=2&to=2").Body), "The two versions are the same.")
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, "# with a remark\n"+teaSecond))
	require.Contains(t, text(o.ana.Get(at+"/comparison").Body), "it means the same")
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, "steps: [{id: a, title: A, needs: [b]}]"))
	broken := o.ana.Get(at + "/comparison")
	require.Contains(t, text(broken.Body), "The draft has")
	require.NotContains(t, broken.Body, `action="`+at+`/versions"`)
	require.Equal(t, http.StatusNotFound, o.Join(o.ana, o.App.Team(o.ana, "Others"), "Eve", access.Member).Get(at+"/comparison").Status)

	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaFirst))
	tab := browser.Open(t, o.App, o.ana)
	tab.Go(at + "/draft")
	tab.Click("a[href$='/comparison'].button-main")
	tab.WaitVisible(".diffs")
	tab.Axe()
	tab.Choose("#compare-from", "Version 1")
	tab.Click(".compare .button")
	tab.WaitVisible(".empty")
	tab.Go(at + "/comparison")
	tab.Click("form[action$='/versions'] .button-main")
	tab.WaitVisible(".outline")
	require.Contains(t, tab.Text("#main"), "Version 3")
	tab.Sound()
}

const teaThird = `name: Tea
inputs: [{id: cups, label: Cups, type: number, required: true}]
roles:
  - {id: host, name: Host, who: ask}
steps:
  - {id: boil, title: Boil fresh water, role: host}
  - {id: cool, title: Let it cool, role: host, needs: [boil]}
  - {id: pour, title: "Pour {{cups}} cups", role: host, needs: [cool], checklist: [Warm the cups]}
`

func TestThreeRunningRunsAreMovedToANewVersion(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.published(t, teaFirst)
	var runs []string
	for _, name := range []string{"Breakfast", "Lunch", "Dinner", "Supper"} {
		r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), template.ID, models.RunInput{Board: o.board.ID, Name: name, Cast: map[string]string{"host": o.bo.ID}})
		require.NoError(t, err)
		runs = append(runs, r.ID)
	}
	done := func(run string) {
		v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), run)
		require.NoError(t, err)
		require.NoError(t, o.Store.CompleteStep(t.Context(), o.bo.Actor(), v.Steps[0].Task.ID, 1<<40, nil))
	}
	done(runs[1])
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaThird))
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))

	tab := browser.Open(t, o.App, o.bo, browser.OnBoth)
	tab.Go("/templates/" + template.ID)
	require.Contains(t, tab.Text("#main"), "4 runs under way are on an older version")
	tab.Click("a[href$='/moves']")
	tab.WaitVisible("#moves")
	tab.Axe()
	lunch := tab.Text("#run-" + runs[1] + " .move-head")
	require.Contains(t, lunch, "1 of 3 steps done")
	for _, run := range runs[:3] {
		at := "#run-" + run
		tab.Focus(at + " [name=run]") // by keyboard
		tab.Press("Space")
		tab.Until("document.querySelector('" + at + " [name=run]').checked")
		tab.Click(at + " .move-steps > summary")
		tab.WaitVisible(at + " .move-group")
	}
	require.Contains(t, tab.Text("#run-"+runs[0]), "Let it cool")
	require.Contains(t, tab.Text("#run-"+runs[0]), "Wash up")
	tab.Axe()

	// What the new version asks besides is asked; what was typed stays.
	tab.Type("[name='"+runs[0]+".input.cups']", "2")
	tab.Type("[name='"+runs[1]+".input.cups']", "4")
	tab.Type("[name='"+runs[2]+".input.cups']", "many")
	tab.Click("#moves .button-main")
	tab.WaitVisible("[name='" + runs[2] + ".input.cups'][aria-invalid=true]")
	require.Equal(t, "4", tab.Value("[name='"+runs[1]+".input.cups']"))
	tab.Axe()
	tab.Type("[name='"+runs[2]+".input.cups']", "6")

	// Meanwhile one of them goes on: nothing is moved that nobody has seen.
	done(runs[2])
	tab.Click("#moves .button-main")
	tab.WaitVisible("#run-" + runs[2] + "[data-refused='1'] [role=alert]")
	require.Contains(t, tab.Text("#run-"+runs[2]), "This run has gone on since you looked")
	require.Equal(t, "6", tab.Value("[name='"+runs[2]+".input.cups']"))
	tab.Axe()
	tab.Click("#moves .button-main")
	tab.WaitVisible("#undo-did")
	tab.Axe()
	version := func(run string) int64 {
		v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), run)
		require.NoError(t, err)
		return v.Run.TemplateVersion
	}
	for i, run := range runs {
		require.Equal(t, map[bool]int64{true: 2, false: 1}[i < 3], version(run))
	}

	tab.Go("/runs/" + runs[1])
	require.Contains(t, tab.Text("#step-pour"), "Pour 4 cups")
	require.Contains(t, tab.Text("[aria-labelledby=part--former]"), "Wash up")
	tab.WaitVisible("#step-boil[data-state=done]")
	tab.WaitVisible("#step-cool[data-turn='1']")
	tab.Axe()
	tab.Go("/runs/" + runs[3])
	tab.Click("#run-newer")
	tab.WaitVisible("#run-" + runs[3] + " [name=run]:checked")

	// Another screen has the run open while the move is undone.
	ana := browser.Open(t, o.App, o.ana, browser.Phone)
	ana.Go("/runs/" + runs[0])
	ana.WaitVisible("#step-cool")
	ana.Axe()
	tab.Go("/templates/" + template.ID + "/runs?did=" + o.lastMove(t))
	tab.Focus("#undo-did")
	tab.Press("Enter")
	tab.Until(`document.querySelector('#undo-did')?.textContent.includes('Redo')`)
	ana.WaitGone("#step-cool")
	for _, run := range runs {
		require.EqualValues(t, 1, version(run))
	}
	replay.Check(t, o.DB.Read)
	tab.Sound()
	ana.Sound()
}

// lastMove is the number of the entry with which runs were moved last.
func (o office) lastMove(t *testing.T) (seq string) {
	t.Helper()
	require.NoError(t, o.DB.Read.Raw("SELECT CAST(MAX(seq) AS TEXT) FROM entries WHERE log_id = ? AND action = 'runs.moved'", o.team.ID).Row().Scan(&seq))
	return seq
}

func TestRunsAreMovedWithoutScriptsAndOnlyByThoseWhoMay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.published(t, teaFirst)
	r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), template.ID, models.RunInput{Board: o.board.ID, Name: "Breakfast"})
	require.NoError(t, err)
	at := "/templates/" + template.ID + "/moves"
	require.Contains(t, text(o.bo.Get(at).Body), "No run under way is on an older version")
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaSecond))
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	page := o.bo.Get(at + "?all=1")
	require.Contains(t, page.Body, `value="`+r.ID+`" checked`)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Get(at).Status)
	require.NotContains(t, viewer.Get("/templates/"+template.ID).Body, at)
	require.NotContains(t, viewer.Get("/runs/"+r.ID).Body, at)

	a := o.bo.Send(http.MethodPost, at, "version", "2")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Choose at least one run")
	a = o.bo.Send(http.MethodPost, at, "version", "1", "run", r.ID)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Version 2 has been published meanwhile")
	require.Equal(t, http.StatusNotFound, o.bo.Send(http.MethodPost, at, "version", "2", "run", models.NewID()).Status)
	v, err := o.Store.PlanMoves(t.Context(), o.bo.Actor(), template.ID, "", models.MovesInput{})
	require.NoError(t, err)
	a = o.bo.Send(http.MethodPost, at, "version", "2", "run", r.ID, r.ID+".seal", v.Moves[0].Seal, "reason", "Green tea is better")
	require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
	page = o.bo.Get(a.Location)
	require.Contains(t, page.Body, `id="undo-did"`)
	require.NotContains(t, o.ana.Get(a.Location).Body, `id="undo-did"`, "it is another person's doing")
	log := text(o.ana.Get("/teams/" + o.team.ID + "/log").Body)
	require.Contains(t, log, "moved runs of Tea to its newest version")
	require.Contains(t, log, "moved the run Breakfast to another version of its template")
	require.Contains(t, log, "Green tea is better")
	back := "/templates/" + template.ID + "/runs"
	undo := o.bo.Send(http.MethodPost, "/teams/"+o.team.ID+"/changes/"+o.lastMove(t)+"/undoing", "back", back)
	require.Equal(t, http.StatusSeeOther, undo.Status)
	require.Contains(t, undo.Location, back+"?did=")
	require.Contains(t, text(o.bo.Get(undo.Location).Body), "Redo")
	replay.Check(t, o.DB.Read)
}

func TestThePageOfMovesAsksTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.published(t, teaFirst)
	start := func() {
		_, err := o.Store.StartRun(t.Context(), o.ana.Actor(), template.ID, models.RunInput{Board: o.board.ID})
		require.NoError(t, err)
	}
	start()
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaSecond))
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	read := func() {
		_, err := o.Store.PlanMoves(t.Context(), o.bo.Actor(), template.ID, "", models.MovesInput{})
		require.NoError(t, err)
	}
	read()
	one := o.queries(t, read)
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaFirst))
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	for range 5 {
		start()
	}
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaSecond))
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	read()
	require.Equal(t, one, o.queries(t, read))
}

func TestABoardAndARunAreSavedAsTemplates(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), o.published(t, teaFirst).ID, models.RunInput{Board: o.board.ID, Name: "Breakfast", Cast: map[string]string{"host": o.bo.ID}})
	require.NoError(t, err)
	require.NotContains(t, o.bo.Get("/runs/"+r.ID).Body, "run-save", "templates are for managers")
	require.Equal(t, http.StatusForbidden, o.bo.Send(http.MethodPost, "/runs/"+r.ID+"/template").Status)
	require.Equal(t, http.StatusForbidden, o.bo.Send(http.MethodPost, "/boards/"+o.board.ID+"/template").Status)

	tab := browser.Open(t, o.App, o.ana, browser.Phone)
	tab.Go("/runs/" + r.ID)
	tab.Click("#run-save")
	tab.WaitVisible(".recalled")
	require.Contains(t, tab.Text(".recalled"), "Everything that a template can hold is in it.")
	require.Contains(t, tab.Value("#field-source"), "name: Breakfast")
	tab.Until(`document.documentElement.scrollWidth <= innerWidth`)
	tab.Axe()
	tab.Sound()

	a := o.ana.Send(http.MethodPost, "/boards/"+o.board.ID+"/template")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Contains(t, o.ana.Get("/boards/"+o.board.ID+"/settings").Body, "/boards/"+o.board.ID+"/template")
	draft := strings.SplitN(a.Location, "?", 2)[0]
	for _, loss := range models.Losses {
		for _, lang := range []string{"en", "es"} {
			speaks(t, o.ana, lang)
			page := text(o.ana.Get(draft + "?recalled=1&lost=" + string(loss) + ".2,nonsense.3,tasks.x").Body)
			require.Contains(t, page, say.In(say.With(t.Context(), lang)).Amend.Lost[string(loss)](2))
		}
	}
	replay.Check(t, o.DB.Read)
}

func TestAStepIsAddedInOneRunAloneAndItsStartIsUndone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.published(t, teaFirst)
	start := func(name string) string {
		a := o.bo.Send(http.MethodPost, "/templates/"+template.ID+"/runs", "board", o.board.ID, "name", name, "role.host", o.bo.ID)
		require.Equal(t, http.StatusSeeOther, a.Status)
		return a.Location
	}
	run, _, _ := strings.Cut(start("Breakfast"), "?")
	a := o.bo.Send(http.MethodPost, run+"/steps", "title", "", "reason", "A guest")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="A guest"`, "what was typed is kept")
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.NotContains(t, viewer.Get(run).Body, "run-add")
	require.Equal(t, http.StatusForbidden, viewer.Get(run+"/steps/new").Status)

	tab := browser.Open(t, o.App, o.bo)
	ana := browser.Open(t, o.App, o.ana, browser.Phone)
	ana.Go(run)
	ana.WaitVisible("#step-boil")
	tab.Go(run)
	tab.Click("#run-add")
	tab.WaitVisible("#new-step")
	tab.Axe()
	tab.Type("[name=title]", "Find the cups")
	tab.Choose("[name=owner]", "Ana Ruiz")
	tab.Focus("[name=after]") // the first: boil
	tab.Press("Space")
	tab.Until(`document.querySelector('[name=after]').checked`)
	tab.Click("#new-step .button-main")
	tab.WaitVisible("#step-extra-1")
	require.Contains(t, tab.Text("#step-extra-1"), "Deviation")
	tab.Until(`document.querySelector("#step-extra-1 a[href*=tasks]:not([data-panel]), #step-extra-1 .facts").textContent.includes("Boil water")`)
	tab.Axe()
	ana.WaitVisible("#step-extra-1")
	ana.Axe()
	tab.Click("#undo-did")
	tab.Until(`document.querySelector('#undo-did')?.textContent.includes('Redo')`)
	ana.WaitGone("#step-extra-1")
	tab.Sound()
	ana.Sound()

	// A start is undone as long as nobody has worked on it; else it is said why not.
	lunch := start("Lunch")
	tab.Go(lunch)
	tab.Click("#undo-did")
	tab.WaitVisible(".runs")
	require.NotContains(t, tab.Text(".runs"), "Lunch")
	dinner := start("Dinner")
	id, _, _ := strings.Cut(strings.TrimPrefix(dinner, "/runs/"), "?")
	v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), id)
	require.NoError(t, err)
	title := "Boil a lot of water"
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), v.Steps[0].Task.ID, 1<<40, models.TaskInput{Title: &title}))
	_, seq, _ := strings.Cut(dinner, "?did=")
	refused := o.bo.Send(http.MethodPost, "/teams/"+o.team.ID+"/changes/"+seq+"/undoing", "back", "/templates/"+template.ID+"/runs")
	require.Equal(t, http.StatusConflict, refused.Status)
	require.Contains(t, text(refused.Body), "This was changed again since")
	require.Contains(t, text(refused.Body), "Ana Ruiz")
	replay.Check(t, o.DB.Read)
}

func TestARunIsReadAsAListInTheOrderInWhichItIsDone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), o.published(t, teaSecond).ID, models.RunInput{Board: o.board.ID, Name: "Breakfast", Cast: map[string]string{"host": o.bo.ID}})
	require.NoError(t, err)
	v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), r.ID)
	require.NoError(t, err)
	_, err = o.Store.AddStep(t.Context(), o.bo.Actor(), r.ID, models.StepInput{Title: "Find the cups", Before: []string{v.Steps[2].Task.ID}})
	require.NoError(t, err)
	page := text(o.bo.Get("/runs/" + r.ID + "/outline").Body)
	require.Contains(t, page, "Stage 1 Boil water Ready · Bo Chen Find the cups Ready · deviation Stage 2 Let it cool Waiting · Bo Chen · after “Boil water” "+
		"Stage 3 Pour the tea Waiting · Bo Chen · after “Let it cool”, “Find the cups” ☐ Warm the cups")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/runs/" + r.ID)
	tab.Click(".faces a[href$='/outline']")
	tab.WaitVisible(".stages")
	tab.Axe()
	require.NoError(t, o.Store.CompleteStep(t.Context(), o.ana.Actor(), v.Steps[0].Task.ID, 1<<40, nil))
	tab.Until(`document.querySelector('.stages').textContent.includes('Let it cool') && document.querySelector('#stage-2 [data-state=ready]')`)
	phone := browser.Open(t, o.App, o.ana, browser.Phone, browser.Dark)
	phone.Go("/runs/" + r.ID + "/outline")
	phone.Until(`document.documentElement.scrollWidth <= innerWidth`)
	phone.Axe()
	tab.Sound()
	phone.Sound()
}
