package tests

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
)

// finished is a desk on which the first of two tasks was done, and the second renamed.
// It returns the entry before that.
func finished(t *testing.T) (d desk, ids []string, then int64) {
	d = newDesk(t)
	ids = d.tasks("Sign the contract", "Create the accounts", "Order a laptop")
	d.require(ids[0], ids[1], flow.Lag{})
	d.require(ids[0], ids[2], flow.Lag{})
	v, err := d.Store.Board(t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(t, err)
	require.NoError(t, d.Store.CompleteTask(t.Context(), d.bo.Actor(), ids[0], d.see(ids[0]).Task.Version))
	title := "Create all accounts"
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), ids[1], d.see(ids[1]).Task.Version, models.TaskInput{Title: &title}))
	return d, ids, v.Seq
}

func TestThePastIsReadWithoutScripts(t *testing.T) {
	d, ids, then := finished(t)
	board := "/boards/" + d.board.ID
	at := "?entry=" + strconv.FormatInt(then, 10)
	require.Contains(t, d.bo.Get(board).Body, `href="`+board+`/since"`, "the board leads there")
	page := d.bo.Get(board + "/past" + at)
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, text(page.Body), "As it was")
	require.Contains(t, page.Body, "Create the accounts")
	require.NotContains(t, page.Body, "Create all accounts")
	require.NotContains(t, page.Body, `action="/tasks`, "nothing can be changed")
	require.Contains(t, text(d.bo.Get(board+"/past").Body), "As it is now")
	later := between(t, page.Body, `id="past-later" href="`, `"`)
	require.Contains(t, text(d.bo.Get(later).Body), "Bo Lind completed")
	a := d.bo.Get(board + "/past?at=yesterday+or+so")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="yesterday or so"`, "nothing is lost")
	require.Contains(t, text(d.bo.Get(board+"/past?at=2020-01-01").Body), "It was not there yet")

	task := d.bo.Get(board + "/past/" + ids[1] + at)
	require.Contains(t, text(task.Body), "Create the accounts")
	require.Contains(t, text(task.Body), "Waited for")
	require.Equal(t, http.StatusNotFound, d.bo.Get(board+"/past/"+ids[1]+"?entry=1").Status, "it was not there")
	diagram := d.bo.Get(board + "/past/diagram" + at)
	require.Contains(t, diagram.Body, "Create the accounts")
	require.Contains(t, diagram.Body, `data-from="`+ids[0]+`"`)

	since := text(d.bo.Get(board + "/since?from=monday").Body)
	require.Contains(t, since, "New")
	a = d.bo.Get(board + "/since?from=some+day")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="some day"`)
	require.Contains(t, text(d.bo.Get(board+"/since").Body), "You have not looked at this board before")
}

func TestOneStepsThroughThePastByKeyboard(t *testing.T) {
	d, ids, then := finished(t)
	board := "/boards/" + d.board.ID
	tab := browser.Open(t, d.App, d.ana)
	tab.Go(board)
	tab.Click(`.board-tools a[href$="/since"]`)
	tab.WaitVisible("#since-when")
	tab.WaitVisible(".since-tasks h2 >> Create all accounts")
	tab.Axe()
	tab.Shot("since-light")
	tab.Click(".page-head a >> As it was…")
	tab.WaitVisible(".past-mark >> As it is now")
	tab.Axe()
	for range 2 {
		tab.Focus("#past-earlier")
		tab.Press("Enter")
		tab.WaitVisible(".past-mark >> As it was")
	}
	tab.WaitVisible(".card-title >> Create the accounts")
	tab.Axe()
	tab.Shot("past-light")
	tab.Click(".card-title >> Create the accounts")
	tab.WaitVisible("#past-before")
	tab.Axe()
	tab.Shot("past-task-light")
	tab.Click(".seal-back")
	tab.WaitVisible(".past .lanes")
	tab.Click(".faces a >> Diagram")
	tab.WaitVisible("#dg-view .dg-box")
	tab.Axe()
	tab.Shot("past-diagram-light")
	tab.Click(".past-name a >> What changed since…")
	tab.WaitVisible(".since-said >> Done")

	phone := browser.Open(t, d.App, d.bo, browser.Phone, browser.Dark, browser.Spanish)
	speaks(t, d.bo, "es")
	for name, path := range map[string]string{"past": "/past?entry=" + strconv.FormatInt(then, 10), "past-task": "/past/" + ids[1], "past-diagram": "/past/diagram", "since": "/since?from=monday"} {
		phone.Go(board + path)
		phone.WaitVisible("h1")
		phone.Axe()
		phone.Shot(name + "-phone-dark-es")
	}
}
