package flow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/tests/naive"
)

// zones are places whose clocks change in every way there is: forward and back,
// east and west of Greenwich, by half an hour, at midnight, and not at all.
var zones = []string{
	"UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "Asia/Kolkata", "Pacific/Apia",
}

func place(t require.TestingT, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	return zone
}

// Counting a lag agrees with counting days on a calendar on the wall and then
// finding the moment at which the clock below it shows the same time.
func TestALagIsWhatOneCountsOnTheWall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lag := flow.Lag{Amount: rapid.IntRange(0, 40).Draw(t, "amount"), Unit: rapid.SampledFrom(flow.Units).Draw(t, "unit")}
		began := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 3*365*24*4).Draw(t, "quarters")) * 15 * time.Minute)
		change, off := rapid.Bool().Draw(t, "over a change of the clocks"), time.Duration(rapid.IntRange(-6, 6).Draw(t, "off by"))*15*time.Minute
		for _, name := range zones {
			zone, start := place(t, name), began
			if _, changes := began.In(zone).ZoneBounds(); change && !changes.IsZero() {
				start = changes.AddDate(0, 0, -lag.Amount).Add(off)
			}
			want := naive.New(start, zone).Later(start, lag.Amount, string(lag.Unit))
			got := lag.After(start, flow.Weekdays(zone))
			require.WithinDuration(t, want, got, 0, "%v after %v", lag, start.In(zone))
			require.False(t, got.Before(start), "no lag ends before it begins")
			longer := flow.Lag{Amount: lag.Amount + 1, Unit: lag.Unit}.After(start, flow.Weekdays(zone))
			require.False(t, longer.Before(got), "a longer lag does not end earlier")
		}
	})
}

func TestLagsOverWeekendsAndClockChanges(t *testing.T) {
	for name, c := range map[string]struct {
		zone, start, end string
		lag              flow.Lag
	}{
		"two working days from Thursday end on Monday":         {"UTC", "2026-03-05 15:00", "2026-03-09 15:00", flow.Lag{Amount: 2, Unit: flow.WorkingDays}},
		"a working day from Saturday ends on Monday":           {"UTC", "2026-03-07 11:00", "2026-03-09 11:00", flow.Lag{Amount: 1, Unit: flow.WorkingDays}},
		"ten working days are two weeks":                       {"UTC", "2026-03-04 08:00", "2026-03-18 08:00", flow.Lag{Amount: 10, Unit: flow.WorkingDays}},
		"a day keeps its hour when it has 23":                  {"Europe/Madrid", "2026-03-28 09:00", "2026-03-29 09:00", flow.Lag{Amount: 1, Unit: flow.Days}},
		"a day keeps its hour when it has 25":                  {"Europe/Madrid", "2026-10-24 09:00", "2026-10-25 09:00", flow.Lag{Amount: 1, Unit: flow.Days}},
		"24 hours do not":                                      {"Europe/Madrid", "2026-03-28 09:00", "2026-03-29 10:00", flow.Lag{Amount: 24, Unit: flow.Hours}},
		"an hour that the clocks skip is the next in Madrid":   {"Europe/Madrid", "2026-03-28 02:30", "2026-03-29 03:30", flow.Lag{Amount: 1, Unit: flow.Days}},
		"and the next in New York, too":                        {"America/New_York", "2026-03-07 02:30", "2026-03-08 03:30", flow.Lag{Amount: 1, Unit: flow.Days}},
		"midnight skipped in Havana is one o'clock that day":   {"America/Havana", "2026-03-07 00:00", "2026-03-08 01:00", flow.Lag{Amount: 1, Unit: flow.Days}},
		"a working day lands on Monday, not on its eve":        {"America/Havana", "2026-03-06 00:30", "2026-03-09 00:30", flow.Lag{Amount: 1, Unit: flow.WorkingDays}},
		"the team's day decides, not Greenwich's: Friday here": {"America/New_York", "2026-03-06 22:00", "2026-03-09 22:00", flow.Lag{Amount: 1, Unit: flow.WorkingDays}},
	} {
		t.Run(name, func(t *testing.T) {
			zone := place(t, c.zone)
			at := func(s string) time.Time {
				when, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
				require.NoError(t, err)
				return when
			}
			require.Equal(t, c.end, c.lag.After(at(c.start), flow.Weekdays(zone)).In(zone).Format("2006-01-02 15:04"))
		})
	}
}

