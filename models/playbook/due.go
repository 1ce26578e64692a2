package playbook

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"relevo/models/flow"
)

// Due says when a step is due; the zero Due is never.
type Due struct {
	From   Anchor
	Input  string // ID of an input of type date, for AnInput
	Amount int    // days after it; negative: before
	Unit   flow.Unit
}

// Anchor is what a due date is counted from.
type Anchor string

const (
	Never   Anchor = ""
	Start   Anchor = "start" // the day on which the run starts
	End     Anchor = "end"   // the day on which it has to be finished
	AnInput Anchor = "input" // a date that somebody answers
	Needed  Anchor = "needs" // the day on which the step's prerequisites are satisfied
)

// Reserved reports whether an ID means something else already where inputs and
// steps are named.
func Reserved(id string) bool { return reserved[id] }

var reserved = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(`start end needs today now
		and or not in if else let true false nil contains matches startsWith endsWith len lower upper trim`) {
		all[word] = true
	}
	return all
}()

var (
	validID   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	duePhrase = regexp.MustCompile(`^(?:(?:on|at) |(.+?) (before|after) )?([a-z][a-z0-9_]{0,39})$`)
	duration  = regexp.MustCompile(`^(\d{1,7}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?|wd|working days?)$`)
)

// ParseDue reads "3 working days after start", "5wd before start_date", "2 weeks
// before end", "1 day after needs" or "on start".
func ParseDue(text string) (Due, bool) {
	m := duePhrase.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil {
		return Due{}, false
	}
	due := Due{From: AnInput, Input: m[3], Unit: flow.Days}
	switch a := Anchor(m[3]); a {
	case Start, End, Needed:
		due.From, due.Input = a, ""
	case Never, AnInput:
	}
	if m[2] == "" {
		return due, true
	}
	lag, ok := ParseLag(m[1])
	if !ok || lag.Unit != flow.Days && lag.Unit != flow.WorkingDays {
		return Due{}, false
	}
	due.Amount, due.Unit = lag.Amount, lag.Unit
	if lag.Amount == 0 {
		due.Unit = flow.Days // none of them is the day itself, whatever it is
	}
	if m[2] == "before" {
		due.Amount = -due.Amount
	}
	return due, true
}

// String writes a due date the way ParseDue reads it.
func (d Due) String() string {
	anchor := string(d.From)
	switch d.From {
	case Never:
		return ""
	case AnInput:
		anchor = d.Input
	}
	switch {
	case d.Amount < 0:
		return FormatLag(flow.Lag{Amount: -d.Amount, Unit: d.Unit}) + " before " + anchor
	case d.Amount > 0:
		return FormatLag(flow.Lag{Amount: d.Amount, Unit: d.Unit}) + " after " + anchor
	}
	return "on " + anchor
}

// On counts from a day.
func (d Due) On(day time.Time, cal flow.Calendar) time.Time {
	return cal.Shift(day, d.Amount, d.Unit == flow.WorkingDays)
}

// ParseLag reads "2d", "2 days", "3 working days", "3wd", "4h", "30 minutes" or
// "1 week"; no more than flow.MaxLag days.
func ParseLag(text string) (flow.Lag, bool) {
	m := duration.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil {
		return flow.Lag{}, false
	}
	n, _ := strconv.Atoi(m[1])
	lag := flow.Lag{Amount: n, Unit: flow.Days}
	perDay := 1
	switch unit := m[2]; {
	case unit == "wd" || strings.HasPrefix(unit, "working"):
		lag.Unit = flow.WorkingDays
	case strings.HasPrefix(unit, "w"):
		lag.Amount *= 7
	case strings.HasPrefix(unit, "h"):
		lag.Unit, perDay = flow.Hours, 24
	case strings.HasPrefix(unit, "m"):
		lag.Unit, perDay = flow.Minutes, 24*60
	}
	return lag, lag.Amount <= flow.MaxLag*perDay
}

// FormatLag writes a lag the way ParseLag reads it; none as an empty text.
func FormatLag(lag flow.Lag) string {
	if lag.Amount == 0 {
		return ""
	}
	unit := strings.ReplaceAll(string(lag.Unit), "_", " ")
	if lag.Amount == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return strconv.Itoa(lag.Amount) + " " + unit
}
