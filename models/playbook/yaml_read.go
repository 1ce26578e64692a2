package playbook

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"relevo/models/fault"
)

const (
	maxDepth  = 12     // a definition needs 7
	maxVisits = 50_000 // nodes read, those behind an alias each time anew
	maxErrors = 100    // of which somebody is told
	maxKeys   = 200    // of one mapping; a step has 16
)

// reader walks the tree of a YAML text. It tells all that it finds, each with its
// place, and reads on.
type reader struct {
	findings []Finding
	places   places
	anchors  map[string]ast.Node
	visits   int
	depth    int
	over     bool // a limit has been passed; nothing more is told
}

// places is where in the text the parts of a definition are, by path.
type places map[string]position

type position struct {
	line, column int
	quoted       bool
	straight     bool // the characters of its text follow on the line as they are
}

// of finds the place in the text, or that of what it is in.
func (p places) of(w Where) position {
	path := w.path()
	for {
		if at, ok := p[path]; ok || path == "" {
			return at
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
}

// path is the place by numbers alone.
func (w Where) path() string {
	var path []string
	if w.In != Whole {
		path = append(path, string(w.In), fmt.Sprint(w.Index))
	}
	if w.Field != "" {
		path = append(path, w.Field)
	}
	return strings.Join(path, ".")
}

// wrong tells an error at a node.
func (r *reader) wrong(n ast.Node, code fault.Code, args ...any) {
	line, column := 1, 1
	if t := startOf(n); t != nil && t.Position != nil {
		line, column = t.Position.Line, t.Position.Column
	}
	r.wrongAt(line, column, code, args...)
}

func (r *reader) wrongAt(line, column int, code fault.Code, args ...any) {
	if len(r.findings) < maxErrors {
		r.findings = append(r.findings, Finding{Severity: Error, Code: code, Args: args, At: Where{Line: line, Column: column}})
	}
}

// open reads the text into a tree, unless something about it is not allowed.
func (r *reader) open(text []byte) ast.Node {
	switch {
	case len(text) > MaxBytes:
		r.wrongAt(1, 1, fault.YAMLTooBig, MaxBytes>>10)
		return nil
	case !utf8.Valid(text):
		line, column := notUTF8(text)
		r.wrongAt(line, column, fault.YAMLNotUTF8)
		return nil
	}
	tokens := lexer.Tokenize(string(text))
	if !r.screen(tokens) {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.unreadable(err)
		return nil
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if _, comment := doc.Body.(*ast.CommentGroupNode); comment {
			continue
		}
		if body != nil {
			r.wrong(doc.Body, fault.YAMLNotAllowed, "documents")
			return nil
		}
		body = doc.Body
	}
	if body == nil {
		r.wrongAt(1, 1, fault.YAMLEmpty)
	}
	return body
}

// unreadable tells a syntax error in our words; what the parser says about it
// goes with it.
func (r *reader) unreadable(err error) {
	var syntax yaml.Error
	line, column, message := 1, 1, ""
	if errors.As(err, &syntax) {
		message = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			line, column = max(1, t.Position.Line), max(1, t.Position.Column)
		}
	}
	r.wrongAt(line, column, fault.YAMLUnreadable, message)
}

// screen refuses, before a tree is built, what a definition never needs and what
// nests or goes on without end: the parser calls itself for each level and for each
// key, and its work grows with the square of the keys of a mapping and of documents.
func (r *reader) screen(tokens token.Tokens) bool {
	flow, run, documents := 0, 0, 0 // brackets open; marks in a row that each open a level
	var open mappings
	for i, t := range tokens {
		at := func(code fault.Code, args ...any) { r.wrongAt(t.Position.Line, t.Position.Column, code, args...) }
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.DocumentHeaderType:
			if documents++; documents > 2 {
				at(fault.YAMLNotAllowed, "documents")
				return false
			}
		case token.SequenceEntryType, token.AnchorType, token.MappingValueType:
			if flow == 0 && open.more(tokens, i) > maxKeys {
				at(fault.TooManyOf, maxKeys)
				return false
			}
			run++
			if run > maxDepth {
				at(fault.YAMLTooDeep, maxDepth)
				return false
			}
			continue
		case token.TagType:
			at(fault.YAMLNotAllowed, "tag")
			return false
		case token.MappingKeyType:
			at(fault.YAMLNotAllowed, "question")
			return false
		case token.MergeKeyType:
			at(fault.YAMLNotAllowed, "merge")
			return false
		case token.DirectiveType:
			at(fault.YAMLNotAllowed, "directive")
			return false
		case token.InvalidType:
			at(fault.YAMLUnreadable, t.Error)
			return false
		default:
		}
		run = 0
		if flow > maxDepth {
			at(fault.YAMLTooDeep, maxDepth)
			return false
		}
	}
	return true
}

