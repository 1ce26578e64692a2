package plan

import (
	"time"

	"relevo/models/flow"
)

// Work says when work is done: from one minute of the day to another, on the days
// that a calendar works. Amounts of work are in minutes.
type Work struct {
	Days        flow.Calendar
	From, Until int // minutes after midnight in the calendar's zone; From < Until
}

// OfficeHours is work from nine to five, the eight hours that a day of an estimate
// has, on the days of a calendar.
func OfficeHours(days flow.Calendar) Work { return Work{Days: days, From: 9 * 60, Until: 17 * 60} }

// mostDays bounds the search for a day of work: a hundred years.
const mostDays = 36_525

func (w Work) day(t time.Time) time.Time {
	zone := w.Zone()
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// at is a minute of a day. It is made of the clock's hand, not by adding to
// midnight, so that a day on which the clocks change has its hours, too.
func at(day time.Time, minute int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, minute, 0, 0, day.Location())
}

// Next is the first moment of work from t on.
func (w Work) Next(t time.Time) time.Time {
	day := w.day(t)
	for range mostDays {
		if w.Days.Works(day) {
			if from := at(day, w.From); t.Before(from) {
				return from
			}
			if t.Before(at(day, w.Until)) {
				return t
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return t
}

// Add is the moment at which so many minutes of work that begin at t are done; t
// itself if there are none to do.
func (w Work) Add(t time.Time, minutes int) time.Time {
	if minutes <= 0 {
		return t
	}
	t = w.Next(t)
	left := time.Duration(minutes) * time.Minute
	day := w.day(t)
	for range mostDays {
		if w.Days.Works(day) {
			from, until := at(day, w.From), at(day, w.Until)
			if from.Before(t) {
				from = t
			}
			if has := until.Sub(from); has >= left {
				return from.Add(left)
			} else if has > 0 {
				left -= has
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return t
}

// Back is the moment at which so many minutes of work that are done at t begin.
func (w Work) Back(t time.Time, minutes int) time.Time {
	left := time.Duration(minutes) * time.Minute
	day := w.day(t)
	for range mostDays {
		if left <= 0 {
			return t
		}
		if w.Days.Works(day) {
			from, until := at(day, w.From), at(day, w.Until)
			if t.Before(until) {
				until = t
			}
			if has := until.Sub(from); has >= left {
				return until.Add(-left)
			} else if has > 0 {
				left -= has
			}
		}
		day = day.AddDate(0, 0, -1)
	}
	return t
}

// Between is how many whole minutes of work lie between two moments; none if the
// second is not after the first.
func (w Work) Between(from, until time.Time) int {
	var sum time.Duration
	day := w.day(from)
	for range mostDays {
		if !day.Before(until) {
			break
		}
		if w.Days.Works(day) {
			begin, end := at(day, w.From), at(day, w.Until)
			if begin.Before(from) {
				begin = from
			}
			if end.After(until) {
				end = until
			}
			if end.After(begin) {
				sum += end.Sub(begin)
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return int(sum / time.Minute)
}

// Zone is where the days of work begin and end.
func (w Work) Zone() *time.Location {
	if w.Days.Zone == nil {
		return time.UTC
	}
	return w.Days.Zone
}
