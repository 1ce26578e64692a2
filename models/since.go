package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
	"relevo/models/past"
)

// MostSince is how many entries what has changed is told of, the newest.
const MostSince = 5000

// Ways to say since when, besides a time.
const (
	SinceLook      = "look" // since one last looked at the board
	SinceMonday    = "monday"
	SinceYesterday = "yesterday"
	SinceEntry     = "entry-" // and the number of an entry: since after that
)

// SinceView is what has changed on a board, or in a run on it, since a moment.
type SinceView struct {
	Team   MyTeam
	Board  Board
	Run    Run       // of a run; zero
	Asked  string    // one of the ways, or a time
	Since  time.Time // in the actor's zone
	Never  bool      // one asked since one last looked, and has not looked before
	From   int64     // the last entry before
	Tasks  []*past.Story
	Itself *past.Story // of the board or the run; nil: nothing
	Lines  []LogLine   // of that, the newest first
	More   bool        // there is more than MostSince
	Gone   Gone        // tasks that have no page any more
}

// BoardSince tells what has changed on a board since a time, or one of the ways to say
// it. It returns the Invalid fault of a time that cannot be understood together with
// what has changed since Monday.
func (s *Store) BoardSince(ctx context.Context, who Actor, board, since string) (v SinceView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Board, v.Team, err = seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		wrong, err = v.read(db, who, since, s.now(), ofWhat{"board_id = ?", []any{board}})
		return err
	})
	return v, cmp.Or(err, wrong)
}

// RunSince is BoardSince for a run.
func (s *Store) RunSince(ctx context.Context, who Actor, run, since string) (v SinceView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var of ofWhat
		if v.Run, v.Board, v.Team, of, err = seeRun(db, who, run); err != nil {
			return err
		}
		wrong, err = v.read(db, who, since, s.now(), of)
		return err
	})
	return v, cmp.Or(err, wrong)
}

func (v *SinceView) read(db *gorm.DB, who Actor, since string, now time.Time, of ofWhat) (wrong, err error) {
	v.Asked = since
	if wrong, err = v.begin(db, who, now.In(Zone(who.Zone))); err != nil {
		return nil, err
	}
	args := append([]any{v.Team.ID}, of.args...)
	var all []string
	err = db.Raw("SELECT data FROM entries WHERE log_id = ? AND "+of.where+" AND seq > ? ORDER BY seq DESC LIMIT ?", append(args, v.From, MostSince+1)...).Scan(&all).Error
	if err != nil {
		return nil, fmt.Errorf("read what has changed: %w", err)
	}
	if v.More = len(all) > MostSince; v.More {
		all = all[:MostSince]
	}
	entries := make([]ledger.Entry, len(all))
	for i, data := range all {
		e, err := ledger.Parse([]byte(data))
		if err != nil {
			return nil, err
		}
		entries[len(all)-1-i] = e
	}
	return wrong, v.tell(db, entries)
}

