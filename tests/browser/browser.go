// Package browser lets tests use the application as people do: in a real browser,
// with mouse, keyboard and finger. Each tab is a person with a profile of their
// own. A tab waits for what it acts on; it never sleeps for a fixed time. It
// fails its test on any script error, any violation of the content security
// policy and any answer of 500 and above.
package browser

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"relevo/tests/testapp"
	"relevo/tests/testdb"
)

// Patience is how long a tab waits for something to come about before it gives up.
// It is long because it costs nothing where all is well, and machines may be busy.
const Patience = 40 * time.Second

// Tab is one person's page in one browser.
type Tab struct {
	URL string // of the application

	tb     testing.TB
	ctx    context.Context
	touch  bool
	mu     sync.Mutex
	wrongs []string
}

// look is how a tab is shown.
type look struct {
	width, height int64
	phone, dark   bool
	motion, both  bool
	lang          string
}

// Option changes how a tab is shown.
type Option func(*look)

// Phone is a small screen under a finger.
func Phone(l *look) { l.width, l.height, l.phone = 390, 844, true }

// Tablet is a larger one, under a finger too.
func Tablet(l *look) { l.width, l.height, l.phone = 1180, 820, true }

// Wide is a large screen.
func Wide(l *look) { l.width, l.height = 1920, 1080 }

// Dark is the system's dark setting.
func Dark(l *look) { l.dark = true }

// Motion lets things move; otherwise the system asks for stillness.
func Motion(l *look) { l.motion = true }

// Spanish is what the browser asks for.
func Spanish(l *look) { l.lang = "es" }

// OnBoth has a browser over PostgreSQL, too. What a page does is the same over either
// database, and so it is looked at over SQLite; a few tests go the whole way on both.
func OnBoth(l *look) { l.both = true }

// Everywhere has a browser in every test on both databases; it takes twice the time.
var Everywhere = os.Getenv("RELEVO_TEST_BROWSERS") == "everywhere"

// Open opens a tab for a person, signed in if they are. It shows nothing yet. Over
// PostgreSQL it skips the test, unless that has a browser on both databases.
func Open(tb testing.TB, app *testapp.App, person *testapp.Person, options ...Option) *Tab {
	tb.Helper()
	l := look{width: 1280, height: 900, lang: "en"}
	for _, o := range options {
		o(&l)
	}
	if testdb.Postgres() && !l.both && !Everywhere {
		tb.Skip("browsers are opened over SQLite; RELEVO_TEST_BROWSERS=everywhere opens them over PostgreSQL, too")
	}
	ctx, closeTab := profile(tb)
	t := &Tab{URL: app.URL, tb: tb, ctx: ctx, touch: l.phone}
	tb.Cleanup(func() {
		t.Sound()
		closeTab()
	})
	chromedp.ListenTarget(ctx, t.listen)
	setUp := []chromedp.Action{
		emulation.SetDeviceMetricsOverride(l.width, l.height, 1, l.phone),
		emulation.SetTouchEmulationEnabled(l.phone),
		emulation.SetEmulatedMedia().WithFeatures(l.features()),
		network.SetExtraHTTPHeaders(network.Headers{"Accept-Language": l.lang, "X-Forwarded-For": person.Address}),
	}
	if c := person.Cookie(); c.Value != "" {
		setUp = append(setUp, network.SetCookie(c.Name, c.Value).WithURL(app.URL).WithHTTPOnly(true))
	}
	require.NoError(tb, chromedp.Run(ctx, setUp...))
	return t
}

func (l look) features() []*emulation.MediaFeature {
	scheme, motion := "light", "reduce"
	if l.dark {
		scheme = "dark"
	}
	if l.motion {
		motion = "no-preference"
	}
	return []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion}}
}

// profile opens a window with nobody's cookies.
func profile(tb testing.TB) (context.Context, context.CancelFunc) {
	tb.Helper()
	parent := chromium(tb)
	ctx := cdp.WithExecutor(parent, chromedp.FromContext(parent).Browser)
	id, err := target.CreateBrowserContext().Do(ctx)
	require.NoError(tb, err)
	window, err := target.CreateTarget("about:blank").WithBrowserContextID(id).WithNewWindow(true).Do(ctx)
	require.NoError(tb, err)
	tab, closeTab := chromedp.NewContext(parent, chromedp.WithTargetID(window))
	return tab, func() {
		closeTab()
		_ = target.DisposeBrowserContext(id).Do(ctx) // a browser that has gone has no profile left either
	}
}

