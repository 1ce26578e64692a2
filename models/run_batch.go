package models

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// A batch is a table of which each row is a run. All of them are started in one
// change, or none.

const (
	MaxBatch      = 1000   // runs of a batch
	MaxBatchTasks = 30_000 // that the runs of a batch make: nobody else can write meanwhile
)

// BatchInput is what a person says of a batch.
type BatchInput struct {
	ID      string   // of its first run, so that a form that is sent twice starts it once; empty: a new one
	Version int64    // of the template that the form was made of
	Table   []byte   // CSV
	File    string   // what the table is called; empty: it was pasted
	Columns []string // what each column is, as a BatchTarget's ID; nil: as proposed
	Board   string   // on which its tasks are made
	From    string   // YYYY-MM-DD, for rows that do not say; empty: today
	// Headings name what a column can be in the words of a person, besides the
	// template's own.
	Headings map[string]string
}

// What a column can be besides AnswerField and RoleField; empty: nothing of ours.
const (
	NameColumn  = "name"
	FromColumn  = "from"
	UntilColumn = "until"
)

// BatchView is a table with what would be made of it.
type BatchView struct {
	StartView
	Batch   BatchInput // with what was left out filled in
	Grid    exchange.Grid
	Targets []BatchTarget // what a column can be
	Rows    []BatchRow    // none while something is wrong with the table as a whole
	Tasks   int           // that would be made
}

// BatchTarget is something that a column can be.
type BatchTarget struct{ ID, Label string }

// BatchRow is a run that would be started.
type BatchRow struct {
	Line   int // in the table
	Name   string
	Tasks  int
	Faults []*fault.Fault // their fields are targets

	start StartView
}

// Wrong counts the rows that something is wrong with.
func (v BatchView) Wrong() (n int) {
	for _, r := range v.Rows {
		if len(r.Faults) > 0 {
			n++
		}
	}
	return n
}

// Label is what a target is called; the columns that are the run's own have none here.
func (v BatchView) Label(target string) string {
	for _, t := range v.Targets {
		if t.ID == target {
			return t.Label
		}
	}
	return target
}

// MayStart refuses whoever may not start runs of a template.
func (s *Store) MayStart(ctx context.Context, who Actor, template string) error {
	_, err := sees(s.parts.Read.WithContext(ctx), who, ofTemplate(template), access.StartRun)
	return err
}

// PrepareBatch reads what is needed to ask for a table.
func (s *Store) PrepareBatch(ctx context.Context, who Actor, template string) (BatchView, error) {
	v := BatchView{}
	err := s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, ofTemplate(template), access.StartRun)
		if err != nil {
			return err
		}
		v.StartView, err = startOf(db, &s.books, team, template, RunInput{}, s.now())
		v.Targets = targets(v.Definition)
		v.Batch = BatchInput{ID: NewID(), Version: v.Input.Version, Board: v.Input.Board, From: v.Input.From}
		return err
	})
	return v, err
}

// PlanBatch works out what the rows of a table would make, and starts nothing. What is
// wrong with a row is with the row; it returns Invalid faults for the fields table,
// columns, board and from, and what PlanRun does about the template.
func (s *Store) PlanBatch(ctx context.Context, who Actor, template string, in BatchInput) (v BatchView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, ofTemplate(template), access.StartRun)
		if err != nil {
			return err
		}
		v, err = planBatch(db, &s.books, team, template, in, s.now().In(Zone(team.Zone)).Format(time.DateOnly))
		return err
	})
	return v, err
}

// Batch is what was started.
type Batch struct {
	Runs  int
	Entry int64 // the first, by which it is undone
}

// StartBatch starts a run for each row of a table, in one change whose first entry is
// the cause of each start. told hears how many have been made so far. It returns what
// PlanBatch does, RowsWrong, TooManyTasks, or BatchStarted.
func (s *Store) StartBatch(ctx context.Context, who Actor, template string, in BatchInput, told func(done, all int)) (Batch, error) {
	var b Batch
	err := s.change(ctx, who, ofTemplate(template), access.StartRun, func(tx *Tx) error {
		team := MyTeam{Team: tx.Team, Role: tx.Role, Seq: tx.seq}
		v, err := planBatch(tx.db, tx.books, team, template, in, tx.now.In(Zone(tx.Team.Zone)).Format(time.DateOnly))
		if err != nil {
			return err
		}
		b, err = tx.startBatch(v, told)
		return err
	})
	return b, err
}

