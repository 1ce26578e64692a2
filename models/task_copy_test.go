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

// furnished is a task with all that a task can hold, between two others.
func (h *house) furnished(b models.Board) (task, before, after string) {
	h.t.Helper()
	ctx := h.t.Context()
	tasks := h.add(b, "Sign contract", "Create accounts", "First day")
	before, task, after = tasks[0].ID, tasks[1].ID, tasks[2].ID
	h.require(before, task, models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.Hours}, OnCancel: flow.Hold})
	h.require(task, after, models.DependencyInput{})
	for _, name := range []string{"Legal", "Money"} {
		require.NoError(h.t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: name, Colour: "red", Icon: "tag"}))
	}
	require.NoError(h.t, h.AddItems(ctx, ana, task, []string{"Mail", "Chat"}, true))
	v := h.task(task)
	require.NoError(h.t, h.EditItem(ctx, ana, task, v.Items[0].ID, v.Seq, models.ItemInput{Text: "Mail", Owner: "ben", Due: "2026-03-05", Required: true}))
	require.NoError(h.t, h.TickItem(ctx, ben, task, v.Items[0].ID))
	owners, labels := []string{"ben"}, []string{v.BoardLabels[0].ID, v.BoardLabels[1].ID}
	due, estimate, high, text := models.Date("2026-03-09"), 90, models.High, "In **all** systems"
	require.NoError(h.t, h.EditTask(ctx, ana, task, h.task(task).Task.Version,
		models.TaskInput{Owners: &owners, Labels: &labels, Due: &due, Estimate: &estimate, Priority: &high, Description: &text}))
	require.NoError(h.t, h.AddComment(ctx, ben, task, "Soon"))
	return task, before, after
}

// second is another board of the team, with a label of one name and no column for
// what is in progress.
func (h *house) second() models.Board {
	h.t.Helper()
	b, err := h.CreateBoard(h.t.Context(), ana, h.team, models.BoardInput{Name: "Legal matters", Key: "LEG", Columns: map[flow.State]string{
		flow.Waiting: "Later", flow.Ready: "To do", flow.Done: "Done"}})
	require.NoError(h.t, err)
	require.NoError(h.t, h.AddLabel(h.t.Context(), ana, b.ID, models.LabelInput{Name: "LEGAL", Colour: "blue", Icon: "scale"}))
	return b
}

func names(labels []models.Label) (all []string) {
	for _, l := range labels {
		all = append(all, l.Name)
	}
	return all
}

func TestACopyHasWhatItsMakerAsksFor(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task, before, after := h.furnished(b)
	was := h.task(task)

	bare, err := h.CopyTask(ctx, ana, task, models.CopyInput{})
	require.NoError(t, err)
	v := h.task(bare)
	require.Equal(t, []any{"Create accounts", "In **all** systems", 90, models.High, models.Date(""), flow.Ready}, []any{v.Task.Title, v.Task.Description, v.Task.Estimate, v.Task.Priority, v.Task.Due, v.Task.State})
	require.Equal(t, "ONB-4", v.Key)
	require.Equal(t, []string{"Legal", "Money"}, names(v.Labels))
	require.Empty(t, v.Owners)
	require.Empty(t, v.Items)
	require.Empty(t, v.WaitsFor)
	require.Empty(t, v.Comments)

	whole, err := h.CopyTask(ctx, ana, task, models.CopyInput{Title: "Once more", Owners: true, Due: true, Items: true, Prerequisites: true, Dependents: true})
	require.NoError(t, err)
	v = h.task(whole)
	require.Equal(t, []any{"Once more", models.Date("2026-03-09"), flow.Waiting}, []any{v.Task.Title, v.Task.Due, v.Task.State})
	require.Equal(t, "ben", v.Owners[0].ID)
	require.Len(t, v.Items, 2)
	require.Equal(t, []any{"Mail", "ben", true, models.Date("2026-03-05")}, []any{v.Items[0].Text, v.Items[0].OwnerID, v.Items[0].Required, v.Items[0].Due})
	require.Nil(t, v.Items[0].TickedAt)
	require.Equal(t, []any{before, flow.Lag{Amount: 2, Unit: flow.Hours}, flow.Hold}, []any{v.WaitsFor[0].Task.ID, v.WaitsFor[0].Lag, v.WaitsFor[0].OnCancel})
	require.Equal(t, after, v.HoldsUp[0].Task.ID)
	is := h.task(task)
	require.Equal(t, was.Task, is.Task, "what is copied stays as it is")
	unread, err := h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Equal(t, 2, unread, "assigned, and assigned the copy; the comment's own author is told nothing")

	ready := h.add(b, "Order a desk")[0]
	beside, err := h.CopyTask(ctx, ben, ready.ID, models.CopyInput{})
	require.NoError(t, err)
	page, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	cards := page.Lanes[1].Cards
	require.Equal(t, []string{beside, ready.ID}, []string{cards[len(cards)-2].ID, cards[len(cards)-1].ID})
	replay.Check(t, h.db)
}

