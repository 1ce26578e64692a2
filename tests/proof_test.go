package tests

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/ledger"
	"relevo/tests/testapp"
	"relevo/tests/testdb"
)

// takeHead downloads the signed head of a team's log.
func (d desk) takeHead() string {
	d.t.Helper()
	a := d.ana.Send("POST", "/teams/"+d.team.ID+"/log/heads")
	require.Equal(d.t, http.StatusOK, a.Status, a.Body)
	require.Contains(d.t, a.Header.Get("Content-Disposition"), `attachment; filename="relevo-head-`)
	require.True(d.t, strings.HasPrefix(a.Body, "relevo-log/"+d.team.ID+"\n"), a.Body)
	return a.Body
}

func (d desk) compare(head string) testapp.Answer {
	return d.ana.Send("POST", "/teams/"+d.team.ID+"/log/comparisons", "with", "own", "head", head)
}

// behind does something to the database behind the program's back.
func (d desk) behind(statements ...string) {
	d.t.Helper()
	all := []string{"DROP TRIGGER IF EXISTS entries_no_update", "DROP TRIGGER IF EXISTS entries_no_delete"}
	if testdb.Postgres() {
		all = []string{"ALTER TABLE entries DISABLE TRIGGER USER"}
	}
	sql, err := d.DB.Write.DB()
	require.NoError(d.t, err)
	for _, s := range append(all, statements...) {
		_, err := sql.Exec(strings.ReplaceAll(s, "$team", "'"+d.team.ID+"'"))
		require.NoError(d.t, err, s)
	}
}

// length is the number of the last entry of the team's log.
func (d desk) length() int {
	d.t.Helper()
	v, err := d.Store.LogSeal(d.t.Context(), d.ana.Actor(), d.team.ID)
	require.NoError(d.t, err)
	return int(v.Size)
}

func TestAHeadTakenHomeTellsThatNothingWasChanged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign contract")[0]
	head := d.takeHead()
	a := d.compare(head)
	require.Equal(t, http.StatusOK, a.Status)
	require.Regexp(t, `Nothing has been changed\. All \d+ entries that your head of .* speaks of are still there`, text(a.Body))
	d.complete(d.bo, id)
	a = d.compare(strings.ReplaceAll(head, "\n", "\r\n")) // as a form sends it
	require.Contains(t, text(a.Body), "Since then 1 entry came after them, as they should.")
	a = d.ana.Upload("/teams/"+d.team.ID+"/log/comparisons?with=own", "file", "head.txt", []byte(head))
	require.Contains(t, text(a.Body), "Nothing has been changed.")
	a = d.ana.Send("POST", "/teams/"+d.team.ID+"/log/comparisons")
	require.Regexp(t, `The log is sound: \d+ entries read, each as it was written, in agreement with 1 signed head\.`, text(a.Body))
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log/seal").Body), "Last signed: ")
	d.ana.Lang = "es"
	a = d.ana.Send("PUT", "/account", "name", "Ana Ruiz", "lang", "es", "zone", "UTC")
	require.Equal(t, http.StatusSeeOther, a.Status)
	require.Regexp(t, `No ha cambiado nada\. Las \d+ entradas de las que habla tu cabecera`, text(d.compare(head).Body))
}

func TestAHeadTakenHomeTellsWhatWasChangedAndWhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ statement, says string }{
		"rewritten": {"UPDATE entries SET data = replace(data, '\"reason\":\"\"', '\"reason\":\"x\"') WHERE log_id = $team AND seq = 9", "changed after it was written"},
		"deleted":   {"DELETE FROM entries WHERE log_id = $team AND seq = 9", "not there any more"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.tasks("Sign contract", "Order laptop")
			head := d.takeHead()
			d.behind(c.statement)
			said := text(d.compare(head).Body)
			require.Contains(t, said, "The log is not as it was. Your head of ")
			require.Regexp(t, `Entry 9 : `+c.says, said)
			require.Contains(t, said, "Keep a copy of it as it is")
			require.Contains(t, text(d.ana.Send("POST", "/teams/"+d.team.ID+"/log/comparisons").Body), c.says)
		})
	}
}

