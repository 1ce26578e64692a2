package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// move puts a task into the column of a state, by somebody.
func (d desk) move(who *testapp.Person, task string, to flow.State) {
	d.t.Helper()
	v, err := d.Store.Board(d.t.Context(), who.Actor(), d.board.ID)
	require.NoError(d.t, err)
	require.NoError(d.t, d.Store.MoveTask(d.t.Context(), who.Actor(), task, d.see(task).Task.Version, models.Place{Column: d.column(v, to)}))
}

func TestApprovalIsAskedAnsweredAndNeededOverHTTP(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	cleo := d.Join(d.ana, d.team, "Cleo Marsh", access.Manager)
	id := d.tasks("Sign the contract")[0]
	url := "/tasks/" + id
	d.field("Cost", custom.Number, models.FieldInput{Required: true})
	require.NoError(t, d.Store.AddItems(t.Context(), d.bo.Actor(), id, []string{"Passport copied"}, true))
	d.move(d.bo, id, flow.InReview)
	require.Contains(t, d.bo.Get(url).Body, "Ask for approval…")
	require.NotContains(t, d.view.Get(url).Body, "Ask for approval…")
	require.NotContains(t, between(t, d.bo.Get(url).Body, `id="ask-approvers"`, "</fieldset>"), "Vic Watt", "who only reads is not offered")

	ask := func(who *testapp.Person, fields ...string) testapp.Answer {
		return who.Send("PUT", url+"/approval", append([]string{"version", d.version(id), "mode", "any"}, fields...)...)
	}
	a := ask(d.bo, "approvers", "", "note", "Both signatures")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="Both signatures"`, "what was typed is kept")
	a = ask(d.bo, "approvers", d.view.ID)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Vic Watt only reads in this team and cannot approve.")
	require.Equal(t, http.StatusForbidden, ask(d.view, "approvers", d.ana.ID).Status)
	require.Equal(t, http.StatusSeeOther, ask(d.bo, "approvers", d.ana.ID, "approvers", d.bo.ID, "role", "manager", "note", "Both signatures").Status)

	a = d.bo.Send("POST", url+"/completion", "version", d.version(id))
	require.Equal(t, http.StatusConflict, a.Status)
	for _, lacks := range []string{"Tick “Passport copied” in the checklist first.", "Fill in the field Cost first.", "Still missing: Approval by Ana Ruiz, Bo Lind or a manager."} {
		require.Contains(t, text(a.Body), lacks, "all of it at once")
	}
	require.Contains(t, text(d.view.Get("/boards/"+d.board.ID).Body), "Sign the contract Approval asked")
	require.Contains(t, text(d.ana.Get("/inbox").Body), "Bo Lind asks for your approval")
	require.Contains(t, text(cleo.Get("/inbox").Body), "Bo Lind asks for your approval: Both signatures")

	page := d.bo.Get(url)
	require.Contains(t, text(page.Body), "You moved this task to In progress or In review, so somebody else has to approve it.")
	require.NotContains(t, page.Body, `value="approve"`)
	a = d.bo.Send("POST", url+"/approval/answers", "version", d.version(id), "answer", "approve")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "That you tried is in the log.")
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log").Body), "Bo Lind tried to approve their own work on ONB-1 Sign the contract , and was refused")
	require.NotEmpty(t, text(d.ana.Get("/teams/"+d.team.ID+"/log?action=approval.self_tried").Body))

	// It is rejected, with the reason, and goes back to work.
	a = cleo.Send("POST", url+"/approval/answers", "version", d.version(id), "answer", "reject", "reason", " ")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Equal(t, http.StatusUnprocessableEntity, cleo.Send("POST", url+"/approval/answers", "version", d.version(id), "answer", "perhaps").Status)
	require.Equal(t, http.StatusSeeOther, cleo.Send("POST", url+"/approval/answers", "version", d.version(id), "answer", "reject", "reason", "One is missing").Status)
	require.Equal(t, flow.InProgress, d.see(id).Task.State)
	require.Contains(t, text(d.bo.Get(url).Body), "Cleo Marsh rejected it: “One is missing”")
	require.Contains(t, text(d.bo.Get("/inbox").Body), "Cleo Marsh rejected it: One is missing")
	require.Contains(t, text(d.view.Get(url+"/history").Body), "Cleo Marsh sent ONB-1 Sign the contract back to work")

	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", url+"/approval/renewal", "version", d.version(id)).Status)
	seen := d.version(id)
	d.done("PUT", url, "version", d.version(id), "title", "Sign both contracts")
	a = d.ana.Send("POST", url+"/approval/answers", "version", seen, "answer", "approve")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Bo Lind changed the title from “Sign the contract” to “Sign both contracts”.", "nobody approves what they have not seen")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", url+"/approval/answers", "version", d.version(id), "answer", "approve", "reason", "Well done").Status)
	require.Contains(t, text(d.view.Get(url).Body), "Ana Ruiz approved it today at")

	d.done("PUT", url+"/items/"+d.see(id).Items[0].ID+"/tick")
	require.Contains(t, text(d.view.Get(url).Body), "It was approved, but Bo Lind changed the checklist today at")
	require.Contains(t, text(d.view.Get("/boards/"+d.board.ID).Body), "Approval fell")
	require.Contains(t, text(d.view.Get(url+"/history").Body), "Automation took the approval of ONB-1 Sign both contracts back because Bo Lind ticked “ Passport copied ” in ONB-1 Sign both contracts")

	require.Equal(t, http.StatusConflict, d.bo.Send("PUT", url+"/approval", "version", "1", "approvers", d.bo.ID, "mode", "any").Status, "what he asked has been answered since")
	require.NoError(t, d.Store.AskApproval(t.Context(), d.ana.Actor(), id, d.see(id).Task.Version, models.ApprovalInput{Role: access.Owner, Mode: models.AnyApprover}))
	a = d.bo.Send("DELETE", url+"/approval", "version", d.version(id))
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Only they or a manager can change whom it asks.")
	speaks(t, d.view, "es")
	d.view.Lang = "es"
	require.Contains(t, text(d.view.Get(url).Body), "Falta para terminarla: El campo Cost La aprobación de un propietario del equipo")
	replay.Check(t, d.DB.Read)
}

// The way of an approval, by mouse, on two screens.
func TestAnApprovalIsAskedGivenAndFallsInTheBrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	d.field("Cost", custom.Number, models.FieldInput{Required: true, OnCard: true})
	require.NoError(t, d.Store.AddItems(t.Context(), d.bo.Actor(), id, []string{"Passport copied"}, true))
	d.move(d.bo, id, flow.InReview)
	bo := browser.Open(t, d.App, d.bo)
	bo.Go("/boards/" + d.board.ID)
	bo.Click("#t-" + id + " .card-title")
	bo.Click("#task-more > summary")
	bo.Click("#task-seldom-ask > summary")
	bo.Click("#ask-approvers .task-choice >> Ana Ruiz")
	bo.Type("#ask-note", "Both signatures")
	bo.Axe()
	bo.Shot("approval-ask")
	bo.Click("#task-ask-form .button-main")
	bo.WaitVisible("#task-approval >> Asked for")
	bo.WaitVisible("#t-" + id + " .approval-mark >> Approval asked")

	// Everything that is missing is told at once, before one tries and after.
	for _, lacks := range []string{"Passport copied", "The field Cost", "Approval by Ana Ruiz"} {
		bo.WaitVisible(".task-missing >> " + lacks)
	}
	bo.Click(".task-actions button >> Complete")
	bo.WaitVisible(".task-steps .notice >> Fill in the field Cost first.")
	bo.WaitVisible(".task-steps .notice >> Still missing: Approval by Ana Ruiz.")
	bo.Axe()
	bo.Shot("approval-refused")

	cost := d.see(id).Fields[0].ID
	bo.Type("#task-field-"+cost, "1200")
	bo.Click("#task-fields-form .task-save button")
	bo.Click("#item-tick-" + d.see(id).Items[0].ID + " button")
	bo.WaitVisible(`#item-tick-` + d.see(id).Items[0].ID + ` [aria-checked="true"]`)

	ana := browser.Open(t, d.App, d.ana)
	ana.Go("/inbox")
	ana.WaitVisible(".inbox >> Bo Lind asks for your approval")
	ana.Shot("approval-inbox")
	ana.Click(".inbox h2 a")
	ana.WaitVisible("#task-answer-form")
	ana.Axe()
	ana.Focus("#approval-comment")
	ana.Shot("approval-answer")
	ana.Type("#approval-comment", "All there")
	ana.Click(`#task-answer-form button[value="approve"]`)
	ana.WaitVisible("#task-approval >> Approved")
	bo.WaitVisible("#task-approval .approval-seats >> approved it today")
	bo.WaitGone(".task-missing")
	ana.Go("/tasks/" + id) // beside its board, which hears of changes
	bo.Shot("approval-given")

	bo.Type("#task-title", "Sign both contracts")
	bo.Press("Enter")
	bo.WaitVisible("#task-approval >> It was approved, but Bo Lind changed the title")
	ana.WaitVisible("#task-approval >> No longer holds")
	bo.WaitVisible("#t-" + id + " .approval-mark >> Approval fell")
	bo.Axe()
	bo.Shot("approval-fell")
	bo.Click("#task-approval button >> Ask again")
	ana.WaitVisible(`#task-answer-form button[value="approve"]`)
	ana.Click(`#task-answer-form button[value="approve"]`)
	bo.WaitVisible("#task-approval >> Approved")
	bo.Click(".task-actions button >> Complete")
	bo.WaitVisible(".task-stands >> Done")
	replay.Check(t, d.DB.Read)
}

