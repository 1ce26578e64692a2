package web

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowMyErasure says what erasing one's own account comes to.
func (w *Web) ShowMyErasure(c echo.Context) error {
	v, err := w.Store.MyErasure(c.Request().Context(), actor(c))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ErasurePage(views.ErasureForm{ErasureView: v, Own: true}))
}

// CreateMyErasure erases whoever asks, who is then a stranger.
func (w *Web) CreateMyErasure(c echo.Context) error {
	ctx, who := c.Request().Context(), actor(c)
	in := erasing(c, who.Lang)
	in.Password = c.FormValue("current")
	if err := w.Store.EraseMe(ctx, who, in); err != nil {
		v, broken := w.Store.MyErasure(ctx, who)
		if broken != nil {
			return broken
		}
		return again(c, err, func(f *fault.Fault) templ.Component {
			return views.ErasurePage(views.ErasureForm{ErasureView: v, Own: true, Typed: in.Typed, Problem: f})
		})
	}
	if err := w.Sessions.end(c.Request(), c.Response()); err != nil {
		return err
	}
	Leave(c)
	return show(c, http.StatusOK, views.SignInPage(views.SignInForm{Erased: true, SignUpOpen: w.Store.MaySignUp(ctx, "") == nil}))
}

// ShowErasure finds an account for the administrator, and says what erasing it comes to.
func (w *Web) ShowErasure(c echo.Context) error {
	v, err := w.Store.ErasureOf(c.Request().Context(), actor(c), c.QueryParam("email"))
	if err != nil {
		return findAgain(c, err)
	}
	return show(c, http.StatusOK, views.ErasurePage(views.ErasureForm{ErasureView: v}))
}

// CreateErasure erases somebody, by the administrator.
func (w *Web) CreateErasure(c echo.Context) error {
	ctx := c.Request().Context()
	v, err := w.Store.ErasureOf(ctx, actor(c), c.FormValue("email"))
	if err != nil {
		return findAgain(c, err)
	}
	if v.User.ID == actor(c).ID {
		return goTo(c, "/account/erasure") // there the password is asked
	}
	in := erasing(c, v.User.Lang)
	if err := w.Store.EraseUser(ctx, actor(c), v.User.ID, in); err != nil {
		return again(c, err, func(f *fault.Fault) templ.Component {
			return views.ErasurePage(views.ErasureForm{ErasureView: v, Typed: in.Typed, Problem: f})
		})
	}
	return goTo(c, "/settings?erased=1")
}

// erasing reads the form. The pseudonym is in the language of whoever is erased.
func erasing(c echo.Context, lang string) models.Erasing {
	return models.Erasing{Typed: field(c, "typed"), Called: say.In(say.With(context.Background(), lang)).Erase.Called}
}

func findAgain(c echo.Context, err error) error {
	return again(c, err, func(f *fault.Fault) templ.Component { return views.FindToErasePage(field(c, "email"), f) })
}
