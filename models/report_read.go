package models

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/playbook"
	"relevo/models/report"
)

// ReportView is a report over some of a team's work, as the team's log tells it.
type ReportView struct {
	Team  MyTeam
	Board Board // of a board's; zero

	Template Template        // of a template's; zero
	Runs     *report.Runs    // of that
	Steps    []playbook.Step // its steps in order; those that only older versions have come last

	Holders []report.Holder // of a team's or a person's: what holds up most others, the first MostHolders
	Loads   []report.Load   // of a team's, for who may see it
	Who     Person          // whose report it is; zero: everybody's
	Names   map[string]string
	Mine    bool // it is of somebody's own work, in all their teams

	Seq   int64 // the last entry that was read
	Flow  report.Flow
	Pick  report.Pick
	Lines []report.Line // the tasks that are picked
}

// BoardReport reports on a board, for a period that an address asks for, in the
// team's time zone. Where that cannot be understood, it returns the Invalid faults of
// from and to together with the report for the usual period.
func (s *Store) BoardReport(ctx context.Context, who Actor, board string, asked url.Values) (v ReportView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		if v.Board, v.Team, err = seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		var p report.Period
		if p, wrong = report.ReadPeriod(asked, s.now().In(Zone(v.Team.Zone))); wrong != nil {
			asked = nil
		}
		of := report.Scope{Board: board}
		return s.recall(ctx, db, func(hs ...*report.History) { v.fill(of, p, asked, hs...) }, v.Team)
	})
	return v, cmp.Or(err, wrong)
}

// TemplateReport is BoardReport over the runs of a template.
func (s *Store) TemplateReport(ctx context.Context, who Actor, template string, asked url.Values) (v ReportView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeBoard); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		var p report.Period
		if p, wrong = report.ReadPeriod(asked, s.now().In(Zone(v.Team.Zone))); wrong != nil {
			asked = nil
		}
		of := report.Scope{Template: template}
		err = s.recall(ctx, db, func(hs ...*report.History) {
			v.fill(of, p, asked, hs...)
			runs := report.RunsOf(template, p, hs[0])
			v.Runs = &runs
		}, v.Team)
		if err != nil {
			return err
		}
		return v.nameSteps(db, s)
	})
	return v, cmp.Or(err, wrong)
}

// nameSteps puts the steps into the order of the newest version.
func (v *ReportView) nameSteps(db *gorm.DB, s *Store) error {
	if v.Template.Published > 0 {
		b, err := s.books.of(db, v.Template.ID, v.Template.Published)
		if err != nil {
			return err
		}
		v.Steps = slices.Clone(b.Steps)
	}
	for _, step := range v.Runs.Steps {
		if !slices.ContainsFunc(v.Steps, func(known playbook.Step) bool { return known.ID == step.Step }) {
			v.Steps = append(v.Steps, playbook.Step{ID: step.Step, Title: step.Step})
		}
	}
	return nil
}

// MostHolders is how many of the tasks that hold others up are listed.
const MostHolders = 20

// TeamReport is BoardReport over all of a team's work, or over that of one person
// (who=ID; who=- is what nobody owns), whom only those may ask for who may see
// reports of people, and everybody for themselves.
func (s *Store) TeamReport(ctx context.Context, who Actor, team string, asked url.Values) (v ReportView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		if v.Team, err = seeTeam(db, who, team, access.SeeTeam); err != nil {
			return err
		}
		of := report.Scope{Person: asked.Get("who")}
		people := access.Can(v.Team.Role, access.SeePeople)
		if of.Person != "" && of.Person != who.ID && !people {
			return fault.New(fault.Forbidden, fault.NotAllowed)
		}
		if err := v.namePeople(db, of.Person); err != nil {
			return err
		}
		var p report.Period
		if p, wrong = report.ReadPeriod(asked, s.now().In(Zone(v.Team.Zone))); wrong != nil {
			asked = nil
		}
		return s.recall(ctx, db, func(hs ...*report.History) {
			v.fill(of, p, asked, hs...)
			v.hold(of, p, hs...)
			if people {
				v.Loads = v.Flow.Loads()
			}
		}, v.Team)
	})
	return v, cmp.Or(err, wrong)
}

// namePeople names the team's people and those who have left, and the one whose
// report it is; Missing if there is none such.
func (v *ReportView) namePeople(db *gorm.DB, who string) error {
	people, err := logPeople(db, v.Team.ID)
	if err != nil {
		return err
	}
	v.Names = map[string]string{}
	for _, p := range people {
		v.Names[p.ID] = p.Name
		if p.ID == who {
			v.Who = p
		}
	}
	if who == report.Nobody {
		v.Who.ID = who
	}
	if v.Who.ID != who {
		return fault.New(fault.Missing, fault.NotFound)
	}
	return nil
}

func (v *ReportView) hold(of report.Scope, p report.Period, hs ...*report.History) {
	all := report.HoldersOf(of, p, hs...)
	v.Holders = all[:min(len(all), MostHolders)]
}

// MyReport is BoardReport over what the actor owns, in all their teams, by the days of
// their own time zone.
func (s *Store) MyReport(ctx context.Context, who Actor, asked url.Values) (v ReportView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		var teams []MyTeam
		err = db.Raw(`SELECT t.*, m.role, l.seq FROM memberships m JOIN teams t ON t.id = m.team_id JOIN logs l ON l.id = t.id
			WHERE m.user_id = ? ORDER BY t.id`, who.ID).Scan(&teams).Error
		if err != nil {
			return fmt.Errorf("teams to report on: %w", err)
		}
		v.Mine, v.Who = true, Person{ID: who.ID, Name: who.Name}
		var p report.Period
		if p, wrong = report.ReadPeriod(asked, s.now().In(Zone(who.Zone))); wrong != nil {
			asked = nil
		}
		of := report.Scope{Person: who.ID}
		return s.recall(ctx, db, func(hs ...*report.History) {
			v.fill(of, p, asked, hs...)
			v.hold(of, p, hs...)
			v.Loads = loadOf(v.Flow.Loads(), who.ID)
		}, teams...)
	})
	return v, cmp.Or(err, wrong)
}

