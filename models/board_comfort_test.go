package models_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

// lane is a column of a board as one sees it through a filter.
func (h *house) lane(b models.Board, state flow.State, f models.BoardFilter) models.Lane {
	h.t.Helper()
	v, err := h.FilteredBoard(h.t.Context(), ana, b.ID, f)
	require.NoError(h.t, err)
	for _, l := range v.Lanes {
		if l.State == state {
			return l
		}
	}
	h.t.Fatalf("no column %s", state)
	return models.Lane{}
}

func (h *house) move(task, column, before string) {
	h.t.Helper()
	require.NoError(h.t, h.MoveTask(h.t.Context(), ana, task, h.seq(), models.Place{Column: column, Before: before}))
}

func TestACardSaysForHowManyWorkingDaysItHasBeenInItsState(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts", "Laptop"))
	h.require(ids[0], ids[2], models.DependencyInput{})
	age := func(state flow.State, at int) int { return h.lane(b, state, models.BoardFilter{}).Cards[at].Age }

	h.now = time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC) // the Friday after that Monday
	require.Equal(t, 4, age(flow.Ready, 0), "since it was added")
	h.move(ids[0], h.column(b, flow.InProgress), "")
	require.Zero(t, age(flow.InProgress, 0))
	title := "Sign it"
	h.now = h.now.AddDate(0, 0, 3) // Monday: nobody has worked in between
	require.NoError(t, h.EditTask(t.Context(), ana, ids[0], h.seq(), models.TaskInput{Title: &title}))
	require.Equal(t, 1, age(flow.InProgress, 0))
	h.now = h.now.AddDate(0, 0, 14)
	require.Equal(t, 11, age(flow.InProgress, 0), "an edit is no move")
	h.move(ids[0], h.column(b, flow.InProgress), "")
	require.Equal(t, 11, age(flow.InProgress, 0), "nor is another place in the column")
	require.Zero(t, age(flow.Waiting, 0), "what waits says for what")
	require.NoError(t, h.CompleteTask(t.Context(), ana, ids[0], h.seq()))
	require.Zero(t, age(flow.Done, 0))
	require.Zero(t, age(flow.Ready, 1), "released just now")
	h.now = h.now.AddDate(0, 0, 1)
	require.Equal(t, 1, age(flow.Ready, 1))
	ch, err := h.BoardChanges(t.Context(), vic, b.ID, 0, models.Look{})
	require.NoError(t, err)
	for _, c := range ch.Cards {
		if c.ID == ids[2] {
			require.Equal(t, 1, c.Age)
		}
	}
}

func TestAColumnSumsWhatItsTasksAreEstimatedToTake(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts", "Laptop"))
	high := models.High
	for i, minutes := range []int{30, 90} {
		require.NoError(t, h.EditTask(ctx, ana, ids[i], h.seq(), models.TaskInput{Estimate: &minutes}))
	}
	require.NoError(t, h.EditTask(ctx, ana, ids[1], h.seq(), models.TaskInput{Priority: &high}))
	require.Equal(t, 120, h.lane(b, flow.Ready, models.BoardFilter{}).Work)
	require.Equal(t, 90, h.lane(b, flow.Ready, models.BoardFilter{Priority: "high"}).Work, "of those that are shown")
	require.Zero(t, h.lane(b, flow.Done, models.BoardFilter{}).Work)
	require.NoError(t, h.ArchiveTask(ctx, ana, ids[0], h.seq()))
	ch, err := h.BoardChanges(ctx, ana, b.ID, h.seq()-1, models.Look{})
	require.NoError(t, err)
	require.Equal(t, 90, ch.Lanes[1].Work, "the news say so too")
}

func TestWhatIsDoneLastIsOnTop(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	done := h.column(b, flow.Done)
	ids := idsOf(h.add(b, "One", "Two", "Three", "Four"))
	order := func() (all []string) {
		for _, c := range h.lane(b, flow.Done, models.BoardFilter{}).Cards {
			all = append(all, c.Title)
		}
		return all
	}
	h.move(ids[0], done, "")
	h.move(ids[1], done, "")
	h.move(ids[2], done, ids[0])
	require.Equal(t, []string{"Three", "Two", "One"}, order(), "wherever it was put")
	h.move(ids[2], done, "")
	h.move(ids[0], done, ids[1])
	require.Equal(t, []string{"One", "Two", "Three"}, order(), "then people may order it")
	_, err := h.AddTasks(ctx, ana, done, []string{"Five", "Six"})
	require.NoError(t, err)
	require.NoError(t, h.CompleteTask(ctx, ana, ids[3], h.seq()))
	require.Equal(t, []string{"Four", "Five", "Six", "One", "Two", "Three"}, order())
}

func TestAllOfAColumnIsMoreThanWhatIsShown(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	ready := h.column(b, flow.Ready)
	var titles []string
	for i := range models.MaxBulk {
		titles = append(titles, fmt.Sprint("Task ", i))
	}
	ids := idsOf(h.add(b, titles...))
	all, more, err := h.ColumnTasks(ctx, ana, ready, models.BoardFilter{})
	require.NoError(t, err)
	require.Equal(t, ids, all)
	require.False(t, more)
	high := models.High
	require.NoError(t, h.EditTask(ctx, ana, ids[300], h.seq(), models.TaskInput{Priority: &high}))
	all, _, err = h.ColumnTasks(ctx, ana, ready, models.BoardFilter{Priority: "high"})
	require.NoError(t, err)
	require.Equal(t, ids[300:301], all)
	last := h.add(b, "One too many")[0].ID
	all, more, err = h.ColumnTasks(ctx, ana, ready, models.BoardFilter{})
	require.NoError(t, err)
	require.True(t, more)
	require.Len(t, all, models.MaxBulk)
	h.bulk(b, append(all[400:], last), models.Bulk{Deed: models.DeedMove, Place: models.Place{Column: h.column(b, flow.InProgress)}})
	require.Equal(t, 101, h.lane(b, flow.InProgress, models.BoardFilter{}).Count)

	// Put at the very end, a card is the last one, below what is shown too.
	h.move(ids[0], ready, "")
	all, _, err = h.ColumnTasks(ctx, ana, ready, models.BoardFilter{})
	require.NoError(t, err)
	require.Equal(t, ids[0], all[len(all)-1])
}
