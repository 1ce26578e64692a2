package jobs_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/db"
	"relevo/handlers/jobs"
	"relevo/models"
	"relevo/models/flow"
	"relevo/models/recur"
	"relevo/tests/testdb"
)

var ana = models.Actor{ID: "ana", Name: "Ana"}

// house is a team of one with a board, on a server that works jobs.
type house struct {
	*models.Store
	db    *db.Handles
	lanes []models.Lane
	board string
}

func open(t *testing.T) house {
	t.Helper()
	h := build(t, nil)
	h.work(t)
	return h
}

// build makes the house on a clock, with nobody at work yet.
func build(t *testing.T, clock func() time.Time) house {
	t.Helper()
	h := testdb.Open(t)
	now := time.Now().UTC()
	for _, row := range [][]any{
		{`INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ('ana', 'ana@example.com', 'Ana', '', 'en', 'UTC', ?)`, now},
		{`INSERT INTO teams (id, name, zone, created_at) VALUES ('team', 'Onboarding', 'UTC', ?)`, now},
		{`INSERT INTO logs (id) VALUES ('team')`},
		{`INSERT INTO sessions (user_id, hash, created_at, seen_at, expires_at) VALUES ('ana', ?, ?, ?, ?)`, []byte{1}, now, now, now},
		{`INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ('team', 'ana', 'owner', ?)`, now},
		{`INSERT INTO blobs (id, team_id, sha256, size, expires_at) VALUES ('left', 'team', ?, 3, ?)`, strings.Repeat("0", 64), now},
		{`INSERT INTO blob_parts (blob_id, n, data) VALUES ('left', 0, ?)`, []byte("abc")},
	} {
		require.NoError(t, h.Write.Exec(row[0].(string), row[1:]...).Error)
	}
	store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: h.Enqueue, Now: clock})
	require.NoError(t, err)
	board, err := store.CreateBoard(t.Context(), ana, "team", models.BoardInput{Name: "Board"})
	require.NoError(t, err)
	v, err := store.Board(t.Context(), ana, board.ID)
	require.NoError(t, err)
	return house{Store: store, db: h, lanes: v.Lanes, board: board.ID}
}

func (h house) work(t *testing.T) {
	t.Helper()
	stop, err := h.db.Work(t.Context(), jobs.Config(h.Store, slog.New(slog.DiscardHandler), ""))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, stop(context.Background())) })
}

func (h house) task(t *testing.T, title string) models.Task {
	t.Helper()
	tasks, err := h.AddTasks(t.Context(), ana, h.lanes[1].ID, []string{title})
	require.NoError(t, err)
	return tasks[0]
}

func (h house) state(t *testing.T, task string) flow.State {
	t.Helper()
	v, err := h.Task(t.Context(), ana, task)
	require.NoError(t, err)
	return v.Task.State
}

func TestATaskIsReleasedWhenItsTimeComes(t *testing.T) {
	h := open(t)
	task := h.task(t, "Welcome lunch")
	at := time.Now().Add(1500 * time.Millisecond).UTC()
	due := &at
	require.NoError(t, h.EditTask(t.Context(), ana, task.ID, task.Version, models.TaskInput{NotBefore: &due}))
	require.Equal(t, flow.Waiting, h.state(t, task.ID))

	for h.state(t, task.ID) != flow.Ready {
		require.Less(t, time.Since(at), 3*time.Second, "nobody released it")
		time.Sleep(20 * time.Millisecond)
	}
	require.GreaterOrEqual(t, time.Since(at), time.Duration(0), "released early")
	v, err := h.Task(t.Context(), ana, task.ID)
	require.NoError(t, err)
	require.True(t, v.Task.MovedAuto)

	time.Sleep(time.Second)
	again, err := h.Task(t.Context(), ana, task.ID)
	require.NoError(t, err)
	require.Equal(t, v.Seq, again.Seq, "a timer fires once")
}

