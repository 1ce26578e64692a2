package tests

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// picked is a script: the titles of the cards that show that they are selected.
const picked = "[...document.querySelectorAll('.card[data-picked] .card-title')].map(a => a.textContent).join(' ')"

const toast = `#notice [data-kind="did"]`

func TestManyCardsAreSelectedByMouseAndChangedAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three", "Four", "Five")
	require.NoError(t, o.Store.AddLabel(t.Context(), o.ana.Actor(), o.board.ID, models.LabelInput{Name: "Legal", Colour: "purple", Icon: "scale"}))
	bo, ana := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	bo.Go(o.path())
	ana.Go(o.path())

	bo.Hover(card(ids[0]))
	bo.Click(card(ids[0]) + " .card-pick")
	bo.WaitVisible("#deeds")
	require.Equal(t, "1 selected", bo.Text("#deeds [data-count]"))
	bo.Axe()
	bo.ClickHolding("Shift", card(ids[2]))
	bo.Until(picked + " === 'One Two Three'")
	bo.ClickHolding("Control", card(ids[1]))
	bo.Click(card(ids[4])) // while one selects, a click selects
	bo.Until(picked + " === 'One Three Five'")
	require.Equal(t, "3 selected", bo.Text("#deeds [data-count]"))
	require.Equal(t, o.path(), bo.Path(), "nothing was opened")

	for _, menu := range []string{"move", "owners", "labels", "priority", "due", "more"} {
		bo.Click("[data-menu=" + menu + "] > summary")
		bo.WaitVisible("[data-menu=" + menu + "] .menu-list")
		bo.Axe()
		bo.Press("Escape")
		bo.WaitGone("[data-menu=" + menu + "] .menu-list")
	}
	bo.Click("[data-menu=owners] > summary")
	bo.Choose("#deed-person", "Ana Ruiz")
	bo.Click("#deeds button >> Make owner")
	bo.WaitVisible(toast)
	require.Contains(t, bo.Text(toast), "3 tasks given to Ana Ruiz")
	for _, tab := range []*browser.Tab{bo, ana} {
		for _, i := range []int{0, 2, 4} {
			tab.WaitVisible(card(ids[i]) + " .avatar")
		}
		require.False(t, tab.Sees(card(ids[1])+" .avatar"))
	}
	require.Equal(t, "3 selected", bo.Text("#deeds [data-count]"), "one may go on with them")
	bo.Click("[data-menu=labels] > summary")
	bo.Click("#deeds button >> Add label")
	bo.WaitVisible(card(ids[4]) + " .label-mark")
	bo.Click("[data-menu=priority] > summary")
	bo.Click("#deeds button >> Urgent")
	bo.WaitVisible(card(ids[4]) + " .priority-4")
	bo.Click("[data-menu=due] > summary")
	bo.Click("#deeds button >> Set date")
	bo.WaitVisible("#deed-place .deed-refusal")
	require.Contains(t, bo.Text("#deed-place .deed-refusal"), "Write a date")
	bo.Axe()
	bo.Press("Escape")
	bo.WaitGone("#deed-place .deed-refusal")
	bo.Click("[data-menu=move] > summary")
	bo.Click("#deeds button >> In progress")
	for _, tab := range []*browser.Tab{bo, ana} {
		for _, i := range []int{0, 2, 4} {
			tab.Until(o.in(ids[i], flow.InProgress))
		}
	}
	require.Equal(t, "One Three Five", o.order(bo, flow.InProgress))

	// One deed, one undo.
	bo.Click(toast + " [data-undo]")
	for _, tab := range []*browser.Tab{bo, ana} {
		tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card')].length === 5")
	}
	require.Equal(t, "One Two Three Four Five", o.order(bo, flow.Ready))

	bo.Click("[data-menu=more] > summary")
	bo.Click("#deeds button >> Archive")
	bo.WaitGone("#deeds")
	bo.WaitGone(card(ids[0]))
	require.Equal(t, "Two Four", o.order(bo, flow.Ready))
	require.Contains(t, bo.Text(toast), "3 tasks archived")
	bo.Sound()
	replay.Check(t, o.DB.Read)
}

func TestWhatCannotBeChangedIsListedAndNothingIsHalfDone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Order", "Welcome")
	o.require(t, ids[0], ids[1])
	require.NoError(t, o.Store.BlockTask(t.Context(), o.ana.Actor(), ids[2], 1<<40, "the key is lost"))
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(ids[0]) + " .card-title")
	tab.Press("x")
	tab.WaitVisible("#deeds")
	tab.ClickHolding("Control", card(ids[1]))
	tab.ClickHolding("Control", card(ids[2]))
	require.NoError(t, o.Store.DeleteTask(t.Context(), o.ana.Actor(), o.add(t, flow.Ready, "Other")[0], 1<<40))
	tab.Click("[data-menu=move] > summary")
	tab.Click("#deeds button >> In progress")
	tab.WaitVisible(".deed-refusal")
	why := tab.Text(".deed-refusal")
	require.Contains(t, why, "1 of 3 tasks cannot be changed so")
	require.Contains(t, why, "ONB-2 Order")
	require.Contains(t, why, "ONB-1 Sign", "and what it waits for")
	tab.Axe()
	tab.Until(o.in(ids[0], flow.Ready))
	tab.Click(".deed-refusal [data-deselect]")
	tab.WaitGone(".deed-refusal")
	require.Equal(t, "2 selected", tab.Text("#deeds [data-count]"))
	tab.Click("[data-menu=move] > summary")
	tab.Click("#deeds button >> In progress")
	tab.Until(o.in(ids[0], flow.InProgress))
	tab.Until(o.in(ids[2], flow.InProgress))

	// What the one deletes leaves the other's selection.
	require.NoError(t, o.Store.DeleteTask(t.Context(), o.ana.Actor(), ids[2], 1<<40))
	tab.Until("document.querySelector('#deeds [data-count]').textContent === '1 selected'")
}

func TestManyCardsAreSelectedAndChangedByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three", "Four")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(ids[1]) + " .card-title")
	tab.Press("x")
	tab.WaitVisible("#deeds")
	tab.Press("Shift+ArrowDown", "Shift+ArrowDown")
	tab.Until(picked + " === 'Two Three Four'")
	tab.Press("Shift+ArrowUp")
	tab.Until(picked + " === 'Two Three'")
	require.Equal(t, "Three", tab.Focused())
	require.Equal(t, "One Two Three Four", o.order(tab, flow.Ready), "nothing is carried meanwhile")
	tab.Press("p")
	tab.WaitVisible("[data-menu=priority] .menu-list")
	tab.Press("ArrowDown", "ArrowDown", "ArrowDown", "Enter")
	tab.WaitVisible(card(ids[2]) + " .priority-3")
	tab.WaitVisible(card(ids[1]) + " .priority-3")
	tab.WaitGone("[data-menu=priority] .menu-list")
	tab.Until("document.activeElement.matches('[data-menu=priority] > summary')")
	tab.Press("Control+z")
	tab.WaitGone(card(ids[1]) + " .priority-3")
	tab.Focus(card(ids[1]) + " .card-title")
	tab.Press("Escape")
	tab.WaitGone("#deeds")
	require.Empty(t, browser.Eval[string](tab, picked))
	tab.Press("Control+a")
	tab.Until(picked + " === 'One Two Three Four'")
	tab.Press("m")
	tab.WaitVisible("[data-menu=move] .menu-list")
	tab.Press("Tab", "Tab", "Tab", "Tab", "Enter") // from Waiting to Done
	tab.Until(o.in(ids[0], flow.Done))
	tab.Until(o.in(ids[3], flow.Done))
	tab.Press("Escape")
	tab.WaitGone("#deeds")
	tab.Until("document.activeElement.closest('.card')")
	tab.Press("Shift+ArrowLeft")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.InReview] + " .card').length === 1")
	tab.Until("!document.querySelector('#refusal')")
	tab.Sound()
}

func TestAllOfAColumnIsSelectedWithWhatIsNotShown(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var titles []string
	for i := range 120 {
		titles = append(titles, "Task"+strconv.Itoa(i))
	}
	ids := o.add(t, flow.Ready, titles...)
	_, err := o.Store.ChangeTasks(t.Context(), o.ana.Actor(), o.board.ID, 1<<40, ids[40:110], models.Bulk{Deed: models.DeedPrioritise, Priority: models.High})
	require.NoError(t, err)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "?priority=high")
	tab.Click("#select")
	tab.WaitVisible("#deeds")
	require.Equal(t, "Select tasks to change them together.", tab.Text("#deeds [data-count]"))
	tab.Axe()
	tab.Click("#c-" + o.column[flow.Ready] + " .lane-pick")
	tab.Until("document.querySelector('#deeds [data-count]').textContent === '70 selected'")
	tab.Click("#m-" + o.column[flow.Ready] + " a") // the next window comes in selected
	tab.Until("document.querySelectorAll('.card[data-picked]').length === 70")
	tab.Click("[data-menu=move] > summary")
	tab.Click("#deeds button >> In progress")
	tab.Until("document.querySelector('#k-" + o.column[flow.InProgress] + "').dataset.count === '70'")
	tab.Until("document.querySelector('#k-" + o.column[flow.Ready] + "').dataset.count === '50'")
	require.Contains(t, tab.Text(toast), "70 tasks moved to In progress")
	tab.Click("#deeds [data-clear]")
	tab.WaitGone("#deeds")

	// What the filter hides afterwards is not selected any more.
	tab.Click("#select")
	tab.Click("#c-" + o.column[flow.InProgress] + " .lane-pick")
	tab.Until("document.querySelector('#deeds [data-count]').textContent === '70 selected'")
	tab.Click("[data-menu=priority] > summary")
	tab.Click("#deeds button >> Low")
	tab.Until("document.querySelectorAll('.lanes .card').length === 0")
	tab.Sound()
}

