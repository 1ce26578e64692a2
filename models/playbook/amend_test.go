package playbook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/fault"
	"relevo/models/playbook"
)

const annotated = `# Our orders
name: Orders

sections:
  - {id: office, name: Office} # where it begins

steps:
  # First of all
  - id: check
    title: Check the order # with care
    section: office
    checklist:
      - Prices # and discounts

  - id: pay
    needs: [check]
    # asked by the accountants
    title: Take the payment
    description: |
      By card.

      # not a comment
  - {id: pack, title: Pack it, needs: {any: [check, pay]}}

  # The end
  - id: send
    title: Send it
    needs: [pay, pack]
`

func amended(t *testing.T, text string, change func(*playbook.Definition) error) string {
	t.Helper()
	is, err := playbook.Amend([]byte(text), change)
	require.NoError(t, err)
	return string(is)
}

func TestAChangeLeavesTheRestOfATextAsItIsWritten(t *testing.T) {
	is := amended(t, annotated, func(d *playbook.Definition) error { return d.Disconnect("pay", "send") })
	require.Equal(t, strings.Replace(annotated, "needs: [pay, pack]", "needs: [pack]", 1), is)

	is = amended(t, annotated, func(d *playbook.Definition) error {
		_, err := d.AddStep("Say thanks", playbook.After, "send")
		return err
	})
	require.Equal(t, annotated+"\n  - id: say_thanks\n    title: Say thanks\n    needs: [send]\n", is)

	is = amended(t, annotated, func(d *playbook.Definition) error {
		_, err := d.AddStep("Ask Ada", playbook.After, "check")
		return err
	})
	require.Equal(t, strings.Replace(annotated, "\n  - id: pay", "\n  - id: ask_ada\n    title: Ask Ada\n    section: office\n    needs: [check]\n\n  - id: pay", 1), is)

	is = amended(t, annotated, func(d *playbook.Definition) error {
		f := d.FormOf(d.Steps[1])
		f.Title, f.Section, f.Role, f.Estimate = "Take the money", "Till", "Cashier", "20m"
		return d.Fill("pay", f)
	})
	want := strings.Replace(annotated, "    title: Take the payment\n", "    title: Take the money\n", 1)
	for _, kept := range []string{"# Our orders", "# where it begins", "# First of all", "# with care", "# and discounts", "# asked by the accountants", "      # not a comment", "  # The end"} {
		require.Contains(t, is, kept)
	}
	require.Contains(t, is, "  - id: till\n    name: Till\n")
	require.Contains(t, is, "roles:\n  - id: cashier\n    name: Cashier\n    who: ask\n")
	require.Contains(t, is, "    section: till\n    role: cashier\n")
	require.NotContains(t, is, "Take the payment", want)

	is = amended(t, annotated, func(d *playbook.Definition) error { return d.RemoveStep("pay") })
	d, findings := playbook.Review([]byte(is))
	require.False(t, playbook.Broken(findings))
	require.Equal(t, []playbook.Need{playbook.Requires("pack"), playbook.Requires("check")}, d.Steps[2].Needs, "what waited for it waits for what it waited for")
	require.Contains(t, is, "# with care")
}

func TestAStepIsAddedToNothing(t *testing.T) {
	is := amended(t, "name: Orders\n", func(d *playbook.Definition) error {
		_, err := d.AddStep("Check", playbook.After, "")
		return err
	})
	require.Equal(t, "name: Orders\n\nsteps:\n  - id: check\n    title: Check\n", is)
	is = amended(t, is, func(d *playbook.Definition) error {
		_, err := d.AddStep("Check", playbook.Before, "check")
		return err
	})
	require.Equal(t, "name: Orders\n\nsteps:\n  - id: check_2\n    title: Check\n\n  - id: check\n    title: Check\n    needs: [check_2]\n", is)
	is = amended(t, is, func(d *playbook.Definition) error { return d.RemoveStep("check_2") })
	require.Contains(t, is, "- id: check\n    title: Check\n")
}

func TestAConnectionThatWouldCloseACircleIsRefusedAndNamed(t *testing.T) {
	_, err := playbook.Amend([]byte(annotated), func(d *playbook.Definition) error { return d.Connect("send", "check") })
	f := fault.From(err)
	require.NotNil(t, f)
	require.Equal(t, fault.StepCycle, f.Code)
	require.Equal(t, "Check the order → Take the payment → Send it → Check the order", f.Args[0])
	_, err = playbook.Amend([]byte(annotated), func(d *playbook.Definition) error { return d.Connect("send", "send") })
	require.Equal(t, fault.StepCycle, fault.From(err).Code)
	_, err = playbook.Amend([]byte("name: [x"), func(*playbook.Definition) error { return nil })
	require.Error(t, err)
}

func TestWhatIsTypedOfAStepIsRefusedAllAtOnce(t *testing.T) {
	_, err := playbook.Amend([]byte(annotated), func(d *playbook.Definition) error {
		return d.Fill("pay", playbook.Form{Due: "some day soon", Estimate: "long", When: "chek.done"})
	})
	f := fault.From(err)
	require.NotNil(t, f)
	for field, code := range map[string]fault.Code{"title": fault.Needed, "due": fault.BadDue, "estimate": fault.NotAnEstimate, "when": fault.UnknownName} {
		of := f.For(field)
		require.NotNil(t, of, field)
		require.Equal(t, code, of.Code, field)
	}
}

// Whatever is done on the diagram, the text says it afterwards; what it says of other
// steps is as it was.
func TestTheTextFollowsWhateverIsDoneOnTheDiagram(t *testing.T) {
	texts := []string{annotated, "name: New\n"}
	for _, s := range playbook.ShippedIn("en") {
		texts = append(texts, string(s.Text))
	}
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.SampledFrom(texts).Draw(t, "text"))
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			var want playbook.Definition
			is, err := playbook.Amend(text, func(d *playbook.Definition) error {
				step := func(name string) string {
					if len(d.Steps) == 0 {
						return ""
					}
					return d.Steps[rapid.IntRange(0, len(d.Steps)-1).Draw(t, name)].ID
				}
				var err error
				switch rapid.IntRange(0, 4).Draw(t, "kind") {
				case 0:
					place := rapid.SampledFrom([]playbook.Place{playbook.After, playbook.Before, playbook.Beside}).Draw(t, "place")
					_, err = d.AddStep(rapid.SampledFrom([]string{"Go on", "Nº 2: \"so\"", "# no"}).Draw(t, "title"), place, step("of"))
				case 1:
					err = d.Connect(step("from"), step("to"))
				case 2:
					err = d.Disconnect(step("from"), step("to"))
				case 3:
					err = d.RemoveStep(step("step"))
				case 4:
					id := step("step")
					for _, s := range d.Steps {
						if s.ID == id {
							f := d.FormOf(s)
							f.Title, f.Any, f.Section = "Another: title", rapid.Bool().Draw(t, "any"), rapid.SampledFrom([]string{"", "More", f.Section}).Draw(t, "section")
							f.Description = rapid.SampledFrom([]string{"", "One\n\n  two", f.Description}).Draw(t, "description")
							err = d.Fill(id, f)
						}
					}
				}
				want = *d
				return err
			})
			if err != nil {
				if is != nil {
					t.Fatal("refused, and changed")
				}
				continue
			}
			if got, _ := playbook.Parse(is); string(playbook.Print(got)) != string(playbook.Print(want)) {
				t.Fatalf("the text does not say it:\n%s", is)
			}
			text = is
		}
	})
}
