package models_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

// BenchmarkReadingABoard is what a board's page reads, without its rendering and
// past what is kept of it: with 200 tasks, with 5,000 of which most are done, and with
// 5,000 in a team of 100,000. The others are to take no more than half as long again as
// the first.
func BenchmarkReadingABoard(b *testing.B) {
	took := 0.0
	for _, size := range []struct{ boards, tasks int }{{1, 200}, {1, 5000}, {20, 5000}} {
		h := newHouse(b)
		var board models.Board
		for range size.boards {
			board = h.board()
			h.crowd(b, board, size.tasks)
		}
		b.Run(fmt.Sprintf("tasks=%d/team=%d", size.tasks, size.boards*size.tasks), func(b *testing.B) {
			for b.Loop() {
				_, err := h.Board(b.Context(), ana, board.ID)
				require.NoError(b, err)
			}
			per := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			if size.tasks == 200 {
				took = per
			} else {
				b.ReportMetric(per/took, "times-200")
			}
		})
	}
}

// crowd puts n tasks on a board: 50 in each state of work, the others are done.
func (h *house) crowd(b *testing.B, board models.Board, n int) {
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
}
