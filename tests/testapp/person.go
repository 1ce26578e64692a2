package testapp

import (
	"bytes"
	"context"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
)

// Person uses the application as a browser without scripts would, from an address
// of their own.
type Person struct {
	ID      string
	Name    string
	Email   string
	Lang    string // what the browser asks for
	Address string

	app     *App
	mu      sync.Mutex
	cookies map[string]string
}

// Actor is the person as the store knows them.
func (p *Person) Actor() models.Actor {
	return models.Actor{ID: p.ID, Name: p.Name, Lang: "en", Zone: "UTC", Address: p.Address}
}

// SignIn signs the person in (again), past the form.
func (p *Person) SignIn() {
	tb, ctx := p.app.tb, p.app.tb.Context()
	tb.Helper()
	user, token, err := p.app.Store.SignIn(ctx, models.Actor{Address: p.Address}, p.Email, Password, "testapp")
	require.NoError(tb, err)
	p.ID = user.ID
	p.setCookie(cookieName, token)
}

const cookieName = "relevo"

// Cookie is that of the person's session.
func (p *Person) Cookie() *http.Cookie {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &http.Cookie{Name: cookieName, Value: p.cookies[cookieName], Path: "/", HttpOnly: true}
}

// OtherBrowser is the same person with no session yet.
func (p *Person) OtherBrowser() *Person {
	return &Person{ID: p.ID, Name: p.Name, Email: p.Email, Lang: p.Lang, Address: p.Address, app: p.app, cookies: map[string]string{}}
}

// At is the same person in the same session, at another server.
func (p *Person) At(app *App) *Person {
	there := p.OtherBrowser()
	there.app = app
	there.setCookie(cookieName, p.Cookie().Value)
	return there
}

func (p *Person) setCookie(name, value string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if value == "" {
		delete(p.cookies, name)
		return
	}
	p.cookies[name] = value
}

// Answer is what came back.
type Answer struct {
	Status   int
	Location string // where a redirect leads
	Header   http.Header
	Body     string
}

// Get asks for a page.
func (p *Person) Get(path string) Answer { return p.Do(http.MethodGet, path, nil) }

// Send sends a form as a page without scripts does: by POST, with the method that
// is meant in _method. The fields are name, value, name, value …
func (p *Person) Send(method, path string, fields ...string) Answer {
	p.app.tb.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	if method != http.MethodPost {
		form.Set("_method", method)
	}
	return p.Do(http.MethodPost, path, form)
}

// Do makes one request, with headers: name, value, name, value …
func (p *Person) Do(method, path string, form url.Values, headers ...string) Answer {
	tb := p.app.tb
	tb.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(tb.Context(), method, p.app.URL+path, body)
	require.NoError(tb, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.Header.Set("Accept-Language", p.Lang)
	r.Header.Set("X-Forwarded-For", p.Address)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return p.answer(r)
}

// Upload sends a form with one file, as a page without scripts does.
func (p *Person) Upload(path, field, name string, data []byte) Answer {
	p.app.tb.Helper()
	return p.UploadAll(path, field, File{name, data})
}

// File is a file of a person's.
type File struct {
	Name string
	Data []byte
}

// UploadAll is Upload of several.
func (p *Person) UploadAll(path, field string, files ...File) Answer {
	tb := p.app.tb
	tb.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := form.CreateFormFile(field, f.Name)
		require.NoError(tb, err)
		_, err = part.Write(f.Data)
		require.NoError(tb, err)
	}
	require.NoError(tb, form.Close())
	return p.Raw(path, form.FormDataContentType(), body.String())
}

// Raw posts a body as it is.
func (p *Person) Raw(path, kind, body string) Answer {
	tb := p.app.tb
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, p.app.URL+path, strings.NewReader(body))
	require.NoError(tb, err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Accept-Language", p.Lang)
	r.Header.Set("X-Forwarded-For", p.Address)
	return p.answer(r)
}

// answer makes the request with the person's cookies, and keeps those that come.
func (p *Person) answer(r *http.Request) Answer {
	tb := p.app.tb
	tb.Helper()
	p.mu.Lock()
	cookies := maps.Clone(p.cookies)
	p.mu.Unlock()
	for name, value := range cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := client.Do(r)
	require.NoError(tb, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(tb, err)
	for _, c := range res.Cookies() {
		if c.MaxAge < 0 {
			c.Value = ""
		}
		p.setCookie(c.Name, c.Value)
	}
	return Answer{Status: res.StatusCode, Location: res.Header.Get("Location"), Header: res.Header, Body: string(text)}
}

// client follows nothing by itself: where an answer leads is for the test to see.
var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
}

// Listen opens a stream for a while, from its answer on, and returns what came.
func (p *Person) Listen(path string, while time.Duration) Answer {
	tb := p.app.tb
	tb.Helper()
	ctx, stop := context.WithCancel(tb.Context())
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.app.URL+path, nil)
	require.NoError(tb, err)
	r.Header.Set("Accept", "text/event-stream")
	if c := p.Cookie(); c.Value != "" {
		r.AddCookie(c)
	}
	res, err := client.Do(r)
	require.NoError(tb, err)
	defer func() { _ = res.Body.Close() }()
	time.AfterFunc(while, stop)
	text, _ := io.ReadAll(res.Body) // until the time is over
	return Answer{Status: res.StatusCode, Location: res.Header.Get("Location"), Header: res.Header, Body: string(text)}
}