func (tx *Tx) startBatch(v BatchView, told func(done, all int)) (Batch, error) {
	if n := v.Wrong(); n > 0 {
		return Batch{}, fault.New(fault.Conflict, fault.RowsWrong, n)
	}
	var there int
	if err := tx.db.Raw("SELECT COUNT(*) FROM runs WHERE id = ?", v.Batch.ID).Row().Scan(&there); err != nil {
		return Batch{}, err
	}
	if there > 0 {
		return Batch{}, fault.New(fault.Conflict, fault.BatchStarted)
	}
	cause := tx.record(note{action: RunsStarted, subject: v.Template.subject(), board: v.Board.subject(), reason: v.Batch.File,
		changes: []ledger.Change{{Field: "runs", To: strconv.Itoa(len(v.Rows))}}})
	for i, row := range v.Rows {
		id := v.Batch.ID
		if i > 0 {
			id = NewID()
		}
		tx.cause = cause
		if _, err := tx.startRun(id, row.start); err != nil {
			return Batch{}, err
		}
		told(i+1, len(v.Rows))
	}
	return Batch{Runs: len(v.Rows), Entry: cause}, nil
}

// targets are what the columns of a table can be, for a template.
func targets(d playbook.Definition) []BatchTarget {
	var all []BatchTarget
	for _, f := range d.Inputs {
		all = append(all, BatchTarget{AnswerField(f.ID), f.Label})
	}
	for _, r := range d.Roles {
		if r.Who != playbook.FromInput {
			all = append(all, BatchTarget{RoleField(r.ID), r.Name})
		}
	}
	return append(all, BatchTarget{ID: NameColumn}, BatchTarget{ID: FromColumn}, BatchTarget{ID: UntilColumn})
}

func planBatch(db *gorm.DB, books *books, team MyTeam, template string, in BatchInput, today string) (BatchView, error) {
	base, last, err := readStart(db, books, team, template)
	v := BatchView{StartView: base, Batch: in, Targets: targets(base.Definition)}
	if err != nil {
		return v, err
	}
	if v.Batch.From == "" {
		v.Batch.From = today
	}
	if v.Batch.Version == 0 {
		v.Batch.Version = base.Template.Published
	}
	if v.Grid, err = exchange.OpenGrid(in.Table, MaxBatch); err != nil {
		return v, err
	}
	v.Batch.Table = []byte(v.Grid.Text)
	v.columns()
	if err := v.whole(); err != nil {
		return v, err
	}
	v.plan(last)
	if v.Tasks > MaxBatchTasks {
		return v, fault.On("table", fault.TooManyTasks, v.Tasks, MaxBatchTasks)
	}
	return v, nil
}

// columns proposes what each column is where nobody has said it.
func (v *BatchView) columns() {
	said := v.Batch.Columns
	v.Batch.Columns = make([]string, len(v.Grid.Head))
	for i, head := range v.Grid.Head {
		if said != nil {
			if i < len(said) && v.known(said[i]) {
				v.Batch.Columns[i] = said[i]
			}
			continue
		}
		if t := v.propose(head); !slices.Contains(v.Batch.Columns, t) {
			v.Batch.Columns[i] = t
		}
	}
}

func (v *BatchView) known(target string) bool {
	return slices.ContainsFunc(v.Targets, func(t BatchTarget) bool { return t.ID == target })
}

func (v *BatchView) propose(head string) string {
	for _, t := range v.Targets {
		_, id, _ := strings.Cut(t.ID, ".")
		if exchange.Alike(head, t.Label) || exchange.Alike(head, t.ID) || exchange.Alike(head, id) {
			return t.ID
		}
	}
	for word, target := range v.Batch.Headings {
		if exchange.Alike(head, word) {
			return target
		}
	}
	return ""
}

// whole says what is wrong with a table as a whole.
func (v *BatchView) whole() error {
	in := v.Batch
	if in.Version != v.Template.Published {
		return fault.New(fault.Conflict, fault.OtherVersion, v.Template.Published)
	}
	var faults []*fault.Fault
	for i, t := range in.Columns {
		if before := slices.Index(in.Columns, t); t != "" && before < i {
			faults = append(faults, fault.On("columns", fault.ColumnTwice, v.Grid.Head[before], v.Grid.Head[i]))
		}
	}
	if !slices.ContainsFunc(in.Columns, func(t string) bool { return t != "" }) {
		faults = append(faults, fault.On("columns", fault.NoColumnKnown))
	} else if missing := v.missing(); len(missing) > 0 {
		faults = append(faults, fault.On("columns", fault.ColumnMissing, strings.Join(missing, ", ")))
	}
	switch i := slices.IndexFunc(v.Boards, func(b Board) bool { return b.ID == in.Board }); {
	case i >= 0:
		v.Board = v.Boards[i]
	case in.Board == "":
		faults = append(faults, fault.On("board", fault.Needed))
	default:
		faults = append(faults, fault.On("board", fault.NotAChoice))
	}
	_, wrong := dayOf("from", in.From)
	return fault.All(append(faults, wrong)...)
}

