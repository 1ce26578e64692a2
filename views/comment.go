package views

import (
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"relevo/models"
	"relevo/views/say"
)

// The forms of comments: a new one, one that is edited, and what else is done to them.
const (
	CommentForm  = "comment"
	CommentsForm = "comments"
)

// EditCommentForm names the form that edits a comment.
func EditCommentForm(comment string) string { return "comment-" + comment }

func (p TaskPage) commentsURL(before string) string {
	return p.url("comments") + "?before=" + url.QueryEscape(before)
}

// Quoted is a comment as the beginning of an answer to it: empty if the panel
// does not show it.
func (p TaskPage) Quoted(comment string) string {
	for _, c := range p.Comments {
		if c.ID == comment {
			return quoted(c)
		}
	}
	return ""
}

func quoted(c models.CommentView) string {
	return "> " + strings.ReplaceAll(c.Body, "\n", "\n> ") + "\n\n"
}

// Comment is Markdown in which the names of those it mentions are set off.
func Comment(source string, named []models.Person) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := w.Write(markdown(source, say.In(ctx), named...))
		return err
	})
}

// mentionNames is where a reader finds who may be named; nobody in descriptions.
var mentionNames = parser.NewContextKey()

// mentions reads an @ and a name after it.
type mentions struct{}

func (mentions) Trigger() []byte { return []byte{'@'} }

func (mentions) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	people, _ := pc.Get(mentionNames).([]models.Person)
	line, _ := block.PeekLine()
	longest := 0
	for _, p := range people {
		longest = max(longest, models.NamedBy(string(line[1:]), p.Name), models.NamedBy(string(line[1:]), models.FirstName(p.Name)))
	}
	if longest == 0 {
		return nil
	}
	node := &mention{name: string(line[:1+longest])}
	block.Advance(1 + longest)
	return node
}

// mention is a name that is set off.
type mention struct {
	ast.BaseInline
	name string
}

var kindMention = ast.NewNodeKind("Mention")

func (*mention) Kind() ast.NodeKind { return kindMention }

func (m *mention) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"Name": m.name}, nil)
}

func (mentions) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindMention, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if m, ok := n.(*mention); ok && entering {
			_, _ = w.WriteString(`<strong class="mention">` + templ.EscapeString(m.name) + `</strong>`)
		}
		return ast.WalkContinue, nil
	})
}