// listen collects what a person would never see and nobody may ignore.
func (t *Tab) listen(event any) {
	wrong := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		wrong = e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeAssert {
			for _, arg := range e.Args {
				wrong += " " + string(arg.Value) + arg.Description
			}
		}
	case *log.EventEntryAdded:
		// A refused form answers 4xx, which Chromium counts among the errors.
		if e.Entry.Level == log.LevelError && e.Entry.Source != log.SourceNetwork {
			wrong = fmt.Sprint(e.Entry.Source, ": ", e.Entry.Text)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= http.StatusInternalServerError {
			wrong = fmt.Sprint(e.Response.Status, " from ", e.Response.URL)
		}
	}
	if wrong != "" {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.wrongs = append(t.wrongs, wrong)
	}
}

// Sound fails the test if anything went wrong behind the page.
func (t *Tab) Sound() {
	t.tb.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, w := range t.wrongs {
		t.tb.Errorf("behind the page: %s", w)
	}
	t.wrongs = nil
}

// Go goes to a path of the application and waits until the page has loaded.
func (t *Tab) Go(path string) {
	t.tb.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, Patience)
	defer cancel()
	require.NoError(t.tb, chromedp.Run(ctx, chromedp.Navigate(t.URL+path)), path)
	t.Until("document.readyState === 'complete'")
}

// Path is where the tab is.
func (t *Tab) Path() string {
	t.tb.Helper()
	return Eval[string](t, "location.pathname + location.search")
}

// Eval returns what an expression is in the page.
func Eval[T any](t *Tab, expression string) T {
	t.tb.Helper()
	value, err := eval[T](t, expression)
	require.NoError(t.tb, err, expression)
	return value
}

