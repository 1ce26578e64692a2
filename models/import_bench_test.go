package models_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/exchange"
	"relevo/models/flow"
)

// ofTasks is the plan of a board of n tasks, each waiting for the one two before it.
func ofTasks(n int) *exchange.Plan {
	plan := &exchange.Plan{Name: "Big", Columns: []exchange.Column{{Name: "Waiting", State: flow.Waiting}, {Name: "Ready", State: flow.Ready}, {Name: "Doing", State: flow.InProgress},
		{Name: "Review", State: flow.InReview}, {Name: "Done", State: flow.Done}}}
	for i := range n {
		plan.Tasks = append(plan.Tasks, exchange.Task{Row: i + 1, Title: fmt.Sprint("Task ", i), Description: "What there is to do.", Column: 1, State: flow.Ready})
		if i > 1 {
			plan.Links = append(plan.Links, exchange.Link{Prerequisite: i - 2, Dependent: i, OnCancel: flow.Skip, SatisfiedAt: flow.Done})
		}
	}
	return plan
}

func BenchmarkImport(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint("tasks=", n), func(b *testing.B) {
			h := newHouse(b)
			for b.Loop() {
				plan := ofTasks(n)
				_, err := h.ImportBoard(b.Context(), ana, h.team, "big.csv", plan)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/task")
		})
	}
}
