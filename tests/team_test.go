package tests

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/testapp"
)

func TestSomeoneOnAPhoneWithoutAnAccountJoinsByALink(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	made := ana.Send("POST", "/teams/"+team.ID+"/invitations", "label", "for Ben", "role", "member", "days", "7", "uses", "1")
	require.Equal(t, http.StatusCreated, made.Status)
	token := linkIn(t, app, made.Body)
	require.NotContains(t, ana.Get("/teams/"+team.ID+"/members").Body, token, "a link is shown once")

	ben := app.Visitor()
	page := ben.Get("/invitations/" + token)
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, page.Body, "Ana invites you to the team Onboarding")
	require.Contains(t, page.Body, "/sign-up?invitation="+token)
	require.Contains(t, ben.Get("/sign-up?invitation="+token).Body, token)
	after := ben.Send("POST", "/sign-up", "name", "Ben", "email", "ben@example.com", "password", testapp.Password, "zone", "Europe/Madrid", "invitation", token)
	require.Equal(t, http.StatusOK, after.Status)
	require.Contains(t, after.Body, `name="invitation" value="`+token)
	joined := ben.Send("POST", "/sign-in", "email", "ben@example.com", "password", testapp.Password, "invitation", token)
	require.Equal(t, "/teams/"+team.ID, joined.Location)
	require.Equal(t, http.StatusOK, ben.Get(joined.Location).Status)
	require.Contains(t, ana.Get("/teams/"+team.ID+"/members").Body, "ben@example.com")
	require.NotContains(t, ben.Get("/teams/"+team.ID+"/members").Body, ana.Email, "addresses are for who manages members")

	require.Equal(t, "/teams/"+team.ID, ben.Get("/invitations/"+token).Location, "a member is led to the team")
	require.Equal(t, http.StatusNotFound, app.Visitor().Get("/invitations/"+token).Status, "it was for one person")
}

func TestSomeoneWithAnAccountJoinsByALink(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, ben := app.Person("Ana"), app.Person("Ben")
	team := app.Team(ana, "Onboarding")
	token := app.Invitation(ana, team, access.Viewer)
	require.Equal(t, http.StatusNotFound, ben.Get("/teams/"+team.ID+"/members").Status)
	require.Contains(t, ben.Get("/invitations/"+token).Body, "You are logged in as Ben.")
	require.Equal(t, "/teams/"+team.ID, ben.Send("POST", "/invitations/"+token+"/acceptance").Location)
	require.Contains(t, ben.Get("/teams/"+team.ID+"/members").Body, "Viewer")
}

func TestALinkThatCannotBeUsedNeverSaysWhy(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, ben := app.Person("Ana"), app.Person("Ben")
	team := app.Team(ana, "Onboarding")
	used, withdrawn, expired := app.Invitation(ana, team, access.Member), app.Invitation(ana, team, access.Member), app.Invitation(ana, team, access.Member)
	require.Equal(t, "/teams/"+team.ID, app.Person("Cleo").Send("POST", "/invitations/"+used+"/acceptance").Location)
	ids := regexp.MustCompile(`/invitations/([0-9a-f-]{36})"`).FindAllStringSubmatch(ana.Get("/teams/"+team.ID+"/members").Body, -1)
	require.Len(t, ids, 2)
	require.Equal(t, "/teams/"+team.ID+"/members?done=withdrawn", ana.Send("DELETE", "/teams/"+team.ID+"/invitations/"+ids[1][1]).Location)
	require.NotContains(t, ana.Get("/teams/"+team.ID+"/members").Body, ids[1][1])
	withdrawn, expired = expired, withdrawn // the list has the newest first
	if ben.Get("/invitations/"+withdrawn).Status == http.StatusOK {
		withdrawn, expired = expired, withdrawn
	}
	require.Equal(t, http.StatusOK, ben.Get("/invitations/"+expired).Status)
	app.Later(25 * time.Hour)

	unknown := strings.Repeat("x", 43)
	want := regexp.MustCompile(unknown).ReplaceAllString(ben.Get("/invitations/"+unknown).Body, "")
	for _, token := range []string{used, withdrawn, expired, "tooshort"} {
		a := ben.Get("/invitations/" + token)
		require.Equal(t, http.StatusNotFound, a.Status)
		require.Equal(t, want, strings.ReplaceAll(a.Body, token, ""))
		require.Equal(t, http.StatusNotFound, ben.Send("POST", "/invitations/"+token+"/acceptance").Status)
	}
	require.Equal(t, http.StatusNotFound, ben.Get("/teams/"+team.ID).Status)
}

