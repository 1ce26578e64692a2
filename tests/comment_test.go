package tests

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// told counts a person's unread notices that the inbox words so.
func told(p *testapp.Person, word string) int {
	return strings.Count(p.Get("/inbox").Body, "<strong>"+word+"</strong>")
}

func TestACommentIsWrittenEditedQuotedAndDeleted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	a := d.bo.Send("POST", url+"/comments", "body", "The **desk** is <script>alert(1)</script> ready", "preview", "1")
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, a.Body, `id="task-preview"`)
	require.Empty(t, d.see(id).Comments)
	d.done("POST", url+"/comments", "body", "The **desk** is <script>alert(1)</script> ready")
	page := d.view.Get(url).Body
	require.Contains(t, page, "<strong>desk</strong>")
	require.NotContains(t, page, "<script>alert")
	require.NotContains(t, page, "comment-form")
	comment := url + "/comments/" + d.see(id).Comments[0].ID

	require.Equal(t, http.StatusForbidden, d.ana.Send("PUT", comment, "version", d.version(id), "body", "Not mine").Status)
	seen := d.version(id)
	d.done("PUT", comment, "version", seen, "body", "The desk is by the window")
	require.Equal(t, http.StatusConflict, d.bo.Send("PUT", comment, "version", seen, "body", "Something else").Status)
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("PUT", comment, "version", d.version(id), "body", " ").Status)
	page = d.view.Get(url).Body
	require.Contains(t, text(page), "The desk is by the window")
	require.Contains(t, page, ">edited</a>")
	before := text(d.view.Get(comment).Body)
	require.Contains(t, before, "What Bo Lind wrote")
	require.Contains(t, before, "The desk is by the window")
	require.Contains(t, before, "The desk is alert(1) ready")

	quote := d.ana.Get(url + "?quote=" + d.see(id).Comments[0].ID).Body
	require.Contains(t, quote, "&gt; The desk is by the window")

	cy := d.Join(d.ana, d.team, "Cy", access.Member)
	require.Equal(t, http.StatusForbidden, cy.Send("DELETE", comment).Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("DELETE", comment).Status, "a manager may")
	require.NotContains(t, text(d.view.Get(url).Body), "by the window")
	require.NotContains(t, text(d.view.Get(url+"/history").Body), "by the window")
	require.Equal(t, http.StatusNotFound, d.bo.Get(comment).Status)
	replay.Check(t, d.DB.Read)
}

func TestWhoIsMentionedIsToldAndOthersAreToldOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", url, "version", d.version(id), "owners", d.ana.ID).Status)
	d.done("POST", url+"/comments", "body", "Hello @vic watt and @Bo, not `@Ana Ruiz`")
	require.Contains(t, d.view.Get(url).Body, `<strong class="mention">@vic watt</strong>`)
	require.Equal(t, 1, told(d.view, "You were mentioned"))
	require.Equal(t, 0, told(d.bo, "You were mentioned"), "nothing for one's own acts")
	require.Equal(t, 1, told(d.ana, "New comment"), "she owns it")
	d.done("POST", url+"/comments", "body", "And another thing")
	require.Equal(t, 1, told(d.ana, "New comment"), "told once until it is read")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", url+"/reading").Status)
	d.done("POST", url+"/comments", "body", "Still there?")
	require.Equal(t, 2, told(d.ana, "New comment"))
	require.Equal(t, 0, told(d.bo, "New comment"))
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", url+"/comments", "body", "Yes, @Bo Lind").Status)
	require.Equal(t, 1, told(d.bo, "You were mentioned"))
	require.Equal(t, 0, told(d.bo, "New comment"), "not twice for one comment")

	// An edit tells only those whom it mentions anew.
	v := d.see(id)
	mine := url + "/comments/" + v.Comments[0].ID
	d.done("PUT", mine, "version", d.version(id), "body", "Hello @vic watt and @Ana")
	require.Equal(t, 1, told(d.view, "You were mentioned"))
	require.Equal(t, 1, told(d.ana, "You were mentioned"))
	require.Contains(t, text(d.ana.Get("/inbox").Body), "Bo Lind mentioned you")
	replay.Check(t, d.DB.Read)
}

func TestOldCommentsAreOnPagesOfTheirOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	url := "/tasks/" + id
	for n := range 75 {
		require.NoError(t, d.Store.AddComment(t.Context(), d.bo.Actor(), id, fmt.Sprintf("Word %d.", n)))
	}
	v := d.see(id)
	require.Len(t, v.Comments, 20)
	require.Equal(t, "Word 74.", v.Comments[19].Body, "newest last")
	page := d.view.Get(url + "/comments?before=" + v.Earlier)
	require.Contains(t, page.Body, "Word 54.")
	require.Contains(t, page.Body, "Word 5.")
	require.NotContains(t, page.Body, "Word 55.")
	require.NotContains(t, page.Body, "Word 4.")
	rest, err := d.Store.Comments(t.Context(), d.bo.Actor(), id, v.Earlier)
	require.NoError(t, err)
	last := d.view.Get(url + "/comments?before=" + rest.Older).Body
	require.Contains(t, last, "Word 0.")
	require.NotContains(t, last, "Earlier comments")
}

func TestACommentIsWrittenWithTheKeyboardAndShowsInAnOpenTask(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Welcome Ana")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Focus("#comment")
	tab.Press("H", "i", " ", "@", "a")
	tab.WaitVisible("#mentions [role=option]:not([hidden])")
	tab.Until(`document.activeElement.getAttribute("aria-activedescendant") === "mention-` + d.ana.ID + `"`)
	tab.Axe()
	tab.Press("Tab") // an Enter that is synthetic types its line break even where a script has taken the key
	tab.Until(`document.querySelector("#comment").value === "Hi @Ana Ruiz "`)
	tab.Until(`document.querySelector("#mentions").hidden`)
	tab.Click("#comment-form .button-main")
	tab.WaitVisible(".comment .mention")
	require.Equal(t, 1, told(d.ana, "You were mentioned"))

	require.NoError(t, d.Store.AddComment(t.Context(), d.ana.Actor(), id, "Hello Bo"))
	tab.Until(`document.querySelectorAll(".comment").length === 2`)
	tab.Click(".comment:last-child a[data-quote]")
	tab.Until(`document.querySelector("#comment").value === "> Hello Bo\n\n"`)
	tab.Click(".comment:first-child .comment-acts summary")
	tab.Axe()
}
