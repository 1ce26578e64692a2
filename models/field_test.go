package models_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/find"
	"relevo/models/flow"
	"relevo/tests/replay"
)

// field adds a field to a board and returns it; options are those of a choice.
func (h *house) field(b models.Board, name string, kind custom.Kind, in models.FieldInput, options ...string) models.Field {
	h.t.Helper()
	in.Name, in.Kind = name, kind
	for _, o := range options {
		in.Options = append(in.Options, models.OptionInput{Name: o})
	}
	require.NoError(h.t, h.AddField(h.t.Context(), ana, b.ID, in))
	all := h.fields(b)
	return all[len(all)-1].Field
}

func (h *house) fields(b models.Board) []models.FieldUse {
	h.t.Helper()
	v, err := h.Fields(h.t.Context(), ana, b.ID)
	require.NoError(h.t, err)
	return v.Fields
}

// fill puts values into fields of a task, by the fields' IDs.
func (h *house) fill(who models.Actor, task string, typed ...string) error {
	values := map[string]string{}
	for i := 0; i+1 < len(typed); i += 2 {
		values[typed[i]] = typed[i+1]
	}
	return h.EditTask(h.t.Context(), who, task, h.task(task).Task.Version, models.TaskInput{Fields: values})
}

// held is what a task holds in a field.
func (h *house) held(task, field string) models.FieldValue {
	h.t.Helper()
	for _, v := range h.task(task).Fields {
		if v.ID == field {
			return v
		}
	}
	h.t.Fatalf("no field %s", field)
	return models.FieldValue{}
}

func TestATaskHoldsValuesInTheFieldsOfItsBoard(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{OnCard: true, Help: "In euros"})
	level := h.field(b, "Level", custom.Choice, models.FieldInput{OnCard: true}, "Low", "High")
	clerk := h.field(b, "Clerk", custom.Person, models.FieldInput{})
	paid := h.field(b, "Paid", custom.YesNo, models.FieldInput{})
	link := h.field(b, "Papers", custom.URL, models.FieldInput{})
	high := level.Options[1].ID

	require.NoError(t, h.fill(ben, task, cost.ID, " 012.50 ", level.ID, high, clerk.ID, "vic", paid.ID, "no", link.ID, "example.org/x"))
	require.Equal(t, "12.5", h.held(task, cost.ID).Value)
	require.Equal(t, "High", h.held(task, level.ID).Text)
	require.Equal(t, "vic", h.held(task, clerk.ID).Text)
	require.Equal(t, "https://example.org/x", h.held(task, link.ID).Value)
	v, err := h.Board(ctx, vic, b.ID)
	require.NoError(t, err)
	card := v.Lanes[1].Cards[0]
	require.Len(t, card.Fields, 2, "only what cards show")
	require.Equal(t, []string{"Cost", "12.5", "Level", "High"}, []string{card.Fields[0].Name, card.Fields[0].Value, card.Fields[1].Name, card.Fields[1].Text})

	f := h.refused(h.fill(ben, task, cost.ID, "many", level.ID, "x", clerk.ID, "eve", paid.ID, "perhaps", link.ID, "javascript:alert(1)"), fault.NotANumber)
	require.Equal(t, custom.Key(cost.ID), f.Field)
	for id, code := range map[string]fault.Code{level.ID: fault.NotAChoice, clerk.ID: fault.NotInTeam, paid.ID: fault.NotAChoice, link.ID: fault.NotAWebAddress} {
		require.NotNil(t, f.For(custom.Key(id)), "all at once")
		require.Equal(t, code, f.For(custom.Key(id)).Code)
	}
	h.refused(h.fill(ben, task, models.NewID(), "x"), fault.FieldGone)

	// Two people at different fields do not get into each other's way; at the same one they do.
	seen := h.task(task).Task.Version
	require.NoError(t, h.EditTask(ctx, ben, task, seen, models.TaskInput{Fields: map[string]string{cost.ID: "13"}}))
	require.NoError(t, h.EditTask(ctx, ana, task, seen, models.TaskInput{Fields: map[string]string{paid.ID: "yes"}}))
	f = h.refused(h.EditTask(ctx, ana, task, seen, models.TaskInput{Fields: map[string]string{cost.ID: "14"}}), fault.Changed)
	require.Equal(t, []fault.Change{{Who: "Ben", Field: custom.Logged(cost.ID, custom.Number, "Cost"), From: "12.5", To: "13", Seq: seen + 1}}, f.Changes)
	require.NoError(t, h.fill(ana, task, level.ID, ""))
	require.Empty(t, h.held(task, level.ID).Value)
	replay.Check(t, h.db)
}

