package exchange_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
)

// planned reads a file as it is proposed, with more said about its columns.
func planned(t *testing.T, data string, say func(*exchange.Mapping)) *exchange.Plan {
	t.Helper()
	f, err := exchange.Open([]byte(data))
	require.NoError(t, err)
	by := exchange.Local{Zone: time.UTC, Estimate: flow.ParseEstimate, Team: []exchange.Person{{User: "ana", Name: "Ana Ruiz"}}}
	m := f.Propose(by)
	if say != nil {
		say(&m)
	}
	m = f.Complete(m, by)
	p, err := f.Plan(m, by)
	require.NoError(t, err)
	return p
}

func texts(p *exchange.Plan, task int) map[string]string {
	all := map[string]string{}
	for _, v := range p.Tasks[task].Values {
		text := v.Text
		if v.Person >= 0 {
			text = p.People[v.Person].User
		}
		all[p.Customs[v.Custom].Name] = text
	}
	return all
}

func TestColumnsOfATableBecomeFieldsOfTheKindThatPeopleSay(t *testing.T) {
	p := planned(t, "title;Cost;When;Level;Who;Paid;Cost\nSign;1.234,50;03/04/2026;High;Ana Ruiz;sí;1\nOrder;many;soon;Low;Somebody;perhaps;\nRest;1,234;;high;;no;\n", func(m *exchange.Mapping) {
		require.Equal(t, []exchange.Field{"title", "", "", "", "", "", ""}, m.Fields, "what is nothing of ours is left out unless people say so")
		m.Fields = []exchange.Field{"title", exchange.AsCustom(custom.Number), exchange.AsCustom(custom.Date), exchange.AsCustom(custom.Choice),
			exchange.AsCustom(custom.Person), exchange.AsCustom(custom.YesNo), exchange.AsCustom(custom.Text)}
	})
	require.Len(t, p.Customs, 6)
	require.Equal(t, []string{"High", "Low"}, p.Customs[2].Options)
	require.Equal(t, "Cost (2)", p.Customs[5].Name)
	require.Equal(t, map[string]string{"Cost": "1234.5", "When": "2026-04-03", "Level": "High", "Who": "ana", "Paid": "yes", "Cost (2)": "1"}, texts(p, 0))
	require.Equal(t, map[string]string{"Level": "Low", "Who": ""}, texts(p, 1))
	require.Equal(t, map[string]string{"Level": "High", "Paid": "no"}, texts(p, 2), "1,234 may mean two numbers")
	said := map[fault.Code]int{}
	for _, f := range p.Found {
		said[f.Fault.Code]++
	}
	require.Equal(t, map[fault.Code]int{fault.FoundNotAValue: 4, fault.FoundNobody: 1}, said)
}

func TestOurOwnHeadsSayWhatKindOfFieldTheyAreOf(t *testing.T) {
	p := planned(t, "title,Cost [number],[text],Cost [of it],'=Sum [text]\nSign,12,x,y,z\n", nil)
	require.Equal(t, []exchange.Custom{{Name: "Cost", Kind: custom.Number}, {Name: "=Sum", Kind: custom.Text}}, p.Customs)
	require.Equal(t, map[string]string{"Cost": "12", "=Sum": "z"}, texts(p, 0))
}

func TestTrellosCustomFieldsComeAlong(t *testing.T) {
	p := planned(t, `{"name":"B","lists":[{"id":"l","name":"To do"}],
		"customFields":[{"id":"a","name":"Cost","type":"number","display":{"cardFront":true}},{"id":"b","name":"Level","type":"list","options":[{"id":"o1","value":{"text":"Low"}},{"id":"o2","value":{"text":"High"}}]},
			{"id":"c","name":"Paid","type":"checkbox"},{"id":"d","name":"When","type":"date"},{"id":"e","name":"Note","type":"text"},{"id":"f","name":"Odd","type":"vote"}],
		"cards":[{"id":"1","name":"Sign","idList":"l","customFieldItems":[{"idCustomField":"a","value":{"number":"12.50"}},{"idCustomField":"b","idValue":"o2","value":null},
			{"idCustomField":"c","value":{"checked":"true"}},{"idCustomField":"d","value":{"date":"2026-03-01T12:00:00.000Z"}},{"idCustomField":"e","value":{"text":"all well"}},{"idCustomField":"f","value":{"text":"?"}}]}]}`, nil)
	require.Len(t, p.Customs, 5)
	require.True(t, p.Customs[0].OnCard)
	require.Equal(t, map[string]string{"Cost": "12.5", "Level": "High", "Paid": "yes", "When": "2026-03-01", "Note": "all well"}, texts(p, 0))
	require.Equal(t, fault.FoundNotAValue, p.Found[0].Fault.Code)
	require.Equal(t, []any{"Odd", "?"}, p.Found[0].Fault.Args)
}
