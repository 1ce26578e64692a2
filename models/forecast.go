package models

import (
	"context"
	"errors"
	"sync"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/models/rehearse"
	"relevo/models/report"
)

// Forecast is when a run is likely finished, from where it stands.
type Forecast struct {
	Half, Nine time.Time // in half and in nine of ten rounds it is finished by then
	Rounds     int
	InTime     float64       // the part of the rounds that keep the day on which the run has to be finished; of one without, 1
	Decisive   []string      // steps that decide in at least half of the rounds
	Bases      map[Basis]int // what the durations of the open steps are made of
	Reading    bool          // the log is not read to its end, so that history is left out
}

const (
	forecastRounds = 300
	forecastSeed   = 1
	// forecastPatience is how long a run's page waits for the log to be read.
	forecastPatience = 50 * time.Millisecond
	// forecastLasts is for how long a forecast stays as it is while nothing happens.
	forecastLasts = 5 * time.Minute
	mostForecasts = 500
)

// forecasts keeps those that were made, until something happens in their team.
type forecasts struct {
	mu   sync.Mutex
	kept map[string]keptForecast
}

type keptForecast struct {
	seq  int64
	made time.Time
	Forecast
}

func (f *forecasts) of(run string, seq int64, now time.Time) (Forecast, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, there := f.kept[run]
	return k.Forecast, there && k.seq == seq && !k.Reading && now.Sub(k.made) < forecastLasts && !now.Before(k.made)
}

func (f *forecasts) keep(run string, k keptForecast) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil || len(f.kept) >= mostForecasts {
		f.kept = map[string]keptForecast{}
	}
	f.kept[run] = k
}

// Forecast says when a run is likely finished: what is done is a fact, what is open goes
// on from now, as it went in earlier runs or else as it is estimated. It is nil for a run
// of which nothing is open, and for one that is paused or cancelled.
func (s *Store) Forecast(ctx context.Context, who Actor, run string) (is *Forecast, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, ofRun(run), access.SeeBoard)
		if err != nil {
			return err
		}
		var r Run
		if err := db.Take(&r, "id = ?", run).Error; err != nil {
			return orMissing(err)
		}
		if r.State != Running {
			return nil
		}
		now := s.now()
		if kept, there := s.forecasts.of(run, team.Seq, now); there {
			is = &kept
			return nil
		}
		f := forecaster{team: team, run: r, project: newProject(team.Team, now)}
		if err := f.read(ctx, db, s); err != nil || !f.open {
			return err
		}
		if is, err = f.make(); err != nil {
			return err
		}
		s.forecasts.keep(run, keptForecast{team.Seq, now, *is})
		return nil
	})
	return is, err
}

// forecaster makes the forecast of a run.
type forecaster struct {
	*project
	team    MyTeam
	run     Run
	course  course
	open    bool // something of it is
	owners  map[string][]Person
	past    map[string][]rehearse.Span
	said    map[string]map[string]int
	taken   map[string][2]int
	bases   map[Basis]int
	reading bool
}

func (f *forecaster) read(ctx context.Context, db *gorm.DB, s *Store) (err error) {
	if err := f.readRun(db, f.team.Team, f.run.ID); err != nil {
		return err
	}
	var mine []string
	for _, id := range f.order {
		if t := f.tasks[id]; t.RunID == f.run.ID && t.State.Open() {
			mine = append(mine, id)
		}
	}
	if f.open = len(mine) > 0; !f.open {
		return nil
	}
	if f.owners, err = ownersOf(db, mine); err != nil {
		return err
	}
	f.course.run = f.run
	if f.course.book, err = s.books.of(db, f.run.TemplateID, f.run.TemplateVersion); err != nil {
		return err
	}
	if err := f.course.read(db); err != nil {
		return err
	}
	err = s.recallWithin(ctx, db, forecastPatience, func(hs ...*report.History) {
		f.past = spansOf(f.work, report.PastOf(f.run.TemplateID, hs[0]))
	}, f.team)
	if still := (*StillReading)(nil); errors.As(err, &still) {
		f.reading, err = true, nil
	}
	if err == nil {
		f.said, f.taken, err = answersBefore(db, f.run.TemplateID)
	}
	return err
}

