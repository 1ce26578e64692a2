package web

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"
)

// themeCookie keeps light or dark per browser: it is a matter of the screen, not
// of the person.
const themeCookie = "theme"

// ChooseTheme makes the pages of this browser light, dark, or like its system.
func (w *Web) ChooseTheme(c echo.Context) error {
	cookie := &http.Cookie{
		Name: themeCookie, Value: known(c.FormValue("theme")), Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: w.URL != nil && w.URL.Scheme == "https",
	}
	if cookie.Value == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
	if fragment(c) {
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, cameFrom(c).RequestURI())
}

// cameFrom is the page of ours on which something was chosen; the start page if the
// browser does not say.
func cameFrom(c echo.Context) *url.URL {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host {
		return &url.URL{Path: "/"}
	}
	return from
}

func theme(c echo.Context) string {
	cookie, err := c.Cookie(themeCookie)
	if err != nil {
		return ""
	}
	return known(cookie.Value)
}

// known passes on a theme's name; anything else is the system's own.
func known(theme string) string {
	if theme == "light" || theme == "dark" {
		return theme
	}
	return ""
}
