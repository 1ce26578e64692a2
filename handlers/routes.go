package handlers

import (
	"github.com/labstack/echo/v4"

	"relevo/handlers/web"
	"relevo/models/access"
)

// Route is one address, and what whoever asks for it must be allowed to do.
type Route struct {
	Method, Path string
	Handler      echo.HandlerFunc
	Action       access.Action
}

const (
	get    = "GET"
	post   = "POST"
	put    = "PUT"
	remove = "DELETE"
)

// Routes is the one table of addresses.
func Routes(w *web.Web) []Route {
	return []Route{
		{get, "/healthz", w.ShowHealth, access.Anyone},
		{get, "/readyz", w.ShowReadiness, access.Anyone},
		{get, "/static/*", w.ShowStatic, access.Anyone},
		{post, "/theme", w.ChooseTheme, access.Anyone},
	}
}
