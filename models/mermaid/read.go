package mermaid

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Note is something that was not taken over.
type Note struct {
	Line int // from 1
	Text string
	Why  Why
}

// Why says why something was not taken over.
type Why string

const (
	NotUnderstood Why = "not understood" // it is none of what is read here
	Looks         Why = "looks"          // it says how something looks
	NotAFlow      Why = "not a flow"     // the text does not begin as a flowchart does
	TooMuch       Why = "too much"       // there is more than is read
	Unclosed      Why = "unclosed"       // a subgraph does not end
)

// Read reads a flowchart, and tells what it left out. A text that is none at all has
// no nodes.
func Read(text []byte) (Flow, []Note) {
	r := &reader{at: map[string]int{}, groups: map[string]bool{}}
	if len(text) > MaxBytes || !utf8.Valid(text) {
		r.note("", TooMuch)
		return r.flow, r.notes
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	lines = r.front(lines)
	for i, line := range lines {
		r.line = i + 1
		for _, statement := range statements(line) {
			r.statement(statement)
		}
	}
	switch {
	case !r.begun && (r.line > 1 || strings.TrimSpace(string(text)) != "") && len(r.notes) == 0:
		r.note("", NotAFlow)
	case len(r.open) > 0:
		r.note("", Unclosed)
	}
	return r.flow, r.notes
}

type reader struct {
	flow   Flow
	notes  []Note
	line   int
	begun  bool
	over   bool
	at     map[string]int // of nodes
	groups map[string]bool
	open   []string // subgraphs
}

func (r *reader) note(text string, why Why) {
	if len(r.notes) < maxNotes {
		r.notes = append(r.notes, Note{max(1, r.line), text, why})
	}
}

// front reads what stands between lines of dashes at the top, and empties it.
func (r *reader) front(lines []string) []string {
	first := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) != "" })
	if first < 0 || strings.TrimSpace(lines[first]) != "---" {
		return lines
	}
	end := slices.IndexFunc(lines[first+1:], func(l string) bool { return strings.TrimSpace(l) == "---" })
	if end < 0 {
		return lines
	}
	for _, l := range lines[first+1 : first+1+end] {
		if key, value, is := strings.Cut(l, ":"); is && strings.TrimSpace(key) == "title" {
			r.flow.Title = plain(value)
		}
	}
	return append(make([]string, first+end+2), lines[first+end+2:]...)
}

// statements are the parts of a line, which semicolons part where they are not
// quoted nor the end of a character's code.
func statements(line string) (all []string) {
	quote, from := false, 0
	for i, c := range line {
		switch {
		case c == '"':
			quote = !quote
		case !quote && strings.HasPrefix(line[i:], "%%"):
			return append(all, line[from:i])
		case !quote && c == ';' && !coded.MatchString(line[from:i+1]):
			all = append(all, line[from:i])
			from = i + 1
		}
	}
	return append(all, line[from:])
}

var (
	coded  = regexp.MustCompile(`#\w{1,8};$`)
	header = regexp.MustCompile(`^(flowchart|graph|flowchart-elk)(\s+(TB|TD|BT|RL|LR))?\s*$`)
	looks  = regexp.MustCompile(`^(style|classDef|class|linkStyle|click|direction|accTitle|accDescr)\b`)
	group  = regexp.MustCompile(`^subgraph\s+(.*)$`)
	named  = regexp.MustCompile(`^([\pL\pN_.-]+)\s*\[(.*)\]$`)
	// ids end before what begins an arrow.
	idStart   = regexp.MustCompile(`^[\pL\pN_]+(?:[.-][\pL\pN_]+)*`)
	class     = regexp.MustCompile(`^:::[\w-]+`)
	arrow     = regexp.MustCompile(`^<?(?:(-{2,})(>|x\b|o\b|-)?|(={2,})(>|x\b|o\b|=)?|-(\.+)-(>|x\b|o\b)?)`)
	invisible = regexp.MustCompile(`^~{3,}`)
	// arrows with a text inside: what they begin with, and what ends them.
	texted = []struct{ begin, end *regexp.Regexp }{
		{regexp.MustCompile(`^<?--\s*([^->|=\s])`), regexp.MustCompile(`\s*-{2,}[>xo-]?`)},
		{regexp.MustCompile(`^<?==\s*([^=>|\s])`), regexp.MustCompile(`\s*={2,}[>xo=]?`)},
		{regexp.MustCompile(`^<?-\.\s*([^.>|\s-])`), regexp.MustCompile(`\s*\.+-[>xo]?`)},
	}
	tag = regexp.MustCompile(`<[^<>]*>`)
)

func (r *reader) statement(s string) {
	s = strings.TrimSpace(s)
	switch {
	case s == "" || r.over:
	case !r.begun:
		if r.begun = header.MatchString(s); !r.begun {
			if len(r.notes) == 0 {
				r.note(s, NotAFlow)
			}
			r.over = true
		}
	case looks.MatchString(s):
		if !strings.HasPrefix(s, "direction") {
			r.note(s, Looks)
		}
	case s == "end":
		if len(r.open) == 0 {
			r.note(s, NotUnderstood)
			return
		}
		r.open = r.open[:len(r.open)-1]
	case group.MatchString(s):
		r.begin(group.FindStringSubmatch(s)[1])
	case s == "subgraph":
		r.begin("subgraph")
	default:
		r.chain(s)
	}
}

