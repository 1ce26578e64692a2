package tests

import (
	"bytes"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

func TestATrelloBoardIsBroughtInWithoutScripts(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "Movers")
	imports := "/teams/" + team.ID + "/imports"
	require.Contains(t, ana.Get("/teams/"+team.ID).Body, imports+"/new")
	require.Contains(t, ana.Get(imports+"/new").Body, `enctype="multipart/form-data"`)
	data, err := os.ReadFile("../models/exchange/testdata/trello.json")
	require.NoError(t, err)
	up := ana.Upload(imports, "file", "board.json", data)
	require.Equal(t, http.StatusSeeOther, up.Status, up.Body)

	page := ana.Get(up.Location)
	require.Contains(t, page.Body, "A board from Trello, 9 cards")
	require.Contains(t, page.Body, `value="Office move"`)
	require.Regexp(t, `value="`+ana.ID+`" selected`, page.Body, "Trello's Ana Ruiz is proposed to be ours")
	lanes := regexp.MustCompile(`name="lane" value="([^"]*)"`).FindAllStringSubmatch(page.Body, -1)
	require.Len(t, lanes, 6)

	// The list of what is blocked is decided to be left out, and the board renamed.
	fields := []string{"name", "New office", "key", "mov", "person", "m1", "user", ana.ID}
	for _, l := range lanes {
		state := map[string]string{"l1": "ready", "l2": "in_progress", "l3": "in_review", "l5": "done", "l9": "ready"}[l[1]]
		fields = append(fields, "lane", l[1], "state", state)
	}
	mapped := ana.Send("PUT", up.Location, fields...)
	require.Equal(t, up.Location+"/plan", mapped.Location)
	before := entriesOf(t, app)
	plan := ana.Get(mapped.Location)
	for _, said := range []string{"What will be made: New office", "Nothing has been made yet.", "Blocked by others is left out, with 1 card.", "added: a board needs it",
		"Carla Gone is nobody in this team", "older comments of this card", "“soon” was not understood as a date", "7 tasks, 0 dependencies", "2 archived tasks"} {
		require.Contains(t, plan.Body, said)
	}
	require.Equal(t, before, entriesOf(t, app), "a dry run makes nothing")

	made := ana.Send("POST", up.Location+"/board")
	require.Equal(t, http.StatusSeeOther, made.Status, made.Body)
	board := ana.Get(made.Location)
	for _, said := range []string{"New office", "MOV-1", "Hire a van", "Done 🎉"} {
		require.Contains(t, board.Body, said)
	}
	require.Equal(t, http.StatusNotFound, ana.Get(up.Location).Status, "the file is forgotten")
	require.Contains(t, ana.Get("/teams/"+team.ID+"/log").Body, "imported the board")
	replay.Check(t, app.DB.Read)
}

func TestATableIsMappedAndItsMistakesAreSaidBesideIt(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Movers")
	require.Equal(t, http.StatusSeeOther, ana.Send("PUT", "/account", "name", "Ana", "lang", "es", "zone", "UTC").Status)
	imports := "/teams/" + team.ID + "/imports"
	up := ana.Upload(imports, "file", "plan.csv", []byte("Id;Qué;Situación;Depende de\nA;Uno;Por hacer;B\nB;Dos;Hecho;A\n"))
	page := ana.Get(up.Location)
	require.Contains(t, page.Body, "Qué es qué en plan.csv")

	two := ana.Send("PUT", up.Location, "name", "", "field", "key", "field", "title", "field", "title", "field", "requires")
	require.Equal(t, http.StatusUnprocessableEntity, two.Status)
	require.Contains(t, two.Body, "Dos columnas dicen ser «Título»")
	none := ana.Send("PUT", up.Location, "name", "Plan", "field", "key", "field", "", "field", "column", "field", "requires")
	require.Contains(t, none.Body, "Di qué columna de la tabla es el título")
	mapping := []string{"name", "Plan", "field", "key", "field", "title", "field", "column", "field", "requires"}
	again := ana.Send("PUT", up.Location, append(mapping, "then", "again")...)
	require.Equal(t, up.Location, again.Location)
	page = ana.Get(up.Location)
	require.Contains(t, page.Body, "Por hacer (1)")
	require.Contains(t, page.Body, "Hecho (1)")

	ana.Send("PUT", up.Location, mapping...)
	plan := ana.Get(up.Location + "/plan")
	require.Contains(t, plan.Body, "Así no se puede crear el tablero")
	require.Contains(t, plan.Body, "A → B → A", "the cycle is named")
	require.Equal(t, http.StatusConflict, ana.Send("POST", up.Location+"/board").Status)
	mapping[9] = ""
	mapping[1] = ""
	ana.Send("PUT", up.Location, mapping...)
	nameless := ana.Send("POST", up.Location+"/board")
	require.Equal(t, http.StatusUnprocessableEntity, nameless.Status)
	require.Contains(t, nameless.Body, `aria-invalid="true"`)
	mapping[1] = "Plan"
	ana.Send("PUT", up.Location, mapping...)
	require.Equal(t, http.StatusSeeOther, ana.Send("POST", up.Location+"/board").Status)
}

