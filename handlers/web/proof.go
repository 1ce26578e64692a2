package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/views"
)

// mostHead is more bytes than any signed head has.
const mostHead = 64 << 10

// ShowSeal shows how a team's log can be held to what it says.
func (w *Web) ShowSeal(c echo.Context) error {
	v, err := w.Store.LogSeal(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SealPage(views.Sealed{SealView: v}))
}

// CreateHead signs the log as it is now and sends what was signed, to be kept.
func (w *Web) CreateHead(c echo.Context) error {
	h, err := w.Store.LogHead(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	return sendKept(c, fmt.Sprintf("relevo-head-%s-%d.txt", h.At.UTC().Format("2006-01-02"), h.Size), "text/plain; charset=utf-8", []byte(h.Signed))
}

// sendKept sends a small file that is for keeping.
func sendKept(c echo.Context, name, kind string, data []byte) error {
	c.Response().Header().Set("Content-Disposition", attachment(name))
	return c.Blob(http.StatusOK, kind, data)
}

// CreateComparison goes through the log and compares it with every head that is
// kept and, if one is brought, with a head from elsewhere.
func (w *Web) CreateComparison(c echo.Context) error {
	ctx, team := c.Request().Context(), c.Param("team")
	v, err := w.Store.LogSeal(ctx, actor(c), team)
	if err != nil {
		return err
	}
	page := views.Sealed{SealView: v, Head: field(c, "head")}
	own, from, err := broughtHead(c)
	if err == nil {
		var came models.Verified
		if came, err = w.Store.VerifyLog(ctx, actor(c), team, own); err == nil {
			page.Came = &came
			return show(c, http.StatusOK, views.SealPage(page))
		}
	}
	f := refused(err)
	if f == nil {
		return err
	}
	page.Problem = fault.On(from, f.Code)
	return show(c, http.StatusUnprocessableEntity, views.SealPage(page))
}

// broughtHead is the head that was pasted or, before that, the one in the file that
// was chosen, and the field that it came in; empty if only the log's own heads are
// asked for.
func broughtHead(c echo.Context) (text, from string, err error) {
	if c.FormValue("with") != "own" {
		return "", "", nil
	}
	if file, err := c.FormFile("file"); err == nil && file.Size > 0 {
		if file.Size > mostHead {
			return "", "file", fault.On("file", fault.NoHead)
		}
		f, err := file.Open()
		if err != nil {
			return "", "file", err
		}
		defer func() { _ = f.Close() }()
		text, err := io.ReadAll(io.LimitReader(f, mostHead))
		return plainLines(string(text)), "file", err
	}
	text = plainLines(c.FormValue("head"))
	if strings.TrimSpace(text) == "" {
		return "", "head", fault.On("head", fault.Needed)
	}
	return text, "head", nil
}

// plainLines undoes what forms and editors make of a text: other ends of lines, a
// mark at the beginning, white space around it.
func plainLines(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")) + "\n"
}

// ShowEntry shows all there is to an entry of the log.
func (w *Web) ShowEntry(c echo.Context) error {
	v, err := w.proof(c)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.EntryPage(v))
}

// ShowEntryProof sends an entry with its proof, as a file that relevo verify reads.
func (w *Web) ShowEntryProof(c echo.Context) error {
	v, err := w.proof(c)
	if err != nil {
		return err
	}
	if v.Head.Size == 0 {
		return fault.New(fault.Conflict, fault.NoNotary)
	}
	var out bytes.Buffer
	file, err := ledger.NewExtract(&out, ledger.Cover{Log: v.Line.Log, Name: v.Team.Name, Head: v.Head.Signed, Key: v.Key,
		Asked: map[string]string{"entry": strconv.FormatInt(v.Line.Seq, 10)}})
	if err == nil {
		err = file.Add(v.Line.Attested(), v.Path)
	}
	for i := 0; err == nil && i < len(v.Paths); i++ {
		err = file.AddErasure(v.Erasures[i], v.Paths[i])
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return err
	}
	return sendKept(c, fmt.Sprintf("relevo-entry-%d.jsonl", v.Line.Seq), "application/jsonl; charset=utf-8", out.Bytes())
}

func (w *Web) proof(c echo.Context) (models.ProofView, error) {
	seq, err := strconv.ParseInt(c.Param("entry"), 10, 64)
	if err != nil {
		return models.ProofView{}, fault.New(fault.Missing, fault.NotFound)
	}
	return w.Store.Proof(c.Request().Context(), actor(c), c.Param("team"), seq)
}
