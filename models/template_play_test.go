package models_test

import (
	"cmp"
	"fmt"
	"slices"
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

// drawWorkflow draws a workflow whose ways part by answers, come together by all or by
// any, and wait for time, for review and for approval.
func drawWorkflow(t *rapid.T) playbook.Definition {
	d := playbook.Definition{
		Name:   "Drawn",
		Inputs: []playbook.Field{{ID: "big", Label: "Big", Type: playbook.YesNo}, {ID: "amount", Label: "Amount", Type: playbook.Number}},
		Roles:  []playbook.Role{{ID: "ra", Name: "A", Who: playbook.Asked}, {ID: "rb", Name: "B", Who: playbook.Asked}, {ID: "boss", Name: "Boss", Who: playbook.Asked}},
	}
	for i := range rapid.IntRange(2, 9).Draw(t, "steps") {
		s := playbook.Step{ID: fmt.Sprintf("s%d", i), Title: fmt.Sprintf("Step %d", i), Role: rapid.SampledFrom([]string{"ra", "rb"}).Draw(t, "role"), Join: rapid.SampledFrom([]flow.Join{flow.All, flow.Any}).Draw(t, "join")}
		if rapid.Bool().Draw(t, "asks") {
			s.Fields = []playbook.Field{{ID: "ok", Label: "OK", Type: playbook.YesNo, Required: rapid.Bool().Draw(t, "required")}}
		}
		if rapid.IntRange(0, 5).Draw(t, "approval") == 0 {
			s.Approval = playbook.Approval{By: []string{"boss"}, Join: flow.Any}
		}
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "needs") > 0 {
				continue
			}
			n := playbook.Requires(fmt.Sprintf("s%d", j))
			n.OnCancel = rapid.SampledFrom([]flow.OnCancel{flow.Skip, flow.Hold}).Draw(t, "on cancel")
			n.At = rapid.SampledFrom([]flow.State{flow.Done, flow.Done, flow.InReview}).Draw(t, "at")
			if rapid.IntRange(0, 3).Draw(t, "lag?") == 0 {
				n.Lag = flow.Lag{Amount: rapid.IntRange(1, 3).Draw(t, "lag"), Unit: rapid.SampledFrom([]flow.Unit{flow.Hours, flow.Days, flow.WorkingDays}).Draw(t, "unit")}
			}
			s.Needs = append(s.Needs, n)
		}
		conditions := []string{"", "big", "not big", "amount > 5"}
		for j := range i {
			conditions = append(conditions, fmt.Sprintf("s%d.done", j), fmt.Sprintf("not s%d.done", j))
			if len(d.Steps[j].Fields) > 0 {
				conditions = append(conditions, fmt.Sprintf("s%d.ok", j), fmt.Sprintf("not s%d.ok or big", j))
			}
		}
		s.When = rapid.SampledFrom(conditions).Draw(t, "when")
		d.Steps = append(d.Steps, s)
	}
	return d
}

// told is who was told what of which step, of what was recorded after an entry.
func (h *house) heard(t require.TestingT, steps map[string]string, after int64) []playbook.Told {
	why := map[string]playbook.Why{string(models.YourTurn): playbook.ItsTurn, string(models.ApprovalWanted): playbook.ToApprove,
		string(models.WasClosed): playbook.ItsSkipped, string(models.AtRisk): playbook.ItsAtRisk}
	var rows []struct{ UserID, TaskID, Kind string }
	require.NoError(t, h.db.Raw("SELECT user_id, task_id, kind FROM notices WHERE team_id = ? AND seq > ?", h.team, after).Scan(&rows).Error)
	var all []playbook.Told
	for _, r := range rows {
		all = append(all, playbook.Told{Person: r.UserID, Step: steps[r.TaskID], Why: why[r.Kind]})
	}
	return sortedTold(all)
}

func sortedTold(all []playbook.Told) []playbook.Told {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b playbook.Told) int {
		return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Why, b.Why))
	})
	return all
}

