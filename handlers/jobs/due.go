package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"relevo/models"
)

// due tells people whose morning has come what is due.
type due struct{}

// Kind names the job's worker.
func (due) Kind() string { return "due" }

type dues struct {
	river.WorkerDefaults[due]
	store *models.Store
}

func (w *dues) Work(ctx context.Context, _ *river.Job[due]) error { return w.store.TellDue(ctx) }
