package flow_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
)

func TestPeopleWriteEstimatesInManyWays(t *testing.T) {
	for text, minutes := range map[string]int{
		"": 0, "  ": 0, "0": 0, "90": 90, "90m": 90, " 90 min ": 90, "1h 30m": 90, "1h30m": 90, "1.5h": 90, "1,5 h": 90,
		"1 hora 30 minutos": 90, "2d": 960, "2 days": 960, "2 DÍAS": 960, "1d 4h": 720, "0.5d": 240,
	} {
		got, ok := flow.ParseEstimate(text)
		require.True(t, ok, text)
		require.Equal(t, minutes, got, text)
	}
	for _, text := range []string{"soon", "-5", "1h 30", "1x", "h", "1..5h", "99999999", "2 weeks", "1e3", "٣h", "1h;2m"} {
		_, ok := flow.ParseEstimate(text)
		require.False(t, ok, text)
	}
}

func TestAnEstimateIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.IntRange(0, flow.MaxEstimate).Draw(t, "minutes")
		got, ok := flow.ParseEstimate(flow.FormatEstimate(minutes))
		require.True(t, ok)
		require.Equal(t, minutes, got)
	})
}

func FuzzParseEstimate(f *testing.F) {
	for _, text := range []string{"90", "1h 30m", "2d", "1,5 h", "soon", "-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		minutes, ok := flow.ParseEstimate(text)
		if minutes < 0 || !ok && minutes != 0 {
			t.Fatalf("%q is %d minutes, %v", text, minutes, ok)
		}
	})
}
