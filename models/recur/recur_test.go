package recur_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/recur"
)

func TestRulesAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct{ rule, from, next string }{
		{"FREQ=DAILY", "2026-11-25", "2026-11-26"},
		{"FREQ=DAILY;X-DAYS=WORKING", "2026-11-26", "2026-11-30"}, // the day after is a holiday
		{"FREQ=DAILY;INTERVAL=3;X-DAYS=WORKING", "2026-11-25", "2026-12-01"},
		{"FREQ=DAILY;INTERVAL=2;X-AFTER=DONE;X-DAYS=WORKING", "2026-11-28", "2026-12-01"}, // done on a Saturday
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-25", "2026-12-07"},                   // a Wednesday, in the first of the two weeks
		{"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-27", "2026-11-30"},
		{"FREQ=MONTHLY;BYDAY=2TU", "2026-11-25", "2026-12-08"},
		{"FREQ=MONTHLY;BYDAY=-1FR", "2026-11-25", "2026-11-27"},
		{"FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2027-01-31", "2027-02-28"},
		{"FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2027-02-28", "2027-03-31"}, // the day is not lost in February
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "2027-02-28"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2027-02-28", "2028-02-29"},
		{"FREQ=YEARLY;BYMONTH=12;BYDAY=1MO", "2026-11-25", "2026-12-07"},
		{"FREQ=MONTHLY;X-AFTER=DONE", "2027-01-31", "2027-02-28"},
		{"FREQ=WEEKLY;INTERVAL=3;X-AFTER=DONE", "2026-11-25", "2026-12-16"},
		{"FREQ=DAILY;UNTIL=20261126", "2026-11-25", "2026-11-26"},
		{"FREQ=DAILY;UNTIL=20261126", "2026-11-26", ""},
		{"FREQ=DAILY;COUNT=2", "2026-11-25", "2026-11-26"},
		{"FREQ=DAILY;COUNT=1", "2026-11-25", ""},
	} {
		r, err := recur.Parse(c.rule)
		require.NoError(t, err, c.rule)
		next, ok := r.Next(c.from, works)
		require.Equal(t, c.next != "", ok, "%s from %s: %s", c.rule, c.from, next)
		if ok {
			require.Equal(t, c.next, next, c.rule)
		}
	}
}

func TestNoRules(t *testing.T) {
	for _, text := range []string{"FREQ=SECONDLY", "FREQ=HOURLY", "DAILY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=100", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=XX",
		"FREQ=WEEKLY;BYDAY=MO,MO", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=5TU", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=-1", "FREQ=YEARLY;BYMONTHDAY=3",
		"FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29,30;BYSETPOS=-1", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;COUNT=0",
		"FREQ=DAILY;UNTIL=20270230", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;X-AFTER=NEVER", "FREQ=DAILY;X-DAYS=REST", "FREQ=WEEKLY;BYDAY=MO;X-DAYS=WORKING", "FREQ=DAILY;X-DUE=-1", "FREQ=WEEKLY;BYDAY=MO;X-AFTER=DONE", "FREQ=DAILY;BYMONTHDAY=3", ";"} {
		_, err := recur.Parse(text)
		require.Error(t, err, text)
	}
}

// works is a team with free weekends and some holidays.
func works(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && day.Format("01-02") != "12-25" && day.Format(time.DateOnly) != "2026-11-27"
}

// rules draws any rule that can be written down.
func rules(t *rapid.T) recur.Rule {
	r := recur.Rule{Unit: rapid.SampledFrom(recur.Units).Draw(t, "unit"), Every: rapid.IntRange(1, 5).Draw(t, "every"), Due: rapid.IntRange(recur.NoDue, 9).Draw(t, "due")}
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 1:
		r.Count = rapid.IntRange(1, 6).Draw(t, "count")
	case 2:
		r.Until = days(t, "until")
	}
	r.Working = r.Unit == recur.Days && rapid.Bool().Draw(t, "working")
	if r.AfterDone = rapid.Bool().Draw(t, "after done"); r.AfterDone {
		return r
	}
	if r.Unit == recur.Weeks {
		for _, d := range recur.Week {
			if rapid.Bool().Draw(t, d.String()) {
				r.On = append(r.On, d)
			}
		}
		if len(r.On) == 0 {
			r.On = []time.Weekday{time.Thursday}
		}
	}
	if r.Unit == recur.Years {
		r.Month = time.Month(rapid.IntRange(1, 12).Draw(t, "month"))
	}
	if r.Unit == recur.Months || r.Unit == recur.Years {
		if rapid.Bool().Draw(t, "by weekday") {
			r.Nth, r.Weekday = rapid.SampledFrom([]int{1, 2, 3, 4, recur.Last}).Draw(t, "nth"), time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
			return r
		}
		most := 31
		if r.Unit == recur.Years {
			most = lengths(2024, r.Month)
		}
		if r.Day = rapid.IntRange(0, most).Draw(t, "day"); r.Day == 0 {
			r.Day = recur.Last
		}
	}
	return r
}

