package say

import (
	"fmt"
	"time"
)

// When is the wording of days and times. A due date is a day; a moment is shown
// in the zone of its reader, which the caller has put into the time.
type When struct {
	Today, Tomorrow, Yesterday string

	Weekday  func(time.Weekday) string            // "Friday", inside a sentence
	Date     func(day time.Time) string           // "3 March 2026"
	DayMonth func(day time.Time) string           // "3 March", in the current year
	Heading  func(day time.Time) string           // "Tuesday 3 March 2026", at the head of a list
	Stamp    func(t time.Time) string             // "3 March 2026, 14:05"
	At       func(day string, t time.Time) string // "today at 14:05"
	Late     func(days int) string                // a due date that has passed
	Due      func(day string) string              // "Due today"; the day in words
	DueOn    func(day string) string              // "Due on Friday"
	On       func(day string) string              // "on Friday", inside a sentence
	Minutes  func(n int) string                   // an amount of work: "1 h 30 min"
}

var whenEnglish = When{
	Today: "today", Tomorrow: "tomorrow", Yesterday: "yesterday",
	Weekday:  func(d time.Weekday) string { return d.String() },
	Date:     func(d time.Time) string { return d.Format("2 January 2006") },
	DayMonth: func(d time.Time) string { return d.Format("2 January") },
	Heading:  func(d time.Time) string { return d.Format("Monday 2 January 2006") },
	Stamp:    func(t time.Time) string { return t.Format("2 January 2006, 15:04") },
	At:       func(day string, t time.Time) string { return day + " at " + t.Format("15:04") },
	Late: func(days int) string {
		if days == 1 {
			return "Overdue since yesterday"
		}
		return fmt.Sprintf("Overdue by %d days", days)
	},
	Due:     func(day string) string { return "Due " + day },
	DueOn:   func(day string) string { return "Due on " + day },
	On:      func(day string) string { return "on " + day },
	Minutes: minutes,
}

var weekdaysSpanish = [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}

var monthsSpanish = [13]string{"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
	"septiembre", "octubre", "noviembre", "diciembre"}

var whenSpanish = When{
	Today: "hoy", Tomorrow: "mañana", Yesterday: "ayer",
	Weekday:  func(d time.Weekday) string { return weekdaysSpanish[d] },
	Date:     dateSpanish,
	DayMonth: func(d time.Time) string { return fmt.Sprintf("%d de %s", d.Day(), monthsSpanish[d.Month()]) },
	Heading: func(d time.Time) string {
		return Capital(weekdaysSpanish[d.Weekday()]) + " " + dateSpanish(d)
	},
	Stamp: func(t time.Time) string { return dateSpanish(t) + ", " + t.Format("15:04") },
	At: func(day string, t time.Time) string {
		if t.Hour() == 1 {
			return day + " a la " + t.Format("15:04")
		}
		return day + " a las " + t.Format("15:04")
	},
	Late: func(days int) string {
		if days == 1 {
			return "Venció ayer"
		}
		return fmt.Sprintf("Venció hace %d días", days)
	},
	Due:     func(day string) string { return "Vence " + day },
	DueOn:   func(day string) string { return "Vence el " + day },
	On:      func(day string) string { return "el " + day },
	Minutes: minutes,
}

func dateSpanish(d time.Time) string {
	return fmt.Sprintf("%d de %s de %d", d.Day(), monthsSpanish[d.Month()], d.Year())
}

func minutes(n int) string {
	switch {
	case n%60 == 0:
		return fmt.Sprintf("%d h", n/60)
	case n < 60:
		return fmt.Sprintf("%d min", n)
	}
	return fmt.Sprintf("%d h %d min", n/60, n%60)
}

// Due words a due date, YYYY-MM-DD, for somebody whose clock says now: "Due
// today", "Due on Friday", "Overdue by 3 days". What is no date is given back.
func (w *Words) Due(due string, now time.Time) string {
	day, err := time.Parse(time.DateOnly, due)
	if err != nil {
		return due
	}
	switch days := daysBetween(now, day); {
	case days < 0:
		return w.When.Late(-days)
	case days == 0:
		return w.When.Due(w.When.Today)
	case days == 1:
		return w.When.Due(w.When.Tomorrow)
	case days < 7:
		return w.When.DueOn(w.When.Weekday(day.Weekday()))
	case day.Year() == now.Year():
		return w.When.DueOn(w.When.DayMonth(day))
	default:
		return w.When.DueOn(w.When.Date(day))
	}
}

// Day heads what happened on the day of t: "Today", "Yesterday", then the date
// with its weekday. Both times are in the reader's zone.
func (w *Words) Day(t, now time.Time) string {
	switch daysBetween(now, t) {
	case 0:
		return Capital(w.When.Today)
	case -1:
		return Capital(w.When.Yesterday)
	}
	return w.When.Heading(t)
}

// Moment words a time near now with the day by its name, others with the date.
// Both times are in the reader's zone.
func (w *Words) Moment(t, now time.Time) string {
	switch daysBetween(now, t) {
	case 0:
		return w.When.At(w.When.Today, t)
	case 1:
		return w.When.At(w.When.Tomorrow, t)
	case -1:
		return w.When.At(w.When.Yesterday, t)
	}
	return w.When.Stamp(t)
}

// daysBetween counts calendar days, whatever the zones and the clock changes.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}
