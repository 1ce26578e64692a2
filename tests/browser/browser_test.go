package browser_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func TestTwoPeopleHaveTwoProfiles(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := browser.Open(t, app, app.Person("Ana"))
	visitor := browser.Open(t, app, app.Visitor(), browser.Phone, browser.Dark)
	ana.Go("/nothing-here")
	visitor.Go("/nothing-here")
	require.NotEqual(t, ana.Text("header"), visitor.Text("header"), "one of them is signed in")
	require.Empty(t, browser.Eval[string](ana, "document.cookie"), "no script can read a session")
	require.True(t, browser.Eval[bool](visitor, "matchMedia('(prefers-color-scheme: dark) and (pointer: coarse) and (max-width: 400px)').matches"))
	require.False(t, browser.Eval[bool](ana, "matchMedia('(prefers-color-scheme: dark)').matches"))
}

// listener hears what a tab says to its test, instead of failing it.
type listener struct {
	testing.TB
	heard []string
}

func (l *listener) Errorf(format string, args ...any) {
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

func TestATabTellsWhatGoesWrongBehindThePage(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	l := &listener{TB: t}
	tab := browser.Open(l, app, app.Visitor())
	tab.Go("/nothing-here")
	tab.Sound()
	require.Empty(t, l.heard, "the page itself is sound")
	for what, script := range map[string]string{
		"an inline script":       `document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))`,
		"an inline style":        `document.body.setAttribute('style', 'color: red')`,
		"another host's picture": `document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:1/x.png'}))`,
		"a script's error":       `setTimeout(() => { throw new Error('oh') })`,
		"a script's complaint":   `console.error('oh')`,
	} {
		l.heard = nil
		browser.Eval[bool](tab, script+"; true")
		tab.Until(`new Promise(done => setTimeout(done, 50, true))`)
		tab.Sound()
		require.NotEmpty(t, l.heard, what)
	}
}

func (l *listener) FailNow() { runtime.Goexit() }

func TestAxeSpeaksUp(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	l := &listener{TB: t}
	tab := browser.Open(l, app, app.Visitor())
	tab.Go("/nothing-here")
	tab.Axe()
	require.Empty(t, l.heard)
	browser.Eval[bool](tab, `document.querySelector('main').append(Object.assign(new Image(), {src: '/static/icon.svg'})); true`)
	var done sync.WaitGroup
	done.Go(tab.Axe)
	done.Wait()
	require.Len(t, l.heard, 1)
	require.Contains(t, l.heard[0], "image-alt")
}
