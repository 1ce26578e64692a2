package playbook

import (
	"slices"
	"strings"

	"relevo/models/bpmn"
	"relevo/models/mermaid"
)

// LeftSimplified is why something was taken over otherwise than it was meant.
const LeftSimplified = "simplified"

// LeftBlank is why the name of a step has a gap: our own files do not tell what is
// filled in there at a start.
const LeftBlank = "blank"

// maxCarried bounds what taking gateways out may multiply.
const maxCarried = 2 * mermaid.MaxEdges

// FromBPMN makes a definition of a process in BPMN 2.0. Tasks become steps, and flows
// what they wait for, through gateways and events: where ways come together all of them
// are needed, for what is skipped holds nobody up. A gateway at which ways part becomes a
// step that asks which way it goes. Lanes become roles, and what is within a
// sub-process stands among the others. Of our own files lanes become sections again,
// and conditions conditions. It tells what it left out.
func FromBPMN(text []byte, name, lang string) (d Definition, left []Left, lines int) {
	read := bpmn.Parse(text)
	for _, n := range read.Notes {
		left = append(left, Left{n.Line, clip(n.Text), string(n.Why)})
	}
	c := &carrier{read: read, el: map[string]bpmn.Element{}, otherwise: map[string]string{"es": "en otro caso"}[lang]}
	if c.otherwise == "" {
		c.otherwise = "otherwise"
	}
	if read.Name != "" {
		name = read.Name
	}
	c.elements()
	c.flows()
	c.straighten()
	c.passAll()
	m := newTaker(c.flow(), append(left, c.left...))
	m.prefer, m.docs, m.lanes = c.ids(), c.docs(), c.lanes()
	m.take(name, lang)
	for _, s := range m.d.Steps {
		lines += len(s.Needs)
	}
	return m.d, m.left, lines
}

// carrier makes a process a flowchart, in which every node is work, a decision or a mark
// of how much of what leads to it is needed.
type carrier struct {
	read      bpmn.Read
	el        map[string]bpmn.Element
	edges     []mermaid.Edge
	asks      map[string]bool   // gateways that ask which way it goes
	only      map[string]string // gateways that hold the condition of the one step behind them
	any       map[string]bool   // gateways of which any one way in is enough
	left      []Left
	otherwise string
}

// shut ends the ID of the node behind which a process within another goes on.
const shut = "/end"

func (c *carrier) leave(text, why string) {
	if len(c.left) < maxErrors {
		c.left = append(c.left, Left{Text: clip(text), Why: why})
	}
}

// elements says what gateways mean.
func (c *carrier) elements() {
	c.asks, c.only, c.any = map[string]bool{}, map[string]string{}, map[string]bool{}
	out, into, when := map[string]int{}, map[string]int{}, map[string]string{}
	for _, f := range c.read.Flows {
		out[f.From]++
		into[f.To]++
		if f.When != "" {
			when[f.From] = f.When
		}
	}
	for _, e := range c.read.Elements {
		c.el[e.ID] = e
		if c.read.Ours && e.Kind == bpmn.Work && strings.Contains(e.Name, "…") {
			c.leave(e.Name, LeftBlank)
		}
		switch e.Kind {
		case bpmn.Exclusive, bpmn.Inclusive:
			switch {
			case c.read.Ours && out[e.ID] == 2 && when[e.ID] != "":
				c.only[e.ID] = when[e.ID]
			case out[e.ID] > 1 && !c.read.Ours: // behind a step of ours it only ends the way round it
				c.asks[e.ID] = true
				if e.Kind == bpmn.Inclusive {
					c.leave(e.Name, LeftSimplified)
				}
			}
		case bpmn.Complex:
			c.any[e.ID] = out[e.ID] == 1 && into[e.ID] > 0
			if !c.any[e.ID] {
				c.leave(e.Name, LeftSimplified)
			}
		case bpmn.Inner:
			c.leave(e.Name, LeftSimplified)
		case bpmn.Work, bpmn.Event, bpmn.Parallel:
		}
	}
}

// flows makes edges of flows: those of a process within begin and end at its edges.
func (c *carrier) flows() {
	begins, ends := map[string]bool{}, map[string]bool{}
	for _, f := range c.read.Flows {
		begins[f.To], ends[f.From] = true, true
		from := f.From
		if c.el[from].Kind == bpmn.Inner {
			from += shut
		}
		text := f.Name
		switch {
		case c.only[f.From] != "" && f.When == "":
			continue // it leads round what is skipped
		case c.only[f.From] != "":
			text = ""
		case c.asks[f.From] && text == "":
			text = c.answer(f)
		}
		c.edges = append(c.edges, mermaid.Edge{From: from, To: f.To, Text: text})
	}
	for _, e := range c.read.Elements {
		if e.In == "" {
			continue
		}
		if !begins[e.ID] {
			c.edges = append(c.edges, mermaid.Edge{From: e.In, To: e.ID})
		}
		if !ends[e.ID] {
			to := e.ID
			if e.Kind == bpmn.Inner {
				to += shut
			}
			c.edges = append(c.edges, mermaid.Edge{From: to, To: e.In + shut})
		}
	}
}

