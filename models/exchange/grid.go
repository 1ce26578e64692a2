package exchange

import (
	"bytes"
	"strings"
	"time"

	"relevo/models/custom"
	"relevo/models/fault"
)

// Grid is a table as spreadsheets write it, of which nothing is known but its cells.
type Grid struct {
	Head  []string
	Rows  [][]string
	Lines []int  // of the rows, in the file
	Bad   []int  // lines that cannot be read
	Text  string // all of it, in UTF-8
}

// The most bytes and columns of a Grid.
const (
	MaxGrid     = 1 << 20
	MostColumns = 200
)

// OpenGrid reads a CSV of at most so many rows below its head, whatever separates its
// cells and whatever its encoding. Faults are about the field table: TableTooBig,
// TableEmpty, TableUnreadable, TableTooWide or TooManyRows.
func OpenGrid(data []byte, most int) (Grid, error) {
	if len(data) > MaxGrid {
		return Grid{}, fault.On("table", fault.TableTooBig, MaxGrid>>10)
	}
	text, guessed := decode(data)
	if len(bytes.TrimSpace(text)) == 0 {
		return Grid{}, fault.On("table", fault.TableEmpty)
	}
	f, err := openCSV(text, guessed)
	switch broken := fault.From(err); {
	case err == nil && len(f.table.head) > MostColumns:
		return Grid{}, fault.On("table", fault.TableTooWide, MostColumns)
	case err == nil && len(f.table.rows) <= most:
		t := f.table
		return Grid{Head: t.head, Rows: t.rows, Lines: t.lines, Bad: t.bad, Text: string(text)}, nil
	case err == nil, broken != nil && broken.Code == fault.TooManyCards:
		return Grid{}, fault.On("table", fault.TooManyRows, most)
	case broken != nil && broken.Code == fault.FileEmpty:
		return Grid{}, fault.On("table", fault.TableEmpty)
	}
	return Grid{}, fault.On("table", fault.TableUnreadable)
}

// Cell is the text in a column of a row; empty where the row is too short.
func (g Grid) Cell(row, column int) string {
	if column < 0 || column >= len(g.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(g.Rows[row][column])
}

// MonthFirst guesses how a column writes its days: as 12/31 if one of them can be read
// in no other way.
func (g Grid) MonthFirst(column int) bool {
	for row := range g.Rows {
		cell := g.Cell(row, column)
		if cell == "" {
			continue
		}
		_, day := readDay(cell, false, time.UTC)
		_, month := readDay(cell, true, time.UTC)
		if day != month {
			return month
		}
	}
	return false
}

// Plainly is a cell as a person would type it into a form here: 1.234,50 is 1234.50,
// 31/12/2026 is 2026-12-31, sí is yes. What it cannot be stays as it is, to be refused.
func Plainly(kind custom.Kind, cell string, monthFirst bool) string {
	switch kind {
	case custom.Number:
		return plainNumber(cell)
	case custom.YesNo:
		return plainYes(cell)
	case custom.Date:
		if day, ok := readDay(cell, monthFirst, time.UTC); ok {
			return day
		}
	case custom.Text, custom.Choice, custom.Person, custom.URL:
	}
	return cell
}

// Alike reports whether two headings mean the same, whatever their case and accents.
func Alike(a, b string) bool { return fold(a) == fold(b) }
