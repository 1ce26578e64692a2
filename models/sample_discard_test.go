package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func TestASampleBoardIsThrownAwayWithAllThatIsOnIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	mine := h.board()
	waits := h.add(mine, "Waits for the sample")[0]
	b, err := h.CreateSampleBoard(ctx, ana, h.team, sampleWords())
	require.NoError(t, err)
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	ready := v.Lanes[1].Cards
	h.require(ready[0].ID, waits.ID, models.DependencyInput{})
	require.Equal(t, flow.Waiting, h.state(waits.ID))

	// It has been used: with everything that a board and a task can have.
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	h.field(b, "Cost", custom.Choice, models.FieldInput{}, "Low")
	require.NoError(t, h.AddItems(ctx, ana, ready[1].ID, []string{"Item"}, false))
	require.NoError(t, h.AddComment(ctx, ben, ready[1].ID, "Hello"))
	h.attach(ready[1].ID, "a.png", picture(t))
	_, err = h.SaveView(ctx, ana, b.ID, models.ViewInput{Name: "Shared", Face: models.FaceBoard, Shared: true})
	require.NoError(t, err)
	_, err = h.SaveView(ctx, ben, b.ID, models.ViewInput{Name: "Mine", Face: models.FaceBoard, Default: true})
	require.NoError(t, err)
	h.delete(ready[1].ID)
	replay.Check(t, h.db)

	h.refused(h.DiscardSample(ctx, ben, b.ID), fault.NotAllowed)
	h.refused(h.DiscardSample(ctx, eve, b.ID), fault.NotFound)
	h.refused(h.DiscardSample(ctx, ana, mine.ID), fault.NotASample)
	require.NoError(t, h.DiscardSample(ctx, ana, b.ID))
	h.refused(h.DiscardSample(ctx, ana, b.ID), fault.NotFound)

	_, err = h.Board(ctx, ana, b.ID)
	h.refused(err, fault.NotFound)
	_, err = h.Task(ctx, ana, ready[0].ID)
	h.refused(err, fault.NotFound)
	home, err := h.Home(ctx, ana, h.team)
	require.NoError(t, err)
	require.Len(t, home.Boards, 1)
	require.Equal(t, flow.Ready, h.state(waits.ID), "what waited for it no longer does")
	work, err := h.MyWork(ctx, ana, "")
	require.NoError(t, err)
	require.Empty(t, work.Groups)
	replay.Check(t, h.db)

	told, err := h.History(ctx, ana, ready[0].ID, 0)
	require.NoError(t, err)
	require.NotEmpty(t, told.Lines, "the log keeps its story")
	again, err := h.CreateSampleBoard(ctx, ana, h.team, sampleWords())
	require.NoError(t, err)
	require.Equal(t, b.Key, again.Key, "its key is free again")
}
