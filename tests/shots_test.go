package tests

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// looks are the ways in which people look at pages.
var looks = map[string][]browser.Option{
	"light": nil, "dark": {browser.Dark}, "wide": {browser.Wide}, "phone": {browser.Phone}, "phone-dark-es": {browser.Phone, browser.Dark, browser.Spanish},
}

// TestShots takes pictures of the main pages for people to look at; make shots.
func TestShots(t *testing.T) {
	if os.Getenv("RELEVO_TEST_SHOTS") == "" {
		t.Skip("pictures are taken by make shots")
	}
	gallery(t, func(tab *browser.Tab, look, page string) { tab.Shot(page + "-" + look) }, "light", "dark", "wide", "phone", "phone-dark-es")
}

// Every page is without a violation of what axe checks, for those who see it in
// light or dark, wide or narrow, in English or Spanish.
func TestAxeFindsNothingOnAnyPage(t *testing.T) {
	t.Parallel()
	gallery(t, func(tab *browser.Tab, _, _ string) { tab.Axe() }, "light", "phone-dark-es")
}

// gallery shows each page, with something on it, in the looks that are named.
func gallery(t *testing.T, see func(tab *browser.Tab, look, page string), named ...string) {
	t.Helper()
	walk := func(tab *browser.Tab, look string, pages map[string]string) {
		for page, path := range pages {
			tab.Go(path)
			see(tab, look, page)
		}
	}
	app := testapp.Start(t)
	for _, look := range named {
		walk(browser.Open(t, app, app.Visitor(), looks[look]...), look, map[string]string{"first-account": "/welcome"})
	}
	ana := app.Person("Ana Ruiz")
	noTeam := app.Person("Noa Berg")
	team := app.Team(ana, "Northwind People")
	bo := app.Join(ana, team, "Bo Lindqvist", access.Member)
	app.Join(ana, team, "Chioma Okafor", access.Manager)
	made := ana.Send(http.MethodPost, "/teams/"+team.ID+"/sample-board")
	require.Equal(t, http.StatusSeeOther, made.Status, made.Body)
	board := made.Location
	task, column := populate(t, app, ana, bo, board[strings.LastIndex(board, "/")+1:])
	app.Board(ana, team, "Contracts and other legal matters")
	require.NoError(t, app.Store.SendRemark(t.Context(), ana.Actor(), models.RemarkInput{Kind: models.AnIdea, Page: board, Body: "Could a card show how long it has waited?\nWe count by hand now."}))
	require.NoError(t, app.Store.SendRemark(t.Context(), bo.Actor(), models.RemarkInput{Body: "I like it."}))
	template, run := aRun(t, ana, bo, team, board[strings.LastIndex(board, "/")+1:])
	erased := anErasure(t, app, ana, team)
	invitation := "/invitations/" + app.Invitation(ana, team, access.Member)
	pattern := aPattern(t, app, ana, board[strings.LastIndex(board, "/")+1:], task)
	pages := map[string]string{
		"patterns": board + "/patterns", "pattern": board + "/patterns/" + pattern, "pattern-save": "/tasks/" + task + "/patterns/new", "pattern-pick": "/columns/" + column + "/patterns",
		"board": board, "arrived": board + "?arrived=1", "table": board + "/table", "table-grouped": board + "/table?group=owner&sort=-priority~due", "board-sorted": board + "?sort=due", "swimlanes": board + "?lanes=owner", "views": board + "/views?face=table&sort=due", "view-new": board + "/views/new?face=table&query=sort%3Ddue", "task": "/tasks/" + task, "move": "/tasks/" + task + "/place", "candidates": "/tasks/" + task + "/candidates?q=a",
		"diagram": board + "/diagram", "timeline": board + "/timeline", "timeline-week": board + "/timeline?zoom=week", "dates": "/tasks/" + task + "/dates", "calendar": board + "/calendar", "calendar-week": board + "/calendar?week=" + time.Now().Format(time.DateOnly),
		"copy": "/tasks/" + task + "/copies/new", "transfer": "/tasks/" + task + "/board", "team": "/teams/" + team.ID,
		"people": "/teams/" + team.ID + "/members", "team-settings": "/teams/" + team.ID + "/settings", "log": "/teams/" + team.ID + "/log", "log-seal": "/teams/" + team.ID + "/log/seal", "log-entry": "/teams/" + team.ID + "/log/entries/20",
		"history": "/tasks/" + task + "/history", "my-work": "/my-work", "inbox": "/inbox", "inbox-cleared": "/inbox?show=cleared", "inbox-choices": "/inbox/settings", "watchers": board + "/watchers", "account": "/account", "server": "/settings", "erasure-own": "/account/erasure", "erasure": "/settings/erasure?email=" + url.QueryEscape(bo.Email), "erased-entry": erased,
		"board-settings": board + "/settings", "fields": board + "/fields", "field": board + "/fields/" + aField(t, app, ana, board), "closed": board + "/closed", "column": "/columns/" + column, "column-removal": "/columns/" + column + "/removal",
		"report": board + "/report", "report-runs": template + "/report", "report-team": "/teams/" + team.ID + "/report", "report-mine": "/my-work/report", "report-tasks": board + "/report/tasks?of=finished",
		"not-found": "/nothing-here", "feedback-new": "/feedback/new", "feedback-mine": "/feedback/mine", "feedback": "/feedback", "adding-help": "/help/adding",
		"templates": "/teams/" + team.ID + "/templates", "template-new": "/teams/" + team.ID + "/templates/new", "template": template, "template-draft": template + "/draft", "template-diagram": template + "/diagram", "template-play": template + "/play", "run-links": run + "/links", "template-comparison": template + "/comparison?from=1&to=1", "moves": template + "/moves", "run-step": run + "/steps/new", "run-outline": run + "/outline",
		"rehearsal": template + "/rehearsal",
		"runs":      template + "/runs", "run-table": template + "/runs/table", "start": template + "/runs/new", "run": run, "run-diagram": run + "/diagram", "run-timeline": run + "/timeline",
		"deeds": board + "/deeds/new", "card-due": "/tasks/" + task + "/card/due", "card-labels": "/tasks/" + task + "/card/labels", "card-actions": "/tasks/" + task + "/card",
	}
	for _, look := range named {
		lang := "en"
		if strings.HasSuffix(look, "-es") {
			lang = "es"
		}
		for _, p := range []*testapp.Person{ana, noTeam} {
			speaks(t, p, lang)
		}
		walk(browser.Open(t, app, ana, looks[look]...), look, pages)
		walk(browser.Open(t, app, noTeam, looks[look]...), look, map[string]string{"new-team": "/teams/new", "invited": invitation})
		walk(browser.Open(t, app, app.Visitor(), looks[look]...), look, map[string]string{
			"start": "/", "sign-in": "/sign-in", "sign-up": "/sign-up", "invited-stranger": invitation})
	}
}

