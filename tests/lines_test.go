package tests

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// chain makes tasks of which each waits for the one before.
func (o office) chain(t *testing.T, titles ...string) []string {
	t.Helper()
	ids := o.add(t, flow.Ready, titles...)
	for i := range ids[1:] {
		o.require(t, ids[i], ids[i+1])
	}
	return ids
}

// drawn are the lines that are shown, by the keys of their ends.
func drawn(tab *browser.Tab) string {
	return browser.Eval[string](tab, `[...document.querySelectorAll("#lines [data-line]")].map(l => l.dataset.line + (l.matches(".line-done") ? " done" : "")).sort().join(", ")`)
}

// stubbed waits for a stub with those words: what a selector finds is HTML only.
func stubbed(tab *browser.Tab, words string) {
	tab.Until(fmt.Sprintf(`[...document.querySelectorAll("#lines .line-label")].some(l => l.textContent.includes(%q))`, words))
}

func drawnIs(tab *browser.Tab, want string) {
	tab.Until(fmt.Sprintf(`[...document.querySelectorAll("#lines [data-line]")].map(l => l.dataset.line + (l.matches(".line-done") ? " done" : "")).sort().join(", ") === %q`, want))
}

func TestWhoHoldsWhomIsToldToWhoMaySeeTheBoard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Sign", "Pay")
	viewer := o.Join(o.ana, o.team, "Vic Gray", access.Viewer)
	a := viewer.Get(o.path() + "/dependencies")
	require.Equal(t, http.StatusOK, a.Status)
	require.Equal(t, "application/json", a.Header.Get("Content-Type"))
	var told struct {
		Tasks [][4]string
		Edges [][3]int
		Words map[string]string
	}
	require.NoError(t, json.Unmarshal([]byte(a.Body), &told))
	require.Equal(t, [][4]string{{ids[0], "ONB-1", o.column[flow.Ready], ""}, {ids[1], "ONB-2", o.column[flow.Waiting], ""}}, told.Tasks)
	require.Equal(t, [][3]int{{0, 1, 1}}, told.Edges)
	require.Equal(t, "holds it up", told.Words["open"])
	require.NoError(t, o.Store.EditProfile(t.Context(), viewer.Actor(), models.ProfileInput{Name: "Vic Gray", Lang: "es", Zone: "UTC"}))
	require.Contains(t, viewer.Get(o.path()+"/dependencies").Body, "la retiene", "each in their language")

	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	require.Contains(t, o.bo.Get(o.path()+"/dependencies").Body, `"edges":[[0,1,0]]`, "what is kept is of now")
	require.Equal(t, http.StatusNotFound, o.Person("Stranger").Get(o.path()+"/dependencies").Status)

	// Drawn from card to card, both outcomes are the board's to show.
	hx := []string{"HX-Request", "true"}
	a = o.bo.Do("POST", "/tasks/"+ids[0]+"/prerequisites", url.Values{"task": {ids[1]}, "from": {"board"}}, hx...)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "ONB-1 → ONB-2 → ONB-1")
	other := o.add(t, flow.Ready, "Ship")[0]
	a = o.bo.Do("POST", "/tasks/"+other+"/prerequisites", url.Values{"task": {ids[1]}, "from": {"board"}}, hx...)
	require.Equal(t, http.StatusNoContent, a.Status)
	require.Equal(t, "ONB-3 waits for ONB-2 now.", offered(t, a)["text"])
	require.Equal(t, http.StatusForbidden, viewer.Do("POST", "/tasks/"+other+"/prerequisites", url.Values{"task": {ids[0]}, "from": {"board"}}, hx...).Status)
}

func TestTheLinesOfACardShowUnderThePointerAndWithTheFocus(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Sign the contract", "Order the laptop", "Set it up", "Hand it over")
	alone := o.add(t, flow.Ready, "Something else")[0]
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	elsewhere := o.Board(o.ana, o.team, "Payroll")
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), elsewhere.ID)
	require.NoError(t, err)
	far, err := o.Store.AddTasks(t.Context(), o.ana.Actor(), v.Lanes[1].ID, []string{"Payroll runs"})
	require.NoError(t, err)
	o.require(t, far[0].ID, ids[1])

	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	require.False(t, browser.Eval[bool](tab, "!!document.querySelector('#lines')"))
	tab.Hover(card(ids[1]))
	drawnIs(tab, "ONB-1 ONB-2 done, ONB-2 ONB-3")
	stubbed(tab, "PAY-1 ↗")
	require.True(t, browser.Eval[bool](tab, "document.querySelector('#lines svg').getAttribute('aria-hidden') === 'true'"))
	require.True(t, browser.Eval[bool](tab, "!document.querySelector('#t-"+alone+"').hasAttribute('data-kin') && document.querySelector('#t-"+ids[2]+"').hasAttribute('data-kin')"))
	tab.Axe()
	tab.Shot("lines-hover")
	tab.Hover("h1")
	drawnIs(tab, "")
	tab.Until("!document.querySelector('[data-kin]')")
	tab.Hover(card(alone))
	tab.WaitVisible(".line-handle")
	require.Empty(t, drawn(tab), "it has none")

	tab.Hover("h1")
	tab.Focus(card(ids[1]) + " .card-title")
	tab.Press("Home")
	tab.Until("document.activeElement.matches('.card-title:focus-visible')")
	drawnIs(tab, "ONB-2 ONB-3, ONB-3 ONB-4")
	tab.Press("Tab", "Tab", "Tab", "Tab")
	tab.Sound()
}

func TestAllLinesShowByASwitchAndKeepUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Sign the contract", "Order the laptop", "Set it up", "Hand it over")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Click("[data-lines]")
	drawnIs(tab, "ONB-1 ONB-2, ONB-2 ONB-3, ONB-3 ONB-4")
	require.Equal(t, "true", browser.Eval[string](tab, "document.querySelector('[data-lines]').getAttribute('aria-pressed')"))
	tab.WaitVisible(".line-legend >> holds it up")
	tab.Axe()
	tab.Shot("lines-all")

	// Live: what others connect and finish shows here.
	extra := o.add(t, flow.InProgress, "Write the manual")[0]
	o.require(t, extra, ids[3])
	drawnIs(tab, "ONB-1 ONB-2, ONB-2 ONB-3, ONB-3 ONB-4, ONB-5 ONB-4")
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	drawnIs(tab, "ONB-1 ONB-2 done, ONB-2 ONB-3, ONB-3 ONB-4, ONB-5 ONB-4")
	ends := `(() => {
		const box = document.querySelector("#lines").getBoundingClientRect(), p = document.querySelector("#lines [data-line='ONB-1 ONB-2']");
		const at = p.getPointAtLength(0), card = document.querySelector("#t-` + ids[0] + `").getBoundingClientRect();
		return Math.abs(at.x + box.left - card.left) < 3 && at.y + box.top > card.top && at.y + box.top < card.bottom;
	})()`
	tab.Until(ends) // it stands in Done now, and the line goes from there

	// Dragged, a card takes its lines along: before it is dropped, too.
	tab.Drag(card(extra), "#l-"+o.column[flow.InReview], 0)
	tab.Until(o.in(extra, flow.InReview))
	tab.Until(strings.NewReplacer("ONB-1 ONB-2", "ONB-5 ONB-4", ids[0], extra).Replace(ends))

	tab.Reload()
	drawnIs(tab, "ONB-1 ONB-2 done, ONB-2 ONB-3, ONB-3 ONB-4, ONB-5 ONB-4")
	tab.Click("[data-lines]")
	drawnIs(tab, "")
	tab.Press("Shift+D")
	drawnIs(tab, "ONB-1 ONB-2 done, ONB-2 ONB-3, ONB-3 ONB-4, ONB-5 ONB-4")
	tab.Until("document.querySelector('#said').textContent === 'Lines are shown.'")
	tab.Press("Shift+D")
	drawnIs(tab, "")
	tab.Sound()
}

func TestWhatIsScrolledAwayOrNotLoadedIsCounted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var titles []string
	for i := range models.Window + 20 {
		titles = append(titles, "Task "+strconv.Itoa(i))
	}
	many := o.add(t, flow.InProgress, titles...)
	hub := o.add(t, flow.Ready, "Hub")[0]
	for _, i := range []int{0, 1, 40, models.Window + 5, models.Window + 6} {
		o.require(t, many[i], hub)
	}
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Press("Shift+D")
	stubbed(tab, "3 ↓")
	require.Equal(t, 2, browser.Eval[int](tab, `document.querySelectorAll("#lines [data-line]").length`))
	browser.Eval[bool](tab, "(document.querySelector('#l-"+o.column[flow.InProgress]+"').scrollTop = 1e6, true)")
	tab.Until(`[...document.querySelectorAll("#lines .line-label")].some(l => /[45]/.test(l.textContent))`)
	tab.Hover(card(hub))
	stubbed(tab, " +")
	tab.Shot("lines-stubs")
	tab.Sound()
}

