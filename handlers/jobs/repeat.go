package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
)

// repeatEvery is how often one looks for tasks whose time to come again has come:
// none is later than that.
const repeatEvery = time.Minute

// repeat makes the tasks that come again by now.
type repeat struct{}

// Kind names the job's worker.
func (repeat) Kind() string { return "repeat" }

type repeats struct {
	river.WorkerDefaults[repeat]
	store *models.Store
}

func (w *repeats) Work(ctx context.Context, _ *river.Job[repeat]) error {
	return w.store.Repeat(ctx)
}
