package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// An extract is a file of entries that proves itself, offline and without this
// program: JSON Lines, the first about the log and its signed head, each other an
// entry with the path that leads from its leaf to the head. An extract of the whole
// log needs no paths, for its leaves make the root. An entry from which something was
// erased comes with its leaf. Where the erasures that say so are not among the entries,
// they follow in lines of their own.

// ExtractForm is the version of the form of extracts; the first knew no erasures.
const ExtractForm = 2

// Cover is the first line of an extract.
type Cover struct {
	Form  int               `json:"relevo_extract"`
	Log   string            `json:"log"`
	Name  string            `json:"name"` // of the team then
	Asked map[string]string `json:"asked"`
	Whole bool              `json:"whole"` // every entry from 1 to the head's last is here, without paths
	Head  string            `json:"head"`  // as a signed note (c2sp.org/signed-note)
	Key   string            `json:"key"`   // that signed it, for a first look: trust only one that you got elsewhere
	Tie   *Tie              `json:"tie,omitempty"`
}

// Tie proves that the head goes on from an earlier one: RFC 6962's consistency
// proof.
type Tie struct {
	Size int64  `json:"size"` // of the earlier head
	Path []Hash `json:"path"`
}

// extracted is any other line.
type extracted struct {
	Entry   json.RawMessage `json:"entry,omitempty"`   // to the byte as it is stored
	Erasure json.RawMessage `json:"erasure,omitempty"` // the same, of an entry that is here only to tell of others
	Leaf    *Hash           `json:"leaf,omitempty"`    // of what it was; nil: what it is
	Path    []Hash          `json:"path,omitempty"`
}

// leaf is what stands for the entry in the tree.
func (x extracted) leaf() Hash {
	if x.Leaf != nil {
		return *x.Leaf
	}
	return Leaf(x.Entry)
}

// NewTie ties the head of size entries to an earlier one.
func NewTie(s Store, size, earlier int64) (*Tie, error) {
	if earlier < 1 || earlier > size {
		return nil, fmt.Errorf("ledger: no head of %d entries is earlier than one of %d", earlier, size)
	}
	path, err := tlog.ProveTree(size, earlier, reader{s})
	return &Tie{earlier, path}, err
}

// Extract writes an extract.
type Extract struct {
	out   *bufio.Writer
	whole bool
}

// NewExtract begins an extract with its cover.
func NewExtract(w io.Writer, c Cover) (*Extract, error) {
	c.Form = ExtractForm
	line, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	e := &Extract{out: bufio.NewWriterSize(w, 1<<16), whole: c.Whole}
	_, err = e.out.Write(append(line, '\n'))
	return e, err
}

// Add writes an entry; path is of no use in an extract of the whole log.
func (e *Extract) Add(a Attested, path []Hash) error { return e.line(`{"entry":`, a, path) }

// AddErasure writes an entry that was not asked for and tells what was erased from
// others. It comes after them.
func (e *Extract) AddErasure(a Attested, path []Hash) error { return e.line(`{"erasure":`, a, path) }

func (e *Extract) line(begins string, a Attested, path []Hash) error {
	_, _ = e.out.WriteString(begins)
	_, _ = e.out.WriteString(a.Canonical)
	if !a.Intact() {
		_, _ = e.out.WriteString(`,"leaf":"` + a.Leaf.String() + `"`)
	}
	if !e.whole {
		_, _ = e.out.WriteString(`,"path":[`)
		for i, h := range path {
			if i > 0 {
				_ = e.out.WriteByte(',')
			}
			_, _ = e.out.WriteString(`"` + h.String() + `"`)
		}
		_ = e.out.WriteByte(']')
	}
	_, err := e.out.WriteString("}\n")
	return err
}

// Close writes out what is left.
func (e *Extract) Close() error { return e.out.Flush() }

// Checked is what came of checking an extract.
type Checked struct {
	Cover    Cover
	Head     Head
	Signed   bool // a known key has signed the extract's head
	Entries  int64
	Own      *Head
	Findings []Finding
	Erased   int     // entries from which something was erased
	By       []int64 // the entries that did so
}

// Why an extract cannot be checked.
var (
	// ErrNoExtract is of a file that is no extract.
	ErrNoExtract = errors.New("ledger: this is no extract of a log")
	// ErrUntied is of an earlier head with which an extract of some entries cannot be
	// compared, for nothing in it leads from the one to the other.
	ErrUntied = errors.New("ledger: nothing in this extract ties its head to that one")
)

// mostLine is the most bytes of a line that is read.
const mostLine = 64 << 20

// CheckExtract goes through an extract and tells what is wrong with it, given the
// keys whose signatures count and, if not nil, a head of the same log from
// elsewhere. It holds one line at a time.
func CheckExtract(r io.Reader, keys []Key, own *Head) (c Checked, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), mostLine)
	if !lines.Scan() {
		return c, errors.Join(ErrNoExtract, lines.Err())
	}
	if err := json.Unmarshal(lines.Bytes(), &c.Cover); err != nil || c.Cover.Form < 1 || c.Cover.Form > ExtractForm {
		return c, ErrNoExtract
	}
	c.Head, err = OpenHead(c.Cover.Head, keys...)
	c.Signed = err == nil
	if err != nil && !errors.Is(err, ErrUnknownKey) || c.Head.Log != c.Cover.Log {
		return c, ErrNoExtract
	}
	c.Own = own
	check := c.some
	if c.Cover.Whole {
		check = c.all
	}
	return c, errors.Join(check(lines), lines.Err())
}

