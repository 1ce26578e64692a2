package playbook

import (
	"slices"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Check finds all that is wrong with a definition, and what is probably not meant.
// Without an error among the findings it can be published and planned.
func Check(d Definition) []Finding {
	c := &checker{shaper: shaper{findings: shape(d)}, d: d, scope: d.scope(), before: before(d), surely: surely(d)}
	c.names()
	c.inputs()
	c.roles()
	for i, s := range d.Steps {
		c.at = Where{In: InStep, ID: s.ID, Index: i}
		c.step(i, s)
	}
	c.cycle()
	c.unused()
	return c.findings
}

type checker struct {
	shaper
	d      Definition
	scope  *scope
	before []set // of each step, those that come before it
	surely []set // of each step, those that it always waits for
}

func (c *checker) warn(field string, code fault.Code, args ...any) {
	c.wrong(field, code, args...)
	c.findings[len(c.findings)-1].Severity = Warning
}

// names looks for IDs that are given twice.
func (c *checker) names() {
	seen := map[string]bool{}
	once := func(at Where, id string, seen map[string]bool) {
		c.at = at
		if seen[id] && id != "" {
			c.wrong("id", fault.IDTwice, clip(id))
		}
		seen[id] = true
	}
	for i, f := range c.d.Inputs {
		once(Where{In: InInput, ID: f.ID, Index: i}, f.ID, seen)
	}
	for i, s := range c.d.Steps {
		once(Where{In: InStep, ID: s.ID, Index: i}, s.ID, seen)
	}
	roles, sections := map[string]bool{}, map[string]bool{}
	for i, r := range c.d.Roles {
		once(Where{In: InRole, ID: r.ID, Index: i}, r.ID, roles)
	}
	for i, s := range c.d.Sections {
		once(Where{In: InSection, ID: s.ID, Index: i}, s.ID, sections)
	}
}

func (c *checker) inputs() {
	for i, f := range c.d.Inputs {
		c.at = Where{In: InInput, ID: f.ID, Index: i}
		if !c.used(f.ID) {
			c.warn("", fault.InputUnused, f.ID)
		}
	}
}

// used reports whether anything asks for an input.
func (c *checker) used(input string) bool {
	if slices.ContainsFunc(c.d.Roles, func(r Role) bool { return r.Who == FromInput && r.Input == input }) {
		return true
	}
	return slices.ContainsFunc(c.d.Steps, func(s Step) bool {
		if s.Due.From == AnInput && s.Due.Input == input {
			return true
		}
		for _, text := range s.texts() {
			if slices.ContainsFunc(mentions(text), func(m mentioned) bool { return m.name == input }) {
				return true
			}
		}
		return strings.Contains(s.When, input)
	})
}

// texts are those that may have placeholders.
func (s Step) texts() map[string]string {
	texts := map[string]string{"title": s.Title, "description": s.Description}
	for i, item := range s.Checklist {
		texts[nth("checklist", i)] = item.Text
	}
	return texts
}

func (c *checker) roles() {
	for i, r := range c.d.Roles {
		c.at = Where{In: InRole, ID: r.ID, Index: i}
		if r.Who != FromInput {
			continue
		}
		c.input("who", r.Input, Person)
	}
}

// input checks that there is an input of a type.
func (c *checker) input(field, id string, t Type) {
	f, ok := c.d.Input(id)
	switch {
	case !ok:
		c.wrong(field, fault.UnknownInput, id, nearest(id, idsOf(c.d.Inputs, Field.id)))
	case f.Type != t:
		c.wrong(field, fault.WrongInput, id, t)
	}
}

func idsOf[T any](all []T, id func(T) string) []string {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = id(one)
	}
	return ids
}

func (c *checker) step(i int, s Step) {
	c.placeholders(i, s)
	c.belongs(s)
	c.needs(i, s)
	c.dueDate(i, s)
	c.condition(i, s)
}

func (c *checker) placeholders(i int, s Step) {
	texts := s.texts()
	for _, field := range sortedKeys(texts) {
		for _, m := range mentions(texts[field]) {
			was := len(c.findings)
			if m.bad {
				c.wrong(field, fault.BadPlaceholder, clip(m.name))
			} else {
				c.known(i, field, m.name)
			}
			for k := was; k < len(c.findings); k++ {
				c.findings[k].At.within = m.column
			}
		}
	}
}

// known checks that a name in a text of step i is there, and by then answered.
func (c *checker) known(i int, field, name string) {
	if _, ok := c.scope.types[name]; !ok || strings.HasSuffix(name, "."+Done) {
		c.wrong(field, fault.UnknownName, name, nearest(name, sortedKeys(c.scope.types)))
		return
	}
	c.earlier(i, field, name)
}

// earlier warns of a name whose answer nobody may have given when step i begins.
func (c *checker) earlier(i int, field, name string) {
	step, _, isField := strings.Cut(name, ".")
	if j, ok := c.scope.steps[step]; isField && ok && j != i && !c.before[i].has(j) {
		c.warn(field, fault.LaterName, name, c.d.Steps[j].Title)
	}
}

