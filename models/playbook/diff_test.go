package playbook_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// edited is a definition after one change to it.
func edited(d playbook.Definition, change func(*playbook.Definition)) playbook.Definition {
	d.Steps, d.Inputs, d.Roles = slices.Clone(d.Steps), slices.Clone(d.Inputs), slices.Clone(d.Roles)
	change(&d)
	return d
}

func TestADiffTellsEachChangeWithBeforeAndAfter(t *testing.T) {
	d := review(t, hiring)
	step := func(i int, change func(*playbook.Step)) func(*playbook.Definition) {
		return func(d *playbook.Definition) { change(&d.Steps[i]) }
	}
	contract := func(edits ...playbook.Edit) []playbook.Difference {
		return []playbook.Difference{{Is: playbook.Changed, In: playbook.InStep, ID: "contract", Name: "Send the contract to {{person}}", Edits: edits}}
	}
	welcome := func(edits ...playbook.Edit) []playbook.Difference {
		return []playbook.Difference{{Is: playbook.Changed, In: playbook.InStep, ID: "welcome", Name: "Welcome {{person}}", Edits: edits}}
	}
	for name, c := range map[string]struct {
		change func(*playbook.Definition)
		want   []playbook.Difference
	}{
		"nothing": {func(*playbook.Definition) {}, nil},
		"the name": {func(d *playbook.Definition) { d.Name = "Hiring" },
			[]playbook.Difference{{Is: playbook.Changed, Name: "Hiring", Edits: []playbook.Edit{{Key: "name", Before: "A new colleague", After: "Hiring"}}}}},
		"a due date": {step(0, func(s *playbook.Step) { s.Due.Amount = 3 }),
			contract(playbook.Edit{Key: "due", Before: "2 working days after start", After: "3 working days after start"})},
		"a role": {step(0, func(s *playbook.Step) { s.Role = "it" }), contract(playbook.Edit{Key: "role", Before: "hr", After: "it"})},
		"an item": {step(0, func(s *playbook.Step) { s.Checklist = []playbook.Item{{Text: "Salary", Required: true}} }),
			contract(playbook.Edit{Key: "checklist", Of: "Salary", After: "required"})},
		"a field comes, told as one": {step(0, func(s *playbook.Step) {
			s.Fields = append(slices.Clone(s.Fields), playbook.Field{ID: "pay", Label: "Pay", Type: playbook.Number, Min: "1", Required: true})
		}), contract(playbook.Edit{Key: "fields", Of: "pay", After: "Pay"})},
		"a field changes": {step(0, func(s *playbook.Step) {
			s.Fields = slices.Clone(s.Fields)
			s.Fields[0].Required = false
		}), contract(playbook.Edit{Key: "fields.required", Of: "signed", Before: "yes"})},
		"a need goes": {step(3, func(s *playbook.Step) { s.Needs = s.Needs[:1] }),
			welcome(playbook.Edit{Key: "needs", Of: "desk", Before: "done, 1 working day"})},
		"any instead of all": {step(3, func(s *playbook.Step) { s.Join = flow.Any }), welcome(playbook.Edit{Key: "join", After: "any"})},
		"needs in another order": {step(3, func(s *playbook.Step) {
			s.Needs = slices.Clone(s.Needs)
			slices.Reverse(s.Needs)
		}), welcome(playbook.Edit{Key: "needs.order", Before: "laptop\ndesk", After: "desk\nlaptop"})},
		"one stands elsewhere": {func(d *playbook.Definition) { d.Steps[1], d.Steps[2] = d.Steps[2], d.Steps[1] },
			[]playbook.Difference{{Is: playbook.Changed, In: playbook.InStep, ID: "laptop", Name: "Send {{ person }} a laptop", Moved: true}}},
		"one goes, one comes": {func(d *playbook.Definition) {
			d.Inputs = append(d.Inputs[:2], playbook.Field{ID: "floor", Label: "Floor", Type: playbook.Text})
		}, []playbook.Difference{{Is: playbook.Added, In: playbook.InInput, ID: "floor", Name: "Floor"}, {Is: playbook.Removed, In: playbook.InInput, ID: "remote", Name: "Works from home"}}},
		"who plays it": {func(d *playbook.Definition) {
			d.Roles[1].Who, d.Roles[1].Pool = playbook.RoundRobin, []string{"bo@example.com"}
		},
			[]playbook.Difference{{Is: playbook.Changed, In: playbook.InRole, ID: "it", Name: "IT", Edits: []playbook.Edit{
				{Key: "who", Before: "ask", After: "round robin"}, {Key: "from", Of: "bo@example.com", After: "bo@example.com"}}}}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, playbook.Diff(d, edited(d, c.change))) })
	}
}

func TestADiffIsEmptyJustIfNothingDiffersAndReadsBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawDefinition(t), drawDefinition(t)
		require.Empty(t, playbook.Diff(a, a))
		b = drawBetween(t, a, b)
		there, back := playbook.Diff(a, b), playbook.Diff(b, a)
		require.Equal(t, string(playbook.Print(a)) == string(playbook.Print(b)), len(there) == 0, "%s\n---\n%s\n%v", playbook.Print(a), playbook.Print(b), there)
		require.ElementsMatch(t, turned(there), unmoved(back))
		for _, d := range there {
			for _, e := range d.Edits {
				require.Contains(t, playbook.EditKeys, e.Key)
			}
		}
	})
}

// drawBetween takes each list of a definition from one of two, so that some are
// the same.
func drawBetween(t *rapid.T, a, b playbook.Definition) playbook.Definition {
	is, was := reflect.ValueOf(&b).Elem(), reflect.ValueOf(a)
	for i := range is.NumField() {
		if rapid.IntRange(0, 3).Draw(t, "same") > 0 {
			is.Field(i).Set(was.Field(i))
		}
	}
	return b
}

// unmoved is what is told but for what stands elsewhere, which from the other side
// may be its neighbour.
func unmoved(all []playbook.Difference) (told []playbook.Difference) {
	for _, d := range all {
		if d.Moved = false; d.Is != playbook.Changed || len(d.Edits) > 0 {
			slices.SortFunc(d.Edits, func(a, b playbook.Edit) int { return slices.Compare([]string{a.Key, a.Of}, []string{b.Key, b.Of}) })
			d.Name = ""
			told = append(told, d)
		}
	}
	return told
}

// turned is what is told, from the other side.
func turned(all []playbook.Difference) (told []playbook.Difference) {
	for _, d := range unmoved(all) {
		switch d.Is {
		case playbook.Added:
			d.Is = playbook.Removed
		case playbook.Removed:
			d.Is = playbook.Added
		case playbook.Changed:
			for i, e := range d.Edits {
				d.Edits[i].Before, d.Edits[i].After = e.After, e.Before
			}
		}
		told = append(told, d)
	}
	return told
}
