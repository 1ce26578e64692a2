package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// ShowNewTeam asks what a team is called.
func (w *Web) ShowNewTeam(c echo.Context) error {
	return show(c, http.StatusOK, views.NewTeamPage(views.TeamForm{Zone: actor(c).Zone}))
}

// CreateTeam makes a team and goes on to its page, which offers a first board.
func (w *Web) CreateTeam(c echo.Context) error {
	in := teamInput(c)
	team, err := w.Store.CreateTeam(c.Request().Context(), actor(c), in)
	if err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component { return views.NewTeamPage(teamForm(in, f)) })
	}
	return goTo(c, "/teams/"+team.ID)
}

// ShowTeamSettings is the page to rename a team at.
func (w *Web) ShowTeamSettings(c echo.Context) error {
	team, err := w.Store.TeamFor(c.Request().Context(), actor(c), c.Param("team"), access.EditTeam)
	if err != nil {
		return err
	}
	form := views.TeamForm{Name: team.Name, Zone: team.Zone}
	return show(c, http.StatusOK, views.TeamSettingsPage(views.TeamSettingsView{Team: team, Form: form, Done: c.QueryParam("done") != ""}))
}

// EditTeam renames a team or changes its time zone.
func (w *Web) EditTeam(c echo.Context) error {
	ctx, id, in := c.Request().Context(), c.Param("team"), teamInput(c)
	err := w.Store.EditTeam(ctx, actor(c), id, in)
	if err == nil {
		return goTo(c, "/teams/"+id+"/settings?done=1")
	}
	if refused(err) == nil {
		return err
	}
	team, broken := w.Store.TeamFor(ctx, actor(c), id, access.EditTeam)
	if broken != nil {
		return broken
	}
	return again(c, err, func(f *fault.Fault) templ.Component {
		return views.TeamSettingsPage(views.TeamSettingsView{Team: team, Form: teamForm(in, f)})
	})
}

func teamInput(c echo.Context) models.TeamInput {
	return models.TeamInput{Name: c.FormValue("name"), Zone: c.FormValue("zone")}
}

func teamForm(in models.TeamInput, f *fault.Fault) views.TeamForm {
	return views.TeamForm{Name: in.Name, Zone: in.Zone, Problem: f}
}
