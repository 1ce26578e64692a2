package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/report"
	"relevo/tests/recount"
)

// history draws the entries of a log: tasks that are made, moved about, put away,
// thrown away and brought back by people whose clock stands still, leaps, and is
// now and then put back.
func history(t *rapid.T) []ledger.Entry {
	at := time.Date(2026, 3, rapid.IntRange(1, 28).Draw(t, "day"), 7, 0, 0, 0, time.UTC)
	var entries []ledger.Entry
	fields := map[string]map[string]string{}
	var ids, runs []string
	tied := map[string]bool{}
	held := func(id string, pairs []string) (changes []ledger.Change) {
		for i := 0; i < len(pairs); i += 2 {
			if fields[id] == nil {
				fields[id] = map[string]string{}
			}
			if from := fields[id][pairs[i]]; from != pairs[i+1] {
				changes = append(changes, ledger.Change{Field: pairs[i], From: from, To: pairs[i+1]})
				fields[id][pairs[i]] = pairs[i+1]
			}
		}
		return changes
	}
	about := func(action string, subject ledger.Subject, pairs ...string) {
		entries = append(entries, ledger.Entry{Log: "team", Seq: int64(len(entries) + 1), At: at, Action: action, Subject: subject, Changes: held(subject.ID, pairs)})
	}
	add := func(action, task, board string, pairs ...string) {
		e := ledger.Entry{Log: "team", Seq: int64(len(entries) + 1), At: at, Action: action, Task: ledger.Subject{Kind: "task", ID: task, Name: "T-1 " + task},
			Board: ledger.Subject{ID: board}}
		e.Subject, e.Changes = e.Task, held(task, pairs)
		entries = append(entries, e)
	}
	some := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	for n := rapid.IntRange(1, 60).Draw(t, "entries"); n > 0; n-- {
		at = at.Add(time.Duration(rapid.SampledFrom([]int64{0, 1, 61_000_000, 3_600_000_000, 40_000_000_000, 90_000_000_000, 400_000_000_000, -5_000_000}).Draw(t, "later")) * time.Microsecond)
		if len(ids) == 0 || rapid.IntRange(0, 5).Draw(t, "new") == 0 {
			id := fmt.Sprint("task", len(ids))
			ids = append(ids, id)
			run, step := "", ""
			if len(runs) > 0 && rapid.Bool().Draw(t, "in a run") {
				run, step = some("run", runs...), some("step", "sign", "check")
			}
			add("task.created", id, some("board", "one", "two"), "state", some("first", "waiting", "ready"), "due", some("due", "", "2026-04-01"), "owners", some("who", "", "ana", "ana ben"),
				"run", run, "step", step)
			continue
		}
		if len(ids) > 1 && rapid.IntRange(0, 4).Draw(t, "tie") == 0 {
			from := rapid.IntRange(0, len(ids)-2).Draw(t, "before")
			to := rapid.IntRange(from+1, len(ids)-1).Draw(t, "after")
			ends := ledger.Subject{ID: ids[from]}
			pair := ids[from] + ids[to]
			e := ledger.Entry{Log: "team", Seq: int64(len(entries) + 1), At: at, Action: "dependency.added", Subject: ends, Task: ledger.Subject{ID: ids[to]}}
			if tied[pair] {
				e.Action = some("untie", "dependency.removed", "dependency.changed")
			}
			if e.Action != "dependency.removed" {
				delete(fields, pair)
				e.Changes = held(pair, []string{"satisfied_at", some("enough", "done", "in_review")})
			}
			tied[pair] = e.Action != "dependency.removed"
			entries = append(entries, e)
			continue
		}
		if rapid.IntRange(0, 6).Draw(t, "of a run") == 0 {
			if len(runs) == 0 || rapid.Bool().Draw(t, "another run") {
				runs = append(runs, fmt.Sprint("run", len(runs)))
				about("run.started", ledger.Subject{Kind: "run", ID: runs[len(runs)-1], Name: "Run"}, "template", some("template", "hire", "sell"), "run_state", "running")
			} else {
				about(some("of run", "run.paused", "run.recast"), ledger.Subject{Kind: "run", ID: some("run", runs...), Name: "Run"}, "run_state", some("run state", "running", "paused", "cancelled", "withdrawn"))
			}
			continue
		}
		id := some("task", ids...)
		switch some("act", "move", "move", "move", "move", "block", "archive", "delete", "board", "due", "own", "estimate", "other") {
		case "move":
			add("task.moved", id, "one", "state", some("to", "waiting", "ready", "in_progress", "in_review", "done", "done", "cancelled"))
		case "block":
			add("task.blocked", id, "one", "blocked", some("blocked", "", "yes"))
		case "archive":
			add("task.archived", id, "one", "archived_at", some("archived", "", "2026"))
		case "delete":
			add("task.deleted", id, "one", "deleted_at", some("deleted", "", "", "2026"))
		case "board":
			add("task.transferred", id, "one", "board", some("to board", "one", "two"))
		case "due":
			add("task.edited", id, "one", "due", some("due", "", "2026-03-20", "2026-04-01", "2026-04-09"))
		case "own":
			add("task.edited", id, "one", "owners", some("who", "", "ana", "ben", "ana ben"))
		case "estimate":
			add("task.edited", id, "one", "estimate", some("minutes", "", "30", "480"))
		case "other":
			add(some("what", "comment.added", "task.edited", "team.edited", "task.reopened", "task.dropped", "task.overridden"), id, "one", "title", some("title", "A", "B"))
		}
	}
	return entries
}

