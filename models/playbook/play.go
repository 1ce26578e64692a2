package playbook

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
)

// MaxMoves is how many moves a play may have: each step done, and time let pass before.
const MaxMoves = 2 * MaxSteps

// Outcome is what a move of a play does.
type Outcome string

const (
	Finished Outcome = "done"
	Dropped  Outcome = "cancelled"
	Shown    Outcome = "review" // somebody is to look at the result
	Awaited  Outcome = "wait"   // time passes until it releases something
)

// Move is one thing that is done in a play.
type Move struct {
	Do      Outcome
	Step    string            // empty: time passes
	Answers map[string]string // as they were typed, by field
}

// signs tell the outcomes apart where a move is written in an address.
var signs = map[Outcome]string{Finished: "", Dropped: "-", Shown: "~", Awaited: "."}

// String writes a move as ParseMove reads it.
func (m Move) String() string {
	text := signs[m.Do] + m.Step
	typed := url.Values{}
	for field, answer := range m.Answers {
		if answer != "" {
			typed.Set(field, answer)
		}
	}
	if len(typed) > 0 {
		text += "?" + typed.Encode()
	}
	return text
}

// ParseMove reads a move; what it cannot read is no step's, and is refused when it is
// made.
func ParseMove(text string) Move {
	m := Move{Do: Finished}
	for _, do := range []Outcome{Dropped, Shown, Awaited} {
		if rest, is := strings.CutPrefix(text, signs[do]); is {
			m.Do, text = do, rest
			break
		}
	}
	step, query, _ := strings.Cut(text, "?")
	m.Step = step
	if typed, err := url.ParseQuery(query); err == nil {
		for field := range typed {
			if m.Answers == nil {
				m.Answers = map[string]string{}
			}
			m.Answers[field] = typed.Get(field)
		}
	}
	return m
}

// Crew are the people of a play by step: those who do it, and those who are asked to
// approve it.
type Crew struct {
	Owners, Approvers map[string][]string
}

// Play is a run in which no task is made: its steps move by the same rules, and its
// conditions are decided by the same answers.
type Play struct {
	d          Definition
	branching  Branching
	start      Launch
	crew       Crew
	at         map[string]int // step → its index
	stands     []Stand
	tasks      []flow.Task
	filled     []map[string]string
	needs      [][]flow.Dependency // by what waits
	dependents [][]flow.Dependency // by what is waited for
	now        time.Time
}

// Turn is what a move brought about.
type Turn struct {
	Move
	At      time.Time
	Effects []flow.Effect // tasks are called like their steps
	Ruled   []Ruled
	Told    []Told
}

// Ruled is that a step will be skipped when its turn comes, or will not be after all.
type Ruled struct {
	Step string
	Out  bool
}

// Told is somebody who would hear of a step.
type Told struct {
	Person, Step string
	Why          Why
}

// Why is what somebody would be told.
type Why string

const (
	ItsTurn    Why = "turn"     // they are to do it
	ToApprove  Why = "approval" // they are asked whether it is right
	ItsSkipped Why = "closed"   // they do not have to do it
	ItsAtRisk  Why = "at_risk"
)

// Play begins a play at a moment. who starts it is told nothing of that. The error is as
// ReadInputs returns it.
func (of Planner) Play(start Launch, crew Crew, who string, now time.Time) (*Play, Turn, error) {
	answers, err := of.d.ReadInputs(start.Answers)
	if err != nil {
		return nil, Turn{}, err
	}
	start.Answers = answers
	d := of.d
	n := len(d.Steps)
	p := &Play{d: d, branching: of.branching, start: start, crew: crew, at: map[string]int{}, stands: make([]Stand, n), tasks: make([]flow.Task, n),
		filled: make([]map[string]string, n), needs: make([][]flow.Dependency, n), dependents: make([][]flow.Dependency, n), now: now}
	all := make([]string, n)
	for i, s := range d.Steps {
		p.at[s.ID], all[i] = i, s.ID
		p.stands[i] = Stand{Step: s.ID, State: flow.Waiting}
		p.tasks[i] = flow.Task{ID: s.ID, Position: fmt.Sprintf("%04d", i), State: flow.Waiting, Join: s.Join}
	}
	for i, s := range d.Steps {
		for _, need := range s.Needs {
			lag := need.Lag
			if lag.Unit == "" {
				lag.Unit = flow.Days
			}
			dep := flow.Dependency{Prerequisite: need.Step, Dependent: s.ID, Lag: lag, OnCancel: need.OnCancel, SatisfiedAt: need.At}
			p.needs[i] = append(p.needs[i], dep)
			from := p.at[need.Step]
			p.dependents[from] = append(p.dependents[from], dep)
		}
	}
	turn := Turn{At: now}
	return p, turn, p.settle(&turn, who, nil, all)
}

