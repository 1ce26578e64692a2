package tests

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/testapp"
)

// desk is a team at work on one board, seen over HTTP.
type desk struct {
	*testapp.App
	t     *testing.T
	ana   *testapp.Person // owner
	bo    *testapp.Person // member
	view  *testapp.Person // viewer
	team  models.Team
	board models.Board
}

func newDesk(t *testing.T, changes ...func(*models.Parts)) desk {
	t.Helper()
	app := testapp.Start(t, changes...)
	d := desk{App: app, t: t, ana: app.Person("Ana Ruiz")}
	d.team = app.Team(d.ana, "People")
	d.bo = app.Join(d.ana, d.team, "Bo Lind", access.Member)
	d.view = app.Join(d.ana, d.team, "Vic Watt", access.Viewer)
	d.board = app.Board(d.ana, d.team, "Onboarding")
	return d
}

// tasks adds a task for each title and returns their IDs.
func (d desk) tasks(titles ...string) []string {
	d.t.Helper()
	v, err := d.Store.Board(d.t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(d.t, err)
	made, err := d.Store.AddTasks(d.t.Context(), d.ana.Actor(), d.column(v, flow.Ready), titles)
	require.NoError(d.t, err)
	ids := make([]string, len(made))
	for i, m := range made {
		ids[i] = m.ID
	}
	return ids
}

func (d desk) column(v models.BoardView, state flow.State) string {
	d.t.Helper()
	for _, l := range v.Lanes {
		if l.State == state {
			return l.ID
		}
	}
	require.Fail(d.t, "no column of state", string(state))
	return ""
}

func (d desk) see(task string) models.TaskView {
	d.t.Helper()
	v, err := d.Store.Task(d.t.Context(), d.ana.Actor(), task)
	require.NoError(d.t, err)
	return v
}

func (d desk) version(task string) string {
	return strconv.FormatInt(d.see(task).Task.Version, 10)
}

// text is what a page says, its tags left out.
func text(page string) string {
	var words []string
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
		case html.TextToken:
			words = append(words, string(tokens.Text()))
		}
	}
}

func TestATaskIsEditedInItsPanel(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	url := "/tasks/" + id
	page := d.bo.Get(url)
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, page.Body, "<!doctype html>")
	panel := d.bo.Do(http.MethodGet, url, nil, "HX-Request", "true")
	require.NotContains(t, panel.Body, "<html")
	require.Contains(t, text(panel.Body), "Order a laptop")

	a := d.bo.Send("PUT", url, "version", d.version(id), "title", "  Order a\nlight laptop ")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, url, a.Location)
	a = d.bo.Send("PUT", url, "version", d.version(id), "owners", "", "owners", d.bo.ID, "owners", d.ana.ID,
		"due", "2026-12-24", "estimate", "1d 2h", "priority", "3")
	require.Equal(t, http.StatusSeeOther, a.Status, text(a.Body))
	a = d.bo.Send("PUT", url, "version", d.version(id), "join", "any", "not_before", "2030-01-02T08:30")
	require.Equal(t, http.StatusSeeOther, a.Status, text(a.Body))

	v := d.see(id)
	require.Equal(t, "Order a light laptop", v.Task.Title)
	require.Equal(t, models.Date("2026-12-24"), v.Task.Due)
	require.Equal(t, 600, v.Task.Estimate)
	require.Equal(t, models.High, v.Task.Priority)
	require.Len(t, v.Owners, 2)
	require.Equal(t, flow.Waiting, v.Task.State, "its time has not come")
	require.Contains(t, text(d.bo.Get(url).Body), "It will be ready by itself 2 January 2030, 08:30.")

	a = d.bo.Send("PUT", url, "version", d.version(id), "owners", "", "due", "", "estimate", "", "priority", "0")
	require.Equal(t, http.StatusSeeOther, a.Status)
	v = d.see(id)
	require.Empty(t, v.Owners)
	require.Empty(t, v.Task.Due)
	require.Zero(t, v.Task.Estimate)
}

