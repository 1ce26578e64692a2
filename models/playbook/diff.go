package playbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"relevo/models/flow"
)

// Difference is one thing that two versions of a definition have differently: a
// step, an input, a role, a section, or the definition itself.
type Difference struct {
	Is    Change
	In    Part
	ID    string // empty for the definition itself
	Name  string // its title, label or name; the newer one if both versions have it
	Moved bool   // it stands elsewhere among those that both versions have
	Edits []Edit // what is different in it, in the order of the keys; none if it was added or removed
}

// Change is what became of something.
type Change string

const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Edit is one thing in which something changed.
type Edit struct {
	Key string // as in YAML: "title", "due", "needs", "checklist", "fields.label"
	// Of is which one of several: the step that is needed, the text of the item,
	// the ID of the field, the label, who approves. Empty where there is but one.
	Of            string
	Before, After string // as in YAML; empty: it was not there, or is not any more
}

// EditKeys lists every key that an edit can have.
var EditKeys = []string{
	"name", "description", "language", "kind", "who", "from", "from.order", "title", "section", "role", "join", "needs", "needs.order", "when", "due",
	"estimate", "priority", "labels", "labels.order", "checklist", "checklist.order", "fields", "fields.order", "evidence", "approval", "approval.join", "approval.order",
	"label", "type", "required", "default", "options", "options.order", "min", "max", "min_length", "max_length", "pattern", "help",
	"fields.label", "fields.type", "fields.required", "fields.default", "fields.options", "fields.options.order", "fields.min", "fields.max",
	"fields.min_length", "fields.max_length", "fields.pattern", "fields.help",
}

// Diff lists all in which two versions of a definition differ; nothing if they
// mean the same. First comes the definition itself, then inputs, roles, sections
// and steps, each in the order of the newer version, and what was removed after
// that which stood before it.
func Diff(before, after Definition) []Difference {
	all := compare(Whole, []element{before.whole()}, []element{after.whole()})
	all = append(all, compare(InInput, elements(before.Inputs, Field.element), elements(after.Inputs, Field.element))...)
	all = append(all, compare(InRole, elements(before.Roles, Role.element), elements(after.Roles, Role.element))...)
	all = append(all, compare(InSection, elements(before.Sections, Section.element), elements(after.Sections, Section.element))...)
	return append(all, compare(InStep, elements(before.Steps, Step.element), elements(after.Steps, Step.element))...)
}

// element is a part of a definition as what is said of it.
type element struct {
	id, name string
	facts    []fact
}

// fact is one thing that is said of an element.
type fact struct{ key, of, value string }

func elements[T any](all []T, of func(T) element) []element {
	list := make([]element, len(all))
	for i, one := range all {
		list[i] = of(one)
	}
	return list
}

func (d Definition) whole() element {
	return element{name: d.Name, facts: said("name", d.Name, "description", d.Description, "language", d.Lang)}
}

func (s Section) element() element {
	return element{s.ID, s.Name, said("name", s.Name)}
}

func (r Role) element() element {
	who := string(r.Who)
	switch r.Who {
	case ByName:
		who = r.Person
	case FromInput:
		who += " " + r.Input
	case Asked, Manager, LeastLoaded, RoundRobin:
	}
	return element{r.ID, r.Name, append(said("name", r.Name, "who", who), each("from", r.Pool)...)}
}

func (f Field) element() element { return element{f.ID, f.Label, f.facts()} }

func (f Field) facts() []fact {
	facts := said("label", f.Label, "type", string(f.Type), "required", yes(f.Required), "default", f.Default, "min", f.Min, "max", f.Max,
		"min_length", positive(f.MinLen), "max_length", positive(f.MaxLen), "pattern", f.Pattern, "help", f.Help)
	return append(facts, each("options", f.Options)...)
}

func (s Step) element() element {
	facts := said("kind", string(s.Kind), "title", s.Title, "description", s.Description, "section", s.Section, "role", s.Role)
	facts = append(facts, said("join", either(s.Join))...)
	var needs, checklist, fields []fact
	for _, n := range s.Needs {
		needs = append(needs, fact{"needs", n.Step, n.terms()})
	}
	for _, item := range s.Checklist {
		value := "optional"
		if item.Required {
			value = "required"
		}
		checklist = append(checklist, fact{"checklist", item.Text, value})
	}
	for _, f := range s.Fields {
		fields = append(fields, fact{"fields", f.ID, f.Label})
	}
	facts = append(facts, inTurn("needs", needs)...)
	facts = append(facts, said("when", s.When, "due", s.Due.String(), "estimate", flow.FormatEstimate(s.Estimate), "priority", string(s.Priority))...)
	facts = append(facts, each("labels", s.Labels)...)
	facts = append(facts, inTurn("checklist", checklist)...)
	facts = append(facts, inTurn("fields", fields)...)
	for _, f := range s.Fields {
		for _, more := range f.facts() {
			if more.key != "label" { // it is what "fields" says
				of := f.ID
				if more.of != "" {
					of += " " + more.of
				}
				facts = append(facts, fact{"fields." + more.key, of, more.value})
			}
		}
	}
	facts = append(facts, said("evidence", s.Evidence)...)
	facts = append(facts, said("approval.join", either(s.Approval.Join))...)
	return element{s.ID, s.Title, append(facts, each("approval", s.Approval.By)...)}
}

// either is empty for what goes without saying: that all of them are meant.
func either(j flow.Join) string {
	if j == flow.Any {
		return string(flow.Any)
	}
	return ""
}

