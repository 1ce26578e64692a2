package mermaid_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/mermaid"
)

func TestAFlowchartIsRead(t *testing.T) {
	f, notes := mermaid.Read([]byte(`---
title: "Orders: how they go"
---
%% a comment
flowchart TD
    start((Start)) --> A[Check the order] & B("Call #quot;Ada#quot;")
    A -- good --> C{Paid?}; B -.-> C
    C -->|yes| D([Ship it]):::big
    C == no ==> E[/"Ask (again)"/] --> C2
    subgraph one [Goods]
      direction LR
      D --> F[[Pack<br/>it]]
    end
    subgraph Aftercare
      G
    end
    F ---> G ~~~ A
    style A fill:#f9f
    sequence A->>B: no
`))
	require.Equal(t, "Orders: how they go", f.Title)
	var nodes, edges []string
	for _, n := range f.Nodes {
		nodes = append(nodes, strings.TrimSpace(fmt.Sprint(n.ID, ":", n.Text, " ", n.Shape, " ", n.Group)))
	}
	for _, e := range f.Edges {
		edges = append(edges, fmt.Sprint(e.From, ">", e.To, " ", e.Text))
	}
	require.Equal(t, []string{"start:Start circle", "A:Check the order", `B:Call "Ada" round`, "C:Paid? rhombus", "D:Ship it round one", "E:Ask (again) slanted",
		"C2:C2", "F:Pack it twice one", "G:G  Aftercare", "sequence:sequence"}, nodes)
	require.Equal(t, []string{"start>A ", "start>B ", "A>C good", "B>C ", "C>D yes", "C>E no", "E>C2 ", "D>F ", "F>G "}, edges)
	require.Equal(t, []mermaid.Group{{"one", "Goods"}, {"Aftercare", "Aftercare"}}, f.Groups)
	require.Equal(t, []mermaid.Note{{Line: 18, Text: "style A fill:#f9f", Why: mermaid.Looks}, {Line: 19, Text: "sequence A->>B: no", Why: mermaid.NotUnderstood}}, notes)
}

func TestWhatIsNoFlowchartIsTold(t *testing.T) {
	for text, why := range map[string]mermaid.Why{
		"sequenceDiagram\n A->>B: hi":               mermaid.NotAFlow,
		"hello":                                     mermaid.NotAFlow,
		"graph TD\nsubgraph a\nb-->c":               mermaid.Unclosed,
		"graph TD\n" + strings.Repeat("x", 300<<10): mermaid.TooMuch,
		"graph TD\na[unclosed --> b":                mermaid.NotUnderstood,
		"graph TD\nend":                             mermaid.NotUnderstood,
	} {
		_, notes := mermaid.Read([]byte(text))
		require.Len(t, notes, 1, "%.40s", text)
		require.Equal(t, why, notes[0].Why, "%.40s", text)
	}
	many := "graph TD\n"
	for i := range mermaid.MaxNodes + 5 {
		many += fmt.Sprintf("n%d\n", i)
	}
	f, notes := mermaid.Read([]byte(many))
	require.Len(t, f.Nodes, mermaid.MaxNodes)
	require.Equal(t, mermaid.TooMuch, notes[0].Why)
}

// drawn makes flowcharts up.
func drawn(t *rapid.T) mermaid.Flow {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(strings.Fields(rapid.StringMatching(`[a-zA-Zñé"#<>&;|{}()\[\]%=.:/\\ 0-9🙂-]{1,20}`).Draw(t, "text")+"x"), " ")
	})
	f := mermaid.Flow{Title: text.Draw(t, "title")}
	for i := range rapid.IntRange(0, 3).Draw(t, "groups") {
		f.Groups = append(f.Groups, mermaid.Group{ID: fmt.Sprintf("g%d", i), Title: text.Draw(t, "group")})
	}
	shapes := []mermaid.Shape{mermaid.Rect, mermaid.Round, mermaid.Circle, mermaid.Rhombus, mermaid.Hexagon, mermaid.Cylinder, mermaid.Flag, mermaid.Twice, mermaid.Slanted}
	n := rapid.IntRange(1, 8).Draw(t, "nodes")
	groupOf := func(i int) string { // those of a group stand together, as they are written
		at := i * (len(f.Groups) + 1) / n
		if at == 0 {
			return ""
		}
		return f.Groups[at-1].ID
	}
	for i := range n {
		f.Nodes = append(f.Nodes, mermaid.Node{ID: fmt.Sprintf("n%d", i), Text: text.Draw(t, "text"), Shape: rapid.SampledFrom(shapes).Draw(t, "shape"), Group: groupOf(i)})
	}
	for range rapid.IntRange(0, 10).Draw(t, "edges") {
		e := mermaid.Edge{From: f.Nodes[rapid.IntRange(0, n-1).Draw(t, "a")].ID, To: f.Nodes[rapid.IntRange(0, n-1).Draw(t, "b")].ID}
		if rapid.Bool().Draw(t, "says") {
			e.Text = text.Draw(t, "says")
		}
		f.Edges = append(f.Edges, e)
	}
	return f
}

func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawn(t)
		is, notes := mermaid.Read(mermaid.Write(f))
		if len(notes) > 0 {
			t.Fatalf("%v\n%s", notes, mermaid.Write(f))
		}
		if fmt.Sprintf("%q", is) != fmt.Sprintf("%q", f) {
			t.Fatalf("\n%q\n%q\n%s", f, is, mermaid.Write(f))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("flowchart LR\nA[\"x\"] -->|y| B & C{z}\nsubgraph s [t]\nend"))
	f.Add([]byte("---\ntitle: x\n---\ngraph TD; a--b-->c; d-.e.->f; g==h==>i"))
	f.Fuzz(func(t *testing.T, text []byte) {
		flow, notes := mermaid.Read(text)
		if len(flow.Nodes) > mermaid.MaxNodes || len(flow.Edges) > mermaid.MaxEdges || len(notes) > 200 {
			t.Fatal("more than is read at most")
		}
		known := map[string]bool{}
		for _, n := range flow.Nodes {
			known[n.ID] = true
		}
		for _, e := range flow.Edges {
			if !known[e.From] || !known[e.To] {
				t.Fatalf("%v leads nowhere", e)
			}
		}
		if again, _ := mermaid.Read(mermaid.Write(flow)); len(again.Nodes) != len(flow.Nodes) {
			t.Fatalf("%d nodes, and then %d", len(flow.Nodes), len(again.Nodes))
		}
	})
}
