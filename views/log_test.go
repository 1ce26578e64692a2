package views

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/views/say"
)

func TestEveryActionIsToldInEveryLanguage(t *testing.T) {
	for lang, w := range say.All {
		for _, a := range models.Actions {
			require.True(t, w.Says(string(a)), "%s has no sentence or no name for %s", lang, a)
		}
		for _, g := range models.LogGroups {
			require.NotEmpty(t, w.Log.Groups[g.Name], "%s has no name for the group %s", lang, g.Name)
		}
	}
}
