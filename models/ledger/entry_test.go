package ledger_test

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"relevo/models/ledger"
)

var text = rapid.OneOf(
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune("\"\\/\b\t\n\f\r\x00\x01\x1f\x7f\u0080é€\u2028\u2029\ufeff\ufffd😀<>&'"))),
)

var subject = rapid.Custom(func(t *rapid.T) ledger.Subject {
	return ledger.Subject{Kind: text.Draw(t, "kind"), ID: text.Draw(t, "id"), Name: text.Draw(t, "name")}
})

var entry = rapid.Custom(func(t *rapid.T) ledger.Entry {
	const most = 1<<53 - 1
	e := ledger.Entry{
		Log: text.Draw(t, "log"), Seq: rapid.Int64Range(0, most).Draw(t, "seq"), Cause: rapid.Int64Range(0, most).Draw(t, "cause"),
		At:     time.UnixMicro(rapid.Int64Range(0, 253402300799_999999).Draw(t, "at")).UTC(),
		Actor:  ledger.Actor{Kind: ledger.ActorKind(text.Draw(t, "actor kind")), ID: text.Draw(t, "actor"), Name: text.Draw(t, "actor name")},
		Action: text.Draw(t, "action"), Subject: subject.Draw(t, "subject"), Board: subject.Draw(t, "board"), Task: subject.Draw(t, "task"),
		Reason: text.Draw(t, "reason"), Request: text.Draw(t, "request"), Address: text.Draw(t, "address"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		e.Changes = append(e.Changes, ledger.Change{Field: text.Draw(t, "field"), From: text.Draw(t, "from"),
			FromText: text.Draw(t, "from text"), To: text.Draw(t, "to"), ToText: text.Draw(t, "to text")})
	}
	return e
})

// What was written can be read back, whatever people typed.
func TestAnEntryReadsBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := entry.Draw(t, "entry")
		back, err := ledger.Parse(e.Canonical())
		require.NoError(t, err)
		require.Equal(t, e, back)
	})
}

// The bytes are those that RFC 8785 prescribes for the value that they hold, so
// that anybody can make them again in any language.
func TestTheFormIsRFC8785s(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := entry.Draw(t, "entry").Canonical()
		require.True(t, json.Valid(b))
		var value any
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.UseNumber()
		require.NoError(t, d.Decode(&value))
		require.Equal(t, rfc8785(value), string(b))
	})
}

// rfc8785 writes a value without fractions as the RFC's text has it: keys sorted
// by UTF-16 units, the seven short escapes, \u00xx for the other controls.
func rfc8785(value any) string {
	switch v := value.(type) {
	case map[string]any:
		var keys []string
		for k := range v {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b string) int { return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))) })
		var members []string
		for _, k := range keys {
			members = append(members, rfc8785(k)+":"+rfc8785(v[k]))
		}
		return "{" + strings.Join(members, ",") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, rfc8785(item))
		}
		return "[" + strings.Join(items, ",") + "]"
	case json.Number:
		return v.String()
	case string:
		escapes := []string{`\`, `\\`, `"`, `\"`, "\b", `\b`, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`}
		for c := range 0x20 {
			if !strings.ContainsRune("\b\t\n\f\r", rune(c)) {
				escapes = append(escapes, string(rune(c)), `\u00`+hex.EncodeToString([]byte{byte(c)}))
			}
		}
		return `"` + strings.NewReplacer(escapes...).Replace(v) + `"`
	}
	panic("not in an entry")
}

// A time is written in UTC to the microsecond, wherever the server stands.
func TestTheSameMomentIsTheSameBytes(t *testing.T) {
	at := time.Date(2026, 11, 2, 9, 0, 0, 123456789, time.UTC)
	there := at.In(time.FixedZone("there", 5*3600+1800))
	require.Equal(t, string(ledger.Entry{At: at}.Canonical()), string(ledger.Entry{At: there}.Canonical()))
	require.Contains(t, string(ledger.Entry{At: there}.Canonical()), `"at":"2026-11-02T09:00:00.123456Z"`)
}

// Bytes that are no text become the sign that says so; reading and writing that
// again changes nothing more.
func TestBytesThatAreNotTextAreMadeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := ledger.Entry{Reason: string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))}
		b := e.Canonical()
		require.True(t, utf8.Valid(b))
		back, err := ledger.Parse(b)
		require.NoError(t, err)
		require.Equal(t, string([]rune(e.Reason)), back.Reason)
		require.Equal(t, string(b), string(back.Canonical()))
	})
}

// The leaf is the one that the world's transparency logs use.
func TestALeafIsATransparencyLogsLeaf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := entry.Draw(t, "entry").Canonical()
		require.Equal(t, tlog.RecordHash(b), tlog.Hash(ledger.Leaf(b)))
	})
}

