package models_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/tests/replay"
)

func idsOf(tasks []models.Task) []string {
	ids := make([]string, len(tasks))
	for i, t := range tasks {
		ids[i] = t.ID
	}
	return ids
}

// bulk is a deed that succeeds, and its leading entry.
func (h *house) bulk(b models.Board, tasks []string, deed models.Bulk) ledger.Entry {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	e, err := h.ChangeTasks(h.t.Context(), asking(ana), b.ID, h.seq(), tasks, deed)
	require.NoError(h.t, err)
	return e
}

func TestOneDeedToManyTasksHasOneCauseAndOneUndo(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts", "Laptop", "Welcome"))
	h.require(ids[0], ids[1], models.DependencyInput{})
	h.require(ids[1], ids[3], models.DependencyInput{})
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	label := v.Labels[0].ID
	for _, deed := range []models.Bulk{
		{Deed: models.DeedAssign, Person: "ben"},
		{Deed: models.DeedLabel, Label: label},
		{Deed: models.DeedPrioritise, Priority: models.High},
		{Deed: models.DeedDue, Due: "2026-05-01"},
		{Deed: models.DeedMove, Place: models.Place{Column: h.column(b, flow.Done)}}, // a chain as a whole, whatever the order
		{Deed: models.DeedCancel, Reason: "Not this time"},
		{Deed: models.DeedArchive},
		{Deed: models.DeedDelete},
	} {
		before, seq := h.visible(t, b.ID), h.seq()
		e := h.bulk(b, []string{ids[1], ids[0], ids[1], ""}, deed)
		require.Equal(t, seq+1, e.Seq, deed.Deed)
		require.Equal(t, "2", e.Changes[1].To, deed.Deed)
		var causes []int64
		require.NoError(t, h.db.Raw("SELECT cause FROM entries WHERE log_id = ? AND seq > ? AND actor_kind = 'person' AND action LIKE 'task.%'", h.team, e.Seq).Scan(&causes).Error)
		require.Equal(t, []int64{e.Seq, e.Seq}, causes, deed.Deed)
		require.NotEqual(t, before, h.visible(t, b.ID))
		after := h.visible(t, b.ID)
		done := h.undo(e.Seq)
		require.Equal(t, before, h.visible(t, b.ID), "undone: %s", deed.Deed)
		again := h.undo(done.Entry.Seq)
		if deed.Deed != models.DeedMove && deed.Deed != models.DeedCancel { // their times are those of the redoing
			require.Equal(t, after, h.visible(t, b.ID), "redone: %s", deed.Deed)
		}
		h.undo(again.Entry.Seq)
	}
	h.bulk(b, ids[:2], models.Bulk{Deed: models.DeedMove, Place: models.Place{Column: h.column(b, flow.Done)}})
	require.Equal(t, flow.Ready, h.state(ids[3]), "the rules settle once for all")

	seq := h.seq()
	require.Zero(t, h.bulk(b, ids, models.Bulk{Deed: models.DeedUnassign, Person: "ana"}).Seq)
	require.Equal(t, seq, h.seq(), "what changes nothing leaves no trace")
	replay.Check(t, h.db)
}

func TestADeedIsDoneToAllOrToNoneAndSaysWhy(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts", "Laptop", "Welcome", "Gone"))
	h.require(ids[0], ids[1], models.DependencyInput{})
	require.NoError(t, h.ArchiveTask(ctx, ana, ids[3], h.seq()))
	require.NoError(t, h.DeleteTask(ctx, ana, ids[4], h.seq()))
	seen := h.seq()
	require.NoError(t, h.MoveTask(ctx, ben, ids[2], seen, models.Place{Column: h.column(b, flow.InProgress)}))
	before := h.visible(t, b.ID)
	_, err := h.ChangeTasks(ctx, asking(ana), b.ID, seen, ids, models.Bulk{Deed: models.DeedMove, Place: models.Place{Column: h.column(b, flow.InReview)}})
	f := h.refused(err, fault.SomeRefused)
	require.Equal(t, []any{4, 5}, f.Args)
	why := map[string]fault.Code{}
	for _, also := range f.Also {
		why[also.Task.ID] = also.Code
	}
	require.Equal(t, map[string]fault.Code{ids[1]: fault.StillWaits, ids[2]: fault.Changed, ids[3]: fault.IsArchived, ids[4]: fault.NoMoreThere}, why)
	require.Equal(t, before, h.visible(t, b.ID))

	for code, deed := range map[fault.Code]models.Bulk{
		fault.NotInTeam:  {Deed: models.DeedAssign, Person: "eve"},
		fault.NotAChoice: {Deed: "steal"},
		fault.NotADate:   {Deed: models.DeedDue, Due: "soon"},
		fault.TooLong:    {Deed: models.DeedCancel, Reason: strings.Repeat("x", 501)},
	} {
		_, err := h.ChangeTasks(ctx, asking(ana), b.ID, h.seq(), ids[:1], deed)
		h.refused(err, code)
	}
	_, err = h.ChangeTasks(ctx, asking(ana), b.ID, 0, nil, models.Bulk{Deed: models.DeedArchive})
	h.refused(err, fault.NothingChosen)
	_, err = h.ChangeTasks(ctx, asking(ana), b.ID, 0, make([]string, 3), models.Bulk{Deed: models.DeedArchive})
	h.refused(err, fault.NothingChosen)

	// A hard limit counts all of them.
	column := h.column(b, flow.InReview)
	require.NoError(t, h.EditColumn(ctx, ana, column, h.seq(), models.ColumnInput{Name: "In review", WIPLimit: 1, WIPHard: true}))
	_, err = h.ChangeTasks(ctx, asking(ana), b.ID, h.seq(), []string{ids[0], ids[2]}, models.Bulk{Deed: models.DeedMove, Place: models.Place{Column: column}})
	require.Equal(t, fault.ColumnFull, h.refused(err, fault.SomeRefused).Also[0].Code)
	replay.Check(t, h.db)
}

