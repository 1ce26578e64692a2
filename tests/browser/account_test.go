package browser_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func TestTheFirstMinuteFromNothingToAnInvitation(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	tab := browser.Open(t, app, app.Visitor())
	tab.Go("/")
	require.Equal(t, "/welcome", tab.Path())
	tab.Axe()
	zone := browser.Eval[string](tab, "Intl.DateTimeFormat().resolvedOptions().timeZone")
	tab.Type("[name=name]", "Ana Ruiz")
	tab.Type("[name=email]", "ana@example.com")
	tab.Type("[name=password]", "short")
	tab.Click("[data-reveal]")
	require.Equal(t, "text", browser.Eval[string](tab, "document.querySelector('[name=password]').type"))
	tab.Click("form .button-main")
	tab.WaitVisible("#field-password-wrong")
	tab.Axe()
	require.Equal(t, "Ana Ruiz", tab.Value("[name=name]"))
	tab.Type("[name=password]", testapp.Password)
	tab.Click("form .button-main")
	tab.Until("location.pathname === '/teams/new'")
	require.Equal(t, zone, tab.Value("[name=zone]"), "the browser's own time zone")
	tab.Axe()
	tab.Type("[name=name]", "Onboarding")
	tab.Click("form.sheet .button-main")
	tab.Until("/^\\/teams\\/[0-9a-f-]{36}$/.test(location.pathname)")
	team := tab.Path()
	tab.Go(team + "/members")
	tab.Axe()
	tab.Type("[name=label]", "for Ben")
	tab.Click("form[action$='/invitations'] .button-main")
	tab.WaitVisible("#invitation-link")
	tab.Axe()
	link := tab.Value("#invitation-link")
	require.Contains(t, link, app.URL+"/invitations/")

	phone := browser.Open(t, app, app.Visitor(), browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(strings.TrimPrefix(link, app.URL))
	phone.Axe()
	phone.Click("a[href^='/sign-up']")
	phone.WaitVisible("[name=name]")
	phone.Axe()
	phone.Type("[name=name]", "Ben Soto")
	phone.Type("[name=email]", "ben@example.com")
	phone.Type("[name=password]", testapp.Password)
	phone.Click("form .button-main")
	phone.Until("document.querySelector('form').getAttribute('action') === '/sign-in'")
	phone.Axe()
	require.Equal(t, "ben@example.com", phone.Value("[name=email]"))
	phone.Type("[name=password]", testapp.Password)
	phone.Click("form .button-main")
	phone.Until("location.pathname === '" + team + "'")
	phone.Go(team + "/members")
	require.Contains(t, phone.Text("main"), "Ana Ruiz")
	phone.Axe()
	require.LessOrEqual(t, browser.Eval[int](phone, "document.documentElement.scrollWidth"), 390, "nothing is wider than the phone")
	phone.Sound()
	tab.Sound()
}

func TestOnesOwnPagesAreAccessibleInEveryLook(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	admin := app.Person("Ana Ruiz")
	team := app.Team(admin, "Onboarding")
	app.Join(admin, team, "Ben Soto", access.Member)
	_, err := app.Store.Invite(t.Context(), admin.Actor(), team.ID, models.InvitationInput{Role: access.Viewer, Days: 7, Label: "the IT people"})
	require.NoError(t, err)
	admin.OtherBrowser().SignIn()
	for _, look := range [][]browser.Option{{}, {browser.Dark}, {browser.Phone, browser.Dark}, {browser.Phone}} {
		tab := browser.Open(t, app, admin, look...)
		for _, path := range []string{"/account", "/settings", "/teams/" + team.ID + "/members", "/teams/" + team.ID + "/settings", "/teams/new"} {
			tab.Go(path)
			tab.Axe()
			require.LessOrEqual(t, browser.Eval[int](tab, "document.documentElement.scrollWidth - innerWidth"), 0, "%s is too wide", path)
			for _, fold := range []string{".confirm > summary"} {
				if tab.Sees(fold) {
					tab.Click(fold)
					tab.WaitVisible(".confirm[open] .button-danger")
					tab.Axe()
				}
			}
		}
		tab.Sound()
	}
}
