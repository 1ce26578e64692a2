package tests

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/models/recur"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestHowATaskComesAgainIsSetSkippedAndStoppedOverHTTP(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Water the plants")[0]
	url := "/tasks/" + id
	require.Contains(t, text(d.bo.Get(url).Body), "Does not repeat")
	require.NotContains(t, d.view.Get(url).Body, "Does not repeat", "who only reads is not offered it")
	for _, wrong := range []struct {
		says   string
		fields []string
	}{
		{"on-wrong", []string{"end", "never", "on", ""}},
		{"on-wrong", []string{"end", "never", "on", "XX"}},
		{"until-wrong", []string{"on", "MO", "end", "until", "until", ""}},
		{"count-wrong", []string{"on", "MO", "end", "count", "count", "lots"}},
		{"due_after-wrong", []string{"on", "MO", "end", "never", "due_after", "-3"}},
		{"It would end before it comes again even once.", []string{"on", "MO", "end", "until", "until", "2020-01-01"}},
	} {
		fields := append([]string{"version", d.version(id), "preset", "custom", "every", "2", "unit", "WEEKLY", "counted", "calendar"}, wrong.fields...)
		a := d.bo.Send("PUT", url+"/repetition", fields...)
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, "%v", wrong.fields)
		require.Contains(t, a.Body, wrong.says, "%v", wrong.fields)
		require.Contains(t, a.Body, `name="every" type="number" inputmode="numeric" min="1" max="99" value="2"`, "what was typed is kept")
	}
	a := d.bo.Send("PUT", url+"/repetition", "version", d.version(id), "preset", "FREQ=SECONDLY")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Equal(t, http.StatusForbidden, d.view.Send("PUT", url+"/repetition", "version", d.version(id), "preset", "FREQ=DAILY").Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url+"/repetition", "version", d.version(id), "preset", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").Status)
	require.Contains(t, text(d.view.Get(url).Body), "Every 2 weeks on Monday, next on ")
	require.Contains(t, d.view.Get("/boards/"+d.board.ID).Body, `aria-label="Repeats: every 2 weeks on Monday"`)
	speaks(t, d.view, "es")
	d.view.Lang = "es"
	require.Contains(t, text(d.view.Get(url).Body), "Cada 2 semanas el lunes; la próxima, el ")
	require.Contains(t, d.view.Get("/boards/"+d.board.ID).Body, `aria-label="Se repite: cada 2 semanas el lunes"`)
	require.Contains(t, text(d.bo.Get(url+"/history").Body), "Repeats Every 2 weeks on Monday")

	first := d.see(id).Repeat.Next
	require.Equal(t, http.StatusConflict, d.bo.Send("POST", url+"/repetition/skips", "version", "1").Status, "somebody has set it since")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", url+"/repetition/skips", "version", d.version(id)).Status)
	require.Greater(t, d.see(id).Repeat.Next, first)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", url+"/repetition", "version", d.version(id)).Status)
	require.True(t, d.see(id).Repeat.Rule.None())
	require.Equal(t, http.StatusConflict, d.bo.Send("POST", url+"/repetition/skips", "version", d.version(id)).Status)

	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url+"/repetition", "version", d.version(id), "preset", "FREQ=DAILY").Status)
	d.Later(24 * time.Hour)
	require.NoError(t, d.Store.Repeat(t.Context()))
	made := d.see(id).Repeat.Made
	require.NotNil(t, made)
	require.Contains(t, text(d.bo.Get("/tasks/"+made.ID).Body), "It came because this task repeats: ONB-1")
	require.Contains(t, text(d.bo.Get("/tasks/"+made.ID).Body), "Added by itself ")
	require.Contains(t, text(d.bo.Get("/tasks/"+made.ID+"/history").Body), "Automation added ONB-2 Water the plants to Onboarding : ONB-1 Water the plants repeats")
	replay.Check(t, d.DB.Read)
}

