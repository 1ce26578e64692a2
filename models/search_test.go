package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/find"
	"relevo/models/flow"
)

// found are the keys of the tasks that somebody finds, in their order.
func (h *house) found(who models.Actor, query string) []string {
	h.t.Helper()
	v, err := h.Search(h.t.Context(), who, find.Parse(query), 0)
	require.NoError(h.t, err, query)
	keys := []string{}
	for _, f := range v.Tasks {
		keys = append(keys, f.Key)
	}
	require.Equal(h.t, len(keys), v.Count)
	return keys
}

func (h *house) edit(task string, in models.TaskInput) {
	h.t.Helper()
	require.NoError(h.t, h.EditTask(h.t.Context(), ana, task, h.task(task).Task.Version, in))
}

func TestSearchFindsByBeginningsWithoutCaseAndMarks(t *testing.T) {
	h := newHouse(t)
	tasks := h.add(h.board(), "Revisión del año", "Pedir un portátil", "Order a laptop")
	about := "The invoice goes to <b>Málaga</b>."
	h.edit(tasks[2].ID, models.TaskInput{Description: &about})

	require.Equal(t, []string{"ONB-1"}, h.found(ana, "REVISION ano"))
	require.Equal(t, []string{"ONB-1"}, h.found(ana, "revisión"))
	require.Equal(t, []string{"ONB-2"}, h.found(ana, "portat"))
	require.Equal(t, []string{"ONB-3"}, h.found(ana, "malaga"), "descriptions too")
	require.Equal(t, []string{"ONB-3"}, h.found(ana, `"order a"`))
	require.Empty(t, h.found(ana, `"laptop order"`))
	require.Empty(t, h.found(ana, "laptop portatil"), "all words")
	require.Equal(t, []string{"ONB-2"}, h.found(ana, "onb-2"))

	v, err := h.Search(t.Context(), ana, find.Parse("malaga"), 0)
	require.NoError(t, err)
	require.Equal(t, []find.Piece{{Text: "The invoice goes to <b>"}, {Text: "Málaga", Hit: true}, {Text: "</b>."}}, v.Tasks[0].Snippet)
}

func TestSearchFindsWhatATaskHolds(t *testing.T) {
	h := newHouse(t)
	tasks := h.add(h.board(), "Order a laptop", "First day")
	require.NoError(t, h.AddItems(t.Context(), ana, tasks[1].ID, []string{"Show the café", "Hand over the keys"}, false))
	v, err := h.Search(t.Context(), ana, find.Parse("cafe"), 0)
	require.NoError(t, err)
	require.Equal(t, "ONB-2", v.Tasks[0].Key)
	require.Equal(t, "item", v.Tasks[0].In)
	require.Equal(t, []find.Piece{{Text: "Show the "}, {Text: "café", Hit: true}}, v.Tasks[0].Snippet)
	require.Equal(t, []string{"ONB-2"}, h.found(ana, "keys board:onb"))
	require.Empty(t, h.found(eve, "cafe"))
	seq, err := h.db.DB()
	require.NoError(t, err)
	_, err = seq.Exec("INSERT INTO comments (id, task_id, team_id, author_id, body, created_at) VALUES ('c', $1, $2, 'ana', 'Ask the **landlord**', $3)", tasks[0].ID, h.team, h.now)
	require.NoError(t, err)
	require.Equal(t, []string{"ONB-1"}, h.found(ben, "landlord"))
	_, err = seq.Exec("UPDATE comments SET body = 'Ask the neighbour' WHERE id = 'c'")
	require.NoError(t, err)
	require.Empty(t, h.found(ben, "landlord"))
	require.Equal(t, []string{"ONB-1"}, h.found(ben, "neighbour"))
	_, err = seq.Exec("DELETE FROM comments WHERE id = 'c'")
	require.NoError(t, err)
	require.Empty(t, h.found(ben, "neighbour"))
}

