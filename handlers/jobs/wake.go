package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
)

// wakes works models.WakeJob: what somebody snoozed comes back.
type wakes struct {
	river.WorkerDefaults[models.WakeJob]
	store *models.Store
}

func (w *wakes) Work(ctx context.Context, j *river.Job[models.WakeJob]) error {
	if early := time.Until(j.ScheduledAt); early > 0 { // the database's clock is ahead of ours
		return river.JobSnooze(early)
	}
	return w.store.Wake(ctx, j.Args)
}
