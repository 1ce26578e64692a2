package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"relevo/models/ledger"
)

// The file of keys holds a word and a key on each line: "secret" what the server
// signs heads of the logs with, "public" what these are checked with, the present
// one first. It is made at first start. Who has it can sign in the server's name,
// so it is its owner's only to read, and is kept apart from copies of the database.

type keys struct {
	secret string
	public []string
}

const keysHead = "# Keys of Relevo. Keep this file secret, and apart from copies of the database.\n"

// keysBeside is where the file of keys is, if nothing else is set.
func keysBeside(database string) string {
	if strings.Contains(database, "://") {
		return "relevo.keys"
	}
	return strings.TrimSuffix(database, filepath.Ext(database)) + ".keys"
}

func readKeys(path string) (k keys, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return k, err
	}
	for line := range strings.Lines(string(text)) {
		word, key, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "secret":
			k.secret = key
		case "public":
			k.public = append(k.public, key)
		}
	}
	if k.secret == "" || len(k.public) == 0 {
		return k, fmt.Errorf("%s holds no key; put the file back from where you keep it, or move it away to begin with a new key", path)
	}
	return k, nil
}

// readOrMakeKeys makes the file if it is not there.
func readOrMakeKeys(path string) (keys, error) {
	k, err := readKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if err := k.renew(); err != nil {
		return k, err
	}
	return k, k.write(path)
}

// renew begins to sign with a new key; what the old one signed still counts.
func (k *keys) renew() error {
	secret, public, err := ledger.NewSecret(rand.Reader)
	k.secret, k.public = secret, append([]string{public}, k.public...)
	return err
}

// write puts the whole file in place at once, so that none is ever half written.
func (k keys) write(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return fmt.Errorf("keep the keys: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(keysHead + "secret " + k.secret + "\npublic " + strings.Join(k.public, "\npublic ") + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("keep the keys: %w", err)
	}
	return nil
}

func (k keys) notary() (*ledger.Notary, error) {
	return ledger.NewNotary(k.secret, k.public[0], k.public[1:]...)
}

type keysCommand struct {
	Show   keysShowCommand   `cmd:"" default:"1" help:"Print the public keys, the present one first."`
	Rotate keysRotateCommand `cmd:"" help:"Sign with a new key from the next start on; what was signed before still counts."`
}

type (
	keysShowCommand   struct{}
	keysRotateCommand struct{}
)

func (keysShowCommand) Run(context.Context) error {
	_, k, err := keysHere()
	if err != nil {
		return err
	}
	fmt.Println(strings.Join(k.public, "\n"))
	return nil
}

func (keysRotateCommand) Run(context.Context) error {
	path, k, err := keysHere()
	if err != nil {
		return err
	}
	if err := k.renew(); err != nil {
		return err
	}
	if err := k.write(path); err != nil {
		return err
	}
	fmt.Printf("The new public key is %s\nRestart the server: it then signs with it, and says so in its log.\n", k.public[0])
	return nil
}

// keysHere reads the file that the settings name.
func keysHere() (path string, k keys, err error) {
	s, err := readSettings(os.Environ())
	if err != nil {
		return "", k, err
	}
	k, err = readKeys(s.Keys)
	return s.Keys, k, err
}
