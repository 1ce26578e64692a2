package models

import (
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// sees returns the team that of finds and the actor's role in it. To a stranger
// it is Missing; a role too weak for act is Forbidden.
func sees(db *gorm.DB, who Actor, of subject, act access.Action) (team Team, role access.Role, err error) {
	id, err := of(db)
	if err != nil {
		return team, role, err
	}
	err = db.Raw(`SELECT t.id, t.name, t.zone, t.created_at, m.role FROM teams t
		JOIN memberships m ON m.team_id = t.id AND m.user_id = ? WHERE t.id = ?`, who.ID, id).
		Row().Scan(&team.ID, &team.Name, &team.Zone, &team.CreatedAt, &role)
	if err != nil {
		return team, role, orMissing(err)
	}
	if !access.Can(role, act) {
		return team, role, fault.New(fault.Forbidden, fault.NotAllowed)
	}
	return team, role, nil
}
