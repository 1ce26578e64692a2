package ledger_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"relevo/models/ledger"
)

// book is a log in memory with somebody who signs it.
type book struct {
	kept
	entries []string
	notary  *ledger.Notary
}

func newBook(t require.TestingT, n int) *book {
	secret, public, err := ledger.NewSecret(rand.Reader)
	require.NoError(t, err)
	b := &book{}
	b.notary, err = ledger.NewNotary(secret, public)
	require.NoError(t, err)
	for i := range n {
		e := ledger.Entry{Log: "team", Seq: int64(i + 1), At: time.Unix(int64(i), 0).UTC(), Action: "task.edited", Actor: ledger.Actor{Kind: ledger.System}}
		b.entries = append(b.entries, string(e.Canonical()))
		b.leaves = append(b.leaves, ledger.Leaf(e.Canonical()))
	}
	for block := range int64(n / ledger.Block) {
		_, nodes, err := ledger.Grow(b, block)
		require.NoError(t, err)
		b.nodes = append(b.nodes, nodes...)
	}
	return b
}

func (b *book) head(t require.TestingT, size int64) (ledger.Head, string) {
	root, err := ledger.Root(b, size)
	require.NoError(t, err)
	h := ledger.Head{Log: "team", Size: size, Root: root, At: time.Unix(1_000_000, 0).UTC()}
	signed, err := b.notary.Sign(h)
	require.NoError(t, err)
	return h, signed
}

// extract writes those entries under a head over size, tied to an earlier one if
// that is not 0; no seqs: the whole log.
func (b *book) extract(t require.TestingT, size, earlier int64, seqs ...int64) string {
	_, signed := b.head(t, size)
	c := ledger.Cover{Log: "team", Name: "People", Whole: len(seqs) == 0, Head: signed, Key: b.notary.Public}
	if earlier > 0 {
		var err error
		c.Tie, err = ledger.NewTie(b, size, earlier)
		require.NoError(t, err)
	}
	for seq := int64(1); c.Whole && seq <= size; seq++ {
		seqs = append(seqs, seq)
	}
	var out bytes.Buffer
	e, err := ledger.NewExtract(&out, c)
	require.NoError(t, err)
	for _, seq := range seqs {
		path, err := ledger.Prove(b, size, seq)
		require.NoError(t, err)
		require.NoError(t, e.Add(ledger.Attested{Canonical: b.entries[seq-1], Leaf: b.leaves[seq-1]}, path))
	}
	require.NoError(t, e.Close())
	return out.String()
}

func TestAnExtractProvesItselfAndIsTiedToAnEarlierHead(t *testing.T) {
	b := newBook(t, 700)
	own, _ := b.head(t, 300)
	for name, text := range map[string]string{"whole": b.extract(t, 700, 0), "some": b.extract(t, 700, 300, 5, 299, 300, 301, 700)} {
		c, err := ledger.CheckExtract(strings.NewReader(text), b.notary.Known, &own)
		require.NoError(t, err, name)
		require.Empty(t, c.Findings, name)
		require.True(t, c.Signed, name)
		require.EqualValues(t, strings.Count(text, "\n")-1, c.Entries, name)
	}
	_, err := ledger.CheckExtract(strings.NewReader(b.extract(t, 700, 0, 5)), b.notary.Known, &own)
	require.ErrorIs(t, err, ledger.ErrUntied)
	c, err := ledger.CheckExtract(strings.NewReader(b.extract(t, 700, 0, 5)), nil, nil)
	require.NoError(t, err)
	require.False(t, c.Signed, "nobody vouches for its key")
	other := own
	other.Root[0]++
	for _, text := range []string{b.extract(t, 700, 0), b.extract(t, 700, 300, 5)} {
		c, err := ledger.CheckExtract(strings.NewReader(text), b.notary.Known, &other)
		require.NoError(t, err)
		require.Equal(t, ledger.Rewritten, c.Findings[0].Harm)
	}
}

