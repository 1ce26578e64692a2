package db_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/tests/testdb"
)

// hear listens as another server would.
func hear(t *testing.T, h *db.Handles) (heard chan string, gaps chan bool) {
	t.Helper()
	heard, gaps = make(chan string, 100), make(chan bool, 100)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() {
		h.Listen(ctx, func(p string) { heard <- p }, func() { gaps <- true })
		close(ended)
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return heard, gaps
}

func soon[T any](t *testing.T, from <-chan T, what string) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(10 * time.Second):
		t.Fatal("waited in vain for", what)
	}
	return got
}

func TestAnotherServerHearsWhatWasCommittedOnly(t *testing.T) {
	if !testdb.Postgres() {
		t.Skip("a SQLite file has one server")
	}
	database := testdb.Fresh(t)
	h := testdb.Reopen(t, database)
	heard, gaps := hear(t, testdb.Reopen(t, database))
	soon(t, gaps, "the connection")

	say := func(what string, fail error) error {
		return h.Write.Transaction(func(tx *gorm.DB) error {
			require.NoError(t, h.Notify(t.Context(), tx, what))
			return fail
		})
	}
	require.NoError(t, say("first", nil))
	require.Error(t, say("taken back", context.Canceled))
	require.NoError(t, say(strings.Repeat("x", db.MaxPayload), nil))
	require.Equal(t, "first", soon(t, heard, "news"))
	require.Len(t, soon(t, heard, "long news"), db.MaxPayload)

	require.NoError(t, h.Write.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`).Error)
	soon(t, gaps, "the connection again")
	require.NoError(t, say("after", nil))
	require.Equal(t, "after", soon(t, heard, "news after the gap"))
}

func TestOneServerAloneTellsNobody(t *testing.T) {
	if testdb.Postgres() {
		t.Skip("PostgreSQL carries news")
	}
	h := testdb.Open(t)
	h.Listen(t.Context(), func(string) { t.Error("heard something") }, func() { t.Error("connected to something") })
	require.NoError(t, h.Write.Transaction(func(tx *gorm.DB) error { return h.Notify(t.Context(), tx, "hello") }))
}
