package models

import (
	"context"
	"fmt"
	"strconv"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Forms in which a log can be taken away.
const (
	ExportCSV   = "csv"
	ExportXLSX  = "xlsx"
	ExportJSONL = "jsonl" // proves itself
)

// ExportForms lists them in the order in which they are offered.
var ExportForms = []string{ExportCSV, ExportXLSX, ExportJSONL}

// MostXLSX is the most entries of a sheet: it is made whole before it is sent.
const MostXLSX = 200_000

// LogCount is how much of a log a query is about.
type LogCount struct {
	LogView
	Count int64
}

// CountLog tells how many entries a query lets through, with what its form offers.
// Where the query cannot be understood, it returns its faults as Log does.
func (s *Store) CountLog(ctx context.Context, who Actor, team string, q LogQuery) (v LogCount, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var f logFilter
		if v.LogView, f, err = askLog(db, who, team, q); err != nil {
			return err
		}
		query, args := f.count()
		return db.Raw(query, args...).Row().Scan(&v.Count)
	})
	return v, err
}

// LogExport is a log, or what a query lets through of it, about to be taken away:
// the entries that there were when it was opened.
type LogExport struct {
	Team  MyTeam
	Query LogQuery
	Count int64      // entries; of an extract of the whole log, its own is among them
	Head  SignedHead // of an extract: what holds all of them
	Key   string     // that signed it
	Tie   *ledger.Tie

	store  *Store
	filter logFilter
	paths  *ledger.Paths
}

// Whole reports whether every entry up to the head is taken.
func (x *LogExport) Whole() bool { return !x.Query.Asks() }

// ExportLog opens an export and writes into the log that it was made. kept is the
// size of a head that whoever asks has kept, with which an extract is to be compared
// later; 0 for none.
func (s *Store) ExportLog(ctx context.Context, who Actor, team string, q LogQuery, form string, kept int64) (*LogExport, error) {
	q.Before = 0
	v, err := s.CountLog(ctx, who, team, q)
	if err != nil {
		return nil, err
	}
	switch {
	case form == ExportXLSX && v.Count > MostXLSX:
		return nil, fault.On("form", fault.TooManyEntries, MostXLSX)
	case form == ExportJSONL && s.parts.Notary == nil:
		return nil, fault.New(fault.Conflict, fault.NoNotary)
	case form != ExportCSV && form != ExportXLSX && form != ExportJSONL:
		return nil, fault.On("form", fault.NotAChoice)
	}
	x := &LogExport{Query: q, Count: v.Count, store: s}
	err = s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		x.Team = MyTeam{Team: tx.Team, Role: tx.Role}
		tx.record(note{action: LogExported, subject: ledger.Subject{Kind: "log", ID: team, Name: form}, changes: v.took(q)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		v.LogView, x.filter, err = askLog(db, who, team, q)
		return err
	}); err != nil {
		return nil, err
	}
	if form == ExportJSONL {
		return x, x.prove(ctx, kept)
	}
	x.filter.upTo(v.Last)
	return x, nil
}

// prove signs the log and readies what leads from the entries to what was signed.
func (x *LogExport) prove(ctx context.Context, kept int64) (err error) {
	if x.Head, err = x.store.signHead(ctx, x.Team.ID); err != nil {
		return err
	}
	if _, x.Key, err = x.store.parts.Notary.Open(x.Head.Signed); err != nil {
		return err
	}
	x.filter.upTo(x.Head.Size)
	if x.Whole() {
		x.Count = x.Head.Size
	}
	tree := leaves{x.store.parts.Read.WithContext(ctx), x.Team.ID}
	x.paths = ledger.NewPaths(tree, x.Head.Size)
	if kept > 0 && kept < x.Head.Size {
		x.Tie, err = ledger.NewTie(tree, x.Head.Size, kept)
	}
	return err
}

// took is what an entry says of an export: in which words the log was asked.
func (v LogCount) took(q LogQuery) []ledger.Change {
	changes := []ledger.Change{{Field: "entries", To: strconv.FormatInt(v.Count, 10)}}
	names := v.Names()
	for _, asked := range q.Each() {
		if asked.Value != "" {
			changes = append(changes, ledger.Change{Field: "asked_" + asked.Name, To: asked.Value, ToText: names[asked.Value]})
		}
	}
	return changes
}

// exportChunk is how many entries are in memory at a time.
const exportChunk = 1000

// Each goes through the entries, the oldest first. Between chunks nothing is held
// open, so that a slow reader is in nobody's way.
func (x *LogExport) Each(ctx context.Context, fn func(LogLine) error) error {
	for after := int64(0); ; {
		lines, err := x.read(ctx, after)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := fn(l); err != nil {
				return err
			}
			after = l.Seq
		}
		if len(lines) < exportChunk {
			return nil
		}
	}
}

func (x *LogExport) read(ctx context.Context, after int64) (lines []LogLine, err error) {
	db := x.store.parts.Read.WithContext(ctx)
	query, args := x.filter.forward(after, exportChunk)
	rows, err := db.Raw(query, args...).Rows()
	if err != nil {
		return nil, fmt.Errorf("read entries to export: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l LogLine
		var seq int64
		if err := rows.Scan(&seq, &l.Stored, &l.Leaf); err != nil {
			return nil, err
		}
		if l.Entry, err = ledger.Parse([]byte(l.Stored)); err != nil {
			return nil, fmt.Errorf("export entry %d: %w", seq, err)
		}
		lines = append(lines, l)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return lines, x.because(db, lines)
}

// because finds the entries that brought the lines about.
func (x *LogExport) because(db *gorm.DB, lines []LogLine) error {
	at := map[int64]*LogLine{}
	for i := range lines {
		at[lines[i].Seq] = &lines[i]
	}
	var missing []int64
	for _, l := range lines {
		if l.Cause > 0 && at[l.Cause] == nil {
			missing = append(missing, l.Cause)
			at[l.Cause] = &LogLine{}
		}
	}
	found, err := readEntries(db, placesIn(x.Team.ID, missing))
	for i := range lines {
		if cause, ok := found[logPlace{x.Team.ID, lines[i].Cause}]; ok {
			lines[i].Because = &cause.Entry
		} else if there := at[lines[i].Cause]; there != nil && there.Seq > 0 {
			lines[i].Because = &there.Entry
		}
	}
	return err
}

// Path leads from an entry to the head of an extract; an extract of the whole log
// needs none.
func (x *LogExport) Path(seq int64) ([]ledger.Hash, error) {
	if x.Whole() {
		return nil, nil
	}
	return x.paths.Path(seq)
}

// Erasures are the entries, with their paths, that say what was erased from others: of
// the numbers given, and of each other. An extract of the whole log holds them already.
func (x *LogExport) Erasures(ctx context.Context, seqs []int64, fn func(ledger.Attested, []ledger.Hash) error) error {
	all, err := erasuresOf(x.store.parts.Read.WithContext(ctx), x.Team.ID, seqs)
	if err != nil {
		return err
	}
	for _, e := range all {
		by, err := ledger.Parse([]byte(e.Canonical))
		if err != nil {
			return err
		}
		path, err := x.Path(by.Seq)
		if err != nil {
			return fmt.Errorf("something was erased while entries were being exported: %w", err)
		}
		if err := fn(e, path); err != nil {
			return err
		}
	}
	return nil
}

// upTo leaves out what came after a number.
func (f *logFilter) upTo(last int64) {
	if f.below == 0 || f.below > last {
		f.below = last + 1
	}
}
