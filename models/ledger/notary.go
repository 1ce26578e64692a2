package ledger

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"
)

// KeyName is the name under which this program signs.
const KeyName = "relevo-log"

// Key is a public key: it tells whether a head was signed with its secret half.
type Key = note.Verifier

// Notary signs heads, and knows the keys whose signatures count.
type Notary struct {
	Public string // what others check its signatures with
	Known  []Key  // that, and those of earlier keys

	key    note.Signer
	public []string // as Known
}

// NewSecret makes the secret key of a notary, an Ed25519 key as signed notes have it.
func NewSecret(random io.Reader) (secret, public string, err error) {
	return note.GenerateKey(random, KeyName)
}

// NewNotary makes a notary of its secret key, with the public keys of the present
// and earlier ones.
func NewNotary(secret, public string, earlier ...string) (*Notary, error) {
	n := &Notary{Public: public}
	var err error
	if n.key, err = note.NewSigner(secret); err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	n.public = append([]string{public}, earlier...)
	n.Known, err = Keys(n.public...)
	if err == nil && n.Known[0].KeyHash() != n.key.KeyHash() {
		err = fmt.Errorf("the public key %s is not that of the secret one", public)
	}
	return n, err
}

// Keys reads public keys.
func Keys(public ...string) (keys []Key, err error) {
	for _, text := range public {
		key, err := note.NewVerifier(text)
		if err != nil {
			return nil, fmt.Errorf("public key %q: %w", text, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// Sign returns a head as a signed note (c2sp.org/signed-note).
func (n *Notary) Sign(h Head) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.text()}, n.key)
	return string(signed), err
}

// Open reads a signed head as OpenHead does, and says which of the known keys has
// signed it.
func (n *Notary) Open(signed string) (h Head, public string, err error) {
	for i, key := range n.Known {
		if h, err = OpenHead(signed, key); !errors.Is(err, ErrUnknownKey) {
			return h, n.public[i], err
		}
	}
	return h, "", err
}
