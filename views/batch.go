package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/playbook"
	"relevo/views/say"
)

// How much of a table its page shows.
const (
	shownRows   = 50
	shownFaults = 200
	shownCell   = 30 // characters of an example
)

// BatchHeadings name the columns of a table that are a run's own, in every language:
// whoever made it may have made it in another than whoever starts it.
func BatchHeadings() map[string]string {
	all := map[string]string{}
	for _, w := range say.Langs {
		all[w.Batch.Name], all[w.Batch.Start], all[w.Batch.End] = models.NameColumn, models.FromColumn, models.UntilColumn
	}
	return all
}

// targetName is what a column can be, in words.
func targetName(w *say.Words, v models.BatchView, target string) string {
	switch target {
	case "":
		return ""
	case models.NameColumn:
		return w.Batch.Name
	case models.FromColumn:
		return w.Batch.Start
	case models.UntilColumn:
		return w.Batch.End
	}
	return v.Label(target)
}

func targetOptions(w *say.Words, v models.BatchView) []Option {
	options := []Option{{"", w.Batch.LeaveOut}}
	for _, t := range v.Targets {
		options = append(options, Option{t.ID, targetName(w, v, t.ID)})
	}
	return options
}

// neededTarget reports whether a table has to have a column for a target.
func neededTarget(v models.BatchView, target string) bool {
	f, is := v.Definition.Input(strings.TrimPrefix(target, models.AnswerField("")))
	return is && target == models.AnswerField(f.ID) && f.Required && f.Default == ""
}

// cellExample is the first thing in a column.
func cellExample(v models.BatchView, column int) string {
	for row := range v.Grid.Rows {
		if cell := v.Grid.Cell(row, column); cell != "" {
			r := []rune(cell)
			if len(r) > shownCell {
				return string(r[:shownCell]) + "…"
			}
			return cell
		}
	}
	return ""
}

// batchFault is something wrong in a row.
type batchFault struct {
	line         string
	column, what string
}

// batchFaults are those that are shown, and how many are not.
func batchFaults(w *say.Words, v models.BatchView) (all []batchFault, more int) {
	for _, r := range v.Rows {
		for _, f := range r.Faults {
			if len(all) == shownFaults {
				more++
				continue
			}
			all = append(all, batchFault{itoa(int64(r.Line)), targetName(w, v, f.Field), w.Problem(f)})
		}
	}
	return all, more
}

func shownBatch(v models.BatchView) []models.BatchRow { return v.Rows[:min(shownRows, len(v.Rows))] }

// startsBatch reports whether the table can be started as it is.
func startsBatch(v models.BatchView) bool { return len(v.Rows) > 0 && v.Wrong() == 0 }

// ExampleTable is a table for a template with one row that can be started, but for
// what has to match a pattern.
func ExampleTable(w *say.Words, v models.BatchView, mine string) [][]string {
	var head, row []string
	for _, t := range v.Targets {
		name := targetName(w, v, t.ID)
		if name == "" || slices.Contains(head, name) {
			name = t.ID
		}
		head, row = append(head, name), append(row, exampleCell(w, v, t.ID, mine))
	}
	return [][]string{head, row}
}

func exampleCell(w *say.Words, v models.BatchView, target, mine string) string {
	switch target {
	case models.FromColumn:
		return v.Batch.From
	case models.NameColumn, models.UntilColumn:
		return ""
	}
	f, is := v.Definition.Input(strings.TrimPrefix(target, models.AnswerField("")))
	if !is || target != models.AnswerField(f.ID) {
		return ""
	}
	if f.Default != "" {
		return f.Default
	}
	switch f.Type {
	case playbook.Number:
		return textOf(f.Min, "1")
	case playbook.Date:
		return textOf(f.Min, v.Batch.From)
	case playbook.Choice:
		return f.Options[0]
	case playbook.Person:
		return mine
	case playbook.YesNo:
		return strings.ToLower(w.Runs.YesWord)
	case playbook.URL:
		return "https://example.org"
	case playbook.Text:
		if f.Pattern != "" {
			return "" // what would match it, only a person can tell
		}
	}
	if strings.Contains(f.ID, "mail") {
		return "name@example.org"
	}
	return w.Batch.ExampleText
}

func textOf(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// undoStart is where what was just started is undone.
func undoStart(team string, entry string) templ.SafeURL {
	return TeamURL(team) + "/changes/" + templSafe(entry) + "/undoing"
}

// unknownColumns reports whether there is a column of which nobody knows what it is.
func unknownColumns(v models.BatchView) bool { return slices.Contains(v.Batch.Columns, "") }