func TestAnApprovalIsGivenByKeyboardAndRejectedOnAPhone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	cleo := d.Join(d.ana, d.team, "Cleo Marsh", access.Member)
	id := d.tasks("Sign the contract")[0]
	d.move(d.bo, id, flow.InReview)
	bo := browser.Open(t, d.App, d.bo)
	bo.Go("/tasks/" + id)
	bo.Focus("#task-more > summary")
	bo.Press("Enter")
	bo.Focus("#task-seldom-ask > summary")
	bo.Press("Enter", "Tab", " ", "Tab", "Tab", " ") // Ana, and Cleo
	bo.Until(`document.querySelectorAll("#ask-approvers :checked").length === 2`)
	bo.Focus("#ask-note")
	bo.Press("Enter")
	bo.WaitVisible("#task-approval >> One of them is enough:")
	require.Equal(t, []string{"Ana Ruiz", "Cleo Marsh"}, []string{d.see(id).Approval.Seats[0].Person.Name, d.see(id).Approval.Seats[1].Person.Name})

	ana := browser.Open(t, d.App, d.ana)
	ana.Go("/tasks/" + id)
	ana.Focus("#approval-comment")
	ana.Press("o", "k", "Tab", "Enter")
	ana.WaitVisible("#task-approval >> Approved")
	require.Equal(t, models.Approved, d.see(id).Task.Approval)

	phone := browser.Open(t, d.App, cleo, browser.Phone, browser.Dark)
	phone.Go("/tasks/" + id)
	phone.Click("#task-reject-fold > summary")
	phone.Click(`#task-answer-form button[value="reject"]`)
	phone.WaitVisible("#approval-comment-wrong")
	phone.Axe()
	phone.Type("#approval-comment", "A signature is missing")
	phone.Shot("approval-phone")
	phone.Click(`#task-answer-form button[value="reject"]`)
	phone.WaitVisible("#task-approval >> Rejected")
	phone.WaitVisible(".task-stands >> In progress")
	phone.Axe()
	phone.Shot("approval-rejected-phone")
	bo.WaitVisible("#task-approval >> Rejected")
	require.Contains(t, text(d.bo.Get("/tasks/"+id).Body), "Cleo Marsh rejected it: “A signature is missing”")
	replay.Check(t, d.DB.Read)
}
