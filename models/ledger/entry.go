// Package ledger fixes what one line of the audit log is and the exact bytes
// that are hashed for it. It does no I/O.
package ledger

import (
	"crypto/sha256"
	"strconv"
	"time"
	"unicode/utf8"
)

// Entry is one line of a team's log, as it was then: names are kept beside IDs,
// so that the line still reads when what it speaks of is gone or renamed.
type Entry struct {
	Log     string // the log it belongs to: a team's ID, or ServerLog
	Seq     int64  // its number in that log: 1, 2, 3 … without a gap
	At      time.Time
	Actor   Actor
	Cause   int64 // Seq of the entry that brought this one about; 0 if a person did it directly
	Action  string
	Subject Subject
	Board   Subject // zero if it concerns no board
	Task    Subject // zero if it concerns no task
	Changes []Change
	Reason  string // what the person gave as the reason, where one is asked
	Request string // ID of the request that brought it
	Address string // network address the request came from
}

// ServerLog is the log of what belongs to no team: accounts and settings.
const ServerLog = "server"

// Actor is who acted. For an automatic entry, the person at the start of the
// causes is found by following Cause.
type Actor struct {
	Kind ActorKind
	ID   string
	Name string
}

// ActorKind tells people from the automation.
type ActorKind string

const (
	Person     ActorKind = "person"
	Automation ActorKind = "automation" // a rule of movement, because of Cause
	System     ActorKind = "system"     // the server itself, with nobody's click behind it
)

// Subject is what an entry speaks of.
type Subject struct{ Kind, ID, Name string }

// Change is one field that an entry changed. From and To are the stored values;
// FromText and ToText are their names then, where the values are IDs.
type Change struct{ Field, From, FromText, To, ToText string }

// Version is the version of the canonical form.
const Version = 1

// Canonical returns the bytes that are stored and hashed: JSON in the canonical
// form of RFC 8785 (keys sorted, no white space, shortest escapes), times as
// RFC 3339 in UTC with six decimals. Every key is always there. Integers are
// below 2^53. Bytes that are not UTF-8 become U+FFFD.
func (e Entry) Canonical() []byte {
	b := make([]byte, 0, 512)
	b = append(b, `{"action":`...)
	b = appendString(b, e.Action)
	b = append(b, `,"actor":{"id":`...)
	b = appendString(b, e.Actor.ID)
	b = append(b, `,"kind":`...)
	b = appendString(b, string(e.Actor.Kind))
	b = append(b, `,"name":`...)
	b = appendString(b, e.Actor.Name)
	b = append(b, `},"address":`...)
	b = appendString(b, e.Address)
	b = append(b, `,"at":`...)
	b = appendString(b, e.At.UTC().Format(timeFormat))
	b = append(b, `,"board":`...)
	b = appendSubject(b, e.Board)
	b = append(b, `,"cause":`...)
	b = strconv.AppendInt(b, e.Cause, 10)
	b = append(b, `,"changes":[`...)
	for i, c := range e.Changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"field":`...)
		b = appendString(b, c.Field)
		b = append(b, `,"from":`...)
		b = appendString(b, c.From)
		b = append(b, `,"from_text":`...)
		b = appendString(b, c.FromText)
		b = append(b, `,"to":`...)
		b = appendString(b, c.To)
		b = append(b, `,"to_text":`...)
		b = appendString(b, c.ToText)
		b = append(b, '}')
	}
	b = append(b, `],"log":`...)
	b = appendString(b, e.Log)
	b = append(b, `,"reason":`...)
	b = appendString(b, e.Reason)
	b = append(b, `,"request":`...)
	b = appendString(b, e.Request)
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, `,"subject":`...)
	b = appendSubject(b, e.Subject)
	b = append(b, `,"task":`...)
	b = appendSubject(b, e.Task)
	b = append(b, `,"v":`...)
	b = strconv.AppendInt(b, Version, 10)
	return append(b, '}')
}

const timeFormat = "2006-01-02T15:04:05.000000Z"

func appendSubject(b []byte, s Subject) []byte {
	b = append(b, `{"id":`...)
	b = appendString(b, s.ID)
	b = append(b, `,"kind":`...)
	b = appendString(b, s.Kind)
	b = append(b, `,"name":`...)
	b = appendString(b, s.Name)
	return append(b, '}')
}

// appendString writes s as RFC 8785 §3.2.2.2 has it.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, '\\', 'b')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\f':
			b = append(b, '\\', 'f')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// Leaf is the hash of one entry as RFC 6962 §2.1 has it: SHA-256 over a zero
// byte and the canonical bytes.
func Leaf(canonical []byte) [sha256.Size]byte {
	return sha256.Sum256(append([]byte{0}, canonical...))
}
