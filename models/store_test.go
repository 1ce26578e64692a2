package models_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/testdb"
)

// house is a store on a database of its own, with one team and its people.
type house struct {
	*models.Store
	t     testing.TB
	db    *gorm.DB
	team  string
	now   time.Time
	jobs  []models.ReleaseJob
	due   []time.Time
	parts models.Parts
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, team: models.NewID(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	handles := testdb.Open(t)
	h.db = handles.Write
	var err error
	h.parts = models.Parts{Write: handles.Write, Read: handles.Read, Now: func() time.Time { return h.now },
		Enqueue: func(ctx context.Context, tx *gorm.DB, job models.Job, at time.Time) error {
			if release, ok := job.(models.ReleaseJob); ok {
				h.jobs, h.due = append(h.jobs, release), append(h.due, at)
			}
			return handles.Enqueue(ctx, tx, job, at)
		}}
	h.Store, err = models.New(h.parts)
	require.NoError(t, err)
	sql, err := h.db.DB()
	require.NoError(t, err)
	exec := func(query string, args ...any) {
		_, err := sql.Exec(query, args...)
		require.NoError(t, err)
	}
	exec("INSERT INTO teams (id, name, zone, created_at) VALUES ($1, 'Ours', 'Europe/Madrid', $2)", h.team, h.now)
	exec("INSERT INTO logs (id, seq) VALUES ($1, 0)", h.team)
	for name, role := range map[string]access.Role{"ana": access.Manager, "ben": access.Member, "vic": access.Viewer, "eve": ""} {
		exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ($1, $2, $3, 'x', 'en', 'UTC', $4)", name, name+"@example.org", name, h.now)
		if role != "" {
			exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)", h.team, name, string(role), h.now)
		}
	}
	return h
}

var (
	ana = models.Actor{ID: "ana", Name: "Ana"}
	ben = models.Actor{ID: "ben", Name: "Ben"}
	vic = models.Actor{ID: "vic", Name: "Vic"}
	eve = models.Actor{ID: "eve", Name: "Eve"}
)

func (h *house) board() models.Board {
	b, err := h.CreateBoard(h.t.Context(), ana, h.team, models.BoardInput{Name: "Onboarding", Columns: columnNames})
	require.NoError(h.t, err)
	return b
}

func (h *house) add(b models.Board, titles ...string) []models.Task {
	tasks, err := h.AddTasks(h.t.Context(), ana, h.column(b, flow.Ready), titles)
	require.NoError(h.t, err)
	return tasks
}

func (h *house) column(b models.Board, state flow.State) string {
	v, err := h.Board(h.t.Context(), ana, b.ID)
	require.NoError(h.t, err)
	for _, l := range v.Lanes {
		if l.State == state {
			return l.ID
		}
	}
	h.t.Fatalf("no column %s", state)
	return ""
}

func (h *house) task(id string) models.TaskView {
	v, err := h.Task(h.t.Context(), ana, id)
	require.NoError(h.t, err)
	return v
}

func (h *house) require(prerequisite, dependent string, in models.DependencyInput) {
	h.t.Helper()
	require.NoError(h.t, h.Require(h.t.Context(), ana, prerequisite, dependent, in))
}

func (h *house) refused(err error, code fault.Code) *fault.Fault {
	h.t.Helper()
	f := fault.From(err)
	require.NotNil(h.t, f, "%v", err)
	require.Equal(h.t, code, f.Code)
	return f
}

