package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// Scope is whose work a report is about; what is empty does not restrict. Tasks count
// where, in which run and whose they are at the end of the period, with all of their
// past; those that are deleted by then do not count.
type Scope struct {
	Board    string
	Template string
	Person   string // who owns them; Nobody: that have no owner
}

// Task is what a report says of a task.
type Task struct {
	ID, Name string // ONB-12 Order a laptop
	Board    string
	Gone     bool // it has been deleted since
	Run      string
	Step     string // of that run
}

// Stage is where a task's time goes.
type Stage int

// The stages; a task that is flagged as blocked by hand is in that one, whatever its
// state.
const (
	Waiting    Stage = iota // for prerequisites
	Untouched               // ready, and nobody has begun
	InProgress              // being worked on
	InReview                // being looked at
	Blocked                 // flagged by hand
	Closed                  // done, cancelled or deleted, and later open again
)

// Stages lists them in order.
var Stages = []Stage{Waiting, Untouched, InProgress, InReview, Blocked, Closed}

func (t turn) stage() Stage {
	s := t.counted()
	switch {
	case s == done || s == cancelled || t.flags&deleted != 0:
		return Closed
	case t.flags&blocked != 0:
		return Blocked
	}
	return Stage(s)
}

// Times is how long a task was in each stage.
type Times [Closed + 1]time.Duration

// Finished is a task that was finished in the period, and is.
type Finished struct {
	Task
	Made, Begun, Done time.Time // Begun is zero if it never was in progress or in review
	Due, FirstDue     string    // YYYY-MM-DD, as it stood when it was done, and as it first was; empty: none
	Later             int       // times that the due date was put off
	Times             Times
	Who               []string // who owned it at the end of the period
}

// Lead is the time from when the task was added until it was done.
func (f Finished) Lead() time.Duration { return f.Done.Sub(f.Made) }

// Cycle is the time from when it was begun until it was done; 0 if it never was begun.
func (f Finished) Cycle() time.Duration {
	if f.Begun.IsZero() {
		return 0
	}
	return f.Done.Sub(f.Begun)
}

// Late is how many days after its due date the task was done, by the days of zone; 0:
// in time, or not due.
func (f Finished) Late(zone *time.Location) int { return late(f.Due, f.Done, zone) }

func late(due string, t time.Time, zone *time.Location) int {
	day, err := time.Parse(time.DateOnly, due)
	if err != nil {
		return 0
	}
	t = t.In(zone)
	return max(0, int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Sub(day)/(24*time.Hour)))
}

// Open is a task that is open at the end of the period.
type Open struct {
	Task
	Stage Stage
	Since time.Time // it is in that stage
	Made  time.Time
	Begun time.Time // zero: never yet
	Due   string
	Work  int // estimated minutes; 0: not estimated
	Who   []string
	Turn  time.Duration // for how long it has waited for no other task
	Doing bool          // it is in progress or in review, blocked or not
	Waits bool          // it is waiting, blocked or not
}

// Age is the time since work on it began.
func (o Open) Age(end time.Time) time.Duration { return end.Sub(o.Begun) }

// Spread tells what most of some durations do not exceed. A percentile is the
// smallest of them that at least so many per cent of them do not exceed: the nearest
// rank (Hyndman & Fan 1996, definition 1).
type Spread struct {
	N             int
	P50, P85, P95 time.Duration
}

func spread(of []time.Duration) Spread {
	of = slices.Clone(of)
	slices.Sort(of)
	return Spread{len(of), nearest(of, 50), nearest(of, 85), nearest(of, 95)}
}

func nearest(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(math.Ceil(float64(len(sorted)*percent)/100))-1]
}

// Week is what was finished in a week, from Monday.
type Week struct {
	From   time.Time
	Part   bool // not all of it is in the period
	Done   int
	Due    int // of those, how many had a due date
	InTime int // and how many kept it
}

// Step is how many tasks there were at a moment, of each state. Done and cancelled
// are those only that became so in the period, so that all there ever was does not
// hide it.
type Step struct {
	At     time.Time
	Counts [cancelled + 1]int
}

// Day is the day at whose end the step counts; of today's, it is now.
func (s Step) Day() time.Time { return s.At.Add(-2 * time.Microsecond) }

// In is how many were in a state, by its place: waiting, ready, in progress, in
// review, done, cancelled.
func (s Step) In(state int) int { return s.Counts[state] }

// Promise is how well due dates were kept.
type Promise struct {
	Due     int // finished tasks with a due date
	InTime  int // done on it or before
	First   int // done on or before the first that they had
	Moved   int // whose due date was put off
	Overdue int // open at the end, past their due date
}

