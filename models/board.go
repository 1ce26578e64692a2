package models

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// BoardInput is what a person says of a board.
type BoardInput struct {
	Name string
	Key  string // empty: made from the name
	// Columns names a new board's columns by their state; a state without a name
	// gets no column, unless the automation needs it. Nil: the usual five, named
	// as the states are.
	Columns map[flow.State]string
}

// MaxName is the most characters of a board's, column's or team's name.
const MaxName = 80

func (b Board) subject() ledger.Subject {
	return ledger.Subject{Kind: "board", ID: b.ID, Name: b.Name}
}

// CreateBoard makes a board with the usual columns. It returns an Invalid fault
// for the name or key.
func (s *Store) CreateBoard(ctx context.Context, who Actor, team string, in BoardInput) (Board, error) {
	var b Board
	err := s.change(ctx, who, inTeam(team), access.EditBoard, func(tx *Tx) (err error) {
		b, err = tx.createBoard(in, false)
		return err
	})
	return b, err
}

func (tx *Tx) createBoard(in BoardInput, sample bool) (Board, error) {
	b := Board{ID: NewID(), TeamID: tx.Team.ID, NextNumber: 1, Sample: sample, CreatedAt: tx.now, Version: tx.seq + 1}
	if err := tx.describe(&b, in); err != nil {
		return b, err
	}
	err := tx.create(&b, note{action: BoardCreated, subject: b.subject(), board: b.subject(),
		changes: []ledger.Change{{Field: "name", To: b.Name}, {Field: "key", To: b.Key}}})
	if err != nil {
		return b, fmt.Errorf("create board: %w", err)
	}
	last := ""
	for _, state := range flow.States {
		name := in.Columns[state]
		if usual := in.Columns == nil && state != flow.Cancelled; name == "" && (usual || checkRemains(nil, state, "") != nil) {
			name = string(state)
		}
		if name == "" {
			continue
		}
		last = flow.Below(last)
		c := Column{ID: NewID(), BoardID: b.ID, Name: name, State: state, Position: last}
		if err := tx.insertColumn(b, &c); err != nil {
			return b, err
		}
	}
	return b, nil
}

// describe checks what a person said of a board and takes it over.
func (tx *Tx) describe(b *Board, in BoardInput) error {
	name := strings.TrimSpace(in.Name)
	key := strings.ToUpper(strings.TrimSpace(in.Key))
	var taken []string
	if err := tx.db.Raw("SELECT key FROM boards WHERE team_id = ? AND id <> ?", tx.Team.ID, b.ID).Scan(&taken).Error; err != nil {
		return err
	}
	inUse := func(key string) bool {
		for _, k := range taken {
			if k == key {
				return true
			}
		}
		return false
	}
	if key == "" {
		key = freeKey(name, inUse)
	}
	var wrong *fault.Fault
	switch {
	case !boardKey.MatchString(key):
		wrong = fault.On("key", fault.BoardKeyInvalid)
	case inUse(key):
		wrong = fault.On("key", fault.BoardKeyTaken, key)
	}
	b.Name, b.Key = name, key
	return fault.All(checkName(name), wrong)
}

// checkName is the fault of a name that is empty or too long; nil if it is fine.
func checkName(name string) *fault.Fault {
	switch {
	case strings.TrimSpace(name) == "":
		return fault.On("name", fault.Needed)
	case utf8.RuneCountInString(name) > MaxName:
		return fault.On("name", fault.TooLong, MaxName)
	}
	return nil
}

var boardKey = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,5}$`)

// freeKey makes a key of the first letters of a name: "Onboarding" gives ONB.
func freeKey(name string, inUse func(string) bool) string {
	var letters []rune
	for _, r := range norm.NFD.String(strings.ToUpper(name)) {
		if r < unicode.MaxASCII && unicode.IsLetter(r) {
			letters = append(letters, r)
		}
	}
	base := string(letters[:min(3, len(letters))])
	if len(base) < 2 {
		base = "BRD"
	}
	key := base
	for n := 2; inUse(key); n++ {
		key = fmt.Sprintf("%s%d", base, n)
	}
	return key
}

// EditBoard renames a board or changes its key. It returns Stale if the board
// has changed since seen.
func (s *Store) EditBoard(ctx context.Context, who Actor, board string, seen int64, in BoardInput) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		was, err := tx.board(board)
		if err != nil {
			return err
		}
		if in.Key == "" {
			in.Key = was.Key
		}
		is := was
		if err := tx.describe(&is, in); err != nil {
			return err
		}
		changes := changed("name", was.Name, is.Name, "key", was.Key, is.Key)
		if len(changes) == 0 {
			return nil
		}
		if was.Version > seen {
			return stale(changes)
		}
		return tx.update(&Board{ID: board}, map[string]any{"name": is.Name, "key": is.Key, "version": tx.seq + 1},
			note{action: BoardEdited, subject: is.subject(), board: is.subject(), changes: changes})
	})
}

// ArchiveBoard puts a board out of sight; its tasks stay as they are.
func (s *Store) ArchiveBoard(ctx context.Context, who Actor, board string) error {
	return s.shelveBoard(ctx, who, board, BoardArchived)
}

// RestoreBoard brings an archived board back.
func (s *Store) RestoreBoard(ctx context.Context, who Actor, board string) error {
	return s.shelveBoard(ctx, who, board, BoardRestored)
}

func (s *Store) shelveBoard(ctx context.Context, who Actor, board string, to Action) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, err := tx.board(board)
		if err != nil || (b.ArchivedAt != nil) == (to == BoardArchived) {
			return err
		}
		columns := map[string]any{"archived_at": nil, "version": tx.seq + 1}
		if to == BoardArchived {
			columns["archived_at"] = tx.now
		}
		return tx.update(&Board{ID: board}, columns, note{action: to, subject: b.subject(), board: b.subject(),
			changes: changed("archived", yes(b.ArchivedAt != nil), yes(b.ArchivedAt == nil))})
	})
}

func (tx *Tx) board(id string) (b Board, err error) {
	err = tx.row(`SELECT id, team_id, name, "key", next_number, sample, created_at, archived_at, version
		FROM boards WHERE id = ? AND team_id = ?`, id, tx.Team.ID).
		Scan(&b.ID, &b.TeamID, &b.Name, &b.Key, &b.NextNumber, &b.Sample, &b.CreatedAt, &b.ArchivedAt, &b.Version)
	return b, orMissing(err)
}

// changed lists the fields that differ, given as field, from, to, field, from, to …
func changed(triples ...string) []ledger.Change {
	var changes []ledger.Change
	for i := 0; i+2 < len(triples); i += 3 {
		if triples[i+1] != triples[i+2] {
			changes = append(changes, ledger.Change{Field: triples[i], From: triples[i+1], To: triples[i+2]})
		}
	}
	return changes
}

// stale refuses a write whose writer has not seen the present values.
func stale(changes []ledger.Change) error {
	f := fault.New(fault.Stale, fault.Changed)
	for _, c := range changes {
		f.Changes = append(f.Changes, fault.Change{Field: c.Field, To: c.From})
	}
	return f
}
