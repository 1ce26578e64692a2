package find_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"relevo/models/find"
	"relevo/models/flow"
)

func TestFiltersAreReadInBothLanguages(t *testing.T) {
	for text, want := range map[string]find.Query{
		"laptop":                               {Words: []string{"laptop"}},
		"Última FACTURA":                       {Words: []string{"factura", "ultima"}},
		"state:ready laptop":                   {Words: []string{"laptop"}, States: []flow.State{flow.Ready}},
		"estado:lista":                         {States: []flow.State{flow.Ready}},
		`state:"in progress"`:                  {States: []flow.State{flow.InProgress}},
		"State:in_review":                      {States: []flow.State{flow.InReview}},
		"estado:en-revisión":                   {States: []flow.State{flow.InReview}},
		"is:blocked":                           {Blocked: true},
		"es:bloqueada está:vencida":            {Blocked: true, Overdue: true},
		"board:ONB tablero:«Alta de clientes»": {Boards: []string{"onb", "alta de clientes"}},
		"owner:ana responsable:José":           {Owners: []string{"ana", "jose"}},
		"label:legal etiqueta:Diseño":          {Labels: []string{"legal", "diseno"}},
		"owner:me responsable:nadie":           {Mine: true, Unowned: true},
		`"new laptop" "one"`:                   {Words: []string{"one"}, Phrase: [][]string{{"new", "laptop"}}},
		"onb-12":                               {Words: []string{"12", "onb"}, Board: "ONB", Number: 12},
		"ONB 12":                               {Words: []string{"12", "onb"}, Board: "ONB", Number: 12},
		"state:nowhere":                        {Unknown: []string{"state:nowhere"}},
		"http://example.org":                   {Words: []string{"example", "http", "org"}},
		"e-mail":                               {Words: []string{"e", "mail"}},
		`"open`:                                {Words: []string{"open"}},
		"state:":                               {Words: []string{"state"}},
	} {
		want.Text = text
		require.Equal(t, want, find.Parse(text), text)
	}
}

func TestWordsAreMarkedWhereTheyStand(t *testing.T) {
	require.Equal(t, []find.Piece{{"Pedir el ", false}, {"portátil", true}, {" <b>", false}}, find.Mark("Pedir el portátil <b>", []string{"portat"}))
	long := strings.Repeat("nothing at all ", 40) + "the\n\ncontract is signed " + strings.Repeat("and so on ", 40)
	var text strings.Builder
	for _, p := range find.Snippet(long, []string{"contract"}, 120) {
		text.WriteString(p.Text)
	}
	require.Contains(t, text.String(), "the contract is signed")
	require.Less(t, text.Len(), 200)
	require.Empty(t, find.Snippet(long, []string{"absent"}, 120))
}

func TestMarkdownLosesItsMarks(t *testing.T) {
	require.Equal(t, "Offer\nthree laptops at 5 * 3\nsoon", find.Plain("## Offer\nthree **laptops** at 5 * 3\n> `soon`"))
}

func TestALongWordMayBeMistyped(t *testing.T) {
	terms := []string{"contract", "contrast", "laptop", "laptops", "tap", "onboarding"}
	require.Equal(t, []string{"contract"}, find.Near("contratc", terms, 1))
	require.Equal(t, []string{"laptop", "laptops"}, find.Near("labtop", terms, 5))
	require.Equal(t, []string{"onboarding"}, find.Near("onborad", terms, 5), "the beginning of a word is enough")
	require.Empty(t, find.Near("tip", terms, 5), "in a short word anything could be meant")
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"laptop", `state:ready "a b" owner:me`, "estado:«en curso» x", "ONB-12", ":::", `"`, "is:\xff", "a:\"b"} {
		f.Add(seed, "Some text: Ónb-12 läptop")
	}
	f.Fuzz(func(t *testing.T, typed, text string) {
		q := find.Parse(typed)
		require.LessOrEqual(t, utf8.RuneCountInString(q.Text), find.MaxText)
		require.LessOrEqual(t, len(q.Words), find.MaxWords)
		for _, w := range q.Words {
			require.NotEmpty(t, w)
			require.NotContains(t, w, `"`)
			require.Equal(t, []string{w}, find.Words(w))
		}
		for _, p := range q.Phrase {
			require.Greater(t, len(p), 1)
		}
		var whole strings.Builder
		for _, p := range find.Mark(text, q.Words) {
			whole.WriteString(p.Text)
		}
		require.Equal(t, text, whole.String(), "marking changes nothing")
		find.Snippet(text, q.Words, 80)
	})
}
