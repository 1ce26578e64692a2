package views

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/layout"
	"relevo/views/say"
)

// What a box measures in a drawing, in pixels of the picture.
const (
	boxWidth   = 216
	boxHead    = 26 // its key and state
	boxLine    = 17 // of the title
	boxFoot    = 20 // what there is to say besides
	boxEdge    = 8
	onlyLine   = 16 // of its condition
	titleWide  = 25 // letters in a line of the title
	titleLines = 2
	onlyWide   = 31
	onlyLines  = 3
	markWide   = 46 // room for a mark where lines come together, or part
	around     = 24 // the picture
	laneTop    = 34 // the name of a lane
)

var diagramGap = layout.Gap{Layer: 64, Node: 18, Line: 12, Lane: laneTop}

// drawing is boxes and lines with their places: what every diagram is drawn of.
type drawing struct {
	label  string
	boxes  []box
	lines  []drawnLine
	lanes  []drawnLane // empty: there are none
	marks  int         // the most that a box has before it
	placed layout.Placed
}

// box is one step or task.
type box struct {
	id, key, name   string
	href            templ.SafeURL
	panel           bool // it opens beside the page
	state           string
	icon, stateText string
	owners          []models.Person
	only            []string // its condition
	onlyAll         string   // the same, however long
	when            string   // the same, as it is written
	plain           string   // its title as it is written, where it can be renamed
	join, joinText  string   // "all" or "any", where lines come together
	foot, footAll   string   // what there is to say besides; the same, however long
	lane            int
	critical, focus bool
	elsewhere       bool
	skipped, late   bool
	grip            bool   // lines can be drawn from it
	folded          bool   // it stands for a section
	holds           string // the steps of that, to be found by
	title           []string
	at              layout.Point // of its upper left corner
	high            int
}

// drawnLine is from one box to another.
type drawnLine struct {
	from, to                     int
	critical, satisfied, skipped bool
	more                         string
	path                         string // empty: not drawn
}

// drawnLane is a section that is drawn as a band.
type drawnLane struct {
	id, name string
	href     templ.SafeURL // where it is one node, or none any more; empty: nowhere
	folded   bool
	layout.Band
}

// head is the first line of a box: its key and how it stands.
func (b box) head() string {
	if b.key == "" {
		return shortened(b.stateText, titleWide+2)
	}
	return b.key + " · " + b.stateText
}

// told is all of a box, for who points at it or hears it.
func (b box) told() string {
	var says []string
	for _, text := range []string{strings.TrimSpace(b.key + " " + b.name), b.stateText, b.onlyAll, b.joinText, ownerNames(b.owners), b.footAll} {
		if text != "" {
			says = append(says, text)
		}
	}
	return strings.Join(says, ", ")
}

func keyOr(b box) string {
	if b.key == "" {
		return b.name
	}
	return b.key
}

// onlyPath is the strip at the top of a box that holds its condition.
func onlyPath(b box) string {
	return fmt.Sprintf("M1 %dV8Q1 1 8 1H%dQ%d 1 %d 8V%dz", b.headAt(), boxWidth-8, boxWidth-1, boxWidth-1, b.headAt())
}

// marksOf is how many marks stand before a box.
func (b box) marksOf() (n int) {
	if b.join != "" {
		n++
	}
	if len(b.only) > 0 {
		n++
	}
	return n
}

