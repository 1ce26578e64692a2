package tests

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
)

func TestATemplateIsSteppedThroughWithoutMakingTasks(t *testing.T) {
	o := newOffice(t)
	made := o.adopted(t, "order-processing")
	at := "/templates/" + made.ID
	for _, page := range []string{at, at + "/diagram"} {
		require.Contains(t, o.bo.Get(page).Body, at+"/play")
	}
	require.Contains(t, o.ana.Get(at+"/drawing").Body, at+"/play")

	// Nothing is said yet: what a run would be asked is asked here.
	asked := o.bo.Get(at + "/play")
	require.Equal(t, 422, asked.Status)
	require.Contains(t, asked.Body, `name="input.order_number"`)
	said := url.Values{"input.order_number": {"4711"}, "input.customer": {"Ada"}, "input.customer_email": {"ada@example.org"}, "input.amount": {"120"},
		"input.payment_method": {"on account"}, "role.sales": {o.ana.ID}}
	play := func(more ...string) string {
		q := url.Values{}
		for name, values := range said {
			q[name] = values
		}
		for i := 0; i+1 < len(more); i += 2 {
			q.Add(more[i], more[i+1])
		}
		return at + "/play?" + q.Encode()
	}
	page := text(o.bo.Get(play()).Body)
	require.Contains(t, page, "“Check order 4711” can be started, because it waits for nothing.")
	require.Contains(t, page, "Ana Ruiz: it is their turn with “Check order 4711”.")
	page = text(o.bo.Get(play("m", "check_order")).Body)
	require.Contains(t, page, "“Check order 4711” is done.")
	require.Contains(t, page, "“Check the credit of Ada” can be started, because “Check order 4711” is done.")

	// What is wrong is said by its field, and what was typed stands there.
	refused := o.bo.Get(play("m", "check_order", "m", "credit_check", "a.granted", "perhaps"))
	require.Equal(t, 422, refused.Status)
	require.Contains(t, text(refused.Body), "“Check order 4711” is done.")
	page = text(o.bo.Get(play("m", "check_order", "m", "credit_check", "a.granted", "yes")).Body)
	require.Contains(t, page, "“Check the credit of Ada” is done. (")
	page = text(o.bo.Get(play("m", "check_order", "m", "-confirm_order", "m", "nowhere")).Body)
	require.Contains(t, page, "One move does not fit any more and was left out.")
	require.Contains(t, page, "“Confirm order 4711 to Ada” is cancelled.")

	// Whoever cannot edit sees no draft; nobody else sees anything; and nothing is made.
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40, strings.ReplaceAll(made.Draft, "Check order", "Examine order")))
	require.Contains(t, o.ana.Get(play()).Body, "Examine order 4711")
	require.NotContains(t, o.bo.Get(play()).Body, "Examine order")
	require.NotContains(t, o.ana.Get(play("version", "1")).Body, "Examine order")
	require.Equal(t, 404, o.Person("Stranger").Get(play()).Status)
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40, "name: Broken\nsteps:\n  - {id: one, title: One, needs: [two]}\n"))
	broken := o.ana.Get(at + "/play")
	require.Equal(t, 200, broken.Status)
	require.Contains(t, broken.Body, "This draft has mistakes")
	v, err := o.Store.Template(t.Context(), o.bo.Actor(), made.ID)
	require.NoError(t, err)
	require.Zero(t, v.Runs)
}

func TestSteppingThroughByMouseByKeysAndOnAPhone(t *testing.T) {
	o := newOffice(t)
	made := o.adopted(t, "order-processing")
	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go("/templates/" + made.ID)
	tab.Click("a >> Step through it")
	tab.WaitVisible("[name='input.order_number']")
	tab.Axe()
	tab.Type("[name='input.order_number']", "4711")
	tab.Type("[name='input.customer']", "Ada")
	tab.Type("[name='input.customer_email']", "ada@example.org")
	tab.Type("[name='input.amount']", "120")
	tab.Choose("[name='input.payment_method']", "on account")
	tab.Choose("[name='role.accounts']", "Ana Ruiz")
	tab.Click("button >> Play from the start with this")
	tab.WaitVisible(box("check_order") + "[data-state=ready]")
	tab.Axe()
	tab.Click("#s-check_order button >> Done")
	tab.WaitVisible(box("check_order") + "[data-state=done]")
	tab.WaitVisible(box("credit_check") + "[data-state=ready]")
	require.Contains(t, tab.Text("#play-told"), "Ana")
	tab.Shot("play")
	tab.Axe()

	// A field that later conditions need: left empty it is asked for, and nothing is lost.
	tab.Click("#s-credit_check button >> Done")
	tab.WaitVisible("#s-credit_check .field-error, #s-credit_check [aria-invalid=true]")
	tab.Axe()
	tab.Choose("#s-credit_check select", "Yes")
	tab.Click("#s-credit_check button >> Done")
	tab.WaitVisible(box("credit_check") + "[data-state=done]")
	tab.Click("#play-back")
	tab.WaitVisible(box("credit_check") + "[data-state=ready]")
	tab.WaitVisible(box("check_order") + "[data-state=done]")

	// The same by keys alone.
	tab.Focus("#s-confirm_order button")
	tab.Press("Enter")
	tab.WaitVisible(box("confirm_order") + "[data-state=done]")
	tab.Focus("#play-again")
	tab.Press("Enter")
	tab.WaitVisible(box("check_order") + "[data-state=ready]")
	tab.Focus(box("check_order"))
	tab.Press("Enter")
	tab.Until("location.hash === '#s-check_order'")
	tab.Sound()

	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(tab.Path())
	phone.WaitVisible("#s-check_order")
	phone.Click("#s-check_order .button-main")
	phone.WaitVisible("form#s-credit_check")
	require.Contains(t, phone.Text("#play-news"), "4711")
	phone.Axe()
	phone.Shot("play-phone")
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	phone.Sound()
}
