package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/tests/replay"
)

// orders is order processing as it comes with the program.
func orders(h *house) models.Template {
	h.t.Helper()
	return h.adopt("order-processing")
}

func (h *house) adopt(key string) models.Template {
	h.t.Helper()
	for _, s := range playbook.ShippedIn("en") {
		if s.Key == key {
			t, err := h.AdoptTemplate(h.t.Context(), ana, h.team, s)
			require.NoError(h.t, err)
			return t
		}
	}
	h.t.Fatalf("%s does not come with the program", key)
	return models.Template{}
}

// template publishes a definition.
func (h *house) template(t require.TestingT, text string) models.Template {
	made, err := h.CreateTemplate(h.t.Context(), ana, h.team, "Template", text)
	require.NoError(t, err)
	require.NoError(t, h.PublishTemplate(h.t.Context(), ana, made.ID, made.Version))
	return made
}

// given answers the required inputs of order processing.
func given(more ...string) map[string]string {
	answers := map[string]string{"order_number": "4711", "customer": "Ada", "customer_email": "ada@example.org", "amount": "120"}
	for i := 0; i+1 < len(more); i += 2 {
		answers[more[i]] = more[i+1]
	}
	return answers
}

func (h *house) launch(t require.TestingT, template models.Template, in models.RunInput) models.Run {
	r, err := h.StartRun(h.t.Context(), asking(ben), template.ID, in)
	require.NoError(t, err)
	return r
}

// run reads a run's page.
func (h *house) run(t require.TestingT, id string) models.RunView {
	v, err := h.RunOf(h.t.Context(), vic, id)
	require.NoError(t, err)
	return v
}

// step is a step of a run, as its page shows it.
func (h *house) step(t require.TestingT, run, id string) models.RunStep {
	for _, s := range h.run(t, run).Steps {
		if s.ID == id {
			return s
		}
	}
	h.t.Fatalf("no step %s", id)
	return models.RunStep{}
}

// finish fills in a step's fields, ticks what has to be ticked, and completes it.
func (h *house) finish(t require.TestingT, run, id string, answers ...string) {
	ctx, s := h.t.Context(), h.step(t, run, id)
	typed := map[string]string{}
	for i := 0; i+1 < len(answers); i += 2 {
		typed[answers[i]] = answers[i+1]
	}
	for _, f := range s.Fields {
		if _, there := typed[f.ID]; f.Required && !there {
			typed[f.ID] = anyAnswer(f)
		}
	}
	for _, i := range s.Items {
		if i.Required {
			require.NoError(t, h.TickItem(ctx, ben, s.Task.ID, i.ID))
		}
	}
	if s.Task.NeedsFile {
		h.attach(s.Task.ID, "proof.txt", []byte(id))
	}
	require.NoError(t, h.CompleteStep(ctx, asking(ben), s.Task.ID, h.step(t, run, id).Task.Version, typed), id)
}

func anyAnswer(f playbook.Field) string {
	switch f.Type {
	case playbook.Number:
		return "1"
	case playbook.Date:
		return "2026-04-01"
	case playbook.Choice:
		return f.Options[0]
	case playbook.Person:
		return "ben"
	case playbook.YesNo:
		return playbook.Yes
	case playbook.URL:
		return "https://example.org"
	case playbook.Text:
	}
	return "x"
}

func stateOf(v models.RunView, id string) flow.State {
	for _, s := range v.Steps {
		if s.ID == id {
			return s.Task.State
		}
	}
	return ""
}

