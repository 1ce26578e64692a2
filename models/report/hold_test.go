package report_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/ledger"
	"relevo/models/report"
	"relevo/tests/recount"
)

// teamOf is the log of a team that made tasks all at once, in the states that are
// drawn, each due on some day and waiting for some of those before it.
func teamOf(states []string, due func(int) string, waitsFor func(int) []int) (entries []ledger.Entry) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	add := func(e ledger.Entry) {
		e.Log, e.Seq, e.At = "team", int64(len(entries)+1), at
		entries = append(entries, e)
	}
	task := func(i int) ledger.Subject {
		return ledger.Subject{Kind: "task", ID: fmt.Sprintf("t%05d", i), Name: "T"}
	}
	for i, state := range states {
		add(ledger.Entry{Action: "task.created", Task: task(i), Board: ledger.Subject{ID: "one"}, Changes: []ledger.Change{
			{Field: "state", To: state}, {Field: "due", To: due(i)}, {Field: "owners", To: []string{"", "ana", "ana ben"}[i%3]}, {Field: "estimate", To: []string{"", "90"}[i%2]}}})
	}
	for i := range states {
		for _, before := range waitsFor(i) {
			add(ledger.Entry{Action: "dependency.added", Subject: task(before), Task: task(i), Changes: []ledger.Change{{Field: "satisfied_at", To: []string{"done", "in_review"}[i%2]}}})
		}
	}
	return entries
}

func month(t require.TestingT) report.Period {
	p, err := report.ReadPeriod(map[string][]string{"period": {report.Days30}}, time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	return p
}

// What waits for what waits is held up too, in however many ways it is reached.
func TestWhatWaitsForWhatWaitsIsHeldUpToo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := rapid.SliceOfN(rapid.SampledFrom([]string{"waiting", "waiting", "waiting", "ready", "in_review", "done", "cancelled"}), 2, 14).Draw(t, "states")
		entries := teamOf(states, func(int) string { return "" }, func(i int) (before []int) {
			for j := range i {
				if rapid.IntRange(0, 3).Draw(t, "waits") == 0 {
					before = append(before, j)
				}
			}
			return before
		})
		want, got := recount.Holders(report.Scope{}, month(t), entries), report.HoldersOf(report.Scope{}, month(t), told(t, entries))
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, [...]any{want[i].ID, want[i].Next, want[i].All}, [...]any{got[i].ID, got[i].Next, got[i].All})
		}
	})
}

// A row of tasks longer than what is counted at a time.
func TestALongRowOfTasksIsHeldUpByItsFirst(t *testing.T) {
	const n = 3000
	states := make([]string, n)
	for i := range states {
		states[i] = "waiting"
	}
	states[0] = "ready"
	entries := teamOf(states, func(int) string { return "" }, func(i int) []int {
		if i == 0 {
			return nil
		}
		return []int{i - 1}
	})
	holders := report.HoldersOf(report.Scope{}, month(t), told(t, entries))
	require.Len(t, holders, n-1)
	for i, x := range holders {
		require.Equal(t, n-1-i, x.All)
	}
}

// Work ahead is parted by the days and weeks of the calendar.
func TestWorkAheadIsPartedByWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := rapid.SliceOfN(rapid.SampledFrom([]string{"waiting", "ready", "in_progress", "done"}), 1, 20).Draw(t, "states")
		last := time.Date(2026, 3, rapid.IntRange(3, 16).Draw(t, "last day"), 12, 0, 0, 0, time.UTC)
		entries := teamOf(states, func(int) string {
			days := rapid.IntRange(-3, 18).Draw(t, "due")
			if days == 18 {
				return ""
			}
			return last.AddDate(0, 0, days).Format(time.DateOnly)
		}, func(int) []int { return nil })
		p, err := report.ReadPeriod(map[string][]string{}, last)
		require.NoError(t, err)
		f := report.FlowOf(report.Scope{}, p, told(t, entries))
		want := recount.Loads(f)
		require.Len(t, f.Loads(), len(want))
		for _, l := range f.Loads() {
			require.Equal(t, want[l.Person], l)
		}
	})
}
