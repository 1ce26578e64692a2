package command

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const twoMistakes = `name: Move house
steps:
  - id: pack
    title: Pack the {{boxes}}
    role: movers
  - id: drive
    titel: Drive
    needs: [pak]
`

func TestATemplateIsCheckedFromTheCommandLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "move.yaml")
	check := func(text string, args ...string) (string, int) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		c := relevo(t, append([]string{"template", "check", file}, args...), "LANG=en_GB.UTF-8")
		out, err := c.CombinedOutput()
		code := 0
		if err != nil {
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit)
			code = exit.ExitCode()
		}
		return strings.ReplaceAll(string(out), file, "move.yaml"), code
	}

	out, code := check(twoMistakes)
	require.Equal(t, 1, code)
	require.Equal(t, "move.yaml:7:5: error: There is no key “titel” here. Do you mean “title”?\nrelevo: 1 error\n", out)

	out, code = check(strings.Replace(twoMistakes, "titel", "title", 1), "--lang=es")
	require.Equal(t, 1, code)
	require.Contains(t, out, "move.yaml:4:21: error: No existe ningún dato ni campo «boxes».")
	require.Contains(t, out, "move.yaml:5:11: error: No existe el papel «movers».")
	require.Contains(t, out, "move.yaml:8:13: error: No existe el paso «pak». ¿Quieres decir «pack»?")
	require.Contains(t, out, "relevo: 3 errores")

	out, code = check("name: Move house\nsteps: [{id: pack, title: Pack}]\n")
	require.Zero(t, code, out)
	require.Contains(t, out, "move.yaml:2:9: warning: Nobody does this step. Give it a role.")
	require.Contains(t, out, "move.yaml: in order, 1 step")
	require.Contains(t, out, "move.yaml:1:1: hint: No step has an estimate", "what could be better is said, and is no error")
}

func TestAFolderOfTemplatesIsCheckedWhole(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	check := func() (string, error) {
		out, err := relevo(t, []string{"template", "check", dir}, "LANG=en_GB.UTF-8").CombinedOutput()
		return strings.ReplaceAll(string(out), dir+string(filepath.Separator), ""), err
	}
	out, err := check()
	require.Error(t, err)
	require.Contains(t, out, "there is no .yaml or .yml file in")

	write("b.yaml", "name: Move house\nsteps: [{id: pack, title: Pack}]\n")
	write("hr/a.yml", "name: Hire\nsteps: [{id: sign, title: Sign}]\n")
	write(".git/broken.yaml", twoMistakes)
	write("README.md", "not a template")
	out, err = check()
	require.NoError(t, err, out)
	require.Contains(t, out, "b.yaml: in order, 1 step\n")
	require.Contains(t, out, "a.yml: in order, 1 step\n")
	require.NotContains(t, out, "broken")

	write("hr/c.yaml", twoMistakes)
	out, err = check()
	require.Error(t, err)
	require.Contains(t, out, filepath.Join("hr", "c.yaml")+":7:5: error:")
	require.Contains(t, out, "b.yaml: in order", "one that is wrong does not keep the others from being checked")
}

func TestTheSchemaIsPrintedFromTheCommandLine(t *testing.T) {
	out, err := relevo(t, []string{"template", "schema"}).Output()
	require.NoError(t, err)
	var schema map[string]any
	require.NoError(t, json.Unmarshal(out, &schema))
	require.Equal(t, "https://json-schema.org/draft/2020-12/schema", schema["$schema"])
}
