package db

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
)

// Work works the queued jobs with the workers of c until stop is called, which
// waits for the running ones until its context ends.
func (h *Handles) Work(ctx context.Context, c *river.Config) (stop func(context.Context) error, err error) {
	if h.pool != nil {
		return work(ctx, riverpgxv5.New(h.pool), c)
	}
	if err := h.reclaim(ctx); err != nil {
		return nil, err
	}
	return work(ctx, riversqlite.New(h.WriteSQL()), c)
}

// reclaim takes over what an earlier server left behind when it was killed: a
// SQLite file has one server, so nobody else works these jobs or leads. With
// PostgreSQL River finds out by itself, after a while.
func (h *Handles) reclaim(ctx context.Context) error {
	for _, query := range []string{
		`UPDATE river_job SET state = 'available' WHERE state = 'running'`,
		`DELETE FROM river_leader`,
	} {
		if _, err := h.WriteSQL().ExecContext(ctx, query); err != nil {
			return fmt.Errorf("reclaim jobs: %w", err)
		}
	}
	return nil
}

func work[TTx any](ctx context.Context, d riverdriver.Driver[TTx], c *river.Config) (func(context.Context) error, error) {
	client, err := river.NewClient(d, c)
	if err != nil {
		return nil, fmt.Errorf("work jobs: %w", err)
	}
	// The end of ctx must not cut jobs off: stop does it in good order.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("work jobs: %w", err)
	}
	return client.Stop, nil
}
