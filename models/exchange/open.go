package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Kind is what sort of file it is.
type Kind string

// The sorts of files that are read.
const (
	Trello Kind = "trello"
	CSV    Kind = "csv"
	Native Kind = "relevo"
)

// File is a file that has been read, but not yet understood: that takes a Mapping.
type File struct {
	Kind   Kind
	trello trelloBoard
	table  table
	native Board
	odd    string // the first thing in the JSON of another shape than expected
}

// Mapping is what people decide on before a file becomes a plan.
type Mapping struct {
	Name, Key  string
	Fields     []Field               // CSV: what each of its columns is
	MonthFirst bool                  // CSV: 03/04 is the fourth of March
	States     map[string]flow.State // what the file's columns are, by their Ref; empty: left out
	People     map[string]string     // users, by a person's Ref; empty: nobody
}

// Lane is a column of the file, for people to say what it is.
type Lane struct {
	Ref, Name string
	Count     int
}

// Open finds out what data is and reads it. It returns FileUnknown, FileTooBig,
// FileEmpty, NewerFile or TooManyCards.
func Open(data []byte) (*File, error) {
	if len(data) > MaxBytes {
		return nil, fault.On("file", fault.FileTooBig, MaxBytes>>20)
	}
	text, guessed := decode(data)
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 {
		return nil, fault.On("file", fault.FileEmpty)
	}
	if trimmed[0] == '{' || trimmed[0] == '[' {
		return openJSON(trimmed)
	}
	return openCSV(text, guessed)
}

func openJSON(data []byte) (*File, error) {
	var head struct {
		Relevo int             `json:"relevo"`
		Lists  json.RawMessage `json:"lists"`
		Cards  json.RawMessage `json:"cards"`
	}
	if _, err := lenient(data, &head); err != nil {
		return nil, fault.On("file", fault.FileUnknown)
	}
	f := &File{}
	var err error
	var n int
	switch {
	case head.Relevo > Version:
		return nil, fault.On("file", fault.NewerFile)
	case head.Relevo > 0:
		f.Kind = Native
		f.odd, err = lenient(data, &f.native)
		n = len(f.native.Tasks)
	case head.Lists != nil && head.Cards != nil:
		f.Kind = Trello
		f.odd, err = lenient(data, &f.trello)
		n = len(f.trello.Cards)
	default:
		return nil, fault.On("file", fault.FileUnknown)
	}
	if err != nil {
		return nil, fault.On("file", fault.FileUnknown)
	}
	return f, countable(n, f.Kind)
}

func countable(n int, kind Kind) error {
	switch {
	case n > MaxTasks:
		return fault.On("file", fault.TooManyCards, MaxTasks)
	case n == 0 && kind == CSV:
		return fault.On("file", fault.FileEmpty)
	}
	return nil
}

// lenient reads JSON; a value of another type than expected is left out, and the
// first such is named.
func lenient(data []byte, into any) (odd string, err error) {
	err = json.Unmarshal(data, into)
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return other.Field, nil
	}
	return "", err
}

// Propose is the mapping to begin with.
func (f *File) Propose(by Local) Mapping {
	m := Mapping{States: map[string]flow.State{}, People: map[string]string{}}
	switch f.Kind {
	case Trello:
		m.Name = cut(line(f.trello.Name), MaxName)
	case Native:
		m.Name, m.Key = cut(line(f.native.Board.Name), MaxName), f.native.Board.Key
	case CSV:
		m.Fields, m.MonthFirst = f.table.propose(), f.table.monthFirst()
		m.Key = f.table.key(m)
	}
	if m.Key != "" && by.Free != nil && !by.Free(m.Key) {
		m.Key = ""
	}
	return f.Complete(m, by)
}

// Complete proposes what m leaves open: what is the state of a column, and who is
// a person, that it does not speak of.
func (f *File) Complete(m Mapping, by Local) Mapping {
	states := map[string]flow.State{}
	for _, l := range f.Lanes(m) {
		state, said := m.States[l.Ref]
		if !said {
			state = f.proposeState(m, l)
		}
		states[l.Ref] = state
	}
	people := map[string]string{}
	for _, p := range f.People(m) {
		user, said := m.People[p.Ref]
		if !said {
			user = match(p, by.Team)
		}
		people[p.Ref] = user
	}
	m.States, m.People = states, people
	return m
}

func (f *File) proposeState(m Mapping, l Lane) flow.State {
	if f.Kind == CSV {
		if s := f.table.stateOf(m, l.Ref); s != "" {
			return s
		}
	}
	return ProposeState(l.Name)
}

// Lanes are the file's columns that need a state; those of our own JSON have one.
func (f *File) Lanes(m Mapping) []Lane {
	switch f.Kind {
	case Trello:
		return f.trello.lanes()
	case CSV:
		return f.table.lanes(m)
	}
	return nil
}

// People are those whom the file names as owners.
func (f *File) People(m Mapping) []Person {
	switch f.Kind {
	case Trello:
		return f.trello.people()
	case CSV:
		return f.table.people(m)
	}
	return f.native.people()
}

// Header is the first row of a CSV file, with an example from below it.
func (f *File) Header() (names, examples []string) {
	return f.table.head, f.table.examples()
}

// Plan makes a plan by a mapping. It returns what refuses the mapping as a whole:
// NoTitleField, FieldTwice or TooManyLists.
func (f *File) Plan(m Mapping, by Local) (*Plan, error) {
	p := &Plan{Name: m.Name, Key: m.Key}
	if f.odd != "" {
		p.find(0, "", found(fault.FoundOtherShape, f.odd))
	}
	p.People = f.People(m)
	for i, person := range p.People {
		p.People[i].User = m.People[person.Ref]
	}
	var err error
	switch f.Kind {
	case Trello:
		f.trello.plan(p, m, by)
	case CSV:
		err = f.table.plan(p, m, by)
	case Native:
		f.native.plan(p)
	}
	if err == nil && len(p.Columns) > MaxColumns {
		err = fault.On("states", fault.TooManyLists, len(p.Columns), MaxColumns)
	}
	if err != nil {
		return p, err
	}
	p.nobodies()
	p.needed(by.Columns)
	return p, nil
}

// nobodies reports who is not of the team, once each.
func (p *Plan) nobodies() {
	seen := map[int]bool{}
	for _, t := range p.Tasks {
		for _, o := range t.named() {
			if p.People[o].User == "" && !seen[o] {
				seen[o] = true
				p.find(0, "", found(fault.FoundNobody, p.People[o].shown()))
			}
		}
	}
}

// named are those whom a task names: its owners, those in its fields, its approvers.
func (t Task) named() []int {
	all := slices.Clone(t.Owners)
	for _, v := range t.Values {
		if v.Person >= 0 {
			all = append(all, v.Person)
		}
	}
	if t.Approval != nil {
		all = append(all, t.Approval.Of...)
	}
	return all
}

func (p Person) shown() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Email
}

func found(code fault.Code, args ...any) *fault.Fault { return fault.New(fault.Invalid, code, args...) }

// Cards is how many cards the file holds, those without a title too.
func (f *File) Cards() int {
	switch f.Kind {
	case Trello:
		return len(f.trello.Cards)
	case CSV:
		return len(f.table.rows)
	}
	return len(f.native.Tasks)
}
