package models_test

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/naive"
	"relevo/tests/replay"
)

// tale is a board of the house and the naive world, told the same things.
type tale struct {
	*house
	board   models.Board
	columns map[flow.State]string
	world   *naive.World
	ids     []string // on the board
	due     []clock
}

type clock struct {
	at  time.Time
	job models.ReleaseJob
}

func newTale(t *rapid.T, h *house) *tale {
	h.now = time.Date(2026, 3, rapid.IntRange(4, 28).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 30, 0, 0, time.UTC)
	h.jobs, h.due = nil, nil
	names := map[flow.State]string{}
	for _, state := range flow.States {
		names[state] = string(state)
	}
	if rapid.Bool().Draw(t, "no column for the cancelled") {
		delete(names, flow.Cancelled)
	}
	b, err := h.CreateBoard(h.t.Context(), ana, h.team, models.BoardInput{Name: "Onboarding", Columns: names})
	require.NoError(t, err)
	v, err := h.Board(h.t.Context(), ana, b.ID)
	require.NoError(t, err)
	zone, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	s := &tale{house: h, board: b, columns: map[flow.State]string{}, world: naive.New(h.now, zone)}
	for _, l := range v.Lanes {
		s.columns[l.State] = l.ID
	}
	for range rapid.IntRange(2, 5).Draw(t, "tasks") {
		s.addTask(t)
	}
	return s
}

func (s *tale) addTask(t *rapid.T) {
	tasks, err := s.AddTasks(s.t.Context(), ben, s.columns[flow.Waiting], []string{fmt.Sprint("Task ", len(s.ids))})
	require.NoError(t, err)
	s.ids = append(s.ids, tasks[0].ID)
	s.world.Add(tasks[0].ID)
}

// any draws a task; those that are archived only for what may be done to them.
func (s *tale) any(t *rapid.T, label string) string {
	if len(s.ids) == 0 {
		t.Skip("nobody left")
	}
	return s.ids[rapid.IntRange(0, len(s.ids)-1).Draw(t, label)]
}

func (s *tale) onBoard(t *rapid.T) string {
	id := s.any(t, "task")
	if s.world.Tasks[id].Archived {
		t.Skip("archived")
	}
	return id
}

// agree holds the store's answer against the world's.
func (s *tale) agree(t *rapid.T, want string, err error) {
	if want == "" {
		require.NoError(t, err)
	} else {
		require.NotNil(t, fault.From(err), "%v", err)
		require.Equal(t, want, string(fault.From(err).Code))
	}
	s.collect()
}

// collect takes over the timers that the last change set.
func (s *tale) collect() {
	for i, j := range s.jobs {
		s.due = append(s.due, clock{s.house.due[i], j})
	}
	s.jobs, s.house.due = nil, nil
}

func (s *tale) version(t *rapid.T, id string) int64 {
	v, err := s.Task(s.t.Context(), ana, id)
	require.NoError(t, err)
	return v.Task.Version
}

var lagUnits = []string{"minutes", "hours", "days", "working_days"}

func (s *tale) need(t *rapid.T) naive.Need {
	n := naive.Need{From: s.any(t, "prerequisite"), To: s.any(t, "dependent"), Hold: rapid.Bool().Draw(t, "hold"), AtReview: rapid.Bool().Draw(t, "at review")}
	if rapid.Bool().Draw(t, "lagging") {
		n.Lag, n.Unit = rapid.IntRange(0, 6).Draw(t, "lag"), rapid.SampledFrom(lagUnits).Draw(t, "unit")
	}
	return n
}

func how(n naive.Need) models.DependencyInput {
	in := models.DependencyInput{Lag: flow.Lag{Amount: n.Lag, Unit: flow.Unit(n.Unit)}}
	if n.Hold {
		in.OnCancel = flow.Hold
	}
	if n.AtReview {
		in.SatisfiedAt = flow.InReview
	}
	return in
}

