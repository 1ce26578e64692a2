package models_test

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

// proof is what a test remembers of a task by itself, to judge what the store lets
// through: who did what, and what each approver saw.
type proof struct {
	began   bool
	movers  []string
	wrote   map[string]string // who last wrote title or description after it began
	order   map[string]string // before it began
	filled  map[string]string // who last filled in a field
	saw     map[string]string // what an approver saw when they approved
	needs   []string          // fields that were required when it was completed
	wasDone bool
}

// workshop is a board with fields and required items, and five people at work on it.
type workshop struct {
	*house
	board  models.Board
	cost   models.Field
	level  models.Field
	tasks  []string
	proofs map[string]*proof
	done   map[string]int
	made   int64 // the last entry of its making, which is not undone
}

var staff = []models.Actor{ana, ben, zoe, leo}

func newWorkshop(t *rapid.T, h *house) *workshop {
	w := &workshop{house: h, proofs: map[string]*proof{}, done: map[string]int{}}
	w.board = h.board()
	w.cost = h.field(w.board, "Cost", custom.Number, models.FieldInput{Required: true})
	w.level = h.field(w.board, "Level", custom.Choice, models.FieldInput{Required: rapid.Bool().Draw(t, "level is required")}, "Low", "High")
	for _, task := range h.add(w.board, "First", "Second") {
		w.tasks = append(w.tasks, task.ID)
		w.proofs[task.ID] = &proof{wrote: map[string]string{}, order: map[string]string{}, filled: map[string]string{}, saw: map[string]string{}}
	}
	w.made = h.seq()
	return w
}

// content is what there is to approve of a task, read from the tables alone.
func (w *workshop) content(t *rapid.T, task string) string {
	all := slices.Concat(w.column(t, "SELECT title || ' | ' || description FROM tasks WHERE id = ?", task),
		w.column(t, "SELECT field_id || ' ' || value FROM task_fields WHERE task_id = ? ORDER BY field_id", task),
		w.column(t, "SELECT id || ' ' || text || CASE WHEN ticked_at IS NULL THEN '' ELSE ' ticked' END FROM checklist_items WHERE task_id = ? AND required ORDER BY id", task))
	return strings.Join(all, "\n")
}

func (w *workshop) column(t *rapid.T, query string, args ...any) (all []string) {
	require.NoError(t, w.db.Raw(query, args...).Scan(&all).Error)
	return all
}

// workers are those who did the work, as the rules say it, by what the test remembers.
func (w *workshop) workers(t *rapid.T, task string) []string {
	p := w.proofs[task]
	all := append(w.column(t, "SELECT user_id FROM task_owners WHERE task_id = ?", task), p.movers...)
	all = append(all, w.column(t, "SELECT ticked_by FROM checklist_items WHERE task_id = ? AND required AND ticked_at IS NOT NULL", task)...)
	for _, by := range []map[string]string{p.wrote, p.filled} {
		for _, who := range by {
			all = append(all, who)
		}
	}
	if !p.began {
		for _, who := range p.order {
			all = append(all, who)
		}
	}
	return all
}

// lacks is what keeps a task from being done, by the tables and by what the test
// remembers; empty: nothing.
func (w *workshop) lacks(t *rapid.T, task string) string {
	if w.column(t, "SELECT text FROM checklist_items WHERE task_id = ? AND required AND ticked_at IS NULL", task) != nil {
		return "items"
	}
	if w.column(t, "SELECT id FROM fields WHERE board_id = ? AND required AND id NOT IN (SELECT field_id FROM task_fields WHERE task_id = ?)", w.board.ID, task) != nil {
		return "fields"
	}
	return w.lacksApproval(t, task)
}

func (w *workshop) lacksApproval(t *rapid.T, task string) string {
	var asks []models.Approval
	require.NoError(t, w.db.Find(&asks, "task_id = ?", task).Error)
	if len(asks) == 0 {
		return ""
	}
	named := w.column(t, "SELECT user_id FROM approvers WHERE task_id = ?", task)
	yes := w.column(t, "SELECT user_id FROM approval_answers WHERE task_id = ? AND approved", task)
	if w.column(t, "SELECT user_id FROM approval_answers WHERE task_id = ? AND NOT approved", task) != nil {
		return "rejected"
	}
	others := slices.DeleteFunc(slices.Clone(yes), func(id string) bool { return slices.Contains(named, id) })
	missing := slices.DeleteFunc(slices.Clone(named), func(id string) bool { return slices.Contains(yes, id) })
	switch {
	case len(yes) == 0:
		return "nobody approved"
	case asks[0].Mode == models.AllApprovers && (len(missing) > 0 || asks[0].Role != "" && len(others) == 0):
		return "not all approved"
	case len(others) > 0 && asks[0].Role == "":
		return "approved by who was not asked"
	}
	now, workers := w.content(t, task), w.workers(t, task)
	for _, id := range yes {
		if w.proofs[task].saw[id] != now {
			return id + " saw something else"
		}
		if slices.Contains(workers, id) {
			return id + " did the work"
		}
	}
	return ""
}

