package models

import (
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
)

// ages are the states whose cards grow old: somebody could move them on. What waits
// has its reason on the card, and what is closed is at rest.
var ages = []flow.State{flow.Ready, flow.InProgress, flow.InReview}

// age tells for how many working days of the team cards have been in their state.
// The moment is that of the entry which moved them there, so that a move keeps none.
func (s *Store) age(db *gorm.DB, team Team, cards []*Card) error {
	var some []*Card
	var seqs []int64
	for _, c := range cards {
		if slices.Contains(ages, c.State) && c.ArchivedAt == nil {
			some = append(some, c)
			if c.MovedSeq > 0 {
				seqs = append(seqs, c.MovedSeq)
			}
		}
	}
	moved, err := momentsOf(db, team, seqs)
	if err != nil {
		return fmt.Errorf("read when cards moved: %w", err)
	}
	now, calendar := s.now(), team.calendar()
	for _, c := range some {
		since, ok := moved[c.MovedSeq]
		if !ok {
			since = c.CreatedAt // never moved, or by an entry of another time
		}
		c.Age = calendar.WorkingDays(since, now)
	}
	return nil
}

// momentsOf reads when entries of a team's log were written.
func momentsOf(db *gorm.DB, team Team, seqs []int64) (map[int64]time.Time, error) {
	at := map[int64]time.Time{}
	for part := range slices.Chunk(seqs, chunk) {
		var rows []struct {
			Seq int64
			At  time.Time
		}
		if err := db.Raw("SELECT seq, at FROM entries WHERE log_id = ? AND seq IN ?", team.ID, part).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			at[r.Seq] = r.At
		}
	}
	return at, nil
}
