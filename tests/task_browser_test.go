package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

func TestATaskIsWorkedWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	card := "#t-" + ids[1] + " .card-title"
	tab.Focus(card)
	tab.Press("Enter")
	tab.WaitVisible("#panel #task-title")
	require.Equal(t, "/tasks/"+ids[1], tab.Path())

	tab.Focus("#task-title")
	tab.Press("End", "!", "Enter")
	tab.Until(`document.querySelector("#task-title").defaultValue === "Order a laptop!"`)
	tab.Until(`document.activeElement.id === "task-title"`)

	tab.Focus("#task-find-prerequisites")
	tab.Press("s", "i", "g", "n")
	tab.WaitVisible(`#task-find-prerequisites-list [role=option]`)
	require.Equal(t, "true", browser.Eval[string](tab, `document.activeElement.getAttribute("aria-expanded")`))
	tab.Press("ArrowDown")
	tab.Until(`document.activeElement.getAttribute("aria-activedescendant") === document.querySelector('[aria-selected="true"]').id`)
	tab.Press("Enter")
	tab.WaitVisible(`#task-waits-for .task-links`)
	tab.Until(`document.activeElement.id === "task-find-prerequisites"`)
	require.Equal(t, flow.Waiting, d.see(ids[1]).Task.State)
	tab.Axe()

	tab.Press("Escape")
	tab.WaitGone("#panel .task")
	require.Equal(t, "/boards/"+d.board.ID, tab.Path())
	tab.Until(`document.activeElement === document.querySelector("` + card + `")`)
}

func TestWhatOthersChangeShowsInAnOpenTaskAndLeavesWhatIsTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Type("#task-estimate", "3h")
	tab.WaitVisible("#task-details-form .task-save")

	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", "Order a phone").Status)
	tab.Until(`document.querySelector("#task-title").value === "Order a phone"`)
	require.Equal(t, "3h", tab.Value("#task-estimate"))
	require.Equal(t, "#task-estimate", tab.Focused())

	// An answer to one form leaves what is typed in another, too.
	tab.Type("#task-title", "Order a tablet")
	tab.Press("Enter")
	tab.Until(`document.querySelector("#task-title").defaultValue === "Order a tablet"`)
	tab.Until(`document.querySelector("#task-estimate").value === "3h"`)

	// What somebody else did to the same field is told before it is written over.
	due := models.Date("2030-05-06")
	estimate := 60
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), id, d.see(id).Task.Version, models.TaskInput{Due: &due, Estimate: &estimate}))
	tab.Click("#task-details-form .task-save button")
	tab.WaitVisible("#task-details-form .task-stale")
	require.Contains(t, tab.Text("#task-details-form .task-stale"), "Ana Ruiz changed the estimate from nothing to 1h.")
	require.Equal(t, "3h", tab.Value("#task-estimate"))
	tab.Axe()
	tab.Click("#task-details-form .task-stale .button-main")
	tab.WaitGone(".task-stale")
	require.Equal(t, 180, d.see(id).Task.Estimate)
}

func TestATaskIsRefusedWhereItStandsAndDeletedAfterAsking(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	tab.Click("#t-" + id + " .card-title")
	tab.Click("#task-more > summary")
	tab.Click("#task-seldom-block > summary")
	tab.Type("#task-block", "No budget")
	tab.Press("Enter")
	tab.WaitVisible(".task-flag")
	tab.Click("#task-step-false")
	tab.WaitVisible(".task-steps [role=alert]")
	require.Contains(t, tab.Text(".task-steps [role=alert]"), "It is blocked: No budget.")
	tab.Axe()

	tab.Click("#task-more > summary")
	tab.Click("#task-seldom-delete > summary")
	tab.Click("#task-delete-form button")
	tab.WaitGone("#panel .task")
	require.Equal(t, "/boards/"+d.board.ID, tab.Path())
	tab.WaitGone("#t-" + id)
	require.Equal(t, http.StatusNotFound, d.bo.Get("/tasks/"+id).Status)
}

func TestACardIsMovedFromItsMenuWithoutDragging(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop", "First day")
	tab := browser.Open(t, d.App, d.bo, browser.Dark)
	tab.Go("/boards/" + d.board.ID)
	tab.Click("#t-" + ids[2] + " .card-move")
	tab.Click("#card-actions a >> Move ONB-3…")
	tab.WaitVisible(".task-lanes")
	tab.Axe()
	tab.Click(".task-lane:nth-child(2) .task-before > summary")
	tab.Choose(".task-lane:nth-child(2) select", "Order a laptop")
	tab.Click(".task-lane:nth-child(2) .task-before-form .button")
	tab.WaitVisible("#task-title")
	tab.Until(`[...document.querySelectorAll('.lane[data-state="ready"] .card')].map(c => c.id.slice(2)).join() === "` + ids[0] + "," + ids[2] + "," + ids[1] + `"`)
}

func TestOnAPhoneACardOfAnyColumnOpensOverTheWholeScreen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	sample := d.ana.Send(http.MethodPost, "/teams/"+d.team.ID+"/sample-board").Location
	tab := browser.Open(t, d.App, d.ana, browser.Phone)
	const covered = `(() => { const r = document.querySelector("#panel").getBoundingClientRect();
		return r.x === 0 && r.y === 0 && r.width === innerWidth && r.height === innerHeight && document.elementFromPoint(8, 8).closest("#panel") })()`
	for _, title := range []string{"Sign the contract", "Prepare the desk", "Agree on the first day"} { // the second, third and last column
		tab.Go(sample)
		tab.Click(".card-title >> " + title)
		tab.WaitVisible("#panel .task")
		require.Equal(t, title, tab.Value("#task-title"))
		tab.Until(covered)
	}
	tab.Go(tab.Path())
	tab.WaitVisible("#panel .task")
	tab.Until(covered)
}
