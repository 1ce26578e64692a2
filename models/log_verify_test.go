package models

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	sumdb "golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

func notary(tb testing.TB) *ledger.Notary {
	tb.Helper()
	secret, public, err := ledger.NewSecret(rand.Reader)
	require.NoError(tb, err)
	n, err := ledger.NewNotary(secret, public)
	require.NoError(tb, err)
	return n
}

// signedLog has n entries and a signed head of the first half and of all.
func signedLog(tb testing.TB, n int) (s *Store, who Actor, team string) {
	tb.Helper()
	h := testdb.Open(tb)
	s, err := New(Parts{Write: h.Write, Read: h.Read, Notary: notary(tb)})
	require.NoError(tb, err)
	who, team = Actor{ID: NewID()}, NewID()
	write(tb, s, func(db *gorm.DB) {
		do(tb, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, 'ana@example.org', 'Ana', 'x', 'en', 'UTC', ?)", who.ID, s0)
		do(tb, db, "INSERT INTO teams (id, name, zone, created_at) VALUES (?, 'People', 'UTC', ?)", team, s0)
		do(tb, db, "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)", team, who.ID, access.Manager, s0)
		do(tb, db, "INSERT INTO logs (id, seq) VALUES (?, 0)", team)
	})
	lengthen(tb, s, team, 0, n/2)
	_, err = s.LogHead(tb.Context(), who, team)
	require.NoError(tb, err)
	lengthen(tb, s, team, n/2, n)
	_, err = s.LogHead(tb.Context(), who, team)
	require.NoError(tb, err)
	return s, who, team
}

// lengthen writes entries from+1 to n.
func lengthen(tb testing.TB, s *Store, team string, from, n int) {
	tb.Helper()
	write(tb, s, func(db *gorm.DB) {
		for seq := from + 1; seq <= n; seq++ {
			insertEntry(tb, db, ledger.Entry{Log: team, Seq: int64(seq), At: s.now(), Action: string(TaskEdited), Actor: ledger.Actor{Kind: ledger.System}})
		}
		do(tb, db, "UPDATE logs SET seq = ? WHERE id = ?", n, team)
	})
}

func insertEntry(tb testing.TB, db *gorm.DB, e ledger.Entry) {
	tb.Helper()
	data := e.Canonical()
	leaf := ledger.Leaf(data)
	do(tb, db, "INSERT INTO entries (log_id, seq, at, actor_kind, actor_id, action, board_id, task_id, cause, data, leaf) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
		e.Log, e.Seq, e.At, e.Actor.Kind, e.Actor.ID, e.Action, e.Board.ID, e.Task.ID, e.Cause, string(data), leaf[:])
}

// unguarded lets somebody at the tables who does not come through the program.
func unguarded(tb testing.TB, s *Store, fn func(db *gorm.DB)) {
	tb.Helper()
	write(tb, s, func(db *gorm.DB) {
		if testdb.Postgres() {
			do(tb, db, "ALTER TABLE entries DISABLE TRIGGER USER")
			do(tb, db, "ALTER TABLE logs DISABLE TRIGGER USER")
			do(tb, db, "ALTER TABLE log_heads DISABLE TRIGGER USER")
		} else {
			for _, trigger := range []string{"entries_no_update", "entries_no_delete", "entries_no_replace", "logs_no_delete", "logs_no_rewind",
				"log_heads_no_update", "log_heads_no_delete"} {
				do(tb, db, "DROP TRIGGER IF EXISTS "+trigger)
			}
		}
		fn(db)
	})
}

