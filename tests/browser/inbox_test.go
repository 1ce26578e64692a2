package browser_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/browser"
)

// item is how the inbox shows a task.
func (o office) item(task int) string { return "#inbox-" + o.tasks[task].ID }

// do is the button or menu of an item that does what a word says.
func (o office) do(task int, what string) string { return o.item(task) + ` [data-do="` + what + `"]` }

// inboxHas waits until the inbox shows as many tasks.
func inboxHas(tab *browser.Tab, n string) {
	tab.Until(`document.querySelectorAll("#inbox .inbox-item").length === ` + n)
}

func TestTheInboxIsWorkedThroughByMouse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/inbox")
	inboxHas(tab, "6")
	tab.Axe()

	// Cleared, it is gone, and is back when one takes that back.
	tab.Click(o.do(6, "clear"))
	tab.WaitGone(o.item(6))
	tab.WaitVisible("#notice [data-takes-back]")
	tab.Axe()
	tab.Click("#notice [data-takes-back] button")
	tab.WaitVisible(o.item(6) + ".inbox-new")
	tab.WaitGone("#notice .notice")

	// Read and unread.
	tab.Click(o.do(6, "read"))
	tab.WaitGone(o.item(6) + ".inbox-new")
	tab.Click(o.do(6, "read"))
	tab.WaitVisible(o.item(6) + ".inbox-new")

	// Snoozed until tomorrow, it waits among what is snoozed.
	tab.Click(o.do(3, "snooze"))
	tab.WaitVisible("#inbox-snooze-" + o.tasks[3].ID + "[open] .inbox-until")
	tab.Axe()
	tab.Click("#inbox-snooze-" + o.tasks[3].ID + ` [value="tomorrow"]`)
	tab.WaitGone(o.item(3))
	tab.Click("#inbox-part-snoozed")
	tab.WaitVisible(o.item(3))
	require.Contains(t, tab.Text(o.item(3)), "Back tomorrow")
	tab.Axe()
	tab.Click(o.do(3, "wake"))
	tab.WaitGone(o.item(3))
	tab.Click("#inbox-part-")
	tab.WaitVisible(o.item(3) + ".inbox-new")

	// Muted, nothing of it is there, until one takes that back.
	tab.Click("#inbox-more-" + o.tasks[2].ID + " summary")
	tab.Axe()
	tab.Click("#inbox-more-" + o.tasks[2].ID + ` [data-do="mute"]`)
	tab.WaitGone(o.item(2))
	tab.Click("#notice [data-takes-back] button")
	tab.WaitVisible(o.item(2))

	// One kind of news.
	tab.Choose("#inbox-kind", "Your turn")
	tab.Until(`location.search === "?kind=your_turn&board="`)
	inboxHas(tab, "2")
	tab.Axe()
}

func TestTheInboxIsWorkedThroughWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/inbox")
	inboxHas(tab, "6")
	first := browser.Eval[string](tab, `document.querySelector(".inbox-item").id`)
	second := browser.Eval[string](tab, `document.querySelectorAll(".inbox-item")[1].id`)
	at := func(id string) {
		t.Helper()
		tab.Until(`document.activeElement.closest(".inbox-item")?.id === "` + id + `"`)
	}
	tab.Press("j")
	at(first)
	tab.Press("j")
	at(second)
	tab.Press("k")
	at(first)

	// e clears, and the next is at hand; u changes whether it is read.
	tab.Press("e")
	tab.WaitGone("#" + first)
	at(second)
	tab.Press("u")
	tab.WaitGone("#" + second + ".inbox-new")
	at(second)
	tab.Press("u")
	tab.WaitVisible("#" + second + ".inbox-new")
	at(second)

	// s opens the choice of times: the arrows reach them, Enter takes one.
	tab.Press("s")
	tab.Until(`document.activeElement.matches("#` + second + ` .inbox-until .menu-item")`)
	tab.Press("ArrowDown")
	tab.Press("Escape")
	at(second)
	tab.Press("s", "Enter")
	tab.WaitGone("#" + second)
	inboxHas(tab, "4")

	tab.Until(`document.activeElement.closest(".inbox-item") !== null`) // the next is at hand

	// w watches, and tells; Enter opens the task beside the inbox.
	third := browser.Eval[string](tab, `document.activeElement.closest(".inbox-item").id`)
	tab.Press("w")
	tab.WaitVisible("#notice .notice")
	tab.Until(`[...document.querySelectorAll("#notice .notice")].some((n) => n.textContent.includes("You watch ONB-"))`)
	tab.Press("Enter")
	tab.WaitVisible("#panel .task")
	tab.Until(`document.querySelector("#task-watch").getAttribute("aria-pressed") === "true"`)
	tab.Axe()
	tab.Press("w")
	tab.Until(`document.querySelector("#task-watch").getAttribute("aria-pressed") === "false"`)
	tab.Press("Escape")
	at(third)
}

func TestTheInboxIsWorkedThroughOnAPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo, browser.Phone, browser.Spanish)
	tab.Go("/inbox")
	inboxHas(tab, "6")
	tab.Axe()
	require.LessOrEqual(t, browser.Eval[float64](tab, "document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0.0)
	tab.Click(o.do(3, "snooze"))
	tab.WaitVisible("#inbox-snooze-" + o.tasks[3].ID + "[open] .inbox-until")
	tab.Axe()
	require.LessOrEqual(t, browser.Eval[float64](tab, "document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0.0, "the menu stays on the screen")
	tab.Click("#inbox-snooze-" + o.tasks[3].ID + ` [value="tomorrow"]`)
	tab.WaitGone(o.item(3))
	tab.Click(o.do(2, "clear"))
	tab.WaitGone(o.item(2))
	inboxHas(tab, "4")
	small := browser.Eval[string](tab, `[...document.querySelectorAll("#inbox button, #inbox summary, #inbox .faces a")].filter((b) => b.checkVisibility() && !b.closest("details:not([open]) > :not(summary)") && b.getBoundingClientRect().height < 43.5).map((b) => b.textContent.trim() || b.getAttribute("aria-label")).join()`)
	require.Empty(t, small, "a finger hits all of it")
}

// A panel over the inbox shows what others do to its task, and somebody's work what
// becomes of it without a notice.
func TestAPanelOverTheInboxAndOnesOwnWorkFollowEveryChange(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	inbox, work := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.bo)
	inbox.Go("/inbox")
	work.Go("/my-work")
	inbox.Click(o.item(6) + " h2 a")
	inbox.WaitVisible("#panel .task")
	work.WaitVisible("#work-" + o.tasks[6].ID)
	title := "Give out the badge and the key"
	o.edit(6, models.TaskInput{Title: &title})
	inbox.Until(`document.querySelector("#panel .task").textContent.includes("and the key")`)
	work.Until(`document.querySelector("#work-` + o.tasks[6].ID + `").textContent.includes("and the key")`)
	inbox.Until(`document.querySelector("` + o.item(6) + `").textContent.includes("and the key")`)
	require.NoError(t, o.Store.DeleteTask(t.Context(), o.ana.Actor(), o.tasks[6].ID, o.version(6)))
	work.WaitGone("#work-" + o.tasks[6].ID)
	inbox.WaitGone(o.item(6))
}

func TestAnApprovalIsGivenFromTheInbox(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/inbox")
	in := models.ApprovalInput{Approvers: []string{o.bo.ID}, Mode: models.AnyApprover, Note: "Look at the last page"}
	require.NoError(t, o.Store.ReopenTask(t.Context(), o.ana.Actor(), o.tasks[0].ID, o.version(0)))
	require.NoError(t, o.Store.AskApproval(t.Context(), o.ana.Actor(), o.tasks[0].ID, o.version(0), in))
	tab.WaitVisible(o.item(0) + ` [value="approve"]`)
	require.Contains(t, tab.Text(o.item(0)), "Ana Ruiz asks for your approval: Look at the last page")
	tab.Axe()
	tab.Click(o.item(0) + ` [value="approve"]`)
	tab.Until(`document.querySelector("` + o.item(0) + `") && !document.querySelector("` + o.item(0) + ` [value=approve]")`)
	v, err := o.Store.Task(t.Context(), o.ana.Actor(), o.tasks[0].ID)
	require.NoError(t, err)
	require.Equal(t, models.Approved, v.Task.Approval)
	n := browser.Eval[bool](tab, `document.querySelector("`+o.item(0)+`").classList.contains("inbox-new")`)
	require.False(t, n, "who has answered has read what was asked")
}
