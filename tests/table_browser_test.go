package tests

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/tests/browser"
)

// cell is where a task's value stands in the table.
func cell(task, column string) string {
	return "#r-" + task + ` [data-col="` + column + `"]`
}

// shows waits until a cell shows some text.
func shows(tab *browser.Tab, task, column, text string) {
	tab.Until(fmt.Sprintf("document.querySelector('%s')?.textContent.replace(/\\s+/g, ' ').includes(%q)", cell(task, column), text))
}

// rowTitles are the titles of the rows from top to bottom.
func rowTitles(tab *browser.Tab) string {
	return browser.Eval[string](tab, `[...document.querySelectorAll("#grid .cell-title")].map(t => t.textContent.trim()).join(", ")`)
}

// at waits until the focus is in a cell.
func at(tab *browser.Tab, task, column string) {
	tab.Until(fmt.Sprintf("document.activeElement === document.querySelector('%s')", cell(task, column)))
}

func (o office) see(t *testing.T, task string) models.TaskView {
	t.Helper()
	v, err := o.Store.Task(t.Context(), o.ana.Actor(), task)
	require.NoError(t, err)
	return v
}

func TestCellsAreEditedByMouseAndOthersSeeIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	require.NoError(t, o.Store.AddLabel(t.Context(), o.ana.Actor(), o.board.ID, models.LabelInput{Name: "Legal", Colour: "purple", Icon: "scale"}))
	ids := o.add(t, flow.Ready, "Sign", "Laptop", "Payroll")
	tab, other := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	tab.Go(o.path())
	tab.Click(".faces a >> Table")
	tab.WaitVisible("#grid")
	require.Equal(t, o.path()+"/table", tab.Path())
	other.Go(o.path() + "/table?sort=title")

	tab.Click(cell(ids[0], "title"))
	tab.WaitVisible("#cell-editor input")
	require.Equal(t, "Sign", tab.Value("#cell-editor input"))
	tab.Type("#cell-editor input", "Sign the contract")
	tab.Axe()
	tab.Press("Enter")
	tab.WaitGone("#cell-editor")
	shows(tab, ids[0], "title", "Sign the contract")
	shows(other, ids[0], "title", "Sign the contract")
	at(tab, ids[0], "title")

	tab.Click(cell(ids[0], "priority"))
	tab.Click("#cell-editor label >> High")
	shows(tab, ids[0], "priority", "High")
	tab.Click(cell(ids[0], "estimate"))
	tab.Type("#cell-editor input", "1h 30m")
	tab.Click("#grid tfoot") // elsewhere: it is saved, too
	shows(tab, ids[0], "estimate", "1 h 30 min")
	tab.Until("document.querySelector('#grid tfoot').textContent.includes('1 h 30 min')")
	tab.Click(cell(ids[0], "owners"))
	tab.Click("#cell-editor label >> Ana Ruiz")
	tab.Click("#cell-editor label >> Bo Chen")
	tab.Axe()
	tab.Click("#cell-editor .button-main")
	tab.Until("document.querySelectorAll('" + cell(ids[0], "owners") + " .avatar').length === 2")
	tab.Click(cell(ids[0], "owners"))
	tab.Click("#cell-editor label >> Ana Ruiz")
	tab.Click("#cell-editor .button-main")
	shows(tab, ids[0], "owners", "Bo Chen")
	tab.Click(cell(ids[0], "labels"))
	tab.Click("#cell-editor label >> Legal")
	tab.Click("#cell-editor .button-main")
	shows(other, ids[0], "labels", "Legal")
	tab.Click(cell(ids[0], "due"))
	tab.WaitVisible("#cell-editor input")
	browser.Eval[bool](tab, `(document.querySelector("#cell-editor input").value = "2031-05-06", true)`)
	tab.Press("Enter")
	shows(other, ids[0], "due", "6 May 2031")
	tab.Click(cell(ids[0], "state"))
	tab.Click("#cell-editor label >> In progress")
	shows(other, ids[0], "state", "In progress")
	shows(tab, ids[0], "state", "In progress")
	require.Equal(t, "Laptop, Payroll, Sign the contract", rowTitles(tab))

	v := o.see(t, ids[0])
	require.Equal(t, flow.InProgress, v.Task.State)
	require.Equal(t, models.High, v.Task.Priority)
	require.Equal(t, models.Date("2031-05-06"), v.Task.Due)
	require.Equal(t, o.bo.ID, v.Owners[0].ID)
	require.Len(t, v.Owners, 1)

	// The toast takes the last of it back.
	tab.Click("#notice [data-undo]")
	shows(tab, ids[0], "state", "Ready")
	shows(other, ids[0], "state", "Ready")
	require.Equal(t, flow.Ready, o.see(t, ids[0]).Task.State)
}

func TestCellsAreEditedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Laptop", "Payroll")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/table")
	tab.Focus("#arrange > summary")
	tab.Press("Tab")
	at(tab, ids[0], "key")
	tab.Press("ArrowRight")
	at(tab, ids[0], "title")
	tab.Press("ArrowDown", "End", "Home", "ArrowRight")
	at(tab, ids[1], "title")
	tab.Press("Enter")
	tab.WaitVisible("#cell-editor input")
	tab.Press("End", "!", "Escape")
	tab.WaitGone("#cell-editor")
	at(tab, ids[1], "title")
	require.Equal(t, "Laptop", o.see(t, ids[1]).Task.Title)

	tab.Press("F2", "End", "s", "Tab") // saved, and on to the next cell
	shows(tab, ids[1], "title", "Laptops")
	at(tab, ids[1], "state")
	tab.Press("Enter")
	tab.Until("document.activeElement.type === 'radio'")
	tab.Press("ArrowDown")
	require.Equal(t, flow.Ready, o.see(t, ids[1]).Task.State, "arrows only go through the choices")
	tab.Press("Enter")
	shows(tab, ids[1], "state", "In progress")
	at(tab, ids[1], "state")
	tab.Press("ArrowRight", "Enter")
	tab.Until("document.activeElement.type === 'checkbox'")
	tab.Press(" ", "Enter")
	shows(tab, ids[1], "owners", "Ana Ruiz")
	tab.Press("ArrowRight", "ArrowRight", "ArrowRight", "Enter")
	tab.Until("document.activeElement.name === 'estimate'")
	tab.Press("s", "o", "o", "n", "Enter")
	tab.WaitVisible("#cell-editor .refused")
	require.Equal(t, "soon", tab.Value("#cell-editor input"))
	tab.Until("document.activeElement.name === 'estimate'")
	tab.Axe()
	tab.Press("Control+a", "2", "h", "Enter")
	shows(tab, ids[1], "estimate", "2 h")
	tab.Press("Control+z")
	tab.Until("!document.querySelector('" + cell(ids[1], "estimate") + "').textContent.trim()")

	// What is not edited does what its link does; Tab leaves the table.
	tab.Focus(cell(ids[1], "key"))
	tab.Press("Enter")
	tab.WaitVisible("#panel #task-title")
	tab.Press("Escape")
	tab.WaitGone("#panel .task")
	tab.Focus(cell(ids[0], "title"))
	tab.Press("Control+End")
	require.Equal(t, "changed", browser.Eval[string](tab, "document.activeElement.dataset.col"))
	tab.Press("Control+Home", "ArrowUp", "ArrowRight", "Enter") // the heading sorts
	tab.Until("location.search === '?sort=title' && document.readyState === 'complete'")
	tab.Until("document.activeElement.dataset.col === 'title'")
	require.Equal(t, "ascending", browser.Eval[string](tab, "document.activeElement.getAttribute('aria-sort')"))
	tab.Press("ArrowRight", "ArrowRight", "ArrowRight", "Shift+Enter") // besides
	tab.Until("location.search === '?sort=title~-priority' && document.readyState === 'complete'")
	tab.Until("document.activeElement.dataset.col === 'priority'")
	tab.Axe()
}

