package models

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// SealView is what there is by which a team's log can be held to what it said.
type SealView struct {
	Team  MyTeam
	Size  int64      // entries of the log
	Last  SignedHead // the newest that is kept; without any, Size is 0
	Heads int        // how many are kept
	Key   string     // the public key that signs now; empty if nothing does
}

// LogSeal reads how far a team's log is signed.
func (s *Store) LogSeal(ctx context.Context, who Actor, team string) (v SealView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		v.Size = v.Team.Seq
		if err := db.Raw("SELECT COUNT(*) FROM log_heads WHERE log_id = ?", team).Row().Scan(&v.Heads); err != nil {
			return err
		}
		v.Last, _, err = s.lastHead(db, team)
		return err
	})
	if s.parts.Notary != nil {
		v.Key = s.parts.Notary.Public
	}
	return v, err
}

// lastHead is the newest kept head that a known key has signed, with that key; a
// zero one if there is none.
func (s *Store) lastHead(db *gorm.DB, log string) (h SignedHead, public string, err error) {
	if s.parts.Notary == nil {
		return h, "", nil
	}
	err = orMissing(db.Raw("SELECT signed FROM log_heads WHERE log_id = ? ORDER BY size DESC LIMIT 1", log).Row().Scan(&h.Signed))
	if fault.From(err) != nil {
		return SignedHead{}, "", nil
	} else if err != nil {
		return h, "", err
	}
	if h.Head, public, err = s.parts.Notary.Open(h.Signed); err != nil || h.Log != log {
		return SignedHead{}, "", nil // somebody's own making: VerifyLog tells of it
	}
	return h, public, nil
}

// ProofView is an entry with what proves that it is in its log, unchanged.
type ProofView struct {
	Team  MyTeam
	Line  LogLine
	Last  int64         // number of the log's last entry
	Head  SignedHead    // of a log that holds the entry; without a key to sign with, Size is 0
	Path  []ledger.Hash // from the entry's leaf to the head's root
	Key   string        // the public key that signed it
	Holds bool          // the path leads from the entry to the head, and the entry is as it was or as an erasure left it

	Erasures []ledger.Attested // that say what was erased from it, and from each other; empty: it is as it was
	Paths    [][]ledger.Hash   // theirs
}

// Proof reads an entry of a team's log with its proof, against the newest head that
// holds it.
func (s *Store) Proof(ctx context.Context, who Actor, team string, seq int64) (v ProofView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		v.Last = v.Team.Seq
		lines, err := logLines(db, team, []int64{seq})
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		v.Line = lines[0]
		if v.Erasures, err = erasuresOf(db, team, []int64{seq}); err != nil {
			return err
		}
		v.Head, v.Key, err = s.lastHead(db, team)
		return err
	})
	if err != nil || s.parts.Notary == nil {
		return v, err
	}
	if v.Head.Size < seq || v.Head.Size < v.Erased() {
		v.Head, err = s.signHead(ctx, team)
		v.Key = s.parts.Notary.Public
		if f := fault.From(err); f != nil && f.Code == fault.LogBroken {
			return v, nil // nothing holds any more, and that is the answer
		} else if err != nil {
			return v, err
		}
	}
	v.Path, err = ledger.Prove(leaves{s.parts.Read.WithContext(ctx), team}, v.Head.Size, seq)
	if errors.Is(err, ledger.ErrHoles) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	is := v.Line.Attested()
	v.Holds = is.Sound(v.Erasures...) && ledger.Proves(v.Path, v.Head.Head, seq, is.Leaf)
	for _, e := range v.Erasures {
		by, err := ledger.Parse([]byte(e.Canonical))
		if err != nil {
			v.Holds = false
			return v, nil
		}
		path, err := ledger.Prove(leaves{s.parts.Read.WithContext(ctx), team}, v.Head.Size, by.Seq)
		if err != nil {
			return v, err
		}
		v.Holds = v.Holds && ledger.Proves(path, v.Head.Head, by.Seq, e.Leaf)
		v.Paths = append(v.Paths, path)
	}
	return v, nil
}

// Erased is the last entry that erased something from this one; 0: none did.
func (v ProofView) Erased() int64 {
	if len(v.Erasures) == 0 {
		return 0
	}
	e, _ := ledger.Parse([]byte(v.Erasures[len(v.Erasures)-1].Canonical))
	return e.Seq
}
