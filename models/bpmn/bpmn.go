// Package bpmn writes workflows as BPMN 2.0 XML with their layout, as the OMG's
// specification formal/2011-01-03 has it. It does no I/O.
//
// A step is a task. Where it needs all of several, a parallel gateway stands before
// it; where any one is enough, a complex gateway that lets one pass and forgets the
// others. A step with a condition stands between two exclusive gateways, of which the
// first goes round it where the condition does not hold, for that is what skipping it
// means here.
package bpmn

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Process is what is written. Places are in pixels.
type Process struct {
	Name          string
	Lanes         []Lane
	Steps         []Step
	Links         []Link
	Width, Height int
	Yes, No       string // what is said on the ways from a condition
}

// Lane is a section.
type Lane struct {
	Name      string
	Y, Height int
}

// Step is a task, with the gateways before it.
type Step struct {
	ID, Name, Doc string
	Lane          int
	Join          Join
	JoinText      string
	When, Asks    string // its condition, as it is written and as it is told; empty: none
	At            Rect
	Joined, Asked int // the middles of its gateways, across
}

// Join says how many of what leads to a step are needed.
type Join string

const (
	One Join = "" // there are not several
	All Join = "all"
	Any Join = "any"
)

// Link says that the step From comes before the step To.
type Link struct {
	From, To int
	Text     string
	Points   []Point
}

// Rect is where something is.
type Rect struct{ X, Y, Width, Height int }

// Point is a place.
type Point struct{ X, Y int }

const (
	diamond = 30 // across
	event   = 30
	beside  = 24 // from a task to the middle of the gateway behind it
	margin  = 60 // around the lanes, for where it begins and ends
)

type node struct {
	kind, id, name string
	doc            string
	lane           int
	at             Rect
	in, out        []string
	otherwise      string // the flow that is taken if no other is
}

type flow struct {
	id, from, to, name string
	when               string
	points             []Point
}

type writer struct {
	p     Process
	nodes []*node
	by    map[string]*node
	flows []flow
	ids   map[string]bool
}

// Write writes the process.
func Write(p Process) []byte {
	w := &writer{p: p, by: map[string]*node{}, ids: map[string]bool{}}
	first, last := make([]*node, len(p.Steps)), make([]*node, len(p.Steps))
	for i, s := range p.Steps {
		first[i], last[i] = w.step(s)
	}
	before, after := make([]int, len(p.Steps)), make([]int, len(p.Steps))
	for _, l := range p.Links {
		before[l.To]++
		after[l.From]++
		points := append([]Point{}, l.Points...)
		if len(points) > 0 { // they end at what stands before and behind the tasks
			points[0], points[len(points)-1] = right(last[l.From]), left(first[l.To])
		}
		w.flow(last[l.From], first[l.To], l.Text, points)
	}
	w.ends(first, last, before, after)
	return w.xml()
}

// step adds a task with its gateways, and returns what lines to it and from it join.
func (w *writer) step(s Step) (first, last *node) {
	task := w.add(&node{kind: "userTask", id: w.id("task_" + s.ID), name: s.Name, doc: s.Doc, lane: s.Lane, at: s.At})
	middle := s.At.Y + s.At.Height/2
	first, last = task, task
	if s.When != "" {
		asks := w.add(&node{kind: "exclusiveGateway", id: w.id("if_" + s.ID), name: s.Asks, lane: s.Lane, at: around(s.Asked, middle)})
		merge := w.add(&node{kind: "exclusiveGateway", id: w.id("then_" + s.ID), lane: s.Lane, at: around(s.At.X+s.At.Width+beside, middle)})
		w.flow(asks, task, w.p.Yes, nil)
		w.flows[len(w.flows)-1].when = s.When
		below := s.At.Y + s.At.Height + 8
		w.flow(asks, merge, w.p.No, []Point{{s.Asked, middle + diamond/2}, {s.Asked, below}, {s.At.X + s.At.Width + beside, below}, {s.At.X + s.At.Width + beside, middle + diamond/2}})
		asks.otherwise = w.flows[len(w.flows)-1].id
		w.flow(task, merge, "", nil)
		first, last = asks, merge
	}
	if s.Join != One {
		kind := map[Join]string{All: "parallelGateway", Any: "complexGateway"}[s.Join]
		join := w.add(&node{kind: kind, id: w.id("join_" + s.ID), name: s.JoinText, lane: s.Lane, at: around(s.Joined, middle)})
		w.flow(join, first, "", nil)
		first = join
	}
	return first, last
}

