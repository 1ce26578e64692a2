// Package testdb gives each test a migrated database of its own: a SQLite file,
// or a PostgreSQL database where RELEVO_TEST_POSTGRES is set.
package testdb

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/db"
)

// Variable is the environment variable that makes tests use PostgreSQL: the URL
// of a cluster in which databases may be created, or 1 to start one.
const Variable = "RELEVO_TEST_POSTGRES"

// Postgres reports whether tests run on PostgreSQL.
func Postgres() bool { return os.Getenv(Variable) != "" && os.Getenv(Variable) != "0" }

// Open returns a fresh, migrated database, closed and removed after the test.
// For a second server on the same one, keep what Fresh returns and Reopen it.
func Open(tb testing.TB) *db.Handles {
	tb.Helper()
	return Reopen(tb, Fresh(tb))
}

// Reopen opens a database of Fresh (again, as another server would).
func Reopen(tb testing.TB, database string) *db.Handles {
	tb.Helper()
	h, err := db.Open(context.Background(), db.Settings{Database: database, Normal: true})
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = h.Close() })
	return h
}

// Fresh makes a migrated database for the test and returns what opens it: the
// path of a file, or a URL.
func Fresh(tb testing.TB) string {
	tb.Helper()
	if Postgres() {
		return cluster(tb).clone(tb, true)
	}
	file, err := template()
	require.NoError(tb, err)
	path := filepath.Join(tb.TempDir(), "relevo.db")
	require.NoError(tb, os.WriteFile(path, file, 0o600))
	return path
}

// Empty makes a database without a schema.
func Empty(tb testing.TB) string {
	tb.Helper()
	if Postgres() {
		return cluster(tb).clone(tb, false)
	}
	return filepath.Join(tb.TempDir(), "relevo.db")
}

// template is the content of a migrated SQLite file, made once.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "relevo-testdb")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	if err := migrate(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func migrate(database string) error {
	ctx := context.Background()
	h, err := db.Open(ctx, db.Settings{Database: database, Normal: true})
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	_, err = h.Migrate(ctx)
	return err
}
