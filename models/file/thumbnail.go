package file

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	// ThumbnailSide is the most pixels of a thumbnail's longer side.
	ThumbnailSide = 320
	// MaxPixels is how many pixels a picture may have of which there is a thumbnail,
	// and maxMemory what decoding it may take, in bytes. A few bytes of a file can
	// claim to be any number of pixels.
	MaxPixels = 40_000_000
	maxMemory = 160 << 20
	// maxSide bounds what is read at once: a strip of rows.
	maxSide     = 1 << 16
	jpegQuality = 82
)

// Thumbnail is a small picture: JPEG, or PNG where the picture can be seen through.
type Thumbnail struct {
	Type          string
	Width, Height int
	Data          []byte
}

// ErrNoPicture says that there is no small picture of a file: it is broken, too
// large, or of another kind.
var ErrNoPicture = errors.New("file: no picture that could be made small")

// Small makes the thumbnail of a file of a type. Nothing of the file but its pixels
// is in it, turned as its EXIF says; of a moving picture it is the first one. It
// gives up when ctx ends, returning ErrNoPicture, as for whatever else is amiss.
func Small(ctx context.Context, kind string, body io.ReadSeeker) (t Thumbnail, err error) {
	defer func() {
		if p := recover(); p != nil { // decoders are fed with whatever people have
			t, err = Thumbnail{}, fmt.Errorf("%w: %v", ErrNoPicture, p)
		}
	}()
	look, err := inspect(kind, rewound{ctx, body})
	if err != nil {
		return t, fmt.Errorf("%w: %w", ErrNoPicture, err)
	}
	if !look.bearable() {
		return t, fmt.Errorf("%w: %d × %d pixels", ErrNoPicture, look.width, look.height)
	}
	full, err := decode(kind, rewound{ctx, body})
	if err != nil {
		return t, fmt.Errorf("%w: %w", ErrNoPicture, err)
	}
	small := turned(shrunk(full), look.orientation)
	t = Thumbnail{Width: small.Rect.Dx(), Height: small.Rect.Dy()}
	var out bytes.Buffer
	if small.Opaque() {
		t.Type, err = JPEG, jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality})
	} else {
		t.Type, err = PNG, png.Encode(&out, small)
	}
	t.Data = out.Bytes()
	return t, err
}

// rewound begins a file anew.
type rewound struct {
	ctx  context.Context
	body io.ReadSeeker
}

func (r rewound) reader() (*bufio.Reader, error) {
	_, err := r.body.Seek(0, io.SeekStart)
	return bufio.NewReader(until{r.ctx, r.body}), err
}

// until is a reader that ends in an error when ctx ends: what takes too long to
// decode takes too long to read.
type until struct {
	ctx  context.Context
	body io.Reader
}

func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.body.Read(p)
}

func decode(kind string, from rewound) (image.Image, error) {
	r, err := from.reader()
	if err != nil {
		return nil, err
	}
	switch kind {
	case JPEG:
		return jpeg.Decode(r)
	case PNG:
		return png.Decode(r)
	case GIF:
		return gif.Decode(r)
	case WebP:
		return webp.Decode(r)
	}
	return nil, ErrNoPicture
}

// shrunk is a picture that fits into ThumbnailSide. A large one is first averaged
// over squares of whole pixels, a strip at a time, so that no second one of its size
// is ever there.
func shrunk(full image.Image) *image.RGBA {
	w, h := full.Bounds().Dx(), full.Bounds().Dy()
	longer := max(w, h)
	if k := longer / (2 * ThumbnailSide); k > 1 {
		full = averaged(full, k)
	}
	if longer > ThumbnailSide {
		w, h = max(1, w*ThumbnailSide/longer), max(1, h*ThumbnailSide/longer)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	scale.CatmullRom.Scale(small, small.Rect, full, full.Bounds(), draw.Src, nil)
	return small
}

// averaged is a picture k times smaller each way.
func averaged(full image.Image, k int) *image.RGBA {
	from := full.Bounds()
	w, h := max(1, from.Dx()/k), max(1, from.Dy()/k)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	rows, columns := min(k, from.Dy()), min(k, from.Dx()) // of one square
	strip := image.NewRGBA(image.Rect(0, 0, from.Dx(), rows))
	sum := make([]int, 4*w)
	for y := range h {
		draw.Draw(strip, strip.Rect, full, image.Pt(from.Min.X, from.Min.Y+y*k), draw.Src)
		clear(sum)
		for row := range rows {
			line := strip.Pix[row*strip.Stride:]
			for x := range w {
				for c := 4 * x * k; c < 4*(x*k+columns); c += 4 {
					sum[4*x] += int(line[c])
					sum[4*x+1] += int(line[c+1])
					sum[4*x+2] += int(line[c+2])
					sum[4*x+3] += int(line[c+3])
				}
			}
		}
		for i, s := range sum {
			out.Pix[y*out.Stride+i] = byte(s / (rows * columns)) // #nosec G115 -- a mean of bytes
		}
	}
	return out
}

// turned is a picture as its EXIF orientation says that it is to be seen: 2 to 4
// mirror it or put it upside down, 5 to 8 lay it on its side besides.
func turned(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sx, sy int
			switch orientation {
			case 2:
				sx, sy = w-1-x, y
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sx, sy = x, h-1-y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			out.SetRGBA(x, y, p.RGBAAt(sx, sy))
		}
	}
	return out
}
