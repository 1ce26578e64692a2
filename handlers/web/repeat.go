package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"relevo/models/fault"
	"relevo/models/recur"
	"relevo/views"
)

// CreateRepetition makes a task come again, or otherwise than before.
func (w *Web) CreateRepetition(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	rule, err := readRule(form)
	if err == nil {
		err = w.Store.RepeatTask(c.Request().Context(), actor(c), c.Param("task"), seen(c), rule)
	}
	return w.afterTask(c, views.RepeatForm, err)
}

// DeleteRepetition makes a task come again no more.
func (w *Web) DeleteRepetition(c echo.Context) error {
	return w.afterTask(c, views.RepeatForm, w.Store.StopRepeating(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateSkip leaves out the next time that a task would come.
func (w *Web) CreateSkip(c echo.Context) error {
	return w.afterTask(c, views.RepeatForm, w.Store.SkipRepeat(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// readRule is the rule of a preset, or the one that the form's own fields make. It
// returns the faults of all fields at once.
func readRule(form url.Values) (recur.Rule, error) {
	if preset := form.Get("preset"); preset != views.CustomRepeat {
		rule, err := recur.Parse(preset)
		if err != nil || rule.None() {
			return rule, fault.On("preset", fault.NotAChoice)
		}
		return rule, nil
	}
	var faults []*fault.Fault
	number := func(name string, none int) int {
		text := strings.TrimSpace(form.Get(name))
		n, err := strconv.Atoi(text)
		switch {
		case text == "" && none != 0:
			return none
		case text == "":
			faults = append(faults, fault.On(name, fault.Needed))
		case err != nil:
			faults = append(faults, fault.On(name, fault.NotANumber))
		}
		return n
	}
	r := recur.Rule{Unit: recur.Unit(form.Get("unit")), Every: number("every", 0), Due: number("due_after", recur.NoDue), AfterDone: form.Get("counted") == views.ByDone}
	if r.Unit == views.ByWorkDays {
		r.Unit, r.Working = recur.Days, true
	}
	switch form.Get("end") {
	case views.EndsOnDay:
		r.Until = strings.TrimSpace(form.Get("until"))
		if r.Until == "" {
			faults = append(faults, fault.On("until", fault.Needed))
		}
	case views.EndsByCount:
		if n := number("count", 0); n >= 1 && n < recur.MaxCount {
			r.Count = n + 1 // with the one that there is
		} else if len(faults) == 0 || faults[len(faults)-1].Field != "count" {
			faults = append(faults, fault.On("count", fault.OutOfRange, 1, recur.MaxCount-1))
		}
	}
	if !r.AfterDone {
		faults = append(faults, readDays(&r, form))
	}
	if err := fault.All(faults...); err != nil {
		return r, err
	}
	return r, r.Check()
}

// readDays reads the days of a rule that goes by the calendar; of those that its unit
// has no use for the form says something, too.
func readDays(r *recur.Rule, form url.Values) *fault.Fault {
	switch r.Unit {
	case recur.Weeks:
		for _, code := range chosen(form["on"]) {
			day := slices.IndexFunc(recur.Week, func(d time.Weekday) bool { return weekdayCodes[d] == code })
			if day < 0 {
				return fault.On("on", fault.NotAChoice)
			}
			r.On = append(r.On, recur.Week[day])
		}
		slices.SortFunc(r.On, func(a, b time.Weekday) int { return slices.Index(recur.Week, a) - slices.Index(recur.Week, b) })
		r.On = slices.Compact(r.On)
	case recur.Months, recur.Years:
		value := strings.TrimSpace(form.Get("month_day"))
		for day, code := range weekdayCodes {
			if nth, is := strings.CutSuffix(value, code); is {
				value, r.Weekday = nth, time.Weekday(day)
				n, err := strconv.Atoi(value)
				if err != nil {
					return fault.On("month_day", fault.NotAChoice)
				}
				r.Nth = n
			}
		}
		if r.Nth == 0 {
			day, err := strconv.Atoi(value)
			if err != nil {
				return fault.On("month_day", fault.NotAChoice)
			}
			r.Day = day
		}
		if r.Unit == recur.Years {
			month, err := strconv.Atoi(form.Get("month"))
			if err != nil {
				return fault.On("month", fault.NotAChoice)
			}
			r.Month = time.Month(month)
		}
	}
	return nil
}

// weekdayCodes are the weekdays as the form sends them, from Sunday.
var weekdayCodes = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
