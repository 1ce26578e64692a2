package views

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"relevo/views/say"
)

func english(source string) string { return string(markdown(source, say.All["en"])) }

func TestMarkdownIsRenderedForAPage(t *testing.T) {
	for source, want := range map[string]string{
		"# Plan\n\n#### Deep":  "<h4>Plan</h4>\n<h6>Deep</h6>\n",
		"~~old~~ **new**":      "<p><del>old</del> <strong>new</strong></p>\n",
		"https://example.com":  `<p><a href="https://example.com" rel="nofollow noopener">https://example.com</a></p>` + "\n",
		"[here](/tasks/1)":     `<p><a href="/tasks/1" rel="nofollow noopener">here</a></p>` + "\n",
		"a <b>bold</b> claim":  "<p>a bold claim</p>\n",
		"![logo](http://x/y)":  `<p><a href="http://x/y" rel="nofollow noopener">logo</a></p>` + "\n",
		"![](http://x/y.png)":  `<p><a href="http://x/y.png" rel="nofollow noopener">http://x/y.png</a></p>` + "\n",
		"[![logo](/l)](/home)": `<p><a href="/home" rel="nofollow noopener">logo</a></p>` + "\n",
		"```go\nx := 1\n```":   "<pre><code class=\"language-go\">x := 1\n</code></pre>\n",
	} {
		require.Equal(t, want, english(source), source)
	}
	require.Contains(t, english("|a|b|\n|-|-:|\n|1|2|"), `<td align="right">2</td>`)
}

func TestTaskListsNameTheirTicksInThePersonsLanguage(t *testing.T) {
	source := "- [x] laptop\n- [ ] badge"
	require.Contains(t, english(source), `checked="" aria-label="`+say.All["en"].Task.Ticked+`"`)
	require.Contains(t, string(markdown(source, say.All["es"])), `aria-label="`+say.All["es"].Task.Unticked+`"`)
}

func TestMarkdownCannotRunAnything(t *testing.T) {
	for _, source := range attacks {
		harmless(t, source, english(source))
	}
}

var attacks = []string{
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
	"[x](java\nscript:alert(1))", "[x](&#106;avascript:alert(1))", "<javascript:alert(1)>", "![x](javascript:alert(1))",
	"[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)", "<a href='javascript:x'>y</a>", "<svg/onload=alert(1)>",
	"```\"onmouseover=alert(1)\nx\n```", "[x](http://a \"\\\" onclick=alert(1)\")", "<div style='x:expression(1)'>", "[x]: javascript:a\n\n[x]",
	"https://a.b/\"onclick=alert(1)", "<https://a.b/'onclick=x>", "- [x] <input onfocus=x autofocus>", "&lt;script&gt;", "[x](//evil.example)",
}

// FuzzMarkdown looks for input that panics, or whose output could run or load something.
func FuzzMarkdown(f *testing.F) {
	for _, source := range attacks {
		f.Add(source)
	}
	f.Add("# a\n\n|a|\n|-|\n|![x](y)|\n\n- [ ] b\n\n1. c\n\n> d\n\n```e\nf\n```\n")
	f.Fuzz(func(t *testing.T, source string) { harmless(t, source, english(source)) })
}

func harmless(t *testing.T, source, rendered string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(rendered))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			checkTag(t, source, tokens.Token())
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%q leaves %q", source, tokens.Token())
		}
	}
}

var tags = map[string]bool{}

func init() {
	for _, tag := range strings.Fields("p br hr strong em del code pre blockquote ul ol li h4 h5 h6 table thead tbody tr th td a input") {
		tags[tag] = true
	}
}

func checkTag(t *testing.T, source string, tag html.Token) {
	t.Helper()
	if !tags[tag.Data] {
		t.Fatalf("%q leaves %s", source, tag)
	}
	for _, a := range tag.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "id", a.Key == "name":
			t.Fatalf("%q leaves %s", source, tag)
		case a.Key == "href" && !safeAddress(a.Val):
			t.Fatalf("%q leads to %q", source, a.Val)
		}
	}
}

// safeAddress reads an address as a browser does: without blanks and controls.
func safeAddress(href string) bool {
	bare := strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, href))
	scheme, _, found := strings.Cut(bare, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	return scheme == "http" || scheme == "https" || scheme == "mailto"
}
