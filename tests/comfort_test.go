package tests

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

// many are the titles of n tasks: Task0, Task1, …
func many(n int) []string {
	titles := make([]string, n)
	for i := range titles {
		titles[i] = "Task" + strconv.Itoa(i)
	}
	return titles
}

// scrolled is a script: how far something is scrolled.
func scrolled(what, axis string) string {
	return "document.querySelector('" + what + "').scroll" + axis
}

func TestTheEdgesScrollWhileACardIsDragged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Waiting, many(30)...) // they are ready at once
	ready := "#l-" + o.column[flow.Ready]
	for name, look := range map[string][]browser.Option{"mouse": nil, "finger": {browser.Phone}} {
		t.Run(name, func(t *testing.T) {
			tab := browser.Open(t, o.App, o.bo, look...)
			tab.Go(o.path())
			browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start', behavior: 'instant'}), true)")
			size := browser.Eval[[]float64](tab, "[innerWidth, innerHeight]")
			box := browser.Eval[[]float64](tab, "(r => [r.left + r.width / 2, r.top, r.bottom])(document.querySelector('"+ready+"').getBoundingClientRect())")
			first := browser.Eval[string](tab, "document.querySelector('"+ready+" > .card').id")
			held := tab.Hold("#" + first)
			held.To(box[0], box[2]-12)
			tab.Until(scrolled(ready, "Top") + " > 600")
			tab.Until("document.querySelector('.card-ghost')?.getBoundingClientRect().height > 30") // where it would come to lie, as high as it is
			held.To(box[0], box[1]+12)
			tab.Until(scrolled(ready, "Top") + " === 0")
			if name == "finger" {
				was := browser.Eval[float64](tab, scrolled("#lanes", "Left"))
				held.To(size[0]-8, size[1]/2)
				tab.Until(scrolled("#lanes", "Left") + fmt.Sprintf(" > %v + 600", was))
				held.To(12, size[1]/2)
				tab.Until(scrolled("#lanes", "Left") + " < 40")
			}
			held.To(box[0], box[1]+100)
			held.Drop()
			tab.WaitGone(".card-ghost")
			tab.Sound()
		})
	}
	require.Len(t, ids, 30)
}

func TestACardThatIsDroppedAtTheVeryEndIsTheLast(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, many(70)...)
	ready := "#l-" + o.column[flow.Ready]
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('"+ready+"').scrollTop = 1e6, true)")
	shown := card(ids[models.Window-1])
	box := browser.Eval[[]float64](tab, "(r => [r.x + r.width / 2, r.bottom])(document.querySelector('"+ready+"').getBoundingClientRect())")
	held := tab.Hold(card(ids[models.Window-3]))
	held.To(box[0], box[1]-2)
	tab.Until("document.querySelector('" + shown + "').nextElementSibling?.id === '" + card(ids[models.Window-3])[1:] + "'")
	held.Drop()
	tab.WaitGone(card(ids[models.Window-3]))
	tab.WaitVisible("#notice >> It is the last one of Ready, below what is shown.")
	all, _, err := o.Store.ColumnTasks(t.Context(), o.bo.Actor(), o.column[flow.Ready], models.BoardFilter{})
	require.NoError(t, err)
	require.Equal(t, ids[models.Window-3], all[69])

	// By keys one goes, and carries, on into the next window.
	tab.Focus(shown + " .card-title")
	tab.Press("Shift+ArrowDown")
	tab.Until("document.querySelectorAll('" + ready + " > .card').length === 70")
	tab.Until("document.querySelector('" + shown + "').previousElementSibling.id === 't-" + ids[models.Window] + "'")
	require.Equal(t, "Task49", tab.Focused())
	tab.Until("!document.querySelector('#refusal')")
	require.Eventually(t, func() bool {
		all, _, err := o.Store.ColumnTasks(t.Context(), o.bo.Actor(), o.column[flow.Ready], models.BoardFilter{})
		return err == nil && all[49] == ids[models.Window-1] && all[48] == ids[models.Window]
	}, browser.Patience, 20*time.Millisecond)
	tab.Sound()
}

func TestACardIsDroppedOnAnyPartOfAColumn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	o.add(t, flow.InProgress, "Three", "Four")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	doing := "#c-" + o.column[flow.InProgress]
	tab.Drag(card(ids[0]), doing+" h2", 0)
	tab.Until(o.in(ids[0], flow.InProgress))
	tab.Until("document.querySelector('#l-" + o.column[flow.InProgress] + "').textContent.match(/One.*Three.*Four/s)")
	tab.Drag(card(ids[1]), doing+" .quick-add", 0)
	tab.Until("document.querySelector('#l-" + o.column[flow.InProgress] + "').textContent.match(/One.*Three.*Four.*Two/s)")
	require.Equal(t, "One Three Four Two", o.order(tab, flow.InProgress))
	other := browser.Open(t, o.App, o.ana)
	other.Go(o.path())
	require.Equal(t, "One Three Four Two", o.order(other, flow.InProgress))
	tab.Sound()
}