// begin opens a subgraph: "id[title]", or a title alone.
func (r *reader) begin(s string) {
	id, title := s, s
	if m := named.FindStringSubmatch(s); m != nil {
		id, title = m[1], m[2]
	}
	id, title = plain(id), plain(title)
	r.open = append(r.open, id)
	if !r.groups[id] {
		r.groups[id] = true
		r.flow.Groups = append(r.flow.Groups, Group{id, title})
	}
}

// chain reads "a & b --> c -->|text| d". What was read before something that is not
// understood counts.
func (r *reader) chain(s string) {
	rest := s
	from, rest, ok := r.several(rest)
	for ok && rest != "" {
		var text string
		var drawn bool
		if text, drawn, rest, ok = link(rest); !ok {
			break
		}
		var to []string
		if to, rest, ok = r.several(rest); !ok {
			break
		}
		for _, a := range from {
			for _, b := range to {
				if drawn {
					r.edge(Edge{a, b, text})
				}
			}
		}
		from = to
	}
	if !ok {
		r.note(s, NotUnderstood)
	}
}

func (r *reader) edge(e Edge) {
	if len(r.flow.Edges) >= MaxEdges {
		r.full()
		return
	}
	r.flow.Edges = append(r.flow.Edges, e)
}

func (r *reader) full() {
	if !r.over {
		r.note("", TooMuch)
	}
	r.over = true
}

// several reads "a & b".
func (r *reader) several(s string) (ids []string, rest string, ok bool) {
	for {
		var id string
		if id, s, ok = r.node(strings.TrimSpace(s)); !ok {
			return nil, s, false
		}
		ids = append(ids, id)
		s = strings.TrimSpace(s)
		if !strings.HasPrefix(s, "&") {
			return ids, s, true
		}
		s = s[1:]
	}
}

// node reads "id", or with its shape and text.
func (r *reader) node(s string) (id, rest string, ok bool) {
	id = idStart.FindString(s)
	if id == "" {
		return "", s, false
	}
	rest = s[len(id):]
	n := Node{ID: id, Text: id}
	shaped := false
	for _, b := range brackets {
		if !strings.HasPrefix(rest, b.open) {
			continue
		}
		if text, after, closed := until(rest[len(b.open):], b.close); closed {
			n.Text, n.Shape, rest, shaped = plain(text), b.shape, after, true
			break
		}
	}
	if !shaped && rest != "" && strings.ContainsAny(rest[:1], "[({") {
		return "", s, false
	}
	rest = class.ReplaceAllString(rest, "")
	return id, rest, r.add(n, shaped)
}

// add keeps a node, or what is new about it.
func (r *reader) add(n Node, shaped bool) bool {
	if len(r.open) > 0 {
		n.Group = r.open[len(r.open)-1]
	}
	i, there := r.at[n.ID]
	if !there {
		if len(r.flow.Nodes) >= MaxNodes {
			r.full()
			return false
		}
		r.at[n.ID] = len(r.flow.Nodes)
		r.flow.Nodes = append(r.flow.Nodes, n)
		return true
	}
	is := &r.flow.Nodes[i]
	if shaped {
		is.Text, is.Shape = n.Text, n.Shape
	}
	if is.Group == "" {
		is.Group = n.Group
	}
	return true
}

// until finds the end of a shape, past what is quoted.
func until(s, end string) (text, rest string, ok bool) {
	if trimmed := strings.TrimLeft(s, " "); strings.HasPrefix(trimmed, `"`) {
		quote := strings.Index(trimmed[1:], `"`)
		if quote < 0 {
			return "", s, false
		}
		after := strings.TrimLeft(trimmed[quote+2:], " ")
		rest, ok = strings.CutPrefix(after, end)
		return trimmed[:quote+2], rest, ok
	}
	i := strings.Index(s, end)
	if i < 0 || strings.ContainsRune(s[:i], '"') {
		return "", s, false
	}
	return s[:i], s[i+len(end):], true
}

// link reads an arrow with what it says; one that is not to be seen is not drawn.
func link(s string) (text string, drawn bool, rest string, ok bool) {
	if m := invisible.FindString(s); m != "" {
		return "", false, s[len(m):], true
	}
	for _, t := range texted {
		m := t.begin.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		inner := s[m[2]:]
		if end := t.end.FindStringIndex(inner); end != nil {
			return plain(inner[:end[0]]), true, inner[end[1]:], true
		}
	}
	m := arrow.FindString(s)
	if m == "" {
		return "", false, s, false
	}
	rest = strings.TrimSpace(s[len(m):])
	if strings.HasPrefix(rest, "|") {
		if text, rest, ok = until(rest[1:], "|"); !ok {
			return "", false, s, false
		}
	}
	return plain(text), true, rest, true
}

// plain is what a text says, without its quotes, tags and codes.
func plain(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	text = tag.ReplaceAllString(strings.Trim(text, "`"), " ")
	text = code.ReplaceAllStringFunc(text, func(c string) string {
		name := c[1:]
		if name[0] >= '0' && name[0] <= '9' {
			name = "#" + name
		}
		is := html.UnescapeString("&" + name)
		if is == "&"+name {
			return c
		}
		return is
	})
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
}

var code = regexp.MustCompile(`#(?:\d{1,7}|[a-zA-Z]{1,8});`)
