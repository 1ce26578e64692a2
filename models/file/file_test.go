package file_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"relevo/models/file"
)

func TestANameIsMadeOfWhatPeopleAndTricksCallAFile(t *testing.T) {
	for raw, want := range map[string]string{
		"contract.pdf":                    "contract.pdf",
		"../../etc/passwd":                "passwd",
		`C:\Users\ana\contract.pdf`:       "contract.pdf",
		"/":                               "file",
		"..":                              "file",
		"":                                "file",
		"\x00\x01":                        "file",
		".gitignore":                      ".gitignore",
		"a\nb\t c.txt":                    "a b c.txt",
		"  plan  .pdf ":                   "plan .pdf",
		"plan.pdf. .":                     "plan.pdf",
		"photo\u202egpj.exe":              "photogpj.exe",
		"👩\u200d🚒 día.png":                "👩\u200d🚒 día.png",
		"man\u0303ana.txt":                "mañana.txt",
		"bad\xff\xfebytes.bin":            "badbytes.bin",
		"\ufeffbom.csv":                   "bom.csv",
		`say "hi" <now>; x=y.txt`:         `say "hi" <now>; x=y.txt`,
		"archive.tar.gz":                  "archive.tar.gz",
		strings.Repeat("a", 300):          strings.Repeat("a", 200),
		strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 118) + ".pdf", // of bytes there are fewer
	} {
		require.Equal(t, want, file.Name(raw), "%q", raw)
	}
	require.Equal(t, "plan (2).pdf", file.Numbered("plan.pdf", 2))
	require.Equal(t, "README (3)", file.Numbered("README", 3))
	require.Equal(t, ".gitignore (2)", file.Numbered(".gitignore", 2))
	long := file.Numbered(file.Name(strings.Repeat("a", 300)+".pdf"), 12)
	require.True(t, strings.HasSuffix(long, "aa (12).pdf"))
	require.Len(t, long, file.MaxName)
}

func TestWhatAFileIsItsBeginningSays(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"photo.png", "\x89PNG\r\n\x1a\n....", file.PNG},
		{"photo.txt", "\xff\xd8\xff\xe0....", file.JPEG},
		{"photo", "GIF89a....", file.GIF},
		{"photo.webp", "RIFF....WEBPVP8 ", file.WebP},
		{"photo.png", "<html><script>alert(1)</script>", file.Anything},
		{"photo.gif", "GIF87", file.Anything},
		{"page.html", "<html>", file.Anything},
		{"drawing.svg", "<svg xmlns=", file.Anything},
		{"feed.xml", "<?xml", file.Anything},
		{"run.js", "alert(1)", file.Anything},
		{"gifar.jar", "GIF89a/*PK\x03\x04*/", file.GIF},
		{"paper.pdf", "%PDF-1.7", "application/pdf"},
		{"paper.pdf", "<html>", file.Anything},
		{"sheet.XLSX", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"notes.txt", "", "text/plain; charset=utf-8"},
		{"nothing", "", file.Anything},
	} {
		require.Equal(t, c.want, file.Type(c.name, []byte(c.head)), "%s %q", c.name, c.head)
	}
}

// quarters is a picture with a colour in each quarter: red, green, blue, white.
func quarters(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, [4]color.RGBA{{R: 255, A: 255}, {G: 255, A: 255}, {B: 255, A: 255}, {R: 255, G: 255, B: 255, A: 255}}[2*(2*y/h)+2*x/w])
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image) []byte {
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, p, &jpeg.Options{Quality: 95}))
	return out.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, p))
	return out.Bytes()
}

// withEXIF puts a segment of EXIF with an orientation, and a place where it was
// taken, at the beginning of a JPEG.
func withEXIF(jpg []byte, orientation uint16) []byte {
	var tiff bytes.Buffer
	tiff.WriteString("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01")
	_ = binary.Write(&tiff, binary.BigEndian, []uint16{274, 3, 0, 1, orientation, 0, 0, 0})
	tiff.WriteString("GPS 40.4168,-3.7038")
	segment := append([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(tiff.Len()+2))...)
	return bytes.Join([][]byte{jpg[:2], segment, tiff.Bytes(), jpg[2:]}, nil)
}

func small(t testing.TB, kind string, data []byte) file.Thumbnail {
	t.Helper()
	thumb, err := file.Small(t.Context(), kind, bytes.NewReader(data))
	require.NoError(t, err)
	return thumb
}

func noPicture(t testing.TB, kind string, data []byte) {
	t.Helper()
	_, err := file.Small(t.Context(), kind, bytes.NewReader(data))
	require.ErrorIs(t, err, file.ErrNoPicture)
}

