package tests

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/testapp"
)

func TestTheFirstVisitorBecomesTheAdministratorAndMakesATeam(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Visitor()
	require.Equal(t, "/welcome", ana.Get("/").Location)
	require.Equal(t, "/welcome", ana.Get("/sign-up").Location)
	require.Equal(t, "/welcome", ana.Get("/sign-in").Location)

	refused := ana.Send("POST", "/welcome", "name", "", "email", "ana", "password", "short")
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	require.Contains(t, refused.Body, `id="field-name-wrong"`)
	require.Contains(t, refused.Body, `aria-describedby="field-password-hint field-password-wrong"`)
	require.Contains(t, refused.Body, `value="ana"`, "what was typed is kept")
	require.NotContains(t, refused.Body, `value="short"`, "but not a password")

	made := ana.Send("POST", "/welcome", "name", "Ana", "email", " Ana@Example.com ", "password", testapp.Password, "zone", "America/Lima")
	require.Equal(t, http.StatusSeeOther, made.Status)
	require.Equal(t, "/teams/new", made.Location)
	require.Contains(t, ana.Get("/teams/new").Body, `<option value="America/Lima" selected`)
	require.Equal(t, http.StatusOK, ana.Get("/settings").Status)

	team := ana.Send("POST", "/teams", "name", "Onboarding", "zone", "America/Lima")
	require.Regexp(t, `^/teams/[0-9a-f-]{36}$`, team.Location)

	late := app.Visitor()
	require.Equal(t, http.StatusNotFound, late.Send("POST", "/welcome", "name", "Eve", "email", "eve@example.com", "password", testapp.Password).Status)
	require.Equal(t, "/", late.Get("/welcome").Location)
}

func TestOnlyOneOfManyFirstVisitorsBecomesTheAdministrator(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	var wg sync.WaitGroup
	statuses := make(chan int, 4)
	for i := range 4 {
		wg.Go(func() {
			statuses <- app.Visitor().Send("POST", "/welcome", "name", "Ana", "email", string(rune('a'+i))+"@example.com", "password", testapp.Password).Status
		})
	}
	wg.Wait()
	close(statuses)
	won := 0
	for s := range statuses {
		if s == http.StatusSeeOther {
			won++
		} else {
			require.Equal(t, http.StatusNotFound, s)
		}
	}
	require.Equal(t, 1, won)
}

func TestSigningUpDoesNotTellWhetherTheAddressWasFree(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	form := func(email string) []string {
		return []string{"name", "Eve", "email", email, "password", "a stranger's own words", "zone", "UTC"}
	}
	entries := func() (n int64) {
		require.NoError(t, app.DB.Read.Raw("SELECT count(*) FROM entries WHERE log_id = 'server'").Scan(&n).Error)
		return n
	}
	before := entries()
	free := app.Visitor().Send("POST", "/sign-up", form("someone.new@example.com")...)
	require.Equal(t, before+1, entries())
	taken := app.Visitor().Send("POST", "/sign-up", form(ana.Email)...)
	require.Equal(t, before+2, entries(), "the same work, so that time does not tell either")
	require.Equal(t, http.StatusOK, free.Status)
	require.Equal(t, free.Status, taken.Status)
	require.Equal(t, strings.ReplaceAll(free.Body, "someone.new@example.com", ana.Email), taken.Body)
	require.Empty(t, free.Header.Values("Set-Cookie"))
	require.Empty(t, taken.Header.Values("Set-Cookie"))

	require.Equal(t, http.StatusSeeOther, signIn(app.Visitor(), "someone.new@example.com", "a stranger's own words").Status)
	require.Equal(t, http.StatusUnauthorized, signIn(app.Visitor(), ana.Email, "a stranger's own words").Status)
	require.Equal(t, http.StatusSeeOther, signIn(app.Visitor(), ana.Email, testapp.Password).Status)
}

