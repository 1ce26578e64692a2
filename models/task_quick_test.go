package models_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/quick"
	"relevo/tests/replay"
)

func TestALineBecomesATaskWithAllThatItSays(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	tasks := h.add(b, "Sign", "Pay", "Ship")
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[1].ID, tasks[1].Version))
	h.now = h.now.Add(time.Hour)
	first := h.seq() + 1
	added, err := h.AddTasks(ctx, asking(ana), h.column(b, flow.Ready), []string{`Call Ben @ben !high #legal ^friday >ONB-1 >onb-2 <ONB-3 ~2h \#1`})
	require.NoError(t, err)
	v := h.task(added[0].ID)
	require.Equal(t, "Call Ben #1", v.Task.Title)
	require.Equal(t, "ben", v.Owners[0].ID)
	require.Equal(t, "Legal", v.Labels[0].Name)
	require.Equal(t, models.High, v.Task.Priority)
	require.Equal(t, models.Date("2026-03-06"), v.Task.Due)
	require.Equal(t, 120, v.Task.Estimate)
	require.Equal(t, flow.Waiting, v.Task.State, "it waits for ONB-1")
	require.Len(t, v.WaitsFor, 2)
	require.Equal(t, "ONB-3", v.HoldsUp[0].Task.Key)
	require.Equal(t, flow.Waiting, h.state(tasks[2].ID), "it waits for the new one")
	require.Equal(t, []string{"task.created", "dependency.added", "dependency.added", "dependency.added", "task.held"}, h.actions(first))
	for seq := first + 1; seq < first+4; seq++ {
		require.Equal(t, first, h.cause(seq), "one cause")
	}
	n, err := h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Equal(t, 1, n)

	// What waits only for what is done may start.
	added, err = h.AddTasks(ctx, ana, h.column(b, flow.Waiting), []string{"Go on >ONB-2"})
	require.NoError(t, err)
	require.Equal(t, flow.Ready, h.state(added[0].ID))
	// What is begun is flagged.
	added, err = h.AddTasks(ctx, ana, h.column(b, flow.InProgress), []string{"Begun >ONB-1"})
	require.NoError(t, err)
	require.True(t, h.task(added[0].ID).Task.AtRisk)
	replay.Check(t, h.db)
}

func (h *house) actions(from int64) (all []string) {
	h.t.Helper()
	require.NoError(h.t, h.db.Raw("SELECT action FROM entries WHERE log_id = ? AND seq >= ? ORDER BY seq", h.team, from).Scan(&all).Error)
	return all
}

func (h *house) cause(seq int64) (cause int64) {
	h.t.Helper()
	require.NoError(h.t, h.db.Raw("SELECT cause FROM entries WHERE log_id = ? AND seq = ?", h.team, seq).Row().Scan(&cause))
	return cause
}

