package views

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/layout"
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

// What a task measures in a diagram, in pixels of the picture.
const (
	boxWidth   = 216
	boxHead    = 26 // its key and state
	boxLine    = 17 // of the title
	boxFoot    = 20 // what there is to say besides
	boxEdge    = 8
	titleWide  = 25 // letters in a line of the title
	titleLines = 2
	around     = 24 // the picture
)

var diagramGap = layout.Gap{Layer: 64, Node: 18, Line: 12}

// picture is a diagram with its places.
type picture struct {
	sight
	models.DiagramView
	boxes  []box
	paths  []string // of each link; empty: not drawn
	placed layout.Placed
}

// box is one task in a picture.
type box struct {
	models.DiagramNode
	at    layout.Point
	high  int
	title []string
	foot  string
}

func pictureOf(s sight, v models.DiagramView) picture {
	p := picture{sight: s.through(v.Filter), DiagramView: v, boxes: make([]box, len(v.Nodes)), paths: make([]string, len(v.Links))}
	g := layout.Graph{Nodes: make([]layout.Size, len(v.Nodes)), Edges: make([]layout.Edge, len(v.Links))}
	for i, n := range v.Nodes {
		b := box{DiagramNode: n, title: wrapped(n.Title, titleWide, titleLines), foot: p.foot(n)}
		b.high = boxHead + boxLine*len(b.title) + boxEdge
		if b.foot != "" {
			b.high += boxFoot
		}
		p.boxes[i] = b
		g.Nodes[i] = layout.Size{Width: boxWidth, Height: b.high}
	}
	for i, l := range v.Links {
		g.Edges[i] = layout.Edge{From: l.From, To: l.To}
	}
	p.placed = layout.Place(g, diagramGap)
	for i := range p.boxes {
		p.boxes[i].at = layout.Point{X: p.placed.Nodes[i].X + around, Y: p.placed.Nodes[i].Y + around}
	}
	for i, line := range p.placed.Lines {
		p.paths[i] = curved(line)
	}
	return p
}

func (p picture) width() int  { return p.placed.Width + 2*around }
func (p picture) height() int { return p.placed.Height + 2*around }

// foot is what else a box says: where the task is, whether any one of what it waits
// for is enough, and when it is due.
func (p picture) foot(n models.DiagramNode) string {
	var says []string
	if n.Board.ID != "" {
		says = append(says, p.w.Diagram.OnBoard(n.Board.Name))
	}
	if n.Any {
		says = append(says, p.w.Diagram.Any)
	}
	if n.Due != "" && n.State.Open() {
		says = append(says, p.w.Due(string(n.Due), p.now))
	}
	return shortened(strings.Join(says, " · "), titleWide+4)
}

// curved is the path of a line: level through each layer, and bent between them.
func curved(line []layout.Point) string {
	if len(line) == 0 {
		return ""
	}
	var d strings.Builder
	fmt.Fprintf(&d, "M%d %d", line[0].X+around, line[0].Y+around)
	for k := 1; k < len(line); k++ {
		a, b := line[k-1], line[k]
		if k%2 == 0 {
			fmt.Fprintf(&d, "H%d", b.X+around)
			continue
		}
		half := (b.X - a.X) / 2
		fmt.Fprintf(&d, "C%d %d %d %d %d %d", a.X+half+around, a.Y+around, b.X-half+around, b.Y+around, b.X+around, b.Y+around)
	}
	return d.String()
}

// wrapped breaks a title into lines of so many letters, at words where it can; what
// does not fit into the last ends with an ellipsis.
func wrapped(title string, wide, most int) (lines []string) {
	rest := strings.Join(strings.Fields(title), " ")
	for rest != "" && len(lines) < most {
		if len(lines) == most-1 || letters(rest) <= wide {
			return append(lines, shortened(rest, wide))
		}
		cut, blank, n := 0, -1, 0
		for i, r := range rest {
			if n += letterWidth(r); n > wide {
				break
			}
			if r == ' ' {
				blank = i
			}
			cut = i + utf8.RuneLen(r)
		}
		if cut < len(rest) && rest[cut] == ' ' {
			blank = cut
		}
		if blank > 0 {
			cut = blank
		}
		lines = append(lines, rest[:cut])
		rest = strings.TrimLeft(rest[cut:], " ")
	}
	return lines
}

func shortened(text string, wide int) string {
	if letters(text) <= wide {
		return text
	}
	n, end := 0, 0
	for i, r := range text {
		if n += letterWidth(r); n > wide-1 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(text[:end], " ") + "…"
}

func letters(text string) (n int) {
	for _, r := range text {
		n += letterWidth(r)
	}
	return n
}

// letterWidth counts the scripts and pictures that take about two letters' room.
func letterWidth(r rune) int {
	if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000) {
		return 2
	}
	return 1
}

// before says what a task waits for.
func (p picture) before(i int) string {
	var keys []string
	for _, l := range p.Before(i) {
		keys = append(keys, p.boxes[l.From].Key)
	}
	switch {
	case len(keys) == 0:
		return p.w.Diagram.First
	case p.boxes[i].Any && len(keys) > 1:
		return p.w.Diagram.AfterAny(strings.Join(keys, ", "))
	}
	return p.w.Diagram.After(strings.Join(keys, ", "))
}

func (p picture) url(task string) templ.SafeURL { return DiagramFace(task).URL(p.Board.ID, p.Filter) }

// more is what a line says besides: how long after, and whether review is enough.
func (p picture) more(l models.DiagramLink) string {
	var says []string
	if l.Lag.Amount > 0 {
		says = append(says, "+ "+p.w.Names.Unit(l.Lag.Amount, l.Lag.Unit))
	}
	if l.AtReview {
		says = append(says, p.w.Diagram.AtReview)
	}
	return strings.Join(says, ", ")
}

// middle is where a line says something: between its first two points.
func (p picture) middle(i int) layout.Point {
	line := p.placed.Lines[i]
	return layout.Point{X: (line[0].X+line[1].X)/2 + around, Y: (line[0].Y+line[1].Y)/2 + around - 4}
}

// critical are the lines to be drawn last, over the others.
func (p picture) drawn() []int {
	order := make([]int, 0, len(p.Links))
	for i := range p.Links {
		if p.paths[i] != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(p.Links[a]) - rank(p.Links[b]) })
	return order
}

func rank(l models.DiagramLink) int {
	switch {
	case l.Satisfied:
		return 0
	case l.Critical:
		return 2
	}
	return 1
}

func diagramWords(w *say.Words) string {
	d := w.Diagram
	b, err := json.Marshal(map[string]string{"hint": d.ConnectHint, "connecting": d.Connecting, "connected": d.Connected,
		"circle": d.Circle, "already": d.Already, "cut": d.Disconnected, "offer": d.Cut})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}
