package views

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/bpmn"
	"relevo/models/layout"
	"relevo/models/mermaid"
	"relevo/static"
	"relevo/views/say"
)

// Carried is a diagram that is taken along as a file.
type Carried struct {
	Name string
	drawing
	w *say.Words
}

// CarryBoard takes a board's diagram along.
func CarryBoard(ctx context.Context, v models.DiagramView) Carried {
	p := pictureOf(sightOf(ctx, v.Role), v)
	return Carried{v.Board.Name, p.drawing, p.w}
}

// CarryTemplate takes a template's diagram along.
func CarryTemplate(ctx context.Context, v models.TemplateView, c models.FlowChart) Carried {
	w := say.In(ctx)
	return Carried{v.Template.Name, templateMap(w, v, c).drawing, w}
}

// CarryRun takes a run's diagram along, as it stands.
func CarryRun(ctx context.Context, v models.RunView, c models.FlowChart) Carried {
	w := say.In(ctx)
	return Carried{v.Run.Name, runMap(w, v, c, frame(ctx).Now).drawing, w}
}

// SVG is the diagram as a picture that needs nothing else: its styles and icons are
// in it, and its links, which lead nowhere from a file, are not.
func (c Carried) SVG() templ.Component {
	icons := map[string]bool{}
	for i := range c.lanes {
		c.lanes[i].href = ""
	}
	for i := range c.boxes {
		c.boxes[i].href, c.boxes[i].panel, c.boxes[i].grip = "", false, false
		icons[c.boxes[i].icon] = true
	}
	return carriedSVG(c, static.Symbols(icons, "i-"))
}

// Mermaid is the diagram as a text of Mermaid's: where any one is enough stands a
// hexagon, and before what has a condition a rhombus.
func (c Carried) Mermaid() []byte {
	f := mermaid.Flow{Title: c.Name}
	ids := plainIDs(c.boxes)
	group := func(lane int) string {
		if len(c.lanes) == 0 {
			return ""
		}
		return "lane_" + itoa(int64(lane+1))
	}
	for i, l := range c.lanes {
		f.Groups = append(f.Groups, mermaid.Group{ID: group(i), Title: l.name})
	}
	first := make([]string, len(c.boxes))
	var inner []mermaid.Edge
	for i, b := range c.boxes {
		first[i] = ids[i]
		before := func(id, text string, shape mermaid.Shape) {
			f.Nodes = append(f.Nodes, mermaid.Node{ID: id, Text: text, Shape: shape, Group: group(b.lane)})
			inner = append(inner, mermaid.Edge{From: id, To: first[i]})
			first[i] = id
		}
		f.Nodes = append(f.Nodes, mermaid.Node{ID: ids[i], Text: strings.TrimSpace(b.key + " " + b.name), Group: group(b.lane)})
		if b.onlyAll != "" {
			before("if_"+ids[i], b.onlyAll, mermaid.Rhombus)
		}
		if b.join == "any" {
			before("any_"+ids[i], b.joinText, mermaid.Hexagon)
		}
	}
	for _, l := range c.lines {
		f.Edges = append(f.Edges, mermaid.Edge{From: ids[l.from], To: first[l.to], Text: l.more})
	}
	f.Edges = append(f.Edges, inner...)
	return mermaid.Write(f)
}

// plainIDs are IDs that every reader of Mermaid takes.
func plainIDs(boxes []box) []string {
	ids, taken := make([]string, len(boxes)), map[string]bool{}
	for i, b := range boxes {
		id := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
				return r
			}
			return -1
		}, b.id)
		if taken[id] || id == "" || id == "end" || strings.HasPrefix(id, "if_") || strings.HasPrefix(id, "any_") || strings.HasPrefix(id, "lane_") {
			id = "n" + itoa(int64(i+1)) + "_" + id
		}
		taken[id] = true
		ids[i] = id
	}
	return ids
}

