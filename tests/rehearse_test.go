package tests

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
)

// questionable is a template that can be published, and is probably not what was meant.
const questionable = `name: Refit a kitchen
language: en
roles:
  - {id: fitter, name: Fitter, who: ask}
  - {id: designer, name: Designer, who: nobody@example.org}
steps:
  - {id: measure, title: Measure the room, role: fitter, estimate: 4h}
  - id: draw
    title: Draw the plan
    role: designer
    needs: [measure]
    estimate: 2d
    due: 1 working day after start
    fields: [{id: accepted, label: Accepted, type: yes/no, required: true}]
  - {id: redraw, title: Draw it anew, role: designer, needs: [draw], when: not draw.accepted, estimate: 1d}
  - {id: order, title: Order the units, role: fitter, needs: [redraw], when: redraw.done and draw.accepted, estimate: 1h}
  - {id: fit, title: Fit the units, role: fitter, needs: [order], estimate: 3d}
`

func TestWhatIsProbablyNotMeantIsSaidOnTheTemplatesPages(t *testing.T) {
	o := newOffice(t)
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Refit", questionable)
	require.NoError(t, err)
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), made.ID, made.Version), "nothing of it keeps it from being published")

	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/templates/" + made.ID)
	said := tab.Text("[aria-labelledby=advice]")
	require.Contains(t, said, "Nobody in the team has the address nobody@example.org")
	require.Contains(t, said, "Order the units")
	require.Contains(t, said, "This step is never done")
	require.Contains(t, said, "It is due 1 working day after start, but by the estimates of what comes before it takes 2d 4h of work")
	tab.Axe()
	tab.Focus("[aria-labelledby=advice] a[href='#step-order']")
	tab.Press("Enter")
	tab.Until(`location.hash === "#step-order"`)
	tab.Go("/templates/" + made.ID + "/draft")
	require.Contains(t, tab.Text(".findings"), "This step is never done")
	require.Contains(t, tab.Text(".findings"), "Line 16, column")
	tab.Axe()

	tab = browser.Open(t, o.App, o.bo)
	tab.Go("/templates/" + made.ID)
	require.NotContains(t, tab.Text("#main"), "Before it runs", "it is for who may mend it")
}

func TestATemplateIsRehearsedBeforeItRuns(t *testing.T) {
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/templates/" + template.ID)
	tab.Focus("a[href$='/rehearsal']")
	tab.Press("Enter")
	tab.WaitVisible("#rehearsed")
	tab.Axe()
	first := tab.Text("#rehearsed")
	require.Contains(t, tab.Text("#main"), "Nobody plays these roles yet")
	require.Contains(t, tab.Text("#main"), "with the seed 1")

	// By keyboard: another day, somebody for a role, and every order is paid.
	tab.Focus(".rh-asks > summary")
	tab.Press("Enter")
	tab.WaitVisible("#rehearsal")
	tab.Axe()
	tab.Choose("[name='role.sales']", "Bo Chen")
	tab.Type("[name=seed]", "7")
	tab.Focus("#rehearsal .button-main")
	tab.Press("Enter")
	tab.Until(`location.search.includes("seed=7") && document.readyState === "complete"`)
	tab.WaitVisible("#rehearsed")
	require.Contains(t, tab.Text("#main"), "with the seed 7")
	require.Contains(t, tab.Text("[aria-labelledby=rh-loads]"), "Bo Chen")
	require.NotEqual(t, first, tab.Text("[aria-labelledby=rh-steps]"))
	again := tab.Text("#main")
	tab.Reload()
	require.Equal(t, again, tab.Text("#main"), "the same address says the same")

	tab.Go("/templates/" + template.ID + "/rehearsal?seed=much")
	require.Equal(t, "much", tab.Value("[name=seed][aria-invalid=true]"))
	tab.Axe()
}

func TestARunSaysWhenItIsLikelyFinished(t *testing.T) {
	o := newOffice(t)
	run := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/runs/" + run.ID)
	require.Contains(t, tab.Text("#run-ahead"), "Likely finished by")
	tab.Focus("#run-ahead summary")
	tab.Press("Enter")
	tab.WaitVisible("#run-ahead details p")
	require.Contains(t, tab.Text("#run-ahead"), "in 300 rounds")
	require.Contains(t, tab.Text("#run-ahead"), "30 steps from the estimate")
	tab.Axe()

	// Somebody pauses the run, and the open page does not say any more what nobody can
	// tell; when it goes on, it does again.
	require.NoError(t, o.Store.PauseRun(t.Context(), o.bo.Actor(), run.ID, "stock-taking"))
	tab.WaitGone("#run-ahead")
	require.NoError(t, o.Store.ResumeRun(t.Context(), o.bo.Actor(), run.ID))
	tab.WaitVisible("#run-ahead")
}