func TestARefusedFormKeepsWhatWasTypedAndSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	a := d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "owners", "", "owners", d.bo.ID,
		"due", "24/12/2026", "estimate", "a while", "priority", "2")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="a while"`)
	require.Contains(t, a.Body, `value="24/12/2026"`)
	require.Contains(t, a.Body, `aria-describedby="task-estimate-hint task-estimate-wrong"`)
	require.Contains(t, text(a.Body), "Write an estimate like 90")
	require.Contains(t, text(a.Body), "Write a date like")
	require.Contains(t, a.Body, `value="`+d.bo.ID+`" checked`)
	require.Empty(t, d.see(id).Owners)

	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", "  ")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Fill this in.")
	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", strings.Repeat("é", 201))
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "description", strings.Repeat("x", 50_001))
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "due", "1999-01-01")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", "ok\x00 \xff fine")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, "ok fine", d.see(id).Task.Title)
}

func TestADescriptionIsPreviewedBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	a := d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "description", "**Fast** <script>x</script>", "preview", "1")
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, a.Body, "<strong>Fast</strong>")
	require.NotContains(t, a.Body, "<script>x")
	require.Empty(t, d.see(id).Task.Description)
	a = d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "description", "\r\n  - [x] **Fast**")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Contains(t, d.bo.Get("/tasks/"+id).Body, "<strong>Fast</strong>")
}

func TestAStaleWriteComesBackWithWhatChangedAndCanBeSavedAnyway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	seen := d.version(id)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", "/tasks/"+id, "version", seen, "title", "Order a phone").Status)

	// Another field is nobody's business.
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/tasks/"+id, "version", seen, "estimate", "2h").Status)

	a := d.bo.Send("PUT", "/tasks/"+id, "version", seen, "title", "Order a tablet")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Ana Ruiz changed the title from “Order a laptop” to “Order a phone”.")
	require.Contains(t, a.Body, ">Order a tablet</textarea>")
	require.Contains(t, text(a.Body), "Save mine anyway")
	require.Contains(t, text(a.Body), "Take theirs")
	require.Contains(t, a.Body, `name="version" value="`+d.version(id)+`"`)
	require.Equal(t, "Order a phone", d.see(id).Task.Title)

	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", "Order a tablet").Status)
	require.Equal(t, "Order a tablet", d.see(id).Task.Title)
}

func TestATaskRunsFromStartToDoneByItsButtons(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	board, err := d.Store.Board(t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(t, err)
	url := "/tasks/" + id
	require.Contains(t, text(d.bo.Get(url).Body), "Start Complete")
	a := d.bo.Send("PUT", url+"/place", "version", d.version(id), "column", d.column(board, flow.InProgress))
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Contains(t, text(d.bo.Get(url).Body), "Send to review")

	a = d.bo.Send("PUT", url+"/block", "version", d.version(id), "reason", "")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Say why, in a few words.")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url+"/block", "version", d.version(id), "reason", "No budget").Status)
	a = d.bo.Send("POST", url+"/completion", "version", d.version(id))
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "It is blocked: No budget. Unblock it first.")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", url+"/block", "version", d.version(id)).Status)

	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", url+"/completion", "version", d.version(id)).Status)
	require.Equal(t, flow.Done, d.see(id).Task.State)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", url+"/completion", "version", d.version(id)).Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", url+"/cancellation", "version", d.version(id), "reason", "Not needed").Status)
	require.Equal(t, flow.Cancelled, d.see(id).Task.State)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", url+"/cancellation", "version", d.version(id)).Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url+"/archive", "version", d.version(id)).Status)
	require.Contains(t, text(d.bo.Get(url).Body), "This task is archived")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", url+"/archive", "version", d.version(id)).Status)

	a = d.bo.Send("DELETE", url, "version", d.version(id))
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, "/boards/"+d.board.ID, a.Location)
	require.Equal(t, http.StatusNotFound, d.bo.Get(url).Status)
}

func TestTasksAreLinkedFromEitherEndAndTheRelayRuns(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop", "First day")
	contract, laptop, first := ids[0], ids[1], ids[2]

	a := d.bo.Get("/tasks/" + laptop + "/candidates?end=prerequisites&q=contract")
	require.Contains(t, text(a.Body), "1 task found")
	options := d.bo.Do(http.MethodGet, "/tasks/"+laptop+"/candidates?end=prerequisites&as=options&q=contract", nil, "HX-Request", "true")
	require.Contains(t, options.Body, `role="option"`)
	require.Contains(t, options.Body, contract)

	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/tasks/"+laptop+"/prerequisites", "task", contract).Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/tasks/"+laptop+"/dependents", "task", first).Status)
	require.Contains(t, text(d.bo.Get("/tasks/"+laptop+"/candidates?end=prerequisites&q=contract").Body), "No task found")
	require.Equal(t, flow.Waiting, d.see(laptop).Task.State)
	page := text(d.bo.Get("/tasks/" + contract).Body)
	require.Contains(t, page, "Finishing this releases")

	a = d.bo.Send("POST", "/tasks/"+contract+"/prerequisites", "task", first)
	require.Equal(t, http.StatusConflict, a.Status)
	key := func(id string) string { return d.see(id).Key }
	require.Contains(t, text(a.Body), "in a circle, so it was not added: "+key(contract)+" → "+key(laptop)+" → "+key(first)+" → "+key(contract))
	require.Contains(t, a.Body, `href="/tasks/`+laptop+`"`)
	a = d.bo.Send("POST", "/tasks/"+laptop+"/prerequisites", "task", contract)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "These two are linked already.")

	link := "/tasks/" + laptop + "/prerequisites/" + contract
	a = d.bo.Send("PUT", link, "lag", "many", "lag_unit", "days")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="many"`)
	require.Contains(t, text(a.Body), "Write a number.")
	a = d.bo.Send("PUT", link, "lag", "2", "lag_unit", "working_days", "on_cancel", "hold", "satisfied_at", "in_review")
	require.Equal(t, http.StatusSeeOther, a.Status, text(a.Body))
	require.Contains(t, text(d.bo.Get("/tasks/"+laptop).Body), "then 2 working days")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", "/tasks/"+contract+"/dependents/"+laptop, "lag", "0").Status)

	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/tasks/"+contract+"/completion", "version", d.version(contract)).Status)
	require.Equal(t, flow.Ready, d.see(laptop).Task.State)
	why := text(d.bo.Get("/tasks/" + laptop).Body)
	require.Contains(t, why, key(laptop)+" went by itself from Waiting to Ready")
	require.Contains(t, why, "Bo Lind completed "+key(contract))

	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", "/tasks/"+first+"/prerequisites/"+laptop).Status)
	require.Equal(t, flow.Ready, d.see(first).Task.State)
}

