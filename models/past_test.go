package models_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
)

// shown is what a board shows, in words.
func shown(lanes []models.Lane, cancelled, archived int) string {
	var all strings.Builder
	for _, l := range lanes {
		fmt.Fprintf(&all, "%s (%s, %d, %v) %d\n", l.Name, l.State, l.WIPLimit, l.WIPHard, l.Count)
		for _, c := range l.Cards {
			fmt.Fprintf(&all, "  %s %s: %s, due %s, %d min, priority %d, blocked %v %q, at risk %v, %d/%d,", c.Key, c.Title, c.State, c.Due, c.Estimate, c.Priority, c.Blocked, c.BlockedReason, c.AtRisk, c.ItemsDone, c.Items)
			for _, o := range c.Owners {
				all.WriteString(" @" + o.ID)
			}
			for _, label := range c.Labels {
				all.WriteString(" #" + label.Name + label.Colour)
			}
			if c.State == flow.Waiting {
				for _, w := range c.WaitsFor {
					all.WriteString(" ←" + w.Key)
				}
			}
			all.WriteByte('\n')
		}
	}
	fmt.Fprintf(&all, "%d cancelled, %d archived", cancelled, archived)
	return all.String()
}

// meddle does something to a board, by chance; what is refused is not done.
func (h *house) meddle(r *rand.Rand, boards []models.Board) {
	ctx := h.t.Context()
	b := boards[r.IntN(len(boards))]
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(h.t, err)
	lane := v.Lanes[r.IntN(len(v.Lanes))]
	var cards []models.Card
	for _, l := range v.Lanes {
		cards = append(cards, l.Cards...)
	}
	if len(cards) == 0 || r.IntN(6) == 0 {
		_, _ = h.AddTasks(ctx, ana, lane.ID, []string{fmt.Sprintf("Task %d", r.IntN(100)), "Another"})
		return
	}
	c, other := cards[r.IntN(len(cards))], cards[r.IntN(len(cards))]
	title, due, owners, minutes := fmt.Sprintf("Renamed %d", r.IntN(100)), models.Date("2026-05-0"+fmt.Sprint(1+r.IntN(9))), [][]string{{}, {"ana"}, {"ben", "ana"}}[r.IntN(3)], r.IntN(500)
	deeds := []func() error{
		func() error { return h.MoveTask(ctx, ben, c.ID, c.Version, models.Place{Column: lane.ID}) },
		func() error {
			return h.MoveTask(ctx, ben, c.ID, c.Version, models.Place{Column: other.ColumnID, Before: other.ID})
		},
		func() error { return h.CompleteTask(ctx, ben, c.ID, c.Version) },
		func() error { return h.ReopenTask(ctx, ben, c.ID, c.Version) },
		func() error { return h.CancelTask(ctx, ben, c.ID, c.Version, "no need") },
		func() error { return h.ArchiveTask(ctx, ben, c.ID, c.Version) },
		func() error { return h.DeleteTask(ctx, ben, c.ID, c.Version) },
		func() error { return h.BlockTask(ctx, ben, c.ID, c.Version, "no paper") },
		func() error {
			return h.EditTask(ctx, ana, c.ID, c.Version, models.TaskInput{Title: &title, Due: &due, Owners: &owners, Estimate: &minutes})
		},
		func() error { return h.Require(ctx, ana, c.ID, other.ID, models.DependencyInput{}) },
		func() error { return h.Require(ctx, ana, c.ID, other.ID, models.DependencyInput{}) },
		func() error { return h.Unrequire(ctx, ana, c.ID, other.ID) },
		func() error { return h.AddItems(ctx, ana, c.ID, []string{"Item", "Item"}, false) },
		func() error {
			task := h.task(c.ID)
			if len(task.Items) == 0 {
				return nil
			}
			return h.TickItem(ctx, ben, c.ID, task.Items[0].ID)
		},
		func() error { return h.TransferTask(ctx, ana, c.ID, c.Version, boards[r.IntN(len(boards))].ID) },
		func() error {
			return h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: fmt.Sprintf("L%d", r.IntN(9)), Colour: "red", Icon: "tag"})
		},
		func() error {
			if len(v.Labels) == 0 {
				return nil
			}
			worn := []string{v.Labels[0].ID}
			return h.EditTask(ctx, ana, c.ID, c.Version, models.TaskInput{Labels: &worn})
		},
		func() error {
			if len(v.Labels) == 0 || r.IntN(3) > 0 {
				return nil
			}
			return h.RemoveLabel(ctx, ana, b.ID, v.Labels[0].ID)
		},
		func() error {
			_, err := h.AddColumn(ctx, ana, b.ID, models.ColumnInput{Name: fmt.Sprintf("Column %d", r.IntN(50)), State: flow.InProgress, WIPLimit: r.IntN(3) * 10})
			return err
		},
		func() error { return h.MoveColumn(ctx, ana, lane.ID, "") },
		func() error { return h.RemoveColumn(ctx, ana, lane.ID, "") },
		func() error {
			_, err := h.Undo(ctx, ben, h.team, v.Seq)
			return err
		},
		func() error {
			bin, err := h.Bin(ctx, ana, b.ID, "")
			if err != nil || len(bin.Tasks) == 0 {
				return err
			}
			return h.RecallTask(ctx, ana, bin.Tasks[0].Task.ID)
		},
	}
	_ = deeds[r.IntN(len(deeds))]()
}

