package models

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/ledger"
)

// LogPage is how many entries a page of the log shows.
const LogPage = 50

// LogView is a page of a team's log, newest first.
type LogView struct {
	Team      Team
	Role      access.Role
	People    []Person // whom one can filter by: members, then those who acted and have left
	Boards    []Board  // archived ones too
	Runs      []Named  // the newest, and the one that is asked for
	Templates []Named  // templates of which there are runs, and the one that is asked for
	Saved     SavedLogs
	Last      int64 // the number of the log's last entry
	Lines     []LogLine
	Older     int64 // the page below begins under this number; 0: there is none
}

// Named is something that one can ask a log about.
type Named struct{ ID, Name string }

// LogLine is one entry with what a reader may ask of it.
type LogLine struct {
	ledger.Entry
	Because *ledger.Entry // the entry that brought it about
	Stored  string        // the canonical text, as it is hashed
	Leaf    []byte        // its hash
	Gone    Gone          // shared by the lines of a page
}

// Attested is the entry with the leaf that it has in the tree.
func (l LogLine) Attested() ledger.Attested { return attested(l.Stored, l.Leaf) }

// Gone holds the tasks that lines speak of and that have no page any more.
type Gone map[string]bool

// Log returns a page of a team's log. Where the query cannot be understood, it
// returns the Invalid faults of its fields together with what the form offers.
func (s *Store) Log(ctx context.Context, who Actor, team string, q LogQuery) (LogView, error) {
	var v LogView
	err := s.snapshot(ctx, func(db *gorm.DB) (err error) {
		var f logFilter
		if v, f, err = askLog(db, who, team, q); err == nil {
			v.Lines, v.Older, err = logPage(db, f)
		}
		return err
	})
	return v, err
}

// Names are those of all that a query can name.
func (v LogView) Names() map[string]string {
	names := map[string]string{}
	for _, p := range v.People {
		names[p.ID] = p.Name
	}
	for _, b := range v.Boards {
		names[b.ID] = b.Name
	}
	for _, n := range slices.Concat(v.Runs, v.Templates) {
		names[n.ID] = n.Name
	}
	return names
}

// askLog reads what there is to ask of a log, and understands a query.
func askLog(db *gorm.DB, who Actor, team string, q LogQuery) (v LogView, f logFilter, err error) {
	mine, err := sees(db, who, inTeam(team), access.SeeLog)
	if err != nil {
		return v, f, err
	}
	v.Team, v.Role, v.Last = mine.Team, mine.Role, mine.Seq
	if err = db.Where("team_id = ?", team).Order("archived_at IS NOT NULL, lower(name), id").Find(&v.Boards).Error; err != nil {
		return v, f, fmt.Errorf("boards of the log: %w", err)
	}
	if v.People, err = logPeople(db, team); err != nil {
		return v, f, err
	}
	if v.Runs, v.Templates, err = logRuns(db, team, q); err != nil {
		return v, f, err
	}
	if v.Saved, err = filtersOf(db, who, mine); err != nil {
		return v, f, err
	}
	f, err = q.read(db, team, v, Zone(who.Zone))
	return v, f, err
}

// logPeople lists the team's members and everybody else who ever acted in it. The
// latter are found by leaping from one to the next in the index, not by reading
// the entries.
func logPeople(db *gorm.DB, team string) ([]Person, error) {
	var people []Person
	err := db.Raw(`WITH RECURSIVE actors (id) AS (
			SELECT MIN(actor_id) FROM entries WHERE log_id = @team AND actor_id > ''
			UNION ALL
			SELECT (SELECT MIN(actor_id) FROM entries WHERE log_id = @team AND actor_id > a.id) FROM actors a WHERE a.id IS NOT NULL
		)
		SELECT u.id, u.name, COALESCE(m.role, '') AS role
		FROM users u LEFT JOIN memberships m ON m.team_id = @team AND m.user_id = u.id
		WHERE m.user_id IS NOT NULL OR u.id IN (SELECT id FROM actors WHERE id IS NOT NULL)
		ORDER BY m.user_id IS NULL, lower(u.name), u.id`, map[string]any{"team": team}).Scan(&people).Error
	if err != nil {
		return nil, fmt.Errorf("people of the log: %w", err)
	}
	return people, nil
}

