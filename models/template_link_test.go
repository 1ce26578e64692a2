package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
)

func TestAShortNameLeadsBackToItsTemplate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := models.NewID()
		short := models.Template{ID: id}.ShortName()
		require.LessOrEqual(t, len(short), 22)
		require.Equal(t, id, models.TemplateCalled(short))
		_ = models.TemplateCalled(rapid.String().Draw(t, "anything"))
	})
	for _, none := range []string{"", "-1", "a b", "zzzzzzzzzzzzzzzzzzzzzz", "../..", "7f000000000000000000000000000000"} {
		require.Empty(t, models.TemplateCalled(none), none)
	}
}
