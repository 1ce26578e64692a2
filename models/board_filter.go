package models

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"relevo/models/find"
	"relevo/models/flow"
)

// BoardFilter is which of a board's tasks somebody looks at. Its fields ask for
// nothing when they are empty; a task passes if it has all that is asked.
type BoardFilter struct {
	Owner    string // a person's ID, FilterMe or FilterNobody
	State    flow.State
	Priority string // a name of FilterPriorities
	Label    string // a label's ID
	Due      string // one of FilterDues: open tasks with a date in it
	Blocked  bool
	Words    string // beginnings of words in the title, or the task's key
	Fields   string // what is asked of custom fields, as readFieldAsks writes it
}

const (
	FilterMe     = "me"     // whoever looks
	FilterNobody = "nobody" // tasks without an owner

	DueOverdue = "overdue" // before today
	DueToday   = "today"
	DueWeek    = "week" // today and the six days after
)

var (
	// FilterPriorities names each of Priorities in an address.
	FilterPriorities = []string{"none", "low", "medium", "high", "urgent"}
	// FilterDues lists what Due can ask for.
	FilterDues = []string{DueOverdue, DueToday, DueWeek}
)

// ParseBoardFilter reads a filter from an address. What it cannot read asks for
// nothing; ignored names those parameters.
func ParseBoardFilter(asked url.Values) (f BoardFilter, ignored []string) {
	read := func(name string, understood func(string) bool) {
		value := strings.Join(strings.Fields(asked.Get(name)), " ")
		if value != "" && !understood(value) {
			ignored = append(ignored, name)
		}
	}
	read("owner", func(v string) bool { return keepIf(&f.Owner, v, isID(v)) })
	read("state", func(v string) bool {
		return keepIf(&f.State, flow.State(v), slices.Contains(flow.States, flow.State(v)))
	})
	read("priority", func(v string) bool { return keepIf(&f.Priority, v, slices.Contains(FilterPriorities, v)) })
	read("label", func(v string) bool { return keepIf(&f.Label, v, isID(v)) })
	read("due", func(v string) bool { return keepIf(&f.Due, v, slices.Contains(FilterDues, v)) })
	read("blocked", func(v string) bool { return keepIf(&f.Blocked, true, v == "1") })
	read("q", func(v string) bool {
		words := find.Words(v)
		legible := utf8.ValidString(v) && !strings.ContainsFunc(v, unicode.IsControl)
		return keepIf(&f.Words, v, legible && utf8.RuneCountInString(v) <= find.MaxText && len(words) > 0 && len(words) <= find.MaxWords)
	})
	var more []string
	f.Fields, more = readFieldAsks(asked)
	return f, append(ignored, more...)
}

func keepIf[T any](where *T, value T, ok bool) bool {
	if ok {
		*where = value
	}
	return ok
}

// isID reports whether a text can be an ID, without asking of what.
func isID(v string) bool {
	return len(v) <= 64 && strings.Trim(v, "-0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// Query writes the filter as ParseBoardFilter reads it, encoded; nothing asked: empty.
func (f BoardFilter) Query() string { return f.values().Encode() }

func (f BoardFilter) values() url.Values {
	asked := url.Values{}
	write := func(name, value string) {
		if value != "" {
			asked.Set(name, value)
		}
	}
	write("owner", f.Owner)
	write("state", string(f.State))
	write("priority", f.Priority)
	write("label", f.Label)
	write("due", f.Due)
	if f.Blocked {
		write("blocked", "1")
	}
	write("q", f.Words)
	for name, value := range f.fieldParams() {
		write(name, value[0])
	}
	return asked
}

// Asks reports whether the filter leaves anything out.
func (f BoardFilter) Asks() bool { return f != BoardFilter{} }
