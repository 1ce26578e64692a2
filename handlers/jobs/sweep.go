package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"relevo/models"
)

// sweep forgets what has expired.
type sweep struct{}

// Kind names the job's worker.
func (sweep) Kind() string { return "sweep" }

type sweeps struct {
	river.WorkerDefaults[sweep]
	store *models.Store
}

func (w *sweeps) Work(ctx context.Context, _ *river.Job[sweep]) error {
	return errors.Join(w.store.ForgetExpiredSessions(ctx), w.store.ForgetExpiredImports(ctx), w.store.ForgetBlobs(ctx), w.store.ForgetOldNotices(ctx), w.store.WakeAll(ctx))
}
