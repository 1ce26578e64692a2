package playbook

import (
	"slices"
	"strings"

	"relevo/models/flow"
	"relevo/models/mermaid"
)

// Left is something of another program's text that was not taken over.
type Left struct {
	Line int // from 1; 0: of no one line
	Text string
	Why  string // as mermaid.Why, or one of those here
}

// Why something was not taken over, besides what mermaid.Why says.
const (
	LeftCircle    = "circle"    // it would close one
	LeftItself    = "itself"    // a step that waits for itself
	LeftShortened = "shortened" // a text that was too long
)

// FromMermaid makes a definition of a flowchart. A decision with ways out that say
// something becomes a step that asks which way it goes, and what lies on a way has
// that as its condition. It tells what it left out; without a node there is no step.
func FromMermaid(text []byte, name, lang string) (d Definition, left []Left, lines int) {
	f, notes := mermaid.Read(text)
	for _, n := range notes {
		left = append(left, Left{n.Line, n.Text, string(n.Why)})
	}
	m := newTaker(f, left)
	if f.Title != "" {
		name = f.Title
	}
	m.take(name, lang)
	for _, s := range m.d.Steps {
		lines += len(s.Needs)
	}
	return m.d, m.left, lines
}

func newTaker(f mermaid.Flow, left []Left) *taker {
	return &taker{f: f, left: left, at: map[string]int{}, out: map[string][]mermaid.Edge{}, in: map[string][]mermaid.Edge{}, any: map[string]bool{}, only: map[string][]string{}}
}

// take makes the definition.
func (m *taker) take(name, lang string) {
	m.d = Definition{Name: fit(name, MaxName), Lang: lang}
	m.edges()
	m.steps()
	m.needs(lang)
}

type taker struct {
	f    mermaid.Flow
	d    Definition
	left []Left
	at   map[string]int // step of each node
	out  map[string][]mermaid.Edge
	in   map[string][]mermaid.Edge
	any  map[string]bool
	only map[string][]string // conditions of nodes, in words
	asks map[string]string   // decision → ID of its field

	// What else is known of nodes: IDs that their steps had, what is written of them, and
	// who does them.
	prefer, docs, lanes map[string]string
}

func (m *taker) leave(text, why string) {
	if len(m.left) < maxErrors*2 {
		m.left = append(m.left, Left{Text: text, Why: why})
	}
}

// edges keeps the arrows that close no circle, each once.
func (m *taker) edges() {
	node := map[string]int{}
	for i, n := range m.f.Nodes {
		node[n.ID] = i
	}
	next := make([][]int, len(m.f.Nodes))
	seen := map[[2]string]bool{}
	for _, e := range m.f.Edges {
		text := m.f.Nodes[node[e.From]].Text + " → " + m.f.Nodes[node[e.To]].Text
		switch {
		case e.From == e.To:
			m.leave(text, LeftItself)
			continue
		case seen[[2]string{e.From, e.To}]:
			continue
		case leads(next, node[e.To], node[e.From]):
			m.leave(text, LeftCircle)
			continue
		}
		seen[[2]string{e.From, e.To}] = true
		next[node[e.From]] = append(next[node[e.From]], node[e.To])
		m.out[e.From], m.in[e.To] = append(m.out[e.From], e), append(m.in[e.To], e)
	}
}

func leads(next [][]int, from, to int) bool {
	seen := map[int]bool{}
	for todo := []int{from}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == to {
			return true
		}
		if !seen[at] {
			seen[at] = true
			todo = append(todo, next[at]...)
		}
	}
	return false
}

// marks reports whether a node says only where it begins or ends, or how lines come
// together, and is no work.
func (m *taker) marks(n mermaid.Node) bool {
	in, out := len(m.in[n.ID]), len(m.out[n.ID])
	if n.Shape == mermaid.Circle && (in == 0) != (out == 0) {
		return true
	}
	return m.joins(n) || m.decides(n)
}

