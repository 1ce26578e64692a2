package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/views/say"
)

// flowmap is the diagram of a template or a run with its places.
type flowmap struct {
	drawing
	models.FlowChart
	w      *say.Words
	after  []string // of each box: what it comes after, in words
	turns  bool     // it is of a run
	folds  bool     // its sections can be shown as one node each
	base   templ.SafeURL
	links  templ.SafeURL // where it is shown elsewhere; empty: nobody here may do that
	query  url.Values    // what its address says besides the focus
	critic string        // what the critical path is called
}

// at is the diagram's address, about one of its nodes.
func (f flowmap) at(node string) templ.SafeURL {
	q := url.Values{}
	for k, v := range f.query {
		q[k] = v
	}
	if node != "" {
		q.Set("task", node)
	}
	if text := q.Encode(); text != "" {
		return f.base + templ.SafeURL("/diagram?"+text)
	}
	return f.base + "/diagram"
}

// file is where the diagram is had as a file.
func (f flowmap) file(form string) templ.SafeURL {
	at := f.base + templ.SafeURL("/diagram/"+form)
	if text := f.query.Encode(); text != "" {
		at += templ.SafeURL("?" + text)
	}
	return at
}

// templateMap draws a template.
func templateMap(w *say.Words, v models.TemplateView, c models.FlowChart) flowmap {
	f := flowmap{FlowChart: c, w: w, base: TemplateURL(v.Template.ID), query: foldQuery(c.Folded), folds: true, critic: w.Flowmap.Longest}
	f.label = w.Flowmap.Title(v.Template.Name)
	if v.Shown > 0 && v.Shown != v.Template.Published {
		f.query.Set("version", strconv.FormatInt(v.Shown, 10))
	}
	f.draw(v.Definition, func(n models.FlowNode) box {
		b := box{name: stepName(n.Step), icon: "user", stateText: roleName(v.Definition, n.Role, w.Runs.Nobody)}
		b.href = f.at(n.ID())
		var says []string
		if n.Due.From != playbook.Never {
			says = append(says, w.Runs.DueIs(n.Due, inputLabel(v.Definition, n.Due.Input)))
		}
		if n.Estimate > 0 {
			says = append(says, w.Flowmap.Estimated(w.When.Minutes(n.Estimate)))
		}
		b.foot = strings.Join(says, " · ")
		return b
	})
	return f
}

// runMap draws a run as it stands.
func runMap(w *say.Words, v models.RunView, c models.FlowChart, now time.Time) flowmap {
	f := flowmap{FlowChart: c, w: w, base: RunURL(v.Run.ID), query: foldQuery(c.Folded), folds: true, turns: true, critic: w.Diagram.Critical}
	f.label = w.Flowmap.LabelRun
	pushes := f.heldUp()
	f.draw(v.Definition, func(n models.FlowNode) box {
		t := n.Task
		b := box{name: t.Title, key: n.Key, href: TaskURL(t.ID), panel: true, state: string(t.State), icon: string(t.State), stateText: w.Names.State[t.State],
			owners: n.Owners, elsewhere: n.Outside.ID != ""}
		var says []string
		switch {
		case n.Outside.ID != "":
			says = append(says, w.Flowmap.Elsewhere)
		case t.Skipped:
			b.skipped, b.icon, b.stateText = true, "ban", w.Flowmap.Skipped
		case t.State == flow.Waiting && (n.Standing == playbook.Falls || t.Wanted == models.WantedDropped):
			b.skipped = true
			says = append(says, w.Flowmap.WillSkip)
		}
		if t.Blocked && t.State.Open() {
			b.icon = "blocked"
			says = append(says, t.BlockedReason)
		}
		if t.Due != "" && t.State.Open() && !b.skipped {
			text := w.Due(string(t.Due), now)
			if b.late = overdue(t.Due, now); b.late && pushes[n.ID()] > 0 {
				text += ", " + w.Flowmap.Pushes(pushes[n.ID()])
			}
			says = append(says, text)
		}
		b.foot = strings.Join(says, " · ")
		return b
	})
	return f
}

// heldUp counts for each node the open ones that wait for it, however far.
func (f flowmap) heldUp() map[string]int {
	next := make([][]int, len(f.Nodes))
	for _, l := range f.Links {
		if !l.Satisfied {
			next[l.From] = append(next[l.From], l.To)
		}
	}
	counts := map[string]int{}
	for i, n := range f.Nodes {
		seen, held := map[int]bool{i: true}, 0
		for todo := []int{i}; len(todo) > 0; {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, to := range next[at] {
				if !seen[to] && openIn(f.Nodes[to]) > 0 {
					seen[to] = true
					held += openIn(f.Nodes[to])
					todo = append(todo, to)
				}
			}
		}
		counts[n.ID()] = held
	}
	return counts
}

