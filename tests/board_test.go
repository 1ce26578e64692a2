package tests

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// office is two people with a board open before each of them.
type office struct {
	*testapp.App
	ana, bo *testapp.Person // manager (owner) and member
	team    models.Team
	board   models.Board
	column  map[flow.State]string
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{App: testapp.Start(t), column: map[flow.State]string{}}
	o.ana = o.Person("Ana Ruiz")
	o.team = o.Team(o.ana, "People")
	o.bo = o.Join(o.ana, o.team, "Bo Chen", access.Member)
	o.board = o.Board(o.ana, o.team, "Onboarding")
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	for _, l := range v.Lanes {
		o.column[l.State] = l.ID
	}
	return o
}

func (o office) path() string { return "/boards/" + o.board.ID }

// add adds tasks to a column and returns their IDs.
func (o office) add(t *testing.T, state flow.State, titles ...string) []string {
	t.Helper()
	tasks, err := o.Store.AddTasks(t.Context(), o.ana.Actor(), o.column[state], titles)
	require.NoError(t, err)
	var ids []string
	for _, task := range tasks {
		ids = append(ids, task.ID)
	}
	return ids
}

func (o office) require(t *testing.T, prerequisite, dependent string) {
	t.Helper()
	require.NoError(t, o.Store.Require(t.Context(), o.ana.Actor(), prerequisite, dependent,
		models.DependencyInput{OnCancel: flow.Skip, SatisfiedAt: flow.Done}))
}

// in is a script that tells whether a task's card is in a column.
func (o office) in(task string, state flow.State) string {
	return "document.querySelector('#l-" + o.column[state] + " > #t-" + task + "') !== null"
}

// order is a column's titles from top to bottom, as the page shows them.
func (o office) order(tab *browser.Tab, state flow.State) string {
	return browser.Eval[string](tab, "[...document.querySelectorAll('#l-"+o.column[state]+" .card-title')].map(a => a.textContent).join(' ')")
}

func card(task string) string { return "#t-" + task }

func TestACardThatIsDraggedReleasesTheNextOnBothScreens(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Order laptop")
	o.require(t, ids[0], ids[1])
	ana, bo := browser.Open(t, o.App, o.ana, browser.Motion), browser.Open(t, o.App, o.bo)
	ana.Go(o.path())
	bo.Go(o.path())
	bo.Until(o.in(ids[1], flow.Waiting))
	require.Contains(t, bo.Text(card(ids[1])), "Waits for ONB-1 Sign")
	require.Contains(t, bo.Text(card(ids[0])), "Finishing this releases ONB-2 Order laptop")

	ana.Drag(card(ids[0]), "#c-"+o.column[flow.Done], 0)
	for _, tab := range []*browser.Tab{ana, bo} {
		tab.Until(o.in(ids[0], flow.Done))
		tab.Until(o.in(ids[1], flow.Ready))
		require.Contains(t, tab.Text(card(ids[1])), "Ready because of ONB-1 Sign")
		tab.Until("document.querySelector('#said').textContent.includes('ONB-2 Order laptop moved to Ready by itself, because of ONB-1 Sign')")
		tab.Sound()
	}
	ana.Reload()
	ana.Until(o.in(ids[1], flow.Ready))
}

func TestARefusedDragGoesBackAndAManagerMayOverride(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Order laptop")
	o.require(t, ids[0], ids[1])
	bo := browser.Open(t, o.App, o.bo)
	bo.Go(o.path())
	bo.Drag(card(ids[1]), "#l-"+o.column[flow.InProgress], 0)
	bo.WaitVisible("#refusal")
	require.Contains(t, bo.Text("#refusal"), "ONB-1 Sign")
	require.False(t, bo.Sees("#refusal button >> Override…"), "a member may not")
	bo.Until(o.in(ids[1], flow.Waiting))
	bo.Axe()
	bo.Press("Escape")
	bo.WaitGone("#refusal")

	ana := browser.Open(t, o.App, o.ana)
	ana.Go(o.path())
	ana.Drag(card(ids[1]), "#l-"+o.column[flow.InProgress], 0)
	ana.Click("#refusal button >> Override…")
	ana.Type("#override-reason", "the supplier is quick")
	ana.Axe()
	ana.Click("#dialog button >> Move it anyway")
	ana.Until(o.in(ids[1], flow.InProgress))
	bo.Until(o.in(ids[1], flow.InProgress))
	// The pages hold refusals of 409, which are no failure of theirs.
}

