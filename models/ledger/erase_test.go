package ledger_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"relevo/models/ledger"
)

// erase takes words out of entries and writes the entry that says so.
func (b *book) erase(t require.TestingT, left string, seqs ...int64) (by int64) {
	var list []ledger.Erased
	for _, seq := range seqs {
		e, err := ledger.Parse([]byte(b.entries[seq-1]))
		require.NoError(t, err)
		e.Actor.Name = left
		data := e.Canonical()
		b.entries[seq-1] = string(data)
		list = append(list, ledger.Erased{Seq: seq, Seal: ledger.Seal(b.leaves[seq-1], data)})
	}
	return b.write(ledger.Entry{Action: ledger.PersonErased, Actor: ledger.Actor{Kind: ledger.System, Name: "Ana"}, Changes: ledger.ErasedChanges(list)})
}

func (b *book) write(e ledger.Entry) (seq int64) {
	e.Log, e.Seq = "team", int64(len(b.entries)+1)
	data := e.Canonical()
	b.entries, b.leaves = append(b.entries, string(data)), append(b.leaves, ledger.Leaf(data))
	return e.Seq
}

func (b *book) verify(t require.TestingT, heads ...ledger.Head) (found []ledger.Finding, erased int) {
	v := ledger.NewVerifier("team", heads, func(ledger.Entry) string { return "" }, nil)
	for i, data := range b.entries {
		e, err := ledger.Parse([]byte(data))
		require.NoError(t, err)
		v.Add(ledger.Row{Seq: int64(i + 1), Data: []byte(data), Leaf: b.leaves[i][:], Columns: e.Columns("")})
	}
	found = v.End(int64(len(b.entries)))
	erased, _ = v.Erased()
	return found, erased
}

// sealed keeps the nodes above whole blocks and takes the head of now.
func (b *book) sealed(t require.TestingT) ledger.Head {
	b.nodes = nil
	for block := range int64(len(b.leaves) / ledger.Block) {
		_, nodes, err := ledger.Grow(b, block)
		require.NoError(t, err)
		b.nodes = append(b.nodes, nodes...)
	}
	h, _ := b.head(t, int64(len(b.leaves)))
	return h
}

// Whatever is erased, in whatever order and however often, erasures among it: no head
// of before or after is broken, and the log counts as good, whole and in part.
func TestNoHonestErasureIsSuspected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook(t, rapid.IntRange(1, 30).Draw(t, "entries"))
		heads := []ledger.Head{b.sealed(t)}
		touched := map[int64]bool{}
		for range rapid.IntRange(1, 5).Draw(t, "erasures") {
			n := int64(len(b.entries))
			seqs := rapid.SliceOfNDistinct(rapid.Int64Range(1, n), 1, int(min(n, 8)), rapid.ID[int64]).Draw(t, "erased")
			slices.Sort(seqs)
			for _, seq := range seqs {
				touched[seq] = true
			}
			b.erase(t, rapid.StringMatching(`Erased person [0-9]{1,3}`).Draw(t, "left"), seqs...)
			if rapid.Bool().Draw(t, "more") {
				b.write(ledger.Entry{Action: "task.edited", Actor: ledger.Actor{Kind: ledger.System}})
			}
			heads = append(heads, b.sealed(t))
		}
		found, erased := b.verify(t, heads...)
		require.Empty(t, found)
		require.Len(t, touched, erased)

		whole, err := ledger.CheckExtract(strings.NewReader(b.extract(t, int64(len(b.entries)), 0)), b.notary.Known, &heads[0])
		require.NoError(t, err)
		require.Empty(t, whole.Findings)
		require.Equal(t, erased, whole.Erased)
		require.NotEmpty(t, whole.By)

		// And one broken thing is found, where it is.
		seq := rapid.Int64Range(1, int64(len(b.entries))).Draw(t, "broken")
		e, err := ledger.Parse([]byte(b.entries[seq-1]))
		require.NoError(t, err)
		e.Reason += "x"
		b.entries[seq-1] = string(e.Canonical())
		found, _ = b.verify(t, heads...)
		require.Contains(t, found, ledger.Finding{Harm: ledger.Altered, From: seq, To: seq})
	})
}

