package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// The leaves of a log are the hashes of its entries; above them stands the Merkle
// tree of RFC 6962 §2.1. Of its inner nodes only those are kept that stand above
// whole blocks of leaves; they can be made again from the leaves at any time, so
// that a write costs no more than its leaf.

// Block is how many leaves make a block: a power of two.
const (
	Block      = 1 << blockLevel
	blockLevel = 8
)

// Store is where a log's leaves and the nodes above its blocks are kept.
type Store interface {
	// Leaves returns the leaves of entries from+1 to from+n.
	Leaves(from, n int64) ([]Hash, error)
	// Nodes returns kept nodes by their indexes, see Grow.
	Nodes(indexes []int64) ([]Hash, error)
}

// ErrHoles is of a tree that cannot be read: entries or nodes of it are not there.
var ErrHoles = errors.New("ledger: entries of the log are not there")

// Root is what the first size entries hash to; with nodes kept for whole blocks.
func Root(s Store, size int64) (Hash, error) {
	return tlog.TreeHash(size, reader{s})
}

// Prove returns the hashes that lead from entry seq to the root of the first size
// entries: RFC 6962's audit path.
func Prove(s Store, size, seq int64) ([]Hash, error) {
	if seq < 1 || seq > size {
		return nil, fmt.Errorf("ledger: entry %d is not among the first %d", seq, size)
	}
	return tlog.ProveRecord(size, seq-1, reader{s})
}

// Proves reports whether a path leads from a leaf to the root of head, as the leaf
// of entry seq.
func Proves(path []Hash, head Head, seq int64, leaf Hash) bool {
	return seq >= 1 && tlog.CheckRecord(path, head.Size, head.Root, seq-1, leaf) == nil
}

// Grow returns the nodes to be kept for block number block (0, 1 …), the first
// with index at and the rest following it. Earlier blocks must have theirs.
func Grow(s Store, block int64) (at int64, nodes []Hash, err error) {
	leaves, err := s.Leaves(block*Block, Block)
	if err != nil {
		return 0, nil, err
	}
	if len(leaves) != Block {
		return 0, nil, fmt.Errorf("%w: block %d has %d leaves", ErrHoles, block, len(leaves))
	}
	nodes, err = tlog.StoredHashesForRecordHash(block, rootOf(leaves), tlog.HashReaderFunc(s.Nodes))
	return Node(block), nodes, err
}

// Node is the index of the node just above a block.
func Node(block int64) int64 { return tlog.StoredHashIndex(0, block) }

// Blocks is how many blocks have all their nodes among the first n that are kept.
func Blocks(n int64) int64 {
	low, high := int64(0), n
	for low < high {
		if mid := (low + high + 1) / 2; tlog.StoredHashCount(mid) <= n {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// reader gives tlog every hash of the tree: nodes above blocks as they are kept,
// those inside a block made of its leaves.
type reader struct{ Store }

// ReadHashes is as tlog asks for it.
func (r reader) ReadHashes(indexes []int64) ([]Hash, error) {
	hashes := make([]Hash, len(indexes))
	var kept, where []int64
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if level >= blockLevel {
			kept, where = append(kept, tlog.StoredHashIndex(level-blockLevel, n)), append(where, int64(i))
			continue
		}
		leaves, err := r.Leaves(n<<level, 1<<level)
		if err != nil {
			return nil, err
		}
		if len(leaves) != 1<<level {
			return nil, fmt.Errorf("%w: there are %d after %d, not %d", ErrHoles, len(leaves), n<<level, 1<<level)
		}
		hashes[i] = rootOf(leaves)
	}
	if len(kept) == 0 {
		return hashes, nil
	}
	nodes, err := r.Nodes(kept)
	if err != nil {
		return nil, err
	}
	for i, node := range nodes {
		hashes[where[i]] = node
	}
	return hashes, nil
}

func rootOf(leaves []Hash) Hash {
	var t tree
	for _, leaf := range leaves {
		t.add(leaf)
	}
	return t.root()
}

// tree takes leaves one after the other and knows their root at any time.
type tree struct {
	size  int64
	peaks []Hash // of the perfect trees that it consists of, the largest first
}

// add returns the node above the block that the leaf completes, if it does.
func (t *tree) add(leaf Hash) (block Hash, whole bool) {
	t.size++
	t.peaks = append(t.peaks, leaf)
	level := 0
	for n := t.size; n&1 == 0; n >>= 1 {
		last := len(t.peaks) - 1
		t.peaks = append(t.peaks[:last-1], tlog.NodeHash(t.peaks[last-1], t.peaks[last]))
		if level++; level == blockLevel {
			block, whole = t.peaks[last-1], true
		}
	}
	return block, whole
}

func (t *tree) root() Hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	root := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.peaks[i], root)
	}
	return root
}