func TestAFoldedColumnIsRememberedAndTakesCards(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	o.add(t, flow.Done, "Old")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	done := "#c-" + o.column[flow.Done]
	tab.Click(done + " .lane-fold")
	tab.Until("document.querySelector('" + done + "').offsetWidth < 60")
	require.False(t, tab.Sees(done+" .card"))
	require.True(t, tab.Sees(done+" h2"))
	require.Equal(t, "false", browser.Eval[string](tab, "document.querySelector('"+done+" .lane-fold').getAttribute('aria-expanded')"))
	tab.Axe()
	tab.Drag(card(ids[0]), done+" h2", 0)
	tab.Until("document.querySelector('#k-" + o.column[flow.Done] + "').dataset.count === '2'")
	require.Equal(t, flow.Done, o.see(t, ids[0]).Task.State)

	tab.Reload()
	tab.Until("document.querySelector('" + done + "')?.hasAttribute('data-folded')")
	other := browser.Open(t, o.App, o.ana)
	other.Go(o.path())
	require.True(t, other.Sees(done+" .card"), "another person's board is their own")

	// The news of a changed column leave it folded; keys pass it over, and open it
	// to put a card in.
	require.NoError(t, o.Store.EditColumn(t.Context(), o.ana.Actor(), o.column[flow.Done], 1<<40, models.ColumnInput{Name: "Finished", State: flow.Done}))
	tab.WaitVisible("h2 >> Finished")
	tab.Until("document.querySelector('" + done + "').hasAttribute('data-folded')")
	review := o.add(t, flow.InReview, "Check")[0]
	tab.WaitVisible(card(review))
	tab.Focus(card(review) + " .card-title")
	tab.Press("ArrowRight")
	require.Equal(t, "Check", tab.Focused())
	tab.Press("Shift+ArrowRight")
	tab.Until(o.in(review, flow.Done))
	tab.Until("!document.querySelector('" + done + "').hasAttribute('data-folded')")
	require.Equal(t, "Check", tab.Focused())
	tab.Focus(done + " .lane-fold")
	tab.Press("Enter")
	tab.Until("document.querySelector('" + done + "').hasAttribute('data-folded')")
	tab.Press(" ")
	tab.Until("!document.querySelector('" + done + "').hasAttribute('data-folded')")
	tab.Sound()
}

func TestCompactCardsAreRemembered(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.add(t, flow.Ready, "One")[0]
	o.label(t, "Legal")
	for _, look := range [][]browser.Option{nil, {browser.Phone, browser.Dark}} {
		tab := browser.Open(t, o.App, o.bo, look...)
		tab.Go(o.path())
		high := browser.Eval[float64](tab, "document.querySelector('"+card(id)+"').offsetHeight")
		tab.Click("#compact")
		tab.Until(fmt.Sprintf("document.querySelector('%s').offsetHeight < %v", card(id), high))
		require.Equal(t, "true", browser.Eval[string](tab, "document.querySelector('#compact').getAttribute('aria-pressed')"))
		tab.Axe()
		tab.Reload()
		tab.Until(fmt.Sprintf("document.querySelector('%s')?.offsetHeight < %v", card(id), high))
		tab.Click("#compact")
		tab.Until(fmt.Sprintf("document.querySelector('%s').offsetHeight === %v", card(id), high))
		tab.Sound()
	}
}

func TestACardSaysHowLongItHasBeenWhereItIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "One", "Two")
	hours := 90
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Estimate: &hours}))
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	require.False(t, tab.Sees(".card-age"))
	require.Equal(t, "1.5 h", tab.Text("#e-"+o.column[flow.Ready]+" [aria-hidden]"))
	o.Later(14 * 24 * time.Hour)
	require.NoError(t, o.Store.MoveTask(t.Context(), o.ana.Actor(), ids[1], 1<<40, models.Place{Column: o.column[flow.InProgress]}))
	tab.Until(o.in(ids[1], flow.InProgress))
	tab.Reload()
	tab.WaitVisible(card(ids[0]) + " .card-age")
	require.Equal(t, "10 d", tab.Text(card(ids[0])+" .card-age"))
	require.Equal(t, "Ready for 10 working days", browser.Eval[string](tab, "document.querySelector('.card-age').getAttribute('aria-label')"))
	require.False(t, tab.Sees(card(ids[1])+" .card-age"), "it has just been moved")
	tab.Axe()

	// The sum in a column's head is kept by the news.
	require.NoError(t, o.Store.MoveTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.Place{Column: o.column[flow.InProgress]}))
	tab.Until("document.querySelector('#e-" + o.column[flow.InProgress] + "').textContent.includes('1.5 h')")
	tab.Until("!document.querySelector('#e-" + o.column[flow.Ready] + "').textContent.trim()")
	less := 30
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), ids[0], 1<<40, models.TaskInput{Estimate: &less}))
	tab.Until("document.querySelector('#e-" + o.column[flow.InProgress] + "').textContent.includes('30 min')")
	tab.Sound()
}

func TestWhatIsDoneLastIsSeenFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Done, many(60)...)
	id := o.add(t, flow.Ready, "Fresh")[0]
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	done := "#l-" + o.column[flow.Done]
	browser.Eval[bool](tab, "(document.querySelector('"+done+"').scrollTop = 1e6, true)")
	tab.Drag(card(id), "#c-"+o.column[flow.Done]+" .quick-add", 0)
	tab.Until("document.querySelector('" + done + " > .card').id === 't-" + id + "'")
	tab.Click("#m-" + o.column[flow.Done] + " a")
	tab.Until("document.querySelectorAll('" + done + " > .card').length === 61")
	tab.Type("#a-"+o.column[flow.Done], "Fresher")
	tab.Press("Enter")
	tab.Until("document.querySelector('" + done + " .card-title').textContent === 'Fresher' && document.querySelector('" + done + "').scrollTop === 0")
	tab.Sound()
}
