// Package recount computes reports from the entries of a log in the plainest way: it
// asks of each task and each moment what all entries before it say. It shares nothing
// with models/report but the shape of the answer.
package recount

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"relevo/models/ledger"
	"relevo/models/report"
)

// Read reads the entries of an export: JSON Lines, a cover first.
func Read(r io.Reader) (entries []ledger.Entry, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for first := true; lines.Scan(); first = false {
		if first {
			continue
		}
		var line struct{ Entry json.RawMessage }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, err
		}
		e, err := ledger.Parse(line.Entry)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, lines.Err()
}

// moment is what the fields of a task held from a time on.
type moment struct {
	at     time.Time
	fields map[string]string
}

type story struct {
	id, name string
	moments  []moment // one for each entry
}

// stories parts the entries by tasks. Time never goes back.
func stories(entries []ledger.Entry) (all []*story) {
	var now time.Time
	for _, e := range entries {
		if e.At.After(now) {
			now = e.At
		}
		kind := strings.Split(e.Action, ".")[0]
		if kind != "task" && kind != "approval" {
			continue
		}
		i := slices.IndexFunc(all, func(s *story) bool { return s.id == e.Task.ID })
		if i < 0 {
			all = append(all, &story{id: e.Task.ID, moments: []moment{{now, map[string]string{"board": e.Board.ID}}}})
			i = len(all) - 1
		}
		s := all[i]
		s.name = e.Task.Name
		fields := map[string]string{}
		for k, v := range s.moments[len(s.moments)-1].fields {
			fields[k] = v
		}
		for _, c := range e.Changes {
			fields[c.Field] = c.To
		}
		s.moments = append(s.moments, moment{now, fields})
	}
	return all
}

// before is what a task was just before a moment; nil: it was not there.
func (s *story) before(t time.Time) map[string]string {
	var last map[string]string
	for _, m := range s.moments {
		if m.at.Before(t) {
			last = m.fields
		}
	}
	return last
}

// upTo is what it was at a moment, that moment's own entries included.
func (s *story) upTo(t time.Time) map[string]string { return s.before(t.Add(time.Nanosecond)) }

func state(f map[string]string) string {
	if f["archived_at"] != "" && f["state"] != "done" {
		return "cancelled"
	}
	return f["state"]
}

func stage(f map[string]string) report.Stage {
	s := state(f)
	switch {
	case s == "done" || s == "cancelled" || f["deleted_at"] != "":
		return report.Closed
	case f["blocked"] != "":
		return report.Blocked
	}
	return map[string]report.Stage{"waiting": report.Waiting, "ready": report.Untouched, "in_progress": report.InProgress, "in_review": report.InReview}[s]
}

// changes are the moments at which anything about it changed, each once.
func (s *story) changes() (times []time.Time) {
	for _, m := range s.moments {
		if len(times) == 0 || !times[len(times)-1].Equal(m.at) {
			times = append(times, m.at)
		}
	}
	return times
}

// entered is when it came into the state that it is in just before a moment.
func (s *story) entered(end time.Time) time.Time {
	is := state(s.before(end))
	times := s.changes()
	for i := len(times) - 1; i >= 0; i-- {
		if times[i].Before(end) && (i == 0 || state(s.upTo(times[i-1])) != is) {
			return times[i]
		}
	}
	panic("never there")
}

