package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
)

const permit = `name: Permit
roles: [{id: clerk, name: Clerk, who: ask}, {id: judge, name: Judge, who: ask}]
steps:
  - {id: ask, title: Ask, role: clerk, estimate: 1d, fields: [{id: clear, label: Clear, type: yes/no, required: true}]}
  - {id: inquire, title: Inquire, role: clerk, needs: [ask], when: not ask.clear, estimate: 2d}
  - {id: decide, title: Decide, role: judge, needs: [inquire], estimate: 1d}
`

func (h *house) rehearsed(t *testing.T, template string, in models.RehearsalInput) models.RehearsalView {
	t.Helper()
	v, err := h.Rehearse(t.Context(), ben, template, in)
	require.NoError(t, err)
	return v
}

func chances(v models.RehearsalView) map[string]float64 {
	by := map[string]float64{}
	for _, s := range v.Outcome.Steps {
		by[s.ID] = s.Chance
	}
	return by
}

func TestATemplateIsRehearsedByItsEstimatesUntilThereIsAHistory(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	template := h.template(t, permit)
	before := h.length()
	v := h.rehearsed(t, template.ID, models.RehearsalInput{From: "2026-03-09"})
	require.Equal(t, before, h.length(), "nothing is made, and nothing is written down")
	require.Equal(t, map[string]models.StepBasis{"ask": {By: models.ByEstimate}, "inquire": {By: models.ByEstimate}, "decide": {By: models.ByEstimate}}, v.Bases)
	require.InDelta(t, .5, chances(v)["inquire"], .05)
	require.Len(t, v.Uncast, 2)
	require.Equal(t, v.Outcome.By(90), h.rehearsed(t, template.ID, models.RehearsalInput{From: "2026-03-09", Seed: "1"}).Outcome.By(90), "the same seed gives the same")
	require.NotEqual(t, v.Outcome.Mean, h.rehearsed(t, template.ID, models.RehearsalInput{From: "2026-03-09", Seed: "2"}).Outcome.Mean)

	// Six runs, each of which took two hours to be begun and three to be done; in one of
	// them something was not clear.
	for i := range 6 {
		h.now = time.Date(2026, 3, 2+i%5, 8, 0, 0, 0, time.UTC) // nine in Madrid
		if i == 5 {
			h.now = h.now.AddDate(0, 0, 7)
		}
		r := h.launch(t, template, models.RunInput{Board: b.ID, Cast: map[string]string{"clerk": "ben", "judge": "ana"}})
		ask := h.step(t, r.ID, "ask").Task
		h.now = h.now.Add(2 * time.Hour)
		h.start(ben, b, ask.ID, flow.InProgress)
		h.now = h.now.Add(3 * time.Hour)
		clear := playbook.Yes
		if i == 0 {
			clear = playbook.No
		}
		h.finish(t, r.ID, "ask", "clear", clear)
	}
	v = h.rehearsed(t, template.ID, models.RehearsalInput{From: "2026-03-23"})
	require.Equal(t, models.StepBasis{By: models.ByHistory, Times: 6}, v.Bases["ask"])
	require.Equal(t, models.ByEstimate, v.Bases["decide"].By)
	require.InDelta(t, 180, v.Outcome.Steps[0].Mean, 1e-9, "three hours of work")
	require.Equal(t, "2026-03-23 14:00", v.Outcome.Steps[0].P50.Format("2006-01-02 15:04"), "begun two hours after nine")
	require.Len(t, v.Open, 1)
	require.Equal(t, models.ByHistory, v.Open[0].By)
	require.Equal(t, 6, v.Open[0].Times)
	require.InDelta(t, 2./8, chances(v)["inquire"], .04, "one of six, each answer counted once more")
	require.Equal(t, map[string]string{"clerk": "ben", "judge": "ana"}, v.Input.Cast, "as in the run before")
	require.Empty(t, v.Uncast)

	v = h.rehearsed(t, template.ID, models.RehearsalInput{Chances: map[string]string{"ask.clear": "0"}})
	require.InDelta(t, 1, chances(v)["inquire"], 1e-9)
	require.Equal(t, models.ByWord, v.Open[0].By)
}

func TestWhatCannotBeUnderstoodOfARehearsalIsSaidByItsField(t *testing.T) {
	h := newHouse(t)
	template := h.template(t, permit)
	v, err := h.Rehearse(t.Context(), ben, template.ID, models.RehearsalInput{Seed: "x", Rounds: "7", From: "soon", Cast: map[string]string{"clerk": "eve"}, Chances: map[string]string{"ask.clear": "120"}})
	f := fault.From(err)
	require.NotNil(t, f, "%v", err)
	for field, code := range map[string]fault.Code{"seed": fault.NotANumber, "rounds": fault.NotAChoice, "from": fault.NotADate, "role.clerk": fault.NotInTeam, "chance.ask.clear": fault.OutOfRange} {
		require.NotNil(t, f.For(field), field)
		require.Equal(t, code, f.For(field).Code)
	}
	require.Equal(t, "soon", v.Input.From, "what was typed is kept")

	draft, err := h.CreateTemplate(t.Context(), ana, h.team, "Draft", permit)
	require.NoError(t, err)
	_, err = h.Rehearse(t.Context(), ben, draft.ID, models.RehearsalInput{})
	h.refused(err, fault.NotPublished)
	_, err = h.Rehearse(t.Context(), ana, draft.ID, models.RehearsalInput{})
	require.NoError(t, err, "who may edit a draft may rehearse it")
}

func TestTheShippedTemplatesCanBeRehearsed(t *testing.T) {
	h := newHouse(t)
	for _, s := range playbook.ShippedIn("en") {
		template := h.adopt(s.Key)
		v := h.rehearsed(t, template.ID, models.RehearsalInput{From: "2026-03-09"})
		require.Len(t, v.Outcome.Steps, len(v.Steps))
		require.False(t, v.Outcome.By(50).After(v.Outcome.By(90)))
		t.Logf("%s: %s, 50 %% %s, 90 %% %s, %d open, %d blind", s.Key, v.Outcome.Mean.Format(time.DateOnly), v.Outcome.By(50).Format(time.DateOnly), v.Outcome.By(90).Format(time.DateOnly), len(v.Open), len(v.Blind))
	}
}