func TestWhatTimeReleasesOfATeamThatIsGoneIsGivenUp(t *testing.T) {
	h := open(t)
	job := models.ReleaseJob{Team: "nobody", Tasks: []string{"nothing"}}
	tx := h.db.Write.Begin()
	require.NoError(t, h.db.Enqueue(t.Context(), tx, job, time.Time{}))
	require.NoError(t, tx.Commit().Error)
	require.Eventually(t, func() bool {
		var state string
		err := h.db.Read.Raw(`SELECT state FROM river_job WHERE kind = 'release'`).Scan(&state).Error
		return err == nil && state == "cancelled"
	}, 5*time.Second, 50*time.Millisecond)
}

func TestSessionsThatHaveExpiredAreForgotten(t *testing.T) {
	h := open(t)
	require.Eventually(t, func() bool {
		left := -1
		err := h.db.Read.Raw(`SELECT count(*) FROM sessions`).Scan(&left).Error
		return err == nil && left == 0
	}, 10*time.Second, 50*time.Millisecond)
}

func TestWhatAnUploadLeftBehindIsForgotten(t *testing.T) {
	h := open(t)
	require.Eventually(t, func() bool {
		left := -1
		err := h.db.Read.Raw(`SELECT (SELECT count(*) FROM blobs) + (SELECT count(*) FROM blob_parts)`).Scan(&left).Error
		return err == nil && left == 0
	}, 10*time.Second, 50*time.Millisecond)
}

func TestTheBinsAreLookedAfter(t *testing.T) {
	h := open(t)
	require.Eventually(t, func() bool {
		var state string
		err := h.db.Read.Raw(`SELECT state FROM river_job WHERE kind = 'purge'`).Scan(&state).Error
		return err == nil && state == "completed"
	}, 10*time.Second, 50*time.Millisecond)
}

func TestARunStartsByAScheduleAndWhoKeepsItIsToldWhenItCannot(t *testing.T) {
	var c clock
	c.at8("2026-03-04")
	h := build(t, c.now)
	template, err := h.CreateTemplate(t.Context(), ana, "team", "Stand-up", "name: Stand-up\nsteps: [{id: one, title: One}]\n")
	require.NoError(t, err)
	require.NoError(t, h.PublishTemplate(t.Context(), ana, template.ID, template.Version))
	_, err = h.AddSchedule(t.Context(), ana, template.ID, models.ScheduleInput{Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}, From: "2026-03-05", Off: recur.AsItIs, Clock: "08:00", Name: "{{date}}", Board: h.board})
	require.NoError(t, err)
	runs := func() (names []string) {
		require.NoError(t, h.db.Read.Raw("SELECT name FROM runs ORDER BY id").Scan(&names).Error)
		return names
	}
	c.at8("2026-03-07") // the server was down for two days
	other, err := models.New(models.Parts{Write: h.db.Write, Read: h.db.Read, Enqueue: h.db.Enqueue, Now: c.now})
	require.NoError(t, err)
	h.work(t)
	house{Store: other, db: h.db}.work(t)
	require.Eventually(t, func() bool { return len(runs()) > 0 }, 10*time.Second, 20*time.Millisecond)
	h.run(t, timely{})
	h.run(t, timely{})
	require.Eventually(t, func() bool {
		left := -1
		err := h.db.Read.Raw("SELECT count(*) FROM river_job WHERE kind = 'schedule' AND state <> 'completed'").Scan(&left).Error
		return err == nil && left == 0
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, []string{"2026-03-07"}, runs(), "started once, by whichever server")

	require.NoError(t, h.ArchiveTemplate(t.Context(), ana, template.ID))
	c.at8("2026-03-08")
	h.run(t, timely{})
	h.eventually(t, models.YourTurn)
	v, err := h.Inbox(t.Context(), ana, models.InboxFilter{}, "")
	require.NoError(t, err)
	told, err := h.Task(t.Context(), ana, v.Items[0].Notices[0].TaskID)
	require.NoError(t, err)
	require.Equal(t, "Start of Stand-up failed: This template is archived. Restore it to start something of it.", told.Task.Title)
	require.Contains(t, told.Task.Description, "should have started a run on 8 March 2026")
	require.Contains(t, told.Task.Description, "(/templates/"+template.ID+"/schedules)")
}

// timely is the job that starts what schedules say; it is queued each minute.
type timely struct{}

func (timely) Kind() string { return "schedule" }
