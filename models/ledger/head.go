package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Hash is the SHA-256 of a leaf or of a node above it, as RFC 6962 §2.1 makes it.
type Hash = tlog.Hash

// Head says of a log how many entries it has and what all of them hash to. Whoever
// holds a signed head can tell for ever whether those entries are still the same.
type Head struct {
	Log  string
	Size int64 // entries 1 to Size
	Root Hash
	At   time.Time // when it was taken, to the second
}

const origin = "relevo-log/"

// text is the head in the form of a C2SP checkpoint (c2sp.org/tlog-checkpoint):
// whose log, its size, its root in base64, and the time as an extension line.
func (h Head) text() string {
	return fmt.Sprintf("%s%s\n%d\n%s\ntime %s\n", origin, h.Log, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]), h.At.UTC().Format(time.RFC3339))
}

// Why a head cannot be taken for what it says.
var (
	// ErrNoHead is of a text that is no signed head.
	ErrNoHead = errors.New("ledger: this is no signed head of a log")
	// ErrUnknownKey is of a head without a signature of a key that is known. The head
	// is returned with it.
	ErrUnknownKey = errors.New("ledger: none of the known keys has signed this head")
)

// OpenHead reads a signed head and checks that one of keys has signed it. It
// returns ErrNoHead, or ErrUnknownKey together with the head.
func OpenHead(signed string, keys ...Key) (Head, error) {
	n, err := note.Open([]byte(strings.TrimRight(signed, "\n")+"\n"), note.VerifierList(keys...))
	var unknown *note.UnverifiedNoteError
	if errors.As(err, &unknown) {
		h, err := parseHead(unknown.Note.Text)
		return h, errors.Join(err, ErrUnknownKey)
	}
	if err != nil {
		return Head{}, fmt.Errorf("%w: %w", ErrNoHead, err)
	}
	return parseHead(n.Text)
}

func parseHead(text string) (h Head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return Head{}, ErrNoHead
	}
	var ours, dated bool
	h.Log, ours = strings.CutPrefix(lines[0], origin)
	at, dated := strings.CutPrefix(lines[3], "time ")
	if h.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || !ours || !dated {
		return Head{}, ErrNoHead
	}
	if h.At, err = time.Parse(time.RFC3339, at); err != nil {
		return Head{}, ErrNoHead
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil || h.text() != text {
		return Head{}, ErrNoHead
	}
	return h, nil
}