// Do makes a move. What a step needs besides its answers is taken as given: its ticks,
// its file and its approval. It returns NotFound for a step that is not there, NotOpen,
// what flow refuses, and faults by field for answers.
func (p *Play) Do(m Move) (Turn, error) {
	turn := Turn{Move: m, At: p.now}
	if m.Do == Awaited {
		next, there := p.Next()
		if !there || m.Step != "" {
			return turn, fault.New(fault.Conflict, fault.NotFound)
		}
		turn.At, p.now = next, next
		return turn, p.settle(&turn, "", nil, p.released())
	}
	i, there := p.at[m.Step]
	if !there {
		return turn, fault.New(fault.Missing, fault.NotFound)
	}
	if !p.tasks[i].State.Open() {
		return turn, fault.New(fault.Conflict, fault.NotOpen)
	}
	answers, err := p.read(i, m)
	if err != nil {
		return turn, err
	}
	to := map[Outcome]flow.State{Finished: flow.Done, Dropped: flow.Cancelled, Shown: flow.InReview}[m.Do]
	verdict, err := p.verdict(i)
	if err != nil {
		return turn, err
	}
	is, refused := p.tasks[i].Move(to, verdict, p.now)
	if refused != nil {
		return turn, refused
	}
	p.filled[i] = answers
	p.put(is)
	return turn, p.settle(&turn, p.doer(i), []string{m.Step}, nil)
}

// read reads what was typed for the fields of a step. What has to be filled in has to be
// only where the step is done.
func (p *Play) read(i int, m Move) (map[string]string, error) {
	answers := maps.Clone(p.filled[i])
	if answers == nil {
		answers = map[string]string{}
	}
	var faults []*fault.Fault
	for _, f := range p.d.Steps[i].Fields {
		f.Required = f.Required && m.Do == Finished
		typed, given := m.Answers[f.ID]
		if !given {
			typed = answers[f.ID]
		}
		answer, wrong := f.Read(typed)
		faults = append(faults, wrong)
		answers[f.ID] = answer
		if answer == "" {
			delete(answers, f.ID)
		}
	}
	return answers, fault.All(faults...)
}

// doer is who makes the moves of a step: the one who plays its role.
func (p *Play) doer(i int) string {
	if owners := p.crew.Owners[p.d.Steps[i].ID]; len(owners) > 0 {
		return owners[0]
	}
	return ""
}

func (p *Play) put(is flow.Task) {
	i := p.at[is.ID]
	p.stands[i].Wanted = p.stands[i].Wanted.Moved(is)
	p.stands[i].State, p.stands[i].Skipped = is.State, is.Skipped
	p.tasks[i] = is
}

func (p *Play) course() Course {
	return p.d.Course(p.start.Answers, p.stands, func(i int) map[string]string { return p.filled[i] })
}

// settle decides the conditions, lets the rules of movement follow, and says who would
// be told.
func (p *Play) settle(turn *Turn, who string, changed, rejudge []string) error {
	for _, r := range p.branching.Rulings(p.course(), p.stands) {
		step := p.stands[r.At].Step
		p.stands[r.At].Wanted, p.tasks[r.At].Unwanted = r.Is, r.Is.Unwanted()
		turn.Ruled = append(turn.Ruled, Ruled{step, r.Is.Unwanted()})
		if !slices.Contains(rejudge, step) {
			rejudge = append(rejudge, step)
		}
	}
	out, err := flow.Cascade(p, changed, rejudge, p.now, p.start.Calendar)
	if err != nil {
		return err
	}
	turn.Effects = out.Effects
	for _, e := range out.Effects {
		p.put(e.Is)
		turn.tell(p.crew, who, e)
	}
	return nil
}

