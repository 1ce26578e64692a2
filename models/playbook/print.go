package playbook

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"relevo/models/flow"
)

// Print writes a definition as YAML in its one canonical form: what Parse reads
// from it is the same definition again.
func Print(d Definition) []byte {
	p := &printer{}
	p.text("name", d.Name)
	p.text("description", d.Description)
	p.text("language", d.Lang)
	p.fields("inputs", d.Inputs)
	block(p, "roles", d.Roles, (*printer).role)
	block(p, "sections", d.Sections, func(p *printer, s Section) {
		p.text("id", s.ID)
		p.text("name", s.Name)
	})
	block(p, "steps", d.Steps, (*printer).step)
	return []byte(p.out.String())
}

// printer writes keys, each on a line that begins with indent; the first key of
// a list's entry follows its dash.
type printer struct {
	out    strings.Builder
	indent int
	dash   bool
}

func (p *printer) line(text string) {
	p.out.WriteString(strings.Repeat(" ", p.indent))
	if p.dash {
		p.out.WriteString("- ")
		p.dash = false
		p.indent += 2
	}
	p.out.WriteString(text)
	p.out.WriteByte('\n')
}

// block writes a list of mappings.
func block[T any](p *printer, key string, entries []T, write func(*printer, T)) {
	if len(entries) == 0 {
		return
	}
	top := p.indent == 0
	if top {
		p.out.WriteByte('\n')
	}
	p.line(key + ":")
	outer := p.indent
	for i, e := range entries {
		if top && key == "steps" && i > 0 {
			p.out.WriteByte('\n')
		}
		p.indent, p.dash = outer+2, true
		write(p, e)
	}
	p.indent, p.dash = outer, false
}

// text writes a key with a text, if there is one.
func (p *printer) text(key, value string) {
	if value == "" {
		return
	}
	if !strings.Contains(value, "\n") || !asLiteral(value) {
		p.line(key + ": " + quote(value))
		return
	}
	p.line(key + ": |-")
	for line := range strings.SplitSeq(value, "\n") {
		if line != "" {
			p.out.WriteString(strings.Repeat(" ", p.indent+2) + line)
		}
		p.out.WriteByte('\n')
	}
}

// yes writes a key that is true.
func (p *printer) yes(key string, value bool) {
	if value {
		p.line(key + ": true")
	}
}

// list writes short texts on one line.
func (p *printer) list(key string, values []string) {
	if len(values) > 0 {
		p.line(key + ": " + inline(values))
	}
}

func inline(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func (p *printer) fields(key string, fields []Field) { block(p, key, fields, (*printer).field) }

func (p *printer) field(f Field) {
	p.text("id", f.ID)
	p.text("label", f.Label)
	if f.Type != Text {
		p.text("type", string(f.Type))
	}
	p.yes("required", f.Required)
	p.answer("default", f, f.Default)
	p.list("options", f.Options)
	p.answer("min", f, f.Min)
	p.answer("max", f, f.Max)
	p.whole("min_length", f.MinLen)
	p.whole("max_length", f.MaxLen)
	p.text("pattern", f.Pattern)
	p.text("help", f.Help)
}

// answer writes a number as a number, and anything else as a text.
func (p *printer) answer(key string, f Field, value string) {
	if f.Type == Number && value != "" {
		p.line(key + ": " + value)
		return
	}
	p.text(key, value)
}

func (p *printer) whole(key string, n int) {
	if n > 0 {
		p.line(key + ": " + strconv.Itoa(n))
	}
}

func (p *printer) role(r Role) {
	p.text("id", r.ID)
	p.text("name", r.Name)
	switch r.Who {
	case ByName:
		p.text("who", r.Person)
	case FromInput:
		p.text("who", "input "+r.Input)
	case Asked, Manager, LeastLoaded, RoundRobin:
		p.text("who", string(r.Who))
	}
	p.list("from", r.Pool)
}

func (p *printer) step(s Step) {
	p.text("id", s.ID)
	p.text("title", s.Title)
	p.text("description", s.Description)
	p.text("section", s.Section)
	p.text("role", s.Role)
	p.needs(s)
	p.text("when", s.When)
	p.text("due", s.Due.String())
	p.text("estimate", flow.FormatEstimate(s.Estimate))
	p.text("priority", string(s.Priority))
	p.list("labels", s.Labels)
	p.checklist(s.Checklist)
	p.fields("fields", s.Fields)
	p.text("evidence", s.Evidence)
	p.approval(s.Approval)
}

func (p *printer) checklist(items []Item) {
	if len(items) == 0 {
		return
	}
	p.line("checklist:")
	outer := p.indent
	for _, item := range items {
		p.indent, p.dash = outer+2, true
		if item.Required {
			p.text("text", item.Text)
			p.yes("required", true)
		} else {
			p.line(quote(item.Text))
		}
	}
	p.indent = outer
}

func (p *printer) approval(a Approval) {
	switch {
	case len(a.By) == 0:
	case a.Join == flow.Any:
		p.line("approval: {any: " + inline(a.By) + "}")
	case len(a.By) == 1:
		p.text("approval", a.By[0])
	default:
		p.list("approval", a.By)
	}
}

// needs writes prerequisites as shortly as can be: what holds for all of them is
// said once.
func (p *printer) needs(s Step) {
	if len(s.Needs) == 0 {
		return
	}
	common := s.Needs[0]
	common.Step = ""
	steps := make([]string, len(s.Needs))
	alike := true
	for i, n := range s.Needs {
		steps[i] = n.Step
		n.Step = ""
		alike = alike && n == common
	}
	kind := flow.All
	if s.Join == flow.Any {
		kind = flow.Any
	}
	switch {
	case alike && common == Requires("") && kind == flow.All:
		p.list("needs", steps)
	case alike:
		p.line("needs: {" + string(kind) + ": " + inline(steps) + needMore(common) + "}")
	default:
		p.line("needs:")
		p.indent += 2
		p.line(string(kind) + ":")
		for _, n := range s.Needs {
			p.line("  - {step: " + quote(n.Step) + needMore(n) + "}")
		}
		p.indent -= 2
	}
}

func needMore(n Need) string {
	var more string
	if lag := FormatLag(n.Lag); lag != "" {
		more += ", lag: " + lag
	}
	if n.At == flow.InReview {
		more += ", at: review"
	}
	if n.OnCancel == flow.Hold {
		more += ", cancelled: hold"
	}
	return more
}

var (
	// plain texts mean themselves in YAML, wherever they stand.
	plain = regexp.MustCompile(`^[\pL_/(][\pL\pM\pN _/().;=<>+*&%$?!'’“”«»¿¡–—@-]*$`)
	// words that some readers of YAML take for something else than text.
	taken = regexp.MustCompile(`(?i)^(null|true|false|y|n|yes|no|on|off|nan|inf)$`)
)

// quote writes a text as a scalar on one line, in quotes where it needs them.
func quote(text string) string {
	if plain.MatchString(text) && !taken.MatchString(text) && !strings.HasSuffix(text, " ") {
		return text
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// asLiteral reports whether a text of several lines reads the same as a block.
func asLiteral(text string) bool {
	if strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\n") {
		return false
	}
	lines := strings.Split(text, "\n")
	return !slices.ContainsFunc(lines, func(line string) bool {
		return strings.HasSuffix(line, " ") || strings.HasPrefix(line, "\t") || strings.ContainsFunc(line, func(r rune) bool {
			return r != '\t' && r != ' ' && (!unicode.IsGraphic(r) || unicode.IsSpace(r))
		})
	})
}
