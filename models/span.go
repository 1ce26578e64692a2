package models

import (
	"net/url"
	"strconv"
	"time"
)

// What a calendar can show at once.
const (
	SpanMonth = "month"
	SpanWeek  = "week"
	SpanDay   = "day"
)

// SpanKinds lists them, longest first.
var SpanKinds = []string{SpanMonth, SpanWeek, SpanDay}

// FirstWeekday begins a week. It is Monday as ISO 8601 has it and as Unicode's CLDR
// has it for the world, for Spain and for the United Kingdom; the languages here
// name no country that would say otherwise.
const FirstWeekday = time.Monday

// The days that people plan with: far enough for any plan, near enough to catch a
// slip of the finger.
var (
	FirstDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	LastDay  = time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)
)

// Span is the part of a calendar that somebody looks at. Its days are at midnight
// UTC, whatever the zone: a due date is the same day for everyone.
type Span struct {
	Kind  string
	First time.Time // its first day
	Page  int       // of a day's tasks, of which there may be many; from 1
	Tray  int       // of the tasks without a date; from 1
}

// mostPages bounds how far one leafs.
const mostPages = 1000

// ParseSpan reads a span from an address: month=2026-11, or week= or day= with a
// day, and pages. Without one it is the month of today. What it cannot read is left
// out; ignored names those parameters.
func ParseSpan(asked url.Values, today time.Time) (s Span, ignored []string) {
	s = Span{Page: 1, Tray: 1}
	read := func(name string, page *int) {
		text := asked.Get(name)
		n, err := strconv.Atoi(text)
		if err == nil && n >= 1 && n <= mostPages {
			*page = n
		} else if text != "" {
			ignored = append(ignored, name)
		}
	}
	read("page", &s.Page)
	read("tray", &s.Tray)
	layouts := map[string]string{SpanMonth: "2006-01", SpanWeek: time.DateOnly, SpanDay: time.DateOnly}
	for _, kind := range SpanKinds {
		text := asked.Get(kind)
		if text == "" {
			continue
		}
		day, err := time.Parse(layouts[kind], text)
		if err != nil || day.Before(FirstDay) || day.After(LastDay) {
			ignored = append(ignored, kind)
		} else if s.Kind == "" {
			s = s.at(kind, day)
		}
	}
	if s.Kind == "" {
		s = s.at(SpanMonth, today)
	}
	return s, ignored
}

// at is the span of a kind around a day.
func (s Span) at(kind string, day time.Time) Span {
	y, m, d := day.Date()
	s.Kind, s.First = kind, time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	switch kind {
	case SpanMonth:
		s.First = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	case SpanWeek:
		s.First = weekOf(s.First)
	}
	return s
}

func weekOf(day time.Time) time.Time {
	return day.AddDate(0, 0, -int((day.Weekday()-FirstWeekday+7)%7))
}

// Around is the span of a kind that has a day in it, from its first page.
func (s Span) Around(kind string, day time.Time) Span {
	return Span{Page: 1, Tray: s.Tray}.at(kind, day)
}

// Step is the span n further, or back if n is negative.
func (s Span) Step(n int) Span {
	switch s.Kind {
	case SpanMonth:
		return s.Around(SpanMonth, s.First.AddDate(0, n, 0))
	case SpanWeek:
		return s.Around(SpanWeek, s.First.AddDate(0, 0, 7*n))
	}
	return s.Around(SpanDay, s.First.AddDate(0, 0, n))
}

// Within reports whether there is such a span to look at.
func (s Span) Within() bool { return !s.Last().Before(FirstDay) && !s.First.After(LastDay) }

// Last is its last day.
func (s Span) Last() time.Time {
	switch s.Kind {
	case SpanMonth:
		return s.First.AddDate(0, 1, -1)
	case SpanWeek:
		return s.First.AddDate(0, 0, 6)
	}
	return s.First
}

// Has reports whether a day is in it.
func (s Span) Has(day time.Time) bool { return !day.Before(s.First) && !day.After(s.Last()) }

// Shown are the first and the last day that are shown: a month comes in whole weeks.
func (s Span) Shown() (from, until time.Time) {
	if s.Kind == SpanMonth {
		return weekOf(s.First), weekOf(s.Last()).AddDate(0, 0, 6)
	}
	return s.First, s.Last()
}

// Values writes the span as ParseSpan reads it.
func (s Span) Values() url.Values {
	v := url.Values{s.Kind: {s.First.Format(time.DateOnly)}}
	if s.Kind == SpanMonth {
		v.Set(s.Kind, s.First.Format("2006-01"))
	}
	if s.Page > 1 {
		v.Set("page", strconv.Itoa(s.Page))
	}
	if s.Tray > 1 {
		v.Set("tray", strconv.Itoa(s.Tray))
	}
	return v
}
