package tests

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestATimelineIsReadAndItsDatesAreTriedWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	at := o.path() + "/timeline"
	page := text(o.bo.Get(at).Body)
	require.Contains(t, page, "ONB-10 Open the shop")
	require.Contains(t, page, "After ONB-7, ONB-8, ONB-9")
	require.Contains(t, page, "Critical path")
	require.Contains(t, page, "Slack: ")
	require.NotContains(t, text(o.bo.Get(at+"?q=shop").Body), "balloons")
	require.Contains(t, text(o.bo.Get(at+"?zoom=year&from=x").Body), "so it was left out")
	require.Equal(t, http.StatusNotFound, o.Person("Stranger").Get(at).Status)

	dates := o.bo.Get("/tasks/" + ids[1] + "/dates?due=2031-02-03").Body
	require.Contains(t, text(dates), "It pushes 8 other tasks:")
	require.Empty(t, o.task(t, ids[1]).Due, "trying changes nothing")
	a := o.bo.Send("PUT", "/tasks/"+ids[1]+"/dates", "version", "1000000", "due", "2031-02-03")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, models.Date("2031-02-03"), o.task(t, ids[1]).Due)
	require.Equal(t, http.StatusUnprocessableEntity, o.bo.Get("/tasks/"+ids[1]+"/dates?due=1999-01-01").Status)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.NotContains(t, viewer.Get(at).Body, "/dates")
	require.Equal(t, http.StatusForbidden, viewer.Get("/tasks/"+ids[1]+"/dates").Status)
}

func TestATimelineIsLiveAndReadEverywhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/timeline")
	tab.WaitVisible("#b-" + ids[1])
	tab.Axe()
	tab.Shot("timeline")
	more := o.add(t, flow.Ready, "Thank everybody")
	tab.WaitVisible("#b-" + more[0])
	tab.Click("#t-" + ids[1] + " .tl-link")
	tab.WaitVisible("#panel #task-title")
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark)
	phone.Go(o.path() + "/timeline")
	phone.Axe()
	phone.Shot("timeline-phone")
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
	phone.Click("#t-" + ids[1] + " .tl-change")
	phone.WaitVisible("#dates")
	phone.Axe()
	phone.Shot("dates-phone")
}

// spot is a place on a timeline's picture: in the row of a task, so many days after
// the end of its bar.
func spot(tab *browser.Tab, task string, days int) (x, y float64) {
	at := browser.Eval[[]float64](tab, fmt.Sprintf(`(() => { const r = document.querySelector("#b-%s .tl-box").getBoundingClientRect();
		return [r.right - 4 + %d * Number(document.querySelector("#face").dataset.day), r.y + r.height / 2]; })()`, task, days))
	return at[0], at[1]
}

func TestABarOfATimelineIsDraggedAfterWhatItPushesWasSeen(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.launch(t)
	friday := time.Now()
	for friday.Weekday() != time.Friday {
		friday = friday.AddDate(0, 0, 1)
	}
	due := func(days int) models.Date { return models.Date(friday.AddDate(0, 0, days).Format(time.DateOnly)) }
	o.due(t, ids[1], string(due(7)))
	o.due(t, ids[2], string(due(10)))
	o.due(t, ids[10], string(due(7)))
	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go(o.path() + "/timeline")
	tab.Until("document.querySelector('.tl-hand[tabindex=\"0\"]') !== null")

	// By mouse: a bar that holds nobody up goes at once; from Friday over the weekend.
	held := tab.Hold("#b-" + ids[10] + " .tl-box")
	held.To(spot(tab, ids[10], 2))
	tab.WaitVisible("#tl-tip >> It pushes no other task.")
	held.Drop()
	tab.WaitVisible(`#notice [data-kind="did"]`)
	require.Equal(t, due(10), o.task(t, ids[10]).Due, "work is done on working days")
	tab.Click(`#notice [data-undo]`)
	tab.Until("document.getElementById('h-" + ids[10] + "').dataset.last === '" + epochDay(due(7)) + "'")

	// One that holds others up shows which, and asks.
	held = tab.Hold("#b-" + ids[1] + " .tl-box")
	held.To(spot(tab, ids[1], 5))
	tab.WaitVisible("#tl-tip >> It pushes")
	tab.Until("document.querySelectorAll('.tl-ghost').length > 3")
	tab.Shot("timeline-drag")
	held.Drop()
	tab.WaitVisible("#dialog #dates-take")
	require.Equal(t, due(7), o.task(t, ids[1]).Due, "nothing has changed yet")
	tab.Axe()
	tab.Shot("timeline-dates")
	tab.Press("Escape")
	tab.Until("!document.querySelector('#tl-trial') && document.activeElement.id === 'h-" + ids[1] + "'")
	require.Equal(t, due(7), o.task(t, ids[1]).Due)

	// By keys: two days on, then what breaks goes along, and all of it comes back.
	tab.Press("ArrowRight", "ArrowRight")
	tab.WaitVisible("#tl-tip >> Enter takes it")
	tab.Until("document.querySelector('#tl-tip [data-due]').dataset.due === '" + string(due(11)) + "'")
	tab.Press("Enter")
	tab.WaitVisible("#dialog [name=along]")
	tab.Click("#dialog [name=along]")
	tab.Click("#dialog .button-main")
	tab.Until("document.getElementById('h-" + ids[1] + "').dataset.last === '" + epochDay(due(11)) + "'")
	require.Equal(t, due(11), o.task(t, ids[1]).Due)
	require.Equal(t, due(12), o.task(t, ids[2]).Due)
	tab.Until("document.activeElement.id === 'h-" + ids[1] + "'")
	tab.Press("Control+z")
	tab.Until("document.getElementById('h-" + ids[1] + "').dataset.last === '" + epochDay(due(7)) + "'")
	require.Equal(t, due(10), o.task(t, ids[2]).Due)

	// Its length: a day longer by keys, and put back by Escape.
	tab.Focus("#h-" + ids[10])
	tab.Press("Shift+ArrowRight")
	tab.WaitVisible("#tl-tip >> It then takes 2 working days.")
	tab.Axe()
	tab.Press("Escape")
	tab.WaitGone("#tl-tip")
	held = tab.Hold("#b-" + ids[10] + " .tl-end")
	held.To(spot(tab, ids[10], 3))
	tab.WaitVisible("#tl-tip >> It then takes 2 working days.")
	held.Drop()
	tab.Until("document.getElementById('h-" + ids[10] + "').dataset.last === '" + epochDay(due(10)) + "'")
	require.Equal(t, 960, o.task(t, ids[10]).Estimate)
	replay.Check(t, o.DB.Read)
}

