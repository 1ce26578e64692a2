package playbook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
)

// shaper looks at each part of a definition by itself.
type shaper struct {
	findings []Finding
	at       Where
}

// shape finds what is wrong with the parts of a definition by themselves: texts
// too long, IDs that are none, bounds the wrong way round. A definition without
// such faults is printed and read again without loss.
func shape(d Definition) []Finding {
	s := &shaper{}
	s.line("name", d.Name, MaxName, true)
	s.text("description", d.Description, MaxDescription)
	if d.Lang != "" && d.Lang != "en" && d.Lang != "es" {
		s.wrong("language", fault.NotOneOf, clip(d.Lang), "en, es")
	}
	s.most("inputs", len(d.Inputs), MaxInputs)
	s.most("roles", len(d.Roles), MaxRoles)
	s.most("sections", len(d.Sections), MaxSections)
	s.most("steps", len(d.Steps), MaxSteps)
	if len(d.Steps) == 0 {
		s.wrong("steps", fault.NoSteps)
	}
	for i, f := range d.Inputs {
		s.at = Where{In: InInput, ID: f.ID, Index: i}
		s.field(f, "")
		s.id(f.ID, "id", true)
	}
	for i, r := range d.Roles {
		s.at = Where{In: InRole, ID: r.ID, Index: i}
		s.role(r)
	}
	for i, sec := range d.Sections {
		s.at = Where{In: InSection, ID: sec.ID, Index: i}
		s.id(sec.ID, "id", false)
		s.line("name", sec.Name, MaxName, true)
	}
	for i, step := range d.Steps {
		s.at = Where{In: InStep, ID: step.ID, Index: i}
		s.step(step)
	}
	return s.findings
}

func (s *shaper) wrong(field string, code fault.Code, args ...any) {
	at := s.at
	at.Field = field
	s.findings = append(s.findings, Finding{Severity: Error, Code: code, Args: args, At: at})
}

func (s *shaper) most(field string, n, most int) {
	if n > most {
		s.wrong(field, fault.TooManyOf, most)
	}
}

// id checks an ID; those that conditions name must mean nothing else there.
func (s *shaper) id(id, field string, named bool) {
	switch {
	case id == "":
		s.wrong(field, fault.Needed)
	case !validID.MatchString(id):
		s.wrong(field, fault.BadID, clip(id), MaxID)
	case named && Reserved(id):
		s.wrong(field, fault.ReservedID, id)
	}
}

// ref checks an ID that names something else; whether that is there is not its matter.
func (s *shaper) ref(field, id string) {
	if id != "" && !validID.MatchString(id) {
		s.wrong(field, fault.BadID, clip(id), MaxID)
	}
}

// line checks a text of one line.
func (s *shaper) line(field, text string, most int, needed bool) {
	switch {
	case text == "":
		if needed {
			s.wrong(field, fault.Needed)
		}
	case strings.Contains(text, "\n"):
		s.wrong(field, fault.OneLine)
	default:
		s.text(field, text, most)
	}
}

func (s *shaper) text(field, text string, most int) {
	switch {
	case utf8.RuneCountInString(text) > most:
		s.wrong(field, fault.TooLong, most)
	case !tidy(text):
		s.wrong(field, fault.TextUntidy)
	}
}

// tidy reports whether a text is as Tidy makes it and shows all that is in it.
func tidy(text string) bool {
	hidden := func(r rune) bool {
		return r != '\n' && r != '\t' && unicode.IsControl(r) || r == '\ufeff' || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
	}
	return utf8.ValidString(text) && Tidy(text) == text && !strings.ContainsFunc(text, hidden)
}

func (s *shaper) role(r Role) {
	s.id(r.ID, "id", false)
	s.line("name", r.Name, MaxName, true)
	switch r.Who {
	case ByName:
		s.email("who", r.Person)
	case FromInput:
		s.id(r.Input, "who", true)
	case Asked, Manager, LeastLoaded, RoundRobin:
	default:
		s.wrong("who", fault.BadWho, clip(string(r.Who)))
	}
	if len(r.Pool) > 0 && r.Who != LeastLoaded && r.Who != RoundRobin {
		s.wrong("from", fault.PoolUseless)
	}
	s.most("from", len(r.Pool), MaxPool)
	for i, email := range r.Pool {
		s.email(nth("from", i), email)
	}
}

