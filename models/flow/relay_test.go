package flow_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/naive"
)

// relay plays the store's part in memory: it applies the rules to a table of
// tasks, keeps the timers they ask for, and rings them when their time comes.
type relay struct {
	tasks  map[string]flow.Task
	deps   []flow.Dependency
	timers []flow.Timer
	now    time.Time
	cal    flow.Calendar
	deal   *rand.Rand // answers come in this order; nil: as they are kept
}

func (r *relay) Tasks(ids []string) ([]flow.Task, error) {
	var found []flow.Task
	for _, id := range ids {
		if t, ok := r.tasks[id]; ok {
			found = append(found, t)
		}
	}
	return shuffled(r.deal, found), nil
}

func (r *relay) Prerequisites(ids []string) ([]flow.Dependency, error) {
	return r.pick(func(d flow.Dependency) bool { return slices.Contains(ids, d.Dependent) }), nil
}

func (r *relay) Dependents(ids []string) ([]flow.Dependency, error) {
	return r.pick(func(d flow.Dependency) bool { return slices.Contains(ids, d.Prerequisite) }), nil
}

func (r *relay) pick(wanted func(flow.Dependency) bool) []flow.Dependency {
	var found []flow.Dependency
	for _, d := range r.deps {
		if wanted(d) {
			found = append(found, d)
		}
	}
	return shuffled(r.deal, found)
}

func shuffled[T any](deal *rand.Rand, s []T) []T {
	if deal != nil {
		deal.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	}
	return s
}

// settle lets the cascade run and does what it says.
func (r *relay) settle(t require.TestingT, changed, rejudge []string) flow.Outcome {
	out, err := flow.Cascade(r, changed, rejudge, r.now, r.cal)
	require.NoError(t, err)
	for _, e := range out.Effects {
		require.Equal(t, r.tasks[e.Was.ID], e.Was, "an effect starts from the task as it was")
		r.tasks[e.Is.ID] = e.Is
	}
	r.timers = append(r.timers, out.Timers...)
	return out
}

func (r *relay) verdict(t require.TestingT, id string) flow.Verdict {
	tasks, prerequisites, err := flow.Load(r, []string{id})
	require.NoError(t, err)
	require.Len(t, tasks, 1)
	return flow.Judge(tasks[0], prerequisites[id], r.now, r.cal)
}

func (r *relay) put(t require.TestingT, is flow.Task, f *fault.Fault) string {
	if f != nil {
		return string(f.Code)
	}
	r.tasks[is.ID] = is
	r.settle(t, []string{is.ID}, []string{is.ID})
	return ""
}

func (r *relay) move(t require.TestingT, id, to string) string {
	is, f := r.tasks[id].Move(flow.State(to), r.verdict(t, id), r.now)
	return r.put(t, is, f)
}

func (r *relay) reopen(t require.TestingT, id string) string {
	is, f := r.tasks[id].Reopen(r.verdict(t, id), r.now)
	return r.put(t, is, f)
}

func (r *relay) override(t require.TestingT, id string) string {
	is, f := r.tasks[id].Override(r.now)
	return r.put(t, is, f)
}

// edit changes a task in a way that the rules do not ask about beforehand.
func (r *relay) edit(t require.TestingT, id string, change func(*flow.Task)) {
	is := r.tasks[id]
	change(&is)
	r.put(t, is, nil)
}

func (r *relay) require(t require.TestingT, n naive.Need) string {
	if err := flow.CheckRequire(r, n.From, n.To); err != nil {
		return string(fault.From(err).Code)
	}
	for _, d := range r.deps {
		if d.Prerequisite == n.From && d.Dependent == n.To {
			return string(fault.AlreadyNeeds)
		}
	}
	r.deps = append(r.deps, dependency(n))
	r.settle(t, nil, []string{n.To})
	return ""
}

func dependency(n naive.Need) flow.Dependency {
	d := flow.Dependency{Prerequisite: n.From, Dependent: n.To, Lag: flow.Lag{Amount: n.Lag, Unit: flow.Unit(n.Unit)},
		OnCancel: flow.Skip, SatisfiedAt: flow.Done}
	if n.Hold {
		d.OnCancel = flow.Hold
	}
	if n.AtReview {
		d.SatisfiedAt = flow.InReview
	}
	return d
}