// Flow computes what report.FlowOf computes; runs are only counted if there are any.
func Flow(of report.Scope, p report.Period, logs ...[]ledger.Entry) report.Flow {
	f := report.Flow{Period: p}
	zone := p.From.Location()
	f.Weeks, f.Steps = weeks(p), steps(p)
	for _, entries := range logs {
		for _, s := range stories(entries) {
			is := s.before(p.End)
			if is == nil || is["deleted_at"] != "" || of.Board != "" && is["board"] != of.Board ||
				of.Person == report.Nobody && is["owners"] != "" || of.Person != "" && of.Person != report.Nobody && !slices.Contains(strings.Split(is["owners"], " "), of.Person) ||
				of.Template != "" && !ofTemplate(entries, is["run"], of.Template, p.End) {
				continue
			}
			if !s.moments[0].at.Before(p.From) {
				f.Added++
			}
			for i := range f.Steps {
				was := s.before(f.Steps[i].At)
				if was == nil || was["deleted_at"] != "" {
					continue
				}
				n := slices.Index([]string{"waiting", "ready", "in_progress", "in_review", "done", "cancelled"}, state(was))
				if n >= 4 && s.entered(f.Steps[i].At).Before(p.From) {
					continue
				}
				f.Steps[i].Counts[n]++
			}
			now := s.moments[len(s.moments)-1].fields
			task := report.Task{ID: s.id, Name: s.name, Board: is["board"], Gone: now["deleted_at"] != "", Run: now["run"], Step: now["step"]}
			switch at := s.entered(p.End); {
			case state(is) == "done" && !at.Before(p.From):
				f.Finished = append(f.Finished, s.finished(task, at))
				f.Finished[len(f.Finished)-1].Who = strings.Fields(is["owners"])
			case state(is) == "cancelled" && !at.Before(p.From):
				f.Cancelled++
			case state(is) != "done" && state(is) != "cancelled":
				f.Open = append(f.Open, s.open(task, is, p.End))
			}
		}
	}
	sort.Slice(f.Finished, func(i, j int) bool {
		a, b := f.Finished[i], f.Finished[j]
		return a.Done.Before(b.Done) || a.Done.Equal(b.Done) && a.ID < b.ID
	})
	sort.Slice(f.Open, func(i, j int) bool {
		a, b := f.Open[i], f.Open[j]
		if a.Begun.IsZero() != b.Begun.IsZero() {
			return b.Begun.IsZero()
		}
		if !a.Begun.Equal(b.Begun) {
			return a.Begun.Before(b.Begun)
		}
		return a.Made.Before(b.Made) || a.Made.Equal(b.Made) && a.ID < b.ID
	})
	var lead, cycle []time.Duration
	for _, x := range f.Finished {
		lead = append(lead, x.Done.Sub(x.Made))
		if x.Begun.IsZero() {
			f.Unbegun++
		} else {
			cycle = append(cycle, x.Done.Sub(x.Begun))
		}
		inTime := x.Due != "" && x.Done.In(zone).Format(time.DateOnly) <= x.Due
		for i := range f.Weeks {
			if !x.Done.Before(f.Weeks[i].From) && x.Done.Before(f.Weeks[i].From.AddDate(0, 0, 7)) {
				f.Weeks[i].Done++
				f.Weeks[i].Due += one(x.Due != "")
				f.Weeks[i].InTime += one(inTime)
			}
		}
		f.Promise.Due += one(x.Due != "")
		f.Promise.InTime += one(inTime)
		f.Promise.First += one(x.Due != "" && x.Done.In(zone).Format(time.DateOnly) <= x.FirstDue)
		f.Promise.Moved += one(x.Due != "" && x.Later > 0)
		for i, d := range x.Times {
			f.Shares[i].Time += d
			f.Shares[i].Tasks += one(d > 0)
		}
	}
	for _, o := range f.Open {
		f.Promise.Overdue += one(o.Due != "" && o.Due < p.End.Add(-time.Microsecond).In(zone).Format(time.DateOnly))
	}
	f.Lead, f.Cycle = spread(lead), spread(cycle)
	return f
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (s *story) finished(task report.Task, at time.Time) report.Finished {
	x := report.Finished{Task: task, Made: s.moments[0].at, Done: at, Begun: s.begun(at), Due: s.upTo(at)["due"]}
	last := ""
	for _, m := range s.moments {
		if due := m.fields["due"]; !m.at.After(at) && due != last {
			if x.FirstDue == "" {
				x.FirstDue = due
			} else if last != "" && due > last {
				x.Later++
			}
			last = due
		}
	}
	x.Times = s.times(at)
	return x
}

func (s *story) times(until time.Time) (all report.Times) {
	times := append(s.changes(), until)
	slices.SortFunc(times, time.Time.Compare)
	for i := 1; i < len(times) && !times[i].After(until); i++ {
		all[stage(s.upTo(times[i-1]))] += times[i].Sub(times[i-1])
	}
	return all
}

// begun is when it first was worked on or looked at, until a moment; zero: never.
func (s *story) begun(until time.Time) time.Time {
	for _, t := range s.changes() {
		if is := state(s.upTo(t)); !t.After(until) && (is == "in_progress" || is == "in_review") {
			return t
		}
	}
	return time.Time{}
}

func (s *story) open(task report.Task, is map[string]string, end time.Time) report.Open {
	o := report.Open{Task: task, Stage: stage(is), Made: s.moments[0].at, Begun: s.begun(end.Add(-time.Microsecond)), Due: is["due"], Who: strings.Fields(is["owners"])}
	t := s.times(end)
	o.Turn = t[report.Untouched] + t[report.InProgress] + t[report.InReview] + t[report.Blocked]
	o.Waits = is["state"] == "waiting"
	o.Doing = is["state"] == "in_progress" || is["state"] == "in_review"
	o.Work, _ = strconv.Atoi(is["estimate"])
	times := s.changes()
	for i := len(times) - 1; i >= 0; i-- {
		if !times[i].Before(end) {
			continue
		}
		if stage(s.upTo(times[i])) != o.Stage {
			break
		}
		o.Since = times[i]
	}
	return o
}

func ofTemplate(entries []ledger.Entry, run, template string, end time.Time) bool {
	is := map[string]string{}
	var now time.Time
	for _, e := range entries {
		if e.At.After(now) {
			now = e.At
		}
		if strings.HasPrefix(e.Action, "run.") && e.Subject.ID == run && now.Before(end) {
			for _, c := range e.Changes {
				is[c.Field] = c.To
			}
		}
	}
	return is["template"] == template && is["run_state"] != "withdrawn"
}

func weeks(p report.Period) (all []report.Week) {
	day := p.From
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, -1)
	}
	for ; day.Before(p.End); day = day.AddDate(0, 0, 7) {
		all = append(all, report.Week{From: day, Part: day.Before(p.From) || day.AddDate(0, 0, 7).After(p.End)})
	}
	return all
}

