package ledger

import (
	"cmp"
	"slices"
	"strconv"
)

// Row is an entry as a table holds it: the canonical bytes, their hash, and the
// columns by which entries are looked for, in the order of Columns.
type Row struct {
	Seq     int64
	Data    []byte
	Leaf    []byte
	Columns string
}

// Columns are what a row's columns must say of an entry, each ended by a line feed
// but the last; at is the time as that table writes it.
func (e Entry) Columns(at string) string {
	b := make([]byte, 0, 256)
	for _, column := range [...]string{string(e.Actor.Kind), e.Actor.ID, e.Action, e.Board.ID, e.Task.ID, strconv.FormatInt(e.Cause, 10)} {
		b = append(append(b, column...), '\n')
	}
	return string(append(b, at...))
}

// Harm is what is wrong with a log, as far as it can be told.
type Harm string

const (
	Missing    Harm = "missing"    // entries From to To are not there
	Altered    Harm = "altered"    // the entry's bytes are not those that were hashed
	Unreadable Harm = "unreadable" // the entry's bytes are no entry
	Misplaced  Harm = "misplaced"  // the entry says that it has another number, or is of another log
	Misfiled   Harm = "misfiled"   // what the entry is looked for by is not what it says
	Rewritten  Harm = "rewritten"  // entries From to To are others than those that a head was signed for
	Cut        Harm = "cut"        // the log ends before To, where it once had got to
	Surplus    Harm = "surplus"    // entries after the log's end
	Acausal    Harm = "acausal"    // an entry names a cause that comes after it
	Forged     Harm = "forged"     // a head kept with the log was signed by no known key
	Unlisted   Harm = "unlisted"   // what is kept beside the log of its erasures is not what the log says of them
)

// Finding is one harm and where it is. Head is the signed head that shows it, if it
// takes one.
type Finding struct {
	Harm     Harm
	From, To int64
	Head     *Head
}

// mostFindings bounds a report: whoever sees so many knows enough.
const mostFindings = 1000

// Verifier goes through a log from its first entry to its last and tells what is
// wrong with it. It believes nothing but the bytes of the entries and the heads: of
// the hashes kept beside them it only asks where a difference is, and what an entry
// was from which something was erased.
type Verifier struct {
	log    string
	at     func(Entry) string
	heads  []Head // smallest first
	blocks func(int64) (Hash, bool)
	tree   tree
	good   int64   // entries up to here are those of a head
	broken bool    // an entry is missing: no root can be told any more
	odd    []int64 // first entries of blocks that are not as their kept node says
	last   int64
	found  []Finding

	judge   judge
	ruling  ruling
	permits map[permit]bool // nil: nobody tells
}

// permit is one entry that one other entry has erased something from.
type permit struct{ seq, by int64 }

// NewVerifier verifies a log against heads of it. At writes the time of an entry as
// the table does. Blocks returns the kept node above a block, if there is one; it
// may be nil.
func NewVerifier(log string, heads []Head, at func(Entry) string, blocks func(block int64) (Hash, bool)) *Verifier {
	heads = slices.Clone(heads)
	slices.SortStableFunc(heads, func(a, b Head) int { return cmp.Compare(a.Size, b.Size) })
	if blocks == nil {
		blocks = func(int64) (Hash, bool) { return Hash{}, false }
	}
	v := &Verifier{log: log, heads: heads, at: at, blocks: blocks}
	v.reach()
	return v
}

// Add takes the next row; rows come in the order of their numbers.
func (v *Verifier) Add(r Row) {
	if r.Seq > v.last+1 {
		v.find(Finding{Harm: Missing, From: v.last + 1, To: r.Seq - 1})
		v.broken = true
	}
	v.last = r.Seq
	leaf, harm := v.leaf(r)
	if harm != "" {
		v.find(Finding{Harm: harm, From: r.Seq, To: r.Seq})
	}
	if v.broken {
		return
	}
	if block, whole := v.tree.add(leaf); whole {
		n := v.tree.size/Block - 1
		if kept, ok := v.blocks(n); ok && kept != block {
			v.odd = append(v.odd, n*Block+1)
		}
	}
	v.reach()
}

