package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/tests/replay"
)

func TestAnItemThatBecameATaskIsTickedWithItAndOpensWithIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	party := h.add(b, "Party")[0].ID
	require.NoError(t, h.AddItems(ctx, ana, party, []string{"Cake", "Music"}, true))
	cake := func() models.ItemView { return h.task(party).Items[0] }
	require.NoError(t, h.MakeItemTask(ctx, ana, party, cake().ID))
	made := cake().Became.ID
	require.False(t, cake().ByHand())
	h.refused(h.TickItem(ctx, ana, party, cake().ID), fault.ItemIsTask)

	h.now = h.now.Add(time.Minute)
	done := h.did(h.CompleteTask(ctx, asking(ben), made, h.task(made).Task.Version))
	require.Equal(t, "ben", cake().TickedBy, "whoever finished it did the work")
	require.False(t, cake().ByHand())
	h.refused(h.UntickItem(ctx, ana, party, cake().ID), fault.ItemIsTask)
	var data string
	require.NoError(t, h.db.Raw("SELECT data FROM entries WHERE log_id = ? AND action = ? ORDER BY seq DESC LIMIT 1", h.team, string(models.ItemTicked)).Scan(&data).Error)
	e, err := ledger.Parse([]byte(data))
	require.NoError(t, err)
	require.Equal(t, ledger.Automation, e.Actor.Kind)
	require.Equal(t, done, e.Cause, "and the log says what brought it about")
	require.Equal(t, party, e.Task.ID)

	require.Error(t, h.CompleteTask(ctx, ana, party, h.task(party).Task.Version), "Music is still to be had")
	h.now = h.now.Add(time.Minute)
	undone := h.undo(done)
	require.Nil(t, cake().TickedAt, "undoing the completion takes the tick back")
	h.undo(undone.Entry.Seq)
	require.NotNil(t, cake().TickedAt)
	require.NoError(t, h.ReopenTask(ctx, ana, made, h.task(made).Task.Version))
	require.Nil(t, cake().TickedAt)

	require.NoError(t, h.CompleteTask(ctx, ana, made, h.task(made).Task.Version))
	require.NoError(t, h.TickItem(ctx, ana, party, h.task(party).Items[1].ID))
	require.NoError(t, h.CompleteTask(ctx, ana, party, h.task(party).Task.Version))
	require.NoError(t, h.ReopenTask(ctx, ana, made, h.task(made).Task.Version))
	require.Nil(t, cake().TickedAt)
	require.Equal(t, flow.Done, h.task(party).Task.State, "what is done stays")
	require.NoError(t, h.DeleteTask(ctx, ana, party, h.task(party).Task.Version))
	require.NoError(t, h.CompleteTask(ctx, ana, made, h.task(made).Task.Version))
	replay.Check(t, h.db)
}
