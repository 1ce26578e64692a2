package views

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/views/say"
)

// LogPage is a page of a team's log with the filters as they were typed.
type LogPage struct {
	models.LogView
	Query   models.LogQuery
	Problem *fault.Fault // of the filters; then there are no lines
}

// URL is the address of the page with its filters.
func (p LogPage) URL() templ.SafeURL { return p.url(0) }

// url is the address of the page with its filters, below an entry.
func (p LogPage) url(before int64) templ.SafeURL { return p.at("", before) }

// at is the address of a page beneath that of the log, with the filters.
func (p LogPage) at(path string, before int64) templ.SafeURL {
	query := p.Query.Address()
	if before > 0 {
		query += "&before=" + strconv.FormatInt(before, 10)
	}
	address := string(logURL(p.Team.ID)) + path
	if query = strings.TrimPrefix(query, "&"); query != "" {
		address += "?" + query
	}
	return templ.SafeURL(address)
}

func (p LogPage) field(name, label, value string) Field {
	return Field{Name: name, Label: label, Value: value, Problem: p.Problem}
}

// time is a field for a day with a time. What is wrong in it is kept as text,
// which the browser's own control would drop.
func (p LogPage) time(name, label, value string) Field {
	f := p.field(name, label, value)
	if f.fault() != nil {
		return f
	}
	f.Type = "datetime-local"
	if _, err := time.Parse(time.DateOnly, value); err == nil {
		f.Value = value + map[string]string{"from": "T00:00", "to": "T23:59"}[name]
	}
	return f
}

func (p LogPage) people(w *say.Words) []Option {
	options := []Option{{"", w.Log.Anybody}}
	for _, person := range p.People {
		label := person.Name
		if person.Role == "" {
			label += " (" + w.Log.Former + ")"
		}
		options = append(options, Option{person.ID, label})
	}
	return options
}

func (p LogPage) boards(w *say.Words) []Option {
	options := []Option{{"", w.Log.AnyBoard}}
	for _, b := range p.Boards {
		label := b.Name
		if b.ArchivedAt != nil {
			label += " (" + w.Log.Archived + ")"
		}
		options = append(options, Option{b.ID, label})
	}
	return options
}

func named(any string, all []models.Named) []Option {
	options := []Option{{"", any}}
	for _, n := range all {
		options = append(options, Option{n.ID, n.Name})
	}
	return options
}

func (p LogPage) roles(w *say.Words) []Option {
	options := []Option{{"", w.Log.AnyRole}}
	for _, role := range models.LogRoles {
		options = append(options, Option{role, w.LogRole(role)})
	}
	return options
}

func (p LogPage) ways(w *say.Words) []Option {
	return []Option{{"", w.Log.HandOrAuto}, {models.ByHand, w.Log.ByHand}, {models.Automatic, w.Log.Auto}}
}

// logDay is what happened on one day.
type logDay struct {
	Title string
	Lines []models.LogLine
}

// logDays parts the lines by the days of the reader's zone.
func logDays(w *say.Words, lines []models.LogLine, now time.Time) []logDay {
	var days []logDay
	for _, l := range lines {
		title := w.Day(l.At.In(now.Location()), now)
		if len(days) == 0 || days[len(days)-1].Title != title {
			days = append(days, logDay{Title: title})
		}
		last := &days[len(days)-1]
		last.Lines = append(last.Lines, l)
	}
	return days
}

// exact is a moment to the microsecond, as the log holds it.
func exact(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000000 UTC") }

func clock(t, now time.Time) string { return t.In(now.Location()).Format("15:04") }

func leafText(leaf []byte) string { return hex.EncodeToString(leaf) }

// logIcon tells at a glance what sort of entry it is; the sentence says it too.
func logIcon(e ledger.Entry) string {
	icons := []struct{ prefix, icon string }{
		{"task.completed", "done"}, {"task.released", "zap"}, {"task.held", "zap"}, {"task.flagged", "zap"}, {"task.cleared", "zap"},
		{"task.moved", "arrow-right"}, {"task.reopened", "undo"}, {"task.cancelled", "cancelled"}, {"task.archived", "archive"},
		{"task.restored", "undo"}, {"task.undone", "undo"}, {"task.recalled", "undo"}, {"task.purged", "trash"}, {"task.deleted", "trash"}, {"task.blocked", "blocked"}, {"task.unblocked", "check"},
		{"task.overrid", "warning"}, {"task.created", "plus"}, {"task.", "edit"}, {"dependency.", "link"}, {"file.", "file"},
		{"board.", "board"}, {"column.", "board"}, {"member.", "users"}, {"invitation.", "users"}, {"team.", "users"},
	}
	for _, i := range icons {
		if strings.HasPrefix(e.Action, i.prefix) {
			return i.icon
		}
	}
	return "info"
}

// historyURL is the address of a task's history below an entry; 0: its newest.
func historyURL(task string, before int64) templ.SafeURL {
	address := string(TaskURL(task)) + "/history"
	if before > 0 {
		address += "?before=" + strconv.FormatInt(before, 10)
	}
	return templ.SafeURL(address)
}

func (p LogPage) task(w *say.Words) Field {
	f := p.field("task", w.Log.Task, p.Query.Task)
	f.Attrs = templ.Attributes{"placeholder": "ONB-12", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
	return f
}

// words is the field for what an entry says. 100 is the most that the log can be asked.
func (p LogPage) words(w *say.Words) Field {
	f := p.field("words", w.Log.Words, p.Query.Words)
	f.Type, f.Attrs = "search", templ.Attributes{"placeholder": w.Log.WordsHint, "autocomplete": "off", "maxlength": "100"}
	return f
}

// since is the address of what the other filters let through from a day on.
func (p LogPage) since(day time.Time) templ.SafeURL {
	p.Query.From, p.Query.To = day.Format(time.DateOnly), ""
	return p.url(0)
}

// only is the address of one group of actions, with the other filters as they are.
func (p LogPage) only(group string) templ.SafeURL {
	p.Query.Action = group
	return p.url(0)
}

// monday is the day on which the week began.
func monday(now time.Time) time.Time { return now.AddDate(0, 0, -(int(now.Weekday())+6)%7) }
