package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/views"
	"relevo/views/say"
)

// ShowNewImport asks for a file to make a board of.
func (w *Web) ShowNewImport(c echo.Context) error { return w.showNewImport(c, nil) }

func (w *Web) showNewImport(c echo.Context, refused error) error {
	team, err := w.Store.TeamFor(c.Request().Context(), actor(c), c.Param("team"), access.EditBoard)
	if err != nil {
		return err
	}
	if refused == nil {
		return show(c, http.StatusOK, views.NewImportPage(team, nil))
	}
	return again(c, refused, func(f *fault.Fault) templ.Component { return views.NewImportPage(team, f) })
}

// CreateImport takes a file and goes on to what is what in it. The edge leaves the
// body of this one route unread, so that only those may send much who may import.
func (w *Web) CreateImport(c echo.Context) error {
	ctx, team := c.Request().Context(), c.Param("team")
	if err := w.Store.MayImport(ctx, actor(c), team); err != nil {
		return err
	}
	name, data, err := upload(c)
	if err == nil {
		var id string
		if id, err = w.Store.KeepImport(ctx, actor(c), team, name, data); err == nil {
			return goTo(c, string(views.ImportURL(team, id)))
		}
	}
	if refused(err) == nil {
		return err
	}
	return w.showNewImport(c, err)
}

// How long a file may take to arrive, and how much is listened to before it is
// refused as too big.
const (
	uploadTime = 5 * time.Minute
	uploadMost = 4 * exchange.MaxBytes
)

// upload reads the one file of a form.
func upload(c echo.Context) (name string, data []byte, err error) {
	control := http.NewResponseController(c.Response())
	until := time.Now().Add(uploadTime)
	if err := errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until)); err != nil {
		return "", nil, err
	}
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, uploadMost)
	form, err := r.MultipartReader()
	if err != nil {
		return "", nil, fault.On("file", fault.Needed)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, fault.On("file", fault.Needed)
		}
		if err != nil {
			return "", nil, unreadable(err)
		}
		if part.FormName() == "file" {
			return file(part)
		}
	}
}

func file(part *multipart.Part) (string, []byte, error) {
	if part.FileName() == "" {
		return "", nil, fault.On("file", fault.Needed)
	}
	data, err := io.ReadAll(io.LimitReader(part, exchange.MaxBytes+1))
	if err == nil {
		_, err = io.Copy(io.Discard, part) // so that the browser listens to the answer
	}
	if err != nil {
		return "", nil, unreadable(err)
	}
	return part.FileName(), data, nil
}

func unreadable(err error) error {
	var most *http.MaxBytesError
	if errors.As(err, &most) {
		return fault.On("file", fault.FileTooBig, exchange.MaxBytes>>20)
	}
	return fault.On("file", fault.BadRequest)
}

// local is what a file is read by in the language of whoever asks.
func local(c echo.Context) exchange.Local {
	w := say.In(c.Request().Context())
	return exchange.Local{Columns: w.Sample.Columns, Headings: w.Exchange.Headings}
}

func (w *Web) importView(c echo.Context) (models.ImportView, error) {
	return w.Store.Import(c.Request().Context(), actor(c), c.Param("team"), c.Param("import"), local(c))
}

// ShowImport asks what is what in a file.
func (w *Web) ShowImport(c echo.Context) error {
	v, err := w.importView(c)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ImportPage(v))
}

// EditImport keeps what was decided and goes on to what would be made.
func (w *Web) EditImport(c echo.Context) error {
	err := w.Store.MapImport(c.Request().Context(), actor(c), c.Param("team"), c.Param("import"), mapping(c))
	if err != nil {
		return err
	}
	v, err := w.importView(c)
	if err != nil {
		return err
	}
	if refused(v.Problem) != nil {
		return show(c, http.StatusUnprocessableEntity, views.ImportPage(v))
	}
	path := string(views.ImportURL(c.Param("team"), v.ID))
	if field(c, "then") != "again" {
		path += "/plan"
	}
	return goTo(c, path)
}

// mapping reads what people say is what. Fields of one name come in their order.
func mapping(c echo.Context) exchange.Mapping {
	form := c.Request().PostForm
	m := exchange.Mapping{Name: field(c, "name"), Key: strings.ToUpper(field(c, "key")), MonthFirst: field(c, "month_first") != "",
		States: map[string]flow.State{}, People: map[string]string{}}
	for _, f := range form["field"] {
		m.Fields = append(m.Fields, exchange.Field(f))
	}
	for i, ref := range form["lane"] {
		if i < len(form["state"]) {
			m.States[ref] = knownState(form["state"][i])
		}
	}
	for i, ref := range form["person"] {
		if i < len(form["user"]) {
			m.People[ref] = form["user"][i]
		}
	}
	return m
}

// knownState is a state of the rules; what is none leaves a column out.
func knownState(text string) flow.State {
	for _, s := range flow.States {
		if string(s) == text {
			return s
		}
	}
	return ""
}

// ShowImportPlan shows what would be made.
func (w *Web) ShowImportPlan(c echo.Context) error {
	v, err := w.importView(c)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.PlanPage(v))
}

// CreateImportedBoard makes the board and opens it. Whoever has asked for it need not
// wait for it: it goes on when they leave.
func (w *Web) CreateImportedBoard(c echo.Context) error {
	id, who := c.Param("import"), actor(c)
	board, err := models.Board{}, error(fault.New(fault.Conflict, fault.ImportUnderway))
	if w.underway.begin(id, who.ID) {
		defer w.underway.end(id)
		_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(longTime)) // where there is none, none is needed
		ctx, stop := context.WithTimeout(context.WithoutCancel(c.Request().Context()), longTime)
		defer stop()
		board, err = w.Store.MakeImport(ctx, who, c.Param("team"), id, local(c), func(done, all int) { w.underway.tell(id, who.ID, done, all) })
	}
	if err == nil {
		return goTo(c, boardPath(board.ID))
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	v, missing := w.importView(c)
	if missing != nil {
		return err
	}
	v.Problem = err
	return show(c, status, views.ImportPage(v))
}

// ShowImportFar says how far the board of a file is, to whoever makes it.
func (w *Web) ShowImportFar(c echo.Context) error {
	if err := w.Store.MayMake(c.Request().Context(), actor(c), c.Param("team"), c.Param("import")); err != nil {
		return err
	}
	done, all := w.underway.of(c.Param("import"), actor(c).ID)
	return show(c, http.StatusOK, views.ImportFar(done, all))
}

// DeleteImport forgets a file.
func (w *Web) DeleteImport(c echo.Context) error {
	if err := w.Store.DropImport(c.Request().Context(), actor(c), c.Param("team"), c.Param("import")); err != nil {
		return err
	}
	return goTo(c, "/teams/"+c.Param("team"))
}
