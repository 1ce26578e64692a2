package playbook_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/fault"
	"relevo/models/playbook"
)

// hostile are texts that have brought readers of YAML down.
var hostile = map[string]struct {
	text string
	code fault.Code // that it is refused with, among others; empty: some
}{
	"a list again and again":          {laughs(), fault.YAMLTooMuch},
	"an alias of itself":              {"name: &a [*a]\n", ""},
	"an alias of what it stands in":   {"steps: &a\n  - id: x\n    title: X\n    needs: *a\n", ""},
	"a chain of anchors":              {"name: " + strings.Repeat("&a ", 10_000) + "x\n", ""},
	"brackets without end":            {"name: " + strings.Repeat("[", 200_000), fault.YAMLTooDeep},
	"braces without end":              {"name: " + strings.Repeat("{a: ", 100_000), fault.YAMLTooDeep},
	"dashes without end":              {strings.Repeat("- ", 200_000) + "x", fault.YAMLTooDeep},
	"levels by indentation":           {levels(900), ""},
	"a number without end":            {"name: x\ninputs:\n  - {id: a, label: A, type: number, min: " + strings.Repeat("9", 400_000) + "}\nsteps: [{id: s, title: S}]\n", ""},
	"an exponent without end":         {"name: x\ninputs:\n  - {id: a, label: A, type: number, max: 1e999999999}\nsteps: [{id: s, title: S}]\n", ""},
	"a whole number without end":      {"name: x\ninputs:\n  - {id: a, label: A, min_length: 99999999999999999999999999}\nsteps: [{id: s, title: S}]\n", ""},
	"a pattern that explodes":         {"name: x\ninputs:\n  - {id: a, label: A, pattern: '((a{100}){100}){100}'}\nsteps: [{id: s, title: S}]\n", fault.BadPattern},
	"keys that are all the same":      {strings.Repeat("name: x\n", 60_000), fault.TooManyOf},
	"keys of keys":                    {strings.Repeat("a:\n  b: x\n", 50_000), fault.TooManyOf},
	"many keys deep down":             {"a:\n" + strings.Repeat("  - b: x\n"+strings.Repeat("    b: x\n", 198), 200), ""},
	"documents without end":           {strings.Repeat("---\na\n", 80_000), fault.YAMLNotAllowed},
	"steps without number":            {"name: x\nsteps:\n" + strings.Repeat("  - {id: s, title: S}\n", 20_000), fault.TooManyOf},
	"quotes that are not closed":      {"name: \"" + strings.Repeat("x\n", 200_000), ""},
	"nothing but line ends":           {strings.Repeat("\n", 400_000), ""},
	"nothing but colons":              {strings.Repeat(": ", 200_000), ""},
	"nothing but question marks":      {strings.Repeat("? ", 200_000), ""},
	"nothing but comments":            {strings.Repeat("#\n", 200_000), ""},
	"a text that is too large":        {strings.Repeat("x", playbook.MaxBytes+1), fault.YAMLTooBig},
	"a character that is none":        {"name: \xff\n", fault.YAMLNotUTF8},
	"control characters":              {"name: \"a\\0b\"\nsteps: [{id: s, title: S}]\n", fault.TextUntidy},
	"a condition without end":         {"name: x\nsteps:\n  - {id: s, title: S, when: '" + strings.Repeat("(", 100_000) + "'}\n", fault.ConditionTooLong},
	"needs of everything, everywhere": {everything(), ""},
}

// laughs is a text in which a list of many texts stands again and again, each time
// by an alias. Aliases of aliases do not come that far: no list of a definition
// holds lists.
func laughs() string {
	text := "name: x\nsteps:\n"
	text += "  - {id: s0, title: S, checklist: &c [" + strings.Repeat("x, ", 199) + "x]}\n"
	for range 400 {
		text += "  - {id: s, title: S, checklist: *c, labels: *c, needs: *c}\n"
	}
	return text
}

// levels nests mappings by indentation as deep as the size of a text allows.
func levels(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// everything is as many steps as there may be, each of which needs as many as it may.
func everything() string {
	var b strings.Builder
	b.WriteString("name: x\nsteps:\n")
	id := func(i int) string {
		return "s" + strings.Repeat("x", i%7) + string(rune('a'+i/26%26)) + string(rune('a'+i%26))
	}
	for i := range playbook.MaxSteps {
		b.WriteString("  - {id: " + id(i) + ", title: S, needs: [")
		for k := range playbook.MaxNeeds {
			b.WriteString(id((i+k+1)%playbook.MaxSteps) + ",")
		}
		b.WriteString("]}\n")
		if b.Len() > playbook.MaxBytes-3000 {
			break
		}
	}
	return b.String()
}

// The bounds are those of a server that has a hundred such texts thrown at it in a
// minute; nearly all take a thousandth of them.
const (
	mostTime  = 5 * time.Second
	mostBytes = 512 << 20 // taken in all, not at once
)

// bounded runs do and fails if it takes more than it may.
func bounded(t testing.TB, do func()) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	do()
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	require.Less(t, took, mostTime)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mostBytes))
}

