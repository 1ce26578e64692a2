package tests

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// due puts a task on a day; empty takes the date away.
func (o office) due(t *testing.T, task, day string) {
	t.Helper()
	d := models.Date(day)
	require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), task, 1<<40, models.TaskInput{Due: &d}))
}

func (o office) task(t *testing.T, task string) models.Task {
	t.Helper()
	v, err := o.Store.Task(t.Context(), o.ana.Actor(), task)
	require.NoError(t, err)
	return v.Task
}

// on is a script that tells whether a task stands on a day of the calendar.
func on(task, day string) string {
	if day == "" {
		day = "none"
	}
	return "document.querySelector('#u-" + day + " > #t-" + task + "') !== null"
}

func chip(task string) string { return "#t-" + task + " .chip-link" }

// queries counts what f asks the database.
func (o office) queries(t *testing.T, f func()) (n int) {
	t.Helper()
	count := func(*gorm.DB) { n++ }
	cb := o.DB.Read.Callback()
	require.NoError(t, cb.Query().Before("*").Register("count", count))
	require.NoError(t, cb.Row().Before("*").Register("count", count))
	require.NoError(t, cb.Raw().Before("*").Register("count", count))
	f()
	require.NoError(t, cb.Query().Remove("count"))
	require.NoError(t, cb.Row().Remove("count"))
	require.NoError(t, cb.Raw().Remove("count"))
	return n
}

func TestACalendarWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Prepare the payroll")
	o.due(t, ids[0], "2031-11-25")
	o.due(t, ids[1], "2020-01-15")
	o.own(t, ids[0], o.bo.ID)
	at := o.path() + "/calendar"
	page := text(o.bo.Get(at + "?month=2031-11").Body)
	require.Contains(t, page, "Tuesday 25 November 2031, 1 task")
	require.Contains(t, page, "Saturday 29 November 2031, day off")
	require.Contains(t, page, "Ready ONB-1 Sign the contract BC")
	require.Contains(t, page, "Without a date 1")
	require.NotContains(t, page, "Order the laptop")
	require.Contains(t, text(o.bo.Get(at+"?month=2020-01").Body), "Ready Overdue ONB-2 Order the laptop")
	require.NotContains(t, o.bo.Get(at+"?month=2031-11&owner=nobody").Body, "Sign the contract")
	page = text(o.bo.Get(at + "?month=2026-99&owner=%00").Body)
	require.Contains(t, page, "left out: owner, month.")
	require.Contains(t, o.bo.Get(o.path()+"?owner=me").Body, `href="`+at+`?owner=me"`, "the board leads to it with its filter")
	require.Equal(t, http.StatusNotFound, o.Person("Stranger").Get(at).Status)

	a := o.bo.Send("POST", o.path()+"/tasks", "title", "", "due", "2026-13-01", "at", "month=2031-11")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="2026-13-01"`, "what was typed is kept")
	require.Contains(t, text(a.Body), "November 2031")
	a = o.bo.Send("POST", o.path()+"/tasks", "title", "Water the plants", "due", "2031-11-26", "at", "month=2031-11", "filter", "owner=me")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, at+"?month=2031-11&owner=me", a.Location)
	require.Contains(t, text(o.bo.Get(at+"?month=2031-11").Body), "Water the plants")
	a = o.bo.Send("PUT", "/tasks/"+ids[2]+"/dates", "version", "1000000", "due", "2031-11-27")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, models.Date("2031-11-27"), o.task(t, ids[2]).Due)
	require.Equal(t, http.StatusConflict, o.bo.Send("PUT", "/tasks/"+ids[2]+"/dates", "version", "1", "due", "2031-11-28").Status)
	require.Equal(t, http.StatusUnprocessableEntity, o.bo.Send("PUT", "/tasks/"+ids[2]+"/dates", "version", "1000000", "due", "1999-01-01").Status)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Send("PUT", "/tasks/"+ids[2]+"/dates", "version", "1000000", "due", "2031-11-28").Status)
	require.Equal(t, http.StatusForbidden, viewer.Send("POST", o.path()+"/tasks", "title", "No", "due", "2031-11-28").Status)
	require.NotContains(t, viewer.Get(at).Body, "day-form")
	replay.Check(t, o.DB.Read)
}

func TestACalendarSpeaksItsReadersLanguageAndDay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	require.Equal(t, http.StatusSeeOther, o.bo.Send("PUT", "/account", "name", "Bo Chen", "lang", "es", "zone", "Pacific/Kiritimati").Status)
	today := time.Now().In(models.Zone("Pacific/Kiritimati"))
	page := o.bo.Get(o.path() + "/calendar").Body
	require.Contains(t, page, `id="d-`+today.Format(time.DateOnly)+`" data-day="`+today.Format(time.DateOnly)+`"`)
	require.Contains(t, between(t, page, `id="d-`+today.Format(time.DateOnly)+`"`, ">"), `data-today="1"`, "where they are")
	require.Contains(t, text(page), "Sin fecha")
	require.Contains(t, text(page), ", hoy")
	require.Contains(t, text(o.bo.Get(o.path()+"/calendar?week=2026-11-30").Body), "30 de noviembre – 6 de diciembre de 2026")
	require.Contains(t, text(o.bo.Get(o.path()+"/calendar?day=2026-11-28").Body), "Sábado 28 de noviembre de 2026")
}

func TestACalendarAsksTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, strings.Split(strings.Repeat("Task\n", 60), "\n")...)
	span, _ := models.ParseSpan(map[string][]string{"month": {"2026-11"}}, time.Now())
	read := func() {
		_, err := o.Store.Calendar(t.Context(), o.bo.Actor(), o.board.ID, span, models.BoardFilter{})
		require.NoError(t, err)
	}
	few := o.queries(t, read)
	require.Positive(t, few)
	for i, id := range ids {
		o.own(t, id, o.bo.ID)
		o.due(t, id, day(i%28))
	}
	require.Equal(t, few, o.queries(t, read))
}

// day is one of November 2026.
func day(n int) string { return time.Date(2026, 11, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }

func TestTasksAreMovedOnTheCalendarByMouseAndKeyboard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Prepare the payroll")
	o.due(t, ids[0], "2026-11-11")
	o.due(t, ids[1], "2026-11-11")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/calendar?month=2026-11")
	tab.Axe()

	// By mouse: to another day, from the tray, and back by the toast.
	tab.Drag(chip(ids[0]), "#u-2026-11-19", 0)
	tab.Until(on(ids[0], "2026-11-19"))
	tab.WaitVisible(`#notice [data-kind="did"]`)
	require.Equal(t, models.Date("2026-11-19"), o.task(t, ids[0]).Due)
	tab.Click(`#notice [data-undo]`)
	tab.Until(on(ids[0], "2026-11-11"))
	require.Equal(t, models.Date("2026-11-11"), o.task(t, ids[0]).Due)
	tab.Drag(chip(ids[2]), "#u-2026-11-20", 0)
	tab.Until(on(ids[2], "2026-11-20"))
	tab.WaitVisible(".cal-none")
	tab.Drag(chip(ids[2]), "#u-none", 0)
	tab.Until(on(ids[2], ""))
	tab.Until("document.querySelector('#said').textContent === 'Prepare the payroll has no date now.'")
	require.Empty(t, o.task(t, ids[2]).Due)

	// By keys: a day, a week, out of the month, and to a day of choice.
	tab.Focus(chip(ids[1]))
	seen := o.task(t, ids[1]).Version
	tab.Press("Shift+ArrowRight", "Shift+ArrowDown")
	tab.Until("document.querySelector('#said').textContent === 'Order the laptop is due on Thursday 19 November.'")
	tab.Until(fmt.Sprint("document.querySelector('#t-", ids[1], "').dataset.version > ", seen))
	require.Equal(t, "#t-"+ids[1], browser.Eval[string](tab, "'#' + document.activeElement.parentElement.id"))
	tab.Until(on(ids[1], "2026-11-19"))
	require.Equal(t, models.Date("2026-11-19"), o.task(t, ids[1]).Due)
	tab.Press("ArrowLeft")
	require.Equal(t, "#t-"+ids[0], browser.Eval[string](tab, "'#' + document.activeElement.parentElement.id"))
	tab.Press("ArrowRight")
	tab.Press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
	tab.Until("location.search === '?month=2026-12' && " + on(ids[1], "2026-12-10"))
	tab.Until("document.activeElement.parentElement.id === 't-" + ids[1] + "'")
	tab.Press("m")
	tab.WaitVisible("#dialog #day-move-due")
	tab.Axe()
	browser.Eval[bool](tab, "(document.querySelector('#day-move-due').value = '2026-12-24', true)")
	tab.Press("Enter")
	tab.Until(on(ids[1], "2026-12-24"))
	tab.Until("document.activeElement.parentElement.id === 't-" + ids[1] + "'")
	tab.Press("k")
	tab.Until("location.search === '?month=2026-11' && document.readyState === 'complete'")
	tab.Press("j")
	tab.Until("location.search === '?month=2026-12' && document.readyState === 'complete'")
	tab.Press("t")
	tab.Until("document.querySelector('.day[data-today=\"1\"]') !== null")
	replay.Check(t, o.DB.Read)
}