func TestStartingARunMakesATaskOfEveryStepInOneChange(t *testing.T) {
	h := newHouse(t)
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given(), Cast: map[string]string{"sales": "ana", "accounts": "ben"}})
	require.Equal(t, "Order processing · 4711", r.Name)
	v := h.run(t, r.ID)
	require.Len(t, v.Steps, len(v.Definition.Steps))
	for _, s := range v.Steps {
		require.True(t, s.There(), s.ID)
		require.NotContains(t, s.Task.Title, "{{order_number}}")
	}
	check := h.step(t, r.ID, "check_order")
	require.Equal(t, "Check order 4711", check.Task.Title)
	require.Equal(t, flow.Ready, check.Task.State)
	require.Equal(t, models.High, check.Task.Priority)
	require.Equal(t, 10, check.Task.Estimate)
	require.Equal(t, models.Date("2026-03-02"), check.Task.Due)
	require.Equal(t, "ana", check.Owners[0].ID)
	require.Len(t, check.Items, 4)
	require.Equal(t, r.ID, h.task(check.Task.ID).Task.RunID, "its panel opens like that of any task")
	confirm := h.step(t, r.ID, "confirm_order")
	require.Equal(t, flow.Waiting, confirm.Task.State)
	require.Equal(t, check.Task.ID, confirm.WaitsFor[0].ID)

	var first, last, causes int64
	require.NoError(t, h.db.Raw("SELECT MIN(seq), MAX(seq) FROM entries WHERE log_id = ? AND action = 'run.started'", h.team).Row().Scan(&first, &last))
	require.Equal(t, first, last)
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM entries WHERE log_id = ? AND seq > ? AND cause < ?", h.team, first, first).Row().Scan(&causes))
	require.Zero(t, causes, "all that came with it goes back to the start")
	require.NotContains(t, h.step(t, r.ID, "credit_check").Task.Title, "{{", "the customer is known")
	require.Equal(t, models.WantedNo, h.step(t, r.ID, "credit_check").Task.Wanted, "it is paid by card")
	require.Equal(t, flow.Waiting, stateOf(v, "credit_check"), "its turn has not come yet")
	replay.Check(t, h.db)
}

func TestWhatIsFilledInDecidesWhichWayARunGoes(t *testing.T) {
	h := newHouse(t)
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given()})
	h.finish(t, r.ID, "check_order")
	require.Equal(t, flow.Cancelled, h.step(t, r.ID, "credit_check").Task.State)
	require.True(t, h.step(t, r.ID, "credit_check").Task.Skipped)
	h.finish(t, r.ID, "confirm_order")
	require.Equal(t, flow.Ready, h.step(t, r.ID, "payment").Task.State, "it does not wait for what was skipped")

	pay := h.step(t, r.ID, "payment").Task
	h.refused(h.CompleteTask(t.Context(), ben, pay.ID, pay.Version), fault.StepFieldEmpty)
	h.refused(h.CompleteStep(t.Context(), ben, pay.ID, pay.Version, map[string]string{"outcome": "stolen"}), fault.NotAChoice)
	require.Equal(t, flow.Ready, h.step(t, r.ID, "payment").Task.State, "neither filled in nor done")
	h.finish(t, r.ID, "payment", "outcome", "failed")
	require.Equal(t, flow.Ready, h.step(t, r.ID, "payment_reminder").Task.State)

	// Somebody mistyped: the payment went through after all.
	pay = h.step(t, r.ID, "payment").Task
	require.NoError(t, h.FillIn(t.Context(), ben, pay.ID, pay.Version, map[string]string{"outcome": "paid"}))
	require.Equal(t, flow.Cancelled, h.step(t, r.ID, "payment_reminder").Task.State)
	h.refused(h.FillIn(t.Context(), ben, pay.ID, h.step(t, r.ID, "payment").Task.Version, map[string]string{"outcome": ""}), fault.Needed)
	story, err := h.History(t.Context(), ben, h.step(t, r.ID, "payment_reminder").Task.ID, 0)
	require.NoError(t, err)
	require.Equal(t, "task.skipped", story.Lines[0].Action)
	require.Equal(t, "task.ruled_out", story.Lines[1].Action)
	require.Equal(t, `payment.outcome == "failed"`, story.Lines[1].Reason)
	replay.Check(t, h.db)
}

