package models_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
	"relevo/tests/testdb"
)

// Each of two people adds half of a cycle at the same moment: one of them is
// told of it, whoever comes second.
func TestTwoPeopleCannotCloseACycleFromTwoSides(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	for range 20 {
		tasks := h.add(b, "Hen", "Egg")
		hen, egg := tasks[0].ID, tasks[1].ID
		errs := make([]error, 2)
		var both sync.WaitGroup
		both.Go(func() { errs[0] = h.Require(ctx, ana, hen, egg, models.DependencyInput{}) })
		both.Go(func() { errs[1] = h.Require(ctx, ben, egg, hen, models.DependencyInput{}) })
		both.Wait()
		if errs[0] == nil {
			errs[0], errs[1] = errs[1], errs[0]
		}
		h.refused(errs[0], fault.Cycle)
		require.NoError(t, errs[1])
	}
	replay.Check(t, h.db)
}

// Of two people who write the same field of what they both saw, the second is
// told what the first has made of it, and nothing of either is lost.
func TestOfTwoWhoMoveTheSameCardOneIsToldWhatTheOtherDid(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Draft")[0]
	seen := h.task(task.ID).Task.Version
	require.NoError(t, h.MoveTask(ctx, ana, task.ID, seen, models.Place{Column: h.column(b, flow.InProgress)}))
	before := h.length()
	for what, err := range map[string]error{
		"move":     h.MoveTask(ctx, ben, task.ID, seen, models.Place{Column: h.column(b, flow.Done)}),
		"complete": h.CompleteTask(ctx, ben, task.ID, seen),
		"cancel":   h.CancelTask(ctx, ben, task.ID, seen, ""),
	} {
		f := h.refused(err, fault.Changed)
		require.Equal(t, fault.Stale, f.Kind, what)
		want := fault.Change{Who: "Ana", Field: "state", From: "ready", To: "in_progress", Seq: f.Changes[0].Seq}
		require.Equal(t, want, f.Changes[0], what)
	}
	require.Equal(t, before, h.length())
	require.Equal(t, flow.InProgress, h.task(task.ID).Task.State)
}

// What the automation does to a card is not somebody else's change: who saw it
// waiting and moves it the moment it has become ready is not refused.
func TestTheAutomationMakesNobodysWriteStale(t *testing.T) {
	s, ctx := newScene(t), t.Context()
	seen := s.task(s.next).Task.Version
	require.NoError(t, s.CompleteTask(ctx, ana, s.first, s.task(s.first).Task.Version))
	require.NoError(t, s.CompleteTask(ctx, ben, s.next, seen))
}

