package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/playbook"
)

// TestWhatIsExportedAsBPMNKeepsToItsSchema judges with xmllint, by the schema of the Object
// Management Group (BPMN 2.0, formal/2011-01-03, machine-readable files).
func TestWhatIsExportedAsBPMNKeepsToItsSchema(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("xmllint is not installed")
		}
		t.Skip("xmllint is not installed")
	}
	o := newOffice(t)
	dir := t.TempDir()
	args := []string{"--noout", "--nonet", "--schema", "../models/bpmn/testdata/BPMN20.xsd"}
	keep := func(name, path string) {
		a := o.ana.Get(path)
		require.Equal(t, 200, a.Status, path)
		file := filepath.Join(dir, name+".bpmn")
		require.NoError(t, os.WriteFile(file, []byte(a.Body), 0o600))
		args = append(args, file)
	}
	for _, s := range playbook.ShippedIn("es") {
		made, err := o.Store.AdoptTemplate(t.Context(), o.ana.Actor(), o.team.ID, s)
		require.NoError(t, err)
		keep(s.Key, "/templates/"+made.ID+"/diagram/bpmn")
	}
	keep("board", "/boards/"+o.board.ID+"/diagram/bpmn")
	run, _ := o.hired(t)
	keep("run", "/runs/"+run.ID+"/diagram/bpmn")
	said, err := exec.CommandContext(t.Context(), lint, args...).CombinedOutput()
	require.NoError(t, err, "%s", said)
}