// ends adds where it begins and where it ends.
func (w *writer) ends(first, last []*node, before, after []int) {
	if len(first) == 0 {
		return
	}
	middle := func(n *node) int { return n.at.Y + n.at.Height/2 }
	var begin, end *node
	for i := range first {
		if before[i] == 0 {
			if begin == nil {
				begin = w.add(&node{kind: "startEvent", id: w.id("start"), lane: first[i].lane, at: Rect{-margin/2 - event/2, middle(first[i]) - event/2, event, event}})
			}
			w.flow(begin, first[i], "", nil)
		}
	}
	for i := range last {
		if after[i] == 0 {
			if end == nil {
				end = w.add(&node{kind: "endEvent", id: w.id("end"), lane: last[i].lane, at: Rect{w.p.Width + margin/2 - event/2, middle(last[i]) - event/2, event, event}})
			}
			w.flow(last[i], end, "", nil)
		}
	}
}

func (w *writer) add(n *node) *node {
	w.nodes = append(w.nodes, n)
	w.by[n.id] = n
	return n
}

func (w *writer) flow(from, to *node, name string, points []Point) {
	if len(points) == 0 {
		points = []Point{right(from), left(to)}
		if points[0].Y != points[1].Y {
			half := (points[0].X + points[1].X) / 2
			points = []Point{points[0], {half, points[0].Y}, {half, points[1].Y}, points[1]}
		}
	}
	f := flow{id: w.id("flow_" + fmt.Sprint(len(w.flows)+1)), from: from.id, to: to.id, name: name, points: points}
	from.out, to.in = append(from.out, f.id), append(to.in, f.id)
	w.flows = append(w.flows, f)
}

func around(x, y int) Rect { return Rect{x - diamond/2, y - diamond/2, diamond, diamond} }

func right(n *node) Point { return Point{n.at.X + n.at.Width, n.at.Y + n.at.Height/2} }
func left(n *node) Point  { return Point{n.at.X, n.at.Y + n.at.Height/2} }

// id makes an ID that XML takes, and that nothing else has.
func (w *writer) id(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '_'
	}, name)
	id := plain
	for n := 2; w.ids[id]; n++ {
		id = fmt.Sprintf("%s_%d", plain, n)
	}
	w.ids[id] = true
	return id
}

// xml writes all of it.
func (w *writer) xml() []byte {
	o := &out{}
	o.raw(xml.Header)
	o.open("bpmn:definitions", "xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL", "xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI",
		"xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC", "xmlns:di", "http://www.omg.org/spec/DD/20100524/DI",
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "id", w.id("definitions"), "targetNamespace", "https://relevo.example/bpmn", "exporter", "Relevo")
	process := w.id("process")
	plane, pool := process, ""
	if len(w.p.Lanes) > 0 {
		plane, pool = w.id("collaboration"), w.id("pool")
		o.open("bpmn:collaboration", "id", plane)
		o.empty("bpmn:participant", "id", pool, "name", w.p.Name, "processRef", process)
		o.shut("bpmn:collaboration")
	}
	o.open("bpmn:process", "id", process, "name", w.p.Name, "isExecutable", "false")
	lanes := w.lanes(o)
	for _, n := range w.nodes {
		w.node(o, n)
	}
	for _, f := range w.flows {
		w.sequence(o, f)
	}
	o.shut("bpmn:process")
	o.open("bpmndi:BPMNDiagram", "id", w.id("diagram"))
	o.open("bpmndi:BPMNPlane", "id", w.id("plane"), "bpmnElement", plane)
	if pool != "" {
		w.shape(o, pool, Rect{-margin - 30, 0, w.p.Width + 2*margin + 30, w.p.Height}, true)
		for i, l := range w.p.Lanes {
			w.shape(o, lanes[i], Rect{-margin, l.Y, w.p.Width + 2*margin, l.Height}, true)
		}
	}
	for _, n := range w.nodes {
		w.shape(o, n.id, n.at, false)
	}
	for _, f := range w.flows {
		o.open("bpmndi:BPMNEdge", "id", w.id("edge_"+f.id), "bpmnElement", f.id)
		for _, p := range f.points {
			o.empty("di:waypoint", "x", fmt.Sprint(p.X), "y", fmt.Sprint(p.Y))
		}
		o.shut("bpmndi:BPMNEdge")
	}
	o.shut("bpmndi:BPMNPlane")
	o.shut("bpmndi:BPMNDiagram")
	o.shut("bpmn:definitions")
	return []byte(o.String())
}

