package web

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowNewBatch asks for a table of which each row is a run.
func (w *Web) ShowNewBatch(c echo.Context) error {
	v, err := w.Store.PrepareBatch(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.NewBatchPage(v, nil))
}

// ShowBatchExample sends a table for the template, to be filled in.
func (w *Web) ShowBatchExample(c echo.Context) error {
	v, err := w.Store.PrepareBatch(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	words := say.In(c.Request().Context())
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(v.Template.Name) + "-" + words.Batch.File1 + ".csv"}))
	c.Response().WriteHeader(http.StatusOK)
	out := exchange.NewRows(c.Response())
	for _, row := range views.ExampleTable(words, v, actor(c).Name) {
		if err := out.Row(row); err != nil {
			return err
		}
	}
	return out.Close()
}

// CreateBatchPlan shows what would be made of a table, and changes nothing.
func (w *Web) CreateBatchPlan(c echo.Context) error {
	in, err := batchInput(c)
	if err != nil {
		return err
	}
	v, err := w.Store.PlanBatch(c.Request().Context(), actor(c), c.Param("template"), in)
	return w.showBatch(c, v, err)
}

// showBatch shows a table with what was refused; where it could not be read at all, the
// form that asks for one.
func (w *Web) showBatch(c echo.Context, v models.BatchView, err error) error {
	status, showable := refusal(err)
	switch {
	case err == nil:
		return show(c, http.StatusOK, views.BatchPage(v, nil))
	case !showable || len(v.Definition.Steps) == 0:
		return err
	case len(v.Grid.Head) == 0 || fault.From(err).For("table") != nil:
		return show(c, status, views.NewBatchPage(v, fault.From(err)))
	}
	return show(c, status, views.BatchPage(v, fault.From(err)))
}

// CreateBatch starts all runs of a table. Whoever has sent it need not wait for it: it
// goes on when they leave.
func (w *Web) CreateBatch(c echo.Context) error {
	in, err := batchInput(c)
	if err != nil {
		return err
	}
	who := actor(c)
	started, err := models.Batch{}, error(fault.New(fault.Conflict, fault.BatchStarted))
	if w.underway.begin(in.ID, who.ID) {
		defer w.underway.end(in.ID)
		_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(longTime)) // where there is none, none is needed
		ctx, stop := context.WithTimeout(context.WithoutCancel(c.Request().Context()), longTime)
		defer stop()
		started, err = w.Store.StartBatch(ctx, who, c.Param("template"), in, func(done, all int) { w.underway.tell(in.ID, who.ID, done, all) })
	}
	if err == nil {
		return goTo(c, templatePath(c.Param("template"))+"/runs?started="+strconv.FormatInt(started.Entry, 10))
	}
	if _, showable := refusal(err); !showable {
		return err
	}
	v, broken := w.Store.PlanBatch(c.Request().Context(), who, c.Param("template"), in)
	if _, showable := refusal(broken); broken != nil && !showable {
		return broken
	}
	return w.showBatch(c, v, err)
}

// ShowBatch says how far the start of a table is, to whoever has sent it.
func (w *Web) ShowBatch(c echo.Context) error {
	if err := w.Store.MayStart(c.Request().Context(), actor(c), c.Param("template")); err != nil {
		return err
	}
	done, all := w.underway.of(c.Param("batch"), actor(c).ID)
	return show(c, http.StatusOK, views.BatchFar(done, all))
}

// batchInput is a table with what was said of it. A file goes before what was pasted.
func batchInput(c echo.Context) (models.BatchInput, error) {
	version, _ := strconv.ParseInt(field(c, "version"), 10, 64) // none: any
	in := models.BatchInput{ID: models.NewID(), Version: version, Board: clean(field(c, "board")), From: clean(field(c, "from")),
		Table: []byte(c.FormValue("table")), File: shortName(clean(field(c, "name"))), Columns: typed(c)["column"], Headings: views.BatchHeadings()}
	if id, err := uuid.Parse(field(c, "id")); err == nil {
		in.ID = id.String()
	}
	file, table, err := chosenFile(c, "file", exchange.MaxGrid)
	if file != "" {
		in.File, in.Table = shortName(clean(file)), table
	}
	return in, err
}

// chosenFile reads the file of a field, up to one byte above most; without a name none was
// chosen.
func chosenFile(c echo.Context, field string, most int64) (name string, content []byte, err error) {
	file, err := c.FormFile(field)
	if err != nil || file.Filename == "" {
		return "", nil, nil
	}
	from, err := file.Open()
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = from.Close() }() // it was only read
	content, err = io.ReadAll(io.LimitReader(from, most+1))
	return file.Filename, content, err
}

// shortName is as much of a file's name as the log keeps.
func shortName(name string) string {
	const most = 120
	r := []rune(name)
	return string(r[:min(most, len(r))])
}
