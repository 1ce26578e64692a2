package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// cell is the selector of a column's part in a swimlane.
func (o office) cell(state flow.State, lane string) string {
	return "#l-" + o.column[state] + "_" + lane
}

// copyIn is the card of a task in a swimlane.
func copyIn(task, lane string) string { return "#t-" + task + "_" + lane }

// inCell is a script that tells whether a task has a card in a cell.
func (o office) inCell(task string, state flow.State, lane string) string {
	return "document.querySelector('" + o.cell(state, lane) + " > " + copyIn(task, lane) + "') !== null"
}

// owned sets a task's owners.
func (o office) owned(t *testing.T, task string, owners ...string) {
	t.Helper()
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), task, 1<<40, models.TaskInput{Owners: &owners}))
}

// ownersOf are the IDs of a task's owners.
func (o office) ownersOf(t *testing.T, task string) (ids []string) {
	t.Helper()
	v, err := o.Store.Task(t.Context(), o.ana.Actor(), task)
	require.NoError(t, err)
	for _, p := range v.Owners {
		ids = append(ids, p.ID)
	}
	return ids
}

func TestACardIsDraggedToAnotherSwimlaneAndUndone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign contract", "Order laptop", "Make coffee")
	o.owned(t, ids[0], o.ana.ID)
	o.owned(t, ids[1], o.ana.ID, o.bo.ID)
	ana, bo := browser.Open(t, o.App, o.ana, browser.Wide), browser.Open(t, o.App, o.bo)
	ana.Go(o.path())
	ana.Click("#swim-menu > summary")
	ana.Click("#swim-menu a >> Owner")
	ana.WaitVisible(".swims")
	require.Equal(t, o.path()+"?lanes=owner", ana.Path())
	bo.Go(o.path() + "?lanes=owner")
	bo.Until(o.inCell(ids[1], flow.Ready, o.ana.ID))
	bo.Until(o.inCell(ids[1], flow.Ready, o.bo.ID))
	ana.Axe()
	ana.Shot("swim-owner")

	// To another person and to another state at once: it is one change.
	ana.Drag(copyIn(ids[0], o.ana.ID), o.cell(flow.InProgress, o.bo.ID), 0)
	for _, tab := range []*browser.Tab{ana, bo} {
		tab.Until(o.inCell(ids[0], flow.InProgress, o.bo.ID))
		tab.Until("document.querySelectorAll('[id^=\"t-" + ids[0] + "\"]').length === 1")
		tab.WaitVisible("#w-" + o.bo.ID + " >> 2")
		tab.WaitVisible("#w-" + o.ana.ID + " >> 1")
	}
	require.Equal(t, []string{o.bo.ID}, o.ownersOf(t, ids[0]))
	ana.WaitVisible("#notice button >> Undo")
	ana.Click("#notice button >> Undo")
	for _, tab := range []*browser.Tab{ana, bo} {
		tab.Until(o.inCell(ids[0], flow.Ready, o.ana.ID))
	}
	require.Equal(t, []string{o.ana.ID}, o.ownersOf(t, ids[0]))

	// What two have leaves the lane of one, and stays in that of the other.
	ana.Drag(copyIn(ids[1], o.ana.ID), o.cell(flow.Ready, o.bo.ID), 1)
	bo.Until(o.inCell(ids[1], flow.Ready, o.bo.ID))
	bo.WaitGone(copyIn(ids[1], o.ana.ID))
	require.Equal(t, []string{o.bo.ID}, o.ownersOf(t, ids[1]))
	ana.Drag(copyIn(ids[1], o.bo.ID), o.cell(flow.Ready, models.NoneLane), 0)
	bo.Until(o.inCell(ids[1], flow.Ready, models.NoneLane))
	require.Empty(t, o.ownersOf(t, ids[1]))
	ana.Sound()
	replay.Check(t, o.DB.Read)
}

func TestARefusedDragGoesBackToItsSwimlane(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign contract", "Order laptop")
	o.require(t, ids[0], ids[1])
	o.owned(t, ids[1], o.ana.ID, o.bo.ID)
	tab := browser.Open(t, o.App, o.ana, browser.Wide)
	tab.Go(o.path() + "?lanes=owner")
	tab.Drag(copyIn(ids[1], o.ana.ID), o.cell(flow.InProgress, o.bo.ID), 0)
	tab.WaitVisible("#refusal >> ONB-1 Sign")
	tab.Until(o.inCell(ids[1], flow.Waiting, o.ana.ID))
	tab.Until(o.inCell(ids[1], flow.Waiting, o.bo.ID))
	tab.Axe()
	tab.Click("#refusal button >> Override…")
	tab.Type("#override-reason", "the supplier is quick")
	tab.Click("#dialog button >> Move it anyway")
	tab.Until(o.inCell(ids[1], flow.InProgress, o.bo.ID))
	tab.WaitGone(copyIn(ids[1], o.ana.ID))
	require.Equal(t, []string{o.bo.ID}, o.ownersOf(t, ids[1]))
}

func TestSwimlanesAreWorkedByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	urgent := models.Urgent
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Priority: &urgent}))
	tab, other := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	tab.Go(o.path() + "?lanes=priority")
	other.Go(o.path() + "?lanes=priority")
	tab.Focus(copyIn(ids[0], "urgent") + " .card-title")
	tab.Press("ArrowDown")
	require.Equal(t, "Two", tab.Focused(), "over the lanes that are empty")
	tab.Press("ArrowDown", "ArrowUp", "ArrowUp")
	require.Equal(t, "One", tab.Focused())

	// A lane down, and a column to the right: sent as one when the keys rest.
	tab.Press("Shift+ArrowDown", "Shift+ArrowRight")
	require.Equal(t, "One", tab.Focused(), "the focus goes along")
	for _, t := range []*browser.Tab{tab, other} {
		t.Until(o.inCell(ids[0], flow.InProgress, "high"))
		t.WaitGone(copyIn(ids[0], "urgent"))
	}
	tab.Until("document.querySelector('#said').textContent.includes('In progress, High')")
	require.Equal(t, "One", tab.Focused())
	require.Equal(t, models.High, o.task(t, ids[0]).Priority)
	tab.Press("Control+z")
	other.Until(o.inCell(ids[0], flow.Ready, "urgent"))
	require.Equal(t, models.Urgent, o.task(t, ids[0]).Priority)

	// A folded lane opens for what is carried into it; to fold needs no mouse.
	tab.Focus("#s-high .swim-fold")
	tab.Press("Enter")
	tab.Until("document.querySelector('#s-high').hasAttribute('data-folded')")
	tab.Axe()
	tab.Reload()
	tab.Until("document.querySelector('#s-high').hasAttribute('data-folded')")
	tab.Focus(copyIn(ids[0], "urgent") + " .card-title")
	tab.Press("Shift+ArrowDown")
	tab.WaitVisible(copyIn(ids[0], "high"))
	other.Until(o.inCell(ids[0], flow.Ready, "high"))

	// Its place among the cards of its column is its own: it is still the first.
	all, _, err := o.Store.ColumnTasks(t.Context(), o.bo.Actor(), o.column[flow.Ready], models.BoardFilter{})
	require.NoError(t, err)
	require.Equal(t, ids, all)

	tab.Press("n")
	tab.Type("#a-"+o.column[flow.Ready], "Four !high")
	tab.Press("Enter")
	tab.WaitVisible(o.cell(flow.Ready, "high") + " .card-title >> Four")
	tab.Sound()
}

func TestSwimlanesOnAPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Waiting, "One", "Two")
	require.NoError(t, o.Store.AddLabel(t.Context(), o.ana.Actor(), o.board.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	legal := v.Labels[0].ID
	worn := []string{legal}
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Labels: &worn}))
	tab := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	tab.Go(o.path() + "?lanes=label")
	browser.Eval[bool](tab, "(document.querySelector('"+o.cell(flow.Ready, legal)+"').scrollIntoView({inline: 'start', behavior: 'instant'}), true)")
	tab.Axe()
	tab.Shot("swim-phone")
	tab.Drag(copyIn(ids[0], legal), o.cell(flow.Ready, models.NoneLane), 1)
	tab.Until(o.inCell(ids[0], flow.Ready, models.NoneLane))
	tab.Click("#s-" + legal + " .swim-fold")
	tab.WaitGone(o.cell(flow.Ready, legal))
	tab.Sound()
}

func TestWhatOthersDoShowsInTheSwimlanes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "?lanes=owner&q=one")
	tab.Until(o.inCell(ids[0], flow.Ready, models.NoneLane))
	require.False(t, tab.Sees("#s-"+o.bo.ID), "filtered, a lane without cards is none")
	o.owned(t, ids[0], o.bo.ID)
	tab.Until(o.inCell(ids[0], flow.Ready, o.bo.ID))
	tab.WaitVisible("#w-" + o.bo.ID + " >> 1")
	o.owned(t, ids[0], o.bo.ID, o.ana.ID)
	tab.Until(o.inCell(ids[0], flow.Ready, o.ana.ID))
	tab.Until(o.inCell(ids[0], flow.Ready, o.bo.ID))
	o.owned(t, ids[0], o.ana.ID)
	tab.WaitGone(copyIn(ids[0], o.bo.ID))
	tab.WaitVisible("#w-" + o.bo.ID + " >> 0")
	require.NoError(t, o.Store.DeleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	tab.WaitGone(copyIn(ids[0], o.ana.ID))
	tab.Sound()
}