func TestTextsAndDatesFollowWhatIsKnown(t *testing.T) {
	h := newHouse(t)
	template := h.template(t, `
name: Shipping
steps:
  - {id: pack, title: Pack, fields: [{id: parcels, label: Parcels, type: number, required: true}]}
  - id: send
    title: Send {{pack.parcels}} parcels
    needs: [pack]
    due: 2 working days after needs
    checklist: ["{{pack.parcels}} labels"]
`)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID})
	require.Equal(t, "Send {{pack.parcels}} parcels", h.step(t, r.ID, "send").Task.Title)
	h.now = h.now.AddDate(0, 0, 4) // a Friday
	h.finish(t, r.ID, "pack", "parcels", "3")
	send := h.step(t, r.ID, "send")
	require.Equal(t, "Send 3 parcels", send.Task.Title)
	require.Equal(t, "3 labels", send.Items[0].Text)
	require.Equal(t, models.Date("2026-03-10"), send.Task.Due)
	replay.Check(t, h.db)

	// Undone, all of it is as it was.
	var seq int64
	require.NoError(t, h.db.Raw("SELECT MAX(seq) FROM entries WHERE log_id = ? AND action = 'task.completed'", h.team).Row().Scan(&seq))
	_, err := h.Undo(t.Context(), ben, h.team, seq)
	require.NoError(t, err)
	require.Equal(t, flow.Ready, h.step(t, r.ID, "pack").Task.State)
	require.Equal(t, "Send {{pack.parcels}} parcels", h.step(t, r.ID, "send").Task.Title)
	require.Empty(t, h.step(t, r.ID, "pack").Values["parcels"].Value)
	replay.Check(t, h.db)
}

func TestAPausedRunStandsStillUntilItIsResumed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given()})
	require.NoError(t, h.PauseRun(ctx, ben, r.ID, "the warehouse counts its stock"))
	h.refused(h.PauseRun(ctx, ben, r.ID, ""), fault.RunPaused)
	h.finish(t, r.ID, "check_order")
	require.Equal(t, flow.Waiting, h.step(t, r.ID, "confirm_order").Task.State)
	require.NoError(t, h.ResumeRun(ctx, ben, r.ID))
	require.Equal(t, flow.Ready, h.step(t, r.ID, "confirm_order").Task.State)
	require.Equal(t, flow.Cancelled, h.step(t, r.ID, "credit_check").Task.State)
	h.refused(h.ResumeRun(ctx, ben, r.ID), fault.RunGoes)
	replay.Check(t, h.db)
}

func TestCancellingARunCancelsWhatIsOpenOrLeavesIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given()})
	h.finish(t, r.ID, "check_order")
	require.NoError(t, h.CancelRun(ctx, ben, r.ID, "The customer called", models.CancelTasks))
	v := h.run(t, r.ID)
	require.True(t, v.Over())
	require.Equal(t, flow.Done, stateOf(v, "check_order"))
	require.Equal(t, flow.Cancelled, stateOf(v, "confirm_order"))
	h.refused(h.CancelRun(ctx, ben, r.ID, "", models.CancelTasks), fault.RunOver)
	h.refused(h.PauseRun(ctx, ben, r.ID, ""), fault.RunOver)

	left := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given("order_number", "4712")})
	require.NoError(t, h.CancelRun(ctx, ben, left.ID, "", models.LeaveTasks))
	require.Equal(t, flow.Ready, h.step(t, left.ID, "check_order").Task.State)
	h.finish(t, left.ID, "check_order")
	require.Equal(t, flow.Ready, h.step(t, left.ID, "confirm_order").Task.State, "what is left goes by the relay")
	replay.Check(t, h.db)
}