// Whatever somebody does to entries behind the program's back is found, and where.
func TestTamperingIsFoundAndLocated(t *testing.T) {
	const n = 1200
	type finding = ledger.Finding
	rewrite := func(db *gorm.DB, team string, seq int64) { // well made: the hash fits
		e := entryAt(t, db, team, seq)
		e.Reason = "never mind"
		data := e.Canonical()
		leaf := ledger.Leaf(data)
		do(t, db, "UPDATE entries SET data = ?, leaf = ? WHERE log_id = ? AND seq = ?", string(data), leaf[:], team, seq)
	}
	for name, c := range map[string]struct {
		tamper func(db *gorm.DB, team string, seq int64)
		found  func(seq int64) finding
		near   int64 // how far around it the finding may reach
	}{
		"an entry's words are changed": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "UPDATE entries SET data = replace(data, '\"reason\":\"\"', '\"reason\":\"x\"') WHERE log_id = ? AND seq = ?", team, seq)
		}, func(seq int64) finding { return finding{Harm: ledger.Altered, From: seq, To: seq} }, 0},
		"an entry is written anew with its hash": {rewrite, func(seq int64) finding { return finding{Harm: ledger.Rewritten, From: seq, To: seq} }, ledger.Block},
		"an entry is deleted": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "DELETE FROM entries WHERE log_id = ? AND seq = ?", team, seq)
		}, func(seq int64) finding {
			if seq == n {
				return finding{Harm: ledger.Cut, From: n, To: n}
			}
			return finding{Harm: ledger.Missing, From: seq, To: seq}
		}, 0},
		"an entry is deleted and the rest moved up": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "DELETE FROM entries WHERE log_id = ? AND seq = ?", team, seq)
			for at := seq + 1; at <= n; at++ {
				do(t, db, "UPDATE entries SET seq = ?, cause = 0 WHERE log_id = ? AND seq = ?", at-1, team, at)
			}
			do(t, db, "UPDATE logs SET seq = ? WHERE id = ?", n-1, team)
		}, func(seq int64) finding {
			if seq == n {
				return finding{Harm: ledger.Cut, From: n, To: n}
			}
			return finding{Harm: ledger.Misplaced, From: seq, To: seq}
		}, 0},
		"two entries change places": {func(db *gorm.DB, team string, seq int64) {
			a, b := min(seq, n-1), min(seq, n-1)+1
			do(t, db, "UPDATE entries SET seq = ?, cause = 0 WHERE log_id = ? AND seq = ?", 1_000_000, team, a)
			do(t, db, "UPDATE entries SET seq = ?, cause = 0 WHERE log_id = ? AND seq = ?", a, team, b)
			do(t, db, "UPDATE entries SET seq = ? WHERE log_id = ? AND seq = ?", b, team, 1_000_000)
		}, func(seq int64) finding {
			return finding{Harm: ledger.Misplaced, From: min(seq, n-1), To: min(seq, n-1)}
		}, 0},
		"an entry is added at the end": {func(db *gorm.DB, team string, _ int64) {
			insertEntry(t, db, ledger.Entry{Log: team, Seq: n + 1, At: s0, Action: "task.edited", Actor: ledger.Actor{Kind: ledger.System}})
		}, func(int64) finding { return finding{Harm: ledger.Surplus, From: n + 1, To: n + 1} }, 0},
		"the rest is cut off": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "DELETE FROM entries WHERE log_id = ? AND seq >= ?", team, seq)
			do(t, db, "UPDATE logs SET seq = ? WHERE id = ?", seq-1, team)
		}, func(seq int64) finding { return finding{Harm: ledger.Cut, From: seq, To: n} }, 0},
		"what an entry is looked for by is changed": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "UPDATE entries SET actor_id = 'somebody' WHERE log_id = ? AND seq = ?", team, seq)
		}, func(seq int64) finding { return finding{Harm: ledger.Misfiled, From: seq, To: seq} }, 0},
		"when an entry was made is changed": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "UPDATE entries SET at = ? WHERE log_id = ? AND seq = ?", s0, team, seq)
		}, func(seq int64) finding { return finding{Harm: ledger.Misfiled, From: seq, To: seq} }, 0},
	} {
		for _, seq := range []int64{1, n/2 - 7, n} {
			t.Run(fmt.Sprintf("%s/%d", name, seq), func(t *testing.T) {
				s, who, team := signedLog(t, n)
				honest, err := s.VerifyLog(t.Context(), who, team, "")
				require.NoError(t, err)
				require.Empty(t, honest.Findings)
				require.EqualValues(t, n, honest.Size)
				require.Equal(t, 2, honest.Heads)

				unguarded(t, s, func(db *gorm.DB) { c.tamper(db, team, seq) })
				v, err := s.VerifyLog(t.Context(), who, team, "")
				require.NoError(t, err)
				require.NotEmpty(t, v.Findings)
				want, near := c.found(seq), c.near
				if near > 0 && seq > n/ledger.Block*ledger.Block { // no node is kept above the last, unfinished block
					near = n / 2
				}
				var met bool
				for _, f := range v.Findings {
					met = met || f.Harm == want.Harm && f.From >= want.From-near && f.From <= want.From && f.To >= want.To && f.To <= want.To+near
				}
				require.True(t, met, "want %v, found %v", want, v.Findings)
			})
		}
	}
}

// s0 is a time at which nothing happened.
var s0 = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

func entryAt(tb testing.TB, db *gorm.DB, log string, seq int64) ledger.Entry {
	tb.Helper()
	var data string
	require.NoError(tb, db.Raw("SELECT data FROM entries WHERE log_id = ? AND seq = ?", log, seq).Row().Scan(&data))
	e, err := ledger.Parse([]byte(data))
	require.NoError(tb, err)
	return e
}