// leaf is what stands for a row in the tree, and what is wrong with the row in itself.
// Whether one that does not hash to its kept leaf was erased is found out at the end.
func (v *Verifier) leaf(r Row) (leaf Hash, harm Harm) {
	leaf = Leaf(r.Data)
	intact := string(r.Leaf) == string(leaf[:])
	if !intact {
		if len(r.Leaf) != len(leaf) {
			return leaf, Altered
		}
		leaf = Hash(r.Leaf)
		v.judge.doubt(r.Seq, leaf, r.Data)
	}
	e, err := Parse(r.Data)
	switch {
	case err != nil:
		return leaf, Unreadable
	case e.Seq != r.Seq || e.Log != v.log:
		return leaf, Misplaced
	case r.Columns != e.Columns(v.at(e)):
		harm = Misfiled
	case e.Cause >= e.Seq:
		harm = Acausal
	}
	v.judge.hear(e, intact)
	return leaf, harm
}

// Permit says that the table of erasures has it that entry by erased something from
// entry seq. Whoever has such a table tells all of it, or that it is empty with
// Permits.
func (v *Verifier) Permit(seq, by int64) {
	v.Permits()
	v.permits[permit{seq, by}] = true
}

// Permits says that there is a table of erasures, so that it is compared.
func (v *Verifier) Permits() {
	if v.permits == nil {
		v.permits = map[permit]bool{}
	}
}

// reach compares the root with the heads of the size that has been reached.
func (v *Verifier) reach() {
	for len(v.heads) > 0 && v.heads[0].Size <= v.tree.size {
		h := v.heads[0]
		v.heads = v.heads[1:]
		if h.Size == v.tree.size && h.Root == v.tree.root() {
			v.good, v.odd = h.Size, nil
			continue
		}
		v.find(v.rewritten(h))
	}
}

// rewritten says where the entries of a head have been changed, to the block if
// the nodes above the blocks still tell.
func (v *Verifier) rewritten(h Head) Finding {
	f := Finding{Harm: Rewritten, From: v.good + 1, To: h.Size, Head: &h}
	if v.good == h.Size { // another head says that they are good: nothing tells which
		f.From = 1
	}
	if len(v.odd) > 0 {
		f.From = max(f.From, v.odd[0])
		f.To = min(f.To, v.odd[len(v.odd)-1]+Block-1)
	}
	return f
}

// End tells all that is wrong, given the number that the log says its last entry
// has.
func (v *Verifier) End(last int64) []Finding {
	switch {
	case v.last < last:
		v.find(Finding{Harm: Cut, From: v.last + 1, To: last})
	case v.last > last:
		v.find(Finding{Harm: Surplus, From: last + 1, To: v.last})
	}
	for _, h := range v.heads {
		if h.Size > v.last {
			v.find(Finding{Harm: Cut, From: v.last + 1, To: h.Size, Head: &h})
		}
	}
	v.weigh()
	slices.SortStableFunc(v.found, func(a, b Finding) int { return cmp.Compare(a.From, b.From) })
	return v.found
}

// weigh tells erasures from tampering.
func (v *Verifier) weigh() {
	v.ruling = v.judge.rule()
	for _, seq := range slices.Concat(v.judge.altered(v.ruling), v.judge.restored(v.ruling)) {
		v.find(Finding{Harm: Altered, From: seq, To: seq})
	}
	if v.permits == nil {
		return
	}
	var odd []int64
	for _, act := range v.ruling.acts {
		for _, e := range act.list {
			if is := (permit{e.Seq, act.seq}); v.permits[is] {
				delete(v.permits, is)
			} else {
				odd = append(odd, e.Seq)
			}
		}
	}
	for is := range v.permits {
		odd = append(odd, is.seq)
	}
	slices.Sort(odd)
	for _, seq := range slices.Compact(odd) {
		v.find(Finding{Harm: Unlisted, From: seq, To: seq})
	}
}

// Erased tells, after End, from how many entries something was erased, and by which.
func (v *Verifier) Erased() (entries int, by []int64) {
	for _, act := range v.ruling.acts {
		by = append(by, act.seq)
	}
	slices.Reverse(by)
	return len(v.ruling.covered), by
}

// Size is how many entries there are.
func (v *Verifier) Size() int64 { return v.tree.size }

// Root is what they hash to; of no use if some are missing.
func (v *Verifier) Root() Hash { return v.tree.root() }

func (v *Verifier) find(f Finding) {
	if len(v.found) < mostFindings {
		v.found = append(v.found, f)
	}
}
