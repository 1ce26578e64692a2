package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// CreateInvitation makes a link and shows it, the only time that it can be shown:
// so this form is answered with a page and not with a redirect.
func (w *Web) CreateInvitation(c echo.Context) error {
	form := views.InvitationForm{Label: c.FormValue("label"), Role: c.FormValue("role"), Days: field(c, "days"), Uses: c.FormValue("uses"), Board: field(c, "board")}
	token, err := w.invite(c, form)
	if err != nil {
		return w.peopleAgain(c, err, func(v *views.PeopleView, f *fault.Fault) {
			v.Form = form
			v.Form.Problem = f
		})
	}
	v, err := w.people(c)
	if err != nil {
		return err
	}
	v.Link = w.link(c, "/invitations/"+token)
	if form.Board != "" {
		v.Link += "?" + url.Values{"next": {boardPath(form.Board)}}.Encode()
	}
	return show(c, http.StatusCreated, views.PeoplePage(v))
}

func (w *Web) invite(c echo.Context, form views.InvitationForm) (string, error) {
	days, err := strconv.Atoi(form.Days)
	if err != nil {
		days = 0 // out of range, as the store will say
	}
	in := models.InvitationInput{Label: form.Label, Role: access.Role(form.Role), Days: days, Once: form.Uses != "0"}
	return w.Store.Invite(c.Request().Context(), actor(c), c.Param("team"), in)
}

// link is an address that can be passed on to somebody.
func (w *Web) link(c echo.Context, path string) string {
	if w.URL == nil {
		return c.Scheme() + "://" + c.Request().Host + path
	}
	return w.URL.JoinPath(path).String()
}

// RevokeInvitation makes a link useless.
func (w *Web) RevokeInvitation(c echo.Context) error {
	if err := w.Store.RevokeInvitation(c.Request().Context(), actor(c), c.Param("team"), c.Param("invitation")); err != nil {
		return err
	}
	return goTo(c, peoplePath(c)+"?done=withdrawn")
}

// ShowInvitation is the page behind a link. Members are led to their team.
func (w *Web) ShowInvitation(c echo.Context) error {
	ctx, token := c.Request().Context(), c.Param("token")
	inv, member, err := w.Store.Invitation(ctx, actor(c), token)
	if err != nil {
		return err
	}
	next := localPath(c.QueryParam("next"))
	if member {
		return goTo(c, w.arrival(ctx, actor(c), inv.TeamID, next))
	}
	open := w.Store.MaySignUp(ctx, token) == nil
	return show(c, http.StatusOK, views.InvitedPage(views.InvitedView{InvitationView: inv, Token: token, Next: next, SignUpOpen: open}))
}

// CreateAcceptance joins the team behind the link.
func (w *Web) CreateAcceptance(c echo.Context) error {
	team, err := w.Store.AcceptInvitation(c.Request().Context(), actor(c), c.Param("token"))
	if err != nil {
		return err
	}
	return goTo(c, w.arrival(c.Request().Context(), actor(c), team, c.FormValue("next")))
}