func TestTheStartOfARunCanBeUndoneAndDoneAgain(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given()})
	var seq int64
	require.NoError(t, h.db.Raw("SELECT MAX(seq) FROM entries WHERE log_id = ? AND action = 'run.started'", h.team).Row().Scan(&seq))
	undone, err := h.Undo(ctx, asking(ben), h.team, seq)
	require.NoError(t, err)
	_, err = h.RunOf(ctx, ben, r.ID)
	h.refused(err, fault.NotFound)
	var there int
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM tasks WHERE run_id = ? AND deleted_at IS NULL", r.ID).Row().Scan(&there))
	require.Zero(t, there)
	replay.Check(t, h.db)
	_, err = h.Undo(ctx, ben, h.team, undone.Entry.Seq)
	require.NoError(t, err)
	v := h.run(t, r.ID)
	require.Equal(t, flow.Ready, stateOf(v, "check_order"))
	require.Equal(t, flow.Waiting, stateOf(v, "confirm_order"))
	require.Len(t, h.step(t, r.ID, "confirm_order").WaitsFor, 1)
	replay.Check(t, h.db)
}

func TestARoleGoesOverToSomebodyElseInMidRun(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given(), Cast: map[string]string{"sales": "ana"}})
	h.finish(t, r.ID, "check_order")
	require.NoError(t, h.RecastRun(ctx, ben, r.ID, "sales", "ben"))
	require.Equal(t, "ben", h.step(t, r.ID, "confirm_order").Owners[0].ID)
	require.Equal(t, "ana", h.step(t, r.ID, "check_order").Owners[0].ID, "what is done stays hers")
	h.refused(h.RecastRun(ctx, ben, r.ID, "sales", "eve"), fault.NotInTeam)
	h.refused(h.RecastRun(ctx, ben, r.ID, "ceo", "ben"), fault.NotFound)
	replay.Check(t, h.db)
}

func TestAStepIsLeftOutOfOneRunAlone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: given(), Without: []string{"confirm_order"}})
	h.finish(t, r.ID, "check_order")
	require.True(t, h.step(t, r.ID, "confirm_order").Task.Skipped)
	require.Equal(t, flow.Ready, h.step(t, r.ID, "payment").Task.State, "what follows goes on")
	stock := h.step(t, r.ID, "stock").Task
	require.NoError(t, h.DropStep(ctx, ben, stock.ID, "It is a voucher"))
	require.True(t, h.step(t, r.ID, "stock").Task.Skipped)
	require.NoError(t, h.KeepStep(ctx, ben, stock.ID))
	require.Equal(t, flow.Ready, h.step(t, r.ID, "stock").Task.State)
	h.refused(h.DropStep(ctx, ben, h.step(t, r.ID, "check_order").Task.ID, ""), fault.StepOver)
	replay.Check(t, h.db)
}

func TestAStepThatNeedsApprovalIsNotDoneWithoutIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, `
name: Release
roles:
  - {id: doer, name: Doer, who: ask}
  - {id: boss, name: Boss, who: ask}
steps:
  - {id: build, title: Build, role: doer}
  - {id: release, title: Release, role: doer, needs: [build], approval: [boss]}
  - {id: announce, title: Announce, role: doer, needs: [release]}
`)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID, Cast: map[string]string{"doer": "ben", "boss": "ana"}})
	inbox := func() int {
		n, err := h.UnreadNotices(ctx, ana)
		require.NoError(t, err)
		return n
	}
	require.Zero(t, inbox(), "there is nothing to approve yet")
	h.finish(t, r.ID, "build")
	require.Equal(t, 1, inbox())
	release := h.step(t, r.ID, "release").Task
	h.refused(h.CompleteStep(ctx, ben, release.ID, release.Version, nil), fault.ApprovalOpen)
	require.NoError(t, h.ApproveTask(ctx, ana, release.ID, release.Version, ""))
	h.finish(t, r.ID, "release")
	require.Equal(t, flow.Ready, h.step(t, r.ID, "announce").Task.State)

	// Nobody plays the boss: a manager is asked then, and not nobody.
	alone := h.launch(t, template, models.RunInput{Board: r.BoardID, Cast: map[string]string{"doer": "ben", "boss": ""}})
	h.finish(t, alone.ID, "build")
	release = h.step(t, alone.ID, "release").Task
	require.NoError(t, h.ApproveTask(ctx, ana, release.ID, release.Version, ""))
	replay.Check(t, h.db)
}