func TestDoneNeedsWhatTheBoardRequiresAndKeepsIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{Required: true})
	clerk := h.field(b, "Clerk", custom.Person, models.FieldInput{Required: true})
	note := h.field(b, "Note", custom.Text, models.FieldInput{})
	require.NoError(t, h.AddItems(ctx, ben, task, []string{"Copy the passport"}, true))
	require.NoError(t, h.BlockTask(ctx, ben, task, h.task(task).Task.Version, "no paper"))
	codes := func(f *fault.Fault) (codes []fault.Code) {
		for _, also := range f.Also {
			codes = append(codes, also.Code)
		}
		return codes
	}
	all := []fault.Code{fault.IsBlocked, fault.ItemOpen, fault.FieldEmpty, fault.FieldEmpty}
	require.Len(t, h.task(task).Missing, 4, "the panel says it before one tries")
	done := models.Place{Column: h.column(b, flow.Done)}
	require.Equal(t, all, codes(h.refused(h.CompleteTask(ctx, ben, task, h.task(task).Task.Version), fault.IncompleteTask)))
	require.Equal(t, all, codes(h.refused(h.MoveTask(ctx, ben, task, h.task(task).Task.Version, done), fault.IncompleteTask)))
	require.NoError(t, h.UnblockTask(ctx, ben, task, h.task(task).Task.Version))
	require.NoError(t, h.TickItem(ctx, ben, task, h.task(task).Items[0].ID))
	require.NoError(t, h.fill(ben, task, cost.ID, "0"))
	f := h.refused(h.CompleteTask(ctx, ben, task, h.task(task).Task.Version), fault.FieldEmpty)
	require.Equal(t, []any{"Clerk"}, f.Args)
	require.NoError(t, h.fill(ben, task, clerk.ID, "ben", note.ID, "all well"))
	h.now = h.now.Add(time.Minute)
	seq := h.did(h.CompleteTask(ctx, asking(ana), task, h.task(task).Task.Version))

	require.Equal(t, custom.Key(cost.ID), h.refused(h.fill(ben, task, cost.ID, ""), fault.StaysFilled).Field)
	require.NoError(t, h.fill(ben, task, cost.ID, "5", note.ID, ""), "it may change, and what is not required may go")

	// What was completed is not completed again by an undo without what it needs.
	undone := h.undo(seq)
	require.NoError(t, h.fill(ben, task, cost.ID, ""))
	h.now = h.now.Add(time.Minute)
	_, err := h.Undo(ctx, asking(ana), h.team, undone.Entry.Seq)
	h.refused(err, fault.FieldEmpty)
	require.NoError(t, h.fill(ben, task, cost.ID, "6"))
	h.now = h.now.Add(time.Minute)
	filled := h.did(h.fill(asking(ben), task, cost.ID, "7"))
	require.NoError(t, h.CompleteTask(ctx, ben, task, h.task(task).Task.Version))
	_, err = h.Undo(ctx, asking(ana), h.team, filled)
	require.NoError(t, err, "another value is a value")
	require.Equal(t, "6", h.held(task, cost.ID).Value)
	replay.Check(t, h.db)
}

func TestTheUndoingOfAValueCannotEmptyWhatADoneTaskNeeds(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{Required: true})
	h.now = h.now.Add(time.Minute)
	filled := h.did(h.fill(asking(ben), task, cost.ID, "7"))
	require.NoError(t, h.CompleteTask(ctx, ben, task, h.task(task).Task.Version))
	_, err := h.Undo(ctx, asking(ben), h.team, filled)
	h.refused(err, fault.StaysFilled)
	require.NoError(t, h.ReopenTask(ctx, ben, task, h.task(task).Task.Version))
	_, err = h.Undo(ctx, asking(ben), h.team, filled)
	require.NoError(t, err)
	require.Empty(t, h.held(task, cost.ID).Value)
	replay.Check(t, h.db)
}

