package tests

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

func TestAStrangerLearnsWhatThisIsAndHowToGetIn(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	admin := app.Person("Ana Ruiz")
	tab := browser.Open(t, app, app.Visitor())
	tab.Go("/")
	tab.WaitVisible("h1 >> Work that hands itself on")
	require.Equal(t, "Create accounts", tab.Text(".picture [data-state=ready] .card-title"))
	require.Contains(t, tab.Text(".picture [data-state=ready] .card-moved"), "Ready because of NEW-1 Sign the contract")
	tab.Axe()
	tab.Press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
	require.False(t, browser.Eval[bool](tab, "document.querySelector('.picture').contains(document.activeElement)"), "a picture is not for the keyboard")
	tab.Click(".button-main >> Create an account")
	tab.WaitVisible("[name=email]")
	tab.Sound()

	phone := browser.Open(t, app, app.Visitor(), browser.Phone, browser.Dark, browser.Spanish)
	phone.Go("/")
	phone.WaitVisible(".picture .card-title >> Crear las cuentas")
	phone.Axe()
	require.LessOrEqual(t, browser.Eval[int](phone, "document.documentElement.scrollWidth"), 390)
	phone.Sound()

	for mode, says := range map[string]string{"invited": "Accounts are made by invitation here.", "closed": "No accounts can be made here at present."} {
		require.Equal(t, http.StatusSeeOther, admin.Send("PUT", "/settings", "sign_up", mode).Status)
		page := app.Visitor().Get("/")
		require.NotContains(t, page.Body, "/sign-up", mode)
		require.Contains(t, page.Body, says)
		require.Contains(t, page.Body, "/sign-in")
	}
}

// The lessons of the sample board are a relay themselves: whoever does what a card
// says meets the next one, and in the end throws all of it away.
func TestTheSampleBoardTeachesByDoingAndIsThrownAway(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "Northwind People")
	bo := app.Join(ana, team, "Bo Chen", access.Member)
	tab := browser.Open(t, app, ana)
	tab.Go("/teams/" + team.ID)
	tab.Click("button >> Make the sample board")
	tab.WaitVisible(".lane[data-state=ready] .card-title >> Start here: move me to Done")
	board := tab.Path()
	in := func(state, title string) string {
		return ".lane[data-state=" + state + "] .card-title >> " + title
	}
	tab.WaitVisible(in("waiting", "Lesson 2"))

	// By mouse, and by keyboard.
	tab.Drag(".card:has(.priority-3)", ".lane[data-state=done] h2", 0)
	tab.WaitVisible(in("ready", "Lesson 2: complete “Sign the contract”"))
	tab.WaitVisible(in("waiting", "Lesson 3"))
	browser.Eval[bool](tab, "([...document.querySelectorAll('.card-title')].find(t => t.textContent === 'Sign the contract').focus(), true)")
	tab.Press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
	tab.WaitVisible(in("done", "Sign the contract"))
	for _, released := range []string{"Create accounts", "Order the laptop", "Add Noa to payroll"} {
		tab.WaitVisible(in("ready", released))
	}

	// What one undoes goes back with what followed.
	tab.Press("Control+z")
	tab.WaitVisible(in("ready", "Sign the contract"))
	tab.WaitVisible(in("waiting", "Create accounts"))
	tab.Axe()

	// Its end, which asks first.
	other := browser.Open(t, app, bo)
	other.Go(board)
	other.WaitVisible(".badge >> Sample")
	require.False(t, other.Sees(".sample-menu"), "it is the managers' to throw away")
	tab.Click(".sample-menu > summary")
	tab.WaitVisible(".sample-about >> nothing on it is real")
	tab.Click(".sample-about summary >> Throw this board away…")
	tab.Axe()
	tab.Click(".sample-about .button-danger")
	tab.WaitVisible("[role=status] >> The sample board is gone.")
	require.Equal(t, "/teams/"+team.ID+"?done=discarded", tab.Path())
	require.False(t, tab.Sees(".board-tile"))
	tab.Axe()
	require.Equal(t, http.StatusNotFound, bo.Get(board).Status)
	require.Contains(t, ana.Get("/teams/"+team.ID+"/log").Body, "threw the sample board")
	replay.Check(t, app.DB.Read)
	tab.Sound()

	// On a phone, in Spanish, and from its settings.
	speaks(t, ana, "es")
	phone := browser.Open(t, app, ana, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go("/teams/" + team.ID)
	phone.Click("button >> Crear el tablero de ejemplo")
	phone.WaitVisible(".card-title >> Empieza aquí: llévame a Hecha")
	phone.Axe()
	phone.Go(phone.Path() + "/settings")
	phone.Click("summary >> Tirar este tablero…")
	phone.Axe()
	phone.Click(".button-danger >> Tirarlo")
	phone.WaitVisible("[role=status] >> El tablero de ejemplo ya no está.")
}

