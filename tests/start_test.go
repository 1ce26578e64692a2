package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
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