func TestAFieldIsEditedMovedAndRemovedWithWhatTasksHeld(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign contract", "Order laptop", "In the bin")
	level := h.field(b, "Level", custom.Choice, models.FieldInput{}, "Low", "High")
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	low, high := level.Options[0], level.Options[1]
	for i, o := range []models.FieldOption{low, high, high} {
		require.NoError(t, h.fill(ben, tasks[i].ID, level.ID, o.ID, cost.ID, fmt.Sprint(i)))
	}
	require.NoError(t, h.DeleteTask(ctx, ben, tasks[2].ID, h.task(tasks[2].ID).Task.Version))
	use := h.fields(b)[0]
	require.Equal(t, 3, use.Tasks)
	require.Equal(t, map[string]int{low.ID: 1, high.ID: 2}, use.Holding)

	// An option keeps what it is when it is renamed; one that tasks hold goes only on purpose.
	in := models.FieldInput{Name: "Risk", Help: "How bad", Required: true, OnCard: true, Options: []models.OptionInput{{Name: "Middling"}, {ID: low.ID, Name: "None"}}}
	f := h.refused(h.EditField(ctx, ana, b.ID, level.ID, in), fault.OptionHeld)
	require.Equal(t, []any{"High", 2}, f.Args)
	in.Lose = true
	require.NoError(t, h.EditField(ctx, ana, b.ID, level.ID, in))
	require.Equal(t, "None", h.held(tasks[0].ID, level.ID).Text)
	require.Empty(t, h.held(tasks[1].ID, level.ID).Value)
	history, err := h.History(ctx, vic, tasks[1].ID, 0)
	require.NoError(t, err)
	require.Equal(t, string(models.TaskValuesDropped), history.Lines[0].Action)
	require.Equal(t, string(models.FieldEdited), history.Lines[0].Because.Action)
	require.Equal(t, "High", history.Lines[0].Changes[0].FromText)
	seen := history.Lines[0].Seq - 1
	h.refused(h.EditTask(ctx, ben, tasks[1].ID, seen, models.TaskInput{Fields: map[string]string{level.ID: low.ID}}), fault.Changed)

	require.NoError(t, h.MoveField(ctx, ana, b.ID, cost.ID, level.ID))
	require.Equal(t, "Cost", h.fields(b)[0].Name)
	length := h.length()
	require.NoError(t, h.MoveField(ctx, ana, b.ID, cost.ID, level.ID))
	require.Equal(t, length, h.length(), "it is there already")
	require.NoError(t, h.MoveField(ctx, ana, b.ID, cost.ID, ""))

	require.NoError(t, h.RemoveField(ctx, ana, b.ID, cost.ID))
	require.Len(t, h.task(tasks[0].ID).Fields, 1)
	h.refused(h.RemoveField(ctx, ana, b.ID, cost.ID), fault.NotFound)
	h.refused(h.fill(ben, tasks[0].ID, cost.ID, "1"), fault.FieldGone)
	require.NoError(t, h.RecallTask(ctx, ben, tasks[2].ID))
	replay.Check(t, h.db)
}

func TestWhatIsSaidOfAFieldIsChecked(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	h.field(b, "Cost", custom.Number, models.FieldInput{})
	options := func(n int) (all []models.OptionInput) {
		for i := range n {
			all = append(all, models.OptionInput{Name: fmt.Sprint("Option ", i)})
		}
		return all
	}
	for _, c := range []struct {
		in    models.FieldInput
		field string
		code  fault.Code
	}{
		{models.FieldInput{Kind: custom.Text}, "name", fault.Needed},
		{models.FieldInput{Name: " cost ", Kind: custom.Text}, "name", fault.FieldTaken},
		{models.FieldInput{Name: strings.Repeat("ñ", 61), Kind: custom.Text}, "name", fault.TooLong},
		{models.FieldInput{Name: "A", Kind: "colour"}, "kind", fault.NotAChoice},
		{models.FieldInput{Name: "A", Kind: custom.Text, Help: strings.Repeat("x", 201)}, "help", fault.TooLong},
		{models.FieldInput{Name: "A", Kind: custom.Choice}, "options", fault.Needed},
		{models.FieldInput{Name: "A", Kind: custom.Choice, Options: options(101)}, "options", fault.TooManyOptions},
		{models.FieldInput{Name: "A", Kind: custom.Choice, Options: []models.OptionInput{{Name: "x"}, {Name: "X"}}}, "options", fault.OptionTwice},
		{models.FieldInput{Name: "A", Kind: custom.Choice, Options: []models.OptionInput{{ID: "x", Name: "x"}}}, "options", fault.NotAChoice},
	} {
		f := h.refused(h.AddField(ctx, ana, b.ID, c.in), c.code)
		require.Equal(t, c.field, f.Field)
	}
	require.NoError(t, h.AddField(ctx, ana, b.ID, models.FieldInput{Name: "Most", Kind: custom.Choice, Options: options(100)}))
	for i := range custom.MaxFields - 2 {
		h.field(b, fmt.Sprint("Field ", i), custom.Kinds[i%3], models.FieldInput{})
	}
	h.refused(h.AddField(ctx, ana, b.ID, models.FieldInput{Name: "One more", Kind: custom.Text}), fault.TooManyFields)
	replay.Check(t, h.db)
}

