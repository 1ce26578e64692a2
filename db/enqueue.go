package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
	"gorm.io/gorm"
)

// Enqueue queues a job in the transaction tx, to be worked at a time (zero: at
// once) after tx has committed; if it rolls back there is no job. The job is
// kept as its JSON, and Kind names its worker. It is worked within about a
// second of its time, never before it, and again if its worker fails or dies.
func (h *Handles) Enqueue(ctx context.Context, tx *gorm.DB, job interface{ Kind() string }, at time.Time) error {
	pool := inside(tx)
	row, err := h.jobs(ctx, pool, job, &river.InsertOpts{ScheduledAt: roundUp(at)})
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", job.Kind(), err)
	}
	if row.State != rivertype.JobStateScheduled {
		return nil
	}
	// What is available is fetched as soon as its time has come. What is
	// scheduled waits for River's scheduler to make it available first, which
	// happens every five seconds, and only while one server is elected to do it.
	const release = `UPDATE river_job SET state = 'available' WHERE id = $1 AND state = 'scheduled'`
	if _, err := pool.ExecContext(ctx, release, row.ID); err != nil {
		return fmt.Errorf("enqueue %s: %w", job.Kind(), err)
	}
	return nil
}

// roundUp goes on to the next millisecond, to which River keeps times on SQLite.
func roundUp(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.Add(time.Millisecond - time.Microsecond).Truncate(time.Millisecond)
}

// inside returns the transaction under tx, without the store of prepared
// statements around it.
func inside(tx *gorm.DB) gorm.ConnPool {
	if t, ok := tx.Statement.ConnPool.(*keptTx); ok {
		return t.Tx
	}
	return tx.Statement.ConnPool
}

// inserter inserts a job in a transaction of this database.
type inserter func(ctx context.Context, tx gorm.ConnPool, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobRow, error)

func sqliteInserter(p *sql.DB) (inserter, error) {
	return newInserter(riversqlite.New(p), func(tx gorm.ConnPool) (*sql.Tx, bool) {
		t, ok := tx.(*sql.Tx)
		return t, ok
	})
}

func postgresInserter(p *pgxpool.Pool) (inserter, error) {
	return newInserter(riverpgxv5.New(p), func(tx gorm.ConnPool) (pgx.Tx, bool) {
		l, ok := tx.(*loan)
		if !ok {
			return nil, false
		}
		return borrowed{l.pgx}, true
	})
}

// newInserter makes an inserter of a client of River that works no jobs; of
// gives the transaction as River's driver knows it.
func newInserter[TTx any](d riverdriver.Driver[TTx], of func(gorm.ConnPool) (TTx, bool)) (inserter, error) {
	client, err := river.NewClient(d, &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, pool gorm.ConnPool, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobRow, error) {
		tx, ok := of(pool)
		if !ok {
			return nil, fmt.Errorf("not in a transaction of this database, but in %T", pool)
		}
		done, err := client.InsertTx(ctx, tx, args, opts)
		if err != nil {
			return nil, err
		}
		return done.Job, nil
	}, nil
}
