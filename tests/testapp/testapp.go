// Package testapp runs the whole application on a port of its own, and plays the
// people who use it.
package testapp

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"

	"relevo/db"
	"relevo/handlers"
	"relevo/models"
	"relevo/models/access"
	"relevo/models/feed"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

// App is a running application.
type App struct {
	URL   string
	Store *models.Store
	Feed  *feed.Feed
	DB    *db.Handles

	tb     testing.TB
	file   string // or URL: the database
	notary *ledger.Notary
	people atomic.Int64
	clock  atomic.Int64 // nanoseconds that the store's clock is ahead
}

// Password is everybody's, so that no test needs to remember it.
const Password = "seven green turtles"

// Start runs the application until the test ends, with its store changed where a
// test needs other limits.
func Start(tb testing.TB, changes ...func(*models.Parts)) *App {
	tb.Helper()
	return serve(tb, testdb.Fresh(tb), changes...)
}

// Again is another server on the same database, which has read nothing of it yet.
func (a *App) Again() *App {
	a.tb.Helper()
	return serve(a.tb, a.file, func(p *models.Parts) { p.Notary = a.notary })
}

func serve(tb testing.TB, database string, changes ...func(*models.Parts)) *App {
	tb.Helper()
	a := &App{tb: tb, file: database, DB: testdb.Reopen(tb, database), Feed: feed.New()}
	made := models.Parts{
		Write: a.DB.Write, Read: a.DB.Read, Feed: a.Feed,
		Enqueue: a.DB.Enqueue, // nobody works the jobs
		Relieve: a.DB.Relieve,
		Now:     func() time.Time { return time.Now().Add(time.Duration(a.clock.Load())) },
		Hashing: &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}, // everybody knows the password
	}
	secret, key, err := ledger.NewSecret(rand.Reader)
	require.NoError(tb, err)
	made.Notary, err = ledger.NewNotary(secret, key)
	require.NoError(tb, err)
	for _, change := range changes {
		change(&made)
	}
	a.notary = made.Notary
	store, err := models.New(made)
	require.NoError(tb, err)
	a.Store = store
	server := httptest.NewUnstartedServer(nil)
	a.URL = "http://" + server.Listener.Addr().String()
	public, err := url.Parse(a.URL)
	require.NoError(tb, err)
	server.Config.Handler = handlers.New(handlers.App{
		Store: store, Feed: a.Feed, URL: public, Log: slog.New(slog.NewTextHandler(tb.Output(), nil)),
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Ready:          a.DB.Ping,
	})
	server.Start()
	tb.Cleanup(server.Close)
	tb.Cleanup(server.CloseClientConnections)
	return a
}

// Later sets the store's clock ahead.
func (a *App) Later(d time.Duration) { a.clock.Add(int64(d)) }

// address gives everybody a source of their own, so that limits by source do not
// get in the way of tests about something else.
func (a *App) address() string {
	n := a.people.Add(1)
	return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}).String()
}

// Visitor is somebody without an account.
func (a *App) Visitor() *Person {
	return &Person{app: a, Lang: "en", Address: a.address(), cookies: map[string]string{}}
}

// WithCookie is somebody who has got hold of a session's cookie.
func (a *App) WithCookie(c *http.Cookie) *Person {
	p := a.Visitor()
	p.setCookie(c.Name, c.Value)
	return p
}

// Person makes an account and signs it in. The first one is the administrator's.
func (a *App) Person(name string) *Person {
	a.tb.Helper()
	p := a.Visitor()
	p.Name, p.Email = name, strings.ToLower(strings.ReplaceAll(name, " ", ".")+"."+rand.Text()[:8])+"@example.com"
	in := models.SignUpInput{ProfileInput: models.ProfileInput{Name: name, Lang: "en", Zone: "UTC"}, Email: p.Email, Password: Password}
	require.NoError(a.tb, a.Store.SignUp(a.tb.Context(), models.Actor{Address: p.Address}, in, ""))
	p.SignIn()
	return p
}

// Team makes a team that the person owns.
func (a *App) Team(owner *Person, name string) models.Team {
	a.tb.Helper()
	team, err := a.Store.CreateTeam(a.tb.Context(), owner.Actor(), models.TeamInput{Name: name, Zone: "UTC"})
	require.NoError(a.tb, err)
	return team
}

// Join makes an account and brings it into a team by an invitation of its owner.
func (a *App) Join(owner *Person, team models.Team, name string, role access.Role) *Person {
	a.tb.Helper()
	p := a.Person(name)
	_, err := a.Store.AcceptInvitation(a.tb.Context(), p.Actor(), a.Invitation(owner, team, role))
	require.NoError(a.tb, err)
	return p
}

// Invitation makes an invitation for one person and returns its token.
func (a *App) Invitation(owner *Person, team models.Team, role access.Role) string {
	a.tb.Helper()
	token, err := a.Store.Invite(a.tb.Context(), owner.Actor(), team.ID, models.InvitationInput{Role: role, Days: 1, Once: true})
	require.NoError(a.tb, err)
	return token
}

// usual are the columns that people get.
var usual = map[flow.State]string{
	flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress", flow.InReview: "In review", flow.Done: "Done",
}

// Board makes a board with the usual columns.
func (a *App) Board(maker *Person, team models.Team, name string) models.Board {
	a.tb.Helper()
	board, err := a.Store.CreateBoard(a.tb.Context(), maker.Actor(), team.ID, models.BoardInput{Name: name, Columns: usual})
	require.NoError(a.tb, err)
	return board
}
