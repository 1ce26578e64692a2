package models

import (
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// seeTeam reads a team for someone who wants to act in it. To a stranger it is
// Missing, so that its existence stays unknown; a role too weak for act is
// Forbidden.
func seeTeam(db *gorm.DB, who Actor, team string, act access.Action) (t MyTeam, err error) {
	row := db.Raw(`SELECT t.id, t.name, t.zone, t.created_at, m.role, l.seq FROM teams t
		JOIN memberships m ON m.team_id = t.id AND m.user_id = ? JOIN logs l ON l.id = t.id WHERE t.id = ?`, who.ID, team).Row()
	if err = row.Scan(&t.ID, &t.Name, &t.Zone, &t.CreatedAt, &t.Role, &t.Seq); err != nil {
		return MyTeam{}, orMissing(err)
	}
	if !access.Can(t.Role, act) {
		return MyTeam{}, fault.New(fault.Forbidden, fault.NotAllowed)
	}
	return t, nil
}

// sees is seeTeam for the team that a subject belongs to.
func sees(db *gorm.DB, who Actor, of subject, act access.Action) (MyTeam, error) {
	id, err := of(db)
	if err != nil {
		return MyTeam{}, err
	}
	return seeTeam(db, who, id, act)
}

// seeBoard is seeTeam for a board, which it reads too.
func seeBoard(db *gorm.DB, who Actor, board string, act access.Action) (b Board, t MyTeam, err error) {
	if err = db.Take(&b, "id = ?", board).Error; err != nil {
		return b, t, orMissing(err)
	}
	t, err = seeTeam(db, who, b.TeamID, act)
	return b, t, err
}
