package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

func TestSectionsAreShownAsOneNodeEach(t *testing.T) {
	o := newOffice(t)
	made := o.adopted(t, "order-processing")
	at := "/templates/" + made.ID + "/diagram"
	page := o.bo.Get(at + "?fold=goods&fold=nowhere")
	require.Equal(t, 200, page.Status)
	whole := strings.Count(o.bo.Get(at).Body, `class="dg-node"`)
	folded := strings.Count(page.Body, `class="dg-node"`)
	require.Less(t, folded, whole)
	require.Contains(t, page.Body, `id="n-fold-goods"`)
	require.Contains(t, text(page.Body), fmt.Sprintf("Goods %d steps", whole-folded+1), "it says how many it stands for")
	require.Contains(t, page.Body, `data-to="fold-goods"`, "what leads to it is kept")
	require.Contains(t, page.Body, `data-from="fold-goods"`)
	for _, form := range []string{"svg", "mmd", "bpmn"} {
		require.Equal(t, 200, o.bo.Get(at+"/"+form+"?fold=goods").Status)
	}

	r := o.ordered(t, made, "4711")
	require.Contains(t, text(o.bo.Get("/runs/"+r.ID+"/diagram?fold=goods").Body), "waiting", "of a run it says how they stand")

	tab := browser.Open(t, o.App, o.bo, browser.Wide)
	tab.Go(at)
	tab.WaitVisible(box("stock"))
	tab.Focus("#fold-goods")
	tab.Press("Enter")
	tab.WaitVisible(box("fold-goods"))
	tab.Until("document.activeElement.id === 'fold-goods'")
	tab.Axe()
	tab.Shot("diagram-folded")

	// Found: each match is marked, in folded sections too, and the focus goes from one to
	// the next.
	tab.Type("#dg-find", "4711")
	tab.WaitVisible("#dg-count >> Nothing found")
	tab.Press("Escape")
	tab.Type("#dg-find", "PAYMENT for")
	tab.Until("document.querySelectorAll('.dg-node[data-found]').length > 0")
	tab.Shot("diagram-found")
	tab.Press("Enter")
	tab.Until("document.activeElement.matches('.dg-node[data-found]')")
	tab.Axe()
	tab.Focus("#dg-find")
	tab.Press("Escape")
	tab.Type("#dg-find", "reserve")
	tab.Until("document.querySelector('#n-fold-goods').matches('[data-found]')")
	tab.Focus(box("fold-goods"))
	tab.Press("Enter")
	tab.WaitVisible(box("stock"))
	tab.Sound()

	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark)
	phone.Go(at + "?fold=goods")
	phone.Click("#dg-sections summary")
	phone.Axe()
	phone.Shot("diagram-folded-phone")
	phone.Click("#unfold-all")
	phone.WaitVisible(box("stock"))
	phone.Sound()
}

// BenchmarkADiagramOf300Steps is the page over HTTP, of a template and of a run of it:
// cold, it is to take less than 200 ms.
func BenchmarkADiagramOf300Steps(b *testing.B) {
	app := testapp.Start(b)
	ana := app.Person("Ana")
	team := app.Team(ana, "People")
	board := app.Board(ana, team, "Work")
	made, err := app.Store.CreateTemplate(b.Context(), ana.Actor(), team.ID, "Big", bigSteps())
	require.NoError(b, err)
	require.NoError(b, app.Store.PublishTemplate(b.Context(), ana.Actor(), made.ID, made.Version))
	r, err := app.Store.StartRun(b.Context(), ana.Actor(), made.ID, models.RunInput{Board: board.ID})
	require.NoError(b, err)
	for name, path := range map[string]string{"template": "/templates/" + made.ID + "/diagram", "run": "/runs/" + r.ID + "/diagram", "folded": "/templates/" + made.ID + "/diagram?fold=s1&fold=s2", "play": "/templates/" + made.ID + "/play?m=n0&m=n1"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				require.Equal(b, 200, ana.Get(path).Status)
			}
		})
	}
}

// bigSteps is a template of 300 steps in five sections, each after two of the ten before it.
func bigSteps() string {
	var y strings.Builder
	y.WriteString("name: Big\nsections:\n")
	for i := range 5 {
		fmt.Fprintf(&y, "  - {id: s%d, name: Section %d}\n", i, i)
	}
	y.WriteString("steps:\n")
	for i := range 300 {
		fmt.Fprintf(&y, "  - {id: n%d, title: Step number %d of the work, section: s%d", i, i, i/60)
		if i > 2 {
			fmt.Fprintf(&y, ", needs: [n%d, n%d]", i-1-i%3, max(0, i-5-i*7%6))
		}
		y.WriteString("}\n")
	}
	return y.String()
}