var zones = []string{"UTC", "Europe/Madrid", "America/New_York", "Pacific/Auckland"}

func period(t *rapid.T) report.Period {
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	require.NoError(t, err)
	now := time.Date(2026, 4, 20, rapid.IntRange(0, 23).Draw(t, "hour"), 13, 0, 0, zone)
	from := time.Date(2026, 3, rapid.IntRange(-200, 40).Draw(t, "from"), 0, 0, 0, 0, zone)
	to := from.AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "days"))
	p, err := report.ReadPeriod(map[string][]string{"from": {from.Format(time.DateOnly)}, "to": {to.Format(time.DateOnly)}}, now)
	require.NoError(t, err)
	return p
}

func told(t require.TestingT, entries []ledger.Entry) *report.History {
	h := report.NewHistory()
	for _, e := range entries {
		require.NoError(t, h.Add(e))
	}
	return h
}

// A report says what the plainest way of counting says, of any history, for any
// period, board and person.
func TestAReportIsWhatOneCountsByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		of := report.Scope{Board: rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "of board"), Person: rapid.SampledFrom([]string{"", "", "ana"}).Draw(t, "of person")}
		want, got := recount.Flow(of, p, entries), report.FlowOf(of, p, told(t, entries))
		same(t, want, got)
	})
}

// The same holds for the runs of a template, their steps and what deviated.
func TestAReportOfRunsIsWhatOneCountsByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		h := told(t, entries)
		want, got := recount.Runs("hire", p, entries), report.RunsOf("hire", p, h)
		same(t, want.Flow, got.Flow)
		want.Flow, got.Flow = report.Flow{}, report.Flow{}
		for i := range want.Runs {
			want.Runs[i].Made, want.Runs[i].Ended = want.Runs[i].Made.UTC(), want.Runs[i].Ended.UTC()
		}
		require.Equal(t, want, got)
	})
}

// And for whom a task holds up, and what is on whom.
func TestWhoHoldsUpWhomIsWhatOneCountsByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		of := report.Scope{Person: rapid.SampledFrom([]string{"", "ana", report.Nobody}).Draw(t, "of person")}
		h := told(t, entries)
		want, got := recount.Holders(of, p, entries), report.HoldersOf(of, p, h)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, [...]any{want[i].ID, want[i].Next, want[i].All}, [...]any{got[i].ID, got[i].Next, got[i].All})
		}
		f := report.FlowOf(of, p, h)
		for _, x := range got {
			require.Len(t, report.Lines(f, of, report.Pick{What: report.PickHeld, At: x.ID}, h), x.All)
			require.Len(t, report.Lines(f, of, report.Pick{What: report.PickNext, At: x.ID}, h), x.Next)
		}
		loads := recount.Loads(f)
		require.Len(t, f.Loads(), len(loads))
		for _, l := range f.Loads() {
			require.Equal(t, loads[l.Person], l)
			mine := report.FlowOf(report.Scope{Person: l.Person}, p, h)
			if of.Person == "" {
				require.Equal(t, [...]int{l.Done, l.Open()}, [...]int{len(mine.Finished), len(mine.Open)}, "their own report says the same")
			}
		}
	})
}