// The way of a task that comes again, by mouse, and seen on another screen.
func TestATaskComesAgainInTheBrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Water the plants", "Pay the rent")[0]
	bo := browser.Open(t, d.App, d.bo)
	speaks(t, d.ana, "es")
	ana := browser.Open(t, d.App, d.ana, browser.Dark)
	ana.Go("/boards/" + d.board.ID)
	bo.Go("/boards/" + d.board.ID)
	bo.Click("#t-" + id + " .card-title")
	bo.WaitVisible("#task-repeat >> Does not repeat")
	bo.Click("#task-repeat-fold > summary")
	bo.Axe()
	bo.Shot("repeat-presets")
	bo.Choose("#repeat-preset", "Custom…")
	bo.WaitVisible(".repeat-custom")
	bo.WaitVisible(".repeat-weeks")
	bo.Axe()
	bo.Shot("repeat-custom")
	bo.Choose("#repeat-unit", "months")
	bo.WaitGone(".repeat-weeks")
	bo.Choose("#repeat-month_day", "the second Tuesday")
	bo.Choose("#repeat-end", "After some more times")
	bo.WaitVisible("#repeat-count")
	bo.Shot("repeat-monthly")
	bo.Click("#task-repeat-form .button-main")
	bo.WaitVisible("#repeat-count-wrong")
	bo.Axe()
	bo.Type("#repeat-count", "6")
	bo.Click("#task-repeat-form .button-main")
	bo.WaitVisible("#task-repeat >> Every month on the second Tuesday, 6 more times, next on")
	bo.WaitVisible("#t-" + id + " .card-repeats")
	ana.WaitVisible("#t-" + id + " .card-repeats")
	ana.Shot("repeat-card-dark")
	ana.Click("#t-" + id + " .card-title")
	ana.WaitVisible("#task-repeat >> Cada mes, el segundo martes, 6 veces más; la próxima, el")
	ana.Click("#task-repeat-fold > summary")
	ana.Choose("#repeat-preset", "Personalizada…")
	ana.Axe()
	ana.Shot("repeat-es-dark")
	bo.Click("#task-repeat-fold > summary")
	bo.Axe()
	bo.Shot("repeat-set")
	bo.Click("#task-repeat-fold button >> Skip")
	bo.WaitVisible("#task-repeat >> 5 more times")

	// From when it is done: the next one comes with the completion, and goes with it.
	bo.Click("#task-repeat-fold > summary")
	bo.Choose("#repeat-preset", "A week after it is done")
	bo.Click("#task-repeat-form .button-main")
	bo.WaitVisible("#task-repeat >> A week after it is done")
	bo.Click(".task-actions button >> Complete")
	bo.WaitVisible("#task-repeat >> The next one is")
	next := d.see(id).Repeat.Made.ID
	require.Equal(t, flow.Waiting, d.see(next).Task.State)
	ana.WaitVisible("#t-" + next + " .card-repeats")
	bo.Shot("repeat-made")
	bo.Click(`#notice [data-kind="did"] [data-undo]`)
	bo.WaitGone("#t-" + next)
	bo.WaitVisible("#task-repeat >> A week after it is done")
	ana.WaitGone("#t-" + next)
	replay.Check(t, d.DB.Read)
}

func TestHowATaskComesAgainIsSetByKeyboardAndOnAPhone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Water the plants", "Pay the rent")
	bo := browser.Open(t, d.App, d.bo)
	bo.Go("/tasks/" + ids[0])
	bo.Focus("#task-repeat-fold > summary")
	bo.Press("Enter", "Tab", "ArrowDown", "Tab", "Enter") // the second preset
	bo.WaitVisible("#task-repeat >> Every working day, next")
	require.Equal(t, recur.Rule{Unit: recur.Days, Every: 1, Working: true, Due: recur.NoDue}, d.see(ids[0]).Repeat.Rule)

	phone := browser.Open(t, d.App, d.bo, browser.Phone, browser.Dark)
	phone.Go("/tasks/" + ids[1])
	phone.Click("#task-repeat-fold > summary")
	phone.Choose("#repeat-preset", "Custom…")
	phone.WaitVisible(".repeat-days")
	phone.Axe()
	phone.Focus("#repeat-every")
	phone.Shot("repeat-phone")
	phone.Click(`.repeat-day:has([value="SA"])`)
	phone.Click("#task-repeat-form .button-main")
	phone.WaitVisible("#task-repeat >> Saturday")
	phone.Shot("repeat-phone-set")
	d.Later(8 * 24 * time.Hour)
	require.NoError(t, d.Store.Repeat(t.Context()))
	phone.WaitVisible("#task-repeat >> The next one is")
	require.Equal(t, models.Date(""), d.see(d.see(ids[1]).Repeat.Made.ID).Task.Due)
	replay.Check(t, d.DB.Read)
}
