package browser

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// chromiums are the browsers of this process. Starting one takes longer than most
// stories, so that it is kept for the next test: each tab has a profile of its own,
// which goes with it.
var chromiums = struct {
	sync.Mutex
	lent map[testing.TB]context.Context
	idle []context.Context
	ends []context.CancelFunc
}{lent: map[testing.TB]context.Context{}}

// Main runs a package's tests and closes the browsers that they opened.
func Main(m *testing.M) {
	code := m.Run()
	chromiums.Lock()
	for _, end := range chromiums.ends {
		end()
	}
	os.Exit(code)
}

// chromium is a browser that the test has to itself until it ends, shared by its tabs.
func chromium(tb testing.TB) context.Context {
	tb.Helper()
	chromiums.Lock()
	defer chromiums.Unlock()
	if ctx, there := chromiums.lent[tb]; there {
		return ctx
	}
	chromiums.idle = slices.DeleteFunc(chromiums.idle, lost)
	var ctx context.Context
	if last := len(chromiums.idle) - 1; last >= 0 {
		ctx, chromiums.idle = chromiums.idle[last], chromiums.idle[:last]
	} else {
		ctx = start(tb)
	}
	chromiums.lent[tb] = ctx
	tb.Cleanup(func() {
		chromiums.Lock()
		defer chromiums.Unlock()
		delete(chromiums.lent, tb)
		chromiums.idle = append(chromiums.idle, ctx)
	})
	return ctx
}

// lost reports whether a browser has gone.
func lost(ctx context.Context) bool {
	select {
	case <-chromedp.FromContext(ctx).Browser.LostConnection:
		return true
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// quiet leaves out chromedp's complaints of events that it has not heard of yet.
var quiet = chromedp.WithErrorf(func(string, ...any) {})

func start(tb testing.TB) context.Context {
	tb.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program(tb)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		// Pages of the browser's own, for each window: what falls out of the address bar.
		chromedp.Flag("disable-features", "site-per-process,Translate,BlinkGenPropertyTrees,PreloadTopChromeWebUI,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(alloc, quiet)
	chromiums.ends = append(chromiums.ends, func() { closeBrowser(); stop() })
	require.NoError(tb, chromedp.Run(ctx))
	return ctx
}

// program finds Chromium: where it is installed, the one that has no windows of its own,
// which takes half the time (its file, for Debian's script of that name would be killed
// in its stead). Without one a laptop skips the test; CI does not.
func program(tb testing.TB) string {
	tb.Helper()
	for _, name := range []string{"/usr/lib/chromium/chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const how = "this test needs Chromium: apt-get install chromium"
	if os.Getenv("CI") == "true" {
		tb.Fatal(how)
	}
	tb.Skip(how)
	return ""
}