func TestACardIsConnectedByDrawingALine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Sign the contract", "Order the laptop")
	other := o.add(t, flow.Ready, "Hand it over")[0]
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Hover(card(ids[1]))
	tab.Drag(".line-handle[data-end=after]", card(other), 0)
	tab.WaitVisible("#notice >> ONB-3 waits for ONB-2 now.")
	tab.Until(o.in(other, flow.Waiting))
	require.Contains(t, tab.Text(card(other)), "Waits for ONB-2 Order the laptop")
	require.False(t, tab.Sees("#panel article"), "nothing opens")

	tab.Click("[data-undo]")
	tab.Until(o.in(other, flow.Ready))

	// From its other side, the card waits for the one it is drawn to.
	tab.Hover(card(other))
	tab.Drag(".line-handle[data-end=before]", card(ids[1]), 0)
	tab.Until(o.in(other, flow.Waiting))

	// A circle is refused, and named.
	tab.Hover(card(other))
	tab.Drag(".line-handle[data-end=after]", card(ids[0]), 0)
	tab.WaitVisible("#notice [role=alert] >> ONB-1 → ONB-2 → ONB-3 → ONB-1")
	tab.Click("#notice [role=alert] [data-dismiss]")
	tab.Sound()

	viewer := browser.Open(t, o.App, o.Join(o.ana, o.team, "Vic Gray", access.Viewer))
	viewer.Go(o.path())
	viewer.Hover(card(ids[1]))
	drawnIs(viewer, "ONB-1 ONB-2, ONB-2 ONB-3")
	require.False(t, viewer.Sees(".line-handle"))
	viewer.Press("c")
	require.False(t, viewer.Sees("#line-bar"))
	viewer.Sound()
	replay.Check(t, o.DB.Read)
}

func TestWhileALineIsDrawnItSaysWhatWillBe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Sign the contract", "Order the laptop")
	other := o.add(t, flow.InProgress, "Hand it over")[0]
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Hover(card(ids[1]))
	held := tab.Hold(".line-handle[data-end=after]")
	held.Onto(card(other))
	tab.WaitVisible(".line-tip >> ONB-3 will wait for ONB-2.")
	require.True(t, tab.Sees(card(other)+"[data-target=yes]"))
	tab.Shot("lines-drawing")
	held.Onto(card(ids[0]))
	tab.WaitVisible(".line-tip >> Not possible, it would go round in a circle: ONB-1 → ONB-2 → ONB-1")
	require.True(t, tab.Sees(card(ids[0])+"[data-target=no]"))
	tab.Axe()
	tab.Shot("lines-refused")
	tab.Press("Escape")
	tab.WaitGone(".line-tip")
	held.Drop()
	require.False(t, tab.Sees("#notice .notice"))
	tab.Sound()
}

func TestCardsAreConnectedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Set it up")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Focus(card(ids[1]) + " .card-title")
	tab.Press("c")
	tab.WaitVisible("#line-bar >> Connect ONB-2: go to another card with the arrows.")
	tab.Press("ArrowUp")
	tab.WaitVisible("#line-bar >> ONB-2 will wait for ONB-1.")
	tab.Axe()
	tab.Shot("lines-keys")
	tab.Press("r")
	tab.WaitVisible("#line-bar >> ONB-1 will wait for ONB-2.")
	tab.Press("Tab")
	tab.WaitVisible("#line-bar >> ONB-2 will wait for ONB-1.")
	tab.Press("Enter")
	tab.WaitVisible("#notice >> ONB-2 waits for ONB-1 now.")
	tab.Until(o.in(ids[1], flow.Waiting))
	tab.WaitGone("#line-bar")
	tab.Until("document.activeElement.closest('.card')?.id === 't-" + ids[1] + "'")

	tab.Press("c", "ArrowRight")
	tab.WaitVisible("#line-bar >> ONB-2 waits for ONB-1 already.")
	tab.Press("r")
	tab.WaitVisible("#line-bar >> Not possible, it would go round in a circle: ONB-1 → ONB-2 → ONB-1")
	tab.Press("Enter")
	tab.WaitVisible("#notice [role=alert] >> ONB-1 → ONB-2 → ONB-1")
	tab.WaitVisible("#line-bar")
	tab.Press("Escape")
	tab.WaitGone("#line-bar")
	tab.Until("document.querySelector('#said').textContent === 'Nothing was connected.'")
	tab.Until("document.activeElement.closest('.card')?.id === 't-" + ids[1] + "'")
	require.False(t, tab.Sees("#panel article"))
	tab.Press("Control+z")
	tab.Until(o.in(ids[1], flow.Ready))
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func TestCardsAreConnectedWithAFinger(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Firmar el contrato", "Pedir el portátil")
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start'}), true)")
	require.False(t, browser.Eval[bool](tab, "!!document.querySelector('.line-handle')"))
	tab.Click("[data-lines]")
	tab.WaitVisible(".line-handle")
	tab.Axe()
	tab.Shot("lines-phone")
	require.GreaterOrEqual(t, browser.Eval[float64](tab, "document.querySelector('.line-handle').getBoundingClientRect().height"), 44.0)
	tab.Drag(".line-handle[data-end=after][data-task='"+ids[0]+"']", card(ids[1]), 0)
	tab.WaitVisible("#notice >> ONB-2 waits for ONB-1 now.")
	tab.Until(o.in(ids[1], flow.Waiting))
	require.False(t, tab.Sees("#panel article"))
	tab.Sound()
}

