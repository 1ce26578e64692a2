package models

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkDiagram reads the diagram of a board of 200 tasks, of one of 5,000, and
// of one of 5,000 in a team of 100,000.
func BenchmarkDiagram(b *testing.B) {
	for _, size := range []struct{ boards, tasks int }{{1, 200}, {1, 5000}, {20, 5000}} {
		s, who, board := manyTasks(b, size.boards, size.tasks)
		b.Run(fmt.Sprintf("team=%d/board=%d", size.boards*size.tasks, size.tasks), func(b *testing.B) {
			for b.Loop() {
				_, err := s.Diagram(b.Context(), who, board, "", BoardFilter{})
				require.NoError(b, err)
			}
		})
	}
}