func TestWhatTheRulesRefuseStaysInTheCellWithTheReason(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Laptop")
	o.require(t, ids[0], ids[1])
	bo, ana := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.ana)
	bo.Go(o.path() + "/table")
	bo.Click(cell(ids[1], "state"))
	bo.Click("#cell-editor label >> In progress")
	bo.WaitVisible("#cell-editor .refused >> Sign")
	require.False(t, bo.Sees("#cell-editor .refused button"), "only managers override")
	bo.Press("Escape")
	shows(bo, ids[1], "state", "Waiting")

	ana.Go(o.path() + "/table")
	ana.Click(cell(ids[1], "state"))
	ana.Click("#cell-editor label >> In progress")
	ana.Click("#cell-editor .refused button")
	ana.Type("#override-reason", "It cannot wait")
	ana.Click("#dialog .button-main")
	shows(bo, ids[1], "state", "In progress")

	// Somebody else was faster: it says what they did, and mine can go over it.
	bo.Click(cell(ids[0], "title"))
	bo.Type("#cell-editor input", "Sign it twice")
	title := "Sign it at last"
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Title: &title}))
	shows(bo, ids[0], "title", title)
	require.Equal(t, "Sign it twice", bo.Value("#cell-editor input"))
	bo.Press("Enter")
	bo.WaitVisible("#cell-editor .refused >> Ana Ruiz changed")
	bo.Axe()
	require.Equal(t, "Sign it twice", bo.Value("#cell-editor input"))
	bo.Click("#cell-editor .refused button")
	shows(ana, ids[0], "title", "Sign it twice")

	// Without a connection nothing is lost.
	bo.Click(cell(ids[0], "title"))
	bo.Type("#cell-editor input", "Sign it thrice")
	bo.Offline(true)
	bo.Press("Enter")
	bo.WaitVisible("#cell-editor .refused")
	bo.Offline(false)
	bo.Press("Enter")
	shows(ana, ids[0], "title", "Sign it thrice")
}

func TestATableIsArrangedAndItsGroupsFold(t *testing.T) {
	t.Parallel()
	o := furnished(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/table")
	tab.Click(`#grid thead [data-col="due"] a`)
	tab.Until("location.search === '?sort=due'")
	tab.Until(`[...document.querySelectorAll("#grid .cell-title")].map(t => t.textContent.trim()).join(", ").startsWith("Sign the contract, Order the laptop, Prepare the payroll")`)
	tab.Click("#arrange > summary")
	tab.Choose("#arrange-group", "Owner")
	tab.Choose("#arrange-sort-0", "Priority ↓")
	tab.Choose("#arrange-sort-1", "Title ↑")
	tab.Click(".arrange-columns li:nth-child(2) [data-shift='-1']")
	tab.Click(".arrange-columns label >> Checklist")
	tab.Axe()
	tab.Click("#arrange .button-main")
	tab.Until("location.search.includes('group=owner') && document.readyState === 'complete'")
	require.Equal(t, o.path()+"/table?sort=-priority%7Etitle&group=owner&columns=title%7Ekey%7Estate%7Eowners%7Epriority%7Edue%7Eestimate%7Elabels%7Ewaits%7Echanged", tab.Path())
	require.Equal(t, "Ana Ruiz Bo Chen Nobody", browser.Eval[string](tab, `[...document.querySelectorAll(".group-row strong")].map(s => s.textContent).join(" ")`))
	require.Equal(t, "title", browser.Eval[string](tab, `document.querySelector("#grid thead th").dataset.col`))
	require.Contains(t, tab.Text("#grid tfoot"), "2 of 10 done (20 %)")
	tab.Axe()

	shown := browser.Eval[int](tab, `document.querySelectorAll("#grid .cell-title").length`)
	require.Equal(t, 12, shown, "who shares a task has it, too")
	tab.Click(".group-fold")
	require.False(t, tab.Sees("#grid tbody:nth-of-type(1) .cell-title"))
	title := "Agree on the salary, finally"
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), v.Lanes[4].Cards[1].ID, 1<<40, models.TaskInput{Title: &title}))
	tab.WaitVisible("#grid .cell-title >> finally")
	require.False(t, tab.Sees("#grid tbody:nth-of-type(1) .cell-title"), "what is folded stays so")
	tab.Axe()

	tab.Click("#lens summary")
	tab.Choose("#lens-owner", "Me")
	tab.Click(".lens-form .button-main")
	tab.Until("location.search.includes('owner=me') && location.search.includes('group=owner')")
	tab.Until("document.querySelector('#lens-count').textContent.includes('5 of 10 tasks')")
}

