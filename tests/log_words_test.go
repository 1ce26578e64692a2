package tests

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/tests/browser"
)

func TestAManagerFindsWhatWasDoneByAWordOfIt(t *testing.T) {
	o := newOffice(t)
	signing := o.add(t, flow.Ready, "Sign the contract")[0]
	require.NoError(t, o.Store.BlockTask(t.Context(), o.ana.Actor(), signing, 1<<40, "Waiting for the notary"))
	tab := browser.Open(t, o.App, o.ana, browser.OnBoth)
	tab.Go("/teams/" + o.team.ID + "/log")
	tab.Focus("#field-words")
	tab.Insert("NOTARÝ wait")
	tab.Press("Enter")
	tab.Until("location.search.includes('words=')")
	tab.WaitVisible(".log-days >> Waiting for the notary")
	tab.Until("document.querySelectorAll('.log-line').length === 1")
	require.Equal(t, "NOTARÝ wait", tab.Value("#field-words"))
	tab.Axe()
	tab.Shot("log-words")
	tab.Type("#field-words", "«»")
	tab.Press("Enter")
	tab.WaitVisible("#field-words[aria-invalid=true]")
	tab.Axe()
	tab.Type("#field-words", "zebra")
	tab.Press("Enter")
	tab.WaitVisible("#main >> Nothing in the log matches")
	phone := browser.Open(t, o.App, o.ana, browser.Phone, browser.Spanish, browser.Dark)
	phone.Go("/teams/" + o.team.ID + "/log?words=notary")
	phone.Until("document.documentElement.scrollWidth <= innerWidth")
	phone.Shot("log-words-phone")
	phone.Sound()
	tab.Sound()
}
