package bpmn

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// What is read at most.
const (
	MaxBytes    = 1 << 20
	MaxElements = 1_000
	MaxFlows    = 5_000
	maxDepth    = 64
	maxNotes    = 200
)

// Note is something that was not taken over.
type Note struct {
	Line int // from 1; 0: of no one line
	Text string
	Why  Why
}

// Why says why something was not taken over.
type Why string

const (
	NotUnderstood Why = "not understood" // it is none of what is read here
	NotXML        Why = "not xml"        // the text is broken from there on
	NotBPMN       Why = "not bpmn"       // there is no process in it
	TooMuch       Why = "too much"       // there is more than is read
)

// Kind is what an element of a process is, as far as workflows go.
type Kind string

const (
	Work      Kind = "work"
	Event     Kind = "event" // it begins, ends or is only passed
	Exclusive Kind = "exclusive"
	Inclusive Kind = "inclusive"
	Parallel  Kind = "parallel"
	Complex   Kind = "complex"
	Inner     Kind = "inner" // a process within
)

// Element is a part of a process that flows join.
type Element struct {
	ID, Name, Doc string
	Kind          Kind
	Lane          string // name of the innermost lane or else of the pool; empty: none
	In            string // ID of the process within that it is in; empty: none
}

// Flow says that one element comes after another.
type Flow struct {
	From, To string // IDs of elements
	Name     string
	When     string // a condition, as it is written there
}

// Read is what was read of a file.
type Read struct {
	Name     string
	Ours     bool // this program has written it
	Lanes    []string
	Elements []Element // in the order of the file
	Flows    []Flow
	Notes    []Note
}

const model = "http://www.omg.org/spec/BPMN/20100524/MODEL"

// kinds are the elements that are understood.
var kinds = map[string]Kind{
	"task": Work, "userTask": Work, "manualTask": Work, "serviceTask": Work, "scriptTask": Work, "sendTask": Work, "receiveTask": Work, "businessRuleTask": Work, "callActivity": Work,
	"startEvent": Event, "endEvent": Event, "exclusiveGateway": Exclusive, "inclusiveGateway": Inclusive, "parallelGateway": Parallel, "complexGateway": Complex,
	"subProcess": Inner, "transaction": Inner, "adHocSubProcess": Inner,
}

// passed are elements that flows lead through, though what they mean is not taken over.
var passed = map[string]Kind{"intermediateCatchEvent": Event, "intermediateThrowEvent": Event, "boundaryEvent": Event, "eventBasedGateway": Exclusive}

// plain are elements that say nothing that could be missed.
var plain = []string{"definitions", "collaboration", "laneSet", "childLaneSet", "incoming", "outgoing", "activationCondition", "terminateEventDefinition", "script"}

// Parse reads the common subset of BPMN 2.0: tasks, events where it begins and ends,
// gateways, sequence flows with their conditions, lanes and pools, and processes within
// others. What it does not understand it tells. A text that is none at all has no
// elements, nor has one that is not in UTF-8. Go's reader of XML knows no entities but XML's own and loads nothing.
func Parse(text []byte) Read {
	r := &reader{lanes: map[string]string{}, pools: map[string]string{}, told: map[string]bool{}, ids: map[string]bool{}}
	switch {
	case len(text) > MaxBytes:
		r.note("", TooMuch)
		return r.Read
	case !utf8.Valid(text):
		r.note("", NotXML)
		return r.Read
	}
	r.d = xml.NewDecoder(bytes.NewReader(text))
	if err := r.all(); err != nil {
		r.note("", NotXML) // what Go says of it is English
	}
	if len(r.Elements) == 0 && len(r.Notes) == 0 {
		r.note("", NotBPMN)
	}
	r.join()
	return r.Read
}

type reader struct {
	Read
	d       *xml.Decoder
	open    []place
	process string            // the one that is read
	lanes   map[string]string // name of the lane of each element
	pools   map[string]string // name of the pool of each process
	of      []string          // process of each element
	told    map[string]bool
	ids     map[string]bool
}

// place is an element that is open.
type place struct {
	name string // of the model's; else empty
	id   string
	text []byte
	at   int // in Elements or Flows
}

func (r *reader) note(text string, why Why) {
	line := 0
	if r.d != nil {
		line, _ = r.d.InputPos()
	}
	if len(r.Notes) < maxNotes {
		r.Notes = append(r.Notes, Note{line, strings.Join(strings.Fields(text), " "), why})
	}
}

// all reads the file, element by element.
func (r *reader) all() error {
	for {
		token, err := r.d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			if len(r.open) >= maxDepth {
				r.note(x.Name.Local, TooMuch)
				if err := r.d.Skip(); err != nil {
					return err
				}
				continue
			}
			if x.Name.Space != model && len(r.open) > 0 || x.Name.Local == "extensionElements" {
				if err := r.d.Skip(); err != nil { // how it looks, and what other programs add
					return err
				}
				continue
			}
			r.begin(x)
		case xml.CharData:
			if n := len(r.open); n > 0 {
				r.open[n-1].text = append(r.open[n-1].text, x...)
			}
		case xml.EndElement:
			if n := len(r.open); n > 0 {
				r.end()
				r.open = r.open[:n-1]
			}
		}
	}
}

