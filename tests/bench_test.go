package tests

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/testapp"
	"relevo/tests/testdb"
)

// BenchmarkOpeningABoard is the full page over HTTP on kept connections, with
// 200 tasks and with 5,000: a long column comes in windows, so that the second
// is to take at most half as long again. A third of the tasks waits for others.
func BenchmarkOpeningABoard(b *testing.B) {
	took := map[int]float64{}
	for _, tasks := range []int{200, 5000} {
		app := testapp.Start(b)
		ana := app.Person("Ana")
		team := app.Team(ana, "People")
		path := "/boards/" + fill(b, app, ana, team, tasks)
		for _, clients := range []int{1, 16} {
			b.Run(fmt.Sprintf("tasks=%d/clients=%d", tasks, clients), func(b *testing.B) {
				var size atomic.Int64
				concurrently(b, clients, func() error {
					n, err := get(app.URL+path, ana)
					size.Store(n)
					return err
				})
				per := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				b.ReportMetric(1e9/per, "pages/s")
				b.ReportMetric(float64(size.Load())/1024, "KB")
				if tasks == 200 {
					took[clients] = per
				} else if took[clients] > 0 {
					b.ReportMetric(per/took[clients], "times-200")
				}
			})
		}
	}
}

// fill makes a board with tasks over its columns, some of them waiting.
func fill(tb testing.TB, app *testapp.App, ana *testapp.Person, team models.Team, n int) string {
	ctx, who := tb.Context(), ana.Actor()
	board := app.Board(ana, team, fmt.Sprint("Board of ", n))
	v, err := app.Store.Board(ctx, who, board.ID)
	require.NoError(tb, err)
	columns := map[flow.State]string{}
	for _, l := range v.Lanes {
		columns[l.State] = l.ID
	}
	var ready []models.Task
	for i, state := range []flow.State{flow.Ready, flow.InProgress, flow.InReview, flow.Done} {
		count := n / 6
		if i == 0 {
			count = n - 3*(n/6)
		}
		for from := 0; from < count; from += models.MaxAtOnce {
			var titles []string
			for j := from; j < min(from+models.MaxAtOnce, count); j++ {
				titles = append(titles, fmt.Sprintf("Task %d that somebody has to do", j))
			}
			added, err := app.Store.AddTasks(ctx, who, columns[state], titles)
			require.NoError(tb, err)
			if state == flow.Ready {
				ready = append(ready, added...)
			}
		}
	}
	for i := range n / 3 {
		require.NoError(tb, app.Store.Require(ctx, who, ready[i%(n/6)].ID, ready[n/6+i].ID, models.DependencyInput{}))
	}
	return board.ID
}

var keepAlive = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

func get(address string, p *testapp.Person) (int64, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.AddCookie(p.Cookie())
	res, err := keepAlive.Do(r)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	n, err := io.Copy(io.Discard, res.Body)
	if res.StatusCode != http.StatusOK {
		return n, fmt.Errorf("%s: %s", address, res.Status)
	}
	return n, err
}

// concurrently runs b.N calls by n clients; not one may fail.
func concurrently(b *testing.B, n int, call func() error) {
	b.Helper()
	b.ResetTimer()
	left := atomic.Int64{}
	left.Store(int64(b.N))
	errs := make(chan error, n)
	for range n {
		go func() {
			for left.Add(-1) >= 0 {
				if err := call(); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			b.Error(err)
		}
	}
	b.StopTimer()
}

// floor is a database of the same kind without the program: the least that a
// durable change can cost, one update and two inserts in a transaction.
type floor struct{ db *sql.DB }

func newFloor(b *testing.B, normal bool) floor {
	b.Helper()
	full := "FULL"
	if normal {
		full = "NORMAL"
	}
	db, err := sql.Open("sqlite3", filepath.Join(b.TempDir(), "floor.db")+"?_journal_mode=WAL&_busy_timeout=5000&_txlock=immediate&_synchronous="+full)
	require.NoError(b, err)
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = db.Close() })
	for _, s := range []string{"CREATE TABLE tasks (id INTEGER PRIMARY KEY, position TEXT)", "CREATE TABLE entries (id INTEGER PRIMARY KEY, data TEXT)",
		"INSERT INTO tasks SELECT value, 'x' FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 200) SELECT value FROM n)"} {
		_, err := db.Exec(s)
		require.NoError(b, err)
	}
	return floor{db}
}