func (s *shaper) email(field, text string) {
	if !isEmail(text) {
		s.wrong(field, fault.NotAnEmail)
	}
}

// field checks an input, or a field of a step that is at path.
func (s *shaper) field(f Field, path string) {
	at := func(key string) string { return join(path, key) }
	s.line(at("label"), f.Label, MaxName, true)
	s.text(at("help"), f.Help, MaxHelp)
	if !slices.Contains(Types, f.Type) {
		s.wrong(at("type"), fault.NotOneOf, clip(string(f.Type)), joined(Types))
		return
	}
	s.onlyFor(at("options"), len(f.Options) > 0, f, Choice)
	s.onlyFor(at("min"), f.Min != "", f, Number, Date)
	s.onlyFor(at("max"), f.Max != "", f, Number, Date)
	s.onlyFor(at("min_length"), f.MinLen != 0, f, Text)
	s.onlyFor(at("max_length"), f.MaxLen != 0, f, Text)
	s.onlyFor(at("pattern"), f.Pattern != "", f, Text)
	s.options(f, at("options"))
	s.bounds(f, at)
	if f.Default != "" {
		if answer, wrong := f.Read(f.Default); wrong != nil || answer != f.Default || f.Type == Person && !isEmail(f.Default) {
			s.wrong(at("default"), fault.BadDefault)
		}
	}
}

// onlyFor refuses a key that means nothing for a field's type.
func (s *shaper) onlyFor(field string, given bool, f Field, types ...Type) {
	if given && !slices.Contains(types, f.Type) {
		key := field[strings.LastIndexByte(field, '.')+1:]
		s.wrong(field, fault.OnlyFor, key, joined(types))
	}
}

func (s *shaper) options(f Field, path string) {
	if f.Type != Choice {
		return
	}
	if len(f.Options) == 0 {
		s.wrong(path, fault.NoOptions)
	}
	s.most(path, len(f.Options), MaxOptions)
	for i, o := range f.Options {
		s.line(nth(path, i), o, MaxName, true)
		if slices.Index(f.Options, o) < i {
			s.wrong(nth(path, i), fault.IDTwice, clip(o))
		}
	}
}

func (s *shaper) bounds(f Field, at func(string) string) {
	unbounded := Field{Type: f.Type}
	for key, bound := range map[string]string{"min": f.Min, "max": f.Max} {
		if answer, wrong := unbounded.Read(bound); wrong != nil || answer != bound {
			code := fault.NotANumber
			if f.Type == Date {
				code = fault.NotADate
			}
			s.wrong(at(key), code)
			return
		}
	}
	both := f.Min != "" && f.Max != ""
	switch {
	case both && f.Type == Number && custom.Float(f.Min) > custom.Float(f.Max), both && f.Type == Date && f.Min > f.Max:
		s.wrong(at("max"), fault.MinAboveMax)
	case f.MinLen < 0 || f.MinLen > MaxAnswer:
		s.wrong(at("min_length"), fault.WantWhole, MaxAnswer)
	case f.MaxLen < 0 || f.MaxLen > MaxAnswer:
		s.wrong(at("max_length"), fault.WantWhole, MaxAnswer)
	case f.MaxLen > 0 && f.MinLen > f.MaxLen:
		s.wrong(at("max_length"), fault.MinAboveMax)
	}
	s.line(at("pattern"), f.Pattern, MaxTitle, false)
	if _, err := wholly(f.Pattern); err != nil {
		s.wrong(at("pattern"), fault.BadPattern, err.Error())
	}
}