func TestWhatIsWrongWithAStartIsToldByTheField(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	_, err := h.StartRun(ctx, ben, template.ID, models.RunInput{Board: "nowhere", From: "soon", Answers: map[string]string{"order_number": "", "amount": "much"}, Cast: map[string]string{"sales": "eve"}})
	f := fault.From(err)
	require.NotNil(t, f)
	for field, code := range map[string]fault.Code{"input.order_number": fault.Needed, "input.customer": fault.Needed, "input.amount": fault.NotANumber,
		"role.sales": fault.NotInTeam, "from": fault.NotADate, "board": fault.NotAChoice} {
		require.NotNil(t, f.For(field), field)
		require.Equal(t, code, f.For(field).Code, field)
	}
	_, err = h.StartRun(ctx, ben, template.ID, models.RunInput{Version: 7, Board: b.ID, Answers: given()})
	h.refused(err, fault.OtherVersion)
	require.NoError(t, h.ArchiveTemplate(ctx, ana, template.ID))
	_, err = h.StartRun(ctx, ben, template.ID, models.RunInput{Board: b.ID, Answers: given()})
	h.refused(err, fault.TemplateArchived)
	draft, err := h.CreateTemplate(ctx, ana, h.team, "Draft", "name: [")
	require.NoError(t, err)
	_, err = h.StartRun(ctx, ben, draft.ID, models.RunInput{})
	h.refused(err, fault.NotPublished)
	h.refused(h.PublishTemplate(ctx, ana, draft.ID, draft.Version), fault.TemplateBroken)
	require.NoError(t, h.EditTemplate(ctx, ana, draft.ID, draft.Version, "name: Fine\nsteps: [{id: one, title: One}]\n"))
	h.refused(h.EditTemplate(ctx, ana, draft.ID, draft.Version, "name: Other\n"), fault.Changed)
	v, err := h.Template(ctx, ana, draft.ID)
	require.NoError(t, err)
	require.Equal(t, "Fine", v.Template.Name)
	require.NoError(t, h.PublishTemplate(ctx, ana, draft.ID, v.Template.Version))
	v, err = h.Template(ctx, ana, draft.ID)
	require.NoError(t, err)
	h.refused(h.PublishTemplate(ctx, ana, draft.ID, v.Template.Version), fault.NothingNew)
	replay.Check(t, h.db)
}

// Whatever a workflow looks like and whatever is answered on the way, everybody who
// does what is their turn comes to the end: no step is stranded, and the log tells
// what the tables hold.
func TestNoStepOfARunIsStranded(t *testing.T) {
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		h.now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		b := h.board()
		r := h.launch(t, h.template(t, drawTemplate(t)), models.RunInput{Board: b.ID, Answers: map[string]string{"a": rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "a")}})
		for range 40 {
			v := h.run(t, r.ID)
			var ready []string
			for _, s := range v.Steps {
				if s.Turn() {
					ready = append(ready, s.ID)
				}
			}
			if len(ready) == 0 {
				break
			}
			id := rapid.SampledFrom(ready).Draw(t, "step")
			task := h.step(t, r.ID, id).Task
			switch rapid.IntRange(0, 9).Draw(t, "act") {
			case 0:
				require.NoError(t, h.CancelTask(h.t.Context(), ben, task.ID, task.Version, ""))
			case 1:
				require.NoError(t, h.DropStep(h.t.Context(), ben, task.ID, ""))
			case 2:
				require.NoError(t, h.DeleteTask(h.t.Context(), ben, task.ID, task.Version))
			case 3:
				if done := doneOf(v); len(done) > 0 {
					again := h.step(t, r.ID, rapid.SampledFrom(done).Draw(t, "again")).Task
					require.NoError(t, h.FillIn(h.t.Context(), ben, again.ID, again.Version, map[string]string{"ok": rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "after all")}))
				}
			default:
				h.finish(t, r.ID, id, "ok", rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "ok"))
			}
		}
		v := h.run(t, r.ID)
		for _, s := range v.Steps {
			require.False(t, s.Open(), "%s is left open", s.ID)
			if s.Task.Skipped && s.Task.Wanted != models.WantedDropped {
				require.Equal(t, playbook.Falls, s.Standing, "%s is skipped for its condition", s.ID)
			}
			if s.Task.State == flow.Done && s.When != "" {
				require.Contains(t, []models.Wanted{"", models.WantedAnyway}, s.Task.Wanted)
			}
		}
		replay.Check(t, h.db)
	})
}

