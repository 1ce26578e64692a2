package models_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/flow"
)

func TestAFilterReadsWhatItWrites(t *testing.T) {
	maybe := func(some ...string) *rapid.Generator[string] { return rapid.SampledFrom(append(some, "")) }
	rapid.Check(t, func(t *rapid.T) {
		f := models.BoardFilter{
			Owner:    maybe(models.FilterMe, models.FilterNobody, "0197a2c4-0000-7000-8000-000000000001").Draw(t, "owner"),
			State:    rapid.SampledFrom(append(flow.States, "")).Draw(t, "state"),
			Priority: maybe(models.FilterPriorities...).Draw(t, "priority"),
			Label:    maybe("0197a2c4-0000-7000-8000-000000000002").Draw(t, "label"),
			Due:      maybe(models.FilterDues...).Draw(t, "due"),
			Blocked:  rapid.Bool().Draw(t, "blocked"),
			Fields:   fieldAsks(t),
			Words:    rapid.StringMatching(`|[a-zñ&=+%]{0,5}[a-z0-9](:? [a-zé#]{0,3}[0-9])?`).Draw(t, "words"),
		}
		asked, err := url.ParseQuery(f.Query())
		require.NoError(t, err)
		again, ignored := models.ParseBoardFilter(asked)
		require.Empty(t, ignored)
		require.Equal(t, f, again)
		require.Equal(t, f.Query() != "", f.Asks())
	})
}

// fieldAsks is what may be asked of custom fields, as an address has it.
func fieldAsks(t *rapid.T) string {
	asked := url.Values{}
	for _, name := range []string{"field.0197a2c4-0000-7000-8000-000000000003", "field.7.from", "field.7.to"} {
		if value := rapid.StringMatching(`|[a-zñ&=+%;. -]{0,8}[0-9]`).Draw(t, name); strings.TrimSpace(value) != "" {
			asked.Set(name, strings.Join(strings.Fields(value), " "))
		}
	}
	return asked.Encode()
}

func TestAFilterOfAnythingAtAllIsReadTheSameAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asked := url.Values{}
		for _, name := range []string{"owner", "state", "priority", "label", "due", "blocked", "q", "field.1", "field.1.from", "field.22.to", "field.", "field.é", "field.1.until"} {
			asked.Set(name, rapid.String().Draw(t, name))
		}
		f, _ := models.ParseBoardFilter(asked)
		written, err := url.ParseQuery(f.Query())
		require.NoError(t, err)
		again, ignored := models.ParseBoardFilter(written)
		require.Empty(t, ignored)
		require.Equal(t, f, again)
	})
}

func TestWhatAFilterCannotReadIsNamedAndAsksForNothing(t *testing.T) {
	f, ignored := models.ParseBoardFilter(url.Values{"owner": {"' OR 1=1"}, "state": {"finished"}, "priority": {"high"},
		"due": {"yesterday"}, "blocked": {"maybe"}, "q": {"!!!"}, "since": {"12"}})
	require.Equal(t, models.BoardFilter{Priority: "high"}, f)
	require.Equal(t, []string{"owner", "state", "due", "blocked", "q"}, ignored)
}

// titles are those of all cards that a board shows.
func titles(v models.BoardView) (all []string) {
	for _, l := range v.Lanes {
		for _, c := range l.Cards {
			all = append(all, c.Title)
		}
	}
	return all
}

