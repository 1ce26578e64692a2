package tests

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "relevo"

// leaves are the pure packages: no I/O, no clock, nothing of the house beneath.
var leaves = []string{"models/access", "models/attention", "models/bpmn", "models/custom", "models/exchange", "models/fault", "models/feed", "models/file", "models/find", "models/flow", "models/layout", "models/ledger", "models/mermaid", "models/past", "models/plan", "models/playbook", "models/quick", "models/recur", "models/rehearse", "models/report"}

// mayImport is who may import whom of this module. Whoever is not listed may
// import nothing of it; tests may import everything.
var mayImport = map[string][]string{
	"":                 {"handlers/command"},
	"handlers/command": {"db", "handlers", "handlers/jobs", "handlers/web", "models", "models/feed", "models/ledger", "models/playbook", "models/rehearse", "static", "views/say"},
	"handlers":         with(leaves, "handlers/web", "models", "views", "views/say", "static"),
	"handlers/web":     with(leaves, "models", "views", "views/say", "static"),
	"handlers/jobs":    with(leaves, "models", "views/say"),
	"views":            with(leaves, "models", "views/say", "static"),
	"views/say":        {"models/attention", "models/custom", "models/exchange", "models/fault", "models/flow", "models/ledger", "models/playbook", "models/quick", "models/recur", "models/report"}, // a line of the log is said in words too
	"models":           leaves,
	"models/custom":    {"models/fault"},
	"models/exchange":  {"models/custom", "models/fault", "models/flow", "models/recur"},
	"models/flow":      {"models/fault"},
	"models/access":    {},
	"models/attention": {"models/flow", "models/ledger"},
	"models/fault":     {},
	"models/feed":      {},
	"models/file":      {},
	"models/find":      {"models/flow"},
	"models/layout":    {},
	"models/bpmn":      {},
	"models/mermaid":   {},
	"models/ledger":    {},
	"models/past":      {"models/custom", "models/ledger"},
	"models/plan":      {"models/flow"},
	"models/playbook":  {"models/bpmn", "models/custom", "models/fault", "models/flow", "models/mermaid"},
	"models/quick":     {"models/find", "models/flow"},
	"models/report":    {"models/fault", "models/flow", "models/ledger"},
	"models/recur":     {"models/fault"},
	"models/rehearse":  {"models/fault", "models/flow", "models/plan", "models/playbook"},
	"db":               {},
	"static":           {},
}

// mustNotImport keeps what a package is for out of the others: HTTP out of the
// models, the database out of the pure packages, the clock's users out of rules.
var mustNotImport = map[string][]string{
	"models":           {"net/http", "github.com/labstack/echo/v4", "github.com/a-h/templ", "github.com/riverqueue/river"},
	"models/custom":    pure,
	"models/exchange":  pure,
	"models/flow":      pure,
	"models/access":    pure,
	"models/attention": pure,
	"models/fault":     pure,
	"models/layout":    pure,
	"models/bpmn":      pure,
	"models/mermaid":   pure,
	"models/ledger":    pure,
	"models/past":      pure,
	"models/plan":      pure,
	"models/feed":      pure,
	"models/file":      pure,
	"models/find":      pure,
	"models/playbook":  pure,
	"models/quick":     pure,
	"models/report":    pure,
	"models/recur":     pure,
	"models/rehearse":  pure,
	"views":            {"gorm.io/gorm", "database/sql", "github.com/labstack/echo/v4"},
	"views/say":        {"gorm.io/gorm", "database/sql", "github.com/labstack/echo/v4", "net/http"},
	"handlers":         {"gorm.io/gorm", "database/sql"},
	"handlers/web":     {"gorm.io/gorm", "database/sql"},
	"handlers/jobs":    {"gorm.io/gorm", "database/sql", "net/http", "github.com/labstack/echo/v4"},
}

var pure = []string{"database/sql", "gorm.io/gorm", "net", "net/http", "os", "github.com/labstack/echo/v4"}

func with(some []string, more ...string) []string { return slices.Concat(some, more) }

func TestImportsPointDownwards(t *testing.T) {
	t.Parallel()
	seen := 0
	for name, imports := range imports(t) {
		if name == "tests" || strings.HasPrefix(name, "tests/") {
			continue
		}
		seen++
		allowed, listed := mayImport[name]
		if !listed {
			t.Errorf("package %s is not in the table: say in mayImport what it may import, and who may import it", name)
		}
		for _, i := range imports {
			ours, isOurs := strings.CutPrefix(i, module+"/")
			if isOurs && !slices.Contains(allowed, ours) {
				t.Errorf("package %s must not import %s", name, ours)
			}
			if slices.Contains(mustNotImport[name], i) {
				t.Errorf("package %s must not import %s", name, i)
			}
		}
	}
	require.Greater(t, seen, 10, "the packages have been found")
}

// imports lists every package of the module with what it imports, its tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", "list", "-tags=sqlite_fts5", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	c.Dir = ".."
	out, err := c.Output()
	require.NoError(t, err)
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		name := strings.TrimPrefix(strings.TrimPrefix(fields[0], module), "/")
		all[name] = fields[1:]
	}
	return all
}
