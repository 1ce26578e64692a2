package views

import (
	"context"
	"strings"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/quick"
	"relevo/views/say"
)

// quickPlain reports whether lines are titles and no more: there is nothing to show.
func quickPlain(v models.QuickView) bool {
	for _, l := range v.Lines {
		if len(l.Parts)+len(l.Misses) > 0 || l.Title == "" {
			return false
		}
	}
	return true
}

func quickIcon(p quick.Part) string {
	switch p.Kind {
	case quick.Priority:
		return prioIcons[p.Number]
	case quick.Due:
		return "calendar"
	case quick.Prerequisite:
		return "waiting"
	case quick.Dependent:
		return "arrow-right"
	case quick.Label:
		return "tag"
	case quick.Owner:
		return "user"
	}
	return "estimate"
}

// quickWords says what was understood.
func quickWords(ctx context.Context, p quick.Part) string {
	w := say.In(ctx)
	switch p.Kind {
	case quick.Owner:
		return w.Quick.Owner(p.Name)
	case quick.Priority:
		return w.Quick.Priority(w.Names.Priority[p.Number])
	case quick.Label:
		return w.Quick.Label(p.Name)
	case quick.Due:
		return w.Due(p.Day, frame(ctx).Now)
	case quick.Prerequisite:
		return w.Quick.WaitsFor(p.Name)
	case quick.Dependent:
		return w.Quick.Before(p.Name)
	}
	return w.Quick.Estimate(w.When.Minutes(p.Number))
}

// quickSaid is all of it in words, for who listens.
func quickSaid(ctx context.Context, v models.QuickView) string {
	if quickPlain(v) {
		return ""
	}
	w := say.In(ctx)
	var all []string
	for i, l := range v.Lines {
		if v.Count > 1 {
			all = append(all, w.Quick.Line(i+1))
		}
		if l.Title == "" {
			all = append(all, w.Quick.NeedsTitle)
		}
		if len(l.Parts) > 0 {
			all = append(all, w.Quick.Understood, quickParts(ctx, l, "; ")+".")
		}
		for _, m := range l.Misses {
			all = append(all, w.Quick.Stays, m.Text+", "+w.Quick.Missed(m)+".")
		}
	}
	return strings.Join(all, " ")
}

func quickParts(ctx context.Context, l quick.Line, between string) string {
	var parts []string
	for _, p := range l.Parts {
		parts = append(parts, quickWords(ctx, p))
	}
	return strings.Join(parts, between)
}

// quickProblem says what is wrong with the lines that were sent, and with which.
func quickProblem(w *say.Words, problem error) string {
	if f := fault.From(problem); f != nil && f.Task != nil {
		return w.Quick.InLine(f.Task.Title, w.Problem(f))
	}
	return w.Problem(problem)
}
