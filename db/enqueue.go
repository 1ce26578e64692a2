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

// lookAhead is how early River's scheduler takes a job out of the waiting ones;
// it looks that often, too. A job due sooner could be overlooked for as long.
const lookAhead = 5 * time.Second

// Enqueue queues a job in the transaction tx, to be worked once that has
// committed; if it rolls back there is no job. opts may be nil. Give a time in
// opts.ScheduledAt and the job is worked then, within about a second.
func (h *Handles) Enqueue(tx *gorm.DB, args river.JobArgs, opts *river.InsertOpts) error {
	ctx, in := tx.Statement.Context, inside(tx)
	job, err := h.jobs(ctx, in, args, opts)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	if job.State != rivertype.JobStateScheduled || time.Until(job.ScheduledAt) > 2*lookAhead {
		return nil
	}
	// What is available is fetched as soon as its time has come.
	const now = `UPDATE river_job SET state = 'available' WHERE id = $1 AND state = 'scheduled'`
	if _, err := in.ExecContext(ctx, now, job.ID); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// inside returns the transaction under tx, without gorm's store of prepared
// statements around it.
func inside(tx *gorm.DB) gorm.ConnPool {
	if p, ok := tx.Statement.ConnPool.(*gorm.PreparedStmtTX); ok {
		return p.Tx
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
