// Package handlers is the edge: it turns requests into verbs of the store and
// results into views. routes.go is the one table of addresses; edge.go says who
// asks, in which language, and what every request goes through; errors.go answers
// what went wrong.
package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"relevo/handlers/web"
	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/feed"
	"relevo/models/ledger"
	"relevo/views/say"
)

// App is what the edge needs.
type App struct {
	Store          *models.Store
	Feed           *feed.Feed
	URL            *url.URL                    // the public address; https makes cookies secure
	TrustedProxies []netip.Prefix              // whose X-Forwarded-For is believed; none: nobody's
	Log            *slog.Logger                // nil: the default one
	Ready          func(context.Context) error // what /readyz asks
	Ending         <-chan struct{}             // closed when the server begins to stop, so that streams end; nil: never
}

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// mostBody is the most that a request may carry, in bytes as echo writes them.
const mostBody = "2M"

// New returns the whole web face.
func New(a App) *echo.Echo {
	if a.Log == nil {
		a.Log = slog.Default()
	}
	w := &web.Web{Store: a.Store, Feed: a.Feed, URL: a.URL, Ready: a.Ready, Ending: a.Ending, Sessions: web.NewSessions(a.Store, a.secure())}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = addresses(a.TrustedProxies)
	e.HTTPErrorHandler = a.fail
	e.Pre(identify, a.logging(), middleware.RecoverWithConfig(a.recovery()), a.headers, language,
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: mostBody, Skipper: uploads}), a.sameOrigin(), readForm,
		middleware.MethodOverrideWithConfig(middleware.MethodOverrideConfig{Getter: overridden}))
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Skipper: streamed, MinLength: 1024}), a.who(w), readablePath)
	for _, r := range Routes(w) {
		e.Add(r.Method, r.Path, r.Handler, need(r.Action))
	}
	return e
}

func (a App) secure() bool { return a.URL != nil && a.URL.Scheme == "https" }

// identify gives the request the ID under which the logs know it.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderXRequestID, strings.ToLower(rand.Text()[:12]))
		return next(c)
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func (a App) logging() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		HandleError: true, LogStatus: true, LogLatency: true, LogMethod: true, LogRemoteIP: true, LogResponseSize: true,
		Skipper: func(c echo.Context) bool { return quiet(c.Request().URL.Path) },
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			a.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request", slog.String("id", requestID(c)),
				slog.String("method", v.Method), slog.String("path", plainPath(c)), slog.Int("status", v.Status),
				slog.Duration("took", v.Latency), slog.Int64("bytes", v.ResponseSize), slog.String("address", v.RemoteIP))
			return nil
		},
	})
}

// quiet paths are asked for all the time and say nothing.
func quiet(path string) bool {
	return path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, staticRoot)
}

// plainPath is the path without what would let a reader of the log in: the tokens
// of invitations and of links to a step. The query is left out for the same reason.
func plainPath(c echo.Context) string {
	return web.PlainPath(c.Request().URL.Path)
}

func (a App) recovery() middleware.RecoverConfig {
	return middleware.RecoverConfig{DisableStackAll: true, LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		return fmt.Errorf("panic: %w\n%s", err, stack)
	}}
}

func (a App) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		if a.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !strings.HasPrefix(c.Request().URL.Path, staticRoot) {
			h.Set("Cache-Control", "no-store")
			h.Add("Vary", "Accept-Language, HX-Request")
		}
		return next(c)
	}
}

// language speaks as the browser asks until the session says better.
func language(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		speak(c, say.Match(c.Request().Header.Get("Accept-Language")))
		return next(c)
	}
}

// speak changes the request in place: echo routes the one that came in, and the
// method that is overridden later must be that one's.
func speak(c echo.Context, lang string) {
	r := c.Request()
	*r = *r.WithContext(say.With(r.Context(), lang))
}

