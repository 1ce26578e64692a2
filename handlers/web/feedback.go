package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowNewRemark asks what somebody wants to say about the page that they were on.
func (w *Web) ShowNewRemark(c echo.Context) error {
	return showRemark(c, http.StatusOK, views.RemarkForm{RemarkInput: models.RemarkInput{Page: PlainPath(cameFrom(c).Path)}})
}

func showRemark(c echo.Context, status int, form views.RemarkForm) error {
	if fragment(c) {
		return show(c, status, views.RemarkDialog(form))
	}
	return show(c, status, views.NewRemark(form))
}

// CreateRemark sends it to those who run the server.
func (w *Web) CreateRemark(c echo.Context) error {
	path, _, _ := strings.Cut(clean(field(c, "page")), "?")
	if path != "" {
		path = PlainPath(localPath(path))
	}
	in := models.RemarkInput{Kind: models.RemarkKind(clean(field(c, "kind"))), Page: path, Body: c.FormValue("body")}
	err := w.Store.SendRemark(c.Request().Context(), actor(c), in)
	switch f := fault.From(err); {
	case f != nil && (f.Kind == fault.Invalid || f.Kind == fault.TooMany):
		return showRemark(c, Status(f.Kind), views.RemarkForm{RemarkInput: in, Problem: f})
	case err != nil:
		return err
	case fragment(c):
		return show(c, http.StatusOK, views.RemarkThanks())
	}
	return show(c, http.StatusOK, views.RemarkSent(in.Page))
}

// PlainPath is a path without what would let a reader of it in: the tokens of
// invitations and of links to a step.
func PlainPath(path string) string {
	for _, secret := range []string{"/invitations/", "/step/", "/shown/"} {
		if strings.HasPrefix(path, secret) {
			return secret + "…"
		}
	}
	return path
}

// ShowMyRemarks lists what the person has said, and what was answered.
func (w *Web) ShowMyRemarks(c echo.Context) error {
	below := clean(c.QueryParam("before"))
	v, err := w.Store.MyRemarks(c.Request().Context(), actor(c), below)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.MyRemarks(v, below))
}

// ReadRemark marks what was answered as read.
func (w *Web) ReadRemark(c echo.Context) error {
	if err := w.Store.ReadRemark(c.Request().Context(), actor(c), c.Param("remark"), seen(c)); err != nil {
		return err
	}
	return goTo(c, "/feedback/mine#remark-"+c.Param("remark"))
}

// ShowRemarks lists what people have said, for administrators.
func (w *Web) ShowRemarks(c echo.Context) error {
	return w.showRemarks(c, http.StatusOK, views.RemarksPage{})
}

func (w *Web) showRemarks(c echo.Context, status int, p views.RemarksPage) (err error) {
	state := models.RemarkState(field(c, "show"))
	if !slices.Contains(models.RemarkStates, state) {
		state = ""
	}
	p.Below = clean(field(c, "before"))
	if p.RemarksView, err = w.Store.Remarks(c.Request().Context(), actor(c), state, p.Below); err != nil {
		return err
	}
	return show(c, status, views.Remarks(p))
}

// EditRemarkAnswer answers a remark. An answer that is refused comes back with all
// remarks, so that nothing of it is lost.
func (w *Web) EditRemarkAnswer(c echo.Context) error {
	remark, answer := c.Param("remark"), c.FormValue("answer")
	err := w.Store.AnswerRemark(c.Request().Context(), actor(c), remark, seen(c), answer)
	if status, showable := refusal(err); showable {
		return w.showRemarks(c, status, views.RemarksPage{Remark: remark, Typed: answer, Problem: fault.From(err)})
	}
	return w.afterRemark(c, err)
}

// CloseRemark says that nothing more comes of a remark.
func (w *Web) CloseRemark(c echo.Context) error {
	return w.afterRemark(c, w.Store.CloseRemark(c.Request().Context(), actor(c), c.Param("remark")))
}

// ReopenRemark takes that back.
func (w *Web) ReopenRemark(c echo.Context) error {
	return w.afterRemark(c, w.Store.ReopenRemark(c.Request().Context(), actor(c), c.Param("remark")))
}

// afterRemark leads back to the list that the form was in.
func (w *Web) afterRemark(c echo.Context, err error) error {
	if err != nil {
		return err
	}
	return goTo(c, string(views.RemarksAt(models.RemarkState(field(c, "show")), clean(field(c, "before"))))+"#remark-"+c.Param("remark"))
}
