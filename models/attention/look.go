package attention

import (
	"slices"
	"strings"
	"time"

	"relevo/models/flow"
	"relevo/models/ledger"
)

// Finding is something that a rule found. It is known by its rule and the entry that
// made it one, whatever happens later.
type Finding struct {
	Rule  Rule
	Seq   int64   // the entry that made it one
	Seqs  []int64 // the first of all that belong to it, in order
	Count int     // how many there are
	At    time.Time
	Until time.Time      // of the last one
	Who   ledger.Actor   // who did it, as they were called then
	Whose ledger.Actor   // of SamePair: whose work it was
	Task  ledger.Subject // zero where it is not about one task
	Board ledger.Subject
	Took  time.Duration // of QuickDone: from start to end; of LateEdits: from the end to the first change
}

// mostSeqs is how many entries a finding names.
const mostSeqs = 50

// Look goes through the entries of a log, in order.
type Look struct {
	set      Settings
	calendar flow.Calendar
	found    []*Finding
	tasks    map[string]*course
	series   map[key]*series
}

// course is how far a task is.
type course struct {
	started, ended time.Time // zero: it is not so any more
	worker         ledger.Actor
}

// key tells series apart: of whom, with whom or what, and on which day.
type key struct {
	rule       Rule
	who, whose string
	day        int
}

// series gathers entries that are too few yet, or belong to a finding already.
type series struct {
	seqs    []int64
	times   []time.Time
	last    time.Time
	finding *Finding // nil: too few yet
}

// New looks through a log with a team's settings; its calendar says when it works.
func New(set Settings, calendar flow.Calendar) *Look {
	return &Look{set: set, calendar: calendar, tasks: map[string]*course{}, series: map[key]*series{}}
}

// Findings are what was found so far, in the order of the log.
func (l *Look) Findings() []Finding {
	all := make([]Finding, len(l.found))
	for i, f := range l.found {
		all[i] = *f
		all[i].Seqs = slices.Clone(f.Seqs)
	}
	return all
}

// Add takes the next entry. Only what people did is looked at.
func (l *Look) Add(e ledger.Entry) {
	if e.Actor.Kind != ledger.Person {
		return
	}
	l.oddHours(e)
	switch e.Action {
	case "task.overridden":
		l.times(Overrides, key{who: e.Actor.ID}, e, month)
	case "approval.self_tried":
		l.times(SelfApproval, key{who: e.Actor.ID}, e, month)
	case "task.reopened":
		l.times(Reopened, key{who: e.Task.ID}, e, 0)
	case "approval.given":
		l.approved(e)
	case "task.deleted", "comment.deleted", "file.removed", "file.purged":
		l.deleted(e)
	}
	if e.Task.ID != "" {
		l.lateEdit(e)
		l.follow(e)
	}
}

// rule returns how a rule is set; ok is false if it is off.
func (l *Look) rule(r Rule) (least int, ok bool) {
	s := l.set[r]
	return s.Least, s.On && s.Least > 0
}

// times finds something once it happened often enough within a time (0: any), and
// begins to count anew.
func (l *Look) times(r Rule, k key, e ledger.Entry, within time.Duration) *Finding {
	least, on := l.rule(r)
	if !on {
		return nil
	}
	s := l.of(r, k)
	s.add(e)
	for within > 0 && e.At.Sub(s.times[0]) > within {
		s.seqs, s.times = s.seqs[1:], s.times[1:]
	}
	if len(s.seqs) < least {
		return nil
	}
	f := l.find(r, e, s.seqs)
	if least > 1 && r != Reopened { // they are of several tasks, or may be
		f.Task, f.Board = ledger.Subject{}, ledger.Subject{}
	}
	s.seqs, s.times = nil, nil
	return f
}

func (l *Look) of(r Rule, k key) *series {
	k.rule = r
	s := l.series[k]
	if s == nil {
		s = &series{}
		l.series[k] = s
	}
	return s
}

func (s *series) add(e ledger.Entry) {
	s.seqs, s.times, s.last = append(s.seqs, e.Seq), append(s.times, e.At), e.At
}

func (l *Look) find(r Rule, e ledger.Entry, seqs []int64) *Finding {
	f := &Finding{Rule: r, Seq: e.Seq, Count: len(seqs), At: e.At, Until: e.At, Who: e.Actor, Task: e.Task, Board: e.Board}
	f.Seqs = slices.Clone(seqs[:min(len(seqs), mostSeqs)])
	l.found = append(l.found, f)
	return f
}

