package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowAccount is a person's own page.
func (w *Web) ShowAccount(c echo.Context) error {
	v, err := w.account(c)
	if err != nil {
		return err
	}
	v.Done = c.QueryParam("done")
	return show(c, http.StatusOK, views.AccountPage(v))
}

func (w *Web) account(c echo.Context) (v views.AccountView, err error) {
	ctx, who := c.Request().Context(), actor(c)
	if v.User, err = w.Store.Me(ctx, who); err != nil {
		return v, err
	}
	v.Profile = models.ProfileInput{Name: v.User.Name, Lang: v.User.Lang, Zone: v.User.Zone, NoShortcuts: v.User.NoShortcuts, Away: v.User.Away}
	v.Current = models.SessionID(w.Sessions.token(c.Request()))
	v.Sessions, err = w.Store.Sessions(ctx, who)
	return v, err
}

// EditProfile changes name, language and time zone.
func (w *Web) EditProfile(c echo.Context) error {
	in := models.ProfileInput{Name: c.FormValue("name"), Lang: c.FormValue("lang"), Zone: c.FormValue("zone"),
		NoShortcuts: c.FormValue("no_shortcuts") == "on",
		Away:        models.Away{AwayFrom: models.Date(clean(c.FormValue("away_from"))), AwayUntil: models.Date(clean(c.FormValue("away_until")))}}
	if err := w.Store.EditProfile(c.Request().Context(), actor(c), in); err != nil {
		return w.accountAgain(c, err, func(v *views.AccountView, f *fault.Fault) { v.Profile, v.ProfileProblem = in, f })
	}
	return goTo(c, "/account?done=profile")
}

// EditPassword changes the password, which ends the other sessions.
func (w *Web) EditPassword(c echo.Context) error {
	token := w.Sessions.token(c.Request())
	if err := w.Store.ChangePassword(c.Request().Context(), actor(c), token, c.FormValue("current"), c.FormValue("password")); err != nil {
		return w.accountAgain(c, err, func(v *views.AccountView, f *fault.Fault) { v.PasswordProblem = f })
	}
	return goTo(c, "/account?done=password")
}

func (w *Web) accountAgain(c echo.Context, err error, with func(*views.AccountView, *fault.Fault)) error {
	if fault.From(err) == nil {
		return err
	}
	v, broken := w.account(c)
	if broken != nil {
		return broken
	}
	return again(c, err, func(f *fault.Fault) templ.Component {
		with(&v, f)
		return views.AccountPage(v)
	})
}

// RevokeSession signs another browser out.
func (w *Web) RevokeSession(c echo.Context) error {
	if err := w.Store.RevokeSession(c.Request().Context(), actor(c), c.Param("session")); err != nil {
		return err
	}
	return goTo(c, "/account?done=session")
}

// RevokeOtherSessions signs all other browsers out.
func (w *Web) RevokeOtherSessions(c echo.Context) error {
	if err := w.Store.RevokeOtherSessions(c.Request().Context(), actor(c), w.Sessions.token(c.Request())); err != nil {
		return err
	}
	return goTo(c, "/account?done=sessions")
}

// ShowServerSettings is the administrator's page.
func (w *Web) ShowServerSettings(c echo.Context) error {
	mode, err := w.Store.SignUpMode(c.Request().Context())
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ServerSettingsPage(views.SettingsView{SignUp: mode, Done: c.QueryParam("done") != "", Erased: c.QueryParam("erased") != ""}))
}

// EditServerSettings decides who may make an account.
func (w *Web) EditServerSettings(c echo.Context) error {
	mode := models.SignUpMode(c.FormValue("sign_up"))
	if err := w.Store.SetSignUp(c.Request().Context(), actor(c), mode); err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component {
			return views.ServerSettingsPage(views.SettingsView{SignUp: mode, Problem: f})
		})
	}
	return goTo(c, "/settings?done=1")
}
