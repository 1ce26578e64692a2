package playbook_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/playbook"
)

// Checklists that others have published can be written down as they are, and come
// to their end on every way.
func TestChecklistsFromThePublicCanBeWrittenDownAndPlayed(t *testing.T) {
	schema := schema(t)
	for name, least := range map[string]int{"public-onboarding": 60, "public-release": 15} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
			require.NoError(t, err)
			require.NoError(t, schema.Validate(asJSON(t, text)))
			d, findings := playbook.Review(text)
			require.Empty(t, findings)
			require.GreaterOrEqual(t, len(d.Steps), least)
			again, findings := playbook.Parse(playbook.Print(d))
			require.Empty(t, findings)
			require.Equal(t, d, again)
			w := newWays(d)
			w.walk(t)
			t.Logf("%d steps, %d ways", len(d.Steps), w.ends)
			for _, s := range d.Steps {
				require.True(t, w.done[s.ID], "%s is done on some way", s.ID)
				require.Equal(t, s.When != "", w.skipped[s.ID], "%s is skipped on some way just if it has a condition", s.ID)
			}
		})
	}
}
