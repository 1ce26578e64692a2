package models_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
)

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestAMonthIsShownInWholeWeeksFromMonday(t *testing.T) {
	for month, want := range map[string][2]string{
		"2026-11": {"2026-10-26", "2026-12-06"}, // begins on a Sunday
		"2026-06": {"2026-06-01", "2026-07-05"}, // begins on a Monday
		"2027-02": {"2027-02-01", "2027-02-28"}, // four weeks to the day
		"2024-02": {"2024-01-29", "2024-03-03"},
	} {
		s, ignored := models.ParseSpan(url.Values{"month": {month}}, day("2026-11-25"))
		require.Empty(t, ignored)
		from, until := s.Shown()
		require.Equal(t, want, [2]string{from.Format(time.DateOnly), until.Format(time.DateOnly)}, month)
		require.Equal(t, models.FirstWeekday, from.Weekday())
	}
}

func TestASpanWithoutAnAddressIsTheMonthOfToday(t *testing.T) {
	madrid := models.Zone("Europe/Madrid")
	today := time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC).In(madrid) // there it is November
	s, ignored := models.ParseSpan(url.Values{"month": {"2026-13"}, "week": {"soon"}, "page": {"0"}, "tray": {"1e9"}}, today)
	require.Equal(t, []string{"page", "tray", "month", "week"}, ignored)
	require.Equal(t, "2026-11", s.Values().Get("month"))
	require.True(t, s.Has(day("2026-11-30")))
	require.False(t, s.Has(day("2026-12-01")))
}

func TestASpanReadsWhatItWritesAndStepsBackToWhereItCameFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := models.FirstDay.AddDate(0, 0, rapid.IntRange(0, 70_000).Draw(t, "day"))
		s := models.Span{}.Around(rapid.SampledFrom(models.SpanKinds).Draw(t, "kind"), at)
		if s.First.Before(models.FirstDay) {
			t.Skip("before the first day")
		}
		s.Tray = rapid.IntRange(1, 1000).Draw(t, "tray")
		s.Page = rapid.IntRange(1, 1000).Draw(t, "page")
		again, ignored := models.ParseSpan(s.Values(), at)
		require.Empty(t, ignored)
		require.Equal(t, s, again)
		require.True(t, s.Has(at))
		next := s.Step(1)
		require.Equal(t, s.Last().AddDate(0, 0, 1), next.First)
		require.Equal(t, s.First, next.Step(-1).First)
	})
}

func FuzzParseSpan(f *testing.F) {
	f.Add("month=2026-11")
	f.Add("week=2199-12-31&tray=2")
	f.Add("day=0000-01-01&page=-1")
	f.Fuzz(func(t *testing.T, query string) {
		asked, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		s, _ := models.ParseSpan(asked, day("2026-11-25"))
		require.True(t, s.Within())
		from, until := s.Shown()
		require.False(t, until.Before(from))
		require.LessOrEqual(t, until.Sub(from), 41*24*time.Hour)
	})
}
