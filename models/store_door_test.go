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
	var places int
	require.NoError(t, h.db.Raw("SELECT COUNT(DISTINCT position) FROM tasks WHERE board_id = ? AND state = 'ready'", b.ID).Row().Scan(&places))
	require.Equal(t, n, places, "each has a place of its own")
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

// Whatever people can do to a board, its columns, its tasks and their links is
// told by the log so fully that the tables can be made from it, after each step.
func TestEveryVerbIsToldInTheLog(t *testing.T) {
	s, ctx := newScene(t), t.Context()
	const now = 1 << 40
	title, text, due, estimate, priority, anyOne := "Sign it", "**Twice**", models.Date("2026-04-01"), 90, models.High, flow.Any
	owners, nobody, at := []string{"ben", "zoe"}, []string{}, s.now.Add(time.Hour)
	notBefore, never := &at, (*time.Time)(nil)
	var column models.Column
	lag := models.DependencyInput{Lag: flow.Lag{Amount: 3, Unit: flow.WorkingDays}, OnCancel: flow.Hold, SatisfiedAt: flow.InReview}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"edit all", func() error {
			return s.EditTask(ctx, ben, s.first, now, models.TaskInput{Title: &title, Description: &text, Owners: &owners, Due: &due,
				Estimate: &estimate, Priority: &priority, Join: &anyOne, NotBefore: &notBefore})
		}},
		{"edit back", func() error {
			return s.EditTask(ctx, ben, s.first, now, models.TaskInput{Owners: &nobody, NotBefore: &never})
		}},
		{"block", func() error { return s.BlockTask(ctx, ben, s.first, now, "the key is lost") }},
		{"block again", func() error { return s.BlockTask(ctx, ben, s.first, now, "the door is lost") }},
		{"unblock", func() error { return s.UnblockTask(ctx, ben, s.first, now) }},
		{"change a link", func() error { return s.ChangeDependency(ctx, ben, s.first, s.next, lag) }},
		{"unlink", func() error { return s.Unrequire(ctx, ben, s.first, s.next) }},
		{"link with a lag", func() error { return s.Require(ctx, ben, s.first, s.next, lag) }},
		{"override", func() error { return s.OverrideTask(ctx, ana, s.next, now, "hurry") }},
		{"begin", func() error {
			return s.MoveTask(ctx, ben, s.next, now, models.Place{Column: s.house.column(s.board, flow.InProgress)})
		}},
		{"withdraw", func() error { return s.WithdrawOverride(ctx, ana, s.next, now) }},
		{"complete at risk", func() error { return s.CompleteTask(ctx, ben, s.next, now) }},
		{"review", func() error {
			return s.MoveTask(ctx, ben, s.first, now, models.Place{Column: s.house.column(s.board, flow.InReview)})
		}},
		{"complete", func() error { return s.CompleteTask(ctx, ben, s.first, now) }},
		{"reopen", func() error { return s.ReopenTask(ctx, ben, s.first, now) }},
		{"cancel", func() error { return s.CancelTask(ctx, ben, s.first, now, "not this year") }},
		{"reopen the cancelled", func() error { return s.ReopenTask(ctx, ben, s.first, now) }},
		{"archive", func() error { return s.ArchiveTask(ctx, ben, s.first, now) }},
		{"restore", func() error { return s.RestoreTask(ctx, ben, s.first, now) }},
		{"delete", func() error { return s.DeleteTask(ctx, ben, s.first, now) }},
		{"add a column", func() (err error) {
			column, err = s.AddColumn(ctx, ana, s.board.ID, models.ColumnInput{Name: "Soon", State: flow.Ready, WIPLimit: 3, WIPHard: true})
			return err
		}},
		{"edit a column", func() error {
			return s.EditColumn(ctx, ana, column.ID, now, models.ColumnInput{Name: "Very soon", State: flow.InReview})
		}},
		{"move a column", func() error { return s.MoveColumn(ctx, ana, column.ID, s.column) }},
		{"move a card into it", func() error { return s.MoveTask(ctx, ben, s.next, now, models.Place{Column: column.ID}) }},
		{"remove it", func() error { return s.RemoveColumn(ctx, ana, column.ID, s.house.column(s.board, flow.InProgress)) }},
		{"rename the board", func() error {
			return s.EditBoard(ctx, ana, s.board.ID, now, models.BoardInput{Name: "Arrivals", Key: "ARR"})
		}},
		{"shelve the board", func() error { return s.ArchiveBoard(ctx, ana, s.board.ID) }},
		{"bring it back", func() error { return s.RestoreBoard(ctx, ana, s.board.ID) }},
	} {
		before := s.length()
		require.NoError(t, step.do(), step.what)
		require.Greater(t, s.length(), before, "%s is told", step.what)
		replay.Check(t, s.db)
	}
}
