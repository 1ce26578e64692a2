package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/models/playbook"
)

func (h *house) ahead(run string) *models.Forecast {
	h.t.Helper()
	f, err := h.Forecast(h.t.Context(), vic, run)
	require.NoError(h.t, err)
	return f
}

func TestARunIsForecastFromWhereItStands(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	template := h.template(t, permit)
	h.now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // Monday, nine in Madrid
	r := h.launch(t, template, models.RunInput{Board: b.ID, Cast: map[string]string{"clerk": "ben", "judge": "ana"}})
	first := h.ahead(r.ID)
	require.NotNil(t, first)
	require.False(t, first.Half.After(first.Nine))
	require.Equal(t, map[models.Basis]int{models.ByEstimate: 3}, first.Bases)
	require.Contains(t, first.Decisive, "ask")
	require.Equal(t, first, h.ahead(r.ID))
	// Asking takes four to twenty hours, inquiring in half of the runs twice that, deciding
	// as long as asking: the mean is about 21 hours without and 43 with an inquiry.
	require.True(t, first.Half.After(h.now.AddDate(0, 0, 2)) && first.Nine.Before(h.now.AddDate(0, 0, 14)), "%+v", first)

	// Nobody does anything: it is put off by as much as has passed.
	h.now = h.now.AddDate(0, 0, 7)
	later := h.ahead(r.ID)
	require.WithinDuration(t, first.Half.AddDate(0, 0, 7), later.Half, time.Minute)

	// It is begun: there is less to come.
	ask := h.step(t, r.ID, "ask").Task
	h.start(ben, b, ask.ID, flow.InProgress)
	h.now = h.now.Add(3 * time.Hour)
	begun := h.ahead(r.ID)
	require.True(t, begun.Half.Before(later.Half.Add(3*time.Hour)), "%s %s", begun.Half, later.Half)

	// All is clear, so that nothing is inquired, and only the decision is left.
	h.finish(t, r.ID, "ask", "clear", playbook.Yes)
	decided := h.ahead(r.ID)
	require.True(t, decided.Nine.Before(begun.Nine))
	require.Equal(t, []string{"decide"}, decided.Decisive)
	require.False(t, decided.Nine.After(h.now.AddDate(0, 0, 4)), "two and a half days at most")

	require.NoError(t, h.PauseRun(ctx, ben, r.ID, ""))
	require.Nil(t, h.ahead(r.ID), "nobody can tell when it goes on")
	require.NoError(t, h.ResumeRun(ctx, ben, r.ID))
	require.NotNil(t, h.ahead(r.ID))
	h.finish(t, r.ID, "decide")
	require.Nil(t, h.ahead(r.ID), "it is finished")
}

func TestAForecastKeepsToWhatWasDecidedInItsRunAlone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	template := h.template(t, permit)
	h.now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	r := h.launch(t, template, models.RunInput{Board: b.ID, Cast: map[string]string{"clerk": "ben", "judge": "ana"}})
	before := h.ahead(r.ID)
	require.NoError(t, h.DropStep(ctx, ben, h.step(t, r.ID, "decide").Task.ID, "not needed"))
	require.True(t, h.ahead(r.ID).Half.Before(before.Half))

	// Something outside of the run keeps it waiting.
	extra := h.add(b, "Ask the neighbours")[0]
	estimate := 10 * 480
	h.edit(extra.ID, models.TaskInput{Estimate: &estimate})
	h.require(extra.ID, h.step(t, r.ID, "ask").Task.ID, models.DependencyInput{})
	require.True(t, h.ahead(r.ID).Half.After(h.now.AddDate(0, 0, 10)))
}

// BenchmarkForecast makes the forecast of a run of order processing, of which nothing is
// done yet, anew each time.
func BenchmarkForecast(b *testing.B) {
	h := newHouse(b)
	board := h.board()
	r := h.launch(b, orders(h), models.RunInput{Board: board.ID, Answers: given()})
	for b.Loop() {
		h.now = h.now.Add(6 * time.Minute)
		require.NotNil(b, h.ahead(r.ID))
	}
}