// joins reports whether a node says that any one of what leads to it is enough, and
// decides whether it is the condition of the one step behind it: as our own diagrams
// are written.
func (m *taker) joins(n mermaid.Node) bool {
	return n.Shape == mermaid.Hexagon && strings.HasPrefix(n.ID, "any_") && len(m.out[n.ID]) == 1 && len(m.in[n.ID]) > 0
}

func (m *taker) decides(n mermaid.Node) bool {
	return n.Shape == mermaid.Rhombus && strings.HasPrefix(n.ID, "if_") && len(m.out[n.ID]) == 1 && m.out[n.ID][0].Text == ""
}

// steps makes a step of each node that is work, and sections of the subgraphs.
func (m *taker) steps() {
	taken, groups := names{}, map[string]string{}
	for i, g := range m.f.Groups {
		if len(m.d.Sections) >= MaxSections {
			m.leave(g.Title, string(mermaid.TooMuch))
			continue
		}
		title := m.line(g.Title, MaxName)
		if title == "" {
			continue
		}
		groups[g.ID] = taken.id(title, "section", i)
		m.d.Sections = append(m.d.Sections, Section{ID: groups[g.ID], Name: title})
	}
	taken = names{}
	for i, n := range m.f.Nodes {
		if m.marks(n) {
			continue
		}
		if len(m.d.Steps) >= MaxSteps {
			m.leave(n.Text, string(mermaid.TooMuch))
			continue
		}
		title := m.line(n.Text, MaxTitle)
		if title == "" {
			title = "…"
		}
		m.at[n.ID] = len(m.d.Steps)
		id := m.prefer[n.ID]
		if validID.MatchString(id) && !Reserved(id) && !taken[id] {
			taken[id] = true
		} else {
			id = taken.id(title, "step", i)
		}
		m.d.Steps = append(m.d.Steps, Step{ID: id, Title: title, Section: groups[n.Group], Role: m.role(m.lanes[n.ID]), Description: clearOf(m.docs[n.ID], MaxDescription), Join: flow.All})
	}
	used := map[string]bool{}
	for _, s := range m.d.Steps {
		used[s.Section] = true
	}
	m.d.Sections = slices.DeleteFunc(m.d.Sections, func(s Section) bool { return !used[s.ID] })
}

// role is that of a name; it is made when it is first met.
func (m *taker) role(name string) string {
	name = fit(name, MaxName)
	if name == "" {
		return ""
	}
	taken := names{}
	for _, r := range m.d.Roles {
		if r.Name == name {
			return r.ID
		}
		taken[r.ID] = true
	}
	if len(m.d.Roles) >= MaxRoles {
		m.leave(name, string(mermaid.TooMuch))
		return ""
	}
	id := taken.id(name, "role", len(m.d.Roles))
	m.d.Roles = append(m.d.Roles, Role{ID: id, Name: name, Who: Asked})
	return id
}

func (m *taker) line(text string, most int) string {
	is := fit(text, most)
	if len([]rune(text)) > most {
		m.leave(text, LeftShortened)
	}
	return is
}

// needs makes arrows into what steps wait for, and decisions into conditions.
func (m *taker) needs(lang string) {
	m.ask(lang)
	for _, n := range m.f.Nodes {
		i, is := m.at[n.ID]
		if !is {
			continue
		}
		s := &m.d.Steps[i]
		for _, e := range m.before(n.ID) {
			from, is := m.at[e.From]
			if !is || slices.ContainsFunc(s.Needs, func(x Need) bool { return x.Step == m.d.Steps[from].ID }) {
				continue
			}
			if len(s.Needs) >= MaxNeeds {
				m.leave(m.d.Steps[from].Title+" → "+s.Title, string(mermaid.TooMuch))
				continue
			}
			need := Requires(m.d.Steps[from].ID)
			if _, asked := m.asks[e.From]; !asked && e.Text != "" {
				lag, ok := ParseLag(strings.TrimSpace(strings.TrimPrefix(e.Text, "+")))
				if ok && lag.Amount > 0 {
					need.Lag = lag
				} else {
					m.leave(e.Text, string(mermaid.NotUnderstood))
				}
			}
			s.Needs = append(s.Needs, need)
		}
		if m.any[n.ID] && len(s.Needs) > 0 {
			s.Join = flow.Any
		}
	}
	m.conditions()
}

