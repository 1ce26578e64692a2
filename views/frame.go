package views

import (
	"context"

	"relevo/models"
)

// Frame is what surrounds every full page.
type Frame struct {
	Who   models.Actor    // without ID if nobody is signed in
	Teams []models.MyTeam // to switch between
	Path  string          // of the page at hand
}

type frameKey struct{}

// WithFrame returns a context whose pages are surrounded by f.
func WithFrame(ctx context.Context, f Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

func frame(ctx context.Context) Frame {
	f, _ := ctx.Value(frameKey{}).(Frame)
	return f
}
