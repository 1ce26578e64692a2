package say

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestATextIsComparedWordByWord(t *testing.T) {
	require.Equal(t, []Part{{Text: "Sign the "}, {"old ", true, false}, {"new ", false, true}, {Text: "contract"}}, Diff("Sign the old contract", "Sign the new contract"))
	require.Nil(t, Diff("Sign", "Burn it"), "nothing in common: before and after say more")
}

// What is not new makes the text before, what is not removed the one after.
func TestTheTwoTextsCanBeReadOutOfTheirDifference(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("abé \n")))
	rapid.Check(t, func(t *rapid.T) {
		from, to := text.Draw(t, "from"), text.Draw(t, "to")
		parts := Diff(from, to)
		if parts == nil {
			return
		}
		var before, after string
		for _, p := range parts {
			if !p.Insert {
				before += p.Text
			}
			if !p.Removed {
				after += p.Text
			}
		}
		require.Equal(t, from, before)
		require.Equal(t, to, after)
	})
}
