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

// report is a task of a board with all that a template keeps, by Ana: whom it is
// saved for owns it, and she approves it.
func (h *house) report(b models.Board) string {
	h.t.Helper()
	ctx := h.t.Context()
	client := h.field(b, "Client", custom.Text, models.FieldInput{})
	size := h.field(b, "Size", custom.Choice, models.FieldInput{}, "small", "large")
	task := h.add(b, "Write the report")[0].ID
	require.NoError(h.t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Finance", Colour: models.Colours[0], Icon: models.LabelIcons[0]}))
	text, owners, due, high, estimate := "To the board", []string{"ben"}, models.Date("2026-03-02"), models.High, 90
	require.NoError(h.t, h.EditTask(ctx, ana, task, h.task(task).Task.Version, models.TaskInput{Description: &text, Owners: &owners, Due: &due, Priority: &high, Estimate: &estimate,
		Labels: &[]string{h.task(task).BoardLabels[0].ID}, Fields: map[string]string{client.ID: "ACME", size.ID: size.Options[1].ID}}))
	require.NoError(h.t, h.AddItems(ctx, ana, task, []string{"! Gather"}, true))
	require.NoError(h.t, h.AddItems(ctx, ana, task, []string{"Check"}, false))
	require.NoError(h.t, h.TickItem(ctx, ben, task, h.task(task).Items[0].ID))
	require.NoError(h.t, h.AskApproval(ctx, ana, task, h.task(task).Task.Version, models.ApprovalInput{Approvers: []string{"ana"}, Mode: models.AnyApprover, Note: "Figures"}))
	return task
}

// onlyPattern is the only template of a board.
func (h *house) onlyPattern(b models.Board) models.PatternView {
	h.t.Helper()
	v, err := h.Patterns(h.t.Context(), vic, b.ID)
	require.NoError(h.t, err)
	require.Len(h.t, v.Patterns, 1)
	return v.Patterns[0]
}

func TestATaskTemplateMakesTasksLikeTheOneItWasSavedOf(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.report(b)
	named := func(name string) models.PatternSave { return models.PatternSave{Name: name} }

	h.refused(h.SavePattern(ctx, ben, task, named("Report")), fault.NotAllowed)
	h.refused(h.SavePattern(ctx, eve, task, named("Report")), fault.NotFound)
	soon, never := 3, models.MaxDueIn+1
	require.NoError(t, h.SavePattern(ctx, ana, task, models.PatternSave{Name: " Monthly  report ", DueIn: &soon}))
	h.refused(h.SavePattern(ctx, ana, task, named("monthly REPORT")), fault.PatternTaken)
	h.refused(h.SavePattern(ctx, ana, task, named("")), fault.Needed)
	h.refused(h.SavePattern(ctx, ana, task, named(strings.Repeat("x", models.MaxPatternName+1))), fault.TooLong)
	h.refused(h.SavePattern(ctx, ana, task, models.PatternSave{Name: "Other", DueIn: &never}), fault.OutOfRange)
	require.NoError(t, h.DeleteTask(ctx, ana, task, h.task(task).Task.Version), "it does not need what it was saved of")

	report := h.onlyPattern(b)
	require.Equal(t, []any{"Monthly report", "ben", "Finance", "ACME", "large", "ana"},
		[]any{report.Name, report.OwnedBy[0].ID, report.Worn[0].Name, report.Fields[0].Value, report.Fields[1].Text, report.AskedOf[0].ID})
	_, err := h.AddFromPattern(ctx, vic, b.ID, report.ID, "")
	h.refused(err, fault.NotAllowed)
	h.now = h.now.Add(time.Minute)
	id, err := h.AddFromPattern(ctx, asking(ben), b.ID, report.ID, "")
	added := h.did(err)
	made := h.task(id)
	require.Equal(t, flow.Ready, made.Task.State)
	require.Equal(t, models.Date(h.now.AddDate(0, 0, 3).Format(time.DateOnly)), made.Task.Due)
	require.Equal(t, []any{"Write the report", "To the board", models.High, 90}, []any{made.Task.Title, made.Task.Description, made.Task.Priority, made.Task.Estimate})
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
	require.NoError(t, h.RemovePattern(ctx, ana, b.ID, report.ID))
	_, err = h.AddFromPattern(ctx, ben, b.ID, report.ID, "")
	h.refused(err, fault.NotFound)
	replay.Check(t, h.db)
}

func TestATaskMadeFromATemplateStandsInTheColumnItWasAskedFor(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	require.NoError(t, h.SavePattern(ctx, ana, h.report(b), models.PatternSave{Name: "Report"}))
	report := h.onlyPattern(b).ID
	for _, c := range []struct{ asked, stands flow.State }{
		{flow.Waiting, flow.Ready}, {flow.Ready, flow.Ready}, {flow.InProgress, flow.InProgress}, {flow.InReview, flow.InReview},
	} {
		id, err := h.AddFromPattern(ctx, ben, b.ID, report, h.column(b, c.asked))
		require.NoError(t, err)
		made := h.task(id)
		require.Equal(t, []any{c.stands, h.column(b, c.stands), models.ApprovalPending, 2}, []any{made.Task.State, made.Task.ColumnID, made.Task.Approval, len(made.Items)})
	}
	_, err := h.AddFromPattern(ctx, ben, b.ID, report, h.column(b, flow.Done))
	h.refused(err, fault.NotAChoice) // nothing is done before it is begun
	_, err = h.AddFromPattern(ctx, ben, b.ID, report, h.column(other, flow.Ready))
	h.refused(err, fault.NotAChoice)
	_, err = h.AddFromPattern(ctx, ben, other.ID, report, "")
	h.refused(err, fault.NotFound)
	require.NoError(t, h.EditColumn(ctx, ana, h.column(b, flow.InProgress), 1<<40, models.ColumnInput{Name: "Doing", State: flow.InProgress, WIPLimit: 1, WIPHard: true}))
	_, err = h.AddFromPattern(ctx, ben, b.ID, report, h.column(b, flow.InProgress))
	h.refused(err, fault.ColumnFull)
	replay.Check(t, h.db)
}

func TestATaskTemplateIsEditedAndReplaced(t *testing.T) {
	h, ctx := signing(t), t.Context()
	b := h.board()
	task := h.report(b)
	require.NoError(t, h.SavePattern(ctx, ana, task, models.PatternSave{Name: "Report"}))
	require.NoError(t, h.SavePattern(ctx, ana, h.add(b, "Bill")[0].ID, models.PatternSave{Name: "Bill"}))
	v, err := h.Patterns(ctx, ana, b.ID)
	require.NoError(t, err)
	report := v.Patterns[1]

	soon := 0
	in := models.PatternInput{Name: "Monthly report", Title: "Report of the month", DueIn: &soon, Owners: []string{"vic", "ana", "ana"}, Items: []models.Item{{Text: " Gather  figures ", Required: true}, {}, {Text: "Check"}}}
	require.NoError(t, h.EditPattern(ctx, ana, b.ID, report.ID, in))
	v, err = h.Patterns(ctx, ana, b.ID)
	require.NoError(t, err)
	is := v.Patterns[1]
	require.Equal(t, []any{"Monthly report", "Report of the month", "", "ana vic", "", "! Gather figures\n- Check", 0}, []any{is.Name, is.Title, is.Description, is.Owners, is.Labels, is.Items, *is.DueIn})
	require.Equal(t, []any{report.Held, report.Asks}, []any{is.Held, is.Asks}, "these come from a task")
	require.Equal(t, "ana, vic", h.said(b, models.PatternEdited, "owners"), "the log names people")

	for field, wrong := range map[string]models.PatternInput{
		"name": {Name: "BILL", Title: "x"}, "title": {Name: "x"}, "owners": {Name: "x", Title: "x", Owners: []string{"eve"}}, "labels": {Name: "x", Title: "x", Labels: []string{"none"}},
		"estimate": {Name: "x", Title: "x", Estimate: -1}, "items": {Name: "x", Title: "x", Items: []models.Item{{Text: strings.Repeat("x", 201)}}},
	} {
		f := fault.From(h.EditPattern(ctx, ana, b.ID, report.ID, wrong))
		require.NotNil(t, f, field)
		require.NotNil(t, f.For(field), field)
	}
	h.refused(h.EditPattern(ctx, ben, b.ID, report.ID, in), fault.NotAllowed)

	require.NoError(t, h.SavePattern(ctx, ana, task, models.PatternSave{Name: "monthly report", Over: true}), "in its place")
	v, err = h.Patterns(ctx, ana, b.ID)
	require.NoError(t, err)
	require.Len(t, v.Patterns, 2)
	is = v.Patterns[1]
	require.Equal(t, []any{report.ID, "monthly report", "Write the report", "ben", 1}, []any{is.ID, is.Name, is.Title, is.Owners, len(is.Worn)})
	require.Equal(t, "Finance", h.said(b, models.PatternEdited, "labels"))
	replay.Check(t, h.db)
}

// said is how the last entry of an action names what it changed a field to.
func (h *house) said(b models.Board, action models.Action, field string) (text string) {
	h.t.Helper()
	for _, e := range h.exported(h.t) {
		if e.Action != string(action) || e.Board.ID != b.ID {
			continue
		}
		for _, c := range e.Changes {
			if c.Field == field {
				text = c.ToText
			}
		}
	}
	return text
}

func TestATaskTemplateLeavesOutWhatHasGone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.report(b)
	owner := h.field(b, "Reader", custom.Person, models.FieldInput{})
	require.NoError(t, h.fill(ana, task, owner.ID, "ben"))
	require.NoError(t, h.SavePattern(ctx, ana, task, models.PatternSave{Name: "Report"}))
	was := h.onlyPattern(b)
	require.Len(t, was.Fields, 3)
	require.NoError(t, h.RemoveLabel(ctx, ana, b.ID, was.Worn[0].ID))
	require.NoError(t, h.RemoveField(ctx, ana, b.ID, was.Fields[0].ID))
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("DELETE FROM memberships WHERE user_id = 'ben'").Error)
	is := h.onlyPattern(b)
	require.Equal(t, []int{0, 0, 1}, []int{len(is.OwnedBy), len(is.Worn), len(is.Fields)})
	id, err := h.AddFromPattern(ctx, ana, b.ID, is.ID, "")
	require.NoError(t, err)
	made := h.task(id)
	require.Empty(t, made.Owners)
	require.Empty(t, made.Labels)
	require.Equal(t, []string{"large", ""}, []string{made.Fields[0].Text, made.Fields[1].Text})
	require.NoError(t, h.SavePattern(ctx, ana, id, models.PatternSave{Name: "report", Over: true}))
	require.NoError(t, h.EditPattern(ctx, ana, b.ID, is.ID, models.PatternInput{Name: "Report", Title: "Nothing"}))
	replay.Check(t, h.db)
}
