package exchange

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"

	"relevo/models/custom"
)

// csvHead is the first row of what WriteCSV writes.
var csvHead = []string{"key", "title", "description", "column", "state", "owners", "due", "estimate", "priority", "requires", "not_before", "blocked", "archived", "labels"}

// WriteCSV writes a board for spreadsheets: UTF-8 with its mark, every cell in
// quotation marks, and no cell that a spreadsheet takes for a formula. estimate
// writes minutes as Local.Estimate reads them.
func WriteCSV(w io.Writer, b Board, estimate func(int) string) error {
	out := csvWriter{w: w}
	out.text("\ufeff")
	head := slices.Clone(csvHead)
	for _, f := range b.Fields {
		head = append(head, customHead(f))
	}
	out.row(head)
	apart := strings.NewReplacer(",", " ", ";", " ", "|", " ") // what separates names
	people := map[string]string{}
	for _, p := range b.People {
		people[p.ID] = apart.Replace(p.Name)
	}
	for _, t := range b.Tasks {
		column, state := "", string(t.State)
		if t.Column != nil && *t.Column < len(b.Columns) {
			column = b.Columns[*t.Column].Name
		}
		var owners, requires, labels []string
		for _, l := range t.Labels {
			labels = append(labels, apart.Replace(l))
		}
		for _, o := range t.Owners {
			owners = append(owners, people[o])
		}
		for _, r := range t.Requires {
			requires = append(requires, r.Key)
		}
		row := []string{t.Key, t.Title, t.Description, column, state, strings.Join(owners, ", "), t.Due, estimate(t.Estimate),
			priorities[t.Priority], strings.Join(requires, " "), stamp(t.NotBefore), t.Blocked, stamp(t.ArchivedAt), strings.Join(labels, ", ")}
		for _, f := range b.Fields {
			value := t.Fields[f.Name]
			if f.Kind == custom.Person {
				value = people[value]
			}
			row = append(row, value)
		}
		out.row(row)
	}
	return out.err
}

var priorities = map[int]string{1: "low", 2: "medium", 3: "high", 4: "urgent"}

func stamp(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// Rows writes rows for spreadsheets, one after the other.
type Rows struct {
	out    csvWriter
	buffer *bufio.Writer
}

// NewRows begins with the mark of UTF-8, without which some spreadsheets guess.
func NewRows(w io.Writer) *Rows {
	c := &Rows{buffer: bufio.NewWriterSize(w, 1<<16)}
	c.out.w = c.buffer
	c.out.text("\ufeff")
	return c
}

// Row writes a row of which no spreadsheet takes a cell for a formula.
func (c *Rows) Row(cells []string) error {
	c.out.row(cells)
	return c.out.err
}

// Close writes out what is left.
func (c *Rows) Close() error { return c.buffer.Flush() }

type csvWriter struct {
	w   io.Writer
	err error
}

func (c *csvWriter) text(s string) {
	if c.err == nil {
		_, c.err = io.WriteString(c.w, s)
	}
}

func (c *csvWriter) row(cells []string) {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(guarded(cell), `"`, `""`))
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
	c.text(b.String())
}

// guarded puts an apostrophe before what a spreadsheet would take for a formula,
// and before what looks as if it had been guarded, so that unguarded gives back
// exactly what was there.
func guarded(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(cell) {
		return cell[1:]
	}
	return cell
}

func formula(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.ContainsRune("=+-@\t\r\n", rune(rest[0]))
}