// mappings are those that are open at a place of a text, each by the column of its
// keys and how many it has.
type mappings []struct{ column, keys int }

// more goes on to the next mark, and returns how many keys its mapping has; 0 if it
// is none of a mapping.
func (m *mappings) more(tokens token.Tokens, i int) int {
	t := tokens[i]
	column := t.Position.Column
	if t.Type == token.MappingValueType && i > 0 && tokens[i-1].Position.Line == t.Position.Line {
		column = tokens[i-1].Position.Column // of the key
	}
	for n := len(*m); n > 0 && (*m)[n-1].column > column; n = len(*m) {
		*m = (*m)[:n-1]
	}
	if t.Type != token.MappingValueType {
		return 0
	}
	if n := len(*m); n == 0 || (*m)[n-1].column < column {
		*m = append(*m, struct{ column, keys int }{column: column})
	}
	last := &(*m)[len(*m)-1]
	last.keys++
	return last.keys
}

func notUTF8(text []byte) (line, column int) {
	line, column = 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			return line, column
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return line, column
}

// enter counts a node that is read, and resolves anchors and aliases. It returns
// nil if a limit is passed or nothing stands behind it; done ends the reading of it.
func (r *reader) enter(n ast.Node) (_ ast.Node, done func()) {
	r.visits++
	r.depth++
	done = func() { r.depth-- }
	for range maxDepth {
		switch {
		case r.over:
			return nil, done
		case r.visits > maxVisits:
			r.over = true
			r.wrong(n, fault.YAMLTooMuch)
			return nil, done
		case r.depth > maxDepth:
			r.over = true
			r.wrong(n, fault.YAMLTooDeep, maxDepth)
			return nil, done
		}
		switch v := n.(type) {
		case *ast.AnchorNode:
			r.anchors[v.Name.GetToken().Value] = v.Value
			n = v.Value
		case *ast.AliasNode:
			name := v.Value.GetToken().Value
			behind, ok := r.anchors[name]
			if !ok {
				r.wrong(n, fault.YAMLNoAnchor, name)
				return nil, done
			}
			n = behind
		default:
			return n, done
		}
	}
	r.over = true
	r.wrong(n, fault.YAMLTooDeep, maxDepth)
	return nil, done
}

// startOf is the token at which a node begins for a reader: a mapping's is its
// first key.
func startOf(n ast.Node) *token.Token {
	switch v := n.(type) {
	case nil:
		return nil
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return startOf(v.Values[0])
		}
		return v.Start
	case *ast.MappingValueNode:
		return v.Key.GetToken()
	case *ast.AliasNode:
		return v.Start
	case *ast.AnchorNode:
		return v.Start
	case *ast.LiteralNode:
		return v.Start
	}
	return n.GetToken()
}

// keys says what reads the value of each key of a mapping.
type keys map[string]func(ast.Node)

// mapping reads each key of a mapping that is at path.
func (r *reader) mapping(n ast.Node, path string, read keys) {
	n, done := r.enter(n)
	defer done()
	if n == nil {
		return
	}
	var pairs []*ast.MappingValueNode
	braces := false
	switch v := n.(type) {
	case *ast.MappingNode:
		pairs, braces = v.Values, v.IsFlowStyle
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{v}
	default:
		r.wrong(n, fault.WantMapping)
		return
	}
	seen := map[string]bool{}
	for _, pair := range pairs {
		key := pair.Key.GetToken().Value
		into, known := read[key]
		switch {
		case !known && braces && isNull(pair.Value):
			r.wrong(pair, fault.CommaQuotes)
			continue
		case !known:
			r.wrong(pair, fault.UnknownKey, clip(key), nearest(key, sortedKeys(read)), strings.Join(sortedKeys(read), ", "))
			continue
		case seen[key]:
			r.wrong(pair, fault.KeyTwice, key)
			continue
		}
		seen[key] = true
		r.place(join(path, key), pair.Value)
		if isNull(pair.Value) {
			r.wrong(pair, fault.EntryEmpty)
			continue
		}
		into(pair.Value)
	}
}

