// Package web holds the pages and the HTMX fragments, a file per noun. A handler
// reads single values, calls one verb of the store and renders; it returns errors,
// and one place in package handlers answers them.
package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/feed"
	"relevo/views"
)

// Web is what the handlers of pages need.
type Web struct {
	Store    *models.Store
	Feed     *feed.Feed
	Sessions *Sessions
	URL      *url.URL // the public address, for links that people pass on
	Ready    func(context.Context) error
	Ending   <-chan struct{} // closed when the server begins to stop; nil: never

	bodies    bodies
	uploading uploading
	underway  underway
}

const actorKey, webKey = "actor", "web"

// Enter tells the handlers of this request who asks. Every request passes it.
func (w *Web) Enter(c echo.Context, who models.Actor) {
	c.Set(webKey, w)
	c.Set(actorKey, who)
}

// Leave forgets who asks: the page is then the one for strangers.
func Leave(c echo.Context) {
	c.Set(webKey, nil)
	c.Set(actorKey, nil)
}

// ActorOf returns who asks; nobody, if the request did not come that far.
func ActorOf(c echo.Context) models.Actor {
	who, _ := c.Get(actorKey).(models.Actor)
	return who
}

func actor(c echo.Context) models.Actor { return ActorOf(c) }

// Show writes a view as the answer, through a buffer, so that a failure never
// leaves half a page.
func Show(c echo.Context, status int, view templ.Component) error {
	page, err := render(c, view)
	if err != nil {
		return err
	}
	return c.HTMLBlob(status, page)
}

// render makes a view's HTML, in the frame of whoever asks.
func render(c echo.Context, view templ.Component) ([]byte, error) {
	frame := views.Frame{Who: actor(c), Now: now(c)}
	if w, ok := c.Get(webKey).(*Web); ok && !Fragment(c) {
		if err := w.surround(c, &frame); err != nil {
			return nil, err
		}
	}
	var page bytes.Buffer
	err := view.Render(views.WithFrame(c.Request().Context(), frame), &page)
	return page.Bytes(), err
}

func show(c echo.Context, status int, view templ.Component) error { return Show(c, status, view) }

// surround gathers what surrounds every full page.
func (w *Web) surround(c echo.Context, frame *views.Frame) error {
	frame.Path, frame.Theme = c.Request().URL.Path, theme(c)
	if frame.Who.ID == "" {
		return nil
	}
	var err error
	if frame.Teams, err = w.Store.Teams(c.Request().Context(), frame.Who); err != nil {
		return err
	}
	frame.Unread, err = w.Store.UnreadNotices(c.Request().Context(), frame.Who)
	return err
}

// now is the time on the clock of whoever asks.
func now(c echo.Context) time.Time {
	return time.Now().In(models.Zone(actor(c).Zone))
}

// Fragment reports whether htmx asks for a part of a page, not for a page.
func Fragment(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") != "" && h.Get("HX-Boosted") == "" && h.Get("HX-History-Restore-Request") == ""
}

func fragment(c echo.Context) bool { return Fragment(c) }

// seen is the version of the thing that the form was filled in for; 0 if it does
// not say, which is older than any.
func seen(c echo.Context) int64 {
	n, _ := strconv.ParseInt(c.FormValue("version"), 10, 64)
	return n
}

// allow refuses a role that is too weak for act, on pages that are only for those
// who may; what they lead to asks again.
func allow(role access.Role, act access.Action) error {
	if !access.Can(role, act) {
		return fault.New(fault.Forbidden, fault.NotAllowed)
	}
	return nil
}

// goTo answers a change that succeeded with the page to look at next.
func goTo(c echo.Context, path string) error {
	if fragment(c) {
		c.Response().Header().Set("HX-Redirect", path) // not HX-Location, which asks for a fragment again
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// refused returns the fault if err is one that a form can show beside its fields.
func refused(err error) *fault.Fault {
	if f := fault.From(err); f != nil && f.Kind == fault.Invalid {
		return f
	}
	return nil
}

// field reads a value of the form without the white space around it.
func field(c echo.Context, name string) string { return strings.TrimSpace(c.FormValue(name)) }
