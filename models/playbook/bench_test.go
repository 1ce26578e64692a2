package playbook_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// large is a definition of n steps in which each step needs up to three before it,
// and each fifth stands under a condition.
func large(n int) playbook.Definition {
	d := playbook.Definition{
		Name:   "Large",
		Inputs: []playbook.Field{{ID: "opens", Label: "Opens", Type: playbook.Date, Required: true}, {ID: "amount", Label: "Amount", Type: playbook.Number}},
		Roles:  []playbook.Role{{ID: "clerk", Name: "Clerk", Who: playbook.Asked}},
	}
	for i := range n {
		s := playbook.Step{
			ID: fmt.Sprintf("s%d", i), Title: fmt.Sprintf("Step %d on {{opens}}", i), Description: "What is to be done, for {{amount}}.", Role: "clerk", Join: flow.All,
			Due:       playbook.Due{From: playbook.Start, Amount: i/5 + 1, Unit: flow.WorkingDays},
			Checklist: []playbook.Item{{Text: "This", Required: true}, {Text: "and that"}},
			Fields:    []playbook.Field{{ID: "sum", Label: "Sum", Type: playbook.Number}},
		}
		for _, back := range []int{1, 2, 10} {
			if i >= back {
				s.Needs = append(s.Needs, playbook.Requires(fmt.Sprintf("s%d", i-back)))
			}
		}
		if i%5 == 4 {
			s.When = fmt.Sprintf(`amount > %d and s%d.sum < 100`, i, i-1)
		}
		d.Steps = append(d.Steps, s)
	}
	return d
}

const steps = 300

func BenchmarkParse(b *testing.B) {
	text := playbook.Print(large(steps))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_, findings := playbook.Parse(text)
		require.Empty(b, findings)
	}
}

func BenchmarkCheck(b *testing.B) {
	d := large(steps)
	require.Empty(b, playbook.Check(d))
	for b.Loop() {
		playbook.Check(d)
	}
}

func BenchmarkPlan(b *testing.B) {
	d := large(steps)
	start := playbook.Launch{
		Answers: playbook.Answers{"opens": "2026-03-16", "amount": "12"}, Cast: map[string][]string{"clerk": {"u1"}},
		From: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Calendar: flow.Weekdays(time.UTC),
	}
	for b.Loop() {
		_, err := playbook.Plan(d, start)
		require.NoError(b, err)
	}
}

func BenchmarkPrint(b *testing.B) {
	d := large(steps)
	for b.Loop() {
		playbook.Print(d)
	}
}

func BenchmarkDiff(b *testing.B) {
	before, after := large(steps), large(steps)
	for i := range after.Steps {
		after.Steps[i].Title += "."
	}
	for b.Loop() {
		playbook.Diff(before, after)
	}
}

func BenchmarkMigrate(b *testing.B) {
	from, to := large(steps), large(steps)
	states := map[string]flow.State{}
	for i, s := range from.Steps {
		to.Steps[i].Title += "."
		states[s.ID] = flow.Waiting
		if i < steps/2 {
			states[s.ID] = flow.Done
		}
	}
	for b.Loop() {
		playbook.Migrate(from, to, states, nil)
	}
}

// BenchmarkStandings is what is worked out anew each time that something in a run
// is answered or ends.
func BenchmarkStandings(b *testing.B) {
	branching := large(steps).Branching()
	known := playbook.Answers{"amount": "12"}
	for b.Loop() {
		branching.Standings(known, nil)
	}
}