// all makes the roots anew of every leaf.
func (c *Checked) all(lines *bufio.Scanner) error {
	heads := []Head{c.Head}
	if c.Own != nil && *c.Own != c.Head {
		heads = append(heads, *c.Own)
	}
	v := NewVerifier(c.Head.Log, heads, func(Entry) string { return "" }, nil)
	for lines.Scan() {
		line, err := readExtracted(lines.Bytes())
		if err != nil {
			return err
		}
		e, _ := Parse(line.Entry) // the verifier finds what cannot be read
		leaf := line.leaf()
		v.Add(Row{Seq: max(e.Seq, v.last+1), Data: line.Entry, Leaf: leaf[:], Columns: e.Columns("")})
		c.Entries++
	}
	c.Findings = v.End(c.Head.Size)
	c.Erased, c.By = v.Erased()
	return nil
}

// some follows each entry's own path.
func (c *Checked) some(lines *bufio.Scanner) error {
	find := func(f Finding) {
		if len(c.Findings) < mostFindings {
			c.Findings = append(c.Findings, f)
		}
	}
	if f, err := c.tied(); err != nil {
		return err
	} else if f != nil {
		find(*f)
	}
	var j judge
	for last := int64(0); lines.Scan(); {
		line, err := readExtracted(lines.Bytes())
		if err != nil {
			return err
		}
		asked, after := line.Erasure == nil, last
		if !asked {
			line.Entry, after = line.Erasure, 0 // they may be of before
		}
		e, err := Parse(line.Entry)
		leaf := line.leaf()
		switch {
		case err != nil:
			find(Finding{Harm: Unreadable, From: last + 1, To: last + 1})
		case e.Log != c.Head.Log || e.Seq <= after:
			find(Finding{Harm: Misplaced, From: e.Seq, To: e.Seq})
		case !Proves(line.Path, c.Head, e.Seq, leaf):
			find(Finding{Harm: Altered, From: e.Seq, To: e.Seq, Head: &c.Head})
		case line.Leaf != nil:
			j.doubt(e.Seq, leaf, line.Entry)
			j.hear(e, false)
		default:
			j.hear(e, true)
		}
		if asked {
			last = max(last, e.Seq)
			c.Entries++
		}
	}
	r := j.rule()
	for _, seq := range j.altered(r) {
		find(Finding{Harm: Altered, From: seq, To: seq})
	}
	c.count(j, r)
	return nil
}

// count tells of the entries that are here what was erased, and by which.
func (c *Checked) count(j judge, r ruling) {
	c.Erased = len(j.doubted) - len(j.altered(r))
	for _, act := range r.acts {
		if slices.ContainsFunc(act.list, func(e Erased) bool { return j.doubted[e.Seq] == e.Seal }) {
			c.By = append(c.By, act.seq)
		}
	}
	slices.Reverse(c.By)
}

// tied compares the extract's head with one's own.
func (c *Checked) tied() (*Finding, error) {
	rewritten := func(ok bool) (*Finding, error) {
		if ok {
			return nil, nil
		}
		return &Finding{Harm: Rewritten, From: 1, To: c.Own.Size, Head: c.Own}, nil
	}
	switch tie := c.Cover.Tie; {
	case c.Own == nil:
		return nil, nil
	case c.Own.Log != c.Head.Log:
		return rewritten(false)
	case c.Own.Size == c.Head.Size:
		return rewritten(c.Own.Root == c.Head.Root)
	case tie == nil || tie.Size != c.Own.Size:
		return nil, ErrUntied
	default:
		return rewritten(c.Own.Size < c.Head.Size && tlog.CheckTree(tie.Path, c.Head.Size, c.Head.Root, tie.Size, c.Own.Root) == nil)
	}
}

// readExtracted reads a line as Extract writes it by cutting it up, for that is ten
// times as fast as reading JSON; any other JSON of the same meaning is read, too.
func readExtracted(text []byte) (line extracted, err error) {
	const before, between = `{"entry":`, `,"path":[`
	rest, ours := bytes.CutPrefix(text, []byte(before))
	rest, closed := bytes.CutSuffix(rest, []byte("}"))
	whole := bytes.LastIndex(rest, []byte(`,"leaf":"`)) < 0 // lines with a leaf are few
	if ours && closed && whole {
		line.Entry = rest
		at := bytes.LastIndex(rest, []byte(between)) // within an entry each quotation mark in a text has a backslash
		if at < 0 {
			return line, nil
		}
		line.Entry = rest[:at]
		if err = json.Unmarshal(rest[at+len(between)-1:], &line.Path); err == nil {
			return line, nil
		}
	}
	line = extracted{}
	if err = json.Unmarshal(text, &line); err == nil && line.Erasure != nil && line.Entry != nil {
		err = errors.New("a line that is two")
	}
	if err != nil {
		return line, fmt.Errorf("%w: %w", ErrNoExtract, err)
	}
	return line, nil
}
