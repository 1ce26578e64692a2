package flow_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/tests/naive"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// team is a relay on a Monday morning with tasks that have nothing to wait for.
func team(ids ...string) *relay {
	r := &relay{tasks: map[string]flow.Task{}, now: monday, cal: flow.Weekdays(time.UTC)}
	for _, id := range ids {
		r.tasks[id] = flow.Task{ID: id, Position: "V", State: flow.Ready, Join: flow.All}
	}
	return r
}

func (r *relay) needs(t *testing.T, to string, from ...string) *relay {
	for _, f := range from {
		require.Empty(t, r.require(t, naive.Need{From: f, To: to}))
	}
	return r
}

func (r *relay) state(id string) flow.State { return r.tasks[id].State }

func TestTheLastPrerequisiteReleasesTheTask(t *testing.T) {
	r := team("paint", "sand", "prime").needs(t, "paint", "sand", "prime")
	require.Equal(t, flow.Waiting, r.state("paint"))
	require.Empty(t, r.move(t, "sand", naive.Done))
	require.Equal(t, flow.Waiting, r.state("paint"))
	require.Empty(t, r.move(t, "prime", naive.Done))
	require.Equal(t, flow.Ready, r.state("paint"))
}

func TestOneOfAnyIsEnough(t *testing.T) {
	r := team("paint", "sand", "prime")
	r.edit(t, "paint", func(t *flow.Task) { t.Join = flow.Any })
	r.needs(t, "paint", "sand", "prime")
	require.Empty(t, r.move(t, "prime", naive.Done))
	require.Equal(t, flow.Ready, r.state("paint"))
}

func TestDraggingAWaitingTaskForwardIsRefused(t *testing.T) {
	r := team("paint", "sand").needs(t, "paint", "sand")
	for _, to := range []string{naive.Ready, naive.InProgress, naive.InReview, naive.Done} {
		require.Equal(t, "still-waits", r.move(t, "paint", to))
	}
	require.Empty(t, r.override(t, "paint"))
	require.Empty(t, r.move(t, "paint", naive.InProgress))
	require.False(t, r.tasks["paint"].AtRisk, "it was overridden")
}

func TestReopeningAPrerequisiteSendsReadyDependentsBackAndFlagsTheOthers(t *testing.T) {
	r := team("sand", "ready", "begun", "done").needs(t, "ready", "sand").needs(t, "begun", "sand").needs(t, "done", "sand")
	require.Empty(t, r.move(t, "sand", naive.Done))
	require.Empty(t, r.move(t, "begun", naive.InProgress))
	require.Empty(t, r.move(t, "done", naive.Done))
	require.Empty(t, r.reopen(t, "sand"))
	require.Equal(t, flow.Waiting, r.state("ready"))
	require.Equal(t, flow.InProgress, r.state("begun"))
	require.Equal(t, flow.Done, r.state("done"))
	require.Equal(t, []bool{false, true, true}, []bool{r.tasks["ready"].AtRisk, r.tasks["begun"].AtRisk, r.tasks["done"].AtRisk})
	require.Empty(t, r.move(t, "sand", naive.Done))
	require.Equal(t, flow.Ready, r.state("ready"))
	require.Equal(t, []bool{false, false}, []bool{r.tasks["begun"].AtRisk, r.tasks["done"].AtRisk})
}

func TestACancelledPrerequisiteCountsAsItsDependencySays(t *testing.T) {
	r := team("sand", "skips", "holds").needs(t, "skips", "sand")
	require.Empty(t, r.require(t, naive.Need{From: "sand", To: "holds", Hold: true}))
	require.Empty(t, r.move(t, "sand", naive.Cancelled))
	require.Equal(t, flow.Ready, r.state("skips"))
	require.Equal(t, flow.Waiting, r.state("holds"))
}

func TestInReviewIsEnoughWhereTheDependencySaysSo(t *testing.T) {
	r := team("draft", "early", "late").needs(t, "late", "draft")
	require.Empty(t, r.require(t, naive.Need{From: "draft", To: "early", AtReview: true}))
	require.Empty(t, r.move(t, "draft", naive.InReview))
	require.Equal(t, flow.Ready, r.state("early"))
	require.Equal(t, flow.Waiting, r.state("late"))
	require.Empty(t, r.move(t, "draft", naive.InProgress))
	require.Equal(t, flow.Waiting, r.state("early"))
}

func TestALagCountsFromWhenReviewBeganNotFromDone(t *testing.T) {
	r := team("draft", "print")
	require.Empty(t, r.require(t, naive.Need{From: "draft", To: "print", AtReview: true, Lag: 2, Unit: "days"}))
	require.Empty(t, r.move(t, "draft", naive.InReview))
	r.pass(t, monday.Add(24*time.Hour))
	require.Empty(t, r.move(t, "draft", naive.Done))
	r.pass(t, monday.Add(48*time.Hour-time.Second))
	require.Equal(t, flow.Waiting, r.state("print"))
	r.pass(t, monday.Add(48*time.Hour))
	require.Equal(t, flow.Ready, r.state("print"))
}

