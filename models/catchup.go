package models

import (
	"context"
	"fmt"

	"relevo/models/feed"
)

// CatchUp tells the open pages of this server how far the logs have come, in
// case news of other servers has not reached it.
func (s *Store) CatchUp(ctx context.Context) error {
	topics := s.parts.Feed.Topics()
	if len(topics) == 0 {
		return nil
	}
	var logs []struct {
		ID  string
		Seq int64
	}
	if err := s.parts.Read.WithContext(ctx).Raw("SELECT id, seq FROM logs WHERE id IN ?", topics).Scan(&logs).Error; err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	at := map[string]int64{}
	for _, l := range logs {
		at[l.ID] = l.Seq
	}
	for _, topic := range topics { // an inbox has no log: it is told without a number
		s.parts.Feed.Publish(feed.News{Topic: topic, Seq: at[topic]})
	}
	return nil
}
