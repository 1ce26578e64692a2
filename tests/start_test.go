package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

func TestAStrangerLearnsWhatThisIsAndHowToGetIn(t *testing.T) {
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
