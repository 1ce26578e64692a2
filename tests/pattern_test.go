package tests

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// aPattern saves a task of a board, and another one, as templates, and returns the
// first one's ID.
func aPattern(t *testing.T, app *testapp.App, who *testapp.Person, board, task string) string {
	t.Helper()
	v, err := app.Store.Board(t.Context(), who.Actor(), board)
	require.NoError(t, err)
	due := 5
	require.NoError(t, app.Store.SavePattern(t.Context(), who.Actor(), task, models.PatternSave{Name: "First day of somebody new", DueIn: &due}))
	for _, l := range v.Lanes {
		for _, c := range l.Cards {
			if c.ID != task {
				require.NoError(t, app.Store.SavePattern(t.Context(), who.Actor(), c.ID, models.PatternSave{Name: "Weekly call", Over: true}))
			}
		}
	}
	saved, err := app.Store.Patterns(t.Context(), who.Actor(), board)
	require.NoError(t, err)
	return saved.Patterns[0].ID
}

func TestATaskIsSavedAsATemplateWhichIsEditedUsedAndRemoved(t *testing.T) {
	d := newDesk(t)
	id := d.tasks("Welcome somebody new")[0]
	url, all := "/tasks/"+id, "/boards/"+d.board.ID+"/patterns"
	require.NoError(t, d.Store.AddItems(t.Context(), d.bo.Actor(), id, []string{"Desk"}, true))
	cost := d.field("Cost", custom.Number, models.FieldInput{})
	require.NoError(t, d.Store.EditTask(t.Context(), d.bo.Actor(), id, 1<<40, models.TaskInput{Fields: map[string]string{cost.ID: "12.5"}}))

	// Empty, it says what to do; what one may.
	require.Contains(t, text(d.ana.Get(all).Body), "Open a task that is as such tasks should be")
	for _, who := range []*testapp.Person{d.bo, d.view} {
		page := text(who.Get(all).Body)
		require.Contains(t, page, "The managers of the team can save a task as a template.")
		require.NotContains(t, page, "Open a task that is as such tasks should be")
	}
	board := "/boards/" + d.board.ID
	require.NotContains(t, d.bo.Get(board).Body, "/patterns", "no template, no link to them in every column")
	require.NotContains(t, d.bo.Get(url).Body, "/patterns/new", "a member does not save any")
	require.Contains(t, d.ana.Get(url).Body, url+"/patterns/new")
	require.Contains(t, d.ana.Get(board+"/settings").Body, all)

	require.Contains(t, d.ana.Get(url+"/patterns/new").Body, `value="Welcome somebody new"`, "a name is proposed")
	a := d.ana.Send("POST", url+"/patterns", "name", strings.Repeat("x", 61), "due_in", "3")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, strings.Repeat("x", 61), "what was typed is kept")
	require.Equal(t, http.StatusUnprocessableEntity, d.ana.Send("POST", url+"/patterns", "name", "Welcome", "due_in", "soon").Status)
	require.Equal(t, http.StatusForbidden, d.bo.Send("POST", url+"/patterns", "name", "Welcome").Status)
	a = d.ana.Send("POST", url+"/patterns", "name", "Welcome", "due_in", "3")
	require.Equal(t, []any{http.StatusSeeOther, all}, []any{a.Status, a.Location})
	require.Contains(t, text(d.ana.Send("POST", url+"/patterns", "name", "welcome").Body), "This board has a task template welcome already.")

	page := d.bo.Get(all)
	require.Contains(t, text(page.Body), "Welcome Welcome somebody new 1 item Due 3 days later Cost: 12.5")
	require.NotContains(t, page.Body, "Edit", "a member only uses it")
	require.NotContains(t, d.view.Get(all).Body, "Make a task", "and a viewer looks at it")
	require.Contains(t, d.bo.Get(board).Body, "/columns/"+d.lane(flow.InProgress)+"/patterns")
	require.NotContains(t, d.bo.Get(board).Body, "/columns/"+d.lane(flow.Done)+"/patterns")
	require.NotContains(t, d.view.Get(board).Body, "/patterns")

	pattern := between(t, page.Body, `id="pattern-`, `"`)
	made := d.bo.Send("POST", all+"/"+pattern+"/tasks", "column", d.lane(flow.InProgress))
	require.Equal(t, http.StatusSeeOther, made.Status)
	v := d.see(strings.TrimPrefix(made.Location, "/tasks/"))
	require.Equal(t, []any{"Welcome somebody new", flow.InProgress, 1, "12.5"}, []any{v.Task.Title, v.Task.State, len(v.Items), v.Fields[0].Value})
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("POST", all+"/"+pattern+"/tasks", "column", d.lane(flow.Done)).Status)
	require.Contains(t, text(d.bo.Get(made.Location+"/history").Body), "added "+v.Key)

	a = d.ana.Send("PUT", all+"/"+pattern, "name", "Welcome", "title", "", "items", "! Desk\nLaptop", "estimate", "much", "priority", "2", "due_in", "x")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, "Laptop")
	a = d.ana.Send("PUT", all+"/"+pattern, "name", "Welcome!", "title", "Welcome to us", "items", "! Desk\r\n- ! Laptop\r\n\r\n", "estimate", "2h", "priority", "2", "owners", d.bo.ID)
	require.Equal(t, []any{http.StatusSeeOther, all + "#pattern-" + pattern}, []any{a.Status, a.Location})
	require.Contains(t, text(d.ana.Get(all).Body), "Welcome! Welcome to us")
	require.Contains(t, d.ana.Get(all+"/"+pattern).Body, "! Desk\n- ! Laptop\n</textarea>")
	log := text(d.ana.Get("/teams/" + d.team.ID + "/log").Body)
	require.Contains(t, log, "edited the task template Welcome! of Onboarding")
	require.Contains(t, log, "Bo Lind", "the log names people")

	require.Equal(t, http.StatusSeeOther, d.ana.Send("DELETE", all+"/"+pattern).Status)
	require.NotContains(t, d.ana.Get(all).Body, pattern)
	replay.Check(t, d.DB.Read)
}

