package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"relevo/db"
	"relevo/models"
	"relevo/models/ledger"
)

type verifyCommand struct {
	Database string   `arg:"" optional:"" help:"A copy of the database, or an export of a log as JSON Lines; without it, RELEVO_DATABASE."`
	Head     string   `help:"A signed head that you kept: all that it speaks of must still be there, unchanged." type:"existingfile" placeholder:"FILE"`
	Key      []string `help:"A public key whose signatures count, besides those in RELEVO_KEYS." placeholder:"KEY"`
}

// errHarmed ends the program with a status that scripts can ask for.
var errHarmed = errors.New("the log is not as it was: see above")

// Run goes through every log of a database, or through an export of one. It only
// reads, and needs no server.
func (v verifyCommand) Run(ctx context.Context) (err error) {
	s, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	if v.Database != "" {
		s.Database = v.Database
	}
	if err := checkThere(s.Database); err != nil {
		return err
	}
	known, err := v.keys(s.Keys)
	if err != nil {
		return err
	}
	own, err := v.own(os.Stdout, known)
	if err != nil {
		return err
	}
	if isExtract(s.Database) {
		return checkExtract(os.Stdout, s.Database, known, own)
	}
	settings := s.database()
	settings.ReadOnly = true
	h, err := db.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	all, err := models.VerifyLogs(ctx, h.Read, known, own)
	if err != nil {
		return fmt.Errorf("verify: %w (a database of an earlier version is brought up to date by relevo migrate)", err)
	}
	if report(os.Stdout, all) {
		return errHarmed
	}
	return nil
}

func checkThere(database string) error {
	if strings.Contains(database, "://") {
		return nil
	}
	if _, err := os.Stat(database); err != nil {
		return fmt.Errorf("there is no database %s to verify", database)
	}
	return nil
}

// keys are those of the file of keys, if it is there, and those that were given.
func (v verifyCommand) keys(file string) ([]ledger.Key, error) {
	k, err := readKeys(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return ledger.Keys(append(k.public, v.Key...)...)
}

// own reads the head that somebody kept and says whose it is.
func (v verifyCommand) own(out io.Writer, known []ledger.Key) (*ledger.Head, error) {
	if v.Head == "" {
		return nil, nil
	}
	text, err := os.ReadFile(v.Head)
	if err != nil {
		return nil, err
	}
	h, err := ledger.OpenHead(string(text), known...)
	switch {
	case errors.Is(err, ledger.ErrNoHead):
		return nil, fmt.Errorf("%s is no signed head of a log", v.Head)
	case err != nil:
		_, _ = fmt.Fprintf(out, "%s: none of the known keys has signed this head; it is compared all the same. Give the public key of its time with --key.\n", v.Head)
	default:
		_, _ = fmt.Fprintf(out, "%s: the signature is good. It was signed on %s over %d entries.\n", v.Head, h.At.Format(time.RFC1123), h.Size)
	}
	return &h, nil
}

// report tells what came of it, a line or more for each log, and whether anything
// is wrong.
func report(out io.Writer, all []models.Verified) (harmed bool) {
	for _, v := range all {
		name := "the server's log"
		if v.Log != ledger.ServerLog {
			name = fmt.Sprintf("log %s (%s)", v.Log, v.Name)
		}
		if len(v.Findings) == 0 {
			_, _ = fmt.Fprintf(out, "good: %s: %d entries, compared with %d signed heads\n", name, v.Size, v.Heads)
			sayErased(out, v.Erased, v.By)
			continue
		}
		harmed = true
		_, _ = fmt.Fprintf(out, "WRONG: %s: %d entries\n", name, v.Size)
		for _, f := range v.Findings {
			_, _ = fmt.Fprintf(out, "  %s\n", finding(f))
		}
	}
	return harmed
}

// sayErased tells of erasures, so that each can be asked about.
func sayErased(out io.Writer, entries int, by []int64) {
	if entries > 0 {
		_, _ = fmt.Fprintf(out, "  a person's name was erased from %d of them, as the log's own entries say: %s\n", entries, strings.Trim(fmt.Sprint(by), "[]"))
	}
}

// finding says what is wrong and where.
func finding(f ledger.Finding) string {
	where := fmt.Sprintf("entry %d", f.From)
	if f.To > f.From {
		where = fmt.Sprintf("entries %d to %d", f.From, f.To)
	}
	says := map[ledger.Harm]string{
		ledger.Missing:    "not there",
		ledger.Altered:    "changed since it was written",
		ledger.Unreadable: "not readable as an entry",
		ledger.Misplaced:  "of another place or another log",
		ledger.Misfiled:   "listed under something else than it says",
		ledger.Rewritten:  "not what was signed: at least one of them has been rewritten",
		ledger.Cut:        "gone: the log had got further than it reaches now",
		ledger.Surplus:    "after the end of the log",
		ledger.Acausal:    "said to be caused by a later one",
		ledger.Forged:     "under a kept head that no known key has signed",
		ledger.Unlisted:   "among the erased in the table of erasures, or only in the log's own list of them",
	}[f.Harm]
	if f.Head != nil {
		says += fmt.Sprintf(" (shown by the head of %s over %d entries)", f.Head.At.Format(time.RFC3339), f.Head.Size)
	}
	return where + ": " + says
}
