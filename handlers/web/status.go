package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models/fault"
)

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Unknown: http.StatusUnauthorized,
	fault.Forbidden: http.StatusForbidden, fault.Missing: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Stale: http.StatusConflict, fault.TooMany: http.StatusTooManyRequests, fault.TooLarge: http.StatusRequestEntityTooLarge,
}

// Status is the HTTP status of a kind of fault.
func Status(k fault.Kind) int { return statuses[k] }

// again answers a refused form with itself: what was typed, and what is wrong. What
// no form can mend goes on to the edge.
func again(c echo.Context, err error, form func(*fault.Fault) templ.Component) error {
	f := fault.From(err)
	if f == nil || f.Kind == fault.Missing || f.Kind == fault.Forbidden {
		return err
	}
	return show(c, Status(f.Kind), form(f))
}
