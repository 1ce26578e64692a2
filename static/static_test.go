package static

import (
	"io/fs"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAssetIsKeptForGoodAtItsOwnAddress(t *testing.T) {
	for name := range files {
		r := httptest.NewRequest("GET", URL(name), nil)
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)
		require.Equal(t, 200, w.Code, name)
		require.NotEmpty(t, w.Header().Get("Content-Type"), name)
		require.Contains(t, w.Header().Get("Cache-Control"), "immutable", name)
		require.Equal(t, "gzip", w.Header().Get("Content-Encoding"), name)
	}
}

func TestAnAssetOfAnotherReleaseIsNotKept(t *testing.T) {
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest("GET", Root+"000000000000/app.css", nil))
	require.Equal(t, 200, w.Code)
	require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
}

func TestWhatIsNoAssetIsNotFound(t *testing.T) {
	for _, path := range []string{Root, Root + "x", Root + "x/static.go", Root + "x/../static.go"} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		require.Equal(t, 404, w.Code, path)
	}
}

func TestStylesAndScriptsAskNobodyElse(t *testing.T) {
	for _, name := range []string{"app.css", "app.js", "icons.svg"} {
		plain := string(files[name].plain)
		for _, bad := range []string{"url(http", "@import", "//cdn", "eval("} {
			require.NotContains(t, plain, bad, name)
		}
	}
}

// A board of 200 cards is some 17 KB; with the rest it is to be under 80 KB.
func TestAllThatABoardFetchesIsSmall(t *testing.T) {
	sum := 0
	for name, f := range files {
		t.Log(name, len(f.gzipped()))
		if _, err := fs.Stat(embedded, "later/"+name); err == nil {
			continue // not with the board
		}
		sum += len(f.gzipped())
	}
	require.Less(t, sum, 62_000)
}
