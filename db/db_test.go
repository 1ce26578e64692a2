package db_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/tests/testdb"
)

// insert writes an entry of the server's log.
const insert = `INSERT INTO entries (log_id, seq, at, actor_kind, action, data, leaf) VALUES ('server', ?, ?, 'system', 'test', '{}', ?)`

func leaf() []byte {
	sum := sha256.Sum256(nil)
	return sum[:]
}

func TestFourServersMigrateAtOnceAndOneDoes(t *testing.T) {
	database := testdb.Empty(t)
	var (
		wg      sync.WaitGroup
		mu      sync.Mutex
		applied [][]string
	)
	for range 4 {
		h := testdb.Reopen(t, database)
		wg.Go(func() {
			names, err := h.Migrate(t.Context())
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Errorf("migrate: %v", err)
			}
			if len(names) > 0 {
				applied = append(applied, names)
			}
		})
	}
	wg.Wait()
	require.Len(t, applied, 1, "one server migrates, the others find nothing to do")
}

func TestMigratingAgainChangesNothing(t *testing.T) {
	applied, err := testdb.Open(t).Migrate(t.Context())
	require.NoError(t, err)
	require.Empty(t, applied)
}

func TestEntriesAreFinal(t *testing.T) {
	h := testdb.Open(t)
	require.NoError(t, h.Write.Exec(insert, 1, time.Now().UTC(), leaf()).Error)

	require.ErrorContains(t, h.Write.Exec(`UPDATE entries SET action = 'other'`).Error, "entries are final")
	require.ErrorContains(t, h.Write.Exec(`DELETE FROM entries`).Error, "entries are final")
	require.Error(t, h.Write.Exec(insert, 1, time.Now().UTC(), leaf()).Error, "a number is given once")
	if testdb.Postgres() {
		require.ErrorContains(t, h.Write.Exec(`TRUNCATE entries`).Error, "entries are final")
		return
	}
	replace := "INSERT OR REPLACE" + insert[len("INSERT"):]
	require.Error(t, h.Write.Exec(replace, 1, time.Now().UTC(), leaf()).Error, "replacing is deleting")
}

func TestALogOnlyGrows(t *testing.T) {
	h := testdb.Open(t)
	require.NoError(t, h.Write.Exec(`UPDATE logs SET seq = 7 WHERE id = 'server'`).Error)
	require.ErrorContains(t, h.Write.Exec(`UPDATE logs SET seq = 6 WHERE id = 'server'`).Error, "a log only grows")
	require.ErrorContains(t, h.Write.Exec(`DELETE FROM logs`).Error, "a log is never removed")
}

func TestTimesComeBackInUTCWithMicroseconds(t *testing.T) {
	h := testdb.Open(t)
	at := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC)
	require.NoError(t, h.Write.Exec(insert, 1, at.In(time.FixedZone("", 2*3600)), leaf()).Error)
	var got struct{ At time.Time }
	require.NoError(t, h.Read.Raw(`SELECT at FROM entries`).Scan(&got).Error)
	require.Equal(t, at, got.At)
}

func TestReadingCannotWriteOnSQLite(t *testing.T) {
	if testdb.Postgres() {
		t.Skip("PostgreSQL has one pool")
	}
	err := testdb.Open(t).Read.Exec(`UPDATE logs SET seq = 1`).Error
	require.ErrorContains(t, err, "readonly")
}

func TestReadingDoesNotWaitForAWriter(t *testing.T) {
	h := testdb.Open(t)
	require.NoError(t, h.Write.Transaction(func(tx *gorm.DB) error {
		require.NoError(t, tx.Exec(`UPDATE logs SET seq = 5`).Error)
		var seq int64
		require.NoError(t, h.Read.Raw(`SELECT seq FROM logs`).Scan(&seq).Error)
		require.Zero(t, seq, "what is not committed is not seen")
		return nil
	}))
}

func TestAnOddlyNamedFileOpensPrivately(t *testing.T) {
	path := filepath.Join(t.TempDir(), "50% of what? #1.db")
	h, err := db.Open(t.Context(), db.Settings{Database: path})
	require.NoError(t, err)
	require.NoError(t, h.Close())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestADatabaseThatCannotBeOpenedIsNamedWithoutItsPassword(t *testing.T) {
	_, err := db.Open(t.Context(), db.Settings{Database: filepath.Join(t.TempDir(), "missing", "relevo.db")})
	require.ErrorContains(t, err, "missing/relevo.db")

	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_, err = db.Open(ctx, db.Settings{Database: "postgres://relevo:secret@127.0.0.1:1/relevo"})
	require.ErrorContains(t, err, "postgres://relevo:xxxxx@127.0.0.1:1/relevo")
	require.NotContains(t, err.Error(), "secret")
}
