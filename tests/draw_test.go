package tests

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/playbook"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// drawnOrder is what the people of the office draw: a small order processing.
var drawnOrder = map[string][]string{
	"Check the order": nil, "Take the payment": {"Check the order"}, "Pack the goods": {"Check the order"},
	"Send the parcel": {"Take the payment", "Pack the goods"}, "Say thanks": {"Send the parcel"},
}

// wasDrawn reads back what each step of the only template waits for, by title.
func (o office) wasDrawn(t *testing.T) (models.TemplateView, map[string][]string) {
	t.Helper()
	all, err := o.Store.Templates(t.Context(), o.ana.Actor(), o.team.ID)
	require.NoError(t, err)
	require.Len(t, all.Templates, 1)
	v, err := o.Store.Template(t.Context(), o.ana.Actor(), all.Templates[0].ID)
	require.NoError(t, err)
	waits := map[string][]string{}
	for _, s := range v.Steps {
		waits[s.Title] = nil
		for _, n := range s.Needs {
			other, _ := v.Step(n.Step)
			waits[s.Title] = append(waits[s.Title], other.Title)
		}
	}
	return v, waits
}

// begun is a template of somebody's that has a name and nothing else, on its diagram.
func (o office) begun(tab *browser.Tab) {
	tab.Go("/teams/" + o.team.ID + "/templates/new")
	tab.Type("#field-new-name", "Small orders")
	tab.Click("#draw-new .button-main")
	tab.WaitVisible("#draw-add")
	tab.Until("relevo.face && relevo.face.connect")
}

func TestAWorkflowIsDrawnFromNothingWithTheMouse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana, browser.Wide)
	o.begun(tab)
	tab.Axe()
	add := func(title, place, id string) {
		tab.Type("#field-add-title", title)
		tab.Click("#draw-add [value=" + place + "]")
		tab.WaitVisible(box(id))
		tab.Until("document.activeElement.id === 'n-" + id + "' && !document.querySelector('[aria-busy]')")
	}
	add("Check the order", "after", "check_the_order")
	add("Take the payment", "after", "take_the_payment")
	add("Pack the goods", "beside", "pack_the_goods")
	add("Send the parcel", "after", "send_the_parcel")
	add("Say thanks", "after", "say_thanks")

	// A line is drawn to what must come first, too.
	tab.Hover(box("take_the_payment"))
	tab.Drag(box("take_the_payment")+" .dg-grip", box("send_the_parcel"), 0)
	tab.Until("document.getElementById('l-take_the_payment-send_the_parcel') !== null && !document.querySelector('[aria-busy]')")
	_, waits := o.wasDrawn(t)
	require.ElementsMatch(t, drawnOrder["Send the parcel"], waits["Send the parcel"])

	// One that would close a circle is refused while it is drawn.
	held := tab.Hold(box("say_thanks") + " .dg-grip")
	held.Onto(box("check_the_order"))
	tab.Until("document.querySelector('" + box("check_the_order") + "').dataset.draw === 'refused' && document.querySelectorAll('.dg-link[data-draw=refused]').length >= 4")
	tab.Shot("draw-circle")
	held.Drop()
	tab.WaitVisible("#notice >> it would close a circle")

	// A step is renamed where it stands, and its form says the rest.
	tab.DoubleClick(box("say_thanks"))
	tab.WaitVisible(".draw-name")
	tab.Type(".draw-name", "Thank the customer")
	tab.Press("Enter")
	tab.Until("document.querySelector('" + box("say_thanks") + "')?.textContent.includes('Thank the customer')")
	tab.Until("!document.querySelector('[aria-busy]')")
	tab.Click(box("send_the_parcel"))
	tab.WaitVisible("#draw-panel >> Step: Send the parcel")
	tab.Type("#field-fill-due", "some day soon")
	tab.Click("#draw-save")
	tab.WaitVisible("#field-fill-due[aria-invalid=true]")
	tab.Axe()
	tab.Type("#field-fill-due", "2 working days after needs")
	tab.Type("#field-fill-section", "Dispatch")
	tab.Type("#field-fill-role", "Warehouse")
	tab.Click("#draw-save")
	tab.Until("document.querySelector('.dg-lane')?.textContent.includes('Dispatch')")
	tab.Until("!document.querySelector('[aria-busy]')")
	tab.Shot("draw")

	// What is removed comes back, and goes again.
	tab.Click("#draw-remove")
	tab.WaitGone(box("send_the_parcel"))
	tab.Until("document.getElementById('l-pack_the_goods-say_thanks') !== null && !document.querySelector('[aria-busy]')")
	tab.Click("#draw-undo")
	tab.WaitVisible(box("send_the_parcel"))
	tab.Until("!document.querySelector('[aria-busy]') && !document.querySelector('#draw-redo').disabled")
	v, waits := o.wasDrawn(t)
	require.Equal(t, []string{"Send the parcel"}, waits["Thank the customer"])
	s, _ := v.Step("send_the_parcel")
	require.Equal(t, "2 working days after needs", s.Due.String())
	require.Equal(t, []playbook.Section{{ID: "dispatch", Name: "Dispatch"}}, v.Sections)
	require.False(t, playbook.Broken(v.Findings), "it can be published")
	tab.Sound()
}

