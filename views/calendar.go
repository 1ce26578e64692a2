package views

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views/say"
)

// CalendarFace is the calendar of a board, showing a span.
func CalendarFace(s models.Span) Face { return Face{Name: "calendar", At: s.Values()} }

// DayForm is the form that adds a task on a day, as it was sent.
type DayForm struct {
	Title, Due string
	Problem    *fault.Fault
}

// dates is what the calendar needs to know of who looks at it.
type dates struct {
	sight
	models.CalendarView
	today string    // YYYY-MM-DD, in the person's zone
	by    SavedView // that it was opened by
}

func datesOf(s sight, v models.CalendarView, by SavedView) dates {
	return dates{s.through(v.Filter), v, s.now.Format(time.DateOnly), by}
}

func (d dates) url(s models.Span) templ.SafeURL {
	return CalendarFace(s).OpenedBy(d.by).URL(d.Board.ID, d.Filter)
}

// title names the span.
func (d dates) title() string {
	switch d.Span.Kind {
	case models.SpanMonth:
		return d.w.Calendar.Month(d.Span.First)
	case models.SpanWeek:
		return d.w.Calendar.Week(d.Span.First, d.Span.Last())
	}
	return d.w.When.Heading(d.Span.First)
}

// around is the day that another span shows when one changes to it: today where it
// is in sight, else the first.
func (d dates) around() time.Time {
	if today := d.now; d.Span.Has(date(models.Date(d.today))) {
		return today
	}
	return d.Span.First
}

// open is the span of one day.
func (d dates) open(day time.Time) templ.SafeURL { return d.url(d.Span.Around(models.SpanDay, day)) }

// heading says all there is to know of a day for who does not see the grid.
func (d dates) heading(day models.CalendarDay) string {
	parts := []string{d.w.When.Heading(day.Day)}
	if iso(day.Day) == d.today {
		parts = append(parts, d.w.When.Today)
	}
	if !d.Calendar.Works(day.Day) {
		parts = append(parts, d.w.Calendar.Off)
	}
	if day.Count > 0 {
		parts = append(parts, d.w.Calendar.Tasks(day.Count))
	}
	return strings.Join(parts, ", ")
}

// hint says of a task what its place may be too narrow for.
func (d dates) hint(c models.Card) string {
	text := c.Key + " " + c.Title + " · " + d.w.Names.State[c.State]
	if len(c.Owners) > 0 {
		text += " · " + d.w.Calendar.OwnedBy(names(c.Owners))
	}
	return text
}

// late reports whether a task is open on a day that has passed.
func (d dates) late(c models.Card) bool { return c.State.Open() && overdue(c.Due, d.now) }

func iso(day time.Time) string { return day.Format(time.DateOnly) }

// hidden is how many tasks of a day are before and after those that are shown.
func (d dates) hidden(day models.CalendarDay) int { return day.Count - len(day.Cards) }

func pages(n, size int) int { return max(1, (n+size-1)/size) }

// names are people's names one after the other.
func names(people []models.Person) string {
	all := make([]string, len(people))
	for i, p := range people {
		all[i] = p.Name
	}
	return strings.Join(all, ", ")
}

// turned is a span at another page of a day's tasks, or of those without a date.
func turned(s models.Span, which string, page int) models.Span {
	if which == "tray" {
		s.Tray = page
	} else {
		s.Page = page
	}
	return s
}

// firstText is the first that is not empty.
func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// calendarWords hands the calendar's script what it says by itself.
func calendarWords(w *say.Words) string {
	b, err := json.Marshal(map[string]string{
		"moved": w.Calendar.Moved, "movedAway": w.Calendar.MovedAway, "notMoved": w.Calendar.NotMoved, "hidden": w.Lens.Hidden, "day": w.Calendar.Day,
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

// addsTasks reports whether tasks can be added to a board by who has a role.
// noneUndated says why no task is without a date.
func noneUndated(d dates) string {
	switch {
	case !noTasks(d.BoardView):
		return d.w.Calendar.NoneUndated
	case addsTasks(d.BoardView):
		return d.w.Empties.CalendarAdd
	}
	return d.w.Empties.Calendar
}

func addsTasks(v models.BoardView) bool {
	return access.Can(v.Role, access.EditTask) && v.Board.ArchivedAt == nil
}
