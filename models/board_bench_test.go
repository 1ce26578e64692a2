package models_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

// BenchmarkReadingABoard is what a board's page reads, without its rendering and
// past what is kept of it: with 200 tasks, and with 5,000 of which most are done. The
// second is to take no more than half as long again.
func BenchmarkReadingABoard(b *testing.B) {
	took := 0.0
	for _, n := range []int{200, 5000} {
		h := newHouse(b)
		board := h.board()
		for _, state := range []flow.State{flow.Ready, flow.InProgress, flow.InReview, flow.Done} {
			left := 50
			if state == flow.Done {
				left = n - 150
			}
			for left > 0 {
				titles := make([]string, min(left, models.MaxAtOnce))
				for i := range titles {
					titles[i] = fmt.Sprint("Task ", i)
				}
				_, err := h.AddTasks(b.Context(), ana, h.column(board, state), titles)
				require.NoError(b, err)
				left -= len(titles)
			}
		}
		b.Run(fmt.Sprint("tasks=", n), func(b *testing.B) {
			for b.Loop() {
				_, err := h.Board(b.Context(), ana, board.ID)
				require.NoError(b, err)
			}
			per := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			if n == 200 {
				took = per
			} else {
				b.ReportMetric(per/took, "times-200")
			}
		})
	}
}
