package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
	"relevo/models/report"
	"relevo/tests/testdb"
)

// workedYear is the log of a team that has done n tasks in a year, on ten boards, a
// third of them in runs of one template, by fifty people.
type workedYear struct {
	s        *Store
	who      Actor
	team     string
	boards   []string
	template string
	entries  int64
}

func newWorkedYear(b testing.TB, n int) *workedYear {
	h := testdb.Open(b)
	s, err := New(Parts{Write: h.Write, Read: h.Read, Patience: time.Hour})
	require.NoError(b, err)
	begin := s.now().AddDate(-1, 0, 0)
	y := &workedYear{s: s, team: NewID(), template: NewID()}
	var people []string
	write(b, s, func(db *gorm.DB) {
		do(b, db, "INSERT INTO teams (id, name, zone, created_at) VALUES (?, 'Busy', 'Europe/Madrid', ?)", y.team, begin)
		do(b, db, "INSERT INTO logs (id, seq) VALUES (?, 0)", y.team)
		for i := range 50 {
			id := NewID()
			do(b, db, "INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES (?, ?, ?, 'x', 'en', 'UTC', ?)", id, fmt.Sprintf("p%d@example.org", i), fmt.Sprintf("Person %d", i), begin)
			do(b, db, "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)", y.team, id, access.Manager, begin)
			people = append(people, id)
		}
		for i := range 10 {
			id := NewID()
			do(b, db, `INSERT INTO boards (id, team_id, name, "key", created_at) VALUES (?, ?, ?, ?, ?)`, id, y.team, fmt.Sprintf("Board %d", i), fmt.Sprintf("B%d", i), begin)
			y.boards = append(y.boards, id)
		}
		do(b, db, "INSERT INTO templates (id, team_id, name, draft, published, created_by, created_at, updated_at, version) VALUES (?, ?, 'Hiring', '', 0, ?, ?, ?, 0)", y.template, y.team, people[0], begin, begin)
	})
	y.who = Actor{ID: people[0], Name: "Person 0", Zone: "UTC"}
	rng := rand.New(rand.NewPCG(1, 2))
	var batch []ledger.Entry
	flush := func() {
		write(b, s, func(db *gorm.DB) {
			var sql strings.Builder
			sql.WriteString("INSERT INTO entries (log_id, seq, at, actor_kind, actor_id, action, board_id, task_id, cause, data, leaf) VALUES ")
			var args []any
			for i, e := range batch {
				data := e.Canonical()
				leaf := ledger.Leaf(data)
				if i > 0 {
					sql.WriteByte(',')
				}
				sql.WriteString("(?,?,?,?,?,?,?,?,?,?,?)")
				args = append(args, e.Log, e.Seq, e.At, e.Actor.Kind, e.Actor.ID, e.Action, e.Board.ID, e.Task.ID, e.Cause, string(data), leaf[:])
			}
			do(b, db, sql.String(), args...)
		})
		batch = batch[:0]
	}
	at := begin
	add := func(action Action, subject, board, task ledger.Subject, changes ...ledger.Change) {
		y.entries++
		batch = append(batch, ledger.Entry{Log: y.team, Seq: y.entries, At: at, Action: string(action), Actor: ledger.Actor{Kind: ledger.Person, ID: people[0], Name: "Person 0"},
			Subject: subject, Board: board, Task: task, Changes: changes, Request: "r4nd0mr3qu3s", Address: "192.0.2.1"})
		if len(batch) == 2000 {
			flush()
		}
	}
	to := func(field, from, to string) ledger.Change { return ledger.Change{Field: field, From: from, To: to} }
	step := (365 * 24 * time.Hour / time.Duration(n+1)).Truncate(time.Microsecond)
	var open []ledger.Subject // the oldest first
	run, last := "", ""
	for i := range n {
		at = at.Add(step)
		board := ledger.Subject{Kind: "board", ID: y.boards[i%10], Name: fmt.Sprintf("Board %d", i%10)}
		task := ledger.Subject{Kind: "task", ID: NewID(), Name: fmt.Sprintf("B%d-%d Something that has to be done", i%10, i/10+1)}
		made := []ledger.Change{to("title", "", "Something that has to be done"), to("state", "", "ready"), to("column", "", "ready"), to("position", "", "a"),
			to("due", "", at.AddDate(0, 0, rng.IntN(30)).Format(time.DateOnly)), to("owners", "", people[rng.IntN(50)])}
		if i%3 == 0 {
			if i%15 == 0 {
				run = NewID()
				add(RunStarted, ledger.Subject{Kind: "run", ID: run, Name: fmt.Sprintf("Hire %d", i)}, board, ledger.Subject{}, to("template", "", y.template), to("run_state", "", "running"))
			}
			made = append(made, to("run", "", run), to("step", "", fmt.Sprintf("step%d", i%15/3)))
		}
		add(TaskCreated, task, board, task, made...)
		if last != "" && i%4 == 0 {
			add(DependencyAdded, ledger.Subject{Kind: "dependency", ID: last, Name: "before"}, board, task, to("satisfied_at", "", "done"))
			add(TaskHeld, task, board, task, to("state", "ready", "waiting"), to("column", "ready", "waiting"))
			add(TaskReleased, task, board, task, to("state", "waiting", "ready"), to("column", "waiting", "ready"))
		}
		last = task.ID
		if open = append(open, task); len(open) > 300 { // each stays for some 300 others
			t := open[0]
			open = open[1:]
			add(TaskMoved, t, board, t, to("state", "ready", "in_progress"), to("column", "ready", "in progress"), to("position", "a", "b"))
			add(TaskMoved, t, board, t, to("state", "in_progress", "in_review"), to("column", "in progress", "in review"))
			add(TaskCompleted, t, board, t, to("state", "in_review", "done"), to("column", "in review", "done"), to("done_at", "", "x"))
		}
	}
	flush()
	write(b, s, func(db *gorm.DB) { do(b, db, "UPDATE logs SET seq = ? WHERE id = ?", y.entries, y.team) })
	return y
}

