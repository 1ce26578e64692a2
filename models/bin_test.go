package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func (h *house) delete(task string) {
	h.t.Helper()
	require.NoError(h.t, h.DeleteTask(h.t.Context(), ana, task, h.task(task).Task.Version))
}

func (h *house) state(task string) flow.State {
	h.t.Helper()
	return h.task(task).Task.State
}

func TestADeletedTaskComesBackWithItsPlaceAndItsLinks(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts", "First day", "Lunch")
	sign, accounts, first, lunch := tasks[0].ID, tasks[1].ID, tasks[2].ID, tasks[3].ID
	h.require(sign, accounts, models.DependencyInput{})
	h.require(accounts, first, models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.WorkingDays}, OnCancel: flow.Hold, SatisfiedAt: flow.InReview})
	h.require(accounts, lunch, models.DependencyInput{})
	before := h.task(accounts)

	h.delete(accounts)
	require.Equal(t, flow.Ready, h.state(first))
	bin, err := h.Bin(ctx, vic, b.ID, "")
	require.NoError(t, err)
	require.Len(t, bin.Tasks, 1)
	require.Equal(t, "Ana", bin.Tasks[0].By)
	require.Equal(t, before.Key, bin.Tasks[0].Task.Key)
	require.Equal(t, h.now.Add(models.BinTime), bin.Tasks[0].Until)

	// Meanwhile one of the other ends is deleted too, and another one now comes first.
	h.delete(lunch)
	h.require(first, sign, models.DependencyInput{})
	h.refused(h.RecallTask(ctx, vic, accounts), fault.NotAllowed)
	h.refused(h.RecallTask(ctx, eve, accounts), fault.NotFound)
	require.NoError(t, h.RecallTask(ctx, ben, accounts))
	h.refused(h.RecallTask(ctx, ben, accounts), fault.NotFound)

	after := h.task(accounts)
	require.Equal(t, before.Task.Position, after.Task.Position)
	require.Equal(t, before.Task.ColumnID, after.Task.ColumnID)
	require.Empty(t, after.HoldsUp, "one is gone, the other would close a circle")
	require.Len(t, after.WaitsFor, 1)
	require.Equal(t, flow.Waiting, after.Task.State)
	require.Equal(t, flow.Ready, h.state(first))

	// Lunch comes back after it, with what still is there to wait for.
	require.NoError(t, h.RecallTask(ctx, ben, lunch))
	require.Empty(t, h.task(lunch).WaitsFor, "it had no link when it was deleted")
	replay.Check(t, h.db)
}

func TestALinkComesBackAsItWasAndTheDependentWaitsAgain(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts")
	sign, accounts := tasks[0].ID, tasks[1].ID
	how := models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.WorkingDays}, OnCancel: flow.Hold, SatisfiedAt: flow.InReview}
	h.require(sign, accounts, how)
	before := h.task(accounts).WaitsFor
	h.delete(sign)
	require.Equal(t, flow.Ready, h.state(accounts))
	require.NoError(t, h.RecallTask(ctx, ana, sign))
	require.Equal(t, flow.Waiting, h.state(accounts))
	require.Equal(t, before, h.task(accounts).WaitsFor)
	require.Equal(t, "task.held", h.task(accounts).Why[0].Action)
	require.Equal(t, "task.recalled", h.task(accounts).Why[1].Action)
	replay.Check(t, h.db)
}

func TestATaskWhoseColumnIsGoneComesBackToAnotherOfItsState(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	c, err := h.AddColumn(ctx, ana, b.ID, models.ColumnInput{Name: "Next", State: flow.Ready})
	require.NoError(t, err)
	tasks, err := h.AddTasks(ctx, ana, c.ID, []string{"Sign"})
	require.NoError(t, err)
	h.delete(tasks[0].ID)
	require.NoError(t, h.RemoveColumn(ctx, ana, c.ID, ""))
	require.NoError(t, h.RecallTask(ctx, ana, tasks[0].ID))
	require.Equal(t, h.column(b, flow.Ready), h.task(tasks[0].ID).Task.ColumnID)
	replay.Check(t, h.db)
}

func TestTheBinIsEmptiedAfterThirtyDaysAndTheLogKeepsTheName(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts")
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, tasks[0].ID, h.task(tasks[0].ID).Task.Version, models.TaskInput{Owners: &owners}))
	require.NoError(t, h.AddItems(ctx, ana, tasks[0].ID, []string{"Pen", "Paper"}, false))
	h.delete(tasks[0].ID)
	h.now = h.now.Add(models.BinTime)
	require.NoError(t, h.EmptyBins(ctx))
	bin, err := h.Bin(ctx, ana, b.ID, "")
	require.NoError(t, err)
	require.Len(t, bin.Tasks, 1, "not before its time is over")

	h.now = h.now.Add(time.Second)
	require.NoError(t, h.EmptyBins(ctx))
	require.NoError(t, h.EmptyBins(ctx))
	bin, err = h.Bin(ctx, ana, b.ID, "")
	require.NoError(t, err)
	require.Empty(t, bin.Tasks)
	h.refused(h.RecallTask(ctx, ana, tasks[0].ID), fault.NotFound)
	told, err := h.History(ctx, vic, tasks[0].ID, 0)
	require.NoError(t, err)
	require.True(t, told.Deleted)
	require.Equal(t, "Sign", told.Task.Title)
	require.Equal(t, "task.purged", told.Lines[0].Action)
	_, err = h.History(ctx, eve, tasks[0].ID, 0)
	h.refused(err, fault.NotFound)
	replay.Check(t, h.db)
}

func TestALongBinIsReadPageByPage(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	titles := make([]string, models.Window+3)
	for i := range titles {
		titles[i] = "Task"
	}
	for _, task := range h.add(b, titles...) {
		h.delete(task.ID)
	}
	first, err := h.Bin(ctx, ana, b.ID, "")
	require.NoError(t, err)
	require.Len(t, first.Tasks, models.Window)
	rest, err := h.Bin(ctx, ana, b.ID, first.Below)
	require.NoError(t, err)
	require.Len(t, rest.Tasks, 3)
	require.Empty(t, rest.Below)
}
