package models

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/past"
	"relevo/models/plan"
)

// PastQuery names a moment: that of an entry of the log, with all that was changed
// together with it, or else a time. Neither is now.
type PastQuery struct {
	Entry int64
	At    string // a day, a minute or a second, in the actor's zone; it is when that was over
}

// PastView is a board, or a run on it, as it was at a moment, as the log tells it.
// Whoever may see the board may see it: they see the history of each of its tasks, and
// its bin, too.
type PastView struct {
	Team  MyTeam
	Board Board // as it was called then
	Run   Run   // of a run; its name and state then
	Query PastQuery

	Moment time.Time // what was asked for; zero: now
	Seq    int64     // it is as of this entry of the log
	At     time.Time // when what was shown last changed; zero: it was not there yet
	Change *LogLine  // that change, the first entry of it
	Before int64     // an entry as of which it was before that; 0: it was not there
	After  int64     // an entry as of which it was after that; 0: it is so still

	Lanes               []Lane // of a board
	Cancelled, Archived int
	Steps               []Card // of a run: its tasks, in the order of their numbers

	state *past.State
	cards map[string]Card
}

// ofWhat picks the entries that a past steps through.
type ofWhat struct {
	where string
	args  []any
}

// PastBoard shows a board as it was at a moment. It returns the Invalid fault of a time
// that cannot be understood together with how the board is now.
func (s *Store) PastBoard(ctx context.Context, who Actor, board string, q PastQuery) (v PastView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Board, v.Team, err = seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		wrong, err = v.read(db, who, q, ofWhat{"board_id = ?", []any{board}})
		if err != nil {
			return err
		}
		v.fillBoard()
		return nil
	})
	return v, cmp.Or(err, wrong)
}

// PastRun is PastBoard for a run.
func (s *Store) PastRun(ctx context.Context, who Actor, run string, q PastQuery) (v PastView, err error) {
	var wrong error
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var of ofWhat
		if v.Run, v.Board, v.Team, of, err = seeRun(db, who, run); err != nil {
			return err
		}
		wrong, err = v.read(db, who, q, of)
		if err != nil {
			return err
		}
		v.fillRun()
		return nil
	})
	return v, cmp.Or(err, wrong)
}

// seeRun reads a run for who may see it, with its board and what picks its entries.
func seeRun(db *gorm.DB, who Actor, run string) (r Run, b Board, team MyTeam, of ofWhat, err error) {
	if team, err = sees(db, who, ofRun(run), access.SeeBoard); err != nil {
		return r, b, team, of, err
	}
	if err = db.Take(&r, "id = ?", run).Error; err != nil {
		return r, b, team, of, orMissing(err)
	}
	if err = db.Take(&b, "id = ?", r.BoardID).Error; err != nil {
		return r, b, team, of, orMissing(err)
	}
	itself, err := speakOf(db, team.ID, []string{run}, "run.")
	return r, b, team, ofWhat{"(task_id IN (SELECT id FROM tasks WHERE run_id = ?) OR seq IN ?)", []any{run, append(itself, 0)}}, err
}

// PastTask is a task of a board as it was at a moment.
type PastTask struct {
	PastView
	Card     Card
	Items    []Item
	Held     []FieldValue // what it held in custom fields
	WaitsFor []TaskRef    // all its prerequisites
	HoldsUp  []TaskRef
	Comments int
	Today    TaskRef // what it is now; without ID: it is gone for good
}

// PastTask shows a task of a board as it was at a moment; one that was not on it then
// is Missing.
func (s *Store) PastTask(ctx context.Context, who Actor, board, task string, q PastQuery) (v PastTask, err error) {
	if v.PastView, err = s.PastBoard(ctx, who, board, q); err != nil {
		return v, err
	}
	card, there := v.cards[task]
	if !there || card.BoardID != board {
		return v, fault.New(fault.Missing, fault.NotFound)
	}
	v.Card = card
	v.detail()
	var found []Task
	if err := s.parts.Read.WithContext(ctx).Find(&found, "id = ? AND deleted_at IS NULL", task).Error; err != nil {
		return v, fmt.Errorf("read task of today: %w", err)
	}
	for _, t := range found {
		v.Today = TaskRef{ID: t.ID, Title: t.Title, State: t.State}
	}
	return v, nil
}

