package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
)

// choices is the page of what reaches a person.
const choices = "/inbox/settings"

// ShowChoices shows what the person wants to be told, watches and mutes.
func (w *Web) ShowChoices(c echo.Context) error {
	v, err := w.Store.Choices(c.Request().Context(), actor(c))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ChoicesPage(v, c.QueryParam("done") != ""))
}

// EditChoices keeps what the person wants to be told. What the form does not tick is
// not wanted.
func (w *Web) EditChoices(c echo.Context) error {
	in := models.Choices{WatchesCommented: field(c, "watch_commented") == "on", Wanted: map[models.Channel]map[models.NoticeKind]bool{}}
	for _, channel := range models.Channels {
		in.Wanted[channel] = map[models.NoticeKind]bool{}
		for _, kind := range models.NoticeKinds {
			in.Wanted[channel][kind] = field(c, views.ChoiceName(channel, kind)) == "on"
		}
	}
	if err := w.Store.Choose(c.Request().Context(), actor(c), in); err != nil {
		return err
	}
	return goTo(c, choices+"?done=1")
}