func TestTwoWhoDrawTheSameDraftSeeEachOther(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := browser.Open(t, o.App, o.ana, browser.Wide)
	o.begun(ana)
	add := func(tab *browser.Tab, title, id string) {
		tab.Type("#field-add-title", title)
		tab.Click("#draw-add [value=after]")
		tab.WaitVisible(box(id))
		tab.Until("document.activeElement.id === 'n-" + id + "' && !document.querySelector('[aria-busy]')")
	}
	add(ana, "Check the order", "check_the_order")
	bo := browser.Open(t, o.App, o.Join(o.ana, o.team, "Mia", access.Manager), browser.Wide)
	bo.Go(strings.Split(ana.Path(), "?")[0])
	bo.Until("relevo.face && relevo.face.connect")
	bo.WaitVisible(box("check_the_order"))
	bo.Type("#field-add-title", "Not yet sent")

	add(ana, "Take the payment", "take_the_payment")
	bo.WaitVisible(box("take_the_payment"))
	bo.WaitVisible("#notice >> Somebody else has changed the draft")
	require.Equal(t, "Not yet sent", bo.Value("#field-add-title"))
	add(bo, "Pack the goods", "pack_the_goods")
	ana.WaitVisible(box("pack_the_goods"))

	// What somebody else has drawn since is not undone with one's own.
	ana.Until("document.querySelector('#draw-undo').disabled")
	bo.Click("#draw-undo")
	bo.WaitGone(box("pack_the_goods"))
	ana.WaitGone(box("pack_the_goods"))
	ana.WaitVisible(box("take_the_payment"))
	ana.Axe()
	ana.Shot("draw-two")
}

func TestAWorkflowIsDrawnFromNothingByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana, browser.Dark)
	tab.Go("/teams/" + o.team.ID + "/templates/new")
	tab.Focus("#field-new-name")
	tab.Insert("Small orders")
	tab.Press("Enter")
	tab.WaitVisible("#draw-add")
	tab.Until("relevo.face && relevo.face.connect")
	tab.Focus("#field-add-title")
	settled := func(id string) {
		tab.Until("document.activeElement.id === 'n-" + id + "' && !document.querySelector('[aria-busy]')")
	}
	tab.Insert("Check the order")
	tab.Press("Enter")
	settled("check_the_order")
	add := func(key, title, id string) {
		tab.Press(key)
		tab.Until("document.activeElement.id === 'field-add-title' && !document.activeElement.value")
		tab.Insert(title)
		tab.Press("Enter")
		settled(id)
	}
	add("a", "Take the payment", "take_the_payment")
	add("n", "Pack the goods", "pack_the_goods")
	add("a", "Send the parcel", "send_the_parcel")
	add("a", "Say thanks", "say_thanks")

	tab.Focus(box("take_the_payment"))
	tab.Press("c", "ArrowRight")
	tab.Until("document.querySelector('" + box("send_the_parcel") + "').dataset.draw === 'to'")
	tab.Press("Enter")
	tab.Until("document.getElementById('l-take_the_payment-send_the_parcel') !== null && !document.querySelector('[aria-busy]')")
	_, waits := o.wasDrawn(t)
	require.Len(t, waits, len(drawnOrder))
	for title, needs := range drawnOrder {
		require.ElementsMatch(t, needs, waits[title], title)
	}

	// Renamed, opened, cut, deleted, and all of it taken back.
	tab.Focus(box("say_thanks"))
	tab.Press("F2")
	tab.Until("document.activeElement.matches('.draw-name')")
	tab.Press("Control+a")
	tab.Insert("Thank Ada")
	tab.Press("Enter")
	tab.Until("document.querySelector('" + box("say_thanks") + "')?.textContent.includes('Thank Ada')")
	settled("say_thanks")
	tab.Press("Enter")
	tab.Until("document.activeElement.id === 'field-fill-title'")
	tab.Axe()
	tab.Shot("draw-dark")
	tab.Press("Escape")
	settled("say_thanks")
	tab.Press("Delete")
	tab.WaitGone(box("say_thanks"))
	tab.Until("document.activeElement.matches('.dg-node') && !document.querySelector('[aria-busy]')")
	tab.Press("Control+z")
	tab.Until("document.querySelector('" + box("say_thanks") + "')?.textContent.includes('Thank Ada')")
	tab.Until("document.activeElement.matches('.dg-node') && !document.querySelector('[aria-busy]')")
	tab.Press("Control+z")
	tab.Until("document.querySelector('" + box("say_thanks") + "')?.textContent.includes('Say thanks')")
	tab.Until("!document.querySelector('[aria-busy]')")
	tab.Press("Control+y")
	tab.Until("document.querySelector('" + box("say_thanks") + "')?.textContent.includes('Thank Ada')")
	tab.Sound()
}

func TestADraftIsDrawnWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made := o.ana.Send(http.MethodPost, "/teams/"+o.team.ID+"/templates", "name", "Small orders")
	at := made.Location
	require.True(t, strings.HasSuffix(at, "/drawing"), at)
	require.Contains(t, text(o.ana.Get(at).Body), "There is no step yet")
	stroke := func(fields ...string) testapp.Answer { return o.ana.Send(http.MethodPost, at, fields...) }
	require.Equal(t, at+"?step=check", stroke("do", "add", "title", "Check").Location)
	require.Equal(t, at+"?step=pay", stroke("do", "add", "title", "Pay", "step", "check", "place", "after").Location)
	page := o.ana.Get(at + "?step=pay")
	require.Contains(t, text(page.Body), "Step: Pay")

	refused := stroke("do", "connect", "from", "pay", "step", "check")
	require.Equal(t, 409, refused.Status)
	require.Contains(t, text(refused.Body), "Check → Pay → Check is a cycle")
	refused = stroke("do", "add", "title", " ", "step", "check")
	require.Equal(t, 422, refused.Status)
	refused = stroke("do", "fill", "step", "pay", "title", "Pay up", "estimate", "ages", "version", "999999")
	require.Equal(t, 422, refused.Status)
	require.Contains(t, refused.Body, `value="ages"`, "what was typed is kept")
	require.Equal(t, 404, stroke("do", "remove", "step", "nothing").Status)
	require.Equal(t, 409, stroke("do", "rename", "step", "pay", "title", "Old", "version", "1").Status, "somebody has changed it meanwhile")
	require.Equal(t, 303, stroke("do", "cut", "from", "check", "step", "pay").Status)

	v, waits := o.wasDrawn(t)
	require.Equal(t, map[string][]string{"Check": nil, "Pay": nil}, waits)
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), v.Template.ID, 1<<40, "name: [broken"))
	require.Contains(t, text(o.ana.Get(at).Body), "cannot be read, so nothing can be drawn")
	require.Equal(t, 422, stroke("do", "add", "title", "More").Status)
	require.NotEqual(t, 200, o.bo.Get(at).Status, "a member does not edit templates")
	require.Equal(t, 404, o.Person("Stranger").Get(at).Status)
}

func TestAFlowchartIsTakenOverIntoANewTemplate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := "/teams/" + o.team.ID + "/templates"
	require.Contains(t, o.ana.Get(at+"/new").Body, `name="mermaid"`)
	refused := o.ana.Send(http.MethodPost, at, "mermaid", "sequenceDiagram\n  A->>B: Hi")
	require.Equal(t, 422, refused.Status)
	require.Contains(t, text(refused.Body), "This is no flowchart")
	require.Contains(t, refused.Body, "A-&gt;&gt;B: Hi", "what was typed is kept")

	made := o.ana.Send(http.MethodPost, at, "mermaid", "---\ntitle: Orders\n---\nflowchart LR\n  a[Check] --> b{Paid?}\n  b -->|yes| c[Ship]\n  b -->|no| d[Ask]\n  d --> a\n  click a foo")
	require.Equal(t, 200, made.Status)
	said := text(made.Body)
	require.Contains(t, said, "4 steps and 3 connections are in the draft.")
	require.Contains(t, said, "Line 9 Says how it looks click a foo")
	require.Contains(t, said, "It would close a circle Ask → Check")
	v, waits := o.wasDrawn(t)
	require.Equal(t, "Orders", v.Template.Name)
	require.Equal(t, map[string][]string{"Check": nil, "Paid?": {"Check"}, "Ship": {"Paid?"}, "Ask": {"Paid?"}}, waits)
	require.False(t, playbook.Broken(v.Findings))
	require.Equal(t, 403, o.bo.Send(http.MethodPost, at, "mermaid", "graph LR\na").Status)

	// What a diagram is taken along as comes back as the same workflow.
	order := o.adopted(t, "order-processing")
	carried := o.ana.Get("/templates/" + order.ID + "/diagram/mmd").Body
	made = o.ana.Send(http.MethodPost, at, "mermaid", carried)
	d, _ := playbook.Parse([]byte(order.Draft))
	lines := 0
	for _, s := range d.Steps {
		lines += len(s.Needs)
	}
	require.Contains(t, text(made.Body), fmt.Sprintf("%d steps and %d connections are in the draft.", len(d.Steps), lines))
}
