package rehearse

import (
	"math"
	"time"

	"relevo/models/flow"
	"relevo/models/plan"
)

// clock counts a calendar's minutes of work from a moment on, so that a plan is made
// with numbers: 0 is the first of them. It takes every day for one of 24 hours: an hour
// by which the clocks are changed at night is not counted.
//
// The end of a day of work and the beginning of the next are the same number; where it
// makes a difference, a moment is one at which something ends.
type clock struct {
	work  plan.Work
	first time.Time // midnight of the first day of work
	skew  float64   // minutes of work on that day before 0
	span  float64   // minutes of work on a day
	days  []int     // days of work: how many days after the first, each
	rank  []int     // days: how many days of work are before it
}

func newClock(work plan.Work, from time.Time) *clock {
	from = work.Next(from).In(work.Zone())
	y, m, d := from.Date()
	c := &clock{work: work, first: time.Date(y, m, d, 0, 0, 0, 0, work.Zone()), span: float64(work.Until - work.From)}
	c.skew = float64(from.Hour()*60+from.Minute()-work.From) + float64(from.Second())/60
	c.rank = []int{0}
	return c
}

// mostDays bounds the count: a hundred years.
const mostDays = 36_525

// lay lays out one more day.
func (c *clock) lay() {
	n := len(c.rank) - 1
	if c.work.Days.Works(c.first.AddDate(0, 0, n)) {
		c.days = append(c.days, n)
	}
	c.rank = append(c.rank, len(c.days))
}

// day is how many days after the first one the n-th day of work is.
func (c *clock) day(n int) int {
	for n >= len(c.days) && len(c.rank) < mostDays {
		c.lay()
	}
	return c.days[min(n, len(c.days)-1)]
}

// before is how many days of work are before a day.
func (c *clock) before(day int) int {
	for day >= len(c.rank)-1 && len(c.rank) < mostDays {
		c.lay()
	}
	return c.rank[max(0, min(day, len(c.rank)-1))]
}

// wall is minutes of the clock since midnight of the first day, of a moment at which
// something ends.
func (c *clock) wall(at float64) float64 {
	at += c.skew
	n := int(at / c.span)
	rest := at - float64(n)*c.span
	if rest == 0 && n > 0 {
		n, rest = n-1, c.span
	}
	return float64(c.day(n)*1440+c.work.From) + rest
}

// at is the first minute of work that is not before a minute of the clock; never
// before 0.
func (c *clock) at(wall float64) float64 {
	if wall < 0 {
		return 0
	}
	day := int(wall / 1440)
	n := c.before(day)
	at := float64(n) * c.span
	if c.before(day+1) > n {
		at += max(0, min(c.span, wall-float64(day*1440+c.work.From)))
	}
	return max(0, at-c.skew)
}

// of is the same of a moment.
func (c *clock) of(t time.Time) float64 {
	t = t.In(c.work.Zone())
	y, m, d := t.Date()
	days := int(math.Round(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(time.Date(c.first.Year(), c.first.Month(), c.first.Day(), 0, 0, 0, 0, time.UTC)).Hours() / 24))
	return c.at(float64(days*1440+t.Hour()*60+t.Minute()) + float64(t.Second())/60)
}

// end is the end of work on the day on which something ends, so many days later.
func (c *clock) end(at float64, days int, working bool) float64 {
	day := int(c.wall(at) / 1440)
	if working {
		if c.before(day+1) == c.before(day) {
			days-- // begun on a day without work, the first day of work is one
		}
		return float64(c.before(day)+days+1)*c.span - c.skew
	}
	return float64(c.before(day+days+1))*c.span - c.skew
}

// morning is the beginning of the day of work that a minute is in.
func (c *clock) morning(at float64) float64 {
	return max(0, math.Floor((at+c.skew)/c.span)*c.span-c.skew)
}

// after is when a lag that begins with the end of something is over.
func (c *clock) after(at float64, lag flow.Lag) float64 {
	n := float64(lag.Amount)
	switch {
	case lag.Amount == 0:
		return at
	case lag.Unit == flow.WorkingDays:
		return at + n*c.span
	case lag.Unit == flow.Minutes:
		return c.at(c.wall(at) + n)
	case lag.Unit == flow.Hours:
		return c.at(c.wall(at) + n*60)
	}
	return c.at(c.wall(at) + n*1440)
}

// time is the moment at which something ends.
func (c *clock) time(at float64) time.Time {
	wall := c.wall(at)
	y, m, d := c.first.Date()
	return time.Date(y, m, d, 0, int(math.Ceil(wall-1e-6)), 0, 0, c.work.Zone())
}