func TestManyCardsAreDraggedToASwimlane(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go(o.path() + "?lanes=owner")
	for _, id := range ids[:2] {
		tab.ClickHolding("Control", copyIn(id, models.NoneLane))
	}
	tab.WaitVisible("#deeds")
	tab.Axe()
	tab.Drag(copyIn(ids[0], models.NoneLane), o.cell(flow.InProgress, o.bo.ID), 0)
	tab.WaitVisible("#w-" + o.bo.ID + " >> 2") // the news have come
	for _, id := range ids[:2] {
		tab.Until(o.inCell(id, flow.InProgress, o.bo.ID))
		require.Equal(t, []string{o.bo.ID}, o.ownersOf(t, id))
	}
	tab.Press("Escape")
	tab.Sound()
}

func TestALongCellComesInWindows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, many(70)...)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "?lanes=owner")
	list := o.cell(flow.Ready, models.NoneLane)
	first := browser.Eval[int](tab, "document.querySelectorAll('"+list+" > .card').length")
	require.Less(t, first, 50)
	tab.Click("#m-" + o.column[flow.Ready] + "_" + models.NoneLane + " a")
	tab.Until("document.querySelectorAll('" + list + " > .card').length === 70")
	tab.WaitGone("#m-" + o.column[flow.Ready] + "_" + models.NoneLane + " a")
	require.Equal(t, "70", tab.Text("#w-"+models.NoneLane+" > [aria-hidden]"))
	tab.Sound()
}

func TestSwimlanesStandInTheAddressAndInSavedViews(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, "One")
	v, err := o.Store.SaveView(t.Context(), o.bo.Actor(), o.board.ID, models.ViewInput{Name: "By person", Face: models.FaceBoard, Query: map[string][]string{"lanes": {"owner"}, "sort": {"due"}}})
	require.NoError(t, err)
	require.Equal(t, "lanes=owner&sort=due", v.Query)
	page := o.bo.Get(o.path() + "?" + v.Query)
	require.Contains(t, page.Body, `data-lanes="owner"`)
	require.Contains(t, page.Body, `href="`+o.path()+`?lanes=owner&amp;sort=-priority"`, "another order keeps the lanes")
	require.Contains(t, page.Body, `<input type="hidden" name="lanes" value="owner"`, "and so does a filter")
	require.Contains(t, text(o.bo.Get(o.path()+"?lanes=mood").Body), "so it was left out: swimlanes.")
	require.Contains(t, text(o.bo.Get(o.path()+"/table?lanes=owner").Body), "so it was left out: swimlanes.")
	require.NotContains(t, page.Body, "/columns/"+o.column[flow.Ready]+"/cards")
	deeds := o.bo.Get(o.path() + "/deeds/new?lanes=owner")
	require.Equal(t, http.StatusOK, deeds.Status)
	require.Contains(t, text(deeds.Body), "ONB-1 One", "without scripts many are chosen from a plain list")
	require.Equal(t, 1, strings.Count(o.bo.Get("/columns/"+o.column[flow.Ready]+"/cards?lanes=owner&lane=none").Body, `class="card"`))
	require.Equal(t, 0, strings.Count(o.bo.Get("/columns/"+o.column[flow.Ready]+"/cards?lanes=owner&lane="+o.bo.ID).Body, `class="card"`))
}

// A parted board reads as much of the database with many lanes as with few.
func TestSwimlanesAreReadInAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, by := range models.Swimlanes {
		read := func() int {
			return o.queries(t, func() {
				_, err := o.Store.BoardIn(t.Context(), o.bo.Actor(), o.board.ID, models.Look{Swimlanes: by})
				require.NoError(t, err)
			})
		}
		o.add(t, flow.Ready, "One")
		few := read()
		for i, id := range o.add(t, flow.Ready, many(30)...) {
			if i%2 == 0 {
				o.owned(t, id, o.ana.ID, o.bo.ID)
			}
		}
		require.LessOrEqual(t, read(), few+1, by)
	}
}

func TestATaskIsWatchedFromAnyOfItsSwimlanes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	task := o.add(t, flow.Ready, "Order laptop")[0]
	o.owned(t, task, o.ana.ID, o.bo.ID)
	vic := o.Join(o.ana, o.team, "Vic", access.Viewer)
	tab := browser.Open(t, o.App, vic, browser.Wide)
	tab.Go(o.path() + "?lanes=owner")
	for i, said := range []string{"You watch ONB-1", "You no longer watch ONB-1"} {
		lane := []string{o.ana.ID, o.bo.ID}[i]
		tab.Focus(copyIn(task, lane) + " .card-title")
		tab.Press("w")
		tab.Until(`[...document.querySelectorAll("#notice .notice")].some((n) => n.textContent.includes("` + said + `"))`)
	}
	tab.Sound()
}
