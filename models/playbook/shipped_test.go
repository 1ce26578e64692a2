package playbook_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/models/playbook"
)

var languages = []string{"en", "es"}

func shipped(t *testing.T, each func(t *testing.T, lang string, s playbook.Shipped)) {
	for _, lang := range languages {
		for _, s := range playbook.ShippedIn(lang) {
			t.Run(lang+"/"+s.Key, func(t *testing.T) { each(t, lang, s) })
		}
	}
}

func TestNothingIsToBeMendedInTheShippedTemplates(t *testing.T) {
	schema := schema(t)
	shipped(t, func(t *testing.T, lang string, s playbook.Shipped) {
		require.NoError(t, schema.Validate(asJSON(t, s.Text)))
		d, findings := playbook.Review(s.Text)
		require.Empty(t, findings)
		require.Equal(t, lang, d.Lang)
		again, findings := playbook.Parse(playbook.Print(d))
		require.Empty(t, findings)
		require.Equal(t, d, again)
		require.NoError(t, schema.Validate(asJSON(t, playbook.Print(d))))
	})
}

// Every branch of every shipped template is played to its end by the rules of
// movement: no step is stranded, each is done on some way, and each that stands
// under a condition is skipped on some way.
func TestEveryBranchOfTheShippedTemplatesComesToItsEnd(t *testing.T) {
	shipped(t, func(t *testing.T, lang string, s playbook.Shipped) {
		if lang != "en" && testing.Short() {
			t.Skip("it is the same workflow as in English, says another test")
		}
		d := review(t, string(s.Text))
		w := newWays(d)
		w.walk(t)
		t.Logf("%d ways", w.ends)
		for _, s := range d.Steps {
			require.True(t, w.done[s.ID], "%s is done on some way", s.ID)
			require.Equal(t, s.When != "", w.skipped[s.ID], "%s is skipped on some way just if it has a condition", s.ID)
		}
	})
}

// ways goes through a definition by every answer that a condition asks for.
type ways struct {
	d             playbook.Definition
	matters       map[string][]string // name → the answers to try, where a condition asks for it
	ends          int
	done, skipped map[string]bool
}

func newWays(d playbook.Definition) *ways {
	w := &ways{d: d, matters: map[string][]string{}, done: map[string]bool{}, skipped: map[string]bool{}}
	for _, s := range d.Steps {
		if s.When == "" {
			continue
		}
		c, err := d.Compile(s.When)
		if err != nil {
			panic(err)
		}
		for _, name := range c.Names() {
			w.matters[name] = append(w.matters[name], numbersIn(s.When)...)
		}
	}
	return w
}

// numbersIn are the numbers that a condition compares with, and those beside them.
func numbersIn(when string) (all []string) {
	for _, n := range regexp.MustCompile(`\b\d+(\.\d+)?\b`).FindAllString(when, -1) {
		all = append(all, n, n+"1")
		if !strings.Contains(n, ".") {
			all[len(all)-1] = n + ".01"
		}
	}
	return all
}

// answers are those to try for a field.
func (w *ways) answers(name string, f playbook.Field) []string {
	numbers, asked := w.matters[name]
	switch f.Type {
	case playbook.Choice:
		if asked {
			return f.Options
		}
		return f.Options[:1]
	case playbook.YesNo:
		if asked {
			return []string{playbook.Yes, playbook.No}
		}
		return []string{playbook.Yes}
	case playbook.Number:
		low := f.Min
		if low == "" {
			low = "0"
		}
		if asked {
			if len(numbers) == 0 {
				numbers = []string{"1"} // it is compared with another field
			}
			seen := map[string]bool{}
			var all []string
			for _, n := range append([]string{low}, numbers...) {
				if _, wrong := f.Read(n); wrong == nil && !seen[n] {
					all = append(all, n)
					seen[n] = true
				}
			}
			return all
		}
		return []string{low}
	case playbook.Date:
		if asked && !f.Required {
			return []string{"2026-06-15", ""}
		}
		return []string{"2026-06-15"}
	case playbook.URL:
		return []string{"https://example.com"}
	case playbook.Person:
		if asked {
			return []string{"u1", ""}
		}
		return []string{"u1"}
	case playbook.Text:
		for _, text := range []string{"ana@example.com", "web-01", "1.2.3", "text"} {
			if _, wrong := f.Read(text); wrong == nil {
				return []string{text}
			}
		}
	}
	return []string{""}
}

// walk tries every combination of answers to the inputs, and goes on from there.
func (w *ways) walk(t *testing.T) {
	w.combine(w.d.Inputs, "", func(answers map[string]string) {
		w.on(t, start(t, w.d, answers))
	})
}

// combine calls do with every combination of answers to fields.
func (w *ways) combine(fields []playbook.Field, prefix string, do func(map[string]string)) {
	answers := map[string]string{}
	var next func(i int)
	next = func(i int) {
		if i == len(fields) {
			do(answers)
			return
		}
		for _, a := range w.answers(prefix+fields[i].ID, fields[i]) {
			answers[fields[i].ID] = a
			next(i + 1)
		}
	}
	next(0)
}

func (w *ways) on(t *testing.T, p *play) {
	for {
		ready := p.ready(t)
		if len(ready) == 0 {
			break
		}
		step, _ := w.d.Step(ready[0])
		var branches []*play
		w.combine(step.Fields, step.ID+".", func(answers map[string]string) {
			q := p.clone()
			q.finish(t, step.ID, answers)
			branches = append(branches, q)
		})
		for _, q := range branches[1:] {
			w.on(t, q)
		}
		p = branches[0]
	}
	w.ends++
	for id, task := range p.tasks {
		require.False(t, task.State.Open(), "%s is stranded: %v", id, p.known)
		w.done[id] = w.done[id] || task.State == flow.Done
		w.skipped[id] = w.skipped[id] || task.Skipped
	}
}
