package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"relevo/models"
)

// Sessions is a gorilla sessions.Store over the database. What is in the cookie is
// a random token; all else stays with the server, so that ending a session ends it.
// It keeps who is signed in and nothing more: other values are not stored.
type Sessions struct {
	store   *models.Store
	name    string
	options sessions.Options
}

var _ sessions.Store = (*Sessions)(nil)

// NewSessions keeps sessions in store. Behind TLS the cookie is bound to this host
// by its name.
func NewSessions(store *models.Store, secure bool) *Sessions {
	s := &Sessions{store: store, name: "relevo", options: sessions.Options{
		Path: "/", MaxAge: int(models.SessionLife / time.Second), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}}
	if secure {
		s.name = "__Host-relevo"
	}
	return s
}

const signedInKey = "signed-in"

// Get returns the request's session, read once a request.
func (s *Sessions) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the request's cookie names; a new one if that is
// nobody's.
func (s *Sessions) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	options := s.options
	session.Options, session.IsNew = &options, true
	cookie, err := r.Cookie(name)
	if err != nil {
		return session, nil
	}
	found, err := s.store.Session(r.Context(), cookie.Value)
	if found != nil {
		session.ID, session.IsNew = cookie.Value, false
		session.Values[signedInKey] = found
	}
	return session, err
}

// Save sends the cookie of a session; with MaxAge below zero it takes it back.
// Sessions begin and end in the store, with SignIn and SignOut.
func (s *Sessions) Save(_ *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	token := session.ID
	if session.Options.MaxAge < 0 {
		token = ""
	}
	http.SetCookie(w, sessions.NewCookie(session.Name(), token, session.Options))
	return nil
}

// User returns who is signed in; nil if nobody is.
func (s *Sessions) User(r *http.Request, w http.ResponseWriter) (*models.User, error) {
	session, err := s.Get(r, s.name)
	if err != nil {
		return nil, err
	}
	found, ok := session.Values[signedInKey].(*models.SignedIn)
	if !ok {
		return nil, nil
	}
	if found.Session.Faded(time.Now()) {
		alive, err := s.store.SeeSession(context.WithoutCancel(r.Context()), session.ID)
		switch {
		case err != nil: // no reason to keep somebody from their work
			slog.WarnContext(r.Context(), "could not note that a session was seen", "err", err)
		case !alive:
			return nil, nil
		default:
			return &found.User, session.Save(r, w)
		}
	}
	return &found.User, nil
}

// token is that of the session that the request came with; empty if there is none.
func (s *Sessions) token(r *http.Request) string {
	session, err := s.Get(r, s.name)
	if err != nil {
		return ""
	}
	return session.ID
}

// start gives the browser the token of a session that has just begun, and none
// that it had before.
func (s *Sessions) start(r *http.Request, w http.ResponseWriter, token string) error {
	session, err := s.Get(r, s.name)
	if err != nil {
		return err
	}
	session.ID = token
	return session.Save(r, w)
}

// end takes the cookie back.
func (s *Sessions) end(r *http.Request, w http.ResponseWriter) error {
	session, err := s.Get(r, s.name)
	if err != nil {
		return err
	}
	session.Options.MaxAge = -1
	return session.Save(r, w)
}