func TestValuesComeAlongToWhereTheyHaveAPlace(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	level := h.field(b, "Level", custom.Choice, models.FieldInput{}, "Low", "High")
	kind := h.field(b, "Kind", custom.Text, models.FieldInput{})
	clerk := h.field(b, "Clerk", custom.Person, models.FieldInput{})
	cost2 := h.field(other, "COST", custom.Number, models.FieldInput{})
	level2 := h.field(other, "level", custom.Choice, models.FieldInput{}, "high", "Higher")
	h.field(other, "Kind", custom.Date, models.FieldInput{})
	clerk2 := h.field(other, "Clerk", custom.Person, models.FieldInput{})
	require.NoError(t, h.fill(ben, task, cost.ID, "12", level.ID, level.Options[1].ID, kind.ID, "of paper", clerk.ID, "vic"))
	v, err := h.Bringing(ctx, ben, task)
	require.NoError(t, err)
	require.Equal(t, []string{"Kind"}, v.Boards[1].LostFields)

	again, err := h.CopyTask(ctx, ben, task, models.CopyInput{})
	require.NoError(t, err)
	require.Equal(t, "of paper", h.held(again, kind.ID).Value)
	there, err := h.CopyTask(ctx, ben, task, models.CopyInput{Board: other.ID})
	require.NoError(t, err)
	require.Equal(t, []string{"12", "high", "vic"}, []string{h.held(there, cost2.ID).Value, h.held(there, level2.ID).Text, h.held(there, clerk2.ID).Value})

	before := h.visible(t, b.ID)
	h.now = h.now.Add(time.Minute)
	seq := h.did(h.TransferTask(ctx, asking(ben), task, h.task(task).Task.Version, other.ID))
	require.Equal(t, []string{"12", "high", "vic"}, []string{h.held(task, cost2.ID).Value, h.held(task, level2.ID).Text, h.held(task, clerk2.ID).Value})
	replay.Check(t, h.db)
	h.undo(seq)
	require.Equal(t, before, h.visible(t, b.ID))
	require.Equal(t, "of paper", h.held(task, kind.ID).Value)
	replay.Check(t, h.db)
}

func TestAnUndoOfAValueHeedsWhatHasBecomeOfIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	level := h.field(b, "Level", custom.Choice, models.FieldInput{}, "Low", "High")
	require.NoError(t, h.fill(ben, task, cost.ID, "1", level.ID, level.Options[0].ID))
	h.now = h.now.Add(time.Minute)
	seq := h.did(h.fill(asking(ben), task, cost.ID, "2"))
	require.NoError(t, h.EditField(ctx, ana, b.ID, cost.ID, models.FieldInput{Name: "Price"}))
	done := h.undo(seq)
	require.Equal(t, "1", h.held(task, cost.ID).Value, "what it is called now does not matter")
	h.undo(done.Entry.Seq)
	require.Equal(t, "2", h.held(task, cost.ID).Value)

	h.now = h.now.Add(time.Minute)
	seq = h.did(h.fill(asking(ben), task, cost.ID, "3"))
	require.NoError(t, h.fill(ana, task, cost.ID, "4"))
	_, err := h.Undo(ctx, asking(ben), h.team, seq)
	f := h.refused(err, fault.MovedOn)
	require.Equal(t, "4", f.Changes[0].To)

	h.now = h.now.Add(time.Minute)
	seq = h.did(h.fill(asking(ben), task, level.ID, level.Options[1].ID))
	in := models.FieldInput{Name: "Level", Options: []models.OptionInput{{ID: level.Options[1].ID, Name: "High"}}}
	require.NoError(t, h.EditField(ctx, ana, b.ID, level.ID, in))
	_, err = h.Undo(ctx, asking(ben), h.team, seq)
	h.refused(err, fault.NotUndoable)
	replay.Check(t, h.db)
}

func TestAPurgedTaskTakesItsValuesAlong(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	require.NoError(t, h.fill(ben, task, cost.ID, "1"))
	require.NoError(t, h.DeleteTask(ctx, ben, task, h.task(task).Task.Version))
	h.now = h.now.Add(models.BinTime + time.Hour)
	require.NoError(t, h.EmptyBins(ctx))
	require.Zero(t, h.fields(b)[0].Tasks)
	replay.Check(t, h.db)
}