// BPMN is the diagram as BPMN 2.0 with its layout.
func (c Carried) BPMN() []byte {
	p := bpmn.Process{Name: c.Name, Width: c.width(), Height: c.height(), Yes: c.w.Runs.YesWord, No: c.w.Runs.NoWord}
	for _, l := range c.lanes {
		p.Lanes = append(p.Lanes, bpmn.Lane{Name: l.name, Y: l.Y, Height: l.Height})
	}
	for _, b := range c.boxes {
		p.Steps = append(p.Steps, bpmn.Step{ID: b.id, Name: strings.TrimSpace(b.key + " " + b.name), Doc: b.told(), Lane: b.lane, Join: bpmn.Join(b.join), JoinText: b.joinText,
			When: b.when, Asks: b.onlyAll, At: bpmn.Rect{X: b.at.X, Y: b.at.Y, Width: boxWidth, Height: b.high},
			Joined: b.at.X + b.markAt("join"), Asked: b.at.X + b.markAt("only")})
	}
	for i, l := range c.lines {
		link := bpmn.Link{From: l.from, To: l.to, Text: l.more}
		for _, at := range squared(c.placed.Lines[i]) {
			link.Points = append(link.Points, bpmn.Point{X: at.X + around, Y: at.Y + around})
		}
		p.Links = append(p.Links, link)
	}
	return bpmn.Write(p)
}

// squared is a line with corners where it has bends.
func squared(points []layout.Point) (all []layout.Point) {
	for k, at := range points {
		if k%2 == 1 && at.Y != points[k-1].Y {
			half := (points[k-1].X + at.X) / 2
			all = append(all, layout.Point{X: half, Y: points[k-1].Y}, layout.Point{X: half, Y: at.Y})
		}
		all = append(all, at)
	}
	return all
}

// carriedStyle are the styles of a diagram in a file, in words that every program
// which shows SVG understands.
const carriedStyle = `
svg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;background:#f6f3ee}
.dg-ground{fill:#f6f3ee}
.dg-lane rect{fill:#fffdfa;fill-opacity:.5;stroke:#e2dcd2}
.dg-lane text{fill:#5f574d;font-size:13px;font-weight:650}
.dg-line{fill:none;stroke:#5f574d;stroke-width:1.5}
.dg-line[data-satisfied="1"]{stroke:#8d8476;stroke-dasharray:3 4}
.dg-line[data-critical="1"]{stroke:#0b6b62;stroke-width:3}
.dg-arrow path{fill:#5f574d}
.dg-arrow[data-kind="satisfied"] path{fill:#8d8476}
.dg-arrow[data-kind="critical"] path{fill:#0b6b62}
.dg-lag{fill:#5f574d;font-size:11px}
.dg-box{fill:#fffdfa;stroke:#8d8476}
.dg-node[data-critical="1"] .dg-box{stroke:#0b6b62;stroke-width:2.5}
.dg-node[data-elsewhere="1"] .dg-box,.dg-node[data-skipped="1"] .dg-box{stroke-dasharray:4 4}
.dg-node[data-state="done"] .dg-box,.dg-node[data-state="cancelled"] .dg-box{fill:#f6f3ee}
.dg-node{color:#6a6052}
.dg-node[data-state="ready"]{color:#1f5bb5}
.dg-node[data-state="in_progress"]{color:#8a4b00}
.dg-node[data-state="in_review"]{color:#6b3fb0}
.dg-node[data-state="done"]{color:#21702f}
.dg-side{fill:currentColor}
.dg-head,.dg-who,.dg-foot{fill:#5f574d;font-size:12px}
.dg-who{font-weight:650}
.dg-title{fill:#25211c;font-size:13px;font-weight:600}
.dg-node[data-state="cancelled"] .dg-title{text-decoration:line-through}
.dg-foot[data-late="1"]{fill:#b3261e;font-weight:600}
.dg-only-if{fill:#fdeed6}
.dg-diamond{fill:#fffdfa;stroke:#5f574d;stroke-width:1.5}
.dg-mark[data-kind="only"] .dg-diamond{fill:#fdeed6;stroke:#8a4b00}
.dg-sign{fill:none;stroke:#25211c;stroke-width:2.25}
.dg-ask{fill:#8a4b00;font-size:15px;font-weight:700}
`
