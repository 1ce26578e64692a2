package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/custom"
	"relevo/models/fault"
)

// Custom is a field of the board that its tasks hold something in.
type Custom struct {
	Name     string
	Kind     custom.Kind
	Help     string
	Required bool
	OnCard   bool
	Options  []string // of a choice, by name
}

// Value is what a task holds in a field.
type Value struct {
	Custom int    // place in Plan.Customs
	Text   string // as custom.Read makes it; of a choice the option's name; empty for a person
	Person int    // place in Plan.People; -1: it is no person
}

// custom adds a field to the board and returns its place; -1 if it is fit for none.
func (p *Plan) custom(c Custom) int {
	c.Name = strings.TrimSpace(cut(line(c.Name), custom.MaxName))
	c.Help = strings.TrimSpace(cut(line(c.Help), custom.MaxHelp))
	if c.Name == "" || !slices.Contains(custom.Kinds, c.Kind) {
		return -1
	}
	if len(p.Customs) == custom.MaxFields {
		p.find(0, "", found(fault.FoundTooManyFields, custom.MaxFields, c.Name))
		return -1
	}
	named := func(name string) bool {
		return slices.ContainsFunc(p.Customs, func(o Custom) bool { return strings.EqualFold(o.Name, name) })
	}
	for name, n := c.Name, 2; named(c.Name); n++ {
		c.Name = fmt.Sprintf("%s (%d)", cut(name, custom.MaxName-6), n)
	}
	options := c.Options
	c.Options = nil
	p.Customs = append(p.Customs, c)
	at := len(p.Customs) - 1
	for _, o := range options {
		p.option(at, o)
	}
	return at
}

// option finds an option of a choice by its name, and adds it if it is new; empty if
// there is no room for it.
func (p *Plan) option(at int, name string) string {
	c := &p.Customs[at]
	name = strings.TrimSpace(cut(line(name), custom.MaxName))
	if i := slices.IndexFunc(c.Options, func(o string) bool { return strings.EqualFold(o, name) }); i >= 0 {
		return c.Options[i]
	}
	if name == "" || len(c.Options) == custom.MaxOptions || c.Kind != custom.Choice {
		return ""
	}
	c.Options = append(c.Options, name)
	return name
}

// value gives a task what a field is said to hold; person is who that is, if it is
// about somebody. What the field cannot hold is reported.
func (p *Plan) value(t *Task, at int, name, text string, person int) {
	if strings.TrimSpace(text) == "" {
		return
	}
	v := Value{Custom: at, Person: -1}
	if at >= 0 {
		switch c := p.Customs[at]; c.Kind {
		case custom.Choice:
			v.Text = p.option(at, text)
		case custom.Person:
			v.Person = person
		default:
			text = clean(text)
			if c.Kind == custom.Text && utf8.RuneCountInString(text) > custom.MaxText {
				p.find(t.Row, t.Title, found(fault.FoundCut, custom.MaxText))
				text = cut(text, custom.MaxText)
			}
			v.Text, _ = custom.Read(c.Kind, text)
		}
	}
	if v.Text == "" && v.Person < 0 {
		p.find(t.Row, t.Title, found(fault.FoundNotAValue, cut(line(name), custom.MaxName), cut(line(text), 60)))
		return
	}
	if !slices.ContainsFunc(t.Values, func(o Value) bool { return o.Custom == at }) {
		t.Values = append(t.Values, v)
	}
}

// customs of a CSV file.

// AsCustom is what a column of a CSV file is that becomes a custom field.
func AsCustom(kind custom.Kind) Field { return Field(custom.Key(string(kind))) }

// customHead is the first row's cell over a custom field: its name and kind.
func customHead(f BoardField) string { return f.Name + " [" + string(f.Kind) + "]" }

// ourHead reads what customHead wrote.
func ourHead(cell string) (name string, kind custom.Kind, ours bool) {
	at := strings.LastIndex(cell, " [")
	if at <= 0 || !strings.HasSuffix(cell, "]") {
		return "", "", false
	}
	kind = custom.Kind(cell[at+2 : len(cell)-1])
	return cell[:at], kind, slices.Contains(custom.Kinds, kind)
}

// customsIn are the columns that become custom fields.
func customsIn(m Mapping) (columns []int) {
	for i, f := range m.Fields {
		if _, is := custom.IsKey(string(f)); is {
			columns = append(columns, i)
		}
	}
	return columns
}

// at is a cell by its column.
func (t *table) at(row, column int) string {
	if column >= len(t.rows[row]) {
		return ""
	}
	return t.rows[row][column]
}