func TestAnArchivedTaskIsBroughtBackBeforeItMoves(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts"))
	h.require(ids[0], ids[1], models.DependencyInput{})
	require.NoError(t, h.ArchiveTask(ctx, ana, ids[0], h.seq()))
	require.NoError(t, h.ArchiveTask(ctx, ana, ids[1], h.seq()))
	seq := h.seq()
	h.refused(h.MoveTask(ctx, ana, ids[0], seq, models.Place{Column: h.column(b, flow.Done)}), fault.IsArchived)
	h.refused(h.CompleteTask(ctx, ana, ids[0], seq), fault.IsArchived)
	h.refused(h.CancelTask(ctx, ana, ids[0], seq, ""), fault.IsArchived)
	h.refused(h.ReopenTask(ctx, ana, ids[0], seq), fault.IsArchived)
	h.refused(h.OverrideTask(ctx, ana, ids[1], seq, "it cannot wait"), fault.IsArchived)
	require.Equal(t, seq, h.seq())
	require.NoError(t, h.RestoreTask(ctx, ana, ids[0], seq))
	require.NoError(t, h.CompleteTask(ctx, ana, ids[0], h.seq()))
}

// Any deed to any tasks, undone at once, leaves everything as it was.
func TestAnyDeedThatIsUndoneLeavesEverythingAsBefore(t *testing.T) {
	fewer(t, "10")
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		b, err := h.CreateBoard(h.t.Context(), ana, h.team, models.BoardInput{Name: "Board", Columns: columnNames})
		require.NoError(t, err)
		v, err := h.Board(h.t.Context(), ana, b.ID)
		require.NoError(t, err)
		tasks, err := h.AddTasks(h.t.Context(), ana, v.Lanes[1].ID, []string{"A", "B", "C", "D", "E", "F"})
		require.NoError(t, err)
		ids := idsOf(tasks)
		for i := range ids {
			for j := range i {
				if rapid.IntRange(0, 2).Draw(t, "linked") == 0 {
					require.NoError(t, h.Require(h.t.Context(), ana, ids[j], ids[i], models.DependencyInput{}))
				}
			}
		}
		for range 4 {
			deed := models.Bulk{Deed: rapid.SampledFrom(models.Deeds).Draw(t, "deed"), Person: "ben", Priority: models.Low, Due: "2026-08-09",
				Place: models.Place{Column: rapid.SampledFrom(v.Lanes).Draw(t, "column").ID}}
			some := rapid.SliceOfN(rapid.SampledFrom(ids), 1, 6).Draw(t, "tasks")
			before := h.visible(t, b.ID)
			h.now = h.now.Add(time.Minute)
			e, err := h.ChangeTasks(h.t.Context(), asking(ana), b.ID, h.seq(), some, deed)
			if fault.From(err) != nil {
				require.Equal(t, before, h.visible(t, b.ID))
				continue
			}
			require.NoError(t, err)
			if e.Seq == 0 || rapid.Bool().Draw(t, "keep it") {
				continue
			}
			_, err = h.Undo(h.t.Context(), asking(ana), h.team, e.Seq)
			require.NoError(t, err)
			require.Equal(t, before, h.visible(t, b.ID), "undone: %s", deed.Deed)
		}
	})
	replay.Check(t, h.db)
}