func TestAFilterShowsTheCardsThatPassAndCountsThemAmongAll(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Buy the lámpara", "Call Ben", "Hire", "Sign", "Plain") // it is Monday, 2 March
	edit := func(i int, in models.TaskInput) {
		require.NoError(t, h.EditTask(ctx, ana, tasks[i].ID, 1<<40, in))
	}
	due := func(d models.Date) *models.Date { return &d }
	high := models.High
	edit(0, models.TaskInput{Due: due("2026-03-01"), Owners: &[]string{"ben"}})
	edit(1, models.TaskInput{Due: due("2026-03-02"), Owners: &[]string{"ana", "ben"}})
	edit(2, models.TaskInput{Due: due("2026-03-08"), Priority: &high})
	edit(3, models.TaskInput{Due: due("2026-03-01")})
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[3].ID, 1<<40))
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Legal", Colour: "blue", Icon: models.LabelIcons[0]}))
	labelled, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	legal := labelled.Labels[0].ID
	edit(4, models.TaskInput{Labels: &[]string{legal}})
	require.NoError(t, h.BlockTask(ctx, ana, tasks[2].ID, 1<<40, "no paper"))

	for name, c := range map[string]struct {
		filter models.BoardFilter
		want   []string
	}{
		"nothing":         {models.BoardFilter{}, []string{"Buy the lámpara", "Call Ben", "Hire", "Plain", "Sign"}},
		"me":              {models.BoardFilter{Owner: models.FilterMe}, []string{"Call Ben"}},
		"a person":        {models.BoardFilter{Owner: "ben"}, []string{"Buy the lámpara", "Call Ben"}},
		"nobody":          {models.BoardFilter{Owner: models.FilterNobody}, []string{"Hire", "Plain", "Sign"}},
		"a stranger":      {models.BoardFilter{Owner: "eve"}, nil},
		"state":           {models.BoardFilter{State: flow.Done}, []string{"Sign"}},
		"priority":        {models.BoardFilter{Priority: "high"}, []string{"Hire"}},
		"none":            {models.BoardFilter{Priority: "none", Owner: models.FilterNobody}, []string{"Plain", "Sign"}},
		"label":           {models.BoardFilter{Label: legal}, []string{"Plain"}},
		"blocked":         {models.BoardFilter{Blocked: true}, []string{"Hire"}},
		"overdue":         {models.BoardFilter{Due: models.DueOverdue}, []string{"Buy the lámpara"}},
		"today":           {models.BoardFilter{Due: models.DueToday}, []string{"Call Ben"}},
		"within a week":   {models.BoardFilter{Due: models.DueWeek}, []string{"Call Ben", "Hire"}},
		"words":           {models.BoardFilter{Words: "LAMP buy"}, []string{"Buy the lámpara"}},
		"a key":           {models.BoardFilter{Words: b.Key + "-2"}, []string{"Call Ben"}},
		"several at once": {models.BoardFilter{Owner: "ben", Due: models.DueToday, Words: "call"}, []string{"Call Ben"}},
		"too much":        {models.BoardFilter{Owner: "ben", Blocked: true}, nil},
	} {
		v, err := h.FilteredBoard(ctx, ana, b.ID, c.filter)
		require.NoError(t, err, name)
		require.Equal(t, c.want, titles(v), name)
		all, matches := 0, 0
		for _, l := range v.Lanes {
			all, matches = all+l.Count, matches+l.Matches
		}
		require.Equal(t, 5, all, name)
		require.Equal(t, len(c.want), matches, name)
		require.Equal(t, c.filter, v.Filter)
	}
	v, err := h.FilteredBoard(ctx, ben, b.ID, models.BoardFilter{Owner: models.FilterMe})
	require.NoError(t, err)
	require.Equal(t, []string{"Buy the lámpara", "Call Ben"}, titles(v), "me is whoever looks")
}

func TestADayIsTheOneWhereWhoeverLooksIs(t *testing.T) {
	h, ctx := newHouse(t), t.Context() // 9 o'clock on the 2nd in UTC, still the 1st in Honolulu
	b := h.board()
	task := h.add(b, "Call")[0]
	due := models.Date("2026-03-01")
	require.NoError(t, h.EditTask(ctx, ana, task.ID, 1<<40, models.TaskInput{Due: &due}))
	far := ana
	far.Zone = "Pacific/Honolulu"
	v, err := h.FilteredBoard(ctx, far, b.ID, models.BoardFilter{Due: models.DueToday})
	require.NoError(t, err)
	require.Equal(t, []string{"Call"}, titles(v))
}

func TestAnOpenFilteredBoardLosesWhatNoLongerPassesAndGainsWhatDoes(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Mine now", "Yours now", "Never")
	mine := models.BoardFilter{Owner: models.FilterMe}
	own := func(i int, who ...string) {
		require.NoError(t, h.EditTask(ctx, ana, tasks[i].ID, 1<<40, models.TaskInput{Owners: &who}))
	}
	own(0, "ana")
	v, err := h.FilteredBoard(ctx, ana, b.ID, mine)
	require.NoError(t, err)
	own(0, "ben")
	own(1, "ana")
	own(2, "ben")
	news, err := h.BoardChanges(ctx, ana, b.ID, v.Seq, models.Look{Filter: mine})
	require.NoError(t, err)
	require.Len(t, news.Cards, 1)
	require.Equal(t, "Yours now", news.Cards[0].Title)
	require.ElementsMatch(t, []string{tasks[0].ID, tasks[2].ID}, news.Gone)
	all, matches := 0, 0
	for _, l := range news.Lanes {
		all, matches = all+l.Count, matches+l.Matches
	}
	require.Equal(t, []int{3, 1}, []int{all, matches})
}

func TestAWindowBelowIsFilteredToo(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	var names []string
	for i := range 2*models.Window + 20 {
		names = append(names, fmt.Sprintf("%s %d", []string{"Even", "Odd"}[i%2], i))
	}
	h.add(b, names...)
	odd := models.BoardFilter{Words: "odd"}
	v, err := h.FilteredBoard(ctx, ana, b.ID, odd)
	require.NoError(t, err)
	for _, l := range v.Lanes {
		if l.State == flow.Ready {
			require.Len(t, l.Cards, models.Window)
			require.True(t, l.More)
			rest, err := h.MoreCards(ctx, ana, models.Cell{Column: l.ID}, l.Cards[models.Window-1].Below(), models.Look{Filter: odd})
			require.NoError(t, err)
			require.Len(t, rest.Cards, 10)
			require.False(t, rest.More)
		}
	}
}
