// Package playbook holds templates of workflows as data: reading and printing
// them as YAML, checking them, planning what a run of one makes, and telling two
// versions apart. It does no I/O, keeps no clock and imports nothing of this
// module but flow, fault and custom.
package playbook

import (
	"relevo/models/custom"
	"relevo/models/flow"
)

// What a definition may hold at most. Texts are counted in characters.
const (
	MaxBytes       = 512 << 10 // of YAML
	MaxSteps       = 500
	MaxInputs      = 50
	MaxRoles       = 50
	MaxSections    = 50
	MaxOptions     = 100 // of one choice
	MaxFields      = 30  // of one step
	MaxItems       = 200 // of one checklist
	MaxNeeds       = 200 // of one step
	MaxLabels      = 20  // of one step
	MaxApprovers   = 20  // of one step
	MaxPool        = 50  // of one role
	MaxID          = 40
	MaxName        = 80
	MaxTitle       = 200
	MaxDescription = 50_000
	MaxHelp        = 500
	MaxLabel       = 40
	MaxAnswer      = custom.MaxText
	MaxDue         = flow.MaxLag
)

// Definition is a workflow that a team has written down. Inputs and steps share
// one set of IDs, for conditions and placeholders name both; sections and roles
// have their own.
type Definition struct {
	Name        string
	Description string // Markdown
	Lang        string // of its texts: "en" or "es"; empty: not said
	Inputs      []Field
	Roles       []Role
	Sections    []Section
	Steps       []Step
}

// Section is a group of steps that are shown together.
type Section struct{ ID, Name string }

// Step is what becomes a task of a run.
type Step struct {
	ID          string
	Kind        Kind
	Title       string // with placeholders
	Description string // Markdown, with placeholders
	Section     string // empty: none
	Role        string // who does it; empty: nobody yet
	Due         Due
	Estimate    int // minutes; 0: none
	Priority    Priority
	Labels      []string // names
	Checklist   []Item
	Fields      []Field  // to be filled in before it is done
	Evidence    string   // the file that has to be attached before it is done; empty: none
	Approval    Approval // that it needs before it is done
	Join        flow.Join
	Needs       []Need
	When        string // a condition; empty: always
}

// Kind is what does a step.
type Kind string

// Task is a step that a person does. What machines do will be further kinds.
const Task Kind = ""

// Priority of a task, in words.
type Priority string

const (
	NoPriority Priority = ""
	Low        Priority = "low"
	Medium     Priority = "medium"
	High       Priority = "high"
	Urgent     Priority = "urgent"
)

// Priorities lists every priority, lowest first.
var Priorities = []Priority{NoPriority, Low, Medium, High, Urgent}

// Item is one thing to tick off.
type Item struct {
	Text     string // with placeholders
	Required bool   // not ticked, it keeps the step from being done
}

// Need is one prerequisite of a step.
type Need struct {
	Step     string
	Lag      flow.Lag
	At       flow.State    // Done or InReview
	OnCancel flow.OnCancel // what a cancelled one counts as
}

// Requires is the plain prerequisite: done, without a lag.
func Requires(step string) Need { return Need{Step: step, At: flow.Done, OnCancel: flow.Skip} }

// Approval says who has to agree before a step is done; zero: nobody.
type Approval struct {
	By   []string  // role IDs and e-mail addresses
	Join flow.Join // whether all of them have to, or any one
}

// Step returns the step of an ID.
func (d Definition) Step(id string) (Step, bool) { return find(d.Steps, id, Step.id) }

// Input returns the input of an ID.
func (d Definition) Input(id string) (Field, bool) { return find(d.Inputs, id, Field.id) }

// Role returns the role of an ID.
func (d Definition) Role(id string) (Role, bool) { return find(d.Roles, id, Role.id) }

// Section returns the section of an ID.
func (d Definition) Section(id string) (Section, bool) { return find(d.Sections, id, Section.id) }

func (s Step) id() string    { return s.ID }
func (r Role) id() string    { return r.ID }
func (f Field) id() string   { return f.ID }
func (s Section) id() string { return s.ID }

func find[T any](all []T, id string, of func(T) string) (T, bool) {
	for _, one := range all {
		if of(one) == id {
			return one, true
		}
	}
	var none T
	return none, false
}
