package db_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/tests/testdb"
)

type greeting struct {
	To string `json:"to"`
}

func (greeting) Kind() string { return "greeting" }

// greeter keeps when whom was greeted.
type greeter struct {
	river.WorkerDefaults[greeting]
	greeted chan string
}

func (g *greeter) Work(_ context.Context, j *river.Job[greeting]) error {
	g.greeted <- j.Args.To
	return nil
}

func enqueue(t *testing.T, h *db.Handles, to string, at time.Time) {
	t.Helper()
	require.NoError(t, h.Write.Transaction(func(tx *gorm.DB) error {
		return h.Enqueue(t.Context(), tx, greeting{to}, at)
	}))
}

func work(t *testing.T, h *db.Handles) *greeter {
	t.Helper()
	g := &greeter{greeted: make(chan string, 100)}
	workers := river.NewWorkers()
	river.AddWorker(workers, g)
	stop, err := h.Work(t.Context(), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}}, Workers: workers,
		FetchPollInterval: 100 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { _ = stop(context.Background()) })
	return g
}

func count(t *testing.T, h *db.Handles) (n int) {
	t.Helper()
	require.NoError(t, h.Read.Raw(`SELECT count(*) FROM river_job`).Scan(&n).Error)
	return n
}

func TestAJobIsQueuedWithTheChangeThatAsksForIt(t *testing.T) {
	h := testdb.Open(t)
	enqueue(t, h, "Ana", time.Time{})
	require.Equal(t, 1, count(t, h))
}

func TestARolledBackChangeLeavesNoJob(t *testing.T) {
	h := testdb.Open(t)
	changed := errors.New("changed my mind")
	require.ErrorIs(t, h.Write.Transaction(func(tx *gorm.DB) error {
		require.NoError(t, h.Enqueue(t.Context(), tx, greeting{"Ana"}, time.Time{}))
		return changed
	}), changed)
	require.Zero(t, count(t, h))
}

func TestAJobIsNotQueuedOutsideATransaction(t *testing.T) {
	h := testdb.Open(t)
	err := h.Enqueue(t.Context(), h.Write.Session(&gorm.Session{}), greeting{"Ana"}, time.Time{})
	require.ErrorContains(t, err, "not in a transaction")
}

func TestATimerFiresOnceSoonAfterItsTimeAndNeverBefore(t *testing.T) {
	database := testdb.Fresh(t)
	h := testdb.Reopen(t, database)
	first, second := work(t, h), &greeter{}
	if testdb.Postgres() { // a SQLite file has one server
		second = work(t, testdb.Reopen(t, database))
	}
	at := time.Now().Add(1500*time.Millisecond + 321*time.Microsecond)
	enqueue(t, h, "Ana", at)
	select {
	case to := <-first.greeted:
		require.Equal(t, "Ana", to)
	case to := <-second.greeted:
		require.Equal(t, "Ana", to)
	case <-time.After(30 * time.Second):
		t.Fatal("the timer did not fire")
	}
	late := time.Since(at)
	require.GreaterOrEqual(t, late, time.Duration(0), "early")
	require.Less(t, late, time.Second, "late")
	time.Sleep(300 * time.Millisecond)
	require.Empty(t, first.greeted)
	require.Empty(t, second.greeted)
}

func TestAJobThatAKilledServerWasWorkingIsTakenOverOnSQLite(t *testing.T) {
	if testdb.Postgres() {
		t.Skip("with PostgreSQL another server may still work it")
	}
	h := testdb.Open(t)
	enqueue(t, h, "Ana", time.Time{})
	require.NoError(t, h.Write.Exec(`UPDATE river_job SET state = 'running', attempt = 1`).Error)
	select {
	case to := <-work(t, h).greeted:
		require.Equal(t, "Ana", to)
	case <-time.After(30 * time.Second):
		t.Fatal("nobody took the job over")
	}
}
