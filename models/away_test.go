package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
)

// inTurns is a template of which nobody says who does it.
const inTurns = `
name: Watch
roles:
  - {id: turn, name: Whose turn it is, who: round robin}
  - {id: free, name: Who has the least to do, who: least loaded}
  - {id: boss, name: The boss, who: ana@example.org}
steps:
  - {id: watch, title: Watch, role: turn}
  - {id: help, title: Help, role: free}
  - {id: look, title: Look, role: boss}
`

// away says when somebody is away.
func (h *house) away(who models.Actor, from, until models.Date) error {
	return h.EditProfile(h.t.Context(), who, models.ProfileInput{Name: who.Name, Lang: "en", Zone: "UTC", Away: models.Away{AwayFrom: from, AwayUntil: until}})
}

func TestRolesThatGoRoundPassOverWhoIsAway(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, inTurns)
	cast := func(from models.Date) map[string]string {
		v, err := h.PrepareRun(ctx, ben, template.ID, models.RunInput{From: string(from)})
		require.NoError(t, err)
		return v.Input.Cast
	}
	require.Equal(t, map[string]string{"turn": "ana", "free": "ben", "boss": "ana"}, cast(""))
	require.NoError(t, h.away(ana, "2026-03-01", "2026-03-04")) // today is the 2nd
	require.Equal(t, map[string]string{"turn": "ben", "free": "ben", "boss": "ana"}, cast(""), "whom the template names is said to be away, and stays")
	require.Equal(t, map[string]string{"turn": "ben", "free": "ben", "boss": "ana"}, cast("2026-03-04"))
	require.Equal(t, "ana", cast("2026-03-05")["turn"], "she is back")
	require.NoError(t, h.away(ben, "2026-03-02", "2026-03-02"))
	require.Equal(t, map[string]string{"turn": "ana", "free": "ben", "boss": "ana"}, cast(""), "somebody has to do it")

	v, err := h.PrepareRun(ctx, ben, template.ID, models.RunInput{})
	require.NoError(t, err)
	require.Equal(t, models.Away{AwayFrom: "2026-03-01", AwayUntil: "2026-03-04"}, v.People[0].Away)
	people, err := h.People(ctx, vic, h.team)
	require.NoError(t, err)
	require.Equal(t, models.Away{AwayFrom: "2026-03-02", AwayUntil: "2026-03-02"}, people.Members[1].Away)
	h.now = h.now.AddDate(0, 0, 1)
	people, err = h.People(ctx, vic, h.team)
	require.NoError(t, err)
	require.Empty(t, people.Members[1].Away, "he is back")
}

func TestAScheduleGivesNothingToWhoIsAwayByThen(t *testing.T) {
	h := newHouse(t)
	template := h.template(t, payroll)
	h.scheduled(template, monthly(t, h.board().ID))
	require.NoError(t, h.away(ana, "2026-03-25", "2026-04-05"))
	h.now = time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC)
	h.tick()
	runs := h.begun(template)
	require.Len(t, runs, 1)
	require.Equal(t, "ben", runs[0].Cast()["any"])
	require.Equal(t, "ana", runs[0].Cast()["clerk"], "who was chosen by name stays")
}

func TestWhenOneIsAwayIsADayOrSeveral(t *testing.T) {
	h := newHouse(t)
	for _, wrong := range []models.Away{{AwayFrom: "2026-03-04"}, {AwayUntil: "2026-03-04"}, {AwayFrom: "2026-03-04", AwayUntil: "2026-03-03"}, {AwayFrom: "soon", AwayUntil: "2026-03-04"}} {
		require.Equal(t, fault.Invalid, fault.From(h.away(ben, wrong.AwayFrom, wrong.AwayUntil)).Kind, wrong)
	}
	require.NoError(t, h.away(ben, "2026-03-04", "2026-03-04"))
	me, err := h.Me(t.Context(), ben)
	require.NoError(t, err)
	require.True(t, me.On("2026-03-04"))
	require.False(t, me.On("2026-03-03"))
	require.False(t, me.On("2026-03-05"))
	require.NoError(t, h.away(ben, "", ""))
}
