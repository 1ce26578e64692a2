package playbook_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// Texts that YAML readers stumble over.
var odd = []string{
	"yes", "No", "null", "~", "1e3", "0x1f", "2026-03-01", "- dash", "# hash", "a: b", "a #b", "'single'", `"double"`, `back\slash`, "{brace}", "[bracket]",
	"*star", "&amp", "!bang", "|pipe", "> fold", "%percent", "@at", "`tick`", "? ask", ", comma", "=", "<<", "---", "...", "ends: ", ": starts", "tab\tin", "Ñandú ¿sí?", "日本語", "👩🏽‍💻 emoji",
	"trailing:", "a,b", "x]y", "key: |", "é\u0301", "\u00a0nbsp", "a\u0085b", "{{x}}", "off", "y", ".5", "+1", "1_000", "12:30:00", "0o17", ".inf", "-.INF", "NaN",
}

func word(t *rapid.T, label string) string {
	return rapid.StringMatching(`[a-zA-ZñáÉ0-9_.,:;#!?'"{}\[\]&*<>|%@\\/ -]{1,30}`).Draw(t, label)
}

// drawLine draws a text of one line as a definition may hold it.
func drawLine(t *rapid.T, label string, most int) string {
	var s string
	switch rapid.IntRange(0, 4).Draw(t, label+" kind") {
	case 0:
		s = rapid.SampledFrom(odd).Draw(t, label)
	case 1:
		s = rapid.StringN(1, 20, -1).Draw(t, label)
	default:
		s = word(t, label)
	}
	s = clean(strings.Join(strings.Fields(s), " "))
	if r := []rune(s); len(r) > most {
		s = playbook.Tidy(string(r[:most]))
	}
	if s == "" {
		return "x"
	}
	return s
}

func clean(s string) string {
	return playbook.Tidy(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\ufeff' || r == '\u2028' || r == '\u2029' || r == '\ufffd' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// drawText draws a text of several lines.
func drawText(t *rapid.T, label string) string {
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		indent := strings.Repeat(" ", rapid.IntRange(0, 3).Draw(t, "indent"))
		if rapid.IntRange(0, 3).Draw(t, "empty") == 0 {
			return ""
		}
		return indent + drawLine(t, "line", 60) + rapid.SampledFrom([]string{"", "", "", " ", "\t"}).Draw(t, "end")
	}), 0, 5).Draw(t, label)
	return clean(strings.Join(lines, "\n"))
}

// drawField draws an input or a field of a step.
func drawField(t *rapid.T, id string) playbook.Field {
	f := playbook.Field{ID: id, Label: drawLine(t, "label", 80), Type: rapid.SampledFrom(playbook.Types).Draw(t, "type"), Required: rapid.Bool().Draw(t, "required")}
	if rapid.Bool().Draw(t, "help?") {
		f.Help = drawText(t, "help")
		if len([]rune(f.Help)) > playbook.MaxHelp {
			f.Help = "long"
		}
	}
	some := rapid.Bool().Draw(t, "more")
	switch f.Type {
	case playbook.Choice:
		f.Options = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return drawLine(t, "option", 80) }), 1, 4, rapid.ID[string]).Draw(t, "options")
		if some {
			f.Default = rapid.SampledFrom(f.Options).Draw(t, "default")
		}
	case playbook.Number:
		if some {
			low := rapid.IntRange(-1000, 1000).Draw(t, "min")
			f.Min, f.Max, f.Default = fmt.Sprint(low), fmt.Sprint(low+10), fmt.Sprintf("%d.5", max(low, -low)%10+low)
			if _, wrong := f.Read(f.Default); wrong != nil {
				f.Default = f.Min
			}
		}
	case playbook.Date:
		if some {
			f.Min, f.Max, f.Default = "2026-01-01", "2030-12-31", "2026-02-28"
		}
	case playbook.YesNo:
		if some {
			f.Default = rapid.SampledFrom([]string{playbook.Yes, playbook.No}).Draw(t, "default")
		}
	case playbook.Text:
		if some {
			f.MinLen, f.MaxLen, f.Pattern = 1, rapid.IntRange(1, 100).Draw(t, "max length"), `.*`
		}
	case playbook.Person:
		if some {
			f.Default = "ana@example.com"
		}
	case playbook.URL:
		if some {
			f.Default = "https://example.com/a?b=c#d"
		}
	}
	return f
}

