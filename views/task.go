package views

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/views/say"
)

// TaskPage is a task as its panel shows it, with the form that came back, if one did.
type TaskPage struct {
	models.TaskView
	Back Back
}

// Back is a form that came back: what was typed, and what is wrong with it.
type Back struct {
	Form    string        // which of the panel's forms
	Typed   url.Values    // as it was sent
	Problem error         // nil: it only asks for a preview
	Refused []RefusedFile // files that were not added
}

// The forms of a panel. That of a link has the other task's ID after it.
const (
	TitleForm         = "title"
	DescriptionForm   = "description"
	DetailsForm       = "details"
	StartForm         = "start"
	StateForm         = "state"
	BlockForm         = "block"
	OverrideForm      = "override"
	CancelForm        = "cancel"
	ArchiveForm       = "archive"
	DeleteForm        = "delete"
	PrerequisitesForm = "prerequisites"
	DependentsForm    = "dependents"
	ItemsForm         = "items"
)

func (p TaskPage) can(act access.Action) bool { return access.Can(p.Role, act) }
func (p TaskPage) edits() bool                { return p.can(access.EditTask) }
func (p TaskPage) url(more ...string) string {
	return "/tasks/" + strings.Join(append([]string{p.Task.ID}, more...), "/")
}

// version is what a form was filled in for. One that came back keeps it, until
// its writer has been shown what changed since.
func (p TaskPage) version(form string) string {
	if typed := p.Back.Typed.Get("version"); p.back(form) && p.stale(form) == nil && typed != "" {
		return typed
	}
	return strconv.FormatInt(p.Task.Version, 10)
}

func (p TaskPage) back(form string) bool { return p.Back.Form == form }

// preview reports whether the form came back to show what it would look like.
func (p TaskPage) preview(form string) bool { return p.back(form) && p.Back.Problem == nil }

// value is what a field shows: what was typed if its form came back, else what is saved.
func (p TaskPage) value(form, name, saved string) string {
	if typed, ok := p.Back.Typed[name]; ok && p.back(form) {
		return typed[0]
	}
	return saved
}

// chosen reports whether a box or option is ticked.
func (p TaskPage) chosen(form, name, value string, saved bool) bool {
	if p.back(form) && p.Back.Typed.Has(name) {
		return slices.Contains(p.Back.Typed[name], value)
	}
	return saved
}

// wrong is the fault of one field; nil if there is none.
func (p TaskPage) wrong(form, name string) *fault.Fault {
	if !p.back(form) {
		return nil
	}
	return fault.From(p.Back.Problem).For(name)
}

// refused is what is wrong with the whole form.
func (p TaskPage) refused(form string) error {
	f := fault.From(p.Back.Problem)
	if !p.back(form) || p.Back.Problem == nil || f != nil && (f.Kind == fault.Stale || f.Field != "") {
		return nil
	}
	return p.Back.Problem
}

// problem is what is wrong with a form, in a field or as a whole.
func (p TaskPage) problem(form string) *fault.Fault {
	if !p.back(form) {
		return nil
	}
	return fault.From(p.Back.Problem)
}

// stale is the fault of a form that was filled in for an older version.
func (p TaskPage) stale(form string) *fault.Fault {
	if f := fault.From(p.Back.Problem); p.back(form) && f != nil && f.Kind == fault.Stale {
		return f
	}
	return nil
}

// step is what one does next with a task: a button.
type step struct {
	label  string
	action string
	method string // of the request
	column string // where to; empty if the address says it
}

// steps are the sensible next actions, the first one first.
func (p TaskPage) steps(w *say.Words) []step {
	complete := step{label: w.Task.Complete, action: p.url("completion"), method: "POST"}
	switch p.Task.State {
	case flow.Ready:
		if c, ok := p.column(flow.InProgress); ok {
			return []step{{w.Task.Start, p.url("place"), "PUT", c.ID}, complete}
		}
		return []step{complete}
	case flow.InProgress:
		if c, ok := p.column(flow.InReview); ok {
			return []step{{w.Task.Review, p.url("place"), "PUT", c.ID}, complete}
		}
		return []step{complete}
	case flow.InReview:
		return []step{complete}
	case flow.Done:
		return []step{{label: w.Task.Reopen, action: p.url("completion"), method: "DELETE"}}
	case flow.Cancelled:
		return []step{{label: w.Task.Reopen, action: p.url("cancellation"), method: "DELETE"}}
	}
	return nil
}

