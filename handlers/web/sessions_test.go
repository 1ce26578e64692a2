package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBehindTLSTheCookieIsBoundToTheHost(t *testing.T) {
	s := NewSessions(nil, true)
	r, w := httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder()
	require.NoError(t, s.start(r, w, "the token"))
	cookie := w.Result().Cookies()[0]
	require.Equal(t, "__Host-relevo", cookie.Name)
	require.True(t, cookie.Secure)
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
	require.Equal(t, "/", cookie.Path)
	require.Empty(t, cookie.Domain)
	require.Positive(t, cookie.MaxAge)
}

func FuzzALocalPathNeverLeavesTheHost(f *testing.F) {
	for _, seed := range []string{"/", "/boards/1?x=y#z", "//evil.example", `/\evil.example`, "https://evil.example", "/\t/evil.example", "/%2f/evil.example", "/..//evil"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://relevo.example/sign-in")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, next string) {
		path := localPath(next)
		// Browsers take out tabs and line ends, and read \ as /.
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(path)
		require.True(t, strings.HasPrefix(seen, "/"))
		require.False(t, strings.HasPrefix(seen, "//"), "%q", next)
		u, err := base.Parse(path)
		require.NoError(t, err)
		require.Equal(t, base.Host, u.Host, "%q", next)
		require.Equal(t, base.Scheme, u.Scheme, "%q", next)
	})
}
