package models

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
	"relevo/models/plan"
)

// TimelineWindow is how many tasks a timeline shows at a time.
const TimelineWindow = 200

// TimelineView is a board's tasks as they can be done one after the other.
type TimelineView struct {
	BoardView // its lanes have no cards
	Reach     Reach
	Work      plan.Work
	Rows      []TimelineRow  // a page of the tasks that are in reach, by when they begin
	Links     []TimelineLink // between rows
	All       int            // tasks in reach
	Before    int            // tasks that pass and are over before it
	After     int            // tasks that pass and begin after it
	Finish    time.Time      // when all that passes and is not done is done; zero if all is
}

// TimelineRow is one task of a timeline.
type TimelineRow struct {
	Card
	plan.Bar
	Proposed bool     // it has no date: it is planned as soon as what it waits for allows
	Assumed  bool     // it has no estimate
	Begun    bool     // it is in progress or in review: only its end can move
	After    []string // keys of what it waits for
	Any      bool     // one of them is enough
	Base     plan.Bar // of a run: as it was planned when that was started; zero: it was not
	Behind   int      // minutes of work by which it is later than that
}

// TimelineLink says that the row From comes before the row To.
type TimelineLink struct {
	From, To  int
	Satisfied bool // it holds nobody up any more
	Critical  bool // both ends are on the critical path
}

// Timeline reads a part of a board's timeline: the tasks that pass a filter, planned
// with all of the board and with what those wait for elsewhere. What is done stands
// where it was done. A task with a date is planned to be done on it, or as soon after
// as what it waits for allows; one without, as soon as that does.
func (s *Store) Timeline(ctx context.Context, who Actor, board string, reach Reach, f BoardFilter) (v TimelineView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		by, err := s.lookAt(db, who, board, f, &v.BoardView)
		if err != nil {
			return err
		}
		p := newProject(v.Team, s.now())
		if err := p.readBoard(db, v.Team, board); err != nil {
			return err
		}
		schedule, err := p.make(nil)
		if err != nil {
			return err
		}
		var passing []string
		if err := by.of(db.Model(&Task{}).Where(onIt, board)).Pluck("tasks.id", &passing).Error; err != nil {
			return err
		}
		v.Reach, v.Work = reach, p.work
		v.place(p, schedule, passing)
		v.link(p, schedule)
		return v.nameOwners(db)
	})
	return v, err
}

// place puts the tasks in reach into rows.
func (v *TimelineView) place(p *project, s *plan.Schedule, passing []string) {
	passes := make(map[string]bool, len(passing))
	for _, id := range passing {
		passes[id] = true
	}
	zone := p.work.Zone()
	first, end := inZone(v.Reach.First, zone), inZone(v.Reach.End(), zone)
	var seen []string
	for _, id := range s.Order {
		bar, t := s.Bars[id], p.tasks[id]
		switch {
		case !passes[id] || t.State == flow.Cancelled:
			continue
		case bar.Finish.Before(first):
			v.Before++
		case !bar.Start.Before(end):
			v.After++
		default:
			seen = append(seen, id)
		}
		if t.State.Open() && bar.Finish.After(v.Finish) {
			v.Finish = bar.Finish
		}
	}
	slices.SortStableFunc(seen, func(a, b string) int {
		return cmp.Or(s.Bars[a].Start.Compare(s.Bars[b].Start), s.Bars[a].Finish.Compare(s.Bars[b].Finish))
	})
	v.All = len(seen)
	from := min(len(seen), TimelineWindow*(v.Reach.Page-1))
	for _, id := range seen[from:min(len(seen), from+TimelineWindow)] {
		t := p.tasks[id]
		v.Rows = append(v.Rows, TimelineRow{Card: Card{Task: t, Key: Key(p.keys[t.BoardID], t.Number)}, Bar: s.Bars[id], Any: t.Join == flow.Any,
			Proposed: t.Due == "" && t.State.Open(), Assumed: t.Estimate == 0, Begun: begun(t)})
	}
}

// link joins the rows, and names what each waits for wherever that is.
func (v *TimelineView) link(p *project, s *plan.Schedule) {
	at := make(map[string]int, len(v.Rows))
	for i, r := range v.Rows {
		at[r.ID] = i
	}
	for _, l := range p.links {
		to, there := at[l.After]
		if !there {
			continue
		}
		before := p.tasks[l.Before]
		v.Rows[to].After = append(v.Rows[to].After, Key(p.keys[before.BoardID], before.Number))
		if from, too := at[l.Before]; too {
			v.Links = append(v.Links, TimelineLink{From: from, To: to, Satisfied: !before.State.Open() || !v.Rows[to].State.Open(),
				Critical: s.Bars[l.Before].Critical && s.Bars[l.After].Critical})
		}
	}
}

func (v *TimelineView) nameOwners(db *gorm.DB) error {
	ids := make([]string, len(v.Rows))
	for i, r := range v.Rows {
		ids[i] = r.ID
	}
	owners, err := ownersOf(db, ids)
	for i := range v.Rows {
		v.Rows[i].Owners = owners[v.Rows[i].ID]
	}
	return err
}

// inZone is midnight in a zone of a day at midnight UTC.
func inZone(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}