func steps(p report.Period) (all []report.Step) {
	days := 0
	for p.From.AddDate(0, 0, days).Before(p.End) {
		days++
	}
	by := 1
	if days > 92 {
		by = 7
	}
	if days > 730 {
		by = 28
	}
	for n := by; p.From.AddDate(0, 0, n).Before(p.End); n += by {
		all = append(all, report.Step{At: p.From.AddDate(0, 0, n)})
	}
	return append(all, report.Step{At: p.End.In(p.From.Location())})
}

// spread finds percentiles by asking of each duration how many do not exceed it.
func spread(of []time.Duration) report.Spread {
	at := func(percent int) (found time.Duration) {
		for i, d := range of {
			n := 0
			for _, other := range of {
				if other <= d {
					n++
				}
			}
			if n*100 >= percent*len(of) && (i == 0 || found == -1 || d < found) {
				found = d
			} else if i == 0 {
				found = -1
			}
		}
		return found
	}
	return report.Spread{N: len(of), P50: at(50), P85: at(85), P95: at(95)}
}

// Runs computes what report.RunsOf computes.
func Runs(template string, p report.Period, entries []ledger.Entry) report.Runs {
	v := report.Runs{Flow: Flow(report.Scope{Template: template}, p, entries), Outcomes: map[report.Outcome]int{}, Deviations: map[report.Deviation]int{}}
	tasks := stories(entries)
	var now time.Time
	var lasted []time.Duration
	for _, e := range entries {
		if e.At.After(now) {
			now = e.At
		}
		if e.Action != "run.started" || !now.Before(p.End) || !ofTemplate(entries, e.Subject.ID, template, p.End) {
			continue
		}
		r, within := standing(e.Subject.ID, now, p, entries, tasks)
		for kind, n := range within {
			v.Deviations[kind] += n
		}
		if !r.Ended.IsZero() && r.Ended.Before(p.From) {
			continue
		}
		v.Runs = append(v.Runs, r)
		v.Outcomes[r.Outcome]++
		v.Started += one(!r.Made.Before(p.From))
		if r.Outcome == report.RunDone {
			lasted = append(lasted, r.Ended.Sub(r.Made))
		}
	}
	sort.Slice(v.Runs, func(i, j int) bool {
		a, b := v.Runs[i], v.Runs[j]
		return a.Made.After(b.Made) || a.Made.Equal(b.Made) && a.ID < b.ID
	})
	v.Duration = spread(lasted)
	v.Steps, v.Bottleneck = bySteps(v.Flow)
	return v
}

