package models_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/attention"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/tests/replay"
)

// override lets a task that waits go ahead.
func (h *house) override(task string) {
	h.t.Helper()
	require.NoError(h.t, h.OverrideTask(h.t.Context(), ana, task, h.task(task).Task.Version, "it cannot wait"))
}

// findings makes an override, which nobody has looked at, and something reopened,
// which somebody has. They are known by the numbers that it returns.
func (h *house) findings(b models.Board) (override, reopened int64) {
	h.t.Helper()
	ctx := h.t.Context()
	tasks := h.add(b, "Before", "After")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	h.override(tasks[1].ID)
	require.NoError(h.t, h.complete(ana, tasks[0].ID))
	require.NoError(h.t, h.ReopenTask(ctx, ana, tasks[0].ID, h.task(tasks[0].ID).Task.Version))
	v := h.attention(models.AttentionQuery{Rule: "overrides"})
	override = v.Findings[0].Seq
	reopened = h.attention(models.AttentionQuery{Rule: "reopened"}).Findings[0].Seq
	require.NoError(h.t, h.MarkFinding(ctx, ana, h.team, "reopened", reopened, models.LookedFollowUp, "Ask Ana"))
	return override, reopened
}

func (h *house) attention(q models.AttentionQuery) models.AttentionView {
	h.t.Helper()
	v, err := h.Attention(h.t.Context(), ana, h.team, q)
	require.NoError(h.t, err)
	return v
}

func TestAFindingIsLookedAtAndCountsAsAFalseAlarm(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	seq, _ := h.findings(h.board())
	v := h.attention(models.AttentionQuery{})
	require.Equal(t, map[string]int{"open": 1, "follow_up": 1, "all": 2}, v.Counts)
	require.Equal(t, attention.Overrides, v.Findings[0].Rule)
	require.Contains(t, v.Findings[0].Task.Name, "After")

	require.NoError(t, h.MarkFinding(ctx, ana, h.team, "overrides", seq, models.LookedFine, " The notary was ill "))
	n := h.length()
	require.NoError(t, h.MarkFinding(ctx, ana, h.team, "overrides", seq, models.LookedFine, "The notary was ill"))
	require.Equal(t, n, h.length(), "nothing changed")
	v = h.attention(models.AttentionQuery{Show: "fine"})
	require.Equal(t, "The notary was ill", v.Findings[0].Mark.Note)
	require.Equal(t, 1, v.Rules[0].Fine)
	require.Equal(t, 1, v.Rules[0].All)
	require.Equal(t, "attention.marked", h.asked(models.LogQuery{Action: "log"})[0])
	replay.Check(t, h.db)
	require.NoError(t, h.UnmarkFinding(ctx, ana, h.team, "overrides", seq))
	require.Equal(t, 1, h.attention(models.AttentionQuery{}).Counts["open"])
	replay.Check(t, h.db)

	h.refused(h.UnmarkFinding(ctx, ana, h.team, "overrides", seq), fault.NotFound)
	h.refused(h.MarkFinding(ctx, ana, h.team, "overrides", seq+1, models.LookedFine, ""), fault.NotFound)
	h.refused(h.MarkFinding(ctx, ana, h.team, "overrides", seq, "guilty", ""), fault.NotAChoice)
	require.Equal(t, "note", h.refused(h.MarkFinding(ctx, ana, h.team, "overrides", seq, models.LookedFine, strings.Repeat("é", 1001)), fault.TooLong).Field)
	_, err := h.Attention(ctx, ana, h.team, models.AttentionQuery{Rule: "gossip"})
	h.refused(err, fault.NotAChoice)
}

