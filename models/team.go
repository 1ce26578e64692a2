package models

import (
	"context"

	"relevo/models/access"
)

// MyTeam is a team as one of its members sees it.
type MyTeam struct {
	Team
	Role access.Role
}

// Teams lists the actor's teams by name.
func (s *Store) Teams(ctx context.Context, who Actor) ([]MyTeam, error) {
	var teams []MyTeam
	err := s.parts.Read.WithContext(ctx).Raw(`SELECT t.*, m.role FROM memberships m JOIN teams t ON t.id = m.team_id
		WHERE m.user_id = ? ORDER BY lower(t.name), t.id`, who.ID).Scan(&teams).Error
	return teams, err
}
