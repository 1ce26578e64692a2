package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/flow"
)

func sorted(keys ...string) models.Look {
	var l models.Look
	for _, k := range keys {
		l.Sort = append(l.Sort, models.SortKey{By: strings.TrimPrefix(k, "-"), Down: strings.HasPrefix(k, "-")})
	}
	return l
}

func (h *house) table(b models.Board, look models.Look) models.TableView {
	h.t.Helper()
	v, err := h.Table(h.t.Context(), ana, b.ID, models.TableAsk{Look: look})
	require.NoError(h.t, err)
	return v
}

// rows are the titles of the rows, a group a line: "owner: titles".
func rows(v models.TableView) (all []string) {
	for _, g := range v.Groups {
		var titles []string
		for _, r := range g.Rows {
			titles = append(titles, r.Title)
		}
		key := g.Key
		if g.Name != "" {
			key = g.Name
		}
		all = append(all, strings.TrimPrefix(key+": "+strings.Join(titles, ", "), ": "))
	}
	return all
}

// office is a board with some of everything.
func (h *house) office() (models.Board, []models.Task) {
	b := h.board()
	ctx := h.t.Context()
	tasks := h.add(b, "zebra", "Ánimo", "nube", "ñu", "Oso")
	for _, l := range []string{"Legal", "money"} {
		require.NoError(h.t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: l, Colour: "red", Icon: "tag"}))
	}
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(h.t, err)
	edit := func(i int, in models.TaskInput) {
		require.NoError(h.t, h.EditTask(ctx, ana, tasks[i].ID, 1<<40, in))
	}
	due := func(d models.Date) *models.Date { return &d }
	n := func(n int) *int { return &n }
	p := func(p models.Priority) *models.Priority { return &p }
	edit(0, models.TaskInput{Due: due("2026-03-01"), Priority: p(models.Low), Estimate: n(30), Owners: &[]string{"ben"}})
	edit(1, models.TaskInput{Due: due("2026-03-02"), Priority: p(models.Urgent), Owners: &[]string{"ana", "ben"}, Labels: &[]string{v.Labels[1].ID}})
	edit(2, models.TaskInput{Due: due("2026-03-20"), Estimate: n(120), Labels: &[]string{v.Labels[0].ID, v.Labels[1].ID}})
	edit(3, models.TaskInput{Due: due("2026-03-04"), Priority: p(models.Low)})
	require.NoError(h.t, h.AddItems(ctx, ana, tasks[4].ID, []string{"One", "Two"}, false))
	h.require(tasks[0].ID, tasks[4].ID, models.DependencyInput{})
	require.NoError(h.t, h.CompleteTask(ctx, ana, tasks[2].ID, 1<<40))
	return b, tasks
}

func TestATableIsInOrderOfWhatOneSortsBy(t *testing.T) {
	h := newHouse(t)
	b, _ := h.office()
	for _, c := range []struct {
		sort []string
		want string
	}{
		{nil, "Oso, zebra, Ánimo, ñu, nube"}, // as on the board: waiting, ready, done
		{[]string{"key"}, "zebra, Ánimo, nube, ñu, Oso"},
		{[]string{"title"}, "Ánimo, nube, ñu, Oso, zebra"},
		{[]string{"-title"}, "zebra, Oso, ñu, nube, Ánimo"},
		{[]string{"due"}, "zebra, Ánimo, ñu, nube, Oso"},
		{[]string{"-due"}, "nube, ñu, Ánimo, zebra, Oso"}, // without a date last, too
		{[]string{"-priority", "title"}, "Ánimo, ñu, zebra, nube, Oso"},
		{[]string{"priority", "-title"}, "zebra, ñu, Ánimo, Oso, nube"},
		{[]string{"-estimate", "key"}, "nube, zebra, Ánimo, ñu, Oso"},
		{[]string{"owners", "key"}, "Ánimo, zebra, nube, ñu, Oso"},
		{[]string{"labels", "key"}, "nube, Ánimo, zebra, ñu, Oso"},
		{[]string{"-checklist", "key"}, "Oso, zebra, Ánimo, nube, ñu"},
		{[]string{"-waits", "key"}, "Oso, zebra, Ánimo, nube, ñu"},
		{[]string{"-state", "key"}, "nube, zebra, Ánimo, ñu, Oso"},
		{[]string{"age", "key"}, "zebra, Ánimo, ñu, Oso, nube"},
		{[]string{"created", "-key"}, "Oso, ñu, nube, Ánimo, zebra"},
	} {
		v := h.table(b, sorted(c.sort...))
		require.Equal(t, []string{c.want}, rows(v), "%v", c.sort)
		require.Equal(t, models.Totals{Count: 5, Estimate: 150, Done: 1, Counted: 5}, v.Total)
	}
	v := h.table(b, models.Look{})
	require.Equal(t, 1, v.Groups[0].Rows[0].WaitsN)
	require.Equal(t, 2, v.Groups[0].Rows[0].Items)
	require.Equal(t, "ana", v.Groups[0].Rows[2].Owners[0].Name)
}

