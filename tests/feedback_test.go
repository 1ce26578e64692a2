package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func TestFeedbackWorksWithoutScripts(t *testing.T) {
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz") // the first account administers
	team := app.Team(ana, "Northwind")
	bo := app.Join(ana, team, "Bo Lind", access.Member)

	asked := bo.Do(http.MethodGet, "/feedback/new", nil, "Referer", app.URL+"/my-work?q=a+secret")
	require.Contains(t, asked.Body, `name="page" value="/my-work"`)
	require.NotContains(t, asked.Body, "secret")
	require.NotContains(t, bo.Do(http.MethodGet, "/feedback/new", nil, "Referer", app.URL+"/invitations/token").Body, "token")
	require.NotContains(t, bo.Do(http.MethodGet, "/feedback/new", nil, "Referer", "https://elsewhere.example/path").Body, "elsewhere")

	a := bo.Send(http.MethodPost, "/feedback", "body", " ", "kind", "idea", "page", "/my-work?q=secret")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="idea" selected`, "nothing is lost")
	require.NotContains(t, a.Body, "secret")
	a = bo.Send(http.MethodPost, "/feedback", "body", "A <b>calendar</b>", "kind", "idea", "page", "/my-work?q=secret")
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, a.Body, `href="/my-work"`, "one goes back to where one was")
	bo.Send(http.MethodPost, "/feedback", "body", "From nowhere", "page", "//evil.example/x")

	require.Equal(t, http.StatusNotFound, bo.Get("/feedback").Status)
	all := ana.Get("/feedback?show=open")
	require.Contains(t, text(all.Body), "A <b>calendar</b>")
	require.NotContains(t, all.Body, "evil")
	require.Contains(t, text(ana.Get("/inbox").Body), "2 messages of feedback wait")
	id := between(t, ana.Get("/feedback").Body[len(ana.Get("/feedback").Body)/2:], `/feedback/`, `/answer`)
	a = ana.Send(http.MethodPut, "/feedback/"+id+"/answer", "answer", "", "version", "0", "show", "open")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = ana.Send(http.MethodPut, "/feedback/"+id+"/answer", "answer", "It is there: press G", "version", "0", "show", "open")
	require.Equal(t, "/feedback?show=open#remark-"+id, a.Location)
	a = ana.Send(http.MethodPut, "/feedback/"+id+"/answer", "answer", "Something else", "version", "0")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, a.Body, "Something else", "nothing is lost")

	require.Contains(t, text(bo.Get("/inbox").Body), "It is there: press G")
	require.Contains(t, text(bo.Get("/feedback/mine").Body), "Ana Ruiz answered")
	require.Equal(t, http.StatusNotFound, ana.Send(http.MethodPost, "/feedback/"+id+"/reading", "version", "1").Status, "it is Bo's")
	require.Equal(t, http.StatusSeeOther, bo.Send(http.MethodPost, "/feedback/"+id+"/reading", "version", "1").Status)
	require.NotContains(t, text(bo.Get("/inbox").Body), "It is there: press G")
}

func TestFeedbackIsSentFromWhereOneIsAndAnswered(t *testing.T) {
	app := testapp.Start(t)
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "Northwind")
	bo := app.Join(ana, team, "Bo Lind", access.Member)
	tab, hers := browser.Open(t, app, bo, browser.Phone, browser.Dark), browser.Open(t, app, ana)
	tab.Go("/inbox")
	hers.Go("/inbox")

	tab.Click(".top-end > .menu > summary")
	tab.Click(`.menu-item >> Send feedback`)
	tab.WaitVisible("#dialog #field-body")
	tab.Until(`document.activeElement.id === "field-body"`)
	tab.Axe()
	tab.Shot("feedback-new")
	tab.Click("#remark-form .button-main")
	tab.WaitVisible("#dialog .wrong")
	tab.Type("#field-body", "I cannot find what I finished yesterday.\nWhere is it?")
	tab.Choose("#field-kind", "A problem")
	tab.Click("#remark-form .button-main")
	tab.WaitVisible("#dialog [role=status]")
	tab.Axe()
	tab.Shot("feedback-sent")
	tab.Press("Escape")
	tab.WaitGone("#dialog [role=status]")
	require.Equal(t, "/inbox", tab.Path(), "one is where one was")

	hers.Go("/feedback")
	hers.WaitVisible(".remark >> Where is it?")
	hers.Click(".remark-write > summary")
	hers.WaitVisible(".remark-write textarea")
	hers.Axe()
	hers.Type(".remark-write textarea", "Under Done, on the board.")
	hers.Shot("feedback-answer")
	hers.Click(".remark-write .button-main")
	hers.WaitVisible(".remark-answer")
	hers.Click(".remark-deeds > form .button")
	hers.WaitVisible(".remark[data-state=closed]")
	hers.Axe()
	hers.Shot("feedback-closed")

	tab.WaitVisible("#inbox a >> I cannot find")
	tab.Axe()
	tab.Shot("feedback-inbox")
	tab.Click("#inbox a >> I cannot find")
	tab.WaitVisible(".remark-new .remark-answer")
	tab.Axe()
	tab.Shot("feedback-mine")
	tab.Click(".remark form .button")
	tab.WaitGone(".remark-new")
}
