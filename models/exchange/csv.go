package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Field is what a column of a CSV file is; empty: nothing of ours.
type Field string

// What a column of a CSV file can be.
const (
	KeyField         Field = "key"
	TitleField       Field = "title"
	DescriptionField Field = "description"
	ColumnField      Field = "column"
	StateField       Field = "state"
	OwnersField      Field = "owners"
	DueField         Field = "due"
	EstimateField    Field = "estimate"
	PriorityField    Field = "priority"
	RequiresField    Field = "requires"
	LabelsField      Field = "labels"
	NotBeforeField   Field = "not_before"
	BlockedField     Field = "blocked"
	ArchivedField    Field = "archived"
)

// Fields lists every field, in the order in which it is offered.
var Fields = []Field{TitleField, DescriptionField, ColumnField, StateField, OwnersField, DueField, EstimateField, PriorityField,
	KeyField, RequiresField, LabelsField, NotBeforeField, BlockedField, ArchivedField}

// table is a CSV file: its first row, and the others with their line.
type table struct {
	head    []string
	rows    [][]string
	lines   []int
	bad     []int // lines that cannot be read
	guessed bool  // its encoding
}

func openCSV(text []byte, guessed bool) (*File, error) {
	if bytes.ContainsRune(text, 0) || bytes.HasPrefix(text, []byte("PK\x03\x04")) || bytes.HasPrefix(text, []byte("%PDF")) {
		return nil, fault.On("file", fault.FileUnknown)
	}
	if !bytes.ContainsRune(text, '\n') {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	f := &File{Kind: CSV, table: table{guessed: guessed}}
	t := &f.table
	r := reader(text, comma(text))
	for {
		record, err := r.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return f, countable(len(t.rows), CSV)
		case errors.As(err, &broken):
			t.bad = append(t.bad, broken.StartLine)
			if len(t.bad) > maxFindings {
				return nil, fault.On("file", fault.FileUnknown)
			}
			continue
		case err != nil:
			return nil, fault.On("file", fault.FileUnknown)
		case blank(record):
			continue
		case t.head == nil:
			for _, cell := range record {
				t.head = append(t.head, unguarded(line(cell)))
			}
			continue
		}
		for i, cell := range record {
			record[i] = unguarded(clean(cell))
		}
		at, _ := r.FieldPos(0)
		t.rows, t.lines = append(t.rows, record), append(t.lines, at)
		if len(t.rows) > MaxTasks {
			return nil, countable(len(t.rows), CSV)
		}
	}
}

