package playbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

func TestAFlowchartBecomesATemplate(t *testing.T) {
	d, left, lines := playbook.FromMermaid([]byte(`flowchart TD
    s((Start)) --> check[Check the order]
    check --> paid{Is it paid?}
    paid -->|yes| pack[Pack it]
    paid -->|no| ask[Ask again] --> cancel[Cancel]
    subgraph Store
      pack --> send[Send it]
    end
    any_close{{any one}} --> close
    send --> any_close
    cancel -->|+ 2 working days| any_close
    close -->|soon| check
    close -->|later| thanks
    thanks --> thanks
    click check "https://example.org"
`), "Taken over", "en")
	require.Equal(t, "Taken over", d.Name)
	var said []string
	for _, s := range d.Steps {
		line := s.ID
		for _, n := range s.Needs {
			line += " <" + n.Step
			if n.Lag.Amount > 0 {
				line += "+" + playbook.FormatLag(n.Lag)
			}
		}
		if s.Join == flow.Any {
			line += " any"
		}
		if s.When != "" {
			line += " if " + s.When
		}
		said = append(said, line)
	}
	require.Equal(t, []string{"check_the_order", "is_it_paid <check_the_order", `pack_it <is_it_paid if is_it_paid.answer == "yes"`, `ask_again <is_it_paid if is_it_paid.answer == "no"`,
		"cancel <ask_again if ask_again.done", "send_it <pack_it if pack_it.done", "close <send_it <cancel+2 working days any if send_it.done or cancel.done", "thanks <close if close.done"}, said)
	require.Equal(t, []playbook.Section{{ID: "store", Name: "Store"}}, d.Sections)
	require.Equal(t, 8, lines)
	var why []string
	for _, l := range left {
		why = append(why, fmt.Sprint(l.Line, " ", l.Text, ": ", l.Why))
	}
	require.Equal(t, []string{`15 click check "https://example.org": looks`, "0 close → Check the order: circle", "0 thanks → thanks: itself", "0 later: not understood"}, why)
	require.False(t, playbook.Broken(playbook.Check(d)))
}

// Whatever is taken over can be published, and read again from its own text.
func TestWhatIsTakenOverIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "graph LR\n"
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		for i := range n {
			label := rapid.StringMatching(`[a-zA-Zñ{}"\\ #.0-9-]{0,12}`).Draw(t, "label")
			label = strings.NewReplacer(`"`, "#quot;").Replace(label)
			shape := rapid.SampledFrom([]string{`["%s"]`, `{"%s"}`, `("%s")`, `(("%s"))`, `{{"%s"}}`}).Draw(t, "shape")
			text += fmt.Sprintf("%sn%d"+shape+"\n", rapid.SampledFrom([]string{"", "any_"}).Draw(t, "prefix"), i, label)
		}
		for range rapid.IntRange(0, 20).Draw(t, "edges") {
			says := rapid.SampledFrom([]string{"", `|yes|`, `|"no #quot;x"|`, `|+ 2 days|`, `|a\b|`}).Draw(t, "says")
			text += fmt.Sprintf("n%d -->%s n%d\n", rapid.IntRange(0, n-1).Draw(t, "a"), says, rapid.IntRange(0, n-1).Draw(t, "b"))
		}
		d, _, _ := playbook.FromMermaid([]byte(text), "Name", "en")
		if len(d.Steps) == 0 {
			return
		}
		for _, f := range playbook.Check(d) {
			if f.Severity == playbook.Error {
				t.Fatalf("%v\n%s\n%s", f, text, playbook.Print(d))
			}
		}
		again, findings := playbook.Review(playbook.Print(d))
		if playbook.Broken(findings) || string(playbook.Print(again)) != string(playbook.Print(d)) {
			t.Fatalf("%v\n%s", findings, playbook.Print(d))
		}
	})
}

func FuzzFromMermaid(f *testing.F) {
	f.Add([]byte("flowchart LR\na{b} -->|c| d\nd --> e & f"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, _, _ := playbook.FromMermaid(text, "Name", "es")
		if len(d.Steps) > 0 && playbook.Broken(playbook.Check(d)) {
			t.Fatalf("%v\n%s", playbook.Check(d), playbook.Print(d))
		}
	})
}
