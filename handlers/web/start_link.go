package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
)

// ShowStartLink leads by the short address of a template to its form, with what the
// address fills in.
func (w *Web) ShowStartLink(c echo.Context) error {
	template := models.TemplateCalled(c.Param("code"))
	if template == "" {
		return fault.New(fault.Missing, fault.NotFound)
	}
	if err := w.Store.MayStart(c.Request().Context(), actor(c), template); err != nil {
		return err
	}
	path := templatePath(template) + "/runs/new"
	if query := c.QueryString(); query != "" {
		path += "?" + query
	}
	return goTo(c, path)
}

// startLink is the short address of a template's form.
func (w *Web) startLink(c echo.Context, t models.Template) string {
	return w.link(c, "/new/"+t.ShortName())
}

// prefilled is what an address says of a run: inputs and roles by their IDs, as long as
// no input is called like what is the run's own.
func prefilled(query url.Values) models.RunInput {
	in := models.RunInput{Answers: map[string]string{}, Cast: map[string]string{}}
	for name, values := range query {
		value := clean(values[0])
		in.Answers[name], in.Cast[name] = value, value
	}
	in.Name, in.Board, in.From, in.Until = clean(query.Get("name")), clean(query.Get("board")), clean(query.Get("from")), clean(query.Get("until"))
	return in
}
