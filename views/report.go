package views

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/report"
	"relevo/views/say"
)

// Report is a report's page, or the list of the tasks that a number of it counts.
type Report struct {
	models.ReportView
	Base     templ.SafeURL // its address
	Of       string        // what it is over, by name
	Up       templ.SafeURL // the page of that
	From, To string        // as they were typed
	Page     int           // of the list, from 1
	Problem  *fault.Fault  // of the period; then the usual one is shown
}

// BoardReport is the report of a board.
func BoardReport(v models.ReportView) Report {
	return Report{ReportView: v, Base: BoardURL(v.Board.ID) + "/report", Of: v.Board.Name, Up: BoardURL(v.Board.ID)}
}

// TemplateReport is the report of a template's runs.
func TemplateReport(v models.ReportView) Report {
	return Report{ReportView: v, Base: TemplateURL(v.Template.ID) + "/report", Of: v.Template.Name, Up: TemplateURL(v.Template.ID)}
}

// TeamReport is the report of a team, or of one person in it.
func TeamReport(w *say.Words, v models.ReportView) Report {
	r := Report{ReportView: v, Base: TeamURL(v.Team.ID) + "/report", Of: v.Team.Name, Up: TeamURL(v.Team.ID)}
	if v.Who.ID != "" {
		r.Of, r.Up = personName(w, v, v.Who.ID)+" · "+v.Team.Name, r.Base
	}
	return r
}

// MyReport is the report of somebody's own work.
func MyReport(w *say.Words, v models.ReportView) Report {
	return Report{ReportView: v, Base: "/my-work/report", Of: w.Inbox.Work.Title, Up: "/my-work"}
}

func personName(w *say.Words, v models.ReportView, id string) string {
	if id == report.Nobody {
		return w.Report.Nobody
	}
	if id == v.Who.ID {
		return v.Who.Name
	}
	return v.Names[id]
}

// at is an address of the report, for its period and person.
func (r Report) at(path string, more ...string) templ.SafeURL {
	q := r.Flow.Query()
	if r.Who.ID != "" && !r.Mine {
		q.Set("who", r.Who.ID)
	}
	for pair := range slices.Chunk(more, 2) {
		if len(pair) == 2 && pair[1] != "" {
			q.Set(pair[0], pair[1])
		}
	}
	return r.Base + templ.SafeURL(path+"?"+q.Encode())
}

func (r Report) tasks(what, at string) templ.SafeURL { return r.at("/tasks", "of", what, "at", at) }
func (r Report) csv(part string) templ.SafeURL       { return r.at(".csv", "part", part) }

// in is the report for another period.
func (r Report) in(period string) templ.SafeURL {
	q := url.Values{"period": {period}}
	if r.Who.ID != "" && !r.Mine {
		q.Set("who", r.Who.ID)
	}
	return r.Base + templ.SafeURL("?"+q.Encode())
}

// ofPerson is what a number of a person counts.
func (r Report) ofPerson(id, what, at string) templ.SafeURL {
	if r.Mine {
		return r.tasks(what, at)
	}
	return r.at("/tasks", "of", what, "at", at, "who", id)
}

func (r Report) zone() *time.Location { return r.Flow.From.Location() }

// last is the last day of the period that has come.
func (r Report) last() time.Time { return r.Flow.End.Add(-2 * time.Microsecond).In(r.zone()) }

func (r Report) empty() bool {
	f := r.Flow
	return len(f.Finished)+len(f.Open)+f.Added+f.Cancelled == 0
}

func (r Report) day(field, label, value string, usual time.Time) Field {
	f := Field{Name: field, Label: label, Value: value, Problem: r.Problem}
	if f.fault() == nil {
		f.Type = "date"
	}
	if value == "" {
		f.Value = usual.Format(time.DateOnly)
	}
	return f
}

// figure is one number at a glance, with the tasks that it counts.
type figure struct {
	name, value, more string
	to                templ.SafeURL
}

