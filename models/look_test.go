package models_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/custom"
)

// columnName draws the name of a column that a board's table can have.
var columnName = rapid.Custom(func(t *rapid.T) string {
	if rapid.IntRange(0, 9).Draw(t, "field") == 0 {
		return custom.Key("0197a2c4-0000-7000-8000-00000000000" + rapid.StringMatching("[0-9a-f]").Draw(t, "id"))
	}
	return models.TableColumns[rapid.IntRange(0, len(models.TableColumns)-1).Draw(t, "column")].Name
})

func lookGenerator() *rapid.Generator[models.Look] {
	return rapid.Custom(func(t *rapid.T) models.Look {
		l := models.Look{
			Filter:  models.BoardFilter{Owner: rapid.SampledFrom([]string{"", models.FilterMe}).Draw(t, "owner"), Blocked: rapid.Bool().Draw(t, "blocked"), Words: rapid.StringMatching(`|[a-zñ&=~,]{1,5} [a-z0-9]`).Draw(t, "words")},
			Group:   rapid.SampledFrom(append([]string{"", custom.Key("0197a2c4-0000-7000-8000-000000000001")}, models.Groupings...)).Draw(t, "group"),
			Columns: rapid.SliceOfDistinct(columnName, rapid.ID[string]).Draw(t, "columns"),

			Swimlanes: rapid.SampledFrom(append([]string{""}, models.Swimlanes...)).Draw(t, "lanes"),
		}
		by := rapid.SliceOfNDistinct(rapid.OneOf(columnName, rapid.Just(models.SortAge)), 0, models.MaxSortKeys, rapid.ID[string]).Draw(t, "sort")
		for _, name := range by {
			l.Sort = append(l.Sort, models.SortKey{By: name, Down: rapid.Bool().Draw(t, "down")})
		}
		if len(l.Columns) == 0 {
			l.Columns = nil
		}
		return l
	})
}

func TestALookReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lookGenerator().Draw(t, "look")
		asked, err := url.ParseQuery(l.Query())
		require.NoError(t, err)
		again, ignored := models.ParseLook(asked)
		require.Empty(t, ignored)
		require.Equal(t, l, again)
	})
}

func TestAFormsManyValuesAreOneList(t *testing.T) {
	l, ignored := models.ParseLook(url.Values{"sort": {"due", "-priority"}, "columns": {"title", "key"}})
	require.Empty(t, ignored)
	require.Equal(t, models.Look{Sort: []models.SortKey{{By: "due"}, {By: "priority", Down: true}}, Columns: []string{"title", "key"}}, l)
	require.Equal(t, "columns=title~key&sort=due~-priority", l.Query())
}

func TestWhatALookCannotReadIsNamedAndLeftOut(t *testing.T) {
	l, ignored := models.ParseLook(url.Values{"sort": {"due~due~nothing~title~key~state"}, "group": {"mood"}, "columns": {"title~'; --~title"}, "due": {"someday"}})
	require.Equal(t, models.Look{Sort: []models.SortKey{{By: "due"}, {By: "title"}, {By: "key"}}, Columns: []string{"title"}}, l)
	require.Equal(t, []string{"due", "sort", "group", "columns"}, ignored)
}

func TestABoardSortsByOneThingThatItKnows(t *testing.T) {
	for query, want := range map[string]string{"sort=-priority": "sort=-priority", "sort=age&owner=me": "owner=me&sort=age", "sort=waits": "",
		"sort=due~title&group=state&columns=key": "", "lanes=owner&sort=due": "lanes=owner&sort=due", "lanes=state": ""} {
		asked, err := url.ParseQuery(query)
		require.NoError(t, err)
		l, misread := models.ParseLook(asked)
		of, ignored := l.OfBoard()
		ignored = append(ignored, misread...)
		require.Equal(t, want, of.Query(), query)
		require.Equal(t, want == "", len(ignored) > 0, query)
	}
}

func FuzzLook(f *testing.F) {
	for _, seed := range []string{"", "sort=due~-priority&group=owner&columns=key~title", "sort=-,,~--due&columns=%00&group=%ff", "sort=field.~field.a~field.%27&columns=field.b+c&group=field.d.from", "owner=me&q=a+b&sort=age"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		asked, _ := url.ParseQuery(query)
		l, _ := models.ParseLook(asked)
		require.LessOrEqual(t, len(l.Sort), models.MaxSortKeys)
		require.LessOrEqual(t, len(l.Columns), models.MaxTableColumns)
		written, err := url.ParseQuery(l.Query())
		require.NoError(t, err)
		again, ignored := models.ParseLook(written)
		require.Empty(t, ignored)
		require.Equal(t, l, again)
	})
}
