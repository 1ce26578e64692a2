package views

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/static"
	"relevo/views/say"
)

// TeamURL is a team's page.
func TeamURL(id string) templ.SafeURL { return templ.SafeURL("/teams/" + id) }

// BoardURL is a board's page.
func BoardURL(id string) templ.SafeURL { return templ.SafeURL("/boards/" + id) }

// TaskURL is a task's panel.
func TaskURL(id string) templ.SafeURL { return templ.SafeURL("/tasks/" + id) }

// Field is one field of a form: its words, what was typed, and what is wrong with it.
type Field struct {
	Name     string
	Label    string
	Hint     string
	Value    string
	Type     string       // of an input; empty: text
	Class    string       // of the control, beside "input": input-short, input-middle
	Problem  *fault.Fault // of the whole form; the field finds its own
	Required bool
	In       string           // which of several forms of the page it is in; empty: the only one
	Attrs    templ.Attributes // autocomplete, maxlength, inputmode …
}

func (f Field) fault() *fault.Fault { return f.Problem.For(f.Name) }
func (f Field) id() string          { return "field-" + f.In + f.Name }

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// described names the elements that explain the field to who cannot see them.
func (f Field) described() templ.Attributes {
	var by []string
	if f.Hint != "" {
		by = append(by, f.id()+"-hint")
	}
	attrs := templ.Attributes{}
	if f.fault() != nil {
		by = append(by, f.id()+"-wrong")
		attrs["aria-invalid"] = "true"
	}
	if len(by) > 0 {
		attrs["aria-describedby"] = strings.Join(by, " ")
	}
	return attrs
}

// Option is one choice of a select.
type Option struct{ Value, Label string }

// Initials shortens a name to the two letters of an avatar.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	switch len(words) {
	case 0:
		return "?"
	case 1:
		r := []rune(words[0])
		return string(r[:min(2, len(r))])
	}
	return string([]rune(words[0])[:1]) + string([]rune(words[len(words)-1])[:1])
}

// hues are the classes of an avatar's colours.
var hues = [...]string{"avatar", "avatar h1", "avatar h2", "avatar h3", "avatar h4", "avatar h5", "avatar h6", "avatar h7"}

// hue gives a person the same colour everywhere.
func hue(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return hues[h.Sum32()%uint32(len(hues))]
}

// date parses a calendar day; the zero time if it is none.
func date(d models.Date) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// overdue reports whether the day lies before today.
func overdue(d models.Date, now time.Time) bool {
	return d != "" && string(d) < now.Format(time.DateOnly)
}

// iconURL is the sprite's address up to the name of the icon.
var iconURL = static.URL("icons.svg") + "#"

// panelParts tells the scripts where that is which only a task's panel needs.
var panelParts = partURLs("task.js", "comment.js")

// partURLs are the addresses of parts that scripts fetch when they are first needed.
func partURLs(names ...string) string {
	urls := make([]string, len(names))
	for i, name := range names {
		urls[i] = static.URL(name)
	}
	b, err := json.Marshal(urls)
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

// scriptWords hands the scripts the few words that they say by themselves.
func scriptWords(w *say.Words) string {
	b, err := json.Marshal(map[string]string{
		"undo": w.Undo.Undo, "undone": w.Undo.Undone, "redone": w.Undo.Redone, "redo": w.Undo.Redo, "draft": w.Undo.Draft, "dropDraft": w.Undo.DropDraft, "lost": w.General.Lost, "found": w.General.Found, "gone": w.General.Gone, "unsaved": w.General.Unsaved,
		"unread": w.General.UnreadPattern, "oops": w.General.Oops, "close": w.General.Close, "inbox": w.General.Inbox,
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

func noticeIcon(kind string) string {
	switch kind {
	case "problem", "warning":
		return "warning"
	case "good":
		return "done"
	}
	return "info"
}

// told reports whether one of the fields shows the fault.
func told(f *fault.Fault, fields []string) bool {
	return f != nil && slices.ContainsFunc(fields, func(name string) bool { return f.For(name) != nil })
}
