package recur_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/recur"
)

func starts(p recur.Plan, n int) (days []string) {
	var at recur.Place
	for range n {
		next, more := p.Next(at, works)
		if !more {
			return days
		}
		at, days = next, append(days, next.On)
	}
	return days
}

func TestPlansAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		rule, from string
		off        recur.OffDay
		days       []string
	}{
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-26", recur.DayAhead, []string{"2026-11-30", "2026-12-31", "2027-01-29"}},
		{"FREQ=MONTHLY;BYMONTHDAY=1", "2027-01-01", recur.NextDay, []string{"2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", "2027-05-03"}},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27", recur.Skipped, []string{"2026-12-11", "2027-01-08"}}, // the 27th is a holiday, and Christmas
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27", recur.AsItIs, []string{"2026-11-27", "2026-12-11", "2026-12-25"}},
		{"FREQ=DAILY", "2026-11-26", recur.NextDay, []string{"2026-11-26", "2026-11-30", "2026-12-01"}}, // none twice on Monday
		{"FREQ=DAILY", "2026-11-26", recur.DayAhead, []string{"2026-11-26", "2026-11-30"}},
		{"FREQ=DAILY;INTERVAL=2;X-DAYS=WORKING", "2026-11-28", recur.AsItIs, []string{"2026-11-30", "2026-12-02"}},
		{"FREQ=DAILY;COUNT=3", "2026-11-26", recur.Skipped, []string{"2026-11-26", "2026-11-30"}},
		{"FREQ=WEEKLY;BYDAY=SU", "2026-11-26", recur.Skipped, nil},
		{"FREQ=DAILY;UNTIL=20261127", "2026-11-26", recur.AsItIs, []string{"2026-11-26", "2026-11-27"}},
	} {
		rule, err := recur.Parse(c.rule)
		require.NoError(t, err)
		p := recur.Plan{Rule: rule, From: c.from, Off: c.off}
		require.Equal(t, c.days, starts(p, max(1, len(c.days))), "%s %s", c.rule, c.off)
		require.Equal(t, len(c.days) > 0, p.Check(works) == nil, "%s %s", c.rule, c.off)
	}
	for _, p := range []recur.Plan{
		{From: "2026-11-26", Off: recur.NextDay},
		{Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}, From: "tomorrow", Off: recur.NextDay},
		{Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}, From: "2026-11-26"},
		{Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: 2}, From: "2026-11-26", Off: recur.NextDay},
		{Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue, AfterDone: true}, From: "2026-11-26", Off: recur.NextDay},
	} {
		require.Error(t, p.Check(works))
	}
}

// plans draws any plan that goes by the calendar.
func plans(t *rapid.T) recur.Plan {
	r := rules(t)
	if r.AfterDone {
		r = recur.Rule{Unit: recur.Days, Every: r.Every, Working: r.Working && r.Unit == recur.Days, Count: r.Count, Until: r.Until}
	}
	r.Due = recur.NoDue
	return recur.Plan{Rule: r, From: days(t, "from"), Off: rapid.SampledFrom(recur.OffDays).Draw(t, "off")}
}

// counted are the days of a plan up to a last one, each day looked at by itself.
func counted(p recur.Plan, last time.Time) (all []string) {
	from, _ := time.Parse(time.DateOnly, p.From)
	worked := 0
	for day := from; !day.After(last); day = day.AddDate(0, 0, 1) {
		is := comes(p.Rule, from, day)
		if p.Rule.Working {
			is = works(day) && worked%p.Rule.Every == 0
			if works(day) {
				worked++
			}
		}
		on := day
		for step := map[recur.OffDay]int{recur.NextDay: 1, recur.DayAhead: -1}[p.Off]; step != 0 && !works(on); {
			on = on.AddDate(0, 0, step)
		}
		switch text := on.Format(time.DateOnly); {
		case !is, p.Rule.Until != "" && day.Format(time.DateOnly) > p.Rule.Until, p.Off == recur.Skipped && !works(day):
		case len(all) > 0 && text <= all[len(all)-1]:
		case p.Rule.Count > 0 && len(all) == p.Rule.Count-1:
		default:
			all = append(all, text)
		}
	}
	return all
}

func TestAPlanHasTheDaysThatCountingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plans(t)
		from, _ := time.Parse(time.DateOnly, p.From)
		want := counted(p, from.AddDate(2, 0, 0))
		want = want[:min(8, len(want))]
		require.Equal(t, want, starts(p, len(want)), "%s from %s, %s", p.Rule, p.From, p.Off)
	})
}

// Whoever looks now and then starts the last day that has come since, once, and leaves
// none out that lies ahead.
func TestWhatWasMissedIsCaughtUpOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plans(t)
		from, _ := time.Parse(time.DateOnly, p.From)
		all := counted(p, from.AddDate(4, 0, 0))
		var at recur.Place
		now, passed := from.AddDate(0, 0, -3), 0
		for range 12 {
			now = now.AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "away"))
			come := func(day string) bool { return day <= now.Format(time.DateOnly) }
			last := passed
			for last < len(all) && come(all[last]) {
				last++
			}
			next, due := p.Latest(at, come, works)
			require.Equal(t, last > passed, due, "%s: %s to %s", p.Rule, at.On, now)
			if due {
				require.Equal(t, all[last-1], next.On)
				require.Equal(t, last, next.Times, "what was missed has been one of its times")
			}
			_, again := p.Latest(next, come, works)
			require.False(t, again)
			at, passed = next, last
		}
		begun := p.Pass(recur.Place{}, func(day string) bool { return day <= now.Format(time.DateOnly) }, works)
		require.Zero(t, begun.Times)
		if next, more := p.Next(begun, works); more {
			require.Greater(t, next.On, now.Format(time.DateOnly), "what is made now makes up for nothing")
		}
	})
}

func TestAMomentIsOnItsDayWhereTheClocksChange(t *testing.T) {
	for _, c := range []struct{ zone, day, clock, at string }{
		{"Europe/Madrid", "2026-11-30", "08:00", "2026-11-30T07:00:00Z"},
		{"Europe/Madrid", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"},    // skipped: 3:30
		{"America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00:00Z"}, // skipped: the first moment of the day
		{"UTC", "2026-11-30", "23:59", "2026-11-30T23:59:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		at, ok := recur.Moment(c.day, c.clock, zone)
		require.True(t, ok)
		require.Equal(t, c.at, at.Format(time.RFC3339), c.zone)
		require.Equal(t, c.day, at.In(zone).Format(time.DateOnly))
	}
	for _, clock := range []string{"", "8", "24:00", "08:61", "noon"} {
		_, ok := recur.Moment("2026-11-30", clock, time.UTC)
		require.False(t, ok, clock)
	}
}
