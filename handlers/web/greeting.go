package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
)

// DeleteGreeting ends a team's greeting for whoever has read it.
func (w *Web) DeleteGreeting(c echo.Context) error {
	if err := w.Store.EndGreeting(c.Request().Context(), actor(c), c.Param("team")); err != nil {
		return err
	}
	if back := localPath(c.FormValue("back")); back != "/" {
		return goTo(c, back)
	}
	return goTo(c, "/teams/"+c.Param("team"))
}

// arrival is where somebody arrives who has joined a team: at the board that the
// invitation was for, if it still is one of the team's, else at the team's boards.
func (w *Web) arrival(ctx context.Context, who models.Actor, team, next string) string {
	if board, is := strings.CutPrefix(next, boardPath("")); is {
		if v, err := w.Store.Views(ctx, who, board); err == nil && v.Team.ID == team {
			return boardPath(board) + "?arrived=1"
		}
	}
	return "/teams/" + team
}
