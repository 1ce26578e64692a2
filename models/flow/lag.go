package flow

import "time"

// Unit is what a lag is counted in.
type Unit string

const (
	Minutes     Unit = "minutes"
	Hours       Unit = "hours"
	Days        Unit = "days"         // calendar days: the same time of day, that many days on
	WorkingDays Unit = "working_days" // the same time of day, that many working days on
)

// Units lists every unit, smallest first.
var Units = []Unit{Minutes, Hours, Days, WorkingDays}

// MaxLag is the most a lag may be, in days; the others are bounded alike.
const MaxLag = 3650

// Lag is how long after its prerequisite a task may start. The zero Lag is none.
type Lag struct {
	Amount int // 0 to MaxLag days
	Unit   Unit
}

// Calendar says which days a team works, and where its days begin.
type Calendar struct {
	Zone     *time.Location  // nil: UTC
	Off      [7]bool         // days without work, by time.Weekday
	Holidays map[string]bool // further days without work, YYYY-MM-DD
}

// Works reports whether the team works on the day that a moment shows in its own
// zone. A calendar without a working day counts every day, so that nothing lasts
// for ever.
func (cal Calendar) Works(day time.Time) bool {
	if cal.Off == [7]bool{true, true, true, true, true, true, true} {
		return true
	}
	return !cal.Off[day.Weekday()] && (len(cal.Holidays) == 0 || !cal.Holidays[day.Format(time.DateOnly)])
}

// Shift goes n days on, or back if n is negative; in working days if working, by
// calendar days otherwise. No working day is the day itself, whatever it is.
func (cal Calendar) Shift(day time.Time, n int, working bool) time.Time {
	step := 1
	if n < 0 {
		n, step = -n, -1
	}
	if !working {
		return day.AddDate(0, 0, step*n)
	}
	for n > 0 {
		day = day.AddDate(0, 0, step)
		if cal.Works(day) {
			n--
		}
	}
	return day
}

// WorkingDays counts the working days that begin after from and until to, in the
// team's zone: from one working day to the next it is one, over a weekend none.
func (cal Calendar) WorkingDays(from, to time.Time) int {
	zone := cal.Zone
	if zone == nil {
		zone = time.UTC
	}
	date := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	n, last := 0, date(to)
	for day := date(from).AddDate(0, 0, 1); !day.After(last) && n < MaxLag; day = day.AddDate(0, 0, 1) {
		if cal.Works(day) {
			n++
		}
	}
	return n
}

// Weekdays is the calendar of a team that works Monday to Friday in zone.
func Weekdays(zone *time.Location) Calendar {
	return Calendar{Zone: zone, Off: [7]bool{time.Sunday: true, time.Saturday: true}}
}

// After returns the moment at which the lag that began at start has elapsed, in
// UTC. Days keep the time of day in the calendar's zone over daylight-saving
// changes; a time that a change skips moves on by as much as it skips, and of a
// time that comes twice it is the first.
func (l Lag) After(start time.Time, cal Calendar) time.Time {
	zone := cal.Zone
	if zone == nil {
		zone = time.UTC
	}
	local := start.In(zone)
	switch l.Unit {
	case Minutes:
		return start.Add(time.Duration(l.Amount) * time.Minute).UTC()
	case Hours:
		return start.Add(time.Duration(l.Amount) * time.Hour).UTC()
	case Days:
		return daysOn(local, l.Amount).UTC()
	case WorkingDays:
		return cal.workingDaysOn(local, l.Amount).UTC()
	}
	return start.UTC()
}

// workingDaysOn goes n working days on.
func (cal Calendar) workingDaysOn(local time.Time, n int) time.Time {
	y, m, d := local.Date()
	from := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return daysOn(local, int(cal.Shift(from, n, true).Sub(from)/(24*time.Hour)))
}

// daysOn goes n calendar days on. AddDate would not do: what it makes of a time
// that a change of the clocks skips or repeats depends on the zone.
func daysOn(local time.Time, n int) time.Time {
	if n == 0 {
		return local
	}
	y, m, d := local.Date()
	wall := time.Date(y, m, d+n, local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
	// The offset of the day before holds, unless the clocks change in between.
	before := under(wall, wall.Add(-24*time.Hour).In(local.Location()))
	if after := under(wall, before); shows(after, wall) {
		return after
	}
	return before
}

// under reads wall with the offset that is in force at a moment.
func under(wall, at time.Time) time.Time {
	_, offset := at.Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(at.Location())
}

func shows(at, wall time.Time) bool {
	_, offset := at.Zone()
	return at.Add(time.Duration(offset) * time.Second).Equal(wall)
}