func TestTheLagOfAnyOneThatEndsFirstReleases(t *testing.T) {
	r := team("paint", "sand", "prime")
	r.edit(t, "paint", func(t *flow.Task) { t.Join = flow.Any })
	require.Empty(t, r.require(t, naive.Need{From: "sand", To: "paint", Lag: 3, Unit: "hours"}))
	require.Empty(t, r.require(t, naive.Need{From: "prime", To: "paint", Lag: 2, Unit: "hours"}))
	require.Empty(t, r.move(t, "sand", naive.Done))
	require.Empty(t, r.move(t, "prime", naive.Done))
	require.Equal(t, monday.Add(2*time.Hour), r.verdict(t, "paint").ReleaseAt)
	r.pass(t, monday.Add(2*time.Hour))
	require.Equal(t, flow.Ready, r.state("paint"))
}

func TestOfTwoWaysTheClosedOneIsNotTheOneThatWasGone(t *testing.T) {
	r := team("merge", "refund", "ship")
	r.edit(t, "merge", func(t *flow.Task) { t.Join = flow.Any })
	r.needs(t, "merge", "refund", "ship")
	require.Empty(t, r.move(t, "refund", naive.Cancelled))
	require.Equal(t, flow.Waiting, r.state("merge"), "shipping may still be done")
	require.Empty(t, r.move(t, "ship", naive.Cancelled))
	require.Equal(t, flow.Ready, r.state("merge"), "nobody will come by either way: it goes on")
}

func TestAStepWhoseConditionDoesNotHoldIsSkippedWhenItsTurnComesAndTheNextGoesOn(t *testing.T) {
	r := team("pay", "customs", "label", "ship").needs(t, "customs", "pay").needs(t, "label", "customs").needs(t, "ship", "label")
	for _, id := range []string{"customs", "label"} {
		r.edit(t, id, func(t *flow.Task) { t.Unwanted = true })
	}
	require.Equal(t, flow.Waiting, r.state("customs"))
	require.Equal(t, flow.Waiting, r.state("ship"), "nothing overtakes what a skipped step waits for")
	require.Empty(t, r.move(t, "pay", naive.Done))
	require.Equal(t, []flow.State{flow.Cancelled, flow.Cancelled, flow.Ready}, []flow.State{r.state("customs"), r.state("label"), r.state("ship")})
	require.True(t, r.tasks["customs"].Skipped)
	require.Empty(t, r.reopen(t, "pay"))
	require.Equal(t, []flow.State{flow.Waiting, flow.Waiting, flow.Waiting}, []flow.State{r.state("customs"), r.state("label"), r.state("ship")}, "its turn has not come after all")
}

func TestWhomAPersonReopensIsWanted(t *testing.T) {
	r := team("customs", "ship").needs(t, "ship", "customs")
	r.edit(t, "customs", func(t *flow.Task) { t.Unwanted = true })
	require.Equal(t, flow.Ready, r.state("ship"))
	require.Empty(t, r.reopen(t, "customs"))
	require.Equal(t, flow.Ready, r.state("customs"))
	require.Equal(t, flow.Waiting, r.state("ship"))
}

func TestBackFromDoneToReviewIsStillReviewedButNotDone(t *testing.T) {
	r := team("draft", "early", "late").needs(t, "late", "draft")
	require.Empty(t, r.require(t, naive.Need{From: "draft", To: "early", AtReview: true, Lag: 2, Unit: "hours"}))
	require.Empty(t, r.move(t, "draft", naive.Done))
	require.Equal(t, flow.Ready, r.state("late"))
	r.pass(t, monday.Add(time.Hour))
	require.Empty(t, r.move(t, "draft", naive.InReview))
	require.Equal(t, flow.Waiting, r.state("late"))
	require.Equal(t, monday.Add(2*time.Hour), r.verdict(t, "early").ReleaseAt, "the lag runs on from when it came to review")
}

func TestATaskAtRiskForALagIsClearedWhenTheLagEnds(t *testing.T) {
	r := team("pour", "build")
	require.Empty(t, r.move(t, "pour", naive.Done))
	require.Empty(t, r.move(t, "build", naive.InProgress))
	require.Empty(t, r.require(t, naive.Need{From: "pour", To: "build", Lag: 2, Unit: "days"}))
	require.True(t, r.tasks["build"].AtRisk, "the concrete is still wet")
	r.pass(t, monday.Add(48*time.Hour))
	require.False(t, r.tasks["build"].AtRisk)
}

