package playbook_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

func TestARunGoesOverToANewVersionAndWhatIsDoneStays(t *testing.T) {
	old := review(t, hiring)
	is := edited(old, func(d *playbook.Definition) {
		d.Inputs = append(d.Inputs, playbook.Field{ID: "floor", Label: "Floor", Type: playbook.Text, Required: true})
		d.Steps[0].Title = "Sign the contract of {{person}}" // it is done
		d.Steps[2].Title = "Clear a desk on floor {{floor}}"
		d.Steps[3].Needs = []playbook.Need{playbook.Requires("desk"), playbook.Requires("badge")}
		badge := playbook.Step{ID: "badge", Title: "Make a badge", Role: "it", Join: flow.All, Needs: []playbook.Need{playbook.Requires("contract")}}
		d.Steps = []playbook.Step{d.Steps[0], d.Steps[2], badge, d.Steps[3]} // and no laptop
	})
	m := playbook.Migrate(old, is, map[string]flow.State{"contract": flow.Done, "laptop": flow.Ready, "desk": flow.InProgress, "welcome": flow.Waiting},
		playbook.Answers{"person": "Ana", "first_day": "2026-03-16", "remote": "no"})
	require.Equal(t, []string{"badge"}, m.Added)
	require.Equal(t, []string{"laptop"}, m.Removed)
	require.Equal(t, []string{"contract"}, m.Kept)
	require.Len(t, m.Changed, 2)
	require.Equal(t, []playbook.Edit{{Key: "title", Before: "Clear a desk", After: "Clear a desk on floor {{floor}}"}}, m.Changed[0].Edits)
	require.Equal(t, "floor", m.Ask[0].ID)
	require.Equal(t, []string{"contract", "desk", "badge", "welcome"}, stepIDs(m.Steps))
	require.Equal(t, "Send the contract to {{person}}", m.Steps[0].Title)
	require.False(t, m.Nothing())

	again := playbook.Migrate(is, is, map[string]flow.State{"contract": flow.Done, "desk": flow.InProgress, "badge": flow.Ready, "welcome": flow.Waiting},
		playbook.Answers{"person": "Ana", "first_day": "2026-03-16", "remote": "no", "floor": "2"})
	require.True(t, again.Nothing(), "%+v", again)
}

func TestWhatWasLeftOutOfARunStaysOutAndWhatFollowsItGoesOn(t *testing.T) {
	d := review(t, hiring)
	m := playbook.Migrate(d, edited(d, func(d *playbook.Definition) { d.Steps[3].Title = "Say hello" }),
		map[string]flow.State{"contract": flow.Done, "laptop": flow.Ready, "welcome": flow.Waiting}, nil)
	require.Empty(t, m.Added)
	require.Equal(t, []string{"contract", "laptop", "welcome"}, stepIDs(m.Steps))
	require.Len(t, m.Steps[2].Needs, 1, "the desk is not waited for")
}

func stepIDs(steps []playbook.Step) (ids []string) {
	for _, s := range steps {
		ids = append(ids, s.ID)
	}
	return ids
}

// A definition that was drawn and another one have their first steps' IDs in
// common and nothing else: no two versions could be further apart.
func TestAMigratedRunHasNoCycleNoOrphanAndKeepsWhatIsDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawDefinition(t), drawDefinition(t)
		for i := range to.Steps { // so that versions contradict each other in what comes first, too
			if j := rapid.IntRange(0, len(to.Steps)-1).Draw(t, "other"); rapid.Bool().Draw(t, "renamed") {
				to = swapped(to, to.Steps[i].ID, to.Steps[j].ID)
			}
		}
		states := map[string]flow.State{}
		for _, s := range from.Steps {
			if rapid.IntRange(0, 5).Draw(t, "left out") > 0 {
				states[s.ID] = rapid.SampledFrom(flow.States).Draw(t, "state")
			}
		}
		m := playbook.Migrate(from, to, states, nil)

		here := stepIDs(m.Steps)
		require.Len(t, here, len(states)-len(m.Removed)+len(m.Added))
		for _, s := range m.Steps {
			for _, n := range s.Needs {
				require.Contains(t, here, n.Step, "no orphan: %s", s.ID)
			}
			is, _ := to.Step(s.ID)
			was, _ := from.Step(s.ID)
			state, stood := states[s.ID]
			want := is
			if stood && !state.Open() {
				want = was
			}
			if !stood || state.Open() { // all that it needs in the newer version, of what there is
				want.Needs = slices.DeleteFunc(slices.Clone(want.Needs), func(n playbook.Need) bool { return !slices.Contains(here, n.Step) })
				require.Len(t, s.Needs, len(want.Needs), s.ID)
			}
			want.Needs, want.Join = s.Needs, s.Join
			require.Equal(t, want, s)
		}
		require.Nil(t, acyclic(m.Steps), "%s\n---\n%s\n%v", playbook.Print(from), playbook.Print(to), states)
		for _, id := range m.Removed {
			require.True(t, states[id].Open(), "nothing that is done is removed")
			require.NotContains(t, here, id)
		}
		for _, d := range m.Changed {
			require.True(t, states[d.ID].Open(), "nothing that is done is changed")
		}
		for id, state := range states {
			if !state.Open() {
				require.Contains(t, here, id, "what is done stays")
			}
		}
		for _, s := range m.Steps {
			if _, stood := states[s.ID]; !stood {
				states[s.ID] = flow.Waiting
			}
		}
		for _, id := range m.Removed {
			delete(states, id)
		}
		again := playbook.Migrate(to, to, states, nil)
		require.Empty(t, again.Added)
		require.Empty(t, again.Removed)
		require.Empty(t, again.Changed)
	})
}

// swapped is a definition in which two steps have each other's ID.
func swapped(d playbook.Definition, a, b string) playbook.Definition {
	other := func(id string) string {
		switch id {
		case a:
			return b
		case b:
			return a
		}
		return id
	}
	d.Steps = slices.Clone(d.Steps)
	for i, s := range d.Steps {
		d.Steps[i].ID, d.Steps[i].When = other(s.ID), ""
		d.Steps[i].Needs = slices.Clone(s.Needs)
		for k, n := range s.Needs {
			d.Steps[i].Needs[k].Step = other(n.Step)
		}
	}
	return d
}

// acyclic takes away what needs nothing that is left, until nothing is; it returns
// what cannot be taken away.
func acyclic(steps []playbook.Step) []string {
	left := slices.Clone(steps)
	for {
		ids := stepIDs(left)
		rest := slices.DeleteFunc(slices.Clone(left), func(s playbook.Step) bool {
			return !slices.ContainsFunc(s.Needs, func(n playbook.Need) bool { return slices.Contains(ids, n.Step) })
		})
		if len(rest) == len(left) {
			return stepIDs(rest)
		}
		left = rest
	}
}