func (r Report) figures(w say.Report) []figure {
	f := r.Flow
	if r.Runs != nil {
		return r.runFigures(w)
	}
	figures := []figure{{w.Done, strconv.Itoa(len(f.Finished)), "", r.tasks(report.PickFinished, "")}}
	if f.Cycle.N > 0 {
		figures = append(figures, figure{w.HalfWithin, w.Span(f.Cycle.P50), w.Cycle, r.tasks(report.PickByCycle, "")},
			figure{w.MostWithin, w.Span(f.Cycle.P85), w.Cycle, r.tasks(report.PickByCycle, "")})
	}
	if f.Promise.Due > 0 {
		figures = append(figures, figure{w.InTime, w.Percent(f.Promise.InTime * 100 / f.Promise.Due), w.OfN(f.Promise.InTime, f.Promise.Due), r.tasks(report.PickDue, "")})
	}
	return append(figures, figure{w.DoingNow, strconv.Itoa(len(f.Doing())), "", r.tasks(report.PickDoing, "")},
		figure{w.Overdue, strconv.Itoa(f.Promise.Overdue), "", r.tasks(report.PickOverdue, "")},
		figure{w.Added, strconv.Itoa(f.Added), "", r.tasks(report.PickAdded, "")})
}

// stepName says at which moment a step counts: the day that ends with it.
func (r Report) stepName(w *say.Words, s report.Step) string {
	return w.When.Date(s.Day())
}

func (r Report) moment(w *say.Words, t time.Time) string {
	if t.IsZero() {
		return w.Report.Never
	}
	return r.short(w, t.In(r.zone()))
}

// short says a day, without the year where that is the report's last.
func (r Report) short(w *say.Words, day time.Time) string {
	if day.Year() == r.last().Year() {
		return w.When.DayMonth(day)
	}
	return w.When.Date(day)
}

func (r Report) cycle(w say.Report, f report.Finished) string {
	if f.Begun.IsZero() {
		return ""
	}
	return w.Span(f.Cycle())
}