// lane is the board's column of a state.
func (d desk) lane(state flow.State) string {
	d.t.Helper()
	v, err := d.Store.Board(d.t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(d.t, err)
	return d.column(v, state)
}

// templated is an office with a task that can become a template, or has.
func templated(t *testing.T, saved bool) (o office, task string) {
	o = newOffice(t)
	task = o.add(t, flow.Ready, "Welcome somebody new")[0]
	require.NoError(t, o.Store.AddItems(t.Context(), o.bo.Actor(), task, []string{"Desk", "Laptop"}, false))
	if saved {
		require.NoError(t, o.Store.SavePattern(t.Context(), o.ana.Actor(), task, models.PatternSave{Name: "Welcome"}))
	}
	return o, task
}

// theOther is a script that gives a card of a column that is not a task's.
func (o office) theOther(task string, state flow.State) string {
	return "document.querySelector('#l-" + o.column[state] + " > .card:not(#t-" + task + ")')"
}

func TestATemplateIsSavedAndUsedByMouse(t *testing.T) {
	o, task := templated(t, false)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go(o.path())
	tab.Click(card(task) + " .card-title")
	tab.Until(`document.querySelector("#task-more > summary")`)
	tab.Click("#task-more > summary")
	tab.Click(`#task-more a[href$="/patterns/new"]`)
	tab.Until(`document.querySelector("#field-name")?.value === "Welcome somebody new"`)
	tab.Axe()
	tab.Type("#field-name", " here")
	tab.Click(".task form.form button")
	tab.WaitVisible("#notice >> is a template of this board now")
	tab.Until(`document.querySelector("#task-title")`)
	tab.Axe()

	tab.Click("#panel .task-close")
	doing := "#c-" + o.column[flow.InProgress]
	tab.WaitVisible(doing + " .from-pattern") // the open board has heard of it
	tab.Click(doing + " .from-pattern")
	tab.WaitVisible("#dialog .pattern-choice")
	tab.Axe()
	tab.Click("#dialog .pattern-choice")
	tab.Until(o.theOther("", flow.InProgress) + "?.contains(document.activeElement)")
	tab.Until("!document.querySelector('#dialog').open")
	require.Contains(t, tab.Focused(), "Welcome somebody new")
	tab.WaitVisible("#notice [data-undo]")
	tab.Click("#notice [data-undo]")
	tab.Until("!" + o.theOther("", flow.InProgress))

	// Where a column is full, the dialog says so.
	require.NoError(t, o.Store.EditColumn(t.Context(), o.ana.Actor(), o.column[flow.InProgress], 1<<40, models.ColumnInput{Name: "Doing", State: flow.InProgress, WIPLimit: 1, WIPHard: true}))
	o.add(t, flow.InProgress, "Other work")
	tab.Click(doing + " .from-pattern")
	tab.Click("#dialog .pattern-choice")
	tab.WaitVisible("#dialog [role=alert]")
	tab.Axe()
	tab.Sound()
}

func TestATemplateIsUsedByKeysAlone(t *testing.T) {
	o, task := templated(t, true)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(task) + " .card-title")
	tab.Press("n")
	tab.Until("document.activeElement.matches('.quick-add textarea')")
	for range 6 {
		if browser.Eval[bool](tab, "document.activeElement.matches('.from-pattern')") {
			break
		}
		tab.Press("Tab")
	}
	require.True(t, browser.Eval[bool](tab, "document.activeElement.matches('.from-pattern')"))
	tab.Press("Enter")
	tab.Until("document.activeElement.matches('#dialog .pattern-choice')")
	tab.Press("Enter")
	tab.Until(o.theOther(task, flow.Ready) + "?.contains(document.activeElement)")
	first := browser.Eval[string](tab, "document.activeElement.closest('.card').id")

	tab.Press("Control+k")
	tab.WaitVisible("#palette-q")
	tab.Insert("welcome new task")
	tab.Until(`[...document.querySelectorAll("#palette [role=option]")].some((o) => o.textContent.includes("New task from “Welcome”"))`)
	for range 12 {
		if browser.Eval[bool](tab, `Boolean(document.querySelector("#palette [aria-selected=true]")?.textContent.includes("New task from “Welcome”"))`) {
			break
		}
		tab.Press("ArrowDown")
	}
	tab.Press("Enter")
	tab.Until("document.activeElement.closest('.card') && document.activeElement.closest('.card').id !== '" + first + "' && document.activeElement.closest('.card').id !== 't-" + task + "'")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " > .card').length === 3")
	tab.Press("Enter")
	tab.Until(`document.querySelectorAll("#panel .checklist-item, #panel .item").length === 2 || document.querySelector("#panel #task-title")?.value === "Welcome somebody new"`)
	tab.Sound()
}