func TestSearchForgivesASlipInALongWord(t *testing.T) {
	h := newHouse(t)
	h.add(h.board(), "Sign the contract", "Order a laptop")
	for _, typed := range []string{"contratc", "contrct", "cotnract", "laptpo", "conttract sign"} {
		v, err := h.Search(t.Context(), ana, find.Parse(typed), 0)
		require.NoError(t, err)
		require.True(t, v.Similar, typed)
		require.Len(t, v.Tasks, 1, typed)
	}
	v, err := h.Search(t.Context(), ana, find.Parse("contract"), 0)
	require.NoError(t, err)
	require.False(t, v.Similar)
	require.Empty(t, h.found(ana, "lap xyzzy"))
}

func TestSearchFollowsEveryChangeOfATask(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Order a laptop")[0]
	title, about := "Order a phone", "With a charger"
	h.edit(task.ID, models.TaskInput{Title: &title})
	require.Empty(t, h.found(ana, "laptop"))
	require.Equal(t, []string{"ONB-1"}, h.found(ana, "phone"))
	h.edit(task.ID, models.TaskInput{Description: &about})
	require.Equal(t, []string{"ONB-1"}, h.found(ana, "phone"))
	require.Equal(t, []string{"ONB-1"}, h.found(ana, "charger"))
	require.NoError(t, h.ArchiveTask(ctx, ana, task.ID, h.task(task.ID).Task.Version))
	require.Equal(t, []string{"ONB-1"}, h.found(ana, "phone is:archived"))
	require.NoError(t, h.DeleteTask(ctx, ana, task.ID, h.task(task.ID).Task.Version))
	for _, query := range []string{"phone", "charger", "ONB-1", "state:open", "is:archived", "phon", "phonne"} {
		require.Empty(t, h.found(ana, query), query)
	}
	var left int64
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM search_docs").Scan(&left).Error)
	require.EqualValues(t, 1, left, "one document a task, however often it changed")
}

func TestSearchLeadsToWhatIsLeftToDoFirst(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Laptops for sales", "Sell the old laptop", "A mouse", "Lap 12 of the run", "Laptop back")
	about := "It belongs to the laptop. See ONB-4."
	h.edit(tasks[2].ID, models.TaskInput{Description: &about})
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[4].ID, h.task(tasks[4].ID).Task.Version))
	require.Equal(t, []string{"ONB-2", "ONB-1", "ONB-3", "ONB-5"}, h.found(ana, "laptop"), "whole words, beginnings, descriptions, done ones")
	require.Equal(t, []string{"ONB-4", "ONB-3"}, h.found(ana, "ONB-4"), "the task of that key, then those that speak of it")
}

func TestSearchFiltersInBothLanguages(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	other, err := h.CreateBoard(ctx, ana, h.team, models.BoardInput{Name: "Alta de clientes", Key: "ALT", Columns: columnNames})
	require.NoError(t, err)
	tasks := h.add(b, "Laptop one", "Laptop two", "Laptop three")
	h.add(other, "Laptop four")
	owners := []string{"ben"}
	due := models.Date("2026-02-01")
	h.edit(tasks[0].ID, models.TaskInput{Owners: &owners, Due: &due})
	require.NoError(t, h.BlockTask(ctx, ana, tasks[1].ID, h.task(tasks[1].ID).Task.Version, "No budget"))
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[2].ID, h.task(tasks[2].ID).Task.Version))

	for query, want := range map[string][]string{
		"laptop is:blocked": {"ONB-2"}, "es:bloqueada": {"ONB-2"}, "state:done": {"ONB-3"}, "laptop estado:hecha": {"ONB-3"},
		"owner:ben": {"ONB-1"}, "laptop responsable:BEN": {"ONB-1"}, "is:overdue": {"ONB-1"}, "is:vencida laptop": {"ONB-1"},
		"board:alt": {"ALT-1"}, "laptop tablero:clientes": {"ALT-1"}, `board:"alta de"`: {"ALT-1"},
		"owner:zoe": {}, "board:zoe laptop": {}, "is:unassigned state:ready board:onb": {"ONB-2"}, "laptop owner:ben state:done": {},
		"owner:eve": {},
	} {
		require.Equal(t, want, h.found(ana, query), query)
	}
	require.Equal(t, []string{"ONB-1"}, h.found(ben, "is:mine"))
	require.Equal(t, []string{"ONB-1"}, h.found(ben, "responsable:yo laptop"))
	require.Empty(t, h.found(ana, "owner:me"))
}

