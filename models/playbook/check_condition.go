package playbook

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/expr-lang/expr/ast"

	"relevo/models/fault"
)

// maxTries is how many answers are tried for one condition; of more, nothing is said.
const maxTries = 512

// condition checks the condition of step i.
func (c *checker) condition(i int, s Step) {
	if s.When == "" {
		return
	}
	read, wrong := c.scope.compile(s.When)
	if wrong != nil {
		c.wrong("when", wrong.code, wrong.args...)
		c.findings[len(c.findings)-1].At.within = wrong.column
		return
	}
	for _, n := range namesIn(read.root) {
		step, _, isField := strings.Cut(n.name, ".")
		was := len(c.findings)
		if isField && c.scope.steps[step] == i {
			c.wrong("when", fault.LaterName, n.name, s.Title)
		} else {
			c.earlier(i, "when", n.name)
		}
		for k := was; k < len(c.findings); k++ {
			c.findings[k].At.within = n.column
		}
	}
	switch c.outcomes(read) {
	case neverHolds:
		c.wrong("when", fault.ConditionNever)
	case alwaysHolds:
		c.warn("when", fault.ConditionAlways)
	case mayHold:
	}
}

type outcome int

const (
	mayHold outcome = iota // or nobody can tell
	neverHolds
	alwaysHolds
)

// outcomes tries a condition with every answer that can make a difference.
func (c *checker) outcomes(read Condition) outcome {
	names := read.Names()
	values := make([][]string, len(names))
	tries := 1
	for i, n := range names {
		var ok bool
		if values[i], ok = c.d.cases(c.scope, n, read); !ok {
			return mayHold
		}
		tries *= len(values[i])
		if tries > maxTries {
			return mayHold
		}
	}
	holds, known := 0, Answers{}
	for try := range tries {
		rest := try
		for i, n := range names {
			known[n] = values[i][rest%len(values[i])]
			rest /= len(values[i])
		}
		if read.Decide(known) == Holds {
			holds++
		}
	}
	switch holds {
	case 0:
		return neverHolds
	case tries:
		return alwaysHolds
	}
	return mayHold
}

// Cases lists answers to a name that stand for all there are, as far as conditions tell
// them apart: between two that they compare with, one is as good as another. An empty
// answer is among them if it may be left empty. False if a condition does more with it
// than compare.
func (d Definition) Cases(name string, asking ...Condition) ([]string, bool) {
	return d.cases(d.scope(), name, asking...)
}

func (d Definition) cases(in *scope, name string, asking ...Condition) ([]string, bool) {
	f, optional := d.question(in, name)
	var all []string
	switch f.Type {
	case YesNo:
		return []string{Yes, No}, true
	case Choice:
		all = slices.Clone(f.Options)
	case Text, Number, Date, Person, URL:
		var literals []any
		for _, c := range asking {
			more, ok := compared(c.root, name)
			if !ok {
				return nil, false
			}
			literals = append(literals, more...)
		}
		all = f.around(literals)
	}
	if optional {
		all = append(all, "")
	}
	return all, len(all) > 0
}

// question finds the field of a name, and whether it may be left empty. A step may
// be skipped or cancelled, and then its fields are.
func (d Definition) question(in *scope, name string) (f Field, optional bool) {
	step, field, isField := strings.Cut(name, ".")
	if !isField {
		f, _ = d.Input(name)
		return f, !f.Required
	}
	if field == Done {
		return Field{Type: YesNo}, false
	}
	f, _ = find(d.Steps[in.steps[step]].Fields, field, Field.id)
	return f, true
}

// around lists the literals, and answers before, between and after them, as far
// as the field takes them.
func (f Field) around(literals []any) []string {
	var all []string
	keep := func(text string) {
		if answer, wrong := f.Read(text); wrong == nil && answer != "" && !slices.Contains(all, answer) {
			all = append(all, answer)
		}
	}
	keep(f.Min)
	keep(f.Max)
	for _, l := range literals {
		switch l := l.(type) {
		case float64:
			keep(strconv.FormatFloat(l, 'f', -1, 64))
			for _, n := range []float64{l - 1, l - 1e-6, l + 1e-6, l + 1} {
				keep(strconv.FormatFloat(math.Round(n*1e6)/1e6, 'f', -1, 64))
			}
		case string:
			keep(l)
			if day, ok := readDate(l); ok && f.Type == Date {
				keep(day.AddDate(0, 0, -1).Format(time.DateOnly))
				keep(day.AddDate(0, 0, 1).Format(time.DateOnly))
			} else if f.Type != Date {
				all = append(all, l+"\x00", " ") // just after it, and before all
			}
		}
	}
	if f.Type == Date {
		keep("2026-01-01")
	}
	return all
}

// compared lists the literals with which a tree compares a name; false if the name
// stands anywhere else.
func compared(n ast.Node, name string) (literals []any, ok bool) {
	is := func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IdentifierNode, *ast.MemberNode:
			return namesIn(n)[0].name == name
		}
		return false
	}
	switch x := n.(type) {
	case *ast.BinaryNode:
		switch x.Operator {
		case "==", "!=", "<", "<=", ">", ">=", "in":
			switch {
			case is(x.Left):
				return literalsIn(x.Right)
			case is(x.Right):
				return literalsIn(x.Left)
			}
		}
		return comparedIn(name, x.Left, x.Right)
	case *ast.UnaryNode:
		return comparedIn(name, x.Node)
	case *ast.ConditionalNode:
		return comparedIn(name, x.Cond, x.Exp1, x.Exp2)
	case *ast.ArrayNode:
		return comparedIn(name, x.Nodes...)
	case *ast.BuiltinNode:
		return comparedIn(name, x.Arguments...)
	}
	return nil, !is(n)
}

func comparedIn(name string, nodes ...ast.Node) (literals []any, ok bool) {
	for _, n := range nodes {
		more, ok := compared(n, name)
		if !ok {
			return nil, false
		}
		literals = append(literals, more...)
	}
	return literals, true
}

func literalsIn(n ast.Node) ([]any, bool) {
	switch x := n.(type) {
	case *ast.IntegerNode:
		return []any{float64(x.Value)}, true
	case *ast.FloatNode:
		return []any{x.Value}, true
	case *ast.StringNode:
		return []any{x.Value}, true
	case *ast.UnaryNode:
		inner, ok := literalsIn(x.Node)
		if ok && len(inner) == 1 && x.Operator == "-" {
			if v, number := inner[0].(float64); number {
				return []any{-v}, true
			}
		}
	case *ast.ArrayNode:
		var all []any
		for _, e := range x.Nodes {
			more, ok := literalsIn(e)
			if !ok {
				return nil, false
			}
			all = append(all, more...)
		}
		return all, true
	}
	return nil, false
}