// An hour that the clocks show twice is its first showing, east and west alike;
// no lag at all stays in the showing that it began in.
func TestAnHourShownTwiceIsItsFirst(t *testing.T) {
	day := flow.Lag{Amount: 1, Unit: flow.Days}
	for name, eve := range map[string]time.Time{
		"Europe/Madrid":    time.Date(2026, 10, 24, 0, 30, 0, 0, time.UTC), // 02:30 there
		"America/New_York": time.Date(2026, 10, 31, 5, 30, 0, 0, time.UTC), // 01:30 there
	} {
		cal := flow.Weekdays(place(t, name))
		first := eve.Add(24 * time.Hour)
		require.Equal(t, first, day.After(eve, cal), name)
		for _, start := range []time.Time{first, first.Add(time.Hour)} {
			for _, unit := range flow.Units {
				require.Equal(t, start, flow.Lag{Unit: unit}.After(start, cal), "%s, no %s", name, unit)
			}
		}
	}
}

// Shifting by working days lands where a person lands who crosses the days off
// one by one, over weekends, holidays, leap days and the turn of the year.
func TestWorkingDaysAreCrossedOffOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cal := flow.Calendar{Holidays: map[string]bool{}}
		for i := range 6 { // a working day is left
			cal.Off[i] = rapid.Bool().Draw(t, "off")
		}
		from := time.Date(2027, 12, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "day"))
		for range rapid.IntRange(0, 20).Draw(t, "holidays") {
			cal.Holidays[from.AddDate(0, 0, rapid.IntRange(-40, 40).Draw(t, "holiday")).Format(time.DateOnly)] = true
		}
		n := rapid.IntRange(-30, 30).Draw(t, "n")
		got := cal.Shift(from, n, true)
		require.Equal(t, n > 0, got.After(from))
		require.Equal(t, n < 0, got.Before(from))
		crossed := 0
		for d := from; !d.Equal(got); {
			step := 1
			if n < 0 {
				step = -1
			}
			d = d.AddDate(0, 0, step)
			if !cal.Off[d.Weekday()] && !cal.Holidays[d.Format("2006-01-02")] {
				crossed += step
			}
		}
		require.Equal(t, n, crossed)
		if n != 0 {
			require.True(t, cal.Works(got), "it lands on a day of work")
		}
	})
}

func TestATeamWithoutWorkingDaysDoesNotWaitForEver(t *testing.T) {
	start := time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC)
	never := flow.Calendar{Off: [7]bool{true, true, true, true, true, true, true}}
	require.Equal(t, start.AddDate(0, 0, 3), flow.Lag{Amount: 3, Unit: flow.WorkingDays}.After(start, never))
}

func TestTheLongestLagIsCountedAtOnce(t *testing.T) {
	start := time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC)
	cal := flow.Weekdays(place(t, "Europe/Madrid"))
	began := time.Now()
	for range 100 {
		flow.Lag{Amount: flow.MaxLag, Unit: flow.WorkingDays}.After(start, cal)
	}
	require.Less(t, time.Since(began), time.Second)
}

func TestWorkingDaysAreCountedOverWeekendsAndHolidays(t *testing.T) {
	cal := flow.Weekdays(place(t, "Europe/Madrid"))
	cal.Holidays = map[string]bool{"2026-03-19": true}
	friday := time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC)
	for days, want := range []int{0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 8, 9} {
		require.Equal(t, want, cal.WorkingDays(friday, friday.AddDate(0, 0, days)), "%d days on", days)
	}
	late := time.Date(2026, 3, 8, 23, 30, 0, 0, time.UTC) // Monday already where the team is
	require.Zero(t, cal.WorkingDays(late, late.Add(2*time.Hour)))
	require.Zero(t, cal.WorkingDays(friday, friday.AddDate(0, 0, -3)))
	require.Equal(t, flow.MaxLag, cal.WorkingDays(time.Time{}, friday), "no longer than it is of interest")
}
