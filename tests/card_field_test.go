package tests

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

func (o office) label(t *testing.T, name string) {
	t.Helper()
	require.NoError(t, o.Store.AddLabel(t.Context(), o.ana.Actor(), o.board.ID, models.LabelInput{Name: name, Colour: "purple", Icon: "scale"}))
}

// reads is a script that tells whether a card has a text.
func reads(task, text string) string {
	return "document.querySelector('" + card(task) + "').textContent.includes('" + text + "')"
}

func TestACardIsChangedInPlaceByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.add(t, flow.Ready, "Sign", "Order")[0]
	o.label(t, "Legal")
	bo, ana := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	bo.Go(o.path())
	ana.Go(o.path())
	title := card(id) + " .card-title"

	bo.Focus(title)
	bo.Press("F2")
	bo.WaitVisible("#card-title")
	bo.Axe()
	require.Equal(t, "Sign", bo.Value("#card-title"))
	bo.Type("#card-title", "Sign the contract")
	bo.Press("Enter")
	bo.WaitGone("#card-edit")
	for _, tab := range []*browser.Tab{bo, ana} {
		tab.Until(reads(id, "Sign the contract"))
	}
	require.Equal(t, "Sign the contract", bo.Focused(), "the focus is on the card again")
	require.Contains(t, bo.Text(toast), "Saved.")
	bo.Press("Control+z")
	bo.Until("!" + reads(id, "Sign the contract"))

	bo.Press("e")
	bo.WaitVisible("#card-title")
	bo.Type("#card-title", "Never mind")
	bo.Press("Escape")
	bo.WaitGone("#card-edit")
	require.Equal(t, "Sign", bo.Focused())

	bo.Press("p")
	bo.WaitVisible("#card-form[data-field=priority]")
	bo.Axe()
	bo.Press("4")
	bo.WaitVisible(card(id) + " .priority-4")
	bo.Until("document.activeElement.matches('" + title + "')")
	bo.Press("p")
	bo.WaitVisible("#card-form[data-field=priority]")
	bo.Press("ArrowUp", "Enter")
	bo.WaitVisible(card(id) + " .priority-3")
	bo.WaitGone("#card-edit")

	bo.Press("a")
	bo.WaitVisible("#card-form[data-field=owners]")
	bo.Axe()
	bo.Press(" ", "ArrowDown", " ", "Enter")
	bo.Until("document.querySelectorAll('" + card(id) + " .avatar').length === 2")
	bo.WaitGone("#card-edit")

	bo.Press("l")
	bo.WaitVisible("#card-form[data-field=labels]")
	bo.Axe()
	bo.Press(" ", "Enter")
	bo.WaitVisible(card(id) + " .label-mark")
	bo.WaitGone("#card-edit")

	bo.Press("d")
	bo.WaitVisible("#card-due")
	bo.Axe()
	bo.Focus("#card-form button >> Tomorrow")
	bo.Press("Enter")
	bo.Until(reads(id, "Due tomorrow"))
	bo.WaitGone("#card-edit")
	require.EqualValues(t, time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly), o.see(t, id).Task.Due)

	// All of it from the list of what there is to do.
	bo.Focus(card(id) + " .card-move")
	bo.Press("Enter")
	bo.WaitVisible("#card-actions")
	bo.Axe()
	bo.Press("ArrowDown", "ArrowDown", "Enter")
	bo.WaitVisible("#card-due")
	bo.Press("Escape")
	bo.Focus(card(id) + " .card-move")
	bo.Press("Enter")
	bo.WaitVisible("#card-actions")
	bo.Press("x")
	bo.WaitVisible("#deeds")
	bo.Sound()
}

func TestACardIsChangedInPlaceByMouse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Order")
	o.label(t, "Legal")
	people, due := []string{o.bo.ID}, models.Date("2030-02-03")
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Owners: &people, Due: &due}))
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())

	tab.DoubleClick(card(ids[0]) + " .card-title")
	tab.WaitVisible("#card-title")
	tab.Until("document.querySelector('#panel').childElementCount === 0 && location.pathname === '" + o.path() + "'")
	tab.Until("document.activeElement.id === 'card-title'")
	tab.Type("#card-title", "Sign it")
	tab.Click(".board-head h1") // a click elsewhere saves
	tab.Until(reads(ids[0], "Sign it"))
	tab.WaitGone("#card-edit")

	// What the card shows is clicked.
	tab.Hover(card(ids[0]))
	tab.WaitVisible(card(ids[0]) + " .card-pick")
	tab.Click(card(ids[0]) + " time")
	tab.WaitVisible("#card-due")
	tab.Click("#card-form button >> No date")
	tab.WaitGone(card(ids[0]) + " time")
	tab.Click(card(ids[0]) + " .avatars")
	tab.WaitVisible("#card-form[data-field=owners]")
	tab.Click("#card-form label >> Ana Ruiz")
	tab.Click("#card-form button >> Save")
	tab.Until("document.querySelectorAll('" + card(ids[0]) + " .avatar').length === 2")

	tab.Click(card(ids[0]) + " .card-move")
	tab.Click("#card-actions a >> Priority…")
	tab.Click("#card-form label >> High")
	tab.WaitVisible(card(ids[0]) + " .priority-3")
	tab.Click(card(ids[0]) + " .prio")
	tab.WaitVisible("#card-form[data-field=priority]")
	tab.Click("#card-form a >> Cancel")
	tab.WaitGone("#card-edit")
	tab.Click(card(ids[0]) + " .card-move")
	tab.Click("#card-actions a >> Move ONB-1…")
	tab.WaitVisible("#panel article >> Done")
	require.Equal(t, 3, int(o.see(t, ids[0]).Task.Priority))
	tab.Click("#panel .task-close")
	tab.WaitGone("#panel article")
	tab.Click(card(ids[1]) + " .card-title") // one click opens it
	tab.WaitVisible("#panel article")
	tab.Sound()
}