// Whoever changes an entry, its hash, the tree above it and every head in the
// database is found out by the head that somebody took home.
func TestAHeadTakenHomeFindsWhatTheDatabaseHides(t *testing.T) {
	s, who, team := signedLog(t, 700)
	mine, err := s.LogHead(t.Context(), who, team)
	require.NoError(t, err)
	unguarded(t, s, func(db *gorm.DB) {
		e := entryAt(t, db, team, 100)
		e.Reason = "never mind"
		data := e.Canonical()
		leaf := ledger.Leaf(data)
		do(t, db, "UPDATE entries SET data = ?, leaf = ? WHERE log_id = ? AND seq = 100", string(data), leaf[:], team)
		do(t, db, "DELETE FROM log_heads WHERE log_id = ?", team)
		do(t, db, "DELETE FROM log_nodes WHERE log_id = ?", team)
	})
	lengthen(t, s, team, 700, 701)
	require.NoError(t, s.SignHeads(t.Context()))
	v, err := s.VerifyLog(t.Context(), who, team, "")
	require.NoError(t, err)
	require.Empty(t, v.Findings, "nothing in the database tells")
	v, err = s.VerifyLog(t.Context(), who, team, mine.Signed)
	require.NoError(t, err)
	require.True(t, v.OwnKnown)
	require.Len(t, v.Findings, 1)
	require.Equal(t, ledger.Rewritten, v.Findings[0].Harm)
	require.Equal(t, mine.Head, *v.Findings[0].Head)

	all, err := VerifyLogs(t.Context(), s.parts.Read, s.parts.Notary.Known, &mine.Head)
	require.NoError(t, err)
	for _, log := range all {
		require.Equal(t, log.Log == team, len(log.Findings) > 0, "%s", log.Log)
	}
}

// A head of which another key says that it is ours is no head.
func TestAHeadOfAnotherKeyInTheDatabaseIsToldOf(t *testing.T) {
	s, who, team := signedLog(t, 20)
	s.parts.Notary = notary(t)
	v, err := s.VerifyLog(t.Context(), who, team, "")
	require.NoError(t, err)
	require.Len(t, v.Findings, 2)
	require.Equal(t, ledger.Forged, v.Findings[0].Harm)
}

// Head and proof are checked by the standard's own program, with none of ours.
func TestAnybodyCanCheckAProof(t *testing.T) {
	s, who, team := signedLog(t, 900)
	p, err := s.Proof(t.Context(), who, team, 321)
	require.NoError(t, err)
	key, err := sumdb.NewVerifier(p.Key)
	require.NoError(t, err)
	n, err := sumdb.Open([]byte(p.Head.Signed), sumdb.VerifierList(key))
	require.NoError(t, err)
	var origin, root, at string
	var size int64
	_, err = fmt.Sscanf(n.Text, "%s\n%d\n%s\ntime %s\n", &origin, &size, &root, &at)
	require.NoError(t, err)
	hash, err := tlog.ParseHash(root)
	require.NoError(t, err)
	require.NoError(t, tlog.CheckRecord(p.Path, size, hash, 321-1, tlog.RecordHash([]byte(p.Line.Stored))))
	require.Error(t, tlog.CheckRecord(p.Path, size, hash, 321-1, tlog.RecordHash([]byte(p.Line.Stored+" "))))
}

func TestAProofIsOnlyForThoseWhoMaySeeTheLog(t *testing.T) {
	s, who, team := signedLog(t, 20)
	_, err := s.Proof(t.Context(), who, team, 21)
	require.Equal(t, fault.Missing, fault.From(err).Kind)
	stranger := Actor{ID: NewID()}
	_, err = s.Proof(t.Context(), stranger, team, 1)
	require.Equal(t, fault.Missing, fault.From(err).Kind)
	_, err = s.LogHead(t.Context(), stranger, team)
	require.Equal(t, fault.Missing, fault.From(err).Kind)
	_, err = s.VerifyLog(t.Context(), stranger, team, "")
	require.Equal(t, fault.Missing, fault.From(err).Kind)
	_, err = s.VerifyLog(t.Context(), who, team, "no head")
	require.Equal(t, fault.NoHead, fault.From(err).Code)
}

// BenchmarkVerify goes through a log of a million entries; BenchmarkLog has pages of
// the same.
func BenchmarkVerify(b *testing.B) {
	const n = 1_000_000
	s, who, team, _ := bigLog(b, n)
	s.parts.Notary = notary(b)
	b.Run("first head", func(b *testing.B) {
		for b.Loop() {
			_, err := s.LogHead(context.Background(), who, team)
			require.NoError(b, err)
		}
	})
	b.Run("all of it", func(b *testing.B) {
		for b.Loop() {
			v, err := s.VerifyLog(context.Background(), who, team, "")
			require.NoError(b, err)
			require.Empty(b, v.Findings)
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	})
	b.Run("a proof", func(b *testing.B) {
		for b.Loop() {
			_, err := s.Proof(context.Background(), who, team, n/3)
			require.NoError(b, err)
		}
	})
}
