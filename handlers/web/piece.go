package web

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"hash/crc32"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// piece is a part of a page with its compressed form. Pieces that were compressed
// apart make one gzip stream (RFC 1952) when they are put one after the other,
// because each ends on a byte (a sync flush, RFC 1951 §3.2.4) and refers to
// nothing outside itself.
type piece struct {
	plain    []byte
	deflated []byte // nil until it is needed
}

// Render makes a piece a component, for pages that are compressed as a whole.
func (p piece) Render(_ context.Context, w io.Writer) error {
	_, err := w.Write(p.plain)
	return err
}

func packed(plain []byte) piece {
	z := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(z)
	var out bytes.Buffer
	z.Reset(&out)
	_, _ = z.Write(plain) // to memory: cannot fail
	_ = z.Flush()
	return piece{plain: plain, deflated: out.Bytes()}
}

// deflaters are used again: each holds some hundred kilobytes.
var deflaters = sync.Pool{New: func() any {
	z, _ := flate.NewWriter(nil, flate.DefaultCompression) // a valid level: no error
	return z
}}

// lastBlock ends a deflate stream: a stored block of no bytes, marked as final.
var lastBlock = []byte{0x01, 0x00, 0x00, 0xff, 0xff}

// gzipHeader is that of a stream without name and time.
var gzipHeader = []byte{0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff}

func writeGzip(w io.Writer, pieces ...piece) error {
	sum, size := crc32.NewIEEE(), 0
	parts := [][]byte{gzipHeader}
	for _, p := range pieces {
		_, _ = sum.Write(p.plain)
		size += len(p.plain)
		if p.deflated == nil {
			p = packed(p.plain)
		}
		parts = append(parts, p.deflated)
	}
	end := binary.LittleEndian.AppendUint32(bytes.Clone(lastBlock), sum.Sum32())
	parts = append(parts, binary.LittleEndian.AppendUint32(end, uint32(size))) // the size is kept modulo 2^32
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// bodyMark stands for the body while the page around it is rendered.
const bodyMark = "<!--body-->"

// showAround writes a page whose body is a piece; page frames bodyMark. It
// compresses by itself, so that a body is compressed once and not for everyone.
func showAround(c echo.Context, page templ.Component, body piece) error {
	html, err := render(c, page)
	if err != nil {
		return err
	}
	head, tail, _ := bytes.Cut(html, []byte(bodyMark))
	return showPieces(c, piece{plain: head}, body, piece{plain: tail})
}

func showPieces(c echo.Context, pieces ...piece) error {
	return sendPieces(c, echo.MIMETextHTMLCharsetUTF8, pieces...)
}

func sendPieces(c echo.Context, kind string, pieces ...piece) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, kind)
	h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		h.Set(echo.HeaderContentEncoding, "gzip")
		c.Response().WriteHeader(http.StatusOK)
		return writeGzip(c.Response(), pieces...)
	}
	c.Response().WriteHeader(http.StatusOK)
	for _, p := range pieces {
		if _, err := c.Response().Write(p.plain); err != nil {
			return err
		}
	}
	return nil
}
