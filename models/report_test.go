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
	require.NoError(t, x.Each(h.t.Context(), func(l models.LogLine) error { return out.Add(l.Attested(), nil) }))
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
			require.Equal(rt, entries[len(entries)-1].Seq, v.Seq)
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

const signAndCheck = `name: Small
roles: [{id: r, name: R, who: ask}]
steps:
  - {id: sign, title: Sign for somebody, role: r}
  - {id: check, title: Check, role: r, needs: [sign]}
`

// What a step usually takes, what it takes now, and which one holds the runs up.
func TestAReportOfATemplateTellsItsStepsAndWhatTheyUsuallyTake(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template, b := h.template(t, signAndCheck), h.board()
	const hour = time.Hour
	for i := range 3 { // sign takes a day, check two, each run later than the one before
		r := h.launch(t, template, models.RunInput{Board: b.ID})
		h.now = h.now.Add(24 * hour)
		h.finish(t, r.ID, "sign")
		h.now = h.now.Add(48 * hour)
		if i == 0 {
			require.NoError(t, h.ReopenTask(ctx, ben, h.step(t, r.ID, "sign").Task.ID, 1<<40))
			h.finish(t, r.ID, "sign")
		}
		h.finish(t, r.ID, "check")
	}
	stopped := h.launch(t, template, models.RunInput{Board: b.ID})
	require.NoError(t, h.CancelRun(ctx, ana, stopped.ID, "", models.CancelTasks))
	h.launch(t, template, models.RunInput{Board: b.ID})
	require.NoError(t, undoLast(h))
	h.now = h.now.Add(hour)
	slow := h.launch(t, template, models.RunInput{Board: b.ID})
	h.now = h.now.Add(5 * 24 * hour)

	v, err := h.TemplateReport(ctx, vic, template.ID, url.Values{})
	require.NoError(t, err)
	require.Equal(t, map[report.Outcome]int{report.RunDone: 3, report.RunDropped: 1, report.Going: 1}, v.Runs.Outcomes)
	require.Equal(t, report.Spread{N: 3, P50: 72 * hour, P85: 72 * hour, P95: 72 * hour}, v.Runs.Duration)
	require.Equal(t, "check", v.Runs.Bottleneck)
	steps := map[string]report.StepFlow{}
	for _, s := range v.Runs.Steps {
		steps[s.Step] = s
	}
	require.Equal(t, 24*hour, steps["sign"].Turn.P50, "usually a day")
	require.Equal(t, 120*hour, steps["sign"].Now.P50.Round(time.Second), "and now five")
	require.Equal(t, 1, steps["sign"].Now.N)
	require.True(t, steps["sign"].Slow())
	require.Equal(t, 24*hour, steps["check"].Wait.P50)
	require.Equal(t, 48*hour, steps["check"].Turn.P50)
	require.Equal(t, map[report.Deviation]int{report.Reopened: 1}, v.Runs.Deviations)
	require.Len(t, v.Steps, 2)
	require.Equal(t, slow.ID, v.Runs.Runs[0].ID)

	narrow, err := h.TemplateReport(ctx, vic, template.ID, url.Values{"from": {"2026-03-02"}, "to": {"2026-03-05"}})
	require.NoError(t, err)
	require.Equal(t, map[report.Outcome]int{report.RunDone: 1, report.Going: 1}, narrow.Runs.Outcomes, "as it stood then")
}

// undoLast undoes the last start of a run.
func undoLast(h *house) error {
	var seq int64
	if err := h.db.Raw("SELECT MAX(seq) FROM entries WHERE action = 'run.started'").Row().Scan(&seq); err != nil {
		return err
	}
	_, err := h.Store.Undo(h.t.Context(), ana, h.team, seq)
	return err
}