// What passes for an erasure and is none is found, first, in the middle and last.
func TestWhatIsNoErasureIsTampering(t *testing.T) {
	for name, tamper := range map[string]func(b *book, seq int64){
		"more is erased than the entry says": func(b *book, seq int64) {
			e, _ := ledger.Parse([]byte(b.entries[seq-1]))
			e.Actor.Name = "Erased person 1"
			b.entries[seq-1] = string(e.Canonical())
		},
		"an erased entry is changed once more": func(b *book, seq int64) {
			b.erase(t, "Erased person 1", seq)
			e, _ := ledger.Parse([]byte(b.entries[seq-1]))
			e.Actor.Name = "Ben"
			b.entries[seq-1] = string(e.Canonical())
		},
		"the leaf of an erased entry is changed": func(b *book, seq int64) {
			b.erase(t, "Erased person 1", seq)
			b.leaves[seq-1][5]++
		},
		"what was erased is put back": func(b *book, seq int64) {
			was := b.entries[seq-1]
			b.erase(t, "Erased person 1", seq)
			b.entries[seq-1] = was
		},
		"an earlier erasure's leavings are put back": func(b *book, seq int64) {
			b.erase(t, "Erased person 1", seq)
			was := b.entries[seq-1]
			b.erase(t, "Erased person 2", seq)
			b.entries[seq-1] = was
		},
		"the erasure is tampered with": func(b *book, seq int64) {
			by := b.erase(t, "Erased person 1", seq)
			b.entries[by-1] = strings.Replace(b.entries[by-1], `"name":"Ana"`, `"name":"Eve"`, 1)
		},
	} {
		for _, seq := range []int64{1, 150, 300} {
			b := newBook(t, 300)
			head := b.sealed(t)
			tamper(b, seq)
			found, _ := b.verify(t, head)
			require.Contains(t, found, ledger.Finding{Harm: ledger.Altered, From: seq, To: seq}, name)
		}
	}
}

// A line of an extract from which something was erased is checked by the standard's own
// program, with none of ours: its leaf is in the signed log, and so is the entry that
// says what became of it.
func TestAnybodyCanCheckAnErasedLineOfAnExtract(t *testing.T) {
	b := newBook(t, 300)
	by := b.erase(t, "Erased person 1", 5, 6, 7, 200)
	b.sealed(t)
	size := int64(len(b.entries))
	text := strings.TrimSpace(b.extract(t, size, 0, 6, by))
	lines := strings.Split(text, "\n")
	var cover struct{ Head, Key string }
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &cover))
	key, err := note.NewVerifier(cover.Key)
	require.NoError(t, err)
	n, err := note.Open([]byte(cover.Head), note.VerifierList(key))
	require.NoError(t, err)
	root, err := tlog.ParseHash(strings.Split(n.Text, "\n")[2])
	require.NoError(t, err)
	var line, erasure struct {
		Entry json.RawMessage
		Leaf  tlog.Hash
		Path  tlog.RecordProof
	}
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &line))
	require.NoError(t, tlog.CheckRecord(line.Path, size, root, 5, line.Leaf))
	require.Error(t, tlog.CheckRecord(line.Path, size, root, 5, tlog.RecordHash(line.Entry)))
	require.NoError(t, json.Unmarshal([]byte(lines[2]), &erasure))
	require.NoError(t, tlog.CheckRecord(erasure.Path, size, root, by-1, tlog.RecordHash(erasure.Entry)))
	require.Contains(t, string(erasure.Entry), `"field":"erased","from":"","from_text":"","to":"5-7 200"`)

	// Ours: good with the erasure at hand, in its own line too, and not without it.
	c, err := ledger.CheckExtract(strings.NewReader(text), b.notary.Known, nil)
	require.NoError(t, err)
	require.Empty(t, c.Findings)
	require.Equal(t, []int64{by}, c.By)
	besides := lines[0] + "\n" + lines[1] + "\n" + strings.Replace(lines[2], `{"entry":`, `{"erasure":`, 1)
	c, err = ledger.CheckExtract(strings.NewReader(besides), b.notary.Known, nil)
	require.NoError(t, err)
	require.Empty(t, c.Findings)
	require.EqualValues(t, 1, c.Entries)
	c, err = ledger.CheckExtract(strings.NewReader(lines[0]+"\n"+lines[1]), b.notary.Known, nil)
	require.NoError(t, err)
	require.Equal(t, []ledger.Finding{{Harm: ledger.Altered, From: 6, To: 6}}, c.Findings)
}

func FuzzErases(f *testing.F) {
	f.Add("1-3 5", "")
	f.Add("1-9223372036854775807", "AAAA")
	f.Fuzz(func(t *testing.T, numbers, seals string) {
		e := ledger.Entry{Action: ledger.PersonErased, Seq: 100, Changes: []ledger.Change{{Field: ledger.ErasedField, To: numbers}, {Field: "seals", To: seals}}}
		list, err := e.Erases()
		require.LessOrEqual(t, len(list), len(seals))
		if err == nil && len(list) > 0 {
			back, err := ledger.Entry{Action: ledger.PersonErased, Seq: 100, Changes: ledger.ErasedChanges(list)}.Erases()
			require.NoError(t, err)
			require.Equal(t, list, back)
		}
	})
}
