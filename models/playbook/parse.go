package playbook

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Parse reads a definition from YAML. The findings are all that keeps text from
// being one; where there are any, the definition is what could be read of it.
// Whether its parts fit together is Check's to say.
func Parse(text []byte) (Definition, []Finding) {
	d, places, findings := parse(text)
	if len(findings) == 0 {
		findings = places.locate(shape(d))
	}
	return d, inOrder(findings)
}

// Review reads a definition from YAML and checks it as Check does; every finding
// has its line and column.
func Review(text []byte) (Definition, []Finding) {
	d, places, findings := parse(text)
	if len(findings) == 0 {
		findings = places.locate(Check(d))
	}
	return d, inOrder(findings)
}

// Locate tells findings about the definition that a text holds where in it they are,
// and sorts them by that.
func Locate(text []byte, findings []Finding) []Finding {
	_, places, _ := parse(text)
	return inOrder(places.locate(findings))
}

// locate tells findings where in the text they are.
func (p places) locate(findings []Finding) []Finding {
	for i := range findings {
		at := p.of(findings[i].At)
		if at.straight {
			at.column += findings[i].At.within
			if at.quoted && findings[i].At.within > 0 {
				at.column++
			}
		}
		findings[i].At.Line, findings[i].At.Column = max(1, at.line), max(1, at.column)
	}
	return findings
}

func parse(text []byte) (Definition, places, []Finding) {
	r := &reader{places: places{}, anchors: map[string]ast.Node{}}
	var d Definition
	if root := r.open(text); root != nil {
		r.definition(root, &d)
	}
	return d, r.places, r.findings
}

func (r *reader) definition(n ast.Node, d *Definition) {
	r.place("", n)
	r.mapping(n, "", keys{
		"name":        func(v ast.Node) { r.text(v, &d.Name) },
		"description": func(v ast.Node) { r.text(v, &d.Description) },
		"language":    func(v ast.Node) { r.text(v, &d.Lang) },
		"inputs":      func(v ast.Node) { d.Inputs = r.fields(v, "inputs", MaxInputs) },
		"roles": func(v ast.Node) {
			r.list(v, "roles", MaxRoles, func(_ int, path string, n ast.Node) { d.Roles = append(d.Roles, r.role(n, path)) })
		},
		"sections": func(v ast.Node) {
			r.list(v, "sections", MaxSections, func(_ int, path string, n ast.Node) {
				var s Section
				r.mapping(n, path, keys{"id": func(v ast.Node) { r.text(v, &s.ID) }, "name": func(v ast.Node) { r.text(v, &s.Name) }})
				d.Sections = append(d.Sections, s)
			})
		},
		"steps": func(v ast.Node) {
			r.list(v, "steps", MaxSteps, func(_ int, path string, n ast.Node) { d.Steps = append(d.Steps, r.step(n, path)) })
		},
	})
}

func (r *reader) role(n ast.Node, path string) Role {
	role := Role{Who: Asked}
	r.mapping(n, path, keys{
		"id":   func(v ast.Node) { r.text(v, &role.ID) },
		"name": func(v ast.Node) { r.text(v, &role.Name) },
		"who":  func(v ast.Node) { r.who(v, &role) },
		"from": func(v ast.Node) { r.texts(v, join(path, "from"), MaxPool, &role.Pool) },
	})
	return role
}

// who reads "ask", "manager", "least loaded", "round robin", "input buddy" or an
// e-mail address.
func (r *reader) who(n ast.Node, role *Role) {
	var text string
	if !r.text(n, &text) {
		return
	}
	switch who := Who(strings.Join(strings.Fields(text), " ")); {
	case who == Asked || who == Manager || who == LeastLoaded || who == RoundRobin:
		role.Who = who
	case strings.HasPrefix(string(who), "input "):
		role.Who, role.Input = FromInput, strings.TrimPrefix(string(who), "input ")
	case strings.Contains(text, "@"):
		role.Who, role.Person = ByName, text
	default:
		r.wrong(n, fault.BadWho, clip(text))
	}
}

