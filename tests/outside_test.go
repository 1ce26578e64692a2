package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

const hiringText = `
name: Hiring secrets
roles: [{id: hr, name: Personnel, who: ask}]
steps:
  - id: sign
    title: Sign the contract
    description: "Read it **first**."
    role: hr
    checklist: [{text: I have read it, required: true}]
    fields: [{id: account, label: Account number, required: true}, {id: mentor, label: Mentor, type: person}]
  - {id: salary, title: Agree on 90000 a year, role: hr, needs: [sign]}
`

// hired is a run whose first step somebody outside is to do, with the path of that step.
func (o office) hired(t *testing.T) (run models.Run, step string) {
	t.Helper()
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "x", hiringText)
	require.NoError(t, err)
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), made.ID, made.Version))
	run, err = o.Store.StartRun(t.Context(), o.ana.Actor(), made.ID, models.RunInput{Board: o.board.ID, Name: "Mario's hiring", Cast: map[string]string{"hr": o.bo.ID}})
	require.NoError(t, err)
	v, err := o.Store.RunOf(t.Context(), o.ana.Actor(), run.ID)
	require.NoError(t, err)
	return run, "/runs/" + run.ID + "/tasks/" + v.Steps[0].Task.ID
}

// doorTo makes a link to a step and returns its path.
func (o office) doorTo(t *testing.T, step string) string {
	t.Helper()
	a := o.ana.Send(http.MethodPost, step+"/links", "whom", "mario@example.org", "days", "7")
	require.Equal(t, http.StatusCreated, a.Status)
	at := strings.Index(a.Body, "/step/")
	require.Positive(t, at)
	return a.Body[at : at+len("/step/")+43]
}