func TestSearchTellsNothingOfOthersTeams(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	h.add(b, "Secret merger", "Another")
	theirs, err := h.CreateTeam(ctx, eve, models.TeamInput{Name: "Theirs", Zone: "UTC"})
	require.NoError(t, err)
	board, err := h.CreateBoard(ctx, eve, theirs.ID, models.BoardInput{Name: "Onboarding", Columns: columnNames})
	require.NoError(t, err)
	v, err := h.Board(ctx, eve, board.ID)
	require.NoError(t, err)
	_, err = h.AddTasks(ctx, eve, v.Lanes[1].ID, []string{"Open matter"})
	require.NoError(t, err)

	for _, query := range []string{"secret", "merger", "secrte", "mergre", "ONB-2", "board:ours", "owner:ben", "state:open secret", `"secret merger"`} {
		require.Empty(t, h.found(eve, query), query)
		found, err := h.Search(ctx, eve, find.Parse(query), 0)
		require.NoError(t, err)
		require.Equal(t, models.SearchView{Query: find.Parse(query)}, found, "as if there were nothing: %s", query)
	}
	require.Equal(t, []string{"ONB-1"}, h.found(eve, "ONB-1"), "a key is theirs where they are")
	all, err := h.Search(ctx, eve, find.Parse("onboarding"), 0)
	require.NoError(t, err)
	require.Len(t, all.Boards, 1)
	require.Equal(t, board.ID, all.Boards[0].ID)
	require.Len(t, h.found(eve, "state:open"), 1)

	require.Equal(t, []string{"ONB-1"}, h.found(vic, "secret"), "a viewer reads")
	stranger := models.Actor{ID: "nobody"}
	require.Empty(t, h.found(stranger, "secret"))
}

func TestAMoveDoesNotTouchTheIndex(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Order a laptop")[0]
	doc := func() (id int64) {
		require.NoError(t, h.db.Raw("SELECT id FROM search_docs WHERE ref = ?", task.ID).Scan(&id).Error)
		return id
	}
	was := doc()
	require.NoError(t, h.MoveTask(ctx, ana, task.ID, h.task(task.ID).Task.Version, models.Place{Column: h.column(b, flow.InProgress)}))
	require.NoError(t, h.CompleteTask(ctx, ana, task.ID, h.task(task.ID).Task.Version))
	require.Equal(t, was, doc())
}

func TestTasksToConnectAreFoundWithoutMarks(t *testing.T) {
	h := newHouse(t)
	tasks := h.add(h.board(), "Revisión médica", "Order a laptop", "Revisar la revision")
	keys := func(query string) (keys []string) {
		refs, err := h.FindTasks(t.Context(), ana, tasks[1].ID, query)
		require.NoError(t, err)
		for _, r := range refs {
			keys = append(keys, r.Key)
		}
		return keys
	}
	require.Equal(t, []string{"ONB-3", "ONB-1"}, keys("REVISIÓN"))
	require.Equal(t, []string{"ONB-1"}, keys("medica"))
	require.Equal(t, []string{"ONB-1"}, keys("onb-1"))
	require.Equal(t, []string{"ONB-1"}, keys("medcia"))
	require.Len(t, keys(""), 2)
	require.Empty(t, keys("laptop"), "not itself")
}
