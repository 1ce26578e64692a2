package tests

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/recur"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

const monthEnd = `
name: Month end
inputs:
  - {id: company, label: Company, type: text, required: true}
  - {id: cutoff, label: Cut-off, type: date, required: true}
roles:
  - {id: clerk, name: Clerk, who: ask}
  - {id: any, name: Anybody, who: least loaded}
steps:
  - {id: gather, title: "Gather for {{company}}", role: clerk, due: 2 working days after start}
  - {id: close, title: Close, role: any, due: on cutoff, needs: [gather]}
`

// written publishes a template of the office's team.
func (o office) written(t *testing.T, text string) models.Template {
	t.Helper()
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Template", text)
	require.NoError(t, err)
	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), made.ID, made.Version))
	return made
}

func (o office) schedules(t *testing.T, template models.Template) []models.ScheduleSummary {
	t.Helper()
	v, err := o.Store.Schedules(t.Context(), o.ana.Actor(), template.ID)
	require.NoError(t, err)
	return v.Schedules
}

// From the start form to a run that started by itself, by mouse.
func TestATemplateIsPutOnAScheduleInTheBrowser(t *testing.T) {
	o := newOffice(t)
	template := o.written(t, monthEnd)
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/templates/" + template.ID + "/runs/new")
	tab.Click("a[href$='/schedules/new']")
	tab.WaitVisible("#schedule")
	tab.WaitVisible("#schedule-next >> Fill in the form")
	tab.Axe()
	tab.Click(".schedule-save")
	tab.WaitVisible("[id='field-input.company-wrong']")
	tab.WaitVisible("[id='field-input.cutoff-wrong']")
	tab.Axe()
	tab.Type("[id='field-input.company']", "ACME")
	tab.Choose("[id='field-input.cutoff']", "working days after the start")
	tab.WaitVisible("[id='field-input.cutoff-days']")
	tab.Type("[id='field-input.cutoff-days']", "5")
	tab.Choose("[id='field-role.clerk']", "Bo Chen")
	tab.Choose("#repeat-preset", "Custom…")
	tab.WaitVisible(".repeat-custom")
	tab.Choose("#repeat-unit", "months")
	tab.Choose("#repeat-month_day", "the last day")
	tab.Choose("#field-off", "Start on the working day before")
	tab.Type("#field-name", "Month end {{month}} {{company}}")
	tab.WaitVisible("#schedule-next .schedule-days li:nth-child(3)")
	tab.WaitVisible("#schedule-next >> ACME")
	tab.Axe()
	tab.Shot("schedule-form")
	tab.Click(".schedule-save")
	tab.WaitVisible(".schedule >> Every month on the last day, at 08:00, or the working day before")
	tab.Axe()
	tab.Shot("schedules")
	sch := o.schedules(t, template)[0]
	require.JSONEq(t, `{"company":"ACME","cutoff":"5 working days after start"}`, sch.Answers)
	require.Equal(t, recur.DayAhead, sch.OffDay)

	o.Later(time.Until(*sch.NextAt) + time.Minute)
	require.NoError(t, o.Store.StartScheduled(t.Context(), plainly))
	tab.Go("/templates/" + template.ID + "/schedules")
	tab.Click(".schedule .facts a[href^='/runs/']")
	tab.WaitVisible(".run-head >> Started by the schedule Month end {{month}} {{company}}")
	tab.WaitVisible("#main >> Gather for ACME")
	tab.Click(".run-head .facts a[href$='/schedules']")
	tab.Click(".schedule-does button >> Pause")
	tab.WaitVisible(".schedule .badge >> Paused")
	tab.Click(".schedule-does button >> Resume")
	tab.WaitVisible(".schedule .schedule-days")
	tab.Click(".schedule-does summary")
	tab.Click(".schedule-remove button")
	tab.WaitVisible(".empty >> Nothing starts by itself yet")
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func plainly(_ string, m models.Misstart) (title, text, reason string) {
	return m.Template + " failed", "On " + string(m.Day), "It could not"
}

// The same by keys, and a change of it on a phone, in the dark, in Spanish.
func TestAScheduleIsMadeByKeyboardAndChangedOnAPhone(t *testing.T) {
	o := newOffice(t)
	template := o.written(t, "name: Stand-up\nsteps: [{id: one, title: One}]\n")
	tab := browser.Open(t, o.App, o.ana)
	tab.Go("/templates/" + template.ID + "/schedules/new")
	tab.Focus("#repeat-preset")
	tab.Press("ArrowUp", "ArrowUp") // from each month to every working day
	tab.Choose("#field-board", o.board.Name)
	tab.WaitVisible("#schedule-next .schedule-days")
	tab.Focus("#field-name")
	tab.Press("Enter")
	tab.WaitVisible(".schedule >> Every working day, at 08:00")
	require.True(t, o.schedules(t, template)[0].Left.Working)

	speaks(t, o.ana, "es")
	phone := browser.Open(t, o.App, o.ana, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go("/templates/" + template.ID + "/schedules")
	phone.Axe()
	phone.Shot("schedules-phone-dark-es")
	phone.Click(".schedule-does a.button")
	phone.Type("#field-name", "Reunión {{date}}")
	phone.Axe()
	phone.Shot("schedule-form-phone-dark-es")
	phone.Click(".schedule-save")
	phone.WaitVisible(".schedule h2 >> Reunión {{date}}")
	phone.Sound()
}

// Without scripts, a click shows what comes next; and what is wrong, with nothing lost.
func TestTheNextDatesAreShownWithoutScripts(t *testing.T) {
	o := newOffice(t)
	template := o.written(t, monthEnd)
	at := "/templates/" + template.ID + "/schedules"
	fields := func(more ...string) []string {
		return append([]string{"preset", "FREQ=MONTHLY;BYMONTHDAY=15", "from", "2031-03-01", "clock", "08:00", "off", "next", "board", o.board.ID, "name", "{{company}} {{date}}",
			"input.company", "ACME", "input.cutoff", "", "input.cutoff.how", "after", "input.cutoff.days", "3", "role.clerk", o.bo.ID, "role.any", "proposed"}, more...)
	}
	a := o.ana.Send(http.MethodPost, at+"/plan", fields()...)
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, text(a.Body), "Monday 17 March 2031, 08:00 ACME 2031-03-17", "the 15th is a Saturday")
	require.Empty(t, o.schedules(t, template))

	wrong := fields()
	wrong[1], wrong[3], wrong[13] = "FREQ=SECONDLY", "yesterday", ""
	wrong[11] = "{{moon}}"
	a = o.ana.Send(http.MethodPost, at, wrong...)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	for _, part := range []string{`id="repeat-preset-wrong"`, `id="field-from-wrong"`, `id="field-name-wrong"`, `id="field-input.company-wrong"`, `value="{{moon}}"`, `value="3"`} {
		require.Contains(t, a.Body, part)
	}
	require.Empty(t, o.schedules(t, template))
	require.Equal(t, http.StatusSeeOther, o.ana.Send(http.MethodPost, at, fields()...).Status)
	sch := o.schedules(t, template)[0]
	url := "/schedules/" + sch.ID
	require.Contains(t, o.ana.Get(url).Body, `value="{{company}} {{date}}"`)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Contains(t, text(viewer.Get(at).Body), "Every month on day 15")
	require.NotContains(t, viewer.Get(at).Body, url)
	daily := fields("version", "999999", "schedule", sch.ID)
	daily[1], daily[3], daily[5], daily[7] = "FREQ=DAILY", time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly), "09:00", "as_is"
	require.Equal(t, http.StatusSeeOther, o.ana.Send(http.MethodPut, url, daily...).Status)
	require.Equal(t, http.StatusConflict, o.ana.Send(http.MethodPut, url, fields("version", "1")...).Status, "somebody has changed it")

	// What went wrong is on the page.
	require.NoError(t, o.Store.ArchiveTemplate(t.Context(), o.ana.Actor(), template.ID))
	o.Later(time.Until(*o.schedules(t, template)[0].NextAt) + time.Minute)
	require.NoError(t, o.Store.StartScheduled(t.Context(), plainly))
	page := text(o.ana.Get(at).Body)
	require.Contains(t, page, "The last run did not start")
	require.Contains(t, page, "This template is archived.")
	require.Contains(t, page, "Month end failed")
	log := text(o.ana.Get("/teams/" + o.team.ID + "/log").Body)
	require.Contains(t, log, "Automation could not start a run by the schedule {{company}} {{date}} : It could not")
}
