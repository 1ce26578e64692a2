package views

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views/say"
)

// runPart is a section of a run with its steps.
type runPart struct {
	playbook.Section
	Steps []models.RunStep
}

func runParts(v models.RunView, otherwise string, words say.Amend) []runPart {
	var parts []runPart
	for _, p := range passages(v.Definition, otherwise) {
		one := runPart{Section: p.Section}
		for _, s := range p.Steps {
			i := slices.IndexFunc(v.Steps, func(r models.RunStep) bool { return r.ID == s.ID })
			one.Steps = append(one.Steps, v.Steps[i])
		}
		parts = append(parts, one)
	}
	return append(parts, besides(v, words)...)
}

// besides are the steps that the run's version does not have, apart from the others.
func besides(v models.RunView, words say.Amend) []runPart {
	extra := runPart{Section: playbook.Section{ID: "-extra", Name: words.ExtraPart}}
	former := runPart{Section: playbook.Section{ID: "-former", Name: words.FormerPart}}
	for _, s := range v.Steps {
		switch {
		case s.Extra:
			extra.Steps = append(extra.Steps, s)
		case s.Former:
			former.Steps = append(former.Steps, s)
		}
	}
	return slices.DeleteFunc([]runPart{extra, former}, func(p runPart) bool { return len(p.Steps) == 0 })
}

// partProgress says how much of a section is done.
func partProgress(w say.Runs, p runPart) string {
	done, all := models.RunView{Steps: p.Steps}.Progress()
	if all == 0 {
		return ""
	}
	return w.Done(done, all)
}

func mayRun(v models.RunView) bool { return access.Can(v.Team.Role, access.EditTask) }

func lateSteps(v models.RunView, now time.Time) (n int) {
	for _, s := range v.Steps {
		if s.Open() && overdue(s.Task.Due, now) {
			n++
		}
	}
	return n
}

// turnSteps are those whose turn it is, what is due first at the top.
func turnSteps(v models.RunView) []models.RunStep {
	var turns []models.RunStep
	for _, s := range v.Steps {
		if s.Turn() {
			turns = append(turns, s)
		}
	}
	slices.SortStableFunc(turns, func(a, b models.RunStep) int { return strings.Compare(dueOrLast(a), dueOrLast(b)) })
	return turns
}

func dueOrLast(s models.RunStep) string {
	if s.Task.Due == "" {
		return "9"
	}
	return string(s.Task.Due)
}

