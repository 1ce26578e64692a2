// Package static holds what browsers fetch as it is: the style sheet, the
// scripts and the icons. Everything is in the binary and at an address that
// holds its checksum, so that a browser may keep it for good.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// Root is the path below which Handler answers.
const Root = "/static/"

//go:embed css/*.css js/*.js later/* vendor/*.js icons.svg icon.svg
var embedded embed.FS

// file is one asset; its compressed form is made when it is first asked for.
type file struct {
	url     string // /static/SUM/NAME
	kind    string // media type
	plain   []byte
	gzipped func() []byte
}

// files maps names to assets: app.css, app.js, icons.svg, icon.svg and those of
// vendor by their base names.
var files = collect()

// URL returns the address of an asset. An unknown name is a mistake in a view
// and panics.
func URL(name string) string { return files[name].url }

// Handler answers GET below Root.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	sum, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Root), "/")
	f, ok := files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	if f.url == Root+sum+"/"+name {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else { // a page of an earlier or later release
		h.Set("Cache-Control", "no-store")
	}
	body := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.gzipped()
	}
	_, _ = w.Write(body) // the browser has gone: nobody to tell
}

func collect() map[string]*file {
	all := map[string]*file{}
	add := func(name string, plain []byte) {
		sum := sha256.Sum256(plain)
		all[name] = &file{
			url:     Root + hex.EncodeToString(sum[:6]) + "/" + name,
			kind:    kinds[path.Ext(name)],
			plain:   plain,
			gzipped: sync.OnceValue(func() []byte { return compress(plain) }),
		}
	}
	add("app.css", joined("css/*.css"))
	add("app.js", joined("js/*.js"))
	for _, name := range names("later/*") { // what a page or a script asks for when it is needed
		add(path.Base(name), joined(name))
	}
	for _, pattern := range []string{"vendor/*.js", "*.svg"} {
		for _, name := range names(pattern) {
			add(path.Base(name), read(name))
		}
	}
	return all
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// joined returns the matching files one after the other, in the order of their
// names, without what only their readers need.
func joined(pattern string) []byte {
	var all bytes.Buffer
	for _, name := range names(pattern) {
		all.Write(read(name))
		all.WriteByte('\n')
	}
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	small, err := m.Bytes(path.Ext(pattern), all.Bytes())
	if err != nil {
		panic(err) // a file of ours is no CSS or JavaScript: a test fails before anybody sees it
	}
	return small
}

func names(pattern string) []string {
	found, err := fs.Glob(embedded, pattern) // sorted
	if err != nil {
		panic(err)
	}
	return found
}

func read(name string) []byte {
	b, err := embedded.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return b
}

func compress(plain []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = z.Write(plain) // to memory: cannot fail
	_ = z.Close()
	return out.Bytes()
}

// Symbols are some of the icons, for a picture that has to stand by itself; their IDs
// begin with a prefix there.
func Symbols(wanted map[string]bool, prefix string) string {
	var all strings.Builder
	for line := range strings.Lines(string(read("icons.svg"))) {
		_, rest, is := strings.Cut(line, `<symbol id="`)
		if name, _, closed := strings.Cut(rest, `"`); is && closed && wanted[name] {
			all.WriteString(`<symbol id="` + prefix + strings.TrimSuffix(rest, "\n"))
		}
	}
	return all.String()
}