// place gives everything its place.
func (d *drawing) place() {
	g := layout.Graph{Nodes: make([]layout.Size, len(d.boxes)), Edges: make([]layout.Edge, len(d.lines))}
	for i := range d.boxes {
		d.marks = max(d.marks, d.boxes[i].marksOf())
	}
	for i := range d.boxes {
		b := &d.boxes[i]
		b.title = wrapped(b.name, titleWide, titleLines)
		b.high = b.headAt() + boxHead + boxLine*len(b.title) + boxEdge
		if b.foot != "" {
			b.high += boxFoot
		}
		g.Nodes[i] = layout.Size{Width: boxWidth + d.marks*markWide, Height: b.high, Joined: b.marksOf() > 0 || b.folded}
	}
	for i, l := range d.lines {
		g.Edges[i] = layout.Edge{From: l.from, To: l.to}
	}
	if len(d.lanes) > 0 {
		for _, b := range d.boxes {
			g.Lanes = append(g.Lanes, b.lane)
		}
	}
	d.placed = layout.Place(g, diagramGap)
	for i, at := range d.placed.Nodes {
		d.boxes[i].at = layout.Point{X: at.X + around + d.marks*markWide, Y: at.Y + around}
	}
	for i, points := range d.placed.Lines {
		d.lines[i].path = curved(points)
	}
	for i := range d.lanes {
		if i < len(d.placed.Lanes) {
			d.lanes[i].Band = d.placed.Lanes[i]
			d.lanes[i].Y += around
		}
	}
}

// headAt is where the part of a box begins that is below its condition.
func (b box) headAt() int {
	if len(b.only) == 0 {
		return 0
	}
	return len(b.only)*onlyLine + 8
}

func (d drawing) width() int  { return d.placed.Width + 2*around }
func (d drawing) height() int { return d.placed.Height + 2*around }

// lead is the line from where lines end to the marks of a box that has fewer of them
// than others, and on from there to the box.
func (d drawing) lead(b box) string {
	if d.marks == 0 {
		return ""
	}
	return fmt.Sprintf("M%d %dH%d", -d.marks*markWide, b.high/2, -1)
}

// led reports whether any line ends at a box.
func (d drawing) led(i int) bool {
	return slices.ContainsFunc(d.lines, func(l drawnLine) bool { return l.to == i && l.path != "" })
}

// leadKind is how the lead of a box is drawn: as the most urgent of its lines.
func (d drawing) leadKind(i int) string {
	kind, most := "satisfied", -1
	for _, l := range d.lines {
		if l.to == i && rank(l) > most {
			kind, most = l.kind(), rank(l)
		}
	}
	return kind
}

// markAt is the middle of a mark of a box, from the left of the box: first the join,
// then, nearer to it, the condition.
func (b box) markAt(kind string) int {
	if kind == "join" && len(b.only) > 0 {
		return -markWide - markWide/2
	}
	return -markWide / 2
}

func (l drawnLine) kind() string {
	switch {
	case l.satisfied || l.skipped:
		return "satisfied"
	case l.critical:
		return "critical"
	}
	return "plain"
}

// drawn are the lines in the order in which they are drawn: critical ones last, over
// the others.
func (d drawing) drawn() []int {
	order := make([]int, 0, len(d.lines))
	for i := range d.lines {
		if d.lines[i].path != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(d.lines[a]) - rank(d.lines[b]) })
	return order
}

func rank(l drawnLine) int {
	return map[string]int{"satisfied": 0, "plain": 1, "critical": 2}[l.kind()]
}

// middle is where a line says something: between its first two points.
func (d drawing) middle(i int) layout.Point {
	points := d.placed.Lines[i]
	return layout.Point{X: (points[0].X+points[1].X)/2 + around, Y: (points[0].Y+points[1].Y)/2 + around - 4}
}

// lineText is what a line says: how long after, and whether review is enough.
func lineText(w *say.Words, l models.DiagramLink) string {
	var says []string
	if l.Lag.Amount > 0 {
		says = append(says, "+ "+w.Names.Unit(l.Lag.Amount, l.Lag.Unit))
	}
	if l.AtReview {
		says = append(says, w.Diagram.AtReview)
	}
	return strings.Join(says, ", ")
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

// arrow is how a link is drawn.
func arrow(l models.DiagramLink) string {
	return drawnLine{critical: l.Critical, satisfied: l.Satisfied}.kind()
}
