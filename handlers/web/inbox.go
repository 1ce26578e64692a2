package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// ShowInbox shows a page of what the person was told.
func (w *Web) ShowInbox(c echo.Context) error {
	return w.showInbox(c, inboxPlace(c.QueryParams()))
}

func (w *Web) showInbox(c echo.Context, p views.InboxPlace) error {
	v, err := w.Store.Inbox(c.Request().Context(), actor(c), p.InboxFilter, p.Before)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.InboxList(v, p))
	}
	return show(c, http.StatusOK, views.Inbox(v, p))
}

// inboxPlace reads which part of the inbox is meant; what is no part is the whole.
func inboxPlace(q url.Values) views.InboxPlace {
	p := views.InboxPlace{Before: clean(q.Get("before"))}
	p.Board = clean(q.Get("board"))
	if part := models.InboxPart(q.Get("show")); slices.Contains(models.InboxParts, part) {
		p.Part = part
	}
	if kind := models.NoticeKind(q.Get("kind")); slices.Contains(models.NoticeKinds, kind) {
		p.Kind = kind
	}
	return p
}

// inboxAt is the page of the inbox that a form was on.
func inboxAt(c echo.Context) views.InboxPlace {
	q, err := url.ParseQuery(strings.TrimPrefix(field(c, "at"), "?"))
	if err != nil {
		return views.InboxPlace{}
	}
	return inboxPlace(q)
}
