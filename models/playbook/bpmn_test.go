package playbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// process frames what is in a process, as other programs write it.
func process(inside string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" exporter="Another">
<process id="p" name="Orders">` + inside + `</process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p"/></bpmndi:BPMNDiagram>
</definitions>`)
}

// saidOf is a definition in short: each step with what it waits for and its condition.
func saidOf(d playbook.Definition) (said []string) {
	for _, s := range d.Steps {
		line := s.ID
		if s.Role != "" {
			line += "@" + s.Role
		}
		for _, n := range s.Needs {
			line += " <" + n.Step
		}
		if s.Join == flow.Any {
			line += " any"
		}
		if s.When != "" {
			line += " if " + s.When
		}
		said = append(said, line)
	}
	return said
}

func TestAProcessBecomesATemplate(t *testing.T) {
	d, left, lines := playbook.FromBPMN(process(`
  <laneSet id="ls"><lane id="l1" name="Order desk"><flowNodeRef>check</flowNodeRef><flowNodeRef>paid</flowNodeRef></lane>
    <lane id="l2" name="Store"><flowNodeRef>pack</flowNodeRef><flowNodeRef>label</flowNodeRef></lane></laneSet>
  <startEvent id="s"/>
  <userTask id="check" name="Check the order"><documentation>Look at every line.</documentation><extensionElements><x xmlns="urn:x"><task id="no"/></x></extensionElements></userTask>
  <exclusiveGateway id="paid" name="Is it paid?" default="f4"/>
  <parallelGateway id="split"/>
  <task id="pack" name="Pack it"/><serviceTask id="label" name="Print the label"/>
  <parallelGateway id="join"/>
  <subProcess id="sub" name="Send"><startEvent id="ss"/><task id="weigh" name="Weigh it"/><task id="post" name="Post it"/><endEvent id="se"/>
    <sequenceFlow id="i1" sourceRef="ss" targetRef="weigh"/><sequenceFlow id="i2" sourceRef="weigh" targetRef="post"/><sequenceFlow id="i3" sourceRef="post" targetRef="se"/></subProcess>
  <task id="ask" name="Ask again"/>
  <exclusiveGateway id="merge"/>
  <task id="close" name="Close"/>
  <intermediateCatchEvent id="wait" name="A day passes"><timerEventDefinition/></intermediateCatchEvent>
  <endEvent id="e"/>
  <dataObjectReference id="data" name="Invoice"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="check"/><sequenceFlow id="f2" sourceRef="check" targetRef="paid"/>
  <sequenceFlow id="f3" name="yes" sourceRef="paid" targetRef="split"/><sequenceFlow id="f4" sourceRef="paid" targetRef="ask"/>
  <sequenceFlow id="f5" sourceRef="split" targetRef="pack"/><sequenceFlow id="f6" sourceRef="split" targetRef="label"/>
  <sequenceFlow id="f7" sourceRef="pack" targetRef="join"/><sequenceFlow id="f8" sourceRef="label" targetRef="join"/>
  <sequenceFlow id="f9" sourceRef="join" targetRef="sub"/><sequenceFlow id="f10" sourceRef="sub" targetRef="merge"/>
  <sequenceFlow id="f11" sourceRef="ask" targetRef="merge"/><sequenceFlow id="f12" sourceRef="merge" targetRef="wait"/><sequenceFlow id="f13" sourceRef="wait" targetRef="close"/>
  <sequenceFlow id="f14" sourceRef="close" targetRef="e"/><sequenceFlow id="f15" name="not yet" sourceRef="close" targetRef="check"/>
  <sequenceFlow id="f16" sourceRef="close" targetRef="nowhere"/>`), "Taken over", "en")
	require.Equal(t, "Orders", d.Name)
	require.Equal(t, []string{"check_the_order@order_desk", "is_it_paid@order_desk <check_the_order", `pack_it@store <is_it_paid if is_it_paid.answer == "yes"`,
		`print_the_label@store <is_it_paid if is_it_paid.answer == "yes"`, "weigh_it <pack_it <print_the_label if pack_it.done or print_the_label.done", "post_it <weigh_it if weigh_it.done",
		`ask_again <is_it_paid if is_it_paid.answer == "Ask again"`, "close <ask_again <post_it if ask_again.done or post_it.done"}, saidOf(d))
	require.Equal(t, 9, lines)
	require.Equal(t, "Look at every line.", d.Steps[0].Description)
	require.Equal(t, []playbook.Role{{ID: "order_desk", Name: "Order desk", Who: playbook.Asked}, {ID: "store", Name: "Store", Who: playbook.Asked}}, d.Roles)
	var why []string
	for _, l := range left {
		why = append(why, l.Text+": "+l.Why)
	}
	for _, told := range []string{"intermediateCatchEvent: A day passes: not understood", "dataObjectReference: Invoice: not understood", "Send: simplified", "Close → Check the order: circle"} {
		require.Contains(t, why, told)
	}
	require.False(t, playbook.Broken(playbook.Check(d)))
}

func TestWhatIsNoProcessIsToldAndBounded(t *testing.T) {
	deep := strings.Repeat("<subProcess id='s'>", 500) + strings.Repeat("</subProcess>", 500)
	wide := strings.Builder{}
	for i := range 3000 {
		fmt.Fprintf(&wide, "<task id='t%d' name='T'/>", i)
	}
	mesh := strings.Builder{}
	mesh.WriteString("<exclusiveGateway id='a'/><exclusiveGateway id='b'/>")
	for i := range 900 {
		fmt.Fprintf(&mesh, "<task id='x%d'/><sequenceFlow sourceRef='x%d' targetRef='a'/><sequenceFlow sourceRef='a' targetRef='x%d'/>", i, i, i)
	}
	for text, why := range map[string]string{"": "not bpmn", "hello": "not bpmn", "<a>": "not xml", "\xff\xfe<\x00": "not xml", "<html/>": "not bpmn", string(process("")): "not bpmn", strings.Repeat(" ", 2<<20): "too much",
		string(process(deep)): "too much", string(process(wide.String())): "too much",
		`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="t" name="&b;"/></process></definitions>`: "not xml",
		`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="t">&a;</task></process></definitions>`:     "not xml"} {
		d, left, _ := playbook.FromBPMN([]byte(text), "Name", "en")
		require.NotEmpty(t, left, "%.80s", text)
		require.Contains(t, fmt.Sprint(left), why, "%.80s", text)
		if len(d.Steps) > 0 && len(d.Steps) < playbook.MaxSteps {
			require.False(t, playbook.Broken(playbook.Check(d)))
		}
	}
	playbook.FromBPMN(process(mesh.String()), "Name", "en") // it ends
}

// Whatever is taken over can be published, and read again from its own text.
func TestWhatIsTakenOverOfProcessesIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x strings.Builder
		n := rapid.IntRange(1, 12).Draw(t, "elements")
		kinds := []string{"task", "task", "userTask", "exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "startEvent", "endEvent", "boundaryEvent", "eventBasedGateway"}
		inner := rapid.IntRange(0, n).Draw(t, "inner")
		for i := range n {
			if i == inner {
				x.WriteString(`<subProcess id="in" name="In">`)
			}
			fmt.Fprintf(&x, `<%s id="n%d" name="%s"/>`, rapid.SampledFrom(kinds).Draw(t, "kind"), i, rapid.StringMatching(`[a-zA-Zñ{}\\ #.0-9-]{0,12}`).Draw(t, "name"))
		}
		if inner < n {
			x.WriteString("</subProcess>")
		}
		for range rapid.IntRange(0, 20).Draw(t, "flows") {
			from, to := rapid.IntRange(0, n).Draw(t, "from"), rapid.IntRange(0, n).Draw(t, "to")
			id := func(i int) string {
				if i == n {
					return "in"
				}
				return fmt.Sprint("n", i)
			}
			fmt.Fprintf(&x, `<sequenceFlow sourceRef="%s" targetRef="%s" name="%s"><conditionExpression>%s</conditionExpression></sequenceFlow>`, id(from), id(to),
				rapid.SampledFrom([]string{"", "yes", "+ 2 days"}).Draw(t, "name"), rapid.SampledFrom([]string{"", "${a}", "n1.done"}).Draw(t, "when"))
		}
		text := process(x.String())
		if rapid.Bool().Draw(t, "ours") {
			text = []byte(strings.Replace(string(text), `"Another"`, `"Relevo"`, 1))
		}
		d, _, _ := playbook.FromBPMN(text, "Name", "en")
		if len(d.Steps) == 0 {
			return
		}
		for _, f := range playbook.Check(d) {
			if f.Severity == playbook.Error {
				t.Fatalf("%v\n%s\n%s", f, text, playbook.Print(d))
			}
		}
		again, findings := playbook.Review(playbook.Print(d))
		if playbook.Broken(findings) || string(playbook.Print(again)) != string(playbook.Print(d)) {
			t.Fatalf("%v\n%s", findings, playbook.Print(d))
		}
	})
}

func FuzzFromBPMN(f *testing.F) {
	f.Add(process(`<task id="a"/><exclusiveGateway id="g"/><task id="b"/><sequenceFlow sourceRef="a" targetRef="g"/><sequenceFlow sourceRef="g" targetRef="b"><conditionExpression>x</conditionExpression></sequenceFlow>`))
	f.Add(process(`<laneSet><lane name="L"><flowNodeRef>a</flowNodeRef></lane></laneSet><subProcess id="a"><task id="b"/></subProcess>`))
	f.Add([]byte(`<timerEventDefinition xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, _, _ := playbook.FromBPMN(text, "Name", "es")
		if len(d.Steps) > 0 && playbook.Broken(playbook.Check(d)) {
			t.Fatalf("%v\n%s", playbook.Check(d), playbook.Print(d))
		}
	})
}
