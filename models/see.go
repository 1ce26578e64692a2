package models

import (
	"gorm.io/gorm"

	"relevo/models/access"
)

// sees returns the team that of finds and the actor's role in it. To a stranger
// it is Missing; a role too weak for act is Forbidden.
func (s *Store) sees(db *gorm.DB, who Actor, of subject, act access.Action) (Team, access.Role, error) {
	id, err := of(db)
	if err != nil {
		return Team{}, "", err
	}
	team, role, _, err := s.seeTeam(db, who, id, act)
	return team, role, err
}
