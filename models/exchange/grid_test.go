package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
)

func TestACellIsReadAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct {
		kind       custom.Kind
		cell, want string
	}{
		{custom.Number, "1.234,50", "1234.50"}, {custom.Number, "1,234.5", "1234.5"}, {custom.Number, "much", "much"},
		{custom.Date, "31/12/2026", "2026-12-31"}, {custom.Date, "2026-12-31", "2026-12-31"}, {custom.Date, "soon", "soon"},
		{custom.YesNo, "Sí", custom.Yes}, {custom.YesNo, "FALSE", custom.No}, {custom.YesNo, "perhaps", "perhaps"}, {custom.Text, "1.234,50", "1.234,50"},
	} {
		require.Equal(t, c.want, exchange.Plainly(c.kind, c.cell, false), c.cell)
	}
	g, err := exchange.OpenGrid([]byte("\xff\xfed\x00a\x00y\x00\n\x001\x00/\x002\x00/\x002\x006\x00\n\x001\x00/\x003\x001\x00/\x002\x006\x00"), 5)
	require.NoError(t, err)
	require.Equal(t, []string{"day"}, g.Head)
	require.True(t, g.MonthFirst(0), "there is no 31st month")
}

// Whatever a table is, it is read within its bounds, or refused with a reason; and what
// was read is read again as it was written.
func FuzzGrid(f *testing.F) {
	f.Add("order;amount\n4711;1.234,50\n")
	f.Add("a,b\n\"x\ny\",'=1\n\"broken")
	f.Add("\xff\xfea\x00\n\x00b\x00")
	f.Add("a\tb\n\n1\n1\t2\t3\n")
	f.Fuzz(func(t *testing.T, text string) {
		const most = 20
		g, err := exchange.OpenGrid([]byte(text), most)
		if err != nil {
			require.NotNil(t, fault.From(err))
			require.Equal(t, "table", fault.From(err).Field)
			return
		}
		require.LessOrEqual(t, len(g.Rows), most)
		require.Len(t, g.Lines, len(g.Rows))
		var out bytes.Buffer
		rows := exchange.NewRows(&out)
		width := len(g.Head)
		for _, row := range g.Rows {
			width = max(width, len(row))
		}
		if width > exchange.MostColumns {
			return
		}
		for i := range g.Rows {
			for column := range width {
				cell := g.Cell(i, column)
				for _, k := range custom.Kinds {
					_ = exchange.Plainly(k, cell, g.MonthFirst(column))
				}
			}
		}
		if width < 2 || strings.TrimSpace(strings.Join(g.Head, "")) == "" {
			return // one column alone may be taken for another separator's
		}
		write := func(cells []string) {
			full := make([]string, width)
			copy(full, cells)
			require.NoError(t, rows.Row(full))
		}
		write(g.Head)
		for _, row := range g.Rows {
			write(row)
		}
		require.NoError(t, rows.Close())
		again, err := exchange.OpenGrid(out.Bytes(), most)
		if err != nil || len(again.Head) != width {
			return // its texts look like a table of another kind
		}
		for i := range again.Rows {
			for column := range width {
				require.Equal(t, g.Cell(i, column), again.Cell(i, column), "%q", text)
			}
		}
	})
}
