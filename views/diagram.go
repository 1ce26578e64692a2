package views

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/views/say"
)

// DiagramFace is the diagram of a board, or of what one task hangs together with.
func DiagramFace(task string) Face {
	f := Face{Name: "diagram"}
	if task != "" {
		f.At = url.Values{"task": {task}}
	}
	return f
}

// picture is a board's diagram with its places.
type picture struct {
	sight
	models.DiagramView
	drawing
}

func pictureOf(s sight, v models.DiagramView) picture {
	p := picture{sight: s.through(v.Filter), DiagramView: v, drawing: drawing{label: s.w.Diagram.Label}}
	for i, n := range v.Nodes {
		b := box{id: n.ID, href: TaskURL(n.ID), panel: true, key: n.Key, name: n.Title, state: string(n.State), icon: string(n.State), stateText: p.w.Names.State[n.State],
			owners: n.Owners, critical: n.Critical, elsewhere: n.Board.ID != "", focus: n.ID == v.Focus, grip: p.edit && n.Board.ID == ""}
		if before := len(v.Before(i)); n.Any && before > 1 {
			b.join, b.joinText = "any", p.w.Flowmap.Any
		}
		b.footAll = p.foot(n)
		b.foot = shortened(b.footAll, titleWide+4)
		p.boxes = append(p.boxes, b)
	}
	for _, l := range v.Links {
		p.lines = append(p.lines, drawnLine{from: l.From, to: l.To, critical: l.Critical, satisfied: l.Satisfied, more: lineText(p.w, l)})
	}
	p.place()
	return p
}

// foot is what else a box says: where the task is, and when it is due.
func (p picture) foot(n models.DiagramNode) string {
	var says []string
	if n.Board.ID != "" {
		says = append(says, p.w.Diagram.OnBoard(n.Board.Name))
	}
	if n.Due != "" && n.State.Open() {
		says = append(says, p.w.Due(string(n.Due), p.now))
	}
	return strings.Join(says, " · ")
}

// before says what a task waits for.
func (p picture) before(i int) string {
	var keys []string
	for _, l := range p.Before(i) {
		keys = append(keys, p.boxes[l.From].key)
	}
	switch {
	case len(keys) == 0:
		return p.w.Diagram.First
	case p.Nodes[i].Any && len(keys) > 1:
		return p.w.Diagram.AfterAny(strings.Join(keys, ", "))
	}
	return p.w.Diagram.After(strings.Join(keys, ", "))
}

func (p picture) url(task string) templ.SafeURL { return DiagramFace(task).URL(p.Board.ID, p.Filter) }

// file is where the diagram is had as a file.
func (p picture) file(form string) templ.SafeURL {
	return Face{Name: "diagram/" + form, At: DiagramFace(p.Focus).At}.URL(p.Board.ID, p.Filter)
}

// DiagramForms are the endings of the files that a diagram can be had as.
var DiagramForms = []string{"svg", "mmd", "bpmn"}

func diagramWords(w *say.Words) string {
	d := w.Diagram
	b, err := json.Marshal(map[string]string{"hint": d.ConnectHint, "connecting": d.Connecting, "connected": d.Connected,
		"circle": d.Circle, "already": d.Already, "cut": d.Disconnected, "offer": d.Cut})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}