// before are the arrows to a node, past marks of how many of them are enough and on
// what condition.
func (m *taker) before(id string) (all []mermaid.Edge) {
	for _, e := range m.in[id] {
		i := slices.IndexFunc(m.f.Nodes, func(n mermaid.Node) bool { return n.ID == e.From })
		if n := m.f.Nodes[i]; m.joins(n) || m.decides(n) {
			before := m.before(n.ID)
			if m.joins(n) || m.any[n.ID] {
				m.any[id] = true
			}
			if m.decides(n) && !slices.Contains(m.only[id], n.Text) {
				m.only[id] = append(m.only[id], n.Text)
			}
			all = append(all, before...)
			continue
		}
		all = append(all, e)
	}
	return all
}

// ask gives each decision the question which way it goes.
func (m *taker) ask(lang string) {
	m.asks = map[string]string{}
	id := "answer"
	if lang == "es" {
		id = "respuesta"
	}
	for _, n := range m.f.Nodes {
		i, is := m.at[n.ID]
		if !is || n.Shape != mermaid.Rhombus {
			continue
		}
		var options []string
		for _, e := range m.out[n.ID] {
			if text := fit(e.Text, MaxName); text != "" && !slices.Contains(options, text) && len(options) < MaxOptions {
				options = append(options, text)
			}
		}
		if len(options) == 0 {
			continue
		}
		m.asks[n.ID] = id
		m.d.Steps[i].Fields = []Field{{ID: id, Label: fit(n.Text, MaxName), Type: Choice, Options: options, Required: true}}
		if m.d.Steps[i].Fields[0].Label == "" {
			m.d.Steps[i].Fields[0].Label = id
		}
	}
}

// conditions say what lies on the way of an answer, and what only follows such.
func (m *taker) conditions() {
	node := map[int]string{}
	for id, i := range m.at {
		node[i] = id
	}
	for _, i := range order(m.d) {
		s := &m.d.Steps[i]
		if only := m.only[node[i]]; len(only) > 0 {
			m.limit(s, only)
			continue
		}
		answers := map[string][]string{} // of each decision before it
		for _, e := range m.before(node[i]) {
			if field, asked := m.asks[e.From]; asked {
				if text := fit(e.Text, MaxName); text != "" {
					decision := m.d.Steps[m.at[e.From]].ID
					answers[decision] = append(answers[decision], decision+"."+field+" == "+literal(text))
				}
			}
		}
		var terms []string
		all := len(s.Needs) > 0
		for _, n := range s.Needs {
			before, _ := m.d.Step(n.Step)
			switch {
			case len(answers[n.Step]) > 0:
				terms = append(terms, answers[n.Step]...)
			case before.When != "":
				terms = append(terms, n.Step+"."+Done)
			default:
				all = false
			}
		}
		condition := strings.Join(terms, " or ")
		switch {
		case !all && len(answers) == 0, len(terms) == 0:
			continue
		case !all: // something that always comes leads here as well
			continue
		case len([]rune(condition)) > MaxCondition || 2*len(terms) > maxParts/4:
			m.leave(condition, string(mermaid.TooMuch))
			continue
		}
		if _, trouble := m.d.scope().compile(condition); trouble != nil {
			m.leave(condition, string(mermaid.NotUnderstood))
			continue
		}
		s.When = condition
	}
}

// limit takes conditions over that can be read as such; others become a part of what
// the step says.
func (m *taker) limit(s *Step, only []string) {
	if len(only) == 1 && len([]rune(only[0])) <= MaxCondition {
		if _, trouble := m.d.scope().compile(only[0]); trouble == nil {
			s.When = only[0]
			return
		}
	}
	for _, text := range only {
		m.leave(text, string(mermaid.NotUnderstood))
		s.Description = clearOf(strings.TrimSpace(s.Description+"\n\n"+text), MaxDescription)
	}
}

// literal writes a text as conditions have it.
func literal(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
