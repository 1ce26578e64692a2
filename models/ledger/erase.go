package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// When a person must be erased, their name is taken out of the entries that hold it.
// The leaf of such an entry stays as it was and goes on standing in the tree, so that
// every signed head still holds; what is left of the entry no longer hashes to it.
// That is told from tampering by an entry of its own, a later one of the same log,
// which lists the numbers of those entries with a seal for each.

// PersonErased is the action of an entry that lists what was taken out of others.
const PersonErased = "person.erased"

// Erased is an entry from which something was taken, and the seal over what it was
// and what is left of it.
type Erased struct {
	Seq  int64
	Seal Hash
}

// Seal binds what is left of an entry to the leaf of what it was: SHA-256 over a byte
// of value 2, that leaf, and the leaf of what is left. So neither can be changed
// afterwards without the seal telling.
func Seal(leaf Hash, left []byte) Hash {
	now := Leaf(left)
	b := make([]byte, 0, 1+2*sha256.Size)
	b = append(b, 2)
	b = append(b, leaf[:]...)
	return sha256.Sum256(append(b, now[:]...))
}

// The fields in which an entry lists the erased: their numbers, and their seals one
// after the other in base64.
const (
	ErasedField = "erased"
	sealsField  = "seals"
)

// ErasedChanges is how an entry lists the erased, which come in the order of their
// numbers.
func ErasedChanges(all []Erased) []Change {
	var numbers strings.Builder
	seals := make([]byte, 0, len(all)*sha256.Size)
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end].Seq == all[end-1].Seq+1 {
			end++
		}
		if numbers.Len() > 0 {
			numbers.WriteByte(' ')
		}
		numbers.WriteString(strconv.FormatInt(all[i].Seq, 10))
		if end > i+1 {
			numbers.WriteString("-" + strconv.FormatInt(all[end-1].Seq, 10))
		}
		for ; i < end; i++ {
			seals = append(seals, all[i].Seal[:]...)
		}
	}
	return []Change{{Field: ErasedField, To: numbers.String()}, {Field: sealsField, To: base64.StdEncoding.EncodeToString(seals)}}
}

var errErased = errors.New("ledger: a list of erased entries that cannot be read")

// Erases is the list in an entry; empty if it has none.
func (e Entry) Erases() ([]Erased, error) {
	if e.Action != PersonErased {
		return nil, nil
	}
	var numbers string
	var seals []byte
	for _, c := range e.Changes {
		switch c.Field {
		case ErasedField:
			numbers = c.To
		case sealsField:
			var err error
			if seals, err = base64.StdEncoding.DecodeString(c.To); err != nil {
				return nil, errErased
			}
		}
	}
	var all []Erased
	last := int64(0)
	for part := range strings.FieldsSeq(numbers) {
		first, end, err := span(part)
		// Each needs its seal, so that no list is longer than its text.
		if err != nil || first <= last || end < first || end >= e.Seq || end-first >= int64(len(seals)/sha256.Size) {
			return nil, errErased
		}
		for seq := first; seq <= end; seq++ {
			seal := Hash(seals[:sha256.Size])
			all, seals = append(all, Erased{seq, seal}), seals[sha256.Size:]
		}
		last = end
	}
	if len(seals) > 0 {
		return nil, errErased
	}
	return all, nil
}

func span(text string) (first, end int64, err error) {
	from, to, ranged := strings.Cut(text, "-")
	if first, err = strconv.ParseInt(from, 10, 64); err != nil || !ranged {
		return first, first, err
	}
	end, err = strconv.ParseInt(to, 10, 64)
	return first, end, err
}

// judge decides which of the entries that do not hash to their leaves were erased,
// and which were tampered with. It can only do so when all have been read, for an
// erasure comes after what it erased, and may itself be erased later.
type judge struct {
	doubted map[int64]Hash // what the seal of a doubtful entry would be
	acts    []erasure
}

type erasure struct {
	seq    int64
	intact bool
	list   []Erased
}

// doubt takes an entry that does not hash to its leaf.
func (j *judge) doubt(seq int64, leaf Hash, data []byte) {
	if j.doubted == nil {
		j.doubted = map[int64]Hash{}
	}
	j.doubted[seq] = Seal(leaf, data)
}

// hear takes an entry that may erase others; one whose list cannot be read erases
// nothing.
func (j *judge) hear(e Entry, intact bool) {
	if list, err := e.Erases(); err == nil && len(list) > 0 {
		j.acts = append(j.acts, erasure{e.Seq, intact, list})
	}
}

// ruling is what came of it.
type ruling struct {
	covered map[int64]Hash // by the last erasure that counts
	acts    []erasure      // those that count, the last first
}

// rule goes from the last erasure backwards: one counts if it is as it was written, or
// if what is left of it is what a later one that counts says.
func (j *judge) rule() ruling {
	r := ruling{covered: map[int64]Hash{}}
	acts := slices.Clone(j.acts)
	slices.SortStableFunc(acts, func(a, b erasure) int { return cmp.Compare(b.seq, a.seq) })
	for _, a := range acts {
		if seal, ok := r.covered[a.seq]; !a.intact && (!ok || seal != j.doubted[a.seq]) {
			continue
		}
		r.acts = append(r.acts, a)
		for _, e := range a.list {
			if _, later := r.covered[e.Seq]; !later {
				r.covered[e.Seq] = e.Seal
			}
		}
	}
	return r
}

// altered are the doubtful entries of which no erasure says that they are as it left
// them.
func (j *judge) altered(r ruling) (seqs []int64) {
	for seq, seal := range j.doubted {
		if is, ok := r.covered[seq]; !ok || is != seal {
			seqs = append(seqs, seq)
		}
	}
	slices.Sort(seqs)
	return seqs
}

// restored are the entries into which somebody has put back what was erased.
func (j *judge) restored(r ruling) (seqs []int64) {
	for seq := range r.covered {
		if _, doubted := j.doubted[seq]; !doubted {
			seqs = append(seqs, seq)
		}
	}
	slices.Sort(seqs)
	return seqs
}

// Attested is an entry with the leaf that it has in the tree.
type Attested struct {
	Canonical string
	Leaf      Hash
}

// Intact reports whether the entry hashes to its leaf.
func (a Attested) Intact() bool { return Leaf([]byte(a.Canonical)) == a.Leaf }

// Sound reports whether an entry is what its leaf stands for, or what erasures have
// left of that. Erasures are those that may speak of it, or of each other.
func (a Attested) Sound(erasures ...Attested) bool {
	var j judge
	var seq int64
	for i, one := range append([]Attested{a}, erasures...) {
		e, err := Parse([]byte(one.Canonical))
		if err != nil {
			return false
		}
		intact := one.Intact()
		if !intact {
			j.doubt(e.Seq, one.Leaf, []byte(one.Canonical))
		}
		j.hear(e, intact)
		if i == 0 {
			seq = e.Seq
		}
	}
	return !slices.Contains(j.altered(j.rule()), seq)
}