func TestACopyOnAnotherBoardKeepsWhatThatHas(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.second()
	task, before, _ := h.furnished(b)
	id, err := h.CopyTask(ctx, ben, task, models.CopyInput{Board: other.ID, Prerequisites: true})
	require.NoError(t, err)
	v := h.task(id)
	require.Equal(t, "LEG-1", v.Key)
	require.Equal(t, []string{"LEGAL"}, names(v.Labels))
	require.Equal(t, before, v.WaitsFor[0].Task.ID)
	_, err = h.CopyTask(ctx, ben, task, models.CopyInput{Board: models.NewID()})
	h.refused(err, fault.NotAChoice)
	require.NoError(t, h.ArchiveBoard(ctx, ana, other.ID))
	_, err = h.CopyTask(ctx, ben, task, models.CopyInput{Board: other.ID})
	h.refused(err, fault.NotAChoice)
	replay.Check(t, h.db)
}

func TestATaskGoesToAnotherBoardWithItsDependencies(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.second()
	task, before, after := h.furnished(b)
	require.NoError(t, h.MakeItemTask(ctx, ana, before, func() string {
		require.NoError(t, h.AddItems(ctx, ana, before, []string{"Witness"}, false))
		return h.task(before).Items[0].ID
	}()))
	made := h.task(before).Items[0].BecameID
	v, err := h.Bringing(ctx, ben, task)
	require.NoError(t, err)
	require.Equal(t, []string{b.ID, other.ID}, []string{v.Boards[0].ID, v.Boards[1].ID})
	require.Equal(t, []string{"Money"}, v.Boards[1].Lost)

	h.now = h.now.Add(time.Second)
	seen := h.task(task).Task.Version
	moved := h.did(h.TransferTask(ctx, ben, task, seen, other.ID))
	is := h.task(task)
	require.Equal(t, []any{"LEG-1", "Later", flow.Waiting}, []any{is.Key, is.Column.Name, is.Task.State})
	require.Equal(t, []string{"LEGAL"}, names(is.Labels))
	require.Equal(t, []string{before, after}, []string{is.WaitsFor[0].Task.ID, is.HoldsUp[0].Task.ID})
	require.Len(t, is.Items, 2)
	require.Len(t, is.Comments, 1)
	h.refused(h.TransferTask(ctx, ana, task, seen, b.ID), fault.Changed)
	ch, err := h.BoardChanges(ctx, ana, b.ID, seen, models.Look{})
	require.NoError(t, err)
	require.True(t, ch.Reload, "an open page of the board that it left sees it go")

	// Its number is not given out again, so that undoing gives it back.
	h.add(b, "Later one")
	u := h.undo(moved)
	back := h.task(task)
	require.Equal(t, "ONB-2", back.Key)
	require.Equal(t, []string{"Legal", "Money"}, names(back.Labels))
	require.Equal(t, "task.undone", u.Entry.Action)
	h.undo(u.Entry.Seq)
	require.Equal(t, "LEG-1", h.task(task).Key)

	// What an item was turned into keeps its name wherever it goes.
	require.NoError(t, h.TransferTask(ctx, ben, made, 1<<40, other.ID))
	require.Equal(t, "LEG-2", h.task(before).Items[0].Became.Key)
	require.NoError(t, h.CompleteTask(ctx, ana, made, 1<<40))
	replay.Check(t, h.db)
}

func TestATaskFindsItsColumnOnAnotherBoard(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.second()
	for state, column := range map[flow.State]string{flow.InProgress: "To do", flow.InReview: "To do", flow.Done: "Done", flow.Cancelled: ""} {
		task := h.add(b, string(state))[0]
		if state == flow.Cancelled {
			require.NoError(t, h.CancelTask(ctx, ana, task.ID, task.Version, ""))
		} else {
			require.NoError(t, h.MoveTask(ctx, ana, task.ID, task.Version, models.Place{Column: h.column(b, state)}))
		}
		require.NoError(t, h.TransferTask(ctx, ana, task.ID, 1<<40, other.ID))
		require.Equal(t, column, h.task(task.ID).Column.Name, state)
	}
	// A hard limit holds, also for those who come from elsewhere.
	full := h.column(other, flow.Done)
	require.NoError(t, h.EditColumn(ctx, ana, full, 1<<40, models.ColumnInput{Name: "Done", State: flow.Done, WIPLimit: 1, WIPHard: true}))
	task := h.add(b, "One too many")[0]
	require.NoError(t, h.CompleteTask(ctx, ana, task.ID, task.Version))
	h.refused(h.TransferTask(ctx, ana, task.ID, 1<<40, other.ID), fault.ColumnFull)
	replay.Check(t, h.db)
}
