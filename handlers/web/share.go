package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowRunLinks lists the links that show a run's diagram elsewhere.
func (w *Web) ShowRunLinks(c echo.Context) error {
	return w.showRunLinks(c, http.StatusOK, views.ShareForm{})
}

func (w *Web) showRunLinks(c echo.Context, status int, form views.ShareForm) error {
	v, err := w.Store.RunLinks(c.Request().Context(), actor(c), c.Param("run"))
	if err != nil {
		return err
	}
	return show(c, status, views.RunLinksPage(v, form))
}

// CreateRunLink makes a link and shows it, the only time that it can be shown: so this
// form is answered with a page and not with a redirect.
func (w *Web) CreateRunLink(c echo.Context) error {
	form := views.ShareForm{Place: clean(field(c, "place")), Days: clean(field(c, "days")), Names: field(c, "names") != ""}
	in := models.RunLinkInput{Place: form.Place, Names: form.Names}
	if form.Days != "" {
		var err error
		if in.Days, err = strconv.Atoi(form.Days); err != nil || in.Days == 0 {
			in.Days = -1 // out of range, as the store will say
		}
	}
	token, l, err := w.Store.MakeRunLink(c.Request().Context(), actor(c), c.Param("run"), in)
	if err == nil {
		return show(c, http.StatusCreated, views.RunLinkMadePage(c.Param("run"), w.link(c, "/shown/"+token), l))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	form.Problem = fault.From(err)
	return w.showRunLinks(c, status, form)
}

// DeleteRunLink makes a link useless.
func (w *Web) DeleteRunLink(c echo.Context) error {
	if err := w.Store.RevokeRunLink(c.Request().Context(), actor(c), c.Param("run"), c.Param("link")); err != nil {
		return err
	}
	return goTo(c, runPath(c.Param("run"))+"/links")
}

// ShowShown shows the diagram behind a link to whoever holds it, inside of other pages
// too.
func (w *Web) ShowShown(c echo.Context) error {
	v, chart, err := w.Store.ShownRun(c.Request().Context(), actor(c), c.Param("token"))
	if err != nil {
		return outsideFault(c, err)
	}
	alone(c)
	elsewhere(c, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *")
	return show(c, http.StatusOK, views.ShownPage(v, chart))
}

// ShowShownPicture is the diagram alone, as a picture for other pages.
func (w *Web) ShowShownPicture(c echo.Context) error {
	v, chart, err := w.Store.ShownRun(c.Request().Context(), actor(c), c.Param("token"))
	if err != nil {
		return outsideFault(c, err)
	}
	alone(c)
	body, err := render(c, views.CarryShown(framed(c), v, chart).SVG())
	if err != nil {
		return err
	}
	elsewhere(c, "default-src 'none'; style-src "+styleHash+"; frame-ancestors *; sandbox")
	return c.Blob(http.StatusOK, "image/svg+xml", body)
}

// styleHash lets a picture have the styles that stand in it, and no others.
var styleHash = func() string {
	sum := sha256.Sum256([]byte(views.CarriedStyle()))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// elsewhere lets other pages show an answer.
func elsewhere(c echo.Context, policy string) {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", policy)
	h.Del("X-Frame-Options")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}
