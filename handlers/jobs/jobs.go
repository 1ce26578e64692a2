// Package jobs works what the store has queued: a file per kind of job. A worker
// calls one verb and may run twice, so the verb must bear that.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
)

const (
	workers = 8 // jobs worked at once by this server
	// poll is how often due jobs are looked for. A timer is late by that at most
	// when the server has nothing else to do.
	poll    = 500 * time.Millisecond
	timeout = time.Minute // for one job
	// rescue is after how long a job counts as abandoned by a server that died.
	rescue = 2 * timeout
	// grace is how long running jobs may go on while the server stops.
	grace = 5 * time.Second
)

// Config is what works the jobs of store. Trouble is told to log. witness is the folder in
// which signed heads are left; empty: none.
func Config(store *models.Store, log *slog.Logger, witness string) *river.Config {
	all := river.NewWorkers()
	river.AddWorker(all, &releases{store: store})
	river.AddWorker(all, &sweeps{store: store})
	river.AddWorker(all, &purges{store: store})
	river.AddWorker(all, &signings{store: store, witness: witness})
	river.AddWorker(all, &repeats{store: store})
	river.AddWorker(all, &starts{store: store})
	river.AddWorker(all, &dues{store: store})
	river.AddWorker(all, &wakes{store: store})
	return &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers:              all,
		PeriodicJobs:         []*river.PeriodicJob{every(time.Hour, sweep{}), every(time.Hour, purge{}), every(signEvery, signing{}), every(repeatEvery, repeat{}), every(startEvery, start{}), quarterly(due{})},
		FetchPollInterval:    poll,
		JobTimeout:           timeout,
		RescueStuckJobsAfter: rescue,
		SoftStopTimeout:      grace,
		Logger:               slog.New(troubles{log.Handler()}),
	}
}

func every(period time.Duration, args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(period),
		func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: period}}
		}, &river.PeriodicJobOpts{RunOnStart: true})
}

// quarterly is at each quarter of an hour: time zones differ by such.
func quarterly(args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(quarters{},
		func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: quarter}}
		}, &river.PeriodicJobOpts{RunOnStart: true})
}

const quarter = 15 * time.Minute

type quarters struct{}

// Next is the next quarter of an hour.
func (quarters) Next(now time.Time) time.Time { return now.Truncate(quarter).Add(quarter) }

// troubles passes on what is a warning or worse: River speaks of its daily life.
type troubles struct{ slog.Handler }

func (t troubles) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && t.Handler.Enabled(ctx, level)
}

// Handle leaves out what breaks off because the server stops.
func (t troubles) Handle(ctx context.Context, r slog.Record) error {
	stopping := false
	r.Attrs(func(a slog.Attr) bool {
		stopping = stopping || a.Value.String() == context.Canceled.Error()
		return !stopping
	})
	if stopping {
		return nil
	}
	return t.Handler.Handle(ctx, r)
}

func (t troubles) WithAttrs(attrs []slog.Attr) slog.Handler {
	return troubles{t.Handler.WithAttrs(attrs)}
}

func (t troubles) WithGroup(name string) slog.Handler { return troubles{t.Handler.WithGroup(name)} }