// drawDefinition draws a definition in which Check finds no error.
func drawDefinition(t *rapid.T) playbook.Definition {
	d := playbook.Definition{
		Name: drawLine(t, "name", 80), Lang: rapid.SampledFrom([]string{"", "en", "es"}).Draw(t, "lang"),
		Inputs: []playbook.Field{{ID: "opens", Label: "Opens", Type: playbook.Date, Required: true}, {ID: "who", Label: "Who", Type: playbook.Person}},
	}
	if rapid.Bool().Draw(t, "described") {
		d.Description = drawText(t, "description")
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "inputs") {
		d.Inputs = append(d.Inputs, drawField(t, fmt.Sprintf("in_%d", i)))
	}
	d.Roles = drawRoles(t)
	for i := range rapid.IntRange(0, 3).Draw(t, "sections") {
		d.Sections = append(d.Sections, playbook.Section{ID: fmt.Sprintf("sec_%d", i), Name: drawLine(t, "section", 80)})
	}
	for i := range rapid.IntRange(1, 9).Draw(t, "steps") {
		d.Steps = append(d.Steps, drawStep(t, d, i))
	}
	return d
}

func drawRoles(t *rapid.T) []playbook.Role {
	var roles []playbook.Role
	for i := range rapid.IntRange(0, 3).Draw(t, "roles") {
		r := playbook.Role{ID: fmt.Sprintf("role_%d", i), Name: drawLine(t, "role", 80)}
		r.Who = rapid.SampledFrom([]playbook.Who{playbook.Asked, playbook.ByName, playbook.FromInput, playbook.Manager, playbook.LeastLoaded, playbook.RoundRobin}).Draw(t, "who")
		switch r.Who {
		case playbook.ByName:
			r.Person = "bo@example.com"
		case playbook.FromInput:
			r.Input = "who"
		case playbook.LeastLoaded, playbook.RoundRobin:
			r.Pool = rapid.SampledFrom([][]string{nil, {"ana@example.com", "bo@example.com"}}).Draw(t, "pool")
		case playbook.Asked, playbook.Manager:
		}
		roles = append(roles, r)
	}
	return roles
}

// drawStep draws a step after those that d has.
func drawStep(t *rapid.T, d playbook.Definition, i int) playbook.Step {
	s := playbook.Step{ID: fmt.Sprintf("step_%d", i), Title: drawTitle(t, d), Join: flow.All, Priority: rapid.SampledFrom(playbook.Priorities).Draw(t, "priority")}
	if rapid.Bool().Draw(t, "described") {
		s.Description = drawText(t, "description")
		s.Description = strings.NewReplacer("{{", "{ {", "}}", "} }").Replace(s.Description)
	}
	if len(d.Roles) > 0 {
		s.Role = rapid.SampledFrom(d.Roles).Draw(t, "role").ID
	}
	if len(d.Sections) > 0 {
		s.Section = rapid.SampledFrom(d.Sections).Draw(t, "section").ID
	}
	s.Estimate = rapid.SampledFrom([]int{0, 1, 60, 90, 480, 1000}).Draw(t, "estimate")
	s.Labels = rapid.SampledFrom([][]string{nil, {"legal"}, {"IT: new", "yes"}}).Draw(t, "labels")
	for range rapid.IntRange(0, 3).Draw(t, "items") {
		s.Checklist = append(s.Checklist, playbook.Item{Text: unbraced(drawLine(t, "item", 200)), Required: rapid.Bool().Draw(t, "required")})
	}
	for k := range rapid.IntRange(0, 2).Draw(t, "fields") {
		s.Fields = append(s.Fields, drawField(t, fmt.Sprintf("f_%d", k)))
	}
	if rapid.Bool().Draw(t, "evidence") {
		s.Evidence = drawLine(t, "evidence", 200)
	}
	if rapid.Bool().Draw(t, "approval") {
		s.Approval = playbook.Approval{By: []string{"ana@example.com"}, Join: rapid.SampledFrom([]flow.Join{flow.All, flow.Any}).Draw(t, "approval join")}
		for _, r := range d.Roles {
			s.Approval.By = append(s.Approval.By, r.ID)
		}
	}
	s.Needs, s.Join = drawNeeds(t, d)
	s.Due = drawDue(t, len(s.Needs) > 0)
	s.When = drawWhen(t, d)
	return s
}

