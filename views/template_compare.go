package views

import (
	"slices"
	"strings"

	"relevo/models"
	"relevo/models/playbook"
	"relevo/views/say"
)

// inOnePart is what two versions have differently in one part of a template.
type inOnePart struct {
	In  playbook.Part
	All []playbook.Difference
}

func byPart(all []playbook.Difference) []inOnePart {
	var parts []inOnePart
	for _, d := range all {
		if n := len(parts); n == 0 || parts[n-1].In != d.In {
			parts = append(parts, inOnePart{In: d.In})
		}
		parts[len(parts)-1].All = append(parts[len(parts)-1].All, d)
	}
	return parts
}

// changeTotals counts what was added, removed and changed.
func changeTotals(w *say.Words, all []playbook.Difference) string {
	n := map[playbook.Change]int{}
	for _, d := range all {
		n[d.Is]++
	}
	return w.Playbook.Versions.Total(n[playbook.Added], n[playbook.Removed], n[playbook.Changed])
}

// ownWords are the keys whose values people wrote as sentences, which are compared
// word by word.
var ownWords = []string{"name", "title", "label", "description", "help", "evidence", "when", "fields.help"}

func editsOf(w *say.Words, d playbook.Definition, edits []playbook.Edit) []say.Changed {
	all := make([]say.Changed, len(edits))
	for i, e := range edits {
		what, before, after := w.EditedIn(d, e)
		is := say.Changed{Field: what, From: before, To: after, Text: slices.Contains(ownWords, e.Key) && e.Before != "" && e.After != ""}
		switch came, went := w.Playbook.Versions.Is[playbook.Added], w.Playbook.Versions.Is[playbook.Removed]; {
		case e.Of == "":
		case e.After == "":
			is.To = strings.ToLower(went)
		case e.Before == "" && e.After == e.Of:
			is.New = true
		case e.Before == "":
			is.New, is.To = true, strings.ToLower(came)+", "+after
		}
		all[i] = is
	}
	return all
}

// changeIcon stands beside the word for what became of something.
func changeIcon(is playbook.Change) string {
	switch is {
	case playbook.Added:
		return "plus"
	case playbook.Removed:
		return "trash"
	case playbook.Changed:
	}
	return "edit"
}

// editions are what a comparison can be made of: the draft for those who may see it.
func editions(w *say.Words, v models.Comparison, draft bool) []Option {
	var all []Option
	if draft {
		all = append(all, Option{"draft", w.Amend.Draft})
	}
	for _, is := range v.Versions {
		all = append(all, Option{itoa(is.Number), w.Runs.VersionN(is.Number)})
	}
	return all
}

func editionValue(e models.Edition) string {
	if e == models.TheDraft {
		return "draft"
	}
	return itoa(int64(e))
}

func editionName(w *say.Words, e models.Edition) string {
	if e == models.TheDraft {
		return w.Amend.Draft
	}
	return w.Runs.VersionN(int64(e))
}

// nameIn is what something is called, placeholders and all; its ID, if it has no name.
func nameIn(d playbook.Difference) string {
	if name := strings.TrimSpace(d.Name); name != "" {
		return name
	}
	return d.ID
}

// sameness says that nothing differs, or only how it is written.
func sameness(w *say.Words, v models.Comparison) string {
	if v.Changed && v.Drafted() && v.From != v.To {
		return w.Amend.SamePublished
	}
	return w.Playbook.Versions.Same
}
