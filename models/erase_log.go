package models

import (
	"database/sql"
	"errors"
	"slices"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// erasedAtOnce is how many entries one entry of an erasure lists: with more, it would
// be hard to read.
const erasedAtOnce = 400

// reworded is an entry of which less is left.
type reworded struct {
	ledger.Attested        // as it was
	seq             int64  //
	left            string // canonical
}

// reword takes the name out of every entry of a log, those of this change included, and
// writes down which they were.
func (e *eraser) reword(tx *Tx) error {
	for i, entry := range tx.entries {
		tx.entries[i] = e.entry(entry)
	}
	listed := false
	for after := int64(0); ; {
		rows, last, err := e.next(tx, after)
		if err != nil {
			return err
		}
		if last == 0 {
			break
		}
		if after = last; len(rows) > 0 {
			listed = true
			if err := e.replace(tx, rows); err != nil {
				return err
			}
		}
	}
	if !listed {
		e.record(tx, nil)
	}
	return nil
}

func (e *eraser) record(tx *Tx, list []ledger.Change) int64 {
	return tx.record(note{action: PersonErased, subject: ledger.Subject{Kind: "user", ID: e.user.ID, Name: e.called}, changes: list})
}

// next finds among the next entries after a number that may hold the name those that
// do, and says how far it has looked; 0: there are no more.
func (e *eraser) next(tx *Tx, after int64) (found []reworded, last int64, err error) {
	err = tx.each(`SELECT seq, data, leaf FROM entries WHERE log_id = ? AND seq > ? AND (data LIKE ? OR data LIKE '%@%'
			OR actor_id LIKE 'link:%' OR action LIKE 'invitation.%' OR action LIKE 'link.%'
			OR action LIKE 'log.%' OR action LIKE 'filter.%' OR action LIKE 'review.%')
		ORDER BY seq LIMIT ?`, []any{tx.log, after, "%" + e.user.ID + "%", erasedAtOnce}, func(rows *sql.Rows) error {
		var r reworded
		var leaf []byte
		if err := rows.Scan(&last, &r.Canonical, &leaf); err != nil {
			return err
		}
		entry, err := ledger.Parse([]byte(r.Canonical))
		if err != nil || len(leaf) != len(r.Leaf) {
			return errors.Join(fault.New(fault.Conflict, fault.LogBroken), err)
		}
		r.seq, r.Leaf = entry.Seq, ledger.Hash(leaf)
		if r.left = string(e.entry(entry).Canonical()); r.left != r.Canonical {
			found = append(found, r)
		}
		return nil
	})
	return found, last, err
}

// replace writes what is left of entries, under an entry that says so. What somebody
// has tampered with is left as it is, for an erasure would hide that.
func (e *eraser) replace(tx *Tx, rows []reworded) error {
	list := make([]ledger.Erased, len(rows))
	for i, r := range rows {
		if err := r.checked(tx); err != nil {
			return err
		}
		list[i] = ledger.Erased{Seq: r.seq, Seal: ledger.Seal(r.Leaf, []byte(r.left))}
	}
	by := e.record(tx, ledger.ErasedChanges(list))
	for _, r := range rows {
		if err := tx.rows().Exec("INSERT INTO redactions (log_id, seq, by_seq) VALUES (?, ?, ?)", tx.log, r.seq, by).Error; err != nil {
			return err
		}
		if err := one(tx.rows().Exec("UPDATE entries SET data = ? WHERE log_id = ? AND seq = ?", r.left, tx.log, r.seq)); err != nil {
			return err
		}
	}
	return nil
}

func (r reworded) checked(tx *Tx) error {
	if r.Intact() {
		return nil
	}
	erasures, err := erasuresOf(tx.db, tx.log, []int64{r.seq})
	if err == nil && !r.Sound(erasures...) {
		err = fault.New(fault.Conflict, fault.LogBroken)
	}
	return err
}

// erasuresOf are the entries that say what was erased from others, and those that say
// it of them in turn, the oldest first.
func erasuresOf(db *gorm.DB, log string, seqs []int64) (all []ledger.Attested, err error) {
	var by []int64
	for len(seqs) > 0 {
		var more []int64
		for part := range slices.Chunk(seqs, chunk) {
			var some []int64
			if err := db.Raw("SELECT DISTINCT by_seq FROM redactions WHERE log_id = ? AND seq IN ?", log, part).Scan(&some).Error; err != nil {
				return nil, err
			}
			more = append(more, some...)
		}
		seqs = slices.DeleteFunc(more, func(seq int64) bool { return slices.Contains(by, seq) })
		by = append(by, seqs...)
	}
	slices.Sort(by)
	for part := range slices.Chunk(slices.Compact(by), chunk) {
		var rows []struct {
			Data string
			Leaf []byte
		}
		if err := db.Raw("SELECT data, leaf FROM entries WHERE log_id = ? AND seq IN ? ORDER BY seq", log, part).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			all = append(all, attested(r.Data, r.Leaf))
		}
	}
	return all, nil
}

// attested is an entry with its kept leaf; one that is no hash is none of the entry's.
func attested(data string, leaf []byte) ledger.Attested {
	a := ledger.Attested{Canonical: data}
	copy(a.Leaf[:], leaf)
	return a
}

// erasedSince reports whether something was erased from a log after an entry.
func erasedSince(db *gorm.DB, log string, seq int64) (bool, error) {
	if seq == 0 {
		return false, nil
	}
	var n int64
	err := db.Raw("SELECT COUNT(*) FROM entries WHERE log_id = ? AND action = ? AND seq > ?", log, PersonErased, seq).Row().Scan(&n)
	return n > 0, err
}
