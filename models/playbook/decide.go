package playbook

import (
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"relevo/models/custom"
)

// Standing is what a condition says as things stand.
type Standing string

const (
	Holds     Standing = "holds"
	Falls     Standing = "falls"     // the step is skipped when its turn comes
	Undecided Standing = "undecided" // something that it asks for is not known yet
)

// Decide says whether the condition holds, given what is known. A name that is
// missing from known is not known yet; the condition is decided all the same
// where it makes no difference. One that was left empty counts as an empty text,
// as 0 or as no.
func (c Condition) Decide(known Answers) Standing {
	if c.root == nil {
		return Holds
	}
	switch is, ok := c.value(c.root, known).(bool); {
	case !ok:
		return Undecided
	case is:
		return Holds
	}
	return Falls
}

// Branching is the conditions of a definition, read once. It may be used by many
// at the same time.
type Branching struct {
	steps []branch // each after those it needs
}

type branch struct {
	step  Step
	when  Condition
	never bool // its condition cannot be read, so nobody can tell
}

// Branching reads the conditions of the definition. One that Check refuses stays
// undecided.
func (d Definition) Branching() Branching {
	scope := d.scope()
	var b Branching
	for _, i := range order(d) {
		one := branch{step: d.Steps[i]}
		if one.step.When != "" {
			var wrong *trouble
			one.when, wrong = scope.compile(one.step.When)
			one.never = wrong != nil
		}
		b.steps = append(b.steps, one)
	}
	return b
}

// Order lists the steps, each after those it needs.
func (b Branching) Order() []string {
	all := make([]string, len(b.steps))
	for i, one := range b.steps {
		all[i] = one.step.ID
	}
	return all
}

// When is a step's condition; false if it has none, or one that cannot be read.
func (b Branching) When(step string) (Condition, bool) {
	for _, one := range b.steps {
		if one.step.ID == step {
			return one.when, one.step.When != "" && !one.never
		}
	}
	return Condition{}, false
}

// Standings says of every step whether its condition holds, given what is known
// and which steps have ended: true if done, false if cancelled or skipped. The
// fields of a step that falls will never be filled in, so they count as left
// empty, and what asks for them is decided along with it.
func (b Branching) Standings(known Answers, ended map[string]bool) map[string]Standing {
	known = maps.Clone(known)
	if known == nil {
		known = Answers{}
	}
	all := make(map[string]Standing, len(b.steps))
	for _, one := range b.steps {
		s := one.step
		standing := one.when.Decide(known)
		if one.never {
			standing = Undecided
		}
		all[s.ID] = standing
		done, closed := ended[s.ID]
		switch {
		case done:
			known[s.ID+"."+Done] = Yes
			s.leaveEmpty(known, false)
		case closed || standing == Falls:
			known[s.ID+"."+Done] = No
			s.leaveEmpty(known, true)
		}
	}
	return all
}

// leaveEmpty says of the fields of a step that has ended that nobody will fill
// them in any more; those that hold something only if it was not done.
func (s Step) leaveEmpty(known Answers, all bool) {
	for _, f := range s.Fields {
		name := s.ID + "." + f.ID
		if _, filled := known[name]; all || !filled {
			known[name] = ""
		}
	}
}

// value works out a part of a condition: a float64, a string, a bool, a list of
// them, or nil if it is not known. The types have been checked.
func (c Condition) value(n ast.Node, known Answers) any {
	switch x := n.(type) {
	case *ast.IntegerNode:
		return float64(x.Value)
	case *ast.FloatNode:
		return x.Value
	case *ast.BoolNode:
		return x.Value
	case *ast.StringNode:
		return x.Value
	case *ast.IdentifierNode, *ast.MemberNode:
		return c.answer(namesIn(n)[0].name, known)
	case *ast.UnaryNode:
		return unary(x.Operator, c.value(x.Node, known))
	case *ast.BinaryNode:
		return c.binary(x, known)
	case *ast.BuiltinNode:
		return builtin(x.Name, c.value(x.Arguments[0], known))
	case *ast.ConditionalNode:
		return c.either(x, known)
	case *ast.ArrayNode:
		list := make([]any, len(x.Nodes))
		for i, e := range x.Nodes {
			list[i] = c.value(e, known)
		}
		return list
	}
	return nil
}