// logPage reads the newest entries that f lets through and where the next page
// begins.
func logPage(db *gorm.DB, f logFilter) ([]LogLine, int64, error) {
	query, args, err := f.numbers(db, LogPage+1)
	if err != nil {
		return nil, 0, err
	}
	var seqs []int64
	if err := db.Raw(query, args...).Scan(&seqs).Error; err != nil {
		return nil, 0, fmt.Errorf("find entries: %w", err)
	}
	var older int64
	if len(seqs) > LogPage {
		seqs = seqs[:LogPage]
		older = seqs[LogPage-1]
	}
	lines, err := logLines(db, f.log, seqs)
	return lines, older, err
}

// logLines reads entries of a log by their numbers, with their causes, in the order given.
func logLines(db *gorm.DB, log string, seqs []int64) ([]LogLine, error) {
	return logLinesAt(db, placesIn(log, seqs))
}

// logPlace is where an entry is.
type logPlace struct {
	log string
	seq int64
}

func placesIn(log string, seqs []int64) []logPlace {
	at := make([]logPlace, len(seqs))
	for i, seq := range seqs {
		at[i] = logPlace{log, seq}
	}
	return at
}

// logLinesAt is logLines of several logs.
func logLinesAt(db *gorm.DB, places []logPlace) ([]LogLine, error) {
	found, err := readEntries(db, places)
	if err != nil {
		return nil, err
	}
	var causes []logPlace
	for _, p := range places {
		if c := (logPlace{p.log, found[p].Cause}); c.seq != 0 && found[c].Seq == 0 {
			causes = append(causes, c)
		}
	}
	because, err := readEntries(db, causes)
	if err != nil {
		return nil, err
	}
	lines := make([]LogLine, 0, len(places))
	for _, p := range places {
		line, ok := found[p]
		if !ok {
			continue
		}
		for _, known := range []map[logPlace]LogLine{found, because} {
			if c, ok := known[logPlace{p.log, line.Cause}]; ok {
				line.Because = &c.Entry
			}
		}
		lines = append(lines, line)
	}
	return lines, markGone(db, lines)
}

func readEntries(db *gorm.DB, places []logPlace) (map[logPlace]LogLine, error) {
	found := map[logPlace]LogLine{}
	if len(places) == 0 {
		return found, nil
	}
	seqs := map[string][]int64{}
	for _, p := range places {
		seqs[p.log] = append(seqs[p.log], p.seq)
	}
	var which []string
	var args []any
	for log, its := range seqs {
		which, args = append(which, "log_id = ? AND seq IN ?"), append(args, log, its)
	}
	var rows []struct {
		Data string
		Leaf []byte
	}
	if err := db.Raw("SELECT data, leaf FROM entries WHERE "+strings.Join(which, " OR "), args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	for _, r := range rows {
		e, err := ledger.Parse([]byte(r.Data))
		if err != nil {
			return nil, err
		}
		found[logPlace{e.Log, e.Seq}] = LogLine{Entry: e, Stored: r.Data, Leaf: r.Leaf}
	}
	return found, nil
}

// markGone finds out which of the tasks that the lines name are deleted.
func markGone(db *gorm.DB, lines []LogLine) error {
	gone := Gone{}
	for i := range lines {
		lines[i].Gone = gone
		gone.name(lines[i].Entry)
		if because := lines[i].Because; because != nil {
			gone.name(*because)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	var there []string
	if err := db.Raw("SELECT id FROM tasks WHERE id IN ? AND deleted_at IS NULL", slices.Collect(maps.Keys(gone))).Scan(&there).Error; err != nil {
		return fmt.Errorf("tasks of the log: %w", err)
	}
	for _, id := range there {
		delete(gone, id)
	}
	return nil
}

func (g Gone) name(e ledger.Entry) {
	if e.Task.ID != "" {
		g[e.Task.ID] = true
	}
	if e.Subject.Kind == "dependency" { // it bears the ID of the prerequisite
		g[e.Subject.ID] = true
	}
}
