package models_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func TestAStepIsAddedInOneRunAloneAndItsFollowersWaitForIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, hiringFirst)
	in := models.RunInput{Board: h.board().ID, Answers: map[string]string{"person": "Ada"}, Cast: map[string]string{"hr": "ana", "it": "ben"}}
	r, other := h.launch(t, template, in), h.launch(t, template, in)
	task := func(id string) string { return h.step(t, r.ID, id).Task.ID }
	h.finish(t, r.ID, "contract")
	before := h.tasksOf(r.ID)
	seq, err := h.AddStep(ctx, asking(ben), r.ID, models.StepInput{Title: "  Ask the union ", Owner: "ana", Due: "2026-03-09",
		After: []string{task("contract")}, Before: []string{task("laptop"), task("welcome")}, Reason: "She works from abroad"})
	require.NoError(t, err)
	replay.Check(t, h.db)
	is := h.step(t, r.ID, "extra-1")
	require.True(t, is.Extra)
	require.Equal(t, "Ask the union", is.Task.Title)
	require.Equal(t, flow.Ready, is.Task.State, "what comes first is done")
	require.Equal(t, "ana", is.Owners[0].ID)
	require.Equal(t, flow.Waiting, h.step(t, r.ID, "laptop").Task.State, "it was ready, and waits again")
	require.Equal(t, flow.Ready, h.step(t, r.ID, "desk").Task.State)
	require.Len(t, h.run(t, other.ID).Steps, 4, "other runs do not get it")
	story, err := h.Log(ctx, ana, h.team, models.LogQuery{Action: "run.deviated"})
	require.NoError(t, err)
	require.Equal(t, "She works from abroad", story.Lines[0].Reason)

	// It goes along to a newer version as it is, and into a template that is saved.
	made, err := h.SaveRun(ctx, ana, r.ID, inEnglish)
	require.NoError(t, err)
	_, there := h.draftOf(made.Template.ID).Step("ask_the_union")
	require.True(t, there)
	h.republish(t, template, strings.Replace(hiringFirst, "title: Welcome", "title: Say hello", 1))
	moved, err := h.MoveRuns(ctx, asking(ben), template.ID, choose(h.moves(t, template, models.MovesInput{}), r.ID))
	require.NoError(t, err)
	require.Equal(t, flow.Ready, h.step(t, r.ID, "extra-1").Task.State)
	require.Equal(t, flow.Waiting, h.step(t, r.ID, "laptop").Task.State, "what somebody connected by hand stays")
	_, err = h.Undo(ctx, asking(ben), h.team, moved)
	require.NoError(t, err)

	undone, err := h.Undo(ctx, asking(ben), h.team, seq)
	require.NoError(t, err)
	require.Equal(t, before, h.tasksOf(r.ID))
	replay.Check(t, h.db)
	_, err = h.Undo(ctx, asking(ben), h.team, undone.Entry.Seq)
	require.NoError(t, err)
	require.Equal(t, flow.Waiting, h.step(t, r.ID, "laptop").Task.State)
	h.finish(t, r.ID, "extra-1")
	require.Equal(t, flow.Ready, h.step(t, r.ID, "laptop").Task.State)
	replay.Check(t, h.db)
}

func TestAStepOfOneRunIsRefusedWithItsReasons(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, hiringFirst)
	b := h.board()
	r := h.launch(t, template, models.RunInput{Board: b.ID, Answers: map[string]string{"person": "Ada"}})
	stranger := h.add(b, "No step")[0]
	_, err := h.AddStep(ctx, ben, r.ID, models.StepInput{Title: " ", Owner: "eve", Due: "tomorrow", After: []string{stranger.ID}})
	f := h.refused(err, fault.Needed)
	require.Equal(t, fault.NotADate, f.For("due").Code)
	require.Equal(t, fault.NotInTeam, f.For("owner").Code)
	require.Equal(t, fault.NotAChoice, f.For("after").Code)
	welcome, contract := h.step(t, r.ID, "welcome").Task.ID, h.step(t, r.ID, "contract").Task.ID
	_, err = h.AddStep(ctx, ben, r.ID, models.StepInput{Title: "In a circle", After: []string{welcome}, Before: []string{contract}})
	h.refused(err, fault.Cycle)
	for range models.MaxExtra {
		_, err = h.AddStep(ctx, ben, r.ID, models.StepInput{Title: "One more"})
		require.NoError(t, err)
	}
	_, err = h.AddStep(ctx, ben, r.ID, models.StepInput{Title: "One too many"})
	h.refused(err, fault.TooManyAtOnce)
	require.NoError(t, h.CancelRun(ctx, ben, r.ID, "", models.CancelTasks))
	_, err = h.AddStep(ctx, ben, r.ID, models.StepInput{Title: "Too late"})
	h.refused(err, fault.RunOver)
	replay.Check(t, h.db)
}