func TestSeveralLinesAreOneDeedAndAllOrNothing(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	h.add(b, "Sign", "Pay")
	h.require(h.task(h.add(b, "Wrap")[0].ID).Task.ID, h.add(b, "Ship")[0].ID, models.DependencyInput{}) // ONB-3 → ONB-4
	ready := h.column(b, flow.Ready)
	h.now = h.now.Add(time.Hour)
	first := h.seq() + 1
	added, err := h.AddTasks(ctx, asking(ana), ready, []string{"One @me", "", "  Two !low", "Three >ONB-1"})
	require.NoError(t, err)
	require.Len(t, added, 3)
	require.Equal(t, []string{"tasks.changed", "task.created", "task.created", "task.created", "dependency.added"}, h.actions(first))
	for seq := first + 1; seq < first+5; seq++ {
		require.Equal(t, first, h.cause(seq), "one cause")
	}
	require.Equal(t, []int64{5, 6, 7}, []int64{added[0].Number, added[1].Number, added[2].Number})

	before, seq := h.visible(t, b.ID), h.seq()
	refuse := func(code fault.Code, lines ...string) *fault.Fault {
		t.Helper()
		_, err := h.AddTasks(ctx, ana, ready, lines)
		f := h.refused(err, code)
		require.Equal(t, "titles", f.Field)
		require.Equal(t, seq, h.seq())
		require.Equal(t, before, h.visible(t, b.ID))
		return f
	}
	f := refuse(fault.Cycle, "Fine", "Round >ONB-4 <ONB-3")
	require.Equal(t, "Round", f.Task.Title)
	require.Equal(t, []string{"ONB-3", "ONB-4", "ONB-9", "ONB-3"}, []string{f.Refs[0].Key, f.Refs[1].Key, f.Refs[2].Key, f.Refs[3].Key})
	require.Nil(t, refuse(fault.Cycle, "Round <ONB-1 >ONB-1").Task, "there is only one line")
	require.Equal(t, "@ana !high", refuse(fault.NoTitle, "Fine", "@ana !high").Task.Title)
	_ = refuse(fault.NoTitle, "@ana !high")
	_ = refuse(fault.Needed, " ", "")
	_ = refuse(fault.TooLong, strings.Repeat("x", models.MaxTitle+1)+" @ana")
	_ = refuse(fault.TooLong, "x "+strings.Repeat(">ONB-1 ", models.MaxLine))
	_ = refuse(fault.TooManyAtOnce, strings.Split(strings.Repeat("x\n", models.MaxAtOnce+1), "\n")...)
	_ = refuse(fault.TooManyLinks, strings.Split(strings.Repeat("x >ONB-1 >ONB-2 <ONB-3\n", models.MaxAtOnce/2), "\n")...)

	// As many dependents as a task may have prerequisites.
	pay := h.task(added[1].ID).Task.ID
	for i := range models.MaxPrerequisites {
		h.exec("INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, lag_amount, lag_unit, on_cancel, satisfied_at, created_at) VALUES ($1, $2, $3, 0, 'days', 'skip', 'done', $4)",
			h.add(b, "p"+strconv.Itoa(i))[0].ID, pay, h.team, h.now)
	}
	before, seq = h.visible(t, b.ID), h.seq()
	_ = refuse(fault.TooManyAtOnce, "One more <ONB-6")
}