func reader(text []byte, comma rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

func blank(record []string) bool {
	return !slices.ContainsFunc(record, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// comma is what separates the cells: what gives the most rows of equally many
// cells among the first.
func comma(text []byte) rune {
	sample := text[:min(len(text), 64<<10)]
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t', '|'} {
		r := reader(sample, c)
		score, width := 0, 0
		for range 50 {
			record, err := r.Read()
			if err != nil {
				break
			}
			if width == 0 {
				width = len(record)
			}
			if len(record) == width && width > 1 {
				score += width
			}
		}
		if score > most {
			best, most = c, score
		}
	}
	return best
}

// cell is the text of a field in a row; of the first column that is the field.
func (t *table) cell(m Mapping, row int, f Field) string {
	i := slices.Index(m.Fields, f)
	if i < 0 || i >= len(t.rows[row]) {
		return ""
	}
	return t.rows[row][i]
}

// examples are the first cell with something in it of each column.
func (t *table) examples() []string {
	examples := make([]string, len(t.head))
	for i := range t.head {
		for _, row := range t.rows[:min(len(t.rows), 200)] {
			if i < len(row) && strings.TrimSpace(row[i]) != "" {
				examples[i] = cut(line(row[i]), 60)
				break
			}
		}
	}
	return examples
}

// ref names the column that a row is in: its own word, or the state that it says.
func (t *table) ref(m Mapping, row int) string {
	if name := oneLine(t.cell(m, row, ColumnField)); name != "" {
		return name
	}
	if slices.Contains(m.Fields, ColumnField) && ReadState(t.cell(m, row, StateField)) != "" {
		return "" // it says where it stands without a column
	}
	return oneLine(t.cell(m, row, StateField))
}

// lanes are the columns that the rows name, in the course of work.
func (t *table) lanes(m Mapping) []Lane {
	var lanes []Lane
	at := map[string]int{}
	for row := range t.rows {
		ref := t.ref(m, row)
		if ref == "" {
			continue
		}
		i, known := at[ref]
		if !known {
			i = len(lanes)
			at[ref], lanes = i, append(lanes, Lane{Ref: ref, Name: ref})
		}
		lanes[i].Count++
	}
	if len(t.head) < len(csvHead) || !slices.Equal(t.head[:len(csvHead)], csvHead) { // ours is in the board's order
		slices.SortStableFunc(lanes, func(a, b Lane) int {
			return slices.Index(flow.States, ProposeState(a.Name)) - slices.Index(flow.States, ProposeState(b.Name))
		})
	}
	return lanes
}

// stateOf is the state that the first row of a column says.
func (t *table) stateOf(m Mapping, ref string) flow.State {
	for row := range t.rows {
		if t.ref(m, row) == ref {
			return ReadState(t.cell(m, row, StateField))
		}
	}
	return ""
}

// people are all owners, by what they are called.
func (t *table) people(m Mapping) []Person {
	var people []Person
	seen := map[string]bool{}
	for row := range t.rows {
		for _, name := range split(t.cell(m, row, OwnersField)) {
			ref := fold(name)
			if seen[ref] {
				continue
			}
			seen[ref] = true
			p := Person{Ref: ref, Name: name}
			if strings.Contains(name, "@") {
				p.Name, p.Email = "", name
			}
			people = append(people, p)
		}
		for _, i := range customsIn(m) {
			name := oneLine(t.at(row, i))
			if ref := fold(name); m.Fields[i] == AsCustom(custom.Person) && ref != "" && !seen[ref] {
				seen[ref] = true
				people = append(people, Person{Ref: ref, Name: name})
			}
		}
	}
	return people
}

// split reads several names in one cell.
func split(cell string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' }) {
		if part = line(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// key is the board's key, if the rows say theirs.
func (t *table) key(m Mapping) string {
	if len(t.rows) == 0 {
		return ""
	}
	if k := taskKey.FindStringSubmatch(strings.TrimSpace(t.cell(m, 0, KeyField))); k != nil {
		return k[1]
	}
	return ""
}

func (t *table) plan(p *Plan, m Mapping, by Local) error {
	if !slices.Contains(m.Fields, TitleField) {
		return fault.On("fields", fault.NoTitleField)
	}
	for _, f := range Fields {
		if i := slices.Index(m.Fields, f); i >= 0 && slices.Contains(m.Fields[i+1:], f) {
			return fault.On("fields", fault.FieldTwice, string(f))
		}
	}
	if t.guessed {
		p.find(0, "", found(fault.FoundEncoding))
	}
	for _, at := range t.bad {
		p.find(at, "", found(fault.FoundBadLine))
	}
	columns := map[string]int{}
	for _, l := range t.lanes(m) {
		if state := m.States[l.Ref]; state != "" {
			columns[l.Ref] = len(p.Columns)
			p.Columns = append(p.Columns, Column{Name: p.columnName(l.Name), State: state})
		} else {
			p.find(0, "", found(fault.FoundLeftOut, l.Name, l.Count))
		}
	}
	people := map[string]int{}
	for i, person := range p.People {
		people[person.Ref] = i
	}
	fields := t.customs(p, m)
	needs := map[int][]need{}
	for row := range t.rows {
		ref := t.ref(m, row)
		column, named := columns[ref]
		if !named && ref != "" {
			continue // its column is left out
		}
		task := Task{Row: t.lines[row], Column: -1, State: flow.Ready}
		if named {
			task.Column, task.State = column, p.Columns[column].State
		}
		title := t.cell(m, row, TitleField)
		if oneLine(title) == "" {
			p.find(task.Row, "", found(fault.FoundNoTitle))
			continue
		}
		p.describe(&task, title, t.cell(m, row, DescriptionField))
		for _, name := range split(t.cell(m, row, LabelsField)) {
			p.label(&task, Label{Name: name})
		}
		t.fields(p, &task, m, row, named, by)
		t.values(p, &task, m, row, fields, people, by)
		for _, name := range split(t.cell(m, row, OwnersField)) {
			if i := people[fold(name)]; !slices.Contains(task.Owners, i) {
				task.Owners = append(task.Owners, i)
			}
		}
		for _, key := range strings.FieldsFunc(t.cell(m, row, RequiresField), func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(",;|", r)
		}) {
			needs[len(p.Tasks)] = append(needs[len(p.Tasks)], need{key: key})
		}
		p.Tasks = append(p.Tasks, task)
	}
	p.number()
	p.connect(needs)
	return nil
}

// fields reads what a cell says by itself; what it does not say well is reported.
func (t *table) fields(p *Plan, task *Task, m Mapping, row int, named bool, by Local) {
	text := func(f Field) string { return strings.TrimSpace(t.cell(m, row, f)) }
	wrong := func(code fault.Code, value string) { p.find(task.Row, task.Title, found(code, cut(line(value), 60))) }
	task.Key = text(KeyField)
	if state := text(StateField); state != "" && !named {
		if s := ReadState(state); s != "" {
			task.State = s
		} else {
			wrong(fault.FoundNotAState, state)
		}
	}
	if due := text(DueField); due != "" {
		day, ok := readDay(due, m.MonthFirst, by.zone())
		if !ok {
			wrong(fault.FoundNotADate, due)
		}
		task.Due = day
	}
	if estimate := text(EstimateField); estimate != "" && by.Estimate != nil {
		n, ok := by.Estimate(estimate)
		if !ok || n > MaxEstimate {
			wrong(fault.FoundNotAnEstimate, estimate)
			n = 0
		}
		task.Estimate = n
	}
	priority, ok := priorityNames[fold(text(PriorityField))]
	if !ok {
		wrong(fault.FoundNotAPriority, text(PriorityField))
	}
	task.Priority = priority
	if at := text(NotBeforeField); at != "" {
		if task.NotBefore = moment(at); task.NotBefore.IsZero() {
			if day, ok := readDay(at, m.MonthFirst, by.zone()); ok {
				task.NotBefore, _ = time.ParseInLocation(time.DateOnly, day, by.zone())
				task.NotBefore = task.NotBefore.UTC()
			} else {
				wrong(fault.FoundNotAMoment, at)
			}
		}
	}
	if reason := oneLine(text(BlockedField)); reason != "" && !no(reason) {
		task.Blocked, task.BlockedReason = true, cut(reason, MaxTitle)
	}
	if archived := text(ArchivedField); archived != "" && !no(archived) {
		if task.ArchivedAt = moment(archived); task.ArchivedAt.IsZero() {
			task.ArchivedAt = time.Unix(0, 0).UTC()
		}
	}
}

func no(text string) bool {
	return slices.Contains([]string{"no", "false", "0", "n", "-"}, fold(text))
}
