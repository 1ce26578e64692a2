package db

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// MaxPayload is the most that one notification carries, in bytes.
const MaxPayload = 7999

const channel = "relevo"

// Notify tells the other servers on this database payload once tx has committed.
// SQLite has no other servers: it does nothing there.
func (h *Handles) Notify(ctx context.Context, tx *gorm.DB, payload string) error {
	if h.pool == nil {
		return nil
	}
	if _, err := inside(tx).ExecContext(ctx, `SELECT pg_notify($1, $2)`, channel, payload); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

const (
	retryFirst = 100 * time.Millisecond
	retryMost  = 5 * time.Second
	quiet      = 30 * time.Second // after that long without news, ask whether the connection still stands
)

// Listen calls on for what any server on this database notifies, this one
// included, until ctx ends. It keeps one connection for it and connects again
// when that breaks; gap is called after each connect, for what was said before
// has been missed. On SQLite it returns at once.
func (h *Handles) Listen(ctx context.Context, on func(payload string), gap func()) {
	if h.pool == nil {
		return
	}
	for wait := retryFirst; ctx.Err() == nil; wait = min(2*wait, retryMost) {
		err := h.listen(ctx, on, func() { wait = retryFirst; gap() })
		if ctx.Err() != nil {
			return
		}
		slog.WarnContext(ctx, "news of other servers is cut off; connecting again", "err", err, "in", wait)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (h *Handles) listen(ctx context.Context, on func(string), connected func()) error {
	c, err := pgx.ConnectConfig(ctx, h.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(context.WithoutCancel(ctx)) }()
	if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	connected()
	for {
		payload, err := next(ctx, c)
		if err != nil {
			return err
		}
		if payload != "" {
			on(payload)
		}
	}
}

// next returns the next notification; nothing, if none came in a while and the
// connection stands.
func next(ctx context.Context, c *pgx.Conn) (string, error) {
	waiting, cancel := context.WithTimeout(ctx, quiet)
	defer cancel()
	n, err := c.WaitForNotification(waiting)
	if err == nil {
		return n.Payload, nil
	}
	if ctx.Err() == nil && waiting.Err() != nil && !c.IsClosed() {
		return "", c.Ping(ctx)
	}
	return "", err
}