func unbraced(s string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(s) }

func drawTitle(t *rapid.T, d playbook.Definition) string {
	title := unbraced(drawLine(t, "title", 80))
	if rapid.Bool().Draw(t, "placeholder") {
		title += " {{" + rapid.SampledFrom(d.Inputs).Draw(t, "in title").ID + "}}"
	}
	return title
}

func drawNeeds(t *rapid.T, d playbook.Definition) ([]playbook.Need, flow.Join) {
	var needs []playbook.Need
	for _, s := range d.Steps {
		if rapid.IntRange(0, 2).Draw(t, "needs?") > 0 {
			continue
		}
		n := playbook.Requires(s.ID)
		if rapid.IntRange(0, 3).Draw(t, "plain") == 0 {
			n.Lag = flow.Lag{Amount: rapid.IntRange(1, 30).Draw(t, "lag"), Unit: rapid.SampledFrom(flow.Units).Draw(t, "unit")}
			n.At = rapid.SampledFrom([]flow.State{flow.Done, flow.InReview}).Draw(t, "at")
			n.OnCancel = rapid.SampledFrom([]flow.OnCancel{flow.Skip, flow.Hold}).Draw(t, "cancelled")
		}
		needs = append(needs, n)
	}
	if len(needs) > 0 && rapid.IntRange(0, 2).Draw(t, "any") == 0 {
		return needs, flow.Any
	}
	return needs, flow.All
}

func drawDue(t *rapid.T, hasNeeds bool) playbook.Due {
	due := playbook.Due{From: rapid.SampledFrom([]playbook.Anchor{playbook.Never, playbook.Start, playbook.End, playbook.AnInput, playbook.Needed}).Draw(t, "from")}
	least := -60
	switch due.From {
	case playbook.Never:
		return due
	case playbook.AnInput:
		due.Input = "opens"
	case playbook.Needed:
		if !hasNeeds {
			return playbook.Due{}
		}
		least = 0
	case playbook.Start, playbook.End:
	}
	due.Amount = rapid.IntRange(least, 60).Draw(t, "amount")
	due.Unit = flow.Days
	if due.Amount != 0 && rapid.Bool().Draw(t, "working") {
		due.Unit = flow.WorkingDays
	}
	return due
}

// drawWhen draws a condition that can hold.
func drawWhen(t *rapid.T, d playbook.Definition) string {
	names := map[string]playbook.Field{}
	var order []string
	for _, f := range d.Inputs {
		names[f.ID], order = f, append(order, f.ID)
	}
	for _, s := range d.Steps {
		for _, f := range s.Fields {
			names[s.ID+"."+f.ID], order = f, append(order, s.ID+"."+f.ID)
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "when?") > 0 {
		return ""
	}
	name := rapid.SampledFrom(order).Draw(t, "asks for")
	switch f := names[name]; f.Type {
	case playbook.YesNo:
		return rapid.SampledFrom([]string{"", "not "}).Draw(t, "not") + name
	case playbook.Number:
		return name + " >= 1 or " + name + " < 1"
	case playbook.Choice, playbook.Text, playbook.Date, playbook.Person, playbook.URL:
	}
	return name + rapid.SampledFrom([]string{` != "zz"`, ` in ["a", "b"] or ` + name + ` != ""`, ` < "z" or not (` + name + ` < "z")`}).Draw(t, "test")
}
