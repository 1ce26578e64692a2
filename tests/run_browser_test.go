package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// adopted is a template of the team that comes with the program.
func (o office) adopted(t *testing.T, key string) models.Template {
	t.Helper()
	for _, s := range playbook.ShippedIn("en") {
		if s.Key == key {
			made, err := o.Store.AdoptTemplate(t.Context(), o.ana.Actor(), o.team.ID, s)
			require.NoError(t, err)
			return made
		}
	}
	t.Fatalf("%s does not come with the program", key)
	return models.Template{}
}

// ordered starts order processing for an order.
func (o office) ordered(t *testing.T, template models.Template, number string) models.Run {
	t.Helper()
	r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), template.ID, models.RunInput{Board: o.board.ID,
		Answers: map[string]string{"order_number": number, "customer": "Ada", "customer_email": "ada@example.org", "amount": "120"},
		Cast:    map[string]string{"sales": o.bo.ID, "accounts": o.ana.ID}})
	require.NoError(t, err)
	return r
}

func TestARunIsStartedFromItsFormAndGoesItsWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana, browser.OnBoth)
	tab.Go("/teams/" + o.team.ID + "/templates")
	tab.Axe()
	require.Contains(t, tab.Text("#main"), "No template yet")
	tab.Click("[aria-label='Take over “Order processing”']")
	tab.WaitVisible(".outline")
	require.Contains(t, tab.Text(".outline"), "Check order {{order_number}}")
	tab.Axe()

	tab.Click("a[href$='/runs/new']")
	tab.WaitVisible("#start")
	tab.Click("#start .button-main")
	tab.WaitVisible("[name='input.order_number'][aria-invalid=true]")
	require.Contains(t, tab.Text("#start"), "Payment")
	tab.Axe()
	tab.Type("[name='input.order_number']", "4711")
	tab.Type("[name='input.customer']", "Ada Lovelace")
	tab.Type("[name='input.customer_email']", "ada@example.org")
	tab.Type("[name='input.amount']", "120.50")
	tab.Choose("[name='role.sales']", "Bo Chen")
	tab.Click("#start .button-main")
	tab.WaitVisible(".plan")
	require.Contains(t, tab.Text("#main"), "Check order 4711")
	require.Contains(t, tab.Text("#main"), "The condition does not hold")
	tab.Axe()
	tab.Click("[name=again]")
	tab.WaitVisible("#start")
	require.Equal(t, "4711", tab.Value("[name='input.order_number']"), "what was typed is kept")
	tab.Click("#start .button-main")
	tab.WaitVisible(".plan")
	tab.Click(".plan-end .button-main")
	tab.WaitVisible("#step-check_order")
	require.Equal(t, "Order processing · 4711", tab.Text("h1"))
	tab.Axe()

	// Bo works through the checklist by keyboard while Ana looks on.
	bo := browser.Open(t, o.App, o.bo, browser.OnBoth)
	bo.Go(tab.Path())
	for range 2 {
		bo.Focus("#step-check_order .tick[aria-checked=false]")
		bo.Press("Space")
		bo.Until(`document.querySelectorAll('#step-check_order .tick[aria-checked=true]').length > 0 && !document.querySelector('.htmx-request')`)
	}
	bo.Until(`document.querySelectorAll('#step-check_order .tick[aria-checked=true]').length === 2`)
	bo.Focus("#done-check_order")
	bo.Press("Enter")
	bo.WaitVisible("#step-check_order[data-state=done]")
	bo.WaitVisible("#step-confirm_order[data-turn='1']")
	tab.WaitVisible("#step-confirm_order[data-turn='1']")
	tab.WaitVisible("#step-credit_check[data-state=cancelled]")

	// A step is not done without what it asks for, and it is said beside the field.
	bo.Click("#done-confirm_order")
	bo.WaitVisible("#step-payment[data-turn='1']")
	bo.Click("#done-payment")
	bo.WaitVisible("#step-payment [aria-invalid=true]")
	require.Contains(t, bo.Text("#step-payment"), "Fill in “Outcome” first")
	bo.Axe()
	bo.Choose("#step-payment select", "failed")
	bo.Type("[id='field-payment-answer.reference']", "TX-9")
	bo.Click("#done-payment")
	bo.WaitVisible("#step-payment_reminder[data-turn='1']")
	bo.Click("#step-payment_reminder .step-say summary")
	bo.Type("#say-payment_reminder", "Called, no answer")
	bo.Click("#step-payment_reminder .step-say .button")
	bo.Until(`document.querySelector('#step-payment_reminder .step-head').textContent.includes('1')`)

	tab.Click("#run-pause")
	tab.WaitVisible("#run-resume")
	bo.WaitVisible("#run-resume")
	tab.Click("#run-resume")
	tab.WaitVisible("#run-pause")
	tab.Click("#run-cancel summary")
	tab.Click("#run-cancel .button-danger")
	tab.Until(`document.querySelector('.run').textContent.includes('This run was cancelled')`)
	bo.Sound()
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func TestARunsChecklistIsWorkedOnAPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go("/runs/" + r.ID)
	tab.Until(`document.documentElement.scrollWidth <= innerWidth`)
	tab.Axe()
	for _, item := range []string{"1", "2"} {
		tab.Click("#step-check_order .step-items li:nth-child(" + item + ") .tick")
		tab.Until("document.querySelector('#step-check_order .step-items li:nth-child(" + item + ") .tick').getAttribute('aria-checked') === 'true'")
	}
	tab.Until(`[...document.querySelectorAll('.run button, .run summary')].filter(b => b.offsetParent).every(b => b.getBoundingClientRect().height >= 44)`)
	tab.Click("#done-check_order")
	tab.WaitVisible("#step-confirm_order[data-turn='1']")
	tab.Click("#open-confirm_order")
	tab.WaitVisible("#panel .task")
	require.Contains(t, tab.Text("#panel"), "Confirm order 4711")
	tab.Sound()
}

