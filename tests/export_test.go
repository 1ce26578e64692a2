package tests

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"relevo/models"
	"relevo/models/ledger"
	"relevo/tests/testapp"
)

func (d desk) export(fields ...string) testapp.Answer {
	d.t.Helper()
	return d.ana.Send("POST", "/teams/"+d.team.ID+"/log/exports", fields...)
}

func TestTheLogLeavesAsATableForSpreadsheets(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	evil := []string{"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\"quoted\", with, commas"}
	d.tasks(evil...)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.require(ids[0], ids[1])
	d.complete(d.bo, ids[0])
	before := d.length()
	a := d.export("form", "csv")
	require.Equal(t, http.StatusOK, a.Status)
	require.Equal(t, "text/csv; charset=utf-8", a.Header.Get("Content-Type"))
	require.Contains(t, a.Header.Get("Content-Disposition"), `attachment; filename="People - Log `)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+before+1, "the head row, and the entry of the export itself")
	require.Equal(t, "Entry", rows[0][0])
	require.Equal(t, "1", rows[1][0], "the oldest first")
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var told []string
	for _, r := range rows[1:] {
		told = append(told, r[column["In words"]])
		for _, cell := range r {
			require.False(t, cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])), "%q would run", cell)
		}
	}
	require.Contains(t, told, "Automation moved ONB-7 Set up payroll to Ready because Bo Lind completed ONB-6 Sign contract")
	require.Contains(t, told, "Ana Ruiz exported the whole log as CSV")
	d.ana.Send("PUT", "/account", "name", "Ana Ruiz", "lang", "es", "zone", "Europe/Madrid")
	require.Contains(t, d.export("form", "csv").Body, "Ana Ruiz exportó el registro entero como CSV")
}

func TestAnExportIsFilteredAndWrittenIntoTheLog(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.complete(d.bo, ids[0])
	page := text(d.ana.Get("/teams/" + d.team.ID + "/log/export?person=" + d.bo.ID + "&action=movement").Body)
	require.Contains(t, page, "1 entry · Only what the filters let through: Person Bo Lind What happened Movement Change the filters")
	require.Contains(t, d.log("person", d.bo.ID), `href="/teams/`+d.team.ID+`/log/export?person=`+d.bo.ID)
	for form, end := range map[string]string{"csv": "\r\n", "jsonl": "\n"} {
		a := d.export("form", form, "person", d.bo.ID, "action", "movement")
		require.Equal(t, http.StatusOK, a.Status)
		require.Equal(t, 2, strings.Count(a.Body, end), a.Body)
		require.Contains(t, a.Body, "ONB-1 Sign contract")
	}
	said := text(d.log("action", string(models.LogExported)))
	require.Contains(t, said, "Ana Ruiz exported a part of the log as CSV Entries 1 Person Bo Lind What happened Movement")

	before := d.length()
	for _, wrong := range [][]string{{"form", "exe"}, {}, {"form", "csv", "task", "ONB-99"}, {"form", "csv", "from", "last week"}} {
		require.Equal(t, http.StatusUnprocessableEntity, d.export(wrong...).Status, wrong)
	}
	require.Equal(t, before, d.length(), "what was refused was not taken")
	require.Equal(t, http.StatusSeeOther, d.ana.Get("/teams/"+d.team.ID+"/log/export?task=ONB-99").Status)
	require.Equal(t, http.StatusForbidden, d.bo.Send("POST", "/teams/"+d.team.ID+"/log/exports", "form", "csv").Status)
	require.Equal(t, http.StatusNotFound, d.Person("Eve Stone").Send("POST", "/teams/"+d.team.ID+"/log/exports", "form", "csv").Status)
	require.Equal(t, before, d.length())
}

// An extract proves itself: the whole log by all its leaves, a part by a path for
// each entry, and both against a head that was kept.
func TestAnExtractIsProvenAgainstAHeadTakenHome(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	titles := make([]string, 300)
	for i := range titles {
		titles[i] = "Task " + strconv.Itoa(i)
	}
	d.tasks(titles[:150]...)
	kept, err := ledger.OpenHead(d.takeHead())
	require.ErrorIs(t, err, ledger.ErrUnknownKey)
	d.tasks(titles[150:]...)
	for _, fields := range [][]string{{}, {"action", "task.created"}, {"by", "auto"}} {
		a := d.export(append(fields, "form", "jsonl", "kept", strconv.FormatInt(kept.Size, 10))...)
		require.Equal(t, http.StatusOK, a.Status, a.Body)
		require.Contains(t, a.Header.Get("Content-Type"), "application/jsonl")
		c, err := ledger.CheckExtract(strings.NewReader(a.Body), nil, &kept)
		require.NoError(t, err)
		require.Empty(t, c.Findings, fields)
		require.Equal(t, len(fields) == 0, c.Cover.Whole)
		require.Equal(t, d.length(), int(c.Head.Size), "its own entry is signed, too")
	}
	page := d.compare(d.takeHead()).Body
	require.Contains(t, page, "/log/export?kept="+strconv.Itoa(d.length()))
}

func TestTheLogLeavesAsASheet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tasks("=1+1", strings.Repeat("long ", 30))
	a := d.export("form", "xlsx")
	require.Equal(t, http.StatusOK, a.Status)
	file, err := excelize.OpenReader(bytes.NewReader([]byte(a.Body)))
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	rows, err := file.GetRows("Log")
	require.NoError(t, err)
	require.Len(t, rows, 1+d.length())
	found := false
	for i, r := range rows {
		for j, cell := range r {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			formula, err := file.GetCellFormula("Log", name)
			require.NoError(t, err)
			require.Empty(t, formula)
			found = found || strings.Contains(cell, "ONB-1 =1+1")
		}
	}
	require.True(t, found)
}

func TestTheLogGoesOnPaperAsItWasAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.require(ids[0], ids[1])
	require.NoError(t, d.Store.OverrideTask(t.Context(), d.ana.Actor(), ids[1], d.see(ids[1]).Task.Version, "It cannot wait"))
	d.takeHead()
	page := d.ana.Get("/teams/" + d.team.ID + "/log/print?action=overrides")
	require.Equal(t, http.StatusOK, page.Status)
	said := text(page.Body)
	require.Contains(t, said, "Made by Ana Ruiz on ")
	require.Contains(t, said, "1 entry · Only what the filters let through: What happened Overrides")
	require.Contains(t, said, "Signed head of the log, to check this by relevo-log/"+d.team.ID)
	require.Equal(t, 1, lines(page.Body))
	all := text(d.ana.Get("/teams/" + d.team.ID + "/log/print").Body)
	require.Less(t, strings.Index(all, "Ana Ruiz created the team"), strings.Index(all, "Ana Ruiz let"), "the oldest first")
	require.Equal(t, http.StatusSeeOther, d.ana.Get("/teams/"+d.team.ID+"/log/print?task=ONB-99").Status)
	require.Equal(t, http.StatusForbidden, d.bo.Get("/teams/"+d.team.ID+"/log/print").Status)
	log := d.log()
	require.Contains(t, log, "/log?action=overrides")
	require.Contains(t, log, "/log?from=")
}

func TestAChangedTextIsToldWordByWord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the old contract")[0]
	title := "Sign the new contract"
	require.NoError(t, d.Store.EditTask(t.Context(), d.ana.Actor(), id, d.see(id).Task.Version, models.TaskInput{Title: &title}))
	require.Regexp(t, `<span>Sign the </span>\s*<del><span class="visually-hidden">before: </span>old </del>\s*<ins><span class="visually-hidden">after: </span>new </ins>\s*<span>contract</span>`, d.log("action", "task.edited"))
}
