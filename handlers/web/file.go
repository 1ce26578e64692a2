package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"relevo/views"
)

// sandboxed is the policy of what people bring: should a browser show it after all,
// nothing of it runs, and it is of no origin.
const sandboxed = "default-src 'none'; sandbox"

// ShowFile sends a file to be kept, or a part of it.
func (w *Web) ShowFile(c echo.Context) error {
	d, err := w.Store.File(c.Request().Context(), actor(c), c.Param("task"), c.Param("file"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", d.Type)
	h.Set("Content-Disposition", attachment(d.Name))
	return sendFile(c, d.SHA256, d.CreatedAt, d.Body)
}

// ShowThumbnail sends the small picture of a file: one of our own making.
func (w *Web) ShowThumbnail(c echo.Context) error {
	a, t, err := w.Store.FileThumbnail(c.Request().Context(), actor(c), c.Param("task"), c.Param("file"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Type", t.Type)
	return sendFile(c, a.SHA256+"-small", a.CreatedAt, bytes.NewReader(t.Data))
}

// sendFile sends what never changes. A browser may keep it, but asks each time
// whether whoever is there now may see it.
func sendFile(c echo.Context, tag string, at time.Time, body io.ReadSeeker) error {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", sandboxed)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+tag+`"`)
	ctx := c.Request().Context()
	steady := &steadily{ReadSeeker: body, control: http.NewResponseController(c.Response())}
	http.ServeContent(c.Response(), c.Request(), "", at, steady)
	if steady.broke != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "a file could not be sent whole", "path", c.Request().URL.Path, "err", steady.broke)
	}
	return nil
}

// steadily is a body that is sent for as long as somebody takes it.
type steadily struct {
	io.ReadSeeker
	control *http.ResponseController
	broke   error
}

// Read lets the part that it reads have its time to be sent.
func (s *steadily) Read(p []byte) (int, error) {
	if err := s.control.SetWriteDeadline(time.Now().Add(answerTime)); err != nil {
		return 0, err
	}
	n, err := s.ReadSeeker.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) {
		s.broke = err
	}
	return n, err
}

// attachment is a Content-Disposition (RFC 6266) that never shows, with the name in
// UTF-8 (RFC 8187) and as much of it as there is in ASCII for those who cannot read that.
func attachment(name string) string {
	var plain, coded strings.Builder
	for _, r := range name {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) {
			r = '_'
		}
		plain.WriteRune(r)
	}
	const hex, free = "0123456789ABCDEF", "!#$&+-.^_`|~" // attr-char, besides letters and digits
	for _, b := range []byte(name) {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || strings.IndexByte(free, b) >= 0 {
			coded.WriteByte(b)
		} else {
			coded.Write([]byte{'%', hex[b>>4], hex[b&15]})
		}
	}
	return `attachment; filename="` + plain.String() + `"; filename*=UTF-8''` + coded.String()
}

// EditFile gives a file another name.
func (w *Web) EditFile(c echo.Context) error {
	err := w.Store.RenameFile(c.Request().Context(), actor(c), c.Param("task"), c.Param("file"), seen(c), field(c, "name"))
	return w.afterTask(c, views.FileForm(c.Param("file")), err)
}

// DeleteFile takes a file off its task; DeleteRemoval brings it back.
func (w *Web) DeleteFile(c echo.Context) error {
	return w.afterTask(c, views.FilesForm, w.Store.RemoveFile(c.Request().Context(), actor(c), c.Param("task"), c.Param("file")))
}

func (w *Web) DeleteRemoval(c echo.Context) error {
	return w.afterTask(c, views.FilesForm, w.Store.RecallFile(c.Request().Context(), actor(c), c.Param("task"), c.Param("file")))
}

// PurgeFile forgets a removed file for good.
func (w *Web) PurgeFile(c echo.Context) error {
	return w.afterTask(c, views.FilesForm, w.Store.PurgeFile(c.Request().Context(), actor(c), c.Param("task"), c.Param("file")))
}
