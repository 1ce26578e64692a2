package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// done sends a form that must succeed.
func (d desk) done(method, url string, fields ...string) {
	d.t.Helper()
	a := d.bo.Send(method, url, fields...)
	require.Equal(d.t, http.StatusSeeOther, a.Status, text(a.Body))
}

func TestAChecklistIsPastedEditedTickedAndPutInOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	d.done("POST", url+"/items", "texts", "- [ ] Desk\r\n* Key card\r\n\r\n3. Laptop  and charger\r\n")
	v := d.see(id)
	require.Len(t, v.Items, 3)
	require.Equal(t, []string{"Desk", "Key card", "Laptop and charger"}, []string{v.Items[0].Text, v.Items[1].Text, v.Items[2].Text})
	desk, key, laptop := url+"/items/"+v.Items[0].ID, url+"/items/"+v.Items[1].ID, url+"/items/"+v.Items[2].ID

	d.done("PUT", desk+"/tick")
	d.done("PUT", desk+"/tick") // twice is once
	page := text(d.view.Get(url).Body)
	require.Contains(t, page, "1 of 3 items ticked")
	require.Contains(t, page, "Bo Lind, ")
	board := d.view.Get("/boards/" + d.board.ID)
	require.Contains(t, board.Body, "1 of 3 items ticked")
	require.Contains(t, text(board.Body), "1/3")

	d.done("PUT", key, "version", d.version(id), "text", "Key card and code", "owner", d.ana.ID, "due", "2030-02-03", "required", "on")
	v = d.see(id)
	require.Equal(t, "Ana Ruiz", v.Items[1].Owner.Name)
	require.Equal(t, models.Date("2030-02-03"), v.Items[1].Due)
	require.True(t, v.Items[1].Required)
	a := d.bo.Send("PUT", key, "version", d.version(id), "text", "", "owner", d.ana.ID, "due", "2030-02-03")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `aria-invalid="true"`)
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("POST", url+"/items", "texts", " \n- \n").Status)

	d.done("PUT", laptop+"/place", "before", v.Items[0].ID)
	d.done("PUT", desk+"/place", "before", "")
	v = d.see(id)
	require.Equal(t, []string{"Laptop and charger", "Key card and code", "Desk"}, []string{v.Items[0].Text, v.Items[1].Text, v.Items[2].Text})
	d.done("DELETE", desk+"/tick")
	d.done("DELETE", laptop)
	require.Len(t, d.see(id).Items, 2)
	require.Equal(t, http.StatusForbidden, d.view.Send("PUT", key+"/tick").Status)

	history := text(d.bo.Get(url + "/history").Body)
	require.Contains(t, history, "Bo Lind ticked “ Desk ” in")
	require.Contains(t, history, "took the tick off")
	replay.Check(t, d.DB.Read)
}

func TestTwoPeopleEditingOneItemLoseNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	d.done("POST", url+"/items", "texts", "Desk")
	item := url + "/items/" + d.see(id).Items[0].ID
	seen := d.version(id)
	d.done("PUT", item, "version", seen, "text", "Desk by the window")
	a := d.ana.Send("PUT", item, "version", seen, "text", "Desk and lamp")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Bo Lind changed")
	require.Contains(t, a.Body, `value="Desk and lamp"`)
	require.Equal(t, "Desk by the window", d.see(id).Items[0].Text)
	// A tick meanwhile is none of the editor's business.
	seen = d.version(id)
	d.done("PUT", item+"/tick")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", item, "version", seen, "text", "Desk and lamp").Status)
	// An item's date is not the task's.
	seen = d.version(id)
	d.done("PUT", item, "version", d.version(id), "text", "Desk and lamp", "due", "2030-01-01")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", url, "version", seen, "due", "2030-05-05").Status)
}

