package tests

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func TestALinkOpensTheFormFilledInEvenAfterSigningIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.adopted(t, "order-processing")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go("/templates/" + template.ID)
	tab.WaitVisible("[data-copy=field-link]")
	tab.Axe()
	link := tab.Value("#field-link")
	require.True(t, strings.HasSuffix(link, "/new/"+template.ShortName()), link)
	require.Contains(t, tab.Text("#main"), "?order_number=value&customer=value")
	short, err := url.Parse(link)
	require.NoError(t, err)
	query := "?order_number=4711&customer=%3Cb%3EAda%3C%2Fb%3E&payment=invoice&sales=" + url.QueryEscape(o.ana.Email) + "&nonsense=1&name=Rush+order&from=2031-05-06"

	// The session is over: the form opens after signing in.
	out := o.bo.OtherBrowser()
	a := out.Get(short.Path + query)
	require.Equal(t, http.StatusSeeOther, a.Status)
	next, err := url.Parse(a.Location)
	require.NoError(t, err)
	require.Equal(t, "/sign-in", next.Path)
	require.Equal(t, short.Path+query, next.Query().Get("next"))
	a = out.Send(http.MethodPost, "/sign-in", "email", o.bo.Email, "password", testapp.Password, "next", next.Query().Get("next"))
	require.Equal(t, short.Path+query, a.Location)
	a = out.Get(a.Location)
	require.Equal(t, http.StatusSeeOther, a.Status)

	tab.Go(short.Path + query)
	tab.WaitVisible("#start")
	require.Equal(t, "4711", tab.Value("[name='input.order_number']"))
	require.Equal(t, "<b>Ada</b>", tab.Value("[name='input.customer']"))
	require.Equal(t, o.ana.ID, tab.Value("[name='role.sales']"))
	require.Equal(t, "Rush order", tab.Value("[name=name]"))
	require.Equal(t, "2031-05-06", tab.Value("[name=from]"))
	tab.Sound()

	require.Equal(t, http.StatusNotFound, o.bo.Get("/new/nonsense").Status)
	require.Equal(t, http.StatusNotFound, o.Person("Eve").Get(short.Path).Status, "it is not theirs")
	viewer := o.Join(o.ana, o.team, "Vic", access.Viewer)
	require.Equal(t, http.StatusForbidden, viewer.Get(short.Path).Status)
	require.NotContains(t, viewer.Get("/templates/"+template.ID).Body, short.Path)
	require.NoError(t, o.Store.ArchiveTemplate(t.Context(), o.ana.Actor(), template.ID))
	a = o.bo.Get("/templates/" + template.ID + "/runs/new")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "This template is archived")
}
