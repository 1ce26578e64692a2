// Package mermaid reads and writes the flowcharts of Mermaid, https://mermaid.js.org,
// as far as workflows go: nodes, arrows with what they say, and subgraphs. It does no
// I/O. What it does not understand it tells by line.
package mermaid

import (
	"fmt"
	"strings"
)

// What is read at most.
const (
	MaxBytes = 256 << 10
	MaxNodes = 1_000
	MaxEdges = 5_000
	maxNotes = 200
)

// Flow is a flowchart.
type Flow struct {
	Title  string
	Groups []Group
	Nodes  []Node // in the order in which they are first named
	Edges  []Edge
}

// Group is a subgraph.
type Group struct{ ID, Title string }

// Node is a box; one that only arrows name has its ID as its text.
type Node struct {
	ID, Text string
	Shape    Shape
	Group    string // ID of the innermost subgraph; empty: none
}

// Shape is what a node looks like.
type Shape string

const (
	Rect     Shape = ""         // [text]
	Round    Shape = "round"    // (text), ([text])
	Circle   Shape = "circle"   // ((text)), (((text))): where it begins and ends
	Rhombus  Shape = "rhombus"  // {text}: a decision
	Hexagon  Shape = "hexagon"  // {{text}}: a preparation
	Cylinder Shape = "cylinder" // [(text)]
	Flag     Shape = "flag"     // >text]
	Twice    Shape = "twice"    // [[text]]
	Slanted  Shape = "slanted"  // [/text/] and its like
)

// Edge is an arrow.
type Edge struct {
	From, To string // IDs of nodes
	Text     string
}

// brackets are what shapes stand in, the longer ones first.
var brackets = []struct {
	open, close string
	shape       Shape
}{
	{"(((", ")))", Circle}, {"((", "))", Circle}, {"([", "])", Round}, {"[[", "]]", Twice}, {"[(", ")]", Cylinder}, {"{{", "}}", Hexagon},
	{"[/", "/]", Slanted}, {"[/", "\\]", Slanted}, {"[\\", "\\]", Slanted}, {"[\\", "/]", Slanted},
	{"(", ")", Round}, {"[", "]", Rect}, {"{", "}", Rhombus}, {">", "]", Flag},
}

// Write writes a flowchart: what Read makes of it is the same again, if its IDs are
// plain and its texts are of one line.
func Write(f Flow) []byte {
	var b strings.Builder
	if f.Title != "" {
		fmt.Fprintf(&b, "---\ntitle: %s\n---\n", quoted(f.Title))
	}
	b.WriteString("flowchart LR\n")
	for _, n := range f.Nodes { // those of no group first of all keep the order of the others
		if n.Group == "" {
			b.WriteString("  " + written(n) + "\n")
		}
	}
	for _, g := range f.Groups {
		fmt.Fprintf(&b, "  subgraph %s[%s]\n", g.ID, quoted(g.Title))
		for _, n := range f.Nodes {
			if n.Group == g.ID {
				b.WriteString("    " + written(n) + "\n")
			}
		}
		b.WriteString("  end\n")
	}
	for _, e := range f.Edges {
		if e.Text == "" {
			fmt.Fprintf(&b, "  %s --> %s\n", e.From, e.To)
		} else {
			fmt.Fprintf(&b, "  %s -->|%s| %s\n", e.From, quoted(e.Text), e.To)
		}
	}
	return []byte(b.String())
}

func written(n Node) string {
	for i := len(brackets) - 1; i >= 0; i-- { // the plainest of a shape
		if b := brackets[i]; b.shape == n.Shape && b.open != "(((" {
			if n.Shape == Circle {
				b.open, b.close = "((", "))"
			}
			return n.ID + b.open + quoted(n.Text) + b.close
		}
	}
	return n.ID + "[" + quoted(n.Text) + "]"
}

// quoted writes a text so that nothing in it means anything to Mermaid.
func quoted(text string) string {
	return `"` + escapes.Replace(strings.Join(strings.Fields(text), " ")) + `"`
}

var escapes = strings.NewReplacer(`#`, "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;", "|", "#124;", ";", "#59;")
