package models

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Session is a browser that somebody is signed in with. Its token is in the
// browser's cookie and nowhere else: the database has its SHA-256.
type Session struct {
	Hash      []byte `gorm:"primaryKey"`
	UserID    string
	Data      string // nothing as yet
	Address   string // where it began
	Agent     string // what the browser calls itself
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

// SessionLife is how long a session lasts after its last use.
const SessionLife = 30 * 24 * time.Hour

// seenEvery bounds the writes that merely looking around costs.
const seenEvery = time.Minute

// ID names the session in addresses and in the log. Knowing it opens nothing.
func (s Session) ID() string { return hex.EncodeToString(s.Hash) }

// SessionID is the ID of the session with that token.
func SessionID(token string) string { return hex.EncodeToString(hashToken(token)) }

// Faded reports whether the session's last use is worth writing down again.
func (s Session) Faded(now time.Time) bool { return now.Sub(s.SeenAt) >= seenEvery }

func (s Session) subject() ledger.Subject {
	return ledger.Subject{Kind: "session", ID: s.ID()[:16], Name: s.Agent}
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// newToken makes a secret of 256 bits, 43 characters long.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// SignedIn is a session with its user.
type SignedIn struct {
	Session Session
	User    User
}

// Session finds who is signed in with token, in one query; nil if nobody is, or
// no longer.
func (s *Store) Session(ctx context.Context, token string) (*SignedIn, error) {
	if len(token) != 43 {
		return nil, nil
	}
	var found struct {
		Session Session `gorm:"embedded;embeddedPrefix:s_"`
		User    User    `gorm:"embedded;embeddedPrefix:u_"`
	}
	res := s.parts.Read.WithContext(ctx).Raw(`SELECT s.hash s_hash, s.user_id s_user_id, s.seen_at s_seen_at, s.expires_at s_expires_at,
			u.id u_id, u.email u_email, u.name u_name, u.admin u_admin, u.lang u_lang, u.zone u_zone, u.no_shortcuts u_no_shortcuts
		FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = ? AND s.expires_at > ?`,
		hashToken(token), s.now()).Scan(&found)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	return &SignedIn{found.Session, found.User}, nil
}

// SeeSession notes that a session was used just now, and so lasts longer. A
// session that was ended meanwhile stays ended: false.
func (s *Store) SeeSession(ctx context.Context, token string) (alive bool, err error) {
	now := s.now()
	err = s.unlogged(ctx, func(db *gorm.DB) error {
		res := db.Model(&Session{}).Where("hash = ? AND expires_at > ?", hashToken(token), now).
			Updates(map[string]any{"seen_at": now, "expires_at": now.Add(SessionLife)})
		alive = res.RowsAffected == 1
		return res.Error
	})
	return alive, err
}

// startSession signs the actor of tx in with a new token.
func (tx *Tx) startSession(agent string) (token string, err error) {
	token = newToken()
	session := Session{Hash: hashToken(token), UserID: tx.actor.ID, Address: tx.actor.Address, Agent: clip(strings.ToValidUTF8(agent, ""), 300),
		CreatedAt: tx.now, SeenAt: tx.now, ExpiresAt: tx.now.Add(SessionLife)}
	return token, tx.create(&session, note{action: SessionStarted, subject: session.subject()})
}

// SignOut ends the session of token. Ending what has ended is no fault.
func (s *Store) SignOut(ctx context.Context, who Actor, token string) error {
	return s.changeServer(ctx, who, func(tx *Tx) error {
		session, err := tx.session(hashToken(token))
		if fault.From(err) != nil {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.endSession(session, SessionEnded)
	})
}

// Sessions lists the actor's sessions, the one used last first.
func (s *Store) Sessions(ctx context.Context, who Actor) ([]Session, error) {
	var sessions []Session
	err := s.parts.Read.WithContext(ctx).Where("user_id = ? AND expires_at > ?", who.ID, s.now()).
		Order("seen_at DESC").Find(&sessions).Error
	return sessions, err
}

// RevokeSession ends one of the actor's sessions.
func (s *Store) RevokeSession(ctx context.Context, who Actor, id string) error {
	hash, err := hex.DecodeString(id)
	if err != nil {
		return fault.New(fault.Missing, fault.NotFound)
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		session, err := tx.session(hash)
		if err != nil {
			return err
		}
		if session.UserID != who.ID {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return tx.endSession(session, SessionRevoked)
	})
}

// RevokeOtherSessions ends all of the actor's sessions but that of token.
func (s *Store) RevokeOtherSessions(ctx context.Context, who Actor, token string) error {
	return s.changeServer(ctx, who, func(tx *Tx) error { return tx.revokeOthers(token) })
}

func (tx *Tx) revokeOthers(token string) error {
	var others []Session
	err := tx.db.Where("user_id = ? AND hash <> ?", tx.actor.ID, hashToken(token)).Order("created_at").Find(&others).Error
	for _, session := range others {
		err = errors.Join(err, tx.endSession(session, SessionRevoked))
	}
	return err
}

// endSession ends a session and tells its person's open pages, for one of them
// may belong to it.
func (tx *Tx) endSession(session Session, how Action) error {
	tx.told[session.UserID] = true
	return tx.delete(&session, note{action: how, subject: session.subject()})
}

func (tx *Tx) session(hash []byte) (Session, error) {
	var session Session
	err := tx.db.Where("hash = ?", hash).Take(&session).Error
	return session, orMissing(err)
}

// ForgetExpiredSessions removes what nobody can use any more. It is housekeeping
// and leaves no entry.
func (s *Store) ForgetExpiredSessions(ctx context.Context) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		return db.Where("expires_at <= ?", s.now()).Delete(&Session{}).Error
	})
}

// clip cuts s to at most most runes.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
