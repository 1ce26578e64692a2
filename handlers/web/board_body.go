package web

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"relevo/models"
	"relevo/models/access"
	"relevo/views"
	"relevo/views/say"
)

// boardBody is all of a board's page but its frame. It is the same for all who
// see the same of the board in the same role, language and time zone, so it is rendered and
// compressed once for each sequence of the team's log.
func (w *Web) boardBody(c echo.Context, board string, look models.Look, by views.SavedView) (models.Watched, piece, error) {
	watched, err := w.Store.Watch(c.Request().Context(), actor(c), board)
	if err != nil {
		return watched, piece{}, err
	}
	key := keyOf(c, watched, look.Filter)
	key.place, key.view = look.Arrangement().Encode(), by
	body, err := w.bodies.once(c, key, func(ctx context.Context) (templ.Component, error) {
		v, err := w.Store.BoardIn(ctx, actor(c), board, look)
		return views.BoardBody(v, by), err
	})
	return watched, body, err
}

// boardNews is what has changed on a board since a sequence; likewise.
func (w *Web) boardNews(c echo.Context, board string, since int64, look models.Look, by views.SavedView) (piece, error) {
	watched, err := w.Store.Watch(c.Request().Context(), actor(c), board)
	if err != nil {
		return piece{}, err
	}
	key := keyOf(c, watched, look.Filter)
	key.news, key.since, key.place, key.view = true, since, look.Arrangement().Encode(), by
	return w.bodies.once(c, key, func(ctx context.Context) (templ.Component, error) {
		changes, err := w.Store.BoardChanges(ctx, actor(c), board, since, look)
		return views.BoardNews(watched.Role, changes, by), err
	})
}

// bodies are parts of pages as they were rendered last.
type bodies struct {
	mu     sync.Mutex
	kept   map[bodyKey]rendered
	making singleflight.Group // many ask for the same at the same moment
}

// bodyKey is all that a body depends on. A body of a later sequence than its key
// says is as good: it was asked for before and made after a change.
type bodyKey struct {
	board string
	seq   int64
	news  bool
	since int64
	role  access.Role
	lang  string
	zone  string

	face   string          // which way to look; empty: the board
	place  string          // which part of it, and how arranged
	view   views.SavedView // that it was opened by: who asks may see it
	filter models.BoardFilter
	me     string // whom the filter means by "me"; empty: it does not ask for them
}

func keyOf(c echo.Context, w models.Watched, f models.BoardFilter) bodyKey {
	key := bodyKey{board: w.Board.ID, seq: w.Seq, role: w.Role, lang: say.In(c.Request().Context()).Lang, zone: actor(c).Zone, filter: f}
	if f.AsksMe() {
		key.me = actor(c).ID
	}
	return key
}

type rendered struct {
	body piece
	at   time.Time
}

const (
	// bodyLife is how long a body is good for at most: it says "today", and names
	// of people, whose renaming is not in the team's log.
	bodyLife = 30 * time.Second
	// mostBodies bounds the memory: one of 200 cards is some 200 KB.
	mostBodies = 32
)

// once returns the body of key, made by make unless it is at hand.
func (b *bodies) once(c echo.Context, key bodyKey, make func(context.Context) (templ.Component, error)) (piece, error) {
	if body, ok := b.get(key, time.Now()); ok {
		return body, nil
	}
	// Whoever asked first may leave; the others still want it.
	ctx := context.WithoutCancel(c.Request().Context())
	made, err, _ := b.making.Do(fmt.Sprint(key), func() (any, error) {
		view, err := make(ctx)
		if err != nil {
			return nil, err
		}
		var page bytes.Buffer
		if err := view.Render(views.WithFrame(ctx, views.Frame{Who: models.Actor{Lang: key.lang, Zone: key.zone}, Now: now(c)}), &page); err != nil {
			return nil, err
		}
		body := packed(page.Bytes())
		b.put(key, body, time.Now())
		return body, nil
	})
	if err != nil {
		return piece{}, err
	}
	return made.(piece), nil
}

func (b *bodies) get(key bodyKey, now time.Time) (piece, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, ok := b.kept[key]
	return r.body, ok && now.Sub(r.at) < bodyLife
}

func (b *bodies) put(key bodyKey, body piece, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil {
		b.kept = map[bodyKey]rendered{}
	}
	for k, r := range b.kept {
		old := k.board == key.board && k.seq < key.seq
		if old || now.Sub(r.at) >= bodyLife || len(b.kept) >= mostBodies {
			delete(b.kept, k)
		}
	}
	b.kept[key] = rendered{body, now}
}
