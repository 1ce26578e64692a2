package models

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/ledger"
)

// Whatever honest people do, however often and whenever heads are signed in between,
// nothing is ever said to be wrong. Each history is a log of its own.
func TestNoHonestHistoryIsSuspected(t *testing.T) {
	histories := 10_000
	if testing.Short() {
		histories = 200
	}
	s, _, _ := signedLog(t, 2)
	texts := []string{"", "Sign the contract", "“quoted” \\ \" and\nlines", "<b>& ñ 😀", "=1+1"}
	rng := rand.New(rand.NewPCG(5, 25))
	for i := 0; i < histories; {
		from := i
		sizes := map[string]int{}
		write(t, s, func(db *gorm.DB) { // many logs in one transaction, for speed
			for ; i < min(from+100, histories); i++ {
				log := NewID()
				n := rng.IntN(12)
				if rng.IntN(50) == 0 {
					n = ledger.Block - 2 + rng.IntN(2*ledger.Block) // about the ends of blocks
				}
				sizes[log] = n
				do(t, db, "INSERT INTO logs (id, seq) VALUES (?, ?)", log, n)
				for seq := 1; seq <= n; seq++ {
					e := ledger.Entry{Log: log, Seq: int64(seq), At: s.now(), Cause: int64(rng.IntN(seq)), Action: string(Actions[rng.IntN(len(Actions))]),
						Actor: ledger.Actor{Kind: ledger.Person, ID: NewID(), Name: texts[rng.IntN(len(texts))]}, Reason: texts[rng.IntN(len(texts))]}
					if rng.IntN(3) == 0 {
						e.Actor = ledger.Actor{Kind: ledger.Automation}
					}
					insertEntry(t, db, e)
				}
			}
		})
		for log, n := range sizes {
			if n > 0 && rng.IntN(2) == 0 {
				_, err := s.signHead(t.Context(), log)
				require.NoError(t, err)
				more := n + rng.IntN(5)
				lengthen(t, s, log, n, more)
				_, err = s.signHead(t.Context(), log)
				require.NoError(t, err)
				sizes[log] = more
			}
			v, err := verifyLog(s.parts.Read.WithContext(t.Context()), log, s.known(), nil)
			require.NoError(t, err)
			require.Empty(t, v.Findings)
			require.EqualValues(t, sizes[log], v.Size)
		}
	}
}

// BenchmarkAppend writes entries with and without the tree above them: what a head
// after every hundred entries costs, against none at all.
func BenchmarkAppend(b *testing.B) {
	for name, every := range map[string]int{"without the tree": 0, "a head every 100 entries": 100, "a head every 1000 entries": 1000} {
		b.Run(name, func(b *testing.B) {
			s, _, team := signedLog(b, 2)
			n := 2
			for b.Loop() {
				lengthen(b, s, team, n, n+1)
				n++
				if every > 0 && n%every == 0 {
					_, err := s.signHead(context.Background(), team)
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/entry")
		})
	}
}