func eval[T any](t *Tab, expression string) (value T, err error) {
	ctx, cancel := context.WithTimeout(t.ctx, Patience)
	defer cancel()
	err = chromedp.Run(ctx, chromedp.Evaluate(expression, &value, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	return value, err
}

// Until waits for an expression to become true.
func (t *Tab) Until(expression string) {
	t.tb.Helper()
	t.until(expression, expression)
}

func (t *Tab) until(what, expression string) {
	t.tb.Helper()
	var last error
	for end := time.Now().Add(Patience); time.Now().Before(end); time.Sleep(15 * time.Millisecond) {
		// A page that is being replaced cannot be asked: ask the next one.
		// One that is only half read says nothing yet.
		ok, err := eval[bool](t, "document.readyState !== 'loading' && !!("+expression+")")
		if ok {
			return
		}
		last = err
	}
	t.fail(what, last)
}

// fail ends the test with a picture and the words of what the person saw.
func (t *Tab) fail(what string, err error) {
	t.tb.Helper()
	name := regexp.MustCompile(`\W+`).ReplaceAllString(t.tb.Name(), "-") + ".failed.png"
	file := filepath.Join(Shots, name)
	_ = shot(t, file) // the picture is a help, not the point
	where, _ := eval[string](t, "location.href")
	text, _ := eval[string](t, "document.body.innerText")
	require.FailNow(t.tb, "waited in vain: "+what, "at %s (%s), error %v; the page says:\n%s", where, file, err, text)
}

// find is the script that looks for an element as people do. A selector is CSS,
// and may go on with " >> " and words that the element shows or is named by; the
// innermost match that can be seen is meant.
func find(selector string) string {
	css, words, _ := strings.Cut(selector, " >> ")
	return fmt.Sprintf(`((css, words) => {
		const plain = s => (s || '').replace(/\s+/g, ' ').trim();
		// What is off the screen and not drawn yet has no inner text.
		const shown = e => e.checkVisibility({contentVisibilityAuto: true}) ? e.innerText : e.textContent;
		const named = e => [shown(e), e.getAttribute('aria-label'), e.placeholder, e.value, e.title].map(plain);
		const seen = e => e.checkVisibility({opacityProperty: false, visibilityProperty: true}) && e.getClientRects().length > 0;
		const all = [...document.querySelectorAll(css)].filter(seen);
		if (!words) return all[0];
		return all.find(e => named(e).includes(words)) || all.filter(e => named(e).some(n => n.includes(words))).pop();
	})(%q, %q)`, css, words)
}

// WaitVisible waits until something can be seen.
func (t *Tab) WaitVisible(selector string) {
	t.tb.Helper()
	t.until("to see "+selector, find(selector))
}

// WaitGone waits until something can be seen no more.
func (t *Tab) WaitGone(selector string) {
	t.tb.Helper()
	t.until(selector+" to be gone", "!"+find(selector))
}

// Sees reports whether something can be seen now.
func (t *Tab) Sees(selector string) bool {
	t.tb.Helper()
	return Eval[bool](t, "!!"+find(selector))
}

// Text waits for something and returns its words.
func (t *Tab) Text(selector string) string {
	t.tb.Helper()
	t.WaitVisible(selector)
	return Eval[string](t, find(selector)+"?.innerText.trim() ?? ''")
}

// Value is what a field holds.
func (t *Tab) Value(selector string) string {
	t.tb.Helper()
	t.WaitVisible(selector)
	return Eval[string](t, find(selector)+".value")
}

type point struct{ X, Y float64 }

// reach scrolls to something and returns its middle, once it stands still and
// nothing lies over it.
func (t *Tab) reach(selector string) point {
	t.tb.Helper()
	const script = `(async () => {
		const e = %s;
		if (!e) return null;
		const before = e.getBoundingClientRect();
		if (before.top < 0 || before.left < 0 || before.bottom > innerHeight || before.right > innerWidth)
			e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
		const a = e.getBoundingClientRect();
		await new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); setTimeout(done, 100) });
		const b = e.getBoundingClientRect();
		if (!e.isConnected || a.x !== b.x || a.y !== b.y || e.disabled || document.querySelector('.htmx-swapping, .htmx-settling')) return null;
		const r = [...e.getClientRects()].find(r => r.width && r.height) || b;
		const x = r.x + r.width / 2, y = r.y + r.height / 2;
		const top = document.elementFromPoint(x, y);
		if (top && (e.contains(top) || top.contains(e) && top.matches('label, a, button') || top.control === e || e.labels && [...e.labels].some(l => l.contains(top)))) return {x, y};
		e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'}); // its column may have scrolled it away
		return null;
	})()`
	var last error
	for end := time.Now().Add(Patience); time.Now().Before(end); time.Sleep(15 * time.Millisecond) {
		p, err := eval[*point](t, fmt.Sprintf(script, find(selector)))
		if p != nil {
			return *p
		}
		last = err
	}
	t.fail("to reach "+selector, last)
	return point{}
}

func (t *Tab) do(what string, actions ...chromedp.Action) {
	t.tb.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, Patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.fail(what, err)
	}
}

// Click clicks, or taps on a phone, on something.
func (t *Tab) Click(selector string) {
	t.tb.Helper()
	p := t.reach(selector)
	if t.touch {
		t.do("to tap "+selector,
			input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: p.X, Y: p.Y}}),
			input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
		return
	}
	t.do("to click "+selector, chromedp.MouseClickXY(p.X, p.Y))
}

// ClickHolding clicks on something while Shift or Control is held down.
func (t *Tab) ClickHolding(key, selector string) {
	t.tb.Helper()
	p := t.reach(selector)
	t.do("to click "+selector, chromedp.MouseClickXY(p.X, p.Y, chromedp.ButtonModifiers(held(key))))
}

// DoubleClick clicks twice on something.
func (t *Tab) DoubleClick(selector string) {
	t.tb.Helper()
	p := t.reach(selector)
	t.do("to double-click "+selector, chromedp.MouseClickXY(p.X, p.Y), chromedp.MouseClickXY(p.X, p.Y, chromedp.ClickCount(2)))
}

// Hover moves the mouse onto something.
func (t *Tab) Hover(selector string) {
	t.tb.Helper()
	p := t.reach(selector)
	t.do("to point at "+selector, input.DispatchMouseEvent(input.MouseMoved, p.X, p.Y))
}

