package views

import (
	"context"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/find"
	"relevo/models/flow"
	"relevo/views/say"
)

// searchURL is the page of results from a place on.
func searchURL(q string, from int) templ.SafeURL {
	v := url.Values{"q": {q}}
	if from > 0 {
		v.Set("from", strconv.Itoa(from))
	}
	return templ.SafeURL("/search?" + v.Encode())
}

func searchTitle(w *say.Words, v models.SearchView) string {
	if v.Query.Text == "" {
		return w.Find.Title
	}
	return v.Query.Text + " · " + w.Find.Title
}

func later(v models.SearchView) bool { return v.From+len(v.Tasks) < v.Count }

// narrowing is a way to narrow a search: what is typed, and what it is for.
type narrowing struct{ Typed, For string }

func narrowings(w *say.Words) []narrowing {
	f := w.Find
	return []narrowing{{f.StateIs, f.ByState}, {f.BoardIs, f.ByBoard}, {f.OwnerIs, f.ByOwner}, {f.LabelIs, f.ByLabel}, {f.TraitIs, f.ByTrait}, {f.PhraseIs, f.ByPhrase}}
}

// Palette is what the palette of commands offers for what was typed.
type Palette struct {
	Typed   string
	Task    *models.TaskView // the one at hand, if the person may change it
	Board   models.Board     // likewise; without ID: none
	Columns []models.Column  // of Board
	Teams   []models.MyTeam
	Found   models.SearchView
	Quick   models.QuickView     // what was typed, as a task of Board
	Made    []models.PatternView // what tasks of Board can begin with
}

// command is one line of the palette: a place to go to, or a change to make.
type command struct {
	Icon, Label, Aside string
	Below              string       // under the label
	Pieces             []find.Piece // instead of Label
	State              flow.State

	Href   string // where it leads
	Panel  bool   // beside the page, where there is room for it
	Open   string // what to open in there, selectors with spaces between
	Method string // of a change, sent to Href
	Fields templ.Attributes
	Done   string // what is said when it is made
}

// commands is a part of the palette under a heading.
type commands struct {
	Title string
	List  []command
}

// parts are the choices that have the words typed: what one does with the task at
// hand, where one goes, what was found, what can be made of the words.
func (p Palette) parts(ctx context.Context) []commands {
	w := say.In(ctx)
	query := find.Words(p.Typed)
	var all []commands
	add := func(title string, list []command) {
		if len(list) > 0 {
			all = append(all, commands{title, list})
		}
	}
	fitting := func(list []command) (kept []command) {
		for _, c := range list {
			if find.Has(c.Label, query) {
				kept = append(kept, c)
			}
		}
		return kept
	}
	if p.Task != nil {
		add(w.Find.OnTask(p.Task.Key), fitting(p.onTask(w)))
	}
	add(w.Find.Results, p.found())
	add(w.Patterns.Title, fitting(p.patterns(w)))
	add(w.Find.GoTo, fitting(p.places(w)))
	if p.Typed == "" {
		return all
	}
	add(w.Find.OnBoard, p.create(ctx))
	add(w.Find.Title, []command{{Icon: "search", Label: w.Find.SearchFor(p.Typed), Href: string(searchURL(p.Typed, 0))}})
	return all
}

// onTask are the steps that the task at hand can take.
func (p Palette) onTask(w *say.Words) []command {
	t, key := p.Task.Task, p.Task.Key
	at := "/tasks/" + t.ID
	version := templ.Attributes{"version": itoa(t.Version)}
	list := []command{{Icon: "external-link", Label: w.Find.Open(key), Href: at, Panel: true}}
	if t.ArchivedAt == nil {
		if t.State.Open() {
			list = append(list, command{Icon: "check", Label: w.Find.Complete(key), Method: "POST", Href: at + "/completion", Fields: version, Done: w.Find.Done})
		} else {
			list = append(list, command{Icon: "undo", Label: w.Find.Reopen(key), Method: "DELETE", Href: at + "/completion", Fields: version, Done: w.Find.Reopened})
		}
		for _, c := range p.Task.Columns {
			if c.ID != t.ColumnID {
				list = append(list, command{Icon: "arrow-right", Label: w.Find.MoveTo(key, c.Name), Method: "PUT", Href: at + "/place",
					Fields: templ.Attributes{"version": itoa(t.Version), "column": c.ID, "from": "board"}, Done: w.Find.Moved})
			}
		}
		if t.Blocked {
			list = append(list, command{Icon: "blocked", Label: w.Find.Unblock(key), Method: "DELETE", Href: at + "/block", Fields: version, Done: w.Find.Unblocked})
		} else {
			list = append(list, command{Icon: "blocked", Label: w.Find.Block(key), Href: at, Panel: true, Open: "#task-more #task-seldom-block"})
		}
	}
	return list
}