// loadOf is what is on one person.
func loadOf(all []report.Load, who string) []report.Load {
	return slices.DeleteFunc(all, func(l report.Load) bool { return l.Person != who })
}

// fill computes the report, and finds what it picks.
func (v *ReportView) fill(of report.Scope, p report.Period, asked url.Values, hs ...*report.History) {
	v.Flow = report.FlowOf(of, p, hs...)
	for _, h := range hs {
		v.Seq = max(v.Seq, h.Seq())
	}
	v.Pick = report.Pick{What: asked.Get("of"), At: asked.Get("at")}
	v.Lines = report.Lines(v.Flow, of, v.Pick, hs...)
}

// UsualPatience is how long a report reads before it says how far it is.
const UsualPatience = 2 * time.Second

// StillReading is the error of a report whose log is long and not read to its end yet.
// What was read is kept: whoever asks again gets further.
type StillReading struct{ Read, All int64 } // entries

func (s *StillReading) Error() string {
	return fmt.Sprintf("report: %d of %d entries are read", s.Read, s.All)
}

// histories keeps what the logs of teams tell, so that a report reads only what was
// written since the last one. Entries are final and come in order, so what was read
// once stays right for good.
type histories struct {
	mu   sync.Mutex
	kept map[string]*remembered
}

// remembered is the history of one team. Entries are added by one at a time, while
// nobody computes.
type remembered struct {
	sync.RWMutex
	history *report.History
	used    time.Time
	tasks   int // as it was last used; histories.mu holds it and used
}

// mostRemembered bounds the tasks of all histories that are kept: some 300 MB.
const mostRemembered = 500_000

// of is the history of a team, which may be behind. Those used longest ago are let go
// where too much is kept.
func (h *histories) of(team string, now time.Time) *remembered {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept == nil {
		h.kept = map[string]*remembered{}
	}
	r := h.kept[team]
	if r == nil {
		r = &remembered{history: report.NewHistory()}
		h.kept[team] = r
	}
	r.used = now
	for h.size() > mostRemembered && len(h.kept) > 1 {
		oldest := ""
		for id, k := range h.kept {
			if id != team && (oldest == "" || k.used.Before(h.kept[oldest].used)) {
				oldest = id
			}
		}
		delete(h.kept, oldest)
	}
	return r
}

func (h *histories) size() (n int) {
	for _, r := range h.kept {
		n += r.tasks
	}
	return n
}

// recall brings the histories of teams up to what the snapshot db holds, and lets use
// compute with them.
func (s *Store) recall(ctx context.Context, db *gorm.DB, use func(...*report.History), teams ...MyTeam) error {
	return s.recallWithin(ctx, db, s.parts.Patience, use, teams...)
}

// recallWithin is recall that reads for so long before it says how far it is.
func (s *Store) recallWithin(ctx context.Context, db *gorm.DB, patience time.Duration, use func(...*report.History), teams ...MyTeam) error {
	// In one order, so that two who recall several never wait for each other.
	slices.SortFunc(teams, func(a, b MyTeam) int { return cmp.Compare(a.ID, b.ID) })
	until := time.Now().Add(patience)
	var hs []*report.History
	for _, team := range teams {
		r := s.histories.of(team.ID, s.now())
		if err := r.catchUp(ctx, db, team, until); err != nil {
			return err
		}
		r.RLock()
		defer r.RUnlock()
		hs = append(hs, r.history)
		s.histories.mu.Lock()
		r.tasks = r.history.Tasks()
		s.histories.mu.Unlock()
	}
	use(hs...)
	return nil
}

// recallChunk is how many entries are read at a time.
const recallChunk = 5000

// catchUp adds the entries up to the team's last, or as many as it can until a moment
// and at least one chunk; then it returns StillReading. What it has read before an
// error stays: the next one goes on from there.
func (r *remembered) catchUp(ctx context.Context, db *gorm.DB, team MyTeam, moment time.Time) error {
	r.RLock()
	seq := r.history.Seq()
	r.RUnlock()
	if seq >= team.Seq {
		return nil
	}
	r.Lock()
	defer r.Unlock()
	for seq := r.history.Seq(); seq < team.Seq; seq = r.history.Seq() {
		if err := ctx.Err(); err != nil {
			return err
		}
		until := min(seq+recallChunk, team.Seq)
		if err := r.read(db, team.ID, seq, until); err != nil {
			return fmt.Errorf("read entries to report: %w", err)
		}
		r.history.Skip(until)
		if until < team.Seq && time.Now().After(moment) {
			return &StillReading{until, team.Seq}
		}
	}
	return nil
}

func (r *remembered) read(db *gorm.DB, log string, after, until int64) error {
	rows, err := db.Raw(`SELECT data FROM entries WHERE log_id = ? AND seq > ? AND seq <= ?
		AND (action LIKE 'task.%' OR action LIKE 'run.%' OR action LIKE 'dependency.%' OR action LIKE 'approval.%') ORDER BY seq`, log, after, until).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return err
		}
		e, err := ledger.Parse(data)
		if err != nil {
			return err
		}
		if err := r.history.Add(e); err != nil {
			return err
		}
	}
	return rows.Err()
}
