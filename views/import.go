package views

import (
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/views/say"
)

// ImportURL is the page of a file that a board is to be made of.
func ImportURL(team, id string) templ.SafeURL {
	return TeamURL(team) + "/imports/" + templ.SafeURL(id)
}

// Most of each that a page of an import lists.
const (
	MostLanes  = 100
	MostPeople = 200
	mostFound  = 200
)

func fieldOptions(w *say.Words) []Option {
	options := []Option{{"", w.Exchange.NoField}}
	for _, f := range exchange.Fields {
		options = append(options, Option{string(f), w.Exchange.FieldNames[f]})
	}
	for _, k := range custom.Kinds {
		options = append(options, Option{string(exchange.AsCustom(k)), w.Field.AsField(w.Field.Kinds[k])})
	}
	return options
}

func dateOptions(w *say.Words) []Option {
	return []Option{{"", w.Exchange.DayFirst}, {"on", w.Exchange.MonthFirst}}
}

func laneStates(w *say.Words) []Option {
	options := []Option{{"", w.Exchange.LeaveOut}}
	for _, s := range flow.States {
		options = append(options, Option{string(s), w.Names.State[s]})
	}
	return options
}

func memberOptions(w *say.Words, members []models.Person) []Option {
	options := []Option{{"", w.Exchange.Nobody}}
	for _, p := range members {
		options = append(options, Option{p.ID, p.Name})
	}
	return options
}

func fieldAt(m exchange.Mapping, i int) string {
	if i >= len(m.Fields) {
		return ""
	}
	return string(m.Fields[i])
}

func exampleAt(examples []string, i int) string {
	if i >= len(examples) {
		return ""
	}
	return examples[i]
}

func monthFirst(m exchange.Mapping) string {
	if m.MonthFirst {
		return "on"
	}
	return ""
}

// personShown is what a file calls somebody.
func personShown(p exchange.Person) string {
	if p.Name == "" {
		return p.Email
	}
	return p.Name
}

// planCounts is what would be made: cards of each column, and the rest.
type planCounts struct {
	columns                    []int
	archived, cancelled, owned int
}

func counts(p *exchange.Plan) planCounts {
	c := planCounts{columns: make([]int, len(p.Columns))}
	for _, t := range p.Tasks {
		for _, o := range t.Owners {
			if p.People[o].User != "" {
				c.owned++
				break
			}
		}
		switch {
		case !t.ArchivedAt.IsZero():
			c.archived++
		case t.Column < 0:
			c.cancelled++
		default:
			c.columns[t.Column]++
		}
	}
	return c
}

func listed(p *exchange.Plan) []exchange.Finding { return p.Found[:min(len(p.Found), mostFound)] }

func unlisted(p *exchange.Plan) int { return len(p.Found) - len(listed(p)) + p.More }

func rowOf(w *say.Words, f exchange.Finding) string {
	if f.Row == 0 {
		return w.Exchange.WholeFile
	}
	return strconv.Itoa(f.Row)
}

// mappingProblem is what is wrong beside no field of the page.
func mappingProblem(err error) error {
	if told(fault.From(err), []string{"name", "key"}) {
		return nil
	}
	return err
}
