package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
)

// signEvery is how often heads of the logs that have grown are signed: whoever
// changes the database by hand has no longer than that to go unnoticed.
const signEvery = 10 * time.Minute

// signing signs a head of every log that has grown, and leaves the newest of each log
// with the witness. One that could not be left is made up for by the next: it speaks of
// all that an earlier one spoke of.
type signing struct{}

// Kind names the job's worker.
func (signing) Kind() string { return "sign" }

type signings struct {
	river.WorkerDefaults[signing]
	store   *models.Store
	witness string // a folder; empty: none
}

func (w *signings) Work(ctx context.Context, _ *river.Job[signing]) error {
	err := w.store.SignHeads(ctx)
	if w.witness == "" {
		return err
	}
	heads, missed := w.store.NewestHeads(ctx)
	err = errors.Join(err, missed)
	for _, h := range heads {
		err = errors.Join(err, leave(w.witness, h))
	}
	return err
}