// Whatever is done to a line of an extract is found, in both kinds.
func TestAnExtractThatWasTouchedTellsSo(t *testing.T) {
	b := newBook(t, 300)
	for _, text := range []string{b.extract(t, 300, 0), b.extract(t, 300, 0, 1, 7, 8, 200, 300)} {
		lines := strings.SplitAfter(text, "\n")
		lines = lines[:len(lines)-1]
		rapid.Check(t, func(t *rapid.T) {
			changed := append([]string{}, lines...)
			i := rapid.IntRange(1, len(lines)-1).Draw(t, "line")
			switch rapid.IntRange(0, 3).Draw(t, "harm") {
			case 0:
				changed[i] = strings.Replace(changed[i], `"reason":""`, `"reason":"x"`, 1)
			case 1:
				changed[i] = strings.Replace(changed[i], "task.edited", "task.deleted", 1)
			case 2: // its neighbour takes its place
				j := i%(len(lines)-1) + 1
				changed[i], changed[j] = changed[j], changed[i]
			case 3:
				changed = append(changed[:i:i], append([]string{lines[i]}, changed[i:]...)...)
			}
			c, err := ledger.CheckExtract(strings.NewReader(strings.Join(changed, "")), b.notary.Known, nil)
			require.True(t, err != nil || len(c.Findings) > 0)
		})
	}
	whole := strings.SplitAfter(b.extract(t, 300, 0), "\n")
	c, err := ledger.CheckExtract(strings.NewReader(strings.Join(append(whole[:100:100], whole[101:]...), "")), b.notary.Known, nil)
	require.NoError(t, err)
	require.Equal(t, ledger.Finding{Harm: ledger.Missing, From: 100, To: 100}, c.Findings[0])
	for _, text := range []string{"", "{}\n", "not JSON", whole[1], strings.Replace(whole[0], `"log":"team"`, `"log":"other"`, 1)} {
		_, err := ledger.CheckExtract(strings.NewReader(text), b.notary.Known, nil)
		require.ErrorIs(t, err, ledger.ErrNoExtract, text)
	}
}

// A line of an extract is checked by the standard's own program, with none of ours.
func TestAnybodyCanCheckALineOfAnExtract(t *testing.T) {
	b := newBook(t, 700)
	lines := strings.Split(b.extract(t, 700, 0, 321), "\n")
	var cover struct{ Head, Key string }
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &cover))
	key, err := note.NewVerifier(cover.Key)
	require.NoError(t, err)
	n, err := note.Open([]byte(cover.Head), note.VerifierList(key))
	require.NoError(t, err)
	root, err := tlog.ParseHash(strings.Split(n.Text, "\n")[2])
	require.NoError(t, err)
	var line struct {
		Entry json.RawMessage
		Path  tlog.RecordProof
	}
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &line))
	require.NoError(t, tlog.CheckRecord(line.Path, 700, root, 320, tlog.RecordHash(line.Entry)))
}

// No file makes the check fall over, and none passes that nobody signed.
func FuzzCheckExtract(f *testing.F) {
	b := newBook(f, 20)
	f.Add(b.extract(f, 20, 0))
	f.Add(b.extract(f, 20, 5, 3, 4))
	own, _ := b.head(f, 5)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ledger.CheckExtract(strings.NewReader(text), b.notary.Known, &own)
		if err == nil {
			require.Equal(t, "team", c.Head.Log)
		}
	})
}

// Proving many entries one after the other comes to the same as proving each.
func TestPathsAreThoseOfEachEntry(t *testing.T) {
	for _, n := range []int64{1, 2, 255, 256, 257, 700, 1024, 1300} {
		b := newBook(t, int(n))
		paths := ledger.NewPaths(b, n)
		for seq := int64(1); seq <= n; seq++ {
			want, err := ledger.Prove(b, n, seq)
			require.NoError(t, err)
			got, err := paths.Path(seq)
			require.NoError(t, err)
			require.Equal(t, want, got, "%d of %d", seq, n)
		}
	}
}