func TestATableFallsIntoGroupsWithTheirTotals(t *testing.T) {
	h := newHouse(t)
	b, _ := h.office()
	for group, want := range map[string][]string{
		models.GroupState:    {"waiting: Oso", "ready: zebra, Ánimo, ñu", "done: nube"},
		models.GroupOwner:    {"ana: Ánimo", "ben: zebra, Ánimo", "Oso, ñu, nube"},
		models.GroupLabel:    {"Legal: nube", "money: Ánimo, nube", "Oso, zebra, ñu"},
		models.GroupPriority: {"urgent: Ánimo", "low: zebra, ñu", "none: Oso, nube"},
		models.GroupDue:      {"overdue: zebra", "today: Ánimo", "week: ñu", "closed: nube", "none: Oso"},
	} {
		v := h.table(b, models.Look{Group: group, Sort: []models.SortKey{{By: "state"}, {By: "key"}}})
		require.Equal(t, want, rows(v), group)
		require.Equal(t, models.Totals{Count: 5, Estimate: 150, Done: 1, Counted: 5}, v.Total, "each task once")
	}
	owners := h.table(b, models.Look{Group: models.GroupOwner})
	require.Equal(t, models.Totals{Count: 2, Estimate: 30, Counted: 2}, owners.Groups[1].Total)
	some := h.table(b, models.Look{Group: models.GroupState, Filter: models.BoardFilter{Owner: "ben"}})
	require.Len(t, some.Groups, 1)
	require.Equal(t, models.Totals{Count: 2, Estimate: 30, Counted: 2}, some.Total)
}