// What the log tells of a board is what the board showed, at each moment of any
// history, whatever has become of it since.
func TestAnyMomentOfABoardIsShownAsItWas(t *testing.T) {
	rounds := uint64(6)
	if testing.Short() {
		rounds = 1
	}
	for seed := range rounds {
		h, r := newHouse(t), rand.New(rand.NewPCG(seed, 34))
		elsewhere, err := h.CreateBoard(t.Context(), ana, h.team, models.BoardInput{Name: "Elsewhere", Columns: columnNames})
		require.NoError(t, err)
		boards := []models.Board{h.board(), elsewhere}
		then := []map[int64]string{{}, {}}
		for range 90 {
			h.now = h.now.Add(time.Duration(1+r.IntN(100)) * time.Minute)
			h.meddle(r, boards)
			for i, b := range boards {
				v, err := h.Board(t.Context(), ana, b.ID)
				require.NoError(t, err)
				then[i][v.Seq] = shown(v.Lanes, v.Cancelled, v.Archived)
			}
		}
		for i, b := range boards {
			for seq, want := range then[i] {
				v, err := h.PastBoard(t.Context(), ana, b.ID, models.PastQuery{Entry: seq})
				require.NoError(t, err)
				require.Equal(t, seq, v.Seq)
				require.Equal(t, want, shown(v.Lanes, v.Cancelled, v.Archived), "history %d, board %d, as of %d", seed, i, seq)
			}
			// One comes by steps from now to the beginning, and back.
			v, err := h.PastBoard(t.Context(), ana, b.ID, models.PastQuery{})
			require.NoError(t, err)
			require.Zero(t, v.After)
			var back []int64
			for v.Before > 0 {
				back = append(back, v.Before)
				at := v.At
				v, err = h.PastBoard(t.Context(), ana, b.ID, models.PastQuery{Entry: v.Before})
				require.NoError(t, err)
				require.True(t, v.At.Before(at))
				require.NotZero(t, v.After)
			}
			for range back {
				v, err = h.PastBoard(t.Context(), ana, b.ID, models.PastQuery{Entry: v.After})
				require.NoError(t, err)
			}
			require.Zero(t, v.After, "each step back has one forth")
		}
	}
}

