package models_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

// pool is a board of many tasks with owners, labels and priorities.
func (h *house) pool(n int, seed uint64) (b models.Board, labels []string) {
	ctx, r := h.t.Context(), rand.New(rand.NewPCG(seed, 1))
	b = h.board()
	for _, name := range []string{"Legal", "Money", "Unused"} {
		require.NoError(h.t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: name, Colour: "red", Icon: "tag"}))
	}
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(h.t, err)
	for _, l := range v.Labels {
		labels = append(labels, l.ID)
	}
	for _, t := range h.add(b, manyTitles(n)...) {
		owners := [][]string{{}, {"ana"}, {"ben"}, {"ana", "ben"}}[r.IntN(4)]
		worn := [][]string{{}, labels[:1], labels[:2]}[r.IntN(3)]
		p := models.Priorities[r.IntN(len(models.Priorities))]
		require.NoError(h.t, h.EditTask(ctx, ana, t.ID, h.task(t.ID).Task.Version, models.TaskInput{Owners: &owners, Labels: &worn, Priority: &p}))
		h.start(ana, b, t.ID, []flow.State{flow.Ready, flow.InProgress, flow.Done}[r.IntN(3)])
	}
	return b, labels
}

func manyTitles(n int) []string {
	titles := make([]string, n)
	for i := range titles {
		titles[i] = fmt.Sprint("Task ", i)
	}
	return titles
}

func (h *house) parted(b models.Board, look models.Look) models.BoardView {
	v, err := h.BoardIn(h.t.Context(), ana, b.ID, look)
	require.NoError(h.t, err)
	return v
}

// Whatever a board is parted by, each cell has the tasks that its lane and its column
// have in common, in the order of the column.
func TestEachSwimlaneHasItsCardsInEachColumn(t *testing.T) {
	h := newHouse(t)
	b, labels := h.pool(60, 7)
	h.launch(t, orders(h), models.RunInput{Board: b.ID, Name: "Order", Answers: given()})
	for _, by := range models.Swimlanes {
		for name, look := range map[string]models.Look{
			"all":    {},
			"mine":   {Filter: models.BoardFilter{Owner: models.FilterMe}},
			"label":  {Filter: models.BoardFilter{Label: labels[0], Priority: "high"}},
			"sorted": {Sort: []models.SortKey{{By: "title"}}},
		} {
			plain := h.parted(b, look)
			v := h.parted(b, look.PartedBy(by))
			shown := map[string]bool{}
			for _, s := range v.Swims {
				sum := 0
				for i, cell := range s.Cells {
					require.Equal(t, plain.Lanes[i].ID, cell.ID)
					var want []string
					for _, c := range plain.Lanes[i].Cards {
						if slices.Contains(c.InLanes(by), s.Key) {
							want = append(want, c.Title)
						}
					}
					var got []string
					for _, c := range h.allOf(cell, s.Key, look.PartedBy(by)) {
						got, shown[c.ID] = append(got, c.Title), true
					}
					require.Equal(t, want, got, "%s, %s, %s: %s", by, name, s.Key, cell.Name)
					require.Equal(t, len(want), cell.Count)
					sum += cell.Count
				}
				require.Equal(t, sum, s.Count)
			}
			all := 0
			for i, l := range v.Lanes {
				require.Empty(t, l.Cards)
				require.Equal(t, plain.Lanes[i].Matches, l.Matches)
				all += l.Matches
			}
			require.Len(t, shown, all)
		}
	}
}

// allOf are all cards of a cell, window by window.
func (h *house) allOf(cell models.Lane, lane string, look models.Look) []models.Card {
	cards, more := cell.Cards, cell.More
	for more {
		rest, err := h.MoreCards(h.t.Context(), ana, models.Cell{Column: cell.ID, Lane: lane}, cards[len(cards)-1].Below(), look)
		require.NoError(h.t, err)
		require.NotEmpty(h.t, rest.Cards)
		cards, more = append(slices.Clone(cards), rest.Cards...), rest.More
	}
	return cards
}

