package views

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
)

// Frame is what surrounds every full page. A fragment needs only Who and Now.
type Frame struct {
	Who    models.Actor    // without ID if nobody is signed in
	Teams  []models.MyTeam // to switch between
	Unread int             // notices in the inbox
	Path   string          // of the page at hand
	Theme  string          // "light", "dark", or empty for the system's
	Now    time.Time       // in the person's zone

	Panel      templ.Component // what is open beside the page from the start; nil: nothing
	PanelTitle string
}

type frameKey struct{}

// WithFrame returns a context whose pages are surrounded by f.
func WithFrame(ctx context.Context, f Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

// frame returns the frame of ctx. Without one nobody is signed in and the clock
// shows UTC.
func frame(ctx context.Context) Frame {
	f, _ := ctx.Value(frameKey{}).(Frame)
	if f.Now.IsZero() {
		f.Now = time.Now().UTC()
	}
	return f
}

// team returns the person's team of that ID; their first one if there is none such.
func (f Frame) team(id string) models.MyTeam {
	for _, t := range f.Teams {
		if t.ID == id {
			return t
		}
	}
	if len(f.Teams) > 0 {
		return f.Teams[0]
	}
	return models.MyTeam{}
}

// current marks the navigation link of the page one is on.
func (f Frame) current(path string) templ.Attributes {
	switch {
	case f.Path == path:
		return templ.Attributes{"aria-current": "page"}
	case strings.HasSuffix(path, "/templates"):
		if strings.HasPrefix(f.Path, path+"/") || strings.HasPrefix(f.Path, "/templates/") || strings.HasPrefix(f.Path, "/runs/") {
			return templ.Attributes{"aria-current": "true"}
		}
	case strings.HasPrefix(path, "/teams/") && !strings.HasSuffix(path, "/log") && strings.HasPrefix(f.Path, "/boards/"):
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

// htmxConfig keeps htmx within the content security policy, and swaps refusals
// too: a refused form comes back as itself. What it swaps in is alive at once: in a
// settling time of 20 ms a fast click would send the form without htmx.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,"selfRequestsOnly":true,"historyCacheSize":0,"scrollIntoViewOnBoost":false,"defaultSettleDelay":0,"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}`

// WithPanel shows a page with something open beside it, as scripts open it.
func WithPanel(page templ.Component, title string, panel templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		f := frame(ctx)
		f.Panel, f.PanelTitle = panel, title
		return page.Render(WithFrame(ctx, f), w)
	})
}

func (f Frame) titled(title string) string {
	if f.Panel != nil {
		return f.PanelTitle
	}
	return title
}

// skipTo is where the content begins that the page is about.
func (f Frame) skipTo() string {
	if f.Panel != nil {
		return "#panel"
	}
	return "#main"
}
