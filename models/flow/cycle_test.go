package flow_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/naive"
)

func edges(pairs ...string) *relay {
	r := &relay{tasks: map[string]flow.Task{}}
	for _, pair := range pairs {
		from, to, _ := strings.Cut(pair, "→")
		r.deps = append(r.deps, dependency(naive.Need{From: from, To: to}))
	}
	return r
}

func named(err error) string {
	var ids []string
	for _, ref := range fault.From(err).Refs {
		ids = append(ids, ref.ID)
	}
	return strings.Join(ids, " → ")
}

func TestACycleIsRefusedAndNamed(t *testing.T) {
	g := edges("design→build", "build→ship")
	err := flow.CheckRequire(g, "ship", "design")
	require.Equal(t, fault.Cycle, fault.From(err).Code)
	require.Equal(t, fault.Conflict, fault.From(err).Kind)
	require.Equal(t, "design → build → ship → design", named(err))
	require.NoError(t, flow.CheckRequire(g, "design", "ship"), "a shortcut is no cycle")
	require.Equal(t, fault.NeedsItself, fault.From(flow.CheckRequire(g, "ship", "ship")).Code)
}

// The path that a refusal names can be walked: each step but the last is a
// dependency that is there, the last is the one asked for, and it ends where it began.
func TestTheCycleThatIsNamedIsReal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "tasks")
		id := rapid.Map(rapid.IntRange(0, n-1), func(i int) string { return fmt.Sprint("t", i) })
		g := edges()
		for range rapid.IntRange(1, 30).Draw(t, "asks") {
			from, to := id.Draw(t, "prerequisite"), id.Draw(t, "dependent")
			reachable := from == to || slices.Contains(reachableFrom(g, to), from)
			err := flow.CheckRequire(g, from, to)
			if !reachable {
				require.NoError(t, err)
				g.deps = append(g.deps, dependency(naive.Need{From: from, To: to}))
				continue
			}
			require.Error(t, err)
			if from == to {
				continue
			}
			var path []string
			for _, ref := range fault.From(err).Refs {
				path = append(path, ref.ID)
			}
			require.Equal(t, []string{to, from, to}, []string{path[0], path[len(path)-2], path[len(path)-1]})
			for i := range len(path) - 2 {
				require.True(t, slices.ContainsFunc(g.deps, func(d flow.Dependency) bool {
					return d.Prerequisite == path[i] && d.Dependent == path[i+1]
				}), "no step %s → %s", path[i], path[i+1])
			}
			require.ElementsMatch(t, path[1:], slices.Compact(slices.Sorted(slices.Values(path[1:]))), "no detour")
		}
	})
}

func reachableFrom(g *relay, id string) []string {
	reached := []string{id}
	for i := 0; i < len(reached); i++ {
		for _, d := range g.deps {
			if d.Prerequisite == reached[i] && !slices.Contains(reached, d.Dependent) {
				reached = append(reached, d.Dependent)
			}
		}
	}
	return reached
}

// Of several ways round, the same one is named whatever order the database answers in.
func TestTheSameCycleIsNamedEveryTime(t *testing.T) {
	g := edges("a→b", "a→c", "b→x", "c→x", "a→d", "d→x", "x→z")
	want := named(flow.CheckRequire(g, "z", "a"))
	for seed := range int64(50) {
		g.deal = rand.New(rand.NewSource(seed))
		require.Equal(t, want, named(flow.CheckRequire(g, "z", "a")))
	}
}
