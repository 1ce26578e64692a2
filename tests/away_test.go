package tests

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
)

func TestWhoIsAwayIsSaidWhereARunIsStarted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	from, until := time.Now().UTC(), time.Now().UTC().AddDate(0, 0, 6)
	away := "away from " + from.Format("2 January") + " to " + until.Format("2 January")
	bo := browser.Open(t, o.App, o.bo)
	bo.Go("/account")
	pick := func(field string, day time.Time) {
		browser.Eval[bool](bo, "(document.querySelector('#field-"+field+"').value = '"+day.Format(time.DateOnly)+"', true)")
	}
	pick("away_from", from)
	bo.Click("#profile ~ form .button-main")
	bo.WaitVisible("#field-away_until-wrong")
	bo.Axe()
	pick("away_until", until)
	bo.Click("#profile ~ form .button-main")
	bo.WaitVisible(".notice >> Saved")
	bo.Axe()
	bo.Shot("away-account")

	ana := browser.Open(t, o.App, o.ana, browser.Phone)
	ana.Go("/templates/" + template.ID + "/runs/new")
	ana.Choose("#field-role\\.sales", "Bo Chen · "+away)
	ana.Axe()
	ana.Shot("away-start-phone")
	require.Contains(t, text(o.ana.Get("/teams/"+o.team.ID+"/members").Body), away)
	require.Equal(t, http.StatusSeeOther, o.ana.Send(http.MethodPut, "/account", "name", "Ana Ruiz", "lang", "es", "zone", "UTC").Status)
	require.Contains(t, text(o.ana.Get("/teams/"+o.team.ID+"/members").Body), "ausente del ")
}
