package web

import (
	"github.com/labstack/echo/v4"

	"relevo/static"
)

var assets = static.Handler()

// ShowStatic serves the style sheet, the scripts and the icons.
func (w *Web) ShowStatic(c echo.Context) error {
	assets.ServeHTTP(c.Response(), c.Request())
	return nil
}
