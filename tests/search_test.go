package tests

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func search(p *testapp.Person, q string) testapp.Answer {
	return p.Get("/search?" + url.Values{"q": {q}}.Encode())
}

func TestPeopleFindTheirTasksWithoutScripts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Pedir el portátil", "Order a laptop", "Laptops & <b>mice</b>")
	about := "Ask <script>alert(1)</script> for the café's invoice."
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), ids[0], d.see(ids[0]).Task.Version, models.TaskInput{Description: &about}))

	page := d.bo.Get("/search")
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, page.Body, `action="/search"`)
	require.Contains(t, text(page.Body), "owner:ana")
	require.Contains(t, d.bo.Get("/my-work").Body, `href="/search"`, "every page leads there")

	page = search(d.bo, "laptop")
	require.Contains(t, page.Body, `<mark>laptop</mark>`)
	require.Contains(t, page.Body, `<mark>Laptops</mark> &amp; &lt;b&gt;mice&lt;/b&gt;`)
	require.Contains(t, text(page.Body), "2 tasks")
	require.Less(t, strings.Index(page.Body, ids[1]), strings.Index(page.Body, ids[2]), "the whole word first")

	page = search(d.bo, "CAFE")
	require.Contains(t, page.Body, `<mark>café</mark>&#39;s invoice.`)
	require.NotContains(t, page.Body, "<script>alert")
	require.Contains(t, text(search(d.bo, "lpatop").Body), "Nothing has “lpatop”. These are similar.")
	require.Contains(t, text(search(d.bo, `"><script>x`).Body), "Nothing found for")
	require.NotContains(t, search(d.bo, `"><script>x`).Body, "<script>x")
	require.Contains(t, text(search(d.bo, "state:nowhere laptop").Body), "Not understood: state:nowhere")
	require.Contains(t, text(search(d.bo, "onboard").Body), "Boards")
	require.Contains(t, search(d.bo, "onb-1").Body, ids[0])

	d.bo.Lang = "es"
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/account", "name", "Bo", "lang", "es", "zone", "UTC").Status)
	page = search(d.bo, "estado:lista portatil")
	require.Contains(t, page.Body, `<mark>portátil</mark>`)
	require.Contains(t, text(page.Body), "1 tarea")
}

func TestResultsComeInPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	titles := make([]string, models.SearchPage+3)
	for i := range titles {
		titles[i] = "Laptop"
	}
	d.tasks(titles...)
	page := search(d.bo, "laptop")
	require.Equal(t, models.SearchPage, strings.Count(page.Body, "<mark>Laptop</mark>"))
	require.Contains(t, page.Body, `href="/search?from=25&amp;q=laptop"`)
	page = d.bo.Get("/search?from=25&q=laptop")
	require.Equal(t, 3, strings.Count(page.Body, "<mark>Laptop</mark>"))
	require.Contains(t, page.Body, `href="/search?q=laptop"`)
	require.NotContains(t, page.Body, `rel="next"`)
	for _, from := range []string{"-1", "999999", "x"} {
		require.Equal(t, http.StatusOK, d.bo.Get("/search?from="+from+"&q=laptop").Status, from)
	}
}

func TestStrangersFindNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Secret merger")[0]
	eve := d.Person("Eve")
	d.Team(eve, "Hers")
	for _, q := range []string{"secret", "secrte", "ONB-1", "onboarding", "owner:ana", "board:onb", "state:ready"} {
		page := search(eve, q)
		require.Contains(t, text(page.Body), "Nothing found for", q)
		require.NotContains(t, page.Body, id)
		require.NotContains(t, page.Body, "merger")
		page = eve.Do(http.MethodGet, "/palette?"+url.Values{"q": {q}, "board": {d.board.ID}, "task": {id}}.Encode(), nil, "HX-Request", "true")
		require.Equal(t, http.StatusOK, page.Status)
		require.NotContains(t, page.Body, id)
		require.NotContains(t, page.Body, d.board.ID)
	}
	require.Equal(t, http.StatusSeeOther, d.Visitor().Get("/search?q=secret").Status)
}