func TestACalendarIsKeptCurrentAndSaysWhyATaskGoesBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop")
	o.due(t, ids[0], "2026-11-11")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/calendar?month=2026-11")
	o.due(t, ids[1], "2026-11-12")
	tab.Until(on(ids[1], "2026-11-12"))
	o.due(t, ids[1], "")
	tab.Until(on(ids[1], ""))

	// Somebody else has moved it meanwhile, and this page has not heard of it.
	browser.Eval[bool](tab, "(document.querySelector('.face').dataset.seq = 1e9, document.querySelector('#t-"+ids[0]+"').dataset.version = 1, true)")
	tab.Drag(chip(ids[0]), "#u-2026-11-18", 0)
	tab.WaitVisible("#notice .notice >> It went back to its day.")
	require.Contains(t, tab.Text(`#notice [data-kind="problem"]`), "Ana Ruiz")
	tab.Until(on(ids[0], "2026-11-11"))
	require.Equal(t, models.Date("2026-11-11"), o.task(t, ids[0]).Due)
	tab.Axe()

	viewer := browser.Open(t, o.App, o.Join(o.ana, o.team, "Vic", access.Viewer))
	viewer.Go(o.path() + "/calendar?month=2026-11")
	viewer.Drag(chip(ids[0]), "#u-2026-11-18", 0)
	viewer.Focus(chip(ids[0]))
	viewer.Press("Shift+ArrowRight", "m")
	require.True(t, browser.Eval[bool](viewer, on(ids[0], "2026-11-11")))
	require.False(t, viewer.Sees("#dialog"))
	require.False(t, viewer.Sees("[data-add]"))
}

func TestATaskIsAddedOnADayOfTheCalendar(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path() + "/calendar?week=2026-11-23")
	tab.Click("#d-2026-11-24 [data-add]")
	tab.Until("document.activeElement.name === 'title' && document.querySelector('#d-2026-11-24 #day-form')")
	tab.Axe()
	tab.Press("Enter")
	tab.Press("C", "a", "l", "l", "Enter")
	tab.Until("document.querySelector('#u-2026-11-24 .chip-title')?.textContent === 'Call'")
	tab.Until("document.activeElement.closest('.chip') !== null")
	tab.Press("n")
	tab.Until("document.querySelector('#d-2026-11-24 #day-form')")
	tab.Press("Escape")
	tab.Until("document.activeElement.closest('.chip') !== null && !document.querySelector('.day #day-form')")
	tab.Go(o.path() + "/calendar?week=2026-11-23&owner=nobody&state=done")
	tab.Click("#d-2026-11-25 [data-add]")
	tab.Press("X", "Enter")
	tab.WaitVisible("#notice .notice >> The filter hides it now.")
}

func TestACalendarIsAListOfDaysOnAPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract with all who have to sign it, and send a copy", "Order the laptop")
	o.due(t, ids[0], "2026-11-11")
	o.own(t, ids[0], o.bo.ID)
	tab := browser.Open(t, o.App, o.bo, browser.Phone)
	tab.Go(o.path() + "/calendar?month=2026-11")
	require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"))
	tab.Axe()
	small := browser.Eval[[]string](tab, `[...document.querySelectorAll(".face a, .face button")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 120))`)
	require.Empty(t, small, "too small for a finger")
	tab.Drag(chip(ids[0]), "#u-2026-11-13", 0)
	tab.Until(on(ids[0], "2026-11-13"))
	tab.WaitVisible(`#notice [data-kind="did"]`)
	require.Equal(t, models.Date("2026-11-13"), o.task(t, ids[0]).Due)
	tab.Click("#d-2026-11-14 [data-add]")
	tab.Until("document.activeElement.name === 'title'")
	tab.Axe()
	tab.Click(chip(ids[0]))
	tab.WaitVisible("#panel #task-title")
	for _, page := range []string{"?week=2026-11-11", "?day=2026-11-13"} {
		tab.Go(o.path() + "/calendar" + page)
		tab.Axe()
		require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"), page)
	}
}