// Whatever is drawn and whatever is chosen on the way, stepping through a template and
// carrying a run of it out leave every step in the same state, and tell the same people.
func TestSteppingThroughATemplateIsWhatARunOfItDoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHouse(t)
		b, t := h.board(), r
		d := drawWorkflow(t)
		if playbook.Broken(playbook.Check(d)) {
			t.Skip("it cannot be published")
		}
		template := h.template(t, string(playbook.Print(d)))
		in := models.RunInput{Board: b.ID, Cast: map[string]string{"ra": "ben", "rb": "ana", "boss": "ana"},
			Answers: map[string]string{"big": rapid.SampledFrom([]string{"yes", "no", ""}).Draw(t, "big"), "amount": rapid.SampledFrom([]string{"", "3", "7"}).Draw(t, "amount")}}
		s := &stepping{house: h, t: t, d: d, in: in, template: template.ID, board: b}
		s.start()
		t.Repeat(map[string]func(*rapid.T){
			"move": func(t *rapid.T) { s.t = t; s.move() },
			"":     func(t *rapid.T) { s.t = t; s.agree() },
		})
		replay.Check(t, h.db)
	})
}

// stepping is a play and a run, side by side.
type stepping struct {
	*house
	t        *rapid.T
	d        playbook.Definition
	in       models.RunInput
	template string
	board    models.Board
	run      models.Run
	tasks    map[string]string // step → task
	steps    map[string]string // the other way
	moves    []playbook.Move
	view     models.PlayView
	since    int64
	moved    bool // the last move was not refused
}

func (s *stepping) start() {
	s.since = s.seq()
	s.run = s.launch(s.t, models.Template{ID: s.template}, s.in)
	s.tasks, s.steps = map[string]string{}, map[string]string{}
	for _, step := range s.house.run(s.t, s.run.ID).Steps {
		s.tasks[step.ID], s.steps[step.Task.ID] = step.Task.ID, step.ID
	}
	s.moved = true
	s.play()
	require.Zero(s.t, s.view.Left)
}

// play steps through all that was done so far.
func (s *stepping) play() {
	now := s.now
	s.now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // as when the run was started
	var err error
	s.view, err = s.PlayTemplate(s.house.t.Context(), ben, s.template, 0, s.in, s.moves)
	s.now = now
	require.NoError(s.t, err)
}

func (s *stepping) move() {
	choices := []playbook.Move{{Do: playbook.Awaited}}
	for _, step := range s.d.Steps {
		for _, do := range []playbook.Outcome{playbook.Finished, playbook.Finished, playbook.Dropped, playbook.Shown} {
			m := playbook.Move{Do: do, Step: step.ID}
			if len(step.Fields) > 0 && do == playbook.Finished {
				m.Answers = map[string]string{"ok": rapid.SampledFrom([]string{"yes", "no"}).Draw(s.t, "ok")}
			}
			if state := s.view.Play.Task(step.ID).State; state == flow.Ready || state == flow.InReview && do != playbook.Shown || do == playbook.Dropped {
				choices = append(choices, m)
			}
		}
	}
	m := rapid.SampledFrom(choices).Draw(s.t, "move")
	m = playbook.ParseMove(m.String())
	s.since = s.seq()
	s.moved = s.carryOut(m)
	if !s.moved {
		return
	}
	s.moves = append(s.moves, m)
	s.play()
	require.Zero(s.t, s.view.Left, "the play refuses what the run did: %v", s.moves)
}

