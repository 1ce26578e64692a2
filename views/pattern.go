package views

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views/say"
)

// PatternURL is the address of a task template of a board; without an ID, of them all.
func PatternURL(board, pattern string, more ...string) templ.SafeURL {
	parts := append([]string{"patterns", pattern}, more...)
	return BoardURL(board) + templ.SafeURL(strings.TrimRight("/"+strings.Join(parts, "/"), "/"))
}

// PatternPage is a task template as it is edited.
type PatternPage struct {
	models.PatternsView
	Pattern models.PatternView
	Typed   Typed // nil: as it is saved
	Problem error
}

func (p PatternPage) fault() *fault.Fault { return fault.From(p.Problem) }

// chosen reports whether an ID is ticked in a list of boxes.
func (t Typed) chosen(name, id string, usual bool) bool {
	if t == nil {
		return usual
	}
	return slices.Contains(url.Values(t)[name], id)
}

func (p PatternPage) owns(id string) bool {
	return p.Typed.chosen("owners", id, slices.ContainsFunc(p.Pattern.OwnedBy, func(o models.Person) bool { return o.ID == id }))
}

func (p PatternPage) wears(id string) bool {
	return p.Typed.chosen("labels", id, slices.ContainsFunc(p.Pattern.Worn, func(l models.Label) bool { return l.ID == id }))
}

// ticked is a box's value.
func (p PatternPage) ticked(name string, usual bool) string {
	return onOff(p.Typed.ticked(name, usual))
}

// PatternSavePage asks how a task becomes a template.
type PatternSavePage struct {
	models.TaskView
	Others  int // templates that the board has
	Typed   Typed
	Problem error
}

func (p PatternSavePage) page() TaskPage { return TaskPage{TaskView: p.TaskView} }

// proposed is a name for the template: what the task is called, as far as it fits.
func (p PatternSavePage) proposed() string {
	title := []rune(p.Task.Title)
	return strings.TrimSpace(string(title[:min(len(title), models.MaxPatternName)]))
}

// dueIn are the days from when the task was made to its due date, if that is later.
func (p PatternSavePage) dueIn(ctx context.Context) string {
	if p.Task.Due == "" {
		return ""
	}
	made := date(models.Date(p.Task.CreatedAt.In(frame(ctx).Now.Location()).Format("2006-01-02")))
	n := int(date(p.Task.Due).Sub(made).Hours() / 24)
	if n < 0 || n > models.MaxDueIn {
		return ""
	}
	return strconv.Itoa(n)
}

func dueIn(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// itemLines writes a checklist as people type it: a line begins with ! where the item
// is required, and with - where it would seem so.
func itemLines(items []models.Item) string {
	var b strings.Builder
	for _, i := range items {
		switch {
		case i.Required:
			b.WriteString("! ")
		case strings.HasPrefix(i.Text, "!"), strings.HasPrefix(i.Text, "- "):
			b.WriteString("- ")
		}
		b.WriteString(i.Text + "\n")
	}
	return b.String()
}

// ReadItemLines reads what itemLines wrote.
func ReadItemLines(text string) (items []models.Item) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		text, required := strings.CutPrefix(strings.TrimSpace(line), "!")
		if !required {
			text = strings.TrimPrefix(text, "- ")
		}
		items = append(items, models.Item{Text: strings.TrimSpace(text), Required: required})
	}
	return items
}

func priorityOptions(w *say.Words) []Option {
	options := make([]Option, len(models.Priorities))
	for i, p := range models.Priorities {
		options[i] = Option{strconv.Itoa(int(p)), w.Names.Priority[p]}
	}
	return options
}

// patternAsks names whom tasks made of a template ask for approval; empty: nobody.
func patternAsks(w *say.Words, p models.PatternView) string {
	var who []string
	for _, person := range p.AskedOf {
		who = append(who, person.Name)
	}
	if p.Ask.Role != "" {
		who = append(who, w.Patterns.AsksRole(w.Names.Role[string(p.Ask.Role)]))
	}
	if len(who) == 0 {
		return ""
	}
	return w.Patterns.Asks(strings.Join(who, ", "))
}

func mayUsePatterns(v models.PatternsView) bool {
	return access.Can(v.Role, access.EditTask) && v.Board.ArchivedAt == nil
}
