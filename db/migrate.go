package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/template"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// The schema is one set of files for both databases: 00001_name.sql, run in
// order, each once and in a transaction. Only what must differ differs, side by
// side, in the manner of text/template with the words of words.
//
//go:embed migrations/*.sql
var migrations embed.FS

// words are what the files call a thing that each database calls otherwise.
type words struct {
	SQLite bool
	Bytes  string
	Time   string
	Rank   string // text that sorts by its bytes
}

var dialects = map[string]words{
	"sqlite":   {SQLite: true, Bytes: "BLOB", Time: "DATETIME", Rank: "TEXT"},
	"postgres": {SQLite: false, Bytes: "BYTEA", Time: "TIMESTAMPTZ", Rank: `TEXT COLLATE "C"`},
}

// Migrate brings the schema up to date and returns the names of what it
// applied. Servers that start at once wait for the one that migrates.
func (h *Handles) Migrate(ctx context.Context) (applied []string, err error) {
	unlock, err := h.lock(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: wait for the lock: %w", err)
	}
	defer unlock()
	p, err := h.provider()
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	done, err := p.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	for _, r := range done {
		applied = append(applied, strconv.FormatInt(r.Source.Version, 10))
	}
	ours, err := h.migrateJobs(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate jobs: %w", err)
	}
	return append(applied, ours...), nil
}

func (h *Handles) provider() (*goose.Provider, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []*goose.Migration
	for _, name := range names {
		m, err := migration(name, dialects[h.Dialect()])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, m)
	}
	dialect := goose.DialectSQLite3
	if h.pool != nil {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, h.WriteSQL(), nil,
		goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

func migration(name string, w words) (*goose.Migration, error) {
	number, _, _ := strings.Cut(path.Base(name), "_")
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(migrations, name)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if err := t.Execute(&text, w); err != nil {
		return nil, err
	}
	up := func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, text.String())
		return err
	}
	return goose.NewGoMigration(version, &goose.GoFunc{RunTx: up}, nil), nil
}

// lock waits until no other server migrates this database.
func (h *Handles) lock(ctx context.Context) (unlock func(), err error) {
	if h.pool == nil {
		return lockFolder(filepath.Dir(h.path))
	}
	// Tried every second for five minutes, not waited for inside the database: a
	// statement that waits there holds a snapshot, and that holds up migrations.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	conn, err := h.WriteSQL().Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return func() {
		_ = locker.SessionUnlock(context.WithoutCancel(ctx), conn)
		_ = conn.Close()
	}, nil
}

// lockFolder locks the folder that a SQLite file is in. The file itself won't
// do: closing it a second time would drop SQLite's own locks on it.
func lockFolder(folder string) (unlock func(), err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}

// migrateJobs brings the tables of River up to date.
func (h *Handles) migrateJobs(ctx context.Context) ([]string, error) {
	if h.pool == nil {
		return migrateRiver[*sql.Tx](ctx, riversqlite.New(h.WriteSQL()))
	}
	return migrateRiver[pgx.Tx](ctx, riverpgxv5.New(h.pool))
}

func migrateRiver[TTx any](ctx context.Context, d riverdriver.Driver[TTx]) ([]string, error) {
	m, err := rivermigrate.New(d, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	done, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return nil, err
	}
	var applied []string
	for _, v := range done.Versions {
		applied = append(applied, fmt.Sprintf("jobs %d %s", v.Version, v.Name))
	}
	return applied, nil
}