// missing are what has to be answered and is in no column.
func (v *BatchView) missing() (labels []string) {
	for _, f := range v.Inputs {
		if f.Required && f.Default == "" && !slices.Contains(v.Batch.Columns, AnswerField(f.ID)) {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

// plan works out each row. Who has got tasks from rows above has them already.
func (v *BatchView) plan(last Run) {
	monthFirst := make([]bool, len(v.Grid.Head))
	for i := range monthFirst {
		monthFirst[i] = v.Grid.MonthFirst(i)
	}
	people, before := slices.Clone(v.People), last.Cast()
	for _, line := range v.Grid.Bad {
		v.Rows = append(v.Rows, BatchRow{Line: line, Faults: []*fault.Fault{fault.New(fault.Invalid, fault.RowUnreadable)}})
	}
	for i := range v.Grid.Rows {
		row := BatchRow{Line: v.Grid.Lines[i], start: v.StartView}
		row.start.People = people
		row.start.Input = v.read(i, monthFirst, &row)
		last.Roles = canonical(before)
		row.start.fillIn(last, time.Time{}) // its day is said
		err := row.start.plan()
		row.Faults = append(row.Faults, row.further(err)...)
		row.Name, row.Tasks = row.start.Input.Name, len(row.start.Sheet.Tasks)
		v.Tasks += row.Tasks
		v.Rows = append(v.Rows, row)
		for _, t := range row.start.Sheet.Tasks {
			for _, id := range t.Owners {
				if at := slices.IndexFunc(people, func(m Mate) bool { return m.ID == id }); at >= 0 {
					people[at].Open++
				}
			}
		}
		before = goOn(v.Definition, before, row.start.Input.Cast)
	}
	slices.SortStableFunc(v.Rows, func(a, b BatchRow) int { return a.Line - b.Line })
}

// goOn is the cast by which the next row's is proposed: only what goes round goes on.
func goOn(d playbook.Definition, before, now map[string]string) map[string]string {
	next := clone(before)
	for _, r := range d.Roles {
		if id := now[r.ID]; r.Who == playbook.RoundRobin && id != "" {
			next[r.ID] = id
		}
	}
	return next
}

// further are the faults in err about what nothing was said of yet.
func (r BatchRow) further(err error) []*fault.Fault {
	if err == nil {
		return nil
	}
	f := fault.From(err)
	if f == nil {
		return []*fault.Fault{fault.New(fault.Invalid, fault.BadRequest)}
	}
	all := append([]*fault.Fault{f}, f.Also...)
	return slices.DeleteFunc(all, func(f *fault.Fault) bool {
		f.Also = nil
		return slices.ContainsFunc(r.Faults, func(said *fault.Fault) bool { return said.Field == f.Field })
	})
}

// read makes what a person would type of the cells of a row.
func (v *BatchView) read(row int, monthFirst []bool, into *BatchRow) RunInput {
	in := RunInput{Version: v.Batch.Version, Board: v.Batch.Board, From: v.Batch.From, Answers: map[string]string{}, Cast: map[string]string{}}
	for column, target := range v.Batch.Columns {
		cell := v.Grid.Cell(row, column)
		if target == "" || cell == "" {
			continue
		}
		switch target {
		case NameColumn:
			in.Name = cell
		case FromColumn:
			in.From = exchange.Plainly(playbook.Date, cell, monthFirst[column])
		case UntilColumn:
			in.Until = exchange.Plainly(playbook.Date, cell, monthFirst[column])
		default:
			v.readCell(&in, target, cell, monthFirst[column], into)
		}
	}
	return in
}

func (v *BatchView) readCell(in *RunInput, target, cell string, monthFirst bool, row *BatchRow) {
	who := func() string {
		id, wrong := v.person(cell)
		if wrong != nil {
			wrong.Field = target
			row.Faults = append(row.Faults, wrong)
		}
		return id
	}
	if role, is := strings.CutPrefix(target, RoleField("")); is {
		in.Cast[role] = who()
		return
	}
	id := strings.TrimPrefix(target, AnswerField(""))
	f, _ := v.Definition.Input(id)
	switch f.Type {
	case playbook.Person:
		if found := who(); found != "" {
			in.Answers[id] = found
		}
	case playbook.Choice:
		at := slices.IndexFunc(f.Options, func(o string) bool { return exchange.Alike(o, cell) })
		if at >= 0 {
			cell = f.Options[at]
		}
		in.Answers[id] = cell
	case playbook.Text, playbook.Number, playbook.Date, playbook.YesNo, playbook.URL:
		in.Answers[id] = exchange.Plainly(f.Type, cell, monthFirst)
	}
}

// person finds somebody of the team by ID, address, or a name that only one has.
func (v *BatchView) person(cell string) (string, *fault.Fault) {
	var found []string
	for _, m := range v.People {
		switch {
		case m.ID == cell, strings.EqualFold(m.Email, cell):
			return m.ID, nil
		case exchange.Alike(m.Name, cell):
			found = append(found, m.ID)
		}
	}
	switch len(found) {
	case 0:
		return "", fault.New(fault.Invalid, fault.NobodyOfName, shorten(cell, 60))
	case 1:
		return found[0], nil
	}
	return "", fault.New(fault.Invalid, fault.TwoOfThatName, shorten(cell, 60))
}
