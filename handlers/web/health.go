package web

import (
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"
)

// ShowHealth says that the process is there.
func (w *Web) ShowHealth(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ShowReadiness says whether requests can be served now.
func (w *Web) ShowReadiness(c echo.Context) error {
	if w.Ready != nil {
		if err := w.Ready(c.Request().Context()); err != nil {
			slog.ErrorContext(c.Request().Context(), "not ready", "err", err)
			return c.String(http.StatusServiceUnavailable, "not ready\n")
		}
	}
	return c.String(http.StatusOK, "ready\n")
}
