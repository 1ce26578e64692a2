package tests

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestWhatOneDidIsUndoneByMouseAndByKeyboard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop", "First day")
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[0], ids[1], models.DependencyInput{}))
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	in := func(id, state string) {
		t.Helper()
		tab.Until(`document.querySelector("#t-` + id + `")?.closest(".lane").dataset.state === "` + state + `"`)
	}
	const toast = `#notice [data-kind="did"]`

	// Dragged, and taken back with what it released.
	tab.Drag("#t-"+ids[0], `.lane[data-state="done"] > .cards`, 0.5)
	in(ids[0], "done")
	in(ids[1], "ready")
	tab.WaitVisible(toast)
	require.Contains(t, tab.Text(toast), "Completed.")
	tab.Axe()
	tab.Click(toast + ` [data-undo]`)
	in(ids[0], "ready")
	in(ids[1], "waiting")
	require.Contains(t, tab.Text(toast), "Undone.")
	tab.Click(toast + ` [data-undo="redo"]`)
	in(ids[0], "done")
	in(ids[1], "ready")

	// By keys, on the board and in the panel.
	tab.Focus("#t-" + ids[0] + " .card-title")
	tab.Press("Control+z")
	in(ids[0], "ready")
	in(ids[1], "waiting")
	tab.Press("Control+Shift+z")
	in(ids[0], "done")
	tab.Focus("#t-" + ids[2] + " .card-title")
	tab.Press("Enter")
	tab.WaitVisible("#panel #task-title")
	tab.Type("#task-title", "The first day")
	tab.Press("Enter")
	tab.Until(`document.querySelector("#task-title").defaultValue === "The first day"`)
	tab.Press("Control+z") // in a field that is the browser's own
	require.Equal(t, "The first day", d.see(ids[2]).Task.Title)
	tab.Focus("#panel .task-close")
	tab.Press("Control+z")
	tab.Until(`document.querySelector("#task-title").value === "First day"`)

	// Deleted: the offer is there on the board that one returns to.
	tab.Click("#task-more > summary")
	tab.Click("#task-seldom-delete > summary")
	tab.Click("#task-delete-form button")
	tab.WaitGone("#panel .task")
	tab.WaitGone("#t-" + ids[2])
	tab.WaitVisible(toast)
	require.Contains(t, tab.Text(toast), "Deleted.")
	tab.Click(toast + ` [data-undo]`)
	tab.WaitVisible("#t-" + ids[2])

	// What somebody else has changed since is not undone, and it says who.
	tab.Click("#t-" + ids[2] + " .card-title")
	tab.WaitVisible("#panel #task-title")
	tab.Type("#task-title", "Day one")
	tab.Press("Enter")
	tab.Until(`document.querySelector("#task-title").defaultValue === "Day one"`)
	tab.Focus("#panel .task-close")
	title := "Monday"
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), ids[2], d.see(ids[2]).Task.Version, models.TaskInput{Title: &title}))
	tab.Until(`document.querySelector("#task-title").value === "Monday"`)
	tab.Press("Control+z")
	tab.WaitVisible(`#notice [data-kind="problem"]`)
	require.Contains(t, tab.Text(`#notice [data-kind="problem"]`), "Ana Ruiz changed the title from “Day one” to “Monday”.")
	require.Equal(t, flow.Done, d.see(ids[0]).Task.State)
	replay.Check(t, d.DB.Read)
}

func TestWhatIsTypedIsKeptUntilItIsSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Click("#task-description-fold > summary")
	tab.Type("#task-description", "Two copies")
	tab.Type("#comment", "Who has the key?")
	browser.Eval[bool](tab, `document.querySelectorAll("form[data-dirty]").forEach((f) => f.setAttribute("data-sent", "")) || true`) // leave without being asked
	tab.Reload()
	tab.WaitVisible("#task-description-draft")
	require.Equal(t, "Two copies", tab.Value("#task-description"))
	require.Equal(t, "Who has the key?", tab.Value("#comment"))
	require.Contains(t, tab.Text("#task-description-draft"), "This is what you typed before and did not save.")
	tab.Axe()
	tab.Click("#comment-draft button")
	tab.Until(`document.querySelector("#comment").value === ""`)

	// The session ends meanwhile: nothing is lost, and after logging in it is saved.
	require.NoError(t, d.Store.RevokeOtherSessions(t.Context(), d.bo.Actor(), ""))
	tab.Click("#task-description-form .button-main")
	tab.WaitVisible(`#notice a[target=_blank]`)
	require.Contains(t, tab.Text(`#notice`), "What you typed is still here")
	require.Equal(t, "/sign-in?next="+"%2Ftasks%2F"+id, browser.Eval[string](tab, `document.querySelector('#notice a[target=_blank]').getAttribute("href")`))
	require.Equal(t, "Two copies", tab.Value("#task-description"))
	d.bo.SignIn()
	tab.SignedIn(d.bo)
	tab.Click("#task-description-form .button-main")
	tab.Until(`document.querySelector("#task-description")?.defaultValue === "Two copies"`)
	require.Equal(t, "Two copies", d.see(id).Task.Description)
	tab.Reload()
	tab.WaitVisible("#task-title")
	require.False(t, tab.Sees("#task-description-draft"))
	require.Equal(t, 0, browser.Eval[int](tab, `Object.keys(localStorage).filter((k) => k.startsWith("relevo:draft:")).length`))
}