func TestATemplateIsEditedAndUsedOnAPhone(t *testing.T) {
	o, _ := templated(t, true)
	tab := browser.Open(t, o.App, o.ana, browser.Phone, browser.Spanish)
	tab.Go(o.path() + "/patterns")
	tab.Axe()
	require.Equal(t, "0", strconv.Itoa(browser.Eval[int](tab, "document.documentElement.scrollWidth - innerWidth")), "nothing is wider than the phone")
	tab.Click(`.pattern a[href*="/patterns/"]`)
	tab.Until(`document.querySelector("#pattern-form")`)
	tab.Axe()
	require.Equal(t, "0", strconv.Itoa(browser.Eval[int](tab, "document.documentElement.scrollWidth - innerWidth")))
	tab.Type("#field-due_in", "2")
	tab.Click("#pattern-form .button-main")
	tab.Until(`document.querySelector(".pattern:target")`)
	tab.Click(".pattern form button")
	tab.Until(`document.querySelector("#task-title")?.value === "Welcome somebody new"`)
	tab.Go(o.path())
	tab.Click("#c-" + o.column[flow.Ready] + " .from-pattern")
	tab.WaitVisible("#dialog .pattern-choice")
	tab.Axe()
	tab.Click("#dialog .pattern-choice")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " > .card').length === 3")
	tab.Until("document.activeElement.matches('.card-title')")
	tab.Go(o.path() + "/patterns")
	tab.Click(`.pattern a[href*="/patterns/"]`)
	tab.Click("details.confirm > summary")
	tab.Click("details.confirm .button-danger")
	tab.Until(`document.querySelector(".empty")`)
	tab.Sound()
}