// BenchmarkReport makes each report of a team of 100,000 tasks: the first after a start,
// which reads the log, and those that follow, which read what is new. What the first
// takes is told as a ratio to merely reading the same rows; what the others take, to
// the same of a team of a tenth as many.
func BenchmarkReport(b *testing.B) {
	const n = 100_000
	big, small := newWorkedYear(b, n), newWorkedYear(b, n/10)
	ctx, year := context.Background(), url.Values{"period": {report.Days90}}
	reports := []struct {
		name string
		of   func(*workedYear) error
	}{
		{"a board", func(y *workedYear) error { _, err := y.s.BoardReport(ctx, y.who, y.boards[0], year); return err }},
		{"a team", func(y *workedYear) error { _, err := y.s.TeamReport(ctx, y.who, y.team, year); return err }},
		{"a template", func(y *workedYear) error { _, err := y.s.TemplateReport(ctx, y.who, y.template, year); return err }},
		{"a person", func(y *workedYear) error { _, err := y.s.MyReport(ctx, y.who, year); return err }},
		{"the tasks of a number", func(y *workedYear) error {
			_, err := y.s.BoardReport(ctx, y.who, y.boards[0], url.Values{"of": {report.PickAdded}})
			return err
		}},
	}
	b.Run("the first of a board", func(b *testing.B) {
		var reading time.Duration
		for b.Loop() {
			big.s.histories = histories{}
			require.NoError(b, reports[0].of(big))
			b.StopTimer()
			reading += readAll(b, big)
			b.StartTimer()
		}
		b.ReportMetric(float64(b.Elapsed())/float64(reading), "of-reading")
		b.ReportMetric(float64(big.entries)/1e6, "M-entries")
	})
	for _, r := range reports {
		require.NoError(b, r.of(small))
		b.Run(r.name, func(b *testing.B) {
			var less time.Duration
			for b.Loop() {
				require.NoError(b, r.of(big))
				b.StopTimer()
				from := time.Now()
				require.NoError(b, r.of(small))
				less += time.Since(from)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed())/float64(less), "of-a-tenth")
		})
	}
}

// readAll reads the rows of a log, and does nothing with them.
func readAll(b *testing.B, y *workedYear) time.Duration {
	from := time.Now()
	rows, err := y.s.parts.Read.Raw("SELECT data FROM entries WHERE log_id = ? ORDER BY seq", y.team).Rows()
	require.NoError(b, err)
	defer func() { _ = rows.Close() }()
	n := int64(0)
	for rows.Next() {
		var data []byte
		require.NoError(b, rows.Scan(&data))
		n++
	}
	require.NoError(b, rows.Err())
	require.Equal(b, y.entries, n)
	return time.Since(from)
}