func TestSwimlanesThatAreEmptyAreThereToBeFilled(t *testing.T) {
	h := newHouse(t)
	b, labels := h.pool(4, 3)
	keys := func(look models.Look) (all []string) {
		for _, s := range h.parted(b, look).Swims {
			all = append(all, s.Key)
		}
		return all
	}
	require.Equal(t, []string{"ana", "ben", models.NoneLane}, keys(models.Look{Swimlanes: models.GroupOwner}), "who only reads has none")
	require.Equal(t, append(slices.Clone(labels), models.NoneLane), keys(models.Look{Swimlanes: models.GroupLabel}))
	require.Equal(t, []string{"urgent", "high", "medium", "low", "none"}, keys(models.Look{Swimlanes: models.GroupPriority}))
	require.Empty(t, keys(models.Look{Swimlanes: models.GroupLabel, Filter: models.BoardFilter{Words: "nothing"}}), "what is filtered shows what passes")
}

func TestACardThatGoesToAnotherSwimlaneChangesHandsInOneChange(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	for _, name := range []string{"Legal", "Money"} {
		require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: name, Colour: "red", Icon: "tag"}))
	}
	v := h.parted(b, models.Look{})
	legal, money := v.Labels[0].ID, v.Labels[1].ID
	task := h.add(b, "Sign contract")[0].ID
	progress := h.column(b, flow.InProgress)
	for _, step := range []struct {
		move  models.LaneMove
		lanes []string
	}{
		{models.LaneMove{By: models.GroupOwner, From: models.NoneLane, To: "ana"}, []string{"ana"}},
		{models.LaneMove{By: models.GroupOwner, From: models.NoneLane, To: "ben"}, []string{"ana", "ben"}},
		{models.LaneMove{By: models.GroupOwner, From: "ana", To: "ben"}, []string{"ben"}},
		{models.LaneMove{By: models.GroupOwner, From: "ben", To: models.NoneLane}, []string{models.NoneLane}},
		{models.LaneMove{By: models.GroupLabel, From: models.NoneLane, To: legal}, []string{legal}},
		{models.LaneMove{By: models.GroupLabel, From: legal, To: money}, []string{money}},
		{models.LaneMove{By: models.GroupPriority, From: "none", To: "urgent"}, []string{"urgent"}},
		{models.LaneMove{By: models.GroupPriority, From: "urgent", To: "none"}, []string{"none"}},
	} {
		before := h.visible(t, b.ID)
		h.now = h.now.Add(time.Minute)
		seq := h.did(h.MoveTask(ctx, asking(ana), task, h.task(task).Task.Version, models.Place{Column: progress, Lane: step.move}))
		in := h.lanesOf(b, step.move.By)
		require.Equal(t, step.lanes, in, step.move)
		require.Equal(t, flow.InProgress, h.state(task))
		after := h.visible(t, b.ID)
		undone := h.undo(seq)
		require.Equal(t, before, h.visible(t, b.ID), "one undo takes both back")
		h.undo(undone.Entry.Seq)
		require.Equal(t, after, h.visible(t, b.ID))
		if step.lanes[0] == "ben" || len(step.lanes) == 2 {
			require.Contains(t, h.told("ben"), string(models.Assigned))
		} else {
			require.NotContains(t, h.told("ben"), string(models.Assigned), "who owns it no more is not told that they do")
		}
	}
	replay.Check(t, h.db)
}

