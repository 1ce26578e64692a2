package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// CreateStepLink makes a link to a step for somebody outside and shows it, the only time
// that it can be shown: so this form is answered with a page and not with a redirect.
func (w *Web) CreateStepLink(c echo.Context) error {
	run, task := c.Param("run"), c.Param("task")
	if err := w.Store.StepOf(c.Request().Context(), actor(c), run, task); err != nil {
		return err
	}
	form := views.LinkForm{Run: run, Task: task, Whom: clean(field(c, "whom")), Days: clean(field(c, "days"))}
	days, err := strconv.Atoi(form.Days)
	if err != nil {
		days = 0 // out of range, as the store will say
	}
	token, link, err := w.Store.MakeStepLink(c.Request().Context(), actor(c), task, models.StepLinkInput{Whom: form.Whom, Days: days})
	if err == nil {
		return show(c, http.StatusCreated, views.LinkMadePage(run, w.link(c, "/step/"+token), link))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	form.Problem = fault.From(err)
	return show(c, status, views.LinkRefusedPage(form))
}

// DeleteStepLink makes a link useless.
func (w *Web) DeleteStepLink(c echo.Context) error {
	return w.onStep(c, func() error {
		return w.Store.RevokeStepLink(c.Request().Context(), actor(c), c.Param("task"), c.Param("link"))
	})
}

// ShowOutside shows the step behind a link to whoever holds it.
func (w *Web) ShowOutside(c echo.Context) error {
	v, err := w.Store.Outside(c.Request().Context(), actor(c), c.Param("token"))
	if err != nil {
		return outsideFault(c, err)
	}
	return showOutside(c, http.StatusOK, views.OutsideForm{OutsideView: v, Token: c.Param("token")})
}

// CreateOutsideAnswers keeps what was filled in and ticked.
func (w *Web) CreateOutsideAnswers(c echo.Context) error {
	return w.outside(c, w.Store.AnswerOutside, func() error {
		v, err := w.Store.Outside(c.Request().Context(), actor(c), c.Param("token"))
		if err != nil {
			return outsideFault(c, err)
		}
		return showOutside(c, http.StatusOK, views.OutsideForm{OutsideView: v, Token: c.Param("token"), Kept: true})
	})
}

// CreateOutsideCompletion is done with the step. The link is used up: nothing leads back.
func (w *Web) CreateOutsideCompletion(c echo.Context) error {
	return w.outside(c, w.Store.CompleteOutside, func() error {
		alone(c)
		return show(c, http.StatusOK, views.OutsideDone())
	})
}

// outside does something with what was sent through a link, which comes back if it is
// refused.
func (w *Web) outside(c echo.Context, do func(context.Context, models.Actor, string, models.OutsideInput) error, then func() error) error {
	form := typed(c)
	in := models.OutsideInput{Seen: seen(c), Typed: stepAnswers(c), Ticked: form["ticked"], Shown: form["shown"]}
	err := do(c.Request().Context(), actor(c), c.Param("token"), in)
	if err == nil {
		return then()
	}
	status, showable := refusal(err)
	if !showable {
		return outsideFault(c, err)
	}
	v, void := w.Store.Outside(c.Request().Context(), actor(c), c.Param("token"))
	if void != nil {
		return outsideFault(c, void)
	}
	return showOutside(c, status, views.OutsideForm{OutsideView: v, Token: c.Param("token"), Typed: in.Typed, Ticked: in.Ticked, Problem: fault.From(err)})
}

func showOutside(c echo.Context, status int, f views.OutsideForm) error {
	alone(c)
	return show(c, status, views.OutsidePage(f))
}

// outsideFault says why a link does not work on a page of its own, on which nothing else
// is to be seen, whoever may be signed in.
func outsideFault(c echo.Context, err error) error {
	f := fault.From(err)
	if f == nil {
		return err
	}
	alone(c)
	return show(c, Status(f.Kind), views.OutsideFault(f))
}

// alone makes an answer that knows of nobody who is signed in, and that neither search
// engines nor the pages it leads to hear of.
func alone(c echo.Context) {
	Leave(c)
	h := c.Response().Header()
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex, nofollow")
}