func TestSomebodyWithoutAnAccountSignsOnAPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run, _ := o.hired(t)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/runs/" + run.ID)
	tab.Click("#outside-sign summary")
	tab.WaitVisible("#outside-sign [name=whom]")
	tab.Axe()
	tab.Type("#outside-sign [name=whom]", "mario@example.org")
	tab.Click("#outside-sign .outside-ask .button")
	tab.WaitVisible("#step-link")
	tab.Axe()
	link := tab.Value("#step-link")
	door := link[strings.Index(link, "/step/"):]
	tab.Click("#main a.button")
	tab.WaitVisible("#outside-sign summary .badge")

	mario := browser.Open(t, o.App, o.Visitor(), browser.Phone)
	mario.Go(door)
	mario.WaitVisible("form .button-main")
	mario.Until(`document.documentElement.scrollWidth <= innerWidth`)
	mario.Until(`[...document.querySelectorAll('main .button, main .check, main input:not([type=hidden]):not([type=checkbox])')].every(b => b.getBoundingClientRect().height >= 44)`)
	mario.Axe()
	mario.Click("form .button-main")
	mario.WaitVisible("[aria-invalid=true]")
	require.Contains(t, mario.Text("main"), "I have read it")
	mario.Axe()
	mario.Click(".outside-items .check")
	mario.Type("[name='answer.account']", "ES12")
	mario.Click("form .button:not(.button-main)")
	mario.WaitVisible(".notice[data-kind=good]")
	require.Equal(t, "ES12", mario.Value("[name='answer.account']"))
	mario.Focus("form .button-main")
	mario.Press("Enter")
	mario.WaitVisible(".outside-done")
	mario.Axe()
	tab.WaitVisible("#step-sign[data-state=done]")
	tab.WaitVisible("#step-salary[data-turn='1']")
	mario.Go(door)
	mario.Until(`document.querySelector('main').textContent.includes('This link does not work')`)
	mario.Axe()
	log := text(o.ana.Get("/teams/" + o.team.ID + "/log").Body)
	require.Contains(t, log, "mario@example.org (through a link that Ana Ruiz made)")
	require.Contains(t, text(o.ana.Get("/teams/"+o.team.ID+"/log/print").Body), "mario@example.org (through a link that Ana Ruiz made)")
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func TestALinkShowsAndOpensNothingButItsStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run, step := o.hired(t)
	door := o.doorTo(t, step)
	token := strings.TrimPrefix(door, "/step/")
	out := o.Visitor()
	secrets := []string{"Hiring secrets", "Mario&#39;s hiring", "Mario's hiring", "90000", "Ana Ruiz", "Bo Chen", "Onboarding", "Personnel", "Mentor", "mario@example.org", o.team.ID, o.board.ID, run.ID,
		"/boards/", "/runs/", "/teams/", "/tasks/", "id=\"unread\""}
	page := func(who *testapp.Person) testapp.Answer {
		a := who.Get(door)
		require.Equal(t, http.StatusOK, a.Status)
		for _, s := range secrets {
			require.NotContains(t, a.Body, s)
		}
		require.Equal(t, "no-referrer", a.Header.Get("Referrer-Policy"))
		require.Contains(t, a.Header.Get("X-Robots-Tag"), "noindex")
		require.Equal(t, "no-store", a.Header.Get("Cache-Control"))
		return a
	}
	page(out)
	page(o.ana) // however much she may see elsewhere
	page(o.Person("Eve"))
	spaniard := o.Visitor()
	spaniard.Lang = "es"
	require.Contains(t, page(spaniard).Body, "Guardar para más tarde")

	// The token opens no other door, in whatever way it is presented.
	for _, path := range []string{"/runs/" + run.ID, "/boards/" + o.board.ID, step[strings.Index(step, "/tasks/"):], "/teams/" + o.team.ID + "/log", "/my-work", "/search?q=sign", "/templates/" + run.TemplateID} {
		require.Equal(t, http.StatusSeeOther, out.Get(path).Status, path)
	}
	require.Equal(t, http.StatusUnauthorized, out.Do(http.MethodGet, "/events?board="+o.board.ID, nil, "Accept", "text/event-stream").Status, "no live stream")
	require.Equal(t, http.StatusNotFound, out.Get("/invitations/"+token).Status)
	asSession := o.Visitor()
	require.NotEqual(t, http.StatusOK, asSession.Do(http.MethodGet, "/my-work", nil, "Cookie", "relevo="+token, "Authorization", "Bearer "+token).Status)
	for _, path := range []string{door + "/links", door + "/files", door + "/comments", door + "/items", door + "/../../my-work"} {
		require.NotEqual(t, http.StatusOK, out.Get(path).Status, path)
	}
	require.Equal(t, http.StatusUnauthorized, out.Send(http.MethodPost, step+"/completion", "version", "9999").Status)
	require.Equal(t, http.StatusUnauthorized, out.Send(http.MethodPost, step+"/links", "whom", "me", "days", "7").Status, "it makes no further links")

	// Another site's page cannot use it, and looking changes nothing.
	form := map[string][]string{"version": {"9999999"}, "answer.account": {"ES12"}}
	require.Equal(t, http.StatusForbidden, out.Do(http.MethodPost, door+"/completion", form, "Sec-Fetch-Site", "cross-site").Status)
	require.Equal(t, http.StatusForbidden, out.Do(http.MethodPost, door+"/answers", form, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").Status)
	require.NotEqual(t, http.StatusOK, out.Get(door+"/completion").Status)
	require.Equal(t, 0, o.answersKept(t), "nothing has been kept")
	a := out.Send(http.MethodPost, door+"/completion", "version", "9999999", "answer.account", "<script>alert(1)</script>", "answer.mentor", o.ana.ID, "ticked", "nonsense", "shown", "nonsense")
	require.Equal(t, http.StatusConflict, a.Status)
	require.NotContains(t, a.Body, "<script>alert(1)")
	require.NotContains(t, a.Body, "Ana Ruiz")
	require.Equal(t, 0, o.answersKept(t), "all of it or nothing")

	// Whoever only reads cannot make or revoke one, and to others it is not there.
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Send(http.MethodPost, step+"/links", "whom", "x", "days", "7").Status)
	require.NotContains(t, viewer.Get("/runs/"+run.ID).Body, "outside-ask")
	require.NotContains(t, viewer.Get("/runs/"+run.ID).Body, "mario@example.org")
	require.Equal(t, http.StatusNotFound, o.Person("Mallory").Send(http.MethodPost, step+"/links", "whom", "x", "days", "7").Status)
	a = o.bo.Send(http.MethodPost, step+"/links", "whom", "", "days", "many")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, "aria-invalid")

	// The run is cancelled: the link says what any other says that does not work.
	require.NoError(t, o.Store.CancelRun(t.Context(), o.ana.Actor(), run.ID, "", models.LeaveTasks))
	over, unknown := out.Get(door), out.Get("/step/"+strings.Repeat("x", 43))
	require.Equal(t, http.StatusNotFound, over.Status)
	require.Equal(t, unknown.Body, over.Body, "not told apart")
	require.Equal(t, unknown.Body, out.Get("/step/short").Body)
	require.Equal(t, unknown.Body, out.Send(http.MethodPost, door+"/completion", "version", "1").Body)
	require.Equal(t, http.StatusNotFound, out.Send(http.MethodPost, door+"/answers", "version", "1").Status)
	replay.Check(t, o.DB.Read)
}

func (o office) answersKept(t *testing.T) (n int) {
	t.Helper()
	require.NoError(t, o.DB.Read.Raw("SELECT COUNT(*) FROM step_values").Row().Scan(&n))
	return n
}

func TestRevokedALinkIsShutAndTriesAreBounded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run, step := o.hired(t)
	door := o.doorTo(t, step)
	page := o.bo.Get("/runs/" + run.ID).Body
	at := strings.Index(page, step+"/links/")
	require.Positive(t, at)
	link := page[at : at+len(step+"/links/")+36]
	require.Equal(t, http.StatusSeeOther, o.bo.Send(http.MethodDelete, link).Status)
	require.Equal(t, http.StatusNotFound, o.Visitor().Get(door).Status)
	require.NotContains(t, o.bo.Get("/runs/"+run.ID).Body, link)
	guesser := o.Visitor()
	for range 100 {
		if a := guesser.Get("/step/" + models.NewID()); a.Status == http.StatusTooManyRequests {
			replay.Check(t, o.DB.Read)
			return
		}
	}
	t.Fatal("nobody has stopped the guessing")
}
