package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

// ShowComparison shows what two editions of a template have differently.
func (w *Web) ShowComparison(c echo.Context) error {
	from, err := edition(c.QueryParam("from"))
	if err != nil {
		return err
	}
	to, err := edition(c.QueryParam("to"))
	if err != nil {
		return err
	}
	v, err := w.Store.CompareVersions(c.Request().Context(), actor(c), c.Param("template"), from, to)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ComparePage(v))
}

// edition is which text of a template an address names.
func edition(text string) (models.Edition, error) {
	switch text {
	case "":
		return models.Usual, nil
	case "draft":
		return models.TheDraft, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Missing, fault.NotFound)
	}
	return models.Edition(n), nil
}
