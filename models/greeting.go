package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
)

// GreetingTime is how long somebody is greeted in a team that they have joined, unless
// they end it before.
const GreetingTime = 14 * 24 * time.Hour

// EndGreeting keeps a team from greeting whoever asks, for good.
func (s *Store) EndGreeting(ctx context.Context, who Actor, team string) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		if _, err := seeTeam(db, who, team, access.SeeTeam); err != nil {
			return err
		}
		return db.Exec("INSERT INTO greetings (user_id, team_id, ended_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", who.ID, team, s.now()).Error
	})
}
