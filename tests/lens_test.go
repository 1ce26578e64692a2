package tests

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

func (o office) own(t *testing.T, task string, who ...string) {
	t.Helper()
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), task, 1<<40, models.TaskInput{Owners: &who}))
}

func TestAPartOfABoardHasAnAddressThatWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Prepare the payroll")
	o.own(t, ids[0], o.bo.ID)
	o.own(t, ids[1], o.ana.ID)
	page := o.bo.Get(o.path() + "?owner=me")
	require.Contains(t, page.Body, "Sign the contract")
	require.NotContains(t, page.Body, "Order the laptop")
	require.Contains(t, page.Body, "1 of 3 tasks")
	require.Contains(t, page.Body, `<option value="me" selected>Me</option>`)
	require.Contains(t, page.Body, `name="filter" value="owner=me"`)
	require.NotContains(t, o.ana.Get(o.path()+"?owner=me").Body, "Sign the contract", "me is whoever looks, whatever was kept ready")
	require.Contains(t, o.bo.Get(o.path()+"?q=contr&state=ready").Body, "1 of 3 tasks")
	require.Contains(t, o.bo.Get(o.path()+"?q=nothing").Body, "No task matches")

	page = o.bo.Get(o.path() + "?owner=%00&due=someday&state=done")
	require.Equal(t, 200, page.Status)
	require.Contains(t, page.Body, "left out: owner, due date.")
	require.Contains(t, page.Body, "0 of 3 tasks")
	page = o.bo.Get(o.path() + "?lang=xx&q=%ff%27&blocked=0")
	require.Equal(t, 200, page.Status)
	require.Contains(t, page.Body, "Prepare the payroll")
	require.NotContains(t, page.Body, "of 3 tasks")
	require.Equal(t, 404, o.Person("Stranger").Get(o.path()+"?owner=me").Status)

	a := o.bo.Send("POST", "/columns/"+o.column[flow.Ready]+"/tasks", "titles", "One", "filter", "owner=me&x=//elsewhere")
	require.Equal(t, o.path()+"?owner=me#a-"+o.column[flow.Ready], a.Location)
}

func TestWhatIsNewOnAFilteredBoardIsWhatPassesAndWhatNoLongerDoes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	o.own(t, ids[0], o.bo.ID)
	v, err := o.Store.Board(t.Context(), o.bo.Actor(), o.board.ID)
	require.NoError(t, err)
	o.own(t, ids[0], o.ana.ID)
	o.own(t, ids[1], o.bo.ID)
	changes := o.path() + "/changes?owner=me&since=" + strconv.FormatInt(v.Seq, 10)
	page := o.bo.Get(changes)
	require.Contains(t, page.Body, `data-gone="t-`+ids[0])
	require.Contains(t, page.Body, `id="t-`+ids[1])
	require.Contains(t, page.Body, "1 of 2 tasks")
	page = o.ana.Get(changes)
	require.Contains(t, page.Body, `data-gone="t-`+ids[1])
	require.Contains(t, page.Body, `id="t-`+ids[0])
}

func TestAFilteredBoardIsWorkedOnAndKeptCurrent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Laptop", "Payroll")
	o.own(t, ids[0], o.bo.ID)
	o.own(t, ids[2], o.bo.ID)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	require.False(t, tab.Sees("#lens-owner"))
	tab.Click("#lens summary")
	tab.Choose("#lens-owner", "Me")
	tab.Click(".lens-form .button-main")
	tab.Until("location.search === '?owner=me' && document.querySelector('#lens-count')?.textContent.includes('2 of 3 tasks')")
	require.True(t, tab.Sees("#lens-owner"), "it stays open")
	require.Equal(t, "Sign Payroll", o.order(tab, flow.Ready))
	tab.Axe()

	o.own(t, ids[1], o.bo.ID)
	tab.Until(o.in(ids[1], flow.Ready))
	require.Equal(t, "Sign Laptop Payroll", o.order(tab, flow.Ready))
	o.own(t, ids[1], o.ana.ID)
	tab.Until("!document.querySelector('#t-" + ids[1] + "')")
	tab.Until("document.querySelector('#lens-count').textContent.includes('2 of 3 tasks')")

	tab.Drag(card(ids[2]), card(ids[0]), 0)
	tab.Until("document.querySelector('#l-" + o.column[flow.Ready] + " > .card').id === 't-" + ids[2] + "'")
	other := browser.Open(t, o.App, o.ana)
	other.Go(o.path())
	other.Until("[...document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card-title')].map(a => a.textContent).join(' ') === 'Payroll Sign Laptop'")

	tab.Type("#a-"+o.column[flow.Ready], "Nobody's yet")
	tab.Press("Enter")
	tab.WaitVisible("#notice .notice >> The filter hides it now.")
	tab.Until("document.querySelector('#lens-count').textContent.includes('2 of 4 tasks')")
	tab.Click(card(ids[0]) + " .card-title")
	tab.WaitVisible("#panel article")
	tab.Press("Escape")
	tab.Until("location.search === '?owner=me'")

	o.own(t, ids[0])
	o.own(t, ids[2])
	tab.WaitVisible(".lens-none")
	tab.Axe()
	tab.Click("#lens-count a")
	tab.Until("location.search === '?view=all' && document.querySelectorAll('.card').length === 4")
	require.True(t, tab.Sees("#lens-owner"), "as it was left")
	tab.Click("#lens summary")
	tab.Reload()
	require.False(t, tab.Sees("#lens-owner"), "as it was left")
	tab.Sound()

	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	for _, page := range []string{o.path(), o.path() + "?state=ready", o.path() + "?state=nowhere", o.path() + "?due=today"} {
		phone.Go(page)
		phone.Axe()
		require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"), "%s is wider than the screen", page)
	}
	phone.Sound()
}