func (r *reader) fields(n ast.Node, path string, most int) (fields []Field) {
	r.list(n, path, most, func(_ int, path string, n ast.Node) { fields = append(fields, r.field(n, path)) })
	return fields
}

func (r *reader) field(n ast.Node, path string) Field {
	f := Field{Type: Text}
	r.mapping(n, path, keys{
		"id":         func(v ast.Node) { r.text(v, &f.ID) },
		"label":      func(v ast.Node) { r.text(v, &f.Label) },
		"help":       func(v ast.Node) { r.text(v, &f.Help) },
		"type":       func(v ast.Node) { r.kind(v, &f.Type) },
		"required":   func(v ast.Node) { r.yes(v, &f.Required) },
		"default":    func(v ast.Node) { r.scalar(v, &f.Default) },
		"options":    func(v ast.Node) { r.texts(v, join(path, "options"), MaxOptions, &f.Options) },
		"min":        func(v ast.Node) { r.scalar(v, &f.Min) },
		"max":        func(v ast.Node) { r.scalar(v, &f.Max) },
		"min_length": func(v ast.Node) { r.whole(v, MaxAnswer, &f.MinLen) },
		"max_length": func(v ast.Node) { r.whole(v, MaxAnswer, &f.MaxLen) },
		"pattern":    func(v ast.Node) { r.text(v, &f.Pattern) },
	})
	if f.Type == Number {
		for _, number := range []*string{&f.Default, &f.Min, &f.Max} {
			if n, wrong := custom.Read(Number, *number); wrong == nil {
				*number = n
			}
		}
	}
	return f
}

// kind reads a type; "yes/no" is another way to write that one.
func (r *reader) kind(n ast.Node, into *Type) {
	word := *into
	oneOf(r, n, append([]Type{"yes/no"}, Types...), &word)
	if word == "yes/no" {
		word = YesNo
	}
	*into = word
}

func (r *reader) step(n ast.Node, path string) Step {
	s := Step{Join: flow.All}
	r.mapping(n, path, keys{
		"id":          func(v ast.Node) { r.text(v, &s.ID) },
		"title":       func(v ast.Node) { r.text(v, &s.Title) },
		"description": func(v ast.Node) { r.text(v, &s.Description) },
		"section":     func(v ast.Node) { r.text(v, &s.Section) },
		"role":        func(v ast.Node) { r.text(v, &s.Role) },
		"due":         func(v ast.Node) { r.due(v, &s.Due) },
		"estimate":    func(v ast.Node) { r.estimate(v, &s.Estimate) },
		"priority":    func(v ast.Node) { oneOf(r, v, Priorities[1:], &s.Priority) },
		"labels":      func(v ast.Node) { r.texts(v, join(path, "labels"), MaxLabels, &s.Labels) },
		"checklist": func(v ast.Node) {
			r.list(v, join(path, "checklist"), MaxItems, func(_ int, path string, n ast.Node) { s.Checklist = append(s.Checklist, r.item(n, path)) })
		},
		"fields":   func(v ast.Node) { s.Fields = r.fields(v, join(path, "fields"), MaxFields) },
		"evidence": func(v ast.Node) { r.text(v, &s.Evidence) },
		"approval": func(v ast.Node) { r.approval(v, join(path, "approval"), &s.Approval) },
		"needs":    func(v ast.Node) { r.needs(v, join(path, "needs"), &s) },
		"when":     func(v ast.Node) { r.text(v, &s.When) },
	})
	return s
}

func (r *reader) due(n ast.Node, into *Due) {
	var text string
	if !r.text(n, &text) {
		return
	}
	due, ok := ParseDue(text)
	if !ok {
		r.wrong(n, fault.BadDue, clip(text))
	}
	*into = due
}

func (r *reader) estimate(n ast.Node, into *int) {
	var text string
	if !r.scalar(n, &text) {
		return
	}
	minutes, ok := flow.ParseEstimate(text)
	if !ok || minutes < 1 || minutes > flow.MaxEstimate {
		r.wrong(n, fault.NotAnEstimate)
		return
	}
	*into = minutes
}