// Share is the part of the finished tasks' time that a stage took.
type Share struct {
	Time  time.Duration // of all of them
	Tasks int           // that were in it at all
}

// Flow is how work flowed in a period.
type Flow struct {
	Period
	Finished  []Finished // in the order in which they were
	Lead      Spread
	Cycle     Spread // of those that were begun
	Unbegun   int    // finished without
	Cancelled int    // in the period
	Added     int    // in the period
	Weeks     []Week
	Steps     []Step
	Open      []Open // at the end; the longest begun first
	Promise   Promise
	Shares    [Closed + 1]Share
}

// Overdue reports whether a task is past its due date on the last day of the period.
func (f Flow) Overdue(o Open) bool {
	return late(o.Due, f.End.Add(-time.Microsecond), f.From.Location()) > 0
}

// Doing is the work in progress at the end.
func (f Flow) Doing() (doing []Open) {
	for _, o := range f.Open {
		if o.Doing {
			doing = append(doing, o)
		}
	}
	return doing
}

// Efficiency is the part of their time in which finished tasks were worked on or
// looked at, in per cent; -1 if there is none.
func (f Flow) Efficiency() int {
	var all time.Duration
	for _, s := range f.Shares {
		all += s.Time
	}
	if all == 0 {
		return -1
	}
	return int((f.Shares[InProgress].Time + f.Shares[InReview].Time) * 100 / all)
}

// FlowOf computes the flow of some work over the histories of one or more teams.
func FlowOf(of Scope, p Period, hs ...*History) Flow {
	f := Flow{Period: p}
	b := newBuilder(p)
	for _, h := range hs {
		for _, t := range h.tasks {
			if l, ok := h.look(t, of, p.End.UnixMicro()); ok {
				b.add(&f, l)
			}
		}
	}
	b.close(&f)
	return f
}

// sight is a life as it looks at a moment.
type sight struct {
	*life
	turns []turn // until then
	end   int64
}

// look tells how a task stands just before a moment, and whether it counts.
func (h *History) look(t *life, of Scope, end int64) (sight, bool) {
	s := sight{t, t.until(end), end}
	if len(s.turns) == 0 || s.last().flags&deleted != 0 {
		return s, false
	}
	if of.Board != "" && s.last().board != of.Board {
		return s, false
	}
	if owners := as(t.owners, end); of.Person == Nobody && owners != "" ||
		of.Person != "" && of.Person != Nobody && !slices.Contains(strings.Fields(owners), of.Person) {
		return s, false
	}
	if of.Template != "" {
		r := h.runBy[t.run]
		return s, r != nil && r.template == of.Template && as(r.states, end) != withdrawn
	}
	return s, true
}

func (s sight) last() turn { return s.turns[len(s.turns)-1] }

func (s sight) task() Task {
	latest := s.life.turns[len(s.life.turns)-1]
	return Task{ID: s.id, Name: s.name, Board: s.last().board, Gone: latest.flags&deleted != 0, Run: s.run, Step: s.step}
}

// begun is when it first was in progress or in review; 0: never.
func (s sight) begun() int64 {
	for _, t := range s.turns {
		if c := t.counted(); c == inProgress || c == inReview {
			return t.at
		}
	}
	return 0
}

// since is when it came into the state that it is in at a turn.
func (s sight) since(i int) int64 {
	for i > 0 && s.turns[i-1].counted() == s.turns[i].counted() {
		i--
	}
	return s.turns[i].at
}

// till is when a turn ends: with the next, or with the sight.
func (s sight) till(i int) int64 {
	if i+1 < len(s.turns) {
		return s.turns[i+1].at
	}
	return s.end
}

// builder counts.
type builder struct {
	from, end   int64
	zone        *time.Location
	steps       []int64
	delta       [][cancelled + 1]int // how the counts change from a step to the next
	weeks       []int64
	lead, cycle []time.Duration
}

func newBuilder(p Period) *builder {
	b := &builder{from: p.From.UnixMicro(), end: p.End.UnixMicro(), zone: p.From.Location()}
	for _, s := range p.steps() {
		b.steps = append(b.steps, s.UnixMicro())
	}
	for _, w := range p.weeks() {
		b.weeks = append(b.weeks, w.UnixMicro())
	}
	b.delta = make([][cancelled + 1]int, len(b.steps)+1)
	return b
}

func (b *builder) add(f *Flow, s sight) {
	b.count(s)
	if s.made >= b.from {
		f.Added++
	}
	since := s.since(len(s.turns) - 1)
	switch s.last().counted() {
	case done:
		if since >= b.from {
			f.Finished = append(f.Finished, b.finished(s, since))
		}
	case cancelled:
		if since >= b.from {
			f.Cancelled++
		}
	default:
		f.Open = append(f.Open, s.open())
	}
}

