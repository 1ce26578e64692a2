package browser

import (
	_ "embed"
	"strings"

	"github.com/stretchr/testify/require"
)

//go:embed axe.min.js
var axe string

// Axe fails the test if axe-core finds a violation of WCAG 2.2 AA or of good
// practice on the page as it stands.
func (t *Tab) Axe() {
	t.tb.Helper()
	t.Until(`document.readyState === 'complete' && document.getAnimations().every(a => a.playState !== 'running' || a.effect?.getComputedTiming().iterations === Infinity)`)
	if !Eval[bool](t, "'axe' in window") {
		Eval[bool](t, axe+"\n;true")
	}
	// What is out of sight and not drawn yet has no style to judge: it is drawn first,
	// by a sheet and not at each card, which news may replace meanwhile.
	found := Eval[[]string](t, `(() => {
		const drawn = new CSSStyleSheet(), before = document.adoptedStyleSheets;
		drawn.replaceSync('* { content-visibility: visible !important; }');
		document.adoptedStyleSheets = [...before, drawn];
		const frame = () => new Promise(requestAnimationFrame);
		return frame().then(frame).then(() => axe.run(document, {resultTypes: ['violations']})).finally(() => { document.adoptedStyleSheets = before; }).then(r => r.violations.flatMap(v =>
			v.nodes.map(n => v.id + ' (' + v.impact + '): ' + n.failureSummary.replace(/\s+/g, ' ') + ' — ' + n.target.join(' ') + ' ' + n.html.slice(0, 200))));
	})()`)
	require.Empty(t.tb, found, "axe at %s:\n%s", t.Path(), strings.Join(found, "\n"))
}
