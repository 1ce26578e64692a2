package jobs_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
)

// clock is one that a test sets.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time   { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) set(at time.Time) { c.at.Store(at.UnixMicro()) }
func (c *clock) at8(day models.Date) {
	d, _ := time.Parse(time.DateOnly, string(day))
	c.set(d.Add(8 * time.Hour))
}

// round is the job that goes round the time zones; it is queued each quarter of an hour.
type round struct{}

func (round) Kind() string { return "due" }

func (h house) run(t *testing.T, job models.Job) {
	t.Helper()
	tx := h.db.Write.Begin()
	require.NoError(t, h.db.Enqueue(t.Context(), tx, job, time.Time{}))
	require.NoError(t, tx.Commit().Error)
}

func (h house) told(t *testing.T) (kinds []models.NoticeKind) {
	t.Helper()
	v, err := h.Inbox(t.Context(), ana, models.InboxFilter{Part: models.InboxUnread}, "")
	require.NoError(t, err)
	for _, i := range v.Items {
		for _, n := range i.Notices {
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

func (h house) eventually(t *testing.T, want ...models.NoticeKind) {
	t.Helper()
	require.Eventually(t, func() bool { return slices.Equal(want, h.told(t)) }, 10*time.Second, 20*time.Millisecond, "%v", want)
}

func TestPeopleAreToldInTheMorningWhatIsDueAndWhatIsOverdue(t *testing.T) {
	var c clock
	c.at8("2026-03-04") // a Wednesday
	h := build(t, c.now)
	task := h.task(t, "Sign contract")
	owners, due := []string{"ana"}, models.Date("2026-03-09") // a Monday
	require.NoError(t, h.EditTask(t.Context(), ana, task.ID, task.Version, models.TaskInput{Owners: &owners, Due: &due}))
	c.set(time.Date(2026, 3, 6, 7, 59, 0, 0, time.UTC)) // the Friday before, a minute too early
	require.NoError(t, h.TellDue(t.Context()))
	require.Empty(t, h.told(t))

	c.at8("2026-03-06")
	h.work(t) // it goes round at once
	h.eventually(t, models.DueSoon)

	c.set(c.now().Add(3 * time.Hour))
	h.run(t, round{})
	h.run(t, round{})
	c.at8("2026-03-09")
	h.run(t, round{})
	require.Eventually(t, func() bool {
		left := -1
		err := h.db.Read.Raw("SELECT count(*) FROM river_job WHERE kind = 'due' AND state <> 'completed'").Scan(&left).Error
		return err == nil && left == 0
	}, 10*time.Second, 20*time.Millisecond)
	h.eventually(t, models.DueSoon)

	c.at8("2026-03-10")
	h.run(t, round{})
	h.eventually(t, models.PastDue)
}

func TestWhatIsSnoozedComesBackByATimer(t *testing.T) {
	var c clock
	c.set(time.Now())
	h := build(t, c.now)
	task := h.task(t, "Sign contract")
	owners, due := []string{"ana"}, models.Date(c.now().AddDate(0, 0, -1).Format(time.DateOnly))
	require.NoError(t, h.EditTask(t.Context(), ana, task.ID, task.Version, models.TaskInput{Owners: &owners, Due: &due}))
	c.at8(models.Date(c.now().Format(time.DateOnly)))
	require.NoError(t, h.TellDue(t.Context()))
	require.Equal(t, []models.NoticeKind{models.PastDue}, h.told(t))
	_, err := h.SnoozeTask(t.Context(), ana, task.ID, models.Tomorrow, "")
	require.NoError(t, err)
	require.Empty(t, h.told(t))
	h.work(t)

	// Its time comes.
	c.set(c.now().Add(48 * time.Hour))
	_, err = h.db.WriteSQL().ExecContext(t.Context(), "UPDATE river_job SET scheduled_at = $1 WHERE kind = 'wake'", time.Now().UTC().Add(-time.Second))
	require.NoError(t, err)
	h.eventually(t, models.PastDue)
}