func (s *tale) acts() map[string]func(*rapid.T) {
	ctx, w := s.t.Context(), s.world
	acts := map[string]func(*rapid.T){
		"add": s.addTask,
		"move": func(t *rapid.T) {
			id, to := s.onBoard(t), rapid.SampledFrom(flow.States).Draw(t, "to")
			if s.columns[to] == "" {
				t.Skip("no such column")
			}
			before := ""
			if rapid.Bool().Draw(t, "above another") {
				before = s.any(t, "before")
			}
			s.agree(t, w.Move(id, string(to)), s.MoveTask(ctx, ben, id, s.version(t, id), models.Place{Column: s.columns[to], Before: before}))
		},
		"complete": func(t *rapid.T) {
			id := s.onBoard(t)
			want := "not-open"
			if state := w.Tasks[id].State; state != naive.Done && state != naive.Cancelled {
				want = w.Move(id, naive.Done)
			}
			s.agree(t, want, s.CompleteTask(ctx, ben, id, s.version(t, id)))
		},
		"cancel": func(t *rapid.T) {
			id := s.onBoard(t)
			want := "not-open"
			if state := w.Tasks[id].State; state != naive.Done && state != naive.Cancelled {
				want = w.Move(id, naive.Cancelled)
			}
			s.agree(t, want, s.CancelTask(ctx, ben, id, s.version(t, id), ""))
		},
		"reopen": func(t *rapid.T) {
			id := s.onBoard(t)
			s.agree(t, w.Reopen(id), s.ReopenTask(ctx, ben, id, s.version(t, id)))
		},
		"override": func(t *rapid.T) {
			id := s.onBoard(t)
			s.agree(t, w.Override(id), s.OverrideTask(ctx, ana, id, s.version(t, id), "it cannot wait"))
		},
		"withdraw": func(t *rapid.T) {
			id := s.any(t, "task")
			w.Withdraw(id)
			s.agree(t, "", s.WithdrawOverride(ctx, ana, id, s.version(t, id)))
		},
		"archive": func(t *rapid.T) {
			id := s.any(t, "task")
			if rapid.Bool().Draw(t, "archived") {
				w.Archive(id)
				s.agree(t, "", s.ArchiveTask(ctx, ben, id, s.version(t, id)))
			} else {
				w.Restore(id)
				s.agree(t, "", s.RestoreTask(ctx, ben, id, s.version(t, id)))
			}
		},
		"block": func(t *rapid.T) {
			id, on := s.any(t, "task"), rapid.Bool().Draw(t, "blocked")
			want := ""
			if state := w.Tasks[id].State; on && (state == naive.Done || state == naive.Cancelled) {
				want = "not-open"
			} else {
				w.Block(id, on)
			}
			if on {
				s.agree(t, want, s.BlockTask(ctx, ben, id, s.version(t, id), "the key is lost"))
			} else {
				s.agree(t, want, s.UnblockTask(ctx, ben, id, s.version(t, id)))
			}
		},
		"delete": func(t *rapid.T) {
			id := s.any(t, "task")
			s.agree(t, "", s.DeleteTask(ctx, ben, id, s.version(t, id)))
			w.Delete(id)
			s.ids = slices.DeleteFunc(s.ids, func(other string) bool { return other == id })
		},
		"set": func(t *rapid.T) {
			id, anyOne := s.any(t, "task"), rapid.Bool().Draw(t, "any")
			join, at := flow.All, time.Time{}
			var notBefore *time.Time
			if anyOne {
				join = flow.Any
			}
			if rapid.Bool().Draw(t, "not before") {
				at = w.Now.Add(time.Duration(rapid.IntRange(-10, 50).Draw(t, "hours")) * time.Hour)
				notBefore = &at
			}
			w.Set(id, anyOne, at)
			s.agree(t, "", s.EditTask(ctx, ben, id, s.version(t, id), models.TaskInput{Join: &join, NotBefore: &notBefore}))
		},
		"require": func(t *rapid.T) {
			n := s.need(t)
			s.agree(t, w.Require(n), s.Require(ctx, ben, n.From, n.To, how(n)))
		},
		"change": func(t *rapid.T) {
			if len(w.Needs) == 0 {
				t.Skip("nothing is required")
			}
			i := rapid.IntRange(0, len(w.Needs)-1).Draw(t, "which")
			n := s.need(t)
			n.From, n.To = w.Needs[i].From, w.Needs[i].To
			w.Needs[i] = n
			w.Pass(w.Now)
			s.agree(t, "", s.ChangeDependency(ctx, ben, n.From, n.To, how(n)))
		},
		"unrequire": func(t *rapid.T) {
			if len(w.Needs) == 0 {
				t.Skip("nothing is required")
			}
			n := w.Needs[rapid.IntRange(0, len(w.Needs)-1).Draw(t, "which")]
			w.Unrequire(n.From, n.To)
			s.agree(t, "", s.Unrequire(ctx, ben, n.From, n.To))
		},
		"pass": func(t *rapid.T) {
			to := w.Now.Add(time.Duration(rapid.IntRange(1, 60*60).Draw(t, "minutes")) * time.Minute)
			w.Pass(to)
			s.pass(t, to)
		},
		"": s.check,
	}
	for _, often := range []string{"require", "move", "pass", "complete"} {
		acts[often+" again"], acts["and "+often+" again"] = acts[often], acts[often]
	}
	return acts
}