// column is the board's first column of a state.
func (p TaskPage) column(s flow.State) (models.Column, bool) {
	i := slices.IndexFunc(p.Columns, func(c models.Column) bool { return c.State == s })
	if i < 0 {
		return models.Column{}, false
	}
	return p.Columns[i], true
}

func (p TaskPage) owns(person string) bool {
	return slices.ContainsFunc(p.Owners, func(o models.Person) bool { return o.ID == person })
}

// assignable are the members and whoever owns the task without being one any more.
func (p TaskPage) assignable() []models.Person {
	people := slices.Clone(p.Members)
	for _, o := range p.Owners {
		if !slices.ContainsFunc(people, func(m models.Person) bool { return m.ID == o.ID }) {
			people = append(people, o)
		}
	}
	return people
}

// theirs are the owners to tick: those chosen before the form came back, or the saved ones.
func (p TaskPage) theirs() []models.Person {
	var ticked []models.Person
	for _, m := range p.assignable() {
		if p.chosen(DetailsForm, "owners", m.ID, p.owns(m.ID)) {
			ticked = append(ticked, m)
		}
	}
	return ticked
}

// LocalMoment is the form of a datetime-local field.
const LocalMoment = "2006-01-02T15:04"

func localMoment(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(frame(ctx).Now.Location()).Format(LocalMoment)
}

func (p TaskPage) notBeforePending(ctx context.Context) bool {
	return p.Task.NotBefore != nil && p.Task.NotBefore.After(frame(ctx).Now)
}

func momentText(ctx context.Context, t time.Time) string {
	now := frame(ctx).Now
	return say.In(ctx).Moment(t.In(now.Location()), now)
}

// changedText words one value of a change as a form shows it.
func changedText(ctx context.Context, field, value string) string {
	w := say.In(ctx)
	if kind, _, ok := custom.Parse(field); ok && value != "" {
		return "“" + w.FieldValue(kind, value, "") + "”"
	}
	switch field {
	case "repeats":
		return "“" + w.RepeatText(value) + "”"
	case "due", "repeats_on":
		if d, err := time.Parse(time.DateOnly, value); err == nil {
			return w.When.Date(d)
		}
	case "estimate":
		if n, err := strconv.Atoi(value); err == nil {
			return flow.FormatEstimate(n)
		}
	case "priority":
		n, _ := strconv.Atoi(value) // empty: none
		if n >= 0 && n < len(w.Names.Priority) {
			return w.Names.Priority[n]
		}
	case "join":
		return w.Names.Join[flow.Join(value)]
	case "state":
		return w.Names.State[flow.State(value)]
	case "not_before":
		if t, err := time.Parse(time.RFC3339Nano, value); err == nil {
			return momentText(ctx, t)
		}
	case "description":
		return shorten(value, 300)
	}
	if value == "" {
		return w.Task.Nothing
	}
	return "“" + value + "”"
}

func shorten(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return "“" + string(runes[:most]) + "…”"
	}
	if text == "" {
		return ""
	}
	return "“" + text + "”"
}

// staleLine tells of one change that somebody made meanwhile.
func staleLine(ctx context.Context, c fault.Change) string {
	words := say.In(ctx)
	w := words.Task
	field := w.Fields[c.Field]
	if field == "" {
		field = words.FieldName(c.Field)
	}
	if c.Who == "" {
		c.Who = words.Log.Automation
	}
	switch c.Field {
	case "position", "deleted_at", "archived_at", "items", "files":
		return words.Undo.Since(c.Who, field)
	}
	from, to := changedText(ctx, c.Field, c.From), changedText(ctx, c.Field, c.To)
	if from == "" {
		from = w.Nothing
	}
	if to == "" {
		to = w.Nothing
	}
	return w.StaleLine(c.Who, field, from, to)
}

