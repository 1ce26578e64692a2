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

// republish publishes another text as the newest version of a template.
func (h *house) republish(t require.TestingT, template models.Template, text string) {
	ctx := h.t.Context()
	require.NoError(t, h.EditTemplate(ctx, ana, template.ID, 1<<40, text))
	require.NoError(t, h.PublishTemplate(ctx, ana, template.ID, 1<<40))
}

// moves is what moving the runs of a template does, as its page shows it.
func (h *house) moves(t require.TestingT, template models.Template, in models.MovesInput) models.MovesView {
	v, err := h.PlanMoves(h.t.Context(), ben, template.ID, "", in)
	require.NoError(t, err)
	return v
}

// choose agrees to what moving those runs does.
func choose(v models.MovesView, runs ...string) models.MovesInput {
	in := models.MovesInput{Version: v.Template.Published, Runs: map[string]models.MoveSaid{}}
	for _, m := range v.Moves {
		if slices.Contains(runs, m.Run.ID) {
			said := m.Said
			said.Seal = m.Seal
			in.Runs[m.Run.ID] = said
		}
	}
	return in
}

const hiringFirst = `name: Hiring
inputs: [{id: person, label: Person, required: true}]
roles: [{id: hr, name: HR, who: ask}, {id: it, name: IT, who: ask}]
steps:
  - {id: contract, title: "Contract of {{person}}", role: hr}
  - {id: laptop, title: "Laptop for {{person}}", role: it, needs: [contract], estimate: 30m, checklist: [Order it, Set it up]}
  - {id: desk, title: Desk, role: it, needs: [contract]}
  - {id: welcome, title: Welcome, role: hr, needs: [laptop, desk]}
`

const hiringSecond = `name: Hiring
inputs: [{id: person, label: Person, required: true}, {id: floor, label: Floor, required: true}]
roles: [{id: hr, name: HR, who: ask}, {id: it, name: IT, who: ask}, {id: boss, name: Boss, who: ask}]
steps:
  - {id: contract, title: "Sign the contract of {{person}}", role: hr}
  - {id: laptop, title: "New laptop for {{person}}", role: hr, needs: [contract], estimate: 1h, priority: high, labels: [Hardware], checklist: [Order it, {text: Hand it over, required: true}]}
  - {id: badge, title: "Badge for floor {{floor}}", role: it, needs: [contract], approval: [boss], checklist: [Take a picture]}
  - {id: welcome, title: Welcome, role: hr, needs: [laptop, {step: badge, lag: 1 day}]}
`

