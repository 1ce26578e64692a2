package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowPatterns lists a board's task templates.
func (w *Web) ShowPatterns(c echo.Context) error {
	v, err := w.Store.Patterns(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.PatternsPage(v))
}

// ShowPattern shows a task template to be changed.
func (w *Web) ShowPattern(c echo.Context) error {
	return w.showPattern(c, http.StatusOK, views.PatternPage{})
}

func (w *Web) showPattern(c echo.Context, status int, page views.PatternPage) error {
	var err error
	if page.PatternsView, err = w.Store.Patterns(c.Request().Context(), actor(c), c.Param("board")); err != nil {
		return err
	}
	if err := allow(page.Role, access.EditBoard); err != nil {
		return err
	}
	i := slices.IndexFunc(page.Patterns, func(p models.PatternView) bool { return p.ID == c.Param("pattern") })
	if i < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	page.Pattern = page.Patterns[i]
	return show(c, status, views.PatternEditPage(page))
}

// EditPattern changes a task template.
func (w *Web) EditPattern(c echo.Context) error {
	board := c.Param("board")
	in, err := patternInput(typed(c))
	if err == nil {
		err = w.Store.EditPattern(c.Request().Context(), actor(c), board, c.Param("pattern"), in)
	}
	if status, showable := refusal(err); showable {
		return w.showPattern(c, status, views.PatternPage{Typed: views.Typed(typed(c)), Problem: err})
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.PatternURL(board, ""))+"#pattern-"+url.PathEscape(c.Param("pattern")))
}

// patternInput reads a template's form; what cannot be read are Invalid faults.
func patternInput(form url.Values) (in models.PatternInput, err error) {
	in = models.PatternInput{Name: form.Get("name"), Title: form.Get("title"), Description: form.Get("description"), NeedsFile: form.Has("needs_file"),
		Owners: chosen(form["owners"]), Labels: chosen(form["labels"]), Items: views.ReadItemLines(form.Get("items"))}
	estimate, wrongEstimate := readEstimate(form.Get("estimate"))
	priority, wrongPriority := readPriority(form.Get("priority"))
	dueIn, wrongDue := readDueIn(form.Get("due_in"))
	if err := fault.All(wrongEstimate, wrongPriority, wrongDue); err != nil {
		return in, err
	}
	in.Estimate, in.Priority, in.DueIn = *estimate, *priority, dueIn
	return in, nil
}

// readDueIn reads a number of days; empty is none.
func readDueIn(text string) (*int, *fault.Fault) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil, fault.On("due_in", fault.NotANumber)
	}
	return &n, nil
}

// DeletePattern takes a task template off its board.
func (w *Web) DeletePattern(c echo.Context) error {
	if err := w.Store.RemovePattern(c.Request().Context(), actor(c), c.Param("board"), c.Param("pattern")); err != nil {
		return err
	}
	return goTo(c, string(views.PatternURL(c.Param("board"), "")))
}

// ShowColumnPatterns asks which template a new task in a column begins with.
func (w *Web) ShowColumnPatterns(c echo.Context) error {
	return w.showColumnPatterns(c, http.StatusOK, c.Param("column"), nil)
}

func (w *Web) showColumnPatterns(c echo.Context, status int, column string, problem error) error {
	v, in, err := w.Store.ColumnPatterns(c.Request().Context(), actor(c), column)
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, status, views.PatternPick(v, in, problem))
	}
	return show(c, status, views.PatternPickPage(v, in, problem))
}

// CreateTaskFromPattern makes a task as a template says, in a column or where tasks
// can begin. A board that is open hears which one it is; else it is led to.
func (w *Web) CreateTaskFromPattern(c echo.Context) error {
	column := clean(field(c, "column"))
	id, err := w.Store.AddFromPattern(c.Request().Context(), actor(c), c.Param("board"), c.Param("pattern"), column)
	if status, showable := refusal(err); showable && column != "" {
		return w.showColumnPatterns(c, status, column, err)
	}
	if err != nil {
		return err
	}
	if !fragment(c) {
		return goTo(c, string(views.TaskURL(id)))
	}
	w.offerUndo(c, id)
	tellMade(c, id)
	return c.NoContent(http.StatusNoContent)
}

// tellMade tells an open board which task its request made, beside whatever else it
// is told.
func tellMade(c echo.Context, task string) {
	news := map[string]any{}
	if told := c.Response().Header().Get("HX-Trigger"); told != "" {
		if err := json.Unmarshal([]byte(told), &news); err != nil {
			panic(err) // we wrote it: cannot happen
		}
	}
	news["relevo:made"] = map[string]string{"task": task}
	b, err := json.Marshal(news)
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	c.Response().Header().Set("HX-Trigger", inASCII(string(b)))
}

// ShowNewPattern asks what a task is called as a template.
func (w *Web) ShowNewPattern(c echo.Context) error {
	return w.showNewPattern(c, http.StatusOK, views.PatternSavePage{})
}

func (w *Web) showNewPattern(c echo.Context, status int, page views.PatternSavePage) error {
	ctx, who := c.Request().Context(), actor(c)
	var err error
	if page.TaskView, err = w.Store.Task(ctx, who, c.Param("task")); err != nil {
		return err
	}
	if err := allow(page.Role, access.EditBoard); err != nil {
		return err
	}
	v, err := w.Store.Patterns(ctx, who, page.Board.ID)
	if err != nil {
		return err
	}
	page.Others = len(v.Patterns)
	return w.beside(c, status, page.TaskView, say.In(ctx).Patterns.SaveTitle(page.Key), views.PatternSavePanel(page))
}

// CreatePattern makes a task a template of its board.
func (w *Web) CreatePattern(c echo.Context) error {
	ctx, task, form := c.Request().Context(), c.Param("task"), typed(c)
	in := models.PatternSave{Name: form.Get("name"), Over: form.Has("over")}
	dueIn, wrong := readDueIn(form.Get("due_in"))
	err := fault.All(wrong)
	if err == nil {
		in.DueIn = dueIn
		err = w.Store.SavePattern(ctx, actor(c), task, in)
	}
	if status, showable := refusal(err); showable {
		return w.showNewPattern(c, status, views.PatternSavePage{Typed: views.Typed(form), Problem: err})
	}
	if err != nil {
		return err
	}
	v, err := w.Store.Task(ctx, actor(c), task)
	if err != nil {
		return err
	}
	if !fragment(c) {
		return goTo(c, string(views.PatternURL(v.Board.ID, "")))
	}
	return show(c, http.StatusOK, views.PatternSaved(views.TaskPage{TaskView: v}, in.Name))
}