func (c Condition) answer(name string, known Answers) any {
	text, ok := known[name]
	if !ok {
		return nil
	}
	switch c.types[name] {
	case Number:
		return custom.Float(text)
	case YesNo:
		return text == Yes
	case Text, Date, Choice, Person, URL:
	}
	return text
}

// either takes the branch that its condition says; without that, what both say.
func (c Condition) either(x *ast.ConditionalNode, known Answers) any {
	cond, ok := c.value(x.Cond, known).(bool)
	switch {
	case ok && cond:
		return c.value(x.Exp1, known)
	case ok:
		return c.value(x.Exp2, known)
	}
	one, other := c.value(x.Exp1, known), c.value(x.Exp2, known)
	if same(one, other) == true {
		return one
	}
	return nil
}

func unary(operator string, v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case float64:
		if operator == "-" {
			return -v
		}
		return v
	}
	return nil
}

func (c Condition) binary(x *ast.BinaryNode, known Answers) any {
	left := c.value(x.Left, known)
	right := c.value(x.Right, known)
	switch x.Operator {
	case "and", "&&":
		return both(left, right, false)
	case "or", "||":
		return both(left, right, true)
	case "==":
		return same(left, right)
	case "!=":
		return unary("not", same(left, right))
	case "in":
		return among(left, right)
	}
	switch l := left.(type) {
	case float64:
		if r, ok := right.(float64); ok {
			return numbers(x.Operator, l, r)
		}
	case string:
		if r, ok := right.(string); ok {
			return texts(x.Operator, l, r)
		}
	}
	return nil
}

// both joins two truths of which decisive settles the matter, whatever the other.
func both(left, right any, decisive bool) any {
	switch {
	case left == decisive || right == decisive:
		return decisive
	case left == nil || right == nil:
		return nil
	}
	return !decisive
}

// same compares two values; lists only where every entry is known.
func same(left, right any) any {
	if left == nil || right == nil {
		return nil
	}
	l, isList := left.([]any)
	r, isToo := right.([]any)
	if !isList || !isToo {
		return !isList && !isToo && left == right
	}
	if len(l) != len(r) {
		return false
	}
	var all any = true
	for i := range l {
		all = both(all, same(l[i], r[i]), false)
	}
	return all
}

func among(v, list any) any {
	entries, ok := list.([]any)
	if !ok {
		return nil
	}
	var found any = false
	for _, e := range entries {
		found = both(found, same(v, e), true)
	}
	return found
}

func numbers(operator string, l, r float64) any {
	switch operator {
	case "<":
		return l < r
	case "<=":
		return l <= r
	case ">":
		return l > r
	case ">=":
		return l >= r
	case "+":
		return l + r
	case "-":
		return l - r
	case "*":
		return l * r
	case "/":
		return l / r
	}
	return nil
}

func texts(operator, l, r string) any {
	switch operator {
	case "<":
		return l < r
	case "<=":
		return l <= r
	case ">":
		return l > r
	case ">=":
		return l >= r
	case "+":
		return l + r
	case "contains":
		return strings.Contains(l, r)
	case "startsWith":
		return strings.HasPrefix(l, r)
	case "endsWith":
		return strings.HasSuffix(l, r)
	}
	return nil
}

func builtin(name string, v any) any {
	switch v := v.(type) {
	case []any:
		return float64(len(v))
	case string:
		switch name {
		case "len":
			return float64(utf8.RuneCountInString(v))
		case "lower":
			return strings.ToLower(v)
		case "upper":
			return strings.ToUpper(v)
		case "trim":
			return strings.TrimSpace(v)
		}
	}
	return nil
}

func itoa(i int) string { return strconv.Itoa(i) }
