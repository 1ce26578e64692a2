package flow

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Effect is what a cascade does to one task.
type Effect struct {
	Was, Is Task
	// Because is the changed task that brought it about; the task itself where
	// its own dependencies, dates or override changed.
	Because string
}

// Timer asks for a task to be judged again at a time.
type Timer struct {
	Task string
	At   time.Time
	// Because is as in Effect: what set the clock running.
	Because string
}

// Outcome is all that follows from a change, in the order of rule 8: breadth
// first, then by position and ID. The same change gives the same outcome.
type Outcome struct {
	Effects []Effect
	Timers  []Timer
}

// Cascade applies rules 3, 5 and 8 after the tasks named in changed were written
// as g now tells them, and those named in rejudge had their own dependencies or
// dates changed. It reads the changed tasks' dependents and those tasks'
// prerequisites, and nothing else.
func Cascade(g Graph, changed, rejudge []string, now time.Time, cal Calendar) (Outcome, error) {
	c := cascade{g: g, now: now, cal: cal, settled: map[string]Task{}, latest: map[string]int{}, ringing: map[string]int{}}
	level := map[string]string{} // task to judge → because of which
	for _, id := range rejudge {
		level[id] = id
	}
	if err := c.follow(changed, level); err != nil {
		return Outcome{}, err
	}
	// Each round judges a level; only tasks whose standing for others changed are
	// followed further: those that were skipped, or are no longer.
	for len(level) > 0 {
		moved, err := c.judge(level)
		if err != nil {
			return Outcome{}, err
		}
		level = map[string]string{}
		if err := c.follow(moved, level); err != nil {
			return Outcome{}, err
		}
	}
	return c.outcome(), nil
}

type cascade struct {
	g       Graph
	now     time.Time
	cal     Calendar
	settled map[string]Task // as the rules want them, where that is not as they are kept
	effects []Effect        // in the order of judging; an early one may be superseded
	latest  map[string]int  // task → its effect that stands
	timers  []Timer         // likewise; one that was called off has no time
	ringing map[string]int  // task → its timer
}

// outcome keeps the last word on each task: one that a long way round reaches
// twice moves once, from what it was to what it is in the end.
func (c *cascade) outcome() Outcome {
	var out Outcome
	for i, e := range c.effects {
		if c.latest[e.Is.ID] == i && e.Was != e.Is {
			out.Effects = append(out.Effects, e)
		}
	}
	for _, t := range c.timers {
		if !t.At.IsZero() {
			out.Timers = append(out.Timers, t)
		}
	}
	return out
}

// follow adds the dependents of ids to level.
func (c *cascade) follow(ids []string, level map[string]string) error {
	if len(ids) == 0 {
		return nil
	}
	deps, err := c.g.Dependents(ids)
	if err != nil {
		return err
	}
	order := make(map[string]int, len(ids))
	for i, id := range ids {
		order[id] = i
	}
	slices.SortFunc(deps, func(a, b Dependency) int { return order[a.Prerequisite] - order[b.Prerequisite] })
	for _, d := range deps {
		if _, there := level[d.Dependent]; !there {
			level[d.Dependent] = d.Prerequisite
		}
	}
	return nil
}

// judge settles one level and returns those whose change others may feel.
func (c *cascade) judge(level map[string]string) ([]string, error) {
	ids := slices.Sorted(maps.Keys(level))
	tasks, prerequisites, err := Load(c.g, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	var felt []string
	for _, was := range tasks {
		first := was
		if i, again := c.latest[was.ID]; again {
			was, first = c.settled[was.ID], c.effects[i].Was
		}
		for i, p := range prerequisites[was.ID] {
			if t, moved := c.settled[p.Task.ID]; moved {
				prerequisites[was.ID][i].Task = t
			}
		}
		v := Judge(was, prerequisites[was.ID], c.now, c.cal)
		is, moved := was.Settle(v)
		if moved {
			c.settled[was.ID] = is
			c.latest[was.ID] = len(c.effects)
			c.effects = append(c.effects, Effect{Was: first, Is: is, Because: level[was.ID]})
		}
		c.setTimer(is, v, level[is.ID])
		if is.counts() != was.counts() {
			felt = append(felt, is.ID)
		}
	}
	return felt, nil
}

func (c *cascade) setTimer(t Task, v Verdict, because string) {
	if i, set := c.ringing[t.ID]; set {
		c.timers[i].At = time.Time{}
	}
	if !v.ReleaseAt.IsZero() && (t.State == Waiting || t.AtRisk) {
		c.ringing[t.ID] = len(c.timers)
		c.timers = append(c.timers, Timer{Task: t.ID, At: v.ReleaseAt, Because: because})
	}
}

// counts is what a dependent sees of a prerequisite.
func (t Task) counts() [4]bool {
	return [4]bool{!t.ReviewAt.IsZero(), !t.DoneAt.IsZero(), t.dropped(), t.Skipped}
}

// Load reads tasks with their prerequisites, by dependent.
func Load(g Graph, ids []string) ([]Task, map[string][]Prerequisite, error) {
	deps, err := g.Prerequisites(ids)
	if err != nil {
		return nil, nil, err
	}
	needed := map[string]bool{}
	for _, id := range ids {
		needed[id] = true
	}
	for _, d := range deps {
		needed[d.Prerequisite] = true
	}
	found, err := g.Tasks(slices.Sorted(maps.Keys(needed)))
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[string]Task, len(found))
	for _, t := range found {
		byID[t.ID] = t
	}
	tasks := make([]Task, 0, len(ids))
	for _, id := range ids {
		if t, ok := byID[id]; ok {
			tasks = append(tasks, t)
		}
	}
	return tasks, link(deps, byID), nil
}

// Link gives dependencies the tasks they wait for, by dependent. Tasks that are
// not given are passed over.
func Link(deps []Dependency, tasks []Task) map[string][]Prerequisite {
	byID := make(map[string]Task, len(tasks))
	for _, t := range tasks {
		byID[t.ID] = t
	}
	return link(deps, byID)
}

func link(deps []Dependency, byID map[string]Task) map[string][]Prerequisite {
	prerequisites := map[string][]Prerequisite{}
	for _, d := range deps {
		if t, ok := byID[d.Prerequisite]; ok {
			prerequisites[d.Dependent] = append(prerequisites[d.Dependent], Prerequisite{d, t})
		}
	}
	return prerequisites
}