func TestATableShowsSortsAndGroupsByCustomFields(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "One", "Two", "Three", "Four")
	card := models.FieldInput{OnCard: true}
	cost := h.field(b, "Cost", custom.Number, card)
	phase := h.field(b, "Phase", custom.Choice, models.FieldInput{}, "Zeroth", "First")
	who := h.field(b, "Contact", custom.Person, models.FieldInput{})
	note := h.field(b, "Note", custom.Text, models.FieldInput{})
	sure := h.field(b, "Sure", custom.YesNo, models.FieldInput{})
	fill := func(i int, cost_, phase_, who_, note_, sure_ string) {
		require.NoError(t, h.fill(ana, tasks[i].ID, cost.ID, cost_, phase.ID, phase_, who.ID, who_, note.ID, note_, sure.ID, sure_))
	}
	fill(0, "100", phase.Options[1].ID, "ben", "zeta", custom.No)
	fill(1, "9", phase.Options[0].ID, "ana", "Álef", custom.Yes)
	fill(2, "-3", "", "", "", "")
	key := func(f models.Field) string { return custom.Key(f.ID) }
	for sort, want := range map[string]string{
		key(cost): "Three, Two, One, Four", "-" + key(cost): "One, Two, Three, Four", key(phase): "Two, One, Three, Four", "-" + key(phase): "One, Two, Three, Four",
		key(who): "Two, One, Three, Four", key(note): "Two, One, Three, Four", "-" + key(sure): "Two, One, Three, Four",
	} {
		require.Equal(t, []string{want}, rows(h.table(b, sorted(sort))), sort)
	}
	for group, want := range map[string][]string{
		key(phase): {"Zeroth: Two", "First: One", "Three, Four"}, key(who): {"ana: Two", "ben: One", "Three, Four"}, key(sure): {"yes: Two", "no: One", "Three, Four"},
	} {
		v := h.table(b, models.Look{Group: group})
		require.Equal(t, want, rows(v), group)
		more, err := h.Table(ctx, ana, b.ID, models.TableAsk{Look: models.Look{Group: group}, Group: v.Groups[2].Key, After: tasks[2].ID})
		require.NoError(t, err)
		require.Equal(t, []string{"Four"}, rows(more))
	}

	v := h.table(b, models.Look{})
	names := func(v models.TableView) (names []string) {
		for _, c := range v.Columns {
			names = append(names, c.Name)
		}
		return names
	}
	require.Equal(t, []string{"key", "title", "state", "owners", "priority", "due", "estimate", "labels", key(cost), "checklist", "waits", "changed"}, names(v), "as cards do")
	v = h.table(b, models.Look{Columns: []string{"title", key(phase)}})
	require.Equal(t, []string{"title", key(phase)}, names(v))
	require.Equal(t, "First", v.Groups[0].Rows[0].Fields[1].Text)

	// What is gone is left out, and said.
	require.NoError(t, h.RemoveField(ctx, ana, b.ID, phase.ID))
	v = h.table(b, models.Look{Columns: []string{"title", key(phase)}, Sort: []models.SortKey{{By: key(phase)}, {By: "title"}}, Group: key(phase), Filter: models.BoardFilter{Label: models.NewID()}})
	require.Equal(t, []string{"label", "sort", "group", "columns"}, v.Gone)
	require.Equal(t, models.Look{Columns: []string{"title"}, Sort: []models.SortKey{{By: "title"}}}, v.Look)
	require.Equal(t, []string{"Four, One, Three, Two"}, rows(v))
	require.Equal(t, []string{"group"}, h.table(b, models.Look{Group: key(note)}).Gone, "a text has no groups")
}

// However one sorts and groups, window after window shows each task once in each of
// its groups, in the order that the whole has.
func TestWindowsOfATableAreItsWholeInOrder(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	columns := []string{h.column(b, flow.Ready), h.column(b, flow.InProgress)}
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	v, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	for c, column := range columns {
		titles := make([]string, 130)
		for i := range titles {
			titles[i] = fmt.Sprint("Task ", i%7)
		}
		tasks, err := h.AddTasks(ctx, ana, column, titles)
		require.NoError(t, err)
		for i, task := range tasks[:60] {
			p, due, owners := models.Priorities[i%3], models.Date(fmt.Sprintf("2026-03-%02d", 1+i%9)), [][]string{nil, {"ana"}, {"ana", "ben"}}[i%3]
			in := models.TaskInput{Priority: &p, Due: &due, Owners: &owners}
			if (i+c)%2 == 0 {
				in.Labels = &[]string{v.Labels[0].ID}
			}
			require.NoError(t, h.EditTask(ctx, ana, task.ID, 1<<40, in))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		look := lookGenerator().Draw(t, "look")
		look.Filter = models.BoardFilter{}
		first, err := h.Table(ctx, ana, b.ID, models.TableAsk{Look: look})
		require.NoError(t, err)
		for _, g := range first.Groups {
			whole, err := h.Table(ctx, ana, b.ID, models.TableAsk{Look: look, Shown: map[string]int{g.Key: models.MaxTableRows}})
			require.NoError(t, err)
			i := slices.IndexFunc(whole.Groups, func(o models.TableGroup) bool { return o.Key == g.Key })
			all := whole.Groups[i].Rows
			require.Len(t, all, g.Total.Count)
			require.False(t, whole.Groups[i].More)
			shown, more := g.Rows, g.More
			for more {
				next, err := h.Table(ctx, ana, b.ID, models.TableAsk{Look: look, Group: g.Key, After: shown[len(shown)-1].ID})
				require.NoError(t, err)
				require.NotEmpty(t, next.Groups[0].Rows)
				shown, more = append(shown, next.Groups[0].Rows...), next.Groups[0].More
			}
			require.Equal(t, taskIDs(all), taskIDs(shown))
		}
	})
}

