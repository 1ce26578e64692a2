package report

import (
	"cmp"
	"slices"
	"time"
)

// Nobody stands for the owner of tasks that have none.
const Nobody = "-"

// Ahead is when open work is due.
type Ahead string

// The times ahead, by days and weeks of the period's zone, from its last day.
const (
	AheadLate     Ahead = "late"
	AheadThisWeek Ahead = "this"  // until Sunday
	AheadNextWeek Ahead = "next"  // the week after
	AheadLater    Ahead = "later" // after that
	AheadUndated  Ahead = "undated"
)

// Aheads lists them.
var Aheads = []Ahead{AheadLate, AheadThisWeek, AheadNextWeek, AheadLater, AheadUndated}

// Load is the work of one person: what is on them at the end of the period, and what
// they finished in it. A task of several counts for each of them.
type Load struct {
	Person      string // an ID; Nobody
	Done        int
	Doing       int // in progress or in review
	Ready       int
	Waiting     int
	Ahead       map[Ahead]int // open, by when they are due
	Work        time.Duration // estimated, of what is open
	Unestimated int           // open tasks without an estimate
}

// Open is how many tasks are open.
func (l Load) Open() int { return l.Doing + l.Ready + l.Waiting }

// Loads is the work of each who has any, those with the most open first.
func (f Flow) Loads() []Load {
	by := map[string]*Load{}
	each := func(who []string, fn func(*Load)) {
		if len(who) == 0 {
			who = []string{Nobody}
		}
		for _, id := range who {
			if by[id] == nil {
				by[id] = &Load{Person: id, Ahead: map[Ahead]int{}}
			}
			fn(by[id])
		}
	}
	for _, x := range f.Finished {
		each(x.Who, func(l *Load) { l.Done++ })
	}
	for _, o := range f.Open {
		each(o.Who, func(l *Load) {
			switch {
			case o.Doing:
				l.Doing++
			case o.Waits:
				l.Waiting++
			default:
				l.Ready++
			}
			l.Ahead[f.AheadOf(o)]++
			l.Work += time.Duration(o.Work) * time.Minute
			if o.Work == 0 {
				l.Unestimated++
			}
		})
	}
	all := make([]Load, 0, len(by))
	for _, l := range by {
		all = append(all, *l)
	}
	slices.SortFunc(all, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Open(), a.Open()), cmp.Compare(b.Done, a.Done), cmp.Compare(a.Person, b.Person))
	})
	return all
}

// AheadOf is when an open task is due.
func (f Flow) AheadOf(o Open) Ahead {
	due, err := time.Parse(time.DateOnly, o.Due)
	if err != nil {
		return AheadUndated
	}
	today := f.date(f.End.Add(-2 * time.Microsecond))
	monday := today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7)
	switch {
	case due.Before(today):
		return AheadLate
	case due.Before(monday):
		return AheadThisWeek
	case due.Before(monday.AddDate(0, 0, 7)):
		return AheadNextWeek
	}
	return AheadLater
}