func TestCompletingAPrerequisiteReleasesItsDependentAndSaysWhy(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign contract", "Create accounts")
	sign, create := tasks[0].ID, tasks[1].ID
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, create, h.task(create).Task.Version, models.TaskInput{Owners: &owners}))
	h.require(sign, create, models.DependencyInput{})

	v := h.task(create)
	require.Equal(t, flow.Waiting, v.Task.State)
	require.Equal(t, "ONB-1", v.WaitsFor[0].Task.Key)
	require.True(t, v.WaitsFor[0].Open)
	require.Equal(t, "ONB-2", h.task(sign).Releases[0].Key)

	f := h.refused(h.MoveTask(ctx, ana, create, v.Task.Version, models.Place{Column: h.column(b, flow.InProgress)}), fault.StillWaits)
	require.Equal(t, []fault.Ref{{ID: sign, Key: "ONB-1", Title: "Sign contract"}}, f.Refs)

	require.NoError(t, h.CompleteTask(ctx, ana, sign, h.task(sign).Task.Version))
	v = h.task(create)
	require.Equal(t, flow.Ready, v.Task.State)
	require.True(t, v.Task.MovedAuto)
	require.Len(t, v.Why, 2)
	require.Equal(t, "task.released", v.Why[0].Action)
	require.Equal(t, "Ana", v.Why[1].Who)
	require.Equal(t, "ONB-1", v.Why[1].Task.Key)

	page, err := h.Board(ctx, vic, b.ID)
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 0, 0, 1}, []int{page.Lanes[0].Count, page.Lanes[1].Count, page.Lanes[2].Count, page.Lanes[3].Count, page.Lanes[4].Count})
	require.Equal(t, "ONB-1", page.Lanes[1].Cards[0].Because.Key)

	h.refused(h.CompleteTask(ctx, eve, create, v.Task.Version), fault.NotFound)
	h.refused(h.CompleteTask(ctx, vic, create, v.Task.Version), fault.NotAllowed)
	h.refused(h.MoveTask(ctx, ben, create, v.Task.Version, models.Place{Column: h.column(b, flow.Waiting)}), fault.NothingToWait)

	require.NoError(t, h.ReopenTask(ctx, ana, sign, h.task(sign).Task.Version))
	require.Equal(t, flow.Waiting, h.task(create).Task.State)
	h.refused(h.MoveTask(ctx, ben, create, h.task(create).Task.Version, models.Place{Column: h.column(b, flow.InProgress), Override: "hurry"}), fault.NotAllowed)
	require.NoError(t, h.MoveTask(ctx, ana, create, h.task(create).Task.Version, models.Place{Column: h.column(b, flow.InProgress), Override: "hurry"}))
	require.Equal(t, flow.InProgress, h.task(create).Task.State)
	require.NoError(t, h.WithdrawOverride(ctx, ana, create, h.task(create).Task.Version))
	require.True(t, h.task(create).Task.AtRisk)
	require.NoError(t, h.DeleteTask(ctx, ana, sign, h.task(sign).Task.Version))
	require.False(t, h.task(create).Task.AtRisk)
}

func TestALagReleasesByTheClock(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	tasks := h.add(h.board(), "Order laptop", "Set up laptop")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{Lag: flow.Lag{Amount: 2, Unit: flow.WorkingDays}})
	h.now = time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC) // a Friday
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[0].ID, h.task(tasks[0].ID).Task.Version))
	require.Equal(t, flow.Waiting, h.task(tasks[1].ID).Task.State)
	require.Len(t, h.jobs, 1)
	require.Equal(t, time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC), h.due[0])
	require.NoError(t, h.Release(ctx, h.jobs[0]))
	require.Equal(t, flow.Waiting, h.task(tasks[1].ID).Task.State)
	h.now = h.due[0]
	require.NoError(t, h.Release(ctx, h.jobs[0]))
	v := h.task(tasks[1].ID)
	require.Equal(t, flow.Ready, v.Task.State)
	require.Equal(t, "Ana", v.Why[1].Who)
}

func TestACycleIsRefusedAndNamed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	tasks := h.add(h.board(), "Design", "Build", "Ship")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	h.require(tasks[1].ID, tasks[2].ID, models.DependencyInput{})
	f := h.refused(h.Require(ctx, ana, tasks[2].ID, tasks[0].ID, models.DependencyInput{}), fault.Cycle)
	var path []string
	for _, r := range f.Refs {
		path = append(path, r.Title)
	}
	require.Equal(t, []string{"Design", "Build", "Ship", "Design"}, path)
}

func TestAStaleWriteIsRefusedAndSaysWhatChanged(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Draft")[0]
	one, two, high := "Final", "Last", models.High
	seen := h.task(task.ID).Task.Version
	require.NoError(t, h.EditTask(ctx, ana, task.ID, seen, models.TaskInput{Title: &one}))
	f := h.refused(h.EditTask(ctx, ben, task.ID, seen, models.TaskInput{Title: &two}), fault.Changed)
	require.Equal(t, "Ana", f.Changes[0].Who)
	require.Equal(t, "Final", f.Changes[0].To)
	require.NoError(t, h.EditTask(ctx, ben, task.ID, seen, models.TaskInput{Priority: &high}), "another field is none of their business")
}

var columnNames = map[flow.State]string{flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress", flow.InReview: "In review", flow.Done: "Done"}

func TestTheSampleBoardShowsTheRelay(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	words := models.SampleWords{Name: "Sample", Columns: columnNames, Tasks: make([]models.SampleTask, models.SampleSize)}
	for i := range words.Tasks {
		words.Tasks[i].Title = "Task"
	}
	b, err := h.CreateSampleBoard(ctx, ana, h.team, words)
	require.NoError(t, err)
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	require.Equal(t, 13, v.Lanes[0].Count)
	contract := v.Lanes[1].Cards[1]
	require.Equal(t, 3, contract.ReleasesN)
	require.NoError(t, h.CompleteTask(ctx, ana, contract.ID, contract.Version))
	v, err = h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	require.Equal(t, 10, v.Lanes[0].Count)
	require.True(t, v.Lanes[1].Cards[1].MovedAuto)
}