// Type clicks into a field, empties it and types.
func (t *Tab) Type(selector, text string) {
	t.tb.Helper()
	t.Click(selector)
	t.until("the focus in "+selector, find(selector)+"?.contains(document.activeElement)")
	Eval[bool](t, "(document.activeElement.select?.(), true)")
	if text == "" {
		t.Press("Delete")
		return
	}
	t.do("to type into "+selector, input.InsertText(text))
}

// Insert types on where the focus is.
func (t *Tab) Insert(text string) {
	t.tb.Helper()
	t.do("to type "+text, input.InsertText(text))
}

// Choose chooses an option of a list by its words.
func (t *Tab) Choose(selector, option string) {
	t.tb.Helper()
	t.WaitVisible(selector)
	t.until("the choice "+option+" in "+selector, fmt.Sprintf(`(() => {
		const list = %s, o = list && [...list.options].find(o => o.text.trim() === %q) || list && [...list.options].find(o => o.text.includes(%q));
		if (!o) return false;
		list.value = o.value;
		list.dispatchEvent(new Event('input', {bubbles: true}));
		list.dispatchEvent(new Event('change', {bubbles: true}));
		return true;
	})()`, find(selector), option, option))
}

// Paste pastes text into a field as from another program.
func (t *Tab) Paste(selector, text string) {
	t.tb.Helper()
	t.Click(selector)
	Eval[bool](t, fmt.Sprintf(`(text => {
		const data = new DataTransfer(), into = document.activeElement;
		data.setData('text/plain', text);
		if (into.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))) document.execCommand('insertText', false, text);
		return true;
	})(%q)`, text))
}

// Focus moves the keyboard's focus to something, as Tab would after long enough.
func (t *Tab) Focus(selector string) {
	t.tb.Helper()
	t.WaitVisible(selector)
	t.until("the focus on "+selector, fmt.Sprintf("(e => { e.focus(); return document.activeElement === e })(%s)", find(selector)))
}

// Focused is a short name of what has the keyboard's focus.
func (t *Tab) Focused() string {
	t.tb.Helper()
	return Eval[string](t, `(e => e.id ? '#' + e.id : e.name || e.getAttribute('aria-label') || e.innerText || e.tagName)(document.activeElement)`)
}

// Press presses a key by its name: Enter, Escape, Tab, ArrowDown, " ", a letter;
// with others held down: Control+Enter, Shift+Tab.
func (t *Tab) Press(keys ...string) {
	t.tb.Helper()
	for _, combination := range keys {
		parts := strings.Split(combination, "+")
		key := parts[len(parts)-1]
		var modifiers input.Modifier
		for _, h := range parts[:len(parts)-1] {
			modifiers |= held(h)
		}
		t.do("to press "+combination, stroke(keyName(key), modifiers)...)
	}
}

// Drag drags something and drops it on something else: in its middle, or near
// its top or bottom edge if where is -1 or 1.
func (t *Tab) Drag(what, onto string, where float64) {
	t.tb.Helper()
	from := t.reach(what)
	// The target may be off the screen or under the card: it is only measured.
	t.WaitVisible(onto)
	box := Eval[[]float64](t, fmt.Sprintf("(r => [r.x + r.width / 2, r.y + r.height / 2, r.height])(%s.getBoundingClientRect())", find(onto)))
	to := point{box[0], box[1] + where*(box[2]/2-4)}
	if t.touch {
		t.dragByFinger(what, from, to)
		return
	}
	steps := []chromedp.Action{input.DispatchMouseEvent(input.MousePressed, from.X, from.Y).WithButton(input.Left).WithClickCount(1)}
	const parts = 12
	for i := 1; i <= parts; i++ {
		part := float64(i) / parts
		steps = append(steps, input.DispatchMouseEvent(input.MouseMoved, from.X+(to.X-from.X)*part, from.Y+(to.Y-from.Y)*part).WithButton(input.Left).WithButtons(1),
			frame())
	}
	steps = append(steps, input.DispatchMouseEvent(input.MouseReleased, to.X, to.Y).WithButton(input.Left).WithClickCount(1))
	t.do("to drag "+what+" onto "+onto, steps...)
}

