package playbook_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/playbook"
)

func schema(t require.TestingT) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(playbook.Schema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	require.NoError(t, c.AddResource("template.json", doc))
	s, err := c.Compile("template.json")
	require.NoError(t, err)
	return s
}

// asJSON is the tree of a YAML text as an editor's checker sees it.
func asJSON(t require.TestingT, text []byte) any {
	var values any
	require.NoError(t, yaml.Unmarshal(text, &values), "%s", text)
	asJSON, err := json.Marshal(values)
	require.NoError(t, err)
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	require.NoError(t, err)
	return tree
}

func TestTheSchemaTakesWhatIsPrinted(t *testing.T) {
	s := schema(t)
	rapid.Check(t, func(t *rapid.T) {
		text := playbook.Print(drawDefinition(t))
		require.NoError(t, s.Validate(asJSON(t, text)), "%s", text)
	})
}

// What an editor marks as wrong by the schema, the server refuses as well: a tree
// that was right is changed in one place.
func TestWhatTheSchemaRefusesParseRefuses(t *testing.T) {
	s := schema(t)
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		tree := asJSON(t, playbook.Print(drawDefinition(t)))
		tree = mutate(t, tree)
		text, err := json.Marshal(tree) // JSON is YAML, too
		require.NoError(t, err)
		if wrong := s.Validate(asJSON(t, text)); wrong != nil {
			refused++
			_, findings := playbook.Parse(text)
			require.NotEmpty(t, findings, "%v\n%s", wrong, text)
		}
	})
	require.Positive(t, refused)
}

// mutate changes one place of a tree, chosen by walking down from its root.
func mutate(t *rapid.T, tree any) any {
	switch v := tree.(type) {
	case map[string]any:
		if len(v) > 0 && rapid.IntRange(0, 4).Draw(t, "go on") > 0 {
			key := rapid.SampledFrom(slices.Sorted(maps.Keys(v))).Draw(t, "key")
			switch rapid.IntRange(0, 9).Draw(t, "do") {
			case 0:
				delete(v, key)
			case 1:
				v[key+"x"] = v[key]
			default:
				v[key] = mutate(t, v[key])
			}
			return v
		}
	case []any:
		if len(v) > 0 && rapid.IntRange(0, 4).Draw(t, "go on") > 0 {
			i := rapid.IntRange(0, len(v)-1).Draw(t, "entry")
			v[i] = mutate(t, v[i])
			return v
		}
	}
	return rapid.SampledFrom([]any{
		nil, true, false, 0, 7, -1, 2.5, 1e20, "", " ", "x", "X", "two\nlines", "3 working days after start", "start", "2d", "-2d", "2 hours before end", "step_0", "yes",
		[]any{}, []any{"x"}, []any{"step_0", "step_1"}, []any{nil}, []any{1}, map[string]any{}, map[string]any{"any": []any{"step_0"}}, map[string]any{"all": "step_0", "any": "step_0"},
		map[string]any{"id": "x"}, map[string]any{"id": "x", "label": "X", "name": "X", "title": "X"}, map[string]any{"step": "step_0", "lag": "2d"}, map[string]any{"text": "x", "required": "no"},
	}).Draw(t, "instead")
}