func TestATextThatWouldBringAReaderDownIsRefused(t *testing.T) {
	for name, h := range hostile {
		t.Run(name, func(t *testing.T) {
			var findings []playbook.Finding
			began := time.Now()
			bounded(t, func() { _, findings = playbook.Review([]byte(h.text)) })
			t.Logf("%d bytes: %d findings in %s", len(h.text), len(findings), time.Since(began).Round(time.Microsecond))
			require.True(t, playbook.Broken(findings))
			if h.code != "" {
				var codes []fault.Code
				for _, f := range findings {
					codes = append(codes, f.Code)
				}
				require.Contains(t, codes, h.code)
			}
		})
	}
}

// FuzzYAML holds that no text makes the reader panic or take more than it may, that
// what it takes can be printed and read again without loss, and that every finding
// has its place.
func FuzzYAML(f *testing.F) {
	f.Add(hiring)
	for _, lang := range languages {
		for _, s := range playbook.ShippedIn(lang) {
			f.Add(string(s.Text))
		}
	}
	for _, h := range hostile {
		if len(h.text) < 10_000 {
			f.Add(h.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		bounded(t, func() {
			d, findings := playbook.Review([]byte(text))
			for _, f := range findings {
				require.Positive(t, f.At.Line)
				require.Positive(t, f.At.Column)
			}
			if playbook.Broken(findings) {
				return
			}
			again, wrong := playbook.Parse(playbook.Print(d))
			require.Empty(t, wrong, "%s", playbook.Print(d))
			require.Equal(t, d, again)
			require.Empty(t, playbook.Diff(d, again))
		})
	})
}

// FuzzCondition holds that no condition panics or takes more than it may, neither
// while it is read nor decided, and that one that is decided with part of the
// answers stays so with all of them.
func FuzzCondition(f *testing.F) {
	d := conditions()
	for _, text := range []string{
		"remote", "not remote and amount > 100", `country in ["ES", "PT"]`, `pay.outcome == "paid" or pay.done`, `len(name) > 3 ? lower(name) startsWith "a" : remote`,
		`opens < "2026-06-01"`, "amount / 0 > 1", "amount * 1e308 * 1e308 > amount", "-amount == 0", `trim(upper(name)) contains "X"`,
		"1..1000000000 == []", "all(1..9, # > 0)", "name matches '(a+)+$'", "amount ** amount", `repeat("x", 1000000000)`, "let x = 1; x", "name[0]", "remote?.x", "$env", "nil", "{}", "[[[[[]]]]]",
		strings.Repeat("not ", 120) + "remote", strings.Repeat("(", 250) + "remote" + strings.Repeat(")", 249), strings.Repeat("-", 499) + "1", "amount" + strings.Repeat("+amount", 70) + ">1", "\"\\u0000\"",
	} {
		f.Add(text, "12.5", true)
	}
	f.Fuzz(func(t *testing.T, text, amount string, all bool) {
		bounded(t, func() {
			c, err := d.Compile(text)
			if err != nil {
				require.NotEmpty(t, fault.From(err).Code)
				return
			}
			known := playbook.Answers{"amount": amount, "name": text}
			some := c.Decide(known)
			if all {
				known["remote"], known["country"], known["opens"], known["pay.outcome"], known["pay.done"] = playbook.Yes, "ES", "2026-01-01", "paid", playbook.No
				whole := c.Decide(known)
				require.NotEqual(t, playbook.Undecided, whole, "all is known: %s", text)
				if some != playbook.Undecided {
					require.Equal(t, some, whole, "it was decided before: %s", text)
				}
			}
		})
	})
}

// conditions is a definition that has a name of every type.
func conditions() playbook.Definition {
	return playbook.Definition{
		Inputs: []playbook.Field{
			{ID: "remote", Type: playbook.YesNo}, {ID: "amount", Type: playbook.Number}, {ID: "name", Type: playbook.Text},
			{ID: "country", Type: playbook.Choice, Options: []string{"ES", "PT"}}, {ID: "opens", Type: playbook.Date},
		},
		Steps: []playbook.Step{{ID: "pay", Fields: []playbook.Field{{ID: "outcome", Type: playbook.Choice, Options: []string{"paid", "failed"}}}}},
	}
}
