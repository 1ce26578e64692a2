package ledger_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"relevo/models/ledger"
)

// kept is a log in memory: its leaves, and the nodes above its blocks.
type kept struct{ leaves, nodes []ledger.Hash }

func (k *kept) Leaves(from, n int64) ([]ledger.Hash, error) {
	return k.leaves[min(from, int64(len(k.leaves))):min(from+n, int64(len(k.leaves)))], nil
}

func (k *kept) Nodes(indexes []int64) ([]ledger.Hash, error) {
	var nodes []ledger.Hash
	for _, i := range indexes {
		if i >= int64(len(k.nodes)) {
			return nil, fmt.Errorf("node %d is not kept", i)
		}
		nodes = append(nodes, k.nodes[i])
	}
	return nodes, nil
}

// grown has n entries, with the nodes of all whole blocks.
func grown(t require.TestingT, n int64) *kept {
	k := &kept{}
	for i := range n {
		k.leaves = append(k.leaves, ledger.Leaf(fmt.Append(nil, "entry ", i+1)))
	}
	for block := range n / ledger.Block {
		at, nodes, err := ledger.Grow(k, block)
		require.NoError(t, err)
		require.EqualValues(t, len(k.nodes), at)
		k.nodes = append(k.nodes, nodes...)
		require.Equal(t, block+1, ledger.Blocks(int64(len(k.nodes))))
	}
	return k
}

// whole is tlog's own way: every hash kept.
func whole(t require.TestingT, leaves []ledger.Hash) tlog.HashReaderFunc {
	var all []tlog.Hash
	read := func(indexes []int64) (hashes []tlog.Hash, err error) {
		for _, i := range indexes {
			hashes = append(hashes, all[i])
		}
		return hashes, nil
	}
	for i, leaf := range leaves {
		more, err := tlog.StoredHashesForRecordHash(int64(i), leaf, tlog.HashReaderFunc(read))
		require.NoError(t, err)
		all = append(all, more...)
	}
	return read
}

// Roots and proofs are those of RFC 6962, as another program makes and checks them.
func TestRootsAndProofsAreTheStandards(t *testing.T) {
	k := grown(t, 3000)
	other := whole(t, k.leaves)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 3000).Draw(t, "size")
		root, err := ledger.Root(k, size)
		require.NoError(t, err)
		theirs, err := tlog.TreeHash(size, other)
		require.NoError(t, err)
		require.Equal(t, theirs, root)

		seq := rapid.Int64Range(1, size).Draw(t, "entry")
		path, err := ledger.Prove(k, size, seq)
		require.NoError(t, err)
		head := ledger.Head{Size: size, Root: root}
		require.NoError(t, tlog.CheckRecord(path, size, theirs, seq-1, k.leaves[seq-1]))
		require.True(t, ledger.Proves(path, head, seq, k.leaves[seq-1]))
		require.False(t, ledger.Proves(path, head, seq, ledger.Leaf([]byte("another"))))
	})
}

func TestAHeadIsSignedAndReadBack(t *testing.T) {
	secret, public, err := ledger.NewSecret(rand.Reader)
	require.NoError(t, err)
	n, err := ledger.NewNotary(secret, public)
	require.NoError(t, err)
	h := ledger.Head{Log: "team", Size: 42, Root: ledger.Leaf([]byte("x")), At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	signed, err := n.Sign(h)
	require.NoError(t, err)
	back, err := ledger.OpenHead(signed, n.Known...)
	require.NoError(t, err)
	require.Equal(t, h, back)

	_, other, err := ledger.NewSecret(rand.Reader)
	require.NoError(t, err)
	stranger, err := ledger.Keys(other)
	require.NoError(t, err)
	_, err = ledger.NewNotary(secret, other)
	require.ErrorContains(t, err, "not that of the secret one")
	back, err = ledger.OpenHead(signed, stranger...)
	require.ErrorIs(t, err, ledger.ErrUnknownKey)
	require.Equal(t, h, back, "one may still compare with it")

	_, err = ledger.OpenHead("hello", n.Known...)
	require.ErrorIs(t, err, ledger.ErrNoHead)
	signer, err := note.NewSigner(secret)
	require.NoError(t, err)
	forged, err := note.Sign(&note.Note{Text: strings.Split(signed, "\n\n")[0] + "\nmore\n"}, signer)
	require.NoError(t, err)
	_, err = ledger.OpenHead(string(forged), n.Known...)
	require.ErrorIs(t, err, ledger.ErrNoHead)
}

func FuzzOpenHead(f *testing.F) {
	f.Add("relevo-log/x\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-03-01T12:00:00Z\n\n— relevo-log AAAA\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := ledger.OpenHead(text)
		require.Error(t, err, "without a key nothing is signed")
	})
}

// Two heads of the same size that say different things: one of them lies, and what
// it speaks of is told from its beginning.
func TestAHeadThatDisagreesWithAGoodOneOfItsSizeIsTold(t *testing.T) {
	b := newBook(t, 20)
	good, _ := b.head(t, 20)
	lie := good
	lie.Root[0]++
	v := ledger.NewVerifier("team", []ledger.Head{good, lie}, func(ledger.Entry) string { return "" }, nil)
	for i, data := range b.entries {
		e, err := ledger.Parse([]byte(data))
		require.NoError(t, err)
		v.Add(ledger.Row{Seq: int64(i + 1), Data: []byte(data), Leaf: b.leaves[i][:], Columns: e.Columns("")})
	}
	require.Equal(t, []ledger.Finding{{Harm: ledger.Rewritten, From: 1, To: 20, Head: &lie}}, v.End(20))
}
