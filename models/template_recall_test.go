package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/tests/replay"
)

var inEnglish = models.RecallWords{Lang: "en", Evidence: "A file"}

// draftOf is the definition that a template's draft says.
func (h *house) draftOf(id string) playbook.Definition {
	h.t.Helper()
	v, err := h.Template(h.t.Context(), ana, id)
	require.NoError(h.t, err)
	require.False(h.t, playbook.Broken(v.Findings), "it can be published as it is")
	require.Zero(h.t, v.Template.Published)
	return v.Definition
}

func TestABoardIsSavedAsATemplateThatSaysWhatItCouldNotKeep(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	tasks := h.add(b, "Rent the van", "Pack", "Drive", "Forget it")
	outside := h.add(other, "Get paid")[0]
	owners, due := []string{"ana", "ben"}, models.Date("2026-03-04")
	h.edit(tasks[0].ID, models.TaskInput{Owners: &owners, Due: &due})
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Heavy", Colour: models.Colours[0], Icon: models.LabelIcons[0]}))
	var label string
	require.NoError(t, h.db.Raw("SELECT id FROM labels WHERE board_id = ?", b.ID).Row().Scan(&label))
	worn := []string{label}
	h.edit(tasks[1].ID, models.TaskInput{Labels: &worn})
	require.NoError(t, h.AddItems(ctx, ben, tasks[1].ID, []string{"Books", "Plates"}, true))
	h.require(tasks[0].ID, tasks[2].ID, models.DependencyInput{})
	h.require(tasks[1].ID, tasks[2].ID, models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.WorkingDays}})
	h.require(outside.ID, tasks[2].ID, models.DependencyInput{})
	require.NoError(t, h.ask(ben, tasks[0].ID, models.ApprovalInput{Approvers: []string{"ana"}, Mode: models.AnyApprover}))
	require.NoError(t, h.CancelTask(ctx, ben, tasks[3].ID, 1<<40, ""))

	made, err := h.SaveBoard(ctx, ana, b.ID, inEnglish)
	require.NoError(t, err)
	require.Equal(t, []models.Lost{{models.LostTasks, 1}, {models.LostOutside, 1}, {models.LostOwners, 1}, {models.LostApprovals, 1}}, made.Lost)
	d := h.draftOf(made.Template.ID)
	require.Equal(t, b.Name, d.Name)
	require.Equal(t, []string{"rent_the_van", "pack", "drive"}, []string{d.Steps[0].ID, d.Steps[1].ID, d.Steps[2].ID})
	require.Equal(t, "2 working days after start", d.Steps[0].Due.String())
	require.Equal(t, "ana@example.org", d.Roles[0].Person)
	require.Equal(t, []string{"Heavy"}, d.Steps[1].Labels)
	require.Equal(t, []playbook.Item{{Text: "Books", Required: true}, {Text: "Plates", Required: true}}, d.Steps[1].Checklist)
	require.Equal(t, flow.Lag{Amount: 2, Unit: flow.WorkingDays}, d.Steps[2].Needs[1].Lag)
	require.Len(t, d.Steps[2].Needs, 2)
	replay.Check(t, h.db)

	empty, err := h.CreateBoard(ctx, ana, h.team, models.BoardInput{Name: "Empty"})
	require.NoError(t, err)
	_, err = h.SaveBoard(ctx, ana, empty.ID, inEnglish)
	h.refused(err, fault.NothingToSave)
}

func TestARunIsSavedAsItReallyWentAndTheNextOneGoesLikeIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, `
name: Order
inputs: [{id: customer, label: Customer, required: true}]
roles: [{id: doer, name: Doer, who: ask}]
steps:
  - {id: check, title: "Check the order of {{customer}}", role: doer, fields: [{id: stock, label: Stock, type: yes/no}]}
  - {id: buy, title: Buy it, role: doer, needs: [check], when: not check.stock}
  - {id: pack, title: Pack, role: doer, needs: [check, buy], due: 3 days after start}
  - {id: call, title: Call, role: doer}
`)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID, Answers: map[string]string{"customer": "Ada"}, Cast: map[string]string{"doer": "ben"}})
	h.finish(t, r.ID, "check", "stock", "yes")
	require.NoError(t, h.DropStep(ctx, ben, h.step(t, r.ID, "call").Task.ID, ""))
	h.now = h.now.Add(40 * time.Hour)
	made, err := h.SaveRun(ctx, ana, r.ID, inEnglish)
	require.NoError(t, err)
	d := h.draftOf(made.Template.ID)
	require.Len(t, d.Steps, 2, "what was skipped and what was left out did not happen")
	require.Equal(t, "Check the order of Ada", d.Steps[0].Title)
	require.Equal(t, "3 working days after start", d.Steps[1].Due.String())
	require.Equal(t, []models.Lost{{models.LostTasks, 2}, {models.LostOutside, 1}, {models.LostFields, 1}, {models.LostConditions, 1}}, made.Lost)
	require.NoError(t, h.PublishTemplate(ctx, ana, made.Template.ID, 1<<40))
	again := h.launch(t, made.Template, models.RunInput{Board: h.board().ID})
	require.Equal(t, "ben", h.run(t, again.ID).Steps[0].Owners[0].ID)
	require.Equal(t, flow.Waiting, h.run(t, again.ID).Steps[1].Task.State)
	replay.Check(t, h.db)
}
