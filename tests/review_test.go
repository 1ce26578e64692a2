package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// skipped gives the desk a legal check that somebody went ahead of.
func skipped(t *testing.T) desk {
	d := newDesk(t)
	ids := d.tasks("Legal check", "Publish the terms")
	d.require(ids[0], ids[1], flow.Lag{})
	require.NoError(t, d.Store.OverrideTask(t.Context(), d.ana.Actor(), ids[1], d.see(ids[1]).Task.Version, "the customer is waiting"))
	return d
}

func TestAReviewWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	d := skipped(t)
	reviews := "/teams/" + d.team.ID + "/log/reviews"
	require.Contains(t, text(d.ana.Get(reviews+"/new?action=overrides").Body), "1 entry")
	a := d.ana.Send("POST", reviews, "name", "", "action", "overrides", "sample", "many", "seed", "x")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `value="many"`)
	require.Contains(t, a.Body, `name="action" value="overrides"`, "nothing is lost")
	a = d.ana.Send("POST", reviews, "name", "Who skipped the legal check in March?", "action", "overrides")
	require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
	review := a.Location
	page := d.ana.Get(review).Body
	seq := between(t, page, `id="entry-`, `"`)
	entry := review + "/entries/" + seq
	a = d.ana.Send("PUT", entry+"/question", "person", d.bo.ID, "question", "")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Equal(t, review+"#entry-"+seq, d.ana.Send("PUT", entry+"/question", "person", d.bo.ID, "question", "=Did you know?").Location)
	a = d.ana.Send("POST", review+"/signature", "conclusion", "All is well")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, a.Body, "All is well", "nothing is lost")
	require.Equal(t, http.StatusForbidden, d.bo.Get(review).Status)
	require.Contains(t, text(d.bo.Get("/inbox").Body), "Ana Ruiz asks, in")
	require.Equal(t, http.StatusNotFound, d.ana.Get(entry+"/question").Status, "it is Bo's")
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("PUT", entry+"/answer", "answer", " ").Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", entry+"/answer", "answer", "Yes").Status)
	require.NotContains(t, text(d.bo.Get("/inbox").Body), "Ana Ruiz asks, in")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", review+"/signature", "conclusion", "All is well").Status)
	sheet := d.ana.Get(review + "/export.csv")
	require.True(t, strings.HasPrefix(sheet.Header.Get("Content-Type"), "text/csv"))
	require.Contains(t, sheet.Body, "'=Did you know?", "no formula")
	require.Contains(t, sheet.Body, "Answered")
	require.Contains(t, text(d.ana.Get(review+"/print").Body), "All is well")
	replay.Check(t, d.DB.Read)
}

func TestAManagerGoesFromAQuestionToASignedAnswer(t *testing.T) {
	t.Parallel()
	d := skipped(t)
	_, err := d.Store.LogHead(t.Context(), d.ana.Actor(), d.team.ID)
	require.NoError(t, err)
	ana, bo := browser.Open(t, d.App, d.ana), browser.Open(t, d.App, d.bo, browser.Phone, browser.Dark)
	bo.Go("/inbox")
	bo.WaitVisible("#inbox")
	ana.Go("/teams/" + d.team.ID + "/log?action=overrides")
	ana.Click(".log-quick a >> Review these entries…")
	ana.WaitVisible("#field-name")
	ana.Axe()
	ana.Type("#field-name", "Who skipped the legal check in March?")
	ana.Shot("review-new")
	ana.Press("Enter")
	ana.WaitVisible(".review-line")
	ana.Axe()
	ana.Focus(".review-ask > summary")
	ana.Press("Enter")
	ana.WaitVisible(".review-ask textarea")
	ana.Choose(".review-ask select", "Bo Lind")
	ana.Type(".review-ask textarea", "Did you know of it?")
	ana.Axe()
	ana.Shot("review-ask")
	ana.Press("Tab", "Enter")
	ana.WaitVisible(".review-said >> Did you know of it?")

	bo.WaitVisible("#inbox a >> Did you know of it?")
	bo.Axe()
	bo.Shot("review-inbox")
	bo.Click("#inbox a >> Did you know of it?")
	bo.WaitVisible("#field-answer")
	bo.Type("#field-answer", "Yes, our lawyer agreed by telephone.")
	bo.Axe()
	bo.Shot("review-question")
	bo.Click(".form .button-main")
	bo.WaitVisible("[role=status] >> You have answered.")

	ana.Reload()
	ana.WaitVisible(".review-said >> our lawyer agreed")
	ana.Type("#field-conclusion", "The legal check was agreed beforehand.")
	ana.Click("#review-sign .button-main")
	ana.WaitVisible(".review-end >> agreed beforehand")
	ana.Axe()
	ana.Shot("review-signed")
	ana.Click(".print-ways a >> Print")
	ana.WaitVisible("#review-head")
	ana.Axe()
	ana.Shot("review-print")
	ana.Go("/teams/" + d.team.ID + "/log/reviews")
	ana.WaitVisible(".finding >> Signed by Ana Ruiz")
	ana.Axe()
	ana.Shot("reviews")
}
