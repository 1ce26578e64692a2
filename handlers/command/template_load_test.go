package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/testdb"
)

func TestAFolderOfTemplatesIsLoadedWhenTheServerStarts(t *testing.T) {
	database, folder := testdb.Fresh(t), t.TempDir()
	signedIn(t, database)
	h := testdb.Reopen(t, database)
	store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: h.Enqueue})
	require.NoError(t, err)
	var ana string
	require.NoError(t, h.Read.Raw("SELECT id FROM users").Row().Scan(&ana))
	_, err = store.CreateTeam(t.Context(), models.Actor{ID: ana, Name: "Ana"}, models.TeamInput{Name: "People", Zone: "UTC"})
	require.NoError(t, err)
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	versions := func() (all []string) {
		require.NoError(t, h.Read.Raw("SELECT t.shipped || ' ' || v.number FROM templates t JOIN template_versions v ON v.template_id = t.id ORDER BY 1").Scan(&all).Error)
		return all
	}
	run := func() string {
		c, _, stderr := start(t, "RELEVO_DATABASE="+database, "RELEVO_TEMPLATES="+folder)
		require.NoError(t, c.Process.Kill())
		_ = c.Wait()
		return stderr.String()
	}
	write("hr/hiring.yaml", "name: Hiring\nroles: [{id: hr, name: HR, who: ask}]\nsteps: [{id: contract, title: Contract, role: hr}]\n")
	write("broken.yml", twoMistakes)
	said := run()
	require.Equal(t, []string{"file:hr/hiring.yaml 1"}, versions())
	require.Regexp(t, `level=ERROR msg=.*broken\.yml line=7 column=5`, said)
	require.Contains(t, said, "a template has been loaded")
	require.NotContains(t, run(), "has been loaded", "what has not changed makes no new version")
	write("hr/hiring.yaml", "name: Hiring\nroles: [{id: hr, name: HR, who: ask}]\nsteps: [{id: contract, title: Sign the contract, role: hr}]\n")
	run()
	require.Equal(t, []string{"file:hr/hiring.yaml 1", "file:hr/hiring.yaml 2"}, versions())

	out, err := relevo(t, nil, "RELEVO_DATABASE="+database, "RELEVO_TEMPLATES="+filepath.Join(folder, "nowhere")).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "RELEVO_TEMPLATES")
}