func doneOf(v models.RunView) (ids []string) {
	for _, s := range v.Steps {
		if s.Task.State == flow.Done {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// drawTemplate makes a workflow with branches: each step may need earlier ones and
// ask for what is answered before.
func drawTemplate(t *rapid.T) string {
	var y strings.Builder
	y.WriteString("name: Drawn\ninputs: [{id: a, label: A, type: yes/no, default: no}]\nsteps:\n")
	n := rapid.IntRange(1, 7).Draw(t, "steps")
	for i := range n {
		fmt.Fprintf(&y, "  - id: s%d\n    title: Step %d\n    fields: [{id: ok, label: OK, type: yes/no}]\n", i, i)
		var needs, names []string
		for j := range i {
			if rapid.Bool().Draw(t, "needs") {
				needs = append(needs, fmt.Sprintf("s%d", j))
			}
			names = append(names, fmt.Sprintf("s%d.ok", j), fmt.Sprintf("s%d.done", j))
		}
		names = append(names, "a")
		if len(needs) > 0 {
			fmt.Fprintf(&y, "    needs: {%s: [%s]}\n", rapid.SampledFrom([]string{"all", "any"}).Draw(t, "join"), strings.Join(needs, ", "))
		}
		if rapid.Bool().Draw(t, "conditional") {
			not := rapid.SampledFrom([]string{"", "not "}).Draw(t, "not")
			fmt.Fprintf(&y, "    when: %s%s\n", not, rapid.SampledFrom(names).Draw(t, "asks"))
		}
	}
	return y.String()
}

// longWork is a workflow of n steps in chains of ten, with checklists and labels.
func longWork(n int) string {
	var y strings.Builder
	y.WriteString("name: Long\nroles: [{id: r, name: R, who: ask}]\nsteps:\n")
	for i := range n {
		fmt.Fprintf(&y, "  - id: s%d\n    title: Step %d\n    role: r\n    due: %d working days after start\n    estimate: 30m\n    labels: [one, two]\n    checklist: [First, Second, Third]\n", i, i, i/10)
		if i >= 10 {
			fmt.Fprintf(&y, "    needs: [s%d]\n", i-10)
		}
	}
	return y.String()
}

// A start of 300 tasks, with 900 items and 290 dependencies; the aim is under 300 ms
// on SQLite.
func BenchmarkStartOf300(b *testing.B) {
	h := newHouse(b)
	template := h.template(b, longWork(300))
	board := h.board()
	for b.Loop() {
		h.launch(b, template, models.RunInput{Board: board.ID, Cast: map[string]string{"r": "ben"}})
	}
}

// Finishing a step of a run of 300.
func BenchmarkFinishInARunOf300(b *testing.B) {
	h := newHouse(b)
	template := h.template(b, longWork(300))
	board := h.board()
	var ready []string
	for b.Loop() {
		if len(ready) == 0 {
			b.StopTimer()
			r := h.launch(b, template, models.RunInput{Board: board.ID})
			for _, s := range h.run(b, r.ID).Steps {
				if s.Turn() {
					ready = append(ready, s.Task.ID)
				}
			}
			b.StartTimer()
		}
		id := ready[0]
		ready = slices.Delete(ready, 0, 1)
		require.NoError(b, h.CompleteTask(b.Context(), ben, id, 1<<40))
	}
}
