// Package recur says when a task comes again: on a schedule, in a small part of
// RFC 5545's recurrence rules, or some time after it was done. It reckons in whole
// days, which have no zone; Start says when a day begins somewhere. It does no I/O
// and keeps no clock.
package recur

import (
	"slices"
	"time"

	"relevo/models/fault"

	"github.com/teambition/rrule-go"
)

// Unit is what a rule counts in.
type Unit string

// The units, smallest first, by their words in RFC 5545.
const (
	Days   Unit = "DAILY"
	Weeks  Unit = "WEEKLY"
	Months Unit = "MONTHLY"
	Years  Unit = "YEARLY"
)

// Units lists every unit.
var Units = []Unit{Days, Weeks, Months, Years}

// Bounds of a rule.
const (
	MaxEvery = 99
	MaxCount = 999
	MaxDue   = 366
	Last     = -1 // of a month: its last day, or the last weekday of a kind

	firstYear, lastYear = 1970, 2199
)

// Rule says when a task comes again. The zero Rule is none.
type Rule struct {
	Unit      Unit
	Every     int  // every so many units
	AfterDone bool // counted from the day on which the task is done; the days below are not set then
	Working   bool // Days: those on which the team works

	On      []time.Weekday // Weeks: those days, Monday first
	Month   time.Month     // Years: in that month
	Day     int            // Months and Years: on that day, or the month's last where it is shorter; or Last; 0: Nth
	Nth     int            // Months and Years: the first to fourth Weekday of the month, or the Last
	Weekday time.Weekday

	Until string // YYYY-MM-DD, the last day on which it may come; empty: no end
	Count int    // how many times more, this one counted; 0: no end
	Due   int    // it is due so many days after it comes; NoDue: on no day
}

// NoDue is the Due of what has no date by which it is due.
const NoDue = -1

// None reports whether the rule says nothing.
func (r Rule) None() bool { return r.Unit == "" }

// Week is from Monday to Sunday, as RFC 5545 and the rule's text count it.
var Week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// Works says whether a team works on a day. On one day in some it does.
type Works func(day time.Time) bool

// Check returns the faults of a rule by the fields of its form: every, on, month_day,
// month, until, count, due.
func (r Rule) Check() error {
	var faults []*fault.Fault
	wrong := func(bad bool, f *fault.Fault) {
		if bad {
			faults = append(faults, f)
		}
	}
	wrong(!slices.Contains(Units, r.Unit), fault.On("unit", fault.NotAChoice))
	wrong(r.Every < 1 || r.Every > MaxEvery, fault.On("every", fault.OutOfRange, 1, MaxEvery))
	wrong(r.Count < 0 || r.Count > MaxCount, fault.On("count", fault.OutOfRange, 1, MaxCount))
	wrong(r.Due < NoDue || r.Due > MaxDue, fault.On("due_after", fault.OutOfRange, 0, MaxDue))
	if r.Until != "" {
		_, ok := parseDay(r.Until)
		wrong(!ok, fault.On("until", fault.NotADate))
		wrong(r.Count != 0, fault.On("until", fault.NotAChoice))
	}
	wrong(r.Working && r.Unit != Days, fault.On("unit", fault.NotAChoice))
	weekly, byMonth, yearly := r.Unit == Weeks && !r.AfterDone, (r.Unit == Months || r.Unit == Years) && !r.AfterDone, r.Unit == Years && !r.AfterDone
	wrong(weekly && len(r.On) == 0, fault.On("on", fault.Needed))
	wrong(!weekly && len(r.On) > 0 || !slices.IsSortedFunc(r.On, fromMonday) || len(slices.Compact(slices.Clone(r.On))) != len(r.On), fault.On("on", fault.NotAChoice))
	for _, d := range r.On {
		wrong(d < time.Sunday || d > time.Saturday, fault.On("on", fault.NotAChoice))
	}
	wrong(yearly && (r.Month < 1 || r.Month > 12) || !yearly && r.Month != 0, fault.On("month", fault.NotAChoice))
	switch {
	case !byMonth:
		wrong(r.Day != 0 || r.Nth != 0 || r.Weekday != 0, fault.On("month_day", fault.NotAChoice))
	case r.Nth != 0:
		wrong(r.Day != 0 || r.Nth < Last || r.Nth > 4 || r.Weekday < time.Sunday || r.Weekday > time.Saturday, fault.On("month_day", fault.NotAChoice))
	default:
		wrong(r.Day != Last && (r.Day < 1 || r.Day > 31) || r.Weekday != 0, fault.On("month_day", fault.NotAChoice))
		wrong(yearly && r.Day > daysIn(2024, r.Month), fault.On("month_day", fault.NotADate)) // 2024 has a 29 February
	}
	return fault.All(faults...)
}

