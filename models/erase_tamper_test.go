package models

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

// erasedLog has n entries, of which every third is by somebody who has been erased, the
// first and the last among them; and a head of before.
func erasedLog(tb testing.TB, n int64) (s *Store, who Actor, team string, before SignedHead) {
	tb.Helper()
	s, who, team = signedLog(tb, 0)
	victim := NewID()
	write(tb, s, func(db *gorm.DB) {
		do(tb, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, 'eve@example.org', 'Eve Adams', 'x', 'en', 'UTC', ?)", victim, s0)
		do(tb, db, "UPDATE users SET admin = true WHERE id = ?", who.ID)
		for seq := int64(1); seq <= n; seq++ {
			e := ledger.Entry{Log: team, Seq: seq, At: s.now(), Action: string(TaskEdited), Actor: ledger.Actor{Kind: ledger.Person, ID: victim, Name: "Eve Adams"}}
			if seq%3 != 1 {
				e.Actor = ledger.Actor{Kind: ledger.System}
			}
			insertEntry(tb, db, e)
		}
		do(tb, db, "UPDATE logs SET seq = ? WHERE id = ?", n, team)
	})
	before, err := s.LogHead(tb.Context(), who, team)
	require.NoError(tb, err)
	require.NoError(tb, s.EraseUser(tb.Context(), who, victim, Erasing{Typed: "eve@example.org", Called: func(n int64) string { return fmt.Sprint("Erased person ", n) }}))
	return s, who, team, before
}

// Whatever passes itself off as an erasure is found, and where; an honest one is not
// suspected.
func TestTamperingAfterAnErasureIsFoundAndLocated(t *testing.T) {
	const n = 301 // the last is erased
	type finding = ledger.Finding
	at := func(harm ledger.Harm) func(int64) finding {
		return func(seq int64) finding { return finding{Harm: harm, From: seq, To: seq} }
	}
	said := func(db *gorm.DB, team string, seq int64, name string) string {
		e := entryAt(t, db, team, seq)
		e.Actor.Name = name
		return string(e.Canonical())
	}
	for name, c := range map[string]struct {
		tamper func(db *gorm.DB, team string, seq int64)
		guards bool // it gets past the triggers
		found  func(seq int64) finding
	}{
		"an erased entry is changed once more": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "UPDATE entries SET data = ? WHERE log_id = ? AND seq = ?", said(db, team, seq, "Ben"), team, seq)
		}, false, at(ledger.Altered)},
		"what was erased is put back": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "UPDATE entries SET data = ? WHERE log_id = ? AND seq = ?", said(db, team, seq, "Eve Adams"), team, seq)
		}, false, at(ledger.Altered)},
		"the leaf of an erased entry is changed": {func(db *gorm.DB, team string, seq int64) {
			leaf := ledger.Leaf([]byte("another"))
			do(t, db, "UPDATE entries SET leaf = ? WHERE log_id = ? AND seq = ?", leaf[:], team, seq)
		}, false, at(ledger.Altered)},
		"more is erased than the entry says": {func(db *gorm.DB, team string, seq int64) {
			seq = beside(seq)
			do(t, db, "UPDATE entries SET data = ? WHERE log_id = ? AND seq = ?", said(db, team, seq, "Erased person 1"), team, seq)
		}, false, func(seq int64) finding { return at(ledger.Altered)(beside(seq)) }},
		"a permission to erase is forged and used": {func(db *gorm.DB, team string, seq int64) {
			seq = beside(seq)
			do(t, db, "INSERT INTO redactions (log_id, seq, by_seq) VALUES (?, ?, 100000)", team, seq)
			do(t, db, "UPDATE entries SET data = ? WHERE log_id = ? AND seq = ?", said(db, team, seq, "Erased person 1"), team, seq)
		}, true, func(seq int64) finding { return at(ledger.Altered)(beside(seq)) }},
		"a permission to erase is forged": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "INSERT INTO redactions (log_id, seq, by_seq) VALUES (?, ?, 100000)", team, seq)
		}, true, at(ledger.Unlisted)},
		"a permission to erase is taken away": {func(db *gorm.DB, team string, seq int64) {
			do(t, db, "DELETE FROM redactions WHERE log_id = ? AND seq = ?", team, seq)
		}, false, at(ledger.Unlisted)},
	} {
		for _, seq := range []int64{1, 151, n} {
			t.Run(fmt.Sprintf("%s/%d", name, seq), func(t *testing.T) {
				s, who, team, before := erasedLog(t, n)
				honest, err := s.VerifyLog(t.Context(), who, team, before.Signed)
				require.NoError(t, err)
				require.Empty(t, honest.Findings)
				require.Equal(t, n/3+1, honest.Erased)

				if c.guards {
					write(t, s, func(db *gorm.DB) { c.tamper(db, team, seq) })
				} else {
					unguarded(t, s, func(db *gorm.DB) {
						unguardErasures(t, db)
						c.tamper(db, team, seq)
					})
				}
				v, err := s.VerifyLog(t.Context(), who, team, before.Signed)
				require.NoError(t, err)
				want := c.found(seq)
				var met bool
				for _, f := range v.Findings {
					met = met || f.Harm == want.Harm && f.From == want.From && f.To == want.To
				}
				require.True(t, met, "want %v, found %v", want, v.Findings)
			})
		}
	}
}