func TestSigningInDoesNotTellWhetherTheAddressHasAnAccount(t *testing.T) {
	app := testapp.Start(t, func(p *models.Parts) { p.Hashing = models.UsualHashing })
	ana := app.Person("Ana")
	known, unknown := signIn(app.Visitor(), ana.Email, "not her password"), signIn(app.Visitor(), "nobody@example.com", "not her password")
	require.Equal(t, http.StatusUnauthorized, known.Status)
	require.Equal(t, known.Status, unknown.Status)
	require.Equal(t, strings.ReplaceAll(known.Body, ana.Email, "nobody@example.com"), unknown.Body)

	// By time: both hash a password and both write one entry. Hashing is most of the
	// time, so without it one would be a tenth of the other; the quickest of several
	// tries, taken in turns, is little disturbed by what else the machine does.
	quickest := map[string]time.Duration{ana.Email: time.Hour, "nobody@example.com": time.Hour}
	for range 9 {
		for email, best := range quickest {
			p, start := app.Visitor(), time.Now()
			require.Equal(t, http.StatusUnauthorized, signIn(p, email, "not her password").Status)
			quickest[email] = min(best, time.Since(start))
		}
	}
	a, b := quickest[ana.Email], quickest["nobody@example.com"]
	require.Less(t, max(a, b), 3*min(a, b), "%s and %s", a, b)
}

func TestAStrangersFailuresDoNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, eve := app.Person("Ana"), app.Visitor()
	for range 10 {
		require.Equal(t, http.StatusUnauthorized, signIn(eve, ana.Email, "guess").Status)
	}
	locked := signIn(eve, ana.Email, testapp.Password)
	require.Equal(t, http.StatusTooManyRequests, locked.Status, "even the right password, from there")
	require.Contains(t, locked.Body, "Wait 2 minutes")
	require.Equal(t, http.StatusSeeOther, signIn(ana.OtherBrowser(), ana.Email, testapp.Password).Status)
	require.Equal(t, http.StatusTooManyRequests, signIn(eve, "  "+strings.ToUpper(ana.Email), testapp.Password).Status, "spelled otherwise it is the same account")

	app.Later(2 * time.Minute)
	require.Equal(t, http.StatusSeeOther, signIn(eve, ana.Email, testapp.Password).Status, "after a pause there is another try")
}

func TestOneSourceCannotTryManyAccounts(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	app.Person("Ana")
	eve := app.Visitor()
	for i := range 150 { // a hundred, and what a slow machine lets grow again meanwhile
		if signIn(eve, "person"+strconv.Itoa(i)+"@example.com", "guess").Status == http.StatusTooManyRequests {
			require.GreaterOrEqual(t, i, 100)
			return
		}
	}
	require.Fail(t, "150 accounts tried from one source")
}

func TestClosedSignUpIsClosedByEveryRoad(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	admin := app.Person("Admin")
	team := app.Team(admin, "Onboarding")
	token := app.Invitation(admin, team, access.Member)
	form := []string{"name", "Eve", "email", "eve@example.com", "password", "a stranger's own words", "invitation"}

	require.Equal(t, "/settings?done=1", admin.Send("PUT", "/settings", "sign_up", "invited").Location)
	require.Equal(t, http.StatusForbidden, app.Visitor().Get("/sign-up").Status)
	require.Equal(t, http.StatusForbidden, app.Visitor().Send("POST", "/sign-up", append(form, "")...).Status)
	require.Equal(t, http.StatusNotFound, app.Visitor().Send("POST", "/sign-up", append(form, strings.Repeat("x", 43))...).Status)
	require.Equal(t, http.StatusOK, app.Visitor().Get("/sign-up?invitation="+token).Status)
	require.NotContains(t, app.Visitor().Get("/sign-in").Body, "/sign-up")

	require.Equal(t, "/settings?done=1", admin.Send("PUT", "/settings", "sign_up", "closed").Location)
	require.Equal(t, http.StatusForbidden, app.Visitor().Get("/sign-up?invitation="+token).Status)
	require.Equal(t, http.StatusForbidden, app.Visitor().Send("POST", "/sign-up", append(form, token)...).Status)
	require.Equal(t, http.StatusNotFound, app.Visitor().Send("POST", "/welcome", append(form, token)...).Status)
	require.NotContains(t, app.Visitor().Get("/invitations/"+token).Body, "/sign-up")
	require.Equal(t, http.StatusUnauthorized, signIn(app.Visitor(), "eve@example.com", "a stranger's own words").Status, "no account was made")

	require.Equal(t, http.StatusUnprocessableEntity, admin.Send("PUT", "/settings", "sign_up", "perhaps").Status)
	admin.Send("PUT", "/settings", "sign_up", "open")
	ben := app.Person("Ben")
	require.Equal(t, http.StatusNotFound, ben.Send("PUT", "/settings", "sign_up", "closed").Status, "no administrator, no such page")
}