// Names of other teams mean nothing, and a task of another board of the team does.
func TestALineNamesOnlyWhatItsWriterMaySee(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	far := h.add(other, "Elsewhere")[0]
	require.NoError(t, h.AddLabel(ctx, ana, other.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	v, err := h.ReadLines(ctx, ben, h.column(b, flow.Ready), []string{"Do >ONB2-1 >ONB2-2 @eve @ben @me #legal", "", "One", "Two", "Three"})
	require.NoError(t, err)
	require.Equal(t, 4, v.Count)
	require.Len(t, v.Lines, 3)
	require.Equal(t, "Do >ONB2-2 @eve #legal", v.Lines[0].Title)
	require.Len(t, v.Lines[0].Parts, 2, "Ben and the task of the other board")
	require.Equal(t, "Elsewhere", v.Tasks[far.ID].Title)
	_, err = h.ReadLines(ctx, eve, h.column(b, flow.Ready), []string{"x"})
	h.refused(err, fault.NotFound)
	_, err = h.ReadLines(ctx, vic, h.column(b, flow.Ready), []string{"x"})
	h.refused(err, fault.NotAllowed)

	writes := func(kind quick.Kind, typed string) (all []string) {
		offers, err := h.Offers(ctx, ben, b.ID, kind, typed)
		require.NoError(t, err)
		for _, o := range offers {
			all = append(all, o.Write)
		}
		return all
	}
	require.Equal(t, []string{"@ana", "@ben", "@vic"}, writes(quick.Owner, ""))
	require.Equal(t, []string{"@ben"}, writes(quick.Owner, "B"))
	require.Empty(t, writes(quick.Owner, "eve"))
	require.Empty(t, writes(quick.Label, ""))
	require.Equal(t, []string{">ONB2-1"}, writes(quick.Prerequisite, "elsew"))
	require.Equal(t, []string{"<ONB2-1"}, writes(quick.Dependent, "ONB2-1"))
	require.Empty(t, writes(quick.Due, "x"))
	_, err = h.Offers(ctx, vic, b.ID, quick.Owner, "")
	h.refused(err, fault.NotAllowed)
}

func TestUndoingAnAddingPutsItIntoTheBin(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Ship")
	ready := h.column(b, flow.Ready)
	unread := func() int {
		n, err := h.UnreadNotices(ctx, ben)
		require.NoError(t, err)
		return n
	}
	bin := func() int {
		v, err := h.Bin(ctx, ana, b.ID, "")
		require.NoError(t, err)
		return len(v.Tasks)
	}

	h.now = h.now.Add(time.Hour)
	who := asking(ana)
	added, err := h.AddTasks(ctx, who, ready, []string{"Call @ben >ONB-1 <ONB-2", "Write"})
	require.NoError(t, err)
	require.Equal(t, flow.Waiting, h.state(tasks[1].ID))
	require.Equal(t, 1, unread())
	deed, found, err := h.LastDeed(ctx, who, added[1].ID)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "tasks.changed", deed.Action)

	done := h.undo(deed.Seq)
	require.True(t, done.Gone)
	require.Equal(t, flow.Ready, h.state(tasks[1].ID), "nothing holds it any more")
	require.Equal(t, 2, bin())
	require.Zero(t, unread(), "there is nothing to tell of")
	_, err = h.Task(ctx, ana, added[0].ID)
	h.refused(err, fault.NotFound)

	// Redone, it is back with its links.
	redone := h.undo(done.Entry.Seq)
	require.Zero(t, bin())
	v := h.task(added[0].ID)
	require.Equal(t, flow.Waiting, v.Task.State)
	require.Equal(t, "ben", v.Owners[0].ID)
	require.Len(t, v.WaitsFor, 1)
	require.Len(t, v.HoldsUp, 1)
	require.Equal(t, flow.Waiting, h.state(tasks[1].ID))

	// Undone again, it can be brought back from the bin one by one, as what is deleted.
	h.undo(redone.Entry.Seq)
	h.now = h.now.Add(time.Second)
	require.NoError(t, h.RecallTask(ctx, asking(ana), added[0].ID))
	require.Len(t, h.task(added[0].ID).WaitsFor, 1)
	require.Equal(t, flow.Waiting, h.state(tasks[1].ID))
	require.Equal(t, 1, bin())
	replay.Check(t, h.db)
}

func TestAnAddingThatHasBeenWorkedOnIsNotUndone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	sign := h.add(b, "Sign")[0]
	ready := h.column(b, flow.Ready)
	add := func(line string) (models.Task, int64) {
		h.now = h.now.Add(time.Hour)
		seq := h.seq() + 1
		added, err := h.AddTasks(ctx, asking(ana), ready, []string{line})
		require.NoError(t, err)
		return added[0], seq
	}
	task, seq := add("Call >ONB-1")
	title := "Call Ben"
	h.now = h.now.Add(time.Second)
	edited := h.seq() + 1
	require.NoError(t, h.EditTask(ctx, asking(ben), task.ID, task.Version, models.TaskInput{Title: &title}))
	_, err := h.Undo(ctx, asking(ana), h.team, seq)
	f := h.refused(err, fault.MovedOn)
	require.Equal(t, "title", f.Changes[0].Field)
	require.Equal(t, "Ben", f.Changes[0].Who)
	h.undo(edited)
	h.undo(seq) // as it was made: the one can be undone after the other
	_, err = h.Undo(ctx, asking(ana), h.team, seq)
	h.refused(err, fault.MovedOn)

	task, seq = add("Write >ONB-1")
	h.now = h.now.Add(time.Second)
	require.NoError(t, h.CompleteTask(ctx, ana, sign.ID, h.task(sign.ID).Task.Version))
	require.Equal(t, flow.Ready, h.state(task.ID))
	h.undo(seq) // what the rules did is nobody's work

	task, seq = add("File")
	_, err = h.Undo(ctx, asking(ben), h.team, seq)
	h.refused(err, fault.NotYours)
	h.now = h.now.Add(time.Second)
	require.NoError(t, h.AddItems(ctx, ana, task.ID, []string{"Shelf"}, false))
	h.now = h.now.Add(time.Second)
	v := h.task(task.ID)
	who := asking(ana)
	require.NoError(t, h.MakeItemTask(ctx, who, task.ID, v.Items[0].ID))
	_, found, err := h.LastDeed(ctx, who, task.ID)
	require.NoError(t, err)
	require.False(t, found, "what is more than an adding is not offered")

	h.now = h.now.Add(time.Second)
	who = asking(ana)
	copied, err := h.CopyTask(ctx, who, task.ID, models.CopyInput{Items: true})
	require.NoError(t, err)
	deed, found, err := h.LastDeed(ctx, who, copied)
	require.NoError(t, err)
	require.True(t, found, "a copy is an adding")
	require.True(t, h.undo(deed.Seq).Gone)
	replay.Check(t, h.db)
}
