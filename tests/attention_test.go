package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// standing gives the desk something that stands out: an override and a task that was
// reopened.
func standing(t *testing.T) desk {
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll", "Order laptop")
	d.require(ids[0], ids[1], flow.Lag{})
	require.NoError(t, d.Store.OverrideTask(t.Context(), d.ana.Actor(), ids[1], d.see(ids[1]).Task.Version, "the notary is on holiday"))
	d.complete(d.bo, ids[2])
	require.NoError(t, d.Store.ReopenTask(t.Context(), d.bo.Actor(), ids[2], d.see(ids[2]).Task.Version))
	return d
}

func TestTheAttentionListWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	d := standing(t)
	list := "/teams/" + d.team.ID + "/log/attention"
	page := text(d.ana.Get(list).Body)
	require.Contains(t, page, "Ana Ruiz let ONB-2 Set up payroll go ahead of its prerequisites")
	require.Contains(t, page, "Bo Lind opened ONB-3 Order laptop again")
	at := list + "/overrides/" + between(t, d.ana.Get(list+"?rule=overrides").Body, `id="finding-overrides-`, `"`)
	a := d.ana.Send("PUT", at, "verdict", "fine", "note", strings.Repeat("x", 1001), "rule", "overrides")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, strings.Repeat("x", 1001), "nothing is lost")
	a = d.ana.Send("PUT", at, "verdict", "fine", "note", "It was agreed", "rule", "overrides")
	require.Equal(t, list+"?rule=overrides", a.Location)
	require.NotContains(t, text(d.ana.Get(list).Body), "Set up payroll")
	require.Contains(t, text(d.ana.Get(list+"?show=fine").Body), "It was agreed")
	require.Contains(t, text(d.ana.Get(list+"/rules").Body), "False alarms: 1 of 1 looked at")
	require.Contains(t, text(d.log()), "Ana Ruiz looked at the finding")
	a = d.ana.Send("PUT", list+"/rules/odd_hours", "on", "on", "least", "many", "opens", "8", "closes", "7")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="many"`)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", list+"/rules/reopened", "least", "1").Status)
	require.NotContains(t, text(d.ana.Get(list).Body), "Order laptop")
	require.Equal(t, http.StatusForbidden, d.bo.Get(list).Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Get(list+"?rule=gossip").Status)
	replay.Check(t, d.DB.Read)
}

func TestAManagerLooksAtWhatStandsOut(t *testing.T) {
	t.Parallel()
	d := standing(t)
	list := "/teams/" + d.team.ID + "/log/attention"
	tab := browser.Open(t, d.App, d.ana)
	tab.Go("/teams/" + d.team.ID + "/log")
	tab.Click(".log-ways a >> Worth a look")
	tab.WaitVisible(".finding")
	tab.Axe()
	tab.Shot("attention")
	tab.Focus("[id^=finding-overrides] summary")
	tab.Press("Enter")
	tab.WaitVisible("[id^=finding-overrides] textarea")
	tab.Axe()
	tab.Type("[id^=finding-overrides] textarea", "The notary was ill")
	tab.Shot("attention-mark")
	tab.Press("Tab", "Enter")
	tab.WaitGone("[id^=finding-overrides]")
	tab.Click("nav a >> Fine")
	tab.WaitVisible(".finding-mark >> The notary was ill")
	tab.Axe()
	tab.Go(list + "/rules")
	tab.Axe()
	tab.Shot("attention-rules")
	phone := browser.Open(t, d.App, d.ana, browser.Phone, browser.Dark)
	phone.Go(list + "?show=all")
	phone.WaitVisible(".finding")
	phone.Axe()
	phone.Shot("attention-phone")
	phone.Go(list + "/rules")
	phone.Axe()
	phone.Shot("attention-rules-phone")
}
