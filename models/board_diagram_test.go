package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

// diagram reads a board's diagram, and writes it down: "Paint < Build!", with what
// is critical marked.
func (h *house) diagram(b models.Board, focus string, f models.BoardFilter) (models.DiagramView, []string) {
	h.t.Helper()
	v, err := h.Diagram(h.t.Context(), ben, b.ID, focus, f)
	require.NoError(h.t, err)
	var lines []string
	for i, n := range v.Nodes {
		line := n.Title
		if n.Critical {
			line += "!"
		}
		for k, l := range v.Before(i) {
			require.Less(h.t, l.From, i, "each after what it waits for")
			line += map[bool]string{true: " < ", false: ", "}[k == 0] + v.Nodes[l.From].Title
		}
		lines = append(lines, line)
	}
	return v, lines
}

// requires makes a task wait for another one.
func (h *house) requires(dependent, prerequisite models.Task) {
	h.t.Helper()
	h.require(prerequisite.ID, dependent.ID, models.DependencyInput{OnCancel: flow.Skip, SatisfiedAt: flow.Done})
}

func TestADiagramHasWhatHangsTogether(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Paint", "Build", "Plan", "Permit", "Party", "Old one", "Old two")
	h.requires(tasks[0], tasks[1])
	h.requires(tasks[1], tasks[2])
	h.requires(tasks[1], tasks[3])
	h.requires(tasks[6], tasks[5])
	long, short := 300, 60
	h.edit(tasks[2].ID, models.TaskInput{Estimate: &long})
	h.edit(tasks[3].ID, models.TaskInput{Estimate: &short})
	require.NoError(t, h.CompleteTask(ctx, ben, tasks[5].ID, 1<<40))
	require.NoError(t, h.CompleteTask(ctx, ben, tasks[6].ID, 1<<40))

	v, lines := h.diagram(b, "", models.BoardFilter{})
	require.Equal(t, []string{"Plan!", "Permit", "Build! < Plan, Permit", "Paint! < Build"}, lines)
	require.Equal(t, 1, v.Loose)
	require.Equal(t, 2, v.Closed, "finished work is left out")
	_, lines = h.diagram(b, "", models.BoardFilter{State: flow.Done})
	require.Equal(t, []string{"Old one", "Old two < Old one"}, lines, "unless it is asked for")

	_, lines = h.diagram(b, tasks[3].ID, models.BoardFilter{})
	require.Equal(t, []string{"Permit!", "Build! < Permit", "Paint! < Build"}, lines)
	_, lines = h.diagram(b, tasks[4].ID, models.BoardFilter{})
	require.Len(t, lines, 4, "what hangs together with none cannot be in focus")

	// What is on another board is shown where it is joined to this one's.
	other := h.board()
	far := h.add(other, "Ship")
	h.requires(far[0], tasks[0])
	v, lines = h.diagram(b, "", models.BoardFilter{})
	require.Equal(t, "Ship! < Paint", lines[len(lines)-1])
	require.Equal(t, other.ID, v.Nodes[len(v.Nodes)-1].Board.ID)

	require.NoError(t, h.CompleteTask(ctx, ben, tasks[2].ID, 1<<40))
	v, _ = h.diagram(b, "", models.BoardFilter{})
	for _, l := range v.Links {
		require.Equal(t, v.Nodes[l.From].Title == "Plan", l.Satisfied)
	}
}

// A line holds nobody up just where the rules of movement say so: not while a lag
// runs, and from review on where review is enough.
func TestALineOfADiagramHoldsAsTheRulesSay(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Paint", "Hang", "Varnish", "Frame")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{SatisfiedAt: flow.Done, Lag: flow.Lag{Amount: 2, Unit: flow.Days}})
	h.require(tasks[2].ID, tasks[1].ID, models.DependencyInput{SatisfiedAt: flow.InReview})
	h.require(tasks[3].ID, tasks[1].ID, models.DependencyInput{SatisfiedAt: flow.Done})
	require.NoError(t, h.CompleteTask(ctx, ben, tasks[0].ID, 1<<40))
	for _, task := range tasks[2:] {
		require.NoError(t, h.MoveTask(ctx, ben, task.ID, 1<<40, models.Place{Column: h.column(b, flow.InReview)}))
	}
	satisfied := func() map[string]bool {
		v, _ := h.diagram(b, "", models.BoardFilter{})
		found := map[string]bool{}
		for _, l := range v.Links {
			found[v.Nodes[l.From].Title] = l.Satisfied
		}
		return found
	}
	require.Equal(t, map[string]bool{"Paint": false, "Varnish": true, "Frame": false}, satisfied())
	h.now = h.now.AddDate(0, 0, 3)
	require.True(t, satisfied()["Paint"], "the lag has run")
}
