package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models/fault"
	"relevo/views"
)

// ShowSignUp asks for what an account needs.
func (w *Web) ShowSignUp(c echo.Context) error {
	invitation := c.QueryParam("invitation")
	if actor(c).ID != "" {
		return goTo(c, afterSignIn(c.QueryParam("next"), invitation))
	}
	unclaimed, err := w.Store.Unclaimed(c.Request().Context())
	if err != nil {
		return err
	}
	if unclaimed {
		return goTo(c, "/welcome")
	}
	if err := w.Store.MaySignUp(c.Request().Context(), invitation); err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SignUpPage(views.SignUpForm{Invitation: invitation, Next: localPath(c.QueryParam("next"))}))
}

// CreateAccount makes an account. The answer is the same whether the address was
// free or not: the form to log in, since only who knows the password may see more.
func (w *Web) CreateAccount(c echo.Context) error {
	in, invitation := signUpInput(c), c.FormValue("invitation")
	if err := w.Store.SignUp(c.Request().Context(), actor(c), in, invitation); err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component { return views.SignUpPage(signUpForm(c, in, f)) })
	}
	return show(c, http.StatusOK, views.SignInPage(views.SignInForm{Email: field(c, "email"), Next: localPath(c.FormValue("next")), Invitation: invitation, SignedUp: true}))
}

// ShowSignIn asks who it is.
func (w *Web) ShowSignIn(c echo.Context) error {
	form := views.SignInForm{Next: localPath(c.QueryParam("next")), Invitation: c.QueryParam("invitation")}
	if actor(c).ID != "" {
		return goTo(c, afterSignIn(form.Next, form.Invitation))
	}
	unclaimed, err := w.Store.Unclaimed(c.Request().Context())
	if err != nil {
		return err
	}
	if unclaimed {
		return goTo(c, "/welcome")
	}
	form.SignUpOpen = w.Store.MaySignUp(c.Request().Context(), form.Invitation) == nil
	return show(c, http.StatusOK, views.SignInPage(form))
}

// CreateSession signs somebody in, and into the team that invited them.
func (w *Web) CreateSession(c echo.Context) error {
	ctx, r := c.Request().Context(), c.Request()
	form := views.SignInForm{Email: field(c, "email"), Next: localPath(c.FormValue("next")), Invitation: c.FormValue("invitation")}
	before, old := actor(c), w.Sessions.token(r)
	user, token, err := w.Store.SignIn(ctx, before, form.Email, c.FormValue("password"), r.UserAgent())
	if err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component {
			form.Problem = f
			form.SignUpOpen = w.Store.MaySignUp(ctx, form.Invitation) == nil
			return views.SignInPage(form)
		})
	}
	if old != "" {
		if err := w.Store.SignOut(ctx, before, old); err != nil {
			return err
		}
	}
	if err := w.Sessions.start(r, c.Response(), token); err != nil {
		return err
	}
	if form.Invitation != "" {
		team, err := w.Store.AcceptInvitation(ctx, before.As(user), form.Invitation)
		if fault.From(err) != nil {
			return goTo(c, afterSignIn(form.Next, form.Invitation)) // the page there says why
		}
		if err != nil {
			return err
		}
		return goTo(c, w.arrival(ctx, before.As(user), team, form.Next))
	}
	return goTo(c, form.Next)
}

// DeleteSession signs out.
func (w *Web) DeleteSession(c echo.Context) error {
	if token := w.Sessions.token(c.Request()); token != "" {
		if err := w.Store.SignOut(c.Request().Context(), actor(c), token); err != nil {
			return err
		}
	}
	if err := w.Sessions.end(c.Request(), c.Response()); err != nil {
		return err
	}
	return goTo(c, "/sign-in")
}

func afterSignIn(next, invitation string) string {
	if invitation != "" {
		path := "/invitations/" + url.PathEscape(invitation)
		if next = localPath(next); next != "/" {
			path += "?" + url.Values{"next": {next}}.Encode()
		}
		return path
	}
	return localPath(next)
}

// SignInPath is the page to sign in at, for someone who wanted next.
func SignInPath(next string) string {
	if next = localPath(next); next == "/" {
		return "/sign-in"
	}
	return "/sign-in?" + url.Values{"next": {next}}.Encode()
}

// localPath returns next if it is an address of ours, and the start page if a
// browser might leave for another host by it.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return next
}