// beside is an entry near seq that was not erased.
func beside(seq int64) int64 { return max(2, seq-1) }

func unguardErasures(tb testing.TB, db *gorm.DB) {
	tb.Helper()
	if testdb.Postgres() {
		do(tb, db, "ALTER TABLE redactions DISABLE TRIGGER USER")
		return
	}
	for _, trigger := range []string{"redactions_no_update", "redactions_no_delete", "redactions_no_past"} {
		do(tb, db, "DROP TRIGGER "+trigger)
	}
}

// The triggers let nobody write an entry again, but for what is being erased, and
// then neither its leaf nor what it is found by.
func TestTriggersGuardEntriesAgainstWhatIsNoErasure(t *testing.T) {
	s, _, team, _ := erasedLog(t, 10)
	for _, refused := range []string{
		"UPDATE entries SET data = 'x' WHERE seq = 1 AND log_id = ?",
		"UPDATE entries SET data = 'x' WHERE seq = 2 AND log_id = ?",
		"DELETE FROM entries WHERE seq = 1 AND log_id = ?",
		"UPDATE redactions SET by_seq = 99 WHERE log_id = ?",
		"DELETE FROM redactions WHERE log_id = ?",
		"INSERT INTO redactions (log_id, seq, by_seq) VALUES (?, 2, 3)",
	} {
		require.Error(t, s.unlogged(t.Context(), func(db *gorm.DB) error { return db.Exec(refused, team).Error }), refused)
	}
	for _, column := range []string{"leaf = entries.leaf || entries.leaf", "actor_id = 'x'", "action = 'x'", "seq = 1000", "task_id = 'x'", "board_id = 'x'", "cause = 1", "at = '2001-01-01 00:00:00+00:00'"} {
		require.Error(t, s.unlogged(t.Context(), func(db *gorm.DB) error {
			if err := db.Exec("INSERT INTO redactions (log_id, seq, by_seq) VALUES (?, 3, 1000)", team).Error; err != nil {
				t.Fatal(err)
			}
			return db.Exec("UPDATE entries SET "+column+" WHERE seq = 3 AND log_id = ?", team).Error
		}), column)
	}
}

// A proof of an erased entry holds, with the erasure beside it; a log that is broken
// there shows it.
func TestAnErasedEntryKeepsItsProof(t *testing.T) {
	s, who, team, _ := erasedLog(t, 30)
	p, err := s.Proof(t.Context(), who, team, 4)
	require.NoError(t, err)
	require.True(t, p.Holds)
	require.EqualValues(t, 31, p.Erased())
	require.Len(t, p.Paths, 1)
	p, err = s.Proof(t.Context(), who, team, 5)
	require.NoError(t, err)
	require.True(t, p.Holds)
	require.Zero(t, p.Erased())
	unguarded(t, s, func(db *gorm.DB) {
		do(t, db, "UPDATE entries SET data = replace(data, 'Erased person 1', 'Ben') WHERE log_id = ? AND seq = 4", team)
	})
	p, err = s.Proof(t.Context(), who, team, 4)
	require.NoError(t, err)
	require.False(t, p.Holds)
	_, err = s.ErasureOf(t.Context(), who, "eve@example.org")
	require.Equal(t, fault.NoAccount, fault.From(err).Code)
}