func TestARuleIsSetForTheTeamAndToldInTheLog(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.findings(h.board())
	set := func(rule attention.Rule, is attention.Setting) error {
		return h.SetAttentionRule(ctx, ana, h.team, string(rule), is)
	}
	require.NoError(t, set(attention.Overrides, attention.Setting{On: true, Least: 2}))
	require.Zero(t, h.attention(models.AttentionQuery{Rule: "overrides", Show: "all"}).Counts["all"])
	require.NoError(t, set(attention.Reopened, attention.Setting{Least: 1}))
	require.Zero(t, h.attention(models.AttentionQuery{Show: "all"}).Counts["all"], "it is off")
	n := h.length()
	require.NoError(t, set(attention.Reopened, attention.Setting{Least: 1}))
	require.Equal(t, n, h.length())
	require.NoError(t, set(attention.OddHours, attention.Setting{On: true, Least: 1, Opens: 12, Closes: 13}))
	require.Positive(t, h.attention(models.AttentionQuery{Rule: "odd_hours"}).Counts["open"], "it is ten in Madrid")
	replay.Check(t, h.db)

	require.Equal(t, "least", h.refused(set(attention.Overrides, attention.Setting{On: true}), fault.OutOfRange).Field)
	require.Equal(t, "closes", h.refused(set(attention.OddHours, attention.Setting{On: true, Least: 1, Opens: 9, Closes: 9}), fault.EndsBeforeStart).Field)
	h.refused(set("gossip", attention.Setting{On: true, Least: 1}), fault.NotFound)
}

// TestWhoeverHasTheEntriesFindsTheSame computes the list from an export of the log.
func TestWhoeverHasTheEntriesFindsTheSame(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	r := rand.New(rand.NewPCG(3, 5))
	set := attention.Settings{}
	for rule, s := range attention.Usual() {
		s.Least = min(s.Least, 2)
		set[rule] = s
		require.NoError(t, h.SetAttentionRule(ctx, ana, h.team, string(rule), s))
	}
	tasks := h.add(b, "A", "B", "C", "D", "E", "F")
	h.require(tasks[4].ID, tasks[5].ID, models.DependencyInput{})
	title := "Renamed"
	for range 120 {
		h.now = h.now.Add(time.Duration(r.IntN(7*60*60)) * time.Second / time.Duration(1+r.IntN(20000)))
		who, task := []models.Actor{ana, ben}[r.IntN(2)], tasks[r.IntN(len(tasks))].ID
		v := h.task(task).Task.Version
		switch r.IntN(6) { // what the rules of movement refuse is no matter here
		case 0:
			_ = h.CompleteTask(ctx, who, task, v)
		case 1:
			_ = h.ReopenTask(ctx, who, task, v)
		case 2:
			title += "'"
			_ = h.EditTask(ctx, who, task, v, models.TaskInput{Title: &title})
		case 3:
			_ = h.OverrideTask(ctx, who, task, v, "so")
		case 4:
			_ = h.MoveTask(ctx, who, task, v, models.Place{Column: h.column(b, flow.InProgress)})
		case 5:
			if len(h.add(b, "Gone")) == 1 {
				v, err := h.Board(ctx, ana, b.ID)
				require.NoError(t, err)
				gone := v.Lanes[1].Cards[len(v.Lanes[1].Cards)-1]
				_ = h.DeleteTask(ctx, who, gone.ID, gone.Version)
			}
		}
	}
	v := h.attention(models.AttentionQuery{Show: "all"})
	require.Greater(t, v.Counts["all"], 10)

	x, err := h.ExportLog(ctx, ana, h.team, models.LogQuery{}, models.ExportCSV, 0)
	require.NoError(t, err)
	madrid := models.Zone("Europe/Madrid")
	look := attention.New(set, flow.Calendar{Zone: madrid, Off: [7]bool{0: true, 6: true}, Holidays: map[string]bool{}})
	require.NoError(t, x.Each(ctx, func(l models.LogLine) error {
		e, err := ledger.Parse(bytes.Clone([]byte(l.Stored)))
		look.Add(e)
		return err
	}))
	found := look.Findings()
	require.Len(t, found, v.Counts["all"])
	for _, f := range v.Findings {
		require.Contains(t, found, f.Finding)
	}
}

// BenchmarkAttention computes the list of a log of 100,000 entries, of which people
// made 60,000: anew, and when nothing but a few entries came since.
func BenchmarkAttention(b *testing.B) {
	s, who, team := models.BigLog(b, 100_000)
	view := func(b *testing.B) {
		v, err := s.Attention(context.Background(), who, team, models.AttentionQuery{})
		require.NoError(b, err)
		require.NotEmpty(b, v.Findings)
	}
	b.Run("anew", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			require.NoError(b, s.SetAttentionRule(context.Background(), who, team, "odd_hours", attention.Setting{On: true, Least: 1 + i%2, Opens: 6, Closes: 22}))
			view(b)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			view(b)
		}
	})
}