func TestATimeOfThePastIsReadInOnesZone(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	task := h.add(b, "Sign")[0]
	made := h.now
	h.now = h.now.Add(48 * time.Hour)
	title := "Sign twice"
	h.edit(task.ID, models.TaskInput{Title: &title})
	who := ana
	who.Zone = "Europe/Madrid"
	at := func(when string) models.PastView {
		v, err := h.PastBoard(t.Context(), who, b.ID, models.PastQuery{At: when})
		require.NoError(t, err)
		return v
	}
	ready := func(v models.PastView) string { return v.Lanes[1].Cards[0].Title }
	require.Equal(t, "Sign", ready(at(made.Add(time.Hour).Format("2006-01-02T15:04"))), "09:00 in UTC is 10:00 there, to its end")
	require.Equal(t, "Sign twice", ready(at("2026-03-04")))
	require.Equal(t, "Sign", ready(at("2026-03-03")))
	before := at("2026-03-01")
	require.False(t, before.There())
	require.Empty(t, before.Lanes)
	require.NotZero(t, before.After)
	v, err := h.PastBoard(t.Context(), who, b.ID, models.PastQuery{At: "last Tuesday"})
	h.refused(err, fault.NotATime)
	require.Equal(t, "Sign twice", ready(v), "it is as it is now")
	_, err = h.PastBoard(t.Context(), who, b.ID, models.PastQuery{Entry: 1 << 50})
	require.NoError(t, err)
}

func TestATaskIsShownAsItWasThenEvenWhenItIsGone(t *testing.T) {
	h := newHouse(t)
	ctx, b := t.Context(), h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts"))
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	h.require(ids[0], ids[1], models.DependencyInput{})
	text, owners := "Both **copies**", []string{"ben"}
	h.edit(ids[0], models.TaskInput{Description: &text, Owners: &owners, Fields: map[string]string{cost.ID: "1200"}})
	require.NoError(t, h.AddItems(ctx, ana, ids[0], []string{"Print", "Send"}, false))
	require.NoError(t, h.TickItem(ctx, ben, ids[0], h.task(ids[0]).Items[0].ID))
	require.NoError(t, h.AddComment(ctx, ben, ids[0], "Done soon"))
	then := h.seq()
	h.now = h.now.Add(time.Hour)
	require.NoError(t, h.DeleteTask(ctx, ana, ids[0], h.task(ids[0]).Task.Version))
	h.now = h.now.AddDate(0, 0, 40)
	require.NoError(t, h.EmptyBins(ctx))

	v, err := h.PastTask(ctx, vic, b.ID, ids[0], models.PastQuery{Entry: then})
	require.NoError(t, err)
	require.Equal(t, "Both **copies**", v.Card.Description)
	require.Equal(t, "ben", v.Card.Owners[0].Name)
	require.Equal(t, "1200", v.Held[0].Value)
	require.Equal(t, "Cost", v.Held[0].Name)
	require.NotNil(t, v.Items[0].TickedAt)
	require.Nil(t, v.Items[1].TickedAt)
	require.Equal(t, 1, v.Comments)
	require.Equal(t, "Accounts", v.HoldsUp[0].Title)
	require.Empty(t, v.Today.ID, "it is gone for good")
	chart := v.Chart("")
	require.Len(t, chart.Links, 1)
	require.False(t, chart.Links[0].Satisfied)
	_, err = h.PastTask(ctx, vic, b.ID, ids[0], models.PastQuery{})
	h.refused(err, fault.NotFound)
	_, err = h.PastTask(ctx, eve, b.ID, ids[0], models.PastQuery{Entry: then})
	h.refused(err, fault.NotFound)
}

func TestARunIsShownAsItWas(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	template := h.template(t, "name: Hire\nsteps: [{id: sign, title: Sign}, {id: pay, title: Pay, needs: [sign]}]\n")
	run := h.launch(t, template, models.RunInput{Board: b.ID, Name: "Ada"})
	then := h.seq()
	h.now = h.now.Add(time.Hour)
	h.finish(t, run.ID, "sign")
	states := func(v models.PastView) (all []flow.State) {
		for _, c := range v.Steps {
			all = append(all, c.State)
		}
		return all
	}
	v, err := h.PastRun(t.Context(), vic, run.ID, models.PastQuery{Entry: then})
	require.NoError(t, err)
	require.Equal(t, []flow.State{flow.Ready, flow.Waiting}, states(v))
	require.Len(t, v.Chart("").Links, 1)
	require.False(t, v.Chart("").Links[0].Satisfied)
	v, err = h.PastRun(t.Context(), vic, run.ID, models.PastQuery{Entry: v.After})
	require.NoError(t, err)
	require.Equal(t, []flow.State{flow.Done, flow.Ready}, states(v))
	require.Zero(t, v.After)
	require.True(t, v.Chart("").Links[0].Satisfied)
	since, err := h.RunSince(t.Context(), vic, run.ID, models.SinceMonday)
	require.NoError(t, err)
	require.Len(t, since.Tasks, 2)
	require.NotEmpty(t, since.Lines, "the run was started")
}

