package tests

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

func TestADeletedTaskIsBroughtBackFromTheBin(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[0], ids[1], models.DependencyInput{}))
	require.Contains(t, text(d.bo.Get("/tasks/"+ids[0]).Body), "They can be brought back from there for 30 days.")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", "/tasks/"+ids[0], "version", d.version(ids[0])).Status)
	require.Equal(t, flow.Ready, d.see(ids[1]).Task.State)

	bin := "/boards/" + d.board.ID + "/bin"
	require.Contains(t, d.bo.Get("/boards/"+d.board.ID).Body, `href="`+bin+`"`)
	page := d.bo.Get(bin)
	require.Contains(t, text(page.Body), "Sign the contract")
	require.Contains(t, text(page.Body), "Deleted by Bo Lind")
	require.NotContains(t, d.view.Get(bin).Body, "Bring back")
	require.Equal(t, http.StatusForbidden, d.view.Send("DELETE", "/tasks/"+ids[0]+"/deletion").Status)

	a := d.bo.Send("DELETE", "/tasks/"+ids[0]+"/deletion")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, "/tasks/"+ids[0], a.Location)
	require.Equal(t, flow.Waiting, d.see(ids[1]).Task.State)
	require.Contains(t, text(d.bo.Get(bin).Body), "Nothing in the bin")
	require.Contains(t, text(d.bo.Get("/tasks/"+ids[1]+"/history").Body), "because Bo Lind brought ONB-1 Sign the contract back from the bin")
	replay.Check(t, d.DB.Read)
}

func TestOnesOwnLastChangeIsUndoneFromTheHistory(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	require.NoError(t, d.Store.Require(t.Context(), d.ana.Actor(), ids[0], ids[1], models.DependencyInput{}))
	url := "/tasks/" + ids[0]
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", url+"/completion", "version", d.version(ids[0])).Status)
	require.Equal(t, flow.Ready, d.see(ids[1]).Task.State)

	page := d.bo.Get(url + "/history")
	require.Contains(t, text(page.Body), "Undo your last change Bo Lind completed ONB-1 Sign the contract")
	require.NotContains(t, d.view.Get(url+"/history").Body, "/undoing")
	undoing := between(t, page.Body, `action="/teams/`, `/undoing"`)
	undoing = "/teams/" + undoing + "/undoing"
	require.Equal(t, http.StatusForbidden, d.view.Send("POST", undoing).Status)
	a := d.bo.Send("POST", undoing)
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Equal(t, url, a.Location)
	require.Equal(t, flow.Ready, d.see(ids[0]).Task.State)
	require.Equal(t, flow.Waiting, d.see(ids[1]).Task.State)
	told := text(d.bo.Get(url + "/history").Body)
	require.Contains(t, told, "Bo Lind undid a change of ONB-1 Sign the contract : “ Bo Lind completed ONB-1 Sign the contract ”")
	require.Contains(t, told, "Redo what you undid")
	require.Contains(t, text(d.bo.Get("/tasks/"+ids[1]+"/history").Body), "sent ONB-2 Order a laptop back to Waiting because Bo Lind undid a change of ONB-1 Sign the contract")

	// What somebody has changed since is not undone, and it says who.
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", url, "version", d.version(ids[0]), "title", "Sign it").Status)
	undoing = "/teams/" + between(t, d.bo.Get(url+"/history").Body, `action="/teams/`, `/undoing"`) + "/undoing"
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", url, "version", d.version(ids[0]), "title", "Sign both").Status)
	a = d.bo.Send("POST", undoing)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "This was changed again since, so it cannot be undone. Ana Ruiz changed the title from “Sign it” to “Sign both”.")
	require.Equal(t, http.StatusNotFound, d.bo.Send("POST", "/teams/"+d.team.ID+"/changes/last/undoing").Status)
	require.Equal(t, http.StatusNotFound, d.bo.Send("POST", "/teams/"+d.team.ID+"/changes/99999/undoing").Status)
	replay.Check(t, d.DB.Read)
}

func TestAnOpenPageIsToldWhereToUndoAndToRedo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	v, err := d.Store.Board(t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(t, err)
	form := url.Values{"version": {d.version(id)}, "column": {d.column(v, flow.InProgress)}, "from": {"board"}, "_method": {"PUT"}}
	a := d.bo.Do("POST", "/tasks/"+id+"/place", form, "HX-Request", "true")
	require.Equal(t, http.StatusNoContent, a.Status)
	did := offered(t, a)
	require.Equal(t, "Moved to In progress.", did["text"])
	require.Empty(t, did["redo"])

	a = d.bo.Do("POST", did["undo"], url.Values{}, "HX-Request", "true")
	require.Equal(t, http.StatusNoContent, a.Status)
	require.Equal(t, flow.Ready, d.see(id).Task.State)
	did = offered(t, a)
	require.Equal(t, "1", did["redo"])
	require.Equal(t, http.StatusNoContent, d.bo.Do("POST", did["undo"], url.Values{}, "HX-Request", "true").Status)
	require.Equal(t, flow.InProgress, d.see(id).Task.State)
	replay.Check(t, d.DB.Read)
}

func offered(t *testing.T, a testapp.Answer) map[string]string {
	t.Helper()
	var news map[string]map[string]string
	require.NoError(t, json.Unmarshal([]byte(a.Header.Get("HX-Trigger")), &news))
	return news["relevo:did"]
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, before)
	require.True(t, found, before)
	inner, _, found := strings.Cut(rest, after)
	require.True(t, found, after)
	if i := strings.LastIndex(inner, before); i >= 0 {
		inner = inner[i+len(before):]
	}
	return inner
}
