package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
)

// signEvery is how often heads of the logs that have grown are signed: whoever
// changes the database by hand has no longer than that to go unnoticed.
const signEvery = 10 * time.Minute

// signing signs a head of every log that has grown.
type signing struct{}

// Kind names the job's worker.
func (signing) Kind() string { return "sign" }

type signings struct {
	river.WorkerDefaults[signing]
	store *models.Store
}

func (w *signings) Work(ctx context.Context, _ *river.Job[signing]) error {
	return w.store.SignHeads(ctx)
}
