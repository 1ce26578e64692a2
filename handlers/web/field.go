package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/views"
)

// ShowFields lists a board's custom fields.
func (w *Web) ShowFields(c echo.Context) error {
	return w.showFields(c, http.StatusOK, views.FieldForm{})
}

func (w *Web) showFields(c echo.Context, status int, form views.FieldForm) error {
	v, err := w.Store.Fields(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	return show(c, status, views.FieldsPage(v, form))
}

// CreateField adds a custom field to a board.
func (w *Web) CreateField(c echo.Context) error {
	form := fieldForm(c)
	form.More = clean(c.FormValue("options"))
	err := w.Store.AddField(c.Request().Context(), actor(c), c.Param("board"), fieldInput(form))
	if status, showable := refusal(err); showable {
		form.Problem = err
		return w.showFields(c, status, form)
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.FieldURL(c.Param("board"), "")))
}

// ShowField shows a custom field to be changed.
func (w *Web) ShowField(c echo.Context) error {
	return w.showField(c, http.StatusOK, nil)
}

// showField shows a field's form as it came back, or as it is saved.
func (w *Web) showField(c echo.Context, status int, form *views.FieldForm) error {
	v, err := w.Store.Fields(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.Fields, func(u models.FieldUse) bool { return u.ID == c.Param("field") })
	if i < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	if form == nil {
		saved := views.FieldFormOf(v.Fields[i].Field)
		form = &saved
	}
	return show(c, status, views.FieldPage(v, v.Fields[i], *form))
}

// EditField changes a custom field. The button beside an option saves the form, too,
// and moves the option up.
func (w *Web) EditField(c echo.Context) error {
	board, id := c.Param("board"), c.Param("field")
	form := fieldForm(c)
	if err := w.Store.EditField(c.Request().Context(), actor(c), board, id, fieldInput(form)); err != nil {
		status, showable := refusal(err)
		if !showable {
			return err
		}
		form.Problem = err
		return w.showField(c, status, &form)
	}
	if field(c, "up") != "" {
		return goTo(c, string(views.FieldURL(board, id))+"#field-options")
	}
	return goTo(c, string(views.FieldURL(board, "")))
}

// EditFieldPlace puts a field before another one of its board; none: at the end.
func (w *Web) EditFieldPlace(c echo.Context) error {
	if err := w.Store.MoveField(c.Request().Context(), actor(c), c.Param("board"), c.Param("field"), clean(field(c, "before"))); err != nil {
		return err
	}
	return goTo(c, string(views.FieldURL(c.Param("board"), ""))+"#field-"+c.Param("field"))
}

// DeleteField takes a field off a board, and what its tasks hold in it.
func (w *Web) DeleteField(c echo.Context) error {
	if err := w.Store.RemoveField(c.Request().Context(), actor(c), c.Param("board"), c.Param("field")); err != nil {
		return err
	}
	return goTo(c, string(views.FieldURL(c.Param("board"), "")))
}

func fieldForm(c echo.Context) views.FieldForm {
	on := func(name string) bool { return field(c, name) != "" }
	form := views.FieldForm{ID: c.Param("field"), Name: clean(field(c, "name")), Kind: clean(field(c, "kind")), Help: clean(field(c, "help")),
		Required: on("required"), OnCard: on("on_card"), Lose: on("lose"), More: clean(c.FormValue("more"))}
	ids, names := c.Request().PostForm["option_id"], c.Request().PostForm["option"]
	for i := range min(len(ids), len(names)) {
		form.Options = append(form.Options, models.OptionInput{ID: clean(ids[i]), Name: clean(names[i])})
	}
	if at := slices.IndexFunc(form.Options, func(o models.OptionInput) bool { return o.ID == field(c, "up") }); at > 0 {
		form.Options[at-1], form.Options[at] = form.Options[at], form.Options[at-1]
	}
	return form
}

func fieldInput(form views.FieldForm) models.FieldInput {
	in := models.FieldInput{Name: form.Name, Kind: custom.Kind(form.Kind), Help: form.Help, Required: form.Required, OnCard: form.OnCard,
		Options: slices.Clone(form.Options), Lose: form.Lose}
	for line := range strings.Lines(form.More) {
		in.Options = append(in.Options, models.OptionInput{Name: line})
	}
	return in
}