// mostOffered is how many tasks the palette offers; the rest are a search away.
const mostOffered = 7

func (p Palette) found() []command {
	var list []command
	for _, t := range p.Found.Tasks[:min(len(p.Found.Tasks), mostOffered)] {
		list = append(list, command{Icon: string(t.State), Aside: t.Board, Pieces: append([]find.Piece{{Text: t.Key + " "}}, t.Marked...), State: t.State,
			Href: string(TaskURL(t.ID)), Panel: true})
	}
	for _, b := range p.Found.Boards {
		list = append(list, command{Icon: "board", Aside: b.Team, Pieces: b.Name, Href: string(BoardURL(b.ID))})
	}
	return list
}

func (p Palette) places(w *say.Words) []command {
	list := []command{
		{Icon: "mywork", Label: w.General.MyWork, Href: "/my-work"},
		{Icon: "inbox", Label: w.General.Inbox, Href: "/inbox"},
	}
	if b := p.Board; b.ID != "" {
		list = append(list, command{Icon: "history", Label: w.Past.SinceTitle(b.Name), Href: string(BoardURL(b.ID)) + "/since"}, command{Icon: "history", Label: w.Past.Title(b.Name), Href: string(BoardURL(b.ID)) + "/past"})
	}
	for _, t := range p.Teams {
		list = append(list, command{Icon: "board", Label: w.General.Boards + ": " + t.Name, Href: string(TeamURL(t.ID))})
	}
	for _, t := range p.Teams {
		list = append(list, command{Icon: "users", Label: w.General.People + ": " + t.Name, Href: string(TeamURL(t.ID)) + "/members"})
	}
	for _, t := range p.Teams {
		if access.Can(t.Role, access.ManageMembers) {
			list = append(list, command{Icon: "user-plus", Label: w.Team.Invite + ": " + t.Name, Href: string(inviteURL(t.ID, ""))})
		}
	}
	if p.Board.ID != "" {
		list = append(list, command{Icon: "copy", Label: w.Patterns.GoTo(p.Board.Name), Href: string(PatternURL(p.Board.ID, ""))})
	}
	return append(list, command{Icon: "comment", Label: w.Feedback.Send, Href: "/feedback/new"}, command{Icon: "comment", Label: w.Feedback.Mine, Href: "/feedback/mine"},
		command{Icon: "user", Label: w.General.Account, Href: "/account"}, command{Icon: "search", Label: w.Find.Title, Href: "/search"})
}

// patterns are the templates that a new task of the board can begin with.
func (p Palette) patterns(w *say.Words) (list []command) {
	for _, t := range p.Made {
		list = append(list, command{Icon: "copy", Label: w.Patterns.Command(t.Name), Method: "POST", Href: string(PatternURL(p.Board.ID, t.ID, "tasks")),
			Fields: templ.Attributes{}, Done: w.Find.Made})
	}
	return list
}

// Ready is the board's first column for work that can start.
func (p Palette) Ready() (models.Column, bool) {
	i := slices.IndexFunc(p.Columns, func(c models.Column) bool { return c.State == flow.Ready })
	if p.Board.ID == "" || i < 0 {
		return models.Column{}, false
	}
	return p.Columns[i], true
}

// create offers to make a task of what was typed, and says what is understood of it.
func (p Palette) create(ctx context.Context) []command {
	w := say.In(ctx)
	column, ok := p.Ready()
	if !ok || len(p.Quick.Lines) != 1 || p.Quick.Lines[0].Title == "" {
		return nil
	}
	line := p.Quick.Lines[0]
	said := quickParts(ctx, line, " · ")
	for _, m := range line.Misses {
		said = strings.TrimPrefix(said+" · "+w.Quick.Stays+" "+m.Text+", "+w.Quick.Missed(m), " · ")
	}
	return []command{{Icon: "plus", Label: w.Find.Create(line.Title, column.Name), Below: said, Method: "POST", Href: "/columns/" + column.ID + "/tasks",
		Fields: templ.Attributes{"titles": p.Typed}, Done: w.Find.Made}}
}

func ticked(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// keys tells the scripts whether keys may do anything by themselves.
func (f Frame) keys() string {
	if f.Who.NoShortcuts {
		return "off"
	}
	return "on"
}

// pieces shows a text with what was looked for marked in it. It is no template:
// those put spaces where none are.
func pieces(all []find.Piece) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, p := range all {
			if p.Hit {
				b.WriteString("<mark>" + templ.EscapeString(p.Text) + "</mark>")
			} else {
				b.WriteString(templ.EscapeString(p.Text))
			}
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
