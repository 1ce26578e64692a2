package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

func TestLabelsAreMadeInTheSettingsAndReadOnCards(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url, board := "/tasks/"+id, "/boards/"+d.board.ID
	require.Equal(t, http.StatusForbidden, d.bo.Send("POST", board+"/labels", "name", "Legal", "colour", "red", "icon", "scale").Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", board+"/labels", "name", "Legal", "colour", "red", "icon", "scale").Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", board+"/labels", "name", "Money", "colour", "green", "icon", "banknote").Status)
	for _, wrong := range [][]string{{"", "red", "tag"}, {"legal", "red", "tag"}, {"Other", "mauve", "tag"}, {"Other", "red", "skull"}, {strings.Repeat("x", 41), "red", "tag"}} {
		a := d.ana.Send("POST", board+"/labels", "name", wrong[0], "colour", wrong[1], "icon", wrong[2])
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, wrong)
		require.Contains(t, a.Body, `aria-invalid="true"`)
	}
	v := d.see(id)
	require.Len(t, v.BoardLabels, 2)
	legal, money := v.BoardLabels[0].ID, v.BoardLabels[1].ID

	d.done("PUT", url, "version", d.version(id), "labels", "", "labels", money, "labels", legal)
	require.Contains(t, text(d.view.Get(board).Body), "Welcome Ana Legal Money")
	require.Contains(t, text(d.view.Get(url).Body), "Labels Legal Money")
	// Two people at the labels of one task.
	seen := d.version(id)
	d.done("PUT", url, "version", seen, "labels", "", "labels", legal)
	a := d.ana.Send("PUT", url, "version", seen, "labels", "", "labels", money)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Bo Lind changed the labels from “Legal, Money” to “Legal”.")
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("PUT", url, "version", d.version(id), "labels", models.NewID()).Status)

	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", board+"/labels/"+legal, "name", "Law", "colour", "blue", "icon", "scale").Status)
	require.Contains(t, text(d.view.Get(board).Body), "Welcome Ana Law")
	require.Contains(t, text(d.view.Get(url+"/history").Body), "Labels before: Legal, Money → after: Legal")
	d.done("PUT", url, "version", d.version(id), "labels", "", "labels", legal, "labels", money)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("DELETE", board+"/labels/"+legal).Status)
	require.NotContains(t, text(d.view.Get(board).Body), "Law")
	require.Len(t, d.see(id).Labels, 1)
	d.done("PUT", url, "version", d.version(id), "labels", "")
	require.Empty(t, d.see(id).Labels)
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log").Body), "removed the label Law from Onboarding")
	replay.Check(t, d.DB.Read)
}

func TestLabelsComeBackWhenTheirChangeIsUndone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	for _, name := range []string{"Legal", "Money"} {
		require.NoError(t, d.Store.AddLabel(t.Context(), d.ana.Actor(), d.board.ID, models.LabelInput{Name: name, Colour: "red", Icon: "tag"}))
	}
	all := d.see(id).BoardLabels
	both, none := []string{all[0].ID, all[1].ID}, []string{}
	require.NoError(t, d.Store.EditTask(t.Context(), d.bo.Actor(), id, d.see(id).Task.Version, models.TaskInput{Labels: &both}))
	require.NoError(t, d.Store.EditTask(t.Context(), d.bo.Actor(), id, d.see(id).Task.Version, models.TaskInput{Labels: &none}))
	taken := d.see(id).Task.Version
	require.NoError(t, d.Store.RemoveLabel(t.Context(), d.ana.Actor(), d.board.ID, all[0].ID))
	_, err := d.Store.Undo(t.Context(), d.bo.Actor(), d.team.ID, taken)
	require.NoError(t, err)
	require.Equal(t, []models.Label{all[1]}, d.see(id).Labels, "what is gone stays gone")
	replay.Check(t, d.DB.Read)
}

func TestLabelsAreManagedAndSetWithoutColourAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	tab := browser.Open(t, d.App, d.ana, browser.Dark)
	tab.Go("/boards/" + d.board.ID + "/settings")
	for _, colour := range models.Colours {
		require.NoError(t, d.Store.AddLabel(t.Context(), d.ana.Actor(), d.board.ID, models.LabelInput{Name: "In " + colour, Colour: colour, Icon: "tag"}))
	}
	tab.Type("#label-name", "Legal")
	tab.Press("Enter")
	tab.Until(`[...document.querySelectorAll("#labels .label-mark")].some((l) => l.textContent.trim() === "Legal")`)
	tab.Click("#labels .label-list summary")
	tab.Axe()
	tab.Go("/boards/" + d.board.ID)
	tab.Click("#t-" + id + " .card-title")
	tab.Click("#task-labels > summary")
	for n := range 3 {
		tab.Click("#task-labels .task-choice:nth-child(" + string(rune('1'+n)) + ") input")
	}
	tab.Click("#task-details-form .task-save button")
	tab.Until(`document.querySelectorAll("#t-` + id + ` .label-mark").length === 3`)
	tab.Axe()
}