func TestALongTableComesInWindows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for range 7 {
		titles := make([]string, models.MaxAtOnce)
		for i := range titles {
			titles[i] = fmt.Sprint("Task ", i)
		}
		o.add(t, flow.Ready, titles...)
	}
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/table")
	count := func(n int) string {
		return fmt.Sprintf("document.querySelectorAll('#grid tr[data-task]').length === %d", n)
	}
	tab.Until(count(models.TableWindow))
	for n := 2; n <= models.MaxTableRows/models.TableWindow; n++ {
		browser.Eval[bool](tab, "(document.querySelector('.more-row').scrollIntoView(), true)")
		tab.Until(count(n * models.TableWindow))
	}
	title := "Renamed meanwhile"
	last := browser.Eval[string](tab, "[...document.querySelectorAll('#grid tr[data-task]')].at(-1).dataset.task")
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), last, 1<<40, models.TaskInput{Title: &title}))
	shows(tab, last, "title", title)
	tab.Until(count(models.MaxTableRows))
	tab.Click(".more-row a")
	tab.Until("location.pathname.endsWith('/table/rows') && " + count(models.TableWindow))
	tab.Axe()
	tab.Click(".table-start a")
	tab.Until("location.pathname.endsWith('/table') && " + count(models.TableWindow))
}

func TestATableOnAPhoneScrollsInItsOwnRegion(t *testing.T) {
	t.Parallel()
	o := furnished(t)
	speaks(t, o.bo, "es")
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(o.path() + "/table?group=due&sort=-priority")
	phone.WaitVisible("#grid")
	phone.Axe()
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	require.True(t, browser.Eval[bool](phone, `(g => (g.scrollLeft = 400, g.scrollLeft > 300))(document.querySelector(".grid-wrap"))`))
	require.InDelta(t, 0, browser.Eval[float64](phone, `document.querySelector('#grid td[data-col="key"]').getBoundingClientRect().left`), 2, "the first column stays")
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	id := v.Lanes[1].Cards[0].ID
	phone.Click(cell(id, "title"))
	phone.WaitVisible("#cell-editor input")
	phone.Axe()
	require.GreaterOrEqual(t, browser.Eval[float64](phone, `document.querySelector("#cell-editor .button-main").getBoundingClientRect().height`), 44.0)
	phone.Type("#cell-editor input", "Firmar")
	phone.Click("#cell-editor .button-main")
	shows(phone, id, "title", "Firmar")
	phone.Click(cell(id, "priority"))
	phone.Click("#cell-editor label >> Urgente")
	shows(phone, id, "priority", "Urgente")
}

func TestAViewerReadsTheTable(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.view)
	tab.Go("/boards/" + d.board.ID + "/table")
	tab.Click(cell(id, "title"))
	tab.Press("Enter")
	tab.Press("ArrowLeft", "Enter")
	tab.WaitVisible("#panel .task")
	require.False(t, tab.Sees("#cell-editor"))
	tab.Axe()
	require.Equal(t, 403, d.view.Send("PUT", "/tasks/"+id, "title", "Mine", "from", "table", "version", "100").Status)
}

