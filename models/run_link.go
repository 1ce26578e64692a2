package models

import (
	"context"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// RunLink shows the diagram of one run to whoever holds it, and nothing else. It lasts
// no longer than its maker is in the team.
type RunLink struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	RunID     string
	Hash      []byte
	Place     string // where it is shown, as its maker wrote it
	Names     bool   // of people are shown
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt *time.Time // nil: never
	RevokedAt *time.Time
}

// MaxRunLinks is how many links of a run may be open at once.
const MaxRunLinks = 10

// MostShownDays is the longest that a link to a diagram may be made to last, if it is
// not to last for ever.
const MostShownDays = 3650

// RunLinkInput is what a person says of a link.
type RunLinkInput struct {
	Place string
	Days  int // 0: it does not expire
	Names bool
}

func (in *RunLinkInput) check() error {
	in.Place = tidy(in.Place)
	var faults []*fault.Fault
	switch {
	case in.Place == "":
		faults = append(faults, fault.On("place", fault.Needed))
	case utf8.RuneCountInString(in.Place) > mostLabel:
		faults = append(faults, fault.On("place", fault.TooLong, mostLabel))
	}
	if in.Days < 0 || in.Days > MostShownDays {
		faults = append(faults, fault.On("days", fault.OutOfRange, LeastDays, MostShownDays))
	}
	return fault.All(faults...)
}

func (l RunLink) subject() ledger.Subject {
	return ledger.Subject{Kind: "share", ID: l.ID, Name: l.Place}
}

func (tx *Tx) runLinkNote(action Action, l RunLink, r Run, changes ...ledger.Change) note {
	return note{action: action, subject: l.subject(), board: ledger.Subject{Kind: "board", ID: r.BoardID, Name: tx.boardName(r.BoardID)}, changes: changes}
}

// MakeRunLink makes a link to a run's diagram and returns its token, which nobody can
// learn again afterwards. It returns TooManyRunLinks, or RunOver for a run that was
// cancelled.
func (s *Store) MakeRunLink(ctx context.Context, who Actor, run string, in RunLinkInput) (token string, l RunLink, err error) {
	err = s.changeRun(ctx, who, run, func(tx *Tx, r Run) error {
		if err := in.check(); err != nil {
			return err
		}
		var open int
		if err := tx.db.Raw("SELECT COUNT(*) FROM run_links l WHERE l.run_id = ? AND "+openRunLink, run, tx.now).Row().Scan(&open); err != nil {
			return err
		}
		if open >= MaxRunLinks {
			return fault.New(fault.Conflict, fault.TooManyRunLinks, MaxRunLinks)
		}
		token = newToken()
		l = RunLink{ID: NewID(), TeamID: tx.Team.ID, RunID: run, Hash: hashToken(token), Place: in.Place, Names: in.Names, CreatedBy: who.ID, CreatedAt: tx.now}
		if in.Days > 0 {
			until := tx.now.AddDate(0, 0, in.Days)
			l.ExpiresAt = &until
		}
		return tx.create(&l, tx.runLinkNote(RunLinkMade, l, r, l.changes(r)...))
	})
	return token, l, err
}

// changes are what the log says of a link to a run that was made.
func (l RunLink) changes(r Run) []ledger.Change {
	names := ""
	if l.Names {
		names = "yes"
	}
	of := ledger.Change{Field: "run", To: r.ID, ToText: r.Name}
	return append([]ledger.Change{of}, changed("place", "", l.Place, "names", "", names, "expires", "", moment(l.ExpiresAt))...)
}

// openRunLink picks the links l that work at a moment.
const openRunLink = "l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > ?)"

// RevokeRunLink makes a link useless, whatever has become of its run.
func (s *Store) RevokeRunLink(ctx context.Context, who Actor, run, id string) error {
	return s.change(ctx, who, ofRun(run), access.StartRun, func(tx *Tx) error {
		r, err := tx.run(run)
		if err != nil {
			return err
		}
		var l RunLink
		if err := tx.db.Take(&l, "id = ? AND run_id = ?", id, run).Error; err != nil {
			return orMissing(err)
		}
		if l.RevokedAt != nil {
			return nil
		}
		n := tx.runLinkNote(RunLinkRevoked, l, r, ledger.Change{Field: "revoked_at", To: moment(&tx.now)})
		return tx.update(&RunLink{ID: l.ID}, map[string]any{"revoked_at": tx.now}, n)
	})
}

// RunLinksView is the open links of a run.
type RunLinksView struct {
	Team  MyTeam
	Run   Run
	Links []RunLinkView
}

// RunLinkView is a link with the name of who made it.
type RunLinkView struct {
	RunLink
	Maker string
}

// RunLinks lists the open links of a run.
func (s *Store) RunLinks(ctx context.Context, who Actor, run string) (v RunLinksView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofRun(run), access.StartRun); err != nil {
			return err
		}
		if err := db.Take(&v.Run, "id = ?", run).Error; err != nil {
			return orMissing(err)
		}
		return db.Raw(`SELECT l.*, COALESCE(u.name, '') AS maker FROM run_links l LEFT JOIN users u ON u.id = l.created_by
			WHERE l.run_id = ? AND `+openRunLink+` ORDER BY l.id`, run, s.now()).Scan(&v.Links).Error
	})
	return v, err
}

// ShownRun reads the diagram behind a link: the run's own steps and no others, without
// what people wrote of them, and without people unless the link shows them. It returns
// LinkVoid, whatever is wrong with the link, or TooManyTries.
func (s *Store) ShownRun(ctx context.Context, who Actor, token string) (v RunView, c FlowChart, err error) {
	if err := s.mayKnock(who, token); err != nil {
		return v, c, err
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		l, team, err := openShown(db, token, s.now())
		if err != nil {
			return err
		}
		v.Team = MyTeam{Team: team}
		if err := db.Take(&v.Run, "id = ?", l.RunID).Error; err != nil {
			return orMissing(err)
		}
		if err := v.read(db, s); err != nil {
			return err
		}
		v.conceal(l.Names)
		c = v.chart(s.now())
		return nil
	})
	return v, c, err
}

// openShown finds the link of a token with its team. Unknown, expired and revoked are the
// same, as is one whose run was undone, or whose maker has left.
func openShown(db *gorm.DB, token string, now time.Time) (l RunLink, team Team, err error) {
	if len(token) != tokenLength {
		return l, team, voidLink()
	}
	err = db.Raw(`SELECT l.* FROM run_links l JOIN runs r ON r.id = l.run_id AND r.state <> 'withdrawn'
		JOIN memberships m ON m.team_id = l.team_id AND m.user_id = l.created_by
		WHERE l.hash = ? AND `+openRunLink, hashToken(token), now).Scan(&l).Error
	if err != nil {
		return l, team, err
	}
	if l.ID == "" {
		return l, team, voidLink()
	}
	return l, team, db.Take(&team, "id = ?", l.TeamID).Error
}

// conceal leaves of a run what its diagram shows to those outside.
func (v *RunView) conceal(names bool) {
	inside := map[string]bool{}
	for i := range v.Steps {
		s := &v.Steps[i]
		inside[s.Task.ID] = true
		s.Task.BlockedReason = ""
		s.Key = ""
		if !names {
			s.Owners = nil
		}
	}
	var deps []Dependency
	for _, d := range v.deps {
		if inside[d.PrerequisiteID] && inside[d.DependentID] {
			deps = append(deps, d)
		}
	}
	v.deps = deps
}