// The measure of a full board: 200 cards and 300 dependencies, drawn in a frame.
func TestAFullBoardOfLinesIsDrawnWithinAFrame(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	states := []flow.State{flow.Ready, flow.InProgress, flow.InReview, flow.Done}
	var ids []string
	for _, s := range states {
		var titles []string
		for i := range 50 {
			titles = append(titles, fmt.Sprintf("%s %d", s, i))
		}
		ids = append(ids, o.add(t, s, titles...)...)
	}
	var pairs [][2]string
	for i := 0; len(pairs) < 300; i++ {
		from, to := ids[(i*37)%len(ids)], ids[(i*61+i/len(ids)+11)%len(ids)]
		if from < to && !slices.Contains(pairs, [2]string{from, to}) {
			pairs = append(pairs, [2]string{from, to})
		}
	}
	for _, p := range pairs {
		require.NoError(t, o.DB.Write.Set("relevo:marked", true).Exec("INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, lag_amount, lag_unit, on_cancel, satisfied_at, created_at) VALUES (?, ?, ?, 0, 'days', 'skip', 'done', ?)",
			p[0], p[1], o.team.ID, time.Now().UTC()).Error)
	}
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Press("Shift+D")
	tab.Until(`document.querySelectorAll("#lines .line, #lines .line-stub").length > 20`)
	tab.Shot("lines-full")
	// All cards on the screen at once, which is the worst that a very high screen could ask for.
	worst := browser.Eval[[]float64](tab, `(async () => {
		const style = new CSSStyleSheet();
		style.replaceSync("#board { block-size: 6000px !important } .lanes .card { content-visibility: visible !important }");
		document.adoptedStyleSheets = [style];
		const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		await frame(); await frame();
		const took = [];
		for (let i = 0; i < 30; i++) { document.querySelector("#lanes .cards").dispatchEvent(new Event("scroll")); await frame(); took.push(relevo.lines.took); }
		document.adoptedStyleSheets = [];
		return [...took.sort((a, b) => a - b), document.querySelectorAll("#lines [data-line]").length];
	})()`)
	t.Logf("200 cards, %v lines: median %.1f ms, worst %.1f ms", worst[30], worst[15], worst[29])
	require.InDelta(t, 300, worst[30], 0)
	usual := browser.Eval[[]float64](tab, `(async () => {
		const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		const took = [], list = document.querySelector("#l-`+o.column[flow.Ready]+`");
		await frame();
		for (let i = 0; i < 30; i++) { list.scrollTop += 40; await frame(); took.push(relevo.lines.took); }
		return took.sort((a, b) => a - b);
	})()`)
	t.Logf("scrolling: median %.1f ms, worst %.1f ms", usual[15], usual[29])
	require.Less(t, usual[15], 16.0, "a frame")
	tab.Sound()
}

func TestLinesAreSeenInTheDarkAndInSpanish(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.chain(t, "Firmar el contrato", "Pedir el portátil", "Prepararlo", "Entregarlo")
	require.NoError(t, o.Store.CompleteTask(t.Context(), o.ana.Actor(), ids[0], 1<<40))
	manual := o.add(t, flow.InProgress, "Escribir el manual", "Imprimirlo")
	o.require(t, manual[0], ids[3])
	o.require(t, ids[0], manual[1])
	require.NoError(t, o.Store.EditProfile(t.Context(), o.bo.Actor(), models.ProfileInput{Name: "Bo Chen", Lang: "es", Zone: "UTC"}))
	tab := browser.Open(t, o.App, o.bo, browser.Dark, browser.Spanish)
	tab.Go(o.path())
	tab.Press("Shift+D")
	tab.WaitVisible(".line-legend >> la retiene")
	tab.Until(`document.querySelectorAll("#lines [data-line]").length === 5`)
	tab.Axe()
	tab.Shot("lines-dark")
	tab.Hover(card(ids[2]))
	drawnIs(tab, "ONB-2 ONB-3, ONB-3 ONB-4")
	tab.Axe()
	tab.Shot("lines-dark-one")
	tab.Sound()
}