func (w *writer) lanes(o *out) (ids []string) {
	if len(w.p.Lanes) == 0 {
		return nil
	}
	o.open("bpmn:laneSet", "id", w.id("lanes"))
	for i, l := range w.p.Lanes {
		ids = append(ids, w.id("lane_"+fmt.Sprint(i+1)))
		o.open("bpmn:lane", "id", ids[i], "name", l.Name)
		for _, n := range w.nodes {
			if n.lane == i {
				o.text("bpmn:flowNodeRef", n.id)
			}
		}
		o.shut("bpmn:lane")
	}
	o.shut("bpmn:laneSet")
	return ids
}

func (w *writer) node(o *out, n *node) {
	kind, given := "bpmn:"+n.kind, []string{"id", n.id}
	if n.name != "" {
		given = append(given, "name", n.name)
	}
	if strings.HasSuffix(n.kind, "Gateway") {
		direction := "Converging"
		if len(n.out) > 1 && len(n.in) > 1 {
			direction = "Mixed"
		} else if len(n.out) > 1 {
			direction = "Diverging"
		}
		given = append(given, "gatewayDirection", direction)
	}
	if n.otherwise != "" {
		given = append(given, "default", n.otherwise)
	}
	o.open(kind, given...)
	if n.doc != "" {
		o.text("bpmn:documentation", n.doc)
	}
	for _, f := range n.in {
		o.text("bpmn:incoming", f)
	}
	for _, f := range n.out {
		o.text("bpmn:outgoing", f)
	}
	if n.kind == "complexGateway" {
		o.text("bpmn:activationCondition", "1", "xsi:type", "bpmn:tFormalExpression")
	}
	o.shut(kind)
}

func (w *writer) sequence(o *out, f flow) {
	given := []string{"id", f.id, "sourceRef", f.from, "targetRef", f.to}
	if f.name != "" {
		given = append(given, "name", f.name)
	}
	if f.when == "" {
		o.empty("bpmn:sequenceFlow", given...)
		return
	}
	o.open("bpmn:sequenceFlow", given...)
	o.text("bpmn:conditionExpression", f.when, "xsi:type", "bpmn:tFormalExpression")
	o.shut("bpmn:sequenceFlow")
}

func (w *writer) shape(o *out, element string, at Rect, level bool) {
	given := []string{"id", w.id("shape_" + element), "bpmnElement", element}
	if level {
		given = append(given, "isHorizontal", "true")
	}
	o.open("bpmndi:BPMNShape", given...)
	o.empty("dc:Bounds", "x", fmt.Sprint(at.X), "y", fmt.Sprint(at.Y), "width", fmt.Sprint(at.Width), "height", fmt.Sprint(at.Height))
	o.shut("bpmndi:BPMNShape")
}

// out writes XML, each element on a line.
type out struct {
	strings.Builder
	depth int
}

func (o *out) raw(text string) { o.WriteString(text) }

func (o *out) tag(name string, given []string, end string) {
	o.raw(strings.Repeat("  ", o.depth) + "<" + name)
	for i := 0; i+1 < len(given); i += 2 {
		o.raw(" " + given[i] + `="` + escaped(given[i+1]) + `"`)
	}
	o.raw(end)
}

func (o *out) open(name string, given ...string) {
	o.tag(name, given, ">\n")
	o.depth++
}

func (o *out) shut(name string) {
	o.depth--
	o.raw(strings.Repeat("  ", o.depth) + "</" + name + ">\n")
}

func (o *out) empty(name string, given ...string) { o.tag(name, given, "/>\n") }

func (o *out) text(name, text string, given ...string) {
	o.tag(name, given, ">"+escaped(text)+"</"+name+">\n")
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}
