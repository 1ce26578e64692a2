package browser_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// A manager takes a head home, comes back with it, and is told that nothing was
// changed; from the log an entry leads to its own proof.
func TestAManagerComparesTheLogWithAHeadTakenHome(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	log := "/teams/" + o.team.ID + "/log"
	head := o.ana.Send("POST", log+"/heads").Body
	v, err := o.Store.LogSeal(t.Context(), o.ana.Actor(), o.team.ID)
	require.NoError(t, err)
	last := v.Size
	looks := map[string][]browser.Option{"light": nil, "dark": {browser.Dark}, "phone": {browser.Phone}}
	for name, options := range looks {
		ana := browser.Open(t, o.App, o.ana, options...)
		fits := func(page string) {
			t.Helper()
			ana.Axe()
			require.LessOrEqual(t, browser.Eval[float64](ana, "document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0.0, "%s scrolls sideways on %s", page, name)
			if os.Getenv("RELEVO_SHOTS") != "" {
				ana.Shot("proof-" + page + "-" + name)
			}
		}
		ana.Go(log)
		ana.Click(".log-ways a >> Proof")
		ana.WaitVisible("h1 >> Proof that the log is unchanged")
		fits("seal")
		ana.Type("#field-head", "what the dog left of it")
		ana.Click("button >> Compare")
		ana.WaitVisible(".wrong >> This is no signed head of a log.")
		require.Equal(t, "what the dog left of it", ana.Value("#field-head"))
		fits("refused")
		ana.ChooseFiles("#field-file", testapp.File{Name: "head.txt", Data: []byte(head)})
		ana.Click("button >> Compare")
		ana.WaitVisible("#came >> Nothing has been changed.")
		ana.Until("document.activeElement.id === 'came'") // what came of it is read out first
		fits("good")

		ana.Go(log + "?by=auto&board=" + o.board.ID)
		ana.Click(".log-ways a >> Export")
		ana.WaitVisible("h1 >> Export the log")
		ana.WaitVisible("li >> Automatic")
		fits("export")
		ana.Click("label >> JSON Lines")
		ana.Go(log + "?by=hand")
		ana.Click(".log-ways a >> Print")
		ana.WaitVisible("button >> Print this page")
		fits("print")

		ana.Go(log)
		ana.Click(".log-detail summary")
		ana.Click(".log-detail[open] a >> Proof of this entry")
		ana.WaitVisible("h1 >> Entry")
		ana.Click("summary >> The fingerprints, step by step")
		ana.WaitVisible(".entry-path")
		fits("entry")
		ana.Click("a >> Earlier entry")
		ana.WaitVisible("h1 >> Entry " + strconv.FormatInt(last-1, 10))
	}
}
