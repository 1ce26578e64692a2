package file

import (
	"bufio"
	"encoding/binary"
	"errors"
	"image/color"
	"io"

	"golang.org/x/image/webp"
)

// outline is what a picture says of itself before it is decoded.
type outline struct {
	width, height int
	memory        int // bytes that decoding it takes at most
	orientation   int // of EXIF, 1 to 8; 0: it says nothing
}

func (o outline) bearable() bool {
	return o.width > 0 && o.height > 0 && o.width <= maxSide && o.height <= maxSide && o.width*o.height <= MaxPixels && o.memory <= maxMemory
}

// inspect reads what a picture says of itself.
func inspect(kind string, from rewound) (outline, error) {
	r, err := from.reader()
	if err != nil {
		return outline{}, err
	}
	switch kind {
	case JPEG:
		return inspectJPEG(r)
	case PNG:
		return inspectPNG(r)
	case GIF:
		return inspectGIF(r)
	case WebP:
		return inspectWebP(r)
	}
	return outline{}, ErrNoPicture
}

// inspectPNG reads the first chunk, IHDR (PNG, third edition, 11.2.1).
func inspectPNG(r io.Reader) (o outline, err error) {
	var head [29]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return o, err
	}
	o.width, o.height = side(binary.BigEndian.Uint32(head[16:])), side(binary.BigEndian.Uint32(head[20:]))
	depth, colours, interlaced := head[24], head[25], head[28]
	each := 4
	if colours == 0 || colours == 3 { // grey, or of a palette
		each = 1
	}
	if depth == 16 {
		each *= 2
		if colours != 0 {
			each = 8
		}
	}
	if interlaced != 0 {
		each *= 2 // the passes, too
	}
	o.memory = o.width * o.height * each
	return o, nil
}

// inspectGIF reads the logical screen, beyond which no frame may go.
func inspectGIF(r io.Reader) (o outline, err error) {
	var head [10]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return o, err
	}
	o.width, o.height = int(binary.LittleEndian.Uint16(head[6:])), int(binary.LittleEndian.Uint16(head[8:]))
	o.memory = o.width * o.height
	return o, nil
}

func inspectWebP(r io.Reader) (o outline, err error) {
	c, err := webp.DecodeConfig(r)
	each := 8 // lossless, with its transforms; the extended form may hold that
	if c.ColorModel == color.YCbCrModel {
		each = 4
	}
	return outline{width: c.Width, height: c.Height, memory: c.Width * c.Height * each}, err
}

// side is a side of a picture; what is longer than any that is borne, is as long.
func side(n uint32) int {
	if n > maxSide {
		return maxSide + 1
	}
	return int(n)
}

var errShape = errors.New("file: not the shape of a JPEG")

// inspectJPEG walks the segments up to the first scan (ITU T.81, annex B).
func inspectJPEG(r *bufio.Reader) (o outline, err error) {
	var soi [2]byte
	if _, err := io.ReadFull(r, soi[:]); err != nil {
		return o, err
	}
	for {
		marker, err := nextMarker(r)
		if err != nil {
			return o, err
		}
		var length [2]byte
		switch {
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd8: // these stand alone
			continue
		case marker == 0xd9:
			return o, errShape
		}
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return o, err
		}
		n := int(binary.BigEndian.Uint16(length[:])) - 2
		if n < 0 {
			return o, errShape
		}
		if marker == 0xda {
			if o.width == 0 {
				return o, errShape
			}
			return o, nil
		}
		segment := make([]byte, n) // 64 KiB at the most
		if _, err := io.ReadFull(r, segment); err != nil {
			return o, err
		}
		switch {
		case marker >= 0xc0 && marker <= 0xc2:
			o.frame(segment, marker == 0xc2)
		case marker == 0xe1 && o.orientation == 0:
			o.orientation = orientation(segment)
		}
	}
}

func nextMarker(r *bufio.Reader) (byte, error) {
	b, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	if b != 0xff {
		return 0, errShape
	}
	for b == 0xff { // any number of them may stand before
		if b, err = r.ReadByte(); err != nil {
			return 0, err
		}
	}
	return b, nil
}

// frame reads the size from a frame header. A progressive picture is kept as
// coefficients, four bytes each, until its last scan.
func (o *outline) frame(s []byte, progressive bool) {
	if len(s) < 6 {
		return
	}
	o.height, o.width = int(binary.BigEndian.Uint16(s[1:])), int(binary.BigEndian.Uint16(s[3:]))
	components := int(s[5])
	if len(s) < 6+3*components {
		return
	}
	most, all := 1, 0 // samples of a component in a unit, and of all of them
	for i := range components {
		sampling := s[7+3*i]
		n := int(sampling>>4) * int(sampling&15)
		most, all = max(most, n), all+n
	}
	o.memory = o.width * o.height * all / most
	if progressive {
		o.memory *= 5
	}
}

// orientation finds the orientation in a segment of EXIF (CIPA DC-008, 4.6.4): the
// tag 274 of the first directory of a TIFF file. 0, if it is not there.
func orientation(s []byte) int {
	const begins = "Exif\x00\x00"
	if len(s) < len(begins)+8 || string(s[:len(begins)]) != begins {
		return 0
	}
	s = s[len(begins):]
	var order binary.ByteOrder = binary.BigEndian
	if s[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(s[4:]))
	if at+2 > uint64(len(s)) {
		return 0
	}
	entries := s[at+2:]
	for range order.Uint16(s[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if order.Uint16(entries) == 274 {
			if n := int(order.Uint16(entries[8:])); n >= 1 && n <= 8 {
				return n
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}