// count adds a task to the steps at which it is there: a turn is seen at those after
// its beginning, up to its end.
func (b *builder) count(s sight) {
	for i, t := range s.turns {
		state := t.counted()
		if (state == done || state == cancelled) && s.since(i) < b.from {
			continue
		}
		after := func(at int64) int {
			n, _ := slices.BinarySearch(b.steps, at+1)
			return n
		}
		to := len(b.steps)
		if i+1 < len(s.turns) {
			to = after(s.till(i))
		}
		if t.flags&deleted == 0 {
			b.delta[after(t.at)][state]++
			b.delta[to][state]--
		}
	}
}

func (b *builder) finished(s sight, at int64) Finished {
	f := Finished{Task: s.task(), Made: when(s.made), Begun: when(s.begun()), Done: when(at), Due: as(s.dues, at+1), Who: strings.Fields(as(s.owners, s.end))}
	f.FirstDue, f.Later = promised(s.dues, at)
	f.Times = s.times(at)
	return f
}

// promised is the first due date that a task had, and how often it was put off, until
// a moment.
func promised(dues []said, at int64) (first string, later int) {
	for i, d := range dues {
		if d.at > at || d.text == "" {
			continue
		}
		if first == "" {
			first = d.text
		} else if i > 0 && dues[i-1].text != "" && dues[i-1].text < d.text {
			later++
		}
	}
	return first, later
}

// times is how long it was in each stage until a moment.
func (s sight) times(until int64) (times Times) {
	for i, t := range s.turns {
		if t.at < until {
			times[t.stage()] += time.Duration(min(s.till(i), until)-t.at) * time.Microsecond
		}
	}
	return times
}

func (s sight) open() Open {
	last := s.last()
	at := len(s.turns) - 1
	for at > 0 && s.turns[at-1].stage() == last.stage() {
		at--
	}
	o := Open{Task: s.task(), Stage: last.stage(), Since: when(s.turns[at].at), Made: when(s.made), Begun: when(s.begun()),
		Due: as(s.dues, s.end), Who: strings.Fields(as(s.owners, s.end)), Doing: last.state == inProgress || last.state == inReview, Waits: last.state == waiting}
	o.Turn = s.times(s.end).Turn()
	for _, digit := range as(s.estimates, s.end) {
		o.Work = o.Work*10 + int(digit-'0')
	}
	return o
}

func (b *builder) close(f *Flow) {
	slices.SortFunc(f.Finished, func(x, y Finished) int { return cmp.Or(x.Done.Compare(y.Done), cmp.Compare(x.ID, y.ID)) })
	slices.SortFunc(f.Open, func(x, y Open) int {
		return cmp.Or(x.order().Compare(y.order()), x.Made.Compare(y.Made), cmp.Compare(x.ID, y.ID))
	})
	for i, from := range b.weeks {
		w := Week{From: when(from).In(b.zone), Part: from < b.from}
		if i == len(b.weeks)-1 && f.End.Before(w.From.AddDate(0, 0, 7)) {
			w.Part = true
		}
		f.Weeks = append(f.Weeks, w)
	}
	for i, at := range b.steps {
		step := Step{At: when(at).In(b.zone)}
		for state := range step.Counts {
			step.Counts[state] = b.delta[i][state]
			if i > 0 {
				step.Counts[state] += f.Steps[i-1].Counts[state]
			}
		}
		f.Steps = append(f.Steps, step)
	}
	for _, x := range f.Finished {
		b.sum(f, x)
	}
	f.Lead, f.Cycle = spread(b.lead), spread(b.cycle)
	for _, o := range f.Open {
		if f.Overdue(o) {
			f.Promise.Overdue++
		}
	}
}

func (b *builder) sum(f *Flow, x Finished) {
	b.lead = append(b.lead, x.Lead())
	if x.Begun.IsZero() {
		f.Unbegun++
	} else {
		b.cycle = append(b.cycle, x.Cycle())
	}
	n, _ := slices.BinarySearch(b.weeks, x.Done.UnixMicro()+1)
	week := &f.Weeks[n-1]
	week.Done++
	if x.Due != "" {
		week.Due++
		f.Promise.Due++
		if x.Late(b.zone) == 0 {
			week.InTime++
			f.Promise.InTime++
		}
		if late(x.FirstDue, x.Done, b.zone) == 0 {
			f.Promise.First++
		}
		if x.Later > 0 {
			f.Promise.Moved++
		}
	}
	for s, d := range x.Times {
		if d > 0 {
			f.Shares[s].Time += d
			f.Shares[s].Tasks++
		}
	}
}

// order puts what was begun first at the top, and what was not at the end.
func (o Open) order() time.Time {
	if o.Begun.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return o.Begun
}