// said holds the store's answer to whether a task may be done against the test's own.
func (w *workshop) said(t *rapid.T, task, lacks string, err error) {
	if err == nil {
		require.Empty(t, lacks, "it was let through")
		w.done["completed"]++
		if w.lacksApproval(t, task) == "" && w.task(task).Task.Approval == models.Approved {
			w.done["completed with approval"]++
		}
		return
	}
	f := fault.From(err)
	require.NotNil(t, f, "%v", err)
	if f.Kind == fault.Conflict && slices.Contains([]fault.Code{fault.IncompleteTask, fault.ItemOpen, fault.FieldEmpty, fault.ApprovalOpen, fault.ApprovalRefused, fault.ApprovalFallen, fault.SelfApproved}, f.Code) {
		require.NotEmpty(t, lacks, "it was refused: %s", f.Code)
		w.done["refused"]++
	}
}

func (w *workshop) acts() map[string]func(*rapid.T) {
	ctx := w.t.Context()
	pick := func(t *rapid.T) (string, models.Actor, *proof) {
		task := rapid.SampledFrom(w.tasks).Draw(t, "task")
		return task, asking(rapid.SampledFrom(staff).Draw(t, "who")), w.proofs[task]
	}
	version := func(task string) int64 { return w.task(task).Task.Version }
	moved := func(task string, who models.Actor, before flow.State) {
		after := w.state(task)
		if after != before && (after == flow.InProgress || after == flow.InReview) {
			w.proofs[task].began = true
			w.proofs[task].movers = append(w.proofs[task].movers, who.ID)
		}
	}
	acts := map[string]func(*rapid.T){
		"write": func(t *rapid.T) {
			task, who, p := pick(t)
			text := rapid.SampledFrom([]string{"One", "Two", "Three"}).Draw(t, "text")
			in, field := models.TaskInput{Title: &text}, "title"
			if rapid.Bool().Draw(t, "describe") {
				in, field = models.TaskInput{Description: &text}, "description"
			}
			before := w.content(t, task)
			err := w.EditTask(ctx, who, task, version(task), in)
			if err != nil || w.content(t, task) == before {
				return
			}
			if p.began {
				p.wrote[field] = who.ID
			} else {
				p.order[field] = who.ID
			}
		},
		"fill": func(t *rapid.T) {
			task, who, p := pick(t)
			field, value := w.cost.ID, rapid.SampledFrom([]string{"", "1", "2", "1", "2", "1"}).Draw(t, "value")
			if rapid.Bool().Draw(t, "level") {
				field, value = w.level.ID, rapid.SampledFrom([]string{"", w.level.Options[0].ID, w.level.Options[1].ID}).Draw(t, "value")
			}
			before := w.content(t, task)
			if err := w.fill(who, task, field, value); err == nil && w.content(t, task) != before {
				p.filled[field] = who.ID
			}
		},
		"own": func(t *rapid.T) {
			task, who, _ := pick(t)
			owners := [][]string{{}, {"zoe"}, {"ben", "leo"}}[rapid.IntRange(0, 2).Draw(t, "owners")]
			_ = w.EditTask(ctx, who, task, version(task), models.TaskInput{Owners: &owners})
		},
		"item": func(t *rapid.T) {
			task, who, _ := pick(t)
			items := w.task(task).Items
			if len(items) == 0 || len(items) < 3 && rapid.Bool().Draw(t, "add") {
				_ = w.AddItems(ctx, who, task, []string{"Item"}, rapid.Bool().Draw(t, "required"))
				return
			}
			i := items[rapid.IntRange(0, len(items)-1).Draw(t, "item")]
			switch rapid.IntRange(0, 4).Draw(t, "deed") {
			case 0:
				_ = w.RemoveItem(ctx, who, task, i.ID)
			case 1:
				_ = w.EditItem(ctx, who, task, i.ID, version(task), models.ItemInput{Text: i.Text + "!", Required: rapid.Bool().Draw(t, "required")})
			case 2:
				_ = w.UntickItem(ctx, who, task, i.ID)
			default:
				_ = w.TickItem(ctx, who, task, i.ID)
			}
		},
		"ask": func(t *rapid.T) {
			task, who, _ := pick(t)
			in := models.ApprovalInput{Mode: rapid.SampledFrom([]models.ApprovalMode{models.AnyApprover, models.AllApprovers}).Draw(t, "mode"),
				Role:      rapid.SampledFrom([]access.Role{"", access.Manager}).Draw(t, "role"),
				Approvers: rapid.SampledFrom([][]string{{"ana"}, {"zoe", "leo"}, {"ben", "ana"}, {}}).Draw(t, "approvers")}
			_ = w.AskApproval(ctx, who, task, version(task), in)
		},
		"again": func(t *rapid.T) {
			task, who, _ := pick(t)
			_ = w.AskAgain(ctx, who, task, version(task))
		},
		"withdraw": func(t *rapid.T) {
			task, who, _ := pick(t)
			if rapid.IntRange(0, 3).Draw(t, "seldom") == 0 {
				_ = w.WithdrawApproval(ctx, who, task, version(task))
			}
		},
		"approve": func(t *rapid.T) {
			task, who, p := pick(t)
			had := slices.Contains(w.column(t, "SELECT user_id FROM approval_answers WHERE task_id = ? AND approved", task), who.ID)
			workers := w.workers(t, task)
			err := w.ApproveTask(ctx, who, task, version(task), "")
			if err == nil && !had {
				require.NotContains(t, workers, who.ID, "nobody approves their own work")
				p.saw[who.ID] = w.content(t, task)
				w.done["approved"]++
			}
			if f := fault.From(err); f != nil && f.Code == fault.SelfApproval {
				require.Contains(t, workers, who.ID)
				w.done["self-approval tried"]++
			}
		},
		"reject": func(t *rapid.T) {
			task, who, _ := pick(t)
			if rapid.IntRange(0, 2).Draw(t, "seldom") == 0 {
				_ = w.RejectTask(ctx, who, task, version(task), "no")
			}
		},
		"move": func(t *rapid.T) {
			task, who, _ := pick(t)
			before, lacks := w.state(task), w.lacks(t, task)
			to := rapid.SampledFrom([]flow.State{flow.Ready, flow.InProgress, flow.InReview, flow.Done}).Draw(t, "to")
			err := w.MoveTask(ctx, who, task, version(task), models.Place{Column: w.house.column(w.board, to)})
			if to == flow.Done && before != flow.Done {
				w.said(t, task, lacks, err)
			}
			if err == nil {
				moved(task, who, before)
			}
		},
		"move all": func(t *rapid.T) {
			_, who, _ := pick(t)
			var lacks string
			before := map[string]flow.State{}
			for _, task := range w.tasks {
				if before[task] = w.state(task); before[task] != flow.Done {
					lacks += w.lacks(t, task)
				}
			}
			to := rapid.SampledFrom([]flow.State{flow.InProgress, flow.Done, flow.Done}).Draw(t, "to")
			_, err := w.ChangeTasks(ctx, who, w.board.ID, w.seq(), w.tasks, models.Bulk{Deed: models.DeedMove, Place: models.Place{Column: w.house.column(w.board, to)}})
			for _, task := range w.tasks {
				if err == nil && before[task] != flow.Done && w.state(task) == flow.Done {
					require.Empty(t, lacks, "many at once let nothing through either")
					w.done["completed with others"]++
				}
				moved(task, who, before[task])
			}
		},
		"complete": func(t *rapid.T) {
			task, who, _ := pick(t)
			lacks := w.lacks(t, task)
			w.said(t, task, lacks, w.CompleteTask(ctx, who, task, version(task)))
		},
		"reopen": func(t *rapid.T) {
			task, who, _ := pick(t)
			_ = w.ReopenTask(ctx, who, task, version(task))
		},
		"undo": func(t *rapid.T) {
			n := w.seq()
			if n == w.made {
				t.Skip("nothing was done yet")
			}
			first := rapid.Int64Range(max(w.made+1, n-6), n).Draw(t, "change")
			states, lacks := map[string]flow.State{}, map[string]string{}
			for _, task := range w.tasks {
				states[task] = w.state(task)
				lacks[task] = w.lacks(t, task)
			}
			if _, err := w.Undo(ctx, asking(ana), w.team, first); err != nil {
				return
			}
			w.done["undone"]++
			for _, task := range w.tasks {
				if states[task] != flow.Done && w.state(task) == flow.Done {
					require.Empty(t, lacks[task], "an undo lets nothing through either")
				}
			}
		},
		"define": func(t *rapid.T) {
			if rapid.IntRange(0, 3).Draw(t, "seldom") > 0 {
				return
			}
			in := models.FieldInput{Name: "Cost", Required: rapid.Bool().Draw(t, "required")}
			require.NoError(t, w.EditField(ctx, ana, w.board.ID, w.cost.ID, in))
			for _, p := range w.proofs { // what is not needed any more may be emptied, of done tasks too
				p.needs = slices.DeleteFunc(p.needs, func(id string) bool { return id == w.cost.ID && !in.Required })
			}
		},
		"": func(t *rapid.T) {
			for _, task := range w.tasks {
				p := w.proofs[task]
				isDone := w.state(task) == flow.Done
				if isDone && !p.wasDone {
					p.needs = w.column(t, "SELECT id FROM fields WHERE board_id = ? AND required", w.board.ID)
				}
				p.wasDone = isDone
				if !isDone {
					continue
				}
				// Whoever owns a done task does not matter any more; all else that it
				// needed it has still.
				require.Empty(t, w.column(t, "SELECT text FROM checklist_items WHERE task_id = ? AND required AND ticked_at IS NULL", task))
				held := w.column(t, "SELECT field_id FROM task_fields WHERE task_id = ?", task)
				for _, id := range p.needs {
					require.Contains(t, held, id)
				}
				state := w.task(task).Task.Approval
				require.Contains(t, []models.ApprovalState{"", models.Approved}, state)
				for _, id := range w.column(t, "SELECT user_id FROM approval_answers WHERE task_id = ?", task) {
					require.Equal(t, p.saw[id], w.content(t, task), "%s approved this", id)
				}
			}
		},
	}
	// Whoever wants a task done does what it lacks, now and then.
	acts["get it done"] = func(t *rapid.T) {
		task, who, p := pick(t)
		if w.state(task) == flow.Done {
			t.Skip("it is")
		}
		for _, field := range []models.Field{w.cost, w.level} {
			value := "1"
			if field.ID == w.level.ID {
				value = w.level.Options[0].ID
			}
			before := w.content(t, task)
			if err := w.fill(who, task, field.ID, value); err == nil && w.content(t, task) != before {
				p.filled[field.ID] = who.ID
			}
		}
		for _, i := range w.task(task).Items {
			_ = w.TickItem(ctx, who, task, i.ID)
		}
		_ = w.AskAgain(ctx, who, task, version(task))
		for _, by := range staff {
			workers := w.workers(t, task)
			if err := w.ApproveTask(ctx, by, task, version(task), ""); err == nil && p.saw[by.ID] != w.content(t, task) {
				require.NotContains(t, workers, by.ID)
				p.saw[by.ID] = w.content(t, task)
			}
		}
		lacks := w.lacks(t, task)
		w.said(t, task, lacks, w.CompleteTask(ctx, who, task, version(task)))
	}
	for _, often := range []string{"approve", "ask", "complete", "get it done"} {
		acts[often+" again"] = acts[often]
	}
	return acts
}

// Whatever a team does, in whatever order, no task is done that lacks what it needs;
// what has it is not refused; and the log tells all of it.
func TestNoTaskIsDoneThatLacksWhatItNeeds(t *testing.T) {
	fewer(t, "12")
	longer(t, "80")
	h := office(t)
	done := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		h.now = h.now.Add(time.Minute)
		w := newWorkshop(t, h)
		acts := w.acts()
		for name, act := range acts {
			acts[name] = func(t *rapid.T) {
				h.now = h.now.Add(time.Second)
				act(t)
			}
		}
		t.Repeat(acts)
		for k, n := range w.done {
			done[k] += n
		}
	})
	t.Log(done)
	replay.Check(t, h.db)
}

// longer makes each run of a property take more steps, unless the command line says
// how many.
func longer(t *testing.T, steps string) {
	f := flag.Lookup("rapid.steps")
	if f.Value.String() != f.DefValue {
		return
	}
	require.NoError(t, f.Value.Set(steps))
	t.Cleanup(func() { _ = f.Value.Set(f.DefValue) })
}