// anErasure erases somebody, and returns the page of an entry that named them.
func anErasure(t *testing.T, app *testapp.App, ana *testapp.Person, team models.Team) string {
	t.Helper()
	dana := app.Join(ana, team, "Dana Ionescu", access.Member)
	done := ana.Send(http.MethodPost, "/settings/erasure", "email", dana.Email, "typed", dana.Email)
	require.Equal(t, "/settings?erased=1", done.Location, done.Body)
	log, err := app.Store.Log(t.Context(), models.Actor{ID: ana.ID}, team.ID, models.LogQuery{Action: string(models.PersonErased)})
	require.NoError(t, err)
	list, err := log.Lines[0].Erases()
	require.NoError(t, err)
	return "/teams/" + team.ID + "/log/entries/" + strconv.FormatInt(list[0].Seq, 10)
}

// aRun takes a template over and starts it. It returns the addresses of both.
func aRun(t *testing.T, ana, bo *testapp.Person, team models.Team, board string) (template, run string) {
	t.Helper()
	made := ana.Send(http.MethodPost, "/teams/"+team.ID+"/templates", "shipped", "order-processing")
	require.Equal(t, http.StatusSeeOther, made.Status, made.Body)
	started := ana.Send(http.MethodPost, made.Location+"/runs", "board", board, "input.order_number", "4711", "input.customer", "Ada", "input.customer_email", "ada@example.org",
		"input.amount", "120", "role.sales", bo.ID, "role.accounts", ana.ID)
	require.Equal(t, http.StatusSeeOther, started.Status, started.Body)
	run, _, _ = strings.Cut(started.Location, "?")
	return made.Location, run
}

// speaks sets a person's own language: it goes before what the browser asks for.
func speaks(t *testing.T, p *testapp.Person, lang string) {
	t.Helper()
	a := p.Send(http.MethodPut, "/account", "name", p.Name, "lang", lang, "zone", "UTC")
	require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
}

// populate gives the sample board's tasks owners and lets one of them go on. It
// returns a waiting task and the waiting column.
func populate(t *testing.T, app *testapp.App, ana, bo *testapp.Person, board string) (task, column string) {
	t.Helper()
	v, err := app.Store.Board(t.Context(), ana.Actor(), board)
	require.NoError(t, err)
	for _, l := range v.Lanes {
		if l.State == flow.Waiting {
			task, column = l.Cards[0].ID, l.ID
			for i, c := range l.Cards {
				owner := []string{ana.ID, bo.ID}[i%2]
				ana.Send(http.MethodPut, "/tasks/"+c.ID, "version", "1000000", "owners", owner)
				if i%3 != 2 {
					ana.Send(http.MethodPut, "/tasks/"+c.ID+"/dates", "version", "1000000", "due", time.Now().AddDate(0, 0, i-1).Format(time.DateOnly))
				}
			}
			detail(t, app, ana, bo, board, task)
			ana.Send(http.MethodPut, "/tasks/"+l.Cards[1].ID+"/block", "version", "1000000", "reason", "The key is lost")
			ana.Send(http.MethodPost, "/tasks/"+l.Cards[2].ID+"/cancellation", "version", "1000000", "reason", "Not this time")
		}
		if l.State == flow.Ready {
			bo.Send(http.MethodPost, "/tasks/"+l.Cards[len(l.Cards)-1].ID+"/completion", "version", "1000000")
		}
	}
	return task, column
}