// The report of runs is what the exported log says, whatever became of them.
func TestAReportOfRunsIsWhatTheExportedLogSays(t *testing.T) {
	fewer(t, "10")
	rapid.Check(t, func(rt *rapid.T) {
		h := signing(t)
		template, b := h.template(rt, drawTemplate(rt)), h.board()
		var runs []string
		for n := rapid.IntRange(2, 25).Draw(rt, "acts"); n > 0; n-- {
			h.now = h.now.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "hours")) * time.Hour)
			if len(runs) == 0 || rapid.IntRange(0, 4).Draw(rt, "start") == 0 {
				answer := rapid.SampledFrom([]string{"yes", "no"}).Draw(rt, "a")
				runs = append(runs, h.launch(rt, template, models.RunInput{Board: b.ID, Answers: map[string]string{"a": answer}}).ID)
				continue
			}
			v := h.run(rt, rapid.SampledFrom(runs).Draw(rt, "run"))
			task := v.Steps[rapid.IntRange(0, len(v.Steps)-1).Draw(rt, "step")].Task.ID
			ctx := h.t.Context()
			switch rapid.SampledFrom([]string{"complete", "complete", "complete", "begin", "reopen", "drop", "cancel", "pause"}).Draw(rt, "act") { // what the rules refuse changes nothing
			case "complete":
				_ = h.CompleteStep(ctx, ben, task, 1<<40, map[string]string{"ok": "yes"})
			case "begin":
				_ = h.MoveTask(ctx, ben, task, 1<<40, models.Place{Column: h.column(b, flow.InProgress)})
			case "reopen":
				_ = h.ReopenTask(ctx, ben, task, 1<<40)
			case "drop":
				_ = h.DropStep(ctx, ana, task, "not now")
			case "cancel":
				if rapid.IntRange(0, 3).Draw(rt, "really") == 0 {
					_ = h.CancelRun(ctx, ana, v.Run.ID, "", models.CancelTasks)
				}
			case "pause":
				_ = h.PauseRun(ctx, ana, v.Run.ID, "")
			}
		}
		h.now = h.now.Add(time.Hour)
		entries := h.exported(rt)
		got, err := h.TemplateReport(h.t.Context(), vic, template.ID, url.Values{})
		require.NoError(rt, err)
		want := recount.Runs(template.ID, got.Flow.Period, entries)
		sameFlow(rt, want.Flow, got.Flow)
		want.Flow, got.Runs.Flow = report.Flow{}, report.Flow{}
		require.Equal(rt, want, *got.Runs)
	})
}

// What a team is told of single people depends on the role, and everybody is told it
// of themselves.
func TestReportsOfPeopleAreForManagersAndForThemselves(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Pour", "Build", "Paint", "Sell")
	own := func(task models.Task, who ...string) {
		require.NoError(t, h.EditTask(ctx, ana, task.ID, 1<<40, models.TaskInput{Owners: &who}))
	}
	own(tasks[0], "ben")
	own(tasks[1], "ben", "ana")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	h.require(tasks[1].ID, tasks[2].ID, models.DependencyInput{})
	due, hours := models.Date("2026-03-12"), 480
	require.NoError(t, h.EditTask(ctx, ana, tasks[0].ID, 1<<40, models.TaskInput{Due: &due, Estimate: &hours}))
	h.now = h.now.Add(time.Hour)

	v, err := h.TeamReport(ctx, ana, h.team, url.Values{})
	require.NoError(t, err)
	require.Len(t, v.Holders, 2)
	require.Equal(t, "ONB-1 Pour", v.Holders[0].Name)
	require.Equal(t, 2, v.Holders[0].All, "what waits for what waits counts too")
	require.Equal(t, 1, v.Holders[0].Next)
	require.Len(t, v.Loads, 3)
	require.Equal(t, report.Load{Person: "ben", Ready: 1, Waiting: 1, Work: 8 * time.Hour, Unestimated: 1,
		Ahead: map[report.Ahead]int{report.AheadNextWeek: 1, report.AheadUndated: 1}}, load(v, "ben"))
	require.Equal(t, 2, load(v, report.Nobody).Open())

	of, err := h.TeamReport(ctx, ana, h.team, url.Values{"who": {"ben"}})
	require.NoError(t, err)
	require.Equal(t, "ben", of.Who.Name)
	require.Len(t, of.Flow.Open, 2)
	_, err = h.TeamReport(ctx, ana, h.team, url.Values{"who": {"somebody"}})
	h.refused(err, fault.NotFound)

	for _, who := range []models.Actor{ben, vic} {
		v, err = h.TeamReport(ctx, who, h.team, url.Values{})
		require.NoError(t, err)
		require.Empty(t, v.Loads, "not of others")
		_, err = h.TeamReport(ctx, who, h.team, url.Values{"who": {"ana"}, "of": {"open"}})
		h.refused(err, fault.NotAllowed)
		_, err = h.TeamReport(ctx, who, h.team, url.Values{"who": {report.Nobody}})
		h.refused(err, fault.NotAllowed)
	}
	_, err = h.TeamReport(ctx, eve, h.team, url.Values{})
	h.refused(err, fault.NotFound)

	mine, err := h.MyReport(ctx, ben, url.Values{"of": {report.PickOpen}})
	require.NoError(t, err)
	require.Len(t, mine.Lines, 2)
	require.Len(t, mine.Loads, 1)
	require.Len(t, mine.Holders, 2)
	none, err := h.MyReport(ctx, eve, url.Values{})
	require.NoError(t, err)
	require.Empty(t, none.Flow.Open)
}

func load(v models.ReportView, who string) report.Load {
	for _, l := range v.Loads {
		if l.Person == who {
			return l
		}
	}
	return report.Load{}
}
