package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/xuri/excelize/v2"

	"relevo/models"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/views"
	"relevo/views/say"
)

// ShowExport shows what of the log would be taken away, and in which forms.
func (w *Web) ShowExport(c echo.Context) error {
	q := logQuery(c)
	v, err := w.Store.CountLog(c.Request().Context(), actor(c), c.Param("team"), q)
	if refused(err) != nil {
		return c.Redirect(http.StatusSeeOther, string(views.LogPage{LogView: v.LogView, Query: q}.URL())) // where the filters are
	} else if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ExportPage(views.Export{LogCount: v, Query: q, Kept: kept(c)}))
}

// kept is the size of a head that somebody has kept; 0 if they do not say.
func kept(c echo.Context) int64 {
	n, err := strconv.ParseInt(c.FormValue("kept"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// exportKinds are the media types of the forms.
var exportKinds = map[string]string{
	models.ExportCSV:   "text/csv; charset=utf-8",
	models.ExportXLSX:  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	models.ExportJSONL: "application/jsonl; charset=utf-8",
}

// CreateExport sends the log, or what the filters let through of it, as a file.
func (w *Web) CreateExport(c echo.Context) error {
	ctx, q, form := c.Request().Context(), logQuery(c), field(c, "form")
	x, err := w.Store.ExportLog(ctx, actor(c), c.Param("team"), q, form, kept(c))
	if f := refused(err); f != nil {
		v, err := w.Store.CountLog(ctx, actor(c), c.Param("team"), q)
		if err != nil {
			return err // it is the filters that cannot be understood
		}
		return again(c, f, func(f *fault.Fault) templ.Component {
			return views.ExportPage(views.Export{LogCount: v, Query: q, Kept: kept(c), Form: form, Problem: f})
		})
	} else if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", exportKinds[form])
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", attachment(fmt.Sprintf("%s - %s %s.%s", fileName(x.Team.Name), say.In(ctx).Log.Title, now(c).Format(time.DateOnly), form)))
	c.Response().WriteHeader(http.StatusOK)
	if err := sendExport(ctx, unhurried{c.Response(), http.NewResponseController(c.Response())}, x, form, now(c).Location()); err != nil {
		if ctx.Err() == nil {
			slog.ErrorContext(ctx, "an export could not be sent whole", "team", x.Team.ID, "err", err)
		}
		panic(http.ErrAbortHandler) // a file that ends early must not look whole
	}
	return nil
}

func sendExport(ctx context.Context, out io.Writer, x *models.LogExport, form string, zone *time.Location) error {
	switch form {
	case models.ExportCSV:
		return sendCSV(ctx, out, x, zone)
	case models.ExportXLSX:
		return sendXLSX(ctx, out, x, zone)
	}
	return sendExtract(ctx, out, x)
}

// unhurried gives each part that is written its time to be taken.
type unhurried struct {
	io.Writer
	control *http.ResponseController
}

func (p unhurried) Write(b []byte) (int, error) {
	if err := p.control.SetWriteDeadline(time.Now().Add(answerTime)); err != nil {
		return 0, err
	}
	return p.Writer.Write(b)
}

func sendExtract(ctx context.Context, out io.Writer, x *models.LogExport) error {
	asked := map[string]string{}
	for _, a := range x.Query.Each() {
		if a.Value != "" {
			asked[a.Name] = a.Value
		}
	}
	file, err := ledger.NewExtract(out, ledger.Cover{Log: x.Team.ID, Name: x.Team.Name, Asked: asked, Whole: x.Whole(), Head: x.Head.Signed, Key: x.Key, Tie: x.Tie})
	if err != nil {
		return err
	}
	var erased []int64
	err = x.Each(ctx, func(l models.LogLine) error {
		path, err := x.Path(l.Seq)
		if err != nil {
			return err
		}
		is := l.Attested()
		if !x.Whole() && !is.Intact() {
			erased = append(erased, l.Seq)
		}
		return file.Add(is, path)
	})
	if err == nil {
		err = x.Erasures(ctx, erased, file.AddErasure)
	}
	if err != nil {
		return err
	}
	return file.Close()
}

func sendCSV(ctx context.Context, out io.Writer, x *models.LogExport, zone *time.Location) error {
	file, w := exchange.NewRows(out), say.In(ctx)
	if err := file.Row(w.Take.Headings); err != nil {
		return err
	}
	err := x.Each(ctx, func(l models.LogLine) error { return file.Row(w.Row(l.Entry, l.Because, l.Leaf, zone)) })
	if err != nil {
		return err
	}
	return file.Close()
}

// sendXLSX makes the sheet in a temporary file, for its index stands at its end.
func sendXLSX(ctx context.Context, out io.Writer, x *models.LogExport, zone *time.Location) (err error) {
	w := say.In(ctx)
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	if err := file.SetSheetName("Sheet1", w.Take.SheetName); err != nil {
		return err
	}
	sheet, err := file.NewStreamWriter(w.Take.SheetName)
	if err != nil {
		return err
	}
	row := 0
	add := func(cells []string) error {
		row++
		values := make([]any, len(cells))
		for i, cell := range cells { // texts, all of them: none is ever a formula
			values[i] = printableCell(cell)
		}
		return sheet.SetRow("A"+strconv.Itoa(row), values)
	}
	if err := add(w.Take.Headings); err != nil {
		return err
	}
	if err := x.Each(ctx, func(l models.LogLine) error { return add(w.Row(l.Entry, l.Because, l.Leaf, zone)) }); err != nil {
		return err
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	_, err = file.WriteTo(out)
	return err
}

// mostCell is the most characters that a cell of a sheet takes.
const mostCell = 32767

func printableCell(text string) string {
	if r := []rune(text); len(r) > mostCell {
		return string(r[:mostCell-1]) + "…"
	}
	return text
}
