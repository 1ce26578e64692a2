package db_test

import (
	"errors"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/tests/testdb"
)

type greeting struct {
	To string `json:"to" river:"unique"`
}

func (greeting) Kind() string { return "greeting" }

func jobs(t *testing.T, h *db.Handles) (states []string) {
	t.Helper()
	require.NoError(t, h.Read.Raw(`SELECT state FROM river_job ORDER BY id`).Scan(&states).Error)
	return states
}

func TestAJobIsQueuedWithTheChangeThatAsksForIt(t *testing.T) {
	h := testdb.Open(t)
	require.NoError(t, h.Write.Transaction(func(tx *gorm.DB) error {
		require.NoError(t, tx.Exec(`UPDATE logs SET seq = 1`).Error)
		return h.Enqueue(tx, greeting{"Ana"}, nil)
	}))
	require.Equal(t, []string{"available"}, jobs(t, h))
}

func TestARolledBackChangeLeavesNoJob(t *testing.T) {
	h := testdb.Open(t)
	changed := errors.New("changed my mind")
	require.ErrorIs(t, h.Write.Transaction(func(tx *gorm.DB) error {
		require.NoError(t, h.Enqueue(tx, greeting{"Ana"}, nil))
		return changed
	}), changed)
	require.Empty(t, jobs(t, h))
}

func TestTheSameTimerIsQueuedOnce(t *testing.T) {
	h := testdb.Open(t)
	once := &river.InsertOpts{ScheduledAt: time.Now().Add(time.Hour), UniqueOpts: river.UniqueOpts{ByArgs: true}}
	for range 2 {
		require.NoError(t, h.Write.Transaction(func(tx *gorm.DB) error { return h.Enqueue(tx, greeting{"Ana"}, once) }))
	}
	require.Equal(t, []string{"scheduled"}, jobs(t, h))
}

func TestAJobIsNotQueuedOutsideATransaction(t *testing.T) {
	h := testdb.Open(t)
	require.ErrorContains(t, h.Enqueue(h.Write.Session(&gorm.Session{}), greeting{"Ana"}, nil), "not in a transaction")
}
