package views

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/flow"
	"relevo/views/say"
)

// foldQuery is what an address says of the sections that are shown as one node each.
func foldQuery(sections []string) url.Values {
	q := url.Values{}
	if len(sections) > 0 {
		q["fold"] = sections
	}
	return q
}

func (f flowmap) isFolded(section string) bool { return slices.Contains(f.Folded, section) }

// foldURL is the diagram with a section as one node, or with its steps again.
func (f flowmap) foldURL(section string) templ.SafeURL {
	folded := slices.DeleteFunc(slices.Clone(f.Folded), func(id string) bool { return id == section })
	if !f.isFolded(section) {
		folded = append(folded, section)
	}
	return f.folding(folded)
}

// folding is the diagram with these sections as one node each.
func (f flowmap) folding(sections []string) templ.SafeURL {
	query := url.Values{}
	for name, values := range f.query {
		query[name] = values
	}
	delete(query, "fold")
	if len(sections) > 0 {
		query["fold"] = sections
	}
	f.query = query
	return f.at(f.Focus)
}

// foldable are the sections that have steps to show.
func (f flowmap) foldable() (ids []string) {
	for _, l := range f.lanes {
		if l.id != "" {
			ids = append(ids, l.id)
		}
	}
	return ids
}

// foldBox is the node of a section.
func (f flowmap) foldBox(fold *models.Fold) box {
	b := box{name: fold.Name, icon: "copy", stateText: f.w.Runs.Steps(len(fold.Steps)), href: f.foldURL(fold.ID), folded: true}
	var says, holds []string
	for _, state := range flow.States {
		if n := fold.States[state]; n > 0 {
			says = append(says, fmt.Sprintf("%d %s", n, strings.ToLower(f.w.Names.State[state])))
		}
	}
	for _, n := range fold.Steps {
		title := n.Task.Title
		if title == "" {
			title = stepName(n.Step)
		}
		holds = append(holds, strings.TrimSpace(n.Key+" "+title))
	}
	b.foot, b.holds = strings.Join(says, ", "), strings.Join(holds, "\n")
	return b
}

// openIn counts what is still to be done in a node.
func openIn(n models.FlowNode) (open int) {
	if n.Fold == nil {
		if n.Task.State.Open() {
			return 1
		}
		return 0
	}
	for _, step := range n.Fold.Steps {
		open += openIn(step)
	}
	return open
}

func foldTitle(w *say.Words, l drawnLane) string {
	if l.folded {
		return w.Flowmap.Unfold(l.name)
	}
	return w.Flowmap.Fold(l.name)
}

// chevron points down beside a lane that is open, and to the right beside a folded one.
func chevron(l drawnLane) string {
	if l.folded {
		return fmt.Sprintf("M10 %dl5 5-5 5", l.Y+12)
	}
	return fmt.Sprintf("M8 %dl5 5 5-5", l.Y+15)
}
