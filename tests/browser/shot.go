package browser

import (
	"context"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Shots is the folder for pictures, which git ignores.
var Shots = filepath.Join(root(), "tests", "shots")

// root is the folder of the module.
func root() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return os.TempDir()
}

// Shot takes a picture of what the person sees, where RELEVO_TEST_SHOTS asks for
// pictures; one of a failure is always taken.
func (t *Tab) Shot(name string) {
	t.tb.Helper()
	if os.Getenv("RELEVO_TEST_SHOTS") == "" {
		return
	}
	t.Until(`document.readyState === 'complete'`)
	require.NoError(t.tb, shot(t, filepath.Join(Shots, name+".png")))
}

func shot(t *Tab, file string) error {
	ctx, cancel := context.WithTimeout(t.ctx, Patience)
	defer cancel()
	var picture []byte
	if err := chromedp.Run(ctx, chromedp.CaptureScreenshot(&picture)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}