// item reads "text", or {text: …, required: true}.
func (r *reader) item(n ast.Node, path string) (item Item) {
	if !r.isMapping(n) {
		r.text(n, &item.Text)
		return item
	}
	r.mapping(n, path, keys{
		"text":     func(v ast.Node) { r.text(v, &item.Text) },
		"required": func(v ast.Node) { r.yes(v, &item.Required) },
	})
	return item
}

// approval reads "legal", [legal, sales] or {any: [legal, sales]}.
func (r *reader) approval(n ast.Node, path string, into *Approval) {
	read := func(join flow.Join, path string) func(ast.Node) {
		return func(v ast.Node) {
			into.Join = join
			if r.isList(v) {
				r.texts(v, path, MaxApprovers, &into.By)
				return
			}
			var one string
			if r.text(v, &one) {
				into.By = []string{one}
			}
		}
	}
	if !r.isMapping(n) {
		read(flow.All, path)(n)
		return
	}
	r.either(n, path, keys{"all": read(flow.All, join(path, "all")), "any": read(flow.Any, join(path, "any"))})
}

// either reads a mapping with keys of which "all" and "any" exclude one another,
// and one of which it needs.
func (r *reader) either(n ast.Node, path string, read keys) {
	given := 0
	for _, key := range []string{"all", "any"} {
		into := read[key]
		read[key] = func(v ast.Node) {
			if given++; given > 1 {
				r.wrong(v, fault.AllOrAny)
				return
			}
			into(v)
		}
	}
	r.mapping(n, path, read)
	if given == 0 {
		r.wrong(n, fault.AllOrAny)
	}
}

// needs reads "sign", [sign, laptop], or {any: [sign, laptop], lag: 2d}, where an
// entry may say more than its step.
func (r *reader) needs(n ast.Node, path string, s *Step) {
	same := Requires("") // what holds for all of them
	var list ast.Node
	var at string
	read := func(kind flow.Join) func(ast.Node) {
		return func(v ast.Node) { s.Join, list, at = kind, v, join(path, string(kind)) }
	}
	if r.isMapping(n) {
		more := r.needKeys(&same)
		more["all"], more["any"] = read(flow.All), read(flow.Any)
		r.either(n, path, more)
	} else {
		list, at = n, path
	}
	switch {
	case list == nil:
	case r.isList(list):
		r.list(list, at, MaxNeeds, func(_ int, path string, n ast.Node) { s.Needs = append(s.Needs, r.need(n, path, same)) })
	default:
		s.Needs = []Need{r.need(list, at, same)}
	}
}

func (r *reader) need(n ast.Node, path string, same Need) Need {
	if !r.isMapping(n) {
		r.text(n, &same.Step)
		return same
	}
	more := r.needKeys(&same)
	more["step"] = func(v ast.Node) { r.text(v, &same.Step) }
	r.mapping(n, path, more)
	return same
}

func (r *reader) needKeys(need *Need) keys {
	return keys{
		"lag": func(v ast.Node) {
			var text string
			if !r.text(v, &text) {
				return
			}
			lag, ok := ParseLag(text)
			if !ok {
				r.wrong(v, fault.BadLag, clip(text))
			}
			if lag.Amount > 0 {
				need.Lag = lag
			}
		},
		"at": func(v ast.Node) {
			word := "done"
			oneOf(r, v, []string{"done", "review"}, &word)
			if word == "review" {
				need.At = flow.InReview
			}
		},
		"cancelled": func(v ast.Node) { oneOf(r, v, []flow.OnCancel{flow.Skip, flow.Hold}, &need.OnCancel) },
	}
}

// oneOf reads one of some words.
func oneOf[T ~string](r *reader, n ast.Node, words []T, into *T) {
	var text string
	if !r.text(n, &text) {
		return
	}
	if slices.Contains(words, T(text)) {
		*into = T(text)
		return
	}
	r.wrong(n, fault.NotOneOf, clip(text), joined(words))
}

// joined lists words for a message.
func joined[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, ", ")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