// draw makes boxes and lines of the chart, and places them.
func (f *flowmap) draw(d playbook.Definition, boxOf func(models.FlowNode) box) {
	lanes := f.bands()
	for i, n := range f.Nodes {
		var b box
		if n.Fold != nil {
			b = f.foldBox(n.Fold)
		} else {
			b = boxOf(n)
		}
		before := len(f.Before(i))
		b.id, b.critical, b.focus, b.lane = n.ID(), n.Critical && len(f.Links) > 0, n.ID() == f.Focus, lanes[n.Step.Section]
		if n.Outside.ID != "" {
			b.lane = lanes[""]
		}
		if n.When != "" {
			b.onlyAll = f.w.Flowmap.Only(d.Tell(n.When, f.w.Flowmap.Condition))
			b.when = n.When
			b.only = wrapped(b.onlyAll, onlyWide, onlyLines)
		}
		if before > 1 && n.Fold == nil {
			b.join, b.joinText = "all", f.w.Flowmap.All(before)
			if n.Any {
				b.join, b.joinText = "any", f.w.Flowmap.Any
			}
		}
		f.after = append(f.after, f.comesAfter(i))
		b.foot, b.footAll = shortened(b.foot, titleWide+5), b.foot
		f.boxes = append(f.boxes, b)
	}
	for _, l := range f.Links {
		f.lines = append(f.lines, drawnLine{from: l.From, to: l.To, critical: l.Critical, satisfied: l.Satisfied, more: lineText(f.w, l),
			skipped: f.boxes[l.From].skipped || f.boxes[l.To].skipped})
	}
	f.place()
}

// bands gives the sections that have something to show their lanes, and says which
// lane each is.
func (f *flowmap) bands() map[string]int {
	at := map[string]int{}
	if len(f.Sections) == 0 {
		return at
	}
	has := map[string]bool{}
	for _, n := range f.Nodes {
		if n.Outside.ID != "" {
			has[""] = true
			continue
		}
		has[n.Step.Section] = true
	}
	known := map[string]bool{}
	for _, s := range f.Sections {
		if has[s.ID] && !known[s.ID] {
			at[s.ID] = len(f.lanes)
			lane := drawnLane{id: s.ID, name: s.Name}
			if f.folds {
				lane.href, lane.folded = f.foldURL(s.ID), f.isFolded(s.ID)
			}
			f.lanes = append(f.lanes, lane)
		}
		known[s.ID] = true
	}
	for id := range has {
		if !known[id] { // none, or one that a draft does not have yet
			if _, there := at[""]; !there {
				at[""] = len(f.lanes)
				f.lanes = append(f.lanes, drawnLane{name: f.w.Flowmap.NoSection})
			}
			at[id] = at[""]
		}
	}
	return at
}

// comesAfter says what a node waits for.
func (f flowmap) comesAfter(i int) string {
	var names []string
	for _, l := range f.Before(i) {
		n := f.Nodes[l.From]
		name := n.Key
		if name == "" {
			name = f.w.Runs.Quoted(stepName(n.Step))
		}
		if more := lineText(f.w, l); more != "" {
			name += " (" + more + ")"
		}
		names = append(names, name)
	}
	switch {
	case len(names) == 0:
		return f.w.Diagram.First
	case f.Nodes[i].Any && len(names) > 1:
		return f.w.Diagram.AfterAny(strings.Join(names, ", "))
	}
	return f.w.Diagram.After(strings.Join(names, ", "))
}

func (f flowmap) hint() string {
	if f.turns {
		return f.w.Flowmap.HintRun
	}
	return f.w.Flowmap.Hint
}

// has reports whether any box is so.
func (f flowmap) has(is func(box) bool) bool {
	for _, b := range f.boxes {
		if is(b) {
			return true
		}
	}
	return false
}

func (f flowmap) focused() string {
	for _, b := range f.boxes {
		if b.focus {
			return strings.TrimSpace(b.key + " " + b.name)
		}
	}
	return ""
}

// stepsURL is the list of a template's steps, as it is shown.
func stepsURL(v models.TemplateView) templ.SafeURL {
	at := TemplateURL(v.Template.ID)
	if v.Shown > 0 && v.Shown != v.Template.Published {
		at += templ.SafeURL("?version=" + strconv.FormatInt(v.Shown, 10))
	}
	return at
}

// templateDiagramURL is the diagram of a template, as it is shown.
func templateDiagramURL(v models.TemplateView) templ.SafeURL {
	at := TemplateURL(v.Template.ID) + "/diagram"
	if v.Shown > 0 && v.Shown != v.Template.Published {
		at += templ.SafeURL("?version=" + strconv.FormatInt(v.Shown, 10))
	}
	return at
}
