package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"syscall"
	"time"

	"gorm.io/gorm"

	"relevo/db"
	"relevo/handlers"
	"relevo/handlers/jobs"
	"relevo/models"
	"relevo/models/feed"
	"relevo/models/ledger"
)

const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	writeTimeout  = time.Minute // streams lift it for themselves
	// When the server stops, requests have a moment to end by themselves before
	// the streams, which never would, are cut off.
	stopRequests = time.Second
	stopAll      = 10 * time.Second
	// catchUp is how often the logs are looked at in case news of other servers
	// got lost.
	catchUp = time.Minute
)

// serve runs the server until ctx ends, then stops in good order. It tells out
// where it listens.
func serve(ctx context.Context, s settings, out io.Writer) (err error) {
	log := s.logger()
	slog.SetDefault(log)
	l, err := listen(ctx, s.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }()
	h, err := db.Open(ctx, s.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	applied, err := h.Migrate(ctx)
	if err != nil {
		return err
	}
	if len(applied) > 0 {
		log.Info("the database has been brought up to date", "applied", applied)
	}
	if s.URL == nil {
		s.URL = addressOf(l)
	}

	keys, err := readOrMakeKeys(s.Keys)
	if err != nil {
		return err
	}
	notary, err := keys.notary()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Keys, err)
	}
	news := feed.New()
	store, others, err := newStore(h, news, s, notary)
	if err != nil {
		return err
	}
	if err := store.RecordKey(ctx); err != nil {
		return err
	}
	if err := loadTemplates(ctx, store, s.Templates, log); err != nil {
		return err
	}
	var background sync.WaitGroup
	defer background.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if h.Shared() {
		background.Go(func() { others.follow(ctx) })
	}
	stopJobs, err := h.Work(ctx, jobs.Config(store, log, s.Witness))
	if err != nil {
		return err
	}
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopAll)
		defer cancel()
		err = errors.Join(err, stopJobs(ending))
	}()

	app := handlers.New(handlers.App{
		Store: store, Feed: news, URL: s.URL, TrustedProxies: s.TrustedProxies, Log: log, Ready: h.Ping, Ending: ctx.Done(),
	})
	return answer(ctx, l, app, func() {
		_, _ = fmt.Fprintf(out, "Relevo is at %s\n", s.URL)
	})
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%sADDR: another program listens on %s; stop it, or choose another address, for example 127.0.0.1:8081", prefix, addr)
	case err != nil:
		return nil, fmt.Errorf("%sADDR: cannot listen on %s (%w); choose an address of this machine and a port above 1023", prefix, addr, err)
	}
	return l, nil
}

// addressOf is where this machine reaches l.
func addressOf(l net.Listener) *url.URL {
	host, port, _ := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
}

// newStore makes the store on h, and what ties it to other servers.
func newStore(h *db.Handles, news *feed.Feed, s settings, notary *ledger.Notary) (*models.Store, *others, error) {
	o := &others{db: h, news: news, name: rand.Text()}
	parts := models.Parts{Write: h.Write, Read: h.Read, Feed: news, Enqueue: h.Enqueue, Relieve: h.Relieve, Notary: notary,
		MaxFile: s.MaxFile, MaxTeamFiles: s.MaxTeamFiles}
	if h.Shared() {
		parts.Announce = o.announce
	}
	store, err := models.New(parts)
	o.store = store
	return store, o, err
}

// others are the servers on the same database, as seen from this one.
type others struct {
	db    *db.Handles
	store *models.Store
	news  *feed.Feed
	name  string // of this server among them
}

// announce tells the others once tx has committed.
func (o *others) announce(ctx context.Context, tx *gorm.DB, news []feed.News) error {
	for _, text := range feed.Encode(o.name, news, db.MaxPayload) {
		if err := o.db.Notify(ctx, tx, text); err != nil {
			return err
		}
	}
	return nil
}

// follow passes on what the others tell until ctx ends.
func (o *others) follow(ctx context.Context) {
	var lookout sync.WaitGroup
	defer lookout.Wait()
	lookout.Go(func() {
		for tick := time.Tick(catchUp); ; {
			select {
			case <-ctx.Done():
				return
			case <-tick:
				o.catchUp(ctx)
			}
		}
	})
	o.db.Listen(ctx, o.hear, func() { o.catchUp(ctx) })
}

func (o *others) hear(text string) {
	news, err := feed.Decode(o.name, text)
	if err != nil {
		slog.Warn("news of another server cannot be read", "err", err)
	}
	for _, n := range news {
		o.news.Publish(n)
	}
}

func (o *others) catchUp(ctx context.Context) {
	if err := o.store.CatchUp(ctx); err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "catching up with other servers failed", "err", err)
	}
}

// answer serves app on l until ctx ends, then lets requests end and cuts off
// streams. ready is called when requests are answered.
func answer(ctx context.Context, l net.Listener, app http.Handler, ready func()) error {
	alive, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := &http.Server{
		Handler:           app,
		ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, WriteTimeout: writeTimeout,
		BaseContext: func(net.Listener) context.Context { return alive },
		ErrorLog:    slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	ready()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	slog.Info("stopping")
	time.AfterFunc(stopRequests, cut)
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopAll)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		slog.Warn("some requests did not end and are cut off", "err", err)
		return server.Close()
	}
	return nil
}
