package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// orderText is order processing as somebody writes it down: payment, stock, dispatch and
// invoice, with a way for goods that are not there, for a payment that fails and for a return.
const orderText = `name: Orders of the shop
inputs:
  - {id: number, label: Order number, required: true}
  - {id: customer, label: Customer, required: true}
roles:
  - {id: desk, name: Order desk, who: ask}
sections:
  - {id: money, name: Payment}
  - {id: goods, name: Goods}
  - {id: after, name: Aftercare}
steps:
  - {id: check, title: "Check order {{number}}", section: money, role: desk}
  - id: payment
    title: Take the payment
    section: money
    role: desk
    needs: [check]
    fields: [{id: outcome, label: Outcome, type: choice, options: [paid, failed], required: true}]
  - id: second_try
    title: "Ask {{customer}} for another way to pay"
    section: money
    role: desk
    needs: [payment]
    when: payment.outcome == "failed"
    fields: [{id: outcome, label: Outcome, type: choice, options: [paid, failed], required: true}]
  - id: stock
    title: Reserve the goods
    section: goods
    role: desk
    needs: [check]
    fields: [{id: available, label: In stock, type: yes/no, required: true}]
  - id: reorder
    title: Order what is missing
    section: goods
    role: desk
    needs: [stock]
    when: not stock.available
    fields: [{id: supplier, label: Purchase order, required: true}]
  - id: pack
    title: Pick and pack
    section: goods
    role: desk
    needs: [payment, second_try, stock, reorder]
    when: payment.outcome == "paid" or second_try.outcome == "paid"
  - id: cancel
    title: Cancel the order
    section: goods
    role: desk
    needs: [pack]
    when: not pack.done
  - id: ship
    title: "Send {{number}} to {{customer}}"
    section: goods
    role: desk
    needs: [pack]
    when: pack.done
    fields: [{id: tracking, label: Tracking code, required: true}]
  - {id: invoice, title: "Invoice {{number}}", section: money, role: desk, needs: [ship], when: ship.done}
  - id: arrival
    title: "See parcel {{ship.tracking}} arrive"
    section: after
    role: desk
    needs: [ship]
    when: ship.done
    fields: [{id: returned, label: Sent back, type: yes/no, required: true}]
  - {id: refund, title: "Take back the goods of {{number}} and refund {{customer}}", section: after, role: desk, needs: [arrival, invoice], when: arrival.returned}
  - {id: close, title: "Close order {{number}}", section: after, role: desk, needs: [cancel, invoice, arrival, refund]}
`

// orderWays are the branches: what is answered on the way, and what is skipped in the end.
var orderWays = []struct {
	number  string
	answers map[string]string // by step: what its field is given
	skipped []string
}{
	{"all well", map[string]string{"payment": "paid", "stock": "Yes", "ship": "TR-1", "arrival": "No"}, []string{"second_try", "reorder", "cancel", "refund"}},
	{"sent back", map[string]string{"payment": "paid", "stock": "Yes", "ship": "TR-2", "arrival": "Yes"}, []string{"second_try", "reorder", "cancel"}},
	{"out of stock", map[string]string{"payment": "paid", "stock": "No", "reorder": "PO-7", "ship": "TR-3", "arrival": "No"}, []string{"second_try", "cancel", "refund"}},
	{"paid at last", map[string]string{"payment": "failed", "second_try": "paid", "stock": "Yes", "ship": "TR-4", "arrival": "No"}, []string{"reorder", "cancel", "refund"}},
	{"never paid", map[string]string{"payment": "failed", "second_try": "failed", "stock": "Yes"}, []string{"reorder", "pack", "ship", "invoice", "arrival", "refund"}},
}

func TestOrderProcessingIsWrittenFromNothingAndEachOfItsBranchesGoesToItsEnd(t *testing.T) {
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/teams/" + o.team.ID + "/templates/new")

	// A mistake on the way is told by its line and mended where it stands.
	tab.Type("#field-source", strings.Replace(orderText, "needs: [payment]", "needs: [paymant]", 1))
	tab.Click("form:has(#field-source) .button-main")
	tab.WaitVisible("#main >> paymant")
	require.Contains(t, tab.Text("#main"), "Line 24")
	tab.Type("#field-source", orderText)
	tab.Click("form:has(#field-source) .button-main")
	tab.WaitVisible("form[action$='/versions'] .button-main")
	tab.Click("form[action$='/versions'] .button-main")
	tab.WaitVisible("a[href$='/runs/new']")
	template := tab.Path()

	for _, way := range orderWays {
		tab.Go(template)
		tab.Click("a[href$='/runs/new']")
		tab.Type("[name='input.number']", way.number)
		tab.Type("[name='input.customer']", "Ada Lovelace")
		tab.Choose("[name='role.desk']", "Ana")
		tab.Click("#start .button-main")
		tab.WaitVisible(".plan")
		tab.Click(".plan-end .button-main")
		tab.WaitVisible("#step-check[data-turn='1']")
		run, _, _ := strings.Cut(strings.TrimPrefix(tab.Path(), "/runs/"), "?")
		o.play(t, tab, run, way.answers)

		v, err := o.Store.RunOf(t.Context(), o.ana.Actor(), run)
		require.NoError(t, err)
		require.True(t, v.Over(), way.number)
		tab.WaitVisible(".run-note[data-kind=good]")
		var skipped []string
		for _, s := range v.Steps {
			if s.Task.Skipped {
				skipped = append(skipped, s.Step.ID)
			} else {
				require.Equal(t, flow.Done, s.Task.State, "%s: %s", way.number, s.Step.ID)
			}
		}
		require.ElementsMatch(t, way.skipped, skipped, way.number)
		require.Contains(t, tab.Text("#step-close"), "Close order "+way.number)
	}
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

// play does each step of a run whose turn it is, with its answer, until none is left.
func (o office) play(t *testing.T, tab *browser.Tab, run string, answers map[string]string) {
	t.Helper()
	for {
		v, err := o.Store.RunOf(t.Context(), o.ana.Actor(), run)
		require.NoError(t, err)
		step := ""
		for _, s := range v.Steps {
			if s.Turn() {
				step = s.ID
				break
			}
		}
		if step == "" {
			return
		}
		at := "#step-" + step
		tab.WaitVisible(at + "[data-turn='1']")
		if given, asked := answers[step]; asked {
			if tab.Sees(at + " .step-form select") {
				tab.Choose(at+" .step-form select", given)
			} else {
				tab.Type(at+" .step-form .fields input", given)
			}
		}
		tab.Click("#done-" + step)
		tab.WaitVisible(at + "[data-state=done]")
	}
}
