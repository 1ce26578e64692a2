package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/find"
	"relevo/tests/testdb"
)

// BenchmarkSearch asks a hundred different things of 200, 5,000 and 100,000 tasks, from
// common words to slips of the keyboard, and reports the slowest of them and the one that
// 95 are quicker than.
func BenchmarkSearch(b *testing.B) {
	for _, tasks := range []int{200, 5000, 100_000} {
		b.Run(fmt.Sprint("tasks=", tasks), func(b *testing.B) { searchIn(b, tasks) })
	}
}

func searchIn(b *testing.B, tasks int) {
	s, who, words := bigHaystack(b, tasks)
	var queries []string
	for i := range 100 {
		rare, common, other := words[900+7*i], words[i%20], words[100+3*i]
		queries = append(queries, []string{
			rare, common, rare[:4], common[:2], other + " " + common, "state:ready " + rare, "owner:person " + other,
			"is:blocked " + rare, other[:3] + " " + rare[:3], rare[:2] + rare[3:4] + rare[2:3] + rare[4:],
			"board:b3 " + other, fmt.Sprintf("B%d-%d", i%20, 40*i+1), common + " state:done", "owner:me " + common, common[:1], "is:overdue " + common,
		}[i%16])
	}
	var took []time.Duration
	slow := map[string]time.Duration{}
	found := 0
	for b.Loop() {
		for _, q := range queries {
			begin := time.Now()
			v, err := s.Search(context.Background(), who, find.Parse(q), 0)
			require.NoError(b, err)
			took = append(took, time.Since(begin))
			slow[q] = max(slow[q], time.Since(begin))
			found += min(1, v.Count)
		}
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*95/100]), "p95-ms")
	b.ReportMetric(ms(took[len(took)-1]), "most-ms")
	b.ReportMetric(float64(found)/float64(len(took))*100, "%found")
	b.ReportMetric(0, "ns/op")
	slowest := slices.SortedFunc(func(yield func(string) bool) {
		for q := range slow {
			if !yield(q) {
				return
			}
		}
	}, func(a, b string) int { return int(slow[b] - slow[a]) })
	for _, q := range slowest[:8] {
		b.Logf("%6.1f ms  %s", ms(slow[q]), q)
	}
}

// bigHaystack writes n tasks of 20 boards, in words that are used as unevenly as
// those of a language; the first are the most common.
func bigHaystack(tb testing.TB, n int) (*Store, Actor, []string) {
	h := testdb.Open(tb)
	s, err := New(Parts{Write: h.Write, Read: h.Read})
	require.NoError(tb, err)
	rng := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ba ce di fo gu la me ni po ru sa te vi zo cu tra ple cri dro nal")
	var words []string
	known := map[string]bool{}
	for len(words) < 20_000 {
		var w strings.Builder
		for range 3 + rng.IntN(3) {
			w.WriteString(syllables[rng.IntN(len(syllables))])
		}
		if !known[w.String()] {
			known[w.String()] = true
			words = append(words, w.String())
		}
	}
	usual := rand.NewZipf(rng, 1.1, 8, uint64(len(words)-1))
	text := func(n int) string {
		said := make([]string, n)
		for i := range said {
			said[i] = words[usual.Uint64()]
		}
		return strings.Join(said, " ")
	}
	team, me, now := NewID(), NewID(), time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	var boards []string
	write(tb, s, func(db *gorm.DB) {
		do(tb, db, "INSERT INTO teams (id, name, zone, created_at) VALUES (?, 'Big', 'UTC', ?)", team, now)
		do(tb, db, "INSERT INTO logs (id, seq) VALUES (?, 0)", team)
		do(tb, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, 'me@example.org', 'Person Me', 'x', 'en', 'UTC', ?)", me, now)
		do(tb, db, "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)", team, me, access.Manager, now)
		for i := range 20 {
			boards = append(boards, NewID())
			do(tb, db, `INSERT INTO boards (id, team_id, name, "key", created_at) VALUES (?, ?, ?, ?, ?)`, boards[i], team, fmt.Sprintf("Board %d", i), fmt.Sprintf("B%d", i), now)
		}
	})
	const batch = 1000
	for from := 0; from < n; from += batch {
		write(tb, s, func(db *gorm.DB) {
			sql := strings.TrimSuffix(`INSERT INTO tasks (id, team_id, board_id, number, title, description, state, position, due, blocked, done_at, review_at, created_by, created_at, updated_at) VALUES `+
				strings.Repeat("(?,?,?,?,?,?,?,?,?,?,?,?,'',?,?),", min(batch, n-from)), ",")
			var args, owned []any
			for i := from; i < min(from+batch, n); i++ {
				id, state, due := NewID(), "done", ""
				var done any = now
				if i%3 == 0 {
					state, done = "ready", nil
				}
				if i%50 == 0 {
					due = "2025-06-01"
				}
				args = append(args, id, team, boards[i%20], i/20+1, text(4+rng.IntN(5)), text(10+rng.IntN(30)), state, fmt.Sprintf("a%06d", i), due, i%200 == 0, done, done, now, now)
				if i%100 == 0 {
					owned = append(owned, id, me, team)
				}
			}
			do(tb, db, sql, args...)
			do(tb, db, "INSERT INTO task_owners (task_id, user_id, team_id) VALUES "+strings.TrimSuffix(strings.Repeat("(?,?,?),", len(owned)/3), ","), owned...)
		})
	}
	return s, Actor{ID: me, Zone: "UTC"}, words
}