func TestRequiredItemsAreNeededBeforeDoneAndAllAreTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	d.done("POST", url+"/items", "texts", "Contract signed\nPhoto taken", "required", "on")
	d.done("POST", url+"/items", "texts", "Flowers")
	require.Contains(t, text(d.bo.Get(url).Body), "Needed before it is done: Contract signed Photo taken")

	a := d.bo.Send("POST", url+"/completion", "version", d.version(id))
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Tick “Contract signed” in the checklist first. Tick “Photo taken” in the checklist first.")
	v, err := d.Store.Board(t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusConflict, d.bo.Send("PUT", url+"/place", "version", d.version(id), "column", d.column(v, flow.Done)).Status)

	for _, i := range d.see(id).Items[:2] {
		d.done("PUT", url+"/items/"+i.ID+"/tick")
	}
	require.NotContains(t, text(d.bo.Get(url).Body), "Needed before it is done")
	d.done("POST", url+"/completion", "version", d.version(id))
	// What is done stays complete.
	item := url + "/items/" + d.see(id).Items[0].ID
	require.Equal(t, http.StatusConflict, d.bo.Send("DELETE", item+"/tick").Status)
	require.Equal(t, http.StatusConflict, d.bo.Send("POST", url+"/items", "texts", "One more", "required", "on").Status)
	d.done("POST", url+"/items", "texts", "One more")
	replay.Check(t, d.DB.Read)
}

func TestAnItemBecomesATaskThatItsTaskWaitsFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	d.done("POST", url+"/items", "texts", "Order a laptop", "required", "on")
	item := d.see(id).Items[0].ID
	d.done("PUT", url+"/items/"+item, "version", d.version(id), "text", "Order a laptop", "owner", d.ana.ID, "due", "2030-02-03", "required", "on")
	d.done("POST", url+"/items/"+item+"/task")

	v := d.see(id)
	require.NotNil(t, v.Items[0].Became)
	require.Equal(t, flow.Waiting, v.Task.State)
	require.Len(t, v.WaitsFor, 1)
	made := d.see(v.Items[0].Became.ID)
	require.Equal(t, "Order a laptop", made.Task.Title)
	require.Equal(t, models.Date("2030-02-03"), made.Task.Due)
	require.Equal(t, "Ana Ruiz", made.Owners[0].Name)
	require.Contains(t, text(d.ana.Get("/inbox").Body), "Order a laptop")

	require.Equal(t, http.StatusConflict, d.bo.Send("PUT", url+"/items/"+item+"/tick").Status)
	require.Equal(t, http.StatusConflict, d.bo.Send("POST", url+"/items/"+item+"/task").Status)
	d.done("POST", "/tasks/"+made.Task.ID+"/completion", "version", d.version(made.Task.ID))
	require.True(t, d.see(id).Items[0].Done())
	require.Equal(t, flow.Ready, d.see(id).Task.State)
	require.Contains(t, d.bo.Get("/boards/"+d.board.ID).Body, "1 of 1 items ticked")
	d.done("POST", url+"/completion", "version", d.version(id))
	replay.Check(t, d.DB.Read)
}

func TestSomebodyWhoLeftTheTeamGetsNoItem(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	d.done("POST", url+"/items", "texts", "Desk")
	item := url + "/items/" + d.see(id).Items[0].ID
	gone := d.Join(d.ana, d.team, "Cy", access.Member)
	d.done("PUT", item, "version", d.version(id), "text", "Desk", "owner", gone.ID)
	require.NoError(t, d.Store.Leave(t.Context(), gone.Actor(), d.team.ID))
	d.done("PUT", item, "version", d.version(id), "text", "Desk, please", "owner", gone.ID) // it may stay theirs
	d.done("POST", item+"/task")
	require.Empty(t, d.see(d.see(id).Items[0].Became.ID).Owners)
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("PUT", item, "version", d.version(id), "text", "Desk", "owner", models.NewID()).Status)
}

func TestAChecklistIsWorkedWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Focus("#item-add")
	tab.Press("D", "e", "s", "k", "Enter")
	tab.WaitVisible(".item")
	tab.Until(`document.activeElement.id === "item-add" && document.activeElement.value === ""`)
	tab.Press("K", "e", "y", "Enter")
	tab.Until(`document.querySelectorAll(".item").length === 2`)
	tab.Focus(".item:first-child [role=checkbox]")
	tab.Press(" ")
	tab.Until(`document.querySelector(".item:first-child [role=checkbox]").ariaChecked === "true"`)
	tab.Until(`document.activeElement === document.querySelector(".item:first-child [role=checkbox]")`)
	tab.Focus(".item:first-child .item-arrow button")
	tab.Press("Enter")
	tab.Until(`document.querySelector(".item:last-child .item-words").textContent === "Desk"`)
	tab.Click(".item:first-child .item-edit summary")
	tab.Axe()
	// What others tick shows at once.
	require.NoError(t, d.Store.TickItem(t.Context(), d.ana.Actor(), id, d.see(id).Items[0].ID))
	tab.Until(`document.querySelector(".item:first-child [role=checkbox]").ariaChecked === "true"`)
}
