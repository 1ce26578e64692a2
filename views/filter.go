package views

import (
	"slices"

	"relevo/models"
	"relevo/models/flow"
	"relevo/views/say"
)

// ownerChoices are the people that a filter can ask for.
func ownerChoices(w *say.Words, people []models.Person, chosen string) []Option {
	options := []Option{{"", w.Lens.Anybody}, {models.FilterMe, w.Lens.Me}, {models.FilterNobody, w.Lens.Nobody}}
	for _, p := range people {
		options = append(options, Option{p.ID, p.Name})
	}
	if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == chosen }) {
		options = append(options, Option{chosen, w.Lens.Former})
	}
	return options
}

func stateChoices(w *say.Words) []Option {
	options := []Option{{"", w.Lens.AnyState}}
	for _, s := range flow.States {
		options = append(options, Option{string(s), w.Names.State[s]})
	}
	return options
}

func priorityChoices(w *say.Words) []Option {
	options := []Option{{"", w.Lens.AnyPriority}}
	for i, name := range models.FilterPriorities {
		options = append(options, Option{name, w.Names.Priority[i]})
	}
	return options
}

func labelChoices(w *say.Words, labels []models.Label) []Option {
	options := []Option{{"", w.Lens.AnyLabel}}
	for _, l := range labels {
		options = append(options, Option{l.ID, l.Name})
	}
	return options
}

func dueChoices(w *say.Words) []Option {
	options := []Option{{"", w.Lens.AnyDue}}
	for _, name := range models.FilterDues {
		options = append(options, Option{name, w.Lens.Dues[name]})
	}
	return options
}

func matches(lanes []models.Lane) int {
	n := 0
	for _, l := range lanes {
		n += l.Matches
	}
	return n
}

// ignoredParts names the parts of an address that were not understood.
func ignoredParts(w *say.Words, names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		if parts[i] = w.Lens.Parts[name]; parts[i] == "" {
			parts[i] = w.Field.OfFields
		}
	}
	return w.Lens.Ignored(parts)
}

// goneParts names the parts of an address that ask for what is no longer there.
func goneParts(w *say.Words, names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = w.Lens.Parts[name]
	}
	return w.Lens.Gone(parts)
}
