package views

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"relevo/models"
	"relevo/models/fault"
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
	all := append(presetsOn(p.anchor()), recur.Rule{Unit: recur.Weeks, Every: 1, AfterDone: true, Due: recur.NoDue})
	for i := range all {
		if p.Task.Due != "" {
			all[i].Due = 0
		}
	}
	return all
}

// presetsOn are the usual rules that go by the calendar, for what comes on a day.
func presetsOn(at time.Time) []recur.Rule {
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
	}
	for i := range all {
		all[i].Every, all[i].Due = 1, recur.NoDue
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

// ruleFields are the fields for a rule of one's own.
func (p TaskPage) ruleFields() RuleFields {
	f := RuleFields{Rule: p.draftRule(), Day: p.anchor()}
	if p.back(RepeatForm) {
		f.Typed, f.Problem = p.Back.Typed, fault.From(p.Back.Problem)
	}
	return f
}

// RuleFields are the fields of a form for a rule of one's own.
type RuleFields struct {
	Rule    recur.Rule
	Day     time.Time // from which a rule that is set now counts
	Typed   url.Values
	Problem *fault.Fault
}

// value is what a field shows: what was typed if its form came back, else what is saved.
func (f RuleFields) value(name, saved string) string {
	if typed, ok := f.Typed[name]; ok {
		return typed[0]
	}
	return saved
}

func (f RuleFields) on(d time.Weekday) bool {
	if typed, ok := f.Typed["on"]; ok {
		return slices.Contains(typed, weekdayCode(d))
	}
	return slices.Contains(f.Rule.On, d)
}

// unit is what the form shows a rule to count in.
func (f RuleFields) unit() string {
	if f.Rule.Working {
		return f.value("unit", ByWorkDays)
	}
	return f.value("unit", string(f.Rule.Unit))
}

// monthDay is a rule's day of a month as the form sends it: 25, -1, 2TU.
func (f RuleFields) monthDay() string {
	saved := strconv.Itoa(f.Day.Day())
	switch r := f.Rule; {
	case r.Nth != 0:
		saved = strconv.Itoa(r.Nth) + weekdayCode(r.Weekday)
	case r.Day != 0:
		saved = strconv.Itoa(r.Day)
	}
	return f.value("month_day", saved)
}

func (f RuleFields) month() string {
	month := f.Rule.Month
	if month == 0 {
		month = f.Day.Month()
	}
	return f.value("month", strconv.Itoa(int(month)))
}

func (f RuleFields) counted() string {
	saved := ByCalendar
	if f.Rule.AfterDone {
		saved = ByDone
	}
	return f.value("counted", saved)
}

func (f RuleFields) end() string {
	saved := EndsNever
	switch {
	case f.Rule.Until != "":
		saved = EndsOnDay
	case f.Rule.Count > 1:
		saved = EndsByCount
	}
	return f.value("end", saved)
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
