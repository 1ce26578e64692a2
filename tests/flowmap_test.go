package tests

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/models/mermaid"
	"relevo/models/playbook"
	"relevo/tests/browser"
)

// stepTask is a step of a run with its task.
func (o office) stepTask(t *testing.T, r models.Run, step string) models.RunStep {
	t.Helper()
	v, err := o.Store.RunOf(t.Context(), o.ana.Actor(), r.ID)
	require.NoError(t, err)
	for _, s := range v.Steps {
		if s.Step.ID == step {
			return s
		}
	}
	t.Fatalf("the run has no step %s", step)
	return models.RunStep{}
}

func TestATemplateIsSeenAsADiagram(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made := o.adopted(t, "order-processing")
	at := "/templates/" + made.ID
	require.Contains(t, o.bo.Get(at).Body, at+"/diagram")
	page := o.bo.Get(at + "/diagram")
	require.Equal(t, 200, page.Status)
	require.Equal(t, 30, strings.Count(page.Body, `class="dg-node"`))
	require.Equal(t, 4, strings.Count(page.Body, `class="dg-lane"`), "a lane for each section")
	said := text(page.Body)
	require.Contains(t, said, "Only if Payment is “on account”", "a condition is told by the labels of what it asks for")
	require.Contains(t, said, "Take payment for … Accounts After “Confirm order … to …”, “Check the credit of …” Only if Payment is not “on account” or Credit granted: no")
	require.Contains(t, said, "On the longest way")

	around := text(o.bo.Get(at + "/diagram?task=credit_check").Body)
	require.Contains(t, around, "What leads to Check the credit of … and what follows it")
	require.NotContains(t, around, "Confirm order")

	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40, strings.ReplaceAll(made.Draft, "Confirm order", "Acknowledge order")))
	require.Contains(t, o.ana.Get(at+"/diagram").Body, "Acknowledge order", "who may edit it sees the draft")
	require.NotContains(t, o.bo.Get(at+"/diagram").Body, "Acknowledge order")
	require.NotContains(t, o.ana.Get(at+"/diagram?version=1").Body, "Acknowledge order")
	require.Equal(t, 404, o.Person("Stranger").Get(at+"/diagram").Status)
}