// drop removes dependencies and has the dependents judged again.
func (r *relay) drop(t require.TestingT, gone func(flow.Dependency) bool) {
	var rejudge []string
	r.deps = slices.DeleteFunc(r.deps, func(d flow.Dependency) bool {
		if gone(d) {
			rejudge = append(rejudge, d.Dependent)
		}
		return gone(d)
	})
	rejudge = slices.DeleteFunc(rejudge, func(id string) bool { _, there := r.tasks[id]; return !there })
	r.settle(t, nil, rejudge)
}

// pass rings each timer at its time, and no other bell.
func (r *relay) pass(t require.TestingT, to time.Time) {
	for {
		slices.SortStableFunc(r.timers, func(a, b flow.Timer) int { return a.At.Compare(b.At) })
		if len(r.timers) == 0 || r.timers[0].At.After(to) {
			break
		}
		next := r.timers[0]
		r.timers = r.timers[1:]
		r.now = next.At
		r.settle(t, nil, []string{next.Task})
	}
	r.now = to
}

// story is a relay and the naive world, told the same things.
type story struct {
	relay *relay
	world *naive.World
	ids   []string
	made  int
}

var units = []string{"minutes", "hours", "days", "working_days"}

func newStory(t *rapid.T) *story {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Madrid", "America/New_York", "UTC"}).Draw(t, "zone"))
	require.NoError(t, err)
	// The days around a change of the clocks in both zones are among these.
	now := time.Date(2026, 3, rapid.IntRange(4, 28).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 30, 0, 0, time.UTC)
	s := &story{
		relay: &relay{tasks: map[string]flow.Task{}, now: now, cal: flow.Weekdays(zone), deal: rand.New(rand.NewSource(1))},
		world: naive.New(now, zone),
	}
	for range rapid.IntRange(2, 6).Draw(t, "tasks") {
		s.add(t)
	}
	return s
}

func (s *story) add(t *rapid.T) {
	id := fmt.Sprintf("t%d", s.made)
	s.made++
	s.ids = append(s.ids, id)
	position := rapid.SampledFrom([]string{"B", "C", "D"}).Draw(t, "position")
	s.relay.tasks[id] = flow.Task{ID: id, Position: position, State: flow.Ready, Join: flow.All}
	s.world.Add(id)
}

func (s *story) any(t *rapid.T, label string) string {
	if len(s.ids) == 0 {
		t.Skip("nobody left")
	}
	return rapid.SampledFrom(s.ids).Draw(t, label)
}

// onBoard draws a task that a person could act on: one that is not archived.
func (s *story) onBoard(t *rapid.T) string {
	id := s.any(t, "task")
	if s.world.Tasks[id].Archived {
		t.Skip("archived")
	}
	return id
}

func (s *story) need(t *rapid.T) naive.Need {
	n := naive.Need{From: s.any(t, "prerequisite"), To: s.any(t, "dependent"),
		Hold: rapid.Bool().Draw(t, "hold"), AtReview: rapid.Bool().Draw(t, "at review")}
	if rapid.Bool().Draw(t, "lagging") {
		n.Lag, n.Unit = rapid.IntRange(0, 6).Draw(t, "lag"), rapid.SampledFrom(units).Draw(t, "unit")
	}
	return n
}