// change is a bare transaction over so many tasks.
func (f floor) change(tasks int) error {
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for range tasks {
		if _, err := tx.Exec("UPDATE tasks SET position = ? WHERE id = ?", "y", 1+time.Now().UnixNano()%200); err != nil {
			return err
		}
		for range 2 {
			if _, err := tx.Exec("INSERT INTO entries (data) VALUES (?)", sixHundred); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

var sixHundred = strings.Repeat("an entry. ", 60)

// workbench is a store on a database of its own, with the durability that is asked.
type workbench struct {
	*models.Store
	who     models.Actor
	team    models.Team
	board   models.Board
	columns map[flow.State]string
	handles *db.Handles
}

func newBench(b *testing.B, normal bool) *workbench {
	b.Helper()
	h, err := db.Open(b.Context(), db.Settings{Database: testdb.Fresh(b), Normal: normal})
	require.NoError(b, err)
	b.Cleanup(func() { _ = h.Close() })
	o := &workbench{who: models.Actor{ID: models.NewID(), Name: "Ana"}, columns: map[flow.State]string{}, handles: h}
	o.Store, err = models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: func(context.Context, *gorm.DB, models.Job, time.Time) error { return nil }})
	require.NoError(b, err)
	_, err = h.WriteSQL().Exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ($1, 'ana@example.org', 'Ana', 'x', 'en', 'UTC', $2)", o.who.ID, time.Now().UTC())
	require.NoError(b, err)
	o.team, err = o.CreateTeam(b.Context(), o.who, models.TeamInput{Name: "Ours", Zone: "UTC"})
	require.NoError(b, err)
	o.board, err = o.CreateBoard(b.Context(), o.who, o.team.ID, models.BoardInput{Name: "Board"})
	require.NoError(b, err)
	v, err := o.Board(b.Context(), o.who, o.board.ID)
	require.NoError(b, err)
	for _, l := range v.Lanes {
		o.columns[l.State] = l.ID
	}
	return o
}

func (o *workbench) add(b *testing.B, n int) []models.Task {
	b.Helper()
	var tasks []models.Task
	for from := 0; from < n; from += models.MaxAtOnce {
		var titles []string
		for i := from; i < min(n, from+models.MaxAtOnce); i++ {
			titles = append(titles, "Task "+strconv.Itoa(i))
		}
		added, err := o.AddTasks(b.Context(), o.who, o.columns[flow.Ready], titles)
		require.NoError(b, err)
		tasks = append(tasks, added...)
	}
	return tasks
}

// BenchmarkMovingACard is a move with its entry and its cascade, by one writer
// and by sixteen, durable as the default is and as the others' is, next to a bare
// transaction in the same run. The aim is at least half its rate, and no error.
func BenchmarkMovingACard(b *testing.B) {
	for _, durable := range []string{"full", "normal"} {
		o, f := newBench(b, durable == "normal"), newFloor(b, durable == "normal")
		tasks := o.add(b, 200)
		for _, writers := range []int{1, 16} {
			bare := 0.0
			b.Run(fmt.Sprintf("bare/%s/writers=%d", durable, writers), func(b *testing.B) {
				concurrently(b, writers, func() error { return f.change(1) })
				bare = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				b.ReportMetric(1e9/bare, "moves/s")
			})
			b.Run(fmt.Sprintf("relevo/%s/writers=%d", durable, writers), func(b *testing.B) {
				var turn atomic.Int64
				concurrently(b, writers, func() error {
					i := turn.Add(1)
					to := []flow.State{flow.InProgress, flow.InReview, flow.Ready}[i/200%3]
					return o.MoveTask(b.Context(), o.who, tasks[i%200].ID, 1<<40, models.Place{Column: o.columns[to]})
				})
				per := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				b.ReportMetric(1e9/per, "moves/s")
				if bare > 0 {
					b.ReportMetric(bare/per, "of-bare")
				}
			})
		}
	}
}

// BenchmarkMovingACardOverHTTP is the same as a person's browser does it.
func BenchmarkMovingACardOverHTTP(b *testing.B) {
	app := testapp.Start(b)
	ana := app.Person("Ana")
	team := app.Team(ana, "People")
	ben := app.Join(ana, team, "Ben", access.Member)
	v, err := app.Store.Board(b.Context(), ana.Actor(), fill(b, app, ana, team, 200))
	require.NoError(b, err)
	lane := v.Lanes[2]
	for _, writers := range []int{1, 16} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			var turn atomic.Int64
			concurrently(b, writers, func() error {
				card := lane.Cards[int(turn.Add(1))%len(lane.Cards)]
				form := url.Values{"column": {lane.ID}, "version": {"1000000000"}, "from": {"board"}}
				r, err := http.NewRequest(http.MethodPut, app.URL+"/tasks/"+card.ID+"/place", strings.NewReader(form.Encode()))
				if err != nil {
					return err
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set("HX-Request", "true")
				r.AddCookie(ben.Cookie())
				res, err := keepAlive.Do(r)
				if err != nil {
					return err
				}
				defer func() { _ = res.Body.Close() }()
				if res.StatusCode != http.StatusNoContent {
					return fmt.Errorf("move: %s", res.Status)
				}
				return nil
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "moves/s")
		})
	}
}

// BenchmarkCascade is completing a task that releases others, next to a bare
// transaction that writes as much. 10,000 are to take less than a second.
func BenchmarkCascade(b *testing.B) {
	for _, n := range []int{1, 100, 10_000} {
		o, f := newBench(b, false), newFloor(b, false)
		bare := 0.0
		b.Run(fmt.Sprintf("bare/tasks=%d", n), func(b *testing.B) {
			concurrently(b, 1, func() error { return f.change(n + 1) })
			bare = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
		})
		b.Run(fmt.Sprintf("relevo/tasks=%d", n), func(b *testing.B) {
			tasks := o.add(b, n+1)
			o.hang(b, tasks[0].ID, tasks[1:])
			b.ResetTimer()
			for range b.N {
				require.NoError(b, o.CompleteTask(b.Context(), o.who, tasks[0].ID, 1<<40))
				b.StopTimer()
				require.NoError(b, o.ReopenTask(b.Context(), o.who, tasks[0].ID, 1<<40))
				b.StartTimer()
			}
			per := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			b.ReportMetric(per/1e3/float64(n), "µs/released")
			if bare > 0 {
				b.ReportMetric(bare/per, "of-bare")
			}
		})
	}
}

// hang makes tasks wait for the first, past the store for speed.
func (o *workbench) hang(b *testing.B, first string, tasks []models.Task) {
	b.Helper()
	tx, err := o.handles.WriteSQL().Begin()
	require.NoError(b, err)
	for _, t := range tasks {
		_, err := tx.Exec("INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, created_at) VALUES ($1, $2, $3, $4)", first, t.ID, o.team.ID, t.CreatedAt)
		require.NoError(b, err)
		_, err = tx.Exec("UPDATE tasks SET state = 'waiting', column_id = $1 WHERE id = $2", o.columns[flow.Waiting], t.ID)
		require.NoError(b, err)
	}
	require.NoError(b, tx.Commit())
}