// corners names the colours of the quarters, from the left of the top.
func corners(t testing.TB, thumb file.Thumbnail) string {
	t.Helper()
	p, _, err := image.Decode(bytes.NewReader(thumb.Data))
	require.NoError(t, err)
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	names := ""
	for _, at := range []image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
		r, g, b, _ := p.At(at.X, at.Y).RGBA()
		switch {
		case r > 0xc000 && g > 0xc000:
			names += "W"
		case r > 0xc000:
			names += "R"
		case g > 0xc000:
			names += "G"
		case b > 0xc000:
			names += "B"
		}
	}
	return names
}

func TestAPictureIsMadeSmall(t *testing.T) {
	for _, size := range [][4]int{{2000, 1000, 320, 160}, {700, 1400, 160, 320}, {320, 10, 320, 10}, {40, 60, 40, 60}, {2, 5000, 1, 320}} {
		for kind, data := range map[string][]byte{file.JPEG: asJPEG(t, quarters(size[0], size[1])), file.PNG: asPNG(t, quarters(size[0], size[1]))} {
			thumb := small(t, kind, data)
			require.Equal(t, [2]int{size[2], size[3]}, [2]int{thumb.Width, thumb.Height}, "%s %v", kind, size)
			require.Equal(t, file.JPEG, thumb.Type, "it cannot be seen through")
			if size[0] > 10 && size[1] > 10 {
				require.Equal(t, "RGBW", corners(t, thumb), "%s %v", kind, size)
			}
			require.Less(t, len(thumb.Data), 40_000)
		}
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 900, 900))
	clear.SetNRGBA(450, 450, color.NRGBA{R: 255, A: 128})
	require.Equal(t, file.PNG, small(t, file.PNG, asPNG(t, clear)).Type)
	deep := image.NewRGBA64(image.Rect(0, 0, 700, 700))
	require.Equal(t, 320, small(t, file.PNG, asPNG(t, deep)).Width)
}

func TestAPictureIsTurnedAsItsEXIFSaysAndNothingElseOfThatIsKept(t *testing.T) {
	for orientation, want := range map[uint16]string{0: "RGBW", 1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "BRWG", 7: "WGBR", 8: "GWRB", 9: "RGBW"} {
		thumb := small(t, file.JPEG, withEXIF(asJPEG(t, quarters(1200, 600)), orientation))
		require.Equal(t, want, corners(t, thumb), "orientation %d", orientation)
		require.Equal(t, orientation >= 5 && orientation <= 8, thumb.Height > thumb.Width)
		require.NotContains(t, string(thumb.Data), "GPS")
		require.NotContains(t, string(thumb.Data), "Exif")
	}
}

// claiming is a PNG of a few bytes that says how large it is.
func claiming(w, h uint32) []byte {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, 8, 6, 0, 0, 0)
	_ = binary.Write(&out, binary.BigEndian, uint32(13))
	out.Write(head)
	_ = binary.Write(&out, binary.BigEndian, crc32.ChecksumIEEE(head))
	return out.Bytes()
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestAFileThatClaimsToBeHugeIsNotEvenTried(t *testing.T) {
	huge := asJPEG(t, quarters(16, 16))
	at := bytes.Index(huge, []byte{0xff, 0xc0})
	copy(huge[at+5:], []byte{0xff, 0xff, 0xff, 0xff}) // 65,535 each way
	long := asJPEG(t, quarters(16, 16))
	at = bytes.Index(long, []byte{0xff, 0xc0})
	long[at+1] = 0xc2                                                                  // progressive
	copy(long[at+5:], []byte{0x17, 0x70, 0x17, 0x70})                                  // 6,000 each way: fewer pixels than allowed, too much to keep
	webp := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\xff\xff\xff\x0f") // 16,384 each way
	require.Less(t, allocated(func() {
		noPicture(t, file.PNG, claiming(50_000, 50_000))
		noPicture(t, file.PNG, claiming(1<<31-1, 1<<31-1))
		noPicture(t, file.PNG, claiming(0, 10))
		noPicture(t, file.GIF, []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"))
		noPicture(t, file.JPEG, huge)
		noPicture(t, file.JPEG, long)
		noPicture(t, file.WebP, webp)
	}), uint64(2<<20))
}

func TestTheLargestPicturesTakeABoundedAmountOfMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("large pictures")
	}
	flat := image.NewNRGBA(image.Rect(0, 0, 8000, 5000)) // 40 million pixels
	for i := range flat.Pix {
		flat.Pix[i] = 200
	}
	data := asPNG(t, flat)
	taken := allocated(func() { require.Equal(t, 320, small(t, file.PNG, data).Width) })
	t.Logf("%d bytes of PNG, %d MB allocated", len(data), taken>>20)
	require.Less(t, taken, uint64(200<<20))
}