func TestARunMovesToANewVersionAndWhatIsDoneStays(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, hiringFirst)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID, Answers: map[string]string{"person": "Ada"}, Cast: map[string]string{"hr": "ana", "it": "ben"}})
	h.finish(t, r.ID, "contract")
	h.republish(t, template, hiringSecond)
	before := h.tasksOf(r.ID)

	v := h.moves(t, template, models.MovesInput{})
	require.Len(t, v.Moves, 1)
	m := v.Moves[0]
	require.Equal(t, []string{"badge"}, m.Added)
	require.Equal(t, []string{"desk"}, m.Removed)
	require.Equal(t, []string{"contract"}, m.Kept)
	require.Equal(t, "floor", m.Ask[0].ID)
	require.Equal(t, "boss", m.Cast[0].ID)
	in := choose(v, r.ID)
	_, err := h.MoveRuns(ctx, ben, template.ID, in)
	f := h.refused(err, fault.Needed)
	require.Equal(t, models.MoveField(r.ID, models.AnswerField("floor")), f.Field)
	in.Runs[r.ID].Answers["floor"], in.Runs[r.ID].Cast["boss"] = "2", "ana"
	seq, err := h.MoveRuns(ctx, asking(ben), template.ID, in)
	require.NoError(t, err)
	replay.Check(t, h.db)

	is := h.run(t, r.ID)
	require.EqualValues(t, 2, is.Run.TemplateVersion)
	contract := h.step(t, r.ID, "contract")
	require.Equal(t, flow.Done, contract.Task.State)
	require.Equal(t, "Contract of Ada", contract.Task.Title, "what is done stays as it was done")
	laptop := h.step(t, r.ID, "laptop")
	require.Equal(t, flow.Ready, laptop.Task.State)
	require.Equal(t, "New laptop for Ada", laptop.Task.Title)
	require.Equal(t, 60, laptop.Task.Estimate)
	require.Equal(t, models.High, laptop.Task.Priority)
	require.Equal(t, "ana", laptop.Owners[0].ID)
	require.Equal(t, []string{"Order it", "Hand it over"}, texts(laptop.Items))
	require.True(t, laptop.Items[1].Required)
	require.Equal(t, "Hardware", h.task(laptop.Task.ID).Labels[0].Name)
	badge := h.step(t, r.ID, "badge")
	require.Equal(t, "Badge for floor 2", badge.Task.Title)
	require.Equal(t, flow.Ready, badge.Task.State, "what it waits for is done")
	require.Equal(t, "ben", badge.Owners[0].ID)
	require.Equal(t, models.ApprovalPending, badge.Task.Approval)
	desk := h.step(t, r.ID, "desk")
	require.True(t, desk.Former, "it is shown apart")
	require.Equal(t, flow.Cancelled, desk.Task.State)
	waits := h.step(t, r.ID, "welcome").WaitsFor
	require.Len(t, waits, 2)
	require.Contains(t, []string{laptop.Task.ID, badge.Task.ID}, waits[0].ID)
	require.Empty(t, h.moves(t, template, models.MovesInput{}).Moves)

	// Undone, it is as it was; redone, as it became.
	after := h.tasksOf(r.ID)
	undone, err := h.Undo(ctx, asking(ben), h.team, seq)
	require.NoError(t, err)
	replay.Check(t, h.db)
	require.Equal(t, before, h.tasksOf(r.ID))
	require.EqualValues(t, 1, h.run(t, r.ID).Run.TemplateVersion)
	require.Equal(t, "template", undone.Entry.Subject.Kind)
	again, err := h.Undo(ctx, asking(ben), h.team, undone.Entry.Seq)
	require.NoError(t, err)
	replay.Check(t, h.db)
	require.Equal(t, after, h.tasksOf(r.ID))

	// Undone once more and moved anew, the steps that it made make room.
	_, err = h.Undo(ctx, asking(ben), h.team, again.Entry.Seq)
	require.NoError(t, err)
	v = h.moves(t, template, in)
	_, err = h.MoveRuns(ctx, ben, template.ID, choose(v, r.ID))
	require.NoError(t, err)
	h.refused(h.RecallTask(ctx, ben, badge.Task.ID), fault.StepTaken)
	replay.Check(t, h.db)
}

func texts(items []models.Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Text)
	}
	return all
}

// tasksOf is all that there is to know of the tasks of a run that are not deleted,
// but for places and marks of time.
func (h *house) tasksOf(run string) map[string]string {
	h.t.Helper()
	all := map[string]string{}
	var tasks []models.Task
	require.NoError(h.t, h.db.Find(&tasks, "run_id = ? AND deleted_at IS NULL", run).Error)
	for _, t := range tasks {
		var rest []string
		for _, query := range []string{
			"SELECT user_id FROM task_owners WHERE task_id = ? ORDER BY user_id",
			"SELECT l.name FROM task_labels w JOIN labels l ON l.id = w.label_id WHERE w.task_id = ? ORDER BY l.name",
			"SELECT text || ' ' || CASE WHEN required THEN 'required' ELSE '' END FROM checklist_items WHERE task_id = ? ORDER BY position, id",
			"SELECT p.step || ' ' || d.lag_amount || d.lag_unit || d.on_cancel || d.satisfied_at FROM dependencies d JOIN tasks p ON p.id = d.prerequisite_id WHERE d.dependent_id = ? ORDER BY p.step",
			"SELECT user_id FROM approvers WHERE task_id = ? ORDER BY user_id",
		} {
			var rows []string
			require.NoError(h.t, h.db.Raw(query, t.ID).Scan(&rows).Error)
			rest = append(rest, strings.Join(rows, ", "))
		}
		all[t.Step] = fmt.Sprint(t.Title, t.Description, t.State, t.Due, t.Estimate, t.Priority, t.Join, t.NeedsFile, t.Approval, t.Wanted, t.Skipped, rest)
	}
	return all
}

