package command

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/testdb"
)

// Somebody who is not of the house keeps the heads that the server leaves: with one of
// them, what was done to the database afterwards comes to light.
func TestHeadsAreLeftWithAWitness(t *testing.T) {
	database, house, witness := testdb.Fresh(t), t.TempDir(), t.TempDir()
	settings := []string{"RELEVO_DATABASE=" + database, "RELEVO_KEYS=" + filepath.Join(house, "keys")}
	signedIn(t, database)
	h := testdb.Reopen(t, database)
	store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: h.Enqueue})
	require.NoError(t, err)
	ana, _, err := store.SignIn(t.Context(), models.Actor{}, "ana@example.com", "seven green turtles", "test")
	require.NoError(t, err)
	team, err := store.CreateTeam(t.Context(), models.Actor{ID: ana.ID, Name: ana.Name}, models.TeamInput{Name: "People", Zone: "UTC"})
	require.NoError(t, err)

	c, _, stderr := start(t, append(settings, "RELEVO_WITNESS="+witness)...)
	var left []string
	require.Eventually(t, func() bool {
		left, _ = filepath.Glob(filepath.Join(witness, team.ID+"-*.head"))
		return len(left) > 0
	}, time.Minute, 50*time.Millisecond, stderr)
	require.NoError(t, c.Process.Kill())
	_ = c.Wait()
	require.Equal(t, []string{filepath.Join(witness, team.ID+"-000000000002.head")}, left)
	others, err := os.ReadDir(witness)
	require.NoError(t, err)
	require.Len(t, others, 2, "the server's own log has one, too, and nothing else is there")

	verify := []string{"verify", "--head", left[0]}
	out, err := relevo(t, verify, settings...).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "the signature is good")
	for _, sql := range tampering() {
		_, err := h.WriteSQL().ExecContext(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	out, err = relevo(t, verify, settings...).CombinedOutput()
	require.ErrorContains(t, err, "exit status 1", string(out))
	require.Contains(t, string(out), "WRONG: log "+team.ID)

	out, err = relevo(t, nil, "RELEVO_DATABASE="+database, "RELEVO_WITNESS="+filepath.Join(witness, "nowhere")).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "RELEVO_WITNESS: nothing can be left in")
}
