package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

func TestARunsTimelineSetsWhatHappensBesideWhatItsStartPlanned(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // Monday, nine in Madrid
	template := h.template(t, `name: House
steps:
  - {id: plan, title: Plan, due: 1 working day after start, estimate: 1d}
  - {id: build, title: Build, needs: [plan], due: 2 working days after needs, estimate: 2d}
  - {id: paint, title: Paint, needs: [build], estimate: 1d}
  - {id: sell, title: Sell, needs: [plan], estimate: 1d}
`)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID})
	other := h.launch(t, template, models.RunInput{Board: r.BoardID})
	line := func(reach models.Reach) (lines []string, v models.TimelineView) {
		run, v, err := h.RunTimeline(ctx, ben, r.ID, reach)
		require.NoError(t, err)
		require.Equal(t, r.ID, run.Run.ID)
		for _, row := range v.Rows {
			require.Equal(t, r.ID, row.RunID, "and none of another run")
			day := func(t time.Time) string { return t.In(v.Work.Zone()).Format("2/1") }
			line := row.Title + " " + day(row.Start) + "–" + day(row.Finish) + ", planned " + day(row.Base.Start) + "–" + day(row.Base.Finish)
			if row.Critical {
				line += " !"
			}
			lines = append(lines, line)
		}
		return lines, v
	}
	lines, v := line(models.Reach{})
	require.Equal(t, []string{"Plan 3/3–3/3, planned 3/3–3/3 !", "Sell 4/3–4/3, planned 4/3–4/3", "Build 4/3–5/3, planned 4/3–5/3 !", "Paint 6/3–6/3, planned 6/3–6/3 !"}, lines)
	require.Equal(t, models.ZoomDay, v.Reach.Zoom)
	require.Equal(t, "2026-03-02", v.Reach.First.Format(time.DateOnly))

	// Planning takes until Thursday: all after it moves, the first plan does not.
	plan := h.step(t, r.ID, "plan").Task
	h.start(ben, v.Board, plan.ID, flow.InProgress)
	h.now = h.now.AddDate(0, 0, 3).Add(8 * time.Hour)
	h.finish(t, r.ID, "plan")
	h.edit(h.step(t, r.ID, "build").Task.ID, models.TaskInput{Due: new(models.Date)})
	lines, v = line(models.Reach{})
	require.Equal(t, []string{"Plan 2/3–5/3, planned 3/3–3/3", "Sell 6/3–6/3, planned 4/3–4/3", "Build 6/3–9/3, planned 4/3–5/3 !", "Paint 10/3–10/3, planned 6/3–6/3 !"}, lines)
	require.Equal(t, 2*480, v.Rows[2].Behind)
	require.Zero(t, v.Rows[2].Late, "it has no date any more")

	// A step that is left out, or was added besides, was not planned.
	require.NoError(t, h.CancelTask(ctx, ben, h.step(t, r.ID, "sell").Task.ID, 1<<40, ""))
	lines, _ = line(models.Reach{Zoom: models.ZoomWeek})
	require.Len(t, lines, 3)
	_, _, err := h.RunTimeline(ctx, eve, other.ID, models.Reach{})
	require.Error(t, err)
}