func TestWhatHasChangedIsToldByTask(t *testing.T) {
	h := newHouse(t)
	ctx, b := t.Context(), h.board()
	ids := idsOf(h.add(b, "Sign", "Accounts", "Laptop", "Desk"))
	since := h.now.Add(time.Minute)
	h.now = h.now.Add(26 * time.Hour)
	title := "Sign it"
	h.edit(ids[0], models.TaskInput{Title: &title})
	require.NoError(t, h.CompleteTask(ctx, ben, ids[0], h.task(ids[0]).Task.Version))
	require.NoError(t, h.AddComment(ctx, ben, ids[1], "When?"))
	require.NoError(t, h.DeleteTask(ctx, ana, ids[2], h.task(ids[2]).Task.Version))
	made := h.add(b, "Badge")[0].ID
	h.move(ids[3], h.column(b, flow.InProgress), "")
	h.move(ids[3], h.column(b, flow.Ready), "") // and back: nothing has come of it
	v, err := h.BoardSince(ctx, vic, b.ID, since.Format("2006-01-02T15:04"))
	require.NoError(t, err)
	require.Len(t, v.Tasks, 4)
	by := map[string]int{}
	for i, s := range v.Tasks {
		by[s.Task.ID] = i
	}
	sign, accounts, laptop, badge := v.Tasks[by[ids[0]]], v.Tasks[by[ids[1]]], v.Tasks[by[ids[2]]], v.Tasks[by[made]]
	require.Equal(t, []string{"ready", "done"}, []string{sign.From, sign.To})
	require.Equal(t, []string{"title"}, sign.Edited)
	require.Equal(t, []string{"Ana", "Ben"}, sign.Who)
	require.Equal(t, 1, accounts.Comments)
	require.True(t, laptop.Deleted)
	require.True(t, v.Gone[ids[2]])
	require.True(t, badge.Made)
	require.Zero(t, sign.Others+accounts.Others+laptop.Others+badge.Others)
	_, err = h.BoardSince(ctx, vic, b.ID, "whenever")
	h.refused(err, fault.NotATime)
}

func TestALastLookIsTheOneOfTheVisitBefore(t *testing.T) {
	h := newHouse(t)
	ctx, b := t.Context(), h.board()
	look := func(who models.Actor) {
		t.Helper()
		require.NoError(t, h.LookAtBoard(ctx, who, b.ID, h.seq()))
	}
	changed := func(who models.Actor) (models.SinceView, []string) {
		t.Helper()
		v, err := h.BoardSince(ctx, who, b.ID, "")
		require.NoError(t, err)
		var names []string
		for _, s := range v.Tasks {
			names = append(names, s.Task.Name)
		}
		return v, names
	}
	h.add(b, "Sign")
	v, _ := changed(ben)
	require.True(t, v.Never)
	look(ben)
	h.now = h.now.Add(20 * time.Minute)
	h.add(b, "Accounts")
	look(ben) // the same visit
	h.now = h.now.Add(3 * time.Hour)
	h.add(b, "Laptop")
	look(ben)
	h.now = h.now.Add(6 * time.Minute)
	look(ben)
	before := h.length()
	v, names := changed(ben)
	require.False(t, v.Never)
	require.Equal(t, []string{"ONB-3 Laptop"}, names, "what was there when they last looked is not news")
	v, _ = changed(vic)
	require.True(t, v.Never, "looks are one's own")
	h.refused(h.LookAtBoard(ctx, eve, b.ID, 1), fault.NotFound)
	require.Equal(t, before, h.length(), "looks are no business of the log")
	require.NoError(t, h.Leave(ctx, ben, h.team))
	require.Zero(t, h.count("SELECT COUNT(*) FROM board_looks WHERE user_id = 'ben'"))
}