// pass rings every timer at its time.
func (s *tale) pass(t *rapid.T, to time.Time) {
	for {
		slices.SortStableFunc(s.due, func(a, b clock) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
		if len(s.due) == 0 || s.due[0].at.After(to) {
			break
		}
		next := s.due[0]
		s.due = s.due[1:]
		s.now = next.at
		require.NoError(t, s.Release(s.t.Context(), next.job))
		s.collect()
	}
	s.now = to
}

// check holds what a person sees of each task against the world.
func (s *tale) check(t *rapid.T) {
	for _, id := range s.ids {
		ought := s.world.Tasks[id]
		v, err := s.Task(s.t.Context(), vic, id)
		require.NoError(t, err)
		is := v.Task
		require.Equal(t, ought.State, string(is.State), "state of %s", is.Title)
		require.Equal(t, ought.AtRisk, is.AtRisk, "at risk: %s", is.Title)
		require.Equal(t, ought.Overridden, is.Overridden, "overridden: %s", is.Title)
		require.Equal(t, ought.Blocked, is.Blocked, "only people block: %s", is.Title)
		require.Equal(t, ought.Archived, is.ArchivedAt != nil, "archived: %s", is.Title)
		require.Equal(t, s.columns[is.State], is.ColumnID, "%s is in its state's column", is.Title)
		var open []string
		for _, l := range v.WaitsFor {
			if l.Open {
				open = append(open, l.Task.ID)
			}
		}
		require.ElementsMatch(t, s.world.Open(id), open, "what %s waits for", is.Title)
	}
}

// fewer makes a property that is checked in the database run less often than one
// that is checked on paper, unless the command line says how often.
func fewer(t *testing.T, checks string) {
	f := flag.Lookup("rapid.checks")
	if f.Value.String() != f.DefValue {
		return
	}
	require.NoError(t, f.Value.Set(checks))
	t.Cleanup(func() { _ = f.Value.Set(f.DefValue) })
}

// A card that was cancelled while a lag ran, and is dragged back before the lag
// has ended, waits for the rest of it and is then released by time alone.
func TestACancelledCardDraggedBackIsReleasedWhenItsLagEnds(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	column, err := h.AddColumn(ctx, ana, b.ID, models.ColumnInput{Name: "Given up", State: flow.Cancelled})
	require.NoError(t, err)
	tasks := h.add(b, "Pour", "Build", "Paint")
	pour, build, paint := tasks[0].ID, tasks[1].ID, tasks[2].ID
	lag := models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.Hours}}
	h.require(pour, build, lag)
	h.require(pour, paint, lag)
	require.NoError(t, h.CancelTask(ctx, ana, build, h.task(build).Task.Version, ""))
	require.NoError(t, h.CancelTask(ctx, ana, paint, h.task(paint).Task.Version, ""))
	require.NoError(t, h.CompleteTask(ctx, ana, pour, h.task(pour).Task.Version))
	h.jobs = nil
	require.NoError(t, h.MoveTask(ctx, ana, build, h.task(build).Task.Version, models.Place{Column: h.column(b, flow.Ready)}))
	require.Equal(t, flow.Waiting, h.task(build).Task.State)
	require.Len(t, h.jobs, 1, "it is on the clock")
	require.NoError(t, h.RemoveColumn(ctx, ana, column.ID, h.column(b, flow.Waiting)))
	require.Equal(t, flow.Waiting, h.task(paint).Task.State)
	require.Len(t, h.jobs, 2, "and so is what a removed column leaves")
}

// The rules hold in the database as they hold on paper, and the log tells it all.
func TestWhateverATeamDoesTheDatabaseObeysTheRules(t *testing.T) {
	fewer(t, "25")
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		s := newTale(t, h)
		t.Repeat(s.acts())
	})
	replay.Check(t, h.db)
}