// Twenty people write at once: each change is there, each with its number, and
// no card has another's place.
func TestTheOrderInAColumnSurvivesConcurrentInserts(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Top", "Bottom")
	ready := h.column(b, flow.Ready)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			added, err := h.AddTasks(ctx, ben, ready, []string{fmt.Sprint("New ", i), fmt.Sprint("New ", i, " too")})
			if err == nil {
				err = h.MoveTask(ctx, ana, added[0].ID, added[0].Version, models.Place{Column: ready, Before: tasks[1].ID})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	v, err := h.Board(ctx, vic, b.ID)
	require.NoError(t, err)
	cards := v.Lanes[1].Cards
	require.Len(t, cards, 42)
	require.Equal(t, "Top", cards[0].Title)
	require.Equal(t, "Bottom", cards[21].Title, "the twenty that were put above it are")
	positions, numbers := map[string]bool{}, map[int64]bool{}
	for i, c := range cards {
		positions[c.Position], numbers[c.Number] = true, true
		require.True(t, i == 0 || cards[i-1].Position < c.Position)
	}
	require.Len(t, positions, 42, "each has a place of its own")
	require.Len(t, numbers, 42, "and a number")
	replay.Check(t, h.db)
}

// Nothing is written that the log does not tell of: gorm refuses it.
func TestAWriteThatGoesPastTheDoorIsRefused(t *testing.T) {
	s := newScene(t)
	tx := s.db.Begin()
	inside := tx.Exec("UPDATE tasks SET title = 'Forged' WHERE id = ?", s.first).Error
	tx.Rollback()
	for what, err := range map[string]error{
		"create": s.db.Create(&models.Team{ID: "x", Name: "x", Zone: "UTC"}).Error,
		"update": s.db.Model(&models.Task{ID: s.first}).Update("title", "Forged").Error,
		"delete": s.db.Delete(&models.Task{ID: s.first}).Error,
		"exec":   s.db.Exec("UPDATE tasks SET title = 'Forged' WHERE id = ?", s.first).Error,
		"inside": inside,
	} {
		require.ErrorIs(t, err, models.ErrUnmarked, what)
	}
}

// Not even somebody with a connection to the database rewrites what is logged.
func TestTheDatabaseItselfRefusesToRewriteTheLog(t *testing.T) {
	s := newScene(t)
	sql, err := s.db.DB()
	require.NoError(t, err)
	statements := []string{
		"UPDATE entries SET action = 'x'", "DELETE FROM entries", "DELETE FROM logs", "UPDATE logs SET seq = seq - 1",
		"INSERT INTO entries SELECT * FROM entries WHERE seq = 1",
	}
	if testdb.Postgres() {
		statements = append(statements, "TRUNCATE entries", "TRUNCATE logs")
	} else {
		statements = append(statements, "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1")
	}
	for _, statement := range statements {
		_, err := sql.Exec(statement)
		require.Error(t, err, statement)
	}
	replay.Check(t, s.db)
}

// A change that fails half-way leaves nothing of itself: no row, no entry, no number used.
func TestAChangeHappensWhollyOrNotAtAll(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "One", "Two")
	require.NoError(t, h.BlockTask(ctx, ana, tasks[1].ID, 1<<40, "the key is lost"))
	extra, err := h.AddColumn(ctx, ana, b.ID, models.ColumnInput{Name: "Also ready", State: flow.Ready})
	require.NoError(t, err)
	for _, task := range tasks {
		require.NoError(t, h.MoveTask(ctx, ana, task.ID, 1<<40, models.Place{Column: extra.ID}))
	}
	before := h.length()
	// The first card could be moved to Done, the second is blocked.
	h.refused(h.RemoveColumn(ctx, ana, extra.ID, h.column(b, flow.Done)), fault.IsBlocked)
	require.Equal(t, before, h.length())
	require.Equal(t, flow.Ready, h.task(tasks[0].ID).Task.State)
	replay.Check(t, h.db)
}

// A cascade of ten thousand is one change like any other: each move has its
// entry, its cause and its place.
func TestTenThousandDependentsAreReleasedAtOnce(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	first := h.add(b, "First")[0]
	const n = 10_000
	h.dependents(b, first, n)
	began := time.Now()
	require.NoError(t, h.CompleteTask(ctx, ana, first.ID, first.Version))
	took := time.Since(began)
	var ready, released int
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM tasks WHERE board_id = ? AND state = 'ready' AND moved_auto", b.ID).Row().Scan(&ready))
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM entries e JOIN entries c ON c.log_id = e.log_id AND c.seq = e.cause WHERE e.action = 'task.released' AND c.action = 'task.completed'").Row().Scan(&released))
	require.Equal(t, []int{n, n}, []int{ready, released})
	t.Logf("%d released in %v", n, took)
	require.Less(t, took, 20*time.Second, "far from what it should be; the benchmark says how far")
}

// dependents adds n waiting tasks that depend on first, past the store's door for
// speed: the log does not know of them.
func (h *house) dependents(b models.Board, first models.Task, n int) {
	waitingColumn := h.column(b, flow.Waiting)
	sql, err := h.db.DB()
	require.NoError(h.t, err)
	tx, err := sql.Begin()
	require.NoError(h.t, err)
	defer func() { require.NoError(h.t, tx.Commit()) }()
	task, err := tx.Prepare(`INSERT INTO tasks (id, team_id, board_id, column_id, number, title, state, position, created_by, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, 'ana', $8, $8, 1)`)
	require.NoError(h.t, err)
	edge, err := tx.Prepare("INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, created_at) VALUES ($1, $2, $3, $4)")
	require.NoError(h.t, err)
	position := ""
	for i := range n {
		id := models.NewID()
		position = flow.Below(position)
		_, err := task.Exec(id, h.team, b.ID, waitingColumn, 1000+i, fmt.Sprint("Dependent ", i), position, h.now)
		require.NoError(h.t, err)
		_, err = edge.Exec(first.ID, id, h.team, h.now)
		require.NoError(h.t, err)
	}
}
