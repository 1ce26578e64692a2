package tests

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

var shownAt = regexp.MustCompile(`value="[^"]*(/shown/[A-Za-z0-9_-]+)"`)

// shared makes a link to a run's diagram by its form, and returns its path.
func (o office) shared(t *testing.T, run string, form ...string) string {
	t.Helper()
	made := o.bo.Send(http.MethodPost, "/runs/"+run+"/links", form...)
	require.Equal(t, http.StatusCreated, made.Status, made.Body)
	found := shownAt.FindStringSubmatch(made.Body)
	require.NotNil(t, found, made.Body)
	return found[1]
}

func TestADiagramsLinkShowsTheDiagramAndNothingElse(t *testing.T) {
	o := newOffice(t)
	made := o.adopted(t, "order-processing")
	r := o.ordered(t, made, "4711")
	require.Contains(t, o.bo.Get("/runs/"+r.ID+"/diagram").Body, "/runs/"+r.ID+"/links")
	door := o.shared(t, r.ID, "place", "Page of the project", "days", "")
	secrets := []string{"Page of the project", r.Name, "Ana Ruiz", "Bo Chen", "Onboarding", "People", "ONB-", o.team.ID, o.board.ID, r.ID, o.stepTask(t, r, "check_order").Task.ID, "/boards/", "/runs/", "/teams/", "/tasks/", "/templates/", "id=\"unread\""}
	out := o.Visitor()
	page := func(who *testapp.Person, path string) testapp.Answer {
		a := who.Get(path)
		require.Equal(t, http.StatusOK, a.Status)
		for _, s := range secrets {
			require.NotContains(t, a.Body, s, path)
		}
		require.Contains(t, a.Body, "Check order 4711")
		require.Equal(t, "no-referrer", a.Header.Get("Referrer-Policy"))
		require.Contains(t, a.Header.Get("X-Robots-Tag"), "noindex")
		require.Equal(t, "no-store", a.Header.Get("Cache-Control"))
		require.Contains(t, a.Header.Get("Content-Security-Policy"), "frame-ancestors *")
		require.Empty(t, a.Header.Get("X-Frame-Options"))
		return a
	}
	for _, who := range []*testapp.Person{out, o.ana, o.Person("Eve")} {
		page(who, door)
		require.Equal(t, "image/svg+xml", page(who, door+"/diagram.svg").Header.Get("Content-Type"))
	}
	named := o.shared(t, r.ID, "place", "Wall", "names", "on", "days", "30")
	require.Equal(t, http.StatusOK, out.Get(named).Status)

	// No other page may be framed, and the token opens no other door.
	for _, path := range []string{"/", "/sign-in", door + "/x", "/step/" + strings.TrimPrefix(door, "/shown/")} {
		a := out.Get(path)
		require.Equal(t, "DENY", a.Header.Get("X-Frame-Options"), path)
		require.Contains(t, a.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'", path)
	}
	for _, path := range []string{"/runs/" + r.ID, "/runs/" + r.ID + "/diagram", "/runs/" + r.ID + "/links", "/boards/" + o.board.ID} {
		require.Equal(t, http.StatusSeeOther, out.Get(path).Status, path)
	}
	for _, path := range []string{door + "/links", door + "/diagram", door + "/diagram.bpmn", door + "/diagram/svg"} {
		require.NotEqual(t, http.StatusOK, out.Get(path).Status, path)
	}

	// Whoever only reads makes none, to others it is not there, and bad input comes back.
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Send(http.MethodPost, "/runs/"+r.ID+"/links", "place", "x").Status)
	require.NotContains(t, viewer.Get("/runs/"+r.ID+"/diagram").Body, "/links")
	require.Equal(t, http.StatusNotFound, o.Person("Mallory").Get("/runs/"+r.ID+"/links").Status)
	refused := o.bo.Send(http.MethodPost, "/runs/"+r.ID+"/links", "place", "", "days", "many")
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	require.Equal(t, 2, strings.Count(refused.Body, "aria-invalid"))

	// Revoked, it says what any other says that does not work.
	v, err := o.Store.RunLinks(t.Context(), o.bo.Actor(), r.ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusSeeOther, o.bo.Send(http.MethodDelete, "/runs/"+r.ID+"/links/"+v.Links[0].ID).Status)
	void, unknown := out.Get(door), out.Get("/shown/"+strings.Repeat("x", 43))
	require.Equal(t, http.StatusNotFound, void.Status)
	require.Equal(t, unknown.Body, void.Body, "not told apart")
	require.Equal(t, http.StatusNotFound, out.Get(door+"/diagram.svg").Status)
	limited := false
	for range 200 {
		limited = limited || out.Get(door).Status == http.StatusTooManyRequests
	}
	require.True(t, limited)
	log := text(o.ana.Get("/teams/" + o.team.ID + "/log").Body)
	require.Contains(t, log, "made a link that shows a run’s diagram: Page of the project")
	require.Contains(t, log, "revoked the link that shows a run’s diagram: Page of the project")
	replay.Check(t, o.DB.Read)
}

func TestADiagramIsSharedByItsForm(t *testing.T) {
	o := newOffice(t)
	r := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/runs/" + r.ID + "/diagram")
	tab.Click("a >> Show it elsewhere")
	tab.WaitVisible("[name=place]")
	tab.Type("[name=place]", "Intranet")
	tab.Click("button >> Make the link")
	tab.WaitVisible("#share-page")
	tab.Axe()
	tab.Shot("share-made")
	door := shownAt.FindStringSubmatch(`value="` + tab.Value("#share-page") + `"`)[1]
	tab.Click("a >> To the links")
	tab.WaitVisible(".pairs li")
	tab.Axe()
	tab.Shot("share")
	tab.Sound()

	out := browser.Open(t, o.App, o.Visitor(), browser.Wide)
	out.Go(door)
	out.WaitVisible("#dg")
	out.Axe()
	out.Shot("shown")
	out.Go(door + "/diagram.svg")
	out.Shot("shown-picture")
	out.Sound()
	phone := browser.Open(t, o.App, o.Visitor(), browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(door)
	phone.WaitVisible("#dg")
	phone.Axe()
	phone.Shot("shown-phone")
	phone.Sound()
}
