package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func TestUndoingWhatHeldATaskMakesItItsOwnersTurnAgain(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	tasks := h.add(h.board(), "Sign the contract", "Create accounts")
	sign, create := tasks[0].ID, tasks[1].ID
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, create, h.task(create).Task.Version, models.TaskInput{Owners: &owners}))
	require.NoError(t, h.MarkAllNoticesRead(ctx, ben))
	h.now = h.now.Add(time.Second)
	required := h.did(h.Require(ctx, asking(ana), sign, create, models.DependencyInput{}))
	require.Equal(t, flow.Waiting, h.task(create).Task.State)
	h.undo(required)
	require.Equal(t, flow.Ready, h.task(create).Task.State)
	require.Contains(t, h.told("ben"), string(models.YourTurn))
	replay.Check(t, h.db)
}
