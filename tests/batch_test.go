package tests

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/playbook"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// orders is a table as a spreadsheet copies it, with a heading and an amount of one's own.
func orders(price, amount string) string {
	return "Order number\tCustomer\tcustomer_email\t" + price + "\tSales\n4711\tAda Lovelace\tada@example.org\t120\tBo Chen\n4712\tGrace Hopper\tgrace@example.org\t" + amount + "\t\n"
}

func TestAPastedTableIsLookedOverMendedAndStarted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := "/templates/" + o.adopted(t, "order-processing").ID
	tab := browser.Open(t, o.App, o.ana)
	tab.Go(at)
	tab.Click("a[href$='/batches/new']")
	tab.WaitVisible("#batch")
	tab.Axe()
	tab.Paste("#field-table", orders("Price", "much"))
	tab.Click("#batch .button-main")
	tab.WaitVisible(".batch-columns[open]")
	require.Contains(t, tab.Text(".batch-columns"), "in no column: Total with tax")
	tab.Axe()
	tab.Choose("#field-column-3", "Total with tax")
	tab.Focus("#batch .button:not(.button-plain)")
	tab.Press("Enter")
	tab.WaitVisible(".batch-faults")
	require.Contains(t, tab.Text(".batch-faults"), "3")
	require.False(t, tab.Sees("[data-far-go]"), "with an error nothing can be started")
	tab.Axe()

	tab.Click("a[href$='/batches/new']")
	tab.WaitVisible("#field-file")
	tab.ChooseFiles("#field-file", testapp.File{Name: "orders.csv", Data: []byte(orders("Total with tax", "80.50"))})
	tab.Click("#batch .button-main")
	tab.WaitVisible("[data-far-go]")
	require.Contains(t, tab.Text("#main"), "2 runs with")
	require.Contains(t, tab.Text("#main"), "Order processing · 4712")
	tab.Axe()
	tab.Click("[data-far-go]")
	tab.WaitVisible(".runs")
	require.Contains(t, tab.Text("#main"), "All rows of the table have been started")
	require.Contains(t, tab.Text(".runs"), "Order processing · 4711")
	tab.Axe()
	log := text(o.ana.Get("/teams/" + o.team.ID + "/log?action=runs").Body)
	require.Contains(t, log, "Ana Ruiz started 2 runs of Order processing on Onboarding : orders.csv")
	replay.Check(t, o.DB.Read)
	tab.Click("#main .notice .button")
	tab.Until(`!location.pathname.startsWith('/templates/')`)
	require.NotContains(t, o.ana.Get(at+"/runs?all=1").Body, "4711", "all of it is undone")
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func TestTheExampleOfEachTemplateCanBeStartedInBothLanguages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, lang := range []string{"en", "es"} {
		for _, s := range playbook.ShippedIn(lang) {
			template, err := o.Store.AdoptTemplate(t.Context(), o.ana.Actor(), o.team.ID, s)
			require.NoError(t, err)
			at := "/templates/" + template.ID + "/batches"
			a := o.ana.Get(at + "/example.csv")
			require.Equal(t, http.StatusOK, a.Status)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body, "\ufeff"))).ReadAll()
			require.NoError(t, err)
			require.Len(t, rows, 2)
			until := rows[0][len(rows[0])-1]
			table := strings.TrimSuffix(a.Body, "\"\"\r\n") + "\"2031-12-31\"\r\n" // a day for those that count back from their end
			require.Equal(t, "Has to be finished by", until)
			v, err := o.Store.PlanBatch(t.Context(), o.ana.Actor(), template.ID, models.BatchInput{Table: []byte(table), Board: o.board.ID,
				Headings: map[string]string{"Name of the run": models.NameColumn, "Starts on": models.FromColumn, until: models.UntilColumn}})
			require.NoError(t, err, s.Key)
			for _, r := range v.Rows {
				for _, f := range r.Faults {
					in, _ := v.Definition.Input(strings.TrimPrefix(f.Field, models.AnswerField("")))
					require.NotEmpty(t, in.Pattern, "%s: %v", s.Key, f)
				}
			}
		}
	}
}

func TestATableIsStartedOnceWithoutScriptsAndOnlyByThoseWhoMay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	at := "/templates/" + template.ID + "/batches"
	id := models.NewID()
	fields := []string{"id", id, "board", o.board.ID, "table", orders("Total with tax", "80")}
	require.Equal(t, http.StatusOK, o.bo.Send(http.MethodPost, at+"/plan", fields...).Status)
	a := o.bo.Send(http.MethodPost, at, fields...)
	require.Equal(t, http.StatusSeeOther, a.Status)
	a = o.bo.Send(http.MethodPost, at, fields...)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "This table has been started already")
	a = o.bo.Send(http.MethodPost, at, "board", o.board.ID, "table", orders("Total with tax", "much"))
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Nothing was started: something is wrong in 1 row")
	require.Contains(t, a.Body, "much", "what was sent is kept")
	a = o.bo.Send(http.MethodPost, at+"/plan", "board", o.board.ID, "table", strings.Repeat("x", 1<<20+1))
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = o.bo.Send(http.MethodPost, at+"/plan", "board", o.board.ID, "table", "<script>\n<img src=x onerror=alert(1)>\n")
	require.NotContains(t, a.Body, "<img src=x")
	var runs int
	require.NoError(t, o.DB.Read.Raw("SELECT COUNT(*) FROM runs").Row().Scan(&runs))
	require.Equal(t, 2, runs)
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Send(http.MethodPost, at, fields...).Status)
	require.NotContains(t, viewer.Get("/templates/"+template.ID).Body, "/batches/new")
	require.Equal(t, http.StatusNotFound, o.Person("Eve").Send(http.MethodPost, at, fields...).Status)
}

func TestHowFarATableIsIsToldWhileItIsStarted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	at := "/templates/" + template.ID + "/batches"
	var b strings.Builder
	b.WriteString("order_number,customer,customer_email,amount\n")
	for i := range 300 {
		b.WriteString(strconv.Itoa(i) + ",Ada,ada@example.org,1\n")
	}
	id := models.NewID()
	done := make(chan testapp.Answer)
	go func() {
		done <- o.bo.Send(http.MethodPost, at, "id", id, "board", o.board.ID, "table", b.String())
	}()
	seen := false
	for {
		select {
		case a := <-done:
			require.Equal(t, http.StatusSeeOther, a.Status)
			require.True(t, seen, "it was told how far it was")
			require.Empty(t, text(o.bo.Get(at+"/"+id).Body))
			return
		default:
			if strings.Contains(o.bo.Get(at+"/"+id).Body, "of 300 runs made") {
				seen = true
				require.Empty(t, text(o.ana.Get(at+"/"+id).Body), "it is not hers")
			}
		}
	}
}