// What another version of the form wrote is not taken for this one's.
func TestAnotherFormIsRefused(t *testing.T) {
	b := string(ledger.Entry{Seq: 7}.Canonical())
	_, err := ledger.Parse([]byte(strings.Replace(b, `"v":1`, `"v":2`, 1)))
	require.ErrorContains(t, err, "entry 7 has form 2")
	_, err = ledger.Parse([]byte(b[:len(b)/2]))
	require.Error(t, err)
	_, err = ledger.Parse([]byte(strings.Replace(b, `"at":"0`, `"at":"x`, 1)))
	require.ErrorContains(t, err, "no time")
}

var write = flag.Bool("write-golden", false, "write the golden file anew: never for a form that is in use")

// These bytes and their hashes are fixed for ever: logs that people hold are
// made of them. A new form gets a new number and a new file, and this stays.
func TestTheFormNeverChanges(t *testing.T) {
	at := time.Date(2026, 11, 2, 9, 15, 30, 123456000, time.UTC)
	entries := []ledger.Entry{
		{},
		{
			Log: "019a4000-0000-7000-8000-000000000001", Seq: 1, At: at,
			Actor:  ledger.Actor{Kind: ledger.Person, ID: "019a4000-0000-7000-8000-000000000002", Name: "Ana Ruiz"},
			Action: "task.done", Subject: ledger.Subject{Kind: "task", ID: "019a4000-0000-7000-8000-000000000003", Name: "ONB-12 Order a laptop"},
			Board:   ledger.Subject{Kind: "board", ID: "019a4000-0000-7000-8000-000000000004", Name: "Onboarding"},
			Task:    ledger.Subject{Kind: "task", ID: "019a4000-0000-7000-8000-000000000003", Name: "ONB-12 Order a laptop"},
			Changes: []ledger.Change{{Field: "state", From: "in_progress", To: "done"}},
			Request: "req-1", Address: "2001:db8::7",
		},
		{
			Log: "019a4000-0000-7000-8000-000000000001", Seq: 1<<53 - 1, Cause: 1, At: time.Unix(0, 0),
			Actor: ledger.Actor{Kind: ledger.Automation}, Action: "task.ready",
			Reason: "quotes \" \\ / controls \b\t\n\f\r\x00\x1f\x7f, é € \u2028 \ufeff 😀, <b>&amp;</b>, no text: \xff\xc3",
			Changes: []ledger.Change{
				{Field: "column", From: "a", FromText: "Waiting", To: "b", ToText: "Ready"},
				{Field: "state", From: "waiting", To: "ready"},
			},
		},
	}
	var golden strings.Builder
	for _, e := range entries {
		b := e.Canonical()
		leaf := ledger.Leaf(b)
		golden.Write(b)
		golden.WriteString("\n" + hex.EncodeToString(leaf[:]) + "\n")
	}
	const file = "testdata/form1.golden"
	if *write {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(golden.String()), 0o644))
	}
	fixed, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(fixed), golden.String())
}

// Nothing is read that would be written otherwise: one entry, one hash.
func FuzzOnlyTheCanonicalFormIsRead(f *testing.F) {
	e := ledger.Entry{Log: "l", Seq: 7, At: time.Unix(0, 0).UTC(), Action: "task.moved", Changes: []ledger.Change{{Field: "a\"\\\x01\n"}, {}}}
	f.Add(string(e.Canonical()))
	f.Add(strings.Replace(string(e.Canonical()), `"seq":7`, `"seq":07`, 1))
	f.Add(strings.Replace(string(e.Canonical()), `"l"`, `"\u006c"`, 1))
	f.Fuzz(func(t *testing.T, text string) {
		if e, err := ledger.Parse([]byte(text)); err == nil {
			require.Equal(t, text, string(e.Canonical()))
		}
	})
}

func BenchmarkParse(b *testing.B) {
	e := ledger.Entry{Log: "0192d3c8-7a33-7ccd-8f3a-0c1d2e3f4a5b", Seq: 123456, At: time.Now().UTC().Truncate(time.Microsecond), Action: "task.moved",
		Actor:   ledger.Actor{Kind: ledger.Person, ID: "0192d3c8-7a33-7ccd-8f3a-0c1d2e3f4a5b", Name: "Ana Ruiz"},
		Changes: []ledger.Change{{Field: "column", From: "0192d3c8-7a33-7ccd-8f3a-0c1d2e3f4a5b", To: "0192d3c8-7a33-7ccd-8f3a-0c1d2e3f4a5b", ToText: "Done"}, {Field: "position", From: "a", To: "b"}}}
	data := e.Canonical()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := ledger.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
