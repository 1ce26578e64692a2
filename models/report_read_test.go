package models

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// A long log is read in parts, each of which says how far it came, and in the end
// tells what it tells at one go.
func TestALongLogIsReadInParts(t *testing.T) {
	y := newWorkedYear(t, 2500)
	require.Greater(t, y.entries, int64(2*recallChunk))
	whole, err := y.s.BoardReport(t.Context(), y.who, y.boards[0], url.Values{})
	require.NoError(t, err)
	y.s.histories, y.s.parts.Patience = histories{}, 1
	var read []int64
	for {
		v, err := y.s.BoardReport(t.Context(), y.who, y.boards[0], url.Values{})
		if err == nil {
			require.Equal(t, y.entries, v.Seq)
			require.Equal(t, whole.Flow.Lead, v.Flow.Lead)
			require.Equal(t, whole.Flow.Weeks, v.Flow.Weeks)
			break
		}
		var still *StillReading
		require.ErrorAs(t, err, &still)
		require.Equal(t, y.entries, still.All)
		read = append(read, still.Read)
	}
	require.Equal(t, []int64{recallChunk, 2 * recallChunk}, read)
}

// What is kept of many teams is bounded: those asked for longest ago are let go, and
// read again when they are needed.
func TestHistoriesThatAreNotUsedAreLetGo(t *testing.T) {
	var h histories
	at := newWorkedYear(t, 1).s.now()
	for i, team := range []string{"a", "b", "c"} {
		r := h.of(team, at.AddDate(0, 0, i))
		r.tasks = mostRemembered / 2
	}
	h.of("a", at.AddDate(0, 0, 9))
	require.Contains(t, h.kept, "a")
	require.Contains(t, h.kept, "c")
	require.NotContains(t, h.kept, "b")
}
