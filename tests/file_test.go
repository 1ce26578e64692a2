package tests

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// aPicture is one as people bring it, in PNG.
func aPicture(t testing.TB, w, h int) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, color.RGBA{R: uint8(200 * x / w), G: uint8(120 + 100*y/h), B: 160, A: 255})
		}
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, p))
	return out.Bytes()
}

func withLimits(most, quota int64) func(*models.Parts) {
	return func(p *models.Parts) { p.MaxFile, p.MaxTeamFiles = most, quota }
}

func fileNames(files []models.FileView) []string {
	names := []string{}
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

func TestFilesAreAttachedWithoutScriptsAndWhatIsWrongWithOneLosesNoneOfTheOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withLimits(10_000, 25_000))
	id := d.tasks("Sign the contract")[0]
	url := "/tasks/" + id
	page := d.bo.Get(url).Body
	require.Contains(t, text(page), "Up to 9.8 KB each; the team has room for 24 KB.")
	require.Contains(t, page, `enctype="multipart/form-data"`)
	require.NotContains(t, d.view.Get(url).Body, "file-form")

	a := d.bo.UploadAll(url+"/files", "files", testapp.File{Name: "plan.pdf", Data: []byte("%PDF-1.7")}, testapp.File{Name: "photo.png", Data: aPicture(t, 400, 300)})
	require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
	require.Equal(t, url+"#files", a.Location)
	big := bytes.Repeat([]byte("x"), 10_001)
	a = d.bo.UploadAll(url+"/files", "files", testapp.File{Name: "big.bin", Data: big}, testapp.File{Name: "empty.txt"}, testapp.File{Name: "fits.bin", Data: big[1:]})
	require.Equal(t, http.StatusRequestEntityTooLarge, a.Status)
	require.Contains(t, text(a.Body), "big.bin : This is larger than 9.8 KB")
	require.Equal(t, []string{"plan.pdf", "photo.png", "empty.txt", "fits.bin"}, fileNames(d.see(id).Files))
	a = d.bo.Upload(url+"/files", "files", "more.bin", bytes.Repeat([]byte("y"), 10_000))
	require.Equal(t, http.StatusSeeOther, a.Status)
	a = d.bo.Upload(url+"/files", "files", "last.bin", bytes.Repeat([]byte("z"), 10_000))
	require.Equal(t, http.StatusRequestEntityTooLarge, a.Status)
	require.Contains(t, text(a.Body), "left of their 24 KB")
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("POST", url+"/files").Status)
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.UploadAll(url+"/files", "other", testapp.File{Name: "a", Data: []byte("a")}).Status)
	require.Equal(t, http.StatusForbidden, d.view.Upload(url+"/files", "files", "a", []byte("a")).Status)
	require.Contains(t, text(d.bo.Get("/boards/"+d.board.ID).Body), "5")
	require.Contains(t, d.bo.Get("/boards/"+d.board.ID).Body, `aria-label="5 files"`)
	replay.Check(t, d.DB.Read)
}

func TestAFileIsSentToBeKeptAndNeverShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	for name, data := range map[string]string{
		"photo.png": "<html><script>alert(1)</script>", "page.html": "<script>alert(1)</script>", "drawing.svg": "<svg onload=alert(1)>", "run.js": "alert(1)",
		"polyglot.gif": "GIF89a=1/*" + strings.Repeat("\x00", 600) + "*/;alert(1)", "señal \"x\" 👍.txt": "text",
	} {
		require.Equal(t, http.StatusSeeOther, d.bo.Upload("/tasks/"+id+"/files", "files", name, []byte(data)).Status)
	}
	for _, f := range d.see(id).Files {
		at := "/tasks/" + id + "/files/" + f.ID
		a := d.view.Get(at)
		require.Equal(t, http.StatusOK, a.Status)
		require.True(t, strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment; "), f.Name)
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		require.Equal(t, "default-src 'none'; sandbox", a.Header.Get("Content-Security-Policy"))
		require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))
		require.Contains(t, []string{"application/octet-stream", "image/gif", "text/plain; charset=utf-8"}, a.Header.Get("Content-Type"), f.Name)
		require.Len(t, a.Body, int(f.Size))
		require.Empty(t, a.Header.Get("Content-Encoding"))
		require.Equal(t, http.StatusNotFound, d.view.Get(at+"/thumbnail").Status, "a broken picture has none: %s", f.Name)
		require.Equal(t, http.StatusNotFound, d.Person("Stranger").Get(at).Status)
		require.Equal(t, http.StatusSeeOther, d.Visitor().Get(at).Status)
	}
	replay.Check(t, d.DB.Read)
}

