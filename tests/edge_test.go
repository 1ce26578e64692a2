package tests

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/testapp"
)

const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func TestEveryAnswerCarriesTheHeadersThatProtect(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	for _, path := range []string{"/", "/sign-in", "/account", "/nothing-here", "/teams/new"} {
		a := ana.Get(path)
		require.Equal(t, strictPolicy, a.Header.Get("Content-Security-Policy"), path)
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-store", a.Header.Get("Cache-Control"), path)
		require.NotEmpty(t, a.Header.Get("X-Request-Id"), path)
		require.NotContains(t, a.Body, "<script>", path)
		require.NotContains(t, a.Body, " style=", path)
		require.NotContains(t, a.Body, " onclick=", path)
	}
}

func TestAnotherSitesPageChangesNothing(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	form := url.Values{"name": {"Theirs"}, "zone": {"UTC"}}
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
		{"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		a := ana.Do("POST", "/teams", form, headers...)
		require.Equal(t, http.StatusForbidden, a.Status, headers)
		require.Contains(t, a.Body, "Another website asked for this", headers)
	}
	overridden := url.Values{"_method": {"GET"}}
	require.Equal(t, http.StatusForbidden, ana.Do("POST", "/account", overridden, "Sec-Fetch-Site", "cross-site").Status)
	require.Equal(t, http.StatusSeeOther, ana.Do("POST", "/teams", form, "Sec-Fetch-Site", "", "Origin", app.URL).Status)
	teams, err := app.Store.Teams(t.Context(), ana.Actor())
	require.NoError(t, err)
	require.Len(t, teams, 1)
}

func TestWhoIsNotSignedInIsSentToSignIn(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	app.Person("Ana")
	visitor := app.Visitor()
	require.Equal(t, "/sign-in?next=%2Faccount", visitor.Get("/account").Location)
	require.Equal(t, http.StatusUnauthorized, visitor.Send("PUT", "/account", "name", "x").Status)
	a := visitor.Do("GET", "/account", nil, "HX-Request", "true", "HX-Current-URL", app.URL+"/boards/1?x=y")
	require.Equal(t, http.StatusUnauthorized, a.Status)
	require.Equal(t, "/sign-in?next=%2Fboards%2F1%3Fx%3Dy", a.Header.Get("HX-Redirect"))
	a = visitor.Do("GET", "/account", nil, "HX-Request", "true", "HX-Current-URL", "https://evil.example//evil.example")
	require.Equal(t, "/sign-in", a.Header.Get("HX-Redirect"))
}

func TestAFaultIsAPageOrANoticeBesideTheOneThatIsOpen(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	page := ana.Get("/teams/none/members")
	require.Equal(t, http.StatusNotFound, page.Status)
	require.Contains(t, page.Body, "<html")
	require.Contains(t, page.Body, "not yours to see")
	note := ana.Do("GET", "/teams/none/members", nil, "HX-Request", "true")
	require.Equal(t, http.StatusNotFound, note.Status)
	require.Equal(t, "none", note.Header.Get("HX-Reswap"))
	require.Contains(t, note.Body, "hx-swap-oob")
	require.NotContains(t, note.Body, "<html")
	ana.Send("PUT", "/account", "name", "Ana", "lang", "es", "zone", "UTC")
	require.Contains(t, ana.Get("/teams/none/members").Body, "no te corresponde verlo")
}

func TestABreakdownTellsAnIDAndNothingElse(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	require.NoError(t, app.DB.Close())
	a := ana.Get("/account")
	require.Equal(t, http.StatusInternalServerError, a.Status)
	require.Contains(t, a.Body, a.Header.Get("X-Request-Id"))
	require.NotContains(t, a.Body, "sql")
	require.NotContains(t, a.Body, "closed")
	require.Equal(t, http.StatusServiceUnavailable, ana.Get("/readyz").Status)
	require.Equal(t, http.StatusOK, ana.Get("/healthz").Status)
}

func TestWhatCannotBeReadIsSaidSo(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	require.Equal(t, http.StatusRequestEntityTooLarge, ana.Send("POST", "/teams", "name", strings.Repeat("x", 3<<20), "zone", "UTC").Status)
	require.Equal(t, http.StatusUnprocessableEntity, ana.Do("GET", "/account?%zz", nil).Status)
	require.Equal(t, http.StatusNotFound, ana.Do("DELETE", "/account", nil).Status)
	require.Equal(t, http.StatusNotFound, ana.Do("TRACE", "/account", nil).Status)
}

func TestPagesAreCompressedForWhoAsks(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	a := ana.Do("GET", "/account", nil, "Accept-Encoding", "gzip")
	require.Equal(t, "gzip", a.Header.Get("Content-Encoding"))
	require.Less(t, len(a.Body), 10<<10)
}

func TestWhatIsNoTextBreaksNothing(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	ana.Send("POST", "/teams", "name", "a\x00b\xff", "zone", "UTC")
	teams, err := app.Store.Teams(t.Context(), ana.Actor())
	require.NoError(t, err)
	require.Equal(t, "ab", teams[0].Name)
	require.Equal(t, http.StatusUnauthorized, signIn(app.Visitor(), "a\x00\xff@example.com", "\x00\xff").Status)
	require.Equal(t, http.StatusNotFound, ana.Get("/teams/%00%ff").Status)
	require.Less(t, ana.Get("/account?done=%00%ff").Status, 500)
	a := ana.Do("POST", "/sign-in", url.Values{"email": {ana.Email}, "password": {testapp.Password}}, "User-Agent", "\xff\xfe")
	require.Equal(t, http.StatusSeeOther, a.Status)
}

func TestAfterAChangeHtmxLoadsTheNextPageWhole(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	a := ana.Do("POST", "/teams", url.Values{"name": {"Onboarding"}, "zone": {"UTC"}}, "HX-Request", "true")
	require.Equal(t, http.StatusNoContent, a.Status)
	require.Regexp(t, `^/teams/[0-9a-f-]{36}$`, a.Header.Get("HX-Redirect"))
}

func TestAFormSentAfterTheSessionEndedStaysAsItIs(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	app.Person("Ana")
	visitor := app.Visitor()
	a := visitor.Do("POST", "/tasks/1", url.Values{"_method": {"PUT"}, "title": {"Long thought about"}}, "HX-Request", "true", "HX-Current-URL", app.URL+"/tasks/1")
	require.Equal(t, http.StatusUnauthorized, a.Status)
	require.Empty(t, a.Header.Get("HX-Redirect"))
	require.Equal(t, "none", a.Header.Get("HX-Reswap"))
	require.Contains(t, a.Body, `href="/sign-in?next=%2Ftasks%2F1" target="_blank"`)
	require.Contains(t, a.Body, "log in in another tab, then save again")
}
