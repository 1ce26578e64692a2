package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/views"
)

// ShowPlay steps through a template. All that was said and done is in its address:
// nothing is kept, and nothing is made.
func (w *Web) ShowPlay(c echo.Context) error {
	query := c.QueryParams()
	number, _ := strconv.ParseInt(query.Get("version"), 10, 64) // none: the newest
	in := models.RunInput{Answers: startingWith(query, models.AnswerField("")), Cast: startingWith(query, models.RoleField(""))}
	moves := make([]playbook.Move, len(query["m"]))
	for i, text := range query["m"] {
		moves[i] = playbook.ParseMove(clean(text))
	}
	form := views.PlayForm{}
	if n := len(moves); n > 0 {
		if typed := startingWith(query, views.PlayField("")); len(typed) > 0 {
			moves[n-1].Answers = typed
		}
		form.Move = moves[n-1]
	}
	v, err := w.Store.PlayTemplate(c.Request().Context(), actor(c), c.Param("template"), number, in, moves)
	status, showable := http.StatusOK, err == nil
	if f := fault.From(err); f != nil && f.Kind == fault.Invalid {
		status, showable, form.Problem = Status(f.Kind), true, f
	}
	if !showable {
		return err
	}
	if form.Problem == nil || v.Play == nil {
		form.Move = playbook.Move{}
	}
	if form.Problem != nil && v.Play != nil {
		form.Problem = prefixedFault(form.Problem, views.PlayField)
	}
	if fragment(c) {
		return show(c, status, views.PlayBody(v, form))
	}
	return show(c, status, views.PlayPage(v, form))
}

// prefixedFault is a fault with its fields as a form names them.
func prefixedFault(f *fault.Fault, name func(string) string) *fault.Fault {
	is := *f
	is.Field, is.Also = name(f.Field), nil
	for _, also := range f.Also {
		is.Also = append(is.Also, prefixedFault(also, name))
	}
	return &is
}

// startingWith are the first values of what an address names so, by the rest of the name.
func startingWith(query url.Values, prefix string) map[string]string {
	all := map[string]string{}
	for name := range query {
		if rest, is := strings.CutPrefix(name, prefix); is {
			all[rest] = clean(query.Get(name))
		}
	}
	return all
}