// sends makes a form post and put the answer in the panel's place.
func sends(action string) templ.Attributes {
	return templ.Attributes{
		"method": "post", "action": action, "hx-post": action, "hx-target": "closest .task", "hx-swap": "outerHTML",
		"hx-disabled-elt": "find button",
	}
}

// opens makes a link put its page in the panel's place.
func opens(url string) templ.Attributes {
	return templ.Attributes{"hx-get": url, "hx-target": "closest .task", "hx-swap": "outerHTML"}
}

// ask makes a form fetch and put the answer in the panel's place.
func ask(action string) templ.Attributes {
	return templ.Attributes{"method": "get", "action": action, "hx-get": action, "hx-target": "closest .task", "hx-swap": "outerHTML"}
}

// describedBy joins the IDs of a field's hint and error.
func describedBy(hint string, id string, wrong *fault.Fault) templ.Attributes {
	attrs := templ.Attributes{}
	var by []string
	if hint != "" {
		by = append(by, id+"-hint")
	}
	if wrong != nil {
		by = append(by, id+"-wrong")
		attrs["aria-invalid"] = "true"
	}
	if len(by) > 0 {
		attrs["aria-describedby"] = strings.Join(by, " ")
	}
	return attrs
}

// whyLine words one link of the chain behind a move.
func whyLine(ctx context.Context, s models.Step) string {
	w := say.In(ctx)
	from, to := w.Names.State[flow.State(s.From)], w.Names.State[flow.State(s.To)]
	moved := from != "" && to != "" && from != to
	switch {
	case s.Auto && moved:
		return w.Task.Step.Went(s.Task.Key, from, to)
	case s.Auto:
		return w.Task.Step.Time(s.Task.Key)
	case models.Action(s.Action) == models.TaskCreated:
		return w.Task.Step.Created(s.Who, s.Task.Key)
	case moved && models.Action(s.Action) == models.TaskMoved:
		return w.Task.Step.Moved(s.Who, s.Task.Key, from, to)
	}
	return w.Task.Step.Person(s.Action, s.Who, s.Task.Key)
}

// releaseAt is when time alone will release a waiting task; zero if somebody has
// to act first.
func releaseAt(v models.TaskView) time.Time {
	if v.Task.State != flow.Waiting {
		return time.Time{}
	}
	var latest, earliest time.Time // of what waits for time alone
	open, pending := 0, 0
	for _, l := range v.WaitsFor {
		if !l.Open {
			continue
		}
		open++
		if l.From == nil {
			pending++
			continue
		}
		if latest.Before(*l.From) {
			latest = *l.From
		}
		if earliest.IsZero() || l.From.Before(earliest) {
			earliest = *l.From
		}
	}
	at := latest
	if v.Task.Join == flow.Any && len(v.WaitsFor) > 0 {
		at = earliest
		if open < len(v.WaitsFor) {
			at = time.Time{} // one is satisfied: only its own earliest start is left
		} else if pending == open {
			return time.Time{}
		}
	} else if pending > 0 {
		return time.Time{}
	}
	if v.Task.NotBefore != nil && v.Task.NotBefore.After(at) {
		at = *v.Task.NotBefore
	}
	return at
}

// openLinks are the prerequisites that are not satisfied yet.
func openLinks(all []models.Link) []models.Link {
	return slices.DeleteFunc(slices.Clone(all), func(l models.Link) bool { return !l.Open })
}

// mostNamed tasks are named where a line speaks of several.
const mostNamed = 3

func tasksOf(all []models.Link) []models.TaskRef {
	tasks := make([]models.TaskRef, len(all))
	for i, l := range all {
		tasks[i] = l.Task
	}
	return tasks
}
