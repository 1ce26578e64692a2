package tests

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/playbook"
	"relevo/tests/browser"
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

func TestAProcessIsTakenOverIntoANewTemplate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := "/teams/" + o.team.ID + "/templates"
	refused := o.ana.Upload(at, "bpmn", "notes.txt", []byte("Dear all"))
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	require.Contains(t, text(refused.Body), "There is no process in BPMN 2.0 in this file")
	require.Equal(t, http.StatusForbidden, o.bo.Upload(at, "bpmn", "a.bpmn", []byte("<a/>")).Status)
}

// What a diagram is taken along as comes back as the same workflow: its steps with their
// names and sections, what each waits for and how, and on what conditions.
func TestWhatIsExportedAsBPMNIsTakenOverAsItWas(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := "/teams/" + o.team.ID + "/templates"
	for _, s := range slices.Concat(playbook.ShippedIn("en"), playbook.ShippedIn("es")) {
		was, err := o.Store.AdoptTemplate(t.Context(), o.ana.Actor(), o.team.ID, s)
		require.NoError(t, err)
		d, _ := playbook.Parse([]byte(was.Draft))
		carried := o.ana.Get("/templates/" + was.ID + "/diagram/bpmn").Body
		made := o.ana.Upload(at, "bpmn", "workflow.bpmn", []byte(carried))
		require.Equal(t, http.StatusOK, made.Status, made.Body)
		lines := 0
		for _, s := range d.Steps {
			lines += len(s.Needs)
		}
		require.Contains(t, text(made.Body), fmt.Sprintf("%d steps and %d connections are in the draft.", len(d.Steps), lines), s.Key)
		is, left, _ := playbook.FromBPMN([]byte(carried), "", "en")
		require.Empty(t, left, s.Key)
		require.Equal(t, outline(d), outline(is), s.Key)
	}
}

// outline is what a definition says of its steps' order, by ID.
func outline(d playbook.Definition) map[string][]string {
	sections, all := map[string]string{}, map[string][]string{}
	for _, s := range d.Sections {
		sections[s.ID] = s.Name
	}
	for _, s := range d.Steps {
		var needs []string
		for _, n := range s.Needs {
			needs = append(needs, n.Step)
		}
		slices.Sort(needs)
		if len(needs) > 1 {
			needs = append(needs, string(s.Join))
		}
		all[s.ID] = append([]string{s.Title, sections[s.Section], s.When}, needs...)
	}
	return all
}

func TestAProcessIsChosenAsAFile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/teams/" + o.team.ID + "/templates/new")
	tab.Click("#draw-bpmn summary")
	tab.WaitVisible("#draw-bpmn input[type=file]")
	tab.Axe()
	tab.Shot("bpmn-form")
	tab.Sound()
}