// Held is something that is being dragged.
type Held struct {
	tab *Tab
	at  point
}

// Hold takes hold of something with the mouse, or with a finger after a long press.
func (t *Tab) Hold(what string) *Held {
	t.tb.Helper()
	h := &Held{tab: t, at: t.reach(what)}
	if t.touch {
		t.do("to hold "+what, input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: h.at.X, Y: h.at.Y}}), chromedp.Sleep(longPress))
	} else {
		t.do("to hold "+what, input.DispatchMouseEvent(input.MousePressed, h.at.X, h.at.Y).WithButton(input.Left).WithClickCount(1))
	}
	return h
}

// To drags it to a place on the screen, without letting go.
func (h *Held) To(x, y float64) {
	h.tab.tb.Helper()
	const parts = 12
	from := h.at
	for i := 1; i <= parts; i++ {
		part := float64(i) / parts
		h.at = point{from.X + (x-from.X)*part, from.Y + (y-from.Y)*part}
		if h.tab.touch {
			h.tab.do("to drag", input.DispatchTouchEvent(input.TouchMove, []*input.TouchPoint{{X: h.at.X, Y: h.at.Y}}), frame())
		} else {
			h.tab.do("to drag", input.DispatchMouseEvent(input.MouseMoved, h.at.X, h.at.Y).WithButton(input.Left).WithButtons(1), frame())
		}
	}
}

// Onto drags it over the middle of something, without letting go.
func (h *Held) Onto(what string) {
	h.tab.tb.Helper()
	h.tab.WaitVisible(what)
	box := Eval[[]float64](h.tab, fmt.Sprintf("(r => [r.x + r.width / 2, r.y + r.height / 2])(%s.getBoundingClientRect())", find(what)))
	h.To(box[0], box[1])
}

// Drop lets go of it.
func (h *Held) Drop() {
	h.tab.tb.Helper()
	if h.tab.touch {
		h.tab.do("to drop", input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
		return
	}
	h.tab.do("to drop", input.DispatchMouseEvent(input.MouseReleased, h.at.X, h.at.Y).WithButton(input.Left).WithClickCount(1))
}

// longPress is longer than what tells a drag by finger from scrolling.
const longPress = 350 * time.Millisecond

func (t *Tab) dragByFinger(what string, from, to point) {
	t.tb.Helper()
	at := func(p point) []*input.TouchPoint { return []*input.TouchPoint{{X: p.X, Y: p.Y}} }
	steps := []chromedp.Action{input.DispatchTouchEvent(input.TouchStart, at(from)), chromedp.Sleep(longPress)}
	const parts = 12
	for i := 1; i <= parts; i++ {
		part := float64(i) / parts
		steps = append(steps, input.DispatchTouchEvent(input.TouchMove, at(point{from.X + (to.X-from.X)*part, from.Y + (to.Y-from.Y)*part})), frame())
	}
	steps = append(steps, input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
	t.do("to drag "+what+" by finger", steps...)
}

// frame waits until the page has drawn itself once more.
func frame() chromedp.Action {
	return chromedp.Evaluate(`new Promise(done => { requestAnimationFrame(() => done(true)); setTimeout(done, 100, true) })`, nil,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })
}

// Reload loads the page again.
func (t *Tab) Reload() {
	t.tb.Helper()
	t.do("to reload", page.Reload(), chromedp.WaitReady("body"))
}

// Offline cuts the tab off the network, or connects it again.
func (t *Tab) Offline(off bool) {
	t.tb.Helper()
	t.do("to change the network", network.EmulateNetworkConditions(off, 0, -1, -1))
}

// SignedIn gives the tab the person's session of now, as logging in in another
// tab does.
func (t *Tab) SignedIn(person *testapp.Person) {
	t.tb.Helper()
	c := person.Cookie()
	t.do("to be signed in", network.SetCookie(c.Name, c.Value).WithURL(t.URL).WithHTTPOnly(true))
}

// Slow lets the tab send only so many bytes a second; 0: as many as it can.
func (t *Tab) Slow(bytes float64) {
	t.tb.Helper()
	if bytes == 0 {
		bytes = -1
	}
	t.do("to slow the network", network.EmulateNetworkConditions(false, 0, -1, bytes))
}
