package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// An extract is a file of entries that proves itself, offline and without this
// program: JSON Lines, the first about the log and its signed head, each other an
// entry with the path that leads from its leaf to the head. An extract of the whole
// log needs no paths, for its leaves make the root.

// ExtractForm is the version of the form of extracts.
const ExtractForm = 1

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
	Entry json.RawMessage `json:"entry"` // to the byte as it was hashed
	Path  []Hash          `json:"path,omitempty"`
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
func (e *Extract) Add(canonical string, path []Hash) error {
	_, _ = e.out.WriteString(`{"entry":`)
	_, _ = e.out.WriteString(canonical)
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
	if err := json.Unmarshal(lines.Bytes(), &c.Cover); err != nil || c.Cover.Form != ExtractForm {
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
		leaf := Leaf(line.Entry)
		v.Add(Row{Seq: max(e.Seq, v.last+1), Data: line.Entry, Leaf: leaf[:], Columns: e.Columns("")})
		c.Entries++
	}
	c.Findings = v.End(c.Head.Size)
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
	for last := int64(0); lines.Scan(); c.Entries++ {
		line, err := readExtracted(lines.Bytes())
		if err != nil {
			return err
		}
		e, err := Parse(line.Entry)
		switch {
		case err != nil:
			find(Finding{Harm: Unreadable, From: last + 1, To: last + 1})
		case e.Log != c.Head.Log || e.Seq <= last:
			find(Finding{Harm: Misplaced, From: e.Seq, To: e.Seq})
		case !Proves(line.Path, c.Head, e.Seq, Leaf(line.Entry)):
			find(Finding{Harm: Altered, From: e.Seq, To: e.Seq, Head: &c.Head})
		}
		last = max(last, e.Seq)
	}
	return nil
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
	if ours && closed {
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
	if err = json.Unmarshal(text, &line); err != nil {
		return line, fmt.Errorf("%w: %w", ErrNoExtract, err)
	}
	return line, nil
}