// carryOut does in the run what a move says; false if it is refused.
func (s *stepping) carryOut(m playbook.Move) bool {
	ctx := s.house.t.Context()
	if m.Do == playbook.Awaited {
		next, there := s.view.Play.Next()
		if !there {
			return false
		}
		s.now = next
		for i, job := range s.jobs {
			if !s.due[i].After(next) {
				require.NoError(s.t, s.Release(ctx, job))
			}
		}
		return true
	}
	task := s.house.task(s.tasks[m.Step]).Task
	who := ben
	if step, _ := s.d.Step(m.Step); step.Role == "rb" {
		who = ana
	}
	var err error
	switch m.Do {
	case playbook.Finished:
		if task.Approval == models.ApprovalPending {
			if who.ID == "ana" {
				return false // nobody approves their own work
			}
			require.NoError(s.t, s.ApproveTask(ctx, asking(ana), task.ID, task.Version, ""))
			task = s.house.task(task.ID).Task
			s.since = s.seq()
		}
		err = s.CompleteStep(ctx, asking(who), task.ID, task.Version, m.Answers)
	case playbook.Dropped:
		err = s.CancelTask(ctx, asking(who), task.ID, task.Version, "")
	case playbook.Shown:
		err = s.MoveTask(ctx, asking(who), task.ID, task.Version, models.Place{Column: s.column(s.board, flow.InReview)})
	case playbook.Awaited:
	}
	f := fault.From(err)
	if err != nil {
		require.NotNil(s.t, f, "%v", err)
	}
	return err == nil
}

func (s *stepping) agree() {
	for _, step := range s.house.run(s.t, s.run.ID).Steps {
		plays := s.view.Play.Task(step.ID)
		require.Equal(s.t, step.Task.State, plays.State, "%s after %v", step.ID, s.moves)
		require.Equal(s.t, step.Task.Skipped, plays.Skipped, "%s after %v", step.ID, s.moves)
		require.Equal(s.t, step.Task.AtRisk, plays.AtRisk, "%s after %v", step.ID, s.moves)
		require.Equal(s.t, step.Task.Wanted.Unwanted(), plays.Unwanted, "%s after %v", step.ID, s.moves)
	}
	if !s.moved {
		return
	}
	require.Equal(s.t, s.house.heard(s.t, s.steps, s.since), sortedTold(s.view.Turns[len(s.view.Turns)-1].Told), "after %v", s.moves)
}

func TestSteppingThroughOrderProcessingTellsWhoWouldBeTold(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := orders(h)
	in := models.RunInput{Answers: given("payment_method", "on account"), Cast: map[string]string{"sales": "ana", "accounts": "ben"}}
	v, err := h.PlayTemplate(ctx, vic, template.ID, 0, in, nil)
	require.NoError(t, err)
	require.Equal(t, flow.Ready, v.Play.Task("check_order").State)
	require.Equal(t, "Check order 4711", v.Play.Titles()["check_order"])
	require.Contains(t, v.Turns[0].Told, playbook.Told{Person: "ana", Step: "check_order", Why: playbook.ItsTurn})

	v, err = h.PlayTemplate(ctx, vic, template.ID, 0, in, []playbook.Move{{Do: playbook.Finished, Step: "check_order"}, {Do: playbook.Finished, Step: "nowhere"}})
	require.NoError(t, err)
	require.Equal(t, 1, v.Left, "what is not there is left out")
	require.Equal(t, flow.Ready, v.Play.Task("credit_check").State)

	// What is wrong with an answer is said of the last move alone.
	v, err = h.PlayTemplate(ctx, vic, template.ID, 0, in, []playbook.Move{{Do: playbook.Finished, Step: "check_order"}, {Do: playbook.Finished, Step: "credit_check", Answers: map[string]string{"granted": "perhaps"}}})
	h.refused(err, fault.NotAChoice)
	require.Equal(t, flow.Ready, v.Play.Task("credit_check").State)
	var tasks int
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM tasks").Row().Scan(&tasks))
	require.Zero(t, tasks, "no task is made")

	in.Answers["amount"] = "much"
	v, err = h.PlayTemplate(ctx, vic, template.ID, 0, in, nil)
	h.refused(err, fault.NotANumber)
	require.Nil(t, v.Play)
	_, err = h.PlayTemplate(ctx, eve, template.ID, 0, in, nil)
	h.refused(err, fault.NotFound)
}
