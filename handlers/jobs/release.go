package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
	"relevo/models/fault"
)

// releases works models.ReleaseJob: time has come for tasks that waited for it.
type releases struct {
	river.WorkerDefaults[models.ReleaseJob]
	store *models.Store
}

func (w *releases) Work(ctx context.Context, j *river.Job[models.ReleaseJob]) error {
	// The database's clock, which found the job due, may be ahead of ours, by
	// which the tasks are judged.
	if early := time.Until(j.ScheduledAt); early > 0 {
		return river.JobSnooze(early)
	}
	err := w.store.Release(ctx, j.Args)
	if f := fault.From(err); f != nil && f.Kind == fault.Missing {
		return river.JobCancel(err) // the team is gone, and waiting brings nothing back
	}
	return err
}