func TestAHeadThatIsNoneOrNotOfThisLogIsToldApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tasks("Sign contract")
	for _, garbage := range []string{"hello", "relevo-log/x\n1\nabc\n", strings.Repeat("x", 100_000)} {
		a := d.compare(garbage)
		require.Equal(t, http.StatusUnprocessableEntity, a.Status)
		require.Contains(t, text(a.Body), "This is no signed head of a log. Paste all of it")
		require.Contains(t, a.Body, `aria-describedby="field-head-hint field-head-wrong"`)
		require.Contains(t, a.Body, garbage[:5], "what was pasted is still there")
	}
	a := d.compare("  ")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	a = d.ana.Upload("/teams/"+d.team.ID+"/log/comparisons?with=own", "file", "a.png", aPicture(t, 20, 20))
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, "field-file-wrong")

	other := d.Team(d.ana, "Elsewhere")
	theirs := d.ana.Send("POST", "/teams/"+other.ID+"/log/heads").Body
	a = d.compare(theirs)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "This head is of another log.")

	secret, public, err := ledger.NewSecret(strings.NewReader(strings.Repeat("k", 64)))
	require.NoError(t, err)
	forger, err := ledger.NewNotary(secret, public)
	require.NoError(t, err)
	mine, err := ledger.OpenHead(d.takeHead(), forger.Known...)
	require.ErrorIs(t, err, ledger.ErrUnknownKey)
	signed, err := forger.Sign(mine)
	require.NoError(t, err)
	said := text(d.compare(signed).Body)
	require.Contains(t, said, "No key of this server, present or earlier, has signed this head.")
	require.Contains(t, said, "Still, the log agrees with what it says.")
	mine.Root[0]++
	signed, err = forger.Sign(mine)
	require.NoError(t, err)
	require.Contains(t, text(d.compare(signed).Body), "And the log does not agree with what it says.")
}

func TestEachEntryHasAnAddressAndAProof(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.require(ids[0], ids[1])
	d.complete(d.bo, ids[0])
	last := d.length()
	entry := func(seq int) string { return "/teams/" + d.team.ID + "/log/entries/" + strconv.Itoa(seq) }
	page := d.ana.Get(entry(last))
	require.Equal(t, http.StatusOK, page.Status)
	said := text(page.Body)
	require.Contains(t, said, "Automation moved ONB-2 Set up payroll to Ready because Bo Lind completed ONB-1 Sign contract")
	require.Contains(t, said, "Brought about by Entry "+strconv.Itoa(last-1))
	require.Contains(t, said, "This entry is in the signed log, unchanged.")
	require.Contains(t, said, `"action":"task.released"`)
	require.Contains(t, d.log(), `href="`+entry(last)+`"`)

	a := d.ana.Get(entry(last) + "/proof")
	require.Contains(t, a.Header.Get("Content-Disposition"), "relevo-entry-"+strconv.Itoa(last)+".jsonl")
	c, err := ledger.CheckExtract(strings.NewReader(a.Body), nil, nil)
	require.NoError(t, err)
	require.Empty(t, c.Findings)
	require.EqualValues(t, 1, c.Entries)

	for _, missing := range []string{entry(last + 1), entry(0), entry(-1), "/teams/" + d.team.ID + "/log/entries/x"} {
		require.Equal(t, http.StatusNotFound, d.ana.Get(missing).Status, missing)
	}
	require.Equal(t, http.StatusForbidden, d.bo.Get(entry(1)).Status)
	require.Equal(t, http.StatusNotFound, d.Person("Eve Stone").Get(entry(1)).Status)

	d.behind("UPDATE entries SET data = replace(data, 'Set up payroll', 'Burn') WHERE log_id = $team AND seq = " + strconv.Itoa(last))
	require.Contains(t, text(d.ana.Get(entry(last)).Body), "This entry is not what was signed.")
	d.behind("DELETE FROM entries WHERE log_id = $team AND seq = 2")
	d.tasks("One more") // so that a new head would have to be signed
	a = d.ana.Get(entry(last + 1))
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, text(a.Body), "This entry is not what was signed.")
	a = d.ana.Send("POST", "/teams/"+d.team.ID+"/log/heads")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Entries of this log are missing, so it cannot be signed.")
}

func TestWithoutAKeyThePagesSayThatNothingIsSigned(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(p *models.Parts) { p.Notary = nil })
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log/seal").Body), "This server has no key to sign with.")
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log/entries/1").Body), "There is no proof")
	require.Equal(t, http.StatusConflict, d.ana.Get("/teams/"+d.team.ID+"/log/entries/1/proof").Status)
	require.Contains(t, text(d.ana.Send("POST", "/teams/"+d.team.ID+"/log/comparisons").Body), "The log is sound")
}

func TestABrokenLogKeepsNoOtherFromBeingSigned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.behind("DELETE FROM entries WHERE log_id = $team AND seq = 2")
	kai := d.Join(d.ana, d.Team(d.ana, "Zebra"), "Kai Moor", access.Manager)
	require.Error(t, d.Store.SignHeads(t.Context()))
	teams, err := d.Store.Teams(t.Context(), kai.Actor())
	require.NoError(t, err)
	v, err := d.Store.LogSeal(t.Context(), kai.Actor(), teams[0].ID)
	require.NoError(t, err)
	require.Equal(t, v.Size, v.Last.Size)
	require.WithinDuration(t, time.Now(), v.Last.At, time.Minute)
}