func days(t *rapid.T, name string) string {
	return time.Date(2024, 1, 1+rapid.IntRange(0, 3000).Draw(t, name), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func lengths(year int, m time.Month) int {
	n := 0
	for d := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC); d.Month() == m; d = d.AddDate(0, 0, 1) {
		n++
	}
	return n
}

func TestARuleIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules(t)
		require.NoError(t, r.Check())
		back, err := recur.Parse(r.String())
		require.NoError(t, err, r.String())
		require.Equal(t, r, back)
	})
}

// comes is what a rule means, said of one day: whether a task that came on from
// comes on that later day.
func comes(r recur.Rule, from, day time.Time) bool {
	week := func(d time.Time) int { // since a Monday
		return int(d.Sub(time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)).Hours()) / 24 / 7
	}
	months := (day.Year()-from.Year())*12 + int(day.Month()) - int(from.Month())
	inMonth := func() bool {
		length := lengths(day.Year(), day.Month())
		switch {
		case r.Day == recur.Last:
			return day.Day() == length
		case r.Day != 0:
			return day.Day() == min(r.Day, length)
		case day.Weekday() != r.Weekday:
			return false
		case r.Nth == recur.Last:
			return day.Day()+7 > length
		}
		return (day.Day()-1)/7+1 == r.Nth
	}
	switch r.Unit {
	case recur.Days:
		if r.Working {
			n := 0
			for d := from.AddDate(0, 0, 1); !d.After(day); d = d.AddDate(0, 0, 1) {
				if works(d) {
					n++
				}
			}
			return works(day) && n%r.Every == 0
		}
		return int(day.Sub(from).Hours())/24%r.Every == 0
	case recur.Weeks:
		for _, d := range r.On {
			if d == day.Weekday() {
				return (week(day)-week(from))%r.Every == 0
			}
		}
		return false
	case recur.Months:
		return months%r.Every == 0 && inMonth()
	}
	return day.Month() == r.Month && (day.Year()-from.Year())%r.Every == 0 && inMonth()
}

func TestTheNextDayIsTheOneThatCountingDaysFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules(t)
		r.AfterDone = r.AfterDone && r.Unit == recur.Days // the others have no days to look for
		if r.Unit != recur.Days && r.On == nil && r.Day == 0 && r.Nth == 0 {
			r.AfterDone, r.Unit = true, recur.Days
		}
		from, err := time.Parse(time.DateOnly, days(t, "from"))
		require.NoError(t, err)
		want := ""
		for day := from.AddDate(0, 0, 1); day.Before(from.AddDate(11, 0, 0)); day = day.AddDate(0, 0, 1) {
			if comes(r, from, day) {
				want = day.Format(time.DateOnly)
				break
			}
		}
		require.NotEmpty(t, want, "%s comes some day", r)
		next, ok := r.Next(from.Format(time.DateOnly), works)
		if r.Count == 1 || r.Until != "" && want > r.Until {
			require.False(t, ok, "%s after %s has ended", r, from)
			return
		}
		require.True(t, ok)
		require.Equal(t, want, next, "%s after %s", r, from.Format(time.DateOnly))
	})
}

func TestWhoeverWasAwayIsToldOfTheLatestAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, from, today := rules(t), days(t, "from"), days(t, "today")
		latest, then, ok := r.Latest(from, today, works)
		if !ok {
			next, more := r.Next(from, works)
			require.True(t, !more || next > today)
			return
		}
		require.LessOrEqual(t, latest, today)
		require.Greater(t, latest, from)
		if next, more := then.Next(latest, works); more {
			require.Greater(t, next, today, "none is left out")
		}
		_, _, twice := then.Latest(latest, today, works)
		require.False(t, twice, "nor comes twice")
	})
}

func TestADayBeginsWhereTheClocksSkipMidnight(t *testing.T) {
	for _, c := range []struct{ zone, day, at string }{
		{"Europe/Madrid", "2026-03-29", "2026-03-28T23:00:00Z"},
		{"Europe/Madrid", "2026-10-26", "2026-10-25T23:00:00Z"},
		{"America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"}, // from 24:00 to 1:00
		{"Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"},     // the same
		{"UTC", "2026-12-07", "2026-12-07T00:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		at, ok := recur.Start(c.day, zone)
		require.True(t, ok)
		require.Equal(t, c.at, at.Format(time.RFC3339), c.zone)
		require.Equal(t, c.day, at.In(zone).Format(time.DateOnly))
		require.Less(t, at.Add(-time.Second).In(zone).Format(time.DateOnly), c.day)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270101", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3;X-DUE=2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "FREQ=DAILY;X-AFTER=DONE", "FREQ=DAILY;INTERVAL=9;X-DAYS=WORKING"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := recur.Parse(text)
		if err != nil || r.None() {
			return
		}
		back, err := recur.Parse(r.String())
		require.NoError(t, err)
		require.Equal(t, r, back)
		day, before := "2026-11-25", ""
		for range 3 {
			next, ok := r.Next(day, works)
			if !ok {
				return
			}
			require.Greater(t, next, day, before)
			day, before = next, day
		}
	})
}