func TestADragTakesAllThatIsSelectedAlong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three", "Four")
	o.require(t, ids[0], ids[3])
	there := o.add(t, flow.InProgress, "Above", "Below")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.ClickHolding("Control", card(ids[0]))
	tab.WaitVisible("#deeds")
	tab.ClickHolding("Control", card(ids[2]))
	tab.Drag(card(ids[2]), card(there[1]), -1)
	tab.Until(o.in(ids[0], flow.InProgress))
	tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.InProgress] + " .card-title')].map(a => a.textContent).join(' ') === 'Above One Three Below'")
	tab.ClickHolding("Control", card(ids[3]))
	tab.Drag(card(ids[2]), "#l-"+o.column[flow.InReview], 0)
	tab.WaitVisible(".deed-refusal")
	tab.Until(o.in(ids[2], flow.InProgress))
	require.Equal(t, "Above One Three Below", o.order(tab, flow.InProgress), "all of them or none")
}

func TestManyCardsAreSelectedByFinger(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Waiting, "One", "Two", "Three")
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start'}), true)")
	require.False(t, tab.Sees(".card-pick"))
	tab.Click("#select")
	tab.WaitVisible("#deeds")
	tab.Click(card(ids[0]))
	tab.Click(card(ids[2]) + " .card-title")
	tab.Until(picked + " === 'One Three'")
	require.Equal(t, "2 selected", tab.Text("#deeds [data-count]"))
	tab.Axe()
	small := browser.Eval[[]string](tab, `[...document.querySelectorAll("#deeds :is(summary, [data-clear])")].filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44).map(e => e.title)`)
	require.Empty(t, small, "a finger hits them")
	tab.Click("[data-menu=move] > summary")
	tab.WaitVisible("[data-menu=move] .menu-list")
	tab.Axe()
	require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"))
	tab.Click("#deeds button >> In review")
	tab.Until("document.querySelector('#k-" + o.column[flow.InReview] + "').dataset.count === '2'")
	tab.Click("#deeds [data-clear]")
	tab.WaitGone("#deeds")
	tab.Click(card(ids[1]))
	tab.WaitVisible("#panel article")
	tab.Sound()
}

func TestOneDeedIsDoneToManyTasksWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Order", "Welcome")
	o.require(t, ids[0], ids[1])
	page := o.bo.Get(o.path() + "/deeds/new?q=" + url.QueryEscape("sign"))
	require.Equal(t, 200, page.Status)
	require.Contains(t, page.Body, "ONB-1</span> Sign")
	require.NotContains(t, page.Body, "Welcome")
	deeds := o.path() + "/deeds"
	require.Contains(t, o.bo.Get(o.path()).Body, deeds+"/new")
	send := func(fields ...string) (int, string) {
		a := o.bo.Send("POST", deeds, append(fields, "version", "100000")...)
		return a.Status, a.Body + a.Location
	}
	status, body := send("tasks", ids[0], "tasks", ids[1], "deed", "move "+o.column[flow.InProgress])
	require.Equal(t, 409, status)
	require.Contains(t, body, "ONB-2")
	require.Equal(t, 2, strings.Count(body, " checked"), "what was chosen is kept")
	status, body = send("tasks", ids[0], "deed", "cancel", "reason", strings.Repeat("x", 501))
	require.Equal(t, 422, status)
	require.Contains(t, body, `id="deed-reason-wrong"`)
	status, body = send("tasks", ids[0], "deed", "due", "due", "soon", "filter", "owner=nobody")
	require.Equal(t, 422, status)
	require.Contains(t, body, `id="deed-due-wrong"`)
	require.Contains(t, body, `value="soon"`)
	for _, wrong := range []string{"", "steal", "prioritise much", "prioritise 9", "move", "move " + o.board.ID} {
		status, _ = send("tasks", ids[0], "deed", wrong)
		require.Equal(t, 422, status, wrong)
	}
	status, _ = send("deed", "archive")
	require.Equal(t, 422, status)
	status, body = send("tasks", ids[0], "tasks", ids[2], "deed", "due", "due", "2030-02-03", "filter", "owner=nobody")
	require.Equal(t, 303, status)
	require.Contains(t, body, o.path()+"?owner=nobody")
	for deed, want := range map[string]string{"due": "2030-02-03", "due none": ""} {
		status, _ = send("tasks", ids[1], "deed", deed, "due", "2030-02-03")
		require.Equal(t, 303, status)
		v, err := o.Store.Task(t.Context(), o.bo.Actor(), ids[1])
		require.NoError(t, err)
		require.EqualValues(t, want, v.Task.Due, deed)
	}
	stranger := o.Person("Eve")
	for _, path := range []string{deeds + "/new", "/columns/" + o.column[flow.Ready] + "/tasks"} {
		require.Equal(t, 404, stranger.Get(path).Status)
	}
	require.Equal(t, 404, stranger.Send("POST", deeds, "tasks", ids[0], "deed", "archive").Status)
	column := o.bo.Get(fmt.Sprint("/columns/", o.column[flow.Ready], "/tasks?owner=nobody"))
	require.Equal(t, 2, strings.Count(column.Body, "data-task="))
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/deeds/new")
	tab.Axe()
}