// straighten takes out the flows that lead back: those to what leads to them, on the way
// from where it begins.
func (c *carrier) straighten() {
	out, into := map[string][]int{}, map[string]int{}
	for i, e := range c.edges {
		out[e.From] = append(out[e.From], i)
		into[e.To]++
	}
	const under, done = 1, 2
	state, back := map[string]int{}, map[int]bool{}
	var walk func(string)
	walk = func(id string) {
		state[id] = under
		for _, i := range out[id] {
			switch to := c.edges[i].To; state[to] {
			case under:
				back[i] = true
			case 0:
				walk(to)
			}
		}
		state[id] = done
	}
	for _, beginning := range []bool{true, false} {
		for _, e := range c.read.Elements {
			if state[e.ID] == 0 && (into[e.ID] == 0 || !beginning) {
				walk(e.ID)
			}
		}
	}
	var kept []mermaid.Edge
	for i, e := range c.edges {
		if back[i] {
			c.leave(c.named(e.From)+" → "+c.named(e.To), LeftCircle)
			continue
		}
		kept = append(kept, e)
	}
	c.edges = kept
}

func (c *carrier) named(id string) string {
	if name := c.el[strings.TrimSuffix(id, shut)].Name; name != "" {
		return name
	}
	return "…"
}

// answer is what a way from a decision is called that has no name: after its condition,
// or after where it leads to.
func (c *carrier) answer(f bpmn.Flow) string {
	if f.When != "" {
		return strings.TrimSpace(strings.NewReplacer("${", "", "#{", "", "}", "").Replace(f.When))
	}
	if to := c.el[f.To]; to.Kind == bpmn.Work && to.Name != "" {
		return to.Name
	}
	return c.otherwise
}

// stays reports whether an element becomes a node; the others are only passed.
func (c *carrier) stays(id string) bool {
	return c.el[id].Kind == bpmn.Work || c.asks[id] || c.only[id] != "" || c.any[id]
}

// passAll takes out what is only passed, and joins what leads to it to what it leads to.
func (c *carrier) passAll() {
	var through []string
	for _, e := range c.read.Elements {
		if !c.stays(e.ID) {
			through = append(through, e.ID)
		}
		if e.Kind == bpmn.Inner {
			through = append(through, e.ID+shut)
		}
	}
	for _, id := range through {
		var in, out, rest []mermaid.Edge
		for _, e := range c.edges {
			switch {
			case e.From == id && e.To == id:
			case e.To == id:
				in = append(in, e)
			case e.From == id:
				out = append(out, e)
			default:
				rest = append(rest, e)
			}
		}
		if len(rest)+len(in)*len(out) > maxCarried {
			c.leave(c.named(id), string(mermaid.TooMuch))
			c.edges = rest
			continue
		}
		known := map[[2]string]bool{}
		for _, e := range rest {
			known[[2]string{e.From, e.To}] = true
		}
		for _, a := range in {
			for _, b := range out {
				e := mermaid.Edge{From: a.From, To: b.To, Text: a.Text}
				if e.Text == "" {
					e.Text = b.Text
				}
				if key := [2]string{e.From, e.To}; !known[key] || e.Text != "" {
					known[key] = true
					rest = append(rest, e)
				}
			}
		}
		c.edges = rest
	}
}

// node is what an element is called in the flowchart.
func (c *carrier) node(id string) string {
	switch {
	case c.only[id] != "":
		return "if_" + id
	case c.any[id]:
		return "any_" + id
	}
	return "n_" + id
}

// flow is the flowchart. A decision that nothing is left to decide about is none.
func (c *carrier) flow() mermaid.Flow {
	f := mermaid.Flow{}
	for i, lane := range c.read.Lanes {
		if c.read.Ours {
			f.Groups = append(f.Groups, mermaid.Group{ID: itoa(i + 1), Title: lane})
		}
	}
	for _, e := range c.read.Elements {
		if !c.stays(e.ID) {
			continue
		}
		n := mermaid.Node{ID: c.node(e.ID), Text: e.Name, Shape: mermaid.Rect}
		switch {
		case c.only[e.ID] != "":
			n.Shape, n.Text = mermaid.Rhombus, c.only[e.ID]
		case c.asks[e.ID]:
			n.Shape = mermaid.Rhombus
		case c.any[e.ID]:
			n.Shape = mermaid.Hexagon
		}
		if c.read.Ours && e.Lane != "" {
			n.Group = itoa(slices.Index(c.read.Lanes, e.Lane) + 1)
		}
		f.Nodes = append(f.Nodes, n)
	}
	for _, e := range c.edges {
		f.Edges = append(f.Edges, mermaid.Edge{From: c.node(e.From), To: c.node(e.To), Text: e.Text})
	}
	return f
}

// ids are those that the steps of our own files had, by node.
func (c *carrier) ids() map[string]string {
	ids := map[string]string{}
	for _, e := range c.read.Elements {
		if id, is := strings.CutPrefix(e.ID, "task_"); is && c.read.Ours {
			ids[c.node(e.ID)] = id
		}
	}
	return ids
}

// docs are what is written of tasks, by node. Our own files only say there what a step
// is anyway.
func (c *carrier) docs() map[string]string {
	docs := map[string]string{}
	for _, e := range c.read.Elements {
		if e.Doc != "" && !c.read.Ours {
			docs[c.node(e.ID)] = e.Doc
		}
	}
	return docs
}

// lanes are the names of the lanes of tasks, by node.
func (c *carrier) lanes() map[string]string {
	lanes := map[string]string{}
	for _, e := range c.read.Elements {
		if e.Lane != "" && !c.read.Ours {
			lanes[c.node(e.ID)] = e.Lane
		}
	}
	return lanes
}
