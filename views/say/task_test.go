package say

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/fault"
	"relevo/models/flow"
)

func TestALanguageMissesNoValueThatATaskShows(t *testing.T) {
	keys := func(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
	require.Equal(t, keys(english.Task.Fields), keys(spanish.Task.Fields))
	require.Equal(t, slices.Sorted(maps.Keys(english.Task.Step.Did)), slices.Sorted(maps.Keys(spanish.Task.Step.Did)))
	for lang, w := range All {
		for _, u := range flow.Units {
			require.NotEmpty(t, w.Task.Units[string(u)], lang)
		}
	}
}

func TestARefusalNamesTheTasks(t *testing.T) {
	refs := []fault.Ref{{Key: "ONB-1"}, {Key: "ONB-2"}, {Key: "ONB-1"}}
	require.Equal(t, "It still waits for ONB-1, ONB-2.", english.Problem(fault.New(fault.Conflict, fault.StillWaits).Naming(refs[:2]...)))
	require.Equal(t, "Eso daría vueltas en círculo: ONB-1 → ONB-2 → ONB-1.", spanish.Problem(fault.New(fault.Conflict, fault.Cycle).Naming(refs...)))
	require.Equal(t, "It is blocked: No budget. Unblock it first.", english.Problem(fault.New(fault.Conflict, fault.IsBlocked, "No budget")))
}
