package playbook

import (
	"slices"
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Launch is what a run starts with.
type Launch struct {
	Answers  Answers             // to the inputs, as ReadInputs returns them
	Cast     map[string][]string // who plays each role: users by role ID
	From     time.Time           // the day on which it starts
	Until    time.Time           // the day on which it has to be finished; zero: none is set
	Calendar flow.Calendar
	Show     func(f Field, answer string) string // how answers are shown in texts; nil: as they are
}

// Sheet is all that a run would make.
type Sheet struct {
	Tasks []Planned // in the order of the steps
	// Uncast are the roles that have work to do and nobody to do it.
	Uncast []string
}

// Planned is a task that a run would make.
type Planned struct {
	Step        string
	Title       string
	Description string
	Open        []string // names in title and description that are not known yet
	Section     string
	Role        string
	Owners      []string // users
	Due         string   // YYYY-MM-DD; empty: none
	Moves       bool     // the due date is counted from its prerequisites, and moves with them
	Pushed      string   // the due date that the template asks for, where its prerequisites are due later; else empty
	Past        bool     // it is due before the run starts
	Begins      string   // the day on which its turn comes if everybody is in time
	Estimate    int
	Priority    Priority
	Labels      []string
	Checklist   []Item // with their texts filled in
	Fields      []Field
	Evidence    string
	Approval    Approval
	Approvers   []string // users that its approval names by role; those named by address are in Approval
	Join        flow.Join
	Needs       []Need
	When        string
	Condition   Standing
}

// NeedsEnd reports whether a run needs a day on which it has to be finished.
func (d Definition) NeedsEnd() bool {
	return slices.ContainsFunc(d.Steps, func(s Step) bool { return s.Due.From == End })
}

// Plan says what a run would make. Only a definition in which Check finds no error
// can be planned: its errors are returned, or what the start leaves out, with the
// input or "end" as the field. The same start gives the same plan.
func Plan(d Definition, start Launch) (Sheet, error) {
	p, err := NewPlanner(d)
	if err != nil {
		return Sheet{}, err
	}
	return p.Plan(start)
}

// Planner plans many runs of a definition that it has checked once.
type Planner struct {
	d         Definition
	branching Branching
}

// NewPlanner returns the errors that Check finds in a definition.
func NewPlanner(d Definition) (Planner, error) {
	return Planner{d, d.Branching()}, Refuse(Check(d))
}

// Plan says what one run would make.
func (of Planner) Plan(start Launch) (Sheet, error) {
	d := of.d
	if d.NeedsEnd() && start.Until.IsZero() {
		return Sheet{}, fault.On("end", fault.Needed)
	}
	answers, err := d.ReadInputs(start.Answers)
	if err != nil {
		return Sheet{}, err
	}
	start.Answers = answers
	p := planner{d: d, start: start, at: map[string]int{}, standings: of.branching.Standings(start.Answers, nil), filler: d.Filler(start.Answers, start.Show)}
	p.sheet.Tasks = make([]Planned, len(d.Steps))
	for i, s := range d.Steps {
		p.at[s.ID] = i
		p.sheet.Tasks[i] = p.task(s)
	}
	p.date()
	return p.sheet, nil
}

type planner struct {
	d         Definition
	start     Launch
	at        map[string]int // step → its index
	standings map[string]Standing
	filler    Filler
	sheet     Sheet
}

// task is all of a planned task but its dates.
func (p *planner) task(s Step) Planned {
	t := Planned{
		Step: s.ID, Section: s.Section, Role: s.Role, Estimate: s.Estimate, Priority: s.Priority, Labels: s.Labels, Fields: s.Fields,
		Evidence: s.Evidence, Approval: s.Approval, Join: s.Join, Needs: s.Needs, When: s.When, Condition: p.standings[s.ID], Moves: s.Due.From == Needed,
	}
	var more []string
	t.Title, t.Open = p.filler.Line(s.Title, MaxTitle)
	t.Description, more = p.filler.Markdown(s.Description, MaxDescription)
	for _, name := range more {
		if !slices.Contains(t.Open, name) {
			t.Open = append(t.Open, name)
		}
	}
	for _, item := range s.Checklist {
		item.Text, _ = p.filler.Line(item.Text, MaxTitle)
		t.Checklist = append(t.Checklist, item)
	}
	if s.Role != "" {
		t.Owners = p.start.Cast[s.Role]
		p.uncast(s.Role)
	}
	for _, by := range s.Approval.By {
		if _, role := p.d.Role(by); role {
			t.Approvers = append(t.Approvers, p.start.Cast[by]...)
			p.uncast(by)
		}
	}
	return t
}

func (p *planner) uncast(role string) {
	if len(p.start.Cast[role]) == 0 && !slices.Contains(p.sheet.Uncast, role) {
		p.sheet.Uncast = append(p.sheet.Uncast, role)
	}
}

// date gives every task its dates, each after its prerequisites.
func (p *planner) date() {
	from := midnight(p.start.From)
	ends := make([]time.Time, len(p.d.Steps)) // when each is out of the way if everybody is in time
	for _, i := range order(p.d) {
		s, t := p.d.Steps[i], &p.sheet.Tasks[i]
		begins, least := from, time.Time{}
		if len(s.Needs) > 0 {
			begins, least = p.turn(s, ends)
		}
		t.Begins = begins.Format(time.DateOnly)
		ends[i] = begins
		due, ok := p.due(s, begins)
		if !ok {
			continue
		}
		if due.Before(least) {
			t.Pushed = due.Format(time.DateOnly)
			due = least
		}
		t.Due = due.Format(time.DateOnly)
		t.Past = due.Before(from)
		if t.Condition != Falls {
			ends[i] = due
		}
	}
}

// turn is the day on which the prerequisites of a step are satisfied, no earlier
// than the start, and the day before which it cannot be due.
func (p *planner) turn(s Step, ends []time.Time) (begins, least time.Time) {
	for i, n := range s.Needs {
		end := ends[p.at[n.Step]]
		after := end
		if n.Lag.Amount > 0 {
			after = midnight(n.Lag.After(p.morning(end), p.start.Calendar).In(p.zone()))
		}
		switch {
		case i == 0:
			begins = after
		case s.Join == flow.Any:
			begins = earlier(begins, after)
		default:
			begins = later(begins, after)
		}
	}
	return later(begins, midnight(p.start.From)), begins
}

// due is when the template wants a step to be done.
func (p *planner) due(s Step, begins time.Time) (time.Time, bool) {
	var anchor time.Time
	switch s.Due.From {
	case Never:
		return time.Time{}, false
	case Start:
		anchor = midnight(p.start.From)
	case End:
		anchor = midnight(p.start.Until)
	case Needed:
		anchor = begins
	case AnInput:
		var answered bool
		if anchor, answered = readDate(p.start.Answers[s.Due.Input]); !answered {
			return time.Time{}, false // a date that was left empty
		}
	}
	return s.Due.On(anchor, p.start.Calendar), true
}

// DueWhenReady is the day on which a step is due whose due date counts from its
// prerequisites, when they are satisfied on a day; empty if it does not.
func (s Step) DueWhenReady(ready time.Time, cal flow.Calendar) string {
	if s.Due.From != Needed {
		return ""
	}
	return s.Due.On(midnight(ready), cal).Format(time.DateOnly)
}

func (p *planner) zone() *time.Location {
	if p.start.Calendar.Zone == nil {
		return time.UTC
	}
	return p.start.Calendar.Zone
}

// morning is a moment of a day in the team's zone that no change of the clocks skips.
func (p *planner) morning(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, p.zone())
}

// midnight is the day that t shows, for counting.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