// begin finds the moment since which it is. Whoever has not looked before is told what
// has changed since Monday.
func (v *SinceView) begin(db *gorm.DB, who Actor, now time.Time) (wrong, err error) {
	if n, err := strconv.ParseInt(strings.TrimPrefix(v.Asked, SinceEntry), 10, 64); err == nil && strings.HasPrefix(v.Asked, SinceEntry) {
		v.From = min(max(n, 1), v.Team.Seq)
		err = db.Raw("SELECT at FROM entries WHERE log_id = ? AND seq = ?", v.Team.ID, v.From).Row().Scan(&v.Since)
		v.Since = v.Since.In(now.Location())
		return nil, err
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	monday := today.AddDate(0, 0, -(int(now.Weekday())+6)%7)
	switch v.Asked {
	case SinceLook, "":
		look, err := lookOfActor(db, who, v.Board.ID)
		if err != nil {
			return nil, err
		}
		v.Asked, v.Since, v.From = SinceLook, monday, look.BeforeSeq
		if look.BeforeAt != nil {
			v.Since = look.BeforeAt.In(now.Location())
			return nil, nil
		}
		v.Never = true
	case SinceMonday:
		v.Since = monday
	case SinceYesterday:
		v.Since = today.AddDate(0, 0, -1)
	default:
		begin, _, f := readTime("from", v.Asked, now.Location())
		if v.Since = begin; f != nil || begin.IsZero() {
			wrong, v.Since = f, monday
		}
	}
	first, err := firstFrom(db, v.Team.ID, v.Since)
	v.From = first - 1
	return wrong, err
}

// tell makes stories of the entries.
func (v *SinceView) tell(db *gorm.DB, entries []ledger.Entry) error {
	var itself []int64
	for _, e := range entries {
		if e.Task.ID == "" {
			itself = append(itself, e.Seq)
		}
	}
	named := make([]LogLine, 0, len(entries))
	for _, s := range past.Stories(entries) {
		switch {
		case s.OfBoard():
			v.Itself = s
		case !s.Nothing():
			v.Tasks = append(v.Tasks, s)
			named = append(named, LogLine{Entry: ledger.Entry{Task: s.Task}})
		}
	}
	if err := markGone(db, named); err != nil {
		return err
	}
	for _, l := range named {
		v.Gone = l.Gone // shared by all
	}
	slices.Reverse(itself)
	var err error
	v.Lines, err = logLines(db, v.Team.ID, itself[:min(len(itself), LogPage)])
	return err
}

// look is when somebody looked at a board.
type look struct {
	Seq       int64
	At        time.Time
	BeforeSeq int64
	BeforeAt  *time.Time
}

// lookOfActor is zero for who has not looked at it.
func lookOfActor(db *gorm.DB, who Actor, board string) (l look, err error) {
	err = db.Raw("SELECT seq, at, before_seq, before_at FROM board_looks WHERE user_id = ? AND board_id = ?", who.ID, board).Scan(&l).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	return l, err
}

const (
	// aVisit is after how long without a look it is another visit: what has changed is
	// told since the end of the one before.
	aVisit = 30 * time.Minute
	// lookEvery is how often looks of one visit are written down.
	lookEvery = 5 * time.Minute
)

// looksAt keeps when looks were last written down, so that looking costs no write most
// of the time; each server for itself.
type looksAt struct {
	mu    sync.Mutex
	last  map[[2]string]time.Time // by person and board
	swept time.Time
}

// due reports whether a look is to be written down now.
func (l *looksAt) due(who, board string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil || now.Sub(l.swept) > aVisit {
		l.last, l.swept = map[[2]string]time.Time{}, now
	}
	key := [2]string{who, board}
	if last, there := l.last[key]; there && now.Sub(last) < lookEvery && !now.Before(last) {
		return false
	}
	l.last[key] = now
	return true
}

// LookAtBoard notes that the actor has seen a board with all that happened up to an
// entry of its team's log; that is their own state and no business of the log.
func (s *Store) LookAtBoard(ctx context.Context, who Actor, board string, seq int64) error {
	now := s.now()
	if !s.seen.due(who.ID, board, now) {
		return nil
	}
	team, err := sees(s.parts.Read.WithContext(ctx), who, ofBoard(board), access.SeeBoard)
	if err != nil {
		return err
	}
	return s.unlogged(ctx, func(db *gorm.DB) error {
		was, err := lookOfActor(db, who, board)
		if err != nil {
			return err
		}
		is := look{Seq: max(seq, was.Seq), At: now, BeforeSeq: was.BeforeSeq, BeforeAt: was.BeforeAt}
		if !was.At.IsZero() && now.Sub(was.At) >= aVisit {
			is.BeforeSeq, is.BeforeAt = was.Seq, &was.At
		}
		return db.Exec(`INSERT INTO board_looks (user_id, board_id, team_id, seq, at, before_seq, before_at) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (user_id, board_id) DO UPDATE SET seq = excluded.seq, at = excluded.at, before_seq = excluded.before_seq, before_at = excluded.before_at`,
			who.ID, board, team.ID, is.Seq, is.At, is.BeforeSeq, is.BeforeAt).Error
	})
}