func TestAFileThatIsNoneIsRefusedBesideTheField(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Movers")
	imports := "/teams/" + team.ID + "/imports"
	for name, data := range map[string][]byte{"picture.png": {0x89, 'P', 'N', 'G', 0, 0}, "empty.csv": {}, "other.json": []byte(`{"a":1}`),
		"big.csv": bytes.Repeat([]byte("x,y\n"), exchange.MaxBytes/4+1), "many.csv": bytes.Repeat([]byte("x\n"), exchange.MaxTasks+2)} {
		a := ana.Upload(imports, "file", name, data)
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, name)
		require.Contains(t, a.Body, `id="field-file-wrong"`, name)
	}
	require.Equal(t, http.StatusUnprocessableEntity, ana.Upload(imports, "other", "x", nil).Status)

	viewer, stranger, visitor := app.Join(ana, team, "Vic", access.Member), app.Person("Eve"), app.Visitor()
	big := bytes.Repeat([]byte("title\n"), 1<<18) // more than other forms may carry
	require.Equal(t, http.StatusSeeOther, ana.Upload(imports, "file", "fine.csv", append(big[:0:0], big[:18<<10]...)).Status)
	require.Equal(t, http.StatusForbidden, viewer.Upload(imports, "file", "x.csv", []byte("title\nx\n")).Status)
	require.Equal(t, http.StatusNotFound, stranger.Upload(imports, "file", "x.csv", []byte("title\nx\n")).Status)
	require.Equal(t, http.StatusUnauthorized, visitor.Upload(imports, "file", "x.csv", []byte("title\nx\n")).Status)

	elsewhere := ana.Do("POST", imports, map[string][]string{}, "Sec-Fetch-Site", "cross-site")
	require.Equal(t, http.StatusForbidden, elsewhere.Status, "another site's form")
}

func TestABoardIsTakenElsewhereByWhoeverMaySeeIt(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Movers")
	vic := app.Join(ana, team, "Vic", access.Viewer)
	board := app.Board(ana, team, "Año/nuevo")
	_, err := app.Store.AddTasks(t.Context(), ana.Actor(), columnOf(t, app, ana, board.ID), []string{"=HYPERLINK(\"http://evil\")", "Plain"})
	require.NoError(t, err)
	settings := ana.Get("/boards/" + board.ID + "/settings").Body
	for _, ending := range []string{"csv", "json"} {
		path := "/boards/" + board.ID + "/export." + ending
		require.Contains(t, settings, path)
		before := entriesOf(t, app)
		a := vic.Get(path)
		require.Equal(t, http.StatusOK, a.Status)
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		require.True(t, strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment;"), a.Header.Get("Content-Disposition"))
		require.NotContains(t, a.Header.Get("Content-Disposition"), "/")
		if ending == "csv" {
			require.NotContains(t, a.Body, `"=HYPER`)
		}
		require.NotContains(t, a.Body, "@example.com", "addresses are for who manages members")
		require.Equal(t, before, entriesOf(t, app))
		require.Equal(t, http.StatusNotFound, app.Person("Eve "+ending).Get(path).Status)
		up := ana.Upload("/teams/"+team.ID+"/imports", "file", "back."+ending, []byte(a.Body))
		require.Contains(t, ana.Get(up.Location+"/plan").Body, "Everything in the file was understood.")
		require.Equal(t, "/teams/"+team.ID, ana.Send("DELETE", up.Location).Location)
		require.Equal(t, http.StatusNotFound, ana.Get(up.Location).Status)
	}
}

func entriesOf(t *testing.T, app *testapp.App) (n int64) {
	t.Helper()
	require.NoError(t, app.DB.Read.Raw("SELECT COUNT(*) FROM entries").Scan(&n).Error)
	return n
}

func columnOf(t *testing.T, app *testapp.App, who *testapp.Person, board string) string {
	t.Helper()
	v, err := app.Store.Board(t.Context(), who.Actor(), board)
	require.NoError(t, err)
	return v.Lanes[1].ID
}

func TestAnImportIsMadeInABrowserByKeyboard(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "Movers")
	for look, options := range map[string][]browser.Option{"light": nil, "phone-dark-es": {browser.Phone, browser.Dark, browser.Spanish}} {
		tab := browser.Open(t, app, ana, options...)
		see := func(page string) {
			tab.Axe()
			if os.Getenv("RELEVO_TEST_SHOTS") != "" {
				tab.Shot("import-" + page + "-" + look)
			}
		}
		tab.Go("/teams/" + team.ID)
		see("team")
		tab.Focus(`a[href$="/imports/new"]`)
		tab.Press("Enter")
		tab.WaitVisible("#field-file")
		see("new")
		table := ana.Upload("/teams/"+team.ID+"/imports", "file", "table.csv", []byte("title,list,assignee,due,depends on,id\nOne,To do,Ana Ruiz,tomorrow,2,1\nTwo,Doing,Somebody,2026-05-01,,2\n"))
		tab.Go(table.Location)
		see("table")
		tab.Choose("#field-field-0", "")
		tab.Click("#mapping .button-main")
		tab.WaitVisible("[role=alert]")
		see("table-refused")
		data, err := os.ReadFile("../models/exchange/testdata/trello.json")
		require.NoError(t, err)
		tab.Go(ana.Upload("/teams/"+team.ID+"/imports", "file", "board.json", data).Location)
		see("trello")
		tab.Focus("#mapping .button-main")
		tab.Press("Enter")
		tab.WaitVisible("#plan-found")
		see("plan")
		tab.Focus(`[form=make]`)
		tab.Press("Enter")
		tab.WaitVisible(".card")
		see("made")
		tab.Go(tab.Path() + "/settings")
		tab.WaitVisible("#export-title")
		see("settings")
	}
}