// acts are all that can happen; each is told to both and must be answered alike.
func (s *story) acts() map[string]func(*rapid.T) {
	r, w := s.relay, s.world
	acts := map[string]func(*rapid.T){
		"add": s.add,
		"move": func(t *rapid.T) {
			id, to := s.onBoard(t), string(rapid.SampledFrom(flow.States).Draw(t, "to"))
			require.Equal(t, w.Move(id, to), r.move(t, id, to))
		},
		"complete": func(t *rapid.T) {
			id := s.onBoard(t)
			require.Equal(t, w.Move(id, naive.Done), r.move(t, id, naive.Done))
		},
		"cancel": func(t *rapid.T) {
			id := s.onBoard(t)
			require.Equal(t, w.Move(id, naive.Cancelled), r.move(t, id, naive.Cancelled))
		},
		"reopen": func(t *rapid.T) {
			id := s.onBoard(t)
			require.Equal(t, w.Reopen(id), r.reopen(t, id))
		},
		"override": func(t *rapid.T) {
			id := s.onBoard(t)
			require.Equal(t, w.Override(id), r.override(t, id))
		},
		"withdraw": func(t *rapid.T) {
			id := s.any(t, "task")
			w.Withdraw(id)
			r.edit(t, id, func(t *flow.Task) { t.Overridden = false })
		},
		"archive": func(t *rapid.T) {
			id := s.any(t, "task")
			if on := rapid.Bool().Draw(t, "archived"); on {
				w.Archive(id)
			} else {
				w.Restore(id)
			}
			r.edit(t, id, func(t *flow.Task) { t.Archived = w.Tasks[id].Archived })
		},
		"block": func(t *rapid.T) {
			id, on := s.any(t, "task"), rapid.Bool().Draw(t, "blocked")
			w.Block(id, on)
			r.edit(t, id, func(t *flow.Task) { t.Blocked = on })
		},
		"want": func(t *rapid.T) {
			id, yes := s.any(t, "task"), rapid.Bool().Draw(t, "wanted")
			w.Want(id, yes)
			r.edit(t, id, func(t *flow.Task) { t.Unwanted = !yes })
		},
		"delete": func(t *rapid.T) {
			id := s.any(t, "task")
			w.Delete(id)
			delete(r.tasks, id)
			s.ids = slices.DeleteFunc(s.ids, func(other string) bool { return other == id })
			r.drop(t, func(d flow.Dependency) bool { return d.Prerequisite == id || d.Dependent == id })
		},
		"set": func(t *rapid.T) {
			id, anyOne, notBefore := s.any(t, "task"), rapid.Bool().Draw(t, "any"), time.Time{}
			if rapid.Bool().Draw(t, "not before") {
				notBefore = w.Now.Add(time.Duration(rapid.IntRange(-10, 50).Draw(t, "hours")) * time.Hour)
			}
			w.Set(id, anyOne, notBefore)
			r.edit(t, id, func(t *flow.Task) {
				t.NotBefore, t.Join = notBefore, flow.All
				if anyOne {
					t.Join = flow.Any
				}
			})
		},
		"unrequire": func(t *rapid.T) {
			if len(w.Needs) == 0 {
				t.Skip("nothing is required")
			}
			n := rapid.SampledFrom(w.Needs).Draw(t, "need")
			w.Unrequire(n.From, n.To)
			r.drop(t, func(d flow.Dependency) bool { return d.Prerequisite == n.From && d.Dependent == n.To })
		},
		"pass": func(t *rapid.T) {
			to := w.Now.Add(time.Duration(rapid.IntRange(1, 60*60).Draw(t, "minutes")) * time.Minute)
			w.Pass(to)
			r.pass(t, to)
		},
		"": s.check,
	}
	acts["require"] = func(t *rapid.T) {
		n := s.need(t)
		require.Equal(t, w.Require(n), r.require(t, n))
	}
	// What matters most is to happen often: the graph is to be dense and to move.
	for _, often := range []string{"require", "move", "pass", "want"} {
		acts[often+" again"], acts["and "+often+" again"] = acts[often], acts[often]
	}
	return acts
}

