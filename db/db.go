// Package db opens the database, brings its schema up to date, queues jobs in
// it and carries news between the servers that share it. It is the only place
// that knows which database is in use, and it knows nothing of what is stored.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Settings say which database to open, and how.
type Settings struct {
	// Database is a postgres:// URL, or the path of a SQLite file, which is made
	// if it is not there.
	Database string
	// Normal lets SQLite answer before a change is on the disk: faster, and a
	// power cut may take back the last changes. Without it nothing acknowledged
	// is ever lost. PostgreSQL has its own setting for this.
	Normal bool
	// ReadOnly opens what is there, writes nothing and makes no file.
	ReadOnly bool
	// Logger hears of slow queries; nil: nobody does.
	Logger *slog.Logger
}

// Handles are the ways to an open database. On SQLite Write is one connection,
// for there is one writer, and Read several that cannot write; on PostgreSQL
// both are the same pool. Inside a transaction use the transaction's handle
// only: with one connection, the outer one would wait for itself.
type Handles struct {
	Write, Read *gorm.DB

	path string        // of the SQLite file
	pool *pgxpool.Pool // nil on SQLite
	jobs inserter
}

// Open connects; it does not migrate. Close what it returns.
func Open(ctx context.Context, s Settings) (*Handles, error) {
	open := openSQLite
	if isPostgres(s.Database) {
		open = openPostgres
	}
	h, err := open(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", Redacted(s.Database), err)
	}
	return h, nil
}

// Dialect is "sqlite" or "postgres".
func (h *Handles) Dialect() string { return h.Write.Name() }

// Shared reports whether other servers may use the database at the same time.
func (h *Handles) Shared() bool { return h.pool != nil }

// WriteSQL is the pool under Write.
func (h *Handles) WriteSQL() *sql.DB { return pool(h.Write) }

// ReadSQL is the pool under Read.
func (h *Handles) ReadSQL() *sql.DB { return pool(h.Read) }

// Ping reports whether the database answers.
func (h *Handles) Ping(ctx context.Context) error { return h.ReadSQL().PingContext(ctx) }

// Close ends every connection.
func (h *Handles) Close() error {
	err := h.WriteSQL().Close()
	if h.pool != nil {
		h.pool.Close()
		return err
	}
	return errors.Join(h.ReadSQL().Close(), err)
}

func pool(g *gorm.DB) *sql.DB {
	p, err := g.DB()
	if err != nil { // only if a handle was not made by Open
		panic(err)
	}
	return p
}

func isPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// slow is how long a query takes before it is spoken of.
const slow = 500 * time.Millisecond

func config(s Settings) *gorm.Config {
	c := &gorm.Config{
		SkipDefaultTransaction: true, // every write is in a transaction of ours
		TranslateError:         true,
		Logger:                 logger.Discard,
		NowFunc:                func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
	if s.Logger != nil {
		c.Logger = logger.NewSlogLogger(s.Logger, logger.Config{
			SlowThreshold:             slow,
			LogLevel:                  logger.Warn,
			IgnoreRecordNotFoundError: true,
			ParameterizedQueries:      true, // what people typed stays out of the server's log
		})
	}
	return c
}