func TestASortedBoardTakesOnlyChangesOfColumn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Zebra", "Ant", "Mole")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Click("#order > summary")
	tab.Axe()
	tab.Click("#order a >> Title")
	tab.Until("location.search === '?sort=title'")
	require.Equal(t, "Ant Mole Zebra", o.order(tab, flow.Ready))
	tab.Drag(card(ids[0]), card(ids[1]), -1)
	tab.WaitVisible("#notice .notice >> cannot be chosen by hand")
	require.Equal(t, "Ant Mole Zebra", o.order(tab, flow.Ready))
	tab.Focus(card(ids[2]) + " .card-title")
	tab.Press("Shift+ArrowUp")
	require.Equal(t, "Ant Mole Zebra", o.order(tab, flow.Ready))

	tab.Drag(card(ids[0]), "#l-"+o.column[flow.InProgress], 0)
	tab.Until(o.in(ids[0], flow.InProgress))
	tab.Until("document.querySelector('" + card(ids[0]) + "').dataset.version > '1'")
	title := "Aardvark"
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[2], 1<<40, models.TaskInput{Title: &title}))
	tab.Until("document.querySelector('#l-" + o.column[flow.Ready] + " .card-title').textContent === 'Aardvark'")
	require.Equal(t, "Aardvark Ant", o.order(tab, flow.Ready))
	tab.Drag(card(ids[0]), card(ids[2]), -1)
	tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card-title')].map(a => a.textContent).join(' ') === 'Aardvark Ant Zebra'")

	// By due date, the other way round: what has none is last all the same.
	due := models.Date(time.Now().Format(time.DateOnly))
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[1], 1<<40, models.TaskInput{Due: &due}))
	tab.Go(o.path() + "?sort=-due")
	require.Equal(t, "Ant Aardvark Zebra", strings.Join(strings.Fields(o.order(tab, flow.Ready)), " "))
	later := models.Date(time.Now().AddDate(0, 0, 5).Format(time.DateOnly))
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Due: &later}))
	tab.Until("document.querySelector('#l-" + o.column[flow.Ready] + " .card-title').textContent === 'Zebra'")
	tab.Type("#a-"+o.column[flow.Ready], "New one")
	tab.Press("Enter")
	tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card-title')].map(a => a.textContent).join(' ') === 'Zebra Ant Aardvark New one'")
}

func TestCustomFieldsAreEditedInTheTable(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign", "Laptop")
	for _, in := range []models.FieldInput{{Name: "Cost", Kind: custom.Number, OnCard: true}, {Name: "Phase", Kind: custom.Choice, Options: []models.OptionInput{{Name: "Before"}, {Name: "After"}}}, {Name: "Note", Kind: custom.Text, OnCard: true}} {
		require.NoError(t, o.Store.AddField(t.Context(), o.ana.Actor(), o.board.ID, in))
	}
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	cost, phase, note := custom.Key(v.Fields[0].ID), custom.Key(v.Fields[1].ID), custom.Key(v.Fields[2].ID)
	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go(o.path() + "/table?columns=key~title~" + cost + "~" + phase + "~" + note)
	tab.Click(cell(ids[0], cost))
	tab.Type("#cell-editor input", "12.5")
	tab.Press("Enter")
	shows(tab, ids[0], cost, "12.5")
	tab.Press("ArrowRight", "Enter")
	tab.Until("document.activeElement.type === 'radio'")
	tab.Press("ArrowDown", "ArrowDown", "Enter")
	shows(tab, ids[0], phase, "After")
	tab.Click(cell(ids[0], phase))
	tab.Click("#cell-editor label >> Nothing")
	tab.Until("!document.querySelector('" + cell(ids[0], phase) + "').textContent.trim()")
	tab.Click(cell(ids[0], note))
	tab.Type("#cell-editor textarea", "By hand")
	tab.Axe()
	tab.Press("Enter")
	shows(tab, ids[0], note, "By hand")
	tab.Click(`#grid thead [data-col="` + cost + `"] a`)
	tab.Until("decodeURIComponent(location.search).includes('sort=-" + cost + "')")
	require.Equal(t, "Sign, Laptop", rowTitles(tab))
	tab.Click("#arrange > summary")
	tab.Choose("#arrange-group", "Phase")
	tab.Click("#arrange .button-main")
	tab.Until("location.search.includes('group=field')")
	require.Contains(t, tab.Text(".group-row"), "2 tasks")
	require.NoError(t, o.Store.RemoveField(t.Context(), o.ana.Actor(), o.board.ID, v.Fields[1].ID))
	tab.WaitVisible(".lens-ignored >> grouping, columns")
	tab.Axe()
}
