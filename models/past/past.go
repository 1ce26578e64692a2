// Package past rebuilds what a team had at a moment from the entries of its log up to
// then, and from nothing else. It does no I/O and knows no clock.
package past

import (
	"maps"
	"slices"
	"strings"

	"relevo/models/custom"
	"relevo/models/ledger"
)

// Thing is something that the log tells of, as it was: its fields as the log writes
// them. A field that holds nothing may be missing.
type Thing struct {
	Fields map[string]string
	Texts  map[string]string // what the values of fields were called then, where they are IDs
}

// Get is what a field held; empty: nothing.
func (t *Thing) Get(field string) string {
	if t == nil {
		return ""
	}
	return t.Fields[field]
}

// Things are those of one kind, by ID.
type Things map[string]*Thing

// State is all that was there at a moment. What is in the bin is there; what was
// removed for good is not.
type State struct {
	Tasks, Boards, Columns, Items, Comments, Labels, Fields, Files, Views, Patterns, Templates, Runs, Links Things
	Dependencies                                                                                            Things // by Edge; the text of prerequisite is what that was called then
}

// New is the state before the first entry.
func New() *State {
	return &State{Tasks: Things{}, Boards: Things{}, Columns: Things{}, Items: Things{}, Comments: Things{}, Labels: Things{}, Fields: Things{},
		Files: Things{}, Views: Things{}, Patterns: Things{}, Templates: Things{}, Runs: Things{}, Links: Things{}, Dependencies: Things{}}
}

// Edge names a dependency: what comes before, and what waits for it.
func Edge(prerequisite, dependent string) string { return prerequisite + " → " + dependent }

// About is where the things are that an entry is about, and the ID of the one that it
// changes; nil if the state has none of that kind.
func (s *State) About(e ledger.Entry) (Things, string) {
	switch kind, _, _ := strings.Cut(e.Action, "."); kind {
	case "task", "approval":
		return s.Tasks, e.Task.ID
	case "board":
		return s.Boards, e.Board.ID
	case "dependency":
		return s.Dependencies, Edge(e.Subject.ID, e.Task.ID)
	case "column":
		return s.Columns, e.Subject.ID
	case "item":
		return s.Items, e.Subject.ID
	case "comment":
		return s.Comments, e.Subject.ID
	case "label":
		return s.Labels, e.Subject.ID
	case "field":
		return s.Fields, e.Subject.ID
	case "file":
		return s.Files, e.Subject.ID
	case "view": // those that are shared: one's own are nobody's business
		return s.Views, e.Subject.ID
	case "pattern":
		return s.Patterns, e.Subject.ID
	case "template":
		return s.Templates, e.Subject.ID
	case "run":
		return s.Runs, e.Subject.ID
	case "link":
		return s.Links, e.Subject.ID
	}
	return nil, ""
}

// Makes reports whether an entry's action makes the thing that it is about.
func Makes(action string) bool {
	switch _, verb, _ := strings.Cut(action, "."); verb {
	case "created", "added", "started":
		return true
	case "returned":
		return strings.HasPrefix(action, "dependency.")
	case "made":
		return strings.HasPrefix(action, "link.")
	}
	return false
}

// Ends reports whether it ends it for good.
func Ends(action string) bool {
	switch action {
	case "task.purged", "file.purged", "board.discarded", "comment.deleted",
		"column.removed", "item.removed", "view.removed", "pattern.removed", "label.removed", "field.removed", "dependency.removed", "dependency.withdrawn":
		return true
	}
	return false
}

// Add reads the next entry. What is about a thing that the state does not know is
// passed over: it was there before the first entry that was read.
func (s *State) Add(e ledger.Entry) {
	things, id := s.About(e)
	if things == nil {
		return
	}
	id = strings.Clone(id) // what an entry holds is part of the whole entry
	switch {
	case Makes(e.Action):
		things[id] = begun(e)
	case Ends(e.Action):
		delete(things, id)
		s.goWith(e, id)
		return
	}
	if t := things[id]; t != nil {
		t.change(e)
	}
}

// begun is a thing as its first entry finds it.
func begun(e ledger.Entry) *Thing {
	t := &Thing{Fields: map[string]string{}}
	set := func(field, value string) { t.Fields[field] = strings.Clone(value) }
	switch kind, _, _ := strings.Cut(e.Action, "."); kind {
	case "task":
		key, _, _ := strings.Cut(e.Task.Name, " ")
		set("board", e.Board.ID)
		set("number", key[strings.LastIndex(key, "-")+1:])
		set("created_by", e.Actor.ID)
	case "column", "label", "field", "view", "pattern":
		set("board", e.Board.ID)
	case "dependency":
		t.Texts = map[string]string{"prerequisite": strings.Clone(e.Subject.Name)}
	case "item":
		set("task", e.Task.ID)
	case "file", "link":
		set("task", e.Task.ID)
		set("created_by", e.Actor.ID)
	case "comment":
		set("task", e.Task.ID)
		set("author", e.Actor.ID)
	}
	return t
}

func (t *Thing) change(e ledger.Entry) {
	for _, c := range e.Changes {
		field := strings.Clone(custom.KeyOf(c.Field))
		t.Fields[field] = strings.Clone(c.To)
		switch {
		case c.ToText != "":
			if t.Texts == nil {
				t.Texts = map[string]string{}
			}
			t.Texts[field] = strings.Clone(c.ToText)
		case t.Texts != nil:
			delete(t.Texts, field)
		}
	}
}

// goWith takes away what goes with a thing that ends.
func (s *State) goWith(e ledger.Entry, id string) {
	of := func(field string, all ...Things) {
		for _, parts := range all {
			maps.DeleteFunc(parts, func(_ string, part *Thing) bool { return part.Fields[field] == id })
		}
	}
	switch e.Action {
	case "task.purged":
		of("task", s.Comments, s.Links, s.Files, s.Items)
	case "board.discarded": // its tasks have entries of their own
		of("board", s.Columns, s.Labels, s.Fields, s.Views, s.Patterns)
	case "label.removed":
		for _, t := range s.Tasks {
			if worn := t.Fields["labels"]; strings.Contains(worn, id) {
				t.Fields["labels"] = strings.Join(slices.DeleteFunc(strings.Fields(worn), func(l string) bool { return l == id }), " ")
			}
		}
	}
}
