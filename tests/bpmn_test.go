package tests

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/playbook"
	"relevo/tests/browser"
	"relevo/tests/testapp"
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
	require.Contains(t, text(refused.Body), "Nothing in it becomes a step.")
	require.Contains(t, text(refused.Body), "There is no process in BPMN 2.0 in this file")
	require.Equal(t, http.StatusForbidden, o.bo.Upload(at, "bpmn", "a.bpmn", []byte("<a/>")).Status)
}

// What a diagram is taken along as comes back as the same workflow: its steps with their
// names and sections, what each waits for and how, and its condition, unless it is told.
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
		var gaps, told []string
		for _, s := range d.Steps {
			if asked.MatchString(s.Title) {
				gaps = append(gaps, asked.ReplaceAllString(s.Title, "…"))
			}
		}
		left = slices.DeleteFunc(left, func(l playbook.Left) bool {
			if l.Why == playbook.LeftBlank {
				told = append(told, l.Text)
			}
			return l.Why == playbook.LeftBlank
		})
		require.Len(t, told, len(gaps), "%s: names with a gap are told", s.Key)
		for _, l := range left { // conditions on what is asked at the start, or within tasks: BPMN has no place for those
			i := slices.IndexFunc(d.Steps, func(s playbook.Step) bool { return s.When == l.Text })
			require.GreaterOrEqual(t, i, 0, "%s: %v", s.Key, l)
			d.Steps[i].When = ""
		}
		require.Equal(t, outline(d), outline(is), s.Key)
	}
}

// asked is where a title says what is asked at the start; pictures show an ellipsis.
var asked = regexp.MustCompile(`{{[^}]*}}`)

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
		all[s.ID] = append([]string{asked.ReplaceAllString(s.Title, "…"), sections[s.Section], s.When}, needs...)
	}
	return all
}

// drawnElsewhere is a process as other programs write it, with what workflows do not have.
const drawnElsewhere = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" exporter="Another">
<bpmn:process id="p" name="Returns">
  <bpmn:laneSet><bpmn:lane name="Shop"><bpmn:flowNodeRef>take</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
  <bpmn:task id="take" name="Take it back"/>
  <bpmn:exclusiveGateway id="whole" name="Is it whole?"/>
  <bpmn:task id="refund" name="Refund it"/><bpmn:task id="mend" name="Mend it"/>
  <bpmn:intermediateCatchEvent id="days" name="14 days"><bpmn:timerEventDefinition/></bpmn:intermediateCatchEvent>
  <bpmn:dataObjectReference id="bill" name="Bill"/>
  <bpmn:sequenceFlow sourceRef="take" targetRef="days"/><bpmn:sequenceFlow sourceRef="days" targetRef="whole"/>
  <bpmn:sequenceFlow name="yes" sourceRef="whole" targetRef="refund"/><bpmn:sequenceFlow name="no" sourceRef="whole" targetRef="mend"/>
  <bpmn:sequenceFlow sourceRef="mend" targetRef="take"/>
</bpmn:process></bpmn:definitions>`

func TestAProcessIsChosenAsAFile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.ana)
	choose := func(content string) {
		tab.ChooseFiles("#draw-bpmn input[type=file]", testapp.File{Name: "returns.bpmn", Data: []byte(content)})
		tab.Click("#draw-bpmn .button-main")
	}
	tab.Go("/teams/" + o.team.ID + "/templates/new")
	tab.Click("#draw-bpmn summary")
	tab.WaitVisible("#draw-bpmn input[type=file]")
	tab.Axe()
	tab.Shot("bpmn-form")
	choose("Dear all")
	tab.WaitVisible("#draw-bpmn .wrong")
	tab.Axe()
	tab.Shot("bpmn-refused")
	choose(drawnElsewhere)
	tab.WaitVisible(`a[href$="/drawing"]`)
	page := tab.Text("main")
	require.Contains(t, page, "4 steps and 3 connections are in the draft.")
	for _, told := range []string{"intermediateCatchEvent: 14 days", "dataObjectReference: Bill", "Mend it → Take it back"} {
		require.Contains(t, page, told)
	}
	require.NotContains(t, page, "timerEventDefinition")
	tab.Axe()
	tab.Shot("bpmn-report")
	tab.Click(`a[href$="/drawing"]`)
	tab.WaitVisible(box("mend_it"))
	tab.Shot("bpmn-drawn")
	tab.Sound()

	speaks(t, o.ana, "es")
	phone := browser.Open(t, o.App, o.ana, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go("/teams/" + o.team.ID + "/templates/new")
	phone.Click("#draw-bpmn summary")
	phone.ChooseFiles("#draw-bpmn input[type=file]", testapp.File{Name: "returns.bpmn", Data: []byte(drawnElsewhere)})
	phone.Click("#draw-bpmn .button-main")
	phone.WaitVisible(`a[href$="/drawing"]`)
	phone.Axe()
	phone.Shot("bpmn-report-phone-dark-es")
	phone.Sound()
}
