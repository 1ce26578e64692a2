package models_test

import (
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

// asking is somebody who makes a request of their own.
func asking(who models.Actor) models.Actor {
	who.Request = models.NewID()
	return who
}

func (h *house) seq() (n int64) {
	h.t.Helper()
	require.NoError(h.t, h.db.Raw("SELECT seq FROM logs WHERE id = ?", h.team).Row().Scan(&n))
	return n
}

// did runs a change and returns its first entry's number.
func (h *house) did(err error) int64 {
	h.t.Helper()
	require.NoError(h.t, err)
	var n int64
	require.NoError(h.t, h.db.Raw("SELECT MIN(seq) FROM entries WHERE log_id = ? AND at = ?", h.team, h.now).Row().Scan(&n))
	return n
}

func (h *house) undo(seq int64) models.Undone {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	done, err := h.Undo(h.t.Context(), asking(ana), h.team, seq)
	require.NoError(h.t, err)
	return done
}

// visible is all that people see of a board's tasks and their links.
func (h *house) visible(t require.TestingT, board string) []string {
	var all []string
	for _, query := range []string{
		`SELECT id, column_id, title, description, state, due, estimate, priority, "join", not_before, overridden, override_reason, at_risk, blocked, blocked_reason,
			review_at, done_at, archived_at, deleted_at FROM tasks WHERE board_id = ? ORDER BY column_id, position, id`,
		"SELECT task_id, user_id FROM task_owners WHERE task_id IN (SELECT id FROM tasks WHERE board_id = ?) ORDER BY task_id, user_id",
		"SELECT task_id, label_id FROM task_labels WHERE task_id IN (SELECT id FROM tasks WHERE board_id = ?) ORDER BY task_id, label_id",
		"SELECT task_id, field_id, value, number FROM task_fields WHERE task_id IN (SELECT id FROM tasks WHERE board_id = ?) ORDER BY task_id, field_id",
		`SELECT prerequisite_id, dependent_id, lag_amount, lag_unit, on_cancel, satisfied_at FROM dependencies
			WHERE dependent_id IN (SELECT id FROM tasks WHERE board_id = ?) ORDER BY prerequisite_id, dependent_id`,
	} {
		var rows []map[string]any
		require.NoError(t, h.db.Raw(query, board).Scan(&rows).Error)
		for _, r := range rows {
			if r["lag_amount"] != nil && fmt.Sprint(r["lag_amount"]) == "0" {
				r["lag_unit"] = "" // of nothing
			}
			all = append(all, fmt.Sprint(r))
		}
	}
	return all
}

func copied(w *naive.World) naive.World {
	c := *w
	c.Tasks = map[string]*naive.Task{}
	for id, t := range w.Tasks {
		is := *t
		c.Tasks[id] = &is
	}
	c.Needs = slices.Clone(w.Needs)
	return c
}

// Whatever is done and undone at once, everything is as before, with entries
// added; and undoing that brings the change back.
func TestAnyChangeThatIsUndoneLeavesEverythingAsBefore(t *testing.T) {
	fewer(t, "15")
	h := newHouse(t)
	undone := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		s := newTale(t, h)
		acts := s.acts()
		for name, act := range acts {
			if name == "" || name == "add" || name == "pass" || name == "pass again" || name == "and pass again" {
				continue
			}
			acts[name] = func(t *rapid.T) {
				before, world, ids, seq := s.visible(t, s.board.ID), copied(s.world), slices.Clone(s.ids), s.seq()
				act(t)
				if s.seq() == seq || rapid.IntRange(0, 2).Draw(t, "keep it") == 0 {
					return
				}
				after := s.visible(t, s.board.ID)
				u, err := s.Undo(s.t.Context(), asking(ana), s.team, seq+1)
				require.NoError(t, err, name)
				s.collect()
				require.Equal(t, before, s.visible(t, s.board.ID), "undone: %s", name)
				require.Greater(t, s.seq(), u.Entry.Seq-1)
				undone[name]++
				if rapid.Bool().Draw(t, "redo it") {
					_, err := s.Undo(s.t.Context(), asking(ana), s.team, u.Entry.Seq)
					require.NoError(t, err, name)
					s.collect()
					require.Equal(t, after, s.visible(t, s.board.ID), "redone: %s", name)
					return
				}
				*s.world, s.ids = world, ids
			}
		}
		t.Repeat(acts)
	})
	t.Log(undone)
	replay.Check(t, h.db)
}

// What was archived while ready, and must wait when it is restored, is ready in the
// archive again when that is undone.
func TestUndoingARestorationTakesBackWhatTheRulesMadeOfIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Laptop")
	sign, laptop := tasks[0].ID, tasks[1].ID
	require.NoError(t, h.ArchiveTask(ctx, ben, laptop, h.task(laptop).Task.Version))
	h.require(sign, laptop, models.DependencyInput{})
	before := h.visible(t, b.ID)

	h.now = h.now.Add(time.Hour)
	seq := h.did(h.RestoreTask(ctx, asking(ana), laptop, h.task(laptop).Task.Version))
	require.Equal(t, flow.Waiting, h.state(laptop))
	h.undo(seq)
	require.Equal(t, before, h.visible(t, b.ID))
}

