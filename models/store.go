// Package models holds the entities and the verbs that read and change them.
package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/feed"
	"relevo/models/ledger"
)

// Store is the only way to the data. Its verbs are methods, a file per capability.
type Store struct {
	parts     Parts
	shapes    shapes
	books     books
	histories histories
	looks     looks
	forecasts forecasts
	seen      looksAt
	tries     limiter       // of passwords and sign-ups
	nobodys   func() string // the hash of a password that nobody has
	pictures  chan struct{} // full while one is made small
	checks    chan struct{} // full while a log is gone through from end to end
	keeping   sync.Mutex    // of files, one at a time
	claimed   atomic.Bool   // there is an account: known for good once seen
}

// Parts is what a Store is made of.
type Parts struct {
	Write *gorm.DB // transactions that write; on SQLite a pool of one connection
	Read  *gorm.DB // everything else
	Feed  *feed.Feed
	// Enqueue inserts work into the transaction tx, to be done at a time (zero:
	// at once) when tx has committed.
	Enqueue func(ctx context.Context, tx *gorm.DB, job Job, at time.Time) error
	// Announce tells other instances of the news when tx commits; nil if there
	// are none.
	Announce func(ctx context.Context, tx *gorm.DB, news []feed.News) error
	Notary   *ledger.Notary   // signs heads of the logs; nil: nobody does
	Now      func() time.Time // nil: time.Now
	// Relieve puts away what writing much has left in the database's journal, while
	// others write, so that nobody's write has to; nil: there is nothing to do.
	Relieve func(ctx context.Context) error

	MaxFile      int64 // bytes of one file; 0: UsualFile
	MaxTeamFiles int64 // bytes of all files of a team; 0: UsualQuota

	Hashing *argon2id.Params // what it costs to hash a password; nil: UsualHashing

	Patience time.Duration // for how long a report reads a long log before it says how far it is; 0: UsualPatience
}

// Job is work that is done after a commit; Kind names who does it.
type Job = interface{ Kind() string }

// New makes a Store of its parts. From then on the databases of parts refuse
// every write that does not come through it.
func New(p Parts) (*Store, error) {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Feed == nil {
		p.Feed = feed.New()
	}
	if p.MaxFile == 0 {
		p.MaxFile = UsualFile
	}
	if p.MaxTeamFiles == 0 {
		p.MaxTeamFiles = UsualQuota
	}
	if p.Patience == 0 {
		p.Patience = UsualPatience
	}
	if p.Hashing == nil {
		p.Hashing = UsualHashing
	}
	s := &Store{parts: p, pictures: make(chan struct{}, 1), checks: make(chan struct{}, 1),
		nobodys: sync.OnceValue(func() string { return hashOfNobody(p.Hashing) })}
	return s, errors.Join(guardWrites(p.Write), guardWrites(p.Read))
}

// Actor is who asks, as the edge found out.
type Actor struct {
	Kind    ledger.ActorKind // empty counts as Person
	ID      string           // a user's ID; empty if nobody is signed in
	Name    string
	Admin   bool
	Lang    string
	Zone    string // IANA
	Request string // ID of the request
	Address string // network address it came from

	NoShortcuts bool // of their keyboard
}

// trusted reports whether it is the server itself that acts, by time or by what lies
// beside it; requests are always a person's.
func (who Actor) trusted() bool {
	return who.Kind == ledger.Automation || who.Kind == ledger.System
}

// automation is the actor of what happens by time alone.
var automation = Actor{Kind: ledger.Automation}

// NewID returns a UUIDv7: unique anywhere and sorted by time.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// subject is what a change or a read is about: where to find its team. What is
// not there is Missing.
type subject struct {
	from string // the tables in which it is
	team string // the column that names its team
	is   string // what picks it, by its ID
	id   string
}

func inTeam(id string) subject { return subject{"teams s", "s.id", "s.id = ?", id} }

func ofBoard(id string) subject { return subject{"boards s", "s.team_id", "s.id = ?", id} }

func ofColumn(id string) subject {
	return subject{"columns s JOIN boards o ON o.id = s.board_id", "o.team_id", "s.id = ?", id}
}

func ofTask(id string) subject {
	return subject{"tasks s", "s.team_id", "s.id = ? AND s.deleted_at IS NULL", id}
}

func ofDeletedTask(id string) subject { return subject{"tasks s", "s.team_id", "s.id = ?", id} }

// change is the one door for writes. It runs fn in a transaction that holds the
// log row of the subject's team, so that the team's writes are in one order;
// numbers and stores the entries fn recorded; and tells open pages after commit.
// To a stranger the subject is Missing; a role too weak for act is Forbidden.
func (s *Store) change(ctx context.Context, who Actor, of subject, act access.Action, fn func(*Tx) error) error {
	return s.transact(ctx, who, func(tx *Tx) error {
		if err := tx.open(of); err != nil {
			return err
		}
		if !who.trusted() && !access.Can(tx.Role, act) {
			return fault.New(fault.Forbidden, fault.NotAllowed)
		}
		return fn(tx)
	})
}

// changeServer is the same door for what belongs to no team: accounts and
// settings. Who may do it is for fn to check.
func (s *Store) changeServer(ctx context.Context, who Actor, fn func(*Tx) error) error {
	return s.transact(ctx, who, func(tx *Tx) error {
		if err := tx.lock(ledger.ServerLog); err != nil {
			return err
		}
		return fn(tx)
	})
}

// changeNewTeam is the same door for a team that fn is about to create.
func (s *Store) changeNewTeam(ctx context.Context, who Actor, team Team, fn func(*Tx) error) error {
	return s.transact(ctx, who, func(tx *Tx) error {
		tx.Team, tx.Role, tx.log, tx.now = team, access.Owner, team.ID, s.now()
		if err := tx.rows().Exec("INSERT INTO logs (id, seq) VALUES (?, 0)", team.ID).Error; err != nil {
			return fmt.Errorf("begin log: %w", err)
		}
		return fn(tx)
	})
}

func (s *Store) transact(ctx context.Context, who Actor, fn func(*Tx) error) error {
	tx := &Tx{ctx: ctx, actor: who, parts: s.parts, shapes: &s.shapes, books: &s.books, boards: map[string]bool{}, told: map[string]bool{}, latest: map[string]int64{}}
	err := s.parts.Write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		tx.db = db
		if err := fn(tx); err != nil {
			return err
		}
		for _, each := range append(tx.others, tx) {
			if err := each.tellAll(); err != nil {
				return err
			}
			if err := each.seal(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, each := range append(tx.others, tx) {
		for _, n := range each.news() {
			s.parts.Feed.Publish(n)
		}
	}
	return nil
}

// unlogged is for what is a person's own state and no business of the log: what
// they have read, when their session was last seen.
func (s *Store) unlogged(ctx context.Context, fn func(db *gorm.DB) error) error {
	return s.parts.Write.WithContext(ctx).Set(marked, true).Transaction(fn)
}

func (s *Store) now() time.Time { return s.parts.now() }

func (p Parts) now() time.Time { return p.Now().UTC().Truncate(time.Microsecond) }

// snapshot runs fn so that all its reads see one moment, without a write lock.
func (s *Store) snapshot(ctx context.Context, fn func(db *gorm.DB) error) error {
	return s.parts.Read.WithContext(ctx).Transaction(fn, &sql.TxOptions{ReadOnly: true, Isolation: s.isolation()})
}

func (s *Store) isolation() sql.IsolationLevel {
	if s.parts.Read.Name() == "postgres" {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // SQLite: a read transaction is a snapshot
}

func orMissing(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Missing, fault.NotFound)
	}
	return err
}
