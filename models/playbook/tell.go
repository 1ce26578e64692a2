package playbook

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Phrases are the words with which a condition is read out.
type Phrases struct {
	And, Or            string
	Is, IsNot, OneOf   string            // between a name and a value
	Than               map[string]string // by < <= > >=
	Has, Begins, Ends  string
	Yes, No            func(name string) string // what is answered with yes or no
	Done, NotDone      func(step string) string
	Quoted             func(text string) string
	True, False, Empty string
}

// Tell reads a condition out for people who do not write them: by the labels of what
// it asks for. One that cannot be read, or asks in a way that has no plain words,
// stays as it is.
func (d Definition) Tell(condition string, p Phrases) string {
	c, err := d.Compile(condition)
	if err != nil {
		return condition
	}
	t := teller{d: d, p: p, types: c.types}
	if text := t.truth(c.root, false); !t.lost {
		return text
	}
	return condition
}

type teller struct {
	d     Definition
	p     Phrases
	types map[string]Type
	lost  bool
}

// truth reads out what is true or not.
func (t *teller) truth(n ast.Node, not bool) string {
	switch x := n.(type) {
	case *ast.UnaryNode:
		if x.Operator == "not" || x.Operator == "!" {
			return t.truth(x.Node, !not)
		}
	case *ast.IdentifierNode, *ast.MemberNode:
		return t.answered(namesIn(n)[0].name, not)
	case *ast.BoolNode:
		if x.Value != not {
			return t.p.True
		}
		return t.p.False
	case *ast.BinaryNode:
		return t.binary(x, not)
	}
	t.lost = true
	return ""
}

func (t *teller) answered(name string, not bool) string {
	step, field, of := strings.Cut(name, ".")
	switch {
	case of && field == Done && not:
		return t.p.NotDone(t.step(step))
	case of && field == Done:
		return t.p.Done(t.step(step))
	case not:
		return t.p.No(t.name(name))
	}
	return t.p.Yes(t.name(name))
}

func (t *teller) binary(x *ast.BinaryNode, not bool) string {
	switch x.Operator {
	case "and", "&&", "or", "||":
		and := conjunction(x) != not // not (a and b) is not a or not b
		word := t.p.Or
		if and {
			word = t.p.And
		}
		return t.side(x.Left, and, not) + " " + word + " " + t.side(x.Right, and, not)
	case "==", "!=":
		return t.equal(x, not != (x.Operator == "!="))
	case "<", "<=", ">", ">=":
		operator := x.Operator
		if not {
			operator = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[operator]
		}
		return t.value(x.Left) + " " + t.p.Than[operator] + " " + t.value(x.Right)
	case "in":
		if list, ok := x.Right.(*ast.ArrayNode); ok && !not {
			all := make([]string, len(list.Nodes))
			for i, e := range list.Nodes {
				all[i] = t.value(e)
			}
			return t.value(x.Left) + " " + t.p.OneOf + " " + strings.Join(all, ", ")
		}
	case "contains", "startsWith", "endsWith":
		if !not {
			return t.value(x.Left) + " " + map[string]string{"contains": t.p.Has, "startsWith": t.p.Begins, "endsWith": t.p.Ends}[x.Operator] + " " + t.value(x.Right)
		}
	}
	t.lost = true
	return ""
}

// side reads out a part of a conjunction, in brackets where it is the other kind.
func (t *teller) side(n ast.Node, and, not bool) string {
	text := t.truth(n, not)
	if b, ok := n.(*ast.BinaryNode); ok && joins(b) && (conjunction(b) != not) != and {
		return "(" + text + ")"
	}
	return text
}

func joins(b *ast.BinaryNode) bool {
	return conjunction(b) || b.Operator == "or" || b.Operator == "||"
}

func conjunction(b *ast.BinaryNode) bool { return b.Operator == "and" || b.Operator == "&&" }

// equal reads out a comparison; one with yes or no is an answer.
func (t *teller) equal(x *ast.BinaryNode, not bool) string {
	if is, ok := x.Right.(*ast.BoolNode); ok {
		return t.truth(x.Left, not == is.Value)
	}
	word := t.p.Is
	if not {
		word = t.p.IsNot
	}
	return t.value(x.Left) + " " + word + " " + t.value(x.Right)
}

func (t *teller) value(n ast.Node) string {
	switch x := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		return t.name(namesIn(n)[0].name)
	case *ast.IntegerNode:
		return strconv.Itoa(x.Value)
	case *ast.FloatNode:
		return strconv.FormatFloat(x.Value, 'f', -1, 64)
	case *ast.StringNode:
		if x.Value == "" {
			return t.p.Empty
		}
		return t.p.Quoted(x.Value)
	case *ast.BinaryNode:
		if strings.Contains("+-*/", x.Operator) {
			return t.value(x.Left) + " " + x.Operator + " " + t.value(x.Right)
		}
	}
	t.lost = true
	return ""
}

// name is what people call an input or a field.
func (t *teller) name(name string) string {
	step, field, of := strings.Cut(name, ".")
	if !of {
		if f, there := t.d.Input(name); there && f.Label != "" {
			return f.Label
		}
		return name
	}
	s, _ := t.d.Step(step)
	for _, f := range s.Fields {
		if f.ID == field && f.Label != "" {
			return f.Label
		}
	}
	return name
}

func (t *teller) step(id string) string {
	s, _ := t.d.Step(id)
	return t.p.Quoted(placeholder.ReplaceAllString(s.Title, "…"))
}
