package web

import (
	"mime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	taken "relevo/models/file"
)

func TestAFileKeepsItsNameOnTheWay(t *testing.T) {
	for name, want := range map[string]string{
		"plan.pdf":           `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
		`say "hi"\; x=y.txt`: `attachment; filename="say _hi__; x=y.txt"; filename*=UTF-8''say%20%22hi%22%5C%3B%20x%3Dy.txt`,
		"señal 👍.png":        `attachment; filename="se_al _.png"; filename*=UTF-8''se%C3%B1al%20%F0%9F%91%8D.png`,
	} {
		require.Equal(t, want, attachment(name))
	}
}

// Whatever a file is called, its header is one line that says so and nothing else.
func FuzzAttachment(f *testing.F) {
	for _, name := range []string{"plan.pdf", `a"; filename="b.exe`, "a\r\nSet-Cookie: x=y", "👍", "%41.txt", "a;b=c", "'"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name := taken.Name(raw)
		header := attachment(name)
		require.False(t, strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }), "%q", header)
		kind, params, err := mime.ParseMediaType(header)
		require.NoError(t, err, header)
		require.Equal(t, "attachment", kind)
		require.Equal(t, map[string]string{"filename": name}, params)
	})
}