func (s *shaper) step(step Step) {
	s.id(step.ID, "id", true)
	s.line("title", step.Title, MaxTitle, true)
	s.text("description", step.Description, MaxDescription)
	s.ref("section", step.Section)
	s.ref("role", step.Role)
	s.due(step.Due)
	if step.Estimate < 0 || step.Estimate > flow.MaxEstimate {
		s.wrong("estimate", fault.NotAnEstimate)
	}
	if !slices.Contains(Priorities, step.Priority) {
		s.wrong("priority", fault.NotOneOf, clip(string(step.Priority)), joined(Priorities[1:]))
	}
	s.most("labels", len(step.Labels), MaxLabels)
	for i, l := range step.Labels {
		s.line(nth("labels", i), l, MaxLabel, true)
		if slices.Index(step.Labels, l) < i {
			s.wrong(nth("labels", i), fault.IDTwice, clip(l))
		}
	}
	s.most("checklist", len(step.Checklist), MaxItems)
	for i, item := range step.Checklist {
		s.line(nth("checklist", i), item.Text, MaxTitle, true)
	}
	s.most("fields", len(step.Fields), MaxFields)
	for i, f := range step.Fields {
		s.field(f, nth("fields", i))
		s.id(f.ID, nth("fields", i)+".id", false)
		if f.ID == Done {
			s.wrong(nth("fields", i)+".id", fault.ReservedID, f.ID)
		}
		if slices.IndexFunc(step.Fields, func(g Field) bool { return g.ID == f.ID }) < i {
			s.wrong(nth("fields", i)+".id", fault.IDTwice, clip(f.ID))
		}
	}
	s.line("evidence", step.Evidence, MaxTitle, false)
	s.approval(step.Approval)
	s.needs(step)
	s.line("when", step.When, MaxCondition, false)
}

func (s *shaper) due(d Due) {
	switch d.From {
	case Never:
		if d != (Due{}) {
			s.wrong("due", fault.BadDue, "")
		}
		return
	case Start, End, Needed:
		if d.Input != "" {
			s.wrong("due", fault.BadDue, clip(d.Input))
		}
	case AnInput:
		s.id(d.Input, "due", true)
	default:
		s.wrong("due", fault.BadDue, clip(string(d.From)))
	}
	switch {
	case d.Unit != flow.Days && (d.Unit != flow.WorkingDays || d.Amount == 0):
		s.wrong("due", fault.BadDue, d.String())
	case d.Amount > MaxDue || d.Amount < -MaxDue:
		s.wrong("due", fault.DueTooFar, MaxDue)
	case d.From == Needed && d.Amount < 0:
		s.wrong("due", fault.BadDue, d.String()) // nobody is done before it can begin
	}
}

func (s *shaper) approval(a Approval) {
	s.most("approval", len(a.By), MaxApprovers)
	if len(a.By) == 0 && a.Join != "" || len(a.By) > 0 && a.Join != flow.All && a.Join != flow.Any {
		s.wrong("approval", fault.AllOrAny)
	}
	for i, by := range a.By {
		field := nth("approval", i)
		if strings.Contains(by, "@") {
			s.email(field, by)
		} else {
			s.id(by, field, false)
		}
		if slices.Index(a.By, by) < i {
			s.wrong(field, fault.IDTwice, clip(by))
		}
	}
}

func (s *shaper) needs(step Step) {
	s.most("needs", len(step.Needs), MaxNeeds)
	if step.Join != flow.All && (step.Join != flow.Any || len(step.Needs) == 0) {
		s.wrong("needs", fault.AllOrAny)
	}
	for i, n := range step.Needs {
		field := nth("needs", i)
		s.id(n.Step, field, true)
		if lag, ok := ParseLag(FormatLag(n.Lag)); n.Lag != (flow.Lag{}) && (!ok || lag != n.Lag) {
			s.wrong(field, fault.BadLag, FormatLag(n.Lag))
		}
		if n.At != flow.Done && n.At != flow.InReview {
			s.wrong(field, fault.NotOneOf, clip(string(n.At)), "done, review")
		}
		if n.OnCancel != flow.Skip && n.OnCancel != flow.Hold {
			s.wrong(field, fault.NotOneOf, clip(string(n.OnCancel)), "skip, hold")
		}
	}
}

func nth(path string, i int) string { return join(path, itoa(i)) }