func TestUndoingACompletionTakesBackWhatItReleased(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts", "Laptop", "Chair")
	sign, accounts, laptop := tasks[0].ID, tasks[1].ID, tasks[2].ID
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, accounts, h.task(accounts).Task.Version, models.TaskInput{Owners: &owners}))
	h.require(sign, accounts, models.DependencyInput{})
	h.require(sign, laptop, models.DependencyInput{})
	before := h.visible(t, b.ID)
	unread := func() int {
		n, err := h.UnreadNotices(ctx, ben)
		require.NoError(t, err)
		return n
	}
	told := unread()

	h.now = h.now.Add(time.Hour)
	seq := h.did(h.CompleteTask(ctx, asking(ana), sign, h.task(sign).Task.Version))
	require.Equal(t, flow.Ready, h.state(accounts))
	require.Equal(t, told+1, unread())
	done := h.undo(seq)
	require.Equal(t, before, h.visible(t, b.ID))
	require.Equal(t, told, unread(), "it is not his turn any more")
	require.Equal(t, "task.undone", done.Entry.Action)
	require.Equal(t, seq, done.Entry.Cause)
	why := h.task(accounts).Why
	require.Equal(t, []string{"task.held", "task.undone", "task.completed"}, []string{why[0].Action, why[1].Action, why[2].Action})

	// Done again, and one of the released has been begun meanwhile: it stays, at risk.
	h.now = h.now.Add(time.Hour)
	again := h.undo(done.Entry.Seq)
	require.Equal(t, flow.Ready, h.state(accounts))
	require.NoError(t, h.MoveTask(ctx, ben, accounts, h.task(accounts).Task.Version, models.Place{Column: h.column(b, flow.InProgress)}))
	h.undo(again.Entry.Seq)
	require.Equal(t, flow.InProgress, h.state(accounts))
	require.True(t, h.task(accounts).Task.AtRisk)
	require.Equal(t, flow.Waiting, h.state(laptop))
	replay.Check(t, h.db)
}

func TestAnUndoIsRefusedWithTheReason(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign")[0].ID
	h.now = h.now.Add(time.Hour)
	title := "Sign it"
	seq := h.did(h.EditTask(ctx, asking(ana), task, h.task(task).Task.Version, models.TaskInput{Title: &title}))

	_, err := h.Undo(ctx, asking(ben), h.team, seq)
	h.refused(err, fault.NotYours)
	_, err = h.Undo(ctx, asking(vic), h.team, seq)
	h.refused(err, fault.NotAllowed)
	_, err = h.Undo(ctx, asking(eve), h.team, seq)
	h.refused(err, fault.NotFound)
	_, err = h.Undo(ctx, asking(ana), h.team, seq+1)
	h.refused(err, fault.NotFound)
	_, err = h.Undo(ctx, asking(ana), h.team, 1)
	h.refused(err, fault.NotUndoable)

	other := "Sign both copies"
	require.NoError(t, h.EditTask(ctx, asking(ben), task, h.task(task).Task.Version, models.TaskInput{Title: &other}))
	_, err = h.Undo(ctx, asking(ana), h.team, seq)
	f := h.refused(err, fault.MovedOn)
	require.Equal(t, []fault.Change{{Who: "Ben", Field: "title", From: "Sign it", To: "Sign both copies", Seq: h.seq()}}, f.Changes)

	h.now = h.now.Add(time.Hour)
	estimate := 60
	seq = h.did(h.EditTask(ctx, asking(ben), task, h.task(task).Task.Version, models.TaskInput{Estimate: &estimate}))
	h.undo(seq) // a manager undoes anybody's
	require.Zero(t, h.task(task).Task.Estimate)

	h.now = h.now.Add(time.Hour)
	seq = h.did(h.EditTask(ctx, asking(ana), task, h.task(task).Task.Version, models.TaskInput{Estimate: &estimate}))
	h.now = h.now.Add(models.UndoTime + time.Second)
	_, err = h.Undo(ctx, asking(ana), h.team, seq)
	h.refused(err, fault.TooLate)
	replay.Check(t, h.db)
}

func TestAMoveWithAnOverrideIsUndoneAsOne(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	before := h.visible(t, b.ID)
	h.now = h.now.Add(time.Hour)
	who := asking(ana)
	require.NoError(t, h.MoveTask(ctx, who, tasks[1].ID, h.task(tasks[1].ID).Task.Version, models.Place{Column: h.column(b, flow.InProgress), Override: "it cannot wait"}))
	deed, found, err := h.LastDeed(ctx, who, tasks[1].ID)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "task.overridden", deed.Action)
	h.undo(h.seq())
	require.Equal(t, before, h.visible(t, b.ID))
	replay.Check(t, h.db)
}

func TestOwnersAndPlacesComeBack(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts", "Laptop")
	task := tasks[1].ID
	h.now = h.now.Add(time.Hour)
	owners, due := []string{"ana", "ben"}, models.Date("2026-04-01")
	seq := h.did(h.EditTask(ctx, asking(ana), task, h.task(task).Task.Version, models.TaskInput{Owners: &owners, Due: &due}))
	h.undo(seq)
	require.Empty(t, h.task(task).Owners)
	require.Empty(t, h.task(task).Task.Due)

	// Another card has taken the place meanwhile: it goes just above that.
	h.now = h.now.Add(time.Hour)
	seq = h.did(h.MoveTask(ctx, asking(ana), task, h.task(task).Task.Version, models.Place{Column: h.column(b, flow.InProgress)}))
	h.now = h.now.Add(time.Hour)
	require.NoError(t, h.MoveTask(ctx, ben, tasks[0].ID, h.task(tasks[0].ID).Task.Version, models.Place{Column: h.column(b, flow.Ready), Before: tasks[2].ID}))
	h.undo(seq)
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	var order []string
	for _, c := range v.Lanes[1].Cards {
		order = append(order, c.Title)
	}
	require.ElementsMatch(t, []string{"Accounts", "Sign", "Laptop"}, order)
	require.Equal(t, "Laptop", order[2])
	replay.Check(t, h.db)
}
