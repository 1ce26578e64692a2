package models

import (
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// sees reads the team of a subject for someone who wants to act in it. To a
// stranger the subject is Missing, so that its existence stays unknown; a role too
// weak for act is Forbidden.
func sees(db *gorm.DB, who Actor, of subject, act access.Action) (t MyTeam, err error) {
	row := db.Raw(`SELECT t.id, t.name, t.zone, t.created_at, m.role, l.seq
		FROM `+of.from+` JOIN teams t ON t.id = `+of.team+` JOIN logs l ON l.id = t.id
		JOIN memberships m ON m.team_id = t.id AND m.user_id = ? WHERE `+of.is, who.ID, of.id).Row()
	if err = row.Scan(&t.ID, &t.Name, &t.Zone, &t.CreatedAt, &t.Role, &t.Seq); err != nil {
		return MyTeam{}, orMissing(err)
	}
	if !access.Can(t.Role, act) {
		return MyTeam{}, fault.New(fault.Forbidden, fault.NotAllowed)
	}
	return t, nil
}

func seeTeam(db *gorm.DB, who Actor, team string, act access.Action) (MyTeam, error) {
	return sees(db, who, inTeam(team), act)
}

// seeBoard is sees for a board, which it reads too.
func seeBoard(db *gorm.DB, who Actor, board string, act access.Action) (b Board, t MyTeam, err error) {
	if err = db.Take(&b, "id = ?", board).Error; err != nil {
		return b, t, orMissing(err)
	}
	t, err = seeTeam(db, who, b.TeamID, act)
	return b, t, err
}