func given(x xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// begin takes an element that begins.
func (r *reader) begin(x xml.StartElement) {
	name, id := x.Name.Local, given(x, "id")
	if x.Name.Space != model {
		name = ""
	}
	r.open = append(r.open, place{name: name, id: id, at: -1})
	kind, known := kinds[name]
	if through, is := passed[name]; is {
		r.note(called(name, given(x, "name")), NotUnderstood)
		kind, known = through, true
	}
	switch {
	case known:
		r.element(x, kind)
	case name == "definitions":
		r.Ours = given(x, "exporter") == "Relevo"
	case name == "participant":
		r.pools[given(x, "processRef")] = given(x, "name")
		r.called(given(x, "name"))
	case name == "process":
		r.process = id
		r.called(given(x, "name"))
	case name == "lane":
		if lane := given(x, "name"); lane != "" && !slices.Contains(r.Lanes, lane) {
			r.Lanes = append(r.Lanes, lane)
		}
		r.open[len(r.open)-1].id = given(x, "name")
	case name == "sequenceFlow":
		r.flow(x)
	case strings.HasSuffix(name, "EventDefinition") && passed[r.around()] != "": // its event is told
	case name == "flowNodeRef", name == "documentation", name == "conditionExpression", name == "", slices.Contains(plain, name):
	default:
		if what := called(name, given(x, "name")); !r.told[what] {
			r.told[what] = true
			r.note(what, NotUnderstood)
		}
	}
}

// around is the name of what the element that was opened last stands in.
func (r *reader) around() string {
	if n := len(r.open); n > 1 {
		return r.open[n-2].name
	}
	return ""
}

// called names the whole after the first that has a name.
func (r *reader) called(name string) {
	if r.Name == "" {
		r.Name = name
	}
}

func called(kind, name string) string {
	if name == "" {
		return kind
	}
	return kind + ": " + name
}

func (r *reader) element(x xml.StartElement, kind Kind) {
	id := given(x, "id")
	switch {
	case id == "" || r.ids[id]:
		r.note(called(x.Name.Local, given(x, "name")), NotUnderstood)
		return
	case len(r.Elements) >= MaxElements:
		r.note(called(x.Name.Local, given(x, "name")), TooMuch)
		return
	}
	if given(x, "triggeredByEvent") == "true" {
		r.note(called(x.Name.Local, given(x, "name")), NotUnderstood)
	}
	r.ids[id] = true
	in := ""
	for _, p := range r.open[:len(r.open)-1] {
		if kinds[p.name] == Inner {
			in = p.id
		}
	}
	r.open[len(r.open)-1].at = len(r.Elements)
	r.Elements = append(r.Elements, Element{ID: id, Name: given(x, "name"), Kind: kind, In: in})
	r.of = append(r.of, r.process)
}

func (r *reader) flow(x xml.StartElement) {
	if len(r.Flows) >= MaxFlows {
		r.note(called(x.Name.Local, given(x, "name")), TooMuch)
		return
	}
	r.open[len(r.open)-1].at = len(r.Flows)
	r.Flows = append(r.Flows, Flow{From: given(x, "sourceRef"), To: given(x, "targetRef"), Name: given(x, "name")})
}

// end takes what was said within an element that ends.
func (r *reader) end() {
	n := len(r.open) - 1
	if n < 1 {
		return
	}
	p, around := &r.open[n], r.open[n-1]
	text := strings.TrimSpace(string(p.text))
	switch {
	case text == "":
	case p.name == "flowNodeRef" && around.name == "lane":
		if around.id != "" {
			r.lanes[text] = around.id // of one in another it is named last by the inner one, or only there
		}
	case p.name == "documentation" && around.at >= 0 && kinds[around.name] != "":
		r.Elements[around.at].Doc = text
	case p.name == "conditionExpression" && around.name == "sequenceFlow" && around.at >= 0:
		r.Flows[around.at].When = text
	}
}

// join gives elements their lanes, and leaves out flows from or to what was not read.
func (r *reader) join() {
	for i := range r.Elements {
		e := &r.Elements[i]
		e.Lane = r.lanes[e.ID]
		if e.Lane == "" && e.In != "" {
			e.Lane = r.lanes[e.In]
		}
		if e.Lane == "" && len(r.Lanes) == 0 && len(r.pools) > 1 {
			e.Lane = r.pools[r.of[i]]
		}
	}
	r.Flows = slices.DeleteFunc(r.Flows, func(f Flow) bool { return !r.ids[f.From] || !r.ids[f.To] })
}
