package views

import (
	"context"
	"strconv"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// ShareForm is the form that makes a link to a run's diagram, as it came back.
type ShareForm struct {
	Place, Days string
	Names       bool
	Problem     *fault.Fault
}

// shownMap draws a run for those outside: nothing in it leads anywhere, and no ID of
// what it shows is in it.
func shownMap(ctx context.Context, v models.RunView, c models.FlowChart) flowmap {
	f := runMap(say.In(ctx), v, c, frame(ctx).Now)
	f.label = f.w.Share.Diagram
	for i := range f.boxes {
		b := &f.boxes[i]
		b.id, b.href, b.panel, b.grip = "s"+strconv.Itoa(i+1), "", false, false
	}
	for i := range f.lanes {
		f.lanes[i].href = ""
	}
	return f
}

// CarryShown is what a link shows, as a picture.
func CarryShown(ctx context.Context, v models.RunView, c models.FlowChart) Carried {
	f := shownMap(ctx, v, c)
	return Carried{f.label, f.drawing, f.w}
}

// CarriedStyle are the styles that stand in a diagram's picture.
func CarriedStyle() string { return carriedStyle }

// embedded is what is put into another page to show a diagram there.
func embedded(link, title string) string {
	return `<iframe src="` + link + `" title="` + title + `" width="100%" height="480" loading="lazy"></iframe>`
}

func checked(on bool) string {
	if on {
		return "on"
	}
	return ""
}
