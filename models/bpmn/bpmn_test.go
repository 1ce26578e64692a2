package bpmn_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/bpmn"
)

// sound walks a BPMN file: it is well-formed, every ID is there once, and whatever
// names one names one that is there. It returns how many of each element there are.
func sound(t *testing.T, text []byte) map[string]int {
	t.Helper()
	ids, refs, kinds := map[string]bool{}, map[string]string{}, map[string]int{}
	d := xml.NewDecoder(strings.NewReader(string(text)))
	within := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "%s", text)
		switch x := token.(type) {
		case xml.StartElement:
			kinds[x.Name.Local]++
			within = x.Name.Local
			for _, a := range x.Attr {
				switch a.Name.Local {
				case "id":
					require.False(t, ids[a.Value], "%s is there twice", a.Value)
					ids[a.Value] = true
				case "sourceRef", "targetRef", "bpmnElement", "processRef", "default":
					refs[a.Value] = x.Name.Local
				}
			}
		case xml.CharData:
			if name := strings.TrimSpace(string(x)); name != "" && (within == "incoming" || within == "outgoing" || within == "flowNodeRef") {
				refs[name] = within
			}
		}
	}
	for name, where := range refs {
		require.True(t, ids[name], "%s names %s, which is not there", where, name)
	}
	return kinds
}

func TestAProcessIsWrittenWithItsGatewaysAndPlaces(t *testing.T) {
	at := func(x, y int) bpmn.Rect { return bpmn.Rect{X: x, Y: y, Width: 100, Height: 60} }
	p := bpmn.Process{Name: `Orders & "more"`, Width: 700, Height: 300, Yes: "Yes", No: "No",
		Lanes: []bpmn.Lane{{Name: "Office", Y: 0, Height: 150}, {Name: "Store", Y: 150, Height: 150}},
		Steps: []bpmn.Step{
			{ID: "check", Name: "Check", At: at(0, 10)}, {ID: "pay", Name: "Pay", Doc: "<b>", At: at(200, 10), When: "a < 1", Asks: "Only if a is below 1", Asked: 180},
			{ID: "pick it", Name: "Pick", Lane: 1, At: at(200, 160)}, {ID: "pick it", Name: "Pack", Lane: 1, At: at(400, 160), Join: bpmn.All, Joined: 380},
			{ID: "tell", Name: "Tell", Lane: 1, At: at(600, 160), Join: bpmn.Any, Joined: 580},
		},
		Links: []bpmn.Link{{From: 0, To: 1}, {From: 0, To: 2, Points: []bpmn.Point{{100, 40}, {150, 40}, {150, 190}, {200, 190}}}, {From: 1, To: 3}, {From: 2, To: 3}, {From: 3, To: 4, Text: "+ 2 days"}, {From: 2, To: 4}},
	}
	kinds := sound(t, bpmn.Write(p))
	require.Equal(t, 5, kinds["userTask"])
	require.Equal(t, 2, kinds["exclusiveGateway"])
	require.Equal(t, 1, kinds["parallelGateway"])
	require.Equal(t, 1, kinds["complexGateway"])
	require.Equal(t, 1, kinds["startEvent"])
	require.Equal(t, 1, kinds["endEvent"])
	require.Equal(t, kinds["sequenceFlow"], kinds["BPMNEdge"])
	require.Equal(t, 5+2+2+2+2+1, kinds["BPMNShape"], "tasks, gateways, events, lanes and the pool")
	require.Equal(t, 11, kinds["flowNodeRef"])
	text := string(bpmn.Write(p))
	require.Contains(t, text, "a &lt; 1</bpmn:conditionExpression>")
	require.Contains(t, text, "Orders &amp; &#34;more&#34;")

	p.Lanes = nil
	require.Zero(t, sound(t, bpmn.Write(p))["participant"])
	sound(t, bpmn.Write(bpmn.Process{Name: "Nothing"}))
}
