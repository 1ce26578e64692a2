package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
)

func TestATeamGreetsWhoIsNewUntilTheySaySoOrTimeHasPassed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	isNew := func(who models.Actor) bool {
		teams, err := h.Teams(ctx, who)
		require.NoError(t, err)
		require.NotEmpty(t, teams)
		return teams[0].New
	}
	require.True(t, isNew(ana))
	require.True(t, isNew(ben))
	h.refused(h.EndGreeting(ctx, eve, h.team), fault.NotFound)
	require.NoError(t, h.EndGreeting(ctx, ben, h.team))
	require.NoError(t, h.EndGreeting(ctx, ben, h.team), "twice is as good as once")
	require.False(t, isNew(ben))
	require.True(t, isNew(ana), "each for themselves")
	h.now = h.now.Add(models.GreetingTime)
	require.False(t, isNew(ana))
}