func TestWhatPeopleHaveChangedOfAStepByHandStaysWhenItsRunMoves(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, hiringFirst)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID, Answers: map[string]string{"person": "Ada"}, Cast: map[string]string{"hr": "ana", "it": "ben"}})
	laptop, desk, welcome := h.step(t, r.ID, "laptop"), h.step(t, r.ID, "desk"), h.step(t, r.ID, "welcome")
	title := "A Mac for Ada"
	h.edit(laptop.Task.ID, models.TaskInput{Title: &title})
	require.NoError(t, h.TickItem(ctx, ben, laptop.Task.ID, laptop.Items[1].ID))
	require.NoError(t, h.Unrequire(ctx, ben, laptop.Task.ID, welcome.Task.ID))
	h.require(laptop.Task.ID, desk.Task.ID, models.DependencyInput{})
	h.republish(t, template, hiringSecond)

	v := h.moves(t, template, models.MovesInput{})
	in := choose(v, r.ID)
	in.Runs[r.ID].Answers["floor"] = "2"
	_, err := h.MoveRuns(ctx, ben, template.ID, in)
	require.NoError(t, err)
	laptop = h.step(t, r.ID, "laptop")
	require.Equal(t, title, laptop.Task.Title)
	require.Equal(t, 60, laptop.Task.Estimate, "nobody had changed that")
	require.Equal(t, []string{"Order it", "Set it up", "Hand it over"}, texts(laptop.Items), "what is ticked stays")
	for _, w := range h.step(t, r.ID, "welcome").WaitsFor {
		require.NotEqual(t, laptop.Task.ID, w.ID, "somebody has taken that apart")
	}
	replay.Check(t, h.db)
}

func TestAMoveIsRefusedWithItsReasonWhenTheWorldHasMovedOn(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, hiringFirst)
	in := models.RunInput{Board: h.board().ID, Answers: map[string]string{"person": "Ada"}}
	one, two, three := h.launch(t, template, in), h.launch(t, template, in), h.launch(t, template, in)
	h.republish(t, template, hiringSecond)
	v := h.moves(t, template, models.MovesInput{})
	all := choose(v, one.ID, two.ID, three.ID)
	for id := range all.Runs {
		all.Runs[id].Answers["floor"] = "1"
	}
	h.finish(t, two.ID, "contract")
	require.NoError(t, h.CancelRun(ctx, ben, three.ID, "", models.CancelTasks))
	_, err := h.MoveRuns(ctx, ben, template.ID, all)
	f := h.refused(err, fault.RunOver)
	require.Equal(t, models.MoveField(three.ID, ""), f.Field)
	delete(all.Runs, three.ID)
	_, err = h.MoveRuns(ctx, ben, template.ID, all)
	require.Equal(t, fault.Stale, h.refused(err, fault.RunChanged).Kind)
	require.Equal(t, models.MoveField(two.ID, ""), fault.From(err).Field)
	require.EqualValues(t, 1, h.run(t, one.ID).Run.TemplateVersion, "all or none")

	_, err = h.MoveRuns(ctx, ben, template.ID, models.MovesInput{Version: 2})
	h.refused(err, fault.ChooseRuns)
	all.Version = 1
	_, err = h.MoveRuns(ctx, ben, template.ID, all)
	h.refused(err, fault.OtherVersion)
	all.Version = 2
	other := h.launch(t, h.template(t, hiringFirst), in)
	_, err = h.MoveRuns(ctx, ben, template.ID, models.MovesInput{Version: 2, Runs: map[string]models.MoveSaid{other.ID: {}}})
	h.refused(err, fault.NotFound)
	delete(all.Runs, two.ID)
	seq, err := h.MoveRuns(ctx, asking(ben), template.ID, all)
	require.NoError(t, err)
	all.Runs[one.ID] = models.MoveSaid{}
	_, err = h.MoveRuns(ctx, ben, template.ID, all)
	h.refused(err, fault.MovedAlready)

	// Somebody has worked on what the move changed: it is not undone over their heads.
	title := "A Mac"
	h.edit(h.step(t, one.ID, "laptop").Task.ID, models.TaskInput{Title: &title})
	_, err = h.Undo(ctx, ben, h.team, seq)
	require.Equal(t, fault.Stale, h.refused(err, fault.MovedOn).Kind)
	replay.Check(t, h.db)
}