// standing is a run as it stands at the end of a period, and its deviations within it.
func standing(id string, made time.Time, p report.Period, entries []ledger.Entry, tasks []*story) (r report.Run, within map[report.Deviation]int) {
	r = report.Run{ID: id, Made: made, Outcome: report.Going, Deviations: map[report.Deviation]int{}}
	within = map[report.Deviation]int{}
	kinds := map[string]report.Deviation{"task.overridden": report.Overridden, "task.dropped": report.LeftOut, "task.reopened": report.Reopened,
		"task.sent_back": report.SentBack, "run.recast": report.Recast}
	last, over := made, true
	inRun, all, some := map[string]bool{id: true}, map[string]bool{}, map[string]bool{}
	for _, s := range tasks {
		if s.moments[len(s.moments)-1].fields["run"] != id {
			continue
		}
		is := s.before(p.End)
		if is == nil || is["deleted_at"] != "" {
			continue
		}
		inRun[s.id] = true
		r.Tasks++
		if state(is) != "done" && state(is) != "cancelled" {
			over = false
			continue
		}
		r.Closed++
		if at := s.entered(p.End); at.After(last) {
			last = at
		}
	}
	var now, cancelled time.Time
	is := ""
	for _, e := range entries {
		if e.At.After(now) {
			now = e.At
		}
		if e.Subject.ID == id && strings.HasPrefix(e.Action, "run.") {
			r.Name = e.Subject.Name
		}
		if !now.Before(p.End) || !inRun[e.Subject.ID] && !inRun[e.Task.ID] {
			continue
		}
		if kind, ok := kinds[e.Action]; ok {
			all[string(kind)+" "+e.Subject.ID] = true
			if !now.Before(p.From) {
				some[string(kind)+" "+e.Subject.ID] = true
			}
		}
		for _, c := range e.Changes {
			if c.Field == "run_state" {
				if is = c.To; is == "cancelled" {
					cancelled = now
				}
			}
		}
	}
	for what := range all {
		r.Deviations[report.Deviation(strings.Fields(what)[0])]++
	}
	for what := range some {
		within[report.Deviation(strings.Fields(what)[0])]++
	}
	switch {
	case is == "cancelled":
		r.Outcome, r.Ended = report.RunDropped, cancelled
	case over:
		r.Outcome, r.Ended = report.RunDone, last
	}
	return r, within
}

func bySteps(f report.Flow) (steps []report.StepFlow, bottleneck string) {
	names := map[string]bool{}
	var all, most time.Duration
	for _, x := range f.Finished {
		names[x.Step] = true
		all += x.Times.Turn()
	}
	for _, o := range f.Open {
		names[o.Step] = true
	}
	var sorted []string
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	for _, name := range sorted {
		var wait, turn, work, now []time.Duration
		s := report.StepFlow{Step: name}
		for _, x := range f.Finished {
			if x.Step == name {
				wait, turn = append(wait, x.Times[report.Waiting]), append(turn, x.Times.Turn())
				work = append(work, x.Times[report.InProgress]+x.Times[report.InReview])
				s.Sum += x.Times.Turn()
			}
		}
		for _, o := range f.Open {
			if o.Step == name && o.Stage != report.Waiting {
				now = append(now, o.Turn)
			}
		}
		s.Wait, s.Turn, s.Work, s.Now = spread(wait), spread(turn), spread(work), spread(now)
		if all > 0 {
			s.Share = int(s.Sum * 100 / all)
		}
		if s.Sum > most {
			most, bottleneck = s.Sum, name
		}
		steps = append(steps, s)
	}
	return steps, bottleneck
}

