package models_test

import (
	"bytes"
	"crypto/rand"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/report"
	"relevo/tests/recount"
)

// signing is a house whose log can be taken away.
func signing(t testing.TB) *house {
	h := newHouse(t)
	secret, public, err := ledger.NewSecret(rand.Reader)
	require.NoError(t, err)
	h.parts.Notary, err = ledger.NewNotary(secret, public)
	require.NoError(t, err)
	h.Store, err = models.New(h.parts)
	require.NoError(t, err)
	return h
}

// exported is the team's log as somebody takes it home, and reads it there.
func (h *house) exported(t require.TestingT) []ledger.Entry {
	x, err := h.ExportLog(h.t.Context(), ana, h.team, models.LogQuery{}, models.ExportJSONL, 0)
	require.NoError(t, err)
	var file bytes.Buffer
	out, err := ledger.NewExtract(&file, ledger.Cover{Log: h.team, Whole: true, Head: x.Head.Signed})
	require.NoError(t, err)
	require.NoError(t, x.Each(h.t.Context(), func(l models.LogLine) error { return out.Add(l.Stored, nil) }))
	require.NoError(t, out.Close())
	entries, err := recount.Read(&file)
	require.NoError(t, err)
	return entries
}

// sameFlow compares two reports; a moment is the same in any zone.
func sameFlow(t require.TestingT, want, got report.Flow) {
	for _, f := range []*report.Flow{&want, &got} {
		for i := range f.Weeks {
			f.Weeks[i].From = f.Weeks[i].From.UTC()
		}
		for i := range f.Steps {
			f.Steps[i].At = f.Steps[i].At.UTC()
		}
	}
	require.Equal(t, want.Period, got.Period)
	require.Equal(t, want, got)
}

// Whatever a team does, the report of a board is what anybody computes from the log
// that they took home.
func TestAReportIsWhatTheExportedLogSays(t *testing.T) {
	fewer(t, "12")
	rapid.Check(t, func(rt *rapid.T) {
		s := newTale(rt, signing(t))
		acts := s.acts()
		delete(acts, "")
		acts["due"] = func(t *rapid.T) {
			id, due := s.any(t, "task"), models.Date(rapid.SampledFrom([]string{"", "2026-03-10", "2026-04-02"}).Draw(t, "due"))
			require.NoError(t, s.EditTask(s.t.Context(), ben, id, s.version(t, id), models.TaskInput{Due: &due}))
		}
		acts["own"] = func(t *rapid.T) {
			id, owners := s.any(t, "task"), rapid.SampledFrom([][]string{nil, {"ben"}, {"ana", "ben"}}).Draw(t, "owners")
			require.NoError(t, s.EditTask(s.t.Context(), ben, id, s.version(t, id), models.TaskInput{Owners: &owners}))
		}
		acts["look"] = func(t *rapid.T) { // a report in between is no obstacle
			_, err := s.BoardReport(s.t.Context(), vic, s.board.ID, url.Values{})
			require.NoError(t, err)
		}
		rt.Repeat(acts)
		entries := s.exported(rt)
		for _, asked := range []url.Values{{}, {"from": {"2026-02-20"}, "to": {"2026-03-16"}}} {
			v, err := s.BoardReport(s.t.Context(), vic, s.board.ID, asked)
			require.NoError(rt, err)
			require.EqualValues(rt, entries[len(entries)-1].Seq, v.Seq)
			sameFlow(rt, recount.Flow(report.Scope{Board: s.board.ID}, v.Flow.Period, entries), v.Flow)
		}
	})
}

func TestAReportTellsHowWorkFlowed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Pour", "Build", "Paint")
	pour, build, paint := tasks[0].ID, tasks[1].ID, tasks[2].ID
	h.require(pour, build, models.DependencyInput{})
	due := models.Date("2026-03-04")
	require.NoError(t, h.EditTask(ctx, ana, pour, 1<<40, models.TaskInput{Due: &due}))
	later := models.Date("2026-03-05")
	h.now = h.now.Add(24 * time.Hour)
	require.NoError(t, h.EditTask(ctx, ana, pour, 1<<40, models.TaskInput{Due: &later}))
	require.NoError(t, h.MoveTask(ctx, ben, pour, 1<<40, models.Place{Column: h.column(b, flow.InProgress)}))
	h.now = h.now.Add(24 * time.Hour)
	require.NoError(t, h.BlockTask(ctx, ben, pour, 1<<40, "rain"))
	h.now = h.now.Add(12 * time.Hour)
	require.NoError(t, h.UnblockTask(ctx, ben, pour, 1<<40))
	h.now = h.now.Add(12 * time.Hour)
	require.NoError(t, h.CompleteTask(ctx, ben, pour, 1<<40))
	require.NoError(t, h.MoveTask(ctx, ben, build, 1<<40, models.Place{Column: h.column(b, flow.InProgress)}))
	require.NoError(t, h.DeleteTask(ctx, ben, paint, 1<<40))
	h.now = h.now.Add(48 * time.Hour)
	v, err := h.BoardReport(ctx, vic, b.ID, url.Values{"of": {report.PickStage}, "at": {"4"}})
	require.NoError(t, err)
	const day = 24 * time.Hour
	require.Len(t, v.Flow.Finished, 1)
	x := v.Flow.Finished[0]
	require.Equal(t, "ONB-1 Pour", x.Name)
	require.Equal(t, []time.Duration{3 * day, 2 * day}, []time.Duration{x.Lead(), x.Cycle()})
	require.Equal(t, report.Times{report.Untouched: day, report.InProgress: day + day/2, report.Blocked: day / 2}, x.Times)
	require.Equal(t, report.Promise{Due: 1, InTime: 1, Moved: 1}, v.Flow.Promise, "in time only because it was put off")
	doing := v.Flow.Doing()
	require.Len(t, doing, 1)
	require.Equal(t, "ONB-2 Build", doing[0].Name)
	require.Equal(t, 2*day, doing[0].Age(h.now))
	require.Equal(t, 2, v.Flow.Added, "what was deleted does not count")
	require.Equal(t, 50, v.Flow.Efficiency())
	require.Len(t, v.Lines, 1)
	require.Equal(t, pour, v.Lines[0].ID)
}

func TestAPeriodThatCannotBeReadIsSaidAndTheUsualOneShown(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	v, err := h.BoardReport(t.Context(), vic, b.ID, url.Values{"from": {"soon"}})
	h.refused(err, fault.NotADate)
	require.Equal(t, report.Days30, v.Flow.Name)
	require.Equal(t, "2026-02-01", v.Flow.From.Format(time.DateOnly))
	require.Equal(t, "Europe/Madrid", v.Flow.From.Location().String(), "days are the team's")
}
