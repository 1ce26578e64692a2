package models

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkPast shows a board of 5,000 tasks with some 20,000 entries as it was at the
// end, in a log ten times that long, and a board of a tenth of that.
func BenchmarkPast(b *testing.B) {
	big, small := newWorkedYear(b, 50_000), newWorkedYear(b, 5_000)
	for name, y := range map[string]*workedYear{"5000 tasks": big, "500 tasks": small} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				v, err := y.s.PastBoard(context.Background(), y.who, y.boards[0], PastQuery{})
				require.NoError(b, err)
				require.NotEmpty(b, v.cards)
			}
			b.ReportMetric(float64(y.entries), "entries-of-the-log")
		})
	}
}
