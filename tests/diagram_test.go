package tests

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

func box(task string) string { return "#n-" + task }

// launch is a product's way to its launch, as tasks of the office's board.
func (o office) launch(t *testing.T) (ids []string) {
	t.Helper()
	titles := []string{"Write the brief", "Name the product", "Design the packaging with the agency in Porto and have it approved", "Check the name with a lawyer",
		"Photograph it", "Build the shop page", "Translate the shop page 🇪🇸", "Test the order by card", "Tell the press", "Open the shop", "Buy balloons"}
	ids = o.add(t, flow.Ready, titles...)
	for _, pair := range [][2]int{{0, 1}, {1, 2}, {1, 3}, {2, 4}, {4, 5}, {5, 6}, {5, 7}, {3, 8}, {6, 9}, {7, 9}, {8, 9}} {
		o.require(t, ids[pair[0]], ids[pair[1]])
	}
	o.own(t, ids[0], o.ana.ID, o.bo.ID)
	o.due(t, ids[9], time.Now().AddDate(0, 0, 20).Format(time.DateOnly))
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	return ids
}

func TestTheDiagramTellsTheOrderOfTheWork(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	page := o.bo.Get(o.path() + "/diagram")
	require.Equal(t, 200, page.Status)
	require.Contains(t, page.Body, "Nothing waits for anything yet")
	ids := o.launch(t)
	page = o.bo.Get(o.path() + "/diagram")
	said := text(page.Body)
	require.Contains(t, said, "ONB-10 Open the shop Waiting After ONB-7, ONB-8, ONB-9")
	require.Contains(t, said, "1 open task waits for none and holds none up")
	require.Equal(t, 10, strings.Count(page.Body, `class="dg-node"`))
	require.NotContains(t, page.Body, "balloons")

	around := text(o.bo.Get(o.path() + "/diagram?task=" + ids[8]).Body)
	require.Contains(t, around, "What leads to ONB-9 Tell the press and what follows it")
	require.Contains(t, around, "Check the name")
	require.NotContains(t, around, "Photograph")
	filtered := text(o.bo.Get(o.path() + "/diagram?q=shop").Body)
	require.Contains(t, filtered, "Translate the shop page")
	require.NotContains(t, filtered, "Photograph")
}

func TestADiagramIsReadInAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	o.require(t, ids[0], ids[1])
	read := func() {
		_, err := o.Store.Diagram(t.Context(), o.bo.Actor(), o.board.ID, "", models.BoardFilter{})
		require.NoError(t, err)
	}
	few := o.queries(t, read)
	require.Positive(t, few)
	var titles []string
	for i := range 60 {
		titles = append(titles, fmt.Sprint("More ", i))
	}
	more := o.add(t, flow.Ready, titles...)
	for i := 1; i < len(more); i++ {
		o.require(t, more[i/2], more[i])
		o.own(t, more[i], o.ana.ID)
	}
	require.Equal(t, few, o.queries(t, read))
}

func TestADiagramIsReadMovedAndEditedWithTheMouse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/diagram")
	tab.WaitVisible(box(ids[1]))
	tab.Axe()
	tab.Shot("diagram")
	tab.Hover(box(ids[3]))
	tab.Until("document.querySelector('#dg').dataset.lit === '1' && !document.querySelector('" + box(ids[4]) + "').dataset.lit && document.querySelector('" + box(ids[9]) + "').dataset.lit === '1'")
	tab.Click("[data-zoom=fit]")
	tab.Until("document.querySelector('#dg-view').scrollWidth <= document.querySelector('#dg-view').clientWidth + 1")

	// A line is drawn from one task to another.
	tab.Hover(box(ids[7]))
	tab.Drag(box(ids[7])+" .dg-grip", box(ids[8]), 0)
	tab.Until(fmt.Sprintf("document.getElementById('l-%s-%s') !== null", ids[7], ids[8]))
	require.Len(t, o.see(t, ids[8]).WaitsFor, 2)

	// One that would close a circle is refused while it is drawn, and afterwards too.
	held := tab.Hold(box(ids[9]) + " .dg-grip")
	held.Onto(box(ids[2]))
	tab.Until("document.querySelector('" + box(ids[2]) + "').dataset.draw === 'refused'")
	require.True(t, browser.Eval[bool](tab, "document.querySelectorAll('.dg-link[data-draw=refused]').length >= 4"), "the circle lights up")
	tab.Shot("diagram-circle")
	held.Drop()
	tab.WaitVisible("#notice >> it would close a circle")
	require.Len(t, o.see(t, ids[2]).WaitsFor, 1)

	// And a line is taken away, and comes back by undo.
	browser.Eval[bool](tab, fmt.Sprintf("(document.getElementById('l-%s-%s').querySelector('.dg-hit').dispatchEvent(new MouseEvent('click', {bubbles: true})), true)", ids[7], ids[8]))
	tab.Click(".dg-cut")
	tab.Until(fmt.Sprintf("document.getElementById('l-%s-%s') === null", ids[7], ids[8]))
	tab.Focus(box(ids[8]))
	tab.Press("Control+z")
	tab.Until(fmt.Sprintf("document.getElementById('l-%s-%s') !== null", ids[7], ids[8]))
	tab.Sound()
}

func TestADiagramIsEditedByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	tab := browser.Open(t, o.App, o.bo, browser.Dark)
	tab.Go(o.path() + "/diagram")
	tab.Focus(box(ids[3]))
	tab.Press("ArrowRight")
	tab.Until("document.activeElement.id === 'n-" + ids[8] + "'")
	tab.Press("ArrowLeft")
	tab.Until("document.activeElement.id === 'n-" + ids[3] + "'")
	tab.Press("c", "ArrowUp")
	tab.Until("document.querySelectorAll('[data-draw=to], [data-draw=refused]').length === 1")
	tab.Shot("diagram-keys")
	to := browser.Eval[string](tab, "document.activeElement.id.slice(2)")
	tab.Press("Enter")
	tab.Until(fmt.Sprintf("document.getElementById('l-%s-%s') !== null", ids[3], to))
	require.False(t, tab.Sees("#panel article"), "Enter connects, and opens nothing")
	tab.Press("f")
	tab.Until("location.search.startsWith('?task=')")
	tab.WaitVisible("#dg-whole")
	tab.Axe()
	tab.Focus(box(ids[3]))
	tab.Press("Enter")
	tab.WaitVisible("#panel article")
	tab.Sound()
}

func TestADiagramIsLiveAndKeepsToWhatOneMayDo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	viewer := browser.Open(t, o.App, o.Join(o.ana, o.team, "Vic", "viewer"), browser.Phone, browser.Spanish)
	viewer.Go(o.path() + "/diagram")
	viewer.WaitVisible(box(ids[1]))
	require.False(t, viewer.Sees(".dg-grip"))
	viewer.Axe()
	viewer.Shot("diagram-phone")
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[1], 1<<40))
	viewer.Until("document.querySelector('" + box(ids[1]) + "').dataset.state === 'done' && document.querySelector('" + box(ids[2]) + "').dataset.state === 'ready'")
	require.False(t, browser.Eval[bool](viewer, "document.documentElement.scrollWidth > visualViewport.width"))
	viewer.Sound()
}
