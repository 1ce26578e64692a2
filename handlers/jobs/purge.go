package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"relevo/models"
)

// purge empties the bins of what has been in them long enough.
type purge struct{}

// Kind names the job's worker.
func (purge) Kind() string { return "purge" }

type purges struct {
	river.WorkerDefaults[purge]
	store *models.Store
}

func (w *purges) Work(ctx context.Context, _ *river.Job[purge]) error {
	return w.store.EmptyBins(ctx)
}