// customs makes fields of columns, and returns the places of both.
func (t *table) customs(p *Plan, m Mapping) map[int]int {
	places := map[int]int{}
	for _, i := range customsIn(m) {
		if i >= len(t.head) {
			continue
		}
		kind, _ := custom.IsKey(string(m.Fields[i]))
		name, _, ours := ourHead(t.head[i])
		if !ours {
			name = t.head[i]
		}
		places[i] = p.custom(Custom{Name: cmp.Or(line(name), fmt.Sprintf("#%d", i+1)), Kind: custom.Kind(kind)})
	}
	for i, at := range places {
		if at < 0 {
			delete(places, i)
		}
	}
	return places
}

// values reads what the cells of a row hold for custom fields.
func (t *table) values(p *Plan, task *Task, m Mapping, row int, places map[int]int, people map[string]int, by Local) {
	for _, i := range customsIn(m) {
		at, there := places[i]
		if !there {
			continue
		}
		text, person := t.at(row, i), -1
		switch c := p.Customs[at]; c.Kind {
		case custom.Person:
			if n, known := people[fold(oneLine(text))]; known {
				person = n
			}
		case custom.Number:
			text = plainNumber(text)
		case custom.YesNo:
			text = plainYes(text)
		case custom.Date:
			if day, ok := readDay(text, m.MonthFirst, by.zone()); ok {
				text = day
			}
		}
		p.value(task, at, p.Customs[at].Name, text, person)
	}
}

// plainNumber reads a number as people write it with a decimal comma or with signs
// between thousands. "1,234" may be either: it is left as it is, and not understood.
func plainNumber(text string) string {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "", "_", "").Replace(strings.TrimSpace(text))
	comma, dot := strings.LastIndex(text, ","), strings.LastIndex(text, ".")
	switch {
	case comma < 0:
		if strings.Count(text, ".") > 1 {
			return strings.ReplaceAll(text, ".", "")
		}
		return text
	case dot > comma, strings.Count(text, ",") > 1:
		return strings.ReplaceAll(text, ",", "")
	case dot >= 0, len(text)-comma-1 != 3:
		return strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	}
	return text
}

// plainYes reads yes and no in both languages, and as programs write them.
func plainYes(text string) string {
	switch word := fold(text); {
	case slices.Contains([]string{"yes", "y", "true", "1", "x", "si", "s", "verdadero", "checked", "✓", "✔"}, word):
		return custom.Yes
	case word != "" && no(word):
		return custom.No
	}
	return text
}

// customs of Trello.

type trelloField struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Options []struct {
		ID    string `json:"id"`
		Value struct {
			Text string `json:"text"`
		} `json:"value"`
	} `json:"options"`
	Display struct {
		CardFront bool `json:"cardFront"`
	} `json:"display"`
}

// trelloValue holds one of its values, or the ID of an option.
type trelloValue struct {
	Field  string `json:"idCustomField"`
	Option string `json:"idValue"`
	Value  struct {
		Text    string `json:"text"`
		Number  string `json:"number"`
		Date    string `json:"date"`
		Checked string `json:"checked"`
	} `json:"value"`
}

// trelloKinds are ours for Trello's types.
var trelloKinds = map[string]custom.Kind{"text": custom.Text, "number": custom.Number, "date": custom.Date, "list": custom.Choice, "checkbox": custom.YesNo}

// customs makes fields of Trello's, and returns their places by Trello's IDs.
func (b *trelloBoard) customs(p *Plan) map[string]int {
	places := map[string]int{}
	for _, f := range b.Fields {
		c := Custom{Name: cmp.Or(line(f.Name), f.ID), Kind: trelloKinds[f.Type], OnCard: f.Display.CardFront}
		for _, o := range f.Options {
			c.Options = append(c.Options, o.Value.Text)
		}
		places[f.ID] = p.custom(c)
	}
	return places
}

func (b *trelloBoard) values(p *Plan, t *Task, card trelloCard, places map[string]int, by Local) {
	for _, v := range card.CustomFields {
		at, known := places[v.Field]
		if !known {
			at = -1
		}
		name, option := v.Field, ""
		for _, f := range b.Fields {
			if f.ID != v.Field {
				continue
			}
			name = f.Name
			for _, o := range f.Options {
				if o.ID == v.Option {
					option = o.Value.Text
				}
			}
		}
		day := v.Value.Date
		if moment := moment(day); !moment.IsZero() {
			day = moment.In(by.zone()).Format(time.DateOnly)
		}
		p.value(t, at, name, cmp.Or(option, v.Value.Text, v.Value.Number, day, plainYes(v.Value.Checked)), -1)
	}
}
