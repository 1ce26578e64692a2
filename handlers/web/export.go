package web

import (
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"relevo/models/exchange"
	"relevo/models/flow"
)

// ShowCSV sends a board as a table for spreadsheets.
func (w *Web) ShowCSV(c echo.Context) error {
	return w.export(c, ".csv", "text/csv; charset=utf-8", func(out io.Writer, b exchange.Board) error {
		return exchange.WriteCSV(out, b, flow.FormatEstimate)
	})
}

// ShowJSON sends all that a board holds.
func (w *Web) ShowJSON(c echo.Context) error {
	return w.export(c, ".json", "application/json", exchange.WriteJSON)
}

// export sends a board as a file to be kept; nothing in it is ever run here.
func (w *Web) export(c echo.Context, ending, kind string, write func(io.Writer, exchange.Board) error) error {
	board, err := w.Store.ExportBoard(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(board.Board.Name) + ending}))
	c.Response().WriteHeader(http.StatusOK)
	return write(c.Response(), board)
}

// fileName is a name that every system can call a file by.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	return strings.Trim(name, " .")
}