// same compares two reports; times are equal whatever their zone.
func same(t require.TestingT, want, got report.Flow) {
	norm := func(f *report.Flow) {
		for i := range f.Finished {
			x := &f.Finished[i]
			x.Made, x.Begun, x.Done = x.Made.UTC(), x.Begun.UTC(), x.Done.UTC()
			if len(x.Who) == 0 {
				x.Who = nil
			}
		}
		for i := range f.Open {
			x := &f.Open[i]
			x.Made, x.Begun, x.Since = x.Made.UTC(), x.Begun.UTC(), x.Since.UTC()
			if len(x.Who) == 0 {
				x.Who = nil
			}
		}
		for i := range f.Weeks {
			f.Weeks[i].From = f.Weeks[i].From.UTC()
		}
		for i := range f.Steps {
			f.Steps[i].At = f.Steps[i].At.UTC()
		}
	}
	norm(&want)
	norm(&got)
	require.Equal(t, want, got)
}

// What a history is told in two goes is what it is told in one, and an entry is never
// counted twice.
func TestAHistoryGoesOnFromWhereItStood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		h := report.NewHistory()
		cut := rapid.IntRange(0, len(entries)).Draw(t, "cut")
		for _, e := range entries[:cut] {
			require.NoError(t, h.Add(e))
		}
		_ = report.FlowOf(report.Scope{}, p, h)
		for _, e := range entries[cut:] {
			require.NoError(t, h.Add(e))
		}
		same(t, report.FlowOf(report.Scope{}, p, told(t, entries)), report.FlowOf(report.Scope{}, p, h))
		require.Error(t, h.Add(entries[len(entries)-1]))
	})
}

// The times of a finished task make up its lead time, and what the steps count at the
// end is what is open and was finished.
func TestThePartsOfAReportAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		f := report.FlowOf(report.Scope{}, p, told(t, entries))
		for _, x := range f.Finished {
			sum := time.Duration(0)
			for _, d := range x.Times {
				sum += d
			}
			require.Equal(t, x.Lead(), sum)
		}
		last := f.Steps[len(f.Steps)-1]
		require.Equal(t, len(f.Open), last.In(0)+last.In(1)+last.In(2)+last.In(3))
		require.Equal(t, len(f.Finished), last.In(4))
		require.Equal(t, f.Cancelled, last.In(5))
		n := 0
		for _, w := range f.Weeks {
			n += w.Done
		}
		require.Equal(t, len(f.Finished), n)
	})
}

func TestAPeriodIsReadFromAnAddress(t *testing.T) {
	now := time.Date(2026, 5, 14, 15, 0, 0, 0, time.UTC)
	for _, c := range []struct{ asked, from, to, wrong string }{
		{"", "2026-04-15", "2026-05-14", ""},
		{"period=nonsense", "2026-04-15", "2026-05-14", ""},
		{"period=90", "2026-02-14", "2026-05-14", ""},
		{"period=month", "2026-05-01", "2026-05-14", ""},
		{"period=quarter", "2026-04-01", "2026-05-14", ""},
		{"period=last-quarter", "2026-01-01", "2026-03-31", ""},
		{"period=year", "2026-01-01", "2026-05-14", ""},
		{"from=2025-12-24&to=2026-01-06", "2025-12-24", "2026-01-06", ""},
		{"from=2026-05-01", "2026-05-01", "2026-05-14", ""},
		{"to=2026-05-01", "2026-04-02", "2026-05-01", ""},
		{"from=yesterday", "2026-04-15", "2026-05-14", "from not-a-date"},
		{"from=2026-05-10&to=2026-05-09", "2026-04-15", "2026-05-14", "to ends-before-start"},
		{"from=2026-06-10&to=2026-07-09", "2026-04-15", "2026-05-14", "from not-yet"},
		{"from=2016-06-10", "2026-04-15", "2026-05-14", "to period-too-long"},
	} {
		p, err := report.ReadPeriod(query(c.asked), now)
		require.Equal(t, c.from+" "+c.to, p.From.Format(time.DateOnly)+" "+p.To.Format(time.DateOnly), c.asked)
		if c.wrong == "" {
			require.NoError(t, err)
			again, err := report.ReadPeriod(p.Query(), now)
			require.NoError(t, err)
			require.Equal(t, p, again)
		} else {
			require.Equal(t, c.wrong, wrong(err))
		}
	}
}