// list reads each entry of a sequence that is at path.
func (r *reader) list(n ast.Node, path string, most int, read func(i int, path string, n ast.Node)) {
	n, done := r.enter(n)
	defer done()
	if n == nil {
		return
	}
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		r.wrong(n, fault.WantList)
		return
	}
	for i, v := range seq.Values {
		if i == most {
			r.wrong(v, fault.TooManyOf, most)
			return
		}
		at := join(path, itoa(i))
		r.place(at, v)
		if isNull(v) {
			r.wrong(v, fault.EntryEmpty)
			continue
		}
		read(i, at, v)
	}
}

// text reads a scalar that YAML takes as text, and tidies it; false if there is none.
func (r *reader) text(n ast.Node, into *string) bool {
	is, done := r.enter(n)
	defer done()
	switch v := is.(type) {
	case nil:
		return false
	case *ast.StringNode:
		*into = Tidy(v.Value)
	case *ast.LiteralNode:
		*into = Tidy(v.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		r.wrong(n, fault.WantQuotes, is.GetToken().Value)
		return false
	default:
		r.wrong(n, fault.WantText)
		return false
	}
	if *into == "" {
		r.wrong(n, fault.EntryEmpty)
	}
	return *into != ""
}

// Tidy brings a text into the form in which a definition holds it: nothing but
// line feeds at the ends of lines, and no space around it.
func Tidy(text string) string {
	return strings.TrimSpace(lineEnds.Replace(text))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// scalar reads a text, a number or true and false, as it is written.
func (r *reader) scalar(n ast.Node, into *string) bool {
	is, done := r.enter(n)
	defer done()
	switch v := is.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		*into = v.GetToken().Value
	case *ast.BoolNode:
		*into = No
		if v.Value {
			*into = Yes
		}
	default:
		return r.text(n, into)
	}
	return true
}

// yes reads true or false, also as yes or no.
func (r *reader) yes(n ast.Node, into *bool) {
	is, done := r.enter(n)
	defer done()
	switch v := is.(type) {
	case nil:
	case *ast.BoolNode:
		*into = v.Value
		return
	case *ast.StringNode:
		if v.Value == Yes || v.Value == No {
			*into = v.Value == Yes
			return
		}
		r.wrong(n, fault.WantYesNo)
	default:
		r.wrong(n, fault.WantYesNo)
	}
}

// whole reads a whole number from 1 to most.
func (r *reader) whole(n ast.Node, most int, into *int) {
	is, done := r.enter(n)
	defer done()
	if is == nil {
		return
	}
	if v, ok := is.(*ast.IntegerNode); ok {
		if u, ok := v.Value.(uint64); ok && u >= 1 && u <= uint64(most) { // #nosec G115 -- limits are positive
			*into = int(u) // #nosec G115 -- it is at most most
			return
		}
	}
	r.wrong(n, fault.WantWhole, most)
}

// texts reads a list of texts.
func (r *reader) texts(n ast.Node, path string, most int, into *[]string) {
	r.list(n, path, most, func(_ int, _ string, v ast.Node) {
		var s string
		if r.text(v, &s) {
			*into = append(*into, s)
		}
	})
}

// isList reports whether a list stands here, or behind an alias.
func (r *reader) isList(n ast.Node) bool {
	n, done := r.enter(n)
	defer done()
	_, ok := n.(*ast.SequenceNode)
	return ok
}

func (r *reader) isMapping(n ast.Node) bool {
	n, done := r.enter(n)
	defer done()
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

func (r *reader) place(path string, n ast.Node) {
	if t := startOf(n); t != nil && t.Position != nil {
		at := position{line: t.Position.Line, column: t.Position.Column}
		switch t.Type {
		case token.StringType:
			at.straight = !strings.Contains(strings.TrimSpace(t.Origin), "\n")
		case token.SingleQuoteType, token.DoubleQuoteType:
			at.straight = !strings.ContainsAny(t.Value, `\'"`) && !strings.Contains(strings.TrimSpace(t.Origin), "\n")
			at.quoted = true
		default:
		}
		r.places[path] = at
	}
}

func isNull(n ast.Node) bool {
	_, null := n.(*ast.NullNode)
	return null || n == nil
}

func join(path, more string) string {
	if path == "" {
		return more
	}
	return path + "." + more
}

// clip keeps what a message quotes short.
func clip(s string) string {
	if utf8.RuneCountInString(s) > MaxID {
		return string([]rune(s)[:MaxID]) + "…"
	}
	return s
}