// place is a weekday's place from Monday.
func place(d time.Weekday) int { return (int(d) + 6) % 7 }

func fromMonday(a, b time.Weekday) int { return place(a) - place(b) }

func daysIn(year int, m time.Month) int { return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// Ends reports whether there is no next time, whatever the day.
func (r Rule) Ends() bool { return r.Count == 1 }

// Next is the first day after day on which a task comes that last came on day; or,
// AfterDone, the one for a task that is done on day. There is none after the end.
func (r Rule) Next(day string, works Works) (next string, ok bool) {
	from, valid := parseDay(day)
	if !valid || r.None() || r.Ends() {
		return "", false
	}
	var at time.Time
	switch {
	case r.Working:
		at = r.working(from, works)
	case r.AfterDone:
		at = r.after(from)
	default:
		at = r.on(from, false)
	}
	if !at.After(from) || at.Year() > lastYear {
		return "", false
	}
	next = at.Format(time.DateOnly)
	return next, r.Until == "" || next <= r.Until
}

// on is the first day of the calendar after a day, or with that day, counted from it.
func (r Rule) on(from time.Time, with bool) time.Time {
	rule, err := rrule.NewRRule(r.option(from))
	if err != nil {
		return from
	}
	return rule.After(from, with)
}

// Then is the rule of the next task: one time fewer is left.
func (r Rule) Then() Rule {
	if r.Count > 0 {
		r.Count--
	}
	return r
}

// Latest is the last day up to today on which a task comes that last came on day,
// with the rule as it is then: the days between have passed unused. There is none
// if the next one lies ahead.
func (r Rule) Latest(day, today string, works Works) (latest string, then Rule, ok bool) {
	then = r
	for {
		next, more := then.Next(day, works)
		if !more || next > today {
			return latest, then, ok
		}
		day, latest, then, ok = next, next, then.Then(), true
	}
}

// working goes on from a day by so many days on which the team works.
func (r Rule) working(day time.Time, works Works) time.Time {
	for n := 0; n < r.Every && day.Year() <= lastYear; {
		day = day.AddDate(0, 0, 1)
		if works(day) {
			n++
		}
	}
	return day
}

// after goes on from a day by so many units. In a shorter month it is the last day.
func (r Rule) after(from time.Time) time.Time {
	y, m, d := from.Date()
	switch r.Unit {
	case Weeks:
		return from.AddDate(0, 0, 7*r.Every)
	case Months:
		m += time.Month(r.Every)
	case Years:
		y += r.Every
	default:
		return from.AddDate(0, 0, r.Every)
	}
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(d, daysIn(first.Year(), first.Month()))-1)
}

var byFrequency = map[Unit]rrule.Frequency{Days: rrule.DAILY, Weeks: rrule.WEEKLY, Months: rrule.MONTHLY, Years: rrule.YEARLY}

var byWeekday = [7]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}

// option is the rule as the library takes it, counted from a day on. Its end is
// left to Next.
func (r Rule) option(from time.Time) rrule.ROption {
	o := rrule.ROption{Freq: byFrequency[r.Unit], Interval: r.Every, Dtstart: from, Wkst: rrule.MO, Until: time.Date(lastYear+1, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, d := range r.On {
		o.Byweekday = append(o.Byweekday, byWeekday[d])
	}
	if r.Month != 0 {
		o.Bymonth = []int{int(r.Month)}
	}
	switch {
	case r.Nth != 0:
		o.Byweekday = append(o.Byweekday, byWeekday[r.Weekday].Nth(r.Nth))
	case r.Day > 28: // the last day there is up to that one: RFC 5545 would skip the shorter months
		for d := 28; d <= r.Day; d++ {
			o.Bymonthday = append(o.Bymonthday, d)
		}
		o.Bysetpos = []int{-1}
	case r.Day != 0:
		o.Bymonthday = []int{r.Day}
	}
	return o
}

// DueOn is the day by which what comes on day is due; empty: none.
func (r Rule) DueOn(day string) string {
	at, ok := parseDay(day)
	if !ok || r.Due == NoDue {
		return ""
	}
	return at.AddDate(0, 0, r.Due).Format(time.DateOnly)
}

// Start is the moment at which a day begins in a zone. Where the clocks skip
// midnight, that is the first moment after it.
func Start(day string, zone *time.Location) (time.Time, bool) {
	d, ok := parseDay(day)
	if !ok {
		return d, false
	}
	y, m, n := d.Date()
	at := time.Date(y, m, n, 0, 0, 0, 0, zone)
	for at.Format(time.DateOnly) < day { // what is skipped has been taken for the evening before
		at = at.Add(15 * time.Minute)
	}
	return at.UTC(), true
}

func parseDay(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil && t.Year() >= firstYear && t.Year() <= lastYear
}