func TestACardIsDraggedByFingerAfterALongPress(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start'}), true)")
	tab.Drag(card(ids[0]), card(ids[2]), 1)
	other := browser.Open(t, o.App, o.ana)
	other.Go(o.path())
	other.Until("[...document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card-title')].map(a => a.textContent).join(' ') === 'Two Three One'")
	tab.Click(card(ids[1]))
	tab.WaitVisible("#panel article")
	tab.Sound()
}

func TestALongColumnComesInWindows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var titles []string
	for i := range 120 {
		titles = append(titles, "Task "+strconv.Itoa(i))
	}
	o.add(t, flow.Ready, titles...)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	count := func(n int) string {
		return "document.querySelectorAll('#l-" + o.column[flow.Ready] + " > .card').length === " + strconv.Itoa(n)
	}
	tab.Until(count(models.Window))
	o.add(t, flow.Ready, "Below what is shown")
	tab.Until("document.querySelector('#k-" + o.column[flow.Ready] + "').dataset.count === '121'")
	tab.Until(count(models.Window))
	tab.Click("#m-" + o.column[flow.Ready] + " a")
	tab.Until(count(2 * models.Window))
	tab.Axe()
	tab.Click("#m-" + o.column[flow.Ready] + " a")
	tab.Until(count(121))
	tab.WaitGone("#m-" + o.column[flow.Ready] + " a")
	tab.Sound()
}

func TestAFullColumnRefusesADragAndKeepsTheCard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	require.NoError(t, o.Store.EditColumn(t.Context(), o.ana.Actor(), o.column[flow.InProgress], 1<<40,
		models.ColumnInput{Name: "Doing", WIPLimit: 1, WIPHard: true}))
	tab := browser.Open(t, o.App, o.bo, browser.Spanish)
	tab.Go(o.path())
	tab.Drag(card(ids[0]), "#l-"+o.column[flow.InProgress], 0)
	tab.Until(o.in(ids[0], flow.InProgress))
	tab.Drag(card(ids[1]), "#l-"+o.column[flow.InProgress], 0)
	tab.WaitVisible("#refusal")
	require.Contains(t, tab.Text("#refusal"), "Doing")
	tab.Until(o.in(ids[1], flow.Ready))
	tab.WaitVisible("#k-" + o.column[flow.InProgress] + "[data-tint=full]")
}

func TestABoardIsWorkedByKeysAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(ids[0]) + " .card-title")
	tab.Press("ArrowDown", "Shift+ArrowUp")
	tab.Until("document.querySelector('#said').textContent.includes('1 of 3')")
	require.Equal(t, "Two One Three", o.order(tab, flow.Ready))
	tab.Press("Shift+ArrowRight")
	tab.Until(o.in(ids[1], flow.InProgress))
	require.Equal(t, "Two", tab.Focused(), "the focus goes with the card")
	tab.Until("document.querySelector('#board').dataset.seq > 0 && !document.querySelector('#refusal')")
	other := browser.Open(t, o.App, o.ana)
	other.Go(o.path())
	other.Until(o.in(ids[1], flow.InProgress))
	require.Equal(t, "One Three", o.order(other, flow.Ready))

	tab.Press("Enter")
	tab.WaitVisible("#panel article")
	require.Equal(t, "/tasks/"+ids[1], tab.Path())
	tab.Press("Escape")
	tab.WaitGone("#panel article")
	tab.Until("location.pathname === '" + o.path() + "'")
	require.Equal(t, "Two", tab.Focused(), "the focus comes back to the card")
	tab.Press("m")
	tab.WaitVisible("#panel article >> Done")
	tab.Press("Escape")
	tab.WaitGone("#panel article")
	tab.Press("?")
	tab.WaitVisible("#shortcuts")
	tab.Axe()
	tab.Press("Escape")
	tab.Press("n")
	require.Equal(t, "#a-"+o.column[flow.InProgress], tab.Focused())
	tab.Sound()
}

func TestTasksAreAddedByLineAndByPaste(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab, other := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	tab.Go(o.path())
	other.Go(o.path())
	field := "#a-" + o.column[flow.Ready]
	other.Type("#a-"+o.column[flow.Done], "half-typed")
	tab.Type(field, "First")
	tab.Press("Enter")
	require.Equal(t, field, tab.Focused(), "the next one can be typed at once")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card').length === 1")
	tab.Paste(field, "Second\n\n  Third \nFourth")
	tab.Click("button >> Add 3 tasks")
	for _, page := range []*browser.Tab{tab, other} {
		page.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card').length === 4")
		require.Equal(t, "First Second Third Fourth", o.order(page, flow.Ready))
	}
	require.Equal(t, "half-typed", other.Value("#a-"+o.column[flow.Done]))
	require.Equal(t, "#a-"+o.column[flow.Done], other.Focused())

	tab.Type(field, strings.Repeat("x", models.MaxTitle+1))
	tab.Press("Enter")
	tab.WaitVisible("#q-" + o.column[flow.Ready] + " .wrong")
	require.Len(t, tab.Value(field), models.MaxTitle+1, "what was typed is kept")
}

