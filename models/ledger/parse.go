package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Parse reads canonical bytes back. It takes nothing else: what it reads,
// Canonical writes again to the byte, so that one entry has one hash.
func Parse(canonical []byte) (Entry, error) {
	c := cursor{left: string(canonical)}
	e := c.entry()
	if c.left != "" {
		c.fail("something follows it")
	}
	if c.err != nil {
		return Entry{}, fmt.Errorf("ledger: read entry: %w", c.err)
	}
	return e, nil
}

// cursor reads a text from front to end. After the first thing that is not as it
// must be, it reads nothing more.
type cursor struct {
	left string
	err  error
}

func (c *cursor) fail(why string) {
	if c.err == nil {
		c.err = errors.New(why + " at " + strconv.Quote(c.left[:min(len(c.left), 20)]))
	}
	c.left = ""
}

func (c *cursor) entry() (e Entry) {
	e.Action = c.text(`{"action":`)
	e.Actor.ID = c.text(`,"actor":{"id":`)
	e.Actor.Kind = ActorKind(c.text(`,"kind":`))
	e.Actor.Name = c.text(`,"name":`)
	e.Address = c.text(`},"address":`)
	e.At = c.time(`,"at":`)
	e.Board = c.subject(`,"board":`)
	e.Cause = c.number(`,"cause":`)
	e.Changes = c.changes()
	e.Log = c.text(`],"log":`)
	e.Reason = c.text(`,"reason":`)
	e.Request = c.text(`,"request":`)
	e.Seq = c.number(`,"seq":`)
	e.Subject = c.subject(`,"subject":`)
	e.Task = c.subject(`,"task":`)
	if v := c.number(`,"v":`); v != Version && c.err == nil {
		c.fail(fmt.Sprintf("entry %d has form %d, and this program reads form %d", e.Seq, v, Version))
	}
	c.skip("}")
	return e
}

func (c *cursor) changes() (changes []Change) {
	c.skip(`,"changes":[`)
	for more := ""; strings.HasPrefix(c.left, more+"{"); more = "," {
		changes = append(changes, Change{Field: c.text(more + `{"field":`), From: c.text(`,"from":`), FromText: c.text(`,"from_text":`),
			To: c.text(`,"to":`), ToText: c.text(`,"to_text":`)})
		c.skip("}")
	}
	return changes
}

func (c *cursor) subject(before string) (s Subject) {
	s.ID = c.text(before + `{"id":`)
	s.Kind = c.text(`,"kind":`)
	s.Name = c.text(`,"name":`)
	c.skip("}")
	return s
}

func (c *cursor) skip(text string) {
	rest, ok := strings.CutPrefix(c.left, text)
	if !ok {
		c.fail("no " + text)
		return
	}
	c.left = rest
}

func (c *cursor) number(before string) int64 {
	c.skip(before)
	n := 0
	for n < len(c.left) && c.left[n] >= '0' && c.left[n] <= '9' {
		n++
	}
	value, err := strconv.ParseInt(c.left[:n], 10, 64)
	if err != nil || n > 1 && c.left[0] == '0' {
		c.fail("no number")
		return 0
	}
	c.left = c.left[n:]
	return value
}

func (c *cursor) time(before string) time.Time {
	text := c.text(before)
	at, err := time.Parse(timeFormat, text)
	if c.err == nil && (err != nil || at.Format(timeFormat) != text) {
		c.fail("no time")
	}
	return at
}

// text reads a string. Most hold no escape and are cut out as they are.
func (c *cursor) text(before string) string {
	c.skip(before)
	c.skip(`"`)
	end := strings.IndexAny(c.left, `"\`)
	if end < 0 {
		c.fail("no end of a text")
		return ""
	}
	if c.left[end] == '"' {
		text := c.left[:end]
		c.left = c.left[end+1:]
		c.check(text)
		return text
	}
	return c.escaped()
}

// check refuses what a canonical text holds only as an escape, and what is not UTF-8.
func (c *cursor) check(text string) {
	for i := range len(text) {
		if text[i] < 0x20 {
			c.fail("a bare control character")
			return
		}
	}
	if !utf8.ValidString(text) {
		c.fail("bytes that are not UTF-8")
	}
}

func (c *cursor) escaped() string {
	var out strings.Builder
	for {
		end := strings.IndexAny(c.left, `"\`)
		if end < 0 {
			c.fail("no end of a text")
			return ""
		}
		plain, mark := c.left[:end], c.left[end]
		c.left = c.left[end+1:]
		c.check(plain)
		out.WriteString(plain)
		if mark == '"' || c.err != nil {
			return out.String()
		}
		out.WriteByte(c.escape())
	}
}

// shortEscapes are those of RFC 8785 §3.2.2.2.
var shortEscapes = map[byte]byte{'"': '"', '\\': '\\', 'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r'}

// escape reads what follows a backslash.
func (c *cursor) escape() byte {
	if c.left == "" {
		c.fail("no end of a text")
		return 0
	}
	if b, ok := shortEscapes[c.left[0]]; ok {
		c.left = c.left[1:]
		return b
	}
	if len(c.left) >= 5 && strings.HasPrefix(c.left, "u00") && strings.ToLower(c.left[3:5]) == c.left[3:5] {
		b, err := strconv.ParseUint(c.left[3:5], 16, 8)
		if err == nil && b < 0x20 && !strings.ContainsRune("\b\t\n\f\r", rune(b)) {
			c.left = c.left[5:]
			return byte(b)
		}
	}
	c.fail("an escape that is not canonical")
	return 0
}