// read finds the moment and rebuilds what there was then. A time that cannot be
// understood is wrong, and the moment is now.
func (v *PastView) read(db *gorm.DB, who Actor, q PastQuery, of ofWhat) (wrong, err error) {
	v.Query = q
	_, end, f := readTime("at", q.At, Zone(who.Zone))
	switch {
	case f != nil:
		wrong = f
	case !end.IsZero() && q.Entry == 0:
		v.Moment = end.Add(-time.Second) // its last one
	}
	if v.Seq, err = upto(db, v.Team, q.Entry, end); err != nil {
		return nil, err
	}
	if err := v.step(db, of); err != nil {
		return nil, err
	}
	if v.state, err = pastOf(db, v.Team.ID, v.Board.ID, v.Seq); err != nil {
		return nil, err
	}
	var others []Board
	if err := db.Select("id", "key").Find(&others, "team_id = ?", v.Team.ID).Error; err != nil {
		return nil, fmt.Errorf("boards of the past: %w", err)
	}
	v.dress(others)
	return wrong, nil
}

// upto is the last entry of a moment: of all that was changed together with an entry,
// or of what was before a time; without either the last one of all.
func upto(db *gorm.DB, team MyTeam, entry int64, end time.Time) (int64, error) {
	switch {
	case entry > team.Seq:
		return team.Seq, nil
	case entry > 0:
		var at time.Time
		if err := db.Raw("SELECT at FROM entries WHERE log_id = ? AND seq = ?", team.ID, entry).Row().Scan(&at); err != nil {
			return 0, orMissing(err)
		}
		end = at.Add(time.Microsecond) // what is changed together is written at one moment
	case end.IsZero():
		return team.Seq, nil
	}
	first, err := firstFrom(db, team.ID, end)
	return first - 1, err
}

// step finds the last change up to the moment, and the moments before and after it.
func (v *PastView) step(db *gorm.DB, of ofWhat) error {
	near := func(what, condition string, seq int64) (found sql.NullInt64, err error) {
		args := append([]any{v.Team.ID}, of.args...)
		err = db.Raw("SELECT "+what+"(seq) FROM entries WHERE log_id = ? AND "+of.where+" AND seq "+condition+" ?", append(args, seq)...).Row().Scan(&found)
		return found, err
	}
	after, err := near("MIN", ">", v.Seq)
	if err != nil {
		return fmt.Errorf("find the next change: %w", err)
	}
	last, err := near("MAX", "<=", v.Seq)
	if err != nil {
		return fmt.Errorf("find the last change: %w", err)
	}
	v.After = after.Int64
	if !last.Valid {
		return nil
	}
	if err := db.Raw("SELECT at FROM entries WHERE log_id = ? AND seq = ?", v.Team.ID, last.Int64).Row().Scan(&v.At); err != nil {
		return err
	}
	if v.Query.Entry > 0 {
		v.Moment = v.At
	}
	first, err := firstFrom(db, v.Team.ID, v.At)
	if err != nil {
		return err
	}
	before, err := near("MAX", "<", first)
	if err != nil {
		return err
	}
	begun, err := near("MIN", ">=", first)
	if err != nil {
		return err
	}
	v.Before = before.Int64
	lines, err := logLines(db, v.Team.ID, []int64{begun.Int64})
	for i := range lines {
		v.Change = &lines[i]
	}
	return err
}

