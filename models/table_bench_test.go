package models

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/tests/testdb"
)

// BenchmarkTable opens a table in different looks: of a board of 200 tasks, of one
// of 5,000, of one of 5,000 in a team of 100,000, and of one that has 100,000 by itself.
func BenchmarkTable(b *testing.B) {
	for _, size := range []struct{ boards, tasks int }{{1, 200}, {1, 5000}, {20, 5000}, {1, 100_000}} {
		s, who, board := manyTasks(b, size.boards, size.tasks)
		for _, l := range []struct {
			name string
			look Look
		}{
			{"plain", Look{}},
			{"priority+due", Look{Sort: []SortKey{{By: "priority", Down: true}, {By: "due"}}}},
			{"title", Look{Sort: []SortKey{{By: "title"}}}},
			{"owners", Look{Sort: []SortKey{{By: "owners"}}}},
			{"waits", Look{Sort: []SortKey{{By: "waits", Down: true}}}},
			{"by-owner", Look{Group: GroupOwner}},
			{"by-label", Look{Group: GroupLabel, Sort: []SortKey{{By: "due"}}}},
			{"filtered", Look{Filter: BoardFilter{Owner: FilterMe, Priority: "high"}}},
		} {
			b.Run(fmt.Sprintf("team=%d/board=%d/%s", size.boards*size.tasks, size.tasks, l.name), func(b *testing.B) {
				rows := 0
				for b.Loop() {
					v, err := s.Table(b.Context(), who, board, TableAsk{Look: l.look})
					require.NoError(b, err)
					rows = len(v.cards())
				}
				b.ReportMetric(float64(rows), "rows")
			})
		}
	}
}

// manyTasks writes boards of n tasks each: in five columns, by ten owners, with ten
// labels, every third waiting for another. It returns the first board.
func manyTasks(tb testing.TB, boards, n int) (*Store, Actor, string) {
	h := testdb.Open(tb)
	s, err := New(Parts{Write: h.Write, Read: h.Read})
	require.NoError(tb, err)
	rng := rand.New(rand.NewPCG(1, 2))
	team, now := NewID(), time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	people := make([]string, 10)
	states := []string{"waiting", "ready", "in_progress", "in_review", "done"}
	write(tb, s, func(db *gorm.DB) {
		do(tb, db, "INSERT INTO teams (id, name, zone, created_at) VALUES (?, 'Big', 'UTC', ?)", team, now)
		do(tb, db, "INSERT INTO logs (id, seq) VALUES (?, 0)", team)
		for i := range people {
			people[i] = NewID()
			do(tb, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, ?, ?, 'x', 'en', 'UTC', ?)", people[i], fmt.Sprint("p", i, "@example.org"), fmt.Sprint("Person ", i), now)
			do(tb, db, "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)", team, people[i], access.Manager, now)
		}
	})
	var first string
	for range boards {
		board := NewID()
		if first == "" {
			first = board
		}
		columns, labels := make([]string, len(states)), make([]string, 10)
		write(tb, s, func(db *gorm.DB) {
			do(tb, db, `INSERT INTO boards (id, team_id, name, "key", created_at) VALUES (?, ?, 'Board', ?, ?)`, board, team, "B"+board[30:], now)
			for i, state := range states {
				columns[i] = NewID()
				do(tb, db, "INSERT INTO columns (id, board_id, name, state, position) VALUES (?, ?, ?, ?, ?)", columns[i], board, state, state, fmt.Sprint("a", i))
			}
			for i := range labels {
				labels[i] = NewID()
				do(tb, db, "INSERT INTO labels (id, board_id, name, colour, icon) VALUES (?, ?, ?, 'red', 'tag')", labels[i], board, fmt.Sprint("Label ", i))
			}
		})
		const batch = 500
		var before []string
		for from := 0; from < n; from += batch {
			write(tb, s, func(db *gorm.DB) {
				var tasks, owned, worn, linked rowsOf
				var ids []string
				for i := from; i < min(n, from+batch); i++ {
					id, c := NewID(), rng.IntN(len(states))
					ids = append(ids, id)
					var review, done any
					if c >= 3 {
						review = now
					}
					if c == 4 {
						done = now
					}
					due := ""
					if i%2 == 0 {
						due = now.AddDate(0, 0, rng.IntN(200)-100).Format(time.DateOnly)
					}
					tasks.add(id, team, board, columns[c], i+1, fmt.Sprintf("Task %d that somebody has to do", rng.IntN(n)), strings.Repeat("What there is to say about it. ", 10), states[c],
						fmt.Sprintf("a%06d", i), due, rng.IntN(8)*30, rng.IntN(5), done, review, now.Add(time.Duration(i)*time.Second), now.Add(time.Duration(rng.IntN(n))*time.Second))
					owned.add(id, people[rng.IntN(len(people))], team)
					worn.add(id, labels[rng.IntN(len(labels))])
					if i%3 == 0 && len(before) > 0 {
						linked.add(before[rng.IntN(len(before))], id, team, now)
					}
				}
				tasks.insert(tb, db, "tasks (id, team_id, board_id, column_id, number, title, description, state, position, due, estimate, priority, done_at, review_at, created_at, updated_at, created_by)", "''")
				owned.insert(tb, db, "task_owners (task_id, user_id, team_id)")
				worn.insert(tb, db, "task_labels (task_id, label_id)")
				linked.insert(tb, db, "dependencies (prerequisite_id, dependent_id, team_id, created_at)")
				before = ids
			})
		}
	}
	return s, Actor{ID: people[0], Zone: "UTC"}, first
}

// rowsOf are rows to be inserted at once.
type rowsOf struct {
	n, width int
	args     []any
}

func (r *rowsOf) add(values ...any) {
	r.n, r.width, r.args = r.n+1, len(values), append(r.args, values...)
}

func (r *rowsOf) insert(tb testing.TB, db *gorm.DB, into string, more ...string) {
	if r.n == 0 {
		return
	}
	row := strings.TrimSuffix(strings.Repeat("?,", r.width)+strings.Join(more, ","), ",")
	do(tb, db, "INSERT INTO "+into+" VALUES "+strings.TrimSuffix(strings.Repeat("("+row+"),", r.n), ","), r.args...)
}
