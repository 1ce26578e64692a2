package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"relevo/models/ledger"
)

// isExtract reports whether a file is an export of a log as JSON Lines, and no
// database.
func isExtract(path string) bool {
	if strings.Contains(path, "://") {
		return false
	}
	f, err := os.Open(path) // #nosec G304 -- the operator names it
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	first, err := bufio.NewReader(f).Peek(1)
	return err == nil && first[0] == '{'
}

// errUnproven is of an extract that agrees with itself, as anybody could make one.
var errUnproven = errors.New("nothing vouches for this export: give the server's public key with --key, or a head that you kept with --head")

// checkExtract goes through an export of a log and tells what came of it.
func checkExtract(out io.Writer, path string, known []ledger.Key, own *ledger.Head) error {
	f, err := os.Open(path) // #nosec G304 -- the operator names it
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	c, err := ledger.CheckExtract(f, known, own)
	switch {
	case errors.Is(err, ledger.ErrUntied):
		return fmt.Errorf("%s holds some entries under a head over %d, and nothing that leads from there to your head over %d: export with that head, or the whole log", path, c.Head.Size, own.Size)
	case errors.Is(err, ledger.ErrNoExtract):
		return fmt.Errorf("%s is no export of a log, or not all of one: %w", path, err)
	case err != nil:
		return err
	case own != nil && own.Log != c.Head.Log:
		return fmt.Errorf("%s is of the log %s, and your head of the log %s", path, c.Head.Log, own.Log)
	}
	sayExtract(out, c)
	if len(c.Findings) > 0 {
		_, _ = fmt.Fprintf(out, "WRONG: %s\n", path)
		for _, f := range c.Findings {
			_, _ = fmt.Fprintf(out, "  %s\n", finding(f))
		}
		return errHarmed
	}
	if !c.Signed && own == nil {
		return errUnproven
	}
	_, _ = fmt.Fprintf(out, "good: %s: %d entries, each as it was signed\n", path, c.Entries)
	sayErased(out, c.Erased, c.By)
	return nil
}

func sayExtract(out io.Writer, c ledger.Checked) {
	what := "some entries"
	if c.Cover.Whole {
		what = "the whole log"
	}
	_, _ = fmt.Fprintf(out, "An export of %s of %s (log %s), under a head of %s over %d entries.\n", what, c.Cover.Name, c.Head.Log, c.Head.At.Format(time.RFC1123), c.Head.Size)
	if !c.Signed {
		_, _ = fmt.Fprintf(out, "None of the known keys has signed that head. It says of itself: %s\n", c.Cover.Key)
	}
}
