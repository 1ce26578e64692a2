package models

import (
	"context"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// ProofView is an entry with what proves that it is in its log, unchanged.
type ProofView struct {
	Team MyTeam
	Line LogLine
	Head SignedHead    // of a log that holds the entry
	Path []ledger.Hash // from the entry's leaf to the head's root
	Key  string        // the public key that signed it
}

// Proof reads an entry of a team's log with its proof, against the log as it is now.
func (s *Store) Proof(ctx context.Context, who Actor, team string, seq int64) (v ProofView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		lines, err := logLines(db, team, []int64{seq})
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		v.Line = lines[0]
		return nil
	})
	if err != nil {
		return v, err
	}
	if v.Head, err = s.signHead(ctx, team); err != nil {
		return v, err
	}
	v.Key = s.parts.Notary.Public
	v.Path, err = ledger.Prove(leaves{s.parts.Read.WithContext(ctx), team}, v.Head.Size, seq)
	return v, err
}
