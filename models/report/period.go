package report

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"relevo/models/fault"
)

// Period is the time that a report is about: from the beginning of a day to the end
// of one, or to now, if that day is not over.
type Period struct {
	From time.Time
	End  time.Time // just after it
	Name string    // one of Periods; empty: of one's own
	To   time.Time // the last day, by its beginning
}

// The periods that are offered.
const (
	Days30      = "30"
	Days90      = "90"
	ThisMonth   = "month"
	ThisQuarter = "quarter"
	LastQuarter = "last-quarter"
	ThisYear    = "year"
)

// Periods lists them in the order in which they are offered; the first is the usual.
var Periods = []string{Days30, Days90, ThisMonth, ThisQuarter, LastQuarter, ThisYear}

// MaxDays is the longest period: some five years.
const MaxDays = 1830

// ReadPeriod reads a period from an address: period=NAME, or from and to, each a day
// of its own or open. Days are those of now's zone. It returns NotADate,
// EndsBeforeStart or PeriodTooLong with the usual period.
func ReadPeriod(asked url.Values, now time.Time) (Period, error) {
	from, to := strings.TrimSpace(asked.Get("from")), strings.TrimSpace(asked.Get("to"))
	if from == "" && to == "" {
		name := asked.Get("period")
		if !slices.Contains(Periods, name) {
			name = Days30
		}
		return named(name, now), nil
	}
	usual, today := named(Days30, now), midnight(now)
	first, last := today.AddDate(0, 0, -29), today
	var faults []*fault.Fault
	for _, day := range []struct {
		name, text string
		at         *time.Time
	}{{"from", from, &first}, {"to", to, &last}} {
		if day.text == "" {
			continue
		}
		at, err := time.ParseInLocation(time.DateOnly, day.text, now.Location())
		if err != nil || at.Year() < 1 {
			faults = append(faults, fault.On(day.name, fault.NotADate))
			continue
		}
		*day.at = at
	}
	if from == "" {
		first = last.AddDate(0, 0, -29)
	}
	switch {
	case len(faults) > 0:
	case last.Before(first):
		faults = append(faults, fault.On("to", fault.EndsBeforeStart))
	case first.After(now):
		faults = append(faults, fault.On("from", fault.NotYet))
	case last.After(first.AddDate(0, 0, MaxDays-1)):
		faults = append(faults, fault.On("to", fault.PeriodTooLong, MaxDays))
	}
	if err := fault.All(faults...); err != nil {
		return usual, err
	}
	return between(first, last, now), nil
}

func named(name string, now time.Time) Period {
	today := midnight(now)
	quarter := time.Date(now.Year(), now.Month()-(now.Month()-1)%3, 1, 0, 0, 0, 0, now.Location())
	first, last := today.AddDate(0, 0, -29), today
	switch name {
	case Days90:
		first = today.AddDate(0, 0, -89)
	case ThisMonth:
		first = today.AddDate(0, 0, 1-today.Day())
	case ThisQuarter:
		first = quarter
	case LastQuarter:
		first, last = quarter.AddDate(0, -3, 0), quarter.AddDate(0, 0, -1)
	case ThisYear:
		first = today.AddDate(0, 0, 1-today.YearDay())
	}
	p := between(first, last, now)
	p.Name = name
	return p
}

func between(first, last, now time.Time) Period {
	p := Period{From: first, To: last, End: last.AddDate(0, 0, 1)}
	if p.End.After(now) {
		p.End = now.Add(time.Microsecond) // what was done at this very moment is in it
	}
	return p
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// Query is what the period's address says.
func (p Period) Query() url.Values {
	if p.Name != "" {
		return url.Values{"period": {p.Name}}
	}
	return url.Values{"from": {p.From.Format(time.DateOnly)}, "to": {p.To.Format(time.DateOnly)}}
}

// Days is how many days it touches.
func (p Period) Days() int {
	return int(p.date(p.End.Add(-time.Microsecond)).Sub(p.date(p.From))/(24*time.Hour)) + 1
}

// date is the day of a moment in the period's zone, as a day of UTC: those differ by
// whole days, whatever clocks do.
func (p Period) date(t time.Time) time.Time {
	t = t.In(p.From.Location())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// weeks are the Mondays on which the weeks begin that the period touches.
func (p Period) weeks() (starts []time.Time) {
	day := p.From.AddDate(0, 0, -(int(p.From.Weekday())+6)%7)
	for ; day.Before(p.End); day = day.AddDate(0, 0, 7) {
		starts = append(starts, day)
	}
	return starts
}

// steps are the ends of the days, or of the weeks or months of a long period, at which
// it is counted what there is.
func (p Period) steps() (ends []time.Time) {
	by := 1
	switch days := p.Days(); {
	case days > 730:
		by = 28
	case days > 92:
		by = 7
	}
	for n := by; ; n += by {
		end := p.From.AddDate(0, 0, n)
		if !end.Before(p.End) {
			return append(ends, p.End)
		}
		ends = append(ends, end)
	}
}
