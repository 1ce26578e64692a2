package views

import (
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/views/say"
)

// ChoiceName is the field of a form that says whether a kind of notice is wanted on a
// channel.
func ChoiceName(channel models.Channel, kind models.NoticeKind) string {
	return string(channel) + "." + string(kind)
}

// heeds makes a form change how one attends to a task, in place.
func heeds(action, target string) templ.Attributes {
	return templ.Attributes{"method": "post", "action": action, "hx-post": action, "hx-target": target, "hx-swap": "outerHTML"}
}

// watchers says who watches a task, in one line.
func watchers(w *say.Words, a models.Attention) string {
	if len(a.Watchers) == 0 {
		return w.Hear.NobodyWatches
	}
	names := make([]string, len(a.Watchers))
	for i, p := range a.Watchers {
		names[i] = p.Name
	}
	return w.Hear.WatchedBy + " " + strings.Join(names, ", ")
}

// methodFor is that of a form which makes something so, or ends it.
func methodFor(so bool) string {
	if so {
		return "DELETE"
	}
	return "PUT"
}
