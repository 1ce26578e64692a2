package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestATaskIsDuplicatedAndTheCopyUndone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop", "First day")
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[0], ids[1], models.DependencyInput{}))
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[1], ids[2], models.DependencyInput{}))
	require.NoError(t, d.Store.AddItems(t.Context(), d.bo.Actor(), ids[1], []string{"Ask for a quote"}, false))
	url := "/tasks/" + ids[1]
	require.NotContains(t, d.view.Get(url).Body, "/copies")
	page := d.bo.Get(url + "/copies/new")
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, text(page.Body), "It waits for the same task The same task waits for the copy, too Comments and history stay")
	require.Equal(t, http.StatusForbidden, d.view.Send("POST", url+"/copies", "title", "Again").Status)

	a := d.bo.Send("POST", url+"/copies", "title", strings.Repeat("x", 201), "items", "on")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `aria-invalid="true"`)
	require.Contains(t, a.Body, strings.Repeat("x", 201), "what was typed is kept")
	require.NotContains(t, between(t, a.Body, `name="prerequisites"`, ">"), "checked")

	a = d.bo.Send("POST", url+"/copies", "title", "Order a screen 🖥️", "items", "on", "prerequisites", "on", "dependents", "on", "board", d.board.ID)
	require.Equal(t, http.StatusSeeOther, a.Status)
	made := strings.TrimPrefix(a.Location, "/tasks/")
	v := d.see(made)
	require.Equal(t, flow.Waiting, v.Task.State)
	require.Len(t, v.Items, 1)
	require.Len(t, d.see(ids[2]).WaitsFor, 2)
	require.Contains(t, text(d.bo.Get(a.Location+"/history").Body), "Bo Lind added ONB-4 Order a screen 🖥️ to Onboarding as a copy of ONB-2 Order a laptop")
	replay.Check(t, d.DB.Read)
}

func TestATaskIsMovedToAnotherBoardAndSaysWhatItLoses(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	url := "/tasks/" + ids[0]
	require.Contains(t, text(d.bo.Get(url+"/board").Body), "This team has no other board yet.")
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[0], ids[1], models.DependencyInput{}))
	require.NoError(t, d.Store.AddLabel(t.Context(), d.ana.Actor(), d.board.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	labels := []string{d.see(ids[0]).BoardLabels[0].ID}
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), ids[0], d.see(ids[0]).Task.Version, models.TaskInput{Labels: &labels}))
	other := d.Board(d.ana, d.team, "Contracts")
	require.Contains(t, text(d.bo.Get(url+"/board").Body), "Contracts CON Loses the label Legal: that board has none of this name.")

	a := d.bo.Send("PUT", url+"/board", "version", d.version(ids[0]), "board", models.NewID())
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	seen := d.version(ids[0])
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url+"/board", "version", seen, "board", other.ID).Status)
	require.Equal(t, "CON-1", d.see(ids[0]).Key)
	require.Empty(t, d.see(ids[0]).Labels)
	require.NotContains(t, d.bo.Get("/boards/"+d.board.ID).Body, `id="t-`+ids[0])
	require.Contains(t, d.bo.Get("/boards/"+other.ID).Body, `id="t-`+ids[0])
	require.Contains(t, text(d.bo.Get("/search?q=contract+board:contracts").Body), "CON-1", "search knows where it is")
	a = d.ana.Send("PUT", url+"/board", "version", seen, "board", d.board.ID)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Bo Lind changed the board from “Onboarding” to “Contracts”.")

	page := d.bo.Get(url + "/history")
	require.Contains(t, text(page.Body), "Bo Lind moved CON-1 Sign the contract from the board Onboarding to Contracts")
	undoing := "/teams/" + between(t, page.Body, `action="/teams/`, `/undoing"`) + "/undoing"
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", undoing).Status)
	require.Equal(t, "ONB-1", d.see(ids[0]).Key)
	require.Len(t, d.see(ids[0]).Labels, 1)
	replay.Check(t, d.DB.Read)
}

func TestATaskIsCopiedAndMovedByMouseAndKeyboard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	d.Board(d.ana, d.team, "Contracts")
	tab := browser.Open(t, d.App, d.bo, browser.Phone)
	tab.Go("/tasks/" + id)
	tab.Click("#task-more > summary")
	tab.Click(`#task-more a[href$="/copies/new"]`)
	tab.Until(`document.querySelector("#copy-title")`)
	tab.Axe()
	tab.Type("#copy-title", " twice")
	tab.Press("Enter")
	tab.Until(`document.querySelector("#task-title")?.value.includes("twice")`)
	tab.Click("#task-more > summary")
	tab.Click(`#task-more a[href$="/board"]`)
	tab.Until(`document.querySelector(".bring input")`)
	tab.Axe()
	tab.Click(".bring input")
	tab.Press("Enter")
	tab.Until(`document.querySelector(".task-board")?.textContent === "Contracts"`)
	tab.Click(`#notice [data-undo]`)
	tab.Until(`document.querySelector(".task-board")?.textContent === "Onboarding"`)
}