func (f *Finding) more(e ledger.Entry) {
	f.Count++
	f.Until = e.At
	if len(f.Seqs) < mostSeqs {
		f.Seqs = append(f.Seqs, e.Seq)
	}
}

// approved is found by whose work it was: of who worked on the task last, as far as
// the log tells.
func (l *Look) approved(e ledger.Entry) {
	c := l.tasks[e.Task.ID]
	if c == nil || c.worker.ID == "" || c.worker.ID == e.Actor.ID {
		return
	}
	if f := l.times(SamePair, key{who: e.Actor.ID, whose: c.worker.ID}, e, month); f != nil {
		f.Whose = c.worker
	}
}

// deleted gathers deletions for as long as the pauses are short.
func (l *Look) deleted(e ledger.Entry) {
	least, on := l.rule(BulkDeletes)
	if !on {
		return
	}
	s := l.of(BulkDeletes, key{who: e.Actor.ID})
	if e.At.Sub(s.last) > pause {
		*s = series{}
	}
	l.gather(s, BulkDeletes, e, least)
}

// gather adds to a finding what follows; until there is enough for one, it waits.
func (l *Look) gather(s *series, r Rule, e ledger.Entry, least int) {
	s.last = e.At
	if s.finding != nil {
		s.finding.more(e)
		return
	}
	s.seqs = append(s.seqs, e.Seq)
	if len(s.seqs) < least {
		return
	}
	s.finding = l.find(r, e, s.seqs)
	s.seqs = nil
	if least > 1 {
		s.finding.Task, s.finding.Board = ledger.Subject{}, ledger.Subject{}
	}
}

// notWork are actions of who reads the log: looking is no act to be looked at.
var notWork = []string{"log.", "filter.", "attention.", "review."}

func (l *Look) oddHours(e ledger.Entry) {
	least, on := l.rule(OddHours)
	if !on || slices.ContainsFunc(notWork, func(p string) bool { return strings.HasPrefix(e.Action, p) }) {
		return
	}
	at := e.At.In(l.calendar.Zone)
	set := l.set[OddHours]
	if h := at.Hour(); h >= set.Opens && h < set.Closes && l.calendar.Works(at) {
		return
	}
	day := at.Year()*1000 + at.YearDay()
	l.gather(l.of(OddHours, key{who: e.Actor.ID, day: day}), OddHours, e, least)
}

// edits are what changes what a task says.
var edits = map[string]bool{
	"task.edited": true, "task.answered": true, "item.added": true, "item.edited": true, "item.ticked": true, "item.unticked": true, "item.removed": true,
	"file.added": true, "file.renamed": true, "file.removed": true, "file.purged": true, "comment.edited": true, "comment.deleted": true,
}

func (l *Look) lateEdit(e ledger.Entry) {
	least, on := l.rule(LateEdits)
	c := l.tasks[e.Task.ID]
	if !on || c == nil || c.ended.IsZero() || !edits[e.Action] || e.At.Sub(c.ended) < time.Duration(least)*time.Minute {
		return
	}
	s := l.of(LateEdits, key{who: e.Task.ID})
	if s.finding != nil {
		s.finding.more(e)
		return
	}
	s.finding = l.find(LateEdits, e, []int64{e.Seq})
	s.finding.Took = e.At.Sub(c.ended)
}

// follow notes how far a task is after an entry.
func (l *Look) follow(e ledger.Entry) {
	if e.Action == "task.purged" {
		delete(l.tasks, e.Task.ID)
		return
	}
	if e.Action == "approval.asked" {
		l.course(e).worker = e.Actor
	}
	for _, change := range e.Changes {
		if change.Field != "state" {
			continue
		}
		c := l.course(e)
		switch flow.State(change.To) {
		case flow.InProgress:
			if flow.State(change.From) != flow.InReview {
				c.started = e.At
			}
			c.worker = e.Actor
		case flow.InReview:
			c.worker = e.Actor
		case flow.Done:
			c.ended = e.At
			l.ended(e, c)
			continue
		default:
			c.started = time.Time{}
		}
		c.ended = time.Time{}
		delete(l.series, key{rule: LateEdits, who: e.Task.ID})
	}
}

func (l *Look) course(e ledger.Entry) *course {
	c := l.tasks[e.Task.ID]
	if c == nil {
		c = &course{}
		l.tasks[e.Task.ID] = c
	}
	return c
}

func (l *Look) ended(e ledger.Entry, c *course) {
	least, on := l.rule(QuickDone)
	if !on || c.started.IsZero() || e.At.Sub(c.started) > time.Duration(least)*time.Second {
		return
	}
	l.find(QuickDone, e, []int64{e.Seq}).Took = e.At.Sub(c.started)
}