// belongs checks the section and the people of a step.
func (c *checker) belongs(s Step) {
	if _, ok := c.d.Section(s.Section); !ok && s.Section != "" {
		c.wrong("section", fault.UnknownSection, clip(s.Section), nearest(s.Section, idsOf(c.d.Sections, Section.id)))
	}
	if s.Role == "" {
		c.warn("role", fault.NobodyDoes)
	} else if _, ok := c.d.Role(s.Role); !ok {
		c.unknownRole("role", s.Role)
	}
	for i, by := range s.Approval.By {
		field := nth("approval", i)
		if _, ok := c.d.Role(by); !ok && !strings.Contains(by, "@") {
			c.unknownRole(field, by)
		} else if by == s.Role && (len(s.Approval.By) == 1 || s.Approval.Join == flow.All) {
			c.warn(field, fault.ApprovesOwn, by)
		}
	}
}

func (c *checker) unknownRole(field, id string) {
	c.wrong(field, fault.UnknownRole, clip(id), nearest(id, idsOf(c.d.Roles, Role.id)))
}

func (c *checker) needs(i int, s Step) {
	for k, n := range s.Needs {
		field := nth("needs", k)
		_, ok := c.scope.steps[n.Step]
		switch {
		case !ok:
			c.wrong(field, fault.UnknownStep, clip(n.Step), nearest(n.Step, idsOf(c.d.Steps, Step.id)))
		case n.Step == c.d.Steps[i].ID:
			c.wrong(field, fault.NeedsOwn, n.Step)
		case slices.IndexFunc(s.Needs, func(m Need) bool { return m.Step == n.Step }) < k:
			c.wrong(field, fault.NeedTwice, n.Step)
		}
	}
}

// dueDate checks what a due date counts from, and that it is not before that of
// what comes before, where both count from the same.
func (c *checker) dueDate(i int, s Step) {
	switch s.Due.From {
	case AnInput:
		c.input("due", s.Due.Input, Date)
	case Needed:
		if len(s.Needs) == 0 {
			c.wrong("due", fault.DueWithoutNeeds)
		}
	case Never, Start, End:
	}
	if s.Join == flow.Any {
		return // one of the others may be out of the way earlier
	}
	for _, j := range c.surely[i].all() {
		p := c.d.Steps[j]
		if p.When == "" && sooner(s.Due, p.Due) {
			c.warn("due", fault.DueTooEarly, s.Due.String(), p.Title, p.Due.String())
			return
		}
	}
}

// sooner reports whether a is before b on every calendar.
func sooner(a, b Due) bool {
	if a.From == Never || a.From == Needed || a.From != b.From || a.Input != b.Input {
		return false
	}
	if a.Unit == b.Unit || a.Amount == 0 || b.Amount == 0 {
		return a.Amount < b.Amount
	}
	// n working days are at least n days, and may be any number of them.
	if a.Unit == flow.Days {
		return b.Amount > 0 && a.Amount < b.Amount
	}
	return a.Amount < 0 && a.Amount < b.Amount
}

// cycle names the ways round, and what lies behind them.
func (c *checker) cycle() {
	way := loop(c.d)
	if way == nil {
		return
	}
	listed := set{}
	for _, i := range order(c.d) {
		listed.add(i)
	}
	var round []string
	inLoop := set{}
	for _, i := range way {
		round = append(round, c.d.Steps[i].ID)
		inLoop.add(i)
	}
	first := way[0]
	c.at = Where{In: InStep, ID: c.d.Steps[first].ID, Index: first}
	c.wrong("needs", fault.StepCycle, strings.Join(append(round, round[0]), " → "))
	ends := false
	for i, s := range c.d.Steps {
		if !listed.has(i) && !inLoop.has(i) && c.stuck(i, listed) {
			c.at = Where{In: InStep, ID: s.ID, Index: i}
			c.warn("needs", fault.StepUnreachable, round[0])
		}
		ends = ends || !c.followed(s.ID)
	}
	if !ends {
		c.at = Where{}
		c.wrong("steps", fault.NoEnd)
	}
}

// stuck reports whether a step can never begin, given those that can.
func (c *checker) stuck(i int, reached set) bool {
	s := c.d.Steps[i]
	can := 0
	for _, n := range s.Needs {
		if j, ok := c.scope.steps[n.Step]; ok && reached.has(j) {
			can++
		}
	}
	return s.Join == flow.Any && can == 0 || s.Join != flow.Any && can < len(s.Needs)
}

func (c *checker) followed(id string) bool {
	return slices.ContainsFunc(c.d.Steps, func(s Step) bool {
		return slices.ContainsFunc(s.Needs, func(n Need) bool { return n.Step == id })
	})
}

func (c *checker) unused() {
	for i, r := range c.d.Roles {
		if !slices.ContainsFunc(c.d.Steps, func(s Step) bool { return s.Role == r.ID || slices.Contains(s.Approval.By, r.ID) }) {
			c.at = Where{In: InRole, ID: r.ID, Index: i}
			c.warn("", fault.RoleUnused, r.ID)
		}
	}
	for i, sec := range c.d.Sections {
		if !slices.ContainsFunc(c.d.Steps, func(s Step) bool { return s.Section == sec.ID }) {
			c.at = Where{In: InSection, ID: sec.ID, Index: i}
			c.warn("", fault.SectionUnused, sec.ID)
		}
	}
}