// pastOf rebuilds what there was on a board up to an entry: of its own entries, and of
// all those of tasks that went from it to another board or came to it from one.
func pastOf(db *gorm.DB, log, board string, upto int64) (*past.State, error) {
	moved := map[string]bool{}
	err := eachEntry(db, func(e ledger.Entry) {
		for _, c := range e.Changes {
			if c.Field == "board" && (c.From == board || c.To == board) {
				moved[strings.Clone(e.Task.ID)] = true
			}
		}
	}, "log_id = ? AND action = ? AND seq <= ?", log, TaskTransferred, upto)
	if err != nil {
		return nil, err
	}
	state := past.New()
	err = eachEntry(db, func(e ledger.Entry) {
		if !moved[e.Task.ID] {
			state.Add(e)
		}
	}, "log_id = ? AND board_id = ? AND seq <= ?", log, board, upto)
	if err != nil {
		return nil, err
	}
	tasks := make([]string, 0, len(moved))
	for id := range moved {
		tasks = append(tasks, id)
	}
	slices.Sort(tasks)
	for part := range slices.Chunk(tasks, chunk) {
		if err := eachEntry(db, state.Add, "log_id = ? AND task_id IN ? AND seq <= ?", log, part, upto); err != nil {
			return nil, err
		}
	}
	return state, nil
}

// eachEntry reads entries in order, one at a time.
func eachEntry(db *gorm.DB, read func(ledger.Entry), where string, args ...any) error {
	rows, err := db.Raw("SELECT data FROM entries WHERE "+where+" ORDER BY seq", args...).Rows()
	if err != nil {
		return fmt.Errorf("read entries of the past: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var data sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&data); err != nil {
			return err
		}
		e, err := ledger.Parse(data)
		if err != nil {
			return err
		}
		read(e)
	}
	return rows.Err()
}

// dress makes cards of the tasks, as they were. Other boards, to which tasks of it had
// gone, are called as they are today.
func (v *PastView) dress(others []Board) {
	keys := map[string]string{}
	for _, b := range others {
		keys[b.ID] = b.Key
	}
	if b := v.state.Boards[v.Board.ID]; b != nil {
		v.Board.Name, v.Board.Key = b.Get("name"), b.Get("key")
		keys[v.Board.ID] = v.Board.Key
	}
	v.cards = map[string]Card{}
	for id, t := range v.state.Tasks {
		task := Task{ID: id, TeamID: v.Team.ID, RunID: t.Get("run"), Step: t.Get("step")}
		for field, value := range t.Fields {
			if set, err := task.setField(field, value); err == nil { // what is no part of a row is read elsewhere
				task = set
			}
		}
		v.cards[id] = Card{Task: task, Key: Key(keys[task.BoardID], task.Number), Owners: ownersThen(t), Labels: v.labelsThen(t)}
	}
	for _, i := range v.state.Items {
		c, there := v.cards[i.Get("task")]
		if !there {
			continue
		}
		c.Items++
		if i.Get("ticked_at") != "" {
			c.ItemsDone++
		}
		v.cards[c.ID] = c
	}
	for edge := range v.state.Dependencies {
		_, dependent, _ := strings.Cut(edge, past.Edge("", ""))
		if c, there := v.cards[dependent]; there && c.State == flow.Waiting {
			if ref, open := v.prerequisite(edge); open {
				c.WaitsFor, c.WaitsN = append(c.WaitsFor, ref), c.WaitsN+1
				v.cards[dependent] = c
			}
		}
	}
	for id, c := range v.cards {
		slices.SortFunc(c.WaitsFor, byKey)
		c.WaitsFor = c.WaitsFor[:min(len(c.WaitsFor), linksShown)]
		v.cards[id] = c
	}
}

func byKey(a, b TaskRef) int { return cmp.Or(len(a.Key)-len(b.Key), strings.Compare(a.Key, b.Key)) }

// prerequisite is what comes before in a dependency, and whether it was open. Of a task
// that never was on the board only its name then is known.
func (v *PastView) prerequisite(edge string) (TaskRef, bool) {
	id, _, _ := strings.Cut(edge, past.Edge("", ""))
	if c, there := v.cards[id]; there {
		return TaskRef{ID: id, Key: c.Key, Title: c.Title, State: c.State, BoardID: c.BoardID}, c.State.Open() && c.DeletedAt == nil && c.ArchivedAt == nil
	}
	ref := TaskRef{ID: id}
	ref.Key, ref.Title, _ = strings.Cut(v.state.Dependencies[edge].Texts["prerequisite"], " ")
	return ref, true
}

