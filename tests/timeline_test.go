package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
)

func TestATimelineIsReadAndItsDatesAreTriedWithoutScripts(t *testing.T) {
	o := newOffice(t)
	ids := o.launch(t)
	at := o.path() + "/timeline"
	page := text(o.bo.Get(at).Body)
	require.Contains(t, page, "ONB-10 Open the shop")
	require.Contains(t, page, "After ONB-7, ONB-8, ONB-9")
	require.Contains(t, page, "Critical path")
	require.Contains(t, page, "Slack: ")
	require.NotContains(t, text(o.bo.Get(at+"?q=shop").Body), "balloons")
	require.Contains(t, text(o.bo.Get(at+"?zoom=year&from=x").Body), "so it was left out")
	require.Equal(t, http.StatusNotFound, o.Person("Stranger").Get(at).Status)

	dates := o.bo.Get("/tasks/" + ids[1] + "/dates?due=2031-02-03").Body
	require.Contains(t, text(dates), "It pushes 8 other tasks:")
	require.Empty(t, o.task(t, ids[1]).Due, "trying changes nothing")
	a := o.bo.Send("PUT", "/tasks/"+ids[1]+"/dates", "version", "1000000", "due", "2031-02-03")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, models.Date("2031-02-03"), o.task(t, ids[1]).Due)
	require.Equal(t, http.StatusUnprocessableEntity, o.bo.Get("/tasks/"+ids[1]+"/dates?due=1999-01-01").Status)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.NotContains(t, viewer.Get(at).Body, "/dates")
	require.Equal(t, http.StatusForbidden, viewer.Get("/tasks/"+ids[1]+"/dates").Status)
}

func TestATimelineIsLiveAndReadEverywhere(t *testing.T) {
	o := newOffice(t)
	ids := o.launch(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/timeline")
	tab.WaitVisible("#b-" + ids[1])
	tab.Axe()
	tab.Shot("timeline")
	more := o.add(t, flow.Ready, "Thank everybody")
	tab.WaitVisible("#b-" + more[0])
	tab.Click("#t-" + ids[1] + " .tl-link")
	tab.WaitVisible("#panel #task-title")
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark)
	phone.Go(o.path() + "/timeline")
	phone.Axe()
	phone.Shot("timeline-phone")
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	phone.Click("#t-" + ids[1] + " .tl-change")
	phone.WaitVisible("#dates")
	phone.Axe()
	phone.Shot("dates-phone")
}
