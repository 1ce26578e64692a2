package recur

import (
	"slices"
	"time"

	"relevo/models/fault"
)

// OffDay says what becomes of a day of the rule on which the team does not work.
type OffDay string

const (
	AsItIs   OffDay = "as_is"
	NextDay  OffDay = "next"     // the first day after it on which the team works
	DayAhead OffDay = "previous" // the last one before it
	Skipped  OffDay = "skip"
)

// OffDays lists them all.
var OffDays = []OffDay{NextDay, DayAhead, Skipped, AsItIs}

// Plan says on which days something starts: those of a rule, from a day on. Of several
// that come to lie on one day only one is left, and a start goes back to no day on which,
// or before which, there was one. Its Rule's Count is one more than how many times.
type Plan struct {
	Rule Rule
	From string // YYYY-MM-DD, the first day that the rule may have
	Off  OffDay
}

// Place is how far a plan has gone; the zero Place is its beginning.
type Place struct {
	Day   string // the last day of the rule that has passed
	On    string // the day on which it started for it
	Times int    // how often it has started
}

// longest is how many days are looked at for one on which the team works, and how many
// days of a rule for one that is not skipped.
const longest = 800

// Check returns the faults of a plan by the fields of its form: those of a rule, from and
// off. A plan goes by the calendar, and nothing of it is due.
func (p Plan) Check(works Works) error {
	var faults []*fault.Fault
	if f := fault.From(p.Rule.Check()); f != nil {
		faults = append([]*fault.Fault{f}, f.Also...)
		f.Also = nil
	}
	if p.Rule.AfterDone || p.Rule.Due != NoDue {
		faults = append(faults, fault.On("preset", fault.NotAChoice))
	}
	if _, ok := parseDay(p.From); !ok {
		faults = append(faults, fault.On("from", fault.NotADate))
	}
	if !slices.Contains(OffDays, p.Off) {
		faults = append(faults, fault.On("off", fault.NotAChoice))
	}
	if err := fault.All(faults...); err != nil {
		return err
	}
	if _, more := p.Next(Place{}, works); !more {
		field := "until"
		if p.Rule.Until == "" {
			field = "off"
		}
		return fault.On(field, fault.NeverAgain)
	}
	return nil
}

// Next is the place at which it starts next after at. There is none after the end, nor
// where no day would be left within two years' worth of the rule's.
func (p Plan) Next(at Place, works Works) (next Place, ok bool) {
	rule := p.Rule
	if rule.Count > 0 && at.Times >= rule.Count-1 {
		return at, false
	}
	rule.Count = 0
	day := at.Day
	for range longest {
		if day == "" {
			day, ok = rule.first(p.From, works)
		} else {
			day, ok = rule.Next(day, works)
		}
		if !ok {
			return at, false
		}
		if on, starts := p.Off.of(day, works); starts && on > at.On {
			return Place{Day: day, On: on, Times: at.Times + 1}, true
		}
	}
	return at, false
}

// Latest is the last place after at whose day has come, as come tells. There is none if
// the next one lies ahead.
func (p Plan) Latest(at Place, come func(day string) bool, works Works) (latest Place, ok bool) {
	for {
		next, more := p.Next(at, works)
		if !more || !come(next.On) {
			return at, ok
		}
		at, ok = next, true
	}
}

// Pass is the place from which a plan goes on after at without what has come meanwhile:
// those days are left out, and count for nothing.
func (p Plan) Pass(at Place, come func(day string) bool, works Works) Place {
	endless := p
	endless.Rule.Count = 0
	next, _ := endless.Latest(at, come, works)
	next.Times = at.Times
	return next
}

// Left is the rule with as many times as are left after at.
func (p Plan) Left(at Place) Rule {
	r := p.Rule
	if r.Count > 0 {
		r.Count = max(1, r.Count-at.Times)
	}
	return r
}

// first is the first day from a day on, which counts.
func (r Rule) first(from string, works Works) (string, bool) {
	at, ok := parseDay(from)
	if !ok {
		return "", false
	}
	if r.Working {
		one := r
		one.Every = 1
		at = one.working(at.AddDate(0, 0, -1), works)
	} else {
		at = r.on(at, true)
	}
	if at.Year() > lastYear || at.Format(time.DateOnly) < from {
		return "", false
	}
	day := at.Format(time.DateOnly)
	return day, r.Until == "" || day <= r.Until
}

// of is the day on which something starts that the rule has on day; none if it is
// skipped.
func (o OffDay) of(day string, works Works) (on string, starts bool) {
	at, ok := parseDay(day)
	if !ok || o == AsItIs || works(at) {
		return day, ok
	}
	step := map[OffDay]int{NextDay: 1, DayAhead: -1}[o]
	if step == 0 {
		return "", false
	}
	for range longest {
		if at = at.AddDate(0, 0, step); works(at) {
			return at.Format(time.DateOnly), true
		}
	}
	return "", false
}

// Moment is when a clock, as 15:04, shows that time on a day in a zone; where the clocks
// skip it, the day's hour after it or, at the worst, its beginning.
func Moment(day, clock string, zone *time.Location) (time.Time, bool) {
	d, ok := parseDay(day)
	at, err := time.Parse("15:04", clock)
	if !ok || err != nil {
		return d, false
	}
	y, m, n := d.Date()
	moment := time.Date(y, m, n, at.Hour(), at.Minute(), 0, 0, zone)
	if moment.Format(time.DateOnly) != day {
		return Start(day, zone)
	}
	return moment.UTC(), true
}
