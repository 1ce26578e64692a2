package models

import (
	"context"

	"relevo/models/access"
)

// CreateSampleBoard makes the board on which the relay can be felt at once.
func (s *Store) CreateSampleBoard(ctx context.Context, who Actor, team string) (Board, error) {
	var b Board
	err := s.change(ctx, who, inTeam(team), access.EditBoard, func(tx *Tx) (err error) {
		b, err = tx.createBoard(BoardInput{Name: "Sample"}, true, usualColumns(who.Lang))
		return err
	})
	return b, err
}