func TestAWeakPasswordIsRefused(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	app.Person("Ana")
	for password, why := range map[string]string{
		"nine char":                        "Use at least 10 characters.",
		"1234567890":                       "among the first passwords",
		"Qwertyuiop":                       "among the first passwords",
		"aaaaaaaaaaaa":                     "among the first passwords",
		"password123!":                     "among the first passwords",
		"Patricia2026":                     "among the first passwords",
		"Relevo2026!!":                     "among the first passwords",
		"patricia@ex.com":                  "among the first passwords",
		strings.Repeat("long enough ", 20): "Keep it to 128 characters.",
	} {
		a := app.Visitor().Send("POST", "/sign-up", "name", "Patricia", "email", "patricia@ex.com", "password", password)
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, password)
		require.Contains(t, a.Body, why, password)
	}
	ok := app.Visitor().Send("POST", "/sign-up", "name", "Patricia", "email", "patricia@ex.com", "password", "contraseñas de tres gatos")
	require.Equal(t, http.StatusOK, ok.Status)
}

func TestSigningInMakesANewTokenAndEndsTheOldOne(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, ben := app.Person("Ana"), app.Person("Ben")
	before := *ana.Cookie()
	a := signIn(ana, ben.Email, testapp.Password)
	require.Equal(t, http.StatusSeeOther, a.Status)
	cookie := a.Header.Get("Set-Cookie")
	require.Contains(t, cookie, "HttpOnly")
	require.Contains(t, cookie, "SameSite=Lax")
	require.NotEqual(t, before.Value, ana.Cookie().Value)
	require.Contains(t, ana.Get("/account").Body, ben.Email)
	require.Equal(t, "/sign-in?next=%2Faccount", app.WithCookie(&before).Get("/account").Location, "Ana's session ended")
}

func TestSigningOutEndsTheSessionOnTheServer(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	before := *ana.Cookie()
	require.Equal(t, "/sign-in", ana.Send("DELETE", "/session").Location)
	require.Empty(t, ana.Cookie().Value)
	require.Equal(t, "/sign-in?next=%2Faccount", app.WithCookie(&before).Get("/account").Location)
	require.Equal(t, "/sign-in", ana.Send("DELETE", "/session").Location, "twice is no fault")
}

func TestChangingThePasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	phone := ana.OtherBrowser()
	phone.SignIn()
	require.Equal(t, http.StatusOK, phone.Get("/account").Status)

	wrong := ana.Send("PUT", "/account/password", "current", "not it", "password", "entirely new words")
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	require.Contains(t, wrong.Body, `id="field-current-wrong"`)
	require.Equal(t, http.StatusOK, phone.Get("/account").Status)

	changed := ana.Send("PUT", "/account/password", "current", testapp.Password, "password", "entirely new words")
	require.Equal(t, "/account?done=password", changed.Location)
	require.Equal(t, http.StatusOK, ana.Get("/account").Status, "the browser that changed it stays")
	require.Equal(t, http.StatusSeeOther, phone.Get("/account").Status)
	require.Equal(t, http.StatusUnauthorized, signIn(app.Visitor(), ana.Email, testapp.Password).Status)
	require.Equal(t, http.StatusSeeOther, signIn(app.Visitor(), ana.Email, "entirely new words").Status)
}

func TestSessionsAreListedAndRevoked(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, ben := app.Person("Ana"), app.Person("Ben")
	phone := ana.OtherBrowser()
	phone.SignIn()
	id := models.SessionID(phone.Cookie().Value)
	require.Contains(t, ana.Get("/account").Body, id)
	require.Equal(t, http.StatusNotFound, ben.Send("DELETE", "/account/sessions/"+id).Status, "another person's session is not there")
	require.Equal(t, http.StatusNotFound, ben.Send("DELETE", "/account/sessions/zz").Status)
	require.Equal(t, "/account?done=session", ana.Send("DELETE", "/account/sessions/"+id).Location)
	require.Equal(t, http.StatusSeeOther, phone.Get("/account").Status)
	phone.SignIn()
	require.Equal(t, "/account?done=sessions", ana.Send("DELETE", "/account/sessions").Location)
	require.Equal(t, http.StatusSeeOther, phone.Get("/account").Status)
	require.Equal(t, http.StatusOK, ana.Get("/account").Status)
}