func TestABlockedTaskIsNotCompletedUntilSomebodyUnblocksIt(t *testing.T) {
	r := team("sand")
	r.edit(t, "sand", func(t *flow.Task) { t.Blocked = true })
	require.Equal(t, "is-blocked", r.move(t, "sand", naive.Done))
	require.Empty(t, r.move(t, "sand", naive.InReview))
	r.edit(t, "sand", func(t *flow.Task) { t.Blocked = false })
	require.Empty(t, r.move(t, "sand", naive.Done))
}

func TestNothingIsPutInWaitingThatHasNothingToWaitFor(t *testing.T) {
	r := team("sand", "paint")
	require.Equal(t, "nothing-to-wait", r.move(t, "sand", naive.Waiting))
	require.Empty(t, r.move(t, "paint", naive.InProgress))
	r.needs(t, "paint", "sand")
	require.True(t, r.tasks["paint"].AtRisk)
	require.Empty(t, r.move(t, "paint", naive.Ready), "back from work, it goes to where the rules want it")
	require.Equal(t, flow.Waiting, r.state("paint"))
	require.False(t, r.tasks["paint"].AtRisk)
}

// The same change has the same outcome, effect for effect and timer for timer,
// in whatever order the database answers; effects go by position, then by ID,
// and each says which change brought it about.
func TestTheOrderOfACascadeIsFixed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := team("first", "second")
		for i := range rapid.IntRange(1, 12).Draw(t, "dependents") {
			id := fmt.Sprintf("d%02d", i)
			r.tasks[id] = flow.Task{ID: id, State: flow.Ready, Join: rapid.SampledFrom([]flow.Join{flow.All, flow.Any}).Draw(t, "join"),
				Position: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "position")}
			for _, from := range rapid.SampledFrom([][]string{{"first"}, {"second"}, {"first", "second"}}).Draw(t, "needs") {
				require.Empty(t, r.require(t, naive.Need{From: from, To: id, Lag: rapid.SampledFrom([]int{0, 0, 3}).Draw(t, "lag"), Unit: "hours"}))
			}
		}
		for _, id := range []string{"first", "second"} {
			done, f := r.tasks[id].Move(flow.Done, flow.Verdict{Satisfied: true}, r.now)
			require.Nil(t, f)
			r.tasks[id] = done
		}
		changed := []string{"first", "second"}
		want, err := flow.Cascade(r, changed, nil, r.now, r.cal)
		require.NoError(t, err)
		require.True(t, slices.IsSortedFunc(want.Effects, func(a, b flow.Effect) int {
			return compare(a.Was.Position+a.Was.ID, b.Was.Position+b.Was.ID)
		}), "by position, then by ID")
		for _, e := range want.Effects {
			require.True(t, slices.ContainsFunc(r.deps, func(d flow.Dependency) bool {
				return d.Prerequisite == e.Because && d.Dependent == e.Is.ID
			}), "%s moved because of what it does not need", e.Is.ID)
		}
		for seed := range int64(5) {
			r.deal = rand.New(rand.NewSource(seed))
			again, err := flow.Cascade(r, changed, nil, r.now, r.cal)
			require.NoError(t, err)
			require.Equal(t, want, again)
		}
		// Told in another order, the same tasks move in the same way, too.
		back, err := flow.Cascade(r, []string{"second", "first"}, nil, r.now, r.cal)
		require.NoError(t, err)
		for i := range want.Effects {
			back.Effects[i].Because = want.Effects[i].Because
		}
		require.Equal(t, want.Effects, back.Effects)
	})
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// asked counts what a cascade reads.
type asked struct {
	*relay
	tasks, edges int
}

func (a *asked) Tasks(ids []string) ([]flow.Task, error) {
	a.tasks += len(ids)
	return a.relay.Tasks(ids)
}

func (a *asked) Prerequisites(ids []string) ([]flow.Dependency, error) {
	deps, err := a.relay.Prerequisites(ids)
	a.edges += len(deps)
	return deps, err
}

// A cascade reads what it touches, not what the board holds.
func TestACascadeCostsWhatItTouches(t *testing.T) {
	cost := func(bystanders int) (int, int) {
		r := team("first", "next")
		r.needs(t, "next", "first")
		for i := range bystanders {
			from, to := fmt.Sprint("x", i), fmt.Sprint("y", i)
			r.tasks[from], r.tasks[to] = flow.Task{ID: from, State: flow.Ready}, flow.Task{ID: to, State: flow.Waiting}
			r.deps = append(r.deps, dependency(naive.Need{From: from, To: to}))
		}
		done, _ := r.tasks["first"].Move(flow.Done, flow.Verdict{Satisfied: true}, r.now)
		r.tasks["first"] = done
		a := &asked{relay: r}
		out, err := flow.Cascade(a, []string{"first"}, nil, r.now, r.cal)
		require.NoError(t, err)
		require.Len(t, out.Effects, 1)
		return a.tasks, a.edges
	}
	tasks, edges := cost(0)
	moreTasks, moreEdges := cost(300)
	require.Equal(t, []int{tasks, edges}, []int{moreTasks, moreEdges})
}
