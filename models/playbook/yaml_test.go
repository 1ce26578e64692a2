package playbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/playbook"
)

func TestWhatIsPrintedIsReadAgainWithoutLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t)
		text := playbook.Print(d)
		again, findings := playbook.Parse(text)
		require.Empty(t, findings, "%s", text)
		require.Equal(t, d, again, "%s", text)
		require.Equal(t, string(text), string(playbook.Print(again)))
	})
}