func TestARevokedSessionStaysRevokedWhileItIsBeingUsed(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	phone := ana.OtherBrowser()
	phone.SignIn()
	token := phone.Cookie().Value
	app.Later(2 * time.Minute)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		wg.Go(func() { // each use wants to note that the session was seen
			for {
				select {
				case <-stop:
					return
				default:
					_, err := app.Store.SeeSession(t.Context(), token)
					require.NoError(t, err)
				}
			}
		})
	}
	time.Sleep(30 * time.Millisecond)
	require.Equal(t, "/account?done=session", ana.Send("DELETE", "/account/sessions/"+models.SessionID(token)).Location)
	for range 20 {
		require.Equal(t, http.StatusSeeOther, phone.Get("/account").Status)
	}
	close(stop)
	wg.Wait()
	found, err := app.Store.Session(t.Context(), token)
	require.NoError(t, err)
	require.Nil(t, found)
}

func TestASessionLastsThirtyDaysAfterItsLastUse(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	alive, err := app.Store.SeeSession(t.Context(), ana.Cookie().Value)
	require.NoError(t, err)
	require.True(t, alive)
	app.Later(29 * 24 * time.Hour)
	require.Equal(t, http.StatusOK, ana.Get("/account").Status)
	_, err = app.Store.SeeSession(t.Context(), ana.Cookie().Value)
	require.NoError(t, err)
	app.Later(29 * 24 * time.Hour)
	require.Equal(t, http.StatusOK, ana.Get("/account").Status)
	app.Later(31 * 24 * time.Hour)
	require.Equal(t, http.StatusSeeOther, ana.Get("/account").Status)
	require.NoError(t, app.Store.ForgetExpiredSessions(t.Context()))
}

func TestTheTokenIsNotInTheDatabase(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	var n int64
	require.NoError(t, app.DB.Read.Raw("SELECT count(*) FROM sessions WHERE hash = ?", []byte(ana.Cookie().Value)).Scan(&n).Error)
	require.Zero(t, n)
	var logged int64
	require.NoError(t, app.DB.Read.Raw("SELECT count(*) FROM entries WHERE data LIKE ?", "%"+ana.Cookie().Value+"%").Scan(&logged).Error)
	require.Zero(t, logged)
}

func TestNobodyIsLedElsewhereAfterSigningIn(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	for _, next := range []string{
		"https://evil.example", "//evil.example", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "javascript:alert(1)", "evil", "", "/\x00", "https:/evil.example",
		"/..//evil.example/..",
	} {
		a := ana.OtherBrowser().Send("POST", "/sign-in", "email", ana.Email, "password", testapp.Password, "next", next)
		require.Equal(t, http.StatusSeeOther, a.Status, next)
		require.Regexp(t, `^/($|[^/\\])`, a.Location, next)
	}
	a := ana.OtherBrowser().Send("POST", "/sign-in", "email", ana.Email, "password", testapp.Password, "next", "/account?x=1")
	require.Equal(t, "/account?x=1", a.Location)
	require.Equal(t, "/sign-in?next=%2Faccount%3Fx%3D1", app.Visitor().Get("/account?x=1").Location)
}

func TestAProfileSpeaksThePersonsLanguageAndTime(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	require.Contains(t, ana.Get("/account").Body, "Time zone")
	require.Equal(t, "/account?done=profile", ana.Send("PUT", "/account", "name", "Ana María", "lang", "es", "zone", "America/Lima").Location)
	page := ana.Get("/account").Body
	require.Contains(t, page, "Zona horaria")
	require.Contains(t, page, "Ana María")
	bad := ana.Send("PUT", "/account", "name", strings.Repeat("x", 81), "lang", "xx", "zone", "Mars/Olympus")
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	for _, field := range []string{"name", "lang", "zone"} {
		require.Contains(t, bad.Body, `id="field-`+field+`-wrong"`)
	}
}

func TestAVisitorIsSpokenToAsTheirBrowserAsks(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	app.Person("Ana")
	visitor := app.Visitor()
	for accept, lang := range map[string]string{"": "en", "es-PE,es;q=0.9": "es", "de, es;q=0.5": "es", "fr": "en", "en-GB": "en", "*": "en", ";;;": "en"} {
		visitor.Lang = accept
		require.Contains(t, visitor.Get("/sign-in").Body, `<html lang="`+lang+`"`, accept)
	}
}

func signIn(p *testapp.Person, email, password string) testapp.Answer {
	return p.Send("POST", "/sign-in", "email", email, "password", password)
}