// lanesOf are the lanes of a board that hold a card.
func (h *house) lanesOf(b models.Board, by string) (keys []string) {
	for _, s := range h.parted(b, models.Look{Swimlanes: by}).Swims {
		if s.Count > 0 {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

func TestAMoveToAnotherSwimlaneIsRefusedAsAWhole(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign contract", "Order laptop")
	task := tasks[0].ID
	to := func(move models.LaneMove, state flow.State) models.Place {
		return models.Place{Column: h.column(b, state), Lane: move}
	}
	toBen := models.LaneMove{By: models.GroupOwner, From: models.NoneLane, To: "ben"}
	require.NoError(t, h.ask(zoe, task, of("ana")))
	seen, before := h.task(task).Task.Version, h.seq()
	h.refused(h.MoveTask(ctx, leo, task, seen, to(toBen, flow.Done)), fault.ApprovalOpen)
	h.refused(h.MoveTask(ctx, leo, task, seen, to(models.LaneMove{By: "sprint", From: "a", To: "b"}, flow.Ready)), fault.NotAChoice)
	h.refused(h.MoveTask(ctx, leo, task, seen, to(models.LaneMove{By: models.GroupPriority, From: "none", To: "utmost"}, flow.Ready)), fault.NotAChoice)
	h.refused(h.MoveTask(ctx, leo, task, seen, to(models.LaneMove{By: models.GroupOwner, From: models.NoneLane, To: "eve"}, flow.Ready)), fault.NotInTeam)
	h.refused(h.MoveTask(ctx, leo, task, seen, to(models.LaneMove{By: models.GroupLabel, From: models.NoneLane, To: "nothing"}, flow.Ready)), fault.NotAChoice)
	require.Equal(t, before, h.seq(), "nothing of it was done")

	owners := []string{"zoe"}
	require.NoError(t, h.EditTask(ctx, leo, task, seen, models.TaskInput{Owners: &owners}))
	f := h.refused(h.MoveTask(ctx, ana, task, seen, to(toBen, flow.InProgress)), fault.Changed)
	require.Equal(t, "owners", f.Changes[0].Field)
	require.NoError(t, h.MoveTask(ctx, ana, task, seen, to(models.LaneMove{}, flow.InProgress)), "a plain move does not mind")

	h.bulk(b, idsOf(tasks), models.Bulk{Deed: models.DeedMove, Place: to(models.LaneMove{By: models.GroupOwner, From: "zoe", To: "ben"}, flow.InReview)})
	require.Equal(t, []string{"ben"}, h.lanesOf(b, models.GroupOwner))
	replay.Check(t, h.db)
}

func TestNewsOfAPartedBoardTellHowManyCardsItsLanesHold(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, _ := h.pool(6, 5)
	for _, by := range models.Swimlanes {
		look := models.Look{Swimlanes: by}
		v := h.parted(b, look)
		since := v.Seq
		id := h.add(b, "New one")[0].ID
		news, err := h.BoardChanges(ctx, ana, b.ID, since, look)
		require.NoError(t, err)
		require.Equal(t, []string{models.NoneLane}, news.Cards[0].InLanes(by))
		require.Equal(t, id, news.Cards[0].ID)
		for _, s := range h.parted(b, look).Swims {
			require.Equal(t, s.Count, news.Swims[s.Key], "%s %s", by, s.Key)
		}
	}
}

// Where several runs go over one board, each has a lane: in the order of their starts,
// and below them what is no step of any.
func TestEachRunHasItsSwimlaneAndItsStepsStayInIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	template := h.template(t, "name: Order\nsteps:\n  - id: pick\n    title: Pick\n  - id: pack\n    title: Pack\n    needs: [pick]\n")
	first := h.launch(t, template, models.RunInput{Board: b.ID, Name: "Order 1"})
	h.now = h.now.Add(time.Minute)
	second := h.launch(t, template, models.RunInput{Board: b.ID, Name: "Another order 2"})
	loose := h.add(b, "Call Ada")[0].ID

	look := models.Look{Swimlanes: models.GroupRun}
	v := h.parted(b, look)
	names := map[string]int{}
	var order []string
	for _, s := range v.Swims {
		names[s.Name] = s.Count
		order = append(order, s.Key)
	}
	require.Equal(t, []string{first.ID, second.ID, models.NoneLane}, order)
	require.Equal(t, map[string]int{"Order 1": 2, "Another order 2": 2, "": 1}, names)

	pick := h.step(t, first.ID, "pick").Task.ID
	into := func(lane string) models.Place {
		return models.Place{Column: h.column(b, flow.InProgress), Lane: models.LaneMove{By: models.GroupRun, From: first.ID, To: lane}}
	}
	seen := h.task(pick).Task.Version
	h.refused(h.MoveTask(ctx, ana, pick, seen, into(second.ID)), fault.StepStays)
	h.refused(h.MoveTask(ctx, ana, pick, seen, into(models.NoneLane)), fault.StepStays)
	h.refused(h.MoveTask(ctx, ana, loose, h.task(loose).Task.Version, models.Place{Column: h.column(b, flow.Ready),
		Lane: models.LaneMove{By: models.GroupRun, From: models.NoneLane, To: first.ID}}), fault.StepStays)
	require.NoError(t, h.MoveTask(ctx, ana, pick, seen, into(first.ID)), "within its lane it goes where it may")

	table, err := h.Table(ctx, ana, b.ID, models.TableAsk{Look: models.Look{Group: models.GroupRun}})
	require.NoError(t, err)
	var groups []string
	for _, g := range table.Groups {
		groups = append(groups, g.Name)
	}
	require.Equal(t, []string{"Order 1", "Another order 2", ""}, groups)
}