func TestAColumnThatIsChangedKeepsWhatOthersAreAt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, "One")
	bo := browser.Open(t, o.App, o.bo)
	bo.Go(o.path())
	bo.Type("#a-"+o.column[flow.Ready], "half a thou")
	ana := browser.Open(t, o.App, o.ana)
	ana.Go(o.path())
	ana.Click("#c-" + o.column[flow.InProgress] + " summary")
	ana.Click("#c-" + o.column[flow.InProgress] + " .menu-item >> Rename or set a limit…")
	ana.Type("#field-name", "Doing")
	ana.Type("#field-wip_limit", "2")
	ana.Axe()
	ana.Click("#dialog button >> Save")
	ana.WaitVisible("h2 >> Doing")
	bo.WaitVisible("h2 >> Doing")
	require.Equal(t, "half a thou", bo.Value("#a-"+o.column[flow.Ready]))
	require.Equal(t, "#a-"+o.column[flow.Ready], bo.Focused())
	bo.Sound()
	ana.Sound()
}

func TestAPageThatWasCutOffCatchesUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Until(o.in(ids[0], flow.Ready))
	tab.Offline(true)
	browser.Eval[bool](tab, "dispatchEvent(new Event('pagehide'))") // emulation leaves an open stream open
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	tab.Offline(false)
	browser.Eval[bool](tab, "dispatchEvent(new Event('online'))")
	tab.Until(o.in(ids[0], flow.Done))
}

func TestEveryPageOfABoardIsSoundForEveryone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Prepare the payroll")
	o.require(t, ids[0], ids[1])
	require.NoError(t, o.Store.CancelTask(t.Context(), o.ana.Actor(), ids[2], 1<<40, "not needed"))
	pages := []string{o.path(), "/teams/" + o.team.ID, o.path() + "/settings", o.path() + "/closed",
		"/columns/" + o.column[flow.Ready], "/columns/" + o.column[flow.Ready] + "/removal", "/columns/" + o.column[flow.Ready] + "/cards"}
	for _, tab := range []*browser.Tab{
		browser.Open(t, o.App, o.ana), browser.Open(t, o.App, o.ana, browser.Dark), browser.Open(t, o.App, o.ana, browser.Phone),
	} {
		for _, page := range pages {
			tab.Go(page)
			tab.Axe()
			require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"), "%s is wider than the screen", page)
			if page == o.path() {
				require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollHeight > visualViewport.height"), "a board scrolls within its columns")
			}
		}
		tab.Sound()
	}
}

func TestABoardWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a := o.bo.Send("POST", "/columns/"+o.column[flow.Ready]+"/tasks", "titles", "One\r\nTwo")
	require.Equal(t, o.path()+"?view=all#a-"+o.column[flow.Ready], a.Location)
	page := o.bo.Get(o.path())
	require.Contains(t, page.Body, ">One<")
	require.Contains(t, page.Body, "/place")
	a = o.ana.Send("POST", o.path()+"/columns", "name", "Parked", "state", "waiting", "wip_limit", "many")
	require.Equal(t, 422, a.Status)
	require.Contains(t, a.Body, `value="many"`)
	a = o.ana.Send("POST", o.path()+"/columns", "name", "Parked", "state", "waiting", "wip_limit", "3")
	require.Equal(t, o.path()+"/settings", a.Location)
	a = o.ana.Send("DELETE", "/columns/"+o.column[flow.Ready])
	require.Equal(t, 409, a.Status, "the board needs it")
	require.Equal(t, 403, o.bo.Get(o.path()+"/settings").Status)
	stranger := o.Person("Stranger")
	for _, path := range []string{o.path(), o.path() + "/changes", o.path() + "/settings", o.path() + "/closed", "/teams/" + o.team.ID,
		"/columns/" + o.column[flow.Ready], "/columns/" + o.column[flow.Ready] + "/cards", "/events?board=" + url.QueryEscape(o.board.ID)} {
		require.Equal(t, 404, stranger.Get(path).Status, path)
	}
}