func TestAChangeInPlaceThatIsRefusedStaysWithItsReason(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.add(t, flow.Ready, "Sign")[0]
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(id) + " .card-title")
	tab.Press("e")
	tab.WaitVisible("#card-title")
	tab.Type("#card-title", "   ")
	tab.Press("Enter")
	tab.WaitVisible("#card-edit .wrong")
	tab.Axe()
	require.Equal(t, "#card-title", tab.Focused())
	tab.Type("#card-title", "Sign twice")

	// Meanwhile somebody else has called it something else: it is told, and nothing is lost.
	title := "Sign once"
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), id, 1<<40, models.TaskInput{Title: &title}))
	tab.Until(reads(id, "Sign once"))
	require.Equal(t, "Sign twice", tab.Value("#card-title"))
	tab.Press("Enter")
	tab.WaitVisible("#card-edit .notice")
	require.Contains(t, tab.Text("#card-edit .notice"), "Ana Ruiz changed the title from “Sign” to “Sign once”")
	require.Equal(t, "Sign twice", tab.Value("#card-title"))
	tab.Axe()
	tab.Click("#card-edit a >> Take theirs")
	tab.WaitGone("#card-edit")
	require.Equal(t, title, o.see(t, id).Task.Title)

	tab.Focus(card(id) + " .card-title")
	tab.Press("e")
	tab.WaitVisible("#card-title")
	tab.Type("#card-title", "Sign thrice")
	twice := "Sign again"
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), id, 1<<40, models.TaskInput{Title: &twice}))
	tab.Press("Enter")
	tab.WaitVisible("#card-edit .notice")
	tab.Click("#card-edit button >> Save mine anyway")
	tab.Until(reads(id, "Sign thrice"))

	// What is deleted takes its form along.
	require.NoError(t, o.Store.DeleteTask(t.Context(), o.ana.Actor(), id, 1<<40))
	tab.WaitGone(card(id))
}

func TestACardIsChangedInPlaceByFinger(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.add(t, flow.Ready, "Sign")[0]
	o.label(t, "Legal")
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start'}), true)")
	tab.Click(card(id) + " .card-move")
	tab.WaitVisible("#card-actions")
	tab.Axe()
	small := browser.Eval[int](tab, `[...document.querySelectorAll("#card-actions .menu-item")].filter(e => e.getBoundingClientRect().height < 44).length`)
	require.Zero(t, small, "a finger hits them")
	tab.Click("#card-actions a >> Labels…")
	tab.Click("#card-form label >> Legal")
	tab.Click("#card-form button >> Save")
	tab.WaitVisible(card(id) + " .label-mark")
	tab.Click(card(id) + " .card-move")
	tab.Click("#card-actions a >> Title…")
	tab.Type("#card-title", "Sign it")
	tab.Click("#card-form button >> Save")
	tab.Until(reads(id, "Sign it"))
	require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"))
	tab.Click(card(id)) // a finger opens the card, wherever it taps
	tab.WaitVisible("#panel article")
	tab.Sound()
}

func TestACardIsChangedInPlaceWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.add(t, flow.Ready, "Sign")[0]
	at := "/tasks/" + id + "/card"
	require.Contains(t, o.bo.Get(at).Body, at+"/due")
	for _, field := range []string{"title", "owners", "due", "priority", "labels"} {
		require.Contains(t, o.bo.Get(at+"/"+field).Body, `id="card-form"`, field)
	}
	require.Equal(t, 404, o.bo.Get(at+"/description").Status)
	a := o.bo.Send("PUT", at+"/due", "version", "100000", "due", "soon")
	require.Equal(t, 422, a.Status)
	require.Contains(t, a.Body, `value="soon"`)
	a = o.bo.Send("PUT", at+"/due", "version", "100000", "due", "2030-02-03", "title", "Another field")
	require.Equal(t, "/tasks/"+id, a.Location)
	require.EqualValues(t, "2030-02-03", o.see(t, id).Task.Due)
	require.Equal(t, "Sign", o.see(t, id).Task.Title, "only the field that it is about")
	require.Equal(t, 404, o.bo.Send("PUT", at+"/due", "version", "100000").Status)
	require.Equal(t, 422, o.bo.Send("PUT", at+"/title", "version", "100000", "title", strings.Repeat("x", 201)).Status)
	require.Equal(t, 404, o.Person("Eve").Send("PUT", at+"/due", "due", "2030-02-03").Status)
}
