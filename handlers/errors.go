package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"relevo/handlers/web"
	"relevo/models/fault"
	"relevo/views"
)

// fail answers every error that a handler returns.
func (a App) fail(err error, c echo.Context) {
	if c.Response().Committed || gone(c, err) {
		return
	}
	f := asFault(err)
	status := http.StatusInternalServerError
	if f != nil {
		status, err = web.Status(f.Kind), f
	} else {
		a.Log.ErrorContext(c.Request().Context(), "request failed", "id", requestID(c), "method", c.Request().Method,
			"path", plainPath(c), "err", err)
	}
	if status == http.StatusUnauthorized && a.toSignIn(c) == nil {
		return
	}
	if broken := answer(c, status, err); broken != nil {
		a.Log.ErrorContext(c.Request().Context(), "the answer failed too", "id", requestID(c), "err", broken)
		web.Leave(c) // what surrounds a page may be what is broken
		if err := answer(c, status, err); err != nil && !c.Response().Committed {
			c.Response().WriteHeader(status)
		}
	}
}

// gone reports whether nobody waits for the answer any more.
func gone(c echo.Context, err error) bool {
	return errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil
}

// asFault turns what echo refuses by itself into faults; nil if err is a bug or
// an outage.
func asFault(err error) *fault.Fault {
	if f := fault.From(err); f != nil {
		return f
	}
	var refused *echo.HTTPError
	if !errors.As(err, &refused) || refused.Code >= 500 {
		return nil
	}
	switch refused.Code {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return fault.New(fault.Missing, fault.NotFound)
	case http.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, fault.TooBig)
	}
	return fault.New(fault.Invalid, fault.BadRequest)
}

var errNotSent = errors.New("not a request to send elsewhere")

// toSignIn sends someone who looks at a page to sign in and back.
func (a App) toSignIn(c echo.Context) error {
	r := c.Request()
	if web.Fragment(c) {
		next := ""
		if at, err := url.Parse(r.Header.Get("HX-Current-URL")); err == nil {
			next = at.RequestURI()
		}
		if r.Method != http.MethodGet { // what was typed stays, and can be sent again
			c.Response().Header().Set("HX-Reswap", "none")
			return web.Show(c, http.StatusUnauthorized, views.SignInNotice(web.SignInPath(next)))
		}
		c.Response().Header().Set("HX-Redirect", web.SignInPath(next))
		return c.NoContent(http.StatusUnauthorized)
	}
	if r.Method != http.MethodGet || r.Header.Get("Accept") == "text/event-stream" {
		return errNotSent
	}
	return c.Redirect(http.StatusSeeOther, web.SignInPath(r.URL.RequestURI()))
}

// answer words the failure: beside the page for htmx, as a page of its own
// otherwise.
func answer(c echo.Context, status int, err error) error {
	if web.Fragment(c) {
		if c.Response().Header().Get("HX-Retarget") == "" {
			c.Response().Header().Set("HX-Reswap", "none") // the notice goes out of band
		}
		return web.Show(c, status, views.Notice(err, requestID(c)))
	}
	return web.Show(c, status, views.FaultPage(status, err, requestID(c)))
}