// terms says under what terms a step is needed: "done", or "review, 2 days, hold".
func (n Need) terms() string {
	terms := []string{"done"}
	if n.At == flow.InReview {
		terms[0] = "review"
	}
	if lag := FormatLag(n.Lag); lag != "" {
		terms = append(terms, lag)
	}
	if n.OnCancel == flow.Hold {
		terms = append(terms, string(flow.Hold))
	}
	return strings.Join(terms, ", ")
}

// said lists what is not empty of key, value, key, value.
func said(pairs ...string) (facts []fact) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" { // #nosec G602 -- they come in pairs
			facts = append(facts, fact{key: pairs[i], value: pairs[i+1]}) // #nosec G602 -- as above
		}
	}
	return facts
}

func each(key string, values []string) []fact {
	var facts []fact
	for _, v := range values {
		facts = append(facts, fact{key, v, v})
	}
	return inTurn(key, facts)
}

// inTurn adds to several facts of a key the order in which they stand, and tells
// apart those that are the same.
func inTurn(key string, facts []fact) []fact {
	seen := map[string]int{}
	var turn []string
	for i, f := range facts {
		if seen[f.of]++; seen[f.of] > 1 {
			facts[i].of = fmt.Sprintf("%s (%d)", f.of, seen[f.of])
		}
		turn = append(turn, facts[i].of)
	}
	if len(turn) < 2 {
		return facts
	}
	return append(facts, fact{key: key + orderOf, value: strings.Join(turn, "\n")})
}

// orderOf ends the key of an edit that says in which order things stand, one a line.
const orderOf = ".order"

func yes(b bool) string {
	if b {
		return Yes
	}
	return ""
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n)
}

// compare lists the differences of one part.
func compare(in Part, before, after []element) []Difference {
	was := map[string]int{}
	for i, e := range before {
		was[e.id] = i
	}
	is := map[string]bool{}
	var both []int // where those that both have stood, in the newer order
	for _, e := range after {
		is[e.id] = true
		if i, ok := was[e.id]; ok {
			both = append(both, i)
		}
	}
	stays := longestRise(both)
	var all []Difference
	next := 0 // of those before, the first that has not been told
	gone := func(until int) {
		for ; next < until; next++ {
			if e := before[next]; !is[e.id] {
				all = append(all, Difference{Is: Removed, In: in, ID: e.id, Name: e.name})
			}
		}
	}
	for _, e := range after {
		i, there := was[e.id]
		if !there {
			all = append(all, Difference{Is: Added, In: in, ID: e.id, Name: e.name})
			continue
		}
		if stays[i] {
			gone(i)
		}
		d := Difference{Is: Changed, In: in, ID: e.id, Name: e.name, Moved: !stays[i], Edits: edits(before[i].facts, e.facts)}
		if d.Moved || len(d.Edits) > 0 {
			all = append(all, d)
		}
	}
	gone(len(before))
	return all
}

// edits lists in what the facts of one element differ.
func edits(before, after []fact) []Edit {
	type name struct{ key, of string }
	was, is := map[name]string{}, map[name]bool{}
	for _, f := range before {
		was[name{f.key, f.of}] = f.value
	}
	var all []Edit
	for _, f := range after {
		n := name{f.key, f.of}
		is[n] = true
		if old := was[n]; old != f.value {
			all = append(all, Edit{f.key, f.of, old, f.value})
		}
	}
	for _, f := range before {
		if !is[name{f.key, f.of}] {
			all = append(all, Edit{Key: f.key, Of: f.of, Before: f.value})
		}
	}
	whole := map[string]bool{} // fields that came or went, and are told as one
	for _, e := range all {
		whole[e.Of] = whole[e.Of] || e.Key == "fields" && (e.Before == "" || e.After == "")
	}
	all = slices.DeleteFunc(all, func(e Edit) bool {
		field, _, _ := strings.Cut(e.Of, " ")
		return strings.HasSuffix(e.Key, orderOf) && !reordered(e) || strings.HasPrefix(e.Key, "fields.") && whole[field]
	})
	rank := map[string]int{}
	for _, f := range slices.Concat(after, before) {
		if _, known := rank[f.key]; !known {
			rank[f.key] = len(rank)
		}
	}
	slices.SortStableFunc(all, func(a, b Edit) int { return cmp.Compare(rank[a.Key], rank[b.Key]) })
	return all
}

// reordered reports whether those that both orders have stand in another order;
// that some were added or removed is told by itself.
func reordered(e Edit) bool {
	before, after := strings.Split(e.Before, "\n"), strings.Split(e.After, "\n")
	common := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !slices.Contains(other, s) })
	}
	return !slices.Equal(common(before, after), common(after, before))
}

// longestRise picks from a list of different numbers the most that rise as they
// stand: all others are those that were moved.
func longestRise(list []int) map[int]bool {
	best := make([]int, len(list)) // the length of the longest rise that ends here
	from := make([]int, len(list))
	end := -1
	for i := range list {
		best[i], from[i] = 1, -1
		for j := range i {
			if list[j] < list[i] && best[j] >= best[i] {
				best[i], from[i] = best[j]+1, j
			}
		}
		if end < 0 || best[i] > best[end] {
			end = i
		}
	}
	stays := map[int]bool{}
	for ; end >= 0; end = from[end] {
		stays[list[end]] = true
	}
	return stays
}