// tell adds those whom an effect is told to.
func (t *Turn) tell(crew Crew, who string, e flow.Effect) {
	say := func(people []string, why Why) {
		for _, person := range people {
			if one := (Told{person, e.Is.ID, why}); person != who && !slices.Contains(t.Told, one) {
				t.Told = append(t.Told, one)
			}
		}
	}
	owners := crew.Owners[e.Is.ID]
	switch {
	case e.Is.State == flow.Ready && e.Was.State != flow.Ready:
		say(owners, ItsTurn)
		say(crew.Approvers[e.Is.ID], ToApprove)
	case e.Was.State.Open() && !e.Is.State.Open():
		say(owners, ItsSkipped)
	case e.Is.AtRisk && !e.Was.AtRisk:
		say(owners, ItsAtRisk)
	}
}

// verdict judges a step.
func (p *Play) verdict(i int) (flow.Verdict, error) {
	id := p.d.Steps[i].ID
	_, prerequisites, err := flow.Load(p, []string{id})
	return flow.Judge(p.tasks[i], prerequisites[id], p.now, p.start.Calendar), err
}

// Next is when time alone releases the next step; false if somebody has to act first.
func (p *Play) Next() (next time.Time, there bool) {
	for i := range p.tasks {
		if at := p.releaseAt(i); !at.IsZero() && (!there || at.Before(next)) {
			next, there = at, true
		}
	}
	return next, there
}

func (p *Play) releaseAt(i int) time.Time {
	if p.tasks[i].State != flow.Waiting && !p.tasks[i].AtRisk {
		return time.Time{}
	}
	v, err := p.verdict(i)
	if err != nil {
		return time.Time{}
	}
	return v.ReleaseAt
}

// released are the steps that time may have released.
func (p *Play) released() (ids []string) {
	for _, t := range p.tasks {
		if t.State == flow.Waiting || t.AtRisk {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// Now is the moment up to which time was let pass.
func (p *Play) Now() time.Time { return p.now }

// Task is how a step stands.
func (p *Play) Task(step string) flow.Task {
	if i, there := p.at[step]; there {
		return p.tasks[i]
	}
	return flow.Task{}
}

// WillSkip reports whether a step is skipped when its turn comes, as things stand.
func (p *Play) WillSkip(step string) bool {
	t := p.Task(step)
	return t.State == flow.Waiting && t.Unwanted
}

// Open are the steps that a step still waits for, or time that has not passed since.
func (p *Play) Open(step string) (open []string) {
	i, there := p.at[step]
	if !there || !p.tasks[i].State.Open() {
		return nil
	}
	v, err := p.verdict(i)
	if err != nil {
		return nil
	}
	for _, need := range v.Open {
		open = append(open, need.Prerequisite)
	}
	return open
}

// Over reports whether nothing is left to be done.
func (p *Play) Over() bool {
	return !slices.ContainsFunc(p.tasks, func(t flow.Task) bool { return t.State.Open() })
}

// Titles are the steps' titles with what is known by now.
func (p *Play) Titles() map[string]string {
	filler := p.d.Filler(p.course().Known, p.start.Show)
	titles := make(map[string]string, len(p.d.Steps))
	for _, s := range p.d.Steps {
		titles[s.ID], _ = filler.Line(s.Title, MaxTitle)
	}
	return titles
}

// Tasks lets the rules read the graph, as Prerequisites and Dependents do.
func (p *Play) Tasks(ids []string) (found []flow.Task, _ error) {
	for _, id := range ids {
		if i, there := p.at[id]; there {
			found = append(found, p.tasks[i])
		}
	}
	return found, nil
}

// Prerequisites is as Tasks.
func (p *Play) Prerequisites(ids []string) (deps []flow.Dependency, _ error) {
	for _, id := range ids {
		deps = append(deps, p.needs[p.at[id]]...)
	}
	return deps, nil
}

// Dependents is as Tasks.
func (p *Play) Dependents(ids []string) (deps []flow.Dependency, _ error) {
	for _, id := range ids {
		deps = append(deps, p.dependents[p.at[id]]...)
	}
	return deps, nil
}
