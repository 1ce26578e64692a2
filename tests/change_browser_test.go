package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/browser"
)

const teaFirst = `name: Tea
description: How we make tea for guests.
roles:
  - {id: host, name: Host, who: ask}
steps:
  - {id: boil, title: Boil water, role: host}
  - {id: pour, title: Pour, role: host, needs: [boil]}
  - {id: wash, title: Wash up, role: host, needs: [pour]}
`

const teaSecond = `name: Tea
description: How we make green tea for guests.
roles:
  - {id: host, name: Host, who: ask}
steps:
  - {id: boil, title: Boil water, role: host}
  - {id: cool, title: Let it cool, role: host, needs: [boil]}
  - {id: pour, title: Pour the tea, role: host, needs: [cool], checklist: [Warm the cups]}
`

// published is a template whose newest version is the last of the texts.
func (o office) published(t *testing.T, texts ...string) models.Template {
	t.Helper()
	made, err := o.Store.CreateTemplate(t.Context(), o.ana.Actor(), o.team.ID, "Template", texts[0])
	require.NoError(t, err)
	for _, text := range texts {
		require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40, text))
		require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), made.ID, 1<<40))
	}
	return made
}

func TestWhatADraftChangesIsReadBeforeItIsPublished(t *testing.T) {
	o := newOffice(t)
	template := o.published(t, teaFirst)
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaSecond))
	at := "/templates/" + template.ID
	draft := o.ana.Get(at + "/draft")
	require.Contains(t, draft.Body, `href="`+at+`/comparison"`, "publishing leads over the changes")
	require.NotContains(t, draft.Body, `action="`+at+`/versions"`)

	a := o.ana.Get(at + "/comparison")
	require.Equal(t, http.StatusOK, a.Status)
	page := text(a.Body)
	require.Contains(t, page, "1 added, 1 removed, 2 changed")
	require.Contains(t, page, "Added Let it cool")
	require.Contains(t, page, "Removed Wash up")
	require.Contains(t, a.Body, `<ins><span class="visually-hidden">after: </span>green </ins>`, "texts are compared word by word")
	require.Contains(t, page, "Checklist “Warm the cups” added, optional")
	require.Contains(t, a.Body, `action="`+at+`/versions"`)
	require.Equal(t, http.StatusForbidden, o.bo.Get(at+"/comparison?to=draft").Status, "a draft is for those who write it")
	require.NotContains(t, o.bo.Get(at+"/comparison").Body, `value="draft"`)
	require.Equal(t, http.StatusNotFound, o.ana.Get(at+"/comparison?from=9").Status)
	require.Equal(t, http.StatusNotFound, o.ana.Get(at+"/comparison?from=x").Status)

	require.NoError(t, o.Store.PublishTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40))
	require.Contains(t, text(o.bo.Get(at+"/comparison").Body), "Version 1 → Version 2", "everybody compares what was published")
	require.Contains(t, text(o.bo.Get(at+"/comparison?from=2&to=1").Body), "Added Wash up")
	require.Contains(t, text(o.bo.Get(at+"/comparison?from=2&to=2").Body), "The two versions are the same.")
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, "# with a remark\n"+teaSecond))
	require.Contains(t, text(o.ana.Get(at+"/comparison").Body), "it means the same")
	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, "steps: [{id: a, title: A, needs: [b]}]"))
	broken := o.ana.Get(at + "/comparison")
	require.Contains(t, text(broken.Body), "The draft has")
	require.NotContains(t, broken.Body, `action="`+at+`/versions"`)
	require.Equal(t, http.StatusNotFound, o.Join(o.ana, o.App.Team(o.ana, "Others"), "Eve", access.Member).Get(at+"/comparison").Status)

	require.NoError(t, o.Store.EditTemplate(t.Context(), o.ana.Actor(), template.ID, 1<<40, teaFirst))
	tab := browser.Open(t, o.App, o.ana)
	tab.Go(at + "/draft")
	tab.Click("a[href$='/comparison'].button-main")
	tab.WaitVisible(".diffs")
	tab.Axe()
	tab.Choose("#compare-from", "Version 1")
	tab.Click(".compare .button")
	tab.WaitVisible(".empty")
	tab.Go(at + "/comparison")
	tab.Click("form[action$='/versions'] .button-main")
	tab.WaitVisible(".outline")
	require.Contains(t, tab.Text("#main"), "Version 3")
	tab.Sound()
}
