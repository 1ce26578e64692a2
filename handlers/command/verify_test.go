package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

// What a manager took home shows, with nothing but the file, that all is as it was;
// and, after somebody was at the tables, that it is not.
func TestALogIsVerifiedFromTheCommandLine(t *testing.T) {
	database := testdb.Fresh(t)
	folder := t.TempDir()
	settings := []string{"RELEVO_DATABASE=" + database, "RELEVO_KEYS=" + filepath.Join(folder, "keys")}
	signedIn(t, database)
	c, _, stderr := start(t, settings...)
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.Wait(), stderr)
	file, err := os.Stat(filepath.Join(folder, "keys"))
	require.NoError(t, err)
	require.EqualValues(t, 0o600, file.Mode().Perm())

	k, err := readKeys(filepath.Join(folder, "keys"))
	require.NoError(t, err)
	notary, err := k.notary()
	require.NoError(t, err)
	h := testdb.Reopen(t, database)
	store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: h.Enqueue, Notary: notary})
	require.NoError(t, err)
	ana, _, err := store.SignIn(t.Context(), models.Actor{}, "ana@example.com", "seven green turtles", "test")
	require.NoError(t, err)
	who := models.Actor{Kind: ledger.Person, ID: ana.ID, Name: ana.Name}
	team, err := store.CreateTeam(t.Context(), who, models.TeamInput{Name: "People", Zone: "UTC"})
	require.NoError(t, err)
	head, err := store.LogHead(t.Context(), who, team.ID)
	require.NoError(t, err)
	kept := filepath.Join(folder, "head.txt")
	require.NoError(t, os.WriteFile(kept, []byte(head.Signed), 0o600))

	out, err := relevo(t, []string{"verify", "--head", kept}, settings...).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "the signature is good")
	require.Contains(t, string(out), "good: log "+team.ID+" (People): 2 entries")
	require.Contains(t, string(out), "good: the server's log")

	// An export is verified by the same command: the whole log, and some entries that
	// are tied to the head that was kept.
	require.NoError(t, store.EditTeam(t.Context(), who, team.ID, models.TeamInput{Name: "People", Zone: "Europe/Madrid"}))
	for name, q := range map[string]models.LogQuery{"whole": {}, "some": {Action: string(models.TeamEdited)}} {
		x, err := store.ExportLog(t.Context(), who, team.ID, q, models.ExportJSONL, head.Size)
		require.NoError(t, err)
		var text bytes.Buffer
		e, err := ledger.NewExtract(&text, ledger.Cover{Log: team.ID, Name: "People", Whole: x.Whole(), Head: x.Head.Signed, Key: x.Key, Tie: x.Tie})
		require.NoError(t, err)
		require.NoError(t, x.Each(t.Context(), func(l models.LogLine) error {
			path, err := x.Path(l.Seq)
			require.NoError(t, err)
			return e.Add(l.Attested(), path)
		}))
		require.NoError(t, e.Close())
		export := filepath.Join(folder, name+".jsonl")
		require.NoError(t, os.WriteFile(export, text.Bytes(), 0o600))
		out, err := relevo(t, []string{"verify", "--head", kept, export}, settings...).CombinedOutput()
		require.NoError(t, err, string(out))
		require.Contains(t, string(out), "good: "+export)
		elsewhere := []string{"RELEVO_KEYS=" + filepath.Join(folder, "none")}
		out, err = relevo(t, []string{"verify", export}, elsewhere...).CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "nothing vouches for this export")
		out, err = relevo(t, []string{"verify", "--key", notary.Public, export}, elsewhere...).CombinedOutput()
		require.NoError(t, err, string(out))
		require.NoError(t, os.WriteFile(export, bytes.Replace(text.Bytes(), []byte("Europe/Madrid"), []byte("Europe/Athens"), 1), 0o600))
		out, err = relevo(t, []string{"verify", "--head", kept, export}, settings...).CombinedOutput()
		require.ErrorContains(t, err, "exit status 1", string(out))
		require.Contains(t, string(out), "WRONG: "+export)
	}

	rotated, err := relevo(t, []string{"keys", "rotate"}, settings...).CombinedOutput()
	require.NoError(t, err, string(rotated))
	out, err = relevo(t, []string{"verify", "--head", kept}, settings...).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "the signature is good", "what the earlier key signed still counts")

	for _, sql := range tampering() {
		_, err := h.WriteSQL().ExecContext(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	out, err = relevo(t, []string{"verify", "--head", kept}, settings...).CombinedOutput()
	require.ErrorContains(t, err, "exit status 1", string(out))
	require.Contains(t, string(out), "WRONG: log "+team.ID)
	require.Contains(t, string(out), ": changed since it was written")

	out, err = relevo(t, []string{"verify", "--head", filepath.Join(folder, "keys")}, settings...).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "is no signed head of a log")
	out, err = relevo(t, []string{"verify", filepath.Join(folder, "nothing.db")}, settings...).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "there is no database")
	require.NoFileExists(t, filepath.Join(folder, "nothing.db"))
}

// tampering is what somebody does who can write to the tables.
func tampering() []string {
	unguard := "DROP TRIGGER entries_no_update"
	if testdb.Postgres() {
		unguard = "ALTER TABLE entries DISABLE TRIGGER USER"
	}
	return []string{unguard, "UPDATE entries SET data = replace(data, 'People', 'Purple') WHERE log_id <> 'server'"}
}

// A change of keys is told in the log, once.
func TestAChangeOfKeysIsInTheServersLog(t *testing.T) {
	h := testdb.Open(t)
	var k keys
	for i := range 2 {
		require.NoError(t, k.renew())
		notary, err := k.notary()
		require.NoError(t, err)
		store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Notary: notary})
		require.NoError(t, err)
		for range 2 {
			require.NoError(t, store.RecordKey(t.Context()))
		}
		var told []string
		require.NoError(t, h.Read.Raw("SELECT data FROM entries WHERE action = 'key.changed' ORDER BY seq").Scan(&told).Error)
		require.Len(t, told, i+1)
		require.Contains(t, told[i], strings.ReplaceAll(k.public[0], `"`, `\"`))
	}
}