// sameOrigin refuses changes that another site's page asks for. It runs before
// the method is overridden, so that what counts is the method that was sent.
func (a App) sameOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	if a.URL != nil && a.URL.Host != "" {
		if err := protection.AddTrustedOrigin(a.URL.Scheme + "://" + a.URL.Host); err != nil {
			a.Log.Error("the public address is no origin", "err", err)
		}
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return fault.New(fault.Forbidden, fault.OtherOrigin)
			}
			return next(c)
		}
	}
}

// readForm reads the form once, so that what cannot be read is told, not taken
// for empty fields.
func readForm(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if uploads(c) {
			return next(c)
		}
		err := c.Request().ParseForm()
		if err == nil && strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm) {
			err = c.Request().ParseMultipartForm(1 << 20)
		}
		if errors.Is(err, echo.ErrStatusRequestEntityTooLarge) {
			return fault.New(fault.TooLarge, fault.TooBig)
		}
		if err != nil {
			return fault.New(fault.Invalid, fault.BadRequest)
		}
		printable(c.Request().Form)
		printable(c.Request().PostForm)
		return next(c)
	}
}

// uploads are requests whose large body is read by their handler, within a limit
// of its own, once it is known that whoever sends it may.
func uploads(c echo.Context) bool {
	r := c.Request()
	return r.Method == http.MethodPost && uploadPath.MatchString(r.URL.Path)
}

var uploadPath = regexp.MustCompile(`^/(teams/[^/]+/imports|tasks/[^/]+/files)$`)

// printable takes out what is no text in any language and what databases refuse.
func printable(form url.Values) {
	for _, values := range form {
		for i, v := range values {
			values[i] = strings.ReplaceAll(strings.ToValidUTF8(v, ""), "\x00", "")
		}
	}
}

// overridden is the method that a form means; only the two that HTML cannot say.
func overridden(c echo.Context) string {
	if uploads(c) {
		return ""
	}
	switch m := c.FormValue("_method"); m {
	case http.MethodPut, http.MethodDelete:
		return m
	}
	return ""
}

// streamed answers compress by themselves, or not at all.
func streamed(c echo.Context) bool {
	return slices.Contains(byThemselves, c.Path()) || strings.HasPrefix(c.Request().URL.Path, staticRoot)
}

var byThemselves = []string{"/events", "/boards/:board", "/boards/:board/changes", "/boards/:board/calendar", "/boards/:board/timeline", "/boards/:board/diagram",
	"/boards/:board/table", "/boards/:board/table/rows", "/boards/:board/dependencies", "/tasks/:task/files/:file", "/tasks/:task/files/:file/thumbnail",
	"/teams/:team/log/exports"}

// who finds out who asks and speaks their language.
func (a App) who(w *web.Web) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if quiet(c.Request().URL.Path) {
				return next(c)
			}
			who := models.Actor{Kind: ledger.Person, Lang: say.In(c.Request().Context()).Lang, Zone: "UTC"}
			user, err := w.Sessions.User(c.Request(), c.Response())
			if err != nil {
				return err
			}
			if user != nil {
				who = who.As(*user)
				speak(c, who.Lang)
			}
			who.Request, who.Address = requestID(c), c.RealIP()
			w.Enter(c, who)
			return next(c)
		}
	}
}

// readablePath knows that nothing has a name which is no text.
func readablePath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, v := range c.ParamValues() {
			if !utf8.ValidString(v) || strings.Contains(v, "\x00") {
				return fault.New(fault.Missing, fault.NotFound)
			}
		}
		return next(c)
	}
}

// need lets pass whom the table lets pass. The actions of a team are asked again
// by the store, which knows the role.
func need(act access.Action) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			who := web.ActorOf(c)
			switch {
			case act == access.Anyone:
			case who.ID == "":
				return fault.New(fault.Unknown, fault.SignIn)
			case act == access.Administer && !who.Admin:
				return fault.New(fault.Missing, fault.NotFound)
			}
			return next(c)
		}
	}
}

// addresses finds the address that a request came from. X-Forwarded-For counts
// only as far as proxies vouch for it that the administrator trusts.
func addresses(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		bits := p.Addr().BitLen()
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), bits)}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// staticRoot is the path below which files lie that are the same for everyone.
const staticRoot = "/static/"