// Holders computes what report.HoldersOf computes: it walks from each task to all that
// wait for it.
func Holders(of report.Scope, p report.Period, entries []ledger.Entry) (all []report.Holder) {
	tasks := stories(entries)
	is := func(id string) map[string]string {
		for _, s := range tasks {
			if s.id == id {
				return s.before(p.End)
			}
		}
		return nil
	}
	ties := map[[2]string]map[string]string{}
	var now time.Time
	for _, e := range entries {
		if e.At.After(now) {
			now = e.At
		}
		if !strings.HasPrefix(e.Action, "dependency.") || !now.Before(p.End) {
			continue
		}
		ends := [2]string{e.Subject.ID, e.Task.ID}
		switch e.Action {
		case "dependency.added", "dependency.returned":
			ties[ends] = map[string]string{}
		case "dependency.removed", "dependency.withdrawn":
			delete(ties, ends)
			continue
		}
		for _, c := range e.Changes {
			ties[ends][c.Field] = c.To
		}
	}
	next := func(id string) (after []string) {
		for ends, tie := range ties {
			p, d := is(ends[0]), is(ends[1])
			if ends[0] != id || p == nil || d == nil || p["deleted_at"] != "" || d["deleted_at"] != "" || state(d) != "waiting" ||
				state(p) == "done" || state(p) == "cancelled" || state(p) == "in_review" && tie["satisfied_at"] == "in_review" {
				continue
			}
			after = append(after, ends[1])
		}
		return after
	}
	for _, o := range Flow(of, p, entries).Open {
		found := map[string]bool{}
		todo := next(o.ID)
		direct := len(todo)
		for len(todo) > 0 {
			id := todo[0]
			todo = todo[1:]
			if !found[id] {
				found[id] = true
				todo = append(todo, next(id)...)
			}
		}
		if len(found) > 0 {
			all = append(all, report.Holder{Open: o, Next: direct, All: len(found)})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.All != b.All {
			return a.All > b.All
		}
		if a.Next != b.Next {
			return a.Next > b.Next
		}
		return a.Made.Before(b.Made) || a.Made.Equal(b.Made) && a.ID < b.ID
	})
	return all
}

// Loads computes what Flow.Loads computes, by going through all tasks once for each
// person.
func Loads(f report.Flow) map[string]report.Load {
	all := map[string]report.Load{}
	people := map[string]bool{}
	whose := func(who []string) []string {
		if len(who) == 0 {
			return []string{report.Nobody}
		}
		return who
	}
	for _, x := range f.Finished {
		for _, id := range whose(x.Who) {
			people[id] = true
		}
	}
	for _, o := range f.Open {
		for _, id := range whose(o.Who) {
			people[id] = true
		}
	}
	today := lastDay(f)
	for id := range people {
		l := report.Load{Person: id, Ahead: map[report.Ahead]int{}}
		for _, x := range f.Finished {
			l.Done += one(slices.Contains(whose(x.Who), id))
		}
		for _, o := range f.Open {
			if !slices.Contains(whose(o.Who), id) {
				continue
			}
			l.Doing += one(o.Doing)
			l.Waiting += one(o.Waits)
			l.Ready += one(!o.Doing && !o.Waits)
			l.Work += time.Duration(o.Work) * time.Minute
			l.Unestimated += one(o.Work == 0)
			day, ahead := today, report.AheadLater
			for n := 0; n < 15 && o.Due != ""; n++ { // day by day, over at most two Mondays
				if o.Due < today.Format(time.DateOnly) {
					ahead = report.AheadLate
					break
				}
				if mondays := mondaysBetween(today, day); o.Due == day.Format(time.DateOnly) && mondays < 2 {
					ahead = []report.Ahead{report.AheadThisWeek, report.AheadNextWeek}[mondays]
				}
				day = day.AddDate(0, 0, 1)
			}
			if o.Due == "" {
				ahead = report.AheadUndated
			}
			l.Ahead[ahead]++
		}
		all[id] = l
	}
	return all
}

// lastDay is the last day of the period.
func lastDay(f report.Flow) time.Time {
	t := f.End.Add(-2 * time.Microsecond).In(f.From.Location())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// mondaysBetween counts the Mondays after one day, up to another.
func mondaysBetween(from, to time.Time) (n int) {
	for day := from.AddDate(0, 0, 1); !day.After(to); day = day.AddDate(0, 0, 1) {
		n += one(day.Weekday() == time.Monday)
	}
	return n
}
