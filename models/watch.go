package models

import (
	"context"

	"gorm.io/gorm"

	"relevo/models/access"
)

// Watched is what somebody needs to know to follow a board: who they are in its
// team, and where the team's log stands. It costs two small queries.
type Watched struct {
	Board Board
	Team  Team
	Role  access.Role
	Seq   int64
}

// Topic is where the feed has the board's news.
func (w Watched) Topic() string { return w.Team.ID }

// Watch asks whether the actor may follow a board. To a stranger it is Missing.
func (s *Store) Watch(ctx context.Context, who Actor, board string) (w Watched, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		w = Watched{Board: b, Team: team.Team, Role: team.Role, Seq: team.Seq}
		return err
	})
	return w, err
}

// Topics is where the feed has the news of all of the actor's teams.
func (s *Store) Topics(ctx context.Context, who Actor) (topics []string, err error) {
	err = s.parts.Read.WithContext(ctx).Raw("SELECT team_id FROM memberships WHERE user_id = ? ORDER BY team_id", who.ID).Scan(&topics).Error
	return topics, err
}

// ColumnBoard names the board of a column that the actor may see.
func (s *Store) ColumnBoard(ctx context.Context, who Actor, column string) (board string, err error) {
	var c Column
	if err := s.parts.Read.WithContext(ctx).Take(&c, "id = ?", column).Error; err != nil {
		return "", orMissing(err)
	}
	_, err = s.Watch(ctx, who, c.BoardID)
	return c.BoardID, err
}

// ColumnsOf is Watch with the board's columns.
func (s *Store) ColumnsOf(ctx context.Context, who Actor, board string) (w Watched, columns []Column, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		w = Watched{Board: b, Team: team.Team, Role: team.Role, Seq: team.Seq}
		return db.Where("board_id = ?", board).Order("position, id").Find(&columns).Error
	})
	return w, columns, err
}