func TestALinkForOnePersonLetsOnlyOneInHoweverManyTryAtOnce(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	token := app.Invitation(ana, team, access.Member)
	people := make([]*testapp.Person, 6)
	for i := range people {
		people[i] = app.Person("Person " + string(rune('A'+i)))
	}
	var wg sync.WaitGroup
	statuses := make([]int, len(people))
	for i, p := range people {
		wg.Go(func() { statuses[i] = p.Send("POST", "/invitations/"+token+"/acceptance").Status })
	}
	wg.Wait()
	in := 0
	for _, s := range statuses {
		if s == http.StatusSeeOther {
			in++
		} else {
			require.Equal(t, http.StatusNotFound, s)
		}
	}
	require.Equal(t, 1, in)
	view, err := app.Store.People(t.Context(), ana.Actor(), team.ID)
	require.NoError(t, err)
	require.Len(t, view.Members, 2)
}

func TestALinkForManyLetsThemAllInAndCountsThem(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	token := linkIn(t, app, ana.Send("POST", "/teams/"+team.ID+"/invitations", "role", "member", "days", "30", "uses", "0").Body)
	for _, name := range []string{"Ben", "Cleo"} {
		p := app.Person(name)
		require.Equal(t, "/teams/"+team.ID, p.Send("POST", "/invitations/"+token+"/acceptance").Location)
		require.Equal(t, "/teams/"+team.ID, p.Send("POST", "/invitations/"+token+"/acceptance").Location, "twice counts once")
	}
	require.Contains(t, ana.Get("/teams/"+team.ID+"/members").Body, "used 2 times")
}

func TestWhoWasRemovedDoesNotComeBackByTheSameLink(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana, ben := app.Person("Ana"), app.Person("Ben")
	team := app.Team(ana, "Onboarding")
	many, err := app.Store.Invite(t.Context(), ana.Actor(), team.ID, models.InvitationInput{Role: access.Owner, Days: 30})
	require.NoError(t, err)
	require.Equal(t, "/teams/"+team.ID, ben.Send("POST", "/invitations/"+many+"/acceptance").Location)
	bens := app.Invitation(ben, team, access.Owner)
	require.Equal(t, "/teams/"+team.ID+"/members?done=removed", ana.Send("DELETE", "/teams/"+team.ID+"/members/"+ben.ID).Location)
	for _, token := range []string{many, bens} {
		require.Equal(t, http.StatusNotFound, ben.Send("POST", "/invitations/"+token+"/acceptance").Status)
	}
	require.Equal(t, http.StatusNotFound, ben.Get("/teams/"+team.ID).Status)
	require.Equal(t, http.StatusSeeOther, app.Person("Cleo").Send("POST", "/invitations/"+many+"/acceptance").Status, "others still may")
	again := app.Invitation(ana, team, access.Viewer)
	require.Equal(t, http.StatusSeeOther, ben.Send("POST", "/invitations/"+again+"/acceptance").Status, "a new invitation is meant")
}

func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	ben := app.Join(ana, team, "Ben", access.Manager)
	people := "/teams/" + team.ID + "/members"
	for _, a := range []testapp.Answer{
		ana.Send("DELETE", "/teams/"+team.ID+"/membership"),
		ana.Send("DELETE", people+"/"+ana.ID),
		ana.Send("PUT", people+"/"+ana.ID, "role", "manager"),
	} {
		require.Equal(t, http.StatusConflict, a.Status)
		require.Contains(t, a.Body, "A team needs an owner, and this is its only one.")
		require.Contains(t, a.Body, "Ben", "the page is there to go on with")
	}
	require.Equal(t, people+"?done=role", ana.Send("PUT", people+"/"+ben.ID, "role", "owner").Location)
	require.Equal(t, "/", ana.Send("DELETE", "/teams/"+team.ID+"/membership").Location)
	require.Equal(t, http.StatusNotFound, ana.Get(people).Status)
	require.Equal(t, http.StatusConflict, ben.Send("DELETE", "/teams/"+team.ID+"/membership").Status)
}

