package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"relevo/models"
	"relevo/views/say"
)

// startEvery is how often one looks for schedules whose time has come: no run starts
// later than that.
const startEvery = time.Minute

// start starts the runs whose schedules' time has come by now.
type start struct{}

// Kind names the job's worker.
func (start) Kind() string { return "schedule" }

type starts struct {
	river.WorkerDefaults[start]
	store *models.Store
}

func (w *starts) Work(ctx context.Context, _ *river.Job[start]) error {
	return w.store.StartScheduled(ctx, tellMisstart)
}

// tellMisstart words why a run did not start.
func tellMisstart(lang string, m models.Misstart) (title, text, reason string) {
	w := say.In(say.With(context.Background(), lang))
	var reasons []string
	for _, t := range m.Troubles {
		reasons = append(reasons, w.ScheduleTrouble(t.Field, t.Label, t.Fault()))
	}
	return w.Misstart(m.Template, m.Schedule.Name, string(m.Day), reasons, "/templates/"+m.Schedule.TemplateID+"/schedules")
}
