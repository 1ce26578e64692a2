package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
)

func TestFiltersOfTheLogAreSavedWithoutScripts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tasks("Sign contract")
	log := "/teams/" + d.team.ID + "/log"
	require.Contains(t, text(d.log("action", "tasks", "by", "hand")), "Save these filters…")
	a := d.ana.Send("POST", log+"/filters", "name", "By hand", "action", "tasks", "by", "hand", "shared", "on")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, log+"?action=tasks&by=hand", a.Location)
	page := text(d.ana.Get(a.Location).Body)
	require.Contains(t, page, "By hand")
	require.NotContains(t, page, "Save these filters…", "it is saved already")
	a = d.ana.Send("POST", log+"/filters", "name", "by HAND", "role", "owner", "shared", "on")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `name="role" value="owner"`, "nothing is lost")
	require.Contains(t, text(a.Body), "There is a view or a filter called “by HAND” here already.")
	require.Equal(t, http.StatusForbidden, d.bo.Get(log+"/filters").Status)
}

func TestAManagerSavesWhatTheyAskTheLog(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tasks("Sign contract")
	tab := browser.Open(t, d.App, d.ana)
	tab.Go("/teams/" + d.team.ID + "/log?action=tasks&by=hand")
	tab.Click(".log-save > summary")
	tab.WaitVisible("#field-name")
	tab.Type("#field-name", "By hand")
	tab.Axe()
	tab.Shot("log-saved-form")
	tab.Press("Enter")
	tab.WaitVisible(".log-saved [aria-current] >> By hand")
	tab.Axe()
	tab.Click(".log-saved a >> Manage…")
	tab.WaitVisible("h1 >> Saved filters")
	tab.Axe()
	tab.Shot("log-saved")
	phone := browser.Open(t, d.App, d.ana, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go("/teams/" + d.team.ID + "/log")
	phone.WaitVisible(".log-saved a >> By hand")
	phone.Axe()
	phone.Shot("log-saved-phone")
}
