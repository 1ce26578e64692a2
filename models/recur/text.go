package recur

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A rule is written down as RFC 5545 writes RRULE, with words of our own:
// X-DAYS=WORKING, the days on which the team works; X-AFTER=DONE, counted from the day on which the task is done, and X-DUE=3, due so
// many days later. Day 31 is written so that shorter months have their last day:
// BYMONTHDAY=28,29,30,31;BYSETPOS=-1.

// maxText bounds what is read, in bytes; the longest rule has some 120.
const maxText = 200

var errRule = errors.New("recur: not a rule")

var codes = [7]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// String is the rule as it is kept: the same for the same rule; empty for none.
func (r Rule) String() string {
	if r.None() {
		return ""
	}
	parts := []string{"FREQ=" + string(r.Unit)}
	add := func(name, value string) { parts = append(parts, name+"="+value) }
	if r.Every != 1 {
		add("INTERVAL", strconv.Itoa(r.Every))
	}
	if r.Month != 0 {
		add("BYMONTH", strconv.Itoa(int(r.Month)))
	}
	switch {
	case len(r.On) > 0:
		days := make([]string, len(r.On))
		for i, d := range r.On {
			days[i] = codes[d]
		}
		add("BYDAY", strings.Join(days, ","))
	case r.Nth != 0:
		add("BYDAY", strconv.Itoa(r.Nth)+codes[r.Weekday])
	case r.Day > 28:
		add("BYMONTHDAY", monthDays(r.Day))
		add("BYSETPOS", "-1")
	case r.Day != 0:
		add("BYMONTHDAY", strconv.Itoa(r.Day))
	}
	if r.Until != "" {
		add("UNTIL", strings.ReplaceAll(r.Until, "-", ""))
	}
	if r.Count != 0 {
		add("COUNT", strconv.Itoa(r.Count))
	}
	if r.AfterDone {
		add("X-AFTER", "DONE")
	}
	if r.Working {
		add("X-DAYS", "WORKING")
	}
	if r.Due != NoDue {
		add("X-DUE", strconv.Itoa(r.Due))
	}
	return strings.Join(parts, ";")
}

// monthDays are 28 to day, of which a month's last one is meant.
func monthDays(day int) string {
	days := make([]string, 0, 4)
	for d := 28; d <= day; d++ {
		days = append(days, strconv.Itoa(d))
	}
	return strings.Join(days, ",")
}

// Parse reads a rule as String writes it; the order of its parts is no matter.
// Empty is no rule. Whatever a rule here cannot say is an error.
func Parse(text string) (Rule, error) {
	r := Rule{Every: 1, Due: NoDue}
	if text == "" {
		return Rule{}, nil
	}
	if len(text) > maxText {
		return Rule{}, errRule
	}
	given := map[string]string{}
	for _, part := range strings.Split(text, ";") {
		name, value, ok := strings.Cut(part, "=")
		if _, twice := given[name]; !ok || twice || value == "" {
			return Rule{}, fmt.Errorf("%w: %q", errRule, part)
		}
		given[name] = value
	}
	for name, value := range given {
		if err := r.read(name, value); err != nil {
			return Rule{}, err
		}
	}
	if setpos := given["BYSETPOS"]; (setpos == "-1") != (r.Day > 28) || setpos != "" && setpos != "-1" {
		return Rule{}, fmt.Errorf("%w: the month's last day", errRule)
	}
	if given["BYDAY"] != "" && given["BYMONTHDAY"] != "" {
		return Rule{}, fmt.Errorf("%w: two kinds of days", errRule)
	}
	if err := r.Check(); err != nil {
		return Rule{}, fmt.Errorf("%w: %w", errRule, err)
	}
	return r, nil
}

func (r *Rule) read(name, value string) error {
	bad := fmt.Errorf("%w: %s=%q", errRule, name, value)
	number := func(into *int) error {
		n, err := strconv.Atoi(value)
		if err != nil || strconv.Itoa(n) != value {
			return bad
		}
		*into = n
		return nil
	}
	switch name {
	case "FREQ":
		r.Unit = Unit(value)
	case "INTERVAL":
		return number(&r.Every)
	case "COUNT":
		if err := number(&r.Count); err != nil || r.Count == 0 {
			return bad
		}
	case "X-DUE":
		if err := number(&r.Due); err != nil || r.Due < 0 {
			return bad
		}
	case "BYMONTH":
		var month int
		if err := number(&month); err != nil {
			return bad
		}
		r.Month = time.Month(month)
	case "BYMONTHDAY":
		if r.Day = dayOf(value); r.Day == 0 {
			return bad
		}
	case "BYSETPOS": // Parse looks at it
	case "BYDAY":
		return r.readDays(value)
	case "UNTIL":
		day, err := time.Parse("20060102", value)
		if err != nil {
			return bad
		}
		r.Until = day.Format(time.DateOnly)
	case "X-DAYS":
		if r.Working = value == "WORKING"; !r.Working {
			return bad
		}
	case "X-AFTER":
		if r.AfterDone = value == "DONE"; !r.AfterDone {
			return bad
		}
	default:
		return bad
	}
	return nil
}

// dayOf is the day of a month that a list of them means; 0: none.
func dayOf(value string) int {
	for day := 29; day <= 31; day++ {
		if value == monthDays(day) {
			return day
		}
	}
	if day, err := strconv.Atoi(value); err == nil && strconv.Itoa(day) == value && day <= 28 {
		return day
	}
	return 0
}

// readDays reads the days of a week, MO,WE, or one of a month, 2TU.
func (r *Rule) readDays(value string) error {
	for _, part := range strings.Split(value, ",") {
		if len(part) < 2 {
			return errRule
		}
		number, code := part[:len(part)-2], part[len(part)-2:]
		day := slices.Index(codes[:], code)
		if day < 0 {
			return errRule
		}
		if number == "" {
			r.On = append(r.On, time.Weekday(day))
			continue
		}
		nth, err := strconv.Atoi(number)
		if err != nil || strconv.Itoa(nth) != number || nth == 0 || r.Nth != 0 {
			return errRule
		}
		r.Nth, r.Weekday = nth, time.Weekday(day)
	}
	if r.Nth != 0 && len(r.On) > 0 {
		return errRule
	}
	slices.SortFunc(r.On, fromMonday)
	return nil
}
