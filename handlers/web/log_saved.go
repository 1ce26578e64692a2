package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// ShowFilters lists the saved filters of a team's log.
func (w *Web) ShowFilters(c echo.Context) error {
	return w.showFilters(c, http.StatusOK, views.SavedForm{})
}

func (w *Web) showFilters(c echo.Context, status int, form views.SavedForm) error {
	v, err := w.Store.Filters(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	return show(c, status, views.SavedPage(views.SavedPart{SavedLogs: v, Form: form}))
}

// CreateFilter saves what somebody asks the log under a name.
func (w *Web) CreateFilter(c echo.Context) error {
	form := views.SavedForm{Name: clean(field(c, "name")), Shared: field(c, "shared") == "on", Query: logQuery(c)}
	f, err := w.Store.SaveFilter(c.Request().Context(), actor(c), c.Param("team"), form.Name, form.Query, form.Shared)
	if status, showable := refusal(err); showable {
		form.Problem = err
		return w.showFilters(c, status, form)
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.SavedURL(f)))
}

// EditFilter renames a saved filter.
func (w *Web) EditFilter(c echo.Context) error {
	name := clean(field(c, "name"))
	return w.afterFilter(c, name, w.Store.RenameFilter(c.Request().Context(), actor(c), c.Param("team"), c.Param("filter"), name))
}

// DeleteFilter forgets a saved filter.
func (w *Web) DeleteFilter(c echo.Context) error {
	return w.afterFilter(c, "", w.Store.RemoveFilter(c.Request().Context(), actor(c), c.Param("team"), c.Param("filter")))
}

// CreateFilterSharing shares one's own filter with all who read the log.
func (w *Web) CreateFilterSharing(c echo.Context) error {
	return w.afterFilter(c, "", w.Store.ShareFilter(c.Request().Context(), actor(c), c.Param("team"), c.Param("filter"), true))
}

// DeleteFilterSharing makes a shared filter one's own.
func (w *Web) DeleteFilterSharing(c echo.Context) error {
	return w.afterFilter(c, "", w.Store.ShareFilter(c.Request().Context(), actor(c), c.Param("team"), c.Param("filter"), false))
}

// afterFilter answers a change of a saved filter.
func (w *Web) afterFilter(c echo.Context, name string, err error) error {
	if status, showable := refusal(err); showable {
		return w.showFilters(c, status, views.SavedForm{ID: c.Param("filter"), Name: name, Problem: err})
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.FiltersURL(c.Param("team"))))
}