func TestAFilterLooksIntoCustomFields(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "One", "Two", "Three", "Plain")
	note := h.field(b, "Note", custom.Text, models.FieldInput{})
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	when := h.field(b, "When", custom.Date, models.FieldInput{})
	level := h.field(b, "Level", custom.Choice, models.FieldInput{}, "Low", "High")
	clerk := h.field(b, "Clerk", custom.Person, models.FieldInput{})
	require.NoError(t, h.fill(ben, tasks[0].ID, note.ID, "Una lámpara al 50%", cost.ID, "9", when.ID, "2026-03-01", level.ID, level.Options[0].ID, clerk.ID, "ana"))
	require.NoError(t, h.fill(ben, tasks[1].ID, note.ID, "none of it", cost.ID, "10.50", when.ID, "2026-03-31", level.ID, level.Options[1].ID))
	require.NoError(t, h.fill(ben, tasks[2].ID, cost.ID, "100", clerk.ID, "ben"))
	for _, c := range []struct {
		asked []string
		want  []string
	}{
		{[]string{note.ID, "LAMPARA"}, []string{"One"}},
		{[]string{note.ID, "mpara al"}, []string{"One"}},
		{[]string{note.ID, "50%"}, []string{"One"}},
		{[]string{note.ID, "5_%"}, nil},
		{[]string{note.ID, "none"}, []string{"Two"}},
		{[]string{cost.ID, "10.5"}, []string{"Two"}},
		{[]string{cost.ID + ".from", "9", cost.ID + ".to", "10.5"}, []string{"One", "Two"}},
		{[]string{cost.ID + ".from", "11"}, []string{"Three"}},
		{[]string{cost.ID + ".from", "many"}, nil},
		{[]string{when.ID, "2026-03-31"}, []string{"Two"}},
		{[]string{when.ID + ".to", "2026-03-30"}, []string{"One"}},
		{[]string{level.ID, level.Options[1].ID}, []string{"Two"}},
		{[]string{level.ID, "none"}, []string{"Three", "Plain"}},
		{[]string{clerk.ID, "me"}, []string{"One"}},
		{[]string{clerk.ID, "ben"}, []string{"Three"}},
		{[]string{clerk.ID, "ben", cost.ID, "1"}, nil},
		{[]string{models.NewID(), "x"}, []string{"One", "Two", "Three", "Plain"}},
	} {
		asked := url.Values{}
		for i := 0; i < len(c.asked); i += 2 {
			asked.Set(custom.Key(c.asked[i]), c.asked[i+1])
		}
		f, ignored := models.ParseBoardFilter(asked)
		require.Empty(t, ignored)
		v, err := h.FilteredBoard(ctx, ana, b.ID, f)
		require.NoError(t, err)
		require.Equal(t, c.want, titles(v), "%v", c.asked)
		news, err := h.BoardChanges(ctx, ana, b.ID, v.Seq-1, models.Look{Filter: f})
		require.NoError(t, err)
		require.Equal(t, slices.Contains(c.want, "Three"), len(news.Cards) == 1, "%v", c.asked)
		require.Equal(t, slices.Contains(c.want, "Three"), len(news.Gone) == 0, "%v", c.asked)
	}
}

func TestTextsInFieldsAreFoundWhereverTheTaskGoes(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	task := h.add(b, "Sign contract")[0].ID
	note := h.field(b, "Note", custom.Text, models.FieldInput{})
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	h.field(other, "Note", custom.Text, models.FieldInput{})
	require.NoError(t, h.fill(ben, task, note.ID, "With a lámpara", cost.ID, "4711"))
	search := func(text string) []models.Found {
		v, err := h.Search(ctx, vic, find.Parse(text), 0)
		require.NoError(t, err)
		if v.Similar {
			return nil
		}
		return v.Tasks
	}
	found := search("lampara")
	require.Len(t, found, 1)
	require.Equal(t, "field", found[0].In)
	require.Empty(t, search("4711"), "only texts are searched")
	require.NoError(t, h.TransferTask(ctx, ben, task, h.task(task).Task.Version, other.ID))
	require.Len(t, search("lampara board:"+other.Key), 1)
	require.Empty(t, search("lampara board:"+b.Key))
	require.NoError(t, h.fill(ben, task, h.task(task).Fields[0].ID, ""))
	require.Empty(t, search("lampara"))
}
