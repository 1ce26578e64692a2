package views

import (
	"context"
	"slices"
	"strconv"
	"time"

	"relevo/models"
	"relevo/models/recur"
	"relevo/views/say"
)

// RepeatForm is the form that says how a task comes again.
const RepeatForm = "repeat"

// CustomRepeat is the preset that leaves it to the form's other fields.
const CustomRepeat = "custom"

// The values of the form's choices besides rules and their parts.
const (
	ByCalendar  = "calendar"
	ByDone      = "done"
	EndsNever   = "never"
	EndsOnDay   = "until"
	EndsByCount = "count"
	ByWorkDays  = "WORKING" // a unit beside those of recur
)

// anchor is the day from which a rule that is set now counts.
func (p TaskPage) anchor() time.Time {
	day, _ := time.Parse(time.DateOnly, string(max(p.Task.Due, p.Repeat.Today)))
	return day
}

// presets are the usual rules for a task of that day.
func (p TaskPage) presets() []recur.Rule {
	at := p.anchor()
	nth := (at.Day()-1)/7 + 1
	if nth > 4 {
		nth = recur.Last
	}
	all := []recur.Rule{
		{Unit: recur.Days},
		{Unit: recur.Days, Working: true},
		{Unit: recur.Weeks, On: []time.Weekday{at.Weekday()}},
		{Unit: recur.Months, Day: at.Day()},
		{Unit: recur.Months, Nth: nth, Weekday: at.Weekday()},
		{Unit: recur.Years, Month: at.Month(), Day: at.Day()},
		{Unit: recur.Weeks, AfterDone: true},
	}
	for i := range all {
		all[i].Every, all[i].Due = 1, recur.NoDue
		if p.Task.Due != "" {
			all[i].Due = 0
		}
	}
	return all
}

// preset is which of the presets the form shows; CustomRepeat, if none says the same.
func (p TaskPage) preset() string {
	rule := p.Repeat.Rule.String()
	if rule == "" {
		return p.value(RepeatForm, "preset", p.presets()[0].String())
	}
	if !slices.ContainsFunc(p.presets(), func(r recur.Rule) bool { return r.String() == rule }) {
		rule = CustomRepeat
	}
	return p.value(RepeatForm, "preset", rule)
}

// draftRule is what the form's own fields begin with.
func (p TaskPage) draftRule() recur.Rule {
	if !p.Repeat.Rule.None() {
		return p.Repeat.Rule
	}
	return p.presets()[2]
}

func repeatOn(r recur.Rule, d time.Weekday) bool { return slices.Contains(r.On, d) }

// unit is what the form shows a rule to count in.
func (p TaskPage) unit() string {
	r := p.draftRule()
	if r.Working {
		return p.value(RepeatForm, "unit", ByWorkDays)
	}
	return p.value(RepeatForm, "unit", string(r.Unit))
}

// monthDay is a rule's day of a month as the form sends it: 25, -1, 2TU.
func (p TaskPage) monthDay() string {
	r := p.draftRule()
	saved := strconv.Itoa(p.anchor().Day())
	switch {
	case r.Nth != 0:
		saved = strconv.Itoa(r.Nth) + weekdayCode(r.Weekday)
	case r.Day != 0:
		saved = strconv.Itoa(r.Day)
	}
	return p.value(RepeatForm, "month_day", saved)
}

func (p TaskPage) month() string {
	month := p.draftRule().Month
	if month == 0 {
		month = p.anchor().Month()
	}
	return p.value(RepeatForm, "month", strconv.Itoa(int(month)))
}

func (p TaskPage) counted() string {
	saved := ByCalendar
	if p.draftRule().AfterDone {
		saved = ByDone
	}
	return p.value(RepeatForm, "counted", saved)
}

func (p TaskPage) repeatEnd() string {
	r, saved := p.draftRule(), EndsNever
	switch {
	case r.Until != "":
		saved = EndsOnDay
	case r.Count > 1:
		saved = EndsByCount
	}
	return p.value(RepeatForm, "end", saved)
}

func moreTimes(r recur.Rule) string {
	if r.Count < 2 {
		return ""
	}
	return strconv.Itoa(r.Count - 1)
}

func dueAfter(r recur.Rule) string {
	if r.Due == recur.NoDue {
		return ""
	}
	return strconv.Itoa(r.Due)
}

// daysOfMonth are the days that a rule can name, and nths the weekdays of a month.
func daysOfMonth() []int {
	days := make([]int, 0, 32)
	for d := 1; d <= 31; d++ {
		days = append(days, d)
	}
	return append(days, recur.Last)
}

var nths = []int{1, 2, 3, 4, recur.Last}

// weekdayCode is a weekday as RFC 5545 writes it.
func weekdayCode(d time.Weekday) string {
	return [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[d]
}

// repeatText says how a task comes again, and when next.
func repeatText(ctx context.Context, p TaskPage) string {
	w := say.In(ctx)
	if p.Repeat.Rule.None() {
		return w.Repeat.None
	}
	return w.Next(p.Repeat.Rule, string(p.Repeat.Next), string(p.Repeat.Today))
}

// madeText says who added a task, and when.
func madeText(ctx context.Context, p TaskPage) string {
	w, when := say.In(ctx), momentText(ctx, p.Task.CreatedAt)
	if p.Task.CreatedBy == "" && p.Task.RepeatOf != "" {
		return w.Repeat.MadeByItself(when)
	}
	return w.Task.CreatedBy(p.CreatedBy.Name, when)
}

// skippable is the day that can be left out, in words; empty: there is none.
func skippable(ctx context.Context, r models.RepeatView) string {
	day, err := time.Parse(time.DateOnly, string(r.Next))
	if err != nil || r.Rule.AfterDone {
		return ""
	}
	w := say.In(ctx)
	if string(r.Next[:4]) == string(r.Today[:4]) {
		return w.When.DayMonth(day)
	}
	return w.When.Date(day)
}
