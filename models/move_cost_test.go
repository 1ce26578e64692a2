package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/testdb"
)

// What people want to hear of costs a move nothing where there is nobody to hear it.
func TestAMoveAsksTheDatabaseNothingAboutThoseWhomItDoesNotConcern(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign the contract")[0].ID
	move := func(to flow.State) int {
		column, version := h.column(b, to), h.task(task).Task.Version
		return len(testdb.Statements(t, h.db, func() {
			require.NoError(t, h.MoveTask(ctx, ana, task, version, models.Place{Column: column}))
		}))
	}
	move(flow.InProgress) // the board's columns are read once
	plain := move(flow.InReview)
	require.Equal(t, 9, plain, "six to read, three to write")
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners}))
	require.Equal(t, []string{"assigned"}, h.told("ben"))
	require.Equal(t, plain, move(flow.InProgress), "an owner does not hear of moves, and has something to read")
	require.NoError(t, h.MarkAllNoticesRead(ctx, ben))
	require.Equal(t, plain, move(flow.InReview))

	require.NoError(t, h.WatchTask(ctx, vic, task))
	require.Equal(t, plain+4, move(flow.InProgress), "who watches, what they want to hear, until when, and the notice")
	require.Equal(t, []string{"moved"}, h.told("vic"))
	require.NoError(t, h.UnwatchTask(ctx, vic, task))
	require.Equal(t, plain, move(flow.InReview))
}