func TestADraftThatGoesInACircleIsDrawnAllTheSame(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Circle", `name: Circle
steps:
  - {id: one, title: One, needs: [two, nobody]}
  - {id: two, title: Two, needs: [one]}
  - {id: two, title: Two again}
`)
	require.NoError(t, err)
	said := text(o.ana.Get("/templates/" + made.ID + "/diagram").Body)
	require.Contains(t, said, "wait for each other in a circle")
}

func TestARunsDiagramFollowsIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	at := "/runs/" + r.ID
	require.Contains(t, o.bo.Get(at).Body, at+"/diagram")
	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go(at + "/diagram")
	check, credit := o.stepTask(t, r, "check_order"), o.stepTask(t, r, "credit_check").Task
	tab.WaitVisible(box(check.Task.ID) + "[data-state=ready]")
	tab.Axe()
	tab.Shot("run-diagram")
	require.Contains(t, tab.Text("#main"), "will be skipped")

	// What is done elsewhere is seen here, and what was skipped over it.
	for _, i := range check.Items {
		require.NoError(t, o.Store.TickItem(t.Context(), o.ana.Actor(), check.Task.ID, i.ID))
	}
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), check.Task.ID, 1<<40))
	tab.WaitVisible(box(check.Task.ID) + "[data-state=done]")
	tab.WaitVisible(box(credit.ID) + "[data-state=cancelled][data-skipped='1']")
	require.Contains(t, tab.Text(".dg-outline"), "Skipped")

	// One goes along it by keys, and opens a task.
	tab.Focus(box(check.Task.ID))
	tab.Press("ArrowRight")
	tab.Until("document.activeElement.matches('.dg-node') && document.activeElement.id !== 'n-" + check.Task.ID + "'")
	tab.Press("f")
	tab.WaitVisible("#dg-whole")
	tab.Axe()
	tab.Press("Enter")
	tab.WaitVisible("#dg-whole")
	tab.Sound()

	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(at + "/diagram")
	phone.WaitVisible("#dg")
	phone.Axe()
	phone.Shot("run-diagram-phone")
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	phone.Sound()
}

// refers is what of a picture or a process names something else in it.
var refers = regexp.MustCompile(`(?:href="#|url\(#|sourceRef="|targetRef="|bpmnElement="|processRef="|default="|<bpmn:(?:incoming|outgoing|flowNodeRef)>)([^"<)]+)`)

// whole is that a file is well-formed XML in which each ID is there once, and whatever
// is named.
func whole(t *testing.T, file string) (kinds map[string]int) {
	t.Helper()
	ids := map[string]bool{}
	kinds = map[string]int{}
	d := xml.NewDecoder(strings.NewReader(file))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if x, is := token.(xml.StartElement); is {
			kinds[x.Name.Local]++
			for _, a := range x.Attr {
				if a.Name.Local == "id" {
					require.False(t, ids[a.Value], "%s is there twice", a.Value)
					ids[a.Value] = true
				}
			}
		}
	}
	for _, m := range refers.FindAllStringSubmatch(file, -1) {
		require.True(t, ids[m[1]], "%s is not there", m[1])
	}
	return kinds
}

func TestDiagramsAreTakenAlong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := map[string]int{} // address to how many steps
	for _, s := range playbook.ShippedIn("en") {
		made, err := o.Store.AdoptTemplate(t.Context(), o.ana.Actor(), o.team.ID, s)
		require.NoError(t, err)
		d, _ := playbook.Parse(s.Text)
		at["/templates/"+made.ID] = len(d.Steps)
		if s.Key == "order-processing" {
			at["/runs/"+o.ordered(t, made, "4711").ID] = len(d.Steps)
		}
	}
	ids := o.add(t, flow.Ready, `Buy "milk" & <bread>`, "Bake")
	o.require(t, ids[0], ids[1])
	v, err := o.Store.Diagram(t.Context(), o.bo.Actor(), o.board.ID, "", models.BoardFilter{})
	require.NoError(t, err)
	at[o.path()] = len(v.Nodes)
	for at, steps := range at {
		svg := o.bo.Get(at + "/diagram/svg")
		require.Equal(t, "image/svg+xml", svg.Header.Get("Content-Type"))
		require.Contains(t, svg.Header.Get("Content-Disposition"), "attachment")
		require.Equal(t, 1, whole(t, svg.Body)["style"])
		require.Equal(t, steps, strings.Count(svg.Body, `class="dg-node"`))
		require.NotContains(t, svg.Body, "/static/", "it needs nothing else")
		require.NotContains(t, svg.Body, "var(")

		process := o.bo.Get(at + "/diagram/bpmn").Body
		kinds := whole(t, process)
		require.Equal(t, steps, kinds["userTask"])
		require.Equal(t, kinds["sequenceFlow"], kinds["BPMNEdge"])

		text := o.bo.Get(at + "/diagram/mmd").Body
		read, notes := mermaid.Read([]byte(text))
		require.Empty(t, notes, text)
		plain := 0
		for _, n := range read.Nodes {
			if n.Shape == mermaid.Rect {
				plain++
			}
		}
		require.Equal(t, steps, plain)
		require.Equal(t, 404, o.bo.Get(at+"/diagram/exe").Status)
		require.Equal(t, 404, o.Person("Stranger "+at[len(at)-6:]).Get(at+"/diagram/bpmn").Status)
		if dir := os.Getenv("RELEVO_TEST_KEEP"); dir != "" { // to look at them in other programs
			for ending, body := range map[string]string{"svg": svg.Body, "bpmn": process, "mmd": text} {
				require.NoError(t, os.WriteFile(filepath.Join(dir, strings.ReplaceAll(at[1:], "/", "-")+"."+ending), []byte(body), 0o600))
			}
		}
	}
}

func TestCancelledTasksAreInTheBoardsDiagram(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Ask for a quote", "Order it", "Fetch it")
	o.require(t, ids[0], ids[1])
	o.require(t, ids[1], ids[2])
	require.NoError(t, o.Store.CancelTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, "Not needed"))
	require.NoError(t, o.Store.CancelTask(t.Context(), o.ana.Actor(), ids[1], 1<<40, "Not needed"))
	page := o.bo.Get(o.path() + "/diagram")
	require.Equal(t, 3, strings.Count(page.Body, `class="dg-node"`))
	require.Contains(t, text(page.Body), "ONB-1 Ask for a quote Cancelled Waits for nothing")
}

func TestADiagramIsTakenAlongInPixels(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	run := o.ordered(t, template, "4711")
	tab := browser.Open(t, o.App, o.ana)
	for _, at := range []string{"/templates/" + template.ID + "/diagram", "/runs/" + run.ID + "/diagram"} {
		tab.Go(at)
		tab.Click("#dg-files > summary")
		tab.Axe()
		browser.Eval[bool](tab, `(URL.createObjectURL = (blob) => {
			createImageBitmap(blob).then((b) => {
				const c = new OffscreenCanvas(b.width, b.height).getContext("2d");
				c.drawImage(b, 0, 0);
				const colours = new Set(new Uint32Array(c.getImageData(0, 0, b.width, b.height).data.buffer));
				window.pixels = [blob.type, b.width, b.height, colours.size];
			});
			return "#";
		}, HTMLAnchorElement.prototype.click = function () { window.taken = this.download; }, true)`)
		tab.Click("#dg-files [data-png]")
		tab.Until("window.pixels !== undefined")
		require.True(t, browser.Eval[bool](tab, `(([type, w, h, colours]) => { const box = document.querySelector("#dg").viewBox.baseVal;
			return type === "image/png" && w > box.width * 1.2 && Math.abs(w / h - box.width / box.height) < .4 && colours > 20; })(window.pixels)`), "%v", browser.Eval[[]any](tab, "window.pixels"))
		require.Regexp(t, `\.png$`, browser.Eval[string](tab, "window.taken"))
	}
	tab.Sound()
}
