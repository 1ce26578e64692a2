package models_test

import (
	"github.com/stretchr/testify/require"

	"relevo/models"
)

// pattern is a template of a task on the scene's board, saved if there is none.
func (s scene) pattern() string {
	s.t.Helper()
	ctx := s.t.Context()
	saved, err := s.Patterns(ctx, ana, s.board.ID)
	require.NoError(s.t, err)
	if len(saved.Patterns) > 0 {
		return saved.Patterns[0].ID
	}
	require.NoError(s.t, s.SavePattern(ctx, ana, s.first, models.PatternSave{Name: "Small"}))
	return s.pattern()
}
