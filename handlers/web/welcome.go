package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowStart leads everybody to where they go on: the first visitor to the first
// account, a stranger to what this is, a person to their own work.
func (w *Web) ShowStart(c echo.Context) error {
	ctx, who := c.Request().Context(), actor(c)
	if who.ID == "" {
		unclaimed, err := w.Store.Unclaimed(ctx)
		if err != nil {
			return err
		}
		if unclaimed {
			return goTo(c, "/welcome")
		}
		mode, err := w.Store.SignUpMode(ctx)
		if err != nil {
			return err
		}
		return show(c, http.StatusOK, views.WelcomePage(mode))
	}
	teams, err := w.Store.Teams(ctx, who)
	if err != nil {
		return err
	}
	if len(teams) == 0 {
		return goTo(c, "/teams/new")
	}
	return goTo(c, myWork)
}

// ShowWelcome asks for the first account; afterwards there is no such page.
func (w *Web) ShowWelcome(c echo.Context) error {
	unclaimed, err := w.Store.Unclaimed(c.Request().Context())
	if err != nil {
		return err
	}
	if !unclaimed {
		return goTo(c, "/")
	}
	return show(c, http.StatusOK, views.FirstAccountPage(views.SignUpForm{}))
}

// CreateFirstAccount makes the administrator's account and signs it in.
func (w *Web) CreateFirstAccount(c echo.Context) error {
	in := signUpInput(c)
	token, err := w.Store.Claim(c.Request().Context(), actor(c), in, c.Request().UserAgent())
	if err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component { return views.FirstAccountPage(signUpForm(c, in, f)) })
	}
	if err := w.Sessions.start(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return goTo(c, "/teams/new")
}

// signUpInput reads who wants an account. The language is the page's own, which the
// browser asked for.
func signUpInput(c echo.Context) models.SignUpInput {
	return models.SignUpInput{
		ProfileInput: models.ProfileInput{
			Name: c.FormValue("name"), Lang: say.In(c.Request().Context()).Lang, Zone: models.GuessZone(c.FormValue("zone")),
		},
		Email: c.FormValue("email"), Password: c.FormValue("password"),
	}
}

func signUpForm(c echo.Context, in models.SignUpInput, f *fault.Fault) views.SignUpForm {
	return views.SignUpForm{Name: in.Name, Email: in.Email, Zone: in.Zone, Invitation: c.FormValue("invitation"), Next: localPath(c.FormValue("next")), Problem: f}
}