func TestOfAMovingPictureOnlyTheFirstIsLookedAt(t *testing.T) {
	var moving gif.GIF
	frame := image.NewPaletted(image.Rect(0, 0, 100, 100), color.Palette{color.Black, color.White})
	for range 10_000 {
		moving.Image, moving.Delay = append(moving.Image, frame), append(moving.Delay, 1)
	}
	var out bytes.Buffer
	require.NoError(t, gif.EncodeAll(&out, &moving))
	require.Less(t, allocated(func() { require.Equal(t, 100, small(t, file.GIF, out.Bytes()).Width) }), uint64(4<<20))
}

func TestWhatIsBrokenOrNoPictureHasNone(t *testing.T) {
	whole := asPNG(t, quarters(300, 300))
	noPicture(t, file.PNG, whole[:len(whole)/2])
	noPicture(t, file.JPEG, asJPEG(t, quarters(300, 300))[:200])
	noPicture(t, file.PNG, []byte("<html>"))
	noPicture(t, file.GIF, nil)
	noPicture(t, "image/svg+xml", []byte("<svg/>"))
}

func TestWhatTakesTooLongIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := file.Small(ctx, file.PNG, bytes.NewReader(asPNG(t, quarters(300, 300))))
	require.ErrorIs(t, err, file.ErrNoPicture)
	require.ErrorIs(t, err, context.Canceled)
}

func FuzzName(f *testing.F) {
	for _, raw := range []string{"plan.pdf", "../../x", `C:\x`, "👩\u200d🚒.png", strings.Repeat("é", 300) + ".tar.gz", "\u202e.\x00", ".", "a.b.c.", "\xff"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, name := range []string{file.Name(raw), file.Numbered(file.Name(raw), 999)} {
			require.True(t, utf8.ValidString(name))
			require.NotEmpty(t, name)
			require.NotContains(t, []string{".", ".."}, name)
			require.LessOrEqual(t, utf8.RuneCountInString(name), file.MaxName)
			require.LessOrEqual(t, len(name), 255)
			require.False(t, strings.ContainsAny(name, "/\\\x00\r\n"))
			require.False(t, strings.ContainsFunc(name, func(r rune) bool {
				return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
			}), "%q", name)
		}
		require.Equal(t, file.Name(raw), file.Name(file.Name(raw)), "a name is one already")
	})
}

func FuzzType(f *testing.F) {
	f.Add("a.html", []byte("<html>"))
	f.Add("a.png", []byte("\x89PNG\r\n\x1a\n"))
	f.Add("a.webp", []byte("RIFF1234WEBP"))
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		kind := file.Type(name, head)
		for _, active := range []string{"html", "svg", "javascript"} {
			require.NotContains(t, kind, active)
		}
		require.False(t, strings.HasSuffix(kind, "xml"))
		if file.Picture(kind) {
			require.True(t, bytes.HasPrefix(head, []byte("\x89PNG")) || bytes.HasPrefix(head, []byte("\xff\xd8\xff")) || bytes.HasPrefix(head, []byte("GIF8")) || bytes.HasPrefix(head, []byte("RIFF")))
		}
	})
}

// Whatever it is fed, the thumbnailer neither panics nor takes more than a file of
// its kind may.
func FuzzSmall(f *testing.F) {
	kinds := []string{file.PNG, file.JPEG, file.GIF, file.WebP}
	f.Add(0, asPNG(f, quarters(20, 20)))
	f.Add(1, asJPEG(f, quarters(20, 20)))
	f.Add(1, withEXIF(asJPEG(f, quarters(20, 20)), 6))
	var moving bytes.Buffer
	require.NoError(f, gif.Encode(&moving, quarters(20, 20), nil))
	f.Add(2, moving.Bytes())
	f.Add(3, []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Add(3, []byte("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		thumb, err := file.Small(t.Context(), kinds[uint(kind)%uint(len(kinds))], bytes.NewReader(data))
		if err != nil {
			require.ErrorIs(t, err, file.ErrNoPicture)
			return
		}
		require.LessOrEqual(t, max(thumb.Width, thumb.Height), file.ThumbnailSide)
		c, _, err := image.DecodeConfig(bytes.NewReader(thumb.Data))
		require.NoError(t, err)
		require.Equal(t, [2]int{thumb.Width, thumb.Height}, [2]int{c.Width, c.Height})
	})
}