// Whatever stands in an address, a period is one that can be counted.
func FuzzAPeriodCanBeCounted(f *testing.F) {
	f.Add("30", "2026-01-01", "2026-02-01", int64(1_778_000_000))
	f.Add("", "0001-01-01", "9999-12-31", int64(0))
	f.Fuzz(func(t *testing.T, name, from, to string, now int64) {
		at := time.Unix(1_000_000_000+now%1_000_000_000, 0).UTC()
		p, _ := report.ReadPeriod(map[string][]string{"period": {name}, "from": {from}, "to": {to}}, at)
		flow := report.FlowOf(report.Scope{}, p, report.NewHistory())
		if p.From.After(p.End) || len(flow.Steps) > 100 || len(flow.Weeks) > 300 || slices.ContainsFunc(flow.Steps, func(s report.Step) bool { return s.At.Before(p.From) }) {
			t.Fatalf("%s %s %s: %v", name, from, to, p)
		}
	})
}

func query(text string) map[string][]string {
	asked := map[string][]string{}
	for _, pair := range strings.Split(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		asked[name] = []string{value}
	}
	return asked
}

func wrong(err error) string {
	f := fault.From(err)
	return f.Field + " " + string(f.Code)
}

// Every number opens as many tasks as it counts.
func TestEveryNumberOpensTheTasksItCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, p := history(t), period(t)
		of := report.Scope{Board: rapid.SampledFrom([]string{"", "one"}).Draw(t, "of board")}
		runs := report.RunsOf("hire", p, told(t, entries))
		h := told(t, entries)
		f := report.FlowOf(of, p, h)
		n := func(what, at string) int { return len(report.Lines(f, of, report.Pick{What: what, At: at}, h)) }
		for what, want := range map[string]int{
			report.PickFinished: len(f.Finished), report.PickByLead: f.Lead.N, report.PickByCycle: f.Cycle.N, report.PickUnbegun: f.Unbegun,
			report.PickAdded: f.Added, report.PickCancelled: f.Cancelled, report.PickOpen: len(f.Open), report.PickDoing: len(f.Doing()),
			report.PickDue: f.Promise.Due, report.PickInTime: f.Promise.InTime, report.PickLate: f.Promise.Due - f.Promise.InTime,
			report.PickFirst: f.Promise.First, report.PickMoved: f.Promise.Moved, report.PickOverdue: f.Promise.Overdue, "nonsense": 0, report.PickState: 0,
		} {
			require.Equal(t, want, n(what, ""), what)
		}
		for _, w := range f.Weeks {
			require.Equal(t, w.Done, n(report.PickFinished, report.AtWeek(w)))
			require.Equal(t, w.InTime, n(report.PickInTime, report.AtWeek(w)))
			require.Equal(t, w.Due-w.InTime, n(report.PickLate, report.AtWeek(w)))
		}
		for kind, n := range runs.Deviations {
			if kind != report.Recast {
				require.Len(t, report.Lines(runs.Flow, report.Scope{Template: "hire"}, report.Pick{What: report.PickDeviation, At: string(kind)}, h), n)
			}
		}
		for _, s := range runs.Steps {
			of := report.Scope{Template: "hire"}
			require.Len(t, report.Lines(runs.Flow, of, report.Pick{What: report.PickStep, At: s.Step}), s.Turn.N)
			require.Len(t, report.Lines(runs.Flow, of, report.Pick{What: report.PickTurn, At: s.Step}), s.Now.N)
		}
		for _, s := range report.Stages {
			require.Equal(t, f.Shares[s].Tasks, n(report.PickStage, fmt.Sprint(int(s))))
		}
		for _, step := range []report.Step{f.Steps[0], f.Steps[len(f.Steps)/2], f.Steps[len(f.Steps)-1]} {
			for state, want := range step.Counts {
				require.Equal(t, want, n(report.PickState, report.AtStep(step, state)))
			}
		}
	})
}
