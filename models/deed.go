package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// changeAt reads the entries of the one change that entry seq belongs to, its
// first entry first: what one request wrote at one moment.
func changeAt(db *gorm.DB, log string, seq int64) ([]ledger.Entry, error) {
	entries, err := entriesFrom(db, log, seq, "seq >= ?", "seq")
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 || entries[0].Seq != seq {
		return nil, fault.New(fault.Missing, fault.NotFound)
	}
	// Within a request, a person's entries are one change even where none brought
	// about another: many tasks changed at once, or an override with its move.
	if entries[0].Request == "" {
		return entries, nil
	}
	before, err := entriesFrom(db, log, seq, "seq <= ?", "seq DESC")
	if err != nil {
		return nil, err
	}
	slices.Reverse(before)
	return append(before[:len(before)-1], entries...), nil
}

// entriesFrom reads entries on one side of seq for as long as they are of its change.
func entriesFrom(db *gorm.DB, log string, seq int64, where, order string) ([]ledger.Entry, error) {
	const page = 500
	var entries []ledger.Entry
	for at := seq; ; {
		var data []string
		query := "SELECT data FROM entries WHERE log_id = ? AND " + where + " ORDER BY " + order + " LIMIT ?"
		if err := db.Raw(query, log, at, page).Scan(&data).Error; err != nil {
			return nil, fmt.Errorf("read change %d: %w", seq, err)
		}
		for _, d := range data {
			e, err := ledger.Parse([]byte(d))
			if err != nil {
				return nil, err
			}
			if len(entries) > 0 && e.Seq == entries[len(entries)-1].Seq {
				continue // the page begins with the last one's last
			}
			if len(entries) > 0 && !sameChange(entries[0], e) {
				return entries, nil
			}
			entries = append(entries, e)
		}
		if len(data) < page {
			return entries, nil
		}
		at = entries[len(entries)-1].Seq
	}
}

// DeedAt finds a change of the actor's own by the number of one of its entries, if
// it can be undone: its first entry.
func (s *Store) DeedAt(ctx context.Context, who Actor, team string, seq int64) (e ledger.Entry, found bool, err error) {
	db := s.parts.Read.WithContext(ctx)
	if _, err := seeTeam(db, who, team, access.SeeTeam); err != nil {
		return e, false, err
	}
	entries, err := changeAt(db, team, seq)
	switch {
	case faultCode(err) == fault.NotFound:
		return e, false, nil
	case err != nil:
		return e, false, err
	}
	e = entries[0]
	return e, e.Actor.ID == who.ID && Undoable(e, s.now()) && reversible(entries), nil
}

func sameChange(a, b ledger.Entry) bool {
	if !a.At.Equal(b.At) || a.Request != b.Request {
		return false
	}
	if a.Actor.Kind == ledger.Person && b.Actor.Kind == ledger.Person && a.Actor.ID != b.Actor.ID {
		return false
	}
	return a.Request != "" || b.Cause >= a.Seq
}