func TestThePaletteOffersWhatOneMay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	at := "/palette?" + url.Values{"board": {d.board.ID}, "task": {id}}.Encode()
	ask := func(p *testapp.Person, q string) string {
		a := p.Do(http.MethodGet, at+"&q="+url.QueryEscape(q), nil, "HX-Request", "true")
		require.Equal(t, http.StatusOK, a.Status)
		return text(a.Body)
	}
	require.Contains(t, ask(d.bo, ""), "Complete ONB-1")
	require.Contains(t, ask(d.bo, "move progress"), "Move ONB-1 to In progress")
	require.NotContains(t, ask(d.bo, "move progress"), "Complete ONB-1")
	require.Contains(t, ask(d.bo, "lap"), "Create “lap” in Ready")
	require.Contains(t, ask(d.bo, "lap"), "Search everything for “lap”")
	require.NotContains(t, ask(d.view, ""), "ONB-1")
	require.NotContains(t, ask(d.view, "lap"), "Create")
	require.Contains(t, ask(d.view, "lap"), "ONB-1 Order a laptop")
	require.Contains(t, ask(d.view, "my work"), "My work")
	require.Equal(t, "/search?q=lap", d.bo.Get("/palette?q=lap").Location)
}

func TestShortcutsAreSwitchedOffInTheAccount(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Contains(t, d.bo.Get("/my-work").Body, `data-keys="on"`)
	fields := []string{"name", "Bo Lind", "lang", "en", "zone", "UTC"}
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/account", append(fields, "no_shortcuts", "on")...).Status)
	page := d.bo.Get("/account").Body
	require.Contains(t, page, `data-keys="off"`)
	require.Contains(t, text(page), "Your shortcuts are switched off.")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/account", fields...).Status)
	require.Contains(t, d.bo.Get("/account").Body, `data-keys="on"`)
}

func TestTheKeyboardGoesAnywhereAndActsOnACard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	card := "#t-" + ids[1] + " .card-title"
	tab.Focus(card)
	tab.Press("Control+k")
	tab.WaitVisible("#palette [role=option] >> Complete ONB-2")
	require.Equal(t, "#palette-q", tab.Focused())
	tab.Until(`!document.activeElement.hasAttribute("aria-activedescendant")`)
	tab.Axe()
	tab.Press("m", "o", "v", "e", " ", "p", "r", "o", "g")
	tab.Until(`document.querySelector("#palette [aria-selected=true]")?.innerText.includes("Move ONB-2 to In progress")`)
	tab.Press("Enter")
	tab.WaitVisible(`.lane[data-state="in_progress"] #t-` + ids[1])
	require.Equal(t, flow.InProgress, d.see(ids[1]).Task.State)
	tab.WaitVisible("#notice >> Moved to")

	tab.Press("Control+k")
	tab.WaitVisible("#palette")
	tab.Press("c", "o", "n", "t", "r", "a")
	tab.Until(`document.querySelector("#palette [aria-selected=true]")?.innerText.includes("Sign the contract")`)
	tab.Axe()
	tab.Press("Enter")
	tab.WaitVisible("#panel #task-title")
	require.Equal(t, "/tasks/"+ids[0], tab.Path())
	tab.Press("Escape")
	tab.WaitGone("#panel .task")

	tab.Press("Control+k", "B", "u", "y", " ", "t", "e", "a", "ArrowDown", "ArrowUp")
	tab.WaitVisible("#palette [role=option] >> Create “Buy tea” in Ready")
	tab.Until(`document.querySelector("#palette [aria-selected=true]")?.innerText.includes("Create “Buy tea” in Ready")`)
	tab.Press("Enter")
	tab.WaitVisible(".card-title >> Buy tea")

	tab.Press("Control+k", "z", "z", "z")
	tab.Until(`document.querySelector("#palette [role=option]:last-child")?.innerText.includes("zzz")`)
	tab.Press("ArrowUp", "Enter")
	tab.Until(`location.pathname === "/search"`)
	tab.WaitVisible("main >> Nothing found for “zzz”")
	tab.Axe()
	tab.Press("?")
	tab.WaitVisible("#shortcuts[open]")
	tab.Axe()
	tab.Press("Escape")
	tab.WaitGone("#shortcuts[open]")
	tab.Go("/search?q=laptop")
	tab.Axe()
}