func (r Report) late(f report.Finished) string {
	if n := f.Late(r.zone()); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// inTable is how many tasks a table behind a picture lists; the list has all.
const inTable = 100

// shown are the tasks at the top of a table.
func shown[T any](all []T) []T { return all[:min(len(all), inTable)] }

// newest are the last that were finished, the last at the top.
func newest(all []report.Finished) []report.Finished {
	some := slices.Clone(all[max(0, len(all)-inTable):])
	slices.Reverse(some)
	return some
}

// dueOn says a due date; empty: there is none.
func (r Report) dueOn(w *say.Words, due string) string {
	if due == "" {
		return ""
	}
	return r.short(w, date(models.Date(due)))
}

// reportTask is the address of a task; of one that is gone, its history.
func reportTask(t report.Task) templ.SafeURL {
	if t.Gone {
		return historyURL(t.ID, 0)
	}
	return TaskURL(t.ID)
}

// pickName heads the list of the tasks that a number counts.
func (r Report) pickName(w *say.Words) string {
	at, week := "", ""
	switch r.Pick.What {
	case report.PickStage:
		if n, err := strconv.Atoi(r.Pick.At); err == nil {
			at = w.Report.Stages[report.Stage(n)]
		}
	case report.PickStep, report.PickTurn:
		for _, s := range r.Steps {
			if s.ID == r.Pick.At {
				at = stepName(s)
			}
		}
	case report.PickHeld, report.PickNext:
		for _, x := range r.Holders {
			if x.ID == r.Pick.At {
				at = x.Name
			}
		}
	case report.PickAhead:
		at = w.Report.Aheads[report.Ahead(r.Pick.At)]
	case report.PickDeviation:
		at = w.Report.Deviation[report.Deviation(r.Pick.At)]
	case report.PickState:
		for _, s := range r.Flow.Steps {
			for state, name := range w.Report.States {
				if r.Pick.At == report.AtStep(s, state) {
					at = name + ", " + strings.ToLower(w.Report.Day[:1]) + w.Report.Day[1:] + " " + r.stepName(w, s)
				}
			}
		}
	default:
		if day, err := time.Parse(time.DateOnly, r.Pick.At); err == nil {
			week = w.When.Date(day)
		}
	}
	if name := w.Report.Named(r.Pick.What, at, week); name != "" {
		return name
	}
	return w.Report.Tasks
}

// ReportPage is how many tasks a page of such a list holds.
const ReportPage = 200

// pages is how many pages the list has.
func (r Report) pages() int { return (len(r.Lines) + ReportPage - 1) / ReportPage }

// onPage are the lines of the page at hand.
func (r Report) onPage() []report.Line {
	from := min(len(r.Lines), (r.Page-1)*ReportPage)
	return r.Lines[from:min(len(r.Lines), from+ReportPage)]
}

func (r Report) page(n int) templ.SafeURL {
	return r.at("/tasks", "of", r.Pick.What, "at", r.Pick.At, "page", strconv.Itoa(n))
}

// ReportCSV are the rows of a part of a report, the names of its columns first: finished,
// weeks, flow, open, stages, tasks, and of a template steps and runs. Durations are in hours, times as RFC 3339.
func ReportCSV(w *say.Words, r Report, part string) [][]string {
	f, p := r.Flow, w.Report
	hours := func(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', 2, 64) }
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(r.zone()).Format(time.RFC3339)
	}
	switch part {
	case "people":
		return r.loadCSV(w, hours)
	case "holding":
		rows := [][]string{{p.Task, p.HoldsNext, p.HoldsAll, p.Stands, p.Since, p.DueDay}}
		for _, x := range r.Holders {
			rows = append(rows, []string{x.Name, strconv.Itoa(x.Next), strconv.Itoa(x.All), p.Stages[x.Stage], at(x.Since), x.Due})
		}
		return rows
	case "steps", "runs":
		return r.runCSV(w, part, hours, at)
	case "weeks":
		rows := [][]string{{p.Week, p.Part2, p.Done, p.WithDue, p.Kept}}
		for _, x := range f.Weeks {
			rows = append(rows, []string{report.AtWeek(x), flag(x.Part), strconv.Itoa(x.Done), strconv.Itoa(x.Due), strconv.Itoa(x.InTime)})
		}
		return rows
	case "flow":
		rows := [][]string{append([]string{p.Day}, p.States...)}
		for _, s := range f.Steps {
			row := []string{s.Day().Format(time.DateOnly)}
			for _, n := range s.Counts {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
		return rows
	case "stages":
		rows := [][]string{{p.Where, p.Time + " (h)", p.Tasks}}
		for _, s := range report.Stages {
			rows = append(rows, []string{p.Stages[s], hours(f.Shares[s].Time), strconv.Itoa(f.Shares[s].Tasks)})
		}
		return rows
	}
	head := []string{p.Task, p.Made, p.Begun, p.Finished, p.Lead2 + " (h)", p.Cycle + " (h)", p.DueDay, p.FirstDay, p.LateBy}
	for _, s := range report.Stages {
		head = append(head, p.Stages[s]+" (h)")
	}
	finished := func(x report.Finished) []string {
		cycle := ""
		if !x.Begun.IsZero() {
			cycle = hours(x.Cycle())
		}
		row := []string{x.Name, at(x.Made), at(x.Begun), at(x.Done), hours(x.Lead()), cycle, x.Due, x.FirstDue, r.late(x)}
		for _, d := range x.Times {
			row = append(row, hours(d))
		}
		return row
	}
	if part == "finished" {
		rows := [][]string{head}
		for _, x := range f.Finished {
			rows = append(rows, finished(x))
		}
		return rows
	}
	opened := func(o report.Open) []string {
		age := ""
		if !o.Begun.IsZero() {
			age = hours(o.Age(f.End))
		}
		return []string{o.Name, p.Stages[o.Stage], at(o.Since), at(o.Made), at(o.Begun), age, o.Due}
	}
	rows := [][]string{{p.Task, p.Stands, p.Since, p.Made, p.Begun, p.Age + " (h)", p.DueDay}}
	if part == "open" {
		for _, o := range f.Open {
			rows = append(rows, opened(o))
		}
		return rows
	}
	switch { // of the tasks that are picked, in whatever way they all are
	case len(r.Lines) > 0 && !slices.ContainsFunc(r.Lines, func(l report.Line) bool { return l.Finished == nil }):
		rows = [][]string{head}
		for _, l := range r.Lines {
			rows = append(rows, finished(*l.Finished))
		}
	case !slices.ContainsFunc(r.Lines, func(l report.Line) bool { return l.Open == nil }):
		for _, l := range r.Lines {
			rows = append(rows, opened(*l.Open))
		}
	default:
		rows = [][]string{{p.Task}}
		for _, l := range r.Lines {
			rows = append(rows, []string{l.Name})
		}
	}
	return rows
}

// ReportParts are the parts that ReportCSV knows.
var ReportParts = []string{"finished", "weeks", "flow", "open", "stages", "tasks", "steps", "runs", "people", "holding"}

// ReportFile is what a file of a part is called.
func ReportFile(w *say.Words, r Report, part string) string {
	return fmt.Sprintf("%s - %s - %s %s", r.Of, w.Report.Files[part], r.Flow.From.Format(time.DateOnly), r.last().Format(time.DateOnly))
}