// Somebody who is invited from a board makes an account on a phone and arrives at that
// board; the team greets them until they say that they know.
func TestInvitedPeopleArriveWhereTheyWereInvitedAndAreGreetedOnce(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "Northwind People")
	app.Board(ana, team, "Contracts")
	board := app.Board(ana, team, "Onboarding")
	tab := browser.Open(t, app, ana)

	// "Invite" is found on a board, on the team's page, in its menu, and by words.
	tab.Go("/teams/" + team.ID)
	tab.WaitVisible(".page-head .button >> Invite people")
	tab.Click(".top-team")
	tab.WaitVisible(".menu-item >> Invite people")
	tab.Go("/boards/" + board.ID)
	tab.Press("Control+k")
	tab.WaitVisible("#palette-q")
	tab.Type("#palette-q", "invite")
	tab.WaitVisible(".palette-option >> Invite people: Northwind People")
	tab.Press("Escape")
	tab.Click(".board-invite")
	tab.WaitVisible("#invite")
	require.Equal(t, board.ID, tab.Value("[name=board]"), "they arrive at the board that they are invited from")
	tab.Axe()
	tab.Click("form[action$='/invitations'] .button-main")
	tab.WaitVisible("#invitation-link")
	link := strings.TrimPrefix(tab.Value("#invitation-link"), app.URL)

	phone := browser.Open(t, app, app.Visitor(), browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(link)
	phone.Click("a[href^='/sign-up']")
	phone.Type("[name=name]", "Ben Soto")
	phone.Type("[name=email]", "ben@example.com")
	phone.Type("[name=password]", testapp.Password)
	phone.Click("form .button-main")
	phone.Until("document.querySelector('form').getAttribute('action') === '/sign-in'")
	phone.Type("[name=password]", testapp.Password)
	phone.Click("form .button-main")
	phone.WaitVisible(".arrived >> Te damos la bienvenida a Northwind People, Ben")
	require.Equal(t, "/boards/"+board.ID+"?arrived=1", phone.Path())
	phone.Axe()
	phone.Reload()
	phone.WaitVisible(".arrived")
	phone.Go("/teams/" + team.ID)
	phone.WaitVisible("#greeting-title")
	phone.Axe()
	require.LessOrEqual(t, browser.Eval[int](phone, "document.documentElement.scrollWidth"), 390)
	phone.Go("/boards/" + board.ID + "?arrived=1")
	phone.Click(".arrived button")
	phone.Until("location.search === ''")
	phone.Go("/boards/" + board.ID + "?arrived=1")
	phone.WaitVisible("#board")
	require.False(t, phone.Sees(".arrived"), "it is gone for good")
	phone.Go("/teams/" + team.ID)
	require.False(t, phone.Sees(".greeting"))
	phone.Go("/teams/" + team.ID + "/members")
	phone.WaitVisible("main >> A este equipo invitan sus propietarios: Ana Ruiz.")
	phone.Axe()
	phone.Sound()
	tab.Sound()
}

func TestALinkLeadsToABoardOnlyIfItIsTheTeams(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, eve := app.Person("Ana"), app.Person("Eve")
	team, other := app.Team(ana, "Onboarding"), app.Team(eve, "Elsewhere")
	board, theirs := app.Board(ana, team, "Plan"), app.Board(eve, other, "Secret")
	link := "/invitations/" + app.Invitation(ana, team, access.Member)
	for next, want := range map[string]string{
		"/boards/" + board.ID:  "/boards/" + board.ID + "?arrived=1",
		"/boards/" + theirs.ID: "/teams/" + team.ID,
		"/boards/nothing":      "/teams/" + team.ID,
		"/boards/":             "/teams/" + team.ID,
		"/account":             "/teams/" + team.ID,
		"https://evil.example": "/teams/" + team.ID,
		"":                     "/teams/" + team.ID,
	} {
		require.Equal(t, want, ana.Get(link+"?"+url.Values{"next": {next}}.Encode()).Location, next)
	}
	ben := app.Person("Ben")
	page := ben.Get(link + "?next=/boards/" + board.ID)
	require.Contains(t, page.Body, `name="next" value="/boards/`+board.ID)
	require.Equal(t, "/boards/"+board.ID+"?arrived=1", ben.Send("POST", link+"/acceptance", "next", "/boards/"+board.ID).Location)

	// A stranger is not greeted, nor can anybody end another's greeting.
	require.Equal(t, http.StatusNotFound, eve.Send("DELETE", "/teams/"+team.ID+"/greeting").Status)
	require.Contains(t, ben.Get("/teams/"+team.ID).Body, "Welcome to Onboarding, Ben")
	require.Equal(t, "/teams/"+team.ID, ben.Send("DELETE", "/teams/"+team.ID+"/greeting").Location)
	require.Equal(t, "/teams/"+team.ID, ben.Send("DELETE", "/teams/"+team.ID+"/greeting", "back", "//evil.example").Location)
	require.NotContains(t, ben.Get("/teams/"+team.ID).Body, "Welcome to Onboarding, Ben")
	require.Contains(t, ana.Get("/teams/"+team.ID).Body, "Welcome to Onboarding, Ana")
}
