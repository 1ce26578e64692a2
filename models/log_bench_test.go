package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

// BenchmarkLog reads pages of a team's log of a million entries, filtered in the
// ways a manager does, the slowest of which ask for what is hardly ever there.
func BenchmarkLog(b *testing.B) {
	const entries = 1_000_000
	s, who, team, log := bigLog(b, entries)
	day := func(n int) string { return log.begin.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, c := range []struct {
		name string
		q    LogQuery
	}{
		{"newest", LogQuery{}},
		{"deep", LogQuery{Before: entries / 2}},
		{"person", LogQuery{Person: log.people[0]}},
		{"person who left", LogQuery{Person: log.gone}},
		{"group", LogQuery{Action: "movement"}},
		{"rare action", LogQuery{Action: string(TeamEdited)}},
		{"board", LogQuery{Board: log.boards[0]}},
		{"board and person", LogQuery{Board: log.boards[0], Person: log.people[0]}},
		{"board and person who never met", LogQuery{Board: log.boards[0], Person: log.gone}},
		{"board and rare action", LogQuery{Board: log.boards[0], Action: string(TaskDeleted)}},
		{"person and rare action", LogQuery{Person: log.people[0], Action: string(TaskDeleted)}},
		{"person and group", LogQuery{Person: log.people[0], Action: "dependencies"}},
		{"task", LogQuery{Task: "B0-1"}},
		{"task and person", LogQuery{Task: "B0-1", Person: log.people[0]}},
		{"by hand", LogQuery{By: ByHand}},
		{"automatic", LogQuery{By: Automatic}},
		{"a day", LogQuery{From: day(100), To: day(100)}},
		{"word of nearly all", LogQuery{Words: "task"}},
		{"rare word", LogQuery{Words: "499"}},
		{"word of nearly all and person who left", LogQuery{Words: "task", Person: log.gone}},
		{"all of it", LogQuery{Person: log.people[0], Board: log.boards[0], Action: "tasks", From: day(10), To: day(300), By: ByHand}},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				v, err := s.Log(context.Background(), who, team, c.q)
				require.NoError(b, err)
				n = len(v.Lines)
			}
			b.ReportMetric(float64(n), "lines")
		})
	}
}

type logged struct {
	begin  time.Time
	people []string // the first does a third of all
	gone   string   // did ten things at the beginning, and left
	boards []string // the first has a third of all
}

// bigLog writes n entries of a team over a year.
func bigLog(tb testing.TB, n int) (*Store, Actor, string, logged) {
	h := testdb.Open(tb)
	s, err := New(Parts{Write: h.Write, Read: h.Read})
	require.NoError(tb, err)
	l := logged{begin: time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)}
	team := NewID()
	rng := rand.New(rand.NewPCG(1, 2))
	var tasks []string
	write(tb, s, func(db *gorm.DB) {
		do(tb, db, "INSERT INTO teams (id, name, zone, created_at) VALUES (?, 'Big', 'UTC', ?)", team, l.begin)
		do(tb, db, "INSERT INTO logs (id, seq) VALUES (?, ?)", team, n)
		for i := range 50 {
			id := NewID()
			do(tb, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, ?, ?, 'x', 'en', 'UTC', ?)",
				id, fmt.Sprintf("p%d@example.org", i), fmt.Sprintf("Person %d", i), l.begin)
			if i == 49 {
				l.gone = id
				continue
			}
			do(tb, db, "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)", team, id, access.Manager, l.begin)
			l.people = append(l.people, id)
		}
		for i := range 20 {
			id := NewID()
			do(tb, db, `INSERT INTO boards (id, team_id, name, "key", created_at) VALUES (?, ?, ?, ?, ?)`, id, team, fmt.Sprintf("Board %d", i), fmt.Sprintf("B%d", i), l.begin)
			l.boards = append(l.boards, id)
			for j := range 500 {
				task := NewID()
				do(tb, db, `INSERT INTO tasks (id, team_id, board_id, number, title, state, position, created_by, created_at, updated_at)
					VALUES (?, ?, ?, ?, ?, 'ready', ?, '', ?, ?)`, task, team, id, j+1, fmt.Sprintf("Task %d", j), fmt.Sprintf("a%05d", j), l.begin, l.begin)
				tasks = append(tasks, task)
			}
		}
	})
	actions := []Action{TaskMoved, TaskMoved, TaskMoved, TaskCompleted, TaskCreated, TaskEdited, DependencyAdded}
	step := (365 * 24 * time.Hour / time.Duration(n)).Truncate(time.Microsecond)
	const batch = 2000
	for from := 0; from < n; from += batch {
		write(tb, s, func(db *gorm.DB) {
			var sql strings.Builder
			sql.WriteString("INSERT INTO entries (log_id, seq, at, actor_kind, actor_id, action, board_id, task_id, cause, data, leaf) VALUES ")
			var args []any
			for i := from; i < min(from+batch, n); i++ {
				board, person := 0, 0
				if rng.IntN(3) > 0 {
					board, person = rng.IntN(len(l.boards)), rng.IntN(len(l.people))
				}
				task := 500*board + rng.IntN(500)
				e := ledger.Entry{Log: team, Seq: int64(i + 1), At: l.begin.Add(step * time.Duration(i)), Action: string(actions[rng.IntN(len(actions))]),
					Actor:   ledger.Actor{Kind: ledger.Person, ID: l.people[person], Name: fmt.Sprintf("Person %d", person)},
					Board:   ledger.Subject{Kind: "board", ID: l.boards[board], Name: fmt.Sprintf("Board %d", board)},
					Task:    ledger.Subject{Kind: "task", ID: tasks[task], Name: fmt.Sprintf("B%d-%d Task %d", board, task%500+1, task%500)},
					Changes: []ledger.Change{{Field: "state", From: "ready", To: "in_progress"}}, Request: "r4nd0mr3qu3s", Address: "192.0.2.1"}
				e.Subject = e.Task
				switch {
				case i < 10:
					e.Actor.ID, e.Board = l.gone, ledger.Subject{Kind: "board", ID: l.boards[1]}
				case i%1000 == 10 && board != 0 && person != 0:
					e.Action = string(TaskDeleted)
				case rng.IntN(10) < 4:
					e.Actor, e.Cause, e.Action = ledger.Actor{Kind: ledger.Automation}, e.Seq-1, string(TaskReleased)
				}
				data := e.Canonical()
				leaf := ledger.Leaf(data)
				if i > from {
					sql.WriteByte(',')
				}
				sql.WriteString("(?,?,?,?,?,?,?,?,?,?,?)")
				args = append(args, e.Log, e.Seq, e.At, e.Actor.Kind, e.Actor.ID, e.Action, e.Board.ID, e.Task.ID, e.Cause, string(data), leaf[:])
			}
			do(tb, db, sql.String(), args...)
		})
	}
	return s, Actor{ID: l.people[0], Zone: "UTC"}, team, l
}

func write(tb testing.TB, s *Store, fn func(db *gorm.DB)) {
	tb.Helper()
	require.NoError(tb, s.unlogged(context.Background(), func(db *gorm.DB) error { fn(db); return nil }))
}

func do(tb testing.TB, db *gorm.DB, sql string, args ...any) {
	tb.Helper()
	require.NoError(tb, db.Exec(sql, args...).Error)
}