func TestABarOfATimelineIsDraggedByFingerAfterALongPress(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	task := o.add(t, flow.Ready, "Sign contract")[0]
	monday := time.Now()
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	o.due(t, task, monday.Format(time.DateOnly))
	tab := browser.Open(t, o.App, o.bo, browser.Tablet)
	tab.Go(o.path() + "/timeline")
	tab.Until("document.querySelector('.tl-hand[tabindex=\"0\"]') !== null")
	held := tab.Hold("#b-" + task + " .tl-box")
	held.To(spot(tab, task, 2))
	tab.WaitVisible("#tl-tip >> It pushes no other task.")
	tab.Shot("timeline-finger")
	held.Drop()
	wednesday := monday.AddDate(0, 0, 2).Format(time.DateOnly)
	tab.WaitVisible(`#notice [data-kind="did"]`)
	require.Equal(t, models.Date(wednesday), o.task(t, task).Due)
	tab.Click(`#notice [data-undo]`)
	tab.Until("document.getElementById('h-" + task + "').dataset.last === '" + epochDay(models.Date(monday.Format(time.DateOnly))) + "'")
	tab.Sound()
}

func TestARunsTimelineIsAFaceOfTheRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run := o.ordered(t, o.adopted(t, "order-processing"), "4711")
	at := "/runs/" + run.ID + "/timeline"
	page := text(o.bo.Get(at).Body)
	require.Contains(t, page, "Planned at the start: ")
	require.Contains(t, page, "As planned at the start")
	require.Contains(t, page, "Critical path")
	require.Equal(t, http.StatusNotFound, o.Person("Stranger").Get(at).Status)
	require.Equal(t, http.StatusOK, o.bo.Get(at+"?zoom=eon&from=x").Status)

	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/runs/" + run.ID)
	tab.Click(".faces a[href$='/timeline']")
	tab.WaitVisible(".run-line .tl-base")
	tab.Axe()
	tab.Shot("run-timeline")
	v, err := o.Store.RunOf(t.Context(), o.bo.Actor(), run.ID)
	require.NoError(t, err)
	first := v.Steps[0].Task.ID
	later := time.Now().AddDate(0, 0, 12).Format(time.DateOnly)
	o.due(t, first, later)
	tab.Until("document.getElementById('t-" + first + "').dataset.due === '" + later + "'")
	tab.WaitVisible("#t-" + first + " .tl-behind >> behind the plan")
	tab.Shot("run-timeline-behind")
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(at)
	phone.Axe()
	phone.Shot("run-timeline-phone")
	require.False(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth > visualViewport.width"))
}

// epochDay counts the days of a date since 1970.
func epochDay(d models.Date) string {
	day, _ := time.Parse(time.DateOnly, string(d))
	return strconv.FormatInt(day.Unix()/86400, 10)
}
