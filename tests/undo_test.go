package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func TestADeletedTaskIsBroughtBackFromTheBin(t *testing.T) {
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