func TestMoveToNamesWhatWouldBeRefusedAndAManagerMayGoAhead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/tasks/"+ids[1]+"/prerequisites", "task", ids[0]).Status)
	board, err := d.Store.Board(t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(t, err)
	url, key := "/tasks/"+ids[1]+"/place", d.see(ids[0]).Key

	panel := func(who *testapp.Person) string {
		return text(who.Do(http.MethodGet, url, nil, "HX-Request", "true").Body)
	}
	page := panel(d.bo)
	require.Contains(t, page, "Not now: It still waits for "+key+".")
	require.NotContains(t, page, "Move it ahead")
	require.Contains(t, text(d.ana.Get(url).Body), "Move it ahead of what it waits for?")
	require.Contains(t, panel(d.ana), "Move it ahead of what it waits for")

	doing := d.column(board, flow.InProgress)
	a := d.bo.Send("PUT", url, "version", d.version(ids[1]), "from", "place", "column", doing)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "It still waits for "+key+".")
	a = d.bo.Send("PUT", url, "version", d.version(ids[1]), "from", "place", "column", doing, "override", "Because")
	require.Equal(t, http.StatusForbidden, a.Status)
	a = d.ana.Send("PUT", url, "version", d.version(ids[1]), "from", "place", "column", doing, "override", " ")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Say why, in a few words.")
	a = d.ana.Send("PUT", url, "version", d.version(ids[1]), "from", "place", "column", doing, "override", "The stock is here")
	require.Equal(t, http.StatusSeeOther, a.Status, text(a.Body))
	v := d.see(ids[1])
	require.Equal(t, flow.InProgress, v.Task.State)
	require.Equal(t, "The stock is here", v.Task.OverrideReason)
	require.Contains(t, text(d.bo.Get("/tasks/"+ids[1]).Body), "Goes ahead of what it waits for: The stock is here")
}

func TestAManagerLetsATaskGoAheadAndTakesItBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/tasks/"+ids[1]+"/prerequisites", "task", ids[0]).Status)
	url := "/tasks/" + ids[1] + "/override"
	require.Equal(t, http.StatusForbidden, d.bo.Send("PUT", url, "version", d.version(ids[1]), "reason", "x").Status)
	require.Equal(t, http.StatusUnprocessableEntity, d.ana.Send("PUT", url, "version", d.version(ids[1]), "reason", " ").Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", url, "version", d.version(ids[1]), "reason", "In stock").Status)
	require.Equal(t, flow.Ready, d.see(ids[1]).Task.State)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("DELETE", url, "version", d.version(ids[1])).Status)
	require.Equal(t, flow.Waiting, d.see(ids[1]).Task.State)
}

func TestAViewerReadsATaskAndChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order a laptop")[0]
	page := d.view.Get("/tasks/" + id)
	require.Equal(t, http.StatusOK, page.Status)
	panel := d.view.Do(http.MethodGet, "/tasks/"+id, nil, "HX-Request", "true")
	for _, form := range strings.Split(panel.Body, "<form")[1:] {
		require.Regexp(t, `^[^>]* (action|hx-post)="/(tasks|boards)/[^/]+/(watch|mute|reading)"`, form, "what one hears of is one's own; nothing else is offered")
	}
	require.NotContains(t, panel.Body, `name="version"`)
	require.Equal(t, http.StatusForbidden, d.view.Send("PUT", "/tasks/"+id, "version", d.version(id), "title", "Mine").Status)
	require.Equal(t, http.StatusForbidden, d.view.Send("POST", "/tasks/"+id+"/completion", "version", d.version(id)).Status)

	stranger := d.Person("Sid")
	for _, path := range []string{"", "/place", "/candidates?q=a"} {
		require.Equal(t, http.StatusNotFound, stranger.Get("/tasks/"+id+path).Status, path)
	}
}
