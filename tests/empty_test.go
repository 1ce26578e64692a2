package tests

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"relevo/models"
	"relevo/models/access"
	"relevo/tests/testapp"
)

// void is a page on which there is nothing yet, or nothing of what was asked for.
type void struct {
	path string
	at   string // the class of what says so; empty: "empty"
	next string // the address that comes next, or the class of the form; there, or on the page
	may  string // what nobody is offered who only reads
	team bool   // only those who may change things get there
}

// voids are the pages of a board without tasks, of a team without boards, and of a
// template without runs.
func (d desk) voids(fresh models.Team, template string) map[string]void {
	board, team, none := "/boards/"+d.board.ID, "/teams/"+d.team.ID, "/teams/"+fresh.ID
	return map[string]void{
		"a team without boards":    {path: none, at: "home-make", next: none + "/boards", may: none + "/boards"},
		"a board":                  {path: board, at: "lane-empty", next: ".quick-add", may: ".quick-add"},
		"its swimlanes":            {path: board + "?lanes=owner", at: "lens-none", next: ".quick-add", may: ".quick-add"},
		"a filter on it":           {path: board + "?q=nothing", at: "lens-none", next: board},
		"its table":                {path: board + "/table", next: board},
		"a filter on its table":    {path: board + "/table?q=nothing", at: "lens-none", next: board + "/table"},
		"its calendar":             {path: board + "/calendar", at: "cal-none", next: board + "/tasks", may: board + "/tasks"},
		"its timeline":             {path: board + "/timeline", next: board},
		"its diagram":              {path: board + "/diagram", next: board},
		"its report":               {path: board + "/report", next: board},
		"its bin":                  {path: board + "/bin", next: board},
		"what is closed on it":     {path: board + "/closed", next: board},
		"its views":                {path: board + "/views", next: board},
		"its task templates":       {path: board + "/patterns", next: board},
		"the inbox":                {path: "/inbox", next: "/my-work"},
		"my work":                  {path: "/my-work", next: "/teams/"},
		"a search":                 {path: "/search?q=zzzz", next: "/search"},
		"a team without templates": {path: none + "/templates", next: none + "/templates/new", may: none + "/templates/new"},
		"a template's runs":        {path: template + "/runs", next: template},
		"a table of them":          {path: template + "/runs/table", next: template},
		"their report":             {path: template + "/report", next: template},
		"a filter on the log":      {path: team + "/log?to=2000-01-01", next: team + "/log", team: true},
		"the log's attention list": {path: team + "/log/attention?rule=overrides", next: team + "/log/attention/rules", team: true},
		"the log's reviews":        {path: team + "/log/reviews", next: team + "/log", team: true},
		"the log's kept filters":   {path: team + "/log/filters", next: team + "/log", team: true},
	}
}

func TestWhereThereIsNothingItSaysWhatComesNext(t *testing.T) {
	d := newDesk(t)
	fresh := d.Team(d.ana, "Fresh")
	_, err := d.Store.AcceptInvitation(t.Context(), d.view.Actor(), d.Invitation(d.ana, fresh, access.Viewer))
	require.NoError(t, err)
	template := d.ana.Send(http.MethodPost, "/teams/"+d.team.ID+"/templates", "shipped", "order-processing").Location
	said := map[string]string{}
	for _, lang := range []string{"en", "es"} {
		for _, who := range []*testapp.Person{d.ana, d.view} {
			speaks(t, who, lang)
			reads := who == d.view
			for name, v := range d.voids(fresh, template) {
				if reads && v.team {
					continue
				}
				at := v.at
				if at == "" || reads && at == "home-make" {
					at = "empty"
				}
				a := who.Get(v.path)
				require.Equal(t, http.StatusOK, a.Status, name)
				page, err := html.Parse(strings.NewReader(a.Body))
				require.NoError(t, err)
				where := lang + ": " + name + " for " + who.Name
				empty := within(page, "."+at)
				if !assertThere(t, empty, where) {
					continue
				}
				words := wordsOf(empty)
				require.Greater(t, len(strings.Fields(words)), 4, "%s says more than that there is nothing: %q", where, words)
				if lang == "es" {
					require.NotEqual(t, said[name+who.Name], words, "%s is in Spanish", where)
				}
				said[name+who.Name] = words
				if reads && v.may != "" {
					require.Nil(t, within(page, v.may), "%s offers what one may not", where)
				} else if v.next != "" {
					require.NotNil(t, within(within(page, "main"), v.next), "%s has a next step, %s", where, v.next)
				}
			}
		}
	}
}

func assertThere(t *testing.T, n *html.Node, where string) bool {
	t.Helper()
	if n == nil {
		t.Errorf("%s has no empty state", where)
	}
	return n != nil
}

// within is the first element of a page that has a class (".x"), leads to an address
// ("/x", and a query after it), or has a name.
func within(n *html.Node, what string) *html.Node {
	if n == nil {
		return nil
	}
	if n.Type == html.ElementNode && is(n, what) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := within(c, what); found != nil {
			return found
		}
	}
	return nil
}

func is(n *html.Node, what string) bool {
	if n.Data == what {
		return true
	}
	for _, a := range n.Attr {
		address, _, _ := strings.Cut(a.Val, "?")
		switch {
		case a.Key == "class" && strings.HasPrefix(what, ".") && slices.Contains(strings.Fields(a.Val), what[1:]):
			return true
		case (a.Key == "href" || a.Key == "action") && strings.HasPrefix(what, "/") && (address == what || strings.HasSuffix(what, "/") && strings.HasPrefix(address, what)):
			return true
		}
	}
	return false
}

func wordsOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var all []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, wordsOf(c))
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " ")
}
