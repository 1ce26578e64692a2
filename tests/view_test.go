package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestSavedViewsWorkWithoutScripts(t *testing.T) {
	t.Parallel()
	o := furnished(t)
	views := o.path() + "/views"
	a := o.bo.Send("POST", views, "name", "Mine by date", "face", "table", "query", "owner=me&sort=due&nonsense=1", "default", "on")
	require.Equal(t, 303, a.Status, a.Body)
	require.True(t, strings.HasPrefix(a.Location, o.path()+"/table?owner=me&sort=due&view="), a.Location)
	id := a.Location[strings.LastIndex(a.Location, "=")+1:]

	page := o.bo.Get(a.Location)
	require.Contains(t, page.Body, "Mine by date")
	require.NotContains(t, page.Body, ">changed<")
	require.Contains(t, o.bo.Get(strings.Replace(a.Location, "due", "-due", 1)).Body, ">changed<")
	require.Equal(t, a.Location, o.bo.Get(views+"/"+id).Location, "it has an address of its own")
	require.Equal(t, a.Location, o.bo.Get(o.path()).Location, "the board opens with it")
	require.Equal(t, 200, o.bo.Get(o.path()+"?view=all").Status)
	require.Equal(t, 200, o.ana.Get(o.path()).Status, "for nobody else")
	require.Equal(t, 404, o.ana.Get(views+"/"+id).Status)
	page = o.ana.Get(a.Location)
	require.Equal(t, 200, page.Status)
	require.NotContains(t, page.Body, "Mine by date", "another's own view is not told of")
	require.Contains(t, page.Body, "left out: saved view.")

	a = o.bo.Send("POST", views, "name", "mine by DATE", "face", "table")
	require.Equal(t, 422, a.Status)
	require.Contains(t, a.Body, "There is a view or a filter called “mine by DATE” here already.")
	require.Equal(t, 422, o.bo.Send("PUT", views+"/"+id, "name", "").Status)
	require.Equal(t, 303, o.bo.Send("PUT", views+"/"+id, "name", "Mine").Status)
	require.Equal(t, 403, o.bo.Send("PUT", views+"/"+id+"/sharing").Status)
	page = o.bo.Get(views + "?face=board&sort=due")
	require.Contains(t, page.Body, "Opens with the board")
	require.Equal(t, 303, o.bo.Send("DELETE", views+"/"+id+"/default").Status)
	require.Equal(t, 200, o.bo.Get(o.path()).Status)
	require.Equal(t, 303, o.bo.Send("DELETE", views+"/"+id).Status)
	require.Contains(t, o.bo.Get(views).Body, "No saved views yet")
	replay.Check(t, o.DB.Read)
}

func TestAViewIsSavedSharedAndSeenByOthers(t *testing.T) {
	t.Parallel()
	o := furnished(t)
	tab, other := browser.Open(t, o.App, o.ana), browser.Open(t, o.App, o.bo, browser.Dark)
	tab.Go(o.path() + "/table?group=owner&sort=-priority")
	tab.Click("#views > summary")
	tab.WaitVisible("#views .menu-item >> Save as a view…")
	tab.Axe()
	tab.Click("#views .menu-item >> Save as a view…")
	tab.WaitVisible("#dialog #view-form")
	tab.Until("document.activeElement.name === 'name'")
	tab.Press("Enter")
	tab.Type("#field-name", "Who does what")
	tab.Axe()
	tab.Click("#dialog label >> Share with everyone here")
	tab.Click("#dialog .button-main")
	tab.Until("location.search.includes('view=') && document.readyState === 'complete'")
	require.Equal(t, "Who does what", tab.Text("#views .view-name"))

	// Bo finds it in the menu, by keyboard.
	other.Go(o.path())
	other.Focus("#views > summary")
	other.Press("Enter")
	other.WaitVisible("#views .menu-item >> Who does what")
	other.Press("ArrowDown")
	other.Until("document.activeElement.textContent.includes('Who does what')")
	other.Axe()
	other.Press("Enter")
	other.Until("location.pathname.endsWith('/table') && location.search.includes('group=owner')")
	require.Equal(t, "Who does what", other.Text("#views .view-name"))
	other.Click("#views > summary")
	other.WaitVisible("#views [aria-current] >> Who does what")
	other.Click("#views .menu-item >> Manage")
	other.WaitVisible("h1 >> Views of Onboarding")
	require.False(t, other.Sees(".view-edit"), "it is the managers' to change")
	other.Axe()
	other.Click(".view-row button >> Open the board with it")
	other.WaitVisible(".view-row .badge >> Opens with the board")
	other.Go(o.path())
	other.Until("location.pathname.endsWith('/table')")
	other.Click(".faces a >> Board")
	other.Until("location.pathname === '" + o.path() + "' && location.search === '?view=all'")

	// Ana changes what it shows; the menu offers to keep that.
	tab.Click(`#grid thead [data-col="due"] a`)
	tab.WaitVisible("#views .badge >> changed")
	tab.Click("#views > summary")
	tab.Click("#views .menu-item >> Update “Who does what”")
	tab.Until("location.search.includes('sort=due') && !document.querySelector('#views .badge')")
	other.Go(o.path())
	other.Until("location.search.includes('sort=due')")

	// On the page of views she renames it and stops sharing it.
	tab.Click("#views > summary")
	tab.Click("#views .menu-item >> Manage")
	tab.Click(".view-edit > summary")
	tab.Type(".view-edit [name=name]", "By owner")
	tab.Axe()
	tab.Click(".view-edit .button-main")
	tab.WaitVisible(".view-row strong >> By owner")
	tab.Click(".view-row button >> Stop sharing")
	tab.WaitVisible("#views-own")
	other.Go(o.path())
	require.Equal(t, o.path(), other.Path(), "what one no longer sees, the board does not open with")
	tab.Click(".view-edit > summary")
	tab.Click(".view-edit details > summary")
	tab.Click(".view-edit .button-danger")
	tab.WaitVisible(".empty >> No saved views yet")
	tab.Axe()
	page := o.ana.Get("/teams/" + o.team.ID + "/log?action=view.edited")
	require.Contains(t, page.Body, "edited the shared view")
	replay.Check(t, o.DB.Read)
}

func TestAFilterThatAsksForWhatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	o := furnished(t)
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	label := v.Labels[0].ID
	saved, err := o.Store.SaveView(t.Context(), o.bo.Actor(), o.board.ID, models.ViewInput{Name: "Legal", Face: models.FaceTable, Query: map[string][]string{"label": {label}, "group": {"label"}}})
	require.NoError(t, err)
	speaks(t, o.bo, "es")
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Spanish)
	phone.Go(o.path() + "/views/" + saved.ID)
	phone.Until("location.search.includes('label=" + label + "')")
	require.Equal(t, "Legal", phone.Text("#views .view-name"))
	require.NoError(t, o.Store.RemoveLabel(t.Context(), o.ana.Actor(), o.board.ID, label))
	phone.WaitVisible(".lens-ignored >> Algo de lo que pide esta página ya no existe y se ha dejado fuera: etiqueta.")
	phone.Axe()
	phone.Click("#views > summary")
	phone.WaitVisible("#views .menu-item >> Legal")
	phone.Axe()
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	phone.Go(o.path() + "?label=" + label)
	phone.WaitVisible(".lens-ignored >> etiqueta")
	phone.WaitVisible(".card")
}