// ownersThen are a task's owners, by the names that they had when they became it.
func ownersThen(t *past.Thing) (all []Person) {
	ids, text := strings.Fields(t.Get("owners")), t.Texts["owners"]
	names := strings.Split(text, ", ")
	if len(names) != len(ids) && len(ids) > 0 {
		return []Person{{ID: ids[0], Name: text}} // a name has a comma in it
	}
	for i, id := range ids {
		all = append(all, Person{ID: id, Name: names[i]})
	}
	return all
}

func (v *PastView) labelsThen(t *past.Thing) (all []Label) {
	for _, id := range strings.Fields(t.Get("labels")) {
		if l := v.state.Labels[id]; l != nil {
			all = append(all, Label{ID: id, Name: l.Get("name"), Colour: l.Get("colour"), Icon: l.Get("icon")})
		}
	}
	slices.SortFunc(all, func(a, b Label) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// drawn reports whether a task was to be seen on its board.
func (c Card) drawn(board string) bool {
	return c.BoardID == board && c.DeletedAt == nil && c.ArchivedAt == nil
}

// fillBoard puts the cards into the columns that there were.
func (v *PastView) fillBoard() {
	at := map[string]int{}
	for id, c := range v.state.Columns {
		if c.Get("board") != v.Board.ID {
			continue
		}
		column := Column{ID: id, BoardID: v.Board.ID, Name: c.Get("name"), State: flow.State(c.Get("state")), Position: c.Get("position"), WIPHard: c.Get("wip_hard") != ""}
		column.WIPLimit, _ = strconv.Atoi(c.Get("wip_limit")) // empty: none
		v.Lanes = append(v.Lanes, Lane{Column: column})
	}
	slices.SortFunc(v.Lanes, func(a, b Lane) int {
		return cmp.Or(strings.Compare(a.Position, b.Position), strings.Compare(a.ID, b.ID))
	})
	for i, l := range v.Lanes {
		at[l.ID] = i
	}
	for _, c := range v.cards {
		switch i, there := at[c.ColumnID]; {
		case c.BoardID != v.Board.ID || c.DeletedAt != nil:
		case c.ArchivedAt != nil:
			v.Archived++
		case !there:
			v.Cancelled++
		default:
			l := &v.Lanes[i]
			l.Cards, l.Count, l.Matches, l.Work = append(l.Cards, c), l.Count+1, l.Matches+1, l.Work+c.Estimate
		}
	}
	for _, l := range v.Lanes {
		slices.SortFunc(l.Cards, func(a, b Card) int {
			return cmp.Or(strings.Compare(a.Position, b.Position), strings.Compare(a.ID, b.ID))
		})
	}
}

// fillRun lists the tasks that the run had.
func (v *PastView) fillRun() {
	if r := v.state.Runs[v.Run.ID]; r != nil {
		v.Run.Name, v.Run.State = r.Get("name"), RunState(r.Get("run_state"))
	}
	for _, c := range v.cards {
		if c.RunID == v.Run.ID && c.DeletedAt == nil {
			v.Steps = append(v.Steps, c)
		}
	}
	slices.SortFunc(v.Steps, func(a, b Card) int { return cmp.Or(cmp.Compare(a.Number, b.Number), strings.Compare(a.ID, b.ID)) })
}

// There reports whether the board, or the run, was there at all.
func (v PastView) There() bool { return !v.At.IsZero() }

// detail reads what only a task's own page shows.
func (v *PastTask) detail() {
	id := v.Card.ID
	for i, it := range v.state.Items {
		if it.Get("task") == id {
			ticked, _ := time.Parse(time.RFC3339Nano, it.Get("ticked_at"))
			item := Item{ID: i, Text: it.Get("text"), Position: it.Get("position"), Due: Date(it.Get("due")), Required: it.Get("required") != "", OwnerID: it.Get("owner")}
			if !ticked.IsZero() {
				item.TickedAt = &ticked
			}
			v.Items = append(v.Items, item)
		}
	}
	slices.SortFunc(v.Items, func(a, b Item) int {
		return cmp.Or(strings.Compare(a.Position, b.Position), strings.Compare(a.ID, b.ID))
	})
	task := v.state.Tasks[id]
	for f, field := range v.state.Fields {
		key := custom.Key(f)
		if value := task.Get(key); value != "" {
			v.Held = append(v.Held, FieldValue{Field: Field{ID: f, Name: field.Get("name"), Kind: custom.Kind(field.Get("kind")), Position: field.Get("position")}, Value: value, Text: task.Texts[key]})
		}
	}
	slices.SortFunc(v.Held, func(a, b FieldValue) int { return strings.Compare(a.Position, b.Position) })
	for edge := range v.state.Dependencies {
		before, after, _ := strings.Cut(edge, past.Edge("", ""))
		switch id {
		case after:
			ref, _ := v.prerequisite(edge)
			v.WaitsFor = append(v.WaitsFor, ref)
		case before:
			if c, there := v.cards[after]; there {
				v.HoldsUp = append(v.HoldsUp, TaskRef{ID: after, Key: c.Key, Title: c.Title, State: c.State, BoardID: c.BoardID})
			}
		}
	}
	slices.SortFunc(v.WaitsFor, byKey)
	slices.SortFunc(v.HoldsUp, byKey)
	for _, c := range v.state.Comments {
		if c.Get("task") == id {
			v.Comments++
		}
	}
}

// Chart draws what waited for what: of a run all its steps, of a board the tasks that
// hung together with others, the first DiagramWindow. With a focus it is only what led
// to that task and what followed it.
func (v PastView) Chart(focus string) FlowChart {
	var c FlowChart
	at := map[string]int{}
	for _, card := range v.charted() {
		at[card.ID] = len(c.Nodes)
		c.Nodes = append(c.Nodes, FlowNode{RunStep: RunStep{Task: card.Task, Key: card.Key, Owners: card.Owners}, Any: card.Join == flow.Any, Assumed: card.Estimate == 0})
	}
	for edge, d := range v.state.Dependencies {
		before, after, _ := strings.Cut(edge, past.Edge("", ""))
		from, there := at[before]
		to, too := at[after]
		if !there || !too {
			continue
		}
		enough := flow.State(d.Get("satisfied_at"))
		is := c.Nodes[from].Task.State
		c.Links = append(c.Links, DiagramLink{From: from, To: to, Lag: lagThen(d.Get("lag")), AtReview: enough == flow.InReview,
			Satisfied: !c.Nodes[to].Task.State.Open() || !is.Open() || enough == flow.InReview && is == flow.InReview})
	}
	slices.SortFunc(c.Links, func(a, b DiagramLink) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	tasks := make([]plan.Task, len(c.Nodes))
	for i, n := range c.Nodes {
		tasks[i] = plan.Task{ID: n.ID(), Duration: estimated(n.Task.Estimate), AnyOf: n.Any, Earliest: orZero(n.Task.NotBefore)}
		if !n.Task.State.Open() {
			tasks[i].Done = cmp.Or(orZero(n.Task.DoneAt), v.At)
		}
	}
	c.plan(tasks, v.Team.calendar(), v.At)
	c.focus(focus)
	return c
}

// lagThen reads a lag as the log writes it: "2 working_days".
func lagThen(text string) flow.Lag {
	amount, unit, _ := strings.Cut(text, " ")
	n, _ := strconv.Atoi(amount) // empty: none
	return flow.Lag{Amount: n, Unit: flow.Unit(unit)}
}

// charted are the tasks that a diagram shows.
func (v PastView) charted() []Card {
	if v.Run.ID != "" {
		return v.Steps
	}
	met := map[string]bool{}
	for edge := range v.state.Dependencies {
		before, after, _ := strings.Cut(edge, past.Edge("", ""))
		if v.cards[before].drawn(v.Board.ID) && v.cards[after].drawn(v.Board.ID) {
			met[before], met[after] = true, true
		}
	}
	var all []Card
	for id := range met {
		all = append(all, v.cards[id])
	}
	slices.SortFunc(all, func(a, b Card) int { return cmp.Compare(a.Number, b.Number) })
	return all[:min(len(all), DiagramWindow)]
}
