package models_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func TestATaskTemplateMakesTasksLikeTheOneItWasSavedOf(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	client := h.field(b, "Client", custom.Text, models.FieldInput{})
	size := h.field(b, "Size", custom.Choice, models.FieldInput{}, "small", "large")
	task := h.add(b, "Write the report")[0].ID
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Finance", Colour: models.Colours[0], Icon: models.LabelIcons[0]}))
	text, owners, due, high, estimate := "To the board", []string{"ben"}, models.Date("2026-03-02"), models.High, 90
	require.NoError(t, h.EditTask(ctx, ana, task, h.task(task).Task.Version, models.TaskInput{Description: &text, Owners: &owners, Due: &due, Priority: &high, Estimate: &estimate,
		Labels: &[]string{h.task(task).BoardLabels[0].ID}, Fields: map[string]string{client.ID: "ACME", size.ID: size.Options[1].ID}}))
	require.NoError(t, h.AddItems(ctx, ana, task, []string{"! Gather"}, true))
	require.NoError(t, h.AddItems(ctx, ana, task, []string{"Check"}, false))
	require.NoError(t, h.TickItem(ctx, ben, task, h.task(task).Items[0].ID))
	require.NoError(t, h.AskApproval(ctx, ana, task, h.task(task).Task.Version, models.ApprovalInput{Approvers: []string{"ana"}, Mode: models.AnyApprover, Note: "Figures"}))

	h.refused(h.SavePattern(ctx, ben, task, "Report"), fault.NotAllowed)
	h.refused(h.SavePattern(ctx, eve, task, "Report"), fault.NotFound)
	require.NoError(t, h.SavePattern(ctx, ana, task, " Monthly  report "))
	h.refused(h.SavePattern(ctx, ana, task, "monthly REPORT"), fault.PatternTaken)
	h.refused(h.SavePattern(ctx, ana, task, ""), fault.Needed)
	h.refused(h.SavePattern(ctx, ana, task, strings.Repeat("x", models.MaxPatternName+1)), fault.TooLong)
	require.NoError(t, h.DeleteTask(ctx, ana, task, h.task(task).Task.Version), "it does not need what it was saved of")

	v, err := h.Patterns(ctx, vic, b.ID)
	require.NoError(t, err)
	require.Len(t, v.Patterns, 1)
	report := v.Patterns[0].ID
	require.NoError(t, h.RenamePattern(ctx, ana, b.ID, report, "Report"))
	_, err = h.AddFromPattern(ctx, vic, b.ID, report)
	h.refused(err, fault.NotAllowed)
	h.now = h.now.Add(time.Minute)
	id, err := h.AddFromPattern(ctx, asking(ben), b.ID, report)
	added := h.did(err)
	made := h.task(id)
	require.Equal(t, flow.Ready, made.Task.State)
	require.Equal(t, []any{"Write the report", text, high, estimate, models.Date("")}, []any{made.Task.Title, made.Task.Description, made.Task.Priority, made.Task.Estimate, made.Task.Due})
	require.Equal(t, "ben", made.Owners[0].ID)
	require.Equal(t, "Finance", made.Labels[0].Name)
	require.Equal(t, []string{"! Gather", "Check"}, []string{made.Items[0].Text, made.Items[1].Text})
	require.Equal(t, []bool{true, false}, []bool{made.Items[0].Required, made.Items[1].Required})
	require.Nil(t, made.Items[0].TickedAt)
	require.Equal(t, []string{"ACME", "large"}, []string{made.Fields[0].Value, made.Fields[1].Text})
	require.Equal(t, models.ApprovalPending, made.Task.Approval)

	h.undo(added)
	_, err = h.Task(ctx, ana, id)
	require.Error(t, err, "undone, it is in the bin")
	require.NoError(t, h.RemovePattern(ctx, ana, b.ID, report))
	_, err = h.AddFromPattern(ctx, ben, b.ID, report)
	h.refused(err, fault.NotFound)
	replay.Check(t, h.db)
}

func TestATaskTemplateLeavesOutWhatHasGone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Rota")[0].ID
	owners := []string{"ben"}
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Finance", Colour: models.Colours[0], Icon: models.LabelIcons[0]}))
	label := h.task(task).BoardLabels[0].ID
	require.NoError(t, h.EditTask(ctx, ana, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners, Labels: &[]string{label}}))
	require.NoError(t, h.SavePattern(ctx, ana, task, "Rota"))
	require.NoError(t, h.RemoveLabel(ctx, ana, b.ID, label))
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("DELETE FROM memberships WHERE user_id = 'ben'").Error)
	v, err := h.Patterns(ctx, ana, b.ID)
	require.NoError(t, err)
	id, err := h.AddFromPattern(ctx, ana, b.ID, v.Patterns[0].ID)
	require.NoError(t, err)
	require.Empty(t, h.task(id).Owners)
	require.Empty(t, h.task(id).Labels)
}
