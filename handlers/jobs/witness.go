package jobs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"relevo/models"
)

// CheckWitness reports why heads cannot be left in a folder; nil: they can.
func CheckWitness(folder string) error {
	f, err := os.CreateTemp(folder, ".relevo-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// leave puts a signed head into a folder, as the file LOG-SIZE.head, where somebody who
// is not of the house keeps it. It is there whole or not at all, and once: what is
// there already is left alone.
func leave(folder string, h models.SignedHead) error {
	path := filepath.Join(folder, fmt.Sprintf("%s-%012d.head", h.Log, h.Size))
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	f, err := os.CreateTemp(folder, ".relevo-*")
	if err != nil {
		return fmt.Errorf("leave a head with the witness: %w", err)
	}
	_, err = f.WriteString(h.Signed)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()) // #nosec G302 -- a head is no secret: others are to read it
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("leave a head with the witness: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