func TestATemplateIsWrittenPublishedAndStartedWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := "/teams/" + o.team.ID + "/templates"
	require.Contains(t, o.ana.Get(at+"/new").Body, "prepare")
	a := o.ana.Send(http.MethodPost, at, "source", "name: Tea\nsteps:\n  - {id: boil, title: Boil, needs: [pour]}\n")
	require.Equal(t, http.StatusSeeOther, a.Status)
	draft := strings.TrimSuffix(a.Location, "?saved=1")
	page := o.ana.Get(draft)
	require.Contains(t, text(page.Body), "Line 3, column")
	require.NotContains(t, page.Body, `action="`+strings.TrimSuffix(draft, "/draft")+`/versions"`, "with an error it is not published")
	template := strings.TrimSuffix(draft, "/draft")
	a = o.ana.Send(http.MethodPost, template+"/versions", "version", "1000000")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "It cannot be published yet")
	a = o.ana.Send(http.MethodPut, template, "version", "1", "source", "name: Mine")
	require.Equal(t, http.StatusConflict, a.Status, "somebody has changed it since")
	require.Contains(t, a.Body, "name: Mine", "what was typed is kept")
	tea := "name: Tea\ninputs: [{id: cups, label: Cups, type: number, required: true}]\nsteps:\n  - {id: boil, title: \"Boil water for {{cups}}\"}\n  - {id: pour, title: Pour, needs: [boil]}\n"
	require.Equal(t, http.StatusSeeOther, o.ana.Send(http.MethodPut, template, "version", "1000000", "source", tea).Status)
	require.Equal(t, http.StatusSeeOther, o.ana.Send(http.MethodPost, template+"/versions", "version", "1000000").Status)
	require.Contains(t, text(o.bo.Get(template).Body), "Boil water for {{cups}}")

	a = o.bo.Send(http.MethodPost, template+"/sheet", "input.cups", "many", "board", o.board.ID)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="many"`)
	a = o.bo.Send(http.MethodPost, template+"/sheet", "input.cups", "3", "board", o.board.ID)
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, text(a.Body), "Boil water for 3")
	a = o.bo.Send(http.MethodPost, template+"/runs", "input.cups", "3", "board", o.board.ID, "name", "Breakfast")
	require.Equal(t, http.StatusSeeOther, a.Status)
	run, _, _ := strings.Cut(a.Location, "?")
	v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), strings.TrimPrefix(run, "/runs/"))
	require.NoError(t, err)
	boil := run + "/tasks/" + v.Steps[0].Task.ID
	require.Equal(t, http.StatusSeeOther, o.bo.Send(http.MethodPost, boil+"/completion", "version", "1000000").Status)
	v, err = o.Store.RunOf(t.Context(), o.bo.Actor(), v.Run.ID)
	require.NoError(t, err)
	require.Equal(t, flow.Ready, v.Steps[1].Task.State)
	require.Contains(t, text(o.bo.Get(template+"/runs").Body), "Breakfast")
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.NotContains(t, viewer.Get(run).Body, "step-form")
	require.NotContains(t, viewer.Get(template).Body, "/runs/new")
	replay.Check(t, o.DB.Read)
}

func TestTheChecklistOfARunAsksTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	small, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Tea", "name: Tea\nsteps: [{id: boil, title: Boil}]\n")
	require.NoError(t, err)
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), small.ID, small.Version))
	tea, err := o.Store.StartRun(t.Context(), o.ana.Actor(), small.ID, models.RunInput{Board: o.board.ID})
	require.NoError(t, err)
	order := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	read := func(run string) func() {
		return func() {
			_, err := o.Store.RunOf(t.Context(), o.bo.Actor(), run)
			require.NoError(t, err)
		}
	}
	read(tea.ID)()
	read(order.ID)()
	require.Equal(t, o.queries(t, read(tea.ID)), o.queries(t, read(order.ID)))
}

func TestAllRunsOfATemplateAreATableThatSaysWhoHoldsWhat(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	first, second := o.ordered(t, template, "4711"), o.ordered(t, template, "=4712")
	require.NoError(t, o.Store.PauseRun(t.Context(), o.bo.Actor(), second.ID, ""))
	v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), first.ID)
	require.NoError(t, err)
	for _, i := range v.Steps[0].Items[:2] {
		require.NoError(t, o.Store.TickItem(t.Context(), o.bo.Actor(), i.TaskID, i.ID))
	}
	require.NoError(t, o.Store.CompleteStep(t.Context(), o.bo.Actor(), v.Steps[0].Task.ID, 1<<40, nil))
	at := "/templates/" + template.ID + "/runs"
	page := text(o.bo.Get(at + "/table").Body)
	require.Contains(t, page, "Order processing · 4711 1/")
	require.Contains(t, page, "Ready, Bo Chen")
	require.Contains(t, page, "Skipped")
	idle := o.Join(o.ana, o.team, "Cy Diaz", access.Member)
	require.Contains(t, text(o.ana.Get(at+"/table?person="+o.bo.ID).Body), "4711 1/")
	require.NotContains(t, text(o.ana.Get(at+"/table?person="+idle.ID).Body), "4711", "it is no turn of his")
	csv := o.bo.Get(at + ".csv").Body
	require.Contains(t, csv, "Check order …")
	require.Contains(t, csv, `"Order processing · 4711",`)
	require.NoError(t, o.Store.CancelRun(t.Context(), o.bo.Actor(), second.ID, "", models.CancelTasks))
	require.NotContains(t, o.bo.Get(at).Body, second.Name)
	require.Contains(t, o.bo.Get(at+"?all=1").Body, "Cancelled")

	tab := browser.Open(t, o.App, o.bo)
	tab.Go(at + "/table")
	tab.Axe()
	tab.Shot("runs-table")
	tab.Click("td[data-state=ready] a")
	tab.WaitVisible("#panel .task-run")
	tab.Click("#panel .task-run a")
	tab.WaitVisible("#step-confirm_order")
	tab.Sound()
}

// twoAtOnce is a template of two steps, of which one asks for a choice.
const twoAtOnce = `
name: Delivery
steps:
  - id: ask
    title: Ask how it was
    fields:
      - {id: well, label: It went well, type: yes_no, required: true}
      - {id: remark, label: Remark, type: text}
  - id: pay
    title: Pay the driver
`

func TestWhatOneHasChosenInAStepStaysWhileOthersGoOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r, err := o.Store.StartRun(t.Context(), o.ana.Actor(), o.written(t, twoAtOnce).ID, models.RunInput{Board: o.board.ID})
	require.NoError(t, err)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/runs/" + r.ID)
	tab.Choose("#step-ask .step-form select", "Yes")
	tab.Focus("#step-ask .step-form input[type=text]") // the choice is at hand no more
	other := browser.Open(t, o.App, o.bo)
	other.Go("/runs/" + r.ID)
	other.Click("#done-pay")
	tab.WaitVisible("#step-pay[data-state=done]")
	tab.Click("#done-ask")
	tab.WaitVisible("#step-ask[data-state=done]")
	tab.Sound()
}
