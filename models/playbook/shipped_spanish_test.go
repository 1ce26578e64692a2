package playbook_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// The two languages of a template are the same workflow: the same steps in the
// same order, with as much in them.
func TestTheShippedTemplatesAreTheSameInBothLanguages(t *testing.T) {
	english, spanish := playbook.ShippedIn("en"), playbook.ShippedIn("es")
	require.Len(t, spanish, len(english))
	for i := range english {
		en, es := review(t, string(english[i].Text)), review(t, string(spanish[i].Text))
		t.Run(english[i].Key, func(t *testing.T) {
			require.Equal(t, shapeOf(en), shapeOf(es))
			require.NotEqual(t, en.Name, es.Name)
		})
	}
}

// shapeOf is a definition without its words.
func shapeOf(d playbook.Definition) any {
	names := map[string]string{}
	for i, f := range d.Inputs {
		names[f.ID] = strings.Repeat("i", i+1)
	}
	for i, s := range d.Steps {
		names[s.ID] = strings.Repeat("s", i+1)
		for k, f := range s.Fields {
			names[s.ID+"."+f.ID] = names[s.ID] + strings.Repeat("f", k+1)
		}
	}
	for i, r := range d.Roles {
		names["role "+r.ID] = strings.Repeat("r", i+1)
	}
	for i, s := range d.Sections {
		names["section "+s.ID] = strings.Repeat("c", i+1)
	}
	type field struct {
		kind                       playbook.Type
		required, def, pattern     bool
		options                    int
		min, max                   string
		minLength, maxLength, help int
	}
	type step struct {
		section, role string
		due           string
		estimate      int
		priority      playbook.Priority
		required      []bool
		fields        []field
		evidence      bool
		approval      []string
		join          flow.Join
		needs         []playbook.Need
		when          string
		placeholders  []string
	}
	fields := func(all []playbook.Field) (out []field) {
		for _, f := range all {
			help := 0
			if f.Help != "" {
				help = 1
			}
			out = append(out, field{f.Type, f.Required, f.Default != "", f.Pattern != "", len(f.Options), f.Min, f.Max, f.MinLen, f.MaxLen, help})
		}
		return out
	}
	known := regexp.MustCompile(`[a-z_0-9]+(\.[a-z_0-9]+)?`)
	braced := regexp.MustCompile(`\{\{([^}]+)\}\}`)
	quoted := regexp.MustCompile(`"[^"]*"`)
	var steps []step
	for _, s := range d.Steps {
		one := step{section: names["section "+s.Section], role: names["role "+s.Role], estimate: s.Estimate, priority: s.Priority, fields: fields(s.Fields), evidence: s.Evidence != "", join: s.Join}
		due := s.Due
		due.Input = names[due.Input]
		one.due = due.String()
		for _, item := range s.Checklist {
			one.required = append(one.required, item.Required)
		}
		for _, by := range s.Approval.By {
			one.approval = append(one.approval, string(s.Approval.Join), names["role "+by])
		}
		for _, n := range s.Needs {
			n.Step = names[n.Step]
			one.needs = append(one.needs, n)
		}
		rename := func(name string) string {
			if strings.HasSuffix(name, ".done") {
				return names[strings.TrimSuffix(name, ".done")] + ".done"
			}
			if to, ok := names[name]; ok {
				return to
			}
			return name
		}
		for _, text := range append([]string{s.Title, s.Description}, itemTexts(s)...) {
			for _, m := range braced.FindAllStringSubmatch(text, -1) {
				if name := rename(m[1]); !slices.Contains(one.placeholders, name) {
					one.placeholders = append(one.placeholders, name)
				}
			}
		}
		slices.Sort(one.placeholders)
		one.when = known.ReplaceAllStringFunc(quoted.ReplaceAllStringFunc(s.When, func(q string) string {
			if q == `""` {
				return q
			}
			return `"…"`
		}), rename)
		steps = append(steps, one)
	}
	var who []playbook.Who
	for _, r := range d.Roles {
		who = append(who, r.Who)
	}
	return []any{fields(d.Inputs), who, len(d.Sections), steps}
}

func itemTexts(s playbook.Step) (texts []string) {
	for _, item := range s.Checklist {
		texts = append(texts, item.Text)
	}
	return texts
}