func taskIDs(cards []models.Card) (ids []string) {
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestABoardsCardsCanBeInAnotherOrderThanTheirRank(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, tasks := h.office()
	read := func(sort string) string {
		v, err := h.BoardIn(ctx, ana, b.ID, sorted(sort))
		require.NoError(t, err)
		require.Equal(t, sorted(sort).Order(), v.Sort)
		return strings.Join(titles(v), ", ")
	}
	require.Equal(t, "Oso, Ánimo, zebra, ñu, nube", read("-priority"))
	require.Equal(t, "Oso, zebra, Ánimo, ñu, nube", read("due"))
	require.Equal(t, "Oso, Ánimo, ñu, zebra, nube", read("title"))
	require.Equal(t, "Oso, zebra, Ánimo, ñu, nube", read("age"))
	h.now = h.now.Add(time.Second)
	title := "Ñandú"
	require.NoError(t, h.EditTask(ctx, ana, tasks[3].ID, 1<<40, models.TaskInput{Title: &title}))
	require.Equal(t, "Oso, Ñandú, zebra, Ánimo, nube", read("-changed"))
}

// What scripts sort by is what the database sorts by.
func TestACardSaysWhereItStandsInAnyOrder(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	var titles []string
	for i := range 60 {
		titles = append(titles, strings.Repeat(string([]rune("aáÁbBnñÑoöÖéze zZ9")[i%17]), 1+i%3)+fmt.Sprint(i%4))
	}
	for i, task := range h.add(b, titles...) {
		h.now = h.now.Add(time.Second)
		p, due := models.Priorities[i%5], models.Date("")
		if i%4 > 0 {
			due = models.Date(fmt.Sprintf("2026-%02d-11", 1+i%12))
		}
		require.NoError(t, h.EditTask(ctx, ana, task.ID, 1<<40, models.TaskInput{Priority: &p, Due: &due}))
	}
	for _, by := range models.BoardSorts {
		for _, down := range []bool{false, true} {
			key := models.SortKey{By: by.By, Down: down}
			v, err := h.BoardIn(ctx, ana, b.ID, models.Look{Sort: []models.SortKey{key}})
			require.NoError(t, err)
			lane := v.Lanes[1]
			require.True(t, lane.More)
			rest, err := h.MoreCards(ctx, ana, models.Cell{Column: lane.ID}, lane.Cards[len(lane.Cards)-1].Below(), models.Look{Sort: []models.SortKey{key}})
			require.NoError(t, err)
			cards := append(lane.Cards, rest.Cards...)
			require.Len(t, cards, 60)
			for i := 1; i < len(cards); i++ {
				require.Negative(t, compareIn(key, cards[i-1], cards[i]), "%v: %q before %q", key, cards[i-1].Title, cards[i].Title)
			}
		}
	}
}

// compareIn is how the board's script puts two cards in order.
func compareIn(key models.SortKey, a, b models.Card) int {
	ka, la := a.OrderIn(key)
	kb, lb := b.OrderIn(key)
	switch {
	case la != lb && la:
		return 1
	case la != lb:
		return -1
	case ka != kb && (ka < kb) != key.Down:
		return -1
	case ka != kb:
		return 1
	}
	return strings.Compare(a.Position+a.ID, b.Position+b.ID)
}
