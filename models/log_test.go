package models

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestEachActionOfATeamIsInOneListOfTheFilter(t *testing.T) {
	for _, a := range Actions {
		listed := 0
		for _, g := range LogGroups {
			if slices.Contains(g.Listed, a) {
				listed++
			}
		}
		server := strings.HasPrefix(string(a), "user.") || strings.HasPrefix(string(a), "session.") ||
			strings.HasPrefix(string(a), "sign_") || strings.HasPrefix(string(a), "remark.") || a == SettingChanged || a == KeyChanged
		if server {
			require.Zero(t, listed, a)
		} else {
			require.Equal(t, 1, listed, a)
		}
	}
}

func TestATimeInTheFilterIsReadInTheReadersZoneToItsEnd(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	for _, c := range []struct{ text, begin, end string }{
		{"2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"}, // the day on which an hour is missing
		{"2026-03-31T14:30", "2026-03-31T12:30:00Z", "2026-03-31T12:31:00Z"},
		{" 2026-01-31 14:30:05 ", "2026-01-31T13:30:05Z", "2026-01-31T13:30:06Z"},
	} {
		begin, end, f := readTime("from", c.text, madrid)
		require.Nil(t, f)
		require.Equal(t, c.begin, begin.UTC().Format(time.RFC3339))
		require.Equal(t, c.end, end.UTC().Format(time.RFC3339))
	}
	_, _, f := readTime("from", "last Tuesday", madrid)
	require.Equal(t, "from", f.Field)
}
