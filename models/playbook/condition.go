package playbook

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"

	"relevo/models/fault"
)

// MaxCondition is the most characters of a condition, and maxParts the most
// names, values and operators in it.
const (
	MaxCondition = 500
	maxParts     = 100
)

// Condition is a condition that has been read. It is a truth over answers: names
// of inputs, "step.field" and "step.done", values, and, or, not, comparisons, in,
// contains, startsWith, endsWith, + - * /, len, lower, upper, trim and ?:. It
// cannot loop: its cost is bounded by its length.
type Condition struct {
	text  string
	root  ast.Node
	types map[string]Type // of the names in it
}

// Names lists what the condition asks for, each once, in the order of the text.
func (c Condition) Names() []string {
	var names []string
	for _, n := range namesIn(c.root) {
		if !slices.Contains(names, n.name) {
			names = append(names, n.name)
		}
	}
	return names
}

func (c Condition) String() string { return c.text }

// trouble is what is wrong with a condition, and at which of its characters, from 0.
type trouble struct {
	code   fault.Code
	args   []any
	column int
}

// Done is the field that every step has by itself: yes when it is done, no when it
// has been skipped or cancelled.
const Done = "done"

// scope is what conditions may name.
type scope struct {
	types map[string]Type
	env   types.Map
	steps map[string]int // step → its index
}

func (d Definition) scope() *scope {
	s := &scope{types: map[string]Type{}, env: types.Map{}, steps: map[string]int{}}
	for _, f := range d.Inputs {
		s.types[f.ID] = f.Type
		s.env[f.ID] = typeOf(f.Type)
	}
	for i, step := range d.Steps {
		s.steps[step.ID] = i
		s.types[step.ID+"."+Done] = YesNo
		fields := types.Map{Done: types.Bool}
		for _, f := range step.Fields {
			s.types[step.ID+"."+f.ID] = f.Type
			fields[f.ID] = typeOf(f.Type)
		}
		s.env[step.ID] = fields
	}
	return s
}

func typeOf(t Type) types.Type {
	switch t {
	case Number:
		return types.Float64
	case YesNo:
		return types.Bool
	case Text, Date, Choice, Person, URL:
	}
	return types.String
}

// Compile reads a condition over the inputs and fields of a definition. The fault
// has the column, from 1, as its Field.
func (d Definition) Compile(text string) (Condition, error) {
	c, wrong := d.scope().compile(text)
	if wrong != nil {
		return Condition{}, fault.On(itoa(wrong.column+1), wrong.code, wrong.args...)
	}
	return c, nil
}

func (s *scope) compile(text string) (Condition, *trouble) {
	if n := utf8.RuneCountInString(text); n > MaxCondition {
		return Condition{}, &trouble{fault.ConditionTooLong, []any{MaxCondition}, MaxCondition}
	}
	read, wrong := parseCondition(text)
	if wrong != nil {
		return Condition{}, wrong
	}
	g := &guard{scope: s, text: text}
	ast.Walk(&read, g)
	if g.wrong != nil {
		return Condition{}, g.wrong
	}
	c := Condition{text: text, root: read, types: map[string]Type{}}
	for _, n := range namesIn(read) {
		t, known := s.types[n.name]
		if !known {
			return Condition{}, &trouble{fault.UnknownName, []any{n.name, nearest(n.name, sortedKeys(s.types))}, n.column}
		}
		c.types[n.name] = t
	}
	if _, err := expr.Compile(text, append(limits, expr.Env(s.env), expr.AsBool())...); err != nil {
		return Condition{}, troubleOf(err, fault.ConditionTypes)
	}
	return c, nil
}

// limits hold for every condition. The optimizer is off, for it works out ranges
// before anybody has refused them.
var limits = []expr.Option{
	expr.MaxNodes(maxParts), expr.Optimize(false), expr.DisableIfOperator(), expr.DisableAllBuiltins(),
	expr.EnableBuiltin("len"), expr.EnableBuiltin("lower"), expr.EnableBuiltin("upper"), expr.EnableBuiltin("trim"),
}

// parseCondition builds the tree without knowing any types.
func parseCondition(text string) (ast.Node, *trouble) {
	p, err := expr.Compile(text, append(limits, expr.AllowUndefinedVariables())...)
	if err == nil {
		return p.Node(), nil
	}
	if strings.Contains(err.Error(), "exceeds maximum allowed nodes") {
		return nil, &trouble{fault.ConditionTooBig, []any{maxParts}, 0}
	}
	return nil, troubleOf(err, fault.ConditionSyntax)
}

func troubleOf(err error, code fault.Code) *trouble {
	var at *file.Error
	if !errors.As(err, &at) {
		return &trouble{code, []any{clip(err.Error())}, 0}
	}
	return &trouble{code, []any{at.Message}, at.Column}
}

// guard refuses what a condition must not do.
type guard struct {
	scope *scope
	text  string
	wrong *trouble
}

// operators that a condition may use.
var operators = []string{"==", "!=", "<", "<=", ">", ">=", "and", "&&", "or", "||", "not", "!", "in", "contains", "startsWith", "endsWith", "+", "-", "*", "/"}

func (g *guard) Visit(n *ast.Node) {
	refuse := func(what string) {
		if g.wrong == nil {
			g.wrong = &trouble{fault.ConditionForbidden, []any{what}, (*n).Location().From}
		}
	}
	switch x := (*n).(type) {
	case *ast.IdentifierNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ArrayNode, *ast.ConditionalNode:
	case *ast.UnaryNode:
		if !slices.Contains(operators, x.Operator) {
			refuse(x.Operator)
		}
	case *ast.BinaryNode:
		if !slices.Contains(operators, x.Operator) {
			refuse(x.Operator)
		}
	case *ast.MemberNode:
		_, plain := x.Node.(*ast.IdentifierNode)
		_, named := x.Property.(*ast.StringNode)
		if !plain || !named || x.Optional {
			refuse("[ ]")
		}
	case *ast.BuiltinNode:
		if !slices.Contains([]string{"len", "lower", "upper", "trim"}, x.Name) || len(x.Arguments) != 1 {
			refuse(x.Name + "()")
		}
	case *ast.CallNode:
		name := "()"
		if callee, ok := x.Callee.(*ast.IdentifierNode); ok {
			name = callee.Value + "()"
		}
		refuse(name)
	default:
		refuse(clip(x.String()))
	}
}

// name is a name in a condition.
type name struct {
	name   string
	column int
}

// namesIn lists the names in a tree that the guard has let pass.
func namesIn(n ast.Node) []name {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		return []name{{x.Value, x.Location().From}}
	case *ast.MemberNode:
		step, property := x.Node.(*ast.IdentifierNode), x.Property.(*ast.StringNode)
		return []name{{step.Value + "." + property.Value, step.Location().From}}
	case *ast.UnaryNode:
		return namesIn(x.Node)
	case *ast.BinaryNode:
		return append(namesIn(x.Left), namesIn(x.Right)...)
	case *ast.ConditionalNode:
		return slices.Concat(namesIn(x.Cond), namesIn(x.Exp1), namesIn(x.Exp2))
	case *ast.ArrayNode:
		return namesOf(x.Nodes)
	case *ast.BuiltinNode:
		return namesOf(x.Arguments)
	}
	return nil
}

func namesOf(nodes []ast.Node) (names []name) {
	for _, n := range nodes {
		names = append(names, namesIn(n)...)
	}
	return names
}
