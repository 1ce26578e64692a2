package views

import (
	"bytes"
	"context"
	"io"
	"regexp"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"relevo/models"
	"relevo/views/say"
)

// Markdown renders what people write: tables, task lists, strikethrough and bare
// links included; HTML in it is dropped. Its headings begin below those of the
// page, and images become links to them, for the page loads nothing from other
// hosts.
func Markdown(source string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := w.Write(markdown(source, say.In(ctx)))
		return err
	})
}

func markdown(source string, w *say.Words, named ...models.Person) []byte {
	var html bytes.Buffer
	pc := parser.NewContext()
	pc.Set(mentionNames, named)
	if err := readers[w.Lang].Convert([]byte(source), &html, parser.WithContext(pc)); err != nil {
		return []byte(templ.EscapeString(source))
	}
	return cleaner.SanitizeBytes(html.Bytes())
}

// readers maps each language to its reader; ticks of task lists have a name.
var readers = func() map[string]goldmark.Markdown {
	all := map[string]goldmark.Markdown{}
	for lang, w := range say.All {
		all[lang] = goldmark.New(
			goldmark.WithExtensions(
				extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
				extension.Strikethrough, extension.Linkify, extension.TaskList,
			),
			goldmark.WithParserOptions(
				parser.WithASTTransformers(util.Prioritized(pageManners{}, 900)),
				parser.WithInlineParsers(util.Prioritized(mentions{}, 900)),
			),
			goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(ticks{w}, 100), util.Prioritized(mentions{}, 100))),
		)
	}
	return all
}()

// deepest headings of a description: h3 names its section on the page.
const headingsBelow = 3

// pageManners fits a document into a page.
type pageManners struct{}

func (pageManners) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var images []*ast.Image
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(6, n.Level+headingsBelow)
		case *ast.Link, *ast.AutoLink:
			n.SetAttributeString("rel", []byte(linkRel))
		case *ast.Image:
			images = append(images, n)
		}
		return ast.WalkContinue, nil
	})
	for _, image := range images {
		toLink(image)
	}
}

// toLink puts a link with the image's description in its place. Inside a link
// the description alone stays: links do not nest.
func toLink(image *ast.Image) {
	parent := image.Parent()
	if parent == nil {
		return
	}
	if !image.HasChildren() {
		image.AppendChild(image, ast.NewString(image.Destination))
	}
	for up := parent; up != nil; up = up.Parent() {
		if up.Kind() == ast.KindLink {
			for child := image.FirstChild(); child != nil; child = image.FirstChild() {
				parent.InsertBefore(parent, image, child)
			}
			parent.RemoveChild(parent, image)
			return
		}
	}
	link := ast.NewLink()
	link.Destination, link.Title = image.Destination, image.Title
	link.SetAttributeString("rel", []byte(linkRel))
	for child := image.FirstChild(); child != nil; child = image.FirstChild() {
		link.AppendChild(link, child)
	}
	parent.ReplaceChild(parent, image, link)
}

// ticks renders the boxes of task lists with a name for those who cannot see them.
type ticks struct{ words *say.Words }

func (t ticks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(extast.KindTaskCheckBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if box, ok := n.(*extast.TaskCheckBox); ok && box.IsChecked {
			_, _ = w.WriteString(`<input type="checkbox" disabled="" checked="" aria-label="` + templ.EscapeString(t.words.Task.Ticked) + `"> `)
		} else {
			_, _ = w.WriteString(`<input type="checkbox" disabled="" aria-label="` + templ.EscapeString(t.words.Task.Unticked) + `"> `)
		}
		return ast.WalkContinue, nil
	})
}

const linkRel = "nofollow noopener"

// cleaner is the second lock: whatever the reader let through, only this stays.
var cleaner = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("title").Matching(regexp.MustCompile(`^[^<>]*$`)).OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^" + linkRel + "$")).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("align").Matching(regexp.MustCompile("^(left|right|center)$")).OnElements("th", "td")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[A-Za-z0-9+#_-]{1,30}$`)).OnElements("code")
	p.AllowAttrs("class").Matching(regexp.MustCompile("^mention$")).OnElements("strong")
	p.AllowAttrs("type").Matching(regexp.MustCompile("^checkbox$")).OnElements("input")
	p.AllowAttrs("checked", "disabled").Matching(regexp.MustCompile("^$")).OnElements("input")
	p.AllowAttrs("aria-label").OnElements("input")
	return p
}()
