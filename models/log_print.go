package models

import (
	"context"
	"slices"

	"gorm.io/gorm"
)

// MostPrinted is how many entries go on paper at most: more are no reading.
const MostPrinted = 2000

// LogSheet is the newest of what a query lets through, the oldest first, for paper.
type LogSheet struct {
	LogView
	More bool       // there are older ones that are left out
	Head SignedHead // the newest signed head, for whoever wants to check it; Size 0: none
}

// PrintLog returns a log, or what a query lets through of it, for paper.
func (s *Store) PrintLog(ctx context.Context, who Actor, team string, q LogQuery) (v LogSheet, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var f logFilter
		if v.LogView, f, err = askLog(db, who, team, q); err != nil {
			return err
		}
		query, args, err := f.numbers(db, MostPrinted+1)
		if err != nil {
			return err
		}
		var seqs []int64
		if err := db.Raw(query, args...).Scan(&seqs).Error; err != nil {
			return err
		}
		if v.More = len(seqs) > MostPrinted; v.More {
			seqs = seqs[:MostPrinted]
		}
		slices.Reverse(seqs)
		if v.Lines, err = logLines(db, team, seqs); err != nil {
			return err
		}
		v.Head, _, err = s.lastHead(db, team)
		return err
	})
	return v, err
}
