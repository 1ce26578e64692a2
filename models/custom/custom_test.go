package custom_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/custom"
	"relevo/models/fault"
)

func TestWhatIsTypedIsReadByTheKindOfItsField(t *testing.T) {
	for _, c := range []struct {
		kind        custom.Kind
		typed, want string
		code        fault.Code
	}{
		{custom.Text, "  two\r\nlines ", "two\nlines", ""},
		{custom.Text, strings.Repeat("x", 2001), "", fault.TooLong},
		{custom.Number, " 007.50 ", "7.5", ""},
		{custom.Number, "+.5", "0.5", ""},
		{custom.Number, "-0", "0", ""},
		{custom.Number, "123456789012345", "123456789012345", ""},
		{custom.Number, "0.000001", "0.000001", ""},
		{custom.Number, "1234567890123456", "", fault.NotANumber},
		{custom.Number, "1e3", "", fault.NotANumber},
		{custom.Number, "1,5", "", fault.NotANumber},
		{custom.Number, "Inf", "", fault.NotANumber},
		{custom.Number, "0x10", "", fault.NotANumber},
		{custom.Date, "2026-02-28", "2026-02-28", ""},
		{custom.Date, "2026-02-30", "", fault.NotADate},
		{custom.Date, "1999-12-31", "", fault.DateOutOfRange},
		{custom.YesNo, "yes", "yes", ""},
		{custom.YesNo, "maybe", "", fault.NotAChoice},
		{custom.URL, "HTTPS://example.org/a b", "", fault.NotAWebAddress},
		{custom.URL, "HTTPS://example.org/a?b=c#d", "https://example.org/a?b=c#d", ""},
		{custom.URL, "example.org/papers", "https://example.org/papers", ""},
		{custom.URL, "javascript:alert(1)", "", fault.NotAWebAddress},
		{custom.URL, "data:text/html,x", "", fault.NotAWebAddress},
		{custom.URL, "https:example.org", "", fault.NotAWebAddress},
		{custom.URL, "https://", "", fault.NotAWebAddress},
		{custom.URL, "https://bank.example@elsewhere.example/", "", fault.NotAWebAddress},
		{custom.Choice, "", "", ""},
		{"colour", "red", "", fault.NotAChoice},
	} {
		got, wrong := custom.Read(c.kind, c.typed)
		require.Equal(t, c.want, got, "%s %q", c.kind, c.typed)
		if c.code == "" {
			require.Nil(t, wrong, "%s %q", c.kind, c.typed)
		} else {
			require.NotNil(t, wrong, "%s %q", c.kind, c.typed)
			require.Equal(t, c.code, wrong.Code, "%s %q", c.kind, c.typed)
		}
	}
}

func TestTheLogNamesAFieldAsItWasCalled(t *testing.T) {
	logged := custom.Logged("7", custom.Number, "Cost in euros")
	require.Equal(t, "field.7", custom.KeyOf(logged))
	kind, name, ok := custom.Parse(logged)
	require.Equal(t, []any{custom.Number, "Cost in euros", true}, []any{kind, name, ok})
	id, ok := custom.IsKey(logged)
	require.Equal(t, []any{"7", true}, []any{id, ok})
	for _, other := range []string{"title", "field.", "", "fields"} {
		_, ok := custom.IsKey(other)
		require.False(t, ok, other)
		require.Equal(t, other, custom.KeyOf(other))
	}
}

// What is kept is read again as itself, and a link leads to the web.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "12.50", "-0", "2026-02-28", "yes", "https://example.org/ñ?q=%20", "//x", "http://[::1]:80/", "a\r\nb", "１２"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, kind := range custom.Kinds {
			value, wrong := custom.Read(kind, typed)
			if wrong != nil {
				require.Empty(t, value)
				continue
			}
			again, wrong := custom.Read(kind, value)
			require.Nil(t, wrong, "%s %q", kind, value)
			require.Equal(t, value, again, "%s %q", kind, typed)
			if kind == custom.URL && value != "" {
				u, err := url.Parse(value)
				require.NoError(t, err)
				require.True(t, slices.Contains([]string{"http", "https"}, u.Scheme))
			}
		}
	})
}