func TestAPartOfAFileIsSentAndWhatABrowserHasIsNotSentAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	data := bytes.Repeat([]byte("0123456789"), 60_000) // more than two parts of a blob
	require.Equal(t, http.StatusSeeOther, d.bo.UploadAll("/tasks/"+id+"/files", "files", testapp.File{Name: "plan.bin", Data: data}, testapp.File{Name: "photo.png", Data: aPicture(t, 900, 600)}).Status)
	files := d.see(id).Files
	at := "/tasks/" + id + "/files/" + files[0].ID
	whole := d.view.Get(at)
	require.Equal(t, string(data), whole.Body)
	require.Equal(t, "600000", whole.Header.Get("Content-Length"))
	require.Equal(t, "bytes", whole.Header.Get("Accept-Ranges"))
	tag := whole.Header.Get("ETag")
	part := d.view.Do("GET", at, nil, "Range", "bytes=262140-262149", "If-Range", tag)
	require.Equal(t, http.StatusPartialContent, part.Status)
	require.Equal(t, "0123456789", part.Body)
	require.Equal(t, "bytes 262140-262149/600000", part.Header.Get("Content-Range"))
	require.Equal(t, "789", d.view.Do("GET", at, nil, "Range", "bytes=-3").Body)
	require.Equal(t, http.StatusRequestedRangeNotSatisfiable, d.view.Do("GET", at, nil, "Range", "bytes=600000-").Status)
	require.Len(t, d.view.Do("GET", at, nil, "Range", "bytes=0-9", "If-Range", `"other"`).Body, 600_000)
	require.Equal(t, http.StatusNotModified, d.view.Do("GET", at, nil, "If-None-Match", tag).Status)

	small := d.view.Get("/tasks/" + id + "/files/" + files[1].ID + "/thumbnail")
	require.Equal(t, "image/jpeg", small.Header.Get("Content-Type"))
	require.Empty(t, small.Header.Get("Content-Disposition"))
	require.Less(t, len(small.Body), 20_000)

	// What is removed is not there, for those who know its address either.
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", at).Status)
	require.Equal(t, http.StatusNotFound, d.view.Get(at).Status)
	require.Contains(t, text(d.bo.Get("/tasks/"+id).Body), "1 removed file")
	require.NotContains(t, text(d.view.Get("/tasks/"+id).Body), "1 removed file")
	require.Equal(t, http.StatusForbidden, d.bo.Send("DELETE", at+"/content").Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", at+"/removal").Status)
	require.Equal(t, http.StatusOK, d.view.Get(at).Status)
	require.Equal(t, http.StatusSeeOther, d.bo.Send("PUT", at, "version", d.version(id), "name", "The plan.bin").Status)
	require.Equal(t, http.StatusUnprocessableEntity, d.bo.Send("PUT", at, "version", d.version(id), "name", " ").Status)
	history := text(d.view.Get("/tasks/" + id + "/history").Body)
	for _, line := range []string{"Bo Lind attached “ plan.bin ” to ONB-1 Sign the contract", "removed the file “ plan.bin ” from", "brought the file “ plan.bin ” back to", "renamed “ plan.bin ” on ONB-1 Sign the contract to “ The plan.bin ”"} {
		require.Contains(t, history, line)
	}
	found := text(d.view.Get("/search?q=photo").Body)
	require.Contains(t, found, "A file: photo .png")
	replay.Check(t, d.DB.Read)
}

func TestAnUploadThatIsCutOffLeavesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	before := d.version(id)
	in, out := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), "POST", d.URL+"/tasks/"+id+"/files", in)
	require.NoError(t, err)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(d.bo.Cookie())
	go func() {
		_, _ = io.WriteString(out, "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n\r\n"+strings.Repeat("x", 300_000))
		_ = out.CloseWithError(io.ErrUnexpectedEOF)
	}()
	answer, err := http.DefaultClient.Do(r)
	if err == nil {
		_ = answer.Body.Close()
	}
	require.Error(t, err)
	require.Equal(t, before, d.version(id))
	require.Empty(t, d.see(id).Files)
	var blobs int
	require.NoError(t, d.DB.Read.Raw("SELECT COUNT(*) FROM blobs").Row().Scan(&blobs))
	require.Zero(t, blobs)

	// One that ends before its last boundary says so.
	body := "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n\r\nhalf"
	a := d.bo.Raw("/tasks/"+id+"/files", "multipart/form-data; boundary=x", body)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Not all of it arrived")
	require.Empty(t, d.see(id).Files)
}