func (f *forecaster) make() (*Forecast, error) {
	f.bases = map[Basis]int{}
	o, err := rehearse.Run(f.net(), rehearse.OneEach, forecastRounds, forecastSeed)
	if err != nil {
		return nil, err
	}
	is := &Forecast{Half: o.By(50), Nine: o.By(90), Rounds: forecastRounds, InTime: 1, Bases: f.bases, Reading: f.reading}
	if end := f.endOf(f.run.Ends); !end.IsZero() {
		is.InTime = o.Share(end)
	}
	for _, s := range o.Steps {
		if s.Critical >= .5 {
			is.Decisive = append(is.Decisive, s.ID)
		}
	}
	return is, nil
}

// net is the run's tasks, and those that they wait for elsewhere.
func (f *forecaster) net() rehearse.Net {
	net := rehearse.Net{Work: f.work, From: f.now, Known: f.course.Known, Ended: f.course.Ended}
	wanted := map[string]Wanted{}
	for _, t := range f.course.tasks {
		wanted[t.Step] = t.Wanted
	}
	for _, q := range undecidedBy(f.course.book.Definition, f.course.book.Branching, f.course.Known, f.said) {
		net.Questions = append(net.Questions, q.Question)
	}
	at := map[string]int{}
	for _, id := range f.order {
		n := f.node(f.tasks[id], wanted)
		at[id] = len(net.Nodes)
		net.Nodes = append(net.Nodes, n)
	}
	for _, l := range f.links {
		n := &net.Nodes[at[l.After]]
		n.Needs = append(n.Needs, rehearse.Need{ID: net.Nodes[at[l.Before]].ID, Lag: l.Lag})
	}
	return net
}

// node is a task as the rounds take it. It is called after its step, or after itself if
// it is no step of the run.
func (f *forecaster) node(t Task, wanted map[string]Wanted) rehearse.Node {
	n := rehearse.Node{ID: "task " + t.ID, Any: t.Join == flow.Any}
	ours := t.RunID == f.run.ID
	if ours {
		n.ID = t.Step
	}
	if !t.State.Open() {
		if n.Done = orZero(t.DoneAt); n.Done.IsZero() {
			n.Done = f.now
		}
		return n
	}
	var past []rehearse.Span
	if ours {
		past = f.past[t.Step]
	}
	minutes, basis := takes(t.Estimate, past)
	n.Takes = minutes
	if ours {
		f.bases[basis.By]++
	}
	if begun(t) {
		n.Begun, n.Takes = true, rehearse.Begun(n.Takes, f.lasted(t))
	}
	n.Earliest, n.By, n.Waits = orZero(t.NotBefore), f.endOf(t.Due), true
	if !ours {
		return n
	}
	if owners := f.owners[t.ID]; len(owners) > 0 {
		n.Hands = []string{owners[0].ID}
	}
	step, _ := f.course.book.Step(t.Step)
	if t.State != flow.Waiting {
		return n
	}
	if step.Due.From == playbook.Needed {
		n.Due, n.Waits = step.Due, false // it moves with what comes before
	}
	switch wanted[t.Step] {
	case WantedDropped:
		n.Dropped = true
	case WantedAnyway:
	default:
		n.When, n.Asks = f.course.book.When(t.Step)
		n.Chance = chanceOf(f.taken[t.Step])
	}
	return n
}

// lasted is how many minutes of work a task has been worked on already; one in review
// has had all of its estimate.
func (f *forecaster) lasted(t Task) float64 {
	if t.State == flow.InReview {
		estimate := t.Estimate
		if estimate == 0 {
			estimate = AssumedEstimate
		}
		return float64(estimate + f.work.Between(orZero(t.ReviewAt), f.now))
	}
	return float64(f.work.Between(f.moved[t.MovedSeq], f.now))
}