// check holds the two against each other, and both against the rules' promises.
func (s *story) check(t *rapid.T) {
	for _, id := range s.ids {
		is, ought := s.relay.tasks[id], s.world.Tasks[id]
		require.Equal(t, ought.State, string(is.State), "state of %s", id)
		require.Equal(t, ought.AtRisk, is.AtRisk, "at risk: %s", id)
		require.Equal(t, ought.Overridden, is.Overridden, "overridden: %s", id)
		require.Equal(t, ought.Skipped, is.Skipped, "skipped: %s", id)
		require.Equal(t, ought.Blocked, is.Blocked, "only people block: %s", id)
		v := s.relay.verdict(t, id)
		if !is.Archived {
			require.False(t, is.State == flow.Ready && !v.Satisfied, "%s is ready with something open", id)
			require.False(t, is.State == flow.Waiting && v.Satisfied, "%s waits for nothing", id)
			require.Equal(t, is.State.Started() && !v.Satisfied, is.AtRisk, "rule 5 for %s", id)
		}
		var open []string
		for _, p := range v.Open {
			open = append(open, p.Prerequisite)
		}
		require.ElementsMatch(t, s.world.Open(id), open, "what %s waits for", id)
		at, byTime := s.world.Releases(id)
		require.Equal(t, byTime, !v.ReleaseAt.IsZero(), "%s is released by time alone", id)
		if byTime {
			require.WithinDuration(t, at, v.ReleaseAt, 0, "release of %s", id)
		}
	}
	require.Empty(t, s.relay.cycle(), "a cycle")
}

// cycle finds one by walking from every task, however it came about.
func (r *relay) cycle() []string {
	var walk func(path []string) []string
	walk = func(path []string) []string {
		for _, d := range r.deps {
			if d.Prerequisite != path[len(path)-1] {
				continue
			}
			if slices.Contains(path, d.Dependent) {
				return append(path, d.Dependent)
			}
			if found := walk(append(slices.Clone(path), d.Dependent)); found != nil {
				return found
			}
		}
		return nil
	}
	for id := range r.tasks {
		if found := walk([]string{id}); found != nil {
			return found
		}
	}
	return nil
}

// Whatever a team does, in whatever order, the rules leave the board as the
// naive world has it: nothing ready with something open, nothing waiting for
// nothing, at risk exactly what rule 5 says, and every timer set that is needed.
func TestWhateverATeamDoesTheBoardObeysTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		t.Repeat(s.acts())
	})
}

// A task that waits for time alone becomes ready at the moment that was
// announced for it, not a moment before, though nobody does anything.
func TestAtTheAnnouncedMomentTheTaskBecomesReady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		t.Repeat(s.acts())
		for _, id := range s.ids {
			v := s.relay.verdict(t, id)
			if v.ReleaseAt.IsZero() || s.relay.tasks[id].State != flow.Waiting || s.relay.tasks[id].Archived {
				continue
			}
			alone := &relay{tasks: map[string]flow.Task{}, deps: slices.Clone(s.relay.deps),
				timers: slices.Clone(s.relay.timers), now: s.relay.now, cal: s.relay.cal}
			for id, task := range s.relay.tasks {
				alone.tasks[id] = task
			}
			alone.pass(t, v.ReleaseAt.Add(-time.Microsecond))
			require.Equal(t, flow.Waiting, alone.tasks[id].State)
			alone.pass(t, v.ReleaseAt)
			becomes := flow.Ready
			if alone.tasks[id].Unwanted {
				becomes = flow.Cancelled
			}
			require.Equal(t, becomes, alone.tasks[id].State)
		}
	})
}

// Things that happen at the same moment may be written in any order: the board
// ends up the same.
func TestTheOrderOfEqualEventsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		t.Repeat(s.acts())
		// Completing what may be completed now: none of it is another's dependent
		// in waiting, so that none is refused in one order and done in another.
		var may []string
		for _, id := range s.ids {
			if task := s.relay.tasks[id]; !task.Archived && !task.Blocked && (task.State == flow.Ready || task.State.Started()) {
				may = append(may, id)
			}
		}
		end := func(order []string) map[string]flow.Task {
			r := &relay{tasks: map[string]flow.Task{}, deps: s.relay.deps, now: s.relay.now, cal: s.relay.cal}
			for id, task := range s.relay.tasks {
				r.tasks[id] = task
			}
			for _, id := range order {
				require.Empty(t, r.move(t, id, naive.Done))
			}
			return r.tasks
		}
		require.Equal(t, end(may), end(rapid.Permutation(may).Draw(t, "order")))
	})
}