func TestTwoOwnersCannotRemoveEachOther(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	ben := app.Join(ana, team, "Ben", access.Owner)
	var wg sync.WaitGroup
	wg.Go(func() { ana.Send("DELETE", "/teams/"+team.ID+"/members/"+ben.ID) })
	wg.Go(func() { ben.Send("DELETE", "/teams/"+team.ID+"/members/"+ana.ID) })
	wg.Wait()
	var owners int64
	require.NoError(t, app.DB.Read.Raw("SELECT count(*) FROM memberships WHERE team_id = ? AND role = 'owner'", team.ID).Scan(&owners).Error)
	require.EqualValues(t, 1, owners)
}

func TestOnlyOwnersSayWhoIsInTheTeam(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	people := "/teams/" + team.ID + "/members"
	for _, role := range []access.Role{access.Viewer, access.Member, access.Manager} {
		p := app.Join(ana, team, string(role), role)
		require.Equal(t, http.StatusForbidden, p.Send("PUT", people+"/"+p.ID, "role", "owner").Status, role)
		require.Equal(t, http.StatusForbidden, p.Send("DELETE", people+"/"+ana.ID).Status, role)
		require.Equal(t, http.StatusForbidden, p.Send("POST", "/teams/"+team.ID+"/invitations", "role", "owner", "days", "7").Status, role)
		require.Equal(t, http.StatusForbidden, p.Send("PUT", "/teams/"+team.ID, "name", "Mine", "zone", "UTC").Status, role)
		require.NotContains(t, p.Get(people).Body, "/invitations", role)
		require.Equal(t, http.StatusOK, p.Get(people).Status)
	}
}

func TestATeamIsRenamedAndWhatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	require.Equal(t, "/teams/"+team.ID+"/settings?done=1", ana.Send("PUT", "/teams/"+team.ID, "name", "  People \u202e ops ", "zone", "America/Lima").Location)
	require.Contains(t, ana.Get("/teams/"+team.ID+"/settings").Body, `value="People ops"`)
	a := ana.Send("PUT", "/teams/"+team.ID, "name", " ", "zone", "Nowhere")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, a.Body, `id="field-name-wrong"`)
	require.Contains(t, a.Body, `id="field-zone-wrong"`)
	a = ana.Send("POST", "/teams/"+team.ID+"/invitations", "label", strings.Repeat("x", 81), "role", "king", "days", "31", "uses", "0")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	for _, field := range []string{"label", "role", "days"} {
		require.Contains(t, a.Body, `id="field-`+field+`-wrong"`)
	}
	require.Contains(t, a.Body, `value="31"`, "what was typed is kept")
}

func TestEveryChangeOfATeamIsInItsLog(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	ana := app.Person("Ana")
	team := app.Team(ana, "Onboarding")
	ben := app.Join(ana, team, "Ben", access.Member)
	require.NoError(t, app.Store.ChangeRole(t.Context(), ana.Actor(), team.ID, ben.ID, access.Manager))
	require.NoError(t, app.Store.EditTeam(t.Context(), ana.Actor(), team.ID, models.TeamInput{Name: "People", Zone: "UTC"}))
	require.NoError(t, app.Store.RemoveMember(t.Context(), ana.Actor(), team.ID, ben.ID))
	var actions []string
	require.NoError(t, app.DB.Read.Raw("SELECT action FROM entries WHERE log_id = ? ORDER BY seq", team.ID).Scan(&actions).Error)
	require.Equal(t, []string{"team.created", "member.added", "invitation.created", "invitation.used", "member.added",
		"member.role_changed", "team.edited", "member.removed"}, actions)
	var server []string
	require.NoError(t, app.DB.Read.Raw("SELECT action FROM entries WHERE log_id = 'server' ORDER BY seq").Scan(&server).Error)
	require.Equal(t, []string{"user.signed_up", "session.started", "user.signed_up", "session.started"}, server)
}

var link = regexp.MustCompile(`value="(http://[^"]+/invitations/([\w-]{43}))"`)

func linkIn(t *testing.T, app *testapp.App, page string) string {
	t.Helper()
	found := link.FindStringSubmatch(page)
	require.NotNil(t, found, "no link in %s", page)
	require.True(t, strings.HasPrefix(found[1], app.URL))
	return found[2]
}