func ownerNames(people []models.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

func stepState(s models.RunStep) string {
	if !s.There() {
		return string(flow.Cancelled)
	}
	return string(s.Task.State)
}

func stepIcon(s models.RunStep) string {
	if !s.There() {
		return "trash"
	}
	return string(s.Task.State)
}

// hasMore reports whether a step that is not one's turn has anything to unfold.
func hasMore(s models.RunStep) bool {
	return s.Task.Description != "" || len(s.Items) > 0 || len(s.Fields) > 0 || s.Open() || s.Task.State == flow.Done || s.Task.Wanted == models.WantedDropped
}

func stepURL(v models.RunView, s models.RunStep) templ.SafeURL {
	return RunURL(v.Run.ID) + "/tasks/" + templ.SafeURL(s.Task.ID)
}

func tickMethod(i models.Item) string {
	if i.TickedAt != nil {
		return "DELETE"
	}
	return "PUT"
}

func tickBy(i models.Item, at templ.SafeURL) templ.Attributes {
	return byMethod(tickMethod(i), string(at))
}

// byMethod makes scripts send what a plain form does.
func byMethod(method, at string) templ.Attributes {
	return templ.Attributes{"hx-" + strings.ToLower(method): at}
}

func itemMark(w say.Runs, i models.Item) string {
	if i.Required {
		return " (" + w.Required + ")"
	}
	return ""
}

// of is what was refused of a step and what was typed for it; nothing, if it is
// another one that has trouble.
func (t StepTrouble) of(s models.RunStep) (*fault.Fault, map[string]string) {
	if t.Task != s.Task.ID {
		return nil, nil
	}
	return t.Problem, t.Typed
}

// fieldsOf reports whether all that is wrong is about fields of the step, and is told
// beside them.
func fieldsOf(s models.RunStep, problem *fault.Fault) bool {
	if problem.Kind == fault.Stale {
		return false
	}
	for _, f := range append([]*fault.Fault{problem}, problem.Also...) {
		id, is := custom.IsAnswer(f.Field)
		if f.Code == fault.IncompleteTask && len(f.Also) > 0 {
			continue
		}
		if !is || !slices.ContainsFunc(s.Fields, func(f playbook.Field) bool { return f.ID == id }) {
			return false
		}
	}
	return true
}

// ofStep is what is wrong with one field.
func ofStep(problem *fault.Fault, f playbook.Field) *fault.Fault {
	return problem.For(custom.AnswerKey(f.ID))
}

func answerIn(s models.RunStep, f playbook.Field, typed map[string]string) string {
	if text, there := typed[f.ID]; there {
		return text
	}
	if held := s.Values[f.ID].Value; held != "" {
		return held
	}
	return f.Default
}

func commentIn(s models.RunStep, t StepTrouble) string {
	if t.Task == s.Task.ID {
		return t.Comment
	}
	return ""
}

// valueText is what was filled in, as people read it.
func valueText(w *say.Words, f playbook.Field, v models.FieldText) string {
	if v.Value == "" {
		return w.Log.None
	}
	if f.Type != playbook.Person {
		v.Text = ""
	}
	return w.FieldValue(f.Type, v.Value, v.Text)
}

func handOptions(w say.Runs, people []models.Person) []Option {
	options := []Option{{"", say.Capital(w.Nobody)}}
	for _, p := range people {
		options = append(options, Option{p.ID, p.Name})
	}
	return options
}

// mayBegin reports whether who looks may start a run of the template, as it is.
func mayBegin(v models.RunsView) bool {
	return v.Template.Published > 0 && v.Template.ArchivedAt == nil && mayStart(v.Team)
}

func emptyRuns(w say.Runs, v models.RunsView) string {
	if v.Going {
		return w.NoneGoing
	}
	return w.NoRuns
}

func allQuery(v models.RunsView) string {
	if v.Going {
		return ""
	}
	return "&all=1"
}

func comma(i, n int) string {
	if i < min(n, 3)-1 {
		return ","
	}
	return ""
}

// RunTableHead names the columns of the table of runs.
func RunTableHead(w *say.Words, v models.RunTable) []string {
	head := []string{w.Runs.Runs, w.Runs.From, w.Runs.Progress}
	for _, s := range v.Columns {
		head = append(head, stepName(s))
	}
	return head
}

// RunTableRows are its rows as texts.
func RunTableRows(w *say.Words, v models.RunTable) [][]string {
	rows := make([][]string, len(v.Runs))
	for i, r := range v.Runs {
		row := []string{r.Name, string(r.Starts), itoa(int64(r.Done)) + "/" + itoa(int64(r.All()))}
		for _, s := range v.Columns {
			row = append(row, cellText(w, v.Cells[r.ID][s.ID]))
		}
		rows[i] = row
	}
	return rows
}

// cellText says how far a step is, who holds it and when it is due.
func cellText(w *say.Words, c models.RunCell) string {
	switch {
	case c.Task == "":
		return ""
	case c.Skipped:
		return w.Runs.Skipped
	}
	text := w.Names.State[c.State]
	if len(c.Owners) > 0 {
		text += ", " + ownerNames(c.Owners)
	}
	if c.Open() && c.Due != "" {
		text += ", " + string(c.Due)
	}
	return text
}

// blank is a placeholder, which means something in one run alone.
var blank = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// stepName is what a step is called over all runs.
func stepName(s playbook.Step) string { return blank.ReplaceAllString(s.Title, "…") }

func cellState(w *say.Words, c models.RunCell) string {
	if c.Skipped {
		return w.Runs.Skipped
	}
	return w.Names.State[c.State]
}

func cellIcon(c models.RunCell, late bool) string {
	switch {
	case c.Skipped:
		return "ban"
	case late:
		return "warning"
	}
	return string(c.State)
}

func tableQuery(v models.RunsView) string {
	if v.Going {
		return ""
	}
	return "?all=1"
}

// runsAt is an address of the runs of a template with what is asked of them.
func runsAt(v models.RunTable, end string, more ...string) templ.SafeURL {
	query := url.Values{}
	if !v.Going {
		query.Set("all", "1")
	}
	if v.Person != "" {
		query.Set("person", v.Person)
	}
	for i := 0; i+1 < len(more); i += 2 {
		query.Set(more[i], more[i+1])
	}
	at := TemplateURL(v.Template.ID) + templ.SafeURL("/runs"+end)
	if text := query.Encode(); text != "" {
		at += templ.SafeURL("?" + text)
	}
	return at
}
