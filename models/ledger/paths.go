package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Paths proves many entries of a log one after the other. It keeps what it has read
// of the tree: the nodes above the blocks, and the blocks of the last two leaves.
type Paths struct {
	store  Store
	size   int64
	nodes  map[int64]Hash
	blocks [2]*block // that of the last entry asked for, and the log's last one
}

// block is all hashes inside of a block, level by level.
type block struct {
	number int64
	levels [blockLevel][]Hash
}

// NewPaths proves entries against the head of the first size entries.
func NewPaths(s Store, size int64) *Paths {
	return &Paths{store: s, size: size, nodes: map[int64]Hash{}}
}

// Path is Prove.
func (p *Paths) Path(seq int64) ([]Hash, error) {
	if seq < 1 || seq > p.size {
		return nil, fmt.Errorf("ledger: entry %d is not among the first %d", seq, p.size)
	}
	return tlog.ProveRecord(p.size, seq-1, p)
}

// ReadHashes is as tlog asks for it.
func (p *Paths) ReadHashes(indexes []int64) ([]Hash, error) {
	hashes := make([]Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		var err error
		if level >= blockLevel {
			hashes[i], err = p.node(tlog.StoredHashIndex(level-blockLevel, n))
		} else {
			hashes[i], err = p.inside(level, n)
		}
		if err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

func (p *Paths) node(index int64) (Hash, error) {
	if node, ok := p.nodes[index]; ok {
		return node, nil
	}
	nodes, err := p.store.Nodes([]int64{index})
	if err != nil {
		return Hash{}, err
	}
	p.nodes[index] = nodes[0]
	return nodes[0], nil
}

func (p *Paths) inside(level int, n int64) (Hash, error) {
	number := n << level >> blockLevel
	at := 0
	if number == p.size>>blockLevel {
		at = 1
	}
	if b := p.blocks[at]; b == nil || b.number != number {
		var err error
		if p.blocks[at], err = p.read(number); err != nil {
			return Hash{}, err
		}
	}
	hashes, i := p.blocks[at].levels[level], n-number<<(blockLevel-level)
	if i >= int64(len(hashes)) {
		return Hash{}, fmt.Errorf("%w: block %d has fewer leaves than it should", ErrHoles, number)
	}
	return hashes[i], nil
}

func (p *Paths) read(number int64) (*block, error) {
	leaves, err := p.store.Leaves(number<<blockLevel, min(Block, p.size-number<<blockLevel))
	if err != nil {
		return nil, err
	}
	b := &block{number: number}
	b.levels[0] = leaves
	for level := 1; level < blockLevel; level++ {
		below := b.levels[level-1]
		for i := 0; i+1 < len(below); i += 2 {
			b.levels[level] = append(b.levels[level], tlog.NodeHash(below[i], below[i+1]))
		}
	}
	return b, nil
}
