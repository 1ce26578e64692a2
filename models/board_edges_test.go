package models_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

func TestTheEdgesOfABoardSayWhoHoldsWhom(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	tasks := h.add(b, "Sign", "Pay", "Ship", "Gone", "Off")
	far := h.add(other, "Elsewhere", "Farther")
	id := func(i int) string { return tasks[i].ID }
	h.require(id(0), id(1), models.DependencyInput{})
	h.require(id(1), id(2), models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.Days}})
	h.require(far[0].ID, id(0), models.DependencyInput{})
	h.require(id(2), far[1].ID, models.DependencyInput{SatisfiedAt: flow.InReview})
	h.require(far[0].ID, far[1].ID, models.DependencyInput{})
	h.require(id(3), id(2), models.DependencyInput{})
	h.require(id(4), far[1].ID, models.DependencyInput{})
	require.NoError(t, h.DeleteTask(ctx, ana, id(3), 1<<40))
	require.NoError(t, h.ArchiveTask(ctx, ana, id(4), 1<<40))

	edges := func(board string) (all []string) {
		e, err := h.Edges(ctx, vic, board)
		require.NoError(t, err)
		for _, d := range e.Edges {
			p, to := e.Tasks[d.Prerequisite], e.Tasks[d.Dependent]
			all = append(all, p.Key+p.Board+" "+to.Key+to.Board+map[bool]string{true: " open"}[d.Open])
			require.Equal(t, p.Board == "", p.Column != "", "who is on the board has a column")
		}
		return all
	}
	require.ElementsMatch(t, []string{"ONB-1 ONB-2 open", "ONB-2 ONB-3 open", "ONB2-1Onboarding ONB-1 open", "ONB-3 ONB2-2Onboarding open"}, edges(b.ID))

	require.NoError(t, h.CompleteTask(ctx, ana, far[0].ID, 1<<40))
	require.NoError(t, h.CompleteTask(ctx, ana, id(0), 1<<40))
	require.NoError(t, h.CompleteTask(ctx, ana, id(1), 1<<40))
	require.Equal(t, []string{"ONB-2 ONB-3 open", "ONB-3 ONB2-2Onboarding open"}, edges(b.ID)[:2], "its lag has not passed; the open ones come first")
	require.Contains(t, edges(b.ID), "ONB-1 ONB-2")
	h.now = h.now.Add(49 * time.Hour)
	require.Contains(t, edges(b.ID), "ONB-2 ONB-3")

	_, err := h.Edges(ctx, eve, b.ID)
	h.refused(err, "not-found")
}

func TestOfAGreatManyEdgesTheOpenOnesAreTold(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	var titles []string
	for i := range 70 {
		titles = append(titles, "Task "+strconv.Itoa(i))
	}
	tasks := h.add(b, titles...)
	require.NoError(t, h.CompleteTask(t.Context(), ana, tasks[0].ID, 1<<40))
	n := 0
	for i := range tasks {
		for j := i + 1; j < len(tasks) && n < models.MaxEdges+5; j++ {
			h.exec("INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, lag_amount, lag_unit, on_cancel, satisfied_at, created_at) VALUES ($1, $2, $3, 0, 'days', 'skip', 'done', $4)",
				tasks[i].ID, tasks[j].ID, h.team, h.now)
			n++
		}
	}
	e, err := h.Edges(t.Context(), ana, b.ID)
	require.NoError(t, err)
	require.Len(t, e.Edges, models.MaxEdges)
	require.Equal(t, 5, e.Left)
	require.True(t, e.Edges[0].Open)
	require.False(t, e.Edges[models.MaxEdges-1].Open, "those of what is done come last")
}
