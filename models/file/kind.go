package file

import "bytes"

// HeadSize is how many bytes of a file Type looks at.
const HeadSize = 512

// Pictures of which there can be a small one.
const (
	PNG  = "image/png"
	JPEG = "image/jpeg"
	GIF  = "image/gif"
	WebP = "image/webp"
)

// Anything is the type of what is nothing in particular.
const Anything = "application/octet-stream"

// Type is the media type under which a file is served. What it is called says so
// only for kinds in which nothing can be run by a browser, and for those that begin
// in a way of their own only if it does: a page that calls itself a picture is
// Anything. Pictures are known by their beginning alone.
func Type(name string, head []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.prefix)) && len(head) >= m.at+len(m.then) && string(head[m.at:m.at+len(m.then)]) == m.then {
			return m.kind
		}
	}
	k, known := byEnding[Ending(name)]
	if !known || k.prefix != "" && !bytes.HasPrefix(head, []byte(k.prefix)) {
		return Anything
	}
	return k.kind
}

// magic is how pictures begin.
var magic = []struct {
	prefix string
	at     int
	then   string
	kind   string
}{
	{prefix: "\x89PNG\r\n\x1a\n", kind: PNG},
	{prefix: "\xff\xd8\xff", kind: JPEG},
	{prefix: "GIF87a", kind: GIF},
	{prefix: "GIF89a", kind: GIF},
	{prefix: "RIFF", at: 8, then: "WEBP", kind: WebP},
}

const zip = "PK\x03\x04"

// byEnding are the kinds that a name's ending says, and how those must begin.
var byEnding = map[string]struct{ kind, prefix string }{
	"pdf":  {"application/pdf", "%PDF-"},
	"zip":  {"application/zip", "PK"},
	"7z":   {"application/x-7z-compressed", "7z\xbc\xaf\x27\x1c"},
	"gz":   {"application/gzip", "\x1f\x8b"},
	"tar":  {"application/x-tar", ""},
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", zip},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zip},
	"pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", zip},
	"odt":  {"application/vnd.oasis.opendocument.text", zip},
	"ods":  {"application/vnd.oasis.opendocument.spreadsheet", zip},
	"odp":  {"application/vnd.oasis.opendocument.presentation", zip},
	"doc":  {"application/msword", "\xd0\xcf\x11\xe0"},
	"xls":  {"application/vnd.ms-excel", "\xd0\xcf\x11\xe0"},
	"ppt":  {"application/vnd.ms-powerpoint", "\xd0\xcf\x11\xe0"},
	"txt":  {"text/plain; charset=utf-8", ""},
	"log":  {"text/plain; charset=utf-8", ""},
	"md":   {"text/markdown; charset=utf-8", ""},
	"csv":  {"text/csv; charset=utf-8", ""},
	"json": {"application/json", ""},
	"ics":  {"text/calendar; charset=utf-8", "BEGIN:VCALENDAR"},
	"mp3":  {"audio/mpeg", ""},
	"wav":  {"audio/wav", "RIFF"},
	"ogg":  {"audio/ogg", "OggS"},
	"m4a":  {"audio/mp4", ""},
	"mp4":  {"video/mp4", ""},
	"mov":  {"video/quicktime", ""},
	"webm": {"video/webm", "\x1a\x45\xdf\xa3"},
	"heic": {"image/heic", ""},
}

// Picture reports whether there can be a small picture of a file of this type.
func Picture(kind string) bool {
	return kind == PNG || kind == JPEG || kind == GIF || kind == WebP
}
