package web

import (
	"bytes"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/views"
	"relevo/views/say"
)

// boardBody is all of a board's page but its frame. It is the same for all who see the board
// in the same role, language and time zone, so it is rendered once
// for each sequence of the team's log.
func (w *Web) boardBody(c echo.Context, board string) (models.Watched, templ.Component, error) {
	ctx, who := c.Request().Context(), actor(c)
	watched, err := w.Store.Watch(ctx, who, board)
	if err != nil {
		return watched, nil, err
	}
	key := bodyKey{board: board, seq: watched.Seq, role: watched.Role, lang: say.In(ctx).Lang, zone: who.Zone}
	body, ok := w.bodies.get(key, time.Now())
	if !ok {
		v, err := w.Store.Board(ctx, who, board)
		if err != nil {
			return watched, nil, err
		}
		var page bytes.Buffer
		framed := views.WithFrame(ctx, views.Frame{Who: who, Now: now(c)})
		if err := views.BoardBody(v).Render(framed, &page); err != nil {
			return watched, nil, err
		}
		body, key.seq = page.String(), v.Seq
		w.bodies.put(key, body, time.Now())
	}
	return watched, templ.Raw(body), nil
}

// bodies are boards as they were rendered last.
type bodies struct {
	mu   sync.Mutex
	kept map[bodyKey]rendered
}

type bodyKey struct {
	board string
	seq   int64
	role  access.Role
	lang  string
	zone  string
}

type rendered struct {
	body string
	at   time.Time
}

const (
	// bodyLife is how long a body is good for at most: it says "today", and names
	// of people, whose renaming is not in the team's log.
	bodyLife = 30 * time.Second
	// mostBodies bounds the memory: one of 200 cards is some 200 KB.
	mostBodies = 32
)

func (b *bodies) get(key bodyKey, now time.Time) (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, ok := b.kept[key]
	return r.body, ok && now.Sub(r.at) < bodyLife
}

func (b *bodies) put(key bodyKey, body string, now time.Time) {
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