// aField is one of a board's custom fields.
func aField(t *testing.T, app *testapp.App, who *testapp.Person, board string) string {
	t.Helper()
	v, err := app.Store.Fields(t.Context(), who.Actor(), board[strings.LastIndex(board, "/")+1:])
	require.NoError(t, err)
	return v.Fields[1].ID
}

// detail gives a task a checklist, files, comments and labels.
func detail(t *testing.T, app *testapp.App, ana, bo *testapp.Person, board, task string) {
	t.Helper()
	for _, l := range []models.LabelInput{{Name: "Legal", Colour: "purple", Icon: "scale"}, {Name: "Money", Colour: "green", Icon: "banknote"}} {
		require.NoError(t, app.Store.AddLabel(t.Context(), ana.Actor(), board, l))
	}
	require.NoError(t, app.Store.AddItems(t.Context(), bo.Actor(), task, []string{"Passport copied", "Contract signed by both sides", "Photo taken"}, true))
	require.NoError(t, app.Store.AddItems(t.Context(), bo.Actor(), task, []string{"Flowers on the desk"}, false))
	a := bo.UploadAll("/tasks/"+task+"/files", "files", testapp.File{Name: "Contract 2026.pdf", Data: []byte("%PDF-1.7")}, testapp.File{Name: "The office from the street.png", Data: aPicture(t, 900, 600)},
		testapp.File{Name: "An old list of what everybody needs on their first day.csv", Data: []byte("a,b")})
	require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
	attached, err := app.Store.Task(t.Context(), bo.Actor(), task)
	require.NoError(t, err)
	require.NoError(t, app.Store.RemoveFile(t.Context(), bo.Actor(), task, attached.Files[2].ID))
	require.NoError(t, app.Store.AddComment(t.Context(), bo.Actor(), task, "Has **HR** sent the papers, @Ana Ruiz?"))
	require.NoError(t, app.Store.AddComment(t.Context(), ana.Actor(), task, "> Has **HR** sent the papers?\n\nYes, on Monday."))
	for _, f := range []models.FieldInput{{Name: "Budget", Kind: custom.Number, Help: "In euros, for all of it", Required: true, OnCard: true},
		{Name: "Site", Kind: custom.Choice, OnCard: true, Options: []models.OptionInput{{Name: "Headquarters"}, {Name: "At home"}}}, {Name: "Contract", Kind: custom.URL}} {
		require.NoError(t, app.Store.AddField(t.Context(), ana.Actor(), board, f))
	}
	v, err := app.Store.Task(t.Context(), ana.Actor(), task)
	require.NoError(t, err)
	held := map[string]string{v.Fields[0].ID: "12500", v.Fields[1].ID: v.Fields[1].Options[0].ID, v.Fields[2].ID: "https://example.org/contracts/7"}
	require.NoError(t, app.Store.EditTask(t.Context(), ana.Actor(), task, v.Task.Version, models.TaskInput{Fields: held}))
	v, err = app.Store.Task(t.Context(), ana.Actor(), task)
	require.NoError(t, err)
	ask := models.ApprovalInput{Approvers: []string{ana.ID, bo.ID}, Role: access.Manager, Mode: models.AllApprovers, Note: "Are all copies signed?"}
	require.NoError(t, app.Store.AskApproval(t.Context(), ana.Actor(), task, v.Task.Version, ask))
	v, err = app.Store.Task(t.Context(), ana.Actor(), task)
	require.NoError(t, err)
	labels := []string{v.BoardLabels[0].ID, v.BoardLabels[1].ID}
	require.NoError(t, app.Store.EditTask(t.Context(), ana.Actor(), task, v.Task.Version, models.TaskInput{Labels: &labels}))
	require.NoError(t, app.Store.TickItem(t.Context(), bo.Actor(), task, v.Items[0].ID))
	require.NoError(t, app.Store.EditItem(t.Context(), bo.Actor(), task, v.Items[1].ID, v.Task.Version, models.ItemInput{Text: v.Items[1].Text, Owner: ana.ID, Due: "2030-02-03", Required: true}))
	require.NoError(t, app.Store.MakeItemTask(t.Context(), ana.Actor(), task, v.Items[2].ID))
}