// A cycle can come up only through what people have connected by hand.
func TestAMoveThatWouldCloseACycleIsRefused(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, "name: Two\nsteps: [{id: a, title: A}, {id: b, title: B}]\n")
	r := h.launch(t, template, models.RunInput{Board: h.board().ID})
	h.require(h.step(t, r.ID, "a").Task.ID, h.step(t, r.ID, "b").Task.ID, models.DependencyInput{})
	h.republish(t, template, "name: Two\nsteps: [{id: a, title: A, needs: [b]}, {id: b, title: B}]\n")
	_, err := h.MoveRuns(ctx, ben, template.ID, choose(h.moves(t, template, models.MovesInput{}), r.ID))
	f := h.refused(err, fault.Cycle)
	require.Equal(t, models.MoveField(r.ID, ""), f.Field)
	require.NotEmpty(t, f.Refs)
	replay.Check(t, h.db)
}

// Whatever two versions say and however far a run is, moved it has the tasks and the
// dependencies that it should have, comes to its end, and undone it is as it was.
func TestAMovedRunIsWhatItsVersionSaysAndUndoneWhatItWas(t *testing.T) {
	h, n := newHouse(t), 0
	ctx, template := h.t.Context(), h.template(t, hiringFirst)
	text := func(t *rapid.T) string {
		n++
		return fmt.Sprintf("# %d\n", n) + drawTemplate(t) // no two are the same
	}
	rapid.Check(t, func(t *rapid.T) {
		h.now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		h.republish(t, template, text(t))
		r := h.launch(t, template, models.RunInput{Board: h.board().ID, Answers: map[string]string{"a": rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "a")}})
		h.play(t, r.ID, rapid.IntRange(0, 5).Draw(t, "so far"))
		h.republish(t, template, text(t))
		v, err := h.PlanMoves(ctx, ben, template.ID, r.ID, models.MovesInput{})
		require.NoError(t, err)
		if len(v.Moves) == 0 {
			return // it is over
		}
		m, before := v.Moves[0], h.tasksOf(r.ID)
		seq, err := h.MoveRuns(ctx, asking(ben), template.ID, choose(v, r.ID))
		require.NoError(t, err)
		replay.Check(t, h.db)
		h.isAs(t, r.ID, m)

		after := h.tasksOf(r.ID)
		undone, err := h.Undo(ctx, asking(ben), h.team, seq)
		require.NoError(t, err)
		require.Equal(t, before, h.tasksOf(r.ID))
		replay.Check(t, h.db)
		_, err = h.Undo(ctx, asking(ben), h.team, undone.Entry.Seq)
		require.NoError(t, err)
		require.Equal(t, after, h.tasksOf(r.ID))
		replay.Check(t, h.db)

		h.play(t, r.ID, 40)
		for _, s := range h.run(t, r.ID).Steps {
			require.False(t, s.Open(), "%s is left open", s.ID)
		}
	})
}

// play finishes steps whose turn it is, at most so many.
func (h *house) play(t *rapid.T, run string, most int) {
	for range most {
		var ready []string
		for _, s := range h.run(t, run).Steps {
			if s.Turn() {
				ready = append(ready, s.ID)
			}
		}
		if len(ready) == 0 {
			return
		}
		h.finish(t, run, rapid.SampledFrom(ready).Draw(t, "step"), "ok", rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "ok"))
	}
}

// isAs holds a run to what a migration says of it.
func (h *house) isAs(t require.TestingT, run string, m models.RunMove) {
	v := h.run(t, run)
	steps := map[string]models.RunStep{}
	for _, s := range v.Steps {
		if s.There() {
			steps[s.ID] = s
		}
	}
	for _, s := range m.Steps {
		is, there := steps[s.ID]
		require.True(t, there, s.ID)
		var needs, want []string
		require.NoError(t, h.db.Raw("SELECT p.step FROM dependencies d JOIN tasks p ON p.id = d.prerequisite_id WHERE d.dependent_id = ? ORDER BY p.step", is.Task.ID).Scan(&needs).Error)
		for _, n := range s.Needs {
			want = append(want, n.Step)
		}
		slices.Sort(want)
		require.Equal(t, want, needs, s.ID)
		if is.Task.State.Open() {
			require.Equal(t, s.Title, is.Task.Title)
			require.Equal(t, s.Join, is.Task.Join)
		}
	}
	for _, id := range m.Removed {
		require.Equal(t, flow.Cancelled, steps[id].Task.State)
	}
	require.Len(t, steps, len(m.Steps)+len(m.Removed))
	for _, s := range steps {
		if s.Task.Skipped && s.Task.Wanted != models.WantedDropped && !s.Former {
			require.Equal(t, playbook.Falls, s.Standing, "%s is skipped for its condition", s.ID)
		}
	}
}
