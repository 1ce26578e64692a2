package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// readers is how many pages can be read at once; writing waits for none of them.
const readers = 8

func openSQLite(ctx context.Context, s Settings) (*Handles, error) {
	file := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(s.Database)
	if s.ReadOnly {
		read, err := openFile(ctx, s, readers, file+"?mode=ro&_busy_timeout=5000&_query_only=1&_loc=UTC")
		return &Handles{Write: read, Read: read, path: s.Database}, err
	}
	if err := create(s.Database); err != nil {
		return nil, err
	}
	durable := "FULL"
	if s.Normal {
		durable = "NORMAL"
	}
	// Write transactions take the lock when they begin (_txlock): one that read
	// first and then wanted it would fail with "locked" when another was faster.
	write, err := openFile(ctx, s, 1, file+"?_journal_mode=WAL&_busy_timeout=5000&_txlock=immediate&_foreign_keys=1&_loc=UTC&_synchronous="+durable)
	if err != nil {
		return nil, err
	}
	// Each move writes some dozen pages, most of them the same as the one before:
	// the longer the journal, the fewer of them are copied into the file.
	if err := write.Exec("PRAGMA wal_autocheckpoint = 8000").Error; err != nil {
		return nil, errors.Join(err, pool(write).Close())
	}
	read, err := openFile(ctx, s, readers, file+"?_busy_timeout=5000&_query_only=1&_loc=UTC")
	if err != nil {
		return nil, errors.Join(err, pool(write).Close())
	}
	h := &Handles{Write: write, Read: read, path: s.Database}
	h.jobs, err = sqliteInserter(pool(write))
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// Relieve copies what SQLite's journal holds into the file, while others write:
// otherwise the one whose write makes the journal long would, with everybody
// waiting. PostgreSQL does that by itself.
func (h *Handles) Relieve(ctx context.Context) error {
	if h.pool != nil {
		return nil
	}
	var busy, pages, copied int
	return h.ReadSQL().QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &copied)
}

// create makes the file if it is not there, readable by its owner only: it holds
// people's data.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func openFile(ctx context.Context, s Settings, connections int, dsn string) (*gorm.DB, error) {
	p, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	p.SetMaxOpenConns(connections)
	p.SetMaxIdleConns(connections)
	if err := p.PingContext(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	g, err := gorm.Open(sqlite.Dialector{Conn: keep(p)}, config(s))
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return g, nil
}
