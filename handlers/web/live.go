package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/feed"
)

// heartbeat is how often a stream shows that it lives and asks whether its reader
// is still signed in and still a member.
const heartbeat = 20 * time.Second

// ShowEvents is the one stream of a page: "board" with the sequence at which the
// board has news, and "inbox" with the number of unread notices. It says nothing
// else, so that what a page then fetches is answered by what its reader may see.
func (w *Web) ShowEvents(c echo.Context) error {
	s := stream{web: w, c: c, who: actor(c), board: c.QueryParam("board")}
	ctx := c.Request().Context()
	mine, stop := w.Feed.Subscribe(feed.PersonTopic(s.who.ID))
	defer stop()
	var team <-chan feed.News
	if s.board != "" {
		watched, err := w.Store.Watch(ctx, s.who, s.board)
		if err != nil {
			return err
		}
		var stop func()
		team, stop = w.Feed.Subscribe(watched.Topic())
		defer stop()
	}
	// Subscribed before reading where things stand: nothing falls in between.
	if err := s.open(ctx, since(c)); err != nil {
		return err
	}
	return s.follow(ctx, team, mine)
}

// since is the sequence that the page has: of the last event it received before
// the connection broke, or of its making.
func since(c echo.Context) int64 {
	at := c.Request().Header.Get("Last-Event-ID")
	if at == "" {
		at = c.QueryParam("since")
	}
	n, _ := strconv.ParseInt(at, 10, 64)
	return n
}

// stream is one open page.
type stream struct {
	web   *Web
	c     echo.Context
	who   models.Actor
	board string // empty: a page that shows none
}

// open begins the answer and tells what has happened since.
func (s *stream) open(ctx context.Context, since int64) error {
	watched, err := s.mayStay(ctx)
	if err != nil {
		return err
	}
	h := s.c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	if err := http.NewResponseController(s.c.Response()).SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("live stream: %w", err)
	}
	s.c.Response().WriteHeader(http.StatusOK)
	if s.board != "" && watched.Seq > since {
		if err := s.tell("board", watched.Seq); err != nil {
			return err
		}
	}
	return s.tellInbox(ctx)
}

func (s *stream) follow(ctx context.Context, team, mine <-chan feed.News) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-s.web.Ending:
			return nil
		case news := <-team:
			err = s.tellNews(ctx, news)
		case <-mine:
			if _, err = s.mayStay(ctx); err == nil { // it may be that the session has ended
				err = s.tellInbox(ctx)
			}
		case <-beat.C:
			if err = s.write(": alive\n\n"); err == nil {
				_, err = s.mayStay(ctx)
			}
		}
		if fault.From(err) != nil {
			return s.write("event: gone\ndata: \n\n")
		}
		if err != nil {
			return nil // the reader has left, or comes back and asks again
		}
	}
}

// tellNews passes on what concerns the board. Boards are not named where it is
// the team that changed: then the reader may have lost it.
func (s *stream) tellNews(ctx context.Context, news feed.News) error {
	if news.Boards != nil && !slices.Contains(news.Boards, s.board) {
		return nil
	}
	if news.Boards == nil {
		if _, err := s.mayStay(ctx); err != nil {
			return err
		}
	}
	return s.tell("board", news.Seq)
}

func (s *stream) tellInbox(ctx context.Context) error {
	n, err := s.web.Store.UnreadNotices(ctx, s.who)
	if err != nil {
		return err
	}
	return s.write(fmt.Sprintf("event: inbox\ndata: %d\n\n", n))
}

func (s *stream) tell(event string, seq int64) error {
	return s.write(fmt.Sprintf("event: %s\nid: %d\ndata: %d\n\n", event, seq, seq))
}

func (s *stream) write(text string) error {
	if _, err := s.c.Response().Write([]byte(text)); err != nil {
		return err
	}
	return http.NewResponseController(s.c.Response()).Flush()
}

// mayStay is a fault once the reader is signed out or may no longer see the board.
func (s *stream) mayStay(ctx context.Context) (models.Watched, error) {
	found, err := s.web.Store.Session(ctx, s.web.Sessions.token(s.c.Request()))
	if err != nil {
		return models.Watched{}, err
	}
	if found == nil {
		return models.Watched{}, fault.New(fault.Unknown, fault.SignIn)
	}
	if s.board == "" {
		return models.Watched{}, nil
	}
	return s.web.Store.Watch(ctx, s.who, s.board)
}
