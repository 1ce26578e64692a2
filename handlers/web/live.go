package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/feed"
)

// heartbeat is how often a stream shows that it lives and asks whether its reader
// is still signed in and still a member; patience is how long a reader that does not
// read is waited for.
const heartbeat, patience = 20 * time.Second, 30 * time.Second

// ShowEvents is the one stream of a page: "board" with the sequence at which the
// board has news, and "inbox" with the number of unread notices. It says nothing
// else, so that what a page then fetches is answered by what its reader may see.
// For a page over all boards "board" says that there is news in one of the reader's
// teams, and always at the beginning.
//
// A stream takes the connection over from the server and goes on by itself: what
// the server keeps for an answer under way would be most of the memory of an open page.
func (w *Web) ShowEvents(c echo.Context) error {
	s := &stream{web: w, who: actor(c), token: w.Sessions.token(c.Request()), board: strings.Clone(c.QueryParam("board"))}
	s.all = s.board == "" && c.QueryParam("all") != ""
	ctx := c.Request().Context()
	mine, stopMine := w.Feed.Subscribe(feed.PersonTopic(s.who.ID))
	var team <-chan feed.News
	stopTeam := func() {}
	stop := func() { stopMine(); stopTeam() }
	if s.board != "" {
		watched, err := w.Store.Watch(ctx, s.who, s.board)
		if err != nil {
			stop()
			return err
		}
		team, stopTeam = w.Feed.Subscribe(watched.Topic())
	}
	if s.all {
		topics, err := w.Store.Topics(ctx, s.who)
		if err != nil {
			stop()
			return err
		}
		team, stopTeam = w.Feed.Subscribe(topics...)
	}
	// Subscribed before reading where things stand: nothing falls in between.
	if err := s.open(ctx, c.Response(), since(c)); err != nil {
		stop()
		return err
	}
	go func() {
		defer stop()
		defer func() { _ = s.conn.Close() }()
		s.follow(team, mine)
	}()
	return nil
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

// stream is one open page. It keeps nothing of the request, which is answered.
type stream struct {
	web   *Web
	conn  net.Conn
	who   models.Actor
	token string
	board string // empty: a page that shows none
	all   bool   // or something of all boards of all teams of the reader
}

// open begins the answer and tells what has happened since.
func (s *stream) open(ctx context.Context, answer *echo.Response, since int64) error {
	watched, err := s.mayStay(ctx)
	if err != nil {
		return err
	}
	unread, err := s.web.Store.UnreadNotices(ctx, s.who)
	if err != nil {
		return err
	}
	h := answer.Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	h.Set("Connection", "close") // the answer ends where the connection does
	var text bytes.Buffer
	text.WriteString("HTTP/1.1 200 OK\r\n")
	if err := h.Write(&text); err != nil {
		return fmt.Errorf("live stream: %w", err)
	}
	text.WriteString("\r\n")
	if s.all || s.board != "" && watched.Seq > since {
		text.WriteString(event("board", watched.Seq))
	}
	text.WriteString(inbox(unread))
	if s.conn, _, err = http.NewResponseController(answer).Hijack(); err != nil {
		return fmt.Errorf("live stream: %w", err)
	}
	answer.Committed = true
	if err := s.write(text.String()); err != nil {
		_ = s.conn.Close()
		return fmt.Errorf("live stream: %w", err)
	}
	return nil
}

func (s *stream) follow(team, mine <-chan feed.News) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	left := make(chan struct{})
	go func() { // a reader says nothing more, so that an end of reading is its leaving
		_, _ = s.conn.Read(make([]byte, 1))
		close(left)
	}()
	for {
		var err error
		select {
		case <-left:
			return
		case <-s.web.Ending:
			return
		case news := <-team:
			err = s.tellNews(news)
		case <-mine:
			err = s.tellInbox()
		case <-beat.C:
			if err = s.write(": alive\n\n"); err == nil {
				err = s.ask(func(context.Context) error { return nil })
			}
		}
		if fault.From(err) != nil {
			_ = s.write("event: gone\ndata: \n\n")
		}
		if err != nil {
			return // the reader is not to stay, or has left, or comes back and asks again
		}
	}
}

// errTeams ends a stream over all teams when one of them changed: it may be the
// reader's no more. The page comes back, and follows those that are.
var errTeams = errors.New("teams have changed")

// tellNews passes on what concerns the board. Boards are not named where it is
// the team that changed: then the reader may have lost it.
func (s *stream) tellNews(news feed.News) error {
	if s.all {
		if news.Boards == nil {
			return errTeams
		}
		return s.write(event("board", news.Seq))
	}
	if news.Boards != nil && !slices.Contains(news.Boards, s.board) {
		return nil
	}
	if news.Boards == nil {
		if err := s.ask(func(context.Context) error { return nil }); err != nil {
			return err
		}
	}
	return s.write(event("board", news.Seq))
}

// tellInbox asks first: it may be that the session has ended.
func (s *stream) tellInbox() error {
	unread := 0
	err := s.ask(func(ctx context.Context) (err error) {
		unread, err = s.web.Store.UnreadNotices(ctx, s.who)
		return err
	})
	if err != nil {
		return err
	}
	return s.write(inbox(unread))
}

func event(name string, seq int64) string {
	return fmt.Sprintf("event: %s\nid: %d\ndata: %d\n\n", name, seq, seq)
}

func inbox(unread int) string { return fmt.Sprintf("event: inbox\ndata: %d\n\n", unread) }

func (s *stream) write(text string) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	_, err := s.conn.Write([]byte(text))
	return err
}

// ask reads what f reads if the reader may still stay. It does so on a stack of its
// own: a query needs a deep one, which each of thousands of streams would keep.
func (s *stream) ask(f func(context.Context) error) error {
	answer := make(chan error, 1)
	go func() {
		defer func() {
			if broken := recover(); broken != nil {
				answer <- fmt.Errorf("live stream: %v", broken)
			}
		}()
		ctx := context.Background()
		_, err := s.mayStay(ctx)
		if err == nil {
			err = f(ctx)
		}
		answer <- err
	}()
	return <-answer
}

// mayStay is a fault once the reader is signed out or may no longer see the board.
func (s *stream) mayStay(ctx context.Context) (models.Watched, error) {
	found, err := s.web.Store.Session(ctx, s.token)
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
